"""Bodies of the list, by name and by abbreviation, with what the text adds to them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.recognise.organisations.abroad import (
    of_another_country,
    with_country,
    with_pair,
)
from assembly_extract.recognise.organisations.evidence import (
    acts,
    ends_word,
    is_venue,
    post_before,
    starts_word,
)
from assembly_extract.recognise.organisations.lexicon import (
    Known,
    any_of,
    ends_in,
    head_words,
    is_latin,
    starting_with,
    word_tuple,
    words,
)
from assembly_extract.recognise.organisations.seats import (
    AFTER_NAME,
    read_area,
    with_branch,
    with_city,
    with_number,
    with_seat,
)
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.matching import Match
    from assembly_extract.recognise.organisations.lexicon import Head

_MORE_LETTERS = re.compile(r"[ก-ฮ]{1,3}\.")
_CODE_AFTER = re.compile(r"[0-9]{3}")
_CODE = re.compile(r"[0-9]{1,2}(?![0-9.,:/])")
_CODED = frozenset({"police", "military"})
_LATIN_BEFORE = re.compile(r"[A-Za-z0-9#@/_-] ?\(?\Z")
_LATIN_AFTER = re.compile(r"[A-Za-z0-9_@/-]| [A-Za-z]|\) [a-z]")
_THAI = re.compile(r"[ก-๎]")
_NEAR = 40  # an English paragraph has no Thai letter so near
_NAME_SCORE = 0.95
_ABBREVIATION_SCORE = 0.9
_HIDDEN_SCORE = 0.6
_CERTAIN_LENGTH = 7
_POST = 12  # so far before its letters a police post is looked for
_COINED = 6  # code points of a firm's name that are no word by chance
_SHORT_NAME = 20  # characters: a longer name is one whatever it is glued to
_CENTRAL = frozenset({"ministry", "department"})  # their people in a province are no body


def find_known(text: str, matches: Iterable[Match[Known | Head]]) -> Iterator[Mention]:
    """Yield the bodies of the list; unsure abbreviations too, with score 0.3, for later stages."""
    for match in matches:
        known = match.payload
        if not isinstance(known, Known):
            continue
        mention = _FORMS[known.form](text, match.start, match.end, known)
        if mention is not None:
            yield mention


def _name(text: str, start: int, end: int, known: Known) -> Mention | None:
    if text[end : end + 1] in AFTER_NAME or _glued_latin(text, start, end):
        return None
    if end - start < _SHORT_NAME and _goes_on(text, start, end, known):
        return None  # ศาลอาญา|ศึก, กระทรวงอุต|สาหรรม
    whole = head_words().end(text, start) or starts_word(text, start, end)
    if not whole and not post_before(text, start):  # เลขาธิการสหประชาชาติ is one word
        return None
    listed_end = end
    end = _with_tail(text, end, known)
    score = _NAME_SCORE if _takes_part(text, start, end, known) else NO_BODY
    abroad = with_country(text, end) if known.kind in _CENTRAL else end
    if abroad > end:
        value = OrganisationValue(text[start:abroad], None, known.kind)
        return Mention(start, abroad, value.name, "organisation", "list:abroad", score, value)
    area = _area(text, end, known) or _region(text, end, known)
    if known.kind == "university" and (campus := with_branch(text, end)) > end:
        area = campus - end
    if area:
        end = with_number(
            text, with_branch(text, end + area)
        )  # สำนักงานเขตพื้นที่การศึกษาประถมศึกษาแพร่ เขต 1
    numbered = any(sign.isdigit() for sign in text[listed_end:end])  # a part of the listed body
    names = () if area or numbered else known.bodies
    value = OrganisationValue(text[start:end], None, known.kind, names)
    return Mention(start, end, text[start:end], "organisation", "list:name", score, value)


def _goes_on(text: str, start: int, end: int, known: Known) -> bool:
    """Say whether a word runs over a name's end, and is none that names end before."""
    if end - start >= _COINED and known.kind in words("companies", "kinds"):
        return False  # the tokeniser has no words for เบทาโกร
    if text.startswith("ฯ", end) or starting_with("ends", "words").end(text, end):
        return False
    return not ends_word(text, start, end)


