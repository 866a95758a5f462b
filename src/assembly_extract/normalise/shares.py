"""How many people of one name an archive lets expect: two of a rare name are one."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from assembly_extract.normalise.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assembly_extract.normalise.nodes import Node


def given_of(node: Node) -> str:
    """Return the key of a person's given name."""
    return name_key(node.most("given") or "")


def family_of(node: Node) -> str:
    """Return the key of a person's surname, empty if none is known."""
    return name_key(node.most("family") or "")


class Shares:
    """The given names and surnames of an archive, each with how many full names have it.

    A Thai surname is one family's by law, so that a full name is two people's where the given name
    is frequent and the surname has many bearers. The expectation is that of independent halves,
    ``share of the given name * bearers of the surname``; the share is its upper bound (two standard
    deviations and two), so that a small archive calls no name rare. What was counted are names, not
    mentions: the second archive of a register adds to it, a rerun does not.
    """

    def __init__(self, full: Iterable[Node]) -> None:
        names = {node.key: (given_of(node), family_of(node)) for node in full}
        self._given = Counter(given for given, _ in names.values())
        self._family = Counter(family for _, family in names.values())
        self._families = sorted(self._family)
        self._total = max(1, len(names))

    def begun(self, node: Node) -> float:
        """Return how many bearers of surnames that begin so are expected to have a given name."""
        family = family_of(node)
        at = bisect_left(self._families, family)
        bearers = 0
        while at < len(self._families) and self._families[at].startswith(family):
            bearers += self._family[self._families[at]]
            at += 1
        return self._share(self._given[given_of(node)]) * bearers

    def namesakes(self, one: Node, other: Node) -> float:
        """Return how many bearers of either surname are expected to have such a given name."""
        count = max(self._given[given_of(node)] for node in (one, other))
        bearers = sum(self._family[name] for name in {family_of(one), family_of(other)})
        return self._share(count) * bearers

    def _share(self, count: int) -> float:
        return (count + 2 * math.sqrt(count) + 2) / self._total
