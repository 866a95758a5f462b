"""What speaks for a venue: the words around its name, the units beside it, the tagger."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.recognise.places.venue_names import SHORT, THAI_WORD, WITH_FLOORS
from assembly_extract.recognise.places.venue_words import pattern, word_set, word_tuple
from assembly_extract.recognise.places.words import area_names
from assembly_extract.thai_calendar import month_pattern
from assembly_extract.tokens import in_dictionary

if TYPE_CHECKING:
    from assembly_extract.recognise.places.lexicon import Hit
    from assembly_extract.recognise.places.page import Page

HAPPENS = frozenset({"sure", "likely"})
"""Ways to be located that say that something happens at the place."""

_STRENGTHS = {"sure": 2, "likely": 1, "by_the_way": 1}
_UNITS = frozenset({"rooms", "buildings", "sites"})
# How much evidence a venue needs, by how common its head word is elsewhere.
_NEEDED = {"rooms": 1, "buildings": 1, "sites": 1, "actors": 1, "features": 1, "weak": 2}
_TAGGER_SURE = 0.8
_LONGEST_PART = 30
_SPACES = re.compile(r"[ \t]{0,3}")


@cache
def _dated() -> re.Pattern[str]:
    """Match a date or a time before ที่: … เวลา 10.00 น. ที่, … (20 ส.ค.) ที่, … 2566 ณ."""
    months = month_pattern("full", "short")
    return pattern("located.behind_dates", rf"(?:น\.|\)|[0-9๐-๙]{{2,4}}|{months})[ \t]*", "$")


@cache
def _part() -> re.Pattern[str]:
    """Match a generic part of a place, with its floor, up to the end of the searched text."""
    return pattern(
        "located.parts", r"(?<=[ \tณ่])", r"(?:[ \t]?(?:ชั้น[ \t]?)?[0-9๐-๙]+)?[ \t]{1,2}\Z"
    )


@cache
def _agency() -> re.Pattern[str]:
    """Match a department between a room and its ministry."""
    return pattern("agencies", r"[ \t]{1,3}", r"[ก-๎]{2,60}(?=[ \t])")


@cache
def _locating() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the words before a place that locate something there, by their strength."""
    return tuple((strength, word_tuple(f"located.{strength}")) for strength in _STRENGTHS)


def _is_unit(head: Hit) -> bool:
    """Say whether the head names a unit of an address: a room, a building, a site, a road."""
    road = head.payload.name == "features" and head.payload.use != "weak"
    return road or head.payload.name in _UNITS


