"""Date mentions -> whole dates: what the words leave out is taken from the page, or stays unknown.

Order of anchors: the date's own words; another date beside it (same line, nearest first); the
page's publication date; the user's reference date. Nothing is ever taken from a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assembly_extract.linking.dates.notation import notation
from assembly_extract.thai_calendar import is_day
from assembly_extract.types.dates import DateValue, Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention


HALF_YEAR = 6
"""A month further than this from the anchor's belongs to the year before or after."""


_BESIDE = 4
"""Signs between a relative word and the day in brackets that explains it: ``วันนี้ (20 ส.ค.)``."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """One mention with its completed value; ``basis`` and ``anchor`` as in the record.

    ``anchor`` is ``published``, ``reference_date`` or the text of the date that completed it.
    ``line`` is the number of the line it stands in (0 is the headline, if there is one).
    """

    mention: Mention
    value: DateValue
    basis: str
    anchor: str | None
    line: int


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A known day, month or year that other dates can lean on."""

    name: str
    moment: Moment
    at: int = -1
    line: int = -1
    cue: str | None = None


def resolve_dates(
    mentions: Sequence[Mention], document: Document, page_day: str | None, page_name: str
) -> tuple[list[Resolved], list[Mention]]:
    """Complete each mention; return those that stand and the relative words that nothing resolves.

    ``page_day`` is the publication or reference date (``YYYY-MM-DD``) or ``None``; ``page_name``
    says which of the two it is.
    """
    page = None
    if page_day is not None:
        day = date.fromisoformat(page_day)
        page = _Anchor(page_name, Moment(day.year, day.month, day.day))
    lines = document.lines
    starts = [start for start, _ in lines]
    placed = []
    line = 0
    for mention in mentions:
        while line + 1 < len(starts) and starts[line + 1] <= mention.start:
            line += 1
        if isinstance(mention.value, DateValue):
            placed.append((mention, mention.value, line))
    known = [
        _Anchor(mention.text, value.start, mention.start, at, value.cue)
        for mention, value, at in placed
        if value.start.year is not None and value.role not in {"law_year", "impossible"}
    ]
    absolute = {
        id(mention): _with_year_found(mention, value, at, known, page)
        for mention, value, at in placed
        if value.start.unit is None
    }
    days = [
        _Anchor(item.mention.text, item.value.start, item.mention.start, item.line, item.value.cue)
        for item in absolute.values()
        if item.value.start.day is not None and item.value.role != "impossible"
    ]
    resolved: list[Resolved] = []
    unknown = []
    for mention, value, at in placed:
        found = absolute.get(id(mention)) or _relative(mention, value, at, days, page)
        if found is None:
            unknown.append(mention)
        else:
            resolved.append(found)
    return resolved, unknown


def confirmed(resolved: Sequence[Resolved]) -> list[Resolved]:
    """Return the mentions without the weak ones (วันนี้ for nowadays) that no other date confirms."""
    sure = {notation(item.value)[0] for item in resolved if item.mention.score > WEAK}
    return [
        item for item in resolved if item.mention.score > WEAK or notation(item.value)[0] in sure
    ]


WEAK = 0.5
"""Up to this score a mention needs another one that names the same date."""


def _with_year_found(
    mention: Mention, value: DateValue, line: int, known: Sequence[_Anchor], page: _Anchor | None
) -> Resolved:
    """Return the mention with its year completed, or as it is where nothing completes it."""
    as_written = Resolved(mention, value, "explicit", None, line)
    if value.start.year is not None or value.recurring or value.role == "impossible":
        return as_written
    anchor, basis = _anchor_for(mention, value, line, known, page)
    completed = _with_year(value, anchor.moment) if anchor is not None else None
    if anchor is None or completed is None:
        return as_written
    return Resolved(mention, completed, basis, anchor.name, line)


def _anchor_for(
    mention: Mention, value: DateValue, line: int, known: Sequence[_Anchor], page: _Anchor | None
) -> tuple[_Anchor | None, str]:
    """Return what names the year of a date without one, and the basis that this gives.

    A day or month with a year in the same line, nearest first; for a month also a bare year (ในปี
    2564 ... เดือนกุมภาพันธ์). Then the page's day, which also wins where นี้ or ที่ผ่านมา follows. On
    a page without a day, the only year that it names (basis ``inferred``). Years far from the
    page's own belong to history and complete nothing.
    """
    if value.now and page is not None:
        return page, "anchored"
    month_only = value.start.day is None
    beside = [
        anchor
        for anchor in known
        if anchor.line == line
        and _near(anchor, page)
        and (anchor.moment.month is not None or month_only or page is None)
    ]
    if beside:
        return min(beside, key=lambda a: (abs(a.at - mention.start), a.at)), "anchored"
    if page is not None:
        return page, "anchored"
    if len({anchor.moment.year for anchor in known}) == 1:
        return known[0], "inferred"
    return None, ""


