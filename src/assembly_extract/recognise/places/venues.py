"""Venues and features of the land: known ones, and a head word with a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.recognise.places.evidence import HAPPENS, Evidence
from assembly_extract.recognise.places.venue_names import NameReader
from assembly_extract.recognise.places.venue_words import pattern, word_set, word_tuple, words_at
from assembly_extract.types.mention import Mention
from assembly_extract.types.places import PlaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.recognise.places.lexicon import Hit
    from assembly_extract.recognise.places.page import Page

_SCORES = (0.6, 0.7, 0.9, 0.95)  # by the amount of evidence
# Two words and more in capitals: one may be the system of an online meeting. A city may have one.
_THAI_THEN_LATIN = re.compile(r"[A-Z](?:(?<=[^A-Za-z0-9 \t].)|(?<=[^A-Za-z0-9 \t][ \t].))")
_LATIN = r"[ \t]?(?P<name>[A-Z][A-Za-z&.'’-]+(?:[ ](?:(?:of|the|at|by|de)[ ])?[A-Z&][A-Za-z&.'’-]*)"
_LATIN_VENUE, _LATIN_CITY = _LATIN + r"{1,7})", _LATIN + r"{0,2})"
_GAP = 2  # blanks between two units of one address
_LONG_NAME = 8  # characters: a known name of that length is no part of another word


class VenueFinder:
    """Finds the venues of one page, given its areas."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._names = NameReader(page)
        self._evidence = Evidence(page)
        self._reached = -1
        self._venue_end = -1

    def find(self) -> Iterator[Mention]:
        """Yield known places, then venues and features by their head word; they do not overlap."""
        for start in sorted({*self._page.heads, *self._page.known}):
            if start < self._reached or self._page.in_area(start) or not self._opens_word(start):
                continue
            mention = self._goes_on(start) or self._at_known(start) or self._at_head(start)
            if mention is not None:
                self._reached = mention.end
                if isinstance(mention.value, PlaceValue) and mention.value.kind == "venue":
                    self._venue_end = mention.end
                yield mention
        yield from self._latin()

    def _goes_on(self, start: int) -> Mention | None:
        """Return a known place with the name behind it: พระบรมราชานุสาวรีย์|พ่อขุนรามคำแหงมหาราช."""
        hit = self._page.known.get(start)
        if hit is None or self._page.text[start : hit.end] not in word_set("continues.known"):
            return None
        return self._at_head(start)

    def _latin(self) -> Iterator[Mention]:
        """Yield names in Latin letters: behind ณ, and behind a city's prefix word."""
        if _THAI_THEN_LATIN.search(self._page.text) is None:
            return
        after_na = pattern("located.latin_after", after=_LATIN_VENUE)
        after_city = pattern("located.latin_cities", after=_LATIN_CITY)
        for found in after_na.finditer(self._page.text):
            online = found["name"].startswith(word_tuple("located.online"))
            if not online and self._is_apart(found.start()):
                yield self._latin_mention("venue", found.start("name"), found.end())
        for found in pattern("located.latin_after_dates", after=_LATIN_VENUE).finditer(
            self._page.text
        ):
            online = found["name"].startswith(word_tuple("located.online"))
            if not online and self._evidence.behind_date(found.start()):
                yield self._latin_mention("venue", found.start("name"), found.end())
        for found in after_city.finditer(self._page.text):
            if self._is_apart(found.start()):
                yield self._latin_mention("other", found.start(), found.end())

    def _is_apart(self, start: int) -> bool:
        """Say whether no Thai letter stands before (a pattern that begins with this is slow)."""
        return start == 0 or not "ก" <= self._page.text[start - 1] <= "๎"

    def _latin_mention(self, kind: str, start: int, end: int) -> Mention:
        surface = self._page.text[start:end]
        value = PlaceValue(kind, surface, located=kind == "venue")
        return Mention(start, end, surface, "place", "latin name", 0.7, value)

    def _opens_word(self, start: int) -> bool:
        """Say whether a word starts there; a long known name needs no tokeniser's word for it."""
        known = self._page.known.get(start)
        long = known is not None and known.end - start >= _LONG_NAME
        return long or self._page.words.is_edge(start) or self._behind_preposition(start)

    def _behind_preposition(self, start: int) -> bool:
        """Say whether the tokeniser took the preposition into the word: ที่วัด, ในวัด."""
        words = word_tuple("located.prepositions")
        return self._page.text.endswith(words, 0, start) and any(
            self._page.text.endswith(word, 0, start) and self._page.words.is_edge(start - len(word))
            for word in words
        )

    def _at_known(self, start: int) -> Mention | None:
        hit = self._page.known.get(start)
        if hit is None or not self._page.words.ends_name(start, hit.end) or self._is_held(hit):
            return None
        term, located = hit.payload, self._evidence.located(start)
        head = self._page.heads.get(start)
        if term.use == "located" and located is None:
            return None
        if head and head.payload.name == "actors" and not self._is_known_site(hit, located):
            return None
        end = hit.end + self._page.text.startswith("ฯ", hit.end)
        end = words_at("ranks").end(self._page.text, hit.end) or end
        name = self._page.text[start : hit.end]
        value = PlaceValue(
            term.name, name, term.codes, whole=term.whole, located=located in HAPPENS
        )
        score = 0.95 if located == "sure" else 0.7
        surface = self._page.text[start:end]
        return Mention(start, end, surface, "place", "known place", score, value)

    def _is_known_site(self, hit: Hit, located: str | None) -> bool:
        """Say whether a known body is a venue here: ณ กระทรวงพาณิชย์, not ตามที่กระทรวงพาณิชย์เสนอ."""
        beside = self._page.beside_area(hit.end)
        if located == "sure":
            return beside or not self._evidence.is_relative(hit.start, hit.end)
        quiet = self._evidence.tagged(hit.start, hit.end) and self._evidence.ends_clause(hit.end)
        return self._evidence.is_site(hit.start, located) and (beside or quiet)

    def _is_traffic(self, start: int) -> bool:
        """Say whether ถนน only tells the sort of an accident: อุบัติเหตุทางถนน."""
        text = self._page.text
        road = text.startswith(word_tuple("roads"), start)
        return road and text.endswith(word_tuple("no_roads_behind"), 0, start)

    def _follows_venue(self, start: int) -> bool:
        """Say whether the unit before in an address ends right there: หอประชุม 5 |โรงพยาบาล…."""
        between = self._page.text[max(self._venue_end, 0) : start]
        return self._venue_end >= 0 and len(between) <= _GAP and not between.strip(" ")

    def _is_held(self, hit: Hit) -> bool:
        """Say whether a known area's or feature's name is part of another name: สภ.หาดใหญ่."""
        if hit.payload.name == "venue":
            return False
        inside = self._page.held.covering(hit.start) is not None
        return inside or self._page.guard.holds(hit.start, hit.end, hit.payload.name, bare=True)

    def _at_head(self, start: int) -> Mention | None:
        head = self._page.heads.get(start)
        if head is None or not self._evidence.head_stands(head) or self._is_traffic(start):
            return None
        located = self._evidence.located(start)
        actor = head.payload.name == "actors"
        if actor and located is None and self._follows_venue(start):
            located = "by_the_way"
        if actor and not self._evidence.is_site(start, located):
            return None
        name = self._names.read(head)
        if name is None or self._evidence.plural(name.end):
            return None
        surface = self._page.text[start : name.end]
        weight = self._evidence.weigh(start, name.end, located, reached=self._reached)
        if self._evidence.named_like_nothing(surface) or weight < self._evidence.needed(
            head, surface
        ):
            return None
        if actor and not self._evidence.is_named_site(start, name.end, located):
            return None
        village = self._page.text[start : head.end] in word_set("villages")
        feature = village or head.payload.name == "features"
        kind, rule = ("other", "feature") if feature else ("venue", "venue")
        codes = self._evidence.own_area(start, name.end)
        value = PlaceValue(kind, surface, codes, located=located in HAPPENS)
        score = _SCORES[min(weight, len(_SCORES) - 1)]
        return Mention(start, name.end, surface, "place", rule, score, value)
