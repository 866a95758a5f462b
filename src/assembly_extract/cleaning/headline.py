"""The headline: which line it is, and what stands above it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assembly_extract.cleaning.above_headline import (
    BULLET,
    LABEL,
    LONGEST_FIRST_LINE,
    THAI,
    ends_in_phone,
    is_label_above,
    is_notice,
    is_office_above,
    is_stamped_link,
    release_number,
)
from assembly_extract.cleaning.credits import add_authors
from assembly_extract.cleaning.date_lines import is_record_of_day
from assembly_extract.cleaning.head_rows import (
    MENU,
    is_breadcrumb,
    is_menu,
    is_site_header,
)
from assembly_extract.cleaning.headline_names import (
    name_parts,
    strip_by_copies,
    strip_glued_phrases,
    strip_known_prefixes,
    strip_names,
)
from assembly_extract.cleaning.keys import DIGITS, keys
from assembly_extract.cleaning.knowledge import is_section, is_site_name, label_of
from assembly_extract.cleaning.names_above import HEADLINE, is_author_above, is_date_line, poster_of
from assembly_extract.cleaning.page import is_paragraph, is_prose, tells
from assembly_extract.cleaning.postal import is_postal
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page


_LONGEST = 500  # characters of a headline; longer first lines are the story's first paragraph


_HEAD_LINES = 40  # lines looked through for the headline: menus come before it


_BELOW = 40  # lines below the window's title that say whether it is the headline


_LABELLED = 20  # characters behind a label, which may stand before a name as well


_MOTTO = 2  # blanks in a motto


_AFTER_LABEL = re.compile("[:：=|]")


def find_headline(page: Page) -> None:
    """Set ``page.title``; take site names, sections and breadcrumbs before it out."""
    known = strip_known_prefixes(page)
    line = known or _line_of_metadata(page) or _first_candidate(page)
    if line is None:
        return
    prefixed = page.publisher is not None
    strip_glued_phrases(page, line)
    if known is None:
        strip_by_copies(page, line)
        strip_names(page, line)
    longest = _LONGEST if prefixed or page.metadata.title else LONGEST_FIRST_LINE
    if not line.kept or len(line.text) > longest:
        return
    alone = not any(other.index > line.index for other in page.live())
    if alone and (is_prose(line.text) or not prefixed) and not _is_told(page, line):
        return
    _strip_bullet(page, line)
    page.title = line


def _is_told(page: Page, line: Line) -> bool:
    """Say whether the page's markup, or its row of a table, has the line for the headline."""
    return page.metadata.title is not None and line.key == keys(page.metadata.title)[0]


def _strip_bullet(page: Page, line: Line) -> None:
    """Cut the bullet of a list off the headline."""
    found = BULLET.match(line.text)
    if found is not None and found.end() < len(line.text):
        page.cut_start(line, found.end(), "decoration", "bullet before the headline")


def _line_of_metadata(page: Page) -> Line | None:
    """Return the line that is the headline which the page's markup names."""
    if page.metadata.title is None:
        return None
    wanted = keys(page.metadata.title)[0]
    found = next((line for line in page.live() if line.key == wanted and wanted), None)
    if found is None:
        return None
    below = [line for line in page.lines[found.index + 1 : found.index + _BELOW] if line.kept]
    if is_office_above(found, below):
        return None  # the window is named after the site
    label = _subject().match(found.text)
    if label is not None and any(is_record_of_day(line.text) for line in below[:1]):
        page.cut_start(found, label.end(), "label", "headline label")
    for line in list(page.live()):
        if line.index < found.index:
            _take_head_line(page, line)
    return found


def _first_candidate(page: Page) -> Line | None:
    """Return the first line that may be a headline; what stands before it goes, with its reason."""
    lines = [line for line, _ in zip(page.live(), range(_HEAD_LINES), strict=False)]
    head = _before_story(lines)
    labels = [
        line
        for line in head
        if (match := _headline_label().match(line.text))
        and len(line.text) - match.end() >= _LABELLED
    ]
    if (below := _below_label(head)) is not None:
        for line in head[: head.index(below)]:
            _take_head_line(page, line)
        return below
    subject = _subject_line(head) if not labels else None
    if subject is not None:
        labels = [subject]
    if len(labels) == 1:
        labelled = labels[0]
        for line in head[: head.index(labelled)]:
            _take_head_line(page, line)
        match = (_subject() if subject else _headline_label()).match(labelled.text)
        page.cut_start(labelled, match.end() if match else 0, "label", "headline label")
        return labelled
    names = [line.text for line in head if is_section(line.text)]
    for position, line in enumerate(lines):
        if is_date_line(line):
            continue  # read with the other date lines
        later = lines[position + 1 :]
        if not later or not is_label_above(page, line, later, head):
            return line
        if (poster := poster_of(line, later)) is not None:
            page.publisher = page.publisher or poster
            page.remove(line, "site_name", "who posted it")
            continue
        if is_author_above(line, later):
            add_authors(page, line.text)
            page.remove(line, "byline", "who signs above the headline")
            continue
        # A name set apart above the headline is its section, also below a menu of such names.
        apart = line.blank and later[0].blank
        _take_head_line(page, line, menu=len(names) >= MENU and not apart)
    return None


