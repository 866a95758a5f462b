"""People and posts in articles that are written in English.

A name counts behind a title (Mr. Somchai Jaidee), behind a post (Government Spokesperson Somchai
Jaidee) or before one that a comma parts from it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import PersonValue, PostValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENGLISH = "english.toml"

_TITLE, _POST, _SHORT = 0.95, 0.85, 0.8
_FULL = 2
"""A name without a title has so many words at least."""

_SHORTEST = 3  # letters of a name of one word
_MOST = 5
_CAPITALS = r"[A-Z][A-Za-z]+(?:[&-][A-Za-z]+)*"
_SMALL = "a-zß-öø-ÿāăąćčđēėęěğīįłńňōőœřśşšţťūůűųžơưạ-ỹ"
_LARGE = "A-ZÀ-ÖØ-ÞĀĂĆČĐĒĞİŁŃŌŚŞŠŪŽƠƯ"
_NAME_WORD = (
    rf"(?:[{_LARGE}](?:[{_SMALL}]+|[’'][A-Z][a-z]+|c[A-Z][a-z]+)(?:-[{_LARGE}{_SMALL}]+)*|[A-Z]\.)"
)
_WITHIN = re.compile(r"[A-Za-z0-9’'-]")
_OWNS = re.compile(r"[’']s\b")
_GOES_ON = re.compile(r"[a-z0-9]|[’'][a-z]{2}")
_LOOSE = re.compile(r"(?:[ ,]+(?:and|of|for|the))*[ ,]*\Z")
_COMMA = re.compile(r", ?(?:the )?")


def english_people(text: str) -> Iterator[Mention]:
    """Yield the people and the posts beside them."""
    posts = [_apart(m) for m in _post().finditer(text) if _whole(text, m)]
    names = _titled(text, posts)
    taken = [(start, end) for start, end, _, _ in names]
    ends, starts = {end for _, end in posts}, {start for start, _ in posts}
    for end in sorted(ends):
        names += _untitled(text, end + 1, taken) if text.startswith(" ", end) else []
    taken = [*posts, *((start, end) for start, end, _, _ in names)]
    names += _before_posts(text, starts, taken)
    people = _known_short(names)
    yield from (_person(text, *name) for name in people)
    yield from _held(text, posts, people)


def _held(
    text: str, posts: Sequence[tuple[int, int]], people: Sequence[_Found]
) -> Iterator[Mention]:
    """Yield the posts before a name, and those that a comma parts from a name without one."""
    begun = {start for start, _, _, _ in people}
    led = {end + 1 for _, end in posts if text.startswith(" ", end)} & begun
    after = {
        comma.end()
        for start, end, _, _ in people
        if start not in led and (comma := _COMMA.match(text, end))
    }
    for start, end in posts:
        if end + 1 in led or start in after:
            role = text[start:end]
            yield Mention(start, end, role, "post", "post:english", _POST, PostValue(role))


_Found = tuple[int, int, str | None, list[str]]
"""``text[start:end]`` is a name; its title, and its words."""


def _whole(text: str, match: re.Match[str]) -> bool:
    """Say whether a post is whole: no part of a word, and owning nothing (Prime Minister’s)."""
    before = match.start() > 0 and _WITHIN.match(text, match.start() - 1)
    after = _GOES_ON.match(text, match.end()) or _OWNS.match(text, match.end())
    return not before and not after


def _apart(match: re.Match[str]) -> tuple[int, int]:
    """Return where a post stands, without the title that its capitals have run into."""
    title = _within_post().search(match[0])
    if title is None:
        return match.span()
    return match.start(), match.start() + len(_LOOSE.sub("", match[0][: title.start()]))


def _titled(text: str, posts: Sequence[tuple[int, int]]) -> list[_Found]:
    """Return the names behind titles; the end of a post is none: Secretary General."""
    found: list[_Found] = []
    reached = 0
    inside = {at for start, end in posts for at in range(start, end)}
    for title in _titles().finditer(text):
        if title.start() in inside or title.start() < reached:
            continue
        if title.start() and _WITHIN.match(text, title.start() - 1):
            continue
        words, end = _name(text, title.end())
        prefix = title[0].rstrip()
        least = _FULL if prefix in _words("words") else 1
        if len(words) >= least:
            found.append((title.start(), end, prefix, words))
            reached = end
    return found


def _untitled(text: str, at: int, taken: Sequence[tuple[int, int]]) -> list[_Found]:
    """Return the name at ``at``, behind a post, if none with a title begins there."""
    if any(start <= at < end for start, end in taken):
        return []
    words, end = _name(text, at)
    if not words or text[end : end + 2].strip()[:1].isupper():
        return []  # a title in capitals goes on: Prime Minister Meets Farmers From …
    return [(at, end, None, words)]


def _before_posts(text: str, posts: set[int], taken: Sequence[tuple[int, int]]) -> list[_Found]:
    """Return the names that a comma parts from a post: Somchai Jaidee, Governor of X."""
    found: list[_Found] = []
    for name in _full_name().finditer(text):
        start, end = name.span()
        comma = _COMMA.match(text, end)
        if comma is None or comma.end() not in posts:
            continue
        if any(a < end and start < b for a, b in taken) or (
            start and _WITHIN.match(text, start - 1)
        ):
            continue
        words = name[0].split()
        if name[0] in _words("places") or _words("not_names").intersection(words):
            continue
        if len(words) >= _FULL:
            found.append((start, end, None, words))
    return found


def _name(text: str, at: int) -> tuple[list[str], int]:
    """Return the words of the name at ``at``, up to one that is of no name, and where it ends."""
    words: list[str] = []
    end = at
    match = _full_name().match(text, at)
    for word in re.finditer(r"\S+", match[0]) if match else ():
        if word[0] in _words("not_names"):
            break
        words.append(word[0])
        end = at + word.end()
    while words and (words[-1] in _words("particles") or words[-1].endswith(".")):
        end -= len(words.pop()) + 1
    if len(words) == 1 and len(words[0]) < _SHORTEST:
        return [], at
    if text[at:end] in _words("places"):
        return [], at
    if _GOES_ON.match(text, end):
        return [], at
    return words, end


def _known_short(names: Sequence[_Found]) -> list[_Found]:
    """Return the names; one word without a title only where the text has the whole name."""
    whole = {words[0] for _, _, _, words in names if len(words) >= _FULL}
    return sorted(
        (name for name in names if len(name[3]) >= _FULL or name[2] or name[3][0] in whole),
        key=lambda name: name[0],
    )


def _person(text: str, start: int, end: int, prefix: str | None, words: Sequence[str]) -> Mention:
    full = " ".join(words)
    given, family = words[0], " ".join(words[1:]) or None
    rule = "english:title" if prefix else "english:post"
    score = _SHORT if family is None else _TITLE if prefix else _POST
    value = PersonValue(full, prefix, given, family)
    return Mention(start, end, text[start:end], "person", rule, score, value)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(read_toml(ENGLISH)["people"][key])


@cache
def _titles() -> re.Pattern[str]:
    """Match titles in a row, with the space behind them; a dot needs none (Mr.Somchai)."""
    titles = alternatives(_words("titles"))
    return re.compile(rf"(?<![A-Za-z])(?=[A-Z])(?:{titles}(?:(?<=\.) ?| ))+(?=[{_LARGE}])")


@cache
def _within_post() -> re.Pattern[str]:
    """Match a title within a post."""
    titles = _words("titles") - _words("ends_of_posts")
    return re.compile(rf"(?<![A-Za-z]){alternatives(titles)}(?![A-Za-z])")


@cache
def _full_name() -> re.Pattern[str]:
    particles = alternatives(_words("particles"))
    return re.compile(rf"{_NAME_WORD}(?: (?:(?:{particles}) )?{_NAME_WORD}){{0,{_MOST - 1}}}")


@cache
def _post() -> re.Pattern[str]:
    """Match a post: Deputy Prime Minister and Minister of Foreign Affairs.

    What it is of is a field, a realm, or a body in words that begin with capitals; those may hold
    a name behind them, beside which the post then does not stand.
    """
    listed, modifiers, of = (alternatives(_words(key)) for key in ("heads", "modifiers", "of"))
    heads = rf"(?:{listed}|(?i:{alternatives(_words('any_case'))}))(?![A-Za-z-])"
    before, fields = alternatives(_words("fields_before")), alternatives(_words("fields"))
    states, countries = alternatives(_words("states")), alternatives(_words("countries"))
    realm = rf"(?:the )?(?:{states} )?{countries}(?![a-z])"
    field = rf"{fields}(?:(?: and|,) {fields})*(?![a-z-])"
    capitals = rf"(?:the )?{_CAPITALS}(?:(?: and| of| of the| for)? {_CAPITALS}){{0,8}}"
    further = rf"(?: (?:of|to) {realm})?(?: and Head of {_CAPITALS}(?: {_CAPITALS})*)?"
    one = (
        rf"(?:{modifiers} )*(?:(?i:{before}) )?{heads}"
        rf"(?:(?: {of} (?:{field}|{realm}|{capitals})){further})?"
    )
    joints = alternatives(_words("joints"))
    begins = r"(?<![A-Za-z0-9’'-])(?=[A-Za-z]{2})"  # most places are left at once
    return re.compile(rf"{begins}{one}(?: ?{joints} (?:the )?{one})*")
