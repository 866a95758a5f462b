"""What hangs on a headline: names of its site and section, phrases glued to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.cleaning.head_rows import is_menu, is_section_row
from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import (
    is_address,
    is_section,
    is_site_name,
    phrase_of,
    publishers,
    title_joints,
)
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page


_JOINTS = (">", "|", "»", "›")
_SURE_JOINTS = ("|", "»", "«", "::")


def strip_known_prefixes(page: Page) -> Line | None:
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


def strip_glued_phrases(page: Page, line: Line) -> None:
    """Cut skip links and the like that a scraper joined to the headline's end."""
    words = line.text.split(" ")
    for size in range(1, min(5, len(words))):
        tail = " ".join(words[-size:])
        phrase = phrase_of(tail, keys(tail)[1])
        if phrase is not None and not phrase.edge and len(tail) >= 8 and len(words) > size:
            page.cut_end(line, len(tail), phrase.kind, phrase.rule)
            return


def strip_by_copies(page: Page, line: Line) -> None:
    """Cut what the first line has more than a copy of the headline that stands by itself below."""
    below = [other for other, _ in zip(page.live(), range(12), strict=False)]
    for other in sorted(below, key=lambda copy: -len(copy.text)):  # a site's name is shorter
        if other.index <= line.index or len(other.key) < 15 or len(other.text) >= len(line.text):
            continue
        at = line.text.find(other.text)
        if at < 0:
            continue
        before, after = line.text[:at], line.text[at + len(other.text) :]
        led = is_section_row(before) if before and not after else False
        joined_before = led or before.rstrip().endswith(("-", "–", "|", ":", "»", ">"))
        joined_before = joined_before or before.endswith("  ")
        joined_after = after.lstrip().startswith(("-", "–", "|", "»", "::", "«"))
        if before and not after and joined_before:
            if any(mark in before for mark in _JOINTS) or not (led or is_menu(before)):
                name_parts(page, before)
            page.cut_start(line, len(before), "site_name", "prefix of the headline's copy")
            return
        if after and not before and joined_after:
            name_parts(page, after)
            page.cut_end(line, len(after), "site_name", "suffix of the headline's copy")
            return


def name_parts(page: Page, text: str) -> None:
    """Read publisher and section from what hung on a headline."""
    spaced = text
    for mark in ("-", "–", "|", "»", "«", "::", " : ", ">"):
        spaced = spaced.replace(mark, "\n")
    for part in filter(None, (part.strip(" \t:|") for part in spaced.split("\n"))):
        if page.publisher is not None and (is_address(part) or part == page.publisher):
            continue
        if is_section(part):
            page.section = page.section or part
        elif page.publisher is None:
            page.publisher = part
        else:
            page.section = page.section or part


def strip_names(page: Page, line: Line) -> None:
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
        named = named or (":" in line.text[start:end] and _is_news_section(head))
        if not named or len(head) > 40 or len(line.text) - end < 15:
            break
        name_parts(page, head)
        page.cut_start(line, end, "site_name", "name before the headline")


def _is_news_section(text: str) -> bool:
    """Say whether a text is a section's name that says that it is one: ข่าวประชาสัมพันธ์."""
    news: str = read_toml("chrome/sections.toml")["news"]
    return text.startswith(news) and text != news and is_section(text)


def _is_name_after(tail: str, headline_size: int, *, bar: bool) -> bool:
    if headline_size < 10:
        return False
    if not bar:
        return is_site_name(tail, sure=True) and len(tail) <= 40
    if is_section(tail) or (is_site_name(tail) and len(tail) < max(headline_size, 40)):
        return True
    return len(tail) <= 40 and len(tail) * 2 < headline_size
