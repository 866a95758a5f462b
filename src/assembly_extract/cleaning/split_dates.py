"""A page's day whose parts stand on lines of their own, as badges of a calendar are scraped."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.cleaning.page import is_paragraph
from assembly_extract.thai_calendar import month_pattern
from assembly_extract.types.article import Publication
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page

_HEAD = 40  # first lines of a page, among which its own day is
_LONGEST_DAY = 3  # characters of a day of the month, a comma behind
_LONGEST_PART = 14  # characters of a month, or of a month and a year
_YEAR = re.compile("[0-9๐-๙]{4}|[0-9๐-๙]{2}")


def take_split_dates(page: Page) -> None:
    """Take out days above the story that are cut up: ``5``, ``ส.ค.``, ``2563``.

    A single one dates the page; several are the badges of a list of other stories.
    """
    found: list[str] = []
    lines = page.lines[:_HEAD]
    days = [line for line in lines if len(line.text) <= _LONGEST_DAY and line.kept]
    for line in days:
        if not line.text.strip(" ,").isdecimal():
            continue
        for parts in _parts(lines, line.index):
            date = " ".join(part.text.strip(" ,") for part in parts)
            if find_full_date(date) is None or not all(part.kept for part in parts):
                continue
            if any(is_paragraph(other.text) for other in lines[: line.index]):
                break
            for part in parts:
                page.remove(part, "date_line", "day on lines of its own")
            found.append(date)
            break
    if len(set(found)) == 1:
        page.published = Publication(found[0], "date_line")


def _parts(lines: list[Line], at: int) -> list[list[Line]]:
    """Return the ways in which lines from the day at ``at`` on may be a day, if there are any."""
    following = [line for line in lines[at + 1 : at + 3] if len(line.text) <= _LONGEST_PART]
    ways: list[list[Line]] = []
    if following and _month_and_year().fullmatch(following[0].text):
        ways.append([lines[at], following[0]])
    elif following and _month().fullmatch(following[0].text.strip(" ,")):
        if len(following) > 1 and _YEAR.fullmatch(following[1].text):
            ways.append([lines[at], *following])
    elif (
        at
        and following
        and _month().fullmatch(lines[at - 1].text)
        and _YEAR.fullmatch(following[0].text)
    ):
        ways.append([lines[at], lines[at - 1], following[0]])
    return ways


@cache
def _month() -> re.Pattern[str]:
    return re.compile(month_pattern())


@cache
def _month_and_year() -> re.Pattern[str]:
    return re.compile(f"(?:{month_pattern()})[ \t,]*(?:{_YEAR.pattern})")
