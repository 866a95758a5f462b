"""People named by a given name alone, and women of two surnames: told by post and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.normalise.facts import facts_of
from assembly_extract.normalise.merges import Link, joined, near_names, ranked
from assembly_extract.normalise.nodes import days_apart, titles_differ
from assembly_extract.normalise.shares import family_of, given_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from assembly_extract.normalise.nodes import Node

HOLDS_DAYS = 800
"""A given name alone is the post's holder of within so many days."""
MUCH_NAMED = 4
NEARLY_ALL = 0.95
"""A given name alone means who has so many articles, and so much of those with the given name."""
MOST_HOLDERS = 9
"""Women of one given name and post are compared with so many others."""


def given_only(
    nodes: Sequence[Node],
    full: Sequence[Node],
    links: Iterable[Link],
    tells: Callable[[str], bool],
) -> Iterator[Link]:
    """Yield the links of given names alone to the one person of that name who held the post.

    ``links`` say which full names are one person under two spellings: those are one holder.
    """
    person = joined(full, links)
    by_given: dict[str, list[Node]] = {}
    for node in full:
        by_given.setdefault(given_of(node), []).append(node)
    for node in nodes:
        if node.most("family"):
            continue
        held = {sign for sign in node.signs if tells(sign)}
        found = [
            other
            for other in by_given.get(node.key, ())
            if not titles_differ(node.prefixes, other.prefixes)
            and not node.articles & other.articles
        ]
        holders = [
            other
            for other in found
            if held & other.signs
            and (gap := days_apart(node.days, other.days)) is not None
            and gap <= HOLDS_DAYS
        ]
        if len({person[other.id] for other in holders}) == 1:
            yield Link(0.9, _most_named(holders).id, node.id, "given+post+time")
            continue
        likely = [
            other
            for other in found
            if any(sign.startswith(("with:", "org:")) for sign in node.signs & other.signs)
        ]
        if len({person[other.id] for other in likely}) == 1:
            known = _most_named(likely)
            named = [other for other in by_given[node.key] if person[other.id] == person[known.id]]
            sure = _is_meant(node, named, by_given[node.key])
            yield Link(0.9 if sure else 0.6, known.id, node.id, "given+company")


def _is_meant(node: Node, named: Sequence[Node], bearers: Sequence[Node]) -> bool:
    """Say whether a given name is that of the one whom nearly all articles with it name.

    The article is of that person's time and gives no title that others do not give.
    """
    articles = set().union(*(other.articles for other in named))
    total = set().union(*(other.articles for other in bearers))
    titles = {title for other in named for title in other.prefixes}
    gaps = [days_apart(node.days, other.days) for other in named]
    return (
        len(articles) >= MUCH_NAMED
        and len(articles) >= NEARLY_ALL * len(total)
        and 0 in gaps
        and set(node.prefixes) <= titles
    )


def _most_named(nodes: Sequence[Node]) -> Node:
    return min(nodes, key=lambda node: (-len(node.articles), node.id))


def new_surname(full: Sequence[Node], tells: Callable[[str], bool]) -> Iterator[Link]:
    """Yield women of one given name and one telling post under two surnames: marriage, perhaps."""
    a_mans = facts_of("titles")["men"][:1]
    by_post: dict[tuple[str, str], list[Node]] = {}
    for node in full:
        if titles_differ(node.prefixes, a_mans):
            for sign in node.signs:
                if tells(sign):
                    by_post.setdefault((given_of(node), sign), []).append(node)
    done: set[tuple[str, str]] = set()
    for holders in by_post.values():
        for index, one in enumerate(holders[:MOST_HOLDERS]):
            for other in holders[index + 1 : MOST_HOLDERS]:
                a, b = ranked(one, other)
                apart = near_names(family_of(a), family_of(b)) > 2
                if apart and (a.id, b.id) not in done and not a.articles & b.articles:
                    done.add((a.id, b.id))
                    yield Link(0.55, a.id, b.id, "given+post, another surname")
