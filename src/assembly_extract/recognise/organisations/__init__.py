"""Recogniser of organisations: Document -> mentions.

Bodies of the list come first, then names that a head word begins, then what the article defines
itself; the tagger's spans are evidence for all of them. Of readings that overlap the longer stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from assembly_extract.gazetteer import OWN
from assembly_extract.recognise.organisations.clubs import find_clubs
from assembly_extract.recognise.organisations.definitions import define
from assembly_extract.recognise.organisations.english import find_english
from assembly_extract.recognise.organisations.evidence import post_before
from assembly_extract.recognise.organisations.grammar import GROUP, find_by_grammar
from assembly_extract.recognise.organisations.known import UNSURE, find_known
from assembly_extract.recognise.organisations.latin import find_latin
from assembly_extract.recognise.organisations.lexicon import (
    any_of,
    ends_in,
    matcher,
    starting_with,
    word_tuple,
    words,
)
from assembly_extract.recognise.organisations.rows import find_rows
from assembly_extract.recognise.organisations.short import find_short
from assembly_extract.recognise.organisations.spelt_out import find_spelt_out
from assembly_extract.recognise.organisations.units import join_owners
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention


_START = attrgetter("start")
_LONGEST_JOINT = 7
_UNIONS = frozenset({"network", "association", "cooperative"})
_LONG_NAME = 20
_PRODUCT = 16  # so far before a firm's name its product is looked for
_OWNERS = frozenset({"ministry", "department", "office", "state_enterprise", "university"})


def recognise_organisations(document: Document) -> Iterable[Mention]:
    """Yield the organisations of the document, none inside another."""
    text = document.text
    matches = matcher().all(text)  # in the order of their ends
    matches.reverse()
    matches.sort(key=_START)  # of one start the longest first
    own = [mention for mention in document.own if mention.kind == "organisation"]
    found = _longest([*own, *find_known(text, matches)])
    found += find_rows(text, found)
    found += find_by_grammar(document, matches, found)
    found = list(join_owners(text, found))
    found += find_spelt_out(text)
    found += define(text, found, matches)
    found += find_short(text)
    found += find_latin(text)
    found += find_clubs(text)
    if document.article.is_english:
        english = _longest(find_english(text))
        found += [*english, *define(text, english, ())]
    return _with_context(text, _longest(found))


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that stand: the longer, then the better; the unsure where they fit in."""
    kept: list[Mention] = []  # in order
    for mention in sorted(mentions, key=_precedence):
        after = bisect_left(kept, mention.start, key=_START)
        if after and kept[after - 1].end > mention.start:
            continue
        if after == len(kept) or kept[after].start >= mention.end:
            kept.insert(after, mention)
    return kept


def _precedence(mention: Mention) -> tuple[object, ...]:
    unsure = mention.score == UNSURE
    size = mention.end - mention.start
    named = _value(mention).abbreviation is None  # after the same name with its abbreviation
    return (mention.rule != OWN, unsure, -size, -mention.score, mention.start, mention.rule, named)


def _with_context(text: str, mentions: list[Mention]) -> list[Mention]:
    """Drop what is unsure and has no company.

    An abbreviation that may be something else stands if the article names its body otherwise, a
    party's bare name (เพื่อไทย) also beside another party; a unit (กลุ่มX, ฝ่ายX) stands in a row with
    other bodies (กลุ่มX สำนักY), what is more often a place after a body.
    """
    sure = [mention for mention in mentions if mention.score > UNSURE]
    named = {body for mention in sure for body in _value(mention).known}
    politics = any(_value(mention).category == "party" for mention in sure)
    units = {m.end for m in sure if _value(m).category == "office"}
    ends = {m.end for m in sure}
    starts = {m.start for m in sure}
    owners = {m.start for m in sure if _value(m).category in _OWNERS}
    actors = {m.end for m in sure if _value(m).category not in words("venues", "kinds")}
    letters = {at for m in sure if _value(m).form == "abbreviation" for at in (m.start, m.end)}
    firms = {
        at
        for m in sure
        if _value(m).category in words("companies", "kinds")
        for at in (m.start, m.end)
    }
    return [
        mention
        for mention in mentions
        if mention.score > UNSURE
        or (
            mention.score == UNSURE
            and (
                not named.isdisjoint(_value(mention).known)
                or (politics and _value(mention).category == "party")
                or (mention.rule == "grammar:post" and _in_row(text, mention, owners, units))
                or (_is_site(mention) and _follows(text, mention, ends))
                or (_is_house(mention) and _follows(text, mention, actors))
                or (_is_office(mention) and _in_row(text, mention, owners, set()))
                or (_is_union(mention) and _beside(text, mention, starts, ends))
                or (
                    mention.rule == "list:abbreviation"
                    and _value(mention).form == "abbreviation"
                    and _joined(text, mention, letters)
                )
                or (mention.rule == "list:abbreviation" and _says(text, mention))
                or (_is_firm(mention) and _trades(text, mention, firms))
            )
        )
    ]


