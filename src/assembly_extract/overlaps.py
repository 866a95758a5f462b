"""The one policy for mentions that share characters: which reading stands.

Names and dates come first: a person's name or a date is never cut by a longer reading that only
crosses it. Of the rest the longer reading wins, because a place inside a post's, a body's or a
venue's name is part of that name (ผู้ว่าราชการจังหวัดน่าน does not mention the province น่าน).
A post or a room may end inside the longer name of the body that it names. Equal spans go to the
better score; but where something happened at a body (ณ ศูนย์… (ศบค.)), it is a venue all the same.
What may lie inside another and still stand is in ``_MAY_HOLD``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.types.names import OrganisationValue
from assembly_extract.types.places import PlaceValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.types.mention import Kind, Mention

# outer kind -> inner kinds that are readings of their own
_MAY_HOLD: dict[Kind, frozenset[Kind]] = {
    # รัฐมนตรีว่าการกระทรวงแรงงาน names the ministry too
    "post": frozenset({"organisation"}),
    # a committee of a ministry; linking keeps the inner one as parent
    "organisation": frozenset({"organisation"}),
}

# ที่สำนักงาน… (ป.ป.ช.) is as long a name as the building that the sentence says it happened in.
_ABBREVIATION = re.compile(r"\s*\([^()]{1,15}\)$")

_EVER_BODIES = frozenset({"university"})
"""Kinds of bodies that a venue of their name does not take the place of ..."""

_COMPANY = "company"
"""... nor where the venue's name ends in it: whoever visits a company's works meets a body."""

_WRITTEN_OUT = "grammar:weak"
"""The rule that reads a company's name with the words that open and end it."""

_UNIT = "grammar:unit"
"""The rule that reads a unit's name with the body's that it is part of."""

_SEATED = 0.85
"""Score of a venue that stands beside a university of the list, which is surer."""

_SITED = 0.9
"""Score of a venue that the sentence says for sure that something happened in."""

# Lower goes first. A crossing (not nesting) rival of a later rank loses whatever its length.
_RANK: dict[Kind, int] = {"person": 0, "date": 0, "organisation": 1, "post": 1, "place": 1}


def resolve(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that stand, sorted by place; the rest lost to an overlapping one.

    Theme mentions are evidence, not readings: all of them stand. The outcome does not depend on the
    order of ``mentions``; of equal mentions one stands.
    """
    single: list[Mention] = []
    for mention in _ordered(mentions):
        if not single or mention.start != single[-1].start or mention != single[-1]:
            single.append(mention)
    contenders = [mention for mention in single if mention.kind != "theme"]
    kept = {id(mention) for cluster in _clusters(contenders) for mention in _standing(cluster)}
    return [mention for mention in single if mention.kind == "theme" or id(mention) in kept]


def _ordered(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions by :func:`_position`, which only those with one start are asked for."""
    by_start: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_start.setdefault(mention.start, []).append(mention)
    for start in sorted(by_start):
        here = by_start[start]
        yield from here if len(here) == 1 else sorted(here, key=_position)


def _clusters(ordered: Iterable[Mention]) -> Iterator[list[Mention]]:
    """Yield groups of mentions that hang together by overlap, so that cost stays linear."""
    cluster: list[Mention] = []
    reached = 0
    for mention in ordered:
        if cluster and mention.start >= reached:
            yield cluster
            cluster = []
        cluster.append(mention)
        reached = max(reached, mention.end) if len(cluster) > 1 else mention.end
    if cluster:
        yield cluster


def _standing(cluster: list[Mention]) -> list[Mention]:
    if len(cluster) == 1:
        return cluster
    kept: list[Mention] = []
    for mention in _without_crossed(sorted(cluster, key=_precedence)):
        if all(_stands_with(mention, rival) for rival in kept if _overlap(mention, rival)):
            kept.append(mention)
    return kept


def _precedence(mention: Mention) -> tuple[object, ...]:
    size = mention.end - mention.start
    return (-size, -mention.score, mention.start, mention.kind, mention.rule, _Shown(mention.value))


def _position(mention: Mention) -> tuple[object, ...]:
    value = _Shown(mention.value)
    return (mention.start, -mention.end, mention.kind, mention.rule, value, -mention.score)


class _Shown:
    """Orders values by their ``repr``, which is made only where all before it in a key is equal."""

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        self._value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shown) and repr(self._value) == repr(other._value)

    def __lt__(self, other: _Shown) -> bool:
        return repr(self._value) < repr(other._value)

    __hash__ = None  # type: ignore[assignment] # only for comparing


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _within(inner: Mention, outer: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _without_crossed(ordered: list[Mention]) -> list[Mention]:
    """Drop mentions that cut into a name or a date without holding the whole of it."""
    firm = [mention for mention in ordered if _RANK[mention.kind] == 0]
    return [
        mention
        for mention in ordered
        if _RANK[mention.kind] == 0
        or not any(
            _overlap(mention, name) and not _within(name, mention) and not _within(mention, name)
            for name in firm
        )
    ]


def _stands_with(mention: Mention, rival: Mention) -> bool:
    """Say whether ``mention`` may stand although the better ``rival`` shares characters with it."""
    if (mention.start, mention.end, mention.kind) == (rival.start, rival.end, rival.kind):
        return False
    if _runs_on(mention, rival) or _runs_on(rival, mention):
        return True
    if _is_site_of(mention, rival) or _is_named_seat(mention, rival):
        return True
    if mention.score >= _SEATED and _is_named_seat(rival, mention):
        return True
    return _within(mention, rival) and mention.kind in _MAY_HOLD.get(rival.kind, ())


def _is_site_of(place: Mention, body: Mention) -> bool:
    """Say whether a body's name, up to its abbreviation, also says where something happened.

    So may a unit's before its university's: ณ คณะวิทยาศาสตร์ มหาวิทยาลัย….
    """
    name, value = _ABBREVIATION.sub("", body.text), body.value
    unit = isinstance(value, OrganisationValue) and value.category in _EVER_BODIES
    unit = unit and body.rule == _UNIT
    return (
        body.kind == "organisation"
        and isinstance(place.value, PlaceValue)
        and place.value.located
        and place.score >= _SITED
        and place.start == body.start
        and (name == place.text or (unit and name.startswith(f"{place.text} ")))
    )


def _is_named_seat(body: Mention, place: Mention) -> bool:
    """Say whether a body that counts wherever it is named lies in its own grounds."""
    value = body.value
    if place.kind != "place" or not isinstance(value, OrganisationValue):
        return False
    if body.end != place.end or body.start < place.start:
        return False
    whole = body.start == place.start
    if value.category == _COMPANY:
        return whole or body.rule == _WRITTEN_OUT  # โรงงาน|บริษัท … จำกัด
    return whole and value.category in _EVER_BODIES


def _runs_on(head: Mention, body: Mention) -> bool:
    """Say whether a post or a room ends inside the name of the body that it names: both stand.

    คณบดีคณะวิทยาศาสตร์ is a post and ห้องประชุมคณะวิทยาศาสตร์ a room, คณะวิทยาศาสตร์ มหาวิทยาลัย… the whole
    name of the body.
    """
    kinds = head.kind in {"post", "place"} and body.kind == "organisation"
    return kinds and head.start < body.start < head.end < body.end
