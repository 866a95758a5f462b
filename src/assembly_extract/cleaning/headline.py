"""The headline: which line it is, and what of site and section names hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.cleaning.date_lines import may_be_date_line, read_date_line
from assembly_extract.cleaning.knowledge import (
    is_section,
    is_site_name,
    phrase_of,
    publishers,
    title_joints,
)
from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.page import is_prose

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page

_LONGEST = 500  # characters of a headline; longer first lines are the story's first paragraph
_LONGEST_FIRST_LINE = 260  # ... unless it carries a site's prefix or stands in the metadata
_HEAD_LINES = 40  # lines looked through for the headline: menus come before it
_LABEL = 30  # characters of a line that may be a section's name without being a known one
_SURE_JOINTS = ("|", "»", "«", "::")


def find_headline(page: Page) -> None:
    """Set ``page.title``; take site names, sections and breadcrumbs before it out."""
    _strip_known_prefixes(page)
    line = _line_of_metadata(page) or _first_candidate(page)
    if line is None:
        return
    prefixed = page.publisher is not None
    _strip_glued_phrases(page, line)
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


def _strip_known_prefixes(page: Page) -> None:
    for line, _ in zip(page.live(), range(3), strict=False):
        for publisher in publishers():
            for prefix, section in publisher.prefixes:
                if line.text.startswith(prefix):
                    page.cut_start(line, len(prefix), "site_name", "known site prefix")
                    page.publisher, page.section = publisher.name, section
                    return


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
    lines = list(page.live())[:_HEAD_LINES]
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        if may_be_date_line(line.text) and read_date_line(line.text):
            continue  # read with the other date lines
        if following is None or not _is_label_above(page, line, following, lines[position + 2 :]):
            return line
        _take_head_line(page, line)
    return None


def _is_label_above(page: Page, line: Line, following: Line, later: list[Line]) -> bool:
    """Say whether a line before a headline is a section, a site, a date or a menu."""
    if line.phrase is not None or _is_breadcrumb(line.text):
        return True
    if is_section(line.text):
        return True
    if len(line.text) > _LABEL or len(following.text) <= len(line.text):
        return False
    if is_site_name(line.text) and len(following.text) > _LABEL:
        return True
    slug = keys(page.slug or "")[0]
    repeated = any(other.key == following.key for other in later)
    return repeated or (len(slug) >= 12 and following.key.startswith(slug[:40]))


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


def _take_head_line(page: Page, line: Line) -> None:
    """Take out a line before the headline, and keep what it tells."""
    text = line.text
    if may_be_date_line(text) and read_date_line(text):
        return  # read with the other date lines
    if is_section(text):
        page.section = page.section or text
        page.remove(line, "section", "section name")
    elif _is_breadcrumb(text):
        parts = [
            part.strip()
            for part in text.replace("›", ">").replace("»", ">").replace("/", ">").split(">")
        ]
        known = [part for part in parts[1:] if is_section(part)]
        page.section = page.section or (known[-1] if known else None)
        page.remove(line, "navigation", "breadcrumb")
    elif line.phrase is not None:
        page.remove(line, line.phrase.kind, line.phrase.rule)
    elif is_site_name(text):
        page.publisher = page.publisher or text
        page.remove(line, "site_name", "site name above the headline")
    elif len(text) <= _LABEL:
        page.section = page.section or text
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
        joined_before = before.rstrip().endswith(("-", "–", "|", ":", "»", ">"))
        joined_after = after.lstrip().startswith(("-", "–", "|", "»", "::", "«"))
        if before and not after and joined_before:
            _name_parts(page, before)
            page.cut_start(line, len(before), "site_name", "prefix of the headline's copy")
            return
        if after and not before and joined_after:
            _name_parts(page, after)
            page.cut_end(line, len(after), "site_name", "suffix of the headline's copy")
            return


def _name_parts(page: Page, text: str) -> None:
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
        _name_parts(page, tail)
        page.cut_end(line, len(line.text) - start, "site_name", "name after the headline")
    while joints := title_joints(line.text):
        start, end = joints[0]
        head = line.text[:start].strip()
        bar = any(mark in line.text[start:end] for mark in _SURE_JOINTS)
        named = (is_site_name(head) or is_section(head)) if bar else is_site_name(head, sure=True)
        if not named or len(head) > 40 or len(line.text) - end < 15:
            break
        _name_parts(page, head)
        page.cut_start(line, end, "site_name", "name before the headline")


def _is_name_after(tail: str, headline_size: int, *, bar: bool) -> bool:
    if headline_size < 10:
        return False
    if not bar:
        return is_site_name(tail, sure=True) and len(tail) <= 40
    if is_section(tail) or (is_site_name(tail) and len(tail) < max(headline_size, 40)):
        return True
    return len(tail) <= 40 and len(tail) * 2 < headline_size
