"""Linking of dates: mentions -> entities, one for each distinct EDTF value."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from assembly_extract.linking.dates.announced import announced_before
from assembly_extract.linking.dates.event import event_date
from assembly_extract.linking.dates.notation import notation
from assembly_extract.linking.dates.quoted import leaning_on_event
from assembly_extract.linking.dates.resolving import confirmed, resolve_dates
from assembly_extract.thai_calendar import is_day, is_old_new_year
from assembly_extract.types.article import Notice
from assembly_extract.types.dates import (
    IMPOSSIBLE,
    LAW_YEAR,
    WEAK,
    DateEntity,
    DateValue,
    LinkedDates,
)
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assembly_extract.linking.dates.resolving import Resolved
    from assembly_extract.types.article import Document
    from assembly_extract.types.dates import Moment
    from assembly_extract.types.mention import Mention

EPOCH = "1970-01-01"
"""Day zero of computer clocks: what a site shows where its date is empty."""
_SIGNED_LINES = 3
"""How many lines at the end can be the signature of a release."""
_SIGNS = re.compile(r"(?>[\s*_=\-–.#()]|วัน\S{0,12}ที่)*+")
_NO_DATES = frozenset({LAW_YEAR, IMPOSSIBLE})
"""Roles of mentions that are recognised so that nothing else reads them, and told, but no dates."""
_ROLES = ("event", "deadline", "period", "mentioned")
"""Where the mentions of one date have several roles, the first of these is the date's."""


def link_dates(
    mentions: Sequence[Mention], document: Document, reference_date: str | None = None
) -> LinkedDates:
    """Resolve, group and rank the dates of an article; say which one the main event has.

    Words lean on the page's own day; where it has none on the day that the user names for all
    (``reference_date``), or, with an anchor from outside the page, on its event's and then on that.

    Editions of laws (``law_year``) are recognised so that nothing else reads them, and are no dates
    of the article.
    """
    published = _published(document)
    outside = document.article.raw.anchor
    if outside is not None:
        reference_date = None
    page_day = published.start if published is not None else reference_date
    page_name = "published" if published is not None else "reference_date"
    dated = [mention for mention in mentions if mention.kind == "date"]
    resolved, unknown = resolve_dates(dated, document, page_day, page_name)
    stand = _standing(resolved, document)
    event = event_date(stand, document, page_day)
    if event is not None and any(_reports(mention, event) for mention in unknown):
        event = None
    event_day = _whole_day(event.value.start) if event is not None else None
    if page_day is None and event is not None and event_day is not None and _is_written(event):
        # The page has no day of its own: its words count from the day that it reports on.
        name = event.mention.text
        resolved, unknown = resolve_dates(dated, document, event_day.isoformat(), name)
        stand = _standing(resolved, document)
    elif outside is not None and published is None:
        # The anchor completes dates and does not weigh them: it may be the day of a download.
        resolved, unknown = resolve_dates(dated, document, outside.rpartition(" ")[2], outside)
        stand = _standing(resolved, document)
        event = event_date(stand, document, None)
    elif event is not None and published is not None:
        stand = leaning_on_event(stand, event, document, published.edtf)
    event_edtf = notation(event.value)[0] if event is not None else None
    groups: dict[str, list[Resolved]] = {}
    for item in stand:
        groups.setdefault(notation(item.value)[0], []).append(item)
    dates = tuple(
        _entity(edtf, items, edtf == event_edtf, outside) for edtf, items in groups.items()
    )
    main = next((entity for entity in dates if entity.edtf == event_edtf), None)
    notices = [
        *_unreadable(document, published),
        *_notices(resolved, unknown, published),
        *announced_before(stand, document, published.edtf if published is not None else None),
        *_folder_notice(document, published),
    ]
    return LinkedDates(published, main, dates, tuple(notices))


def _reports(unknown: Mention, event: Resolved) -> bool:
    """Say whether a word for a day that nothing resolves tells of the report before ``event`` does.

    วันนี้ ชาวบ้านร่วมประชุม … ครั้งต่อไปวันที่ 20 มีนาคม: the day of the report is not known.
    """
    value = unknown.value
    return (
        isinstance(value, DateValue)
        and (value.start.unit, value.start.offset) in _REPORTED
        and unknown.score > WEAK
        and unknown.start < event.mention.start
    )


_REPORTED = {("day", 0), ("day", -1)}


def _is_written(event: Resolved) -> bool:
    """Say whether the text has the day itself: no word (เมื่อวานนี้) counts from itself."""
    return isinstance(event.mention.value, DateValue) and event.mention.value.start.unit is None


def _standing(resolved: Sequence[Resolved], document: Document) -> list[Resolved]:
    """Return the mentions that are dates of the article."""
    return [
        item
        for item in confirmed(resolved)
        if item.value.role not in _NO_DATES and not _is_stamp(item, document)
    ]


