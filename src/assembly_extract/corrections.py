"""What people marked wrong in the report, applied to records: `corrections.jsonl`.

A line names an article (the record's id), a mention (``kind``, ``start``, ``end``, ``text``) and a
verdict: ``wrong`` takes the mention out, and its entity with it when no other mention is left;
``note`` adds the note to the record's warnings; ``right`` changes nothing, but counts for
``evaluate``. A correction whose text is not at its place any
more, because the article or the tool changed, is told by a warning and changes nothing else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assembly_extract.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assembly_extract.types.record import Plain

Verdict = Literal["wrong", "right", "note"]

KINDS = ("date", "place", "person", "organisation", "theme")
VERDICTS = ("wrong", "right", "note")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file; offsets are code points into the record's text.

    ``value`` is what the record said of the mention when somebody judged it, if the line tells.
    """

    article: str
    kind: str
    start: int
    end: int
    text: str
    verdict: Verdict
    note: str | None = None
    value: str | None = None


def load_corrections(text: str, name: str) -> Mapping[str, tuple[Correction, ...]]:
    """Return the corrections of each article, by record id, in the file's order.

    ``text`` is what the report saved, ``name`` the file's name for messages.

    Raises
    ------
    DataFileError
        A line is no correction; the message names it.

    """
    found: dict[str, list[Correction]] = defaultdict(list)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            correction = _parsed(line, f"{name}, line {number}")
            found[correction.article].append(correction)
    return {article: tuple(rows) for article, rows in found.items()}


def _parsed(line: str, where: str) -> Correction:
    try:
        row: dict[str, Any] = json.loads(line)
        correction = Correction(
            article=str(row["article"]),
            kind=row["kind"],
            start=int(row["start"]),
            end=int(row["end"]),
            text=str(row["text"]),
            verdict=row["verdict"],
            note=row.get("note"),
            value=row.get("value"),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataFileError(
            f"{where}: no correction ({error}). Each line needs article, kind, start, end, text "
            "and verdict."
        ) from None
    if correction.kind not in KINDS or correction.verdict not in VERDICTS:
        raise DataFileError(
            f"{where}: kind must be one of {', '.join(KINDS)}, verdict {', '.join(VERDICTS)}"
        )
    return correction


def apply_corrections(record: Plain, corrections: Sequence[Correction]) -> Plain:
    """Return the record as people corrected it; the same record where there are none."""
    if not corrections:
        return record
    wrong: set[tuple[str, int, int]] = set()
    warnings = list(record["warnings"])
    for item in corrections:
        if item.verdict == "right":
            continue
        if record["text"][item.start : item.end] != item.text:
            warnings.append(_warning("correction_stale", item, "the text is not there any more"))
        elif item.verdict == "wrong":
            wrong.add((item.kind, item.start, item.end))
            warnings.append(_warning("corrected", item, item.note))
        else:
            warnings.append(_warning("note", item, item.note))
    dates = _kept("date", record["dates"], wrong)
    places = _kept("place", record["places"], wrong)
    return record | {
        "date": _still(record["date"], dates),
        "dates": dates,
        "place": _still(record["place"], places),
        "places": places,
        "people": _kept("person", record["people"], wrong),
        "organisations": _kept("organisation", record["organisations"], wrong),
        "themes": _with_a_primary(_kept("theme", record["themes"], wrong, "evidence")),
        "warnings": warnings,
    }


def _warning(code: str, item: Correction, detail: str | None) -> Plain:
    words = f"{item.kind} {item.text!r} at {item.start}"
    return {"code": code, "detail": f"{words}: {detail}" if detail else words}


def _kept(
    kind: str,
    entities: Iterable[Plain],
    wrong: set[tuple[str, int, int]],
    key: str = "mentions",
) -> list[Plain]:
    """Return the entities without the wrong ones of their mentions; those that keep none go."""
    kept = []
    for entity in entities:
        right = [m for m in entity[key] if (kind, m["start"], m["end"]) not in wrong]
        if right:
            kept.append(entity | {key: right})
    return kept


def _with_a_primary(themes: list[Plain]) -> list[Plain]:
    """Return the themes with the first of a policy field as primary, if the primary one is gone."""
    if themes and not any(theme["primary"] for theme in themes):
        first = next((i for i, theme in enumerate(themes) if theme["cap"] is not None), 0)
        themes[first] |= {"primary": True}
    return themes


def _still(main: Plain | None, entities: Sequence[Plain]) -> Plain | None:
    """Return the main date or place as it stands after correction, if it does."""
    if main is None:
        return None
    own = {(m["start"], m["end"]) for m in main["mentions"]}
    for entity in entities:
        if any((m["start"], m["end"]) in own for m in entity["mentions"]):
            return entity
    return None
