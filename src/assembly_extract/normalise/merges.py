"""Which nodes are one thing under two names: proposed with a rule and a score, judged by users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assembly_extract.normalise.names import halves, slips, sound_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assembly_extract.normalise.nodes import Node

SURE = 0.9
"""From this score on two nodes are merged unless the user says no; below, the user is asked."""
BY_USER = "user"
"""The rule of a link that a yes in decisions.tsv makes."""
LARGEST_BLOCK = 60
"""Nodes of a block beyond this are compared with their neighbours in spelling only."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two nodes that are, or may be, one: ``b`` is the one with fewer articles."""

    score: float
    a: str
    b: str
    rule: str


def near_pairs(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    """Yield the pairs whose names sound nearly alike, each once; near-linear in the nodes."""
    blocks: dict[str, list[Node]] = {}
    for node in sorted(nodes, key=lambda node: (node.key, node.id)):
        for block in halves(sound_key(node.key)):
            blocks.setdefault(block, []).append(node)
    done: set[tuple[str, str]] = set()
    for block in sorted(blocks):
        group = blocks[block]
        reach = min(LARGEST_BLOCK, len(group))
        for index, one in enumerate(group):
            for other in group[index + 1 : index + 1 + reach]:
                pair = (min(one.id, other.id), max(one.id, other.id))
                if pair not in done and abs(len(one.key) - len(other.key)) <= _MOST_LONGER:
                    done.add(pair)
                    yield one, other


_MOST_LONGER = 4


def joined(nodes: Iterable[Node], links: Iterable[Link]) -> dict[str, str]:
    """Return for each node the thing that sure links make it: one name of them all."""
    up = {node.id: node.id for node in nodes}

    def top(name: str) -> str:
        while up[name] != name:
            up[name] = name = up[up[name]]
        return name

    for link in links:
        if link.score >= SURE and link.a in up and link.b in up:
            one, other = sorted((top(link.a), top(link.b)))
            up[other] = one
    return {name: top(name) for name in up}


def ranked(one: Node, other: Node) -> tuple[Node, Node]:
    """Return two nodes, the one with more articles first; of equals the smaller id."""
    if (-len(one.articles), one.id) <= (-len(other.articles), other.id):
        return one, other
    return other, one


def near_names(one: str, other: str, most: int = 2) -> int:
    """Return by how many clusters two names differ, at most ``most + 1``."""
    return slips(one, other, most)


@dataclass(frozen=True, slots=True)
class Entity:
    """Nodes that are one: ``id`` is the principal node's, ``links`` say why."""

    id: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def entities(
    nodes: Mapping[str, Node],
    links: Iterable[Link],
    settled: Iterable[Link],
    verdicts: Mapping[tuple[str, str], bool],
    principal: Mapping[str, str],
) -> list[Entity]:
    """Join nodes by the links that are sure or that the user has confirmed.

    ``verdicts`` leads from a pair of node ids (the smaller first) to yes or no. A node joins at
    most two others that have more articles, its best and the largest; a yes always joins. A link
    never brings together what a no keeps apart, nor two entities of the register without a yes:
    ``settled`` are its links, and ``principal`` leads from a node to the entity that an earlier
    run gave it.
    """
    owner = {name: name for name in nodes}
    members: dict[str, list[str]] = {name: [name] for name in nodes}
    kept: dict[str, list[Link]] = {name: [] for name in nodes}
    apart = {pair for pair, verdict in verdicts.items() if not verdict}

    def join(link: Link) -> None:
        one, other = owner[link.a], owner[link.b]
        if one == other or _barred(members[one], members[other], apart):
            return
        for name in members[other]:
            owner[name] = one
        members[one] += members.pop(other)
        kept[one] += [*kept.pop(other), link]

    for pair in sorted(pair for pair, verdict in verdicts.items() if verdict):
        if pair[0] in nodes and pair[1] in nodes:
            a, b = ranked(nodes[pair[0]], nodes[pair[1]])
            join(Link(1.0, a.id, b.id, BY_USER))
    for link in sorted(settled, key=_strongest_first):
        if (
            link.rule != BY_USER
            and link.a in nodes
            and link.b in nodes
            and _pair(link) not in apart
        ):
            join(link)
    sure = [link for link in links if link.score >= SURE and _pair(link) not in apart]
    for link in _best(sure, nodes):
        given = {
            principal[name]
            for side in (link.a, link.b)
            for name in members[owner[side]]
            if name in principal
        }
        if len(given) < 2:
            join(link)
    return [
        _entity([nodes[name] for name in names], kept[root], principal)
        for root, names in sorted(members.items())
    ]


def _best(links: Iterable[Link], nodes: Mapping[str, Node]) -> list[Link]:
    """Return for each smaller node its strongest link and that to the largest, strongest first."""
    strongest: dict[str, Link] = {}
    largest: dict[str, Link] = {}
    for link in sorted(links, key=_strongest_first):
        strongest.setdefault(link.b, link)
        known = largest.setdefault(link.b, link)
        if len(nodes[link.a].articles) > len(nodes[known.a].articles):
            largest[link.b] = link
    return sorted({*strongest.values(), *largest.values()}, key=_strongest_first)


def _entity(nodes: list[Node], links: list[Link], principal: Mapping[str, str]) -> Entity:
    """Return the entity of some nodes; its id is that of the largest that had given its name."""
    ordered = sorted(nodes, key=lambda node: (-len(node.articles), node.id))
    here = {node.id for node in nodes}
    known = [principal[node.id] for node in ordered if principal.get(node.id) in here]
    return Entity(
        min(set(known), key=lambda name: (-known.count(name), name)) if known else ordered[0].id,
        tuple(ordered),
        tuple(sorted(links, key=_strongest_first)),
    )


def _barred(one: Sequence[str], other: Sequence[str], apart: set[tuple[str, str]]) -> bool:
    return bool(apart) and any((min(a, b), max(a, b)) in apart for a in one for b in other)


def _strongest_first(link: Link) -> tuple[float, str, str, str]:
    return -link.score, link.a, link.b, link.rule


def _pair(link: Link) -> tuple[str, str]:
    return min(link.a, link.b), max(link.a, link.b)
