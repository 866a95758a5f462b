"""Lines to numbered token types and list marks: the one place that looks at characters."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assembly_extract.resources import read_text
from assembly_extract.tagger.lists import marks
from assembly_extract.tagger.rows import Numbering
from assembly_extract.tokens import line_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ahocorasick
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

#: Rows of line edge between two lines, and at both ends. The linear chain looks three rows aside;
#: the network takes them out.
EDGE = 4
# Token types beside the common ones, and sets of marks, after which these are numbered anew. A type
# takes 2.4 KB in the models' tables.
_MOST_OTHERS = 1_000
_MOST_MARK_SETS = 4_000


class Encoded(NamedTuple):
    """Lines as rows of token types, ``EDGE`` rows of type 0 before, between and after them.

    ``edges[line]`` are where its tokens begin, in code points of that line, and its end;
    ``first[line]`` is its first row. ``marked`` are the rows that a list's entry covers, ascending,
    ``mark_sets`` the number of the set of marks on each. ``space`` is the type of one space, -1 if
    none was met yet.
    """

    edges: list[list[int]]
    first: list[int]
    types: Ints
    marked: Ints
    mark_sets: Ints
    space: int

    @property
    def inside(self) -> Bools:
        """False on the rows of line edge."""
        inside: Bools = self.types != 0
        return inside


@cache
def common_types() -> tuple[str, ...]:
    """Return the token types that most articles are made of, the commonest first."""
    return tuple(read_text("tagger/common.txt").split())


class Lexicon:
    """Numbers token types and sets of marks as they are met; ``matcher`` finds the lists' entries.

    Type 0 is a line edge, then come the :func:`common_types`; set 0 is the empty one. Training
    keeps all.
    """

    def __init__(self, matcher: ahocorasick.Automaton, *, keep_all: bool = False) -> None:
        self._matcher = matcher
        self._keep_all = keep_all
        self.types: Numbering[str] = Numbering(("", *common_types()))
        self.sets: Numbering[frozenset[str]] = Numbering((frozenset(),))

    def encode(self, lines: Sequence[str]) -> Encoded:
        """Tokenise ``lines``, number their tokens, and look their words up in the lists."""
        if not self._keep_all:
            self.types.forget_beyond(_MOST_OTHERS)
            self.sets.forget_beyond(_MOST_MARK_SETS)
        edges: list[list[int]] = []
        first: list[int] = []
        types: list[int] = [0] * EDGE
        found: dict[int, int] = {}
        for line in lines:
            words = line_words(line)
            cut = list(accumulate(map(len, words), initial=0))
            row = len(types)
            edges.append(cut)
            first.append(row)
            types += map(self.types.__getitem__, words)
            types += [0] * EDGE
            for number, names in marks(self._matcher, line, cut).items():
                found[row + number] = self.sets[frozenset(names)]
        marked = sorted(found)
        return Encoded(
            edges,
            first,
            np.array(types, np.int64),
            np.array(marked, np.int64),
            np.array([found[row] for row in marked], np.int64),
            self.types.get(" ", -1),
        )
