"""Cut and misspelt names joined to the full and right one, within an article that has both."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.linking.organisations.groups import GRAMMAR, name_key, short_key
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.linking.organisations.groups import Group

_SHORTEST = 11
"""Shorter names differ by one letter and are two bodies."""
_ALIKE = 3
_MOST_EDITS = 2
_MOST = 0.6
"""How much of a name its cut form has; less may be another body (มูลนิธิเด็ก, มูลนิธิเด็กอ่อน)."""
_NUMBERS = re.compile(r"[0-9๐-๙]+")


@cache
def _area() -> re.Pattern[str]:
    """Match the area that a name ends with, from its prefix word on."""
    listed = sorted(read_toml(GRAMMAR)["linking"]["areas"], key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, listed))}).*")


class _Named(NamedTuple):
    """A group, and its name as it is compared."""

    group: Group
    name: str
    key: str
    fixed: tuple[str, ...]

    @classmethod
    def of(cls, group: Group) -> _Named:
        name = group.name
        key = name_key(name)
        area = _area().search(key)
        return cls(group, name, key, (area[0] if area else "", *_NUMBERS.findall(key)))


def merge_variants(groups: Sequence[Group]) -> list[Group]:
    """Return the groups after cut names (X ฯ) and misspelt ones have joined their body.

    Only names that begin alike are compared, so that long lists of bodies cost no more than short.
    """
    alike: dict[str, list[_Named]] = {}
    for named in sorted(map(_Named.of, groups), key=_longest_first):
        kept = alike.setdefault(named.key[:_ALIKE], [])
        bodies = [other for other in kept if _is_cut(named, other)]
        bodies = bodies or [other for other in kept if _is_misspelt(named, other)]
        if len(bodies) == 1:
            bodies[0].group.absorb(named.group)
        else:
            kept.append(named)
    return [named.group for kept in alike.values() for named in kept]


def _longest_first(named: _Named) -> tuple[int, int]:
    return -len(named.name), named.group.mentions[0].start


def _is_cut(short: _Named, full: _Named) -> bool:
    """Say whether ``short`` is ``full`` cut off.

    Its ฯ says so, or a จังหวัด without its name, or what is missing is a further name after a space
    (สำนักอนามัย, สำนักอนามัย กทม.), or it is most of an unlisted name. A local body without its area
    is the one with it.
    """
    if short.group.known:
        local = short.group.kind == "local_government" and not full.group.known
        return local and full.name.startswith(short.name)
    if _defined_apart(short.group, full.group):
        return False
    if full.name.startswith(short.name):
        most = not full.group.known and len(short.name) >= _MOST * len(full.name)
        if most or full.name.startswith(" ", len(short.name)):
            return True
    cut = short.name.endswith("จังหวัด") or any(
        mention.text.endswith("ฯ") for mention in short.group.mentions
    )
    return cut and full.key.startswith(short.key)


def _defined_apart(one: Group, other: Group) -> bool:
    """Say whether the article gives each its own letters: ศูนย์X (ศพ.), ศูนย์Xอำเภอ (ศพ.อ.)."""
    if not (one.defined and other.defined):
        return False
    return short_key(one.defined) != short_key(other.defined)


def _is_misspelt(one: _Named, other: _Named) -> bool:
    """Say whether two names are one but for a slip of the pen.

    Not when both are in the list, when their numbers differ, or when what differs is an area.
    """
    if (one.group.known and other.group.known) or one.fixed != other.fixed:
        return False
    sizes = len(one.key), len(other.key)
    if min(sizes) < _SHORTEST or abs(sizes[0] - sizes[1]) > _MOST_EDITS:
        return False
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - loaded when two names are near

    return Levenshtein.distance(one.key, other.key, score_cutoff=_MOST_EDITS) <= _MOST_EDITS
