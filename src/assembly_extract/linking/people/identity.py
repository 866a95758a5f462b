"""Which mentions of people are the same person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assembly_extract.matching import least_edits
from assembly_extract.resources import read_tsv
from assembly_extract.types.names import PersonValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.mention import Mention

NICKNAME_COLUMNS = ("nickname", "given", "family")

_AGAIN = re.compile('[ \u00a0]*(?:[(（][ \u00a0]*|หรือ[ \u00a0]*[“"]?)')

_QUOTES = "“\"‘'"
_AFTER_QUOTE = re.compile("[”\"’'][ \u00a0]{0,2}")

SLIPS = 2
"""A surname repeated with so many slips of the pen is the same surname."""

_STYLED = ("royal:", "clergy:")
_LONG_GIVEN = 5
"""Given names longer than this may have one slip; shorter ones that differ are two names."""


@dataclass
class Cluster:
    """The mentions of one person, in order; ``value`` is the fullest name among them.

    ``aliases`` are those that only say another one again, in brackets or after หรือ; ``nicknames``
    are those of them that quotation marks set before a name.
    """

    mentions: list[Mention] = field(default_factory=list)
    aliases: list[Mention] = field(default_factory=list)
    nicknames: list[Mention] = field(default_factory=list)

    @property
    def best(self) -> Mention:
        """The mention whose name says most: with surname, then with a title, then the first.

        Of a royal style the longest counts: a headline shortens it.
        """
        return max(
            self._own,
            key=lambda m: (
                *_fullness(_value(m)),
                len(m.text) if m.rule.startswith(_STYLED) else 0,
                -m.start,
            ),
        )

    @property
    def _own(self) -> list[Mention]:
        """The mentions that are no mere gloss of another; all, where only a gloss has a surname."""
        if not self.aliases:
            return self.mentions
        own = [mention for mention in self.mentions if mention not in self.aliases]
        return own if any(_is_full(_value(mention)) for mention in own) else self.mentions

    @property
    def value(self) -> PersonValue:
        """The fullest name."""
        return _value(self.best)

    @property
    def prefix(self) -> str | None:
        """The title of the fullest mention, or the first one that another full mention has."""
        best = self.best
        if prefix := _value(best).prefix:
            return prefix
        own = self._own
        given = (
            _value(m).prefix
            for m in self.mentions
            if (m in own or m.start < best.start) and m not in self.nicknames
        )
        return next((prefix for prefix in given if prefix), None)


def cluster(people: Sequence[Mention], text: str) -> list[Cluster]:
    """Group mentions by person: full names first, then short forms where one person fits.

    A short form that fits several full names is left out altogether: a link would be a guess, and
    it is no further person either. Short forms that fit nobody are people of their own, but for
    colloquial ones (rule ``address``) beside full names: those are likely one of the full ones.
    """
    clusters: list[Cluster] = []
    aliases = _aliases(people, text)
    people = [mention for mention in people if mention not in aliases]
    for mention in people:
        if _is_full(_value(mention)):
            _home(clusters, mention).mentions.append(mention)
    full = list(clusters)
    for mention in people:
        value = _value(mention)
        if _is_full(value):
            continue
        fits = [f for f in full if _short_for(value, f) or _nicknamed(mention.text, f)]
        if len(fits) > 1:
            fits = [found for found in fits if _titles_agree(value, found)] or fits
        if len(fits) == 1:
            fits[0].mentions.append(mention)
        elif not fits and not (full and "address" in mention.rule):
            alike = [
                c for c in clusters if c not in full and _value(c.mentions[0]).full == value.full
            ]
            if alike:
                alike[0].mentions.append(mention)
            else:
                clusters.append(Cluster([mention]))
    for alias, owner in aliases.items():
        home = next((found for found in clusters if owner in found.mentions), None)
        if home is not None:
            home.mentions.append(alias)
            home.aliases.append(alias)
            if alias.start < owner.start and _is_quoted(text, alias):
                home.nicknames.append(alias)
    for found in clusters:
        found.mentions.sort(key=lambda m: (m.start, m.end))
    return sorted(clusters, key=lambda c: c.mentions[0].start)


def _aliases(people: Sequence[Mention], text: str) -> dict[Mention, Mention]:
    """Return the mentions that only say another one again: in brackets after it, or after หรือ.

    นายเฉิน หลงเว่ย (Mr. Chen Longwei), พระมงคลวโรปการ (หลวงพ่อชำนาญ).
    """
    found: dict[Mention, Mention] = {}
    for before, mention in pairwise(sorted(people, key=lambda m: m.start)):
        if _is_quoted(text, before) and _AFTER_QUOTE.fullmatch(text, before.end, mention.start):
            if _is_full(_value(mention)) and not _is_full(_value(before)):
                found[before] = mention  # “มาดามเพชร” พรเพชร ใจกว้าง
        elif _AGAIN.fullmatch(text, before.end, mention.start):
            if _is_full(_value(mention)) and not _is_full(_value(before)) and before not in found:
                found[before] = mention  # ลุงคำ หรือ นายคำ ปันแก้ว
            else:
                found[mention] = found.get(before, before)
    return found


def _is_quoted(text: str, mention: Mention) -> bool:
    return mention.start > 0 and text[mention.start - 1] in _QUOTES


def _home(clusters: list[Cluster], mention: Mention) -> Cluster:
    value = _value(mention)
    for found in clusters:
        if any(_same_full(value, mention.rule, other) for other in found.mentions):
            return found
    clusters.append(Cluster())
    return clusters[-1]


def _same_full(value: PersonValue, rule: str, other: Mention) -> bool:
    if rule.startswith(_STYLED) or other.rule.startswith(_STYLED):
        return rule == other.rule
    theirs = _value(other)
    ours_key, theirs_key = _key(value.full), _key(theirs.full)
    if ours_key == theirs_key:
        return True
    if not (value.given and theirs.given and value.family and theirs.family):
        return False
    if value.given == theirs.given:
        ours_family, theirs_family = _key(value.family), _key(theirs.family)
        if ours_family.startswith(theirs_family) or theirs_family.startswith(ours_family):
            return True
        return _near(ours_family, theirs_family)
    return value.family == theirs.family and _near_given(value.given, theirs.given, value, theirs)


def _near(one: str, other: str) -> bool:
    most = min(SLIPS, min(len(one), len(other)) // 4)
    return _slips(one, other, most) <= most


def _slips(one: str, other: str, most: int) -> int:
    """Return how many slips lead from one name to the other; a look tells most that need more."""
    least = least_edits(one, other)
    if least > most:
        return least
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded when two names are nearly the same

    return OSA.distance(one, other)


def _near_given(one: str, other: str, value: PersonValue, theirs: PersonValue) -> bool:
    """Say whether one given name is the other with one slip, under the same title."""
    return (
        value.prefix == theirs.prefix
        and min(len(one), len(other)) > _LONG_GIVEN
        and _slips(one, other, 1) == 1
    )


def _short_for(value: PersonValue, found: Cluster) -> bool:
    """Say whether a short form (one name) can stand for a cluster's full name."""
    for mention in found.mentions:
        theirs = _value(mention)
        if theirs.given == value.full or _key(theirs.full) == _key(value.full):
            return True
        if (
            value.given
            and theirs.given
            and value.prefix == theirs.prefix
            and (
                min(len(value.given), len(theirs.given)) > _LONG_GIVEN
                and _slips(value.given, theirs.given, 1) == 1
            )
        ):
            return True
        if _by_family(value, theirs):
            return True
    return False


