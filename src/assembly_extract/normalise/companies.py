"""Companies under two spellings of a foreign word, in Thai or in Latin letters."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from assembly_extract.normalise.facts import body_facts
from assembly_extract.normalise.latin import bones, consonants
from assembly_extract.normalise.merges import Link, ranked
from assembly_extract.normalise.names import clusters
from assembly_extract.normalise.telling import shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assembly_extract.normalise.nodes import Node

KIND = "company"
LONG = 7
"""Names of fewer consonants agree by chance."""
LONG_SPELT = 16
"""A slip of the pen is looked for in names of so many clusters."""
LONG_HEARD = 9
"""The same where both have the same consonants."""
ALIKE = 0.75
"""Two Thai spellings of one foreign word agree in so much of their letters."""
MOST_COMPARED = 12


def links(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield companies whose names have the same consonants by classes.

    Thai spellings of a foreign word differ in vowels and silent letters (แอสตร้าเซนเนก้า); one in
    Latin letters is the only Thai one that has its consonants.
    """
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        if node.most("kind") == KIND and "@" not in node.key:
            core = core_of(node.key)
            if len(found := bones(core)) >= LONG:
                groups.setdefault(found, []).append(node)
    for _, group in sorted(groups.items()):
        ordered = sorted(group, key=lambda node: (-len(node.articles), node.id))[:MOST_COMPARED]
        for one, other in combinations(ordered, 2):
            if one.key == other.key or _digits(one.key) != _digits(other.key):
                continue
            a, b = ranked(one, other)
            cores = core_of(one.key), core_of(other.key)
            latin = [core.isascii() for core in cores]
            if any(latin):
                if shared(one.signs, other.signs):
                    yield Link(0.7, a.id, b.id, "consonants")
            elif consonants(cores[0]) == consonants(cores[1]) and _alike(*cores) >= ALIKE:
                yield Link(0.91, a.id, b.id, "consonants")


def core_of(key: str) -> str:
    """Return a company's name without the words for what it is.

    >>> core_of("บริษัททุ่งทอง(ประเทศไทย)"), core_of("ทุ่งทอง")
    ('ทุ่งทอง', 'ทุ่งทอง')
    """
    facts = body_facts()
    for head in facts["company_heads"]:
        key = key.removeprefix(head)
    for tail in facts["company_tails"]:
        key = key.removesuffix(tail)
    return key


def is_slip(one: str, other: str, apart: int) -> bool:
    """Say whether two long names of companies differ by one cluster, and not by a number."""
    cores = core_of(one), core_of(other)
    size = min(len(clusters(core)) for core in cores)
    long = size >= LONG_SPELT or (size >= LONG_HEARD and bones(cores[0]) == bones(cores[1]))
    return apart == 1 and long and _digits(one) == _digits(other)


def _digits(key: str) -> str:
    return "".join(filter(str.isdigit, key))


def _alike(one: str, other: str) -> float:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded when two names are to be compared

    return OSA.normalized_similarity(one, other)
