"""Sightings and the register -> entities, the ref of each sighting, and what to ask the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.normalise import body_links, organisations, people
from assembly_extract.normalise.decisions import Row
from assembly_extract.normalise.joins import Join, joins, parted
from assembly_extract.normalise.merges import BY_USER, Entity, Link, entities
from assembly_extract.normalise.nodes import Node, assign, most_common
from assembly_extract.normalise.sightings import by_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from assembly_extract.normalise.sightings import Sighting

WEAKEST_ASKED = 0.55
"""Links below this score are not worth a person's time."""

MOST_ASKED = 2_000
"""Of each kind the user is asked about the strongest so many; answers make room for the next."""

Refs = dict[tuple[str, int], str]
"""Which entity the nth person (organisation, place) of a record is."""


def resolve(
    kind: str, sightings: Sequence[Sighting], old: Sequence[Entity], said: Sequence[Row]
) -> tuple[Refs, list[Entity], list[Row]]:
    """Return the ref of each sighting, the entities, and the rows of ``decisions.tsv``."""
    groups: dict[str, list[Node]] = {}
    for entity in old:
        for node in entity.nodes:
            groups.setdefault(node.key, []).append(node)
    at_node: dict[tuple[str, int], str] = {}
    verdicts = {row.pair: row.verdict for row in said if row.verdict is not None}
    apart = _apart(said)
    weak: list[Join] = []
    for key, group in by_key(sightings):
        nodes = groups.setdefault(key, [])
        nodes.sort(key=lambda node: node.id)
        usable, by_time = _parting(kind, group, nodes)
        told = assign(kind, key, group, nodes, usable, by_time=by_time)
        told = parted(kind, told, nodes, usable, apart)
        weak += joins(kind, told, usable)
        at_node.update({(seen.record, seen.number): home for seen, home in told})
    every = {node.id: node for _, nodes in sorted(groups.items()) for node in nodes}
    links = list(_LINKS[kind](list(every.values())))
    found = entities(
        every,
        links,
        [link for entity in old for link in entity.links],
        verdicts,
        {node.id: entity.id for entity in old for node in entity.nodes},
    )
    owner = {node.id: entity.id for entity in found for node in entity.nodes}
    refs = {where: owner[home] for where, home in at_node.items()}
    rows = [*_rows(kind, every, owner, links, found), *_joined(kind, weak, every)]
    return refs, found, rows


def _apart(said: Sequence[Row]) -> dict[str, frozenset[str]]:
    """Return for each id with which others the user has said that it is not one."""
    found: dict[str, set[str]] = {}
    for row in said:
        if row.verdict is False:
            found.setdefault(row.a, set()).add(row.b)
    return {node: frozenset(others) for node, others in found.items()}


def _joined(kind: str, weak: Sequence[Join], nodes: dict[str, Node]) -> Iterator[Row]:
    """Yield the weakest joins within a name, which a no undoes; those that are made only."""
    for join in sorted(weak, key=lambda join: (join.score, join.a, join.b))[:MOST_ASKED]:
        if join.b not in nodes:
            yield Row(
                "", kind, join.score, join.rule, "merged", join.a, join.b, join.name, join.name,
                join.a_context, join.b_context,
            )  # fmt: skip


def _parting(
    kind: str, group: Sequence[Sighting], nodes: Sequence[Node]
) -> tuple[Callable[[str], bool] | None, bool]:
    """Return which signs tell namesakes apart, and whether time does."""
    if kind == people.KIND:
        return people.parting(group)
    if kind == organisations.KIND:
        return organisations.parting(group, nodes), False
    return None, False


def _no_links(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield nothing: a place is its code, or its name and what holds it."""
    del nodes
    yield from ()


_LINKS: dict[str, Callable[[Sequence[Node]], Iterable[Link]]] = {
    people.KIND: people.links,
    organisations.KIND: body_links.links,
    "place": _no_links,
}


def _rows(
    kind: str,
    nodes: dict[str, Node],
    owner: dict[str, str],
    links: Iterable[Link],
    found: Iterable[Entity],
) -> Iterator[Row]:
    """Yield the merges made, which a no undoes, and those not made, which a yes makes."""
    done = {(link.a, link.b): link for entity in found for link in entity.links}
    for link in done.values():
        if link.rule != BY_USER:
            yield _row(kind, nodes, link, "merged")
    best: dict[tuple[str, str], Link] = {}
    for link in links:
        pair = link.a, link.b
        if pair not in done and owner[link.a] != owner[link.b] and link.score >= WEAKEST_ASKED:
            best[pair] = max(best.get(pair, link), link)
    for link in sorted(best.values(), reverse=True)[:MOST_ASKED]:
        yield _row(kind, nodes, link, "proposed")


def _row(kind: str, nodes: dict[str, Node], link: Link, state: str) -> Row:
    a, b = nodes[link.a], nodes[link.b]
    return Row(
        "",
        kind,
        link.score,
        link.rule,
        state,
        a.id,
        b.id,
        most_common(a.names) or "",
        most_common(b.names) or "",
        a.context[2],
        b.context[2],
    )
