"""`corrections.jsonl` as gold: what people marked right or wrong in the report.

Only what people judged is measured: of each kind, how many of the values marked right are still
there (recall), and how many of the judged values that are there were marked right (precision). A
value is there when the record has a mention of the same kind, words and value at the same place,
or, where the record's text has changed since, anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.corrections import KINDS
from assembly_extract.evaluation.measures import Counts
from assembly_extract.exports.mentions import labelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assembly_extract.corrections import Correction
    from assembly_extract.models import Record


def evaluate_marks(
    corrections: Mapping[str, Sequence[Correction]], records: Iterable[Record]
) -> tuple[dict[str, Counts], list[str]]:
    """Return the counts of each kind that has marks, and the ids of articles without a record."""
    left = dict(corrections)
    counts: dict[str, Counts] = {}

    def count(mark: Correction, where: str, *, there: bool) -> None:
        if mark.verdict == "note":
            return
        right = mark.verdict == "right"
        wrong = [f"{where}: {'missed' if right else 'still there'}: {mark.text}"]
        old = counts.get(mark.kind, Counts(0, 0, 0))
        counts[mark.kind] = Counts(
            old.right + (right and there),
            old.found + there,
            old.gold + right,
            (*old.wrong, *(wrong if there != right else [])),
        )

    for record in records:
        for mark in left.pop(record.id, ()):
            count(mark, record.source.path, there=_is_there(mark, record))
    for article, rows in left.items():
        for mark in rows:
            count(mark, article, there=False)
    return {kind: counts[kind] for kind in KINDS if kind in counts}, sorted(left)


def _is_there(mark: Correction, record: Record) -> bool:
    unchanged = record.text[mark.start : mark.end] == mark.text
    return any(
        item.kind == mark.kind
        and item.mention.text == mark.text
        and (not unchanged or (item.mention.start, item.mention.end) == (mark.start, mark.end))
        and mark.value in {None, item.value}
        for item in labelled(record)
    )
