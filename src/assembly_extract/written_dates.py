"""Whole written days (day, month, year, time): what date lines, metadata and tables hold."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from assembly_extract.thai_calendar import (
    DIGIT,
    GAP,
    KINDS,
    THAI_KINDS,
    THAI_LETTER,
    Calendar,
    beside,
    clock_time,
    era_of,
    era_pattern,
    is_day,
    month_number,
    month_pattern,
    month_words,
    plain_blanks,
    weekday_number,
    weekday_pattern,
    weekday_words,
    year_of,
)


class FullDate(NamedTuple):
    """A whole written day: ``date`` is ``YYYY-MM-DD``, ``time`` ``HH:MM`` where one stands beside.

    ``start`` and ``end`` are code points into the text it was found in, weekday and time included
    where they touch it; ``weekday`` (1 = Monday) is as written, right or wrong.
    """

    date: str
    start: int
    end: int
    calendar: Calendar
    weekday: int | None = None
    time: str | None = None


def _clock(prefix: str = "") -> str:
    said = beside("clock")
    return (
        f"(?:(?:{said}|{beside('at')}{GAP}{said}|[|,:เ@-]|T|at){GAP})*"
        f"(?P<{prefix}hour>[01๐๑]?{DIGIT}|[2๒][0-4๐-๔])[:.](?P<{prefix}minute>[0-5๐-๕]{DIGIT})"
        f"(?:[:.][0-5]{DIGIT}(?:[.,]\\d+)?)?(?!{DIGIT}|[./]{DIGIT})"
        f"(?:{GAP}(?:น\\.?(?!{THAI_LETTER})|(?P<{prefix}half>[AaPp])\\.?[Mm]\\.?))?"
    )


@cache
def _full_date(names: tuple[str, ...], *, english: bool) -> re.Pattern[str]:
    """Return the pattern of these forms (keys of :data:`_SIGNS`), with English words or without.

    All together take as long to compile as half an article to read, and most lines need one form.
    """
    day = f"(?<!{DIGIT})(?P<day>[0-3๐-๓]?{DIGIT})(?:st|nd|rd|th)?(?!{DIGIT})"
    english_day = weekday_pattern("english")
    days = f"{weekday_pattern()}|{english_day}" if english else weekday_pattern()
    word, ordinal = beside("day"), beside("ordinal")
    weekday = f"(?:(?:{word})?(?P<weekday>{days}){GAP}(?:{ordinal}|,)?{GAP}|{word}{ordinal}{GAP})?"
    before = f"(?:{english_day},?{GAP})?" if english else ""
    era = f"(?P<era>{era_pattern()})?"
    year = f"(?P<year>{DIGIT}{{4}}|{DIGIT}{{2}})(?!{DIGIT})"
    zone = f"(?:{GAP}(?P<zone>Z|GMT|UTC|[+-]\\d\\d:?\\d\\d))?"
    mark = "(?P<mark>[-/.])"
    number = f"(?P<number>[0-3๐-๓]?{DIGIT})"
    end_day = f"(?P<day>[0-3๐-๓]?{DIGIT})(?!{DIGIT})"
    start_day = f"(?<![{DIGIT[1:-1]}./-])(?P<day>[0-3๐-๓]?{DIGIT})"
    month = f"(?P<month>{month_pattern(*(KINDS if english else THAI_KINDS))})"
    first = f"(?P<month>{month_pattern('full', 'english')})"
    clock = f"(?:{GAP}{_clock()}{zone})?"
    comma = f"{GAP}[-/,]?{GAP}"
    forms = {
        "iso": f"{before}(?<!{DIGIT})(?P<year>{DIGIT}{{4}}){mark}{number}(?P=mark)"
        f"{end_day}(?:[T ]{GAP}{_clock()}{zone})?",
        "numeric": f"{weekday}{start_day}{mark}{number}(?P=mark){year}(?![-/]{DIGIT}){clock}",
        "written": f"{weekday}{day}{GAP}(?:{beside('month')})?{comma}{month}{comma}"
        f"(?:{beside('year')})?{GAP}{era}{GAP}{year}{clock}",
        "month first": f"{weekday}{first}{GAP}(?P<day>[0-3]?\\d)(?:st|nd|rd|th)?,?{GAP}"
        f"(?P<year>\\d{{4}})(?!\\d){clock}",
    }
    parts = (_numbered(forms[name], index) for index, name in enumerate(names))
    return re.compile("|".join(parts))


_SIGNS = {
    "iso": re.compile(f"{DIGIT}{{4}}([-/.]){DIGIT}{{1,2}}\\1{DIGIT}"),
    "numeric": re.compile(f"{DIGIT}([-/.]){DIGIT}{{1,2}}\\1{DIGIT}{{2}}"),
    "written": re.compile(f"{DIGIT}(?:st|nd|rd|th)?{GAP}[-/,]?{GAP}[A-Zก-๎]"),
    "month first": re.compile(f"\\d(?:st|nd|rd|th)?,?{GAP}\\d{{4}}(?!\\d)"),
}
"""What every text with a date of the form holds, in the order in which the forms are tried."""


_YEAR_DIGITS = re.compile(f"{DIGIT}{{2}}")  # every date has them, and hardly a line
_LATIN = re.compile("[A-Za-z]")


def _numbered(form: str, index: int) -> str:
    """Give the named groups of one form an index of their own, so that forms can be joined."""
    return re.sub(r"\(\?P(=|<)(\w+)", rf"(?P\g<1>\g<2>{index}", form)


def _has_english(text: str) -> bool:
    """Say whether an English month or weekday may stand in a text."""
    lowered = text.lower()
    return any(opening in lowered for opening in _english_openings())


@cache
def _english_openings() -> tuple[str, ...]:
    listed = (*month_words("english"), *weekday_words("english"))
    return tuple(sorted({word[:3].lower() for word in listed}))


@lru_cache(maxsize=64)  # a page's date line is read by several rules
def find_full_date(text: str) -> FullDate | None:
    """Return the first whole date (day, month and year) in ``text``, with its time if it has one.

    For date lines, metadata and table columns: Thai, English and numeric dates (day first unless
    only month first is possible), ISO strings, Buddhist era or not. None where there is none or
    where the day does not exist. A time with an offset from UTC is moved to Thai time, and its day.

    >>> find_full_date("เผยแพร่ วันศุกร์ที่ ๔ ส.ค. 66 เวลา 10.20 น.")
    FullDate(date='2023-08-04', start=8, end=43, calendar='BE', weekday=5, time='10:20')
    >>> find_full_date("04/08/2566").date, find_full_date("2023-08-04T19:20:00Z").date
    ('2023-08-04', '2023-08-05')
    """
    if not _YEAR_DIGITS.search(text):
        return None
    plain = plain_blanks(text)
    names = tuple(name for name, sign in _SIGNS.items() if sign.search(plain))
    if not names:
        return None
    english = _LATIN.search(plain) is not None and _has_english(plain)
    for match in _full_date(names, english=english).finditer(plain):
        found = _read_full_date(match)
        if found is not None:
            return found
    return None


def _read_full_date(match: re.Match[str]) -> FullDate | None:
    groups = {name[:-1]: value for name, value in match.groupdict().items() if value is not None}
    thai = "mark" not in groups and not groups.get("month", "").isascii()
    era = era_of(groups["era"]) if "era" in groups else None
    digits = groups["year"]
    if len(digits) == 2 and "mark" in groups and era is None:
        thai = int(digits) > 40
    year = year_of(digits, era, thai=thai)
    if year is None:
        return None
    month = month_number(groups["month"]) if "month" in groups else int(groups["number"])
    day = int(groups["day"])
    weekday = weekday_number(groups["weekday"]) if "weekday" in groups else None
    if month > 12 >= day or (
        "number" in groups and _says_month_first(year[0], month, day, weekday)
    ):
        month, day = day, month
    if not is_day(year[0], month, day):
        return None
    time = None
    if "hour" in groups:
        time = clock_time(groups["hour"], groups["minute"], groups.get("half"))
    written = date(year[0], month, day)
    if time is not None and "zone" in groups:
        moved, time = _thai_time(written, time, groups["zone"])
        if moved != written and weekday == written.isoweekday():
            weekday = moved.isoweekday()
        written = moved
    return FullDate(written.isoformat(), match.start(), match.end(), year[1], weekday, time)


def _says_month_first(year: int, month: int, day: int, weekday: int | None) -> bool:
    """Say whether the weekday tells that the month was written first: ``Tue, 08/09/2022``."""
    if weekday is None or day > 12 or not (is_day(year, month, day) and is_day(year, day, month)):
        return False
    return date(year, month, day).isoweekday() != weekday == date(year, day, month).isoweekday()


def _thai_time(day: date, time: str, zone: str) -> tuple[date, str]:
    """Move a day and time of a zone (``Z``, ``GMT``, ``+09:00``) to Thailand, seven hours east."""
    offset = timedelta()
    if zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * int(f"{zone[0]}1")
    moment = datetime.combine(day, datetime.min.time())
    moment += timedelta(hours=int(time[:2]) + 7, minutes=int(time[3:])) - offset
    return moment.date(), f"{moment:%H:%M}"
