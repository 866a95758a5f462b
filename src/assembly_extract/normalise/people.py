"""Which people under two spellings are one, and which of one name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.normalise import latin, surnames
from assembly_extract.normalise.facts import facts_of
from assembly_extract.normalise.given import given_only, new_surname
from assembly_extract.normalise.merges import SURE, Link, near_names, near_pairs, ranked
from assembly_extract.normalise.names import heard, letters_apart, sounded, without_marks
from assembly_extract.normalise.nodes import NEAR_DAYS, conflict, days_apart, titles_differ
from assembly_extract.normalise.posts import has_national, is_telling
from assembly_extract.normalise.shares import Shares, family_of, given_of
from assembly_extract.normalise.sightings import STYLE, TITLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assembly_extract.normalise.nodes import Node
    from assembly_extract.normalise.sightings import Sighting

KIND = "person"
MOST_NAMESAKES = 5
"""Of people of one name, the user is asked about so many beside the most named one."""
LONG_FAMILY = 7
"""Surnames of so many characters differ by a cluster as a slip; shorter ones are two families."""
RARE = 0.003
"""Expected namesakes: a full name with fewer is one person's.

Of the 70 pairs above 0.0015 that nothing else joined in 24,020 articles one was two people (at
0.0046: a permanent secretary and a member of parliament).
"""
LESS_RARE = 0.012
"""The same where no places speak against it; of 46 such pairs of 14,354 articles none was two."""
RARE_SLIP = 0.0075
"""The same of two spellings: an unlikely spelling is a slip before it is another family."""
RARE_BESIDE = 0.02
"""The same of two spellings that have a body, a companion or a post in common."""
LONG_GIVEN = 7
"""A given name of so many letters differs by one letter more or less by a slip."""
LEAST_GIVEN = 4
"""The same with something in common."""
CAREER_DAYS = 5_500
"""Nobody is in the news longer than this."""
RARER = 5
"""A slip of the pen is so many times rarer than the right name."""
LONG_STYLE = 9
"""A monk's title has so many characters; a shorter word after พระ is his given name."""


def parting(group: Sequence[Sighting]) -> tuple[Callable[[str], bool] | None, bool]:
    """Return which signs tell that two sightings of one name are one person, and whether time does.

    Of a full name every sign does; of a monk's title, which one monk bears at a time, every sign
    but the title that it is; of a given name alone a royal style, or a post of one holder. Princes
    have names that are nobody else's.
    """
    if any(is_prince(sighting.prefix) for sighting in group):
        return None, False
    if any(dict(sighting.details)["family"] for sighting in group):
        return tells, True
    if all(is_style(sighting.key, sighting.prefix) for sighting in group):
        return tells_style, True
    return tells_given, False


def is_prince(prefix: str | None) -> bool:
    """Say whether somebody bears the rank of a prince, whose names are given once.

    >>> is_prince("สมเด็จพระเจ้าบรมวงศ์เธอ กรมพระยา"), is_prince("นาย")
    (True, False)
    """
    ranks = facts_of("titles")["princes"]
    return prefix is not None and any(rank in prefix for rank in ranks)


def tells(sign: str) -> bool:
    """Say whether a sign that two sightings of a full name share makes them one person."""
    return bool(sign)


def tells_style(sign: str) -> bool:
    """Say the same of a monk's title."""
    return not sign.startswith(TITLE)


def tells_given(sign: str) -> bool:
    """Say the same of a name without surname."""
    return sign.startswith(STYLE) or is_telling(sign)


def is_style(key: str, prefix: str | None) -> bool:
    """Say whether a name without surname is a title that monks are given by the king.

    >>> is_style("ราชรัตนสุนทร", "พระ"), is_style("สมชาย", "พระ"), is_style("สมชาย", "นาย")
    (True, False, False)
    """
    monks = _monks()
    if key.startswith(tuple(monks["styles"])):
        return True
    return prefix in monks["before_style"] and len(key) >= LONG_STYLE


@cache
def _monks() -> dict[str, list[str]]:
    monks: dict[str, list[str]] = facts_of("monks")
    return monks