def _is_stamp(item: Resolved, document: Document) -> bool:
    """Say whether a day stands alone in one of the last lines: the release's date, signed below it.

    Known cost: a programme whose last line is nothing but a date.
    """
    if item.value.precision != "day" or item.line < max(1, len(document.lines) - _SIGNED_LINES):
        return False
    start, end = document.lines[item.line]
    mention = item.mention
    rest = document.text[start : mention.start] + document.text[mention.end : end]
    return _SIGNS.fullmatch(rest) is not None


def _published(document: Document) -> DateEntity | None:
    """Return the page's own date; ``None`` where it has none or names no whole day."""
    publication = document.article.published
    found = find_full_date(publication.text) if publication is not None else None
    if found is None or found.date == EPOCH:
        return None
    return DateEntity(
        found.date,
        found.date,
        found.date,
        "day",
        found.calendar,
        "explicit",
        "published",
        time=found.time,
    )


def _entity(
    edtf: str,
    items: Sequence[Resolved],
    is_event: bool,  # noqa: FBT001
    outside: str | None,
) -> DateEntity:
    """Make one date of the mentions that name it; the most explicit of them gives the basis.

    An anchor from ``outside`` the page is named before others: วันนี้ leans on 12 ก.พ., that on it.
    """
    best = min(
        items,
        key=lambda item: (item.basis != "explicit", item.anchor != outside, item.mention.start),
    )
    _, start, end = notation(best.value)
    roles = {"event"} if is_event else {item.value.role for item in items}
    calendars = [
        m.calendar for i in items for m in (i.value.start, i.value.end) if m and m.calendar
    ]
    return DateEntity(
        edtf,
        start,
        end,
        best.value.precision,
        calendars[0] if calendars else None,
        best.basis,
        min(roles, key=_ROLES.index),
        anchor=best.anchor,
        time=next((item.value.time for item in items if item.value.time), None),
        mentions=tuple(item.mention for item in items),
    )


def _notices(
    resolved: Sequence[Resolved], unknown: Sequence[Mention], published: DateEntity | None
) -> Iterator[Notice]:
    """Say what does not fit: days, weekdays, a today far from publication, loose words."""
    for item in resolved:
        value, text = item.value, item.mention.text
        if value.role == IMPOSSIBLE:
            yield Notice("impossible_date", f"no calendar has this day: {text}")
            continue
        day = _whole_day(value.start)
        if day is None:
            continue
        # วันอังคารถึงวันพุธที่ 12 - 13: the weekday before a range may be its end's
        last = _whole_day(value.end) if value.end is not None else None
        if value.weekday not in {None, day.isoweekday(), last and last.isoweekday()}:
            yield Notice("weekday_conflict", f"{text}: {day} is not on the weekday written")
        if published is not None and day.year - int(published.edtf[:4]) > _FUTURE:
            yield Notice("implausible_year", f"{text}: {day} is far in the future; a slip?")
        if value.start.calendar == "BE" and is_old_new_year(day.year, day.month):
            yield Notice(
                "old_new_year",
                f"{text}: read as {day.year}; before 1941 the Thai year began in April, so that it"
                f" may be {day.year + 1}",
            )
        if value.cue == "today" and published is not None:
            away = abs((day - date.fromisoformat(published.edtf)).days)
            if away > _TODAY_REACH:
                yield Notice(
                    "date_conflict",
                    f"the article calls {text} today; the page's own date is {published.edtf}",
                )
    if unknown:
        listed = ", ".join(dict.fromkeys(mention.text for mention in unknown))
        yield Notice("relative_date_unresolved", f"no date on the page resolves: {listed}")


def _unreadable(document: Document, published: DateEntity | None) -> Iterator[Notice]:
    """Say where the page's own date line names no day that can be read."""
    publication = document.article.published
    if published is None and publication is not None:
        yield Notice("published_unreadable", f"{publication.source}: {publication.text[:80]}")


def _whole_day(moment: Moment) -> date | None:
    if moment.year is None or moment.month is None or moment.day is None:
        return None
    return date(moment.year, moment.month, moment.day)


def _folder_notice(document: Document, published: DateEntity | None) -> Iterator[Notice]:
    """Say where the folder's date (``2022/11/05``) is a month or more from the page's own.

    Archives are often dumped in bulk: the folder then dates the download.
    """
    found = _FOLDER.search(document.article.raw.path)
    if found is None or published is None:
        return
    year, month, day = (int(part) for part in found.groups())
    if not is_day(year, month, day):
        return
    folder = date(year, month, day)
    if abs((folder - date.fromisoformat(published.edtf)).days) >= _MONTH:
        yield Notice(
            "folder_date_conflict", f"folder {folder}, page {published.edtf}: the page's own counts"
        )


_FOLDER = re.compile(r"(?:^|[/\\])(19\d\d|20\d\d)[/\\-](\d\d)[/\\-](\d\d)[/\\]")
_MONTH = 31
_FUTURE = 30
"""Years after publication beyond which a whole day is a slip (2657 for 2567); plans name years."""
_TODAY_REACH = 60
"""Days between publication and the day the article calls today, beyond which one is wrong."""
