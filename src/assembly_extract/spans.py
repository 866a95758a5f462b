"""Character spans, and text that remembers where each character came from.

All offsets are code points, half open: ``text[start:end]``.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


_START, _END = attrgetter("start"), attrgetter("end")


class Span(NamedTuple):
    """A labelled stretch of a text, as the sequence tagger gives it.

    ``start`` and ``end`` are code points into the tagged text; ``score`` is in 0..1.
    """

    start: int
    end: int
    label: str
    score: float = 1.0


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``replacement`` (``""`` deletes, ``start == end`` inserts).

    Offsets point into the text that the edit is applied to. ``kind`` says what was taken out or
    mended (``navigation``, ``caption``, ``unicode`` ...), ``rule`` which named rule decided it.
    """

    start: int
    end: int
    replacement: str
    kind: str
    rule: str


class Segment(NamedTuple):
    """``text[start:end]`` stems from ``source[source_start:source_end]``.

    In a copied segment both have one length and the same characters; in an edited one they differ.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    copied: bool


@dataclass(frozen=True, slots=True)
class AlignedText:
    r"""A text, the source it was made from, and the way back.

    ``segments`` tile both ``text`` and ``source`` from first to last character without gap, so that
    nothing is lost unseen: what is not copied is in an edited segment.

    >>> cleaned = AlignedText.of("xs\nข่าว").apply([Edit(0, 3, "", "navigation", "breakpoint")])
    >>> cleaned.text, cleaned.to_source(0, 4)
    ('ข่าว', (3, 7))
    """

    source: str
    text: str
    segments: tuple[Segment, ...]

    @classmethod
    def of(cls, source: str) -> AlignedText:
        """Wrap an unedited text."""
        size = len(source)
        return cls(source, source, (Segment(0, size, 0, size, copied=True),) if size else ())

    def apply(self, edits: Iterable[Edit]) -> AlignedText:
        """Return the text after ``edits``, which point into ``self.text`` and must not overlap.

        Raises
        ------
        ValueError
            An edit lies outside the text or overlaps the one before it.

        """
        #  Two stable sorts by a number: one by pairs would keep a tuple for each edit alive.
        ordered = sorted(edits, key=_END)
        ordered.sort(key=_START)
        if not ordered:
            return self
        draft = _Draft(self)
        done = 0
        for edit in ordered:
            if not done <= edit.start <= edit.end <= len(self.text):
                raise ValueError(f"edit {edit} overlaps its neighbour or leaves the text")
            draft.copy(done, edit.start)
            draft.put(edit.replacement, self._source_range(edit.start, edit.end))
            done = edit.end
        draft.copy(done, len(self.text))
        draft.close(len(self.source))
        return AlignedText(self.source, "".join(draft.pieces), tuple(draft.segments))

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Map ``text[start:end]`` to the smallest source range that it stems from.

        Raises
        ------
        ValueError
            The range is empty or leaves the text.

        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such range: {start}..{end} of {len(self.text)} code points")
        return self._source_range(start, end)

    def _source_range(self, start: int, end: int) -> tuple[int, int]:
        if not self.segments:
            return 0, len(self.source)
        if start == end:  # an insertion point: the source offset just before it
            number = bisect_right(self.segments, start, key=_START)
            segment = self.segments[max(0, number - 1)]
            low, _ = _within(segment, min(start, segment.end), min(start, segment.end))
            return (low, low) if segment.copied else (segment.source_end, segment.source_end)
        first = self._at(start)
        last = self._at(end - 1)
        low, _ = _within(first, start, min(first.end, end))
        _, high = _within(last, max(last.start, start), end)
        return low, high

    def _at(self, offset: int) -> Segment:
        """Return the segment that holds the character at ``offset``."""
        low, high = 0, len(self.segments)
        while low < high:
            middle = (low + high) // 2
            if self.segments[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return self.segments[low]


class _Draft:
    """The text after edits, while it is put together from left to right.

    Its segments tile the source from the start: what deletions of deletions leave out becomes a
    segment of its own. Each is made once: of a page with an edit per word there are hundreds of
    thousands, and the garbage collector visits them all.
    """

    def __init__(self, origin: AlignedText) -> None:
        self.origin = origin
        self.pieces: list[str] = []
        self.segments: list[Segment] = []
        self._cursor = 0  # index into origin.segments
        self._at = 0  # length of the new text so far
        self._reached = 0  # in the source

    def copy(self, start: int, end: int) -> None:
        """Append ``origin.text[start:end]`` and the segments that it consists of."""
        while start < end:
            segment = self.origin.segments[self._cursor]
            if segment.end <= start:
                self._cursor += 1
                continue
            stop = min(end, segment.end)
            low, high = _within(segment, start, stop)
            self._append(self.origin.text[start:stop], low, high, copied=segment.copied)
            start = stop

    def put(self, replacement: str, source_range: tuple[int, int]) -> None:
        """Append text that stands for a source range."""
        self._append(replacement, *source_range, copied=False)

    def close(self, source_size: int) -> None:
        """Account for the rest of the source."""
        if self._reached < source_size:
            self._append("", self._reached, source_size, copied=False)

    def _append(self, piece: str, low: int, high: int, *, copied: bool) -> None:
        start, reached = self._at, self._reached
        low = max(low, reached)
        high = max(high, reached)
        if not piece and low == high:
            return
        if low > reached:
            self.segments.append(Segment(start, start, reached, low, copied=False))
        end = start + len(piece)
        self.segments.append(Segment(start, end, low, high, copied))
        self.pieces.append(piece)
        self._at, self._reached = end, high


def _within(segment: Segment, start: int, end: int) -> tuple[int, int]:
    """Map a range of the text that lies in one segment to the source."""
    if segment.copied:
        shift = segment.source_start - segment.start
        return start + shift, end + shift
    return segment.source_start, segment.source_end
