"""The headline: which line it is, and what of site and section names hangs on it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.cleaning.date_lines import may_be_date_line, read_date_line
from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import (
    is_medium,
    is_section,
    is_site_name,
    phrase_of,
    publishers,
    title_joints,
)
from assembly_extract.cleaning.page import is_paragraph, is_prose
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page

_LONGEST = 500  # characters of a headline; longer first lines are the story's first paragraph
_LONGEST_FIRST_LINE = 260  # ... unless it carries a site's prefix or stands in the metadata
_HEAD_LINES = 40  # lines looked through for the headline: menus come before it
_LABELLED = 20  # characters behind a label, which may stand before a name as well
_HEADLINE = 25  # characters of a headline that a shorter line before it may be a label of
_SITE_NAME = 60  # characters of a site's name
_MENU = 3  # words or sections that make a menu
_MENU_WORD = 25
_MENU_JOINTS = re.compile(r"\s*[|•·>›»]\s*|\s{2,}|\t")
_LABEL = 30  # characters of a line that may be a section's name without being a known one
_SURE_JOINTS = ("|", "»", "«", "::")


def find_headline(page: Page) -> None:
    """Set ``page.title``; take site names, sections and breadcrumbs before it out."""
    line = _strip_known_prefixes(page) or _line_of_metadata(page) or _first_candidate(page)
    if line is None:
        return
    prefixed = page.publisher is not None
    _strip_glued_phrases(page, line)
    if not prefixed:
        _strip_by_copies(page, line)
    if not prefixed:
        _strip_names(page, line)
    longest = _LONGEST if prefixed or page.metadata.title else _LONGEST_FIRST_LINE
    if not line.kept or len(line.text) > longest:
        return
    alone = not any(other.index > line.index for other in page.live())
    if alone and (is_prose(line.text) or not prefixed):
        return
    page.title = line


def _strip_known_prefixes(page: Page) -> Line | None:
    """Cut a known site's prefix off the first line; return that if a headline is left of it."""
    line = next(page.live(), None)
    if line is None:
        return None
    for publisher in publishers():
        for prefix, section in publisher.prefixes:
            if line.text.startswith(prefix):
                page.cut_start(line, len(prefix), "site_name", "known site prefix")
                page.publisher, page.section = publisher.name, section
                return line if line.kept else None
    return None


def _line_of_metadata(page: Page) -> Line | None:
    """Return the line that is the headline which the page's markup names."""
    if page.metadata.title is None:
        return None
    wanted = keys(page.metadata.title)[0]
    found = next((line for line in page.live() if line.key == wanted and wanted), None)
    if found is None:
        return None
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
    if len(labels) == 1:
        labelled = labels[0]
        for line in head[: head.index(labelled)]:
            _take_head_line(page, line)
        match = _headline_label().match(labelled.text)
        page.cut_start(labelled, match.end() if match else 0, "label", "headline label")
        return labelled
    names = [line.text for line in head if is_section(line.text)]
    for position, line in enumerate(lines):
        if _is_date_line(line):
            continue  # read with the other date lines
        later = lines[position + 1 :]
        if not later or not _is_label_above(page, line, later, head):
            return line
        _take_head_line(page, line, menu=len(names) >= _MENU)
    return None


def _before_story(lines: list[Line]) -> list[Line]:
    """Return the lines before the first paragraph."""
    end = next((n for n, line in enumerate(lines) if is_paragraph(line.text)), len(lines))
    return lines[: max(end, 1)]


def _is_date_line(line: Line) -> bool:
    return may_be_date_line(line.text) and read_date_line(line.text) is not None


@cache
def _headline_label() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, read_toml("chrome/sections.toml")["headline_labels"]))
    return re.compile(f"(?:{labels})\\s*[:：]\\s*(?=\\S)", re.IGNORECASE)


@cache
def _release_number() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_toml("chrome/sections.toml")["numbers"]))
    return re.compile(f"(?:{words})[\\s.:]*[0-9๐-๙][0-9๐-๙./\\-]*", re.IGNORECASE)