def _takes_part(text: str, start: int, end: int, known: Known) -> bool:
    """Say whether the name stands for the body and not for a place."""
    if known.kind in words("venues", "kinds"):
        return True
    place = known.kind in words("acting", "kinds") or text[start:end] in words("acting", "names")
    return not is_venue(text, start, end) and (not place or acts(text, start, end))


def _with_tail(text: str, end: int, known: Known) -> int:
    """Return the end after ฯ, (องค์การมหาชน), ในพระบรมราชูปถัมภ์ and the like."""
    if text.startswith("ฯ", end):
        return end + 1
    while further := starting_with("tails", "after").end(text, end + text.startswith(" ", end)):
        end = further
    if known.kind == "committee" and (pair := with_pair(text, end, end)) > end:
        return pair
    if known.kind == "company":
        return _with_firm_words(text, end)
    if known.bodies[0].startswith(word_tuple("embassies", "heads")):
        return with_city(text, end)
    return end if known.kind in _CENTRAL else with_number(text, end)


def _with_firm_words(text: str, end: int) -> int:
    """Return the end after the words of firms that a listed firm's name goes on with.

    หัวเว่ย| เทคโนโลยี่ (ประเทศไทย); of words with a silencer alone the next firm may be one.
    """
    while more := _firm_word().match(text, end):
        end = more.end()
    return end


@cache
def _several() -> re.Pattern[str]:
    """Match a number of bodies behind their common name: อบจ.| 49 แห่ง."""
    every, counted = any_of("generic", "all"), any_of("generic", "counted")
    return re.compile(rf" ?(?:{every} )?[0-9๐-๙]{{1,5}} ?{counted}")


@cache
def _firm_word() -> re.Pattern[str]:
    listed = any_of("companies", "words")
    return re.compile(rf" ?{listed}(?=[\s(),]|\Z)")


def _area(text: str, end: int, known: Known) -> int:
    """Return the length of the area that follows the name, 0 if none does.

    Any but a central body takes a glued จังหวัดX; local bodies (อบต. X) take an area's bare name.
    """
    if known.bodies[0] in words("local", "national"):
        return 0
    areas = starting_with("local", "areas")
    ends_open = ends_in(text, end - 12, end, "local", "areas") and not text.startswith(" ", end)
    glued = known.kind not in _CENTRAL and (areas.end(text, end) or ends_open)
    local = _is_local(text, end, known)
    if not glued and not local:
        return 0
    stop = read_area(text, end)
    return stop - end if stop else 0


def _region(text: str, end: int, known: Known) -> int:
    """Return the length of the part of the country that an association's name goes on with."""
    if known.kind not in words("local", "region_kinds"):
        return 0
    return max(0, starting_with("local", "regions").end(text, end) - end)


