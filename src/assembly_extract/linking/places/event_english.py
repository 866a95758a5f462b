"""Where the event of an article in English happened: how its lead says so."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.linking.places.resolve import value_of
from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention

_ENGLISH = "places_english.toml"
_LEAD = 900  # characters of a body that are its lead
_BEFORE = 70  # characters before a place that may say what was done there
_CLAUSE = 160  # characters before a place in which its sentence may tell of another time
_FIRST = 300  # characters of a body in which a country may be told that somebody went to
_VISITED = frozenset({"venue", "other", "subdistrict", "district", "province", "country"})
_SENTENCE = re.compile(r"[.!?;][”\"']?\s+(?=[A-Z“\"])|\n")


def english_event(mentions: Sequence[Mention], document: Document) -> Mention | None:
    """Return the mention that says where the reported event took place, or none.

    A venue behind at, before anybody speaks; the city of a dateline; a venue of what a spokesperson
    says was done; the city of a local time; where somebody went or something was held.
    """
    text, start = document.text, document.article.body_start
    lead = [m for m in mentions if start <= m.start < start + _LEAD]
    heads = [m for m in mentions if m.start < start]
    for fits in (_is_venue, _is_dateline, _is_told, _is_local, _is_visited):
        for mention in lead:
            if value_of(mention).kind == "country" and mention.start > start + _FIRST:
                continue
            if fits(mention, text) and not _is_apart(mention, text):
                return mention
    return next((m for m in heads if _is_visited(m, text) and not _is_apart(m, text)), None)


def _sentence(mention: Mention, text: str) -> str:
    """Return the sentence of a place up to it."""
    low = text.rfind("\n", 0, mention.start) + 1
    before = text[max(low, mention.start - _LEAD) : mention.start]
    return before[max((end.end() for end in _SENTENCE.finditer(before)), default=0) :]


def _is_venue(mention: Mention, text: str) -> bool:
    """Say whether a venue stands behind at, and nobody speaks before it."""
    value = value_of(mention)
    return value.kind == "venue" and value.located and not _speaks(_sentence(mention, text))


def _is_dateline(mention: Mention, text: str) -> bool:
    """Say whether a place follows the day or the hour right away: 1530hrs, in Chiang Mai, …."""
    if value_of(mention).kind not in _VISITED:
        return False
    return _behind_hour().search(_sentence(mention, text)[-_BEFORE:]) is not None


def _is_local(mention: Mention, text: str) -> bool:
    """Say whether the hour is a city's own: (New York local time)."""
    behind = text[mention.end : mention.end + _BEFORE].partition(")")[0]
    told = any(word in behind for word in _words("local"))
    return told and "(" in text[max(0, mention.start - _BEFORE) : mention.start]


def _is_visited(mention: Mention, text: str) -> bool:
    """Say whether somebody went there or something was held there."""
    if value_of(mention).kind not in _VISITED:
        return False
    sentence = _sentence(mention, text)
    went = _behind_visit().search(sentence[-_BEFORE:]) is not None
    return went and (not _speaks(sentence) or _did(sentence))


def _is_told(mention: Mention, text: str) -> bool:
    """Say whether somebody tells what was done at a venue: disclosed that … attended … at …."""
    value = value_of(mention)
    return value.kind == "venue" and value.located and _did(_sentence(mention, text))


def _is_apart(mention: Mention, text: str) -> bool:
    """Say whether the clause tells of what is still to come, or was before the report."""
    return _apart().search(_sentence(mention, text)[-_CLAUSE:]) is not None


def _speaks(sentence: str) -> bool:
    return _speech().search(sentence) is not None


def _did(sentence: str) -> bool:
    return any(word in sentence for word in _words("deeds"))


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(read_toml(_ENGLISH)["event"][key])


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){alternatives(_words('speech'))}(?![A-Za-z])")


@cache
def _apart() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){alternatives(_words('apart'))}(?![A-Za-z])")


@cache
def _behind_hour() -> re.Pattern[str]:
    """Match a day with its year, or an hour, and at most a word of place, at the end."""
    hours = alternatives(_words("hours"))
    return re.compile(rf"(?:\b20\d\d|{hours}),? ?(?:[–—:-] ?)?(?:(?:in|at) )?(?:the )?\Z")


@cache
def _behind_visit() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){alternatives(_words('visits'))} (?:the )?\Z")