def links(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield what may be one person, sure or not."""
    full = [node for node in nodes if node.most("family")]
    shares = Shares(full)
    found = [
        link
        for one, other in near_pairs(full)
        if (link := _spelling(*ranked(one, other), shares)) is not None
    ]
    found += _namesakes(full, shares)
    found += surnames.links(full, shares)
    found += latin.links(full)
    sure = {(link.a, link.b) for link in found if link.score >= SURE}
    found += [link for link in latin.same_consonants(full) if (link.a, link.b) not in sure]
    yield from found
    yield from given_only(nodes, full, found, tells_given)
    yield from new_surname(full, tells_given)


def _spelling(a: Node, b: Node, shares: Shares) -> Link | None:
    """Return the link of two names a slip or two apart, if something else agrees.

    Brothers and sisters share a surname and often the start of a given name, so a given name that
    differs by a letter needs the same post. People whom one article names both are two.
    """
    if a.articles & b.articles or titles_differ(a.prefixes, b.prefixes) or a.key == b.key:
        return None
    shared = a.signs & b.signs
    with_ = sum(sign.startswith("with:") for sign in shared)
    if without_marks(a.key) == without_marks(b.key):
        if any(map(is_telling, shared)) or with_:
            return Link(0.97, a.id, b.id, "marks+post" if with_ == 0 else "marks+with")
        sure = not conflict(a.signs, b.signs) or _is_rare(a, b, shares)
        return Link(0.92 if sure else 0.8, a.id, b.id, "marks")
    if sounded(given_of(a)) == sounded(given_of(b)) and sounded(family_of(a)) == sounded(
        family_of(b)
    ):
        agrees = shared and not conflict(a.signs, b.signs)
        posts = any(sign.startswith("post:") for sign in shared)
        sure = agrees or posts or _is_rare(a, b, shares)
        return Link(0.92 if sure else 0.8, a.id, b.id, "sound")
    given = near_names(given_of(a), given_of(b))
    family = near_names(family_of(a), family_of(b))
    alike = heard(given_of(a)) == heard(given_of(b))
    if (
        alike
        and _is_rare(a, b, shares)
        and (heard(family_of(a)) == heard(family_of(b)) or (family == 1 and _long(a, b)))
    ):
        return Link(0.91, a.id, b.id, "sound")
    if given + family > 2:
        return None
    if given:
        return _other_given(a, b, given, family, with_) or _misspelt_given(a, b, family, shares)
    return _other_family(a, b, family, with_, shares)


def _other_given(a: Node, b: Node, given: int, family: int, with_: int) -> Link | None:
    """Return the link of two given names a slip or two apart: of one post, or none."""
    shared = a.signs & b.signs
    if not any(map(is_telling, shared)):
        return None
    gap = days_apart(a.days, b.days)
    near = gap is not None and gap <= NEAR_DAYS
    if family:
        return Link(0.9 if near else 0.75, a.id, b.id, "spelling+post")
    if heard(given_of(a)) == heard(given_of(b)):
        return Link(0.92, a.id, b.id, "sound+post")
    if with_ and given == 1:
        return Link(0.9, a.id, b.id, "given+post+with")
    rarer = len(a.articles) >= RARER * len(b.articles)
    if near and (rarer or has_national(shared)):
        return Link(0.9, a.id, b.id, "given+post+time")
    if _letter_more(a, b):
        return Link(0.9, a.id, b.id, "given+post")
    return Link(0.7, a.id, b.id, "given+post")


def _misspelt_given(a: Node, b: Node, family: int, shares: Shares) -> Link | None:
    """Return the link of one rare surname and two given names that a letter more or less tells.

    Brothers' names differ by another syllable; a letter put in, left out or moved is a slip, in a
    long name by itself, in a shorter one with something in common.
    """
    if family or not _is_rare(a, b, shares):
        return None
    if not _letter_more(a, b):
        with_ = sum(sign.startswith("with:") for sign in a.signs & b.signs)
        rarer = len(a.articles) >= RARER * len(b.articles)
        one = near_names(given_of(a), given_of(b)) == 1
        return Link(0.9, a.id, b.id, "given+with") if one and rarer and with_ > 1 else None
    length = min(len(given_of(node)) for node in (a, b))
    company = any(not sign.startswith("at:") for sign in a.signs & b.signs)
    sure = length >= LONG_GIVEN or (company and length >= LEAST_GIVEN)
    return Link(0.9 if sure else 0.7, a.id, b.id, "given, rare surname")


def _letter_more(a: Node, b: Node) -> bool:
    """Say whether two given names differ by a letter left out or moved, not by another letter."""
    one, other = given_of(a), given_of(b)
    moved = len(one) == len(other) and sorted(one) == sorted(other)
    more = abs(len(one) - len(other)) == 1
    return (moved or more) and letters_apart(one, other) == 1


def _other_family(a: Node, b: Node, family: int, with_: int, shares: Shares) -> Link | None:
    """Return the link of one given name and two surnames a slip or two apart."""
    shared = a.signs & b.signs
    gap = days_apart(a.days, b.days)
    soon = gap is not None and gap <= NEAR_DAYS
    near = soon and not conflict(a.signs, b.signs)
    long = _long(a, b)
    rare = _is_rare(a, b, shares)
    if any(map(is_telling, shared)) and (
        family == 1 or with_ > 1 or (long and rare) or (soon and has_national(shared))
    ):
        return Link(0.95 if long else 0.9, a.id, b.id, "surname+post")
    if family == 1 and near and with_ and (long or with_ > 1):
        return Link(0.9, a.id, b.id, "surname+with")
    rarer = len(a.articles) >= RARER * len(b.articles)
    if has_national(shared) and (
        (family == 1 and rarer and _is_rare(a, b, shares, RARE_BESIDE)) or (soon and with_ and rare)
    ):
        return Link(0.9, a.id, b.id, "surname+with")
    company = any(not sign.startswith("at:") for sign in shared)
    if rare and long and (family == 1 or (shared and near)):
        return Link(0.91, a.id, b.id, "surname, rare name")
    if long and family == 1 and company and _is_rare(a, b, shares, RARE_BESIDE):
        return Link(0.9, a.id, b.id, "surname, rare name")
    if shared and near:
        return Link(0.78 if long else 0.65, a.id, b.id, "surname")
    return Link(0.55, a.id, b.id, "surname") if family == 1 and long else None


def _long(a: Node, b: Node) -> bool:
    """Say whether both surnames are so long that a letter tells no family.

    The word that all clans have (แซ่ลิ้ม, แซ่ซิ้ม) does not count.
    """
    clan = facts_of("titles")["clan"]
    return min(len(family_of(node).removeprefix(clan)) for node in (a, b)) >= LONG_FAMILY


def _is_rare(a: Node, b: Node, shares: Shares, most: float | None = None) -> bool:
    gap = days_apart(a.days, b.days)
    limit = RARE_SLIP if most is None else most
    return (gap is None or gap <= CAREER_DAYS) and shares.namesakes(a, b) <= limit


def _namesakes(full: Sequence[Node], shares: Shares) -> Iterator[Link]:
    """Yield people of one full name whom nothing brought together.

    If the name is rare, they are one, however posts and places have changed: time agrees in so far
    as one career has both. Else it is for the user to say.
    """
    groups: dict[str, list[Node]] = {}
    for node in full:
        groups.setdefault(node.key, []).append(node)
    for group in groups.values():
        first, *others = sorted(group, key=lambda node: (-len(node.articles), node.id))
        asked = 0
        for other in others:
            if titles_differ(first.prefixes, other.prefixes):
                continue
            gap = days_apart(first.days, other.days)
            career = gap is None or gap <= CAREER_DAYS
            speaks = conflict(first.signs, other.signs)
            count = shares.namesakes(first, other)
            if career and (count <= RARE or (count <= LESS_RARE and not _far(first, other))):
                yield Link(0.91, first.id, other.id, "rare name")
            elif asked < MOST_NAMESAKES:
                asked += 1
                yield Link(0.6 if speaks else 0.7, first.id, other.id, "same name")


def _far(one: Node, other: Node) -> bool:
    """Say whether places speak against two being one, and no post takes either everywhere."""
    places = [{sign for sign in node.signs if sign.startswith("at:")} for node in (one, other)]
    national = has_national(one.signs) or has_national(other.signs)
    return bool(places[0] and places[1] and not places[0] & places[1]) and not national
