"""The words that announce an issue, from ``data/themes/cues.toml``, ready for matching."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from assembly_extract.matching import StringMatcher, WordsAt
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OPENING_QUOTES = "“\"‘'«"
"""Opening quotation marks, in the order of :data:`CLOSING_QUOTES`."""

CLOSING_QUOTES = "”\"’'»"

LOOK_BACK = 60
"""How many characters before a quotation or a list are read for its head and its context."""


class Cues:
    """The cues of a table, each compiled when a text first needs it: most announce nothing."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table
        self._units = {**table["units"], **table["weak_units"]}

    def number(self, digits: str) -> int:
        """Return a written count as a number (Thai and Arabic digits, or a number word)."""
        known = self.table["numbers"].get(digits)
        return int(digits) if known is None else int(known)

    @cached_property
    def anchors(self) -> StringMatcher[str]:
        """What finds where to look; its payload names the reader in charge."""
        return _anchors(self.table)

    @cached_property
    def quote_head(self) -> re.Pattern[str]:
        """The word before a quotation that says what it is."""
        between = alternation(self.table["quote"]["between"])
        return re.compile(rf"(?P<head>{alternation(self.table['quotes'])})\s?(?:{between})?\s?$")

    @cached_property
    def list_head(self) -> re.Pattern[str]:
        """What a list is of, with their count: 3 ประเด็นหลัก."""
        number = rf"[0-9๐-๙]{{1,2}}|{alternation(self.table['numbers'])}"
        modifiers = alternation(self.table["list"]["modifiers"])
        return re.compile(
            rf"(?:(?<![0-9๐-๙.,/])(?P<count>{number})\s?)?(?P<unit>{alternation(self._units)})"
            rf"(?:\s?(?:{modifiers})){{0,3}}\s?[:：]?\s?$"
        )

    @cached_property
    def events(self) -> re.Pattern[str]:
        """Events whose concept or topic is quoted."""
        return self._any("quote", "events")

    @cached_property
    def not_policy(self) -> re.Pattern[str]:
        """What is quoted and is no policy: songs, prizes."""
        return self._any("quote", "not_policy")

    @cached_property
    def policy_words(self) -> re.Pattern[str]:
        """Words beside which a weak unit's list is one of policies."""
        return self._any("list", "policy_words")

    @cached_property
    def ends(self) -> WordsAt:
        """Words that no item begins with: a list is over."""
        return WordsAt(self.table["list"]["ends"])

    @cached_property
    def continues(self) -> WordsAt:
        """Words that go on an item."""
        return WordsAt(self.table["list"]["continues"])

    @cached_property
    def examples(self) -> WordsAt:
        """Words that begin an example of an item."""
        return WordsAt(self.table["list"]["examples"])

    @cached_property
    def nominal(self) -> WordsAt:
        """Words that make an item's beginning a noun."""
        return WordsAt(self.table["list"]["nominal"])

    @cached_property
    def stops(self) -> re.Pattern[str]:
        """Words that end a name."""
        return self._any("names", "stops")

    @cached_property
    def law_stops(self) -> re.Pattern[str]:
        """Words that end a law's name."""
        return self._any("law", "stops")

    @cached_property
    def not_names(self) -> WordsAt:
        """Words that no name begins with."""
        return WordsAt(self.table["names"]["not_names"])

    @cached_property
    def not_laws(self) -> WordsAt:
        """Words that no law's name begins with."""
        return WordsAt(self.table["law"]["not_names"])

    @cached_property
    def body(self) -> re.Pattern[str]:
        """A body's name right before a place."""
        bodies = alternation(self.table["names"]["bodies"])
        return re.compile(rf"(?:{bodies})[\u0E01-\u0E4E]*$")

    @cached_property
    def dangling(self) -> re.Pattern[str]:
        """Words that end no name."""
        return re.compile(rf"(?:{alternation(self.table['names']['dangling'])})$")

    @cached_property
    def numbered_unit(self) -> re.Pattern[str]:
        """A unit with its number: ประเด็นที่ 2."""
        return re.compile(rf"\s*(?:{alternation(self._units)})ที่\s?[0-9๐-๙]")

    def _any(self, section: str, key: str) -> re.Pattern[str]:
        return re.compile(alternation(self.table[section][key]))


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression for any of ``words``, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def cues() -> Cues:
    """Return the package's cues."""
    return Cues(read_toml("themes/cues.toml"))


def _anchors(table: Mapping[str, Any]) -> StringMatcher[str]:
    anchors = dict.fromkeys(OPENING_QUOTES, "quote")
    anchors |= dict.fromkeys(table["list"]["openers"], "list")
    anchors |= {unit + "ที่": "ordinal" for unit in table["units"]}
    anchors[table["names"]["project"]] = "project"
    anchors |= {
        head + start: "issue"
        for head in table["names"]["issue_heads"]
        for start in table["names"]["issue_starts"]
    }
    anchors |= dict.fromkeys(table["law"]["prefixes"], "law")
    anchors |= dict.fromkeys(table["plan"]["heads"], "plan")
    anchors[table["resolution"]["assembly"]] = "resolution"
    return StringMatcher(anchors)