class Evidence:
    """Weighs the candidates of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._text = page.text

    def located(self, start: int) -> str | None:
        """Return how the words before make it a place: a key of ``located``, or not at all."""
        start = self._without_part(start)
        before = self._page.before(start)
        if before.endswith(word_tuple("located.not_inside")):
            return "by_the_way"  # ความคืบหน้า|สนามบิน…
        if self._is_dated(before, start) or before in word_set("located.behind_dates"):
            return "sure"  # also where a line begins with it: ที่รัฐสภา …
        for strength, words in _locating():
            if not before.endswith(words):
                continue  # nearly always
            shown = self._text[max(0, start - _LONGEST_PART) : start]
            size = len(shown) - len(shown.rstrip(" \t"))
            for word in words:
                if before.endswith(word) and self._page.words.is_edge(start - size - len(word)):
                    return strength
        return None

    def behind_date(self, start: int) -> bool:
        """Say whether a day or an hour stands before the word of place at ``start``."""
        return self._is_dated(self._page.before(start), start)

    def _is_dated(self, before: str, start: int) -> bool:
        lead = before + self._preposition_in_head(start)
        led = lead.endswith(word_tuple("located.behind_dates"))
        return led and _dated().search(lead) is not None

    def _without_part(self, start: int) -> int:
        """Return where a generic part before a venue starts: ณ บริเวณ|โถงกลาง ตึกบัญชาการ 1."""
        if not self._text.endswith((" ", "\t"), 0, start):
            return start
        line, _ = self._page.words.line_bounds(start)
        part = _part().search(self._text, max(line, start - _LONGEST_PART), start)
        return part.start() if part else start

    def _preposition_in_head(self, start: int) -> str:
        """Return ที่ where the head word begins with it: … 2566 ที่ทำการชุมชน is a place, too."""
        words = word_tuple("located.behind_dates")
        if not self._text.startswith(words, start):
            return ""
        return next(word for word in words if self._text.startswith(word, start))

    def weigh(self, start: int, end: int, located: str | None, *, reached: int) -> int:
        """Count what speaks for a venue; ``reached`` is where the one before it ends."""
        return (
            _STRENGTHS.get(located or "", 0)
            + 2 * self._page.beside_area(end)
            + self._beside_unit(start, end, reached)
            + 2 * self.tagged(start, end)
            + 2 * self._is_unheard(start, end)
            + self._holds_area(start, end)
            + (start in self._page.rows)
        )

    def _holds_area(self, start: int, end: int) -> bool:
        """Say whether an area's name is part of the venue's: สนามสมุทรปราการ."""
        page = self._page
        return any(part.inside(start + 1, end) is not None for part in (page.free, page.held))

    @staticmethod
    def needed(head: Hit, surface: str) -> int:
        """Return how much evidence this venue needs."""
        if head.payload.use == "weak":
            return _NEEDED["weak"]
        return 0 if surface.startswith(word_tuple("certain")) else _NEEDED[head.payload.name]

    def head_stands(self, head: Hit) -> bool:
        """Say whether the head is a word here: in บ้านเมือง and วัดผล it is only a part of one.

        Nor is it one in another name (เทศบาลตำบลวังใหม่), and ตลาดจีน is no market hall.
        """
        if head.payload.use != "weak":
            return True
        if head.start in self._page.hits.holders or head.end in self._page.foreign:
            return False
        end = self._page.words.token_end(head.start)
        return end <= head.end or self._text[head.start : end] in area_names()

    def is_site(self, start: int, located: str | None) -> bool:
        """Say whether a body's name may be a venue here: ที่ may be the relative pronoun."""
        if located is None or located == "sure":
            return located == "sure"
        before = self._page.before(self._without_part(start))
        for word in word_tuple("located.relative"):
            if before.endswith(word):
                noun = before.removesuffix(word).rstrip()
                return not noun.endswith(word_tuple("located.relative_before"))
        return located == "by_the_way" or before.endswith(word_tuple("located.within"))

    def is_named_site(self, start: int, end: int, located: str | None) -> bool:
        """Say whether a body named behind ที่ or ใน is a venue: nothing that acts follows."""
        if self._page.beside_area(end) or self.tagged(start, end):
            return True
        if self._text.startswith(word_tuple("seated"), start) and self._unit_follows(end):
            return True
        if located == "sure":
            return not self.is_relative(start, end)
        quiet = self._text.startswith(word_tuple("quiet"), start)
        within = self._page.before(start).endswith(word_tuple("located.within"))
        return quiet and not within and self.ends_clause(end)

    def is_relative(self, start: int, end: int) -> bool:
        """Say whether ที่ is the relative pronoun: what follows the body's name is what it did.

        … ธันวาคม 2559 ที่กระทรวงการคลังได้เปิด…, … (SME) ที่กระทรวงยุติธรรม โดยกรม… จัดขึ้น.
        """
        if not self._page.before(start).endswith(word_tuple("located.relative")):
            return False
        following = self._page.after(end)
        agent = following.startswith(word_tuple("located.agents"))
        return self._acts(end) or (
            agent and not following.startswith(word_tuple("located.no_agents"))
        )

    def ends_clause(self, end: int) -> bool:
        """Say whether nothing that acts follows: the line ends, or white space and no verb."""
        following = self._text[end : end + 1]
        if not following or following in "\n.)":
            return True
        return following.isspace() and not self._acts(end)

    def _acts(self, end: int) -> bool:
        """Say whether a verb follows what ends there."""
        words = self._page.after(end)
        verb = words.startswith(word_tuple("ends.words"))
        return verb and not words.startswith(word_tuple("ends.neutral"))

    def tagged(self, start: int, end: int) -> bool:
        """Say whether the sequence tagger sees a place that begins here."""
        span = self._page.tagged.covering(start) or self._page.tagged.covering(start + 1)
        return (
            span is not None
            and abs(span.start - start) <= 1
            and min(span.end, end) - start >= (end - start) / 2
            and span.score >= _TAGGER_SURE
        )

    def own_area(self, start: int, end: int) -> tuple[str, ...]:
        """Return the codes of an area or a known place that the venue's own name holds.

        ศาลากลางจังหวัดน่าน is in น่าน, ห้องประชุมกระทรวงเกษตรและสหกรณ์ where the ministry is; so is a
        hall with the ministry's name behind it.
        """
        page = self._page
        if self._text.startswith(word_tuple("road_lines"), start):
            return ()  # ถนนสายสระบุรี-หล่มสัก: the towns that a road joins do not say where on it
        found = page.free.inside(start, end) or page.held.inside(start, end)
        if found is not None:
            goes_on = found.bare and found.end < end and THAI_WORD.match(self._text, found.end)
            return () if goes_on else found.codes  # อาคารราชบุรี|ดิเรกฤทธิ์ is in Bangkok
        if (known := page.known_areas.inside(start + 1, end)) is not None:
            return known.payload.codes
        if district := self._district_named(start, end):
            return district
        return self._agency_behind(start, end)

    def _district_named(self, start: int, end: int) -> tuple[str, ...]:
        """Return the code of the one district that all of a hospital's or a station's name is."""
        head = self._page.heads[start]
        if self._text[start : head.end] not in word_set("by_district"):
            return ()
        hits = self._page.districts
        hit = hits.get(head.end)
        whole = hit is not None and hit.end == end and len(hit.payload.codes) == 1
        return hit.payload.codes if hit is not None and whole else ()

    def _agency_behind(self, start: int, end: int) -> tuple[str, ...]:
        """Return the codes of the ministry that a room's name is followed by.

        ห้องประชุม 1601 กรมการค้าต่างประเทศ กระทรวงพาณิชย์; but not where the ministry acts, and not
        behind a hotel, whose name the next sentence's subject may follow.
        """
        head = self._page.heads[start]
        if head.payload.name not in WITH_FLOORS or self._text.startswith(
            word_tuple("hired"), start
        ):
            return ()
        ends = [end]
        if department := _agency().match(self._text, end):
            ends.append(department.end())
        for before in ends:
            gap = _SPACES.match(self._text, before)
            hit = self._page.known.get(gap.end() if gap else before)
            if hit is not None and hit.payload.codes:
                return () if self._acts(hit.end) else hit.payload.codes
        return ()

    def _is_unheard(self, start: int, end: int) -> bool:
        """Say whether the name has a word that no dictionary has, which is mostly a proper name."""
        return any(
            len(word) > SHORT and THAI_WORD.fullmatch(word) and not in_dictionary(word)
            for word in self._page.words.tokens_between(start, end)
        )

    def _beside_unit(self, start: int, end: int, reached: int) -> bool:
        """Say whether another unit of a chain follows or stands before: room, hall, building."""
        before = reached < start and self._text[reached:start] in {" ", "  "}
        return before or self._unit_follows(end)

    def _unit_follows(self, end: int) -> bool:
        """Say whether a unit of an address, or a known place, begins right behind."""
        gap = _SPACES.match(self._text, end)
        after = gap.end() if gap else end
        head = self._page.heads.get(after)
        return after in self._page.known or (head is not None and _is_unit(head))

    def plural(self, end: int) -> bool:
        """Say whether many are meant: สำนักงานขนส่งทั่วประเทศ."""
        return self._page.after(end, 14).startswith(word_tuple("generic.plural"))

    def named_like_nothing(self, surface: str) -> bool:
        """Say whether the whole surface is a common noun: ห้องประชุมใหญ่."""
        return surface in word_set("generic.surfaces")
