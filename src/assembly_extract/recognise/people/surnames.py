"""Surnames: what follows a given name after white space, a bracketed nickname or a line end."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import WordsAt
from assembly_extract.recognise.people.foreign import further_parts, initials_end
from assembly_extract.recognise.people.lexicon import (
    any_of,
    area_names,
    family_names,
    head_table,
    person_words,
)
from assembly_extract.recognise.people.scan import GAP, THAI
from assembly_extract.recognise.people.word_ends import (
    SURE,
    ends_name,
    name_length,
    opens_post,
    starts_title,
    starts_verb,
    words_of,
)

if TYPE_CHECKING:
    from assembly_extract.recognise.people.scan import Scan

LONGEST_FAMILY = 26
"""A longer chunk is no surname; the longest of the list is shorter."""

_SHORT_CALLING = 12
"""A longer chunk that begins like a calling is one, with its place: ครูโรงเรียนบ้านนา."""

_SHORT_FAMILY = 16
"""A chunk so short between a given name and a post is a surname whatever it begins with."""

NICKNAME = re.compile(rf"{GAP}?(?:\([{THAI}]{{2,15}}\)|[“\"][{THAI} ]{{2,15}}[”\"]){GAP}?")
_SHORTENED = re.compile(rf"[ก-ฮ]\.{GAP}?(?=[{THAI}]{{3}})")


@cache
def _and() -> WordsAt:
    return WordsAt(person_words("and"))


@cache
def _end_or_address() -> re.Pattern[str]:
    """Match what a name ends before: a sign, the line's end, an age, an address."""
    return re.compile(rf"(?:{GAP}*(?:$|\n|[,:()“”\"/]|{any_of('after_names')}))")


@cache
def _alias() -> re.Pattern[str]:
    """Match หรือ and a nickname before a surname; behind a space a short one: a long one is a name.

    ครูแดง หรือ สายสุนีย์ บุญเรือง is called สายสุนีย์ บุญเรือง.
    """
    name = rf"[“\"‘']?([{THAI}]{{2,10}})[”\"’']?"
    return re.compile(rf"{GAP}?{any_of('or')}(?!{GAP}[{THAI}]{{7}}){GAP}?{name}{GAP}")


@cache
def _age() -> re.Pattern[str]:
    return re.compile(rf"{GAP}?{any_of('ages')}{GAP}?[0-9๐-๙]")


def surname(scan: Scan, start: int, end: int) -> tuple[str | None, int]:
    """Return the surname after the given name at ``start..end``, and where it ends."""
    at = scan.skip(end)
    initialled = initials_end(scan, end)
    if initialled > end:
        size, _ = name_length(scan, initialled, scan.chunk(initialled), family_names())
        return scan.text[at : initialled + size], initialled + size
    nick = NICKNAME.match(scan.text, end) or _also_called(scan, end)
    if nick and nick.group().strip("( )") in person_words("pseudonyms"):
        return None, end
    if nick and scan.chunk(nick.end()):
        at = nick.end()
    if at == end:
        return _torn_surname(scan, end)
    if shortened := _shortened(scan, at):
        return scan.text[at:shortened], shortened
    chunk = scan.chunk(at)
    if chunk == "ณ":
        return _royal_seat(scan, at, end)
    seat = _royal_seat(scan, scan.skip(at + len(chunk)), end)
    if seat[0] is not None:
        return scan.text[at : seat[1]], seat[1]
    size, cut = name_length(scan, at, chunk, family_names())
    family = chunk[:size]
    if nick and at == nick.end() and not _family_shape(family):
        return None, end
    if not _plausible(scan, family, at, cut=cut):
        return None, end
    stop = at + size
    if cut:
        return family, stop
    more, stop_more = _second(scan, stop)
    further = further_parts(scan, start, scan.text[start:end], stop)
    stop = max(further, stop_more if more else stop)
    return scan.text[at:stop], stop


def _also_called(scan: Scan, end: int) -> re.Match[str] | None:
    """Match a nickname that หรือ sets before a surname: นายเอก หรือบอย มณีโชติ อายุ 32 ปี.

    Only where the surname is listed or an age follows it: หรือ also joins two people.
    """
    called = _alias().match(scan.text, end)
    if called is None or starts_title(scan, called.start(1)):
        return None
    family = scan.chunk(called.end())
    aged = _age().match(scan.text, called.end() + len(family))
    return called if family in family_names() or (len(family) > 2 and aged) else None


def _shortened(scan: Scan, at: int) -> int | None:
    """Return where a surname with a shortened first part ends: ต.แสงจันทร์ อธิบดี….

    Only right before a post; elsewhere ต., อ. and จ. open an address: นายสมหมาย ต.แสงจันทร์ อ.เมือง.
    """
    opening = _SHORTENED.match(scan.text, at)
    if opening is None:
        return None
    rest = scan.chunk(opening.end())
    if rest in area_names():
        return None
    end = opening.end() + len(rest)
    return end if end - at <= LONGEST_FAMILY and opens_post(scan, scan.skip(end)) else None


