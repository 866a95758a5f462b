"""What made one node of the sightings of a name, where it was little; and taking it apart again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assembly_extract.normalise.nodes import Node, node_id
from assembly_extract.normalise.organisations import KIND as ORGANISATION
from assembly_extract.normalise.people import KIND as PERSON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from assembly_extract.normalise.nodes import Told
    from assembly_extract.normalise.sightings import Sighting

WEAK = {PERSON: ("at:", "with:title "), ORGANISATION: ("at:", "with:", "near:")}
"""A province or a title in common is less than a post, a body or a companion; of bodies, those
beside both are less than the one that the name is of."""
PLACE = (0.92, "one name, place")
COMPANY = (0.94, "one name, company")
TIME = (0.9, "one name, time")


@dataclass(frozen=True, slots=True)
class Join:
    """A part of a node that only a weak sign, or time, joins to the rest.

    ``a`` is the node's id, ``b`` the one that the part has if the user says no.
    """

    score: float
    rule: str
    a: str
    b: str
    name: str
    a_context: str
    b_context: str


def joins(kind: str, told: Sequence[Told], usable: Callable[[str], bool] | None) -> Iterator[Join]:
    """Yield the weakest joins among the sightings of one name; none where a name is one thing."""
    if usable is None:
        return
    for home, seen in _by_node(told).items():
        first, *others = _parts(kind, seen, usable)
        signs = {sign for sighting in first for sign in sighting.signs if usable(sign)}
        for part in others:
            own = {sign for sighting in part for sign in sighting.signs if usable(sign)}
            score, rule = _weakest(kind, signs & own)
            yield Join(
                score, rule, home, _part_id(kind, part), part[0].name,
                first[0].context, part[0].context,
            )  # fmt: skip


def parted(
    kind: str,
    told: list[Told],
    nodes: list[Node],
    usable: Callable[[str], bool] | None,
    apart: Mapping[str, frozenset[str]],
) -> list[Told]:
    """Take apart what the user has said no to; return whose each sighting is then.

    ``apart`` leads from a node to the parts that are none of it. A node is made again of its
    sightings, so all its articles have to be among them: else it stays until they are.
    """
    wanted = {node.id: node for node in nodes if apart.get(node.id)}
    if usable is None or not wanted:
        return told
    moved: dict[tuple[str, int], str] = {}
    for home, seen in _by_node(told).items():
        node = wanted.get(home)
        if node is None or node.articles - {sighting.record for sighting in seen}:
            continue
        known = {other.id for other in nodes}
        for part in _parts(kind, seen, usable)[1:]:
            ids = {node_id(kind, s.key, s.record) for s in part} & apart[home] - known
            if ids:
                other = Node(min(ids), node.key)
                nodes.append(other)
                for sighting in part:
                    other.add(sighting)
                    moved[sighting.record, sighting.number] = other.id
        rest = [s for s in seen if (s.record, s.number) not in moved]
        if len(rest) < len(seen):
            again = Node(node.id, node.key)
            for sighting in rest:
                again.add(sighting)
            nodes[nodes.index(node)] = again
    return [(s, moved.get((s.record, s.number), home)) for s, home in told]


def _weakest(kind: str, common: set[str]) -> tuple[float, str]:
    """Return the score and the rule of what joins a part to the rest of its node.

    Time joins no bodies: what shares nothing with the largest part does with one between.
    """
    if kind == ORGANISATION and not (common and all(sign.startswith("at:") for sign in common)):
        return COMPANY
    return PLACE if common else TIME


def _part_id(kind: str, part: Sequence[Sighting]) -> str:
    return node_id(kind, part[0].key, min(sighting.record for sighting in part))


def _by_node(told: Sequence[Told]) -> dict[str, list[Sighting]]:
    """Return the sightings of each node, in an order that is theirs alone."""
    groups: dict[str, list[Sighting]] = {}
    for sighting, home in told:
        groups.setdefault(home, []).append(sighting)
    return {
        home: sorted(groups[home], key=lambda s: (s.day or "9999", s.record, s.number))
        for home in sorted(groups)
    }


def _parts(
    kind: str, seen: Sequence[Sighting], usable: Callable[[str], bool]
) -> list[list[Sighting]]:
    """Return the sightings that strong signs connect, the largest part first."""
    parts: list[tuple[set[str], list[Sighting]]] = []
    for sighting in seen:
        strong = {s for s in sighting.signs if usable(s) and not s.startswith(WEAK[kind])}
        strong.add(f"record:{sighting.record}")
        met = [part for part in parts if not part[0].isdisjoint(strong)]
        if not met:
            parts.append((strong, [sighting]))
            continue
        signs, members = met[0]
        signs |= strong
        members.append(sighting)
        for other in met[1:]:
            signs |= other[0]
            members += other[1]
            parts = [part for part in parts if part is not other]
    order = sorted(parts, key=lambda part: (-len(part[1]), min(s.record for s in part[1])))
    return [
        sorted(members, key=lambda s: (s.day or "9999", s.record, s.number)) for _, members in order
    ]
