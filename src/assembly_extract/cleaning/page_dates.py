"""The page's own date: which of its date lines dates it, and which is the event's or a list's."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.cleaning.credits import add_authors
from assembly_extract.cleaning.date_lines import is_clock, may_be_date_line, read_date_line
from assembly_extract.cleaning.date_patterns import person_or_desk
from assembly_extract.cleaning.date_rows import DateLine
from assembly_extract.cleaning.knowledge import has_address, is_site_name
from assembly_extract.cleaning.page import is_prose, prose_words
from assembly_extract.cleaning.story import outside, story_range, zone
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import arabic_digits, month_pattern, weekday_pattern
from assembly_extract.types.article import Publication
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page
    from assembly_extract.written_dates import FullDate


def take_date_lines(page: Page) -> None:
    """Take out the page's date lines before and after the story; the first one dates the page."""
    story = story_range(page)
    metadata = page.metadata
    named = [name for name in (*metadata.authors, metadata.publisher) if name]
    head_days: set[str] = set()
    events: set[int] = set()
    dated_above = False
    last_prose = max(
        (line.index for line in page.live() if line.index > story[1] and is_prose(line.text)),
        default=-1,
    )
    for line in outside(page, story):
        if line is page.title:
            continue
        where = zone(line, story)
        text = line.text
        for name in named:  # a name that the metadata give is no riddle
            text = text.replace(name, "|")
        read = read_date_line(text) if may_be_date_line(text) else None
        if read is None and line.index and page.lines[line.index - 1] is page.title:
            read = _read_below_title(page, line, text)
        if read is None or (where == "tail" and not _dates_the_page(line, read, last_prose)):
            continue
        if page.published is not None and line.text.startswith(_openings()):
            continue  # ประจำวันที่ …, below the headline of a daily report that the page dates itself
        if where == "head" and _dates_the_event(line, read, page, story):
            events.add(line.index)
            continue
        if line.index - 1 in events and is_clock(_without_label(line.text)):
            continue  # the event's hour, on a line of its own
        if read.date and where == "head" and not read.updated:
            head_days.add(read.date.date)
        if read.date and _dates_better(page, line, dated_above):
            source = "updated" if read.updated else "date_line"
            page.published = Publication(line.text, source)
            dated_above = page.title is not None and line.index < page.title.index
        if read.byline:
            add_authors(page, read.byline)
        page.section = page.section or read.section
        page.remove(line, "date_line", "date line")
    _take_beside_dates(page, story)
    if len(head_days) >= _STAMPED_LINKS:
        page.published = None


@cache
def _openings() -> tuple[str, ...]:
    """Return the words that open a line that dates the page, or what it reports on."""
    return tuple(read_toml("chrome/dates.toml")["openings"])


def _read_below_title(page: Page, line: Line, text: str) -> DateLine | None:
    """Read a line right below the headline: a day, and names and counts beside it that no list has.

    ``7 ธันวาคม 2566 ปลายฟ้า ชาวสวน ลำไย``, ``ปลายฟ้า ชาวสวน 7 ธ.ค. 2566 👁 755``: who wrote it, in what
    section, how many read it; which is which stays open. A line like it below, with another day,
    makes a programme of both. Known cost: a programme of one day that names no place, where the
    page has no day of its own.
    """
    if (
        page.published is not None
        or page.metadata.published is not None
        or len(text) > _STAMPED_LINE
    ):
        return None
    date = find_full_date(text)
    if date is None:
        return None
    beside = f"{text[: date.start]} {text[date.end :]}"
    if len(beside.split()) > _BESIDE or _PERIOD.search(beside) or prose_words(beside) > _JOINED:
        return None
    if any(word in beside for word in read_toml("chrome/dates.toml")["no_stamp"]):
        return None
    if _is_listed(page, line, date):
        return None
    return DateLine(date, updated=False, byline=None)


def _is_listed(page: Page, line: Line, date: FullDate) -> bool:
    """Say whether the next line begins as this one does, with another day."""
    after = next((other for other in page.live() if other.index > line.index), None)
    if after is None or len(after.text) > _STAMPED_LINE:
        return False
    other = find_full_date(after.text)
    return other is not None and other.start == date.start and other.date != date.date


_PERIOD = re.compile("[0-9๐-๙][ \t]*[-–—]|[-–—][ \t]*[0-9๐-๙]")
_STAMPED_LINE = 80  # characters of a day, an author, a section, a count
_BESIDE = 9  # words beside the day
_JOINED = 1  # joining words, which names and labels have, too


def _dates_better(page: Page, line: Line, dated_above: bool) -> bool:  # noqa: FBT001
    """Say whether a date line goes before the one found so far.

    One below the headline does before one above other lines above it, which is the site's clock.
    """
    if page.published is None or page.published.source == "updated":
        return True
    title = page.title
    if title is None or not dated_above or line.index < title.index:
        return False
    clocks = (clock for clock in page.lines[:_CLOCKS] if clock.text == page.published.text)
    return any(title.index > clock.index + 1 for clock in clocks)


