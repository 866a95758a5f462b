"""People of one given name whose surname is cut, taken too far, doubled, or has one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.normalise.latin import bones
from assembly_extract.normalise.merges import Link, ranked
from assembly_extract.normalise.nodes import days_apart, titles_differ
from assembly_extract.normalise.posts import is_of_country, is_telling
from assembly_extract.normalise.shares import family_of, given_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assembly_extract.normalise.nodes import Node
    from assembly_extract.normalise.shares import Shares

CAREER_DAYS = 5_500
RARE = 0.012
"""So few namesakes of the shorter name are expected."""
LEAST = 3
"""A surname that is cut within a word keeps so many letters."""
MOST_COMPARED = 400
"""Of people of one given name so many are compared, the most named ones."""


def links(full: Sequence[Node], shares: Shares) -> Iterator[Link]:
    """Yield people of one given name and of surnames of which one is a part of the other.

    A surname with words behind it is two surnames (marriage) or has a word that is none of it; one
    that ends within a word was cut, and is the only one of the archive that begins so.
    """
    by_given: dict[str, list[Node]] = {}
    for node in full:
        by_given.setdefault(given_of(node), []).append(node)
    for _, group in sorted(by_given.items()):
        most = sorted(group, key=lambda node: (-len(node.articles), node.id))[:MOST_COMPARED]
        ordered = sorted(most, key=lambda node: (family_of(node), node.id))
        for index, short in enumerate(ordered):
            family = family_of(short)
            longer = []
            for other in ordered[index + 1 :]:
                if not family_of(other).startswith(family):
                    break
                if family_of(other) != family:
                    longer.append(other)
            yield from _longer(short, longer, shares)
        yield from _middle_names(ordered)


def _longer(short: Node, longer: Sequence[Node], shares: Shares) -> Iterator[Link]:
    only = len({family_of(node) for node in longer}) == 1
    for full in longer:
        if not _may_be_one(short, full):
            continue
        a, b = ranked(short, full)
        shared = short.signs & full.signs
        company = any(not sign.startswith("at:") for sign in shared)
        if _words(full)[: len(_words(short))] == _words(short):
            rare = shares.namesakes(short, short) <= RARE
            sure = rare or any(map(is_telling, shared))
            yield Link(0.91 if sure else 0.7, a.id, b.id, "surname and more")
        elif only and len(family_of(short)) >= LEAST and shares.begun(short) <= RARE:
            yield Link(0.9 if company else 0.7, a.id, b.id, "surname, cut")


def _middle_names(ordered: Sequence[Node]) -> Iterator[Link]:
    """Yield holders of one post of one country with and without a middle name."""
    foreign = [node for node in ordered if any(map(is_of_country, node.signs))]
    for index, one in enumerate(foreign):
        for other in foreign[index + 1 :]:
            posts = {sign for sign in one.signs & other.signs if is_of_country(sign)}
            words = _words(one), _words(other)
            if posts and len(words[0]) != len(words[1]) and _may_be_one(one, other):
                last = [bones(each[-1]) for each in words]
                if last[0] == last[1] != "":
                    a, b = ranked(one, other)
                    yield Link(0.91, a.id, b.id, "middle name")


def _may_be_one(one: Node, other: Node) -> bool:
    gap = days_apart(one.days, other.days)
    career = gap is None or gap <= CAREER_DAYS
    apart = one.articles & other.articles or titles_differ(one.prefixes, other.prefixes)
    return career and not apart


def _words(node: Node) -> list[str]:
    return (node.most("family") or "").split()
