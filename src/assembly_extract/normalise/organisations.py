"""Which bodies under two names are one: listed names, abbreviations, renamings, slips."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from assembly_extract.areas import province_names
from assembly_extract.linking.organisations.groups import name_key, short_key
from assembly_extract.normalise.bodies import is_short, listed_key, names_by_key, rows_by_name
from assembly_extract.normalise.merges import Link, near_names, near_pairs, ranked
from assembly_extract.normalise.names import without_marks
from assembly_extract.normalise.nodes import most_common
from assembly_extract.resources import read_toml, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assembly_extract.normalise.nodes import Node
    from assembly_extract.normalise.sightings import Sighting

KIND = "organisation"
RENAMED = ("old", "new", "date", "change", "source")

LONG_NAME = 14
"""Shorter names that differ by a cluster are two bodies."""
RARER = 5
"""A slip of the pen is so many times rarer than the right name."""

_FIXED = re.compile(r"[0-9๐-๙]+|(?:[ก-ฮ]+\.)+|[A-Za-z]+")


def keyed(sighting: Sighting) -> Sighting:
    """Return the sighting under the key of the listed body that it names.

    An abbreviation that the list gives to one body is that body; a name that says nothing about
    which one (สำนักงาน, เทศบาล, สาธารณสุขจังหวัด) is the body of the one province that the article
    names, else the article's own.
    """
    if sighting.key in _unplaced() or sighting.key.endswith(_open_ends()):
        places = sorted(sign for sign in sighting.signs if sign.startswith("at:"))
        owner = places[0] if len(places) == 1 else sighting.record
        return replace(sighting, key=f"{sighting.key}@{owner}")
    key = listed_key(sighting.name)
    return replace(sighting, key=key) if key in names_by_key() else sighting


def is_local(sightings: Sequence[Sighting], nodes: Sequence[Node]) -> bool:
    """Say whether bodies of this name are found all over the country, so that places tell them."""
    if (sightings[0].key if sightings else nodes[0].key) in names_by_key():
        return False
    kinds = Counter(value for s in sightings for name, value in s.details if name == "kind")
    for node in nodes:
        kinds.update(node.details.get("kind", Counter()))
    best = min(kinds, key=lambda kind: (-kinds[kind], str(kind))) if kinds else None
    named = any(name in (sightings[0].key if sightings else nodes[0].key) for name in _provinces())
    return best in _facts()["local"] and not named


def tells(sign: str) -> bool:
    """Say whether a sign that two sightings of a local body share makes them one."""
    return bool(sign)


def preferred(node: Node) -> str | None:
    """Return the listed name of a body, if the list has it."""
    return names_by_key().get(node.key)


def abbreviation(node: Node) -> str | None:
    """Return the list's first abbreviation of a body, else what the articles use most."""
    listed = rows_by_name().get(preferred(node) or "")
    return (listed["abbreviations"].split(" | ")[0] if listed else None) or node.most(
        "abbreviation"
    )


def links(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield what may be one body, sure or not."""
    by_key: dict[str, list[Node]] = {}
    for node in nodes:
        by_key.setdefault(node.key, []).append(node)
    yield from _renamed(by_key)
    yield from _abbreviated(nodes)
    for one, other in near_pairs([node for node in nodes if len(node.key) >= LONG_NAME]):
        link = _spelling(*ranked(one, other))
        if link:
            yield link


def _renamed(by_key: Mapping[str, Sequence[Node]]) -> Iterator[Link]:
    for row in read_tsv("organisations_renamed.tsv", RENAMED):
        if row["change"] == "renamed":
            for old in by_key.get(name_key(row["old"]), ()):
                for new in by_key.get(name_key(row["new"]), ()):
                    a, b = ranked(new, old)
                    yield Link(1.0, a.id, b.id, f"renamed {row['date']}")


def _abbreviated(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield the links of bodies named by abbreviation only to the one that the archive defines so.

    Where it defines the abbreviation for two bodies, the one that the same province or parent tells
    is proposed.
    """
    defined: dict[str, dict[str, Node]] = {}
    for node in nodes:
        if not is_short(most_common(node.names) or ""):
            for short in node.details.get("abbreviation", ()):
                defined.setdefault(short_key(short), {})[node.id] = node
    for node in nodes:
        name = most_common(node.names) or ""
        if not is_short(name):
            continue
        found = [other for _, other in sorted(defined.get(short_key(name), {}).items())]
        if len(found) == 1:
            near = node.signs & found[0].signs
            if "@" in found[0].key and not any(sign.startswith("at:") for sign in near):
                continue  # สสจ. is another office in each province
            yield Link(0.9 if near else 0.8, found[0].id, node.id, "abbreviation")
            continue
        near_ones = [other for other in found if node.signs & other.signs]
        if len(near_ones) == 1:
            yield Link(0.7, near_ones[0].id, node.id, "abbreviation, several bodies")


def _spelling(a: Node, b: Node) -> Link | None:
    """Return the link of two long names a slip apart; numbers and areas must be the same."""
    if a.key == b.key or a.articles & b.articles or (preferred(a) and preferred(b)):
        return None
    if _fixed(a.key) != _fixed(b.key) or "@" in a.key or "@" in b.key:
        return None
    shared = a.signs & b.signs
    if without_marks(a.key) == without_marks(b.key):
        return Link(0.95 if shared else 0.85, a.id, b.id, "marks")
    apart = near_names(a.key, b.key)
    if apart > 2:
        return None
    local = a.most("kind") in _facts()["local"] or a.most("kind") in _facts()["people"]
    rarer = len(a.articles) >= RARER * len(b.articles)
    if apart == 1 and rarer and not local and a.most("kind") == b.most("kind"):
        return Link(0.92, a.id, b.id, "spelling")
    if apart == 1 and shared:
        return Link(0.75, a.id, b.id, "spelling")
    return Link(0.6, a.id, b.id, "spelling") if shared else None


def _fixed(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what must be equal in two names: their numbers, abbreviations, and the provinces."""
    return tuple(_FIXED.findall(key)), tuple(name for name in _provinces() if name in key)


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(sorted(province_names()))


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = read_toml("normalise.toml")["bodies"]
    return facts


@cache
def _unplaced() -> frozenset[str]:
    return frozenset(map(name_key, _facts()["unplaced"]))


@cache
def _open_ends() -> tuple[str, ...]:
    return tuple(_facts()["open_ends"])
