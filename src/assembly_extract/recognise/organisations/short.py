"""Names cut short that refer back: กระทรวงฯ, สำนักงานฯ, กรมฯ."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.recognise.organisations.lexicon import heads, words
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCORE = 0.7


_SIGN = re.compile("ฯ")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"({alternatives(words('short', 'heads'))}) ?ฯ")


@cache
def _reach() -> int:
    return max(map(len, words("short", "heads"))) + 1


@cache
def _kinds() -> dict[str, str]:
    return {head.word: head.kind for head in heads()}


def find_short(text: str) -> Iterator[Mention]:
    """Yield every head word with ฯ; linking keeps those that have a body before them."""
    reached = 0
    for sign in _SIGN.finditer(text):
        low, reached = max(reached, sign.start() - _reach()), sign.end()
        match = _pattern().search(text, low, reached)
        if match is None:
            continue
        form = "alone" if match[0] in words("short", "alone") else "short"
        value = OrganisationValue(match[0], None, _kinds().get(match[1]), (), form)
        yield Mention(match.start(), match.end(), match[0], "organisation", "short", _SCORE, value)
