"""Completed values -> EDTF and the ``start`` and ``end`` of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.thai_calendar import month_length
from assembly_extract.types.dates import Moment

if TYPE_CHECKING:
    from assembly_extract.types.dates import DateValue

_QUARTERS = {(1, 3): 33, (4, 6): 34, (7, 9): 35, (10, 12): 36}
"""EDTF level 2 sub-year groupings: the quarters."""
_HALVES = {(1, 6): 40, (7, 12): 41}
"""EDTF level 2 sub-year groupings: the semesters."""
FISCAL_YEAR = (-2, 9)
"""October of the year before to September, in months counted from January = 1."""


def written(moment: Moment) -> str:
    """Return one moment as EDTF, at the precision it has; the unknown year is ``XXXX``.

    >>> written(Moment(2023, 2)), written(Moment(None, 8, 20)), written(Moment(1999))
    ('2023-02', 'XXXX-08-20', '1999')
    """
    parts = [f"{moment.year:04}" if moment.year is not None else "XXXX"]
    if moment.month is not None:
        parts.append(f"{moment.month:02}")
        if moment.day is not None:
            parts.append(f"{moment.day:02}")
    return "-".join(parts)


def _known(moment: Moment) -> str | None:
    return written(moment) if moment.year is not None else None


def notation(value: DateValue) -> tuple[str, str | None, str | None]:
    """Return ``edtf``, ``start`` and ``end`` of a completed value.

    An open end (from then on) is in ``edtf`` only: ``end`` is the last day that the text names.
    """
    start, end = value.start, value.end
    if value.months is not None and start.year is not None:
        last_year = end.year if end is not None and end.year is not None else start.year
        return _part_of_year(start.year, last_year, value.months)
    if value.precision == "decade" and start.year is not None and start.year % 10 == 0:
        return f"{start.year // 10}X", f"{start.year}", f"{start.year + 9}"
    if end is not None:
        first = "" if start.unit is not None else written(start)
        edtf = f"{first}/{written(end)}" if first != written(end) else first
        return edtf, _known(start) if first else None, _known(end)
    known = _known(start)
    return (known or written(start)) + ("/.." if value.open_end else ""), known, known


def _part_of_year(year: int, last_year: int, months: tuple[int, int]) -> tuple[str, str, str]:
    """Return the notation of some months of a year, or of fiscal years from one to another."""
    if months[1] < 1:  # wholly in the year before: the first quarter of a fiscal year
        months = (months[0] + 12, months[1] + 12)
        year, last_year = year - 1, last_year - 1
    first = _month(year, months[0])
    last = _month(last_year, months[1])
    if months == FISCAL_YEAR:
        start = f"{written(first)}-01"
        end = f"{written(last)}-{month_length(last.year, last.month or 12):02}"
        return f"{start}/{end}", start, end
    code = _QUARTERS.get(months) or _HALVES.get(months)
    if code is not None and year == last_year:
        return f"{year}-{code}", written(first), written(last)
    return f"{written(first)}/{written(last)}", written(first), written(last)


def _month(year: int, month: int) -> Moment:
    """Return month number ``month`` of a year, where 0 is December of the year before.

    >>> _month(2023, -2)
    Moment(year=2022, month=10, day=None, calendar=None, unit=None, offset=0)
    """
    months = year * 12 + month - 1
    return Moment(months // 12, months % 12 + 1)
