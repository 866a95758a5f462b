"""What a model knows of numbered entries (token types, sets of marks): computed once.

A :class:`Numbering` gives numbers; a model keeps :class:`Rows` by these. Most tokens of an article
are of a few thousand types: those have a number for good, and their rows stay. The others are
forgotten from time to time, for the sake of memory: of those met in an article half are not met
again in the next hundred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Tables = tuple[npt.NDArray[Any], ...]

Entry = TypeVar("Entry")

_AT_ONCE = 64  # entries whose rows are computed together: bounds the memory that this takes


class Numbering(dict[Entry, int], Generic[Entry]):
    """Gives each entry that is asked for a number; ``entries[number]`` is the entry.

    ``lasting`` are numbered from 0 and are never forgotten. ``age`` counts how often the others
    were.
    """

    def __init__(self, lasting: Sequence[Entry]) -> None:
        super().__init__(zip(lasting, range(len(lasting)), strict=True))
        self.entries = list(lasting)
        self.lasting = len(lasting)
        self.age = 0

    def named(self, numbers: Ints) -> list[Entry]:
        """Return the entries that have these numbers."""
        return [self.entries[number] for number in numbers.tolist()]

    def __missing__(self, entry: Entry) -> int:
        """Give an entry its number."""
        self[entry] = number = len(self.entries)
        self.entries.append(entry)
        return number

    def forget_beyond(self, most: int) -> None:
        """Forget all entries but the lasting, if there are more than ``most`` others."""
        if len(self.entries) - self.lasting > most:
            for entry in self.entries[self.lasting :]:
                del self[entry]
            del self.entries[self.lasting :]
            self.age += 1


class Rows(Generic[Entry]):
    """Tables with a row for each number, filled as numbers are met.

    Parameters
    ----------
    numbering
        Gives the numbers.
    first
        The row of number 0 in each table, 1 x ...; it says what the tables are of.
    compute
        Returns the rows of entries, given by ascending numbers, as an array for each table. What it
        returns for one entry may not depend on the others.

    """

    def __init__(
        self,
        numbering: Numbering[Entry],
        first: Tables,
        compute: Callable[[Ints], Tables],
    ) -> None:
        self._numbering, self._compute = numbering, compute
        self._age = numbering.age
        self.tables: Tables = first
        self._known = np.ones(1, np.bool_)

    def meet(self, numbers: Ints) -> None:
        """Fill the rows of those of ``numbers`` that have none yet."""
        if self._age != self._numbering.age:
            self._age = self._numbering.age
            self._known[self._numbering.lasting :] = False
        if len(self._numbering.entries) > len(self._known):
            self._grow(len(self._numbering.entries))
        met = np.zeros_like(self._known)
        met[numbers] = True
        new = np.flatnonzero(met & ~self._known)
        for start in range(0, len(new), _AT_ONCE):
            part = new[start : start + _AT_ONCE]
            for table, rows in zip(self.tables, self._compute(part), strict=True):
                table[part] = rows
        self._known[new] = True

    def _grow(self, least: int) -> None:
        """Make room for half as many again; pages that hold no row yet take no memory."""
        room = least + least // 2
        self.tables = tuple(_longer(table, room) for table in self.tables)
        self._known = _longer(self._known, room)


def _longer(table: npt.NDArray[Any], room: int) -> npt.NDArray[Any]:
    found = np.zeros((room, *table.shape[1:]), table.dtype)
    found[: len(table)] = table
    return found
