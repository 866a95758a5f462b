"""Date mentions -> whole dates: what the words leave out is taken from the page, or stays unknown.

Order of anchors: the date's own words; another date beside it (same line, nearest first); the
page's publication date; the user's reference date. Nothing is ever taken from a clock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.linking.dates.counting import shifted
from assembly_extract.linking.dates.notation import notation
from assembly_extract.thai_calendar import is_day
from assembly_extract.types.dates import IMPOSSIBLE, LAW_YEAR, WEAK, DateValue, Moment

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


class _Anchor(NamedTuple):
    """A known day, month or year that other dates can lean on; ``end`` where it is a range."""

    name: str
    moment: Moment
    at: int = -1
    line: int = -1
    cue: str | None = None
    end: Moment | None = None


class _Line:
    """The anchors of one line, in order, for the nearest one to a place."""

    def __init__(self) -> None:
        self.anchors: list[_Anchor] = []
        self.places: list[int] = []

    def add(self, anchor: _Anchor) -> None:
        self.anchors.append(anchor)
        self.places.append(anchor.at)

    def nearest(self, at: int) -> _Anchor | None:
        """Return the anchor nearest to ``at``; of two as near, the one before it."""
        index = bisect_left(self.places, at)
        around = self.anchors[max(0, index - 1) : index + 1]
        return min(around, key=lambda anchor: (abs(anchor.at - at), anchor.at), default=None)

    def told_by(self, at: int, end: int) -> _Anchor | None:
        """Return the nearest anchor before ``at``, or soon behind ``end``."""
        found = self.nearest(at)
        if found is not None and found.at > end + _SOON:
            index = bisect_left(self.places, at)
            return self.anchors[index - 1] if index else None
        return found

    def from_place(self, at: int) -> _Anchor | None:
        """Return the first anchor at or after ``at``."""
        index = bisect_left(self.places, at)
        return self.anchors[index] if index < len(self.anchors) else None


class _Page(NamedTuple):
    """What a page knows of time: its own day, the day it calls today, the dates of each line.

    ``days`` and ``months`` hold, by line, the dates with a year that can complete others: those
    that name a month, and those that may be bare years, too. ``only_year`` is the one year that a
    page without a day names anywhere.
    """

    own: _Anchor | None
    days: dict[int, _Line]
    months: dict[int, _Line]
    only_year: _Anchor | None


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
        _Anchor(mention.text, value.start, mention.start, at, value.cue, value.end)
        for mention, value, at in placed
        if value.start.year is not None and value.role not in {LAW_YEAR, IMPOSSIBLE}
    ]
    past = {anchor.at for anchor in known if _told_as_past(document.text, anchor)}
    around = _page(known, page, past)
    absolute = {
        id(mention): _with_year_found(mention, value, at, around)
        for mention, value, at in placed
        if value.start.unit is None
    }
    days: defaultdict[int, _Line] = defaultdict(_Line)
    today = page
    for item in absolute.values():
        if item.value.start.day is None or item.value.role == IMPOSSIBLE:
            continue
        start, cue = item.value.start, item.value.cue
        day_named = _Anchor(item.mention.text, start, item.mention.start, item.line, cue)
        days[item.line].add(day_named)
        if today is page and cue == "today" and _plausible(start, page):
            today = day_named
        elif today is None and cue == "yesterday" and item.value.end is None:
            after = shifted(start, "day", 1)  # เมื่อวานนี้ (19 มี.ค.) says which day วันนี้ is
            today = day_named._replace(moment=after) if after is not None else None
    resolved: list[Resolved] = []
    unknown = []
    for mention, value, at in placed:
        found = absolute.get(id(mention)) or _relative(mention, value, at, days[at], today)
        if found is None:
            unknown.append(mention)
        else:
            resolved.append(found)
    return resolved, unknown


def _told_as_past(text: str, anchor: _Anchor) -> bool:
    """Say whether a whole day is told as past: เมื่อ 26 มิถุนายน 2567 ที่ผ่านมา."""
    end = anchor.at + len(anchor.name)
    after = text[end : end + _BESIDE + len(_PAST)].lstrip(" \t)")
    return anchor.moment.day is not None and after.startswith(_PAST)


_PAST = "ที่ผ่านมา"


def _page(known: Sequence[_Anchor], own: _Anchor | None, past: set[int]) -> _Page:
    days: defaultdict[int, _Line] = defaultdict(_Line)
    months: defaultdict[int, _Line] = defaultdict(_Line)
    for anchor in known:
        if _near(anchor, own):
            months[anchor.line].add(anchor)
            if anchor.moment.month is not None or own is None:
                days[anchor.line].add(anchor)
    years = {anchor.moment.year for anchor in known}
    # A day of the past does not say which year the page's own bare days are of: it may be the next.
    sure = next((anchor for anchor in known if anchor.at not in past), None)
    return _Page(own, days, months, sure if len(years) == 1 else None)


def confirmed(resolved: Sequence[Resolved]) -> list[Resolved]:
    """Return the mentions without the weak ones (วันนี้ for nowadays) that no other date confirms."""
    sure = {notation(item.value)[0] for item in resolved if item.mention.score > WEAK}
    return [
        item for item in resolved if item.mention.score > WEAK or notation(item.value)[0] in sure
    ]


def _with_year_found(mention: Mention, value: DateValue, line: int, page: _Page) -> Resolved:
    """Return the mention with its year completed, or as it is where nothing completes it."""
    as_written = Resolved(mention, value, "explicit", None, line)
    if value.start.year is not None or value.recurring or value.role == IMPOSSIBLE:
        return as_written
    anchor, basis = _anchor_for(mention, value, line, page)
    completed = _with_year(value, anchor) if anchor is not None else None
    if anchor is None or completed is None:
        return as_written
    return Resolved(mention, completed, basis, anchor.name, line)


def _anchor_for(
    mention: Mention, value: DateValue, line: int, page: _Page
) -> tuple[_Anchor | None, str]:
    """Return what names the year of a date without one, and the basis that this gives.

    A day or month with a year in the same line, nearest first; for a month also a bare year right
    before it (ในปี 2564 ... เดือนกุมภาพันธ์). Then the page's day, which also wins where นี้ or
    ที่ผ่านมา follows. On a page without a day, a bare year in the line, or the only year that the
    page names (basis ``inferred``). Years far from the page's own complete nothing.
    """
    if value.now and page.own is not None:
        return page.own, "anchored"
    beside = page.days[line].nearest(mention.start) if line in page.days else None
    if value.start.day is None and line in page.months:
        year = page.months[line].nearest(mention.start)
        close = year is not None and 0 <= mention.start - year.at <= _FRAME
        if close or (beside is None and page.own is None):
            beside = year
    if beside is not None or page.own is not None:
        return beside or page.own, "anchored"
    return page.only_year, "inferred"


_FRAME = 60
"""Characters before a month within which a bare year is its frame, whatever the page's own day."""


