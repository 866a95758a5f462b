"""Rows above a headline: menus, breadcrumbs, names of sites and sections side by side."""

from __future__ import annotations

import re

from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import is_section, is_site_name, phrase_of, title_joints

SITE_NAME = 60  # characters of a site's name


MENU = 3  # words or sections that make a menu


_MENU_WORD = 25
_ROW = 5  # words of a menu of which some may be in no list
_LONGEST_ROW = 8  # words of a menu or path in the line of a headline's copy
_PATH = 50  # characters of a path that begins with a section


_MENU_JOINTS = re.compile(r"\s*[|•·>›»]\s*|\s{2,}|\t")


def is_menu(text: str) -> bool:
    """Say whether a line is a row of short words with blanks or signs between them."""
    parts = [part for part in _MENU_JOINTS.split(text) if part]
    if len(parts) >= MENU and max(map(len, parts)) <= _MENU_WORD:
        return True
    words = text.split()
    known = [is_section(word) or phrase_of(word, keys(word)[1]) is not None for word in words]
    if len(words) >= MENU and all(known):
        return True
    words = [word for word in words if keys(word)[0]]
    if (
        len(words) >= _ROW
        and sum(known) * 5 >= 3 * len(words)
        and max(map(len, words)) <= _MENU_WORD
    ):
        first = phrase_of(words[0], keys(words[0])[1])
        return first is not None and first.kind == "navigation"
    return len(words) > 1 and all(known) and phrase_of(words[-1], keys(words[-1])[1]) is not None


def is_site_header(text: str) -> bool:
    """Say whether a line has nothing but names of sites and sections, joined."""
    joints = title_joints(text)
    if not joints:
        return False
    edges = [0, *(edge for joint in joints for edge in joint), len(text)]
    parts = [text[edges[n] : edges[n + 1]].strip() for n in range(0, len(edges), 2)]
    return all(
        is_section(part)
        or (is_site_name(part) and len(part) <= SITE_NAME)
        or phrase_of(part, keys(part)[1]) is not None
        for part in parts
        if part
    )


def is_breadcrumb(text: str) -> bool:
    """Say whether a line is a path through the site's menu: ``หน้าแรก > ข่าว > …``."""
    parts = [
        part.strip()
        for mark in (">", "›", "»", "/", "→")
        if text.count(mark)
        for part in text.split(mark)
    ]
    if len(parts) < 2 or len(text) > 300:
        return False
    if is_section(parts[0]) and len(text) <= _PATH and max(map(len, parts)) <= _MENU_WORD:
        return not any(" " in part for part in parts)  # ภาคเหนือ / น่าน
    first = keys(parts[0])[1]
    known = phrase_of(parts[0], first)
    return known is not None and known.kind == "navigation"


def is_section_row(text: str) -> bool:
    """Say whether a text is a breadcrumb without signs: Home ข่าวทั่วไป."""
    words = text.split()
    first = phrase_of(words[0], keys(words[0])[1]) if words else None
    return (
        first is not None
        and first.kind == "navigation"
        and len(words) <= _LONGEST_ROW
        and all(len(word) <= _MENU_WORD for word in words)
    )