def _torn_surname(scan: Scan, end: int) -> tuple[str | None, int]:
    """Return the surname that a line break has torn off: listed, or right before a post."""
    if scan.text[end : end + 1] != "\n":
        return None, end
    chunk = scan.chunk(end + 1)
    after = end + 1 + len(chunk)
    if not 2 < len(chunk) <= LONGEST_FAMILY or ends_name(scan, end + 1, chunk):
        return None, end
    spaced = scan.text[after : after + 1] in (" ", "\u00a0")
    if opens_post(scan, scan.skip(after)) and spaced:
        return chunk, after
    span = scan.tagged(end + 1)
    if span is not None and span.score >= SURE and (span.start, span.end) == (end + 1, after):
        return chunk, after
    return None, end


def _family_shape(family: str) -> bool:
    return family in family_names() or 4 <= len(family) <= _SHORT_FAMILY + 4


def _royal_seat(scan: Scan, at: int, end: int) -> tuple[str | None, int]:
    if scan.chunk(at) != "ณ":
        return None, end
    seat_at = scan.skip(at + 1)
    seat = scan.chunk(seat_at)
    for size in range(len(seat), 2, -1):
        listed = seat[:size] in person_words("royal_seats")
        if listed or (size == len(seat) and opens_post(scan, scan.skip(seat_at + size))):
            return scan.text[at : seat_at + size], seat_at + size
    return None, end


def _second(scan: Scan, end: int) -> tuple[str | None, int]:
    """Return a second surname (อินทวงศ์ สุวรรณคีรี): listed, or the only chunk before a post."""
    at = scan.skip(end)
    if at == end or at - end > 2:
        return None, end
    chunk = scan.chunk(at)
    if chunk == "ณ":
        return _royal_seat(scan, at, end)
    size, cut = name_length(scan, at, chunk, family_names())
    family = chunk[:size]
    if cut or len(family) < 4 or ends_name(scan, at, family):
        return None, end
    span = scan.tagged(at)
    covered = span is not None and span.start < end and span.end == at + size
    if (
        family in family_names()
        or covered
        or (
            len(family) <= LONGEST_FAMILY
            and opens_post(scan, scan.skip(at + size))
            and _looks_like_name(family)
        )
    ):
        return family, at + size
    return None, end


def _looks_like_name(chunk: str) -> bool:
    """Say whether a chunk is no plain phrase: few words, one of them no common word."""
    words = words_of(chunk)
    return len(words) <= 4 and not any(word in person_words("after_space") for word in words)


def _plausible(scan: Scan, family: str, at: int, *, cut: bool) -> bool:
    if not 2 <= len(family) <= LONGEST_FAMILY or family in person_words("joints"):
        return False
    if family in person_words("never_family") or starts_verb(family):
        return False
    if family in family_names() and family not in person_words("after_space"):
        return True
    span = scan.tagged(at)
    if not ends_name(scan, at, family):
        return True
    if starts_title(scan, at):
        return False
    if opens_post(scan, at):
        # a surname that is also a calling: นภา เศรษฐกร รองปลัด…
        after = at + len(family)
        before_post = opens_post(scan, scan.skip(after))
        if head_table().get(family) == "near" and not cut:
            return before_post or _end_or_address().match(scan.text, after) is not None
        # … or begins like one: พนิตา ปราชญ์นคร รองผู้ว่าราชการ…
        near = any(head_table().get(family[:size]) == "near" for size in range(2, len(family)))
        return near and before_post and not cut and len(family) <= _SHORT_CALLING
    if span is not None and span.start < at and span.end >= at + len(family) and span.score >= SURE:
        return True
    # A surname may begin like a verb or a noun of place (มีสุข, อยู่เล็ก, วัดเกษม): a short chunk of
    # two words right before a post, an age or the end of the line is one. Cost: a verb there.
    words = words_of(family)
    whole = family in person_words("after_space") or family in head_table()
    return (
        not cut
        and not whole
        and len(family) <= _SHORT_FAMILY
        and len(words) > 1
        and (
            (len(words) == 2 and bool(_end_or_address().match(scan.text, at + len(family))))
            or opens_post(scan, scan.skip(at + len(family)))
            or starts_title(scan, scan.skip(at + len(family)))
            or _and_title(scan, at + len(family))
        )
    )


def goes_to_end(scan: Scan, end: int) -> bool:
    """Say whether an age, a bracket, a comma or the end of the line follows a name."""
    return _end_or_address().match(scan.text, end) is not None


def _and_title(scan: Scan, end: int) -> bool:
    """Say whether และ and a title stand at ``end``: the list of names goes on."""
    at = scan.skip(end)
    end = _and().end(scan.text, at)
    return end > 0 and starts_title(scan, scan.skip(end))
