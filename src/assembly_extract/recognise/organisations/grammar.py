"""Bodies that no list has: a head word and the name after it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.recognise.organisations.abroad import with_country, with_pair
from assembly_extract.recognise.organisations.closed import as_closed, closed_end
from assembly_extract.recognise.organisations.companies import listed_firm
from assembly_extract.recognise.organisations.evidence import (
    acts,
    is_class,
    is_coined,
    is_event,
    is_proper,
    is_various,
    is_venue,
    post_before,
    starts_word,
    tagged_end,
)
from assembly_extract.recognise.organisations.known import NO_BODY, UNSURE
from assembly_extract.recognise.organisations.lexicon import (
    Head,
    any_of,
    ends_in,
    head_words,
    heads,
    starting_with,
    torn_name,
    word_tuple,
    words,
)
from assembly_extract.recognise.organisations.names import read_name
from assembly_extract.recognise.organisations.seats import (
    area_kinds,
    longest_area,
    read_area,
    with_number,
)
from assembly_extract.recognise.organisations.villages import unlisted_place, with_further_word
from assembly_extract.tokens import tokenise
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.matching import Match
    from assembly_extract.recognise.organisations.lexicon import Known
    from assembly_extract.types.article import Document

GROUP = "grammar:group"
"""The rule of groups of people, whose heads are units' as well."""

_LOOK_BACK = 12
_CENTRAL = frozenset({"ministry", "department"})
_SHORTEST_MORE = 3
_AGREED, _CERTAIN, _OPEN = 0.9, 0.8, 0.6


def find_by_grammar(
    document: Document, matches: Iterable[Match[Known | Head]], taken: Iterable[Mention]
) -> list[Mention]:
    """Return the bodies whose name the grammar reads, where no body of the list begins."""
    closed: set[str] = set()
    found = list(_read(document, matches, taken, closed))
    return as_closed(document.text, found, closed)


def _read(
    document: Document,
    matches: Iterable[Match[Known | Head]],
    taken: Iterable[Mention],
    closed: set[str],
) -> Iterator[Mention]:
    """Yield the bodies; add to ``closed`` the names of those that a sign outside them ends."""
    starts = {mention.start for mention in taken}
    ends = {mention.end for mention in taken}
    covered: set[int] = set()
    for body in taken:
        covered.update(range(body.start + 1, body.end))
    listed = sorted(m.start for m in taken if m.rule == "list:name")
    begun: dict[int, Head] = {}
    for match in matches:  # the longest head at each place: คณะกรรมการ, not คณะ
        if isinstance(match.payload, Head) and not _unowned(
            document.text, match.end, match.payload
        ):
            begun.setdefault(match.start, match.payload)
    reached = 0
    for start, head in begun.items():
        if start < reached or start in starts or start in covered:
            continue
        if head.strength == "unit" and not (
            _owner_follows(document.text, start, head) or _is_headed(document.text, start, head)
        ):
            continue
        if not _begins(document.text, start, head):
            continue
        if head.strength == "local":
            mention = _local(document.text, start, head)
        else:
            mention = _named(document, start, head, listed, closed)
        if mention is None or (mention.rule == GROUP and start in ends):
            continue  # สมัชชาคนจน|กลุ่มเขื่อน
        if mention.score == NO_BODY:
            reached = mention.end  # no other head inside a class or a place
        else:
            yield mention


def _begins(text: str, start: int, head: Head) -> bool:
    """Say whether the head is not the end of another word (มหาศาล); ปลัด|กระทรวง, พนักงาน|บริษัท is."""
    if head.kind == "company" and ends_in(text, start - _LOOK_BACK, start, "posts", "others"):
        return True
    if text.endswith(word_tuple("generic", "of_many"), max(0, start - _LOOK_BACK), start):
        return False  # ทุก|กรม
    return post_before(text, start) or starts_word(text, start, start + len(head.word))


