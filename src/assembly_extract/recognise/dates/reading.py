"""A matched form -> what it says: days, months and years as numbers, ranges in order."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.recognise.dates.forms import (
    SHIFTS,
    holidays,
    quarters,
    relative_words,
    words,
)
from assembly_extract.thai_calendar import (
    DIGIT,
    SPACE,
    closest_month,
    era_of,
    is_day,
    month_number,
    weekday_number,
    year_of,
)
from assembly_extract.types.dates import IMPOSSIBLE, DateValue, Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.recognise.dates.forms import Form

_YEAR_SLOTS = ("year", "year_bare", "year4", "year_short", "year_of", "era_year")
_MONTH_SLOTS = ("month", "full_month", "short_month", "english")
_LEAST_SHORT_YEAR = 40
"""A bare two-digit number below 40 after a month is a count or an hour, no year before 2540."""

Reading = tuple[int, int, DateValue]
"""Start, end (code points of the text) and what stands there."""


def read_form(form: Form, match: re.Match[str]) -> Iterator[Reading]:
    """Yield the date or, for a list of days, the dates that ``match`` names; none if impossible."""
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    if "days" in groups:
        yield from _listed_days(form, match, groups)
        return
    if "years" in groups:
        yield from _listed_years(form, match, groups)
        return
    value = _value(form, groups)
    if value is not None:
        yield match.start(), match.end(), value


def _value(form: Form, groups: dict[str, str]) -> DateValue | None:
    """Return what the groups say; None where a day or a year cannot be."""
    for name, read in _SPECIAL.items():
        if name in groups:
            return read(form, groups)
    start = _moment(groups, "")
    if form.this_unit is not None and start is not None:
        start = replace(start, unit=form.this_unit)
    end = _moment(groups, "2") if any(name.endswith("2") for name in groups) else None
    if start is None or (end is None and any(name.endswith("2") for name in groups)):
        return None
    if end is not None:
        start, end = _completed(start, end)
    if not (_exists(start) and (end is None or _exists(end))):
        return (
            DateValue(form.precision, start, end, role=IMPOSSIBLE)
            if _may_exist(start, end)
            else None
        )
    if end is not None and start.unit is None and _backwards(start, end):
        return None
    return DateValue(form.precision, start, end, form.months)


def _count(form: Form, groups: dict[str, str]) -> DateValue | None:
    start = _moment(groups, "")
    months = _first_months(int(groups["count"]), fiscal=form.fiscal)
    if start is None or months is None:
        return None
    return DateValue(form.precision, start, None, months)


def _first_months(count: int, *, fiscal: bool) -> tuple[int, int] | None:
    """Return the first ``count`` months of a year; None where that is no part of one."""
    if not 1 <= count < 12:
        return None
    return (1, count) if not fiscal else (-2, count - 3)


def _holiday(form: Form, groups: dict[str, str]) -> DateValue | None:
    start = _moment(groups, "")
    if start is None:
        return None
    month, day = holidays()[groups["holiday"]]
    return DateValue(form.precision, Moment(start.year, month, day, start.calendar))


def _weekday(form: Form, groups: dict[str, str]) -> DateValue:
    """Return a weekday before, in or after the week of writing: unit ``weekday_1`` is Monday."""
    offset = next(shift for key, shift in SHIFTS.items() if key in groups)
    unit = f"weekday_{weekday_number(groups['weekday'])}"
    return DateValue(form.precision, Moment(unit=unit, offset=offset))


def _moment(groups: dict[str, str], suffix: str) -> Moment | None:
    """Return one end of the date; None where a year is written that cannot be one."""
    if not suffix and "relative_day" in groups:
        named = relative_words()[groups["relative_day"]]
        return Moment(unit=named.unit, offset=named.offset)
    unit, offset = None, 0
    if not suffix:
        word = next((groups[n] for n in ("relative_month", "relative_year") if n in groups), None)
        if word is not None:
            unit, offset = relative_words()[word].unit, relative_words()[word].offset
    year, calendar = None, None
    slot = next((slot + suffix for slot in _YEAR_SLOTS if slot + suffix in groups), None)
    word = next(
        (groups[n + suffix] for n in _MONTH_SLOTS if n + suffix in groups),
        None,
    )
    if slot is not None:
        found = _year(groups[slot], groups.get(slot + "era"), word, numeric="number" in groups)
        if found is None:
            return None
        year, calendar = found
    month = None
    if "word" in groups and not suffix:
        month = closest_month(groups["word"])
        if month is None or calendar != "BE":
            return None
    elif word is not None:
        month = month_number(word)
    elif "number" + suffix in groups:
        month = int(groups["number" + suffix])
    day = int(groups["day" + suffix]) if "day" + suffix in groups else None
    if month is not None and day is not None and month > 12 >= day:
        month, day = day, month  # 2/21/2004 can only be month first
    return Moment(year, month, day, calendar, unit, offset)


def _year(
    digits: str, era_word: str | None, month: str | None, *, numeric: bool
) -> tuple[int, str] | None:
    """Return the Gregorian year and its calendar as written; None where the number is none."""
    era = era_of(era_word) if era_word else None
    latin = month is not None and month.isascii()
    if len(digits) == 2 and era is None and int(digits) < _LEAST_SHORT_YEAR:
        if not (latin or numeric):
            return None
        return year_of(digits, "CE")
    return year_of(digits, era, thai=not latin)


def _completed(start: Moment, end: Moment) -> tuple[Moment, Moment]:
    """Give each end what only the other names: ``30 ธ.ค. - 2 ม.ค. 66``, ``ม.ค. 66 - มี.ค.``."""
    month, year, calendar = start.month, start.year, start.calendar
    if start.unit is not None:
        return start, end
    if end.month is None and end.day is not None:
        end = Moment(end.year, month, end.day, end.calendar)
    if end.year is None and year is not None:
        # The one year of the pair stands last in every template: it is the end's.
        end = Moment(year, end.month, end.day, calendar)
        year = None
    if year is None and end.year is not None:
        earlier = month is not None and end.month is not None and month > end.month
        year, calendar = end.year - earlier, end.calendar
    if month is None and end.month is not None:
        month = end.month
    return Moment(year, month, start.day, calendar), end


def _may_exist(start: Moment, end: Moment | None) -> bool:
    """Say whether some month has such days: 31 April is a slip of the writer, 36 April no date."""
    return all(
        m is None or m.day is None or (1 <= m.day <= 31 and _is_month(m)) for m in (start, end)
    )


def _is_month(moment: Moment) -> bool:
    return moment.month is not None and 1 <= moment.month <= 12


def _exists(moment: Moment) -> bool:
    if moment.month is None:
        return True
    return is_day(moment.year, moment.month, moment.day if moment.day is not None else 1)


def _backwards(start: Moment, end: Moment) -> bool:
    """Say whether a range ends before it begins; without a year it may run over the new year."""
    if start.year is None and start.month != end.month:
        return False
    return _order(end) < _order(start)


def _order(moment: Moment) -> tuple[int, int, int]:
    return moment.year or 0, moment.month or 0, moment.day or 0


def _decade(form: Form, groups: dict[str, str]) -> DateValue | None:
    found = year_of(groups["decade"], None)
    if found is None:
        return None
    start = Moment(found[0], calendar=found[1])
    return DateValue(form.precision, start, Moment(found[0] + 9, calendar=found[1]))


def _quarter(form: Form, groups: dict[str, str]) -> DateValue | None:
    start = _moment(groups, "")
    if start is None:
        return None
    word = groups["quarter"]
    number = quarters().get(word) or int(word)
    first = 3 * number - 2 - (3 if form.fiscal else 0)
    return DateValue(form.precision, start, None, (first, first + 2))


_SPECIAL = {
    "decade": _decade,
    "quarter": _quarter,
    "holiday": _holiday,
    "weekday": _weekday,
    "count": _count,
}
"""Slots whose forms are read in a way of their own."""


def _listed_years(form: Form, match: re.Match[str], groups: dict[str, str]) -> Iterator[Reading]:
    """Yield each year of a list; the first one's mention takes the word ปี along."""
    for part in re.finditer(f"{DIGIT}{{4}}", groups["years"]):
        found = _year(part[0], groups.get("yearsera"), None, numeric=False)
        if found is not None:
            at = match.start("years") + part.start()
            start = match.start() if part.start() == 0 else at
            yield (
                start,
                at + len(part[0]),
                DateValue(form.precision, Moment(found[0], calendar=found[1])),
            )


