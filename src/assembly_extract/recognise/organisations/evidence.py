"""What stands around a name: a post before it, a place of it, a class of bodies, the tagger."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.areas import province_names
from assembly_extract.matching import alternatives
from assembly_extract.recognise.organisations.lexicon import any_of, ends_in, starting_with, words
from assembly_extract.tokens import in_dictionary, line_words, tokenise

if TYPE_CHECKING:
    from assembly_extract.types.article import Document

_LOOK_BACK = 32
_VENUE_REACH = 90
_COINED = 3  # code points of a word that no dictionary has
_RUN, _RIGHT = 40, 24  # so far the tokeniser looks back and ahead
_LETTERS = "".join(map(chr, range(ord("ก"), ord("๎") + 1)))
_AT = re.compile(r"(?:^|[\s)”\"])ที่\Z")
_IN = re.compile(r"(?:^|[\s)”\"]|ประชุม)ณ ?\Z")
_APART = re.compile(r"[\s)”\"]")
_THAT = "ที่"
_FROM = "จาก"
_IN_ENDS = ("ณ", "ณ ")
_SIGNS = r"[,;:“”\"]"


@cache
def _last_at() -> re.Pattern[str]:
    places = any_of("venues", "after_at")
    return re.compile(rf"ณ(?: |(?=[ก-ฮ]))|ที่(?={places})")


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(f"{any_of('venues', 'clause')}|{_SIGNS}")


@cache
def _rooms() -> re.Pattern[str]:
    return re.compile(any_of("venues", "rooms"))


@cache
def _address() -> re.Pattern[str]:
    areas = "|".join(sorted(map(re.escape, words("acting", "address"))))
    return re.compile(rf"(?:{areas})[ก-๎]{{2,20}} \Z")


def post_before(text: str, start: int) -> bool:
    """Say whether the post of a body's head stands right before it."""
    return ends_in(text, start - _LOOK_BACK, start, "posts", "chiefs")


def acts(text: str, start: int, end: int) -> bool:
    """Say whether a body that is a place as well acts here: a post or people before it, a verb."""
    begin = end + text.startswith(" ", end)
    if starting_with("acting", "places").end(text, begin):
        return False
    reach = start - _LOOK_BACK
    if (
        begin > end
        and text.endswith(" ", 0, start)
        and _address().search(text, max(0, reach), start)
    ):
        return False
    if post_before(text, start) or ends_in(text, reach, start, "posts", "others"):
        return True
    if ends_in(text, reach, start, "acting", "before"):
        return True
    if text.endswith(_FROM, 0, start) and ends_in(
        text, reach, start - len(_FROM), "acting", "members"
    ):
        return True
    row = _row().match(text, end)  # รพ.X รพ.Y และ รพ.Z ต้อง...
    if row is not None and row.end() > end:
        begin = row.end() + text.startswith(" ", row.end())
    return bool(starting_with("acting", "after").end(text, begin))


@cache
def _row() -> re.Pattern[str]:
    """Match further hospitals and schools behind one."""
    heads = alternatives(words("acting", "row_heads"))
    joint = any_of("lists", "and")
    return re.compile(rf"(?:[ ,]*(?:{joint})? ?{heads}[ก-๎]{{2,24}}){{0,4}}")


def is_venue(text: str, start: int, end: int) -> bool:
    """Say whether the body is named only as where something happens.

    ``ณ กระทรวงX``, ``ห้องประชุมกระทรวงX``, `` ที่กระทรวงX `` with a space after it, and a body at the
    end of a chain of rooms (``ณ ห้องประชุม 1 ชั้น 5 อาคาร 2 กรมX``). ``ตามที่กระทรวงX เสนอ`` is none,
    nor is ``ที่กระทรวงX โดยกรมY ได้``. Known cost: a body that hosts at its own building is lost when
    the article does not name it elsewhere.
    """
    reach = start - _LOOK_BACK
    if ends_in(text, reach, start, "venues", "before") and not ends_in(
        text, reach, start, "venues", "not_before"
    ):
        return True
    before = text[max(0, start - 6) : start]
    if before.endswith(_IN_ENDS) and _IN.search(before):
        return True
    if before.endswith(_THAT) and ends_in(
        text, start - _LOOK_BACK, start - len(_THAT), "venues", "done_at"
    ):
        return True
    if before.endswith(_THAT) and _AT.search(before):
        clause = starting_with("acting", "after").end(text, end + 1) or text.startswith(
            "โดย", end + 1
        )
        return end >= len(text) or (text[end] in " \n" and not clause)
    chain = text[max(0, start - _VENUE_REACH) : start].rpartition("\n")[2]
    if "ณ" not in chain and "ที่" not in chain:
        return False
    if post_before(text, start) or ends_in(text, start - _LOOK_BACK, start, "posts", "others"):
        return False  # โฆษกประจำ|สำนักX
    at = _last_place(chain)
    if at is None or _clause().search(chain, at.end()):
        return False
    return bool(_rooms().search(chain, at.start()))


def _last_place(chain: str) -> re.Match[str] | None:
    """Return the last ณ or ที่ of place that opens a chain or stands behind a space or a sign."""
    last = None
    free = -1  # from here on a sign is not yet part of a word of place
    for found in _last_at().finditer(chain):
        before = found.start() - 1
        if before < 0 or (before >= free and _APART.match(chain, before)):
            last, free = found, found.end()
    return last