def _near(anchor: _Anchor, page: _Anchor | None) -> bool:
    if page is None or page.moment.year is None or anchor.moment.year is None:
        return True
    return abs(anchor.moment.year - page.moment.year) <= _YEARS_AROUND


_YEARS_AROUND = 2
"""Years around publication within which a neighbouring date can complete another."""


def _with_year(value: DateValue, anchor: Moment) -> DateValue | None:
    """Add the year that brings the date closest to the anchor; None where no such day exists."""
    month = value.start.month
    if anchor.year is None or month is None:
        return None
    year = anchor.year
    if anchor.month is not None:
        ahead = month - anchor.month
        year += -1 if ahead > HALF_YEAR else 1 if ahead < -HALF_YEAR else 0
    start = replace(value.start, year=year)
    end = value.end
    if end is not None:
        crosses = end.month is not None and end.month < month
        end = replace(end, year=year + crosses)
    if not all(_exists(moment) for moment in (start, end) if moment is not None):
        return None
    return replace(value, start=start, end=end)


def _relative(
    mention: Mention, value: DateValue, line: int, days: Sequence[_Anchor], page: _Anchor | None
) -> Resolved | None:
    """Resolve a relative word; None where nothing on the page does.

    By the day in brackets after it, the day that the page calls today, the page's own day, or the
    nearest of the whole ``days`` in the same line.
    """
    beside = next((a for a in days if 0 <= a.at - mention.end <= _BESIDE), None)
    if beside is not None and value.end is None and value.start.unit == "day":
        return Resolved(mention, replace(value, start=beside.moment), "anchored", beside.name, line)
    anchor = next((a for a in days if a.cue == "today" and _plausible(a.moment, page)), page)
    if anchor is None:
        here = [a for a in days if a.line == line]
        anchor = min(here, key=lambda a: abs(a.at - mention.start), default=None)
    start = _counted(value.start, anchor.moment) if anchor is not None else None
    if anchor is None or start is None:
        known_end = value.end is not None and value.end.month is not None
        return Resolved(mention, value, "explicit", None, line) if known_end else None
    end = _end_after(start, value.end)
    if not all(_exists(moment) for moment in (start, end) if moment is not None):
        return None
    return Resolved(mention, replace(value, start=start, end=end), "anchored", anchor.name, line)


def _counted(word: Moment, anchor: Moment) -> Moment | None:
    """Return what a relative word means on the day of the anchor; a day of a month stays."""
    start = shifted(anchor, word.unit or "day", word.offset)
    if start is None or word.day is None:
        return start
    return replace(start, day=word.day)


def _end_after(start: Moment, end: Moment | None) -> Moment | None:
    """Complete the end of a range whose start was counted."""
    if end is None or end.year is not None or start.year is None:
        return end
    if end.month is None:
        return replace(start, day=end.day)
    return replace(end, year=start.year + (start.month is not None and end.month < start.month))


_FAR = 60
"""Days that the day called today may lie from publication; further off it is a slip of the pen."""


def _plausible(today: Moment, page: _Anchor | None) -> bool:
    if page is None or today.year is None or today.month is None or today.day is None:
        return True
    here = page.moment
    day = date(here.year or 1, here.month or 1, here.day or 1)
    return abs((date(today.year, today.month, today.day) - day).days) <= _FAR


def _exists(moment: Moment) -> bool:
    return moment.day is None or is_day(moment.year, moment.month or 0, moment.day)


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


_FISCAL_YEAR_BEGINS = 10
"""The Thai fiscal year begins in October."""


def _weekday(day: date, weekday: int, offset: int) -> date:
    """Return the weekday before ``day`` (-1), from it on (0), or in the next week (1)."""
    ahead = (weekday - day.isoweekday()) % 7
    if offset < 0:
        return day - timedelta(days=7 - ahead if ahead else 7)
    if offset == 0:
        return day + timedelta(days=ahead)
    return day + timedelta(days=7 + weekday - day.isoweekday())
