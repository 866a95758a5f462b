"""Countries, places abroad, and regions of Thailand and of the world."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assembly_extract.recognise.places.guards import Guard
from assembly_extract.resources import read_toml
from assembly_extract.types.mention import Mention
from assembly_extract.types.places import PlaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.recognise.places.lexicon import Hit, Hits
    from assembly_extract.recognise.places.words import Words

_LISTED = re.compile(r"[ \t]?(?:,|และ|หรือ)?[ \t]?")
_DASH = re.compile(r"[ \t]?[-–][ \t]?")
_NUMBER_GOES_ON = re.compile(r"[0-9๐-๙]{2}")
_VERY_LONG = 14  # characters of a region's name that is no part of another word
_MARK = re.compile("[ะ-ฺ็-๎]")
_LONG = 8  # characters; ในประเทศ|ไทย is cut so, and ประเทศไทย is the country all the same


class ForeignFinder:
    """Finds what lies beyond the gazetteer of Thailand's areas in one text."""

    def __init__(self, text: str, hits: Hits, words: Words) -> None:
        self._text = text
        self._hits = hits
        self._words = words
        self._guard = Guard(text, hits, words)
        self._countries = {hit.start for hit in hits.names if hit.payload.role == "country"}
        self._cities = {hit.payload.name for hit in hits.names if hit.payload.role == "city"}
        self._attribute_end = len(text)

    def find(self) -> Iterator[Mention]:
        """Yield countries, places abroad, regions and borders."""
        spelt: list[Hit] = []
        for hit in self._hits.names:
            if hit.payload.role not in {"country", "city", "region"}:
                continue
            if hit.payload.role == "country":
                if self._stands_alone(hit.start, hit.end):
                    spelt.append(hit)
                yield from self._country(hit)
            elif hit.payload.role == "city":
                yield from self._city(hit)
            else:
                yield from self._region(hit)
        for hit in self._hits.thailand:
            if self._stands_alone(hit.start, hit.end):
                spelt.append(hit)
                yield from self._thailand(hit)
        yield from self._borders(spelt)

    def _country(self, hit: Hit) -> Iterator[Mention]:
        start = self._with_prefix(hit.start, "country", "prefix")
        bare = start == hit.start
        if bare and self._is_attribute(hit.start, hit.end):
            self._attribute_end = hit.end
            return
        if bare and hit.payload.use == "prefixed":
            return
        branch = self._text[start - 1 : start] == "(" and self._text.startswith(")", hit.end)
        if branch or not self._stands_alone(start, hit.end):
            return  # บริษัท … (ประเทศไทย) จำกัด
        if not self._guard.holds(start, hit.end, "country"):
            yield from self._unlisted_city(start, hit)
            yield self._mention(start, hit, "country", 0.5 if bare else 0.9)

    def _unlisted_city(self, start: int, around: Hit) -> Iterator[Mention]:
        """Yield a city that no list has before its country or state: เมืองนาดี สาธารณรัฐฟิจิ."""
        found = _unlisted().search(self._text, max(0, start - _CITY), start)
        if found is None or found["name"] in self._cities:
            return
        surface = self._text[found.start("city") : found.end("city")]
        value = PlaceValue("other", found["name"], iso=around.payload.iso)
        yield Mention(
            found.start("city"), found.end("city"), surface, "place", "unlisted city", 0.6, value
        )

    def _is_attribute(self, start: int, end: int) -> bool:
        """Say whether the name only describes a noun: ภาษาจีน, ชาวญี่ปุ่น."""
        if _LISTED.fullmatch(self._text, self._attribute_end, start):
            return True  # สัญชาติกัมพูชา ลาว และเมียนมา
        rules = read_toml("places.toml")["country"]
        before = self._text[max(0, start - 16) : start]
        after = self._text[end : end + 12]
        return before.endswith(tuple(rules["not_before"])) or after.startswith(
            tuple(rules["not_after"])
        )

    def _city(self, hit: Hit) -> Iterator[Mention]:
        start = self._with_prefix(hit.start, "city", "prefix")
        bare = start == hit.start
        if (bare and hit.payload.use == "prefixed") or not self._stands_alone(start, hit.end):
            return
        rules = read_toml("places.toml")["city"]
        if self._text.endswith(tuple(rules["not_before"]), 0, start):
            return  # ความตกลงปารีส
        if not self._guard.holds(start, hit.end, "country"):
            states = tuple(rules["states"])
            kind = "region" if self._text.startswith(states, start) else "other"
            if kind == "region":
                yield from self._unlisted_city(start, hit)
            yield self._mention(start, hit, kind, 0.5 if bare else 0.9)

    def _region(self, hit: Hit) -> Iterator[Mention]:
        if _NUMBER_GOES_ON.match(self._text, hit.end - 1):
            return  # เขตสุขภาพที่ 1|4
        start = self._with_prefix(hit.start, "region", "prefix")
        if self._is_whole(start, hit.end) and not self._guard.holds(start, hit.end, "country"):
            yield self._mention(start, hit, "region", 0.6)

    def _thailand(self, hit: Hit) -> Iterator[Mention]:
        """Yield ไทย where it is the country: after ประเทศ and ของ, and as the one who acts."""
        rules = read_toml("places.toml")["thailand"]
        start = self._with_prefix(hit.start, "country", "prefix")
        line, _ = self._words.line_bounds(hit.start)
        if start < hit.start:
            if (
                not self._guard.holds(start, hit.end, "country")
                and self._text[start - 1 : start] not in "แ("
            ):
                yield self._mention(start, hit, "country", 0.9)
            return
        before = self._words.tokens_between(max(line, hit.start - 20), hit.start)
        opens = not before or before[-1].isspace() or before[-1] in "“‘\"'("
        said = bool(before) and before[-1] in rules["before"]
        joint = _DASH.match(self._text, hit.end)
        said = said or (joint is not None and joint.end() in self._countries)  # ไทย-จีน
        if opens and re.search(r"[A-Za-z][ \t]*\Z", self._text[line : hit.start]):
            return  # SMEs ไทย
        if (said or opens) and not self._guard.holds(start, hit.end, "country"):
            yield self._mention(start, hit, "country", 0.5)

    def _stands_alone(self, start: int, end: int) -> bool:
        """Say whether the name is not a part of a word; a long name is none, however it is cut."""
        known = end - start >= _LONG or self._words.is_edge(start)
        return known and self._words.ends_name(start, end)

    def _is_whole(self, start: int, end: int) -> bool:
        """Say whether a region's name ends there; a very long one does, however its end is cut."""
        if self._stands_alone(start, end):
            return True
        glued = _MARK.match(self._text, end) is None  # จังหวัดชายแดนใต้|ได้รับ
        return end - start >= _VERY_LONG and glued and self._words.is_edge(start)

    def _borders(self, spelt: list[Hit]) -> Iterator[Mention]:
        """Yield borders: ชายแดนไทย-กัมพูชา is a place of its own."""
        ordered = sorted(spelt, key=lambda hit: hit.start)
        for first, second in pairwise(ordered):
            between = self._text[first.end : second.start].strip()
            words: list[str] = read_toml("places.toml")["border"]["words"]
            joiners: list[str] = read_toml("places.toml")["border"]["joiners"]
            if between not in {joiner.strip() for joiner in joiners}:
                continue
            for word in sorted(words, key=len, reverse=True):
                if self._text.endswith(word, 0, first.start):
                    start = first.start - len(word)
                    surface = self._text[start : second.end]
                    names = f"{first.payload.name}-{second.payload.name}"
                    value = PlaceValue("other", f"{words[0]}{names}")
                    yield Mention(start, second.end, surface, "place", "border", 0.8, value)
                    break

    def _with_prefix(self, start: int, table: str, key: str) -> int:
        """Return where the mention starts, with the prefix word before ``start`` if any."""
        pattern = _prefix(table, key)
        found = pattern.search(self._text, max(0, start - 24), start)
        if found and self._words.is_edge(found.start()):
            return found.start()
        return start

    def _mention(self, start: int, hit: Hit, kind: str, score: float) -> Mention:
        term = hit.payload
        value = PlaceValue(kind, term.name, iso=term.iso)
        surface = self._text[start : hit.end]
        return Mention(start, hit.end, surface, "place", term.role, score, value)


_CITY = 40  # characters of a city with its prefix word, before its country


@cache
def _unlisted() -> re.Pattern[str]:
    """Match a word of place, a prefix word of cities and one word, before a country."""
    rules = read_toml("places.toml")["city"]
    cues = "|".join(map(re.escape, rules["unlisted_behind"]))
    words = "|".join(map(re.escape, rules["unlisted"]))
    states = "|".join(map(re.escape, rules["prefix"]))
    name = rf"[ก-๎-]{{3,20}}(?:[ \t](?!{states})[ก-๎]{{2,12}})?"
    return re.compile(rf"(?:{cues})[ \t]?(?P<city>(?:{words})(?P<name>{name}))[ \t]{{1,2}}\Z")


@cache
def _prefix(table: str, key: str) -> re.Pattern[str]:
    words: list[str] = read_toml("places.toml")[table][key]
    ordered = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    gap = "" if table == "country" else r"[ \t]?"  # … 5 ประเทศ ไทย มาเลเซีย …
    return re.compile(rf"(?:{ordered}){gap}\Z")
