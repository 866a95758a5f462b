"""What a whole text knows of its names: a later ``นายวันชัย ใจความ…`` is not a new surname."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.matching import least_edits
from assembly_extract.recognise.people.lexicon import family_names, given_names
from assembly_extract.recognise.people.word_ends import opens_post

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from assembly_extract.recognise.people.names import Name
    from assembly_extract.recognise.people.scan import Scan

SLIPS = 2
"""Characters by which a repeated surname may differ and still be the same one, misspelt."""


def settle(
    scan: Scan, titled: Sequence[tuple[int, str | None, Name]]
) -> list[tuple[int, str | None, Name]]:
    """Take back surnames that the rest of the text speaks against.

    Where a given name has occurred with a surname, a further surname of the same given name counts
    only if it is listed, nearly the first, or before a post: otherwise the sentence goes on there.
    Cost: two people of one title and given name, the second with a rare surname, lose that surname.

    A given name alone after a post (รมว.สมชาย; ``prefix`` is ``None``) counts only where the text
    has its surname too: the same shape names ministries (รมว.แรงงาน).
    """
    known = _best_families(scan, titled)
    led = {
        (prefix, name.given)
        for _, prefix, name in titled
        if known.get(name.given or "") == name.family
    }
    settled = [
        (start, prefix, _checked(scan, cut, known.get(cut.given or "")))
        if prefix is None or (prefix, cut.given) in led
        else (start, prefix, cut)
        for start, prefix, cut in (
            (start, prefix, _cut_to_known(name, known)) for start, prefix, name in titled
        )
    ]
    return [
        (start, prefix, name)
        for start, prefix, name in settled
        if prefix is not None or name.family or name.given in known
    ]


def _cut_to_known(name: Name, known: Container[str]) -> Name:
    """Return a lone given name without the words glued to it: พิธาคิดผิด beside พิธา ลิ้ม….

    ``known`` are given names that the text has with a surname. Cost: somebody whose given name only
    begins like a known one and is not listed.
    """
    given = name.given or ""
    if name.family or given in given_names():
        return name
    for size in range(len(given) - 2, 2, -1):
        if given[:size] in known:
            short = given[:size]
            return name._replace(end=name.start + size, full=short, given=short)
    return name


def _best_families(scan: Scan, titled: Sequence[tuple[int, str | None, Name]]) -> dict[str, str]:
    """Return for each given name the surname that the text vouches for best; then the first."""
    best: dict[str, tuple[bool, int, str]] = {}
    for order, (_, _, name) in enumerate(titled):
        if name.family and name.given:
            merit = (_vouched(scan, name), -order, name.family)
            best[name.given] = max(best.get(name.given, merit), merit)
    return {given: merit[2] for given, merit in best.items()}


def _vouched(scan: Scan, name: Name) -> bool:
    """Say whether a surname is listed, or a post follows it, or the tagger ends it there."""
    span = scan.tagged(name.start)
    tagged = span is not None and span.end == name.end
    return name.family in family_names() or tagged or opens_post(scan, scan.skip(name.end))


def _checked(scan: Scan, name: Name, known: str | None) -> Name:
    """Return ``name`` without a surname, or the tail of one, that ``known`` speaks against."""
    if not name.family or not known or _same(known, name.family):
        return name
    if name.family.startswith(known):
        return _shorten(scan.text, name, known)
    return name if _vouched(scan, name) else _shorten(scan.text, name, None)


def _same(known: str, family: str) -> bool:
    most = min(SLIPS, len(known) // 3)
    if known == family or least_edits(known, family) > most:
        return known == family
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded when two names are nearly the same

    return OSA.distance(known, family, score_cutoff=SLIPS) <= most


def _shorten(text: str, name: Name, family: str | None) -> Name:
    end = name.start + len(name.given or "")
    if family is not None:
        end = text.index(family, end) + len(family)
    rule = "title+full" if family else "title+given"
    return name._replace(end=end, full=text[name.start : end], family=family, rule=rule, score=0.85)
