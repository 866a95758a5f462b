"""Royal persons and the Supreme Patriarch, by the styles of ``person_royals.tsv``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.recognise.people.lexicon import (
    person_tuple,
    royal_openings,
    royals,
    squeeze,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.recognise.people.scan import Scan

_ABBREVIATED = ("ฯ", " ฯ")


class Royal(NamedTuple):
    """A style at ``start..end``; ``rule`` tells whose, ``name`` is without ``prefix``."""

    start: int
    end: int
    rule: str
    name: str
    prefix: str | None


def find_royals(scan: Scan) -> Iterator[Royal]:
    """Yield royal styles; those that are part of a body's or a place's name are left out."""
    reached = 0
    for at in sorted({opening.start for opening in royal_openings().all(scan.text)}):
        pattern, rows = royals()
        match = pattern.match(scan.text, at) if at >= reached else None
        if match is None:
            continue
        reached = match.end()
        if scan.text.endswith(person_tuple("named_after"), 0, match.start()):
            continue
        row = rows[squeeze(match.group())]
        end = match.end()
        for mark in _ABBREVIATED:
            if scan.text.startswith(mark, end):
                end += len(mark)
                break
        prefix = row["prefix"] or None
        name = match.group().removeprefix(prefix).strip() if prefix else match.group()
        yield Royal(match.start(), end, row["rule"], name, prefix)
