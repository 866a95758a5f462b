"""The page's own date: lines that consist of a date and the words that stand beside one."""

from __future__ import annotations

import re

from assembly_extract.cleaning.credits import is_signing_office
from assembly_extract.cleaning.date_patterns import (
    CLOCK,
    beside_words,
    byline_end,
    byline_words,
    opening,
    person_or_desk,
    post_stamp,
    trailing_words,
)
from assembly_extract.cleaning.date_rows import (
    LONGEST_NAME,
    DateLine,
    consumed,
    may_be_sections,
    read_counted,
    read_issue,
    read_labelled,
    read_section,
)
from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import (
    has_address,
    is_section,
    is_site_name,
    phrase_of,
)
from assembly_extract.resources import read_toml
from assembly_extract.written_dates import find_full_date

_DIGIT = re.compile("[0-9๐-๙]")
_LONGEST = 200
_SHORT = 60  # characters of a line that is read whatever it begins with


_RANGE_AFTER = re.compile("\\s*(?:[-–—]|ถึง)\\s*(?:วัน)?[ก-ฮ0-9๐-๙ ที่]*[0-9๐-๙]\\s*[ก-ฮ]")
_RANGE = re.compile("(?:[0-9๐-๙]\\s*(?:[-–—]|ถึง|และ|,)|ถึง)\\s*(?:วันที่)?\\s*$")


def _author(text: str) -> str:
    """Return an author without what a line tells behind, and once where a page prints it twice."""
    name: str = byline_end().split(text, maxsplit=1)[0]
    half = len(name) // 2
    return name[:half] if name[:half] == name[half + 1 :] else name


