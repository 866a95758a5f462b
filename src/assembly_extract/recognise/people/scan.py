"""A text and its word edges: what the grammar of names and posts looks at."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assembly_extract.recognise.people.lexicon import strong_titles
from assembly_extract.tokens import token_edges

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from assembly_extract.spans import Span

THAI = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
"""Thai letters, vowels and marks, as the inside of a character class; no ฯ, ๆ or digits."""

GAP = "[ \u00a0\t]"
"""One character of white space within a line."""

GAPS = (" ", "\u00a0", "\t")
"""The characters of :data:`GAP`."""

_THAI_RUN = re.compile(f"[{THAI}]+(?:[-–][{THAI}]+)*")
_THAI_LETTER = re.compile(f"[{THAI}]")
_GAPS = re.compile(f"{GAP}{{0,60}}")


@dataclass(frozen=True)
class Scan:
    """A document's text with the edges of its words, found once.

    ``people`` are the stretches that the sequence tagger calls a person, sorted.
    """

    text: str
    people: tuple[Span, ...] = ()

    @cached_property
    def _people_starts(self) -> list[int]:
        return [span.start for span in self.people]

    def tagged(self, at: int) -> Span | None:
        """Return the tagger's person that covers ``at``, if any."""
        index = bisect_right(self._people_starts, at) - 1
        if index >= 0 and at < self.people[index].end:
            return self.people[index]
        return None

    @cached_property
    def edges(self) -> AbstractSet[int]:
        """Return where words begin and end, in code points."""
        return token_edges(self.text)

    def opens(self, at: int) -> bool:
        """Say whether a word can begin at ``at``: an edge, or no Thai letter before it."""
        return at == 0 or not _THAI_LETTER.match(self.text, at - 1) or at in self.edges

    def starts_run(self, at: int) -> bool:
        """Say whether no Thai letter stands right before ``at``."""
        return at == 0 or not _THAI_LETTER.match(self.text, at - 1)

    def closes(self, at: int) -> bool:
        """Say whether a word can end at ``at``: an edge, or no Thai letter after it."""
        return not _THAI_LETTER.match(self.text, at) or at in self.edges

    def follows_stub(self, at: int) -> bool:
        """Say whether one or two Thai letters that are no word end at ``at``: the กย of กยศ."""
        return any(
            _THAI_LETTER.match(self.text, at - size) and at - size in self.edges
            for size in (1, 2)
            if size <= at and _THAI_LETTER.match(self.text, at - 1)
        )

    def chunk(self, at: int) -> str:
        """Return the run of Thai letters at ``at``, hyphens within it too; ``""`` if none is."""
        run = _THAI_RUN.match(self.text, at)
        if run is None:
            return ""
        whole = run.group()
        if "-" not in whole and "–" not in whole:
            return whole
        for dash in (place for place, sign in enumerate(whole) if sign in "-–"):
            if strong_titles().end(whole, dash + 1):
                return whole[:dash]  # นายกฤษดา-นางมาลี: two people
        return whole

    def skip(self, at: int) -> int:
        """Return the place after the white space at ``at``: as wide as a table's columns."""
        space = _GAPS.match(self.text, at)
        return space.end() if space else at
