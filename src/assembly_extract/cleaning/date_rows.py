"""Rows that date a page: what they say, and the forms that are read as a whole.

The issue of a paper, a day beside a count of comments, a day behind a label that only pages have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.cleaning.date_patterns import (
    CLOCK,
    beside_words,
    count_of_comments,
    issue_month,
    issue_number,
)
from assembly_extract.cleaning.knowledge import label_of
from assembly_extract.cleaning.page import prose_words
from assembly_extract.resources import read_toml
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from assembly_extract.written_dates import FullDate

_DIGIT = re.compile("[0-9๐-๙]")
_SIGN = re.compile(r"[\W_]*")
LONGEST_NAME = 60
"""Characters of a name or of sections beside a day."""


class DateLine(NamedTuple):
    """What a date line says: its date, if it has one, who put the page up, and in what section."""

    date: FullDate | None
    updated: bool
    byline: str | None
    section: str | None = None


_NUMBER = re.compile(r"[0-9๐-๙][0-9๐-๙,]*k?", re.IGNORECASE)


def read_issue(text: str) -> DateLine | None:
    """Return what a newspaper's or newsletter's issue line says: its day, if it names one.

    ``ปีที่ 7 ฉบับที่ 81 ประจำเดือนพฤษภาคม 2566``: two numbers of the issue, or one beside a date or a
    month; nothing is left but a short name.
    """
    rest, found = issue_number().subn(" ", text)
    if not found:
        return None
    date = find_full_date(rest)
    if date is not None:
        rest = f"{rest[: date.start]} {rest[date.end :]}"
    else:
        rest, months = issue_month().subn(" ", rest)
        found += months
    name = " ".join(part for part in rest.split() if consumed(part) is None)
    if found + (date is not None) < _SURE_ISSUE or len(name) > _LONGEST_ISSUE_NAME:
        return None
    return DateLine(date, updated=False, byline=None)


_SURE_ISSUE = 2
_LONGEST_ISSUE_NAME = 30  # characters of a paper's name beside the numbers of its issue


def read_section(field: str) -> DateLine | None:
    """Return the section that a field tells behind its label: ``หมวด: ข่าวเพื่อมวลชน``."""
    if _LABEL_SIGN.search(field) is None:
        return None
    label = label_of(field.strip(), "head")
    if label is None or label.kind != "section":
        return None
    named = _LABEL_SIGN.split(field, maxsplit=1)[-1].strip()
    return DateLine(None, updated=False, byline=None, section=named or None)


_LABEL_SIGN = re.compile("[:：=]")


def may_be_sections(field: str) -> bool:
    """Say whether a field is short and no sentence, as sections are: ``ข่าวเด่น, งานวิจัย``."""
    return len(field) <= LONGEST_NAME and not _DIGIT.search(field) and prose_words(field) <= 1


def read_counted(text: str) -> DateLine | None:
    """Return what a line says that begins with a day and counts comments further on.

    ``20 พฤศจิกายน 2567 Site Admin 0 Comments สิ่งแวดล้อม, กระบี่``: the account, the count, the sections.
    """
    counted = count_of_comments().search(text)
    date = find_full_date(text) if counted else None
    if counted is None or date is None or date.start or date.end > counted.start():
        return None
    account = text[date.end : counted.start()].strip(" |,·•-–—")
    if _DIGIT.search(account) or len(account) > _ACCOUNT:
        return None
    return DateLine(date, updated=False, byline=account or None)


_ACCOUNT = 40  # characters of the name of an account


def read_labelled(text: str) -> DateLine | None:
    """Return what a page's own label opens: ``วันที่เผยแพร่ข่าว 19 สิงหาคม 2567 / ข่าวแจก 112``.

    What stands behind the day may be anything short that is no sentence.
    """
    labels = read_toml("chrome/dates.toml")["labels"]
    if not text.startswith(tuple(labels)):
        return None
    date = find_full_date(text)
    if date is None or consumed(text[: date.start]) is None:
        return None
    rest = text[date.end :]
    if len(rest) > LONGEST_NAME or prose_words(rest) > 1:
        return None
    return DateLine(date, updated=False, byline=None)


def consumed(text: str) -> str | None:
    """Return the sort of the first word if ``text`` is date-line words only, else ``None``.

    The sort is ``updated``, ``published``, ``beside``, or ``""`` where there is no word.
    """
    at = _SIGN.match(text, 0).end()  # type: ignore[union-attr] # it matches the empty string
    sort = ""
    while at < len(text):
        if match := CLOCK.match(text, at):
            pass
        elif match := beside_words().match(text, at):
            sort = sort or match.lastgroup or ""
        elif date := find_full_date(text[at : at + 60]):
            if date.start != 0:
                return None
            at = _SIGN.match(text, at + date.end).end()  # type: ignore[union-attr]
            continue
        elif not (match := _NUMBER.match(text, at)):
            return None
        at = _SIGN.match(text, match.end()).end()  # type: ignore[union-attr]
    return sort
