"""Addresses by post: the letterhead of an office's release, the foot of its site."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.cleaning.page import prose_words
from assembly_extract.resources import read_toml

_LONGEST = 220  # characters of an address with its telephone numbers
_PARTS = 2  # units (road, subdistrict, district) that an address names besides its code
_PROSE = 2  # joining words of an address: syllables of names are words too


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of an address's parts, and of a province's name with the code behind."""
    table = read_toml("chrome/sites.toml")["postal"]
    parts = "|".join(re.escape(word) for word in sorted(table["parts"], key=len, reverse=True))
    return (
        re.compile(f"(?<![ก-ฮ])(?:{parts})"),
        re.compile("[ก-๎.][ \t]{0,3}[1-9๑-๙][0-9๐-๙]{4}(?![0-9๐-๙,.]|[ \t]*[ก-ฮ]{2})"),
    )


def is_postal(text: str) -> bool:
    """Say whether a line is an office's address by post, its code included, and no sentence.

    >>> is_postal("99/1 ถ.ตัวอย่าง ต.ในเวียง อ.เมืองน่าน จ.น่าน 55000")
    True
    >>> is_postal("น้ำท่วมตำบลในเวียง อำเภอเมืองน่าน กระทบ 55000 คน")
    False
    """
    if len(text) > _LONGEST:
        return False
    parts, code = _patterns()
    if code.search(text) is None or len(set(parts.findall(text))) < _PARTS:
        return False
    return prose_words(parts.sub("", text)) <= _PROSE


def has_postal_part(text: str) -> bool:
    """Say whether a text has a word of an address by post: หมู่ที่, ถนน, ตำบล."""
    return _patterns()[0].search(text) is not None
