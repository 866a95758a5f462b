"""What stands around a date: weekday, clock time, the cue before it, a law's name."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.recognise.dates.forms import TABLE, alternatives
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import (
    DIGIT,
    GAP,
    THAI_LETTER,
    clock_time,
    weekday_number,
    weekday_pattern,
)

BEFORE = 48
"""How many characters before a date are searched for its weekday and cue."""
_THAI = re.compile(THAI_LETTER)
_LAW_REACH = 160
"""A law's name is at most so long; beyond it a year is not its edition."""


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(
        f"(?:(?:วัน{GAP})?(?P<weekday>{weekday_pattern()}|{weekday_pattern('english')})"
        f"{GAP}(?:ที่|,)?|วันที่|วัน){GAP}\\Z"
    )


def before(text: str, start: int) -> tuple[int | None, str, int]:
    """Return the weekday written before a date, the cue's key (or ``""``) and where that begins."""
    low = max(0, start - BEFORE, text.rfind("\n", 0, start) + 1)
    window = text[low:start]
    weekday = None
    found = _weekday_before().search(window)
    if found is not None:
        window = window[: found.start()]
        if found["weekday"] is not None:
            weekday = weekday_number(found["weekday"])
    stripped = window.rstrip(" \t\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}(,[:")
    cue = _cue().search(stripped)
    if cue is None or (len(cue[0]) == 1 and _THAI.match(stripped, cue.start() - 1)):
        return weekday, "", low + len(window)
    return weekday, _cue_keys()[cue[0]], low + cue.start()


@cache
def _cue_keys() -> dict[str, str]:
    return {word: key for key, listed in read_toml(TABLE)["cues"].items() for word in listed}


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(list(_cue_keys()))})\\Z")


@cache
def _after() -> re.Pattern[str]:
    table = read_toml(TABLE)["after"]
    kinds = "|".join(f"(?P<{key}>{alternatives(listed)})" for key, listed in table.items())
    return re.compile(f"{GAP}(?:{kinds})")


def after(text: str, end: int) -> str:
    """Return the key of the word of ``[after]`` that follows a date, or ``""``."""
    found = _after().match(text, end)
    return found.lastgroup or "" if found else ""


@cache
def _time_after() -> re.Pattern[str]:
    clock = f"([01๐๑]?{DIGIT}|[2๒][0-4๐-๔])[.:]([0-5๐-๕]{DIGIT})"
    return re.compile(
        f"{GAP}\\)?{GAP}(?:ตั้งแต่{GAP}|เมื่อ{GAP}|ใน{GAP}|ณ{GAP}|ช่วง{GAP})?(?:เวลา|ประมาณ|[,|]){{0,2}}{GAP}"
        f"{clock}{GAP}(?:น\\.?)?(?:{GAP}(?:-|–|ถึง){GAP}{clock})?{GAP}"
        f"(?:น(?:\\.|าฬิกา|(?!{THAI_LETTER})))"
    )


def time_after(text: str, end: int) -> str | None:
    """Return the clock time bound to the date that ends at ``end``: ``HH:MM`` or a range of two."""
    found = _time_after().match(text, end)
    if found is None:
        return None
    first = clock_time(found[1], found[2])
    last = clock_time(found[3], found[4]) if found[3] else None
    return f"{first}/{last}" if first and last else first


@cache
def _law() -> re.Pattern[str]:
    return re.compile(alternatives(read_toml(TABLE)["laws"]["heads"]))


def is_law_year(text: str, start: int) -> bool:
    """Say whether a bare year at ``start`` is the edition of a law named just before it.

    The law's head must stand in the same clause. A clause ends at a line's end, two blanks, or a
    closing bracket; known cost: a year that dates something else later in a law's clause.
    """
    low = max(0, start - _LAW_REACH, text.rfind("\n", 0, start) + 1)
    heads = list(_law().finditer(text, low, start))
    return bool(heads)
