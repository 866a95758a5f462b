"""Days, months and years counted from a known one."""

from __future__ import annotations

from datetime import date, timedelta

from assembly_extract.types.dates import Moment

_FISCAL_YEAR_BEGINS = 10
"""The Thai fiscal year begins in October."""


def shifted(anchor: Moment, unit: str, offset: int) -> Moment | None:
    """Return the day, month or year that lies ``offset`` units from ``anchor``.

    >>> shifted(Moment(2023, 1, 1), "day", -1), shifted(Moment(2023, 1, 31), "month", 1)
    ... # doctest: +NORMALIZE_WHITESPACE
    (Moment(year=2022, month=12, day=31, calendar=None, unit=None, offset=0),
     Moment(year=2023, month=2, day=None, calendar=None, unit=None, offset=0))
    """
    if anchor.year is None or (anchor.month is None and unit != "year"):
        return None
    month = anchor.month or 1
    if unit == "year":
        return Moment(anchor.year + offset)
    if unit == "fiscal_year":
        return Moment(anchor.year + (month >= _FISCAL_YEAR_BEGINS) + offset)
    if unit == "month":
        months = anchor.year * 12 + month - 1 + offset
        return Moment(months // 12, months % 12 + 1)
    return _shifted_day(anchor, unit, offset) if anchor.day is not None else None


def _shifted_day(anchor: Moment, unit: str, offset: int) -> Moment:
    day = date(anchor.year or 1, anchor.month or 1, anchor.day or 1)
    if unit.startswith("weekday_"):
        day = _weekday(day, int(unit.rpartition("_")[2]), offset)
    else:
        day += timedelta(days=offset)
    return Moment(day.year, day.month, day.day)


def _weekday(day: date, weekday: int, offset: int) -> date:
    """Return the weekday before ``day`` (-1), from it on (0), or in the next week (1)."""
    ahead = (weekday - day.isoweekday()) % 7
    if offset < 0:
        return day - timedelta(days=7 - ahead if ahead else 7)
    if offset == 0:
        return day + timedelta(days=ahead)
    return day + timedelta(days=7 + weekday - day.isoweekday())