def _named(
    document: Document, start: int, head: Head, listed: list[int], closed: set[str]
) -> Mention | None:
    text = document.text
    if head.strength == "unit":
        return _unit(text, start, head)
    read = read_name(text, start, head, posted=post_before(text, start))
    if read is None:
        return None
    torn = torn_name(text, start, read.end)
    if torn is not None:
        value = OrganisationValue(text[start : torn[1]], None, head.kind, (torn[0],))
        mention = _mention(text, (start, torn[1]), head, _AGREED)
        return replace(mention, rule="list:torn", value=value)
    end, certain = read.end, read.certain
    if head.word in words("heads", "units"):
        begin = start + len(head.word)
        if begin in listed and head.word in words("heads", "leading"):
            return None  # ส่วน|อีสานโพล
        end = next((at for at in listed if begin < at < end), end)  # ฝ่ายX|กรมY
    whole = closed_end(text, start, end, head, listed)
    if whole > end:
        end, certain = whole, True
        closed.add(text[start:end])
    tagged = tagged_end(document, start, start + len(head.word))
    if tagged is not None and tagged > end:
        firm = head.kind == "company" and _next_chunk(text, start, end, tagged)
        if firm or not certain or _goes_on(text, end, tagged):
            end = with_number(
                text, _before_listed(text, start, _before_verb(text, end, tagged), listed)
            )
    name = text[start:end].rstrip()
    name = name.removesuffix("และ")  # where the tagger's body ends
    if name.count("(") > name.count(")"):
        name = _without_bracket(name, text[start + len(name) : start + len(name) + 1])
    end = start + len(name)
    if head.kind == "committee" and (pair := with_pair(text, start, end)) > end:
        return _mention(text, (start, pair), head, _CERTAIN)
    if head.kind in _CENTRAL and (abroad := with_country(text, end)) > end:
        return _mention(text, (start, abroad), head, _CERTAIN)
    if (
        is_class(name, head.word)
        or is_various(text, end)
        or text.endswith("กฎ", 0, start)
        or (
            head.word in words("posts", "portfolios")
            and ends_in(text, start - _LOOK_BACK, start, "posts", "of_portfolios")
        )
        or (head.kind == "committee" and _is_verb(text, name[len(head.word) :], end))
    ):
        return _mention(text, (start, end), head, NO_BODY)
    if head.kind in words("acting", "kinds") and not acts(text, start, end):
        joined = text.endswith(word_tuple("lists", "and"), 0, start)
        return _mention(text, (start, end), head, UNSURE if joined else NO_BODY)
    if name.startswith(word_tuple("events", "heads")) and is_event(text, start, end):
        return _mention(text, (start, end), head, NO_BODY)
    if head.word in words("acting", "heads") and not acts(text, start, end):
        return _mention(text, (start, end), head, UNSURE)
    if is_venue(text, start, end) and head.kind not in words("venues", "kinds"):
        return _mention(text, (start, end), head, NO_BODY)
    if head.word in words("heads", "tagged") and not post_before(text, start):
        return _group(text, (start, end), head, tagged=tagged is not None)
    if not _has_evidence(text, start, name, head, tagged=tagged is not None):
        return _mention(text, (start, end), head, UNSURE)
    score = _AGREED if tagged == end else _CERTAIN if certain else _OPEN
    return _mention(text, (start, end), head, score)


def _is_verb(text: str, rest: str, end: int) -> bool:
    """Say whether no more than a verb stands behind a committee's head: คณะกรรมการ|ตรวจสอบ.

    A body that it is about may stand right behind ``end``: คณะทำงานขับเคลื่อน|ศูนย์X.
    """
    if head_words().end(text, end):
        return False
    return any(rest in words("inner", key) for key in ("words", "verbs", "listed"))


def _without_bracket(name: str, sign: str) -> str:
    """Return a name without the bracket in which the tagger ends it: บริษัททุ่งทอง (TTG|).

    A legal form is part of it, with the closing sign behind it: บริษัท ทุ่งทอง (จำกัด|).
    """
    if any(form in name for form in words("companies", "limited")):
        return name + ")" if sign == ")" else name
    return name.partition("(")[0].rstrip()


