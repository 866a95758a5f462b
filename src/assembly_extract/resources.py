"""The only reader of package data: TOML and TSV files under ``data/``, checked as they load.

A file must be NFC text without duplicate rows, must have the keys its reader expects, and must be
named in ``data/SOURCES.toml`` with its origin and licence. Faults raise
:class:`~assembly_extract.errors.DataFileError` with file and row.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli  # the standard library's parser, compiled: the data files are read at every start

from assembly_extract.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_DATA = Path(__file__).parent / "data"
_NO_RECORDS = (
    "report/",
    "evaluation.toml",
    "normalise.toml",
    "organisations_renamed.tsv",
    "SOURCES.toml",
)
"""Data that other commands read, or nobody: records stay the same when it changes."""


def data_file(name: str) -> Path:
    """Return the package data file ``name`` (a path relative to ``data/``)."""
    return _DATA / name


def read_text(name: str) -> str:
    """Return a package data file as text.

    Raises
    ------
    DataFileError
        The file is missing, is not UTF-8, or is not NFC.

    """
    try:
        text = data_file(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(f"data/{name}: {error}") from error
    return checked_nfc(text, f"data/{name}")


def checked_nfc(text: str, name: str) -> str:
    """Return ``text`` if it is NFC; raise :class:`DataFileError` with the first bad line if not."""
    if not unicodedata.is_normalized("NFC", text):
        for number, line in enumerate(text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                raise DataFileError(f"{name}, line {number}: not NFC text: {line!r}")
    return text


@cache
def read_toml(name: str) -> dict[str, Any]:
    """Return a package TOML file as a dict (cached: treat it as read-only)."""
    return parse_toml(read_text(name), f"data/{name}")


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """Parse TOML; raise :class:`DataFileError` naming ``name`` where it is malformed."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise DataFileError(f"{name}: {error}") from error


def read_tsv(name: str, columns: Sequence[str], key: Sequence[str] = ()) -> list[dict[str, str]]:
    """Return the rows of a package TSV file: a dict per row, keyed by ``columns``.

    The first line names the columns. Lines that begin with ``#`` and empty lines are skipped. Rows
    must differ in the ``key`` columns (default: in all columns).
    """
    return parse_tsv(read_text(name), f"data/{name}", columns, key)


def read_rows(name: str, columns: Sequence[str], key: Sequence[str] = ()) -> list[list[str]]:
    """Return the same rows as lists of cells: a third of the cost, for files of thousands."""
    return _parse_rows(read_text(name), f"data/{name}", columns, key)


def parse_tsv(
    text: str, name: str, columns: Sequence[str], key: Sequence[str] = ()
) -> list[dict[str, str]]:
    """Return the rows of a TSV text; raise :class:`DataFileError` with the row's number."""
    rows = _parse_rows(text, name, columns, key)
    return [dict(zip(columns, cells, strict=True)) for cells in rows]


def _parse_rows(
    text: str, name: str, columns: Sequence[str], key: Sequence[str]
) -> list[list[str]]:
    lines = text.split("\n")
    rows = [line.split("\t") for line in lines if _is_row(line)]
    if not rows or rows[0] != list(columns):
        raise DataFileError(f"{name}: the first line must name the columns {', '.join(columns)}")
    del rows[0]
    mark_of = itemgetter(*(columns.index(column) for column in key or columns))
    if {*map(len, rows)} <= {len(columns)} and len({*map(mark_of, rows)}) == len(rows):
        return rows
    raise DataFileError(f"{name}, {next(_faults(lines, len(columns), mark_of))}")


def _is_row(line: str) -> bool:
    return line != "" and line[0] != "#" and not line.isspace()


def _faults(lines: list[str], width: int, mark_of: Callable[[list[str]], object]) -> Iterator[str]:
    """Yield which rows are none of the table, and why."""
    seen: dict[object, int] = {}
    numbered = [(number, line) for number, line in enumerate(lines, 1) if _is_row(line)]
    for number, line in numbered[1:]:
        cells = line.split("\t")
        if len(cells) != width:
            yield f"line {number}: {len(cells)} cells where {width} are expected"
        mark = mark_of(cells)
        if mark in seen:
            yield f"line {number}: repeats line {seen[mark]}: {mark}"
        seen[mark] = number


@cache
def installed_words(package: str, name: str) -> tuple[str, ...]:
    """Return the words of a list inside an installed package, a line each, in its order."""
    return tuple(filter(None, map(str.strip, installed_text(package, name).split("\n"))))


def installed_text(package: str, name: str) -> str:
    """Return a file inside an installed package as text."""
    return installed_file(package, name).read_bytes().decode("utf-8")


@cache
def sources() -> dict[str, dict[str, Any]]:
    """Return ``SOURCES.toml``: for each data file its origin, licence, date and build script."""
    table = read_toml("SOURCES.toml")
    for name, entry in table.items():
        missing = {"origin", "licence"} - entry.keys()
        if missing:
            raise DataFileError(f"data/SOURCES.toml: {name}: no {', '.join(sorted(missing))}")
    return table


@cache
def data_version() -> str:
    """Return 12 hex digits that change with any byte of the package data that makes records.

    The taggers' weights have a version of their own; what :data:`_NO_RECORDS` names makes none.
    """
    digest = hashlib.sha256()
    for path in sorted(_DATA.rglob("*")):
        name = path.relative_to(_DATA).as_posix()
        if path.suffix != ".npz" and not name.startswith(_NO_RECORDS) and path.is_file():
            digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def installed_file(package: str, name: str) -> Path:
    """Return the path of file ``name`` inside an installed package, without importing it.

    Importing pythainlp costs more than reading its word lists.

    Raises
    ------
    DataFileError
        The package is not installed, or has no such file.

    """
    from importlib.util import find_spec  # noqa: PLC0415 - seldom needed

    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / name
        if path.is_file():
            return path
    raise DataFileError(f"{package}: no file {name}; reinstall it: pip install -U {package}")
