"""What stands below a story and shows by its build that it is no part of it.

Names of files with their sizes, appeals to follow a medium, an office's address with its telephone,
months of an archive with their counts: whatever the words, the build is the same on every site.
"""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.cleaning.knowledge import is_site_name
from assembly_extract.cleaning.page import is_prose, prose_words
from assembly_extract.cleaning.postal import has_postal_part
from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import month_pattern


def below_story(text: str, *, apart: bool = True) -> tuple[str, str] | None:
    """Return the kind and the rule by which a line below the story is chrome, else ``None``.

    ``apart``: chrome stands between it and the story. Right below the story an office's address is
    where the story tells its readers to ask.

    >>> below_story("1. บันทึกการประชุม.pdf (845 KB) ดาวน์โหลด 21 ครั้ง")
    ('media', 'file and its size')
    >>> below_story("นายใจดี กล่าวว่า จะขยายโครงการไปอีกห้าโรงเรียน") is None
    True
    """
    if len(text) > LONGEST and not text.startswith("#"):
        return None
    builds = _BUILDS if apart else _BUILDS[1:]
    return next(((kind, rule) for kind, rule, is_one in builds if is_one(text)), None)


LONGEST = 200
"""Characters of a line below a story that may be no part of it by its build."""


def _is_file(text: str) -> bool:
    """Say whether a line names a file, perhaps with its size: ``แผนที่.pdf (1.2 MB)``."""
    named = text.casefold().endswith(tuple(read_toml("chrome/markup.toml")["files"]["extensions"]))
    return (named or _file_size().search(text) is not None) and prose_words(text) <= _PROSE


@cache
def _file_size() -> re.Pattern[str]:
    table = read_toml("chrome/labels.toml")["files"]
    sizes = alternatives(table["sizes"])
    return re.compile(f"[0-9๐-๙][ \t]?(?:{sizes})(?![A-Za-zก-๎])", re.IGNORECASE)


_PROSE = 1  # joining words that a line of no sentence may have


def _is_appeal(text: str) -> bool:
    """Say whether a short line that is no sentence appeals to follow a medium, wherever it does."""
    table = read_toml("chrome/labels.toml")["appeal"]
    if len(text) > table["longest"] or not any(word in text for word in table["words"]):
        return False
    return not is_prose(text)


def _is_office(text: str) -> bool:
    """Say whether a line is an office's name, a part of its address, its telephone, no sentence.

    A name and a number alone is whom a story tells its readers to ask.
    """
    name = before_telephone(text)
    if name is None or is_prose(text[len(name) :]):
        return False
    return has_postal_part(name) and is_site_name(name) and prose_words(name) <= _OFFICE_PROSE


def before_telephone(text: str) -> str | None:
    """Return what stands before a telephone's number in a line, ``None`` if it has none.

    >>> before_telephone("กองตัวอย่าง โทร. 0 2123 4567 ต่อ 89"), before_telephone("กองตัวอย่าง")
    ('กองตัวอย่าง', None)
    """
    found = _telephone().search(text)
    return None if found is None else text[: found.start()].strip(" ,|")


@cache
def _telephone() -> re.Pattern[str]:
    words = alternatives(read_toml("chrome/labels.toml")["office"]["telephones"])
    return re.compile(f"(?:{words})[ .:]{{0,3}}[0-9][0-9 -]{{6,14}}", re.IGNORECASE)


_OFFICE_PROSE = 2  # the joining words of ที่ทำการ and หมู่ที่


def _is_archive(text: str) -> bool:
    """Say whether a line is a month and how many articles it has: ``มีนาคม 2566 (11)``."""
    return _archive().fullmatch(text) is not None


@cache
def _archive() -> re.Pattern[str]:
    return re.compile(
        f"{month_pattern()}[ \t]*(?:[0-9๐-๙]{{4}})?[ \t]*[(\\[][0-9๐-๙,]{{1,5}}[)\\]]"
    )


def is_hashtags(text: str) -> bool:
    """Say whether a line is hashtags only, whatever words are in them.

    >>> is_hashtags("#พร้อมใจให้ทุกคนในจังหวัดน่าน #น่าน"), is_hashtags("#น่าน พร้อมรับนักท่องเที่ยวในปีนี้")
    (True, False)
    """
    words = text.split()
    return bool(words) and all(word.startswith("#") for word in words)


def _is_hashtag_row(text: str) -> bool:
    """Say whether a line is hashtags and no sentence: ``#ข่าวภูมิภาค #น่าน``, ``ไทยคู่ฟ้า #น่าน``."""
    if is_hashtags(text):
        return True
    if "#" not in text or prose_words(text) > _PROSE:
        return False
    first, *others = text.split()
    if first.startswith("#"):
        return True
    named = len(first) <= _HASHTAG and ":" not in first  # whose sign is lost
    return named and all(word.startswith("#") for word in others)


_HASHTAG = 20  # characters of a hashtag


def _is_feed(text: str) -> bool:
    """Say whether a line tells where a feed's item is from: ``The post … appeared first on …``."""
    return any(word in text for word in read_toml("chrome/labels.toml")["feeds"]["words"])


_BUILDS = (
    ("contact", "office and its telephone", _is_office),
    ("tags", "row of hashtags", _is_hashtag_row),
    ("source_line", "origin of a feed's item", _is_feed),
    ("media", "file and its size", _is_file),
    ("newsletter", "appeal inside a line", _is_appeal),
    ("navigation", "month of an archive", _is_archive),
)
"""What a line below the story may be, in the order in which it is asked; the first only apart."""
