"""One text with what was found in it so far: what the venue grammar looks at."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from assembly_extract.recognise.places.guards import Guard
from assembly_extract.recognise.places.intervals import Intervals
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.recognise.places.found import Found
    from assembly_extract.recognise.places.lexicon import Hit, Hits
    from assembly_extract.recognise.places.words import Words
    from assembly_extract.spans import Span


@cache
def _gap() -> re.Pattern[str]:
    """Match what stands between a venue and its area: spaces, a bracket, หมู่ที่ 9."""
    words = "|".join(map(re.escape, read_toml("places.toml")["chain"]["numbered"]))
    return re.compile(rf"[ \t(]{{0,2}}(?:(?:{words})[ \t]?[0-9๐-๙]+(?:/[0-9๐-๙]+)?[ \t]{{0,2}})*")


_ROW = 3
_ALSO = re.compile(r"[ \t]?\([ก-๎ .]{2,30}\)[ \t]{0,2}")


@cache
def _row_gap() -> re.Pattern[str]:
    """Match a venue's name and what joins it to the next one of a row."""
    words = "|".join(map(re.escape, read_toml("places.toml")["chain"]["beside"]))
    return re.compile(rf"[ก-๎.]{{4,30}}(?:[ \t]{{1,2}}(?:{words})?|[ \t]?(?:{words}))[ \t]{{0,2}}")


class Page:
    """A text, its hits, its words, its areas (``held`` ones are inside other names), its spans.

    ``spans`` are what the sequence tagger takes for places.
    """

    def __init__(
        self,
        text: str,
        hits: Hits,
        words: Words,
        *,
        found: Sequence[Found],
        held: Sequence[Found],
        spans: Sequence[Span] = (),
    ) -> None:
        self.text = text
        self.hits = hits
        self.words = words
        self.areas = {area.start: area for area in found}
        self.free = Intervals(found)
        self.held = Intervals(held)
        self.spans = spans

    @cached_property
    def heads(self) -> dict[int, Hit]:
        """The head words of venues and features, by start."""
        return {hit.start: hit for hit in self.hits.heads}

    @cached_property
    def known(self) -> dict[int, Hit]:
        """The known places, by start."""
        return {hit.start: hit for hit in self.hits.names if hit.payload.role == "known"}

    @cached_property
    def rows(self) -> frozenset[int]:
        """Where one of three venues and more with the same head word starts, side by side.

        ชุมชนวัดเหนือ ชุมชนตลาดเก่า และชุมชนท่าน้ำ: two of a sort are often sorts of things.
        """
        found: set[int] = set()
        run: list[int] = []
        words: list[str] = []
        for start, hit in sorted(self.heads.items()):
            word = self.text[start : hit.end]
            if run and not (word == words[-1] and _row_gap().fullmatch(self.text, run[-1], start)):
                found.update(run if len(run) >= _ROW else ())
                run, words = [], []
            run.append(start)
            words.append(word)
        found.update(run if len(run) >= _ROW else ())
        return frozenset(found)

    @cached_property
    def districts(self) -> dict[int, Hit]:
        """The names of districts, with a prefix word or without, by start."""
        return {hit.start: hit for hit in self.hits.districts}

    @cached_property
    def known_areas(self) -> Intervals[Hit]:
        """The known places that say where they are."""
        return Intervals(hit for hit in self.known.values() if hit.payload.codes)

    @cached_property
    def tagged(self) -> Intervals[Span]:
        """What the sequence tagger takes for places."""
        return Intervals(self.spans)

    @cached_property
    def foreign(self) -> frozenset[int]:
        """Where the name of a country or a region starts."""
        roles = {"country", "region"}
        return frozenset(hit.start for hit in self.hits.names if hit.payload.role in roles)

    @cached_property
    def guard(self) -> Guard:
        """What says that a name is part of another one."""
        return Guard(self.text, self.hits, self.words)

    def in_area(self, at: int) -> bool:
        """Say whether ``at`` is inside an area's surface."""
        return self.free.covering(at) is not None

    def beside_area(self, end: int) -> bool:
        """Say whether an area's name follows, as after a venue in an address."""
        gap = _gap().match(self.text, end)
        if (gap.end() if gap else end) in self.areas:
            return True
        also = _ALSO.match(self.text, end)  # วัดดอกจาน (วัดเหนือ) ตำบล…
        return also is not None and also.end() in self.areas

    def before(self, start: int, size: int = 20) -> str:
        """Return up to ``size`` characters before ``start`` on its line, without spaces behind."""
        line, _ = self.words.line_bounds(start)
        return self.text[max(line, start - size) : start].rstrip(" \t")

    def after(self, end: int, size: int = 20) -> str:
        """Return up to ``size`` characters from ``end`` on, without leading spaces."""
        return self.text[end : end + size].lstrip(" \t")
