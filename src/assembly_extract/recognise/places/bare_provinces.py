"""Provinces without a prefix word: sure ones, common words beside another, กทม. as a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.recognise.places.area_words import counted, joint
from assembly_extract.recognise.places.found import Found
from assembly_extract.recognise.places.guards import is_surname
from assembly_extract.recognise.places.intervals import Intervals
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import WIRE_DAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assembly_extract.recognise.places.lexicon import Hits
    from assembly_extract.recognise.places.words import Words


_FURTHEST = 75  # characters: room, floor, building and house rarely take more

_SIGN = re.compile(r"[ \t]{1,2}[–—-][ \t]")
_WIRE = re.compile(rf"[ \t]{{0,2}}-{{0,2}}{WIRE_DAY}[ \t]{{0,2}}[–—-]")


class BareProvinces:
    """Finds the bare provinces of one text."""

    def __init__(self, text: str, hits: Hits, words: Words) -> None:
        self._text = text
        self._hits = hits
        self._words = words

    def find(self, taken: Sequence[Found]) -> list[Found]:
        """Return them; common words count only beside another province. ``taken``: areas so far."""
        spans = Intervals(taken)
        sure, unsure = [], []
        for hit in self._hits.names:
            if hit.payload.role != "province" or spans.meets(hit.start, hit.end):
                continue
            start, end = hit.start, hit.end
            if not (self._words.is_edge(start) and self._words.ends_name(start, end)):
                continue
            if is_surname(self._text, start, end):
                continue
            found = Found(
                start, end, "province", hit.payload.name, hit.payload.codes, "province", 0.6
            )
            if self._is_common(found) or self._is_body(found):
                unsure.append(found)
            else:
                sure.append(found)
        return self._with_listed(sure, unsure, taken)

    def _is_common(self, found: Found) -> bool:
        common = read_toml("places.toml")["common"]
        word = self._text[found.start : found.end]
        if word not in common["province"]:
            return False
        line, _ = self._words.line_bounds(found.start)
        verbs = tuple(read_toml("places.toml")["city_or_body"]["body_after"])
        if found.start == line and self._text.startswith(verbs, found.end):
            return False  # ตรังเปิดเทศกาล…, น่านเตรียมรับน้ำป่า: a headline's subject
        if found.start == line and (
            _WIRE.match(self._text, found.end) or _SIGN.match(self._text, found.end)
        ):
            return False  # เลย - ชาวบ้าน…: a wire's city
        if self._is_counted(line, found):
            return False
        if word not in common["alone"]:
            return True
        before = self._text[max(line, found.start - 10) : found.start]
        opens = before.endswith(tuple(common["after"])) or not before or before[-1].isspace()
        after = self._text[found.end : found.end + 1]
        return not (opens and not after.strip())

    def _is_counted(self, line: int, found: Found) -> bool:
        """Say whether it is one of a list with figures: เชียงราย 60 ราย และน่าน 22 ราย."""
        words = read_toml("places.toml")["city_or_body"]["count_after"]
        before = self._text[max(line, found.start - 10) : found.start].rstrip()
        listed = before.removesuffix("และ").rstrip().endswith(tuple(words))
        after = self._text[found.end : found.end + 16].lstrip()
        return listed and counted().match(after) is not None

    def _is_body(self, found: Found) -> bool:
        """Say whether กทม. acts here, as the city's administration."""
        rules = read_toml("places.toml")["city_or_body"]
        if self._text[found.start : found.end] not in rules["names"]:
            return False
        line, _ = self._words.line_bounds(found.start)
        before = self._text[line : found.start].rstrip()
        after = self._text[found.end : found.end + 16].lstrip()
        if after.startswith(tuple(rules["place_after"])):
            return False
        if not before and _WIRE.match(self._text, found.end):
            return False  # กทม. 25 เม.ย.-…: a wire's city
        if before.endswith(tuple(rules["place_in"])):
            return False
        acts = after.startswith(tuple(rules["body_after"]))
        if acts and self._text[found.end : found.end + 1].isspace():
            acts = not after.startswith(tuple(rules["address_after"]))
        in_list = before.endswith(tuple(rules["count_after"])) and counted().match(after)
        if not acts and (in_list or self._closes_address(line, found.start)):
            return False
        if after.startswith(tuple(rules["body_after"])):
            return True
        return not before.endswith(tuple(rules["place_before"]))

    def _closes_address(self, line: int, start: int) -> bool:
        """Say whether a space and a venue or a road stand before: ถนนพระรามที่ 4 กทม."""
        rules = read_toml("places.toml")["city_or_body"]
        before = self._text[max(line, start - 45) : start]
        if not before.endswith(" "):
            return False
        if self._is_located(line, start):
            return True
        for word in rules["not_address"]:
            before = before.replace(word, "\0" * len(word))
        at = max(before.rfind(word) for word in rules["address"])
        return at >= 0 and not any(word in before[at:] for word in (*rules["office"], "\0"))

    def _is_located(self, line: int, start: int) -> bool:
        """Say whether ณ and a venue of any name stand before: ณ ท้องสนามหลวง กรุงเทพมหานคร."""
        rules = read_toml("places.toml")["city_or_body"]
        before = self._text[max(line, start - _FURTHEST) : start]
        at = max(before.rfind(word) for word in rules["located"])
        opens = at == 0 or (at > 0 and before[at - 1].isspace())
        return opens and not any(word in before[at:] for word in rules["not_located"])

    def _with_listed(
        self, sure: list[Found], unsure: list[Found], taken: Sequence[Found]
    ) -> list[Found]:
        """Accept an unsure province beside a sure one or in an address: เขตดินแดง กทม."""
        accepted = list(sure)
        ends = {f.end: f for f in (*taken, *sure)}
        starts = {f.start: f for f in (*taken, *sure)}
        waiting, changed = list(unsure), True
        while changed:
            changed = False
            for found in list(waiting):
                if self._neighbour_before(found, ends) or self._neighbour_after(found, starts):
                    waiting.remove(found)
                    accepted.append(found)
                    ends[found.end] = starts[found.start] = found
                    changed = True
        return accepted

    def _neighbour_before(self, found: Found, ends: Mapping[int, Found]) -> bool:
        line, _ = self._words.line_bounds(found.start)
        for at in range(found.start, max(line, found.start - 10), -1):
            if at in ends:
                between = joint().match(self._text, at)
                return at == found.start or bool(between and between.end() == found.start)
        return False

    def _neighbour_after(self, found: Found, starts: Mapping[int, Found]) -> bool:
        between = joint().match(self._text, found.end)
        return bool(between and between.end() in starts and between.end() > found.end)