def _is_label_above(page: Page, line: Line, later: list[Line], head: list[Line]) -> bool:
    """Say whether a line before a headline is a section, a site, a menu.

    A short line is one only if a better headline follows before the story: a longer line that no
    date or byline parts from it.
    """
    if line.phrase is not None or _is_breadcrumb(line.text) or is_section(line.text):
        return True
    if _is_menu(line.text) or _is_site_header(line.text) or _release_number().fullmatch(line.text):
        return True
    if _is_latin_label(line, later) or _is_menu_item(line, later):
        return True
    slug = keys(page.slug or "")[0]
    if len(slug) >= 12 and later[0].key.startswith(slug[:40]) and len(line.text) <= _LABEL:
        return True
    rivals = [other for other in head if other.index > line.index and len(other.text) >= _HEADLINE]
    rival = next(
        (other for other in rivals if other.phrase is None and not _is_menu(other.text)), None
    )
    if rival is None or _is_date_line(later[0]) or len(line.text) > _SITE_NAME:
        return False
    if _goes_on_with_menu(page, line, rival, later):
        return True
    followed = any(other.index > rival.index and is_paragraph(other.text) for other in later)
    if followed and " " not in line.text and is_medium(line.text):
        return True
    if is_prose(rival.text) or not followed:
        return False  # the longer line is the story, or all that there is of it
    if any(other.key == line.key for other in head if other is not line):
        return False  # a headline is printed again above the story, a label is not
    if len(line.text) < _HEADLINE and len(rival.text) > 1.5 * len(line.text):
        return True
    # a site's name is said elsewhere, inside of other lines; a headline is not
    said = sum(line.text in other.text for other in page.live() if other is not line)
    below = page.lines[line.index + 1]
    before_menu = (
        (below.phrase is not None and below.phrase.kind == "navigation")
        or _is_menu(below.text)
        or is_section(below.text)
    )
    return is_site_name(line.text) and (said > 0 or before_menu)


def _goes_on_with_menu(page: Page, line: Line, rival: Line, later: list[Line]) -> bool:
    """Say whether a short line, or an office's name, goes on with the menu or labels above it."""
    if not line.index or line.blank or page.lines[line.index - 1].kept:
        return False
    short = len(line.text) < _HEADLINE or (
        len(line.text) <= _LONGEST_OFFICE and is_site_name(line.text)
    )
    return short and any(other.index > rival.index and is_paragraph(other.text) for other in later)


_LONGEST_OFFICE = 45


def _is_menu_item(line: Line, later: list[Line]) -> bool:
    """Say whether a line with a bullet stands above the headline: an item of a menu or a banner."""
    if _BULLET.match(line.text) is None:
        return False
    return _stands_above_story(
        [other for other in later if len(other.text) >= _HEADLINE and not _BULLET.match(other.text)]
    )


def _stands_above_story(lines: list[Line]) -> bool:
    """Say whether the first of these lines may be a headline: a paragraph follows it."""
    return len(lines) > 1 and any(is_paragraph(other.text) for other in lines[1:])


_BULLET = re.compile("[•◦▪▸►‣●○■□*]\\s")


def _is_latin_label(line: Line, later: list[Line]) -> bool:
    """Say whether a few words without a Thai letter stand above a Thai headline.

    Banners, widgets and weather boxes do (``Breaking News``, ``25 C``). Known cost: a headline of
    one to four foreign words over a Thai teaser.
    """
    if _THAI.search(line.text) or len(line.text.split()) > _LATIN_WORDS:
        return False
    return _stands_above_story(
        [other for other in later if len(other.text) >= _HEADLINE and _THAI.search(other.text)]
    )


_THAI = re.compile("[ก-๎]")
_LATIN_WORDS = 4


def _is_menu(text: str) -> bool:
    """Say whether a line is a row of short words with blanks or signs between them."""
    parts = [part for part in _MENU_JOINTS.split(text) if part]
    if len(parts) >= _MENU and max(map(len, parts)) <= _MENU_WORD:
        return True
    words = text.split()
    return len(words) >= _MENU and all(
        is_section(word) or phrase_of(word, keys(word)[1]) is not None for word in words
    )


def _is_site_header(text: str) -> bool:
    """Say whether a line has nothing but names of sites and sections, joined."""
    joints = title_joints(text)
    if not joints:
        return False
    edges = [0, *(edge for joint in joints for edge in joint), len(text)]
    parts = [text[edges[n] : edges[n + 1]].strip() for n in range(0, len(edges), 2)]
    return all(
        is_section(part)
        or (is_site_name(part) and len(part) <= _SITE_NAME)
        or phrase_of(part, keys(part)[1]) is not None
        for part in parts
        if part
    )


def _is_breadcrumb(text: str) -> bool:
    parts = [
        part.strip()
        for mark in (">", "›", "»", "/", "→")
        if text.count(mark)
        for part in text.split(mark)
    ]
    if len(parts) < 2 or len(text) > 300:
        return False
    first = keys(parts[0])[1]
    known = phrase_of(parts[0], first)
    return known is not None and known.kind == "navigation"


