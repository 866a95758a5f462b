"""Administrative areas: with a prefix word, in lists that inherit it, and bare provinces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract import areas
from assembly_extract.recognise.places.area_words import (
    capitals,
    joint,
    list_joint,
    names_of_level,
    opener,
)
from assembly_extract.recognise.places.bare_provinces import BareProvinces
from assembly_extract.recognise.places.found import Found
from assembly_extract.recognise.places.guards import Guard
from assembly_extract.recognise.places.intervals import Intervals
from assembly_extract.recognise.places.venue_words import word_set
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.recognise.places.lexicon import Hit, Hits
    from assembly_extract.recognise.places.words import Words

KINDS = {
    "province": "province",
    "district": "district",
    "subdistrict": "subdistrict",
    "bangkok_district": "district",
    "bangkok_subdistrict": "subdistrict",
}

# จังหวัด, อำเภอ and ตำบล are no part of any other word, however the tokeniser cuts: ศาลากลางจังหวัด.
_LONG_PREFIXES = frozenset({"province", "district", "subdistrict"})
_SPACES = re.compile(r"[ \t]{0,2}")
# อบต., พล.ต., ศ.จ.: letters of an abbreviation before a short prefix word (ต., อ., จ.).
_ABBREVIATION = re.compile(r"(?:(?:^|[^ก-๎])[ก-ฮ]{1,5}|\.)$")
_UNKNOWN_NAME = re.compile(r"[ \t]?([ก-๎-]{3,24})[ \t]{1,2}")
_SHORTEST_RUN = 3
_UNLISTED = frozenset({"district", "subdistrict"})


class AreaFinder:
    """Finds the areas of one text. ``held`` are areas inside other names: known, but no places."""

    def __init__(self, text: str, hits: Hits, words: Words) -> None:
        self._text = text
        self._hits = hits
        self._words = words
        self._guard = Guard(text, hits, words)
        self._prefix_starts = {hit.start for hit in hits.prefixes if hit.payload.name in KINDS}
        self.held: list[Found] = []

    def find(self) -> list[Found]:
        """Return the areas in order; they do not overlap."""
        prefixed = self._prefixed()
        listed = self._counted(prefixed)
        unknown = self._unknown(prefixed)
        taken = sorted((*prefixed, *listed, *unknown), key=lambda f: f.start)
        runs = self._runs(Intervals(taken))
        taken = sorted((*taken, *runs), key=lambda f: f.start)
        bare = BareProvinces(self._text, self._hits, self._words).find(taken)
        found = sorted((*taken, *bare), key=lambda f: f.start)
        return self._without_held(found)

    def _prefixed(self) -> list[Found]:
        """Find prefix word + name, and the items of the list that it heads."""
        found: list[Found] = []
        reached = 0
        for hit in self._hits.prefixes:
            if hit.start < reached or hit.payload.name not in KINDS:
                continue
            if not self._is_prefix(hit, reached):
                continue
            area = self._named(hit)
            if area is None:
                continue
            found.append(area)
            found.extend(self._list_after(area))
            reached = found[-1].end
        return found

    def _unknown(self, prefixed: list[Found]) -> list[Found]:
        """Read a name that no list has (a misspelling, an old area) before its parent's name.

        ``อ.ศรีมหาโพธิ์ จ.ปราจีนบุรี``: the words behind the prefix word must be one unbroken run, and
        an area of a higher level must follow.
        """
        starts = {area.start: area for area in prefixed}
        found = []
        for hit in self._hits.prefixes:
            if hit.payload.name not in _UNLISTED or hit.start in starts:
                continue
            name = _UNKNOWN_NAME.match(self._text, hit.end)
            parent = starts.get(name.end()) if name else None
            if name is None or parent is None or not self._is_prefix(hit, 0):
                continue
            kind = KINDS[hit.payload.name]
            if kind == parent.kind or (kind, parent.kind) == ("district", "subdistrict"):
                continue
            first = self._text[name.start(1) : self._words.token_end(name.start(1))]
            if first not in word_set("ends.words"):
                found.append(Found(hit.start, name.end(1), kind, name[1], (), "unlisted", 0.6))
        return found

    def _is_prefix(self, hit: Hit, reached: int) -> bool:
        """Say whether a prefix word stands there, rather than the end of some other word."""
        text, start = self._text, hit.start
        if start == reached and reached:
            return True
        if text[hit.end - 1] == ".":
            low = max(0, start - 7)
            return not _ABBREVIATION.search(text[low:start])
        return hit.payload.name in _LONG_PREFIXES or self._words.is_edge(start)

    def _named(self, hit: Hit) -> Found | None:
        """Read the name behind a prefix word."""
        at = _SPACES.match(self._text, hit.end).end()  # type: ignore[union-attr]
        level = hit.payload.name
        kind = KINDS[level]
        read = self._longest(at, level)
        if read is not None and self._is_word(at, read[0]):
            return None  # … ทุกตำบล และ …
        if read is not None:
            end, codes = read
            only = areas.area(codes[0]) if len(codes) == 1 else None
            name = only.name if only else self._text[at:end]
            return Found(hit.start, end, kind, name, codes, f"{kind} prefix", 0.9)
        capital_end = self._capital(at) if level == "district" else None
        if capital_end:
            name = read_toml("places.toml")["capital"]["word"]
            return Found(hit.start, capital_end, kind, name, capitals(), "capital district", 0.9)
        return None

    def _is_word(self, at: int, end: int) -> bool:
        """Say whether a name is a common word here; before its parent's prefix word it is none."""
        following = _SPACES.match(self._text, end)
        parent = following is not None and self._at_prefix(following.end())
        return self._text[at:end] in word_set("ends.words") and not parent

    def _capital(self, at: int) -> int | None:
        word = read_toml("places.toml")["capital"]["word"]
        end = at + len(word)
        if self._text.startswith(word, at) and (
            self._words.ends_name(at, end) or self._at_prefix(end)
        ):
            return end
        return None

    def _listed_capital(self, at: int, level: str) -> tuple[int, tuple[str, ...]] | None:
        """Read ``เมือง`` as an item of a list of districts."""
        end = self._capital(at) if level == "district" else None
        return (end, capitals()) if end else None

    def _at_prefix(self, at: int) -> bool:
        return at in self._prefix_starts

    def _longest(self, at: int, level: str) -> tuple[int, tuple[str, ...]] | None:
        """Return the end and the codes of the longest name of ``level`` at ``at``."""
        names, longest = names_of_level(level)
        limit = min(len(self._text), at + longest)
        for end in range(limit, at + 1, -1):
            codes = names.get(self._text[at:end])
            if codes and self._ends(at, end, level):
                return end, codes
        return None

    def _ends(self, start: int, end: int, level: str) -> bool:
        if self._words.ends_name(start, end) or self._at_prefix(end):
            return True
        # จังหวัดX is a province whatever the tokeniser makes of the words behind it.
        return level == "province" and not re.match(r"[ก-๎]", self._text[end : end + 1])

    def _list_after(self, head: Found) -> list[Found]:
        """Read the further items of ``อำเภอแม่สาย เชียงแสน และเชียงของ``.

        An item must be a name of the head's level in a province of the head's: bare names of
        districts are common words, and this is the evidence for them.
        """
        level = _level_of(head)
        if level == "province":
            return []  # bare provinces are found wherever they stand
        found: list[Found] = []
        last = head
        while between := joint().match(self._text, last.end):
            at = between.end()
            if at == last.end or self._at_prefix(at):
                break
            read = self._longest(at, level) or self._listed_capital(at, level)
            if read is None:
                break
            end, codes = read
            near = _same_province(codes, last.codes)
            if not near or not self._item_ends(end):
                break
            last = Found(at, end, head.kind, self._text[at:end], near, f"{head.kind} list", 0.8)
            found.append(last)
        return found

    def _item_ends(self, end: int) -> bool:
        """Say whether an item of a list ends: at white space, a joiner or a sign."""
        following = self._text[end : end + 1]
        return not re.match(r"[ก-ฺเ-๎]", following) or bool(joint().match(self._text, end))

    def _counted(self, prefixed: list[Found]) -> list[Found]:
        """Read ``3 อำเภอ ได้แก่ ปัว ท่าวังผา และเชียงกลาง``: the counted word gives the level."""
        found: list[Found] = []
        taken = {f.start for f in prefixed}
        for hit in self._hits.prefixes:
            level = hit.payload.name
            if level not in {"district", "subdistrict", "bangkok_district"} or hit.start in taken:
                continue
            opened = opener().match(self._text, hit.end)
            if not opened:
                continue
            at = opened.end()
            read = self._longest(at, level) or self._listed_capital(at, level)
            if read and self._item_ends(read[0]):
                end, codes = read
                head = Found(at, end, KINDS[level], self._text[at:end], codes, "counted list", 0.8)
                items = [head, *self._list_after(head)]
                if len(items) > 1:
                    found.extend(items)
        return found

    def _runs(self, taken: Intervals[Found]) -> list[Found]:
        """Find three districts of one province and more side by side without a prefix word.

        ``น้ำท่วม บางบาล เสนา และผักไห่``: one such name is a common word, a run of them is none.
        """
        found: list[Found] = []
        run: list[Hit] = []
        for hit in [*self._hits.districts, None]:
            if hit is not None and run and self._continues_run(run, hit):
                run.append(hit)
                continue
            found.extend(self._run_of(run, taken))
            run = [hit] if hit is not None else []
        return found

    def _continues_run(self, run: list[Hit], hit: Hit) -> bool:
        between = joint().match(self._text, run[-1].end)
        beside = between is not None and run[-1].end < between.end() == hit.start
        return beside and bool(_shared_province([*run, hit]))

    def _run_of(self, run: list[Hit], taken: Intervals[Found]) -> list[Found]:
        if len(run) < _SHORTEST_RUN or any(taken.meets(hit.start, hit.end) for hit in run):
            return []
        if not (self._words.is_edge(run[0].start) and self._item_ends(run[-1].end)):
            return []
        province = _shared_province(run)
        return [
            Found(
                hit.start,
                hit.end,
                "district",
                hit.payload.name,
                tuple(code for code in hit.payload.codes if code.startswith(province)),
                "district run list",
                0.7,
            )
            for hit in run
        ]

    def _without_held(self, found: list[Found]) -> list[Found]:
        """Set aside the areas inside other names, and those that a list hangs on to one."""
        free: list[Found] = []
        last_held: Found | None = None
        for area in found:
            between = list_joint().match(self._text, last_held.end) if last_held else None
            hangs = area.bare and between and between.end() == area.start
            glued = bool(free) and free[-1].end == area.start
            held = not glued and self._guard.holds(area.start, area.end, area.kind, bare=area.bare)
            if hangs or held:
                self.held.append(area)
                last_held = area
            else:
                free.append(area)
        return free


def _shared_province(run: Sequence[Hit]) -> tuple[str, ...]:
    """Return the codes of the provinces that have a district of each of the names."""
    shared = set.intersection(*({code[:2] for code in hit.payload.codes} for hit in run))
    return tuple(sorted(shared))


def _level_of(found: Found) -> str:
    if found.codes and all(code.startswith(areas.BANGKOK) for code in found.codes):
        return f"bangkok_{found.kind}" if found.kind != "province" else "province"
    return found.kind


def _same_province(codes: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    provinces = {other[:2] for other in others}
    return tuple(code for code in codes if code[:2] in provinces)