def _glued_latin(text: str, start: int, end: int) -> bool:
    """Say whether a spelling in Latin letters is part of an English phrase, a tag or an address."""
    opens, ends = _is_latin(text[start]), _is_latin(text[end - 1])
    if opens and not _THAI.search(text, max(0, start - _NEAR), end + _NEAR):
        return True
    before = start > 0 and opens and _LATIN_BEFORE.search(text, max(0, start - 3), start)
    after = ends and _LATIN_AFTER.match(text, end)
    return bool(before or after)


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _abbreviation(text: str, start: int, end: int, known: Known) -> Mention | None:
    if _glued_latin(text, start, end) or _more_letters(text, end):
        return None
    if text[end - 1] == "." and text.startswith(".", end):
        return None
    if text[start:end] in words("posts", "duties") and ends_in(
        text, start - _POST, start, "posts", "of_police"
    ):
        return None
    dotless = text[end - 1] != "."
    if dotless and (_named_after(text, start) or not _whole(text, start, end)):
        return None
    posted = text.endswith(word_tuple("short", "posts"), 0, start)
    if (
        not posted
        and not (dotless and _long(start, end))
        and not post_before(text, start)  # ผอ.สำนักงาน กกต.
        and not starts_word(text, start, end, letters=True)
    ):
        return None
    if not _takes_part(text, start, end, known) or _several().match(text, end):
        return None
    if text[start:end] in words("local", "shared") and (stop := read_area(text, end)):
        value = OrganisationValue(text[start:stop], None, "local_government")
        return Mention(start, stop, value.name, "organisation", "list:local", 0.8, value)
    if text[end : end + 1].isdigit() and known.kind in _CENTRAL:
        return None  # มท.1 is the minister
    city = text[start:end] in words("acting", "names")  # it acts here, as was asked above
    sure = known.sure or posted or city or (post_before(text, start) and len(known.bodies) == 1)
    sure = sure and not _CODE_AFTER.match(text, end)
    area = _area(text, end, known)
    taught = known.bodies[0].startswith(word_tuple("numbered", "taught"))
    coded = known.kind in _CODED or text[start:end] in words("numbered", "coded")
    coded = coded and not taught
    code = _CODE.match(text, end) if coded else None  # บก.น.5, ตชด.31
    listed_end = end
    end += area
    branches = known.kind not in _CENTRAL or text[start:end] in words("local", "listed")
    if branches and not city:
        end = with_seat(text, code.end()) if code else with_number(text, end, short=True)
    value = OrganisationValue(
        text[start:end],
        None if _is_bare(text[start:end], known) else text[start:end],
        known.kind,
        () if end > listed_end else known.bodies,
        "name" if _is_bare(text[start:end], known) else "abbreviation",
    )
    numbered = end > listed_end and (known.kind in _CODED or code is not None)  # ตชด.ภาค 4
    score = _ABBREVIATION_SCORE if sure or area or numbered else UNSURE
    return Mention(start, end, text[start:end], "organisation", "list:abbreviation", score, value)


UNSURE = 0.3
"""The score of what may be something else or no body at all; it stands only with context."""

NO_BODY = 0.0
"""The score of a class of bodies or of a place; it keeps what is inside it from being read."""


def _more_letters(text: str, end: int) -> bool:
    """Say whether more letters with a dot follow, but no prefix of an area (กอ.รมน.|จ.ยะลา)."""
    more = _MORE_LETTERS.match(text, end)
    return more is not None and more[0] not in words("local", "area_words")


def _is_bare(short: str, known: Known) -> bool:
    """Say whether this is a party's or a firm's name without its head, which is no abbreviation."""
    if known.kind in words("companies", "kinds") and not known.sure:
        return "." not in short and not is_latin(short)
    return known.kind == "party" and known.bodies[0].endswith(short)


def _is_local(text: str, end: int, known: Known) -> bool:
    """Say whether an area's bare name may follow: อบต. X, พมจ.X, สพป. X."""
    if known.bodies[0] in words("acting", "names"):
        return False
    of_area = known.bodies[0].endswith(word_tuple("local", "areas"))
    listed = text.endswith(word_tuple("local", "listed"), 0, end)
    return known.kind == "local_government" or of_area or listed


def _named_after(text: str, start: int) -> bool:
    """Say whether the body only gives its name to a place (ตลาดอาเซียน)."""
    return ends_in(text, start - 12, start, "venues", "named_after")


def _long(start: int, end: int) -> bool:
    """Say whether letters spelt out in Thai (ทีดีอาร์ไอ) are too many to be there by chance."""
    return end - start >= _CERTAIN_LENGTH


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether letters spelt out in Thai end where a word does (ดีอี in ดีอีก does not)."""
    if _long(start, end):
        return text[end : end + 1] not in AFTER_NAME
    return ends_word(text, start, end)


def _hidden(text: str, start: int, end: int, known: Known) -> Mention | None:
    """Read the short name of a ministry after its minister: ศึกษาธิการ in รมว.ศึกษาธิการ."""
    if not ends_word(text, start, end):
        return None
    begin = starting_with("short", "ministers").end(text, start) or start
    begin += text.startswith(" ", begin)
    end += text.startswith("ฯ", end)
    if of_another_country(text, end):
        return None
    value = OrganisationValue(text[begin:end], None, known.kind, known.bodies, "short")
    return Mention(
        begin, end, text[begin:end], "organisation", "list:minister", _HIDDEN_SCORE, value
    )


_FORMS = {"name": _name, "abbreviation": _abbreviation, "hidden": _hidden}
