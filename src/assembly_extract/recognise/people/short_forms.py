"""What a whole text knows of its names: a later ``นายวันชัย ใจความ…`` is not a new surname."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from assembly_extract.recognise.people.lexicon import family_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.recognise.people.names import Name

SLIPS = 2
"""Characters by which a repeated surname may differ and still be the same one, misspelt."""


def settle(
    text: str, titled: Sequence[tuple[int, str | None, Name]]
) -> list[tuple[int, str | None, Name]]:
    """Take back surnames that the rest of the text speaks against.

    Where a given name has occurred with a surname, a further surname of the same given name counts
    only if it is a listed one, or nearly the first: otherwise it is the sentence going on. Cost: two
    people of one given name, the second with a rare surname, lose that surname.
    """
    first: dict[str, str] = {}
    settled = []
    for start, prefix, name in titled:
        known = first.get(name.given or "")
        if name.family and known is None and name.given:
            first[name.given] = name.family
        elif name.family and known and not _same(known, name.family):
            cut = _known_part(name.family, known)
            if cut is not None:
                name = _shorten(text, name, cut)
            elif name.family not in family_names():
                name = _shorten(text, name, None)
        settled.append((start, prefix, name))
    return settled


def _same(known: str, family: str) -> bool:
    return OSA.distance(known, family, score_cutoff=SLIPS) <= min(SLIPS, len(known) // 3)


def _known_part(family: str, known: str) -> str | None:
    """Return the surname known from before if ``family`` begins with it and runs on."""
    return known if family.startswith(known) else None


def _shorten(text: str, name: Name, family: str | None) -> Name:
    given = name.given or ""
    end = name.start + len(given)
    if family is not None:
        end = text.index(family, end) + len(family)
    rule = "title+full" if family else "title+given"
    return name._replace(
        end=end, full=text[name.start : end], family=family, rule=rule, score=0.85
    )
