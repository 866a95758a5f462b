"""Write trained models as the tagger's model files.

A linear chain is ``{feature name: {label: weight}}``, named as in ``train_tagger_linear.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assembly_extract.tagger.weights import (
    CLASS_PAIR_BLOCKS,
    FORBIDDEN,
    FORMAT,
    MARK_BLOCKS,
    PAIR_BLOCKS,
    TOKEN_BLOCKS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_OFFSETS = {"-3": "-3", "-2": "-2", "-1": "-1", "1": "+1", "2": "+2", "3": "+3", "0": "0"}
_WORD_PAIRS = {"b-": "ends", "b+": "begins", "t-": "earlier", "t+": "later"}


def split_pair(value: str) -> tuple[str, str]:
    """Split ``first|second``, where the sign ``|`` itself may be a word or a shape ``p|``."""
    for sign in ("p|", "|"):
        if value.startswith(f"{sign}|"):
            return sign, value[len(sign) + 1 :]
    first, _, second = value.partition("|")
    return first, second


def _is_shape(key: str, value: str) -> bool:
    """Tell ``s1=th2``, the next token's shape, from ``s1=ก``, a last character."""
    return key.removeprefix("s").removeprefix("-") in {"1", "2"} and value[0] < "\u0e00"


class _Table:
    """Rows named by keys, columns block x label; filled cell by cell."""

    def __init__(self, blocks: tuple[str, ...], labels: list[str]) -> None:
        self.column = {
            (block, label): number * len(labels) + at
            for number, block in enumerate(blocks)
            for at, label in enumerate(labels)
        }
        self.cells: dict[tuple[int, int], float] = {}

    def add(self, row: int, block: str, weights: Mapping[str, float]) -> None:
        for label, weight in weights.items():
            self.cells[row, self.column[block, label]] = weight

    def arrays(self, name: str, scale: float) -> dict[str, np.ndarray]:
        cells = sorted(self.cells.items())
        rows = np.array([row for (row, _), _ in cells], np.int64)
        return {
            f"{name}.row": np.diff(rows, prepend=0).astype(np.uint32),
            f"{name}.column": np.array([column for (_, column), _ in cells], np.uint16),
            f"{name}.weight": np.round(np.array([w for _, w in cells]) / scale).astype(np.int16),
        }


