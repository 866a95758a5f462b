"""Where the story begins and ends, and the chrome that only its edges have."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.cleaning.credits import (
    is_bare_names,
    is_credit_label,
    is_signing_office,
    names_of,
    read_credit,
)
from assembly_extract.cleaning.date_lines import is_clock, may_be_date_line, read_date_line
from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import (
    has_address,
    is_address,
    is_medium,
    is_section,
    is_site_name,
    label_of,
)
from assembly_extract.cleaning.page import is_paragraph, is_prose
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import month_pattern, weekday_pattern
from assembly_extract.types.article import Publication
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from assembly_extract.cleaning.date_lines import DateLine
    from assembly_extract.cleaning.page import Line, Page

_RELATED_TITLE = 170  # characters of a related headline
_THAI = re.compile("[ก-๎]")
_FOREIGN_WORD = re.compile("[A-Za-z_-]{2,20}")
_DESK_NUMBER = re.compile("[-–—]+\\s*[0-9]{1,4}\\s*[-–—]*")
_AFTER_LABEL = re.compile("[:：=|]")
_TAG = 40  # characters of a tag
_RELATED_LINES = 8  # related headlines in the middle of a story


def story_range(page: Page) -> tuple[int, int]:
    """Return the indexes of the first and of the last paragraph that stand (none: ``(n, -1)``).

    Where no line is a paragraph, lines of prose count.
    """
    start = page.title.index if page.title else -1
    for judge in (is_paragraph, is_prose):
        found = [line.index for line in page.live() if line.index > start and judge(line.text)]
        if found:
            return found[0], found[-1]
    return len(page.lines), -1


def zone(line: Line, story: tuple[int, int]) -> str:
    """Return ``head``, ``body`` or ``tail``: where ``line`` stands towards the story."""
    if line.index < story[0]:
        return "head"
    return "tail" if line.index > story[1] else "body"


def take_date_lines(page: Page) -> None:
    """Take out the page's date lines before and after the story; the first one dates the page."""
    story = story_range(page)
    metadata = page.metadata
    named = [name for name in (*metadata.authors, metadata.publisher) if name]
    head_days: set[str] = set()
    last_prose = max(
        (line.index for line in page.live() if line.index > story[1] and is_prose(line.text)),
        default=-1,
    )
    for line in list(page.live()):
        where = zone(line, story)
        if where == "body" or line is page.title:
            continue
        text = line.text
        for name in named:  # a name that the metadata give is no riddle
            text = text.replace(name, "|")
        read = read_date_line(text) if may_be_date_line(text) else None
        if read is None or (where == "tail" and not _dates_the_page(line, read, last_prose)):
            continue
        if where == "head" and _dates_the_event(line, read, page, story):
            continue
        if read.date and where == "head" and not read.updated:
            head_days.add(read.date.date)
        if read.date and (page.published is None or page.published.source == "updated"):
            source = "updated" if read.updated else "date_line"
            page.published = Publication(line.text, source)
        if read.byline:
            _add_authors(page, read.byline)
        page.remove(line, "date_line", "date line")
    _take_beside_dates(page, story)
    if len(head_days) >= _STAMPED_LINKS:
        page.published = None


def _take_beside_dates(page: Page, story: tuple[int, int]) -> None:
    """Take out an hour and a newsroom's name on lines of their own below the page's date."""
    for line in list(page.live()):
        if line is page.title or not 0 < line.index < story[0]:
            continue
        before = page.lines[line.index - 1]
        if not any(cut.kind == "date_line" and cut.start == before.start for cut in page.cuts):
            continue
        if is_clock(line.text):
            page.remove(line, "date_line", "hour below the date")
        elif line.index + 1 == story[0] and " " not in line.text and is_site_name(line.text):
            _add_authors(page, line.text)
            page.remove(line, "byline", "newsroom below the date")


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
    if read.date is None or read.date.time is None or page.metadata.published is not None:
        return False
    plain = read.date.start == 0 and not read.updated and read.byline is None
    if not plain or line.text[read.date.end :].strip(" .,|") or page.published is not None:
        return False
    if not read.date.time.endswith(_EVENT_MINUTES) or not _says_day().match(line.text):
        return False
    return find_full_date(page.lines[story[0]].text[:_LEAD]) is None


_EVENT_MINUTES = (":00", ":30")
_LEAD = 160  # characters of the first paragraph that would name the day of its event


@cache
def _says_day() -> re.Pattern[str]:
    """Return the pattern of วันที่ or a weekday, a day and a month in full."""
    weekday = f"วัน(?:{weekday_pattern()})?\\s*ที่"
    return re.compile(f"{weekday}\\s*[0-9๐-๙]{{1,2}}\\s*{month_pattern('full')}")


def _add_authors(page: Page, byline: str) -> None:
    for name in names_of(byline):
        if name not in page.authors:
            page.authors.append(name)
        if page.publisher is None and is_site_name(name, sure=True):
            page.publisher = name


