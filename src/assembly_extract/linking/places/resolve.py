"""Which area an ambiguous name means: the parents named beside it, then those of the article."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from assembly_extract import areas
from assembly_extract.matching import StringMatcher
from assembly_extract.resources import read_toml
from assembly_extract.types.places import PlaceValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assembly_extract.types.mention import Mention

RANKS = {"venue": 0, "other": 0, "subdistrict": 1, "district": 2, "province": 3}
_AREA_RANK = 1
_HEADS = ("rooms", "buildings", "sites", "actors", "weak")  # tables of places_venues.toml

# Between the members of one address: white space, a comma, a bracket, a word like ใน.
_SHORTEST_MENDED = 5  # characters: in a shorter name one letter may make another name
_FURTHEST_GAP = 90


def value_of(mention: Mention) -> PlaceValue:
    """Return a place mention's value."""
    if not isinstance(mention.value, PlaceValue):
        raise TypeError(f"a place without a place's value: {mention}")
    return mention.value


class Resolver:
    """Narrows the codes of the mentions of one article, which are sorted by start."""

    def __init__(self, mentions: Sequence[Mention], text: str, publisher: str | None) -> None:
        self._mentions = mentions
        self._text = text
        self._publisher = publisher or ""
        self.codes = [value_of(mention).codes for mention in mentions]
        self.by_publisher: list[int] = []
        self._narrow()
        self._ask_publisher()

    @cached_property
    def named(self) -> dict[str, list[int]]:
        """Where the article names which province, in whatever role: code to starts."""
        return named_provinces(self._text)

    def parent_index(self, index: int) -> int | None:
        """Return the mention that follows in the same address and is of a higher rank."""
        rank = self._rank(index)
        for after in range(index + 1, len(self._mentions)):
            if not self._joined(after - 1, after):
                return None
            if self._rank(after) > rank:
                return None if self._listed(after - 1, after, "not_within") else after
            if rank == 0 and self._rank(after) == 0 and self._is_venue(after):
                continue
            if self._rank(after) < rank:
                return None
        return None

    def holder_index(self, index: int) -> int | None:
        """Return the venue that follows a venue in the same address: its building, its site."""
        after = index + 1
        if (
            after < len(self._mentions)
            and self._is_venue(index)
            and self._is_venue(after)
            and self._joined(index, after)
            and not self._listed(index, after, "beside")
            and not self._of_one_sort(index, after)
        ):
            return after
        return None

    def _of_one_sort(self, before: int, after: int) -> bool:
        """Say whether both have the same head word: in a list of temples none holds another."""
        first, second = (_head().match(self._mentions[at].text) for at in (before, after))
        return first is not None and second is not None and first[0] == second[0]

    def _listed(self, before: int, after: int, key: str) -> bool:
        """Say whether the two stand side by side, not one within the other: รพ.ก และ รพ.ข."""
        words: list[str] = read_toml("places.toml")["chain"][key]
        gap = self._text[self._mentions[before].end : self._mentions[after].start]
        return any(word in gap for word in words)

    def _is_venue(self, index: int) -> bool:
        return value_of(self._mentions[index]).kind == "venue"

    def _rank(self, index: int) -> int:
        return RANKS.get(value_of(self._mentions[index]).kind, -1)

    def _joined(self, before: int, after: int) -> bool:
        first, second = self._mentions[before], self._mentions[after]
        if self._rank(before) < 0 or self._rank(after) < 0:
            return False
        gap = self._text[first.end : second.start]
        return len(gap) <= _FURTHEST_GAP and bool(_joint().fullmatch(gap))

    def _narrow(self) -> None:
        """Use the surest evidence first: each step only asks about what is still ambiguous."""
        for index, codes in enumerate(self.codes):
            if not codes and self._rank(index) >= _AREA_RANK:
                self.codes[index] = self._by_spelling(index)
        for index, codes in enumerate(self.codes):
            if codes and self._rank(index) >= _AREA_RANK and self._contradicted(index):
                self.codes[index] = self._by_spelling(index)
        for step in (self._by_address, self._by_line, self._by_places, self._by_names):
            self._gather_sure()
            for index, codes in enumerate(self.codes):
                if len(codes) > 1 and self._rank(index) >= _AREA_RANK:
                    self.codes[index] = step(index) or codes

    def _contradicted(self, index: int) -> bool:
        """Say whether no reading of a name lies in the parent that its address gives.

        ตำบลบ้านแพง อำเภอโกสุมพิสัย: the only บ้านแพง of the list is elsewhere, so it is not meant. An
        area that goes before may be the parent instead: จังหวัดน่าน อำเภอปัว จังหวัดแพร่ ….
        """
        parent = self.parent_index(index)
        if parent is None or not self.codes[parent] or self._fitting(index, self.codes[parent]):
            return False
        only = areas.area(self.codes[index][0]) if len(self.codes[index]) == 1 else None
        if only is not None and only.capital:
            return False  # อำเภอเมืองลำปาง says its province itself
        # อ.เมืองลำปาง อ.เมืองนครราชสีมา เขตดินแดง กทม.: a list that the last parent does not hold
        between = range(index + 1, parent)
        if not all(self._fitting(other, self.codes[parent]) for other in between):
            return False
        return not self._by_line(index)

    def _by_spelling(self, index: int) -> tuple[str, ...]:
        """Mend a misspelt name: one letter from the only such name below the parent behind it."""
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - costly, and seldom needed

        parent = self.parent_index(index)
        name = value_of(self._mentions[index]).name
        if parent is None or len(name) < _SHORTEST_MENDED:
            return ()
        starts, rank = self.codes[parent], self._rank(index)
        below = [
            area
            for code, area in areas.areas().items()
            if code.startswith(starts) and RANKS[area.kind] == rank
        ]
        near = [area.dopa for area in below if Levenshtein.distance(name, area.name) == 1]
        return tuple(near) if len(near) == 1 else ()

    def _by_address(self, index: int) -> tuple[str, ...]:
        parent = self.parent_index(index)
        if parent is None:
            return ()
        self_codes = self._fitting(index, self.codes[parent])
        if len(self_codes) != 1 and (above := self.parent_index(parent)) is not None:
            self_codes = self._fitting(index, self.codes[above], self_codes or None)
        return self_codes

    def _by_line(self, index: int) -> tuple[str, ...]:
        """Use the nearest higher area before it on the line: จังหวัดน่าน (อำเภอเมือง …)."""
        line = self._text.rfind("\n", 0, self._mentions[index].start)
        for before in range(index - 1, -1, -1):
            if self._mentions[before].start < line:
                return ()
            if self._rank(before) > self._rank(index):
                return self._fitting(index, self.codes[before])
        return ()

    def _by_places(self, index: int) -> tuple[str, ...]:
        """Use every area that is sure and of a higher rank, anywhere in the article."""
        for above in range(self._rank(index) + 1, max(RANKS.values()) + 1):
            found = self._fitting(index, self._sure.get(above, ()))
            if len(found) == 1:
                return found
        provinces = {code[:2] for codes in self._sure.values() for code in codes}
        return self._fitting(index, provinces)

    def _gather_sure(self) -> None:
        """Note the codes that are sure so far, by rank."""
        self._sure: dict[int, set[str]] = {}
        for index, codes in enumerate(self.codes):
            if len(codes) == 1:
                self._sure.setdefault(self._rank(index), set()).add(codes[0])

    def _by_names(self, index: int) -> tuple[str, ...]:
        """Use the provinces of the posts and agencies that the article names.

        Bangkok counts only where it is the only one: any article may name it for its ministries.
        """
        named = set(self.named)
        return self._fitting(index, named - {areas.BANGKOK} or named)

    def _ask_publisher(self) -> None:
        """Settle what is still open by the publisher's province; ``by_publisher`` says where."""
        named = named_provinces(self._publisher)
        for index, codes in enumerate(self.codes):
            if len(codes) > 1 and self._rank(index) >= _AREA_RANK:
                found = self._fitting(index, named)
                if len(found) == 1:
                    self.codes[index] = found
                    self.by_publisher.append(index)

    def _fitting(
        self, index: int, parents: Iterable[str], codes: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        starts = tuple(parents)
        return tuple(
            code for code in (codes or self.codes[index]) if starts and code.startswith(starts)
        )


@cache
def _head() -> re.Pattern[str]:
    table = read_toml("places_venues.toml")
    words = {word for group in _HEADS for word in table[group]}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)))


