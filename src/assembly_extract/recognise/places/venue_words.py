"""The word lists of venues, ready to match with: each is read from ``places_venues.toml`` once."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.matching import WordsAt, alternatives
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import DIGIT

_FILE = "places_venues.toml"


@cache
def word_set(key: str) -> frozenset[str]:
    """Return the list at ``key`` (``table.name`` or ``name``) as a set."""
    return frozenset(_list(key))


@cache
def word_tuple(key: str) -> tuple[str, ...]:
    """Return the list at ``key``, longest first, for ``str.startswith`` and ``str.endswith``."""
    return tuple(sorted(_list(key), key=len, reverse=True))


@cache
def words_at(key: str) -> WordsAt:
    """Return the list at ``key``, to be looked for at one place of a text."""
    return WordsAt(_list(key))


@cache
def pattern(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return a pattern of the words at ``key``, longest first, between two pieces of pattern."""
    return re.compile(f"{before}(?:{'|'.join(map(re.escape, word_tuple(key)))}){after}")


def floor() -> re.Pattern[str]:
    """Match a floor: ชั้น 2, ชั้นที่ ๓, ชั้น G, ชั้นใต้ดิน."""
    named = "|".join(map(re.escape, word_tuple("continues.floor_names")))
    return pattern("continues.floor", after=rf"[ \t]?(?:[0-9๐-๙]+|[A-Z]+[0-9]*|{named})")


@cache
def company_rest() -> re.Pattern[str]:
    """Match some more words of a company's name and the word that ends it."""
    word, ends = r"[ก-๎A-Za-z&.'()-]{1,25}", alternatives(word_tuple("continues.company_ends"))
    kinds = alternatives(word_tuple("continues.company_kinds"))
    other = alternatives(word_tuple("continues.companies"))
    more = rf"(?:(?!{other}){word}[ \t]{{1,2}}){{0,4}}?"
    return re.compile(rf"[ \t]{{1,2}}{more}(?:{ends})(?:[ \t]?(?:{kinds}))?")


def village_hall_end(text: str, start: int, head_end: int) -> int:
    """Return the end of a village hall's number: ศาลาประชาคม| หมู่ที่ 4; 0 if there is none."""
    hall = words_at("continues.village_halls").end(text, start)
    if hall < head_end:
        return 0
    number = rf"[ \t]?{DIGIT}{{1,2}}(?!{DIGIT})"
    found = pattern("continues.village_numbers", r"[ \t]{0,2}", number).match(text, hall)
    return found.end() if found else 0


def _list(key: str) -> list[str]:
    found = read_toml(_FILE)
    for part in key.split("."):
        found = found[part]
    return list(found)
