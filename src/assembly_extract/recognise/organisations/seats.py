"""Areas, numbers and branches that the names of bodies end with: จังหวัดแพร่, เขต 1, สาขาปัว."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.areas import district_names, prefixed_province_names, subdistrict_names
from assembly_extract.countries import home_name
from assembly_extract.matching import alternatives
from assembly_extract.recognise.organisations.lexicon import (
    GRAMMAR,
    any_of,
    starting_with,
    word_tuple,
    words,
)
from assembly_extract.resources import read_toml
from assembly_extract.tokens import tokenise

AFTER_NAME = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ")
"""Letters that no word begins with: before one of them no name ends."""
_DIGITS = r"(?:[0-9๐-๙]{1,3}|[134][0-9]{3})(?![0-9๐-๙.:/]|,[0-9๐-๙])"  # ทหารพรานที่ 4302, no year
_NUMBER = re.compile(f" ?{_DIGITS}")


@cache
def area_kinds() -> dict[str, str]:
    """Return the kind of area that each prefix word names."""
    return dict(read_toml(GRAMMAR)["local"]["area_kinds"])


@cache
def _area_names(kind: str) -> frozenset[str]:
    if kind == "province":
        return frozenset(prefixed_province_names())
    return frozenset(district_names() if kind == "district" else subdistrict_names())


def longest_area(text: str, start: int, kind: str) -> int:
    """Return the length of the longest area name of ``kind`` at ``start``, 0 if none is there."""
    names = _area_names(kind)
    for size in range(min(24, len(text) - start), 1, -1):
        if (
            text[start : start + size] in names
            and text[start + size : start + size + 1] not in AFTER_NAME
        ):
            return size
    return 0


@cache
def _numbered(key: str) -> re.Pattern[str]:
    listed = "|".join(sorted(words("numbered", key), key=lambda word: (-len(word), word)))
    return re.compile(rf" ?(?:{listed}) ?{_DIGITS}")


def with_bare_number(text: str, end: int) -> int:
    """Return the end after a number without ที่, for heads that have one: กองบิน 41."""
    number = _NUMBER.match(text, end)
    return number.end() if number else end


def with_number(text: str, end: int, *, short: bool = False) -> int:
    """Return the end after ที่ 5, ภาค 2, เขตพื้นที่ 13 กรุงเทพมหานคร, ที่ 3 สาขาแพร่.

    ``short`` is for abbreviations, which only areas that are numbered follow.
    """
    number = _numbered("short" if short else "words").match(text, end)
    if number is None and not short and text.endswith(word_tuple("numbered", "words"), 0, end):
        number = _NUMBER.match(text, end)
    return with_seat(text, number.end()) if number else end


@cache
def _provinces() -> re.Pattern[str]:
    areas, parts, borders, rivers = (
        alternatives(words("local", key)) for key in ("counted", "regions", "borders", "rivers")
    )
    return re.compile(
        rf" ?[0-9๐-๙]{{1,2}} ?(?:{areas})"
        rf"(?: ?(?:{borders})?(?:{parts})|(?:{rivers})[ก-๎]{{2,14}})?(?![ก-๎])"
    )


def with_provinces(text: str, end: int) -> int:
    """Return the end after how many provinces a union is of: สมาคมX| 16 จังหวัดภาคใต้."""
    count = _provinces().match(text, end)
    return count.end() if count else end


def with_branch(text: str, end: int) -> int:
    """Return the end after the branch of an office: สำนักงานที่ดินจังหวัดน่าน| สาขาปัว."""
    at = end + text.startswith(" ", end)
    campus = _campus().match(text, at)
    if campus is not None:
        return campus.end()
    branch = starting_with("numbered", "branch").end(text, at)
    if not branch:
        return end
    size = max(longest_area(text, branch, kind) for kind in ("district", "subdistrict"))
    return branch + size if size else end


@cache
def _campus() -> re.Pattern[str]:
    """Match วิทยาเขตหาดใหญ่, วิทยาเขตอีสาน: the name goes to the space."""
    return re.compile(
        rf"(?:{alternatives(words('numbered', 'campus'))}) ?[ก-๎]{{3,22}}(?=[\s),”]|\Z)"
    )


def with_seat(text: str, end: int) -> int:
    """Return the end after the province or the branch of a numbered body, if one follows.

    The province may stand in brackets: สำนักงานทางหลวงชนบทที่ 12 (สงขลา). Of several provinces in a
    row none is its seat. Known cost: a place that is not the body's.
    """
    if not text.startswith((" ", "("), end):
        return end
    if bracket := _bracketed().match(text, end):
        return bracket.end()
    if text.startswith("(", end):
        return end
    branch = starting_with("numbered", "branch").end(text, end + 1)
    begin = branch or end + 1
    kinds = ("province", "district") if branch else ("province",)
    size = max(longest_area(text, begin, kind) for kind in kinds)
    stop = begin + size
    if not size or "ก" <= text[stop : stop + 1] <= "๎":
        return end
    row = text.startswith(" ", stop) and longest_area(text, stop + 1, "province")
    return end if row else stop


@cache
def _bracketed() -> re.Pattern[str]:
    """Match a province in brackets."""
    return re.compile(rf" ?\((?:{alternatives(_area_names('province'))})\)")


def read_area(text: str, start: int) -> int | None:
    """Return the end of the area's name at ``start`` (one space and a prefix allowed)."""
    begin = start + text.startswith(" ", start)
    prefix = starting_with("local", "area_words").end(text, begin)
    begin = prefix or begin
    sizes = (longest_area(text, begin, kind) for kind in ("province", "district", "subdistrict"))
    size = max(sizes)
    common = words("ends", "words") | words("joins", "words")
    if prefix and not size:  # เทศบาลตำบล|เมืองนะ: the name begins with a prefix's word
        begin = start + text.startswith(" ", start)
        size = longest_area(text, begin, "subdistrict")
    stop = begin + size
    if not size or (not prefix and (size < 3 or text[begin:stop] in common)):
        return None
    bare = begin > start and not prefix
    if (
        bare
        and "ก" <= text[stop : stop + 1] <= "๎"
        and text[begin:stop] not in _area_names("province")
    ):
        return None  # ระดับอำเภอ โรง|พยาบาลชุมชน: โรง is a subdistrict, too
    return stop


