"""Who made the page: bylines, picture and desk credits, signing offices, taken apart into names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from assembly_extract.cleaning.knowledge import has_address, is_section, is_site_name
from assembly_extract.cleaning.page import prose_words
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Page

_LONGEST = 160
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_NUMBER = re.compile("[0-9๐-๙]{2}")
_TWO_WORDS = re.compile("[ก-๎]{2,20}\\s[ก-๎]{2,30}(?:\\sณ\\s[ก-๎]{2,30})?")
_STROKES = re.compile("\\s*[/,]\\s*")
_EDGES = " \t:：-–—|=/,•*()"


def _any_of(words: list[str]) -> str:
    """Return a pattern of the words; a stroke in one may stand between blanks."""
    escaped = (re.escape(word) for word in sorted(words, key=len, reverse=True))
    return "|".join(escaped).replace("/", "\\s?/\\s?")


@cache
def _table() -> dict[str, Any]:
    return read_toml("chrome/credits.toml")


@cache
def _strong() -> re.Pattern[str]:
    # A strong label needs a sign, or a blank before a personal title.
    words = _any_of(_table()["label"]["strong"])
    titles = _any_of(_table()["people"]["titles"])
    return re.compile(
        f"[\\W_]*(?:{words})(?:\\s*[:：=|]\\s*|\\s*[-–]\\s+|\\s*โดย\\s+|\\s+(?=(?:{titles})))(?P<names>.+)",
        re.IGNORECASE,
    )


@cache
def _weak() -> re.Pattern[str]:
    label = _table()["label"]
    words = _any_of([*label["strong"], *label["weak"]])
    spaced = _any_of([*label["strong"], *label["spaced"]])
    sign = "\\s*[:：=|]\\s*|\\s*[-–]\\s+"
    return re.compile(
        f"[\\W_]*(?:(?:{words})(?:{sign})|(?:{spaced})\\s+)(?P<names>.+)", re.IGNORECASE
    )


@cache
def _after() -> re.Pattern[str]:
    words = _any_of(_table()["label"]["after"])
    # without a sign only behind two Thai words, a given name and a family name
    return re.compile(
        f"(?P<names>[^0-9๐-๙]{{4,80}}?)(?:\\s*[:：/|]\\s*|\\s+[-–]\\s*|(?<=[ก-๎])(?P<blank>\\s+))"
        f"(?:{words})[\\W_]*"
    )


def read_credit(text: str, *, edge: bool) -> tuple[str, ...] | None:
    """Return the names of a credit line, ``()`` if it names nobody, or ``None`` if it is none.

    ``edge``: the line stands before or after the story, where ordinary words such as ``ภาพ`` and
    ``โดย`` are labels too.

    >>> read_credit("ข่าว/ภาพ นางสาวนารี ดีงาม,นายสมภพ ใจดี นักศึกษาฝึกงาน และทีมภาคใต้", edge=False)
    ('นางสาวนารี ดีงาม', 'นายสมภพ ใจดี', 'ทีมภาคใต้')
    >>> read_credit("โดยนายสมภพ ใจดี กล่าวว่า โครงการจะแล้วเสร็จในปีหน้า", edge=True) is None
    True
    """
    if len(text) > _LONGEST:
        return None
    match = _strong().fullmatch(text)
    if match is None and edge and (signed := _reporter().fullmatch(text)):
        return (signed[1],)
    if match is None and edge:
        match = _weak().fullmatch(text) or _after().fullmatch(text)
        if match is not None and not _could_be_names(match):
            return None
    if match is None:
        return None
    names = match["names"]
    return names_of(_APART.split(names)[0] if has_address(names) else names)


@cache
def _reporter() -> re.Pattern[str]:
    """Return the pattern of a reporter who signs: ``นารี ดีงาม ผู้สื่อข่าวจังหวัดน่าน รายงาน``."""
    people = _table()["people"]
    titles, roles = _any_of(people["titles"]), _any_of(people["reporters"])
    ends = _any_of(_table()["label"]["after"])
    name = f"(?:{titles})?[ก-๎]{{2,20}}\\s[ก-๎]{{2,30}}"
    return re.compile(f"({name})\\s+[/|]?\\s*(?:{roles})[ก-๎.]{{0,30}}(?:\\s+(?:{ends}))?")


_APART = re.compile("\\s{2,}")  # between an office and how to reach it


def read_bare_credit(text: str) -> tuple[str, ...] | None:
    """Return the name behind a label that only a blank parts from it: ``เรื่อง นารี ดีงาม``.

    For lines among the chrome above a story, where no other line begins so.
    """
    label, _, name = text.partition(" ")
    words = _table()["label"]
    if label not in words["strong"] and label not in words["weak"]:
        return None
    name = name.strip()
    if is_section(text) or not is_name(name) or prose_words(name):
        return None
    return names_of(name)


def _could_be_names(match: re.Match[str]) -> bool:
    names = match["names"]
    if match.groupdict().get("blank") and not _TWO_WORDS.fullmatch(names):
        return False
    before, where, _ = names.partition(" ณ ")
    if where and " " not in before.strip() and len(before) > _GIVEN:
        return False  # a caption: ทำแผนที่เดินเท้า ณ ศาลา…; สมชาย ณ น่าน is a name
    return len(names) <= 80 and prose_words(names) <= 2


_GIVEN = 12  # letters of a given name before a family name of ณ


def is_credit_label(text: str, *, head: bool = False) -> bool:
    """Say whether a line is a credit's label alone, with its names on the lines below it.

    ``head``: it stands above the story, where a bare โดย is one, too.

    >>> is_credit_label("จัดทำโดย :"), is_credit_label("จัดทำโดยชาวบ้าน")
    (True, False)
    """
    label = text.strip(_EDGES).casefold()
    words = _table()["label"]
    return label in words["strong"] or (head and label in words["spaced"])


def is_name(text: str) -> bool:
    """Say whether a line is two Thai words that may be a given name and a family name.

    >>> is_name("วรินทร ใจดี"), is_name("แชร์ข่าว")
    (True, False)
    """
    return _TWO_WORDS.fullmatch(text) is not None and prose_words(text) <= 1


def is_bare_names(text: str) -> bool:
    """Say whether a line is people's names only, with a stroke between two of them.

    Newsrooms sign so after the story: writer / photographers. A list with commas alone may be the
    story's own.

    >>> is_bare_names("สมภพ ใจดี / นารี ดีงาม, เมธี สุขใจ"), is_bare_names("สมภพ ใจดี, นารี ดีงาม")
    (True, False)
    """
    parts = _STROKES.split(text.strip())
    return (
        len(text) <= _LONGEST
        and len(parts) > 1
        and "/" in text
        and all(_TWO_WORDS.fullmatch(part) for part in parts)
        and prose_words(text) <= 2  # syllables of names are words too
    )


@cache
def _name_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    people = _table()["people"]
    titles = _any_of(people["titles"])
    labels = _any_of([*_table()["label"]["strong"], *_table()["label"]["weak"]])
    joints = "|".join(
        re.escape(mark) if len(mark) == 1 else f"\\s{re.escape(mark)}\\s*"
        for mark in people["separators"]
    )
    return (
        # "และ" joins names only after a blank: it is also a syllable
        re.compile(f"\\s*(?:{joints})\\s*"),
        re.compile(f"(?:{titles})\\s*\\S+(?:\\s+\\S+)?"),
        re.compile(f"(?:{labels})\\s*[:：=]\\s*", re.IGNORECASE),
    )


def names_of(text: str) -> tuple[str, ...]:
    """Split the names of a credit; remarks after a titled name go, site accounts are nobody."""
    separators, titled, label = _name_patterns()
    if "-" in text and all(_TWO_WORDS.fullmatch(part.strip()) for part in text.split("-")):
        text = text.replace("-", ",")  # สมภพ ใจดี-นารี ดีงาม; a hyphen also joins double names
    nobody = _nobody()
    names: list[str] = []
    for part in separators.split(_BRACKETS.sub("", label.sub(" , ", text))):
        name = part.strip(_EDGES) if part else ""
        if match := titled.match(name):
            name = match[0]
        if name and name.casefold() not in nobody and name not in names and _is_name(name):
            names.append(name)
    return tuple(names)


@cache
def _nobody() -> frozenset[str]:
    """Return accounts of sites, and the labels before names, which a cut line may leave alone."""
    words = (
        *_table()["people"]["nobody"],
        *_table()["label"]["strong"],
        *_table()["label"]["weak"],
    )
    return frozenset(word.casefold() for word in words) - set(_table()["people"]["desks"])


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= 80 and not _NUMBER.search(text) and not _ACCOUNT.fullmatch(text)


_ACCOUNT = re.compile("[a-z0-9.-]+_[a-z0-9._-]+")  # what somebody logs in by: pr_officer


@cache
def _office() -> tuple[re.Pattern[str], re.Pattern[str]]:
    office = _table()["office"]
    return re.compile(_any_of(office["heads"])), re.compile(_any_of(office["tasks"]))


def is_signing_office(text: str, *, after_row: bool) -> bool:
    """Say whether a line at the end signs a release for an office.

    ``after_row``: a row of signs or another signing line stands before it; then the name of any
    office will do, without it the name must tell that its task is publishing.

    >>> is_signing_office("กลุ่มประชาสัมพันธ์และเผยแพร่ สำนักโฆษก", after_row=False)
    True
    """
    heads, tasks = _office()
    longest: int = _table()["office"]["longest"]
    if len(text) > longest or not heads.match(text):
        return False
    if prose_words(text.replace("และ", "")) > 2:
        return False
    return after_row or tasks.search(text) is not None


def is_offices_name(text: str) -> bool:
    """Say whether a line is the name of an office and perhaps of the bodies that it belongs to.

    Each part between blanks begins as an office's name does, or is an abbreviation in brackets.

    >>> is_offices_name("สำนักนโยบายภาษี สำนักงานตัวอย่าง (สตย.)"), is_offices_name("กรมราง ห่วงใยทุกคน")
    (True, False)
    """
    office = _table()["office"]
    names = _BRACKETS.sub("", text).split()
    if len(text) > office["longest"] or ":" in text or text.endswith(tuple(office["tells"])):
        return False
    if _NUMBER.search(text) or prose_words(text.replace("และ", "")) > 2:
        return False
    return bool(names) and all(len(name) >= _NAMED and _signer().match(name) for name in names)


_NAMED = 8  # letters of an office's name: กองกลาง has seven, as many words of lists


@cache
def _signer() -> re.Pattern[str]:
    office = _table()["office"]
    heads = _any_of([*office["heads"], *office["bodies"]])
    return re.compile(f"(?!{_any_of(office['venues'])})(?:{heads})")


def add_authors(page: Page, byline: str) -> None:
    """Keep the names of a byline as the page's authors; a medium among them publishes it."""
    for name in names_of(byline):
        if name not in page.authors:
            page.authors.append(name)
        if page.publisher is None and is_site_name(name, sure=True):
            page.publisher = name
