"""Bodies named in English in a Thai sentence: National Chiayi University."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.recognise.organisations.lexicon import GRAMMAR, words
from assembly_extract.resources import read_toml
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCORE = 0.6
_REACH = 80  # the longest name before its head word
_NEAR = 20  # so near before the name stands Thai: English paragraphs give none
_WORD = r"[A-Z][A-Za-z&'’\-]*"
_THAI = re.compile("[ก-๎]")
_OTHER = re.compile(r"[A-Za-z0-9@#/._-]\Z")


def find_latin(text: str) -> Iterator[Mention]:
    """Yield the bodies whose English name ends with a word for one, or has of and more behind it.

    Not within brackets: there the name only says a Thai one again.
    """
    if not any(word in text for word in _kinds()):
        return  # mostly: to look for the words takes a fifth of the time of their pattern
    reached = 0
    for head in _heads().finditer(text):
        if head.start() < reached or _is_latin(text[head.start() - 1 : head.start()]):
            continue
        low = max(0, head.start() - _REACH, text.rfind("\n", 0, head.start()) + 1)
        before = _before().search(text, low, head.start())
        after = _after().match(text, head.end())
        start = before.start() if before else head.start()
        end = after.end() if after else head.end()
        programme = text[start:end].partition(" ")[0] in words("latin", "programmes")
        if programme or (start, end) == head.span() or not stands_alone(text, low, start, end):
            continue
        reached = end
        name = text[start:end]
        value = OrganisationValue(name, None, _kinds()[head[0]])
        yield Mention(start, end, name, "organisation", "latin", _SCORE, value)


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def stands_alone(text: str, low: int, start: int, end: int) -> bool:
    """Say whether the name is no part of a longer one, of a gloss or of an English paragraph."""
    if text.rfind("(", low, start) > text.rfind(")", low, start):
        return False
    if _OTHER.search(text, max(0, start - 1), start) or text[end : end + 1].isalnum():
        return False
    more = re.match(rf" {_WORD}", text[end : end + 20])
    return more is None and bool(_THAI.search(text, max(0, start - _NEAR), start))


@cache
def _kinds() -> dict[str, str]:
    listed: dict[str, str] = read_toml(GRAMMAR)["latin"]["heads"]
    return {word: kind for kind, cell in listed.items() for word in cell.split()}


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"{alternatives(_kinds())}(?![A-Za-z])")  # what is before: slow to ask first


@cache
def _joints() -> str:
    return alternatives(words("companies", "latin_joints"))


@cache
def _before() -> re.Pattern[str]:
    """Match the words of a name before its head, up to it."""
    return re.compile(rf"(?:{_WORD} (?:(?:{_joints()}|&) )?){{1,6}}\Z")


@cache
def _after() -> re.Pattern[str]:
    """Match what a name goes on with behind its head: of Public Health."""
    return re.compile(rf" (?:{_joints()})(?: {_WORD}){{1,4}}")