def with_city(text: str, end: int) -> int:
    """Return the end after the city of a mission: สถานเอกอัครราชทูต|ไทย ณ กรุงย่างกุ้ง."""
    city = _embassy().match(text, end)
    return _before_end_word(text, *city.span(1)) if city else end


@cache
def _embassy() -> re.Pattern[str]:
    """Match the city of a mission: สถานเอกอัครราชทูต|ไทย ณ กรุงย่างกุ้ง."""
    cities = alternatives(words("embassies", "cities"))
    at = any_of("embassies", "at")
    return re.compile(rf" ?(?:{home_name()})? ?{at} ?{cities}([ก-๎]{{2,20}})")


def _before_end_word(text: str, start: int, end: int) -> int:
    """Return where the first word that no name goes on with begins, or ``end``."""
    for a, b in tokenise(text[start:end]):
        if a and text[start + a : start + b] in words("ends", "words") | words("joins", "words"):
            return start + a
    return end


@cache
def union_letters() -> re.Pattern[str]:
    """Match a union's name by its people's letters: ชมรม| ผอ.รพ.สต.แห่งประเทศไทย."""
    ends = alternatives(words("inner", "union_ends"))
    return re.compile(rf" ?(?:[ก-ฮ]{{1,5}}\.){{1,5}}[ก-ฮ]{{0,4}} ?(?:{ends})")


@cache
def letters_of_area() -> re.Pattern[str]:
    """Match a club's letters before its area: ชมรม| อสม.|อำเภอกุมภวาปี."""
    areas = alternatives(words("local", "areas"))
    return re.compile(rf" ?(?:[ก-ฮ]{{1,5}}\.){{1,5}} ?(?={areas})")