def read_date_line(text: str) -> DateLine | None:
    """Return what ``text`` says if it is a date line and nothing else, else ``None``.

    >>> line = read_date_line("เผยแพร่: 4 ส.ค. 2566 10:20 น. โดย: ผู้สื่อข่าวตัวอย่าง")
    >>> line.date.date, line.byline
    ('2023-08-04', 'ผู้สื่อข่าวตัวอย่าง')
    >>> read_date_line("เมื่อวันที่ 4 สิงหาคม 2566 นายสมชาย ใจดี เปิดงาน") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    if (issue := read_issue(text)) is not None:
        return issue
    if _has_no_year(text):
        return DateLine(None, updated=False, byline=None)
    if text.endswith(")") and (aged := _AGE.search(text)) and _is_beside(aged[1]):
        text = text[: aged.start()]  # 15 กรกฎาคม 2562 20:31 น. (6 ปีที่แล้ว)
    if (counted := read_counted(text)) is not None:
        return counted
    every = _FIELDS.split(text)
    parts = [part for part in every if not _is_beside(part)]
    read = [_read_field(part) or read_section(part) for part in parts]
    unread = [part for part, field in zip(parts, read, strict=True) if field is None]
    fields = [field for field in read if field is not None]
    if (
        len(unread) == 1
        and any(field.date for field in fields)
        and (
            _is_name(unread[0])
            or _is_section_of_news(unread[0])
            or _is_source(unread[0], text)
            or is_signing_office(unread[0].strip(), after_row=True)
        )
    ):
        named = unread[0].strip()
        if text.rstrip().endswith(("·", "•")):  # a post's stamp tells where it was written
            return _joined(fields)
        if _is_section_of_news(named) or is_section(named):
            return _joined([*fields, DateLine(None, updated=False, byline=None, section=named)])
        return _joined([*fields, DateLine(None, updated=False, byline=named)])
    if (
        len(unread) == 1
        and len(every) >= _ROW
        and _SIGNED.search(text)
        and any(field.date for field in fields)
        and (len(parts) < len(every) or any(field.byline for field in fields))
        and may_be_sections(unread[0])
    ):
        return _joined(fields)  # the sections that the page is filed under
    if parts and all(read) and (len(parts) > 1 or fields[0].date or fields[0].byline):
        return _joined(fields)
    whole = _read_field(text)
    if whole is not None and whole.date is None and whole.byline is None:
        empty = not _DIGIT.search(text) and consumed(text) in {"published", "updated"}
        return whole if empty else None  # a label whose date is missing
    return whole or read_labelled(text)


_AGE = re.compile(r"\s*\(([^()]{2,30})\)$")
_FIELDS = re.compile(r"\s{2,}|\s*[|•·●∙⋅▪❘]\s*")


def _has_no_year(stamp: str) -> bool:
    """Say whether a line is such a stamp; hardly one has the sign."""
    return ("·" in stamp or "•" in stamp) and post_stamp().fullmatch(stamp) is not None


_AUDIENCE = re.compile(
    "\\s*[·•]\\s*[^\\w\\s]{0,4}$"
)  # the sign and the symbol of who may see a post


def is_post_stamp(text: str) -> bool:
    """Say whether a line is the stamp of a post on a social network, with or without a year.

    >>> is_post_stamp("12 พฤศจิกายน เวลา 16:20 น. ·"), is_post_stamp("12 พฤศจิกายน เวลา 16:20 น.")
    (True, False)
    """
    if _has_no_year(text.rstrip()):
        return True
    stamp = _AUDIENCE.sub("", text.rstrip())
    if len(text) > _SHORT or stamp == text.rstrip():
        return False
    read = read_date_line(stamp)
    return read is not None and (read.date is None or read.date.time is not None)


_ROW = 3  # fields of a row in which a field of any name may stand


def _is_beside(field: str) -> bool:
    """Say whether a field is empty or chrome of its own: a count of readers, a share word."""
    key, template = keys(field)
    return not key or template == "0" or phrase_of(field, template) is not None


def _without_counts(byline: str) -> str:
    """Return a byline without the count of readers that a line goes on with."""
    words = byline.split()
    for size in range(1, len(words)):
        rest = " ".join(words[size:])
        if _DIGIT.search(rest) and consumed(rest) == "beside":
            return " ".join(words[:size])
    return byline


def _joined(fields: list[DateLine]) -> DateLine:
    """Return one date line for the fields of a line: the first date, the first byline."""
    dated = next((field for field in fields if field.date is not None), fields[0])
    byline = next((field.byline for field in fields if field.byline is not None), None)
    section = next((field.section for field in fields if field.section is not None), None)
    return DateLine(dated.date, dated.updated, byline, section)


def _read_field(text: str) -> DateLine | None:
    """Read a line, or one of the fields of a line that blanks or bars part."""
    byline = None
    rest = text
    if (match := byline_words().search(text)) and _begins_like_date_line(text):
        byline, rest = text[match.end() :].strip(), text[: match.start()]
        if found := find_full_date(byline):  # "โดย: ชื่อ เมื่อ วันที่": the name ends at the date
            head = trailing_words().sub("", byline[: found.start]).strip(" :|-–")
            tail = consumed(byline[found.end :])
            name = _author(head) or None
            return None if tail is None else DateLine(found, updated=False, byline=name)
        byline = _author(_without_counts(byline.strip(" |-–:"))) or None
        if byline is not None and len(byline) > LONGEST_NAME:
            return None
    for word in read_toml("chrome/dates.toml")["openings"]:
        if rest.startswith(word):
            rest = " " * len(word) + rest[len(word) :]
    date = find_full_date(rest) if _DIGIT.search(rest) else None
    if date is None:
        sort = consumed(rest)
        said = byline is not None or (sort and beside_words().match(rest))
        return DateLine(None, updated=False, byline=byline) if said and sort is not None else None
    if _RANGE.search(rest[: date.start]) or _RANGE_AFTER.match(rest[date.end :]):
        return None  # a period is something that the story says
    before, after = consumed(rest[: date.start]), consumed(rest[date.end :])
    head = _unsigned(trailing_words().sub("", rest[: date.start]))
    section = None
    if before is None and is_section(head):
        before, section = "", head
    elif before is None and byline is None and _is_medium_name(head):
        byline, before = head, ""
    if before is None and byline is None and _is_name(head) and (date.time or after == "beside"):
        byline, before = head, ""
    behind = _unsigned(rest[date.end :])
    if after is None and byline is None and _is_medium_name(behind):
        byline, after = behind, ""
    if after is None and byline is None and (office := _counted_office(rest[date.end :])):
        byline, after = office, ""
    if after is None and byline is None and (named := _named(rest[date.end :])):
        byline, after = named, ""
    if after is None and byline is None and date.time and (account := _account(rest[date.end :])):
        byline, after = account, ""
    if before is None or after is None:
        return None
    return DateLine(date, before == "updated", byline, section)


def is_record_of_day(text: str) -> bool:
    """Say whether a line is a row of a page's record, a label and its day.

    >>> is_record_of_day("วันที่ลงข่าว 26 กุมภาพันธ์ 2567"), is_record_of_day("26 กุมภาพันธ์ 2567")
    (True, False)
    """
    label = beside_words().match(text)
    read = read_date_line(text) if label is not None and label.lastgroup != "beside" else None
    return read is not None and read.date is not None


def _is_name(field: str) -> bool:
    match = person_or_desk().match(field)
    return match is not None and match.end() == len(field)


def _is_section_of_news(field: str) -> bool:
    """Say whether a field is one word that begins with ข่าว: ``ข่าวป่าไม้-ภัยแล้ง   24 เม.ย. 2567``."""
    word = field.strip()
    news: str = read_toml("chrome/sections.toml")["news"]
    return word.startswith(news) and " " not in word and len(word) <= _SECTION


_SECTION = 40  # characters of a section's name


def _is_source(field: str, line: str) -> bool:
    """Say whether a field is one word that a sign parts from the day: ``สช. ● 18 ก.ย. 2566``."""
    word = field.strip()
    if len(word) > _SOURCE or " " in word or _DIGIT.search(word):
        return False
    return _SIGNED.search(line) is not None


_SOURCE = 24  # characters of a source's name in one word
_SIGNED = re.compile("[|•·●∙⋅▪❘]")


def _named(text: str) -> str | None:
    """Return the name that stands between a date and a count of readers, if that is all."""
    match = person_or_desk().match(text)
    if match is None or not _DIGIT.search(text) or consumed(text[match.end() :]) != "beside":
        return None
    return match[1]


def _counted_office(text: str) -> str | None:
    """Return the office behind a day and a count of readers: ``25 เม.ย. 2567 1065 งานสื่อสาร…``."""
    match = _COUNT.match(text)
    if match is None or not is_signing_office(text[match.end() :], after_row=True):
        return None
    return text[match.end() :]


_COUNT = re.compile(r"[\s|,:·-]*[0-9๐-๙][0-9๐-๙,]*\s+(?=\S)")


def _is_medium_name(text: str) -> bool:
    """Say whether what stands beside a date is a medium's name, no address with a date in it."""
    return not has_address(text) and is_site_name(text, sure=True)