_CLOCKS = 4  # first lines of a page, among which its clock is


def _take_beside_dates(page: Page, story: tuple[int, int]) -> None:
    """Take out an hour and a newsroom's name on lines of their own below the page's date."""
    head = [line for line in page.lines[1 : story[0]] if line.kept and line is not page.title]
    dated = {cut.start for cut in page.cuts if cut.kind == "date_line"} if head else set()
    for line in head:
        before = page.lines[line.index - 1]
        after = page.lines[line.index + 1] if line.index + 1 < len(page.lines) else line
        if after.start in dated and is_clock(line.text):
            page.remove(line, "date_line", "hour above the date")
        elif after.start in dated and _signs_stamp(page, line, after):
            add_authors(page, line.text)
            page.remove(line, "byline", "who wrote it, above the date")
        if before.start not in dated:
            continue
        if is_clock(line.text):
            page.remove(line, "date_line", "hour below the date")
        elif _is_newsroom(page, line, story[0]):
            add_authors(page, line.text.strip(_SIGNS))
            page.remove(line, "byline", "newsroom below the date")


def _signs_stamp(page: Page, line: Line, stamp: Line) -> bool:
    """Say whether a newsroom stands above a day, or a name between the headline and its stamp.

    A name counts where the stamp has an hour, or where it stands by itself below the story again.
    """
    named = person_or_desk().fullmatch(line.text)
    if named is None or prose_words(line.text):
        return False
    desk = line.text.startswith(tuple(read_toml("chrome/credits.toml")["people"]["desks"]))
    date = find_full_date(stamp.text)
    again = any(other.key == line.key for other in page.lines[line.index + 1 :])
    below_title = page.lines[line.index - 1] is page.title
    return desk or (below_title and date is not None and (date.time is not None or again))


def _is_newsroom(page: Page, line: Line, start: int) -> bool:
    """Say whether a line below the page's date is a newsroom's name in one word."""
    name = line.text.strip(_SIGNS)
    if " " in name or has_address(name):
        return False
    if any(other.kept for other in page.lines[line.index + 1 : start]):
        return False
    return is_site_name(name, sure=line.index + 1 < start)


_SIGNS = " •·|-–—"
_STAMPED_LINKS = 3
"""Different days above one story: the stamps of a list of other stories, and none of the page."""


def _dates_the_page(line: Line, read: DateLine, last_prose: int) -> bool:
    """Say whether a date after the story is the page's: labelled so, or no sentence follows it."""
    return read.date is None or read.date.start > 0 or read.updated or line.index > last_prose


def _dates_the_event(line: Line, read: DateLine, page: Page, story: tuple[int, int]) -> bool:
    """Say whether a day and hour above the story are its own: ``วันที่ 13 เมษายน 2562 เวลา 18.30 น.``.

    Clocks of sites stamp any minute, events begin on the hour or the half; the line says วันที่ and
    no label, and the first paragraph names no day. Known cost: a stamp that falls on such a minute.
    """
    if read.date is None or page.metadata.published is not None:
        return False
    plain = read.date.start == 0 and not read.updated and read.byline is None
    if not plain or line.text[read.date.end :].strip(" .,|") or page.published is not None:
        return False
    if _STAMPED.search(line.text):
        return False  # 20 มิถุนายน พ.ศ. 2565, 06.00 น.: no event's hour hangs on a comma
    hour = read.date.time or _hour_below(page, line)
    if hour is None or not hour.endswith(_EVENT_MINUTES) or not _says_day().match(line.text):
        return False
    return find_full_date(page.lines[story[0]].text[:_LEAD]) is None


_STAMPED = re.compile("[0-9๐-๙]{4},[ \t]{0,2}[0-9๐-๙]{1,2}[.:]")
_EVENT_MINUTES = (":00", ":30")


def _hour_below(page: Page, line: Line) -> str | None:
    """Return the hour that the next line is, as ``HH:MM``, where it is nothing else."""
    below = page.lines[line.index + 1].text if line.index + 1 < len(page.lines) else ""
    hour = _without_label(below)
    if not is_clock(hour):
        return None
    match = _HOUR.search(arabic_digits(hour))
    return f"{match[1]}:{match[2]}" if match else None


_HOUR = re.compile("([0-9]{1,2})[.:]([0-9]{2})")


def _without_label(text: str) -> str:
    """Return a line without the word เวลา before its hour."""
    return text.removeprefix("เวลา").strip()


_LEAD = 160  # characters of the first paragraph that would name the day of its event


@cache
def _says_day() -> re.Pattern[str]:
    """Return the pattern of วันที่ or a weekday, a day and a month in full."""
    weekday = f"วัน(?:{weekday_pattern()})?\\s*ที่"
    return re.compile(f"{weekday}\\s*[0-9๐-๙]{{1,2}}\\s*{month_pattern('full')}")