def is_event(text: str, start: int, end: int) -> bool:
    """Say whether an assembly's name is that of a meeting: เวทีสมัชชาX, สมัชชาX ครั้งที่ 7."""
    begin = end + text.startswith(" ", end)
    before = ends_in(text, start - _LOOK_BACK, start, "events", "before")
    return bool(before or starting_with("events", "after").end(text, begin))


def is_class(name: str, head: str) -> bool:
    """Say whether the words name a class of bodies, not one (โรงพยาบาลเอกชน, สถาบันการเงิน)."""
    if name in words("generic", "keep") or starting_with("generic", "but").end(name):
        return False
    name = name.removesuffix("ฯ")
    tail = name[len(head) :].strip()
    if name in words("generic", "exact") or tail in words("generic", "tails"):
        return True
    if head in words("generic", "branches") and tail in province_names():
        return True
    generic = next((word for word in _generic_with(head) if name.startswith(word)), None)
    if generic is None:
        return False
    return not (generic in words("generic", "named") and is_proper(name, generic))


def is_various(text: str, end: int) -> bool:
    """Say whether the words before ``end`` are of many bodies: สมาคมธุรกิจ|ต่าง ๆ, X|จำนวน 6 แห่ง.

    Behind a space จำนวน counts what a body has: 1. สำนักX จำนวน 25 แห่ง.
    """
    return _various().match(text, end) is not None


@cache
def _various() -> re.Pattern[str]:
    counted, each, repeated = (any_of("generic", key) for key in ("counted", "various", "repeated"))
    number = rf"{any_of('generic', 'numbers')} ?[0-9๐-๙]{{1,5}} {counted}"
    return re.compile(rf" ?(?:{each}|{repeated}\s?ๆ)|{number}")


@cache
def _generic_with(head: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in words("generic", "words") if word.startswith(head)))


def is_proper(name: str, head: str) -> bool:
    """Say whether the name has a mark of a proper one: a place, a number, จำกัด."""
    rest = name[len(head) :]
    if head in words("proper", "local_heads") and _of_village().search(rest):
        return True
    return rest[-1:].isdigit() or bool(_proper().search(rest))


def is_coined(text: str, start: int, end: int) -> bool:
    """Say whether a word of the name is of no dictionary: กลุ่มแต้มตะกอ, not กลุ่มประมงพาณิชย์."""
    return any(
        b - a >= _COINED and not in_dictionary(text[start + a : start + b])
        for a, b in tokenise(text[start:end])
    )


@cache
def _of_village() -> re.Pattern[str]:
    """Match a village or a subdistrict by its prefix word, whatever its name."""
    return re.compile(rf"(?:{alternatives(words('proper', 'villages'))})[ก-๎]{{3}}")


@cache
def _proper() -> re.Pattern[str]:
    marks = sorted({*words("proper", "words"), *(n for n in province_names() if len(n) > 2)})
    return re.compile("|".join(map(re.escape, marks)))


def tagged_end(document: Document, start: int, head_end: int) -> int | None:
    """Return the end of the tagger's organisation that holds the head and goes on after it."""
    at = bisect_right(document.spans, start + 2, key=lambda span: span.start) - 1
    if at < 0:
        return None
    span = document.spans[at]
    if span.label == "ORGANIZATION" and span.end > head_end + 1:
        return span.end
    return None


def starts_word(text: str, start: int, end: int, *, letters: bool = False) -> bool:
    """Say whether a word begins at ``start`` and the word before it is whole.

    A lone consonant before it is none. Before the letters of an abbreviation two are none either:
    ``สช.`` is one in ซึ่งสช.มี and none in กสช. or มกสช.
    """
    if start == 0 or not "ก" <= text[start - 1] <= "๎":
        return start == 0 or text[start - 1] != "."
    begin = max(0, start - _RUN)
    begin += len(text[begin:start].rstrip(_LETTERS))
    before, at = "", begin
    for word in line_words(up_to_space(text, begin, start + 1, end + _RIGHT)):
        if at >= start:
            whole = len(before) > (2 if letters else 1) or before in words("short", "before")
            return at == start and whole
        before, at = word, at + len(word)
    return False


def ends_word(text: str, start: int, end: int) -> bool:
    """Say whether a word of the text that is cut from ``start`` on ends at ``end``."""
    if not "ก" <= text[end : end + 1] <= "๎":
        return True
    at = start
    for word in line_words(up_to_space(text, start, end, end + _RIGHT)):
        at += len(word)
        if at >= end:
            return at == end
    return False


def up_to_space(text: str, start: int, low: int, end: int) -> str:
    """Return ``text[start:end]``, or less of it: up to a space or a line end from ``low`` on.

    What stands behind has no say in how the words before it are cut, but behind some spaces beside
    ๆ (ต่าง ๆ) and in a few long names and sayings, which no head word begins.
    """
    line = text.find("\n", low, end)
    end = end if line < 0 else line
    at = text.find(" ", low, end)
    while at >= 0 and (text.startswith("ๆ", at + 1) or text.startswith("ๆ", at - 1)):
        at = text.find(" ", at + 1, end)
    return text[start : end if at < 0 else at]