def _near(anchor: _Anchor, page: _Anchor | None) -> bool:
    if page is None or page.moment.year is None or anchor.moment.year is None:
        return True
    return abs(anchor.moment.year - page.moment.year) <= _YEARS_AROUND


_YEARS_AROUND = 2
"""Years around publication within which a neighbouring date can complete another."""


def _with_year(value: DateValue, anchor: _Anchor) -> DateValue | None:
    """Add the year that brings the date closest to the anchor; None where no such day exists.

    A month that an anchor's range holds once (ปีงบประมาณ 66 (ต.ค. 65-ก.ย. 66) ... พ.ค.) is that one.
    """
    month = value.start.month
    if anchor.moment.year is None or month is None:
        return None
    year = anchor.moment.year
    within = _years_within(month, anchor)
    if len(within) == 1:
        year = within[0]
    elif anchor.moment.month is not None:
        ahead = month - anchor.moment.month
        year += -1 if ahead > HALF_YEAR else 1 if ahead < -HALF_YEAR else 0
    if value.weekday is not None and value.end is None:
        year = _year_of_weekday(value, year)
    start = replace(value.start, year=year)
    end = value.end
    if end is not None:
        crosses = end.month is not None and end.month < month
        end = replace(end, year=year + crosses)
    if not all(_exists(moment) for moment in (start, end) if moment is not None):
        return None
    return replace(value, start=start, end=end)