class LinearPacker:
    """Sorts feature names into tables and gives words, shapes, affixes and marks their numbers."""

    def __init__(
        self,
        model: Mapping[str, Mapping[str, float]],
        labels: list[str],
        clusters: Mapping[str, Sequence[int]],
    ) -> None:
        self.labels, self.clusters = labels, clusters
        self.model = {name: weights for name, weights in model.items() if weights}
        self.sizes = [1 + max(c[i] for c in clusters.values()) for i in range(3)]
        parsed = [(*name.partition("=")[::2], weights) for name, weights in self.model.items()]
        shapes = {v for k, v, _ in parsed if k == "sh" or (k[:1] == "s" and _is_shape(k, v))}
        shapes |= {part for k, v, _ in parsed if k in {"sb-", "sb+"} for part in split_pair(v)}
        words = set()
        for key, value, _ in parsed:
            if key in _WORD_PAIRS or key in {"c", "np2"}:
                words |= set(split_pair(value))
            elif key in {"np", "nn"} or key[:1] == "w":
                words.add(value)
        self.words = sorted(clusters) + sorted(words - clusters.keys())
        self.shapes = sorted(shapes)
        self.marks = sorted({v for k, v, _ in parsed if k[:1] == "g"})
        self.affixes = sorted(
            f"{k}={v}"
            for k, v, _ in parsed
            if len(k) == 2 and k[0] in "ps" and k[1] in "1234" and not _is_shape(k, v)
        )
        self.word_id = {word: row for row, word in enumerate(self.words, 2)}
        first = np.cumsum([2 + len(self.words), *self.sizes]).tolist()
        self.class_row = dict(zip("abc", first, strict=False))
        self.unclustered = first[-1]
        shape_row = self.unclustered + 1
        self.shape_row = {entry: row for row, entry in enumerate(self.shapes, shape_row)}
        affix_row = shape_row + len(self.shapes)
        self.affix_row = {entry: row for row, entry in enumerate(self.affixes, affix_row)}
        self.mark_row = {entry: row for row, entry in enumerate(self.marks, 1)}
        self.token = _Table(TOKEN_BLOCKS, labels)
        self.mark = _Table(MARK_BLOCKS, labels)
        self.pairs = {
            "pair": _Table(PAIR_BLOCKS, labels),
            "around": _Table(("",), labels),
            "spaced": _Table(("",), labels),
            "class_pair": _Table(CLASS_PAIR_BLOCKS, labels),
        }
        self.shape_pair = _Table(CLASS_PAIR_BLOCKS, labels)
        for key, value, weights in parsed:
            self._place(key, value, weights)

    def _place(self, key: str, value: str, weights: Mapping[str, float]) -> None:
        """Put one feature's weights where the runtime looks them up."""
        if not value and key[:1] in "BE":
            self.token.add(1, _OFFSETS[key[1:]], weights)
        elif key in _WORD_PAIRS:
            self.pairs["pair"].add(self._word_key(value), _WORD_PAIRS[key], weights)
        elif key in {"c", "np2"}:
            table = self.pairs["around" if key == "c" else "spaced"]
            table.add(self._word_key(value), "", weights)
        elif key in {"np", "nn"}:
            self.token.add(self.word_id[value], "before" if key == "np" else "after", weights)
        elif key[0] == "w":
            self.token.add(self.word_id[value], _OFFSETS[key[1:] or "0"], weights)
        elif key == "sh":
            self.token.add(self.shape_row[value], "0", weights)
        elif key in {"sb-", "sb+"}:
            first, second = split_pair(value)
            base = self.unclustered
            row = (self.shape_row[first] - base) * (len(self.shapes) + 1)
            row += self.shape_row[second] - base
            self.shape_pair.add(row, "ends" if key == "sb-" else "begins", weights)
        elif key in {"kb-", "kb+"}:
            a, b = (int(part) + 1 for part in value.split("|"))
            row = a * (self.sizes[1] + 1) + b
            self.pairs["class_pair"].add(row, "ends" if key == "kb-" else "begins", weights)
        elif key[0] == "k":
            if value == "oov":
                self.token.add(self.unclustered, _OFFSETS[key[1:]], weights)
            else:
                row = self.class_row[key[-1]] + int(value)
                self.token.add(row, _OFFSETS[key[1:-1]], weights)
        elif key in {"gg", "gp"}:
            self.mark.add(self.mark_row[value], "0" if key == "gg" else "before", weights)
        elif key[0] == "g":
            self.mark.add(self.mark_row[value], _OFFSETS[key[1:]], weights)
        elif f"{key}={value}" in self.affix_row:
            self.token.add(self.affix_row[f"{key}={value}"], "0", weights)
        elif key[0] == "s" and value in self.shape_row:
            self.token.add(self.shape_row[value], _OFFSETS[key[1:]], weights)
        else:
            raise ValueError(f"unknown feature: {key}={value}")

    def _word_key(self, value: str) -> int:
        first, second = split_pair(value)
        return self.word_id[first] * (len(self.words) + 2) + self.word_id[second]

    def write(self, path: Path, transitions: np.ndarray) -> None:
        """Write the model file; the bytes depend on the model alone."""
        weights = [abs(w) for row in self.model.values() for w in row.values()]
        scale = max(weights) / 32767
        arrays: dict[str, np.ndarray] = {
            "format": np.array(FORMAT),
            "scale": np.array(scale),
            "cluster_sizes": np.array(self.sizes),
            "clusters": np.array([self.clusters[w] for w in sorted(self.clusters)], np.uint16),
            "transitions": transitions.astype(np.float32),
            **self.token.arrays("token", scale),
            **self.mark.arrays("mark", scale),
            **self.shape_pair.arrays("shape_pair", scale),
        }
        for name, entries in (
            ("labels", self.labels),
            ("words", self.words),
            ("shapes", self.shapes),
            ("affixes", self.affixes),
            ("marks", self.marks),
        ):
            arrays[name] = np.frombuffer("\n".join(entries).encode(), np.uint8)
        for name, table in self.pairs.items():
            keys = sorted({row for row, _ in table.cells})
            number = {key: row for row, key in enumerate(keys, 1)}
            table.cells = {(number[row], col): w for (row, col), w in table.cells.items()}
            arrays[f"{name}.key"] = np.diff(np.array(keys, np.int64), prepend=0)
            arrays |= table.arrays(name, scale)
        np.savez_compressed(path, allow_pickle=False, **arrays)


def legal_transitions(
    labels: list[str], weights: Iterable[tuple[tuple[str, str], float]]
) -> np.ndarray:
    """Return labels x labels, from x to: the learnt weights, and ``FORBIDDEN`` for broken spans."""
    at = {label: number for number, label in enumerate(labels)}
    found = np.zeros((len(labels), len(labels)))
    for (before, after), weight in weights:
        found[at[before], at[after]] = weight
    for i, before in enumerate(labels):
        for j, after in enumerate(labels):
            if after[0] == "I" and before[2:] != after[2:]:
                found[i, j] = FORBIDDEN
    return found