def _goes_on(text: str, end: int, tagged: int) -> bool:
    """Say whether the word that ended the name may be a part of it, as the tagger reads on.

    มูลนิธิสยาม|รวมใจ, ศูนย์ความปลอดภัย|ในการทำงาน; not over ทุกแห่ง, เสนอ and the like.
    """
    return bool(
        starting_with("ends", "soft").end(text, end)
        and not starting_with("ends", "hard").end(text, end)
        and tagged - end > _SHORTEST_MORE
        and not ends_in(text, end, tagged, "ends", "open")
    )


def _next_chunk(text: str, start: int, end: int, tagged: int) -> bool:
    """Say whether the tagger's firm has one more chunk behind a space: บมจ.เอส| โฮเทล.

    More of them may be further firms, and none follows a legal form.
    """
    more = text[end:tagged].strip()
    forms = words("companies", "forms") | words("companies", "limited")
    return text.startswith(" ", end) and not (
        " " in more
        or "(" in more
        or any(form in more or form in text[start + 1 : end] for form in forms)
    )


def _before_verb(text: str, start: int, end: int) -> int:
    """Return ``end``, or where an auxiliary verb or และ with another name stands before it."""
    for a, b in tokenise(text[start:end]):
        word = text[start + a : start + b]
        if word.startswith(word_tuple("ends", "auxiliaries")):
            return start + a
        if word in words("ends", "and") and _another().match(text, start + b):
            return start + a
    return end


def _before_listed(text: str, start: int, end: int, listed: list[int]) -> int:
    """Return ``end``, or where และ joins a body of the list to the name: สำนักข่าวX|และมติชนทีวี."""
    return next((at for at in listed if start < at < end and text.endswith("และ", 0, at)), end)


@cache
def _another() -> re.Pattern[str]:
    """Match a head word that begins another name behind และ."""
    strong = {head.word for head in heads() if head.strength == "strong"}
    return re.compile(alternatives(strong | words("ends", "heads")))


def _unit(text: str, start: int, head: Head) -> Mention | None:
    """Read a faculty's name; it stands if its university follows, or its head stands before it."""
    if head.word in words("owned", "heads"):
        return _mention(text, (start, start + len(head.word)), head, UNSURE)
    name = _faculty().match(text, start + len(head.word))
    if name is not None:
        end = name.end()
    else:
        kind = starting_with("faculties", "heads").end(text, start)
        read = read_name(text, start, head._replace(word=text[start:kind]))
        end = max(read.end if read else 0, start + len(head.word))
    if head.word in words("faculties", "heads"):
        marked = any(word in text[start:end] for word in words("faculties", "words"))
        if not marked or starting_with("faculties", "people").end(text, start):
            return None
    if name is None and (is_class(text[start:end], head.word) or is_venue(text, start, end)):
        return None
    return _mention(text, (start, end), head, UNSURE if name else _CERTAIN)


def _unowned(text: str, end: int, head: Head) -> bool:
    """Say whether a head that takes an owner has none behind it: สมาคมนิสิตเก่า|วิศวกรรมศาสตร์."""
    return head.word in words("owned", "heads") and _owner().match(text, end) is None


@cache
def _owner() -> re.Pattern[str]:
    owners = {*words("owned", "owners"), *words("tails", "universities")}
    owners |= words("faculties", "short_owners")
    return re.compile(
        rf"(?:{any_of('owned', 'joints')})? ?(?:{alternatives(owners)}|[ก-ฮ]{{2,5}}\.)"
    )


def _owner_follows(text: str, start: int, head: Head) -> bool:
    """Say whether what owns a unit may follow it: a cheap look before its word is looked at."""
    end = start + len(head.word)
    return head.word in words("owned", "heads") or _faculty().match(text, end) is not None