def take_credits(page: Page) -> None:
    """Take out bylines and credits, and keep their names as the page's authors."""
    story = story_range(page)
    metadata = page.metadata
    named = {
        keys(name)[0]
        for name in (*metadata.authors, metadata.publisher, metadata.section)
        if name is not None
    }
    for line in list(page.live()):
        if line is page.title:
            continue
        edge = zone(line, story) != "body"
        if edge and line.key in named:
            page.remove(line, "byline", "name that the metadata give")
            continue
        names = read_credit(line.text, edge=edge)
        if names is None and edge and is_credit_label(line.text):
            names = _names_below(page, line) if line.index > story[1] else ()
        if names is None:
            continue
        for name in names:
            _add_authors(page, name)
        page.remove(line, "byline" if line.index < story[0] else "credit", "credit line")


def has_thai(text: str) -> bool:
    """Say whether a text has a Thai letter."""
    return _THAI.search(text) is not None


def _names_below(page: Page, label: Line) -> tuple[str, ...]:
    """Take out the few short lines below a credit's label that stands alone; return the names."""
    names: list[str] = []
    for line in page.lines[label.index + 1 : label.index + 1 + _SIGNERS]:
        if len(line.text) > _SIGNER or line.phrase is not None or is_prose(line.text):
            break
        first = line.text.split()[0]
        if has_address(line.text) or "://" in line.text or is_credit_label(first):
            break
        if not line.kept or label_of(line.text, "tail") is not None:
            break
        names.extend(names_of(line.text))
        page.remove(line, "credit", "name below a credit's label")
    return tuple(names)


_SIGNERS = 4  # lines below a credit's label
_SIGNER = 60  # characters of one


def cut_caption_credits(page: Page) -> None:
    """Cut the picture's credit off a caption: ``น้ำท่วมถนน | ที่มาภาพ: เพจตัวอย่าง``."""
    table = read_toml("chrome/labels.toml")["caption_credits"]
    for line in list(page.live()):
        if line is page.title or len(line.text) > table["longest"]:
            continue
        found = _caption_credit().search(line.text)
        if found is not None and found.start() > 0:
            page.cut_end(line, len(line.text) - found.start(), "credit", "credit of a caption")


@cache
def _caption_credit() -> re.Pattern[str]:
    table = read_toml("chrome/labels.toml")["caption_credits"]
    words = "|".join(re.escape(word) for word in sorted(table["words"], key=len, reverse=True))
    signs = "|".join(map(re.escape, table["signs"]))
    return re.compile(f"\\s+(?:{signs})\\s*(?:{words})\\s*[:：]\\s*\\S.{{0,80}}$", re.IGNORECASE)


def cut_story_label(page: Page) -> None:
    """Cut a label off the story's first line: ``รายละเอียด : วันนี้ …``."""
    start = page.title.index if page.title is not None else -1
    first = next((line for line in page.live() if line.index > start), None)
    label = _story_label().match(first.text) if first is not None else None
    if first is not None and label is not None and label.end() < len(first.text):
        page.cut_start(first, label.end(), "label", "label of the story")


@cache
def _story_label() -> re.Pattern[str]:
    labels = read_toml("chrome/labels.toml")["story"]["labels"]
    words = "|".join(re.escape(word) for word in sorted(labels, key=len, reverse=True))
    return re.compile(f"(?:{words})\\s*[:：]\\s*")


def take_sections(page: Page) -> None:
    """Take out a row of section names beside other chrome between the headline and the story."""
    story = story_range(page)
    for line in list(page.live()):
        if page.title is None or not page.title.index < line.index < story[0]:
            continue
        beside = page.lines[max(0, line.index - 1) : line.index + 2]
        if is_section(line.text) and any(not other.kept for other in beside):
            page.section = page.section or line.text
            page.remove(line, "section", "section below the headline")


def cut_sign_off(page: Page) -> None:
    """Cut a newsroom's name off the end of the last paragraph: ``….-118-สำนักข่าวตัวอย่าง``."""
    story = story_range(page)
    if story[1] < 0:
        return
    line = page.lines[story[1]]
    found = _SIGN_OFF.search(line.text)
    if found is not None and is_medium(found["name"]):
        page.cut_end(line, len(line.text) - found.start(), "credit", "newsroom that signs off")


_SIGN_OFF = re.compile("\\s*[-–—]+\\s*(?:[0-9]{1,4}\\s*[-–—]+\\s*)?(?P<name>[^-–—\\s]{4,40})$")


def take_edge_phrases(page: Page) -> None:
    """Take out menu words and the like before and after the story."""
    story = story_range(page)
    for line in list(page.live()):
        if line is page.title or zone(line, story) == "body":
            continue
        phrase = line.phrase
        if phrase is not None:
            page.remove(line, phrase.kind, phrase.rule)
        elif (
            line.template == "0"
            and 0 < line.index < story[0]
            and not page.lines[line.index - 1].kept  # beside other counts, not in a table
        ):
            page.remove(line, "view_count", "number above the story")
        elif (
            page.title is not None
            and page.title.index < line.index < story[0]
            and _FOREIGN_WORD.fullmatch(line.text)
            and has_thai(page.title.text)
        ):
            page.remove(line, "navigation", "foreign word above the story")
        elif line.index > story[1] and _DESK_NUMBER.fullmatch(line.text):
            page.remove(line, "credit", "number of the desk")