def _years_within(month: int, anchor: _Anchor) -> list[int]:
    """Return the years in which a month lies in the anchor's range of months."""
    first, last = anchor.moment, anchor.end
    if last is None or None in {first.year, first.month, last.year, last.month}:
        return []
    low, high = (moment.year * 12 + moment.month for moment in (first, last))  # type: ignore[operator]
    years = range(first.year or 0, (last.year or 0) + 1)
    return [year for year in years if low <= year * 12 + month <= high]


def _year_of_weekday(value: DateValue, year: int) -> int:
    """Return the year next to ``year`` in which the day falls on the weekday written, if one does.

    วันจันทร์ที่ 22 กรกฎาคม, read in December 2023, is of 2024: in 2023 it was a Saturday.
    """
    month, day = value.start.month, value.start.day
    if month is None or day is None:
        return year
    for candidate in (year, year + 1, year - 1):
        fits = is_day(candidate, month, day)
        if fits and date(candidate, month, day).isoweekday() == value.weekday:
            return candidate
    return year


def _relative(
    mention: Mention, value: DateValue, line: int, days: _Line, today: _Anchor | None
) -> Resolved | None:
    """Resolve a relative word; None where nothing on the page does.

    By the day in brackets after it, by ``today`` (the day that the page calls so, or its own), or
    by the nearest of the whole ``days`` of the line. A word for a day leans on none that comes
    long after it: that is another one (วันนี้ ... ครั้งต่อไปวันที่ 20 มีนาคม 2567).
    """
    beside = days.from_place(mention.end)
    glossed = beside is not None and beside.at - mention.end <= _BESIDE
    if beside is not None and glossed and value.end is None and value.start.unit == "day":
        return Resolved(mention, replace(value, start=beside.moment), "anchored", beside.name, line)
    of_days = value.start.unit is not None and value.start.unit.startswith(_DAYS)
    named = days.told_by(mention.start, mention.end) if of_days else days.nearest(mention.start)
    anchor = today or named
    start = _counted(value.start, anchor.moment) if anchor is not None else None
    if anchor is None or start is None:
        if value.start.month is not None:  # 8 ธันวาคมปีที่แล้ว: the day stays without its year
            value = replace(value, start=replace(value.start, unit=None, offset=0))
            return Resolved(mention, value, "explicit", None, line)
        known_end = value.end is not None and value.end.month is not None
        return Resolved(mention, value, "explicit", None, line) if known_end else None
    end = _end_after(start, value.end)
    if end is not None and _later(start, end):  # วันนี้ – 14 มี.ค., on a page dated 18 มี.ค.
        return Resolved(mention, value, "explicit", None, line)
    if not all(_exists(moment) for moment in (start, end) if moment is not None):
        return None
    return Resolved(mention, replace(value, start=start, end=end), "anchored", anchor.name, line)


_DAYS = ("day", "weekday_")
"""Units of words that mean a day."""

_SOON = 40
"""Characters within which the day of a dateline follows its word: วันนี้ที่ศาลากลาง วันที่ 20 …."""


def _later(moment: Moment, other: Moment) -> bool:
    parts = [(m.year or 0, m.month or 0, m.day or 0) for m in (moment, other)]
    return parts[0] > parts[1]


def _counted(word: Moment, anchor: Moment) -> Moment | None:
    """Return what a relative word means on the day of the anchor; a day or a month of it stays."""
    start = shifted(anchor, word.unit or "day", word.offset)
    if start is None or (word.day is None and word.month is None):
        return start
    return replace(start, month=word.month or start.month, day=word.day)


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
