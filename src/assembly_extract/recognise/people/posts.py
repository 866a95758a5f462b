"""Posts: head words with what goes before them and after, ended where the next thing begins.

A post's end is not written: ``ผู้ว่าราชการจังหวัดน่านเปิดงาน`` runs on. It ends at white space unless
a rule continues it (a bare head and its body, a second post, a number), at a verb or connective,
and where the name of a province or a ministry is complete.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.recognise.people.lexicon import (
    OFFICES,
    callings,
    country_end,
    head_table,
    heads,
    opening_end,
    person_words,
    post_stops,
    post_tuple,
    post_words,
    province_ends,
    provinces,
    starts,
    strong_titles,
)
from assembly_extract.recognise.people.post_patterns import (
    acting,
    body_heads,
    body_tails,
    company,
    duty_end,
    ends_area,
    joint,
    link_tail,
    ministries,
    modifier_tail,
)
from assembly_extract.recognise.people.scan import GAP, GAPS, Scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 130
"""A post of more characters has run on into the sentence; it is cut at its last space."""

LONGEST_NICKNAME = 14
"""What somebody is called by a calling and a short name (กำนันนก) is no longer."""

SHORT_HEAD = 8
"""A calling of fewer letters (ผู้ขับ, ครู) must be a whole word: ผู้ขับเคลื่อน is another."""

_CHUNK = re.compile(r"[^\s,;()\[\]{}“”\"'‘’!?:…|•>]+")
_CONSTITUENCY = re.compile(f"เขต{GAP}?[0-9๐-๙]+$")
_LATIN_TAIL = re.compile("[A-Za-z][.,&]?$")
_LATIN_HEAD = re.compile("[A-Z&]")
_ABBREVIATION = re.compile(r"(?:[ก-ฮ]{1,4}\.){1,4}[ก-ฮ]{0,3}|[A-Z][A-Za-z&.-]*")
_QUOTED = re.compile(r"“[^”\n]{2,40}”")


class Found(NamedTuple):
    """A post at ``text[start:end]``; its first head stands at ``head..head_end``.

    ``ends`` are where each of stacked posts ends.
    """

    start: int
    end: int
    head: int
    head_end: int
    takes: str
    ends: tuple[int, ...]


class PostFinder:
    """Finds the posts of one text; ``names`` are the spans of people, which hold no post."""

    def __init__(self, scan: Scan, names: Sequence[tuple[int, int]]) -> None:
        self.scan = scan
        self.text = scan.text
        self.names = sorted(names)
        self._name_starts = [start for start, _ in self.names]
        self._name_ends = sorted(end for _, end in self.names)
        # where a post begins that is filled in for: รักษาราชการแทน …
        self._acting_starts = sorted({m.start for m in acting().all(self.text)} & scan.edges)
        self._ministry_starts = sorted(m.start for m in ministries().all(self.text))
        self._province_starts = sorted(m.start for m in province_ends().all(self.text))

    def _stops(self, start: int, end: int) -> list[int]:
        """Return where something begins in ``start..end`` that ends a post: words of the list."""
        edges, listed = self.scan.edges, post_words("stop_beginnings")
        stops, longest = post_stops()
        found = stops.all(self.text[start : end + longest])
        kept = [(low, high) for low, high, goes_on in found if goes_on]
        return [
            start + low
            for low, high, _ in found
            if start + low in edges
            and not (kept and any(a <= low and high <= b for a, b in kept))
            and start + low < end
            and (start + high in edges or self.text[start + low : start + high] in listed)
            and not self._names_work(start + low, start + high)
        ]

    def _names_work(self, start: int, end: int) -> bool:
        """Say whether a verb is part of a body's name: right after กอง, การ, ศูนย์ … (กองติดตาม)."""
        if self.text[start:end] in post_words("always_verbs"):
            return False
        return self.text.endswith(body_tails(), max(0, start - 14), start)

    def __iter__(self) -> Iterator[Found]:
        """Yield the posts in order; they do not overlap."""
        reached = 0
        for head in heads().longest(self.text):
            if head.start < reached or self._in_name(head.start):
                continue
            found = self._post(head.start, head.end, head.payload)
            if found is not None and found.start >= reached:
                reached = found.end
                yield found

    def _in_name(self, at: int) -> bool:
        index = bisect_left(self._name_starts, at + 1) - 1
        return index >= 0 and at < self.names[index][1]

    def _post(self, head: int, head_end: int, takes: str) -> Found | None:
        if takes == "office" and not starts("area_words").end(self.text, head_end):
            return None
        if starts("functions").end(self.text, head):
            return None
        if takes == "near" and head_end - head < SHORT_HEAD and not self.scan.closes(head_end):
            return None
        if self._is_nickname(head, head_end):
            return None
        if self.text[head:head_end] == "ประธาน" and self.text.endswith("เป็น", 0, head):
            return None
        start = self._with_modifiers(head)
        after_name = self._after_name(start)
        if not after_name and not self.scan.opens(start):
            return None
        if self.text.endswith(post_tuple("not_after"), 0, start):
            return None
        if takes == "office" and not after_name and not self._begins_item(start):
            return None
        ends = self._stacked(self._end(head, head_end, takes), near=takes == "near")
        end = self._trim(start, head_end, ends[-1])
        alone = not after_name and not self._before_name(end)
        if takes == "office" and alone:
            return None
        if takes in ("near", "some") and alone and not self._is_further(start):
            return None
        return Found(start, end, head, head_end, takes, (*ends[:-1], end))

    def _is_nickname(self, head: int, head_end: int) -> bool:
        """Say whether a calling begins what somebody is called: (ครูแจ๋ว), หรือกำนันนก."""
        if self.text[head:head_end] not in person_words("called"):
            return False
        end = head + len(self.scan.chunk(head))
        if end - head > LONGEST_NICKNAME or end == head_end:
            return False
        bracket = self.text.startswith(")", end) and self.text.endswith("(", 0, head)
        return bracket or self.text.endswith(post_tuple("aliases"), 0, head)

    def _with_modifiers(self, start: int) -> int:
        """Return where the words before a head begin that belong to it: รอง, อดีต, รักษาการ."""
        while True:
            low = max(0, start - 24)
            spaced = self.text[start - 1 : start] in (*GAPS, "\n")
            if not spaced and not self.text.endswith(post_tuple("modifiers"), low, start):
                return start  # nearly always: the pattern tries every place
            before = modifier_tail().search(self.text, low, start)
            if before is None or before.start() == start:
                return start
            if self._in_name(before.start()):
                return start
            start = before.start()

    def _after_name(self, start: int) -> bool:
        """Say whether a name ends right before ``start``, or a link (ในฐานะ, อายุ 54 ปี) does."""
        low = max(0, start - 60)
        first = bisect_left(self._name_ends, low)
        near = self._name_ends[first : bisect_right(self._name_ends, start)]
        if not near or near[-1] == start:
            return bool(near)
        link = link_tail().search(self.text, low, start)
        return link is not None and link.start() in near

    def _begins_item(self, start: int) -> bool:
        """Say whether an officer's post may begin at ``start``, no office's name go on there.

        พาณิชย์จังหวัดX นางY begins a line, an item of a list or follows a word that leads on to people.
        """
        before = self.text[max(0, start - 8) : start].rstrip(" \u00a0")
        return not before or before.endswith((",", "\n", *post_tuple("before_offices")))

    def _is_further(self, start: int) -> bool:
        """Say whether a word stands before ``start`` that joins a second post to a first."""
        return self.text.endswith(post_tuple("links_between"), 0, start)

    def _before_name(self, end: int) -> bool:
        return self._begins_name(self.scan.skip(end))

    def _begins_name(self, at: int) -> bool:
        index = bisect_left(self._name_starts, at)
        return index < len(self._name_starts) and self._name_starts[index] == at

    def _end(self, head: int, head_end: int, takes: str) -> int:
        """Return where the post ends that has its head at ``head..head_end``."""
        if takes == "none":
            return country_end(self.text, head_end) or head_end
        at = end = head_end = duty_end(self.text, head_end)
        while True:
            firm = company().match(self.text, self._with_company_head(head, at))
            if firm and not self._holds_name(at, firm.end()):
                return firm.end()
            chunk = _CHUNK.match(self.text, at)
            if chunk:
                end, complete = self._chunk_end(head, at, chunk.end())
                if complete:
                    return end
            further = self._continue(head, head_end, end)
            if further is None or further <= at:
                return end
            at = further

    def _with_company_head(self, head: int, at: int) -> int:
        """Return where a company begins whose head ends a post's head (ประธานบริษัท), or ``at``."""
        words = post_tuple("company_heads")
        for word in words if self.text.endswith(words, head, at) else ():
            if self.text.endswith(word, head, at):
                return at - len(word)
        return at

    def _holds_name(self, start: int, end: int) -> bool:
        """Say whether a person stands within ``start..end``."""
        return _any_within(self._name_starts, start, end)

    def _chunk_end(self, head: int, at: int, chunk_end: int) -> tuple[int, bool]:
        """Return where the post ends within a chunk, and whether that is for good."""
        cuts = [chunk_end, *self._stops(at, chunk_end), *self._and_cuts(at, chunk_end)]
        for begun, low in ((self._acting_starts, at + 1), (self._name_starts, at)):
            index = bisect_left(begun, low)
            cuts += begun[index : index + 1]
        cut = min(cuts)
        if _any_within(self._ministry_starts, head, cut):
            for match in ministries().longest(self.text[head : cut + 60]):
                if at < head + match.end and match.start < cut - head:
                    end = head + match.end
                    return country_end(self.text, end) or end, True
        if _any_within(self._province_starts, head, cut):
            for match in province_ends().longest(self.text[head:cut]):
                return head + match.end, True
        return cut, cut < chunk_end

    def _and_cuts(self, at: int, end: int) -> Iterator[int]:
        """Yield each และ that begins somebody or something else."""
        for match in re.finditer("และ", self.text[at:end]):
            place = at + match.start()
            after = self.scan.skip(at + match.end())
            if place not in self.scan.edges:
                continue
            further = heads_at(self.text, after)
            if (
                further
                or starts("not_joined").end(self.text, after)
                or strong_titles().end(self.text[after : after + 20])
            ):
                yield place

    def _continue(self, head: int, head_end: int, end: int) -> int | None:
        """Return where a post goes on after the white space at ``end``; ``None`` if it does not."""
        at = self.scan.skip(end)
        text = self.text
        if at == end or at - end > 2 or at >= len(text) or self._in_name(at):
            return None
        if self._stops(at, at + 1):
            return None
        bare = (
            end <= head_end + 1
            or text[head:end] in head_table()
            or text[head_end:end] in post_words("grades")
        )
        # A calling stands beside its body (นักวิชาการประมง กรมประมง), a post takes it in.
        calling = text[head:head_end] in callings()
        if bare and (
            (not calling and starts("bodies").end(text, at))
            or starts("units").end(text, at)
            or self._province(at)
        ):
            return at
        if bare and (named := _ABBREVIATION.match(text, at) or _QUOTED.match(text, at)):
            return self._abbreviated(at, named.end())
        if _LATIN_TAIL.search(text, head_end, end) and _LATIN_HEAD.match(text, at):
            return at
        further = starts("continues").end(text, at)
        if further and not opening_end(text, at) and not self._begins_name(further):
            return at  # not … กรรมการสอบ ด้าน|นางX กล่าว
        if _CONSTITUENCY.search(text, head_end, end) and self.scan.chunk(at).startswith("จังหวัด"):
            return at
        edges = self.scan.edges
        if text.endswith(post_tuple("open_ends"), head, end) and any(
            text.endswith(word, head, end) and end - len(word) in edges
            for word in post_tuple("open_ends")
        ):
            other = opening_end(text, at) or body_heads().match(text, at)
            return None if other else at
        return None

    def _province(self, at: int) -> bool:
        chunk = self.scan.chunk(at)
        return any(chunk[:size] in provinces() for size in range(len(chunk), 2, -1))

    def _abbreviated(self, at: int, end: int) -> int | None:
        """Return ``at`` if the abbreviation there is a body's; titles before a name are not."""
        title = strong_titles().end(self.text[at:end])
        # ส.อ. is a sergeant, ส.อ.ท. a federation
        return None if title and "." not in self.text[at + title : end] else at

    def _stacked(self, end: int, *, near: bool) -> list[int]:
        """Return the ends of the post and of those that และ, or ``รักษาการ``, joins to it."""
        ends = [end]
        while True:
            joined = joint().match(self.text, ends[-1])
            if joined is None or self._in_name(joined.end()):
                return ends
            opening = opening_end(self.text, joined.end())
            if not opening or starts("not_stacked").end(self.text, joined.end()):
                return ends
            head = self._head_within(joined.end(), opening, near=near)
            if head is None:
                return ends
            further = self._end(head[0], head[1], head_table()[self.text[head[0] : head[1]]])
            if starts("functions").end(self.text, head[0]) or further <= ends[-1]:
                return ends
            ends.append(further)

    def _head_within(self, start: int, end: int, *, near: bool) -> tuple[int, int] | None:
        for match in heads().longest(self.text[start : end + 30]):
            if start + match.start < end and (
                match.payload in OFFICES or (near and match.payload == "near")
            ):
                return start + match.start, start + match.end
        return None

    def _trim(self, start: int, head_end: int, end: int) -> int:
        if end - start > LONGEST:
            space = self.text.rfind(" ", head_end, start + LONGEST)
            end = space if space > 0 else head_end
        while (
            end > head_end
            and self.text[end - 1] in " \u00a0.-/ๆ–"
            and not _dotted(self.text[head_end - 1 : end])
        ):
            end -= 1
        words = post_tuple("loose_ends")
        for word in words if self.text.endswith(words, head_end, end) else ():
            loose = self.text.endswith(word, head_end, end) and end - len(word) in self.scan.edges
            if loose and not ends_area(self.text, head_end, end):
                return self._trim(start, head_end, end - len(word))
        return max(end, head_end)


def _any_within(places: Sequence[int], start: int, end: int) -> bool:
    """Say whether one of the sorted ``places`` is in ``start..end``."""
    index = bisect_left(places, start)
    return index < len(places) and places[index] < end


def heads_at(text: str, at: int) -> bool:
    """Say whether a post that stands by itself begins at ``at``, perhaps after its modifiers."""
    opening = opening_end(text, at)
    return opening > 0 and any(
        match.payload in OFFICES and match.start < opening - at
        for match in heads().longest(text[at : at + 40])
    )


def _dotted(text: str) -> bool:
    return bool(re.search(r"[ก-ฮA-Za-z]{1,5}\.$", text[-6:]))
