"""Which people under two spellings are one: misspelt names, given names only, new surnames."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.normalise.merges import Link, near_names, near_pairs, ranked
from assembly_extract.normalise.names import name_key, sounded, without_marks
from assembly_extract.normalise.nodes import NEAR_DAYS, conflict, days_apart, other_sex
from assembly_extract.normalise.sightings import STYLE
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assembly_extract.normalise.nodes import Node

KIND = "person"
BRIEF_POST = 14
"""A post without its body tells one holder from another only if it is longer: ผู้ว่าราชการจังหวัดX."""
MOST_NAMESAKES = 5
"""Of people of one name, the user is asked about so many beside the most named one."""
LONG_FAMILY = 6
"""Surnames of so many characters differ by a cluster as a slip; shorter ones are two families."""
HOLDS_DAYS = 800
"""A given name alone is the post's holder of within so many days."""


def tells(sign: str) -> bool:
    """Say whether a sign that two sightings of a full name share makes them one person."""
    return bool(sign)


def tells_given(sign: str) -> bool:
    """Say the same of a name without surname: a royal style does, or a post of one holder."""
    return sign.startswith(STYLE) or (sign.startswith("post:") and _is_telling(sign))


def links(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield what may be one person, sure or not."""
    full = [node for node in nodes if node.most("family")]
    for one, other in near_pairs(full):
        a, b = ranked(one, other)
        link = _spelling(a, b)
        if link:
            yield link
    yield from _namesakes(full)
    yield from _given_only(nodes, full)
    yield from _new_surname(full)


def _is_telling(sign: str) -> bool:
    """Say whether a post's sign names its body, or is long enough to have an area in it."""
    role, _, body = sign.removeprefix("post:").partition("|")
    return bool(body) or len(role) >= BRIEF_POST or role in _single()


@cache
def _single() -> frozenset[str]:
    return frozenset(read_toml("normalise.toml")["posts"]["single"])


def _spelling(a: Node, b: Node) -> Link | None:
    """Return the link of two names a slip or two apart, if something else agrees.

    Brothers and sisters share a surname and often the start of a given name, so a given name that
    differs by a letter needs the same post. People whom one article names both are two.
    """
    if a.articles & b.articles or other_sex(a.prefixes, b.prefixes) or a.key == b.key:
        return None
    shared = a.signs & b.signs
    post = any(sign.startswith("post:") and _is_telling(sign) for sign in shared)
    with_ = sum(sign.startswith("with:") for sign in shared)
    gap = days_apart(a.days, b.days)
    near = gap is not None and gap <= NEAR_DAYS and not conflict(a.signs, b.signs)
    if without_marks(a.key) == without_marks(b.key):
        if post or with_:
            return Link(0.97, a.id, b.id, "marks+post" if post else "marks+with")
        return Link(0.8 if conflict(a.signs, b.signs) else 0.92, a.id, b.id, "marks")
    if sounded(_given(a)) == sounded(_given(b)) and sounded(_family(a)) == sounded(_family(b)):
        agrees = not conflict(a.signs, b.signs) or any(sign.startswith("post:") for sign in shared)
        return Link(0.92 if shared and agrees else 0.8, a.id, b.id, "sound")
    given = near_names(_given(a), _given(b))
    family = near_names(_family(a), _family(b))
    if given + family > 2:
        return None
    if given and family:
        return Link(0.75, a.id, b.id, "spelling+post") if post else None
    rule = "surname" if family else "given"
    long = min(len(_family(a)), len(_family(b))) >= LONG_FAMILY
    if given:
        if post and sounded(_given(a)) == sounded(_given(b)):
            return Link(0.92, a.id, b.id, "sound+post")
        if post and with_ and given == 1:
            return Link(0.9, a.id, b.id, f"{rule}+post+with")
        return Link(0.7, a.id, b.id, f"{rule}+post") if post else None
    if post and (family == 1 or with_ > 1):
        return Link(0.95 if long else 0.9, a.id, b.id, f"{rule}+post")
    if with_ and family == 1 and long and near:
        return Link(0.9, a.id, b.id, f"{rule}+with")
    if shared and near:
        return Link(0.78 if long else 0.65, a.id, b.id, rule)
    return Link(0.5, a.id, b.id, rule) if family == 1 and long else None


def _namesakes(full: Sequence[Node]) -> Iterator[Link]:
    """Yield people of one full name whom nothing brought together: for the user to say."""
    groups: dict[str, list[Node]] = {}
    for node in full:
        groups.setdefault(node.key, []).append(node)
    for group in groups.values():
        first, *others = sorted(group, key=lambda node: (-len(node.articles), node.id))
        for other in others[:MOST_NAMESAKES]:
            if not other_sex(first.prefixes, other.prefixes):
                speaks = conflict(first.signs, other.signs)
                yield Link(0.6 if speaks else 0.7, first.id, other.id, "same name")


def _given(node: Node) -> str:
    return name_key(node.most("given") or "")


def _family(node: Node) -> str:
    return name_key(node.most("family") or "")


def _given_only(nodes: Sequence[Node], full: Sequence[Node]) -> Iterator[Link]:
    """Yield the links of given names alone to the one person of that name who held the post."""
    by_given: dict[str, list[Node]] = {}
    for node in full:
        by_given.setdefault(_given(node), []).append(node)
    for node in nodes:
        if node.most("family"):
            continue
        held = {sign for sign in node.signs if tells_given(sign)}
        found = [
            other
            for other in by_given.get(node.key, ())
            if not other_sex(node.prefixes, other.prefixes) and not node.articles & other.articles
        ]
        holders = [
            other
            for other in found
            if held & other.signs
            and (gap := days_apart(node.days, other.days)) is not None
            and gap <= HOLDS_DAYS
        ]
        if len(holders) == 1:
            yield Link(0.9, holders[0].id, node.id, "given+post+time")
            continue
        likely = [
            other
            for other in found
            if any(sign.startswith(("with:", "org:")) for sign in node.signs & other.signs)
        ]
        if len(likely) == 1:
            yield Link(0.6, likely[0].id, node.id, "given+company")


def _new_surname(full: Sequence[Node]) -> Iterator[Link]:
    """Yield women of one given name and one telling post under two surnames: marriage, perhaps."""
    by_post: dict[tuple[str, str], list[Node]] = {}
    for node in full:
        if other_sex(node.prefixes, ("นาย",)):
            for sign in node.signs:
                if tells_given(sign):
                    by_post.setdefault((_given(node), sign), []).append(node)
    done: set[tuple[str, str]] = set()
    for holders in by_post.values():
        for index, one in enumerate(holders[:9]):
            for other in holders[index + 1 : 9]:
                a, b = ranked(one, other)
                apart = near_names(_family(a), _family(b)) > 2
                if apart and (a.id, b.id) not in done and not a.articles & b.articles:
                    done.add((a.id, b.id))
                    yield Link(0.55, a.id, b.id, "given+post, another surname")
