"""The cleaned page -> the article's text, with every character's way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.cleaning.page import Cut
from assembly_extract.spans import AlignedText, Edit
from assembly_extract.types.article import Removed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assembly_extract.cleaning.page import Line, Page


class _Place(NamedTuple):
    """Where an offset of the repaired text lies: in the source, or inside edit ``edit``."""

    source: int
    edit: int | None


class SourceMap:
    """Leads from the repaired text back to the source, given the repair edits in order."""

    def __init__(self, edits: list[Edit]) -> None:
        self.edits = edits
        self.starts: list[int] = []  # of each edit's replacement in the repaired text
        shift = 0
        for edit in edits:
            self.starts.append(edit.start + shift)
            shift += len(edit.replacement) - (edit.end - edit.start)

    def place(self, offset: int, *, end: bool = False) -> _Place:
        """Map an offset; one inside a replacement belongs to the edit. ``end``: it ends a piece."""
        number = bisect_right(self.starts, offset - 1 if end else offset) - 1
        if number < 0:
            return _Place(offset, None)
        edit, start = self.edits[number], self.starts[number]
        behind = offset - (start + len(edit.replacement))
        if behind >= 0:
            return _Place(edit.end + behind, None)
        return _Place(edit.start, number) if offset > start else _Place(edit.start, None)

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range that ``[start, end)`` of the repaired text stems from."""
        first, last = self.place(start), self.place(end, end=True)
        low = first.source
        high = last.source if last.edit is None else self.edits[last.edit].end
        return low, max(low, high)


def kept_pieces(page: Page) -> Iterator[tuple[str, int, int]]:
    """Yield the pieces of the repaired text that the article consists of, with what joins each."""
    joint = ""
    for line in page.live():
        cuts = page.inner.get(line.index)
        if cuts is None:
            yield joint, line.start, line.end
        else:
            first = True
            for inner, start, end in _without_cuts(line, cuts, page.text):
                yield joint if first else inner, start, end
                first = False
        joint = "\n\n" if line is page.title else "\n"


def _without_cuts(line: Line, cuts: Sequence[Cut], text: str) -> Iterator[tuple[str, int, int]]:
    """Yield what of a line stands between its inner cuts, without the white space at the ends.

    Pieces are joined by a blank; by nothing where only inline tags stood between them.
    """
    done = reached = line.start
    joint = ""
    last = Cut(line.end, line.end, "", "")
    for cut in [*sorted(cut for cut in cuts if cut.end <= line.end), last]:
        piece = text[done : cut.start]
        stripped = piece.strip()
        if stripped:
            low = done + piece.index(stripped)
            if low > done or done > reached:
                joint = " "
            yield joint, low, low + len(stripped)
            reached = low + len(stripped)
            joint = ""
        if cut.rule != "inline tag":
            joint = " "
        if reached == cut.start:
            reached = cut.end  # nothing but tags since the last piece
        done = max(done, cut.end)


def assemble(source: str, page: Page, repairs: list[Edit]) -> AlignedText:
    """Return the article's text: headline, blank line, paragraphs, a newline between two."""
    places = SourceMap(repairs)
    edits: list[Edit] = []
    reached = 0  # in the source
    carried = ""  # the part of a replacement that a piece ended in
    for joint, start, end in kept_pieces(page):
        first, last = places.place(start), places.place(end, end=True)
        if first.edit is not None and first.edit == last.edit:  # all of it is one replacement
            replacement = carried + joint + page.text[start:end]
            reached, carried, before = repairs[first.edit].end, "", reached
            edits.append(Edit(before, reached, replacement, "layout", "lines joined"))
            continue
        begins, opening = first.source, ""
        if first.edit is not None:  # the piece begins inside a replacement
            edit, at = repairs[first.edit], places.starts[first.edit]
            begins, opening = edit.end, page.text[start : at + len(edit.replacement)]
        replacement = carried + joint + opening
        if source[reached:begins] != replacement:  # mostly the newline that stands there already
            edits.append(Edit(reached, begins, replacement, "layout", "lines joined"))
        carried = ""
        low = bisect_right(places.starts, start - 1)
        high = bisect_right(places.starts, end - 1)
        edits.extend(
            repairs[number]
            for number in range(low, high)
            if repairs[number].start >= begins and number != last.edit
        )
        reached = last.source
        if last.edit is not None:
            carried = page.text[places.starts[last.edit] : end]
    if reached < len(source) or carried:
        edits.append(Edit(reached, len(source), carried, "layout", "rest of the page"))
    return AlignedText.of(source).apply(edits)


def removed_pieces(source: str, page: Page, repairs: list[Edit]) -> tuple[Removed, ...]:
    """Return what was taken out, in the source's own words and order."""
    places = SourceMap(repairs)
    pieces = []
    for cut in sorted(page.cuts):
        start, end = places.source_range(cut.start, cut.end)
        pieces.append(Removed(source[start:end], cut.kind, cut.rule, start))
    return tuple(pieces)
