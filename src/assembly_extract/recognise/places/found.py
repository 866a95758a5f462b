"""An area in a text, as it was found."""

from __future__ import annotations

from typing import NamedTuple

from assembly_extract.types.mention import Mention
from assembly_extract.types.places import PlaceValue


class Found(NamedTuple):
    """An area in the text: its surface, what it may be, and how it was found."""

    start: int
    end: int
    kind: str
    name: str
    codes: tuple[str, ...]
    rule: str
    score: float

    @property
    def bare(self) -> bool:
        """Whether no prefix word stands before the name."""
        return self.rule == "province" or self.rule.endswith("list")

    def mention(self, text: str) -> Mention:
        """Return it as a mention."""
        value = PlaceValue(self.kind, self.name, self.codes)
        surface = text[self.start : self.end]
        return Mention(self.start, self.end, surface, "place", self.rule, self.score, value)
