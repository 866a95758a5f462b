"""Names that the recogniser of bodies has cut, with the end that a post's words give them.

ประธานคณะกรรมการแก้ไขปัญหาการแพร่ระบาด|ของปลาหมอคางดำ before a name: the post ends where the name does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.linking.organisations.groups import GRAMMAR, value_of
from assembly_extract.resources import read_toml
from assembly_extract.tokens import tokenise
from assembly_extract.types.names import PostValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assembly_extract.types.mention import Mention

_CUT = "grammar"  # the rules of names whose end was read
_MOST = 50  # characters that a post adds to a name
_GAP = 2
_GLUED = re.compile(r"[ก-๎][^\s.]*")


def with_whole_names(
    bodies: Sequence[Mention], mentions: Sequence[Mention], text: str
) -> list[Mention]:
    """Return the bodies, those with the whole name that a post has which stands beside a person.

    Only glued on, and without a word that begins a clause, a person or a body. ``mentions`` are
    all of the article. Known cost: a verb of no list that a post has taken in.
    """
    posts = {
        start + post.text.index(body): start + post.text.index(body) + len(body)
        for start, post, body in _held(mentions)
    }
    if not posts:
        return list(bodies)
    starts = {mention.start for mention in bodies}
    return [_whole(mention, posts.get(mention.start, 0), starts, text) for mention in bodies]


def _held(mentions: Iterable[Mention]) -> Iterable[tuple[int, Mention, str]]:
    """Yield the posts that stand right beside a person, with the body that their words name."""
    named = [m for m in mentions if m.kind == "person"]
    begun = {m.start for m in named}
    ended = {m.end for m in named}
    for post in mentions:
        if post.kind != "post" or not isinstance(post.value, PostValue):
            continue
        body = post.value.organisation
        beside = any(post.end + gap in begun for gap in range(_GAP + 1)) or any(
            post.start - gap in ended for gap in range(_GAP + 1)
        )
        if body and beside and body in post.text:
            yield post.start, post, body


def _whole(mention: Mention, end: int, starts: set[int], text: str) -> Mention:
    value = value_of(mention)
    if end <= mention.end or end > mention.end + _MOST or value.known or value.abbreviation:
        return mention
    more = text[mention.end : end]
    if not mention.rule.startswith(_CUT) or not _GLUED.fullmatch(more):
        return mention
    if any(mention.end <= start < end for start in starts):
        return mention
    words = {more[a:b] for a, b in tokenise(more)}
    if words & _no_part() or more.startswith(_further()):
        return mention
    name = text[mention.start : end]
    return replace(mention, end=end, text=name, value=replace(value, name=name))


@cache
def _no_part() -> frozenset[str]:
    """Return the words that no name holds behind where it was cut."""
    grammar = read_toml(GRAMMAR)
    clauses: str = grammar["definitions"]["clauses"]
    return frozenset({*clauses.split(), *grammar["linking"]["not_whole"]})


@cache
def _further() -> tuple[str, ...]:
    return tuple(read_toml(GRAMMAR)["ends"]["heads"].split())