def take_labelled_lines(page: Page) -> None:
    """Take out lines that a label opens: sources, pointers, appeals, tags, telephone numbers."""
    story = story_range(page)
    for line in list(page.live()):
        if line is page.title:
            continue
        label = label_of(line.text, zone(line, story))
        if label is None:
            continue
        page.remove(line, label.kind, label.rule)
        if label.kind == "section" and page.section is None:
            page.section = _AFTER_LABEL.split(line.text, maxsplit=1)[-1].strip() or None
        elif label.kind == "related" and line.index > story[1] and len(line.text) <= _TAG:
            _remove_list(page, line, label.kind, label.rule)
        elif label.kind == "tags" and line.index > story[1] and line.text.endswith((":", "：")):
            _remove_tags(page, line, label.rule)


def _remove_tags(page: Page, heading: Line, rule: str) -> None:
    """Take out the tags that stand on lines of their own below their label."""
    for line in page.lines[heading.index + 1 :]:
        if len(line.text) > _TAG or line.phrase is not None or is_prose(line.text):
            return
        page.remove(line, "tags", f"after: {rule}")


def take_lists_after_headings(page: Page) -> None:
    """Take out what a heading such as ข่าวที่เกี่ยวข้อง announces, and the heading.

    After the story that is all that follows; within it the next few lines of a headline's length.
    """
    story = story_range(page)
    last_long = max(
        (line.index for line in page.live() if len(line.text) > _RELATED_TITLE), default=-1
    )
    ending: tuple[str, str] | None = None  # the heading after the story that ends the page
    for line in list(page.live()):
        if line is page.title:
            continue
        phrase = line.phrase
        opens = phrase is not None and (phrase.opens_list or phrase.kind == "comment_form")
        if ending is not None:
            page.remove(line, ending[0], f"after: {ending[1]}")
        elif phrase is not None and phrase.opens_line and line.index > story[1]:
            page.remove(line, phrase.kind, phrase.rule)
            following = page.lines[line.index + 1 : line.index + 2]
            for title in following:
                if title.phrase is None and len(title.text) <= _RELATED_TITLE:
                    page.remove(title, phrase.kind, f"after: {phrase.rule}")
        elif phrase is not None and opens:
            page.remove(line, phrase.kind, phrase.rule)
            if line.index > last_long and line.index > story[0]:
                ending = phrase.kind, phrase.rule
            elif phrase.opens_list and line.index > story[0]:
                _remove_list(page, line, phrase.kind, phrase.rule)


def _remove_list(page: Page, heading: Line, kind: str, rule: str) -> None:
    """Take out the related headlines in the middle of a story."""
    for line in page.lines[heading.index + 1 : heading.index + 1 + _RELATED_LINES]:
        if len(line.text) > _RELATED_TITLE or (line.blank and line.index > heading.index + 1):
            return
        if line is not page.title:
            page.remove(line, kind, f"after: {rule}")


def take_signatures(page: Page) -> None:
    """Take out the office that signs at the end, and the addresses and hashtags around it."""
    story = story_range(page)
    tail = [line for line in page.live() if line.index > story[1] and line is not page.title]
    rows = {cut.end for cut in page.cuts if cut.kind == "decoration"}
    after_row = any(page.lines[story[1]].end < end for end in rows) if story[1] >= 0 else False
    for line in tail:
        if _is_hashtags(line.text):
            page.remove(line, "tags", "hashtags")
        elif is_signing_office(line.text, after_row=after_row):
            page.remove(line, "signature", "signing office")
            after_row = True
            if line.text not in page.authors:
                page.authors.append(line.text)
        elif line is tail[-1] and is_bare_names(line.text):
            page.remove(line, "credit", "names after the story")
            _add_authors(page, line.text)
        elif _is_loose_source(line, tail):
            page.remove(line, "source_line", "source named at the end")
        elif is_address(line.text):
            page.remove(line, "contact", "address after the story")


def _is_loose_source(line: Line, tail: list[Line]) -> bool:
    """Say whether the last line names a source after its label without a sign between."""
    first, _, rest = line.text.partition(" ")
    return line is tail[-1] and first in _source_labels() and is_site_name(rest.strip())


@cache
def _source_labels() -> frozenset[str]:
    rows = read_toml("chrome/labels.toml")["label"]
    return frozenset(s for row in rows if row["kind"] == "source_line" for s in row["starts"])


def _is_hashtags(text: str) -> bool:
    words = text.split()
    return bool(words) and all(word.startswith("#") and len(word) > 1 for word in words)
