"""Recogniser of people and posts: Document -> mentions.

Order: royal styles; names after titles; names that the tagger saw without a title; then posts,
which lean on the names beside them. A mention of kind ``person`` covers title and name, one of kind
``post`` the role's text as written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.recognise.people.english import english_people
from assembly_extract.recognise.people.names import Name, parse_name
from assembly_extract.recognise.people.post_bodies import body_of
from assembly_extract.recognise.people.posts import PostFinder
from assembly_extract.recognise.people.royal import find_royals
from assembly_extract.recognise.people.scan import Scan
from assembly_extract.recognise.people.short_forms import settle
from assembly_extract.recognise.people.stacks import find_stacks
from assembly_extract.recognise.people.tagged import tagged_people
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import PersonValue, PostValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assembly_extract.recognise.people.stacks import Stack
    from assembly_extract.types.article import Document

_AGAIN = 0.8


def recognise_people(document: Document) -> Iterable[Mention]:
    """Yield the people and the posts of the document."""
    if document.article.is_english:
        yield from english_people(document.text)
        return
    scan = Scan(document.text, document.spans_labelled("PERSON"))
    people = list(_people(document, scan))
    yield from people
    finder = PostFinder(scan, [(mention.start, mention.end) for mention in people])
    for post in finder:
        text = document.text[post.start : post.end]
        value = PostValue(text, body_of(document.text, scan.edges, post))
        yield Mention(post.start, post.end, text, "post", f"post:{post.takes}", 0.9, value)


def _people(document: Document, scan: Scan) -> Iterator[Mention]:
    text = document.text
    taken: list[tuple[int, int]] = []
    for royal in find_royals(scan):
        taken.append((royal.start, royal.end))
        value = PersonValue(royal.name, royal.prefix)
        surface = text[royal.start : royal.end]
        yield Mention(royal.start, royal.end, surface, "person", royal.rule, 1.0, value)
    titled: list[tuple[int, str | None, Name]] = []
    unnamed: list[Stack] = []
    for stack in find_stacks(scan):
        if any(start < stack.end and stack.start < end for start, end in taken):
            continue
        name = parse_name(scan, stack)
        if name is None:
            unnamed.append(stack)
            continue
        start = name.start if stack.use == "post" else stack.start
        prefix = None if stack.use == "post" else text[stack.start : stack.end]
        titled.append((start, prefix, name))
        taken.append((start, name.end))
    again = _named_before(scan, unnamed, titled)
    taken += [(start, name.end) for start, _, name in again]
    titled += again
    titled.sort(key=lambda found: found[0])
    settled = settle(scan, titled)
    for start, prefix, name in settled:
        yield _mention(text, start, prefix, name)
    known = {name.given for _, _, name in settled if name.family and name.given}
    for name in tagged_people(document, scan, taken, known):
        yield _mention(text, name.start, None, name)


def _named_before(
    scan: Scan, unnamed: Sequence[Stack], titled: Sequence[tuple[int, str | None, Name]]
) -> list[tuple[int, str | None, Name]]:
    """Return the titles before a given name that the text has with the same title and a surname.

    A given name made of words is none by itself (ดร.ใจอาจ), but is one behind ดร.ใจอาจ ศรีสะอาด.
    """
    full = {(prefix, name.given) for _, prefix, name in titled if prefix and name.family}
    found: list[tuple[int, str | None, Name]] = []
    for stack in unnamed if full else ():
        prefix, at = scan.text[stack.start : stack.end], scan.skip(stack.end)
        given = scan.chunk(at)
        if (prefix, given) in full:
            name = Name(at, at + len(given), given, given, None, "title+given", _AGAIN)
            found.append((stack.start, prefix, name))
    return found


def _mention(text: str, start: int, prefix: str | None, name: Name) -> Mention:
    value = PersonValue(name.full, prefix, name.given, name.family)
    return Mention(start, name.end, text[start : name.end], "person", name.rule, name.score, value)
