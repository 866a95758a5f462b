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
    only if it is a listed one, or nearly the first: otherwise it is the sentence going on.
    Cost: two people of one given name, the second with a rare surname, lose that surname.

    A given name alone after a post (รมว.สมชาย; ``prefix`` is ``None``) counts only where the text
    has its surname too: the same shape names ministries (รมว.แรงงาน).
    """
    first: dict[str, str] = {}
    settled = []
    for start, prefix, name in titled:
        given, family = name.given or "", name.family
        if family and given not in first:
            first[given] = family
        settled.append((start, prefix, _checked(text, name, first.get(given))))
    return [
        (start, prefix, name)
        for start, prefix, name in settled
        if prefix is not None or name.family or name.given in first
    ]


def _checked(text: str, name: Name, known: str | None) -> Name:
    """Return ``name`` without a surname, or the tail of one, that ``known`` speaks against."""
    if not name.family or not known or _same(known, name.family):
        return name
    if name.family.startswith(known):
        return _shorten(text, name, known)
    return name if name.family in family_names() else _shorten(text, name, None)


def _same(known: str, family: str) -> bool:
    return OSA.distance(known, family, score_cutoff=SLIPS) <= min(SLIPS, len(known) // 3)


def _shorten(text: str, name: Name, family: str | None) -> Name:
    end = name.start + len(name.given or "")
    if family is not None:
        end = text.index(family, end) + len(family)
    rule = "title+full" if family else "title+given"
    return name._replace(end=end, full=text[name.start : end], family=family, rule=rule, score=0.85)