def _unsigned(text: str) -> str:
    return _REMARK.sub("", text.strip(" \t-–—|,:")).strip(" \t-–—|,:()")


_REMARK = re.compile(r"\s*\([^()]{1,30}\)$")  # ไทยรัฐ (กรอบบ่าย)


def _account(text: str) -> str | None:
    """Return the account behind a stamp of day and time: ``Fri, 2023-12-22 16:31 -- team``."""
    signs = "|".join(map(re.escape, read_toml("chrome/dates.toml")["account_signs"]))
    match = re.fullmatch(f"\\s*(?:{signs})\\s*(\\S[^0-9๐-๙]{{0,38}}\\S)\\s*", text)
    return match[1] if match else None


def _begins_like_date_line(text: str) -> bool:
    return (
        beside_words().match(text) is not None
        or byline_words().match(text) is not None
        or find_full_date(text[:60]) is not None
    )


def is_clock(text: str) -> bool:
    """Say whether a line is an hour and nothing else: ``2:15 pm``."""
    return CLOCK.match(text) is not None and consumed(text) is not None


def may_be_date_line(text: str) -> bool:
    """Say at little cost whether a line is worth reading as a date line."""
    if len(text) > _LONGEST:
        return False
    if len(text) <= _SHORT and _DIGIT.search(text):
        return True
    return opening().match(text) is not None or (
        _FIELDS.search(text) is not None and _DIGIT.search(text) is not None
    )
