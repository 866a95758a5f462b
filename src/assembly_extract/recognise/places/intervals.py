"""Stretches of a text that do not overlap, asked by offset: each question costs a binary search."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class Stretch(Protocol):
    """What lies at ``text[start:end]``."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """One past the last code point."""


Item = TypeVar("Item", bound=Stretch)


class Intervals(Generic[Item]):
    """Items sorted by start, none overlapping another."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = sorted(items, key=lambda item: item.start)
        self._starts = [item.start for item in self.items]

    def covering(self, at: int) -> Item | None:
        """Return the item that holds offset ``at``."""
        index = bisect_right(self._starts, at) - 1
        return self.items[index] if index >= 0 and at < self.items[index].end else None

    def inside(self, start: int, end: int) -> Item | None:
        """Return the first item that lies wholly in ``start..end``."""
        index = bisect_left(self._starts, start)
        if index < len(self.items) and self.items[index].end <= end:
            return self.items[index]
        return None

    def meets(self, start: int, end: int) -> bool:
        """Say whether an item shares a character with ``start..end``."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self.items[index].end > start
