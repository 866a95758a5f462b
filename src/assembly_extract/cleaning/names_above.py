"""Names above a headline: who posted a story, who signs it, whose site it is, where that sits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.cleaning.credits import is_name, is_signing_office
from assembly_extract.cleaning.date_lines import is_post_stamp, may_be_date_line, read_date_line
from assembly_extract.cleaning.keys import DIGITS
from assembly_extract.cleaning.knowledge import is_section, is_site_name
from assembly_extract.cleaning.page import is_paragraph, prose_words
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page


HEADLINE = 25  # characters of a headline that a shorter line before it may be a label of


def long_lines(lines: list[Line]) -> list[Line]:
    """Return those that are as long as headlines are."""
    return [line for line in lines if len(line.text) >= HEADLINE]


def is_date_line(line: Line) -> bool:
    """Say whether a line is the page's date and what stands beside one."""
    return may_be_date_line(line.text) and read_date_line(line.text) is not None


def stands_above_story(lines: list[Line]) -> bool:
    """Say whether the first of these lines may be a headline: a paragraph follows it."""
    return len(lines) > 1 and any(is_paragraph(other.text) for other in lines[1:])


def is_name_above(page: Page, line: Line, later: list[Line]) -> bool:
    """Say whether a line names who wrote or posted what follows, or where the page's owner sits."""
    return (
        _is_seat(page, line, later)
        or _is_translation(page, line, later)
        or _stood_in_menu(page, line, later)
        or is_author_above(line, later)
        or poster_of(line, later) is not None
        or _heads_short_lines(line, later)
        or _goes_on_with_offices(page, line, later)
        or _names_the_news_of(page, line, later)
    )


def _stood_in_menu(page: Page, line: Line, later: list[Line]) -> bool:
    """Say whether a short line stood in the menu above, word by word: the headline's section."""
    if len(line.text) >= HEADLINE or is_date_line(line) or not is_menu_word(page, line, line.index):
        return False
    return stands_above_story(long_lines(later))


def is_menu_word(page: Page, line: Line, end: int) -> bool:
    """Say whether the same words stand above line ``end`` and were taken out as a menu's."""
    return any(not other.kept and other.key == line.key for other in page.lines[:end])


def _is_translation(page: Page, line: Line, later: list[Line]) -> bool:
    """Say whether a line without a Thai letter is the name of the office above, in English."""
    above = page.lines[line.index - 1] if line.index else None
    if above is None or above.kept or len(line.text) > _POST or _THAI.search(line.text):
        return False
    if not is_site_name(above.text) or _THAI.search(above.text) is None:
        return False
    below = [other for other in later if len(other.text) >= HEADLINE and _THAI.search(other.text)]
    return stands_above_story(below)


_THAI = re.compile("[ก-๎]")


def poster_of(line: Line, later: list[Line]) -> str | None:
    """Return who posted what follows on a social network, above the stamp of the post.

    ``🌊 เพจตัวอย่าง ได้เพิ่มรูปภาพใหม่ 9 ภาพ — ที่ วัดตัวอย่าง``: the name stands before what was done.
    """
    deeds = read_toml("chrome/sites.toml")["post"]["deeds"]
    at = min((found for deed in deeds if (found := line.text.find(deed)) > 0), default=-1)
    if at < 0 or len(line.text) > _POST or not later or not _is_stamp(later[0]):
        return None
    name = line.text[:at].strip()
    return name[next((n for n, sign in enumerate(name) if sign.isalnum()), 0) :] or None


_POST = 200  # characters of what a network says of a post


def _is_stamp(line: Line) -> bool:
    return is_post_stamp(line.text) or ("·" in line.text and is_date_line(line))


def _heads_short_lines(line: Line, later: list[Line]) -> bool:
    """Say whether a page's first line names an office or a medium and a menu of any words follows.

    So many short lines without a day stand below no headline. Known cost: a headline that begins
    like an office's name and has no verb, above a list.
    """
    if line.index or not is_site_name(line.text) or len(line.text) > _OWNER:
        return False
    if prose_words(line.text) > 1 or DIGITS.search(line.text) or len(later) <= _MENU:
        return False
    if any(len(other.text) > _MENU_ITEM or is_date_line(other) for other in later[:_MENU]):
        return False
    return stands_above_story(long_lines(later))


def _goes_on_with_offices(page: Page, line: Line, later: list[Line]) -> bool:
    """Say whether an office's name of any length goes on with the menu above and below it."""
    if not line.index or line.blank or page.lines[line.index - 1].kept or len(line.text) > _OWNER:
        return False
    if not is_signing_office(line.text, after_row=True):
        return False
    below = later[0]
    if len(below.text) > _MENU_ITEM or is_date_line(below):
        return False
    if below.phrase is not None and below.phrase.kind != "navigation":
        return False
    return stands_above_story(long_lines(later))


def _names_the_news_of(page: Page, line: Line, later: list[Line]) -> bool:
    """Say whether a section's name with its office's stands between a menu and the headline.

    ``ข่าวประชาสัมพันธ์ สพป.ตัวอย่าง 2``: the longer line right below is the headline.
    """
    first, _, rest = line.text.partition(" ")
    if not rest or not is_section(first) or len(line.text) > _OWNER or prose_words(rest):
        return False
    if not line.index or page.lines[line.index - 1].kept or len(rest.split()) > _NAME_WORDS:
        return False
    below = later[0]
    if len(below.text) <= len(line.text) or len(below.text) < HEADLINE or is_date_line(below):
        return False
    return not is_paragraph(below.text) and stands_above_story([below, *later[1:]])


_NAME_WORDS = 3
_OWNER = 45  # characters of a site's name
_MENU = 5  # short lines that make a menu
_MENU_ITEM = 25


def is_author_above(line: Line, later: list[Line]) -> bool:
    """Say whether who put a page up stands above its day and its headline, as on some blogs.

    An office of public relations, or a person's name where the time that the story takes to read
    follows the day.
    """
    if len(later) < 3 or is_section(line.text):
        return False
    follow = read_toml("chrome/sites.toml")["post"]["follow"]
    followed = later[0].text in follow
    if followed:
        later = later[1:]
    if not is_date_line(later[0]):
        return False
    office = is_signing_office(line.text, after_row=False)
    timed = followed or any(
        other.phrase is not None and other.phrase.kind == "view_count" for other in later[1:3]
    )
    if not office and not (timed and is_name(line.text)):
        return False
    below = long_lines(later[1:])
    return bool(below) and not is_paragraph(below[0].text) and stands_above_story(below)


def _is_seat(page: Page, line: Line, later: list[Line]) -> bool:
    """Say whether a line below an office's name tells where that is: ``อำเภอเมือง จังหวัดจันทบุรี``."""
    above = page.lines[line.index - 1] if line.index else None
    words = line.text.split()
    if above is None or above.kept or not 1 < len(words) <= _SEAT_WORDS:
        return False
    units = tuple(read_toml("chrome/sites.toml")["postal"]["seats"])
    if not all(word.startswith(units) and len(word) <= _SEAT_WORD for word in words):
        return False
    return is_site_name(above.text) and stands_above_story(long_lines(later))


_SEAT_WORDS = 3
_SEAT_WORD = 24  # characters of an area's name with its unit
