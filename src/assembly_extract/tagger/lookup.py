"""Rows by key, for many keys at once: hash tables in numpy.

A search in sorted keys takes a dozen steps that no processor foresees; here it is three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

# The golden ratio in 64 bits: the upper bits of a product with it, or with an odd power of it, are
# spread evenly.
_SPREAD = 0x9E3779B97F4A7C15
_ROOM, _LEAST_BITS = 4, 14  # places for each key, at least, and in a table


class KeyRows:
    """Finds rows by keys that are not negative: the first key's row is 1, 0 is that of no key.

    >>> KeyRows(np.array([3, 5, 40])).of(np.array([5, 4, 40, 0])).tolist()
    [2, 0, 3, 0]
    """

    def __init__(self, keys: Ints) -> None:
        self._keys = np.concatenate((np.array([-1]), keys))
        # Each table holds the rows of those keys that found a place in no table before.
        self._tables: list[tuple[np.uint64, np.uint64, npt.NDArray[Any]]] = []
        left = np.arange(1, len(self._keys))
        while len(left):
            bits = max((_ROOM * len(left) - 1).bit_length(), _LEAST_BITS)
            factor = np.uint64(pow(_SPREAD, 2 * len(self._tables) + 1, 2**64))
            shift = np.uint64(64 - bits)
            table = np.zeros(1 << bits, np.min_scalar_type(len(keys)))
            places = _places(self._keys[left], factor, shift)
            table[places] = left
            left = left[table[places] != left]
            self._tables.append((factor, shift, table))

    def of(self, wanted: Ints) -> Ints:
        """Return the row of each wanted key."""
        found = np.zeros_like(wanted)
        for factor, shift, table in self._tables:
            rows = table.take(_places(wanted, factor, shift))
            rows *= self._keys.take(rows) == wanted
            found += rows
        return found


def _places(keys: Ints, factor: np.uint64, shift: np.uint64) -> Ints:
    return ((keys.view(np.uint64) * factor) >> shift).view(np.int64)
