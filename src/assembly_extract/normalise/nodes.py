"""Nodes: the sightings of one name that are one thing beyond doubt, and how namesakes part."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from assembly_extract.normalise.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from assembly_extract.normalise.sightings import Sighting

Period = list[str]
"""First day, last day, as far as known: ``["2021-05", "2022-01-03"]`` or empty."""

NEAR_DAYS = 400
"""One full name within so many days, nothing speaking against it, is one person."""
MOST_COMPARED = 60
"""How many parts of one name are compared with each other; more have their neighbours in time."""


@dataclass(slots=True)
class Node:
    """What the archive says about one thing under one name.

    ``posts`` leads from ``(role, organisation)`` to its days and the articles that give it,
    ``details`` from a field to how often each of its values was seen.
    """

    id: str
    key: str
    articles: set[str] = field(default_factory=set)
    variants: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    prefixes: dict[str, tuple[Period, int]] = field(default_factory=dict)
    posts: dict[tuple[str, str | None], tuple[Period, set[str]]] = field(default_factory=dict)
    details: dict[str, Counter[str]] = field(default_factory=dict)
    signs: set[str] = field(default_factory=set)
    days: Period = field(default_factory=list)
    context: tuple[str, str, str] = ("", "", "")

    def add(self, sighting: Sighting) -> None:
        """Take a sighting; one of an article that the node has says nothing new."""
        if sighting.record in self.articles:
            return
        self.articles.add(sighting.record)
        self.variants.update(sighting.surfaces)
        self.names[sighting.name] += 1
        self.signs |= sighting.signs
        self.days = widened(self.days, sighting.day)
        seen = (sighting.day or "9999", sighting.record, sighting.context)
        self.context = min(self.context, seen) if self.context[1] else seen
        if sighting.prefix:
            period, count = self.prefixes.get(sighting.prefix, ([], 0))
            self.prefixes[sighting.prefix] = (widened(period, sighting.day), count + 1)
        for post in sighting.posts:
            period, articles = self.posts.get(post, ([], set()))
            self.posts[post] = (widened(period, sighting.day), articles | {sighting.record})
        for name, value in sighting.details:
            if value:
                self.details.setdefault(name, Counter())[value] += 1

    def most(self, name: str) -> str | None:
        """Return the value of a field that most articles give, of equals the first by spelling."""
        return most_common(self.details.get(name, Counter()))


def most_common(counts: Mapping[str, int]) -> str | None:
    """Return what was counted most, of equals the first by spelling."""
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def widened(period: Period, day: str | None) -> Period:
    """Return a period that holds ``day`` as well.

    >>> widened(["2021-05", "2021-05"], "2020-12-31")
    ['2020-12-31', '2021-05']
    """
    if not day:
        return period
    return [min(period[0], day), max(period[1], day)] if period else [day, day]


def node_id(kind: str, key: str, parting: str = "") -> str:
    """Return an id made of what a node is: its kind's letter and 16 hex digits.

    ``parting`` is what tells it from a namesake: the smallest of its articles' ids.
    """
    digest = hashlib.sha256(f"{kind}\0{key}\0{parting}".encode()).hexdigest()
    return f"{kind[0]}-{digest[:16]}"


Told = tuple["Sighting", str]


def assign(
    kind: str,
    key: str,
    sightings: Sequence[Sighting],
    nodes: list[Node],
    usable: Callable[[str], bool] | None,
    *,
    by_time: bool,
) -> list[Told]:
    """Give every sighting of one key its node; return ``(sighting, node id)``.

    ``nodes`` are those of the key that the register has; new ones join the list. ``usable`` says
    which signs tell that two sightings are one; without it, a key is one thing. ``by_time``: so
    does time, where nothing speaks against it. Sightings that fit two nodes go to the one with more
    signs in common: nodes of the register never become one here, for their ids have been given out.
    """
    owned = {article: node for node in nodes for article in node.articles}
    fresh = [sighting for sighting in sightings if sighting.record not in owned]
    for part in _parts(fresh, nodes, usable, by_time=by_time):
        seeds = [nodes[index] for index in part if index >= 0]
        news = [fresh[-index - 1] for index in part if index < 0]
        if not news:
            continue
        if not seeds:
            alone = not nodes
            parting = "" if alone else min(sighting.record for sighting in news)
            seeds = [Node(node_id(kind, key, parting), key)]
            nodes.append(seeds[0])
        shared = {node.id: frozenset(node.signs) for node in seeds}
        for sighting in news:
            home = min(seeds, key=lambda node: (-len(sighting.signs & shared[node.id]), node.id))
            home.add(sighting)
            owned[sighting.record] = home
    return [(sighting, owned[sighting.record].id) for sighting in sightings]


def _parts(
    fresh: Sequence[Sighting],
    nodes: Sequence[Node],
    usable: Callable[[str], bool] | None,
    *,
    by_time: bool,
) -> list[list[int]]:
    """Return the connected parts, largest first; nodes are 0, 1 .., sightings -1, -2 ...

    Which come together does not depend on their order, for sharing a sign is mutual.
    """
    items: list[tuple[int, frozenset[str] | set[str], Period, Iterable[str]]] = [
        (index, node.signs, node.days, node.prefixes) for index, node in enumerate(nodes)
    ] + [
        (-number, seen.signs, widened([], seen.day), [seen.prefix] if seen.prefix else [])
        for number, seen in enumerate(fresh, 1)
    ]
    if usable is None:
        return [[item[0] for item in items]]
    parts = _Parts()
    holder: dict[str, int] = {}
    for index, signs, _, _ in items:
        parts.find(index)
        for sign in signs:
            if usable(sign):
                parts.join(holder.setdefault(sign, index), index)
    groups: dict[int, _Part] = {}
    for index, signs, days, prefixes in items:
        part = groups.setdefault(parts.find(index), _Part())
        part.members.append(index)
        part.signs |= signs
        part.prefixes.update(prefixes)
        for day in days:
            part.days = widened(part.days, day)
    records = {-number: seen.record for number, seen in enumerate(fresh, 1)}
    found = sorted(
        groups.values(),
        key=lambda part: (
            -len(part.members),
            min(
                records.get(index, nodes[index].id if index >= 0 else "") for index in part.members
            ),
        ),
    )
    return [part.members for part in (_joined_by_time(found) if by_time else found)]


@dataclass(slots=True)
class _Part:
    members: list[int] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    days: Period = field(default_factory=list)


class _Parts:
    """Union-find."""

    def __init__(self) -> None:
        self._up: dict[int, int] = {}

    def find(self, item: int) -> int:
        self._up.setdefault(item, item)
        while self._up[item] != item:
            self._up[item] = item = self._up[self._up[item]]
        return item

    def join(self, one: int, other: int) -> None:
        one, other = self.find(one), self.find(other)
        self._up[max(one, other)] = min(one, other)


def _joined_by_time(parts: list[_Part]) -> list[_Part]:
    """Join each part to the nearest earlier one that nothing speaks against."""
    kept: list[_Part] = []
    for part in parts:
        near = [
            (gap, number)
            for number, other in enumerate(kept[:MOST_COMPARED])
            if (gap := days_apart(part.days, other.days)) is not None
            and gap <= NEAR_DAYS
            and not conflict(part.signs, other.signs)
            and not titles_differ(part.prefixes, other.prefixes)
        ]
        if not near:
            kept.append(part)
            continue
        home = kept[min(near)[1]]
        home.members += part.members
        home.signs |= part.signs
        home.prefixes |= part.prefixes
        for day in part.days:
            home.days = widened(home.days, day)
    return kept


def conflict(one: set[str], other: set[str]) -> bool:
    """Say whether posts or places speak against two being one: both have some, none in common."""
    return any(
        bool(ours) and bool(theirs) and not ours & theirs
        for ours, theirs in (
            ({s for s in one if s.startswith(what)}, {s for s in other if s.startswith(what)})
            for what in ("at:", "post:")
        )
    )


def days_apart(one: Period, other: Period) -> int | None:
    """Return how many days lie between two periods, 0 where they meet, ``None`` if unknown."""
    if not one or not other:
        return None
    bounds = [_ordinal(day) for day in (*one, *other)]
    return max(0, bounds[2] - bounds[1], bounds[0] - bounds[3])


@cache
def _ordinal(day: str) -> int:
    """Return the day's number; of a month or year its middle."""
    year, month, number = ([*map(int, day.split("-")), 0, 0])[:3]
    return date(max(1, year), month or 7, number or (15 if month else 1)).toordinal()


def titles_differ(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether titles tell two people apart: a man's and a woman's, of birth, of a service."""
    ours, theirs = tuple(one), tuple(other)
    return any(
        len(mine := of(ours)) == len(yours := of(theirs)) == 1 and mine != yours
        for of in (_sexes, _births, _services)
    )


def _sexes(prefixes: Iterable[str]) -> set[str]:
    titles = _titles()
    return {sex for prefix in prefixes for sex in ("men", "women") if prefix in titles[sex]}


def _births(prefixes: Iterable[str]) -> set[str]:
    return {
        rank[0]
        for prefix in prefixes
        for rank in _titles()["births"]
        if any(title in prefix for title in rank)
    }


def _services(prefixes: Iterable[str]) -> set[str]:
    return {
        service[0]
        for prefix in prefixes
        for service in _titles()["services"]
        if any(part in prefix for part in service)
    }


@cache
def _titles() -> dict[str, Any]:
    titles: dict[str, Any] = facts_of("titles")
    return titles