def _is_headed(text: str, start: int, head: Head) -> bool:
    """Say whether a faculty's or a department's head or teacher stands before it: คณบดี|คณะX."""
    return head.kind == "university" and ends_in(
        text, start - _LOOK_BACK, start, "faculties", "chiefs"
    )


@cache
def _faculty() -> re.Pattern[str]:
    """Match the rest of a faculty's name that its university follows."""
    owners = alternatives({*words("tails", "universities"), *words("faculties", "short_owners")})
    return re.compile(rf"[ก-๎]*(?= {owners})")


def _group(text: str, span: tuple[int, int], head: Head, *, tagged: bool) -> Mention:
    """Return a group of people: sure if the tagger takes it for a body and it has a name.

    กลุ่มแต้มตะกอ and กลุ่มจักสานบ้านดอน have one; กลุ่มก่อการครู may have, in a row with other bodies.
    """
    start, end = span
    proper = is_proper(text[start:end], head.word)
    if not proper and not tagged:
        return _mention(text, span, head, UNSURE)  # a unit
    a_class = starting_with("groups", "classes").end(text, start) and not proper
    if a_class:
        return _mention(text, span, head, UNSURE)
    named = tagged and (proper or is_coined(text, start + len(head.word), end))
    mention = _mention(text, span, head, _CERTAIN if named else UNSURE)
    value = OrganisationValue(mention.text, None, "network")
    return replace(mention, rule=GROUP, value=value)


def _has_evidence(text: str, start: int, name: str, head: Head, *, tagged: bool) -> bool:
    """Say whether more than the head word speaks for a body, where the head is not enough."""
    if head.strength == "strong" or post_before(text, start) or listed_firm(name, head):
        return True
    if head.kind == "committee" and ends_in(text, start - _LOOK_BACK, start, "acting", "founded"):
        return True
    if head.strength != "weak":
        return False
    return tagged or is_proper(name, head.word) or _is_local(text, start, name, head)


def _is_local(text: str, start: int, name: str, head: Head) -> bool:
    """Say whether the name is a place's: รพ.แม่สรวย, โรงเรียนบ้านนาสี; it acts, as was asked before."""
    if head.kind not in words("acting", "kinds"):
        return False
    named = starting_with("local", "school_names").end(name, len(head.word))
    if head.kind == "school" and named and len(name) > named + _SHORTEST_MORE:
        return True
    size = longest_area(text, start + len(head.word), "district")
    return size > 0 and len(head.word) + size == len(name)


def _local(text: str, start: int, head: Head) -> Mention | None:
    """Read อบต.X, เทศบาลเมืองX, สภ.X: the area's name is the name.

    Of some heads the area is of the kind that they end with, and glued: สำนักงานเขตX.
    """
    begin = start + len(head.word)
    placed = starting_with("local", "place_words").end(text, begin)
    if head.word in words("local", "placed") and not placed:
        return None
    if head.word in words("local", "glued"):
        kind = next(kind for word, kind in area_kinds().items() if head.word.endswith(word))
        size = longest_area(text, begin, kind)
        end = begin + size if size else None
    else:
        end = with_further_word(text, begin, head, read_area(text, begin)) or unlisted_place(
            text, start, head
        )
    end = end and with_number(text, end)  # แขวงทางหลวงเลยที่ 2
    if end is None or is_venue(text, start, end):
        return None
    return _mention(text, (start, end), head, _CERTAIN)


def _kind(name: str, head: Head) -> str:
    """Return the kind of a body: that of its head, or ``international``."""
    may_be = head.kind in words("international", "kinds") and head.word in words(
        "international", "heads"
    )
    marked = may_be and any(word in name for word in words("international", "words"))
    return "international" if marked else head.kind


def _mention(text: str, span: tuple[int, int], head: Head, score: float) -> Mention:
    start, end = span
    name = text[start:end]
    value = OrganisationValue(name, None, _kind(name, head), listed_firm(name, head))
    rule = f"grammar:{head.strength}"
    return Mention(start, end, text[start:end], "organisation", rule, score, value)
