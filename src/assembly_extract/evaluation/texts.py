"""How two texts are compared: what of their spelling does not count."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Gold = TypeVar("Gold")
Found = TypeVar("Found")

_ZERO_WIDTH = re.compile(
    "[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}\u202a-\u202e\u2060-\u2064\ufeff]"
)
# Sara am typed as nikhahit and sara aa, with a tone mark after or before the nikhahit.
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_SARA_AM_TONE_FIRST = re.compile("([\u0e48-\u0e4b])\u0e4d\u0e32")
_TWO_SARA_E, _SARA_AE = "\u0e40\u0e40", "\u0e41"


@cache
def words() -> dict[str, Any]:
    """Return the lists of ``evaluation.toml``."""
    return read_toml("evaluation.toml")


def norm(text: str | None) -> str:
    r"""Return a text in one spelling: NFC, no zero-width signs, white space of one sort.

    >>> norm(" น\u0e4d\u0e49\u0e32\u200b  เเดง\xa0\n x ")
    'น้ำ แดง x'
    """
    text = _ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text or ""))
    text = _SARA_AM_TONE_FIRST.sub("\\1\u0e33", _SARA_AM.sub("\\1\u0e33", text))
    return re.sub(r"\s+", " ", text.replace(_TWO_SARA_E, _SARA_AE)).strip()


def squash(text: str | None) -> str:
    """Return :func:`norm` of a text without any white space."""
    return norm(text).replace(" ", "")


def contains(one: str, other: str, least: int) -> bool:
    """Whether one of two texts contains the other, which has at least ``least`` characters."""
    short, long = sorted((one, other), key=len)
    return len(short) >= least and short in long


def matched(
    golds: Sequence[Gold], found: Sequence[Found], same: Callable[[Gold, Found], bool]
) -> list[tuple[Gold, Found]]:
    """Return the largest set of pairs that are the same, each item in one at most.

    >>> matched("ab", "xy", lambda g, p: g + p in {"ax", "ay", "bx"})
    [('a', 'y'), ('b', 'x')]
    """
    edges = [[j for j, item in enumerate(found) if same(gold, item)] for gold in golds]
    owner: dict[int, int] = {}

    def place(gold: int, seen: set[int]) -> bool:
        for j in edges[gold]:
            if j not in seen:
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = gold
                    return True
        return False

    for gold in range(len(golds)):
        place(gold, set())
    return [(golds[i], found[j]) for i, j in sorted((i, j) for j, i in owner.items())]


def same_title(gold: str | None, found: str | None) -> bool:
    """Whether two headlines are nearly the same: one holds the other, or most of their bigrams.

    One contains the other, the shorter having 10 characters or more; or F1 of their character
    bigrams is 0.9 or more. No headline equals only none.
    """
    if not gold or not found:
        return not gold and not found
    if norm(gold) == norm(found) or contains(squash(gold), squash(found), 10):
        return True
    return _bigram_f1(gold, found) >= 0.9


def _bigram_f1(one: str, other: str) -> float:
    x, y = (Counter(s[i : i + 2] for i in range(len(s) - 1)) for s in map(squash, (one, other)))
    return 2 * (x & y).total() / max(1, x.total() + y.total())
