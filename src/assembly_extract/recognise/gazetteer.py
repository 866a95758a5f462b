"""Names of the user's own list: where they stand in a text, and that they go before ours."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from assembly_extract.gazetteer import OWN
from assembly_extract.matching import leftmost_longest
from assembly_extract.recognise.organisations.evidence import ends_word, starts_word
from assembly_extract.recognise.organisations.seats import AFTER_NAME
from assembly_extract.recognise.places.venue_words import word_tuple
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue, PersonValue
from assembly_extract.types.places import PlaceValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assembly_extract.gazetteer import Entry, Gazetteer
    from assembly_extract.matching import Match

_LONG = 9
"""Names of so many characters do not begin inside another word by chance."""
_ABBREVIATION = re.compile(r"[ก-ฮ]{1,6}|(?:[ก-ฮ]{1,4}\.)+[ก-ฮ]{0,4}|[A-Z][A-Z&.\-]*")
_LATIN = re.compile(r"[A-Za-z0-9]")
_LEADING_VOWELS = frozenset("เแโใไ")
_CUES = ("located.sure", "located.likely")


def find_own(text: str, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return where the list's names stand as whole words; of two that overlap the first, longer."""
    whole = (match for match in gazetteer.matcher.all(text) if _is_whole(text, match))
    return tuple(_mention(text, match) for match in leftmost_longest(whole))


def _is_whole(text: str, match: Match[Entry]) -> bool:
    start, end = match.start, match.end
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if (_LATIN.match(text[start]) and _LATIN.match(before)) or (
        _LATIN.match(text[end - 1]) and _LATIN.match(after)
    ):
        return False
    if (after and after in AFTER_NAME) or (before and before in _LEADING_VOWELS):
        return False
    letters = _ABBREVIATION.fullmatch(text, start, end) is not None
    long = end - start >= _LONG
    if not long and not starts_word(text, start, end, letters=letters):
        return False
    return text[end - 1] == "." or ends_word(text, start, end)


def _mention(text: str, match: Match[Entry]) -> Mention:
    start, end, entry = match
    surface = text[start:end]
    value: PersonValue | PlaceValue | OrganisationValue
    if entry.subject == "person":
        value = person_value(surface)
    elif entry.subject == "place":
        before = text[max(0, start - 12) : start].rstrip(" \t")
        located = any(before.endswith(word_tuple(cue)) for cue in _CUES)
        value = PlaceValue(entry.kind or "other", surface, located=located)
    else:
        letters = _ABBREVIATION.fullmatch(surface) is not None
        form = "abbreviation" if letters else "name"
        short = surface if letters else None
        value = OrganisationValue(surface, short, entry.kind, (entry.name,), form)
    return Mention(start, end, surface, entry.subject, OWN, 1.0, value)


def person_value(name: str) -> PersonValue:
    """Return a name with its parts; one word alone is a whole name, as the user says so."""
    given, _, family = name.partition(" ")
    return PersonValue(name, None, given if family else None, family or None)


def with_own(mentions: Iterable[Mention], own: Sequence[Mention]) -> list[Mention]:
    """Return the mentions as the user's list has them, sorted by place; themes stay as they are.

    Ours that cross one of the user's, lie inside it or say the same of it are dropped. A name of
    ours that only adds a title or a prefix word to it (นายX, จังหวัดX) stands as the user's. What is
    longer and of another kind (a post, a room) stands beside it.
    """
    if not own:
        return list(mentions)
    starts = [mention.start for mention in own]
    kept = {(m.kind, m.start, m.end): m for m in own}
    ours: list[Mention] = []
    for mention in mentions:
        if mention.rule == OWN:  # what linking needs was added to it: an abbreviation defined
            kept[mention.kind, mention.start, mention.end] = mention
            continue
        rivals = () if mention.kind == "theme" else _overlapping(mention, own, starts)
        same = next((rival for rival in rivals if _only_adds(mention, rival)), None)
        if same is not None:
            kept.pop((same.kind, same.start, same.end), None)
            kept[mention.kind, mention.start, mention.end] = replace(mention, rule=OWN, score=1.0)
        elif all(_holds(mention, rival) for rival in rivals):
            ours.append(mention)
    return sorted([*ours, *kept.values()], key=lambda m: (m.start, -m.end, m.kind, m.rule))


def _overlapping(
    mention: Mention, own: Sequence[Mention], starts: Sequence[int]
) -> Iterator[Mention]:
    at = max(0, bisect_left(starts, mention.start) - 1)
    while at < len(own) and own[at].start < mention.end:
        if own[at].end > mention.start:
            yield own[at]
        at += 1


def _holds(outer: Mention, own: Mention) -> bool:
    inside = outer.start <= own.start and own.end <= outer.end
    longer = outer.end - outer.start > own.end - own.start
    return inside and longer and outer.kind != own.kind


def _only_adds(mention: Mention, own: Mention) -> bool:
    """Say whether a mention is the user's name with a title or a prefix word before it."""
    if mention.kind != own.kind or not mention.start <= own.start < own.end == mention.end:
        return False
    value = mention.value
    if isinstance(value, PersonValue):
        return "".join(value.full.split()) == "".join(own.text.split())
    return isinstance(value, PlaceValue) and value.name == own.text
