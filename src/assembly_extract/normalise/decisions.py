"""``decisions.tsv``: the merges that a person is asked about, and what the person has said."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assembly_extract.errors import InputError
from assembly_extract.exports.atomic import replacing_file
from assembly_extract.normalise.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

COLUMNS = (
    "decision", "kind", "score", "rule", "state", "a", "b", "a_name", "b_name", "a_context",
    "b_context",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@")
"""A spreadsheet would run a cell that begins so; an apostrophe before it keeps it text."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair. ``state`` is ``merged`` or ``proposed``; ``decision`` the user's word, or empty."""

    decision: str
    kind: str
    score: float
    rule: str
    state: str
    a: str
    b: str
    a_name: str
    b_name: str
    a_context: str
    b_context: str

    @property
    def verdict(self) -> bool | None:
        """What the user said: one, two, or nothing yet."""
        words = facts_of("decisions")
        word = self.decision.strip().casefold()
        return True if word in words["yes"] else False if word in words["no"] else None

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids, the smaller first."""
        return min(self.a, self.b), max(self.a, self.b)


def read_decisions(path: Path) -> list[Row]:
    """Return the rows of a decisions file; none if there is no file.

    Columns are found by name, so a spreadsheet may move them; its byte order mark is no fault.

    Raises
    ------
    InputError
        A column is missing, or a decision is neither yes nor no; the message names the line.

    """
    if not path.exists():
        return []
    rows = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "read", str(error), "Save it as UTF-8 text.") from None
    reader = csv.DictReader(text.splitlines(), delimiter="\t")
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        reason = f"no column {', '.join(sorted(missing))}"
        raise InputError(str(path), "parse", reason, "Keep the first line as it was written.")
    for cells in reader:
        kept = {name: (cells[name] or "") for name in COLUMNS}
        score = kept.pop("score")
        try:
            row = Row(score=float(score or 0), **kept)
        except ValueError:
            reason = f"line {reader.line_num}: score {score!r} is no number"
            raise InputError(str(path), "parse", reason, "Change the first column only.") from None
        if row.decision.strip() and row.verdict is None:
            reason = f"line {reader.line_num}: decision {row.decision!r} is neither yes nor no"
            raise InputError(str(path), "parse", reason, "Write yes, no, or nothing.")
        rows.append(row)
    return rows


def write_decisions(path: Path, proposed: Iterable[Row], said: Iterable[Row]) -> None:
    """Write what is open, strongest first, then what the user has said, as said."""
    old: Mapping[tuple[str, str], Row] = {row.pair: row for row in said if row.decision.strip()}
    new = {row.pair: row for row in proposed}
    rows = [row for row in new.values() if row.pair not in old]
    rows.sort(key=lambda row: (row.state == "merged", -row.score, row.kind, row.pair))
    rows += sorted(old.values(), key=lambda row: (row.kind, row.pair))
    with replacing_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([_cell(getattr(row, name)) for name in COLUMNS])


def _cell(value: object) -> str:
    text = " ".join(str(value).split())
    return f"'{text}" if text.startswith(FORMULA) else text
