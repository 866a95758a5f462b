"""The words that announce an issue, from ``data/themes/cues.toml``, ready for matching."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from assembly_extract.matching import StringMatcher
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OPENING_QUOTES = "“\"‘'«"
"""Opening quotation marks, in the order of :data:`CLOSING_QUOTES`."""

CLOSING_QUOTES = "”\"’'»"

LOOK_BACK = 60
"""How many characters before a quotation or a list are read for its head and its context."""


@dataclass(frozen=True)
class Cues:
    """Compiled cues. ``anchors`` finds where to look; its payload names the reader in charge."""

    table: Mapping[str, Any]
    anchors: StringMatcher[str]
    quote_head: re.Pattern[str]
    list_head: re.Pattern[str]
    events: re.Pattern[str]
    not_policy: re.Pattern[str]
    policy_words: re.Pattern[str]
    ends: re.Pattern[str]
    continues: re.Pattern[str]
    examples: re.Pattern[str]
    nominal: re.Pattern[str]
    stops: re.Pattern[str]
    law_stops: re.Pattern[str]
    not_names: re.Pattern[str]
    not_laws: re.Pattern[str]
    body: re.Pattern[str]
    dangling: re.Pattern[str]
    numbered_unit: re.Pattern[str]

    def number(self, digits: str) -> int:
        """Return a written count as a number (Thai and Arabic digits, or a number word)."""
        known = self.table["numbers"].get(digits)
        return int(digits) if known is None else int(known)


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression for any of ``words``, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def cues() -> Cues:
    """Load and compile the cues."""
    table = read_toml("themes/cues.toml")
    lists, quote, names = table["list"], table["quote"], table["names"]
    units = {**table["units"], **table["weak_units"]}
    number = rf"[0-9๐-๙]{{1,2}}|{alternation(table['numbers'])}"
    return Cues(
        table,
        _anchors(table),
        re.compile(
            rf"(?P<head>{alternation(table['quotes'])})\s?(?:{alternation(quote['between'])})?\s?$"
        ),
        re.compile(
            rf"(?:(?<![0-9๐-๙.,/])(?P<count>{number})\s?)?(?P<unit>{alternation(units)})"
            rf"(?:\s?(?:{alternation(lists['modifiers'])})){{0,3}}\s?[:：]?\s?$"
        ),
        re.compile(alternation(quote["events"])),
        re.compile(alternation(quote["not_policy"])),
        re.compile(alternation(lists["policy_words"])),
        re.compile(alternation(lists["ends"])),
        re.compile(alternation(lists["continues"])),
        re.compile(alternation(lists["examples"])),
        re.compile(alternation(lists["nominal"])),
        re.compile(alternation(names["stops"])),
        re.compile(alternation(table["law"]["stops"])),
        re.compile(alternation(names["not_names"])),
        re.compile(alternation(table["law"]["not_names"])),
        re.compile(rf"(?:{alternation(names['bodies'])})[\u0E01-\u0E4E]*$"),
        re.compile(rf"(?:{alternation(names['dangling'])})$"),
        re.compile(rf"\s*(?:{alternation(units)})ที่\s?[0-9๐-๙]"),
    )


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
