"""A trained model's file: what ``scripts/train_tagger.py`` writes and the tagger reads.

One ``.npz`` with string tables (UTF-8, one entry a line) and weights as coordinate lists
``(row, column, weight)``, quantised to 16 bits with one scale a model. Columns are block x label: a
block is one place that a feature can stand at, relative to the token that is labelled.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assembly_extract.errors import DataFileError
from assembly_extract.resources import data_file
from assembly_extract.word_lists import WordList

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]
    Steps = npt.NDArray[np.int16]

FORMAT = 1
#: The transition weight of a broken span: an inside label that does not follow its own type.
FORBIDDEN = np.float32(-50)

#: Where a token's own features can stand: at the labelled token, 1 to 3 before and after, and as
#: the nearest token before and after that is not one space.
TOKEN_BLOCKS = ("0", "-3", "-2", "-1", "+1", "+2", "+3", "before", "after")
#: Where a token's list marks can stand.
MARK_BLOCKS = ("0", "-2", "-1", "+1", "+2", "before")
#: Where a pair of neighbouring words can stand: ending at the labelled token, beginning there,
#: ending just before it, beginning just after it.
PAIR_BLOCKS = ("ends", "begins", "earlier", "later")
#: Pairs of shapes and of word clusters.
CLASS_PAIR_BLOCKS = ("ends", "begins")

STRING_TABLES = ("labels", "shapes", "affixes", "marks")
_FIRST_WORD = 2


class Weights(NamedTuple):
    """A loaded model.

    ``mark``, ``pair`` ... are dense tables, rows x (blocks x labels), row 0 zero; the large ones
    are kept as they are stored, in steps of ``scale``, at half the memory. Of ``token`` few cells
    hold a weight, so that these alone are kept: those of a row are columns and steps
    ``token_starts[row]`` to ``token_starts[row + 1]``. Its rows: 0 nothing, 1 the edge of a line,
    then words, cluster classes (``clusters[word]`` names three rows, 0 if none; a level begins at
    ``cluster_rows[level]``), ``unclustered``, shapes, affixes. ``pair_keys``, ``around_keys`` and
    ``spaced_keys`` are sorted ``first * len(words) + second`` of word ids; key ``i`` has row
    ``i + 1``. ``class_pair_rows`` is (classes + 1) squared, cluster class 0 is none.
    """

    version: str
    labels: tuple[str, ...]
    words: WordList
    shapes: dict[str, int]
    affixes: dict[str, int]
    marks: dict[str, int]
    clusters: npt.NDArray[np.int32]
    cluster_rows: tuple[int, ...]
    unclustered: int
    token_starts: Ints
    token_columns: Ints
    token_steps: Ints
    mark: Floats
    pair_keys: Ints
    pair: Steps
    around_keys: Ints
    around: Steps
    spaced_keys: Ints
    spaced: Steps
    shape_pair: Floats
    class_pair_rows: npt.NDArray[np.int32]
    class_pair: Floats
    transitions: Floats
    scale: np.float32

    def word_row(self, form: str) -> int:
        """Return the row of a written form, 0 if it has none."""
        index = self.words.index(form)
        return index + _FIRST_WORD if index >= 0 else 0


class ModelFile:
    """An open model file: arrays by name, string tables one entry a line.

    Raises
    ------
    DataFileError
        The file is missing, or of another format than this version reads.

    """

    def __init__(self, raw: bytes, path: str) -> None:
        self.version = hashlib.sha256(raw).hexdigest()[:12]
        self._data = np.load(io.BytesIO(raw))
        found = int(self._data["format"])
        if found != FORMAT:
            raise DataFileError(
                f"data/{path}: format {found} where {FORMAT} is read; "
                "rebuild it with scripts/train_tagger.py"
            )

    @classmethod
    def open(cls, name: str) -> ModelFile:
        """Open package data file ``tagger/<name>.npz``."""
        path = f"tagger/{name}.npz"
        try:
            raw = data_file(path).read_bytes()
        except OSError as error:
            raise DataFileError(f"data/{path}: {error}; reinstall assembly-extract") from error
        return cls(raw, path)

    def array(self, name: str) -> Any:  # noqa: ANN401 - of the type that it was written with
        """Return an array as it was written."""
        return self._data[name]

    def floats(self, name: str) -> Floats:
        """Return an array in single precision."""
        found: Floats = self._data[name].astype(np.float32)
        return found

    def strings(self, name: str) -> list[str]:
        """Return a string table."""
        return self.text(name).split("\n")

    def text(self, name: str) -> str:
        """Return a string table as it is kept: an entry a line."""
        return bytes(self._data[name]).decode("utf-8")


def _steps(data: ModelFile, name: str, rows: int, columns: int) -> Steps:
    """Return table ``name``, row 0 zero; ``rows`` counts row 0 too."""
    table = np.zeros((rows, columns), np.int16)
    at = np.cumsum(data.array(f"{name}.row").astype(np.int64))
    table[at, data.array(f"{name}.column")] = data.array(f"{name}.weight")
    return table


def _dense(data: ModelFile, name: str, rows: int, columns: int, scale: np.float32) -> Floats:
    """Return table ``name`` as :func:`_steps` does, its steps multiplied out."""
    return _steps(data, name, rows, columns) * scale


def parse_weights(data: ModelFile) -> Weights:
    """Build the tables of a linear chain."""
    strings = {table: data.strings(table) for table in STRING_TABLES}
    count = {table: len(entries) for table, entries in strings.items()}
    word_lines = data.text("words")
    count["words"] = word_lines.count("\n") + 1
    size, scale = count["labels"], np.float32(data.array("scale"))
    sizes = [int(number) for number in data.array("cluster_sizes")]
    words = _FIRST_WORD + count["words"]
    classes = data.array("clusters").astype(np.int64)
    first = np.cumsum([words, *sizes])
    clusters = np.zeros((words, len(sizes)), np.int32)
    clusters[_FIRST_WORD : _FIRST_WORD + len(classes)] = classes + first[:-1]
    unclustered = int(first[-1])
    shapes, affixes = unclustered + 1, unclustered + 1 + count["shapes"]
    keys = {name: np.cumsum(data.array(f"{name}.key")) for name in ("pair", "around", "spaced")}
    token_rows = affixes + count["affixes"]
    token_at = np.cumsum(data.array("token.row").astype(np.int64))
    pair_columns = len(PAIR_BLOCKS) * size
    class_columns = len(CLASS_PAIR_BLOCKS) * size
    class_keys = np.cumsum(data.array("class_pair.key"))
    class_rows = np.zeros((sizes[1] + 1) ** 2, np.int32)
    class_rows[class_keys] = np.arange(1, len(class_keys) + 1)
    return Weights(
        version=data.version,
        labels=tuple(strings["labels"]),
        words=WordList(word_lines),
        shapes={entry: row for row, entry in enumerate(strings["shapes"], shapes)},
        affixes={entry: row for row, entry in enumerate(strings["affixes"], affixes)},
        marks={entry: row for row, entry in enumerate(strings["marks"], 1)},
        clusters=clusters,
        cluster_rows=tuple(first[:-1].tolist()),
        unclustered=unclustered,
        token_starts=np.searchsorted(token_at, np.arange(token_rows + 1)),
        token_columns=data.array("token.column"),
        token_steps=data.array("token.weight"),
        mark=_dense(data, "mark", 1 + count["marks"], len(MARK_BLOCKS) * size, scale),
        pair_keys=keys["pair"],
        pair=_steps(data, "pair", 1 + len(keys["pair"]), pair_columns),
        around_keys=keys["around"],
        around=_steps(data, "around", 1 + len(keys["around"]), size),
        spaced_keys=keys["spaced"],
        spaced=_steps(data, "spaced", 1 + len(keys["spaced"]), size),
        shape_pair=_dense(data, "shape_pair", (1 + count["shapes"]) ** 2, class_columns, scale),
        class_pair_rows=class_rows,
        class_pair=_dense(data, "class_pair", 1 + len(class_keys), class_columns, scale),
        transitions=data.floats("transitions"),
        scale=scale,
    )
