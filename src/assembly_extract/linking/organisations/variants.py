"""Cut and misspelt names joined to the full and right one, within an article that has both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.linking.organisations.groups import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.linking.organisations.groups import Group

_SHORTEST = 11
"""Shorter names differ by one letter and are two bodies."""
_MOST_EDITS = 2
_MOST = 0.6
"""How much of a name its cut form has; less may be another body (มูลนิธิเด็ก, มูลนิธิเด็กอ่อน)."""
_NUMBERS = re.compile(r"[0-9๐-๙]+")
_AREA = re.compile(r"(?:จังหวัด|อำเภอ|ตำบล|เทศบาล|อบต\.|อบจ\.).*")


def merge_variants(groups: Sequence[Group]) -> list[Group]:
    """Return the groups after cut names (X ฯ) and misspelt ones have joined their body."""
    kept: list[Group] = []
    for group in sorted(groups, key=lambda g: (-len(g.name), g.mentions[0].start)):
        bodies = [other for other in kept if _is_cut(group, other) or _is_misspelt(group, other)]
        if len(bodies) == 1:
            bodies[0].absorb(group)
        else:
            kept.append(group)
    return kept


def _is_cut(short: Group, full: Group) -> bool:
    """Say whether ``short`` is ``full`` cut off.

    Its ฯ says so, or a จังหวัด without its name, or what is missing is a further name after a space
    (สำนักอนามัย, สำนักอนามัย กทม.). A local body without its area is the one with it.
    """
    name = short.name
    if short.known:
        local = short.kind == "local_government" and not full.known
        return local and full.name.startswith(name)
    if full.name.startswith(name + " ") or _is_most(name, full):
        return True
    if not name.endswith(("ฯ", "จังหวัด")):
        return False
    return name_key(full.name).startswith(name_key(name))


def _is_most(name: str, full: Group) -> bool:
    """Say whether an unlisted name is most of another's, from its beginning."""
    return not full.known and full.name.startswith(name) and len(name) >= _MOST * len(full.name)


def _is_misspelt(one: Group, other: Group) -> bool:
    """Say whether two names are one but for a slip of the pen.

    Not when both are in the list, when their numbers differ, or when what differs is an area.
    """
    if one.known and other.known:
        return False
    left, right = name_key(one.name), name_key(other.name)
    if min(len(left), len(right)) < _SHORTEST or abs(len(left) - len(right)) > _MOST_EDITS:
        return False
    if _NUMBERS.findall(left) != _NUMBERS.findall(right) or _areas(left) != _areas(right):
        return False
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - loaded when two names are near

    return Levenshtein.distance(left, right, score_cutoff=_MOST_EDITS) <= _MOST_EDITS


def _areas(name: str) -> str:
    found = _AREA.search(name)
    return found[0] if found else ""