@cache
def _joint() -> re.Pattern[str]:
    words: list[str] = read_toml("places.toml")["chain"]["joiners"]
    ordered = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    heads = "|".join(map(re.escape, read_toml("places.toml")["chain"]["bodies"]))
    numbered = "|".join(map(re.escape, read_toml("places.toml")["chain"]["numbered"]))
    # A bracketed abbreviation, a floor, and the bodies that own it may stand between a hall and its
    # building or its area.
    return re.compile(
        rf"[ \t()]*(?:\([^()\n]{{1,30}}\))?[ \t()]*(?:ชั้น ?[0-9๐-๙]+)?"
        rf"(?:(?:{numbered})[ \t]?[0-9๐-๙]+(?:/[0-9๐-๙]+)?[ \t]*){{0,2}}"
        rf"(?:(?:{heads})[ก-๎.ฯ]{{1,60}}[ \t]+){{0,2}}(?:{ordered})?[ \t()]*"
    )


@cache
def _provinces() -> StringMatcher[str]:
    rules = read_toml("places.toml")
    common = set(rules["common"]["province"])
    table: dict[str, str] = {}
    for name, area in areas.province_names().items():
        if name not in common:
            table[name] = area.dopa
        for word in (*rules["prefix"]["province"], *rules["prefix"]["provincial_bodies"]):
            table[word + name] = area.dopa
    return StringMatcher(table)


def named_provinces(text: str) -> dict[str, list[int]]:
    """Return where a text names which province: code to starts."""
    found: dict[str, list[int]] = {}
    for match in _provinces().longest(text):
        found.setdefault(match.payload, []).append(match.start)
    return found
