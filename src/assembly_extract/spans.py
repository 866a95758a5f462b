"""Character spans, and text that remembers where each character came from.

All offsets are code points, half open: ``text[start:end]``.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Span(NamedTuple):
    """A labelled stretch of a text, as the sequence tagger gives it.

    ``start`` and ``end`` are code points into the tagged text; ``score`` is in 0..1.
    """

    start: int
    end: int
    label: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Edit:
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
        ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
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
        segments = _tiled(draft.segments, len(self.source))
        return AlignedText(self.source, "".join(draft.pieces), tuple(segments))

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
        starts = [segment.start for segment in self.segments] if start == end else None
        if starts is not None:  # an insertion point: the source offset just before it
            segment = self.segments[max(0, bisect_right(starts, start) - 1)]
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
    """The text after edits, while it is put together from left to right."""

    def __init__(self, origin: AlignedText) -> None:
        self.origin = origin
        self.pieces: list[str] = []
        self.segments: list[Segment] = []
        self._cursor = 0  # index into origin.segments
        self._at = 0  # length of the new text so far

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

    def _append(self, piece: str, low: int, high: int, *, copied: bool) -> None:
        self.pieces.append(piece)
        self.segments.append(Segment(self._at, self._at + len(piece), low, high, copied))
        self._at += len(piece)


def _within(segment: Segment, start: int, end: int) -> tuple[int, int]:
    """Map a range of the text that lies in one segment to the source."""
    if segment.copied:
        shift = segment.source_start - segment.start
        return start + shift, end + shift
    return segment.source_start, segment.source_end


def _tiled(segments: list[Segment], source_size: int) -> Iterable[Segment]:
    """Close the gaps that deletions of deletions leave, so that segments tile the source."""
    reached = 0
    out: list[Segment] = []
    for segment in segments:
        low, high = max(segment.source_start, reached), max(segment.source_end, reached)
        if segment.start == segment.end and low == high:
            continue
        if low > reached:
            out.append(Segment(segment.start, segment.start, reached, low, copied=False))
        out.append(Segment(segment.start, segment.end, low, high, segment.copied))
        reached = high
    if reached < source_size:
        end = out[-1].end if out else 0
        out.append(Segment(end, end, reached, source_size, copied=False))
    return out
