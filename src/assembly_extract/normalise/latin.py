"""Which names of one set of consonants are one: foreign ones in two spellings, Latin letters."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from assembly_extract.normalise.facts import facts_of
from assembly_extract.normalise.merges import Link, ranked
from assembly_extract.normalise.nodes import days_apart, titles_differ
from assembly_extract.normalise.posts import is_of_country, is_telling
from assembly_extract.normalise.shares import family_of, given_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assembly_extract.normalise.nodes import Node

LONG = 6
"""Names of fewer consonants than this, given name and surname together, agree by chance."""

LONG_IN_STATE = 4
"""Two of so many consonants are one if they hold one post of one country."""
LONG_ALONE = 9
"""Two of so many consonants, the same in their order, are one though nothing else agrees."""
ALIKE = 0.8
"""The same consonants by finer classes agree in so much where no article names both."""
ALIKE_BESIDE = 0.6
"""The same where one article names both."""
ALIKE_IN_POST = 0.85
"""The same of two spellings in one post."""
NEAR_YEARS = 800
"""Days between two spellings of one name that a companion or body tells."""
MOST_COMPARED = 30
"""Of people of one set of consonants so many are compared, the most named ones."""
MOST_ASKED = 3
"""A name that more Thai names fit is nobody's in particular."""

_LATIN = re.compile(r"[a-z .'-]+")


def links(full: Sequence[Node]) -> Iterator[Link]:
    """Yield people in Latin letters with those Thai ones whose consonants are the same.

    Merged if one article names both, each the only one that fits: it gives the name twice, as in
    ``นายวันชัย คงเกษม (Mr. Wanchai Kongkasem)``. Else asked about.
    """
    latin, thai = _by_bones(full)
    for bones, group in sorted(latin.items()):
        for node in group:
            found = [
                other
                for other in thai.get(bones, ())
                if not titles_differ(node.prefixes, other.prefixes)
            ]
            beside = [
                other
                for other in found
                if node.articles & other.articles and _alike(node, other) >= ALIKE_BESIDE
            ]
            if len(beside) == 1:
                a, b = ranked(node, beside[0])
                yield Link(0.9, a.id, b.id, "Latin letters")
                continue
            alike = [other for other in found if _alike(node, other) >= ALIKE]
            for other in alike if len(alike) <= MOST_ASKED else ():
                a, b = ranked(node, other)
                yield Link(0.7, a.id, b.id, "Latin letters")


def same_consonants(full: Sequence[Node]) -> Iterator[Link]:
    """Yield people whose names differ in vowels and in the letters chosen for a foreign sound.

    Merged if they have one telling post, or exactly the same consonants by finer classes and
    anything in common within some years. Brothers (one surname, other given names) are left to the
    rules that know them.
    """
    groups: dict[tuple[str, str], list[Node]] = {}
    for node in full:
        given, family = bones(given_of(node)), bones(family_of(node))
        if not (given and family):
            continue
        long = len(given) + len(family) >= LONG
        if long:
            groups.setdefault(("", consonants(node.key)), []).append(node)
        for post in sorted(filter(is_telling, node.signs)):
            if long or (is_of_country(post) and len(given) + len(family) >= LONG_IN_STATE):
                groups.setdefault((post, f"{given} {family}"), []).append(node)
    for (post, _), group in sorted(groups.items()):
        ordered = sorted(group, key=lambda node: (-len(node.articles), node.id))[:MOST_COMPARED]
        for one, other in combinations(ordered, 2):
            if one.articles & other.articles or titles_differ(one.prefixes, other.prefixes):
                continue
            state = bool(post) and is_of_country(post)
            brothers = family_of(one) == family_of(other) and not state
            gap = days_apart(one.days, other.days)
            near = bool(one.signs & other.signs) and gap is not None and gap <= NEAR_YEARS
            near = near or len(consonants(one.key)) >= LONG_ALONE
            alike = state or (bool(post) and _alike(one, other) >= ALIKE_IN_POST)
            if not brothers and (near if not post else alike):
                yield Link(0.9, one.id, other.id, "consonants")


def _by_bones(full: Sequence[Node]) -> tuple[dict[str, list[Node]], dict[str, list[Node]]]:
    latin: dict[str, list[Node]] = {}
    thai: dict[str, list[Node]] = {}
    for node in full:
        given, family = (bones(part(node)) for part in (given_of, family_of))
        if given and family and len(given) + len(family) >= LONG:
            group = latin if _LATIN.fullmatch(given_of(node).casefold()) else thai
            group.setdefault(f"{given} {family}", []).append(node)
    return latin, thai


def _alike(one: Node, other: Node) -> float:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded when two names are to be compared

    return OSA.normalized_similarity(consonants(one.key), consonants(other.key))


def bones(name: str) -> str:
    """Return the consonants of a name by classes that its spelling in Latin letters keeps.

    Those that writers leave out or that begin no syllable are not there (ห, ว, ย; h, w, y), and of
    several of one class in a row there is one.

    >>> bones("คงเกษม"), bones("Kongkasem"), bones("จันทร์โอชา"), bones("Chan-o-cha")
    ('KGKTM', 'KGKTM', 'TNT', 'TNT')
    """
    return "".join(one for one, _ in groupby(consonants(name).translate(_coarse())))


def consonants(name: str) -> str:
    """Return the consonants by finer classes.

    >>> consonants("วันชัย"), consonants("Wanchai")
    ('WNCY', 'WNC')
    """
    lower = name.casefold()
    facts = facts_of("sounds")["consonants"]
    if _LATIN.fullmatch(lower):
        for letters, one in facts["latin"]:
            lower = lower.replace(letters, one)
        found = lower
    else:
        found = _silent().sub("", name.replace(facts["vowel"], "")).translate(_thai())
    return "".join(letter for letter in found if letter in facts["thai"])


@cache
def _silent() -> re.Pattern[str]:
    return re.compile(facts_of("sounds")["consonants"]["silent"])


@cache
def _thai() -> dict[int, str]:
    classes: dict[str, str] = facts_of("sounds")["consonants"]["thai"]
    return {ord(letter): one for one, letters in classes.items() for letter in letters}


@cache
def _coarse() -> dict[int, str]:
    coarse: dict[str, str] = facts_of("sounds")["consonants"]["coarse"]
    return {ord(fine): one for fine, one in coarse.items()}