@cache
def _list_parts() -> re.Pattern[str]:
    to, on = alternatives(words("to")), alternatives(words("on_day"))
    return re.compile(
        f"(?P<day>{DIGIT}{{1,2}})(?:\\s*(?:{to})\\s*(?:{on}\\s*)?(?P<day2>{DIGIT}{{1,2}}))?"
    )


def _is_no_list(first: re.Match[str], second: re.Match[str]) -> bool:
    """Say whether two numbers with nothing but blanks between them are no days in their order."""
    between = first.string[first.end() : second.start()]
    last = int(first["day2"] or first["day"])
    return _BLANKS.fullmatch(between) is not None and int(second["day"]) <= last


_BLANKS = re.compile(f"{SPACE}+")


def _listed_days(form: Form, match: re.Match[str], groups: dict[str, str]) -> Iterator[Reading]:
    """Yield each day or range of a list; the last one's mention takes the month and year along."""
    shared = {name: value for name, value in groups.items() if name != "days"}
    at = match.start("days")
    parts = list(_list_parts().finditer(groups["days"]))
    readings = []
    previous = None
    for part in parts:
        days = {name: value for name, value in part.groupdict().items() if value is not None}
        value = _value(form, shared | days)
        if value is None or (previous is not None and _is_no_list(previous, part)):
            return
        previous = part
        end = match.end() if part is parts[-1] else at + part.end()
        readings.append((at + part.start(), end, value))
    yield from readings