def _before_story(lines: list[Line]) -> list[Line]:
    """Return the lines before the first paragraph."""
    end = next(
        (n for n, line in enumerate(lines) if is_paragraph(line.text) and not is_notice(line.text)),
        len(lines),
    )
    if _is_long_headline(lines, end):
        end += 1
    return lines[: max(end, 1)]


def _is_long_headline(lines: list[Line], at: int) -> bool:
    """Say whether the first paragraph is a headline as long as one: chrome, then another, follow.

    Only below a menu, where no other line is long enough for a headline.
    """
    if not 0 < at < len(lines) - 2 or len(lines[at].text) > _LONG_HEADLINE or tells(lines[at].text):
        return False
    rivals = (line for line in lines[:at] if len(line.text) >= HEADLINE and line.phrase is None)
    if not all(is_breadcrumb(line.text) or is_menu(line.text) for line in rivals):
        return False
    below = lines[at + 1]
    stamped = is_date_line(below) or (below.phrase is not None and below.phrase.kind in _STAMPS)
    return stamped and any(is_paragraph(line.text) for line in lines[at + 2 :])


_LONG_HEADLINE = 160
_STAMPS = frozenset({"share", "view_count", "date_line"})


def _below_label(head: list[Line]) -> Line | None:
    """Return the headline below a line that says that it follows: ``หัวข้อข่าว :``."""
    for line, below in pairwise(head):
        found = _label_alone().fullmatch(line.text)
        if found is not None and len(below.text) >= _LABELLED:
            return below
    return None


@cache
def _label_alone() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, read_toml("chrome/sections.toml")["headline_labels"]))
    return re.compile(f"(?:{labels})\\s*[:：]", re.IGNORECASE)


@cache
def _headline_label() -> re.Pattern[str]:
    return re.compile(f"{_label_alone().pattern}\\s*(?=\\S)", re.IGNORECASE)


def _subject_line(head: list[Line]) -> Line | None:
    """Return the subject of a release under a letterhead: ``เรื่อง …`` below an office's name.

    There the word stands without a colon, and in a page's record, where the row below it is that
    of the day (``วันที่ลงข่าว …``); elsewhere a headline may begin with it.
    """
    for position, line in enumerate(head):
        found = _subject().match(line.text)
        if found is None or len(line.text) - found.end() < _LABELLED:
            continue
        above = head[:position]
        letterhead = any(is_site_name(other.text) for other in above) and any(
            is_postal(other.text)
            or is_date_line(other)
            or label_of(other.text, "tail")
            or release_number().fullmatch(other.text)
            for other in above
        )
        recorded = head[position + 1 : position + 2]
        record = bool(recorded) and is_record_of_day(recorded[0].text)
        return line if letterhead or record else None
    return None


@cache
def _subject() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_toml("chrome/sections.toml")["subjects"]))
    return re.compile(f"(?:{words})[ \t\xa0]+(?=\\S)")


def _is_beside_menu(page: Page, line: Line) -> bool:
    """Say whether a word of a menu stands right above or right below a line."""
    beside = (*page.lines[max(0, line.index - 1) : line.index], *page.lines[line.index + 1 :][:1])
    return any(other.phrase is not None and other.phrase.kind == "navigation" for other in beside)


def _take_head_line(page: Page, line: Line, *, menu: bool = False) -> None:
    """Take out a line before the headline, and keep what it tells; in a menu no section counts."""
    text = line.text
    if is_date_line(line):
        return  # read with the other date lines
    if is_section(text):
        page.section = page.section if menu else text  # the last one stands nearest
        page.remove(line, "section", "section name")
    elif is_breadcrumb(text):
        parts = [
            part.strip()
            for part in text.replace("›", ">").replace("»", ">").replace("/", ">").split(">")
        ]
        known = [part for part in parts[1:] if is_section(part)]
        page.section = known[-1] if known else page.section
        page.remove(line, "navigation", "breadcrumb")
    elif line.phrase is not None:
        page.remove(line, line.phrase.kind, line.phrase.rule)
    elif release_number().fullmatch(text):
        page.remove(line, "navigation", "number of the release")
    elif is_menu(text):
        page.remove(line, "navigation", "row of menu words")
    elif is_notice(text) and (label := label_of(text, "head")):
        page.remove(line, label.kind, label.rule)
        if label.kind == "section":
            page.section = page.section or _AFTER_LABEL.split(text, maxsplit=1)[-1].strip() or None
    elif is_postal(text) or ends_in_phone(text) or label_of(text, "tail") is not None:
        page.remove(line, "contact", "address in the letterhead")
    elif is_stamped_link(text):
        page.remove(line, "related", "stamped headline of another story")
    elif is_site_header(text):
        name_parts(page, text)
        page.remove(line, "site_name", "names of site and section")
    elif is_site_name(text):
        page.publisher = page.publisher or text
        page.remove(line, "site_name", "site name above the headline")
    elif len(text) <= LABEL:
        # no weather (เชียงใหม่ 27°C) and no motto of several words
        named = THAI.search(text) and not DIGITS.search(text) and text.count(" ") < _MOTTO
        named = named and not _is_beside_menu(page, line)
        page.section = page.section or (text if named and not menu else None)
        page.remove(line, "section", "label above the headline")
    else:
        page.remove(line, "navigation", "before the headline")