def _by_family(value: PersonValue, theirs: PersonValue) -> bool:
    """Say whether one is the other's surname under the same title: นายแพทย์ฮอฟฟ์แมน.

    The last title of a stack is enough, and the last part of a foreign surname.
    """
    if not (theirs.family and theirs.prefix and value.prefix):
        return False
    named = value.full in (theirs.family, theirs.family.split()[-1])
    return named and theirs.prefix.endswith(value.prefix)


def _nicknamed(text: str, found: Cluster) -> bool:
    """Say whether the press's nickname in ``text`` is that of this person (บิ๊กตู่)."""
    value = found.value
    return (value.given, value.family) in _nicknames().get(_key(text), ())


@cache
def _nicknames() -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for row in read_tsv("person_nicknames.tsv", NICKNAME_COLUMNS):
        table.setdefault(row["nickname"], []).append((row["given"], row["family"]))
    return table


def _titles_agree(value: PersonValue, found: Cluster) -> bool:
    return any(value.prefix == _value(mention).prefix for mention in found.mentions)


def _is_full(value: PersonValue) -> bool:
    return value.family is not None or value.given is None


def _fullness(value: PersonValue) -> tuple[bool, bool]:
    return _is_full(value), value.prefix is not None


def _key(name: str) -> str:
    return "".join(name.split())


def _value(mention: Mention) -> PersonValue:
    if not isinstance(mention.value, PersonValue):
        raise TypeError(f"{mention.rule}: no PersonValue")
    return mention.value