@cache
def _joint_before() -> re.Pattern[str]:
    return re.compile(rf"\)?[ ,]*(?:{any_of('lists', 'and')}|,)? ?\Z")


@cache
def _joint_after() -> re.Pattern[str]:
    return re.compile(rf" ?(?:{any_of('lists', 'and')}|,|{any_of('lists', 'with')})? ?")


@cache
def _and_before() -> re.Pattern[str]:
    return re.compile(rf" ?{any_of('lists', 'and')} ?\Z")


@cache
def _and_after() -> re.Pattern[str]:
    return re.compile(rf" ?{any_of('lists', 'and')} ?")


def _is_site(mention: Mention) -> bool:
    return mention.rule == "grammar:weak" and mention.text.startswith(word_tuple("acting", "heads"))


def _is_house(mention: Mention) -> bool:
    """Say whether this is a hospital or a school that และ joins to what stands before it."""
    kinds = words("acting", "kinds")
    return mention.rule == "grammar:weak" and _value(mention).category in kinds


def _follows(text: str, mention: Mention, ends: set[int]) -> bool:
    """Say whether a body stands right before: กอ.รมน.จังหวัดX และเรือนจำจังหวัดX."""
    joint = _joint_before().search(text, max(0, mention.start - _LONGEST_JOINT), mention.start)
    return joint is not None and joint.start() in ends


def _is_union(mention: Mention) -> bool:
    """Say whether an unlisted network or enterprise has a name that is more than a kind of one."""
    if mention.rule == GROUP:
        return True
    named = len(mention.text) >= _LONG_NAME and " " not in mention.text
    return mention.rule == "grammar:weak" and named and _value(mention).category in _UNIONS


def _beside(text: str, mention: Mention, starts: set[int], ends: set[int]) -> bool:
    """Say whether a body stands right before or after, in a list: X Y และZ."""
    joint = _joint_after().match(text, mention.end)
    after = joint is not None and joint.end() > mention.end and joint.end() in starts
    return after or _follows(text, mention, ends)


def _joined(text: str, mention: Mention, others: set[int]) -> bool:
    """Say whether และ joins an abbreviation to another body's (ก.พ.และ ป.ป.ท.)."""
    after = _and_after().match(text, mention.end)
    if after is not None and after.end() in others:
        return True
    before = _and_before().search(text, max(0, mention.start - _LONGEST_JOINT), mention.start)
    return before is not None and before.start() in others


def _says(text: str, mention: Mention) -> bool:
    """Say whether letters that may be something else begin a clause and say something.

    ชป. เปิดเผยว่า is the body; 5 ก.พ. เปิดเผยว่า and 10 ชป. ประกาศ are none.
    """
    if not mention.text.endswith(".") or mention.text in words("short", "months"):
        return False
    before = text[max(0, mention.start - 2) : mention.start].rstrip(" ")
    if before[-1:].isdigit() or before.endswith("."):
        return False
    if ends_in(text, mention.start - _PRODUCT, mention.start, "companies", "products"):
        return False  # ดอลลาร์ สรอ. คาดว่า
    at = mention.end + text.startswith(" ", mention.end)
    return starting_with("companies", "says").end(text, at) > 0


def _is_firm(mention: Mention) -> bool:
    return mention.rule == "list:abbreviation" and _value(mention).category in words(
        "companies", "kinds"
    )


def _trades(text: str, mention: Mention, firms: set[int]) -> bool:
    """Say whether a firm's bare name that is also a word or a product (ทรู, กรุงไทย) is the firm.

    It says or does something, or stands in a row with another firm; not รถยนต์X, สถานีX.
    """
    if ends_in(text, mention.start - _PRODUCT, mention.start, "companies", "products"):
        return False
    at = mention.end + text.startswith(" ", mention.end)
    if starting_with("companies", "says").end(text, at):
        return True
    glued = "ก" <= text[mention.end : mention.end + 1] <= "๎"
    if glued and not starting_with("companies", "glued").end(text, mention.end):
        return False  # ทรู|ฟู้ด
    return _beside(text, mention, firms, firms) or post_before(text, mention.start)


def _is_office(mention: Mention) -> bool:
    return mention.rule == "grammar:weak" and _value(mention).category == "office"


def _in_row(text: str, unit: Mention, owners: set[int], units: set[int]) -> bool:
    after = text.startswith(" ", unit.end) and unit.end + 1 in owners
    before = text.endswith(" ", 0, unit.start) and unit.start - 1 in units
    return after or before


def _value(mention: Mention) -> OrganisationValue:
    if not isinstance(mention.value, OrganisationValue):
        raise TypeError(f"no organisation: {mention}")
    return mention.value