def _take_head_line(page: Page, line: Line, *, menu: bool = False) -> None:
    """Take out a line before the headline, and keep what it tells; in a menu no section counts."""
    text = line.text
    if _is_date_line(line):
        return  # read with the other date lines
    if is_section(text):
        page.section = page.section or (None if menu else text)
        page.remove(line, "section", "section name")
    elif _is_breadcrumb(text):
        parts = [
            part.strip()
            for part in text.replace("›", ">").replace("»", ">").replace("/", ">").split(">")
        ]
        known = [part for part in parts[1:] if is_section(part)]
        page.section = known[-1] if known else page.section
        page.remove(line, "navigation", "breadcrumb")
    elif line.phrase is not None:
        page.remove(line, line.phrase.kind, line.phrase.rule)
    elif _release_number().fullmatch(text):
        page.remove(line, "navigation", "number of the release")
    elif _is_menu(text):
        page.remove(line, "navigation", "row of menu words")
    elif _is_site_header(text):
        name_parts(page, text)
        page.remove(line, "site_name", "names of site and section")
    elif is_site_name(text):
        page.publisher = page.publisher or text
        page.remove(line, "site_name", "site name above the headline")
    elif len(text) <= _LABEL:
        page.section = page.section or (None if menu or not _THAI.search(text) else text)
        page.remove(line, "section", "label above the headline")
    else:
        page.remove(line, "navigation", "before the headline")


def _strip_glued_phrases(page: Page, line: Line) -> None:
    """Cut skip links and the like that a scraper joined to the headline's end."""
    words = line.text.split(" ")
    for size in range(1, min(5, len(words))):
        tail = " ".join(words[-size:])
        phrase = phrase_of(tail, keys(tail)[1])
        if phrase is not None and not phrase.edge and len(tail) >= 8 and len(words) > size:
            page.cut_end(line, len(tail), phrase.kind, phrase.rule)
            return


def _strip_by_copies(page: Page, line: Line) -> None:
    """Cut what the first line has more than a copy of the headline that stands by itself below."""
    for other, _ in zip(page.live(), range(12), strict=False):
        if other.index <= line.index or len(other.key) < 15 or len(other.text) >= len(line.text):
            continue
        at = line.text.find(other.text)
        if at < 0:
            continue
        before, after = line.text[:at], line.text[at + len(other.text) :]
        led = is_section_row(before) if before and not after else False
        joined_before = led or before.rstrip().endswith(("-", "–", "|", ":", "»", ">"))
        joined_after = after.lstrip().startswith(("-", "–", "|", "»", "::", "«"))
        if before and not after and joined_before:
            name_parts(page, before)
            page.cut_start(line, len(before), "site_name", "prefix of the headline's copy")
            return
        if after and not before and joined_after:
            name_parts(page, after)
            page.cut_end(line, len(after), "site_name", "suffix of the headline's copy")
            return


def is_section_row(text: str) -> bool:
    """Say whether a text is a breadcrumb without signs: Home ข่าวทั่วไป."""
    words = text.split()
    first = phrase_of(words[0], keys(words[0])[1]) if words else None
    return (
        first is not None
        and first.kind == "navigation"
        and len(words) <= _MENU + 1
        and all(len(word) <= _MENU_WORD for word in words)
    )


def name_parts(page: Page, text: str) -> None:
    """Read publisher and section from what hung on a headline."""
    spaced = text
    for mark in ("-", "–", "|", "»", "«", "::", ">"):
        spaced = spaced.replace(mark, "\n")
    for part in filter(None, (part.strip() for part in spaced.split("\n"))):
        if is_section(part):
            page.section = page.section or part
        elif page.publisher is None:
            page.publisher = part
        else:
            page.section = page.section or part


def _strip_names(page: Page, line: Line) -> None:
    """Cut names of sites and sections off the headline's ends, at the signs that join them.

    A bar or a chevron joins nothing else; a dash or a colon also stands inside headlines
    (``ไทย - จีน ร่วมมือ``), so that what it joins must be a medium's name.
    """
    while joints := title_joints(line.text):
        start, end = joints[-1]
        tail = line.text[end:].strip()
        bar = any(mark in line.text[start:end] for mark in _SURE_JOINTS)
        if not _is_name_after(tail, start, bar=bar):
            break
        name_parts(page, tail)
        page.cut_end(line, len(line.text) - start, "site_name", "name after the headline")
    while joints := title_joints(line.text):
        start, end = joints[0]
        head = line.text[:start].strip()
        bar = any(mark in line.text[start:end] for mark in _SURE_JOINTS)
        named = (is_site_name(head) or is_section(head)) if bar else is_site_name(head, sure=True)
        if not named or len(head) > 40 or len(line.text) - end < 15:
            break
        name_parts(page, head)
        page.cut_start(line, end, "site_name", "name before the headline")


def _is_name_after(tail: str, headline_size: int, *, bar: bool) -> bool:
    if headline_size < 10:
        return False
    if not bar:
        return is_site_name(tail, sure=True) and len(tail) <= 40
    if is_section(tail) or (is_site_name(tail) and len(tail) < max(headline_size, 40)):
        return True
    return len(tail) <= 40 and len(tail) * 2 < headline_size
