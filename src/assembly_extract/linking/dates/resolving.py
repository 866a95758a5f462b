"""Date mentions -> whole dates: what the words leave out is taken from the page, or stays unknown.

Order of anchors: the date's own words; another date beside it (same line, nearest first); the
page's publication date; the user's reference date. Nothing is ever taken from a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assembly_extract.thai_calendar import is_day, month_length
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
        if value.start.year is not None and value.role != "law_year"
    ]
    absolute = {
        id(mention): _resolve(mention, value, at, known, page)
        for mention, value, at in placed
        if value.start.unit is None
    }
    named = [
        _Anchor(item.mention.text, item.value.start, item.mention.start, item.line, item.value.cue)
        for item in absolute.values()
        if item.value.start.month is not None and item.value.start.day is not None
    ]
    resolved: list[Resolved] = []
    unknown = []
    for mention, value, at in placed:
        found = absolute.get(id(mention)) or _relative(mention, value, at, named, page)
        if found is None:
            unknown.append(mention)
        else:
            resolved.append(found)
    return resolved, unknown


def _resolve(
    mention: Mention, value: DateValue, line: int, known: Sequence[_Anchor], page: _Anchor | None
) -> Resolved:
    """Return the mention with its year completed, or as it is where nothing completes it."""
    if value.start.year is not None or value.recurring:
        return Resolved(mention, value, "explicit", None, line)
    anchor = _anchor_for(mention, value, line, known, page)
    if anchor is None:
        return Resolved(mention, value, "explicit", None, line)
    completed = _with_year(value, anchor.moment)
    if completed is None:
        return Resolved(mention, value, "explicit", None, line)
    return Resolved(mention, completed, "anchored", anchor.name, line)


def _anchor_for(
    mention: Mention, value: DateValue, line: int, known: Sequence[_Anchor], page: _Anchor | None
) -> _Anchor | None:
    """Return the date that names the year of a date without one: beside it, else the page's."""
    beside = [anchor for anchor in known if anchor.line == line]
    if page is not None and page.moment.year is not None:
        beside = [
            a
            for a in beside
            if a.moment.year is not None and abs(a.moment.year - page.moment.year) <= 1
        ]
    if beside:
        return min(beside, key=lambda a: (abs(a.at - mention.start), a.at))
    if page is not None:
        return page
    del value
    if known:
        years = {anchor.moment.year for anchor in known}
        if len(years) == 1:
            return known[0]
    return None


def _with_year(value: DateValue, anchor: Moment) -> DateValue | None:
    """Add the year that brings the date closest to the anchor; None where no such day exists."""
    if anchor.year is None or value.start.month is None:
        return None
    year = anchor.year
    if anchor.month is not None:
        ahead = value.start.month - anchor.month
        year += -1 if ahead > HALF_YEAR else 1 if ahead < -HALF_YEAR else 0
    start = replace(value.start, year=year)
    end = value.end
    if end is not None:
        crosses = end.month is not None and end.month < value.start.month
        end = replace(end, year=year + crosses)
    for moment in (start, end):
        if (
            moment is not None
            and moment.day is not None
            and not is_day(moment.year, moment.month or 0, moment.day)
        ):
            return None
    return replace(value, start=start, end=end)


def _relative(
    mention: Mention, value: DateValue, line: int, known: Sequence[_Anchor], page: _Anchor | None
) -> Resolved | None:
    """Resolve a relative word: by the day in brackets after it, the day that the page calls today,
    the page's own day, or a whole day named in the same line."""
    beside = next((a for a in known if 0 <= a.at - mention.end <= _BESIDE and a.line == line), None)
    named = value.end is None and value.start.unit == "day" and beside is not None
    if named and beside is not None and beside.moment.day is not None:
        return Resolved(mention, replace(value, start=beside.moment), "anchored", beside.name, line)
    days = [a for a in known if a.moment.day is not None]
    anchor = next((a for a in days if a.cue == "today"), page)
    if anchor is None:
        anchor = min(
            (a for a in days if a.line == line),
            key=lambda a: abs(a.at - mention.start),
            default=None,
        )
    start = None
    if anchor is not None:
        start = shifted(anchor.moment, value.start.unit or "day", value.start.offset)
    if anchor is None or start is None:
        if value.end is None or value.end.year is None:
            return None
        return Resolved(mention, value, "explicit", None, line)
    end = value.end
    if end is not None and end.year is None and end.month is not None and start.month is not None:
        end = replace(end, year=(start.year or 0) + (end.month < start.month))
    return Resolved(mention, replace(value, start=start, end=end), "anchored", anchor.name, line)


def shifted(anchor: Moment, unit: str, offset: int) -> Moment | None:
    """Return the day, month or year that lies ``offset`` units from ``anchor``.

    >>> shifted(Moment(2023, 1, 1), "day", -1), shifted(Moment(2023, 1, 31), "month", 1)
    ... # doctest: +NORMALIZE_WHITESPACE
    (Moment(year=2022, month=12, day=31, calendar=None, unit=None, offset=0),
     Moment(year=2023, month=2, day=None, calendar=None, unit=None, offset=0))
    """
    if anchor.year is None:
        return None
    if unit == "year":
        return Moment(anchor.year + offset)
    if anchor.month is None:
        return None
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + offset
        return Moment(months // 12, months % 12 + 1)
    if unit == "fiscal_year":
        return Moment(anchor.year + (anchor.month >= 10) + offset)
    if anchor.day is None:
        return None
    day = date(anchor.year, anchor.month, anchor.day) + timedelta(days=offset)
    return Moment(day.year, day.month, day.day)


def last_day(year: int, month: int) -> str:
    """Return ``DD``, the last day of a month."""
    return f"{month_length(year, month):02}"
