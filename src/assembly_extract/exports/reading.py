"""Records read back, one at a time: from JSON Lines, a JSON array, or tables of ours."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pydantic import ValidationError

from assembly_extract.errors import InputError
from assembly_extract.models import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SQLITE_MAGIC = b"SQLite format 3\0"
"""The bytes that every SQLite database begins with."""


def read_records(path: str, note: Callable[[str], None] = lambda _: None) -> Iterator[Record]:
    """Yield the records of a file or folder of ours; ``-`` is stdin, which takes text only.

    JSON Lines and arrays with a record a line are read line by line, other arrays at once; a SQLite
    database and a folder of CSV or Parquet tables article by article. ``note`` hears what tables
    hold that no record takes, and what they lack.

    Raises
    ------
    InputError
        The file cannot be read, or a line is no record; the message names the line.

    """
    if path != "-" and Path(path).is_dir():
        from assembly_extract.exports.reading_tables import read_folder  # noqa: PLC0415 - seldom

        yield from read_folder(path, note)
    elif path != "-" and _is_database(path):
        from assembly_extract.exports.reading_tables import read_database  # noqa: PLC0415

        yield from read_database(path, note)
    else:
        yield from _lines(path)


def _is_database(path: str) -> bool:
    try:
        with Path(path).open("rb") as stream:
            return stream.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError:
        return False  # whoever opens it next says why


def _lines(path: str) -> Iterator[Record]:
    with _opened(path) as stream:
        first = True
        for number, line in enumerate(stream, 1):
            text = line.strip()
            if first and text == "[":
                yield from _array_lines(line, stream, path)
                return
            if first and text.startswith("["):
                yield from _array(line + stream.read(), path)
                return
            first = first and not text
            if text:
                yield _record(text, path, f"line {number}")


def _array_lines(opening: str, stream: TextIO, path: str) -> Iterator[Record]:
    """Read an array line by line if it is as we write them, a record a line; else at once."""
    line = next(stream, "")
    if not line.startswith('{"schema":'):
        yield from _array(opening + line + stream.read(), path)
        return
    for number, text in enumerate(chain([line], stream), 2):
        if text.strip() not in {"", "]"}:
            yield _record(text.strip().removesuffix(","), path, f"line {number}")


def _array(text: str, path: str) -> Iterator[Record]:
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"no JSON from line {error.lineno}, column {error.colno}"
        raise InputError(path, "parse", reason, "Make the records again.") from None
    for number, row in enumerate(rows, 1):
        yield _record(json.dumps(row), path, f"record {number}")


def _record(text: str, path: str, where: str) -> Record:
    try:
        return Record.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        raise InputError(
            path,
            "parse",
            f"{where} is no record of schema assembly-extract/1 ({field}: {first['msg']})",
            "Give what `assembly-extract extract` wrote, or tables of `convert`.",
        ) from None


@contextmanager
def _opened(path: str) -> Iterator[TextIO]:
    if path == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig")  # type: ignore[union-attr]  # whatever the locale
        yield sys.stdin
        return
    try:
        with Path(path).open(encoding="utf-8-sig") as stream:
            yield stream
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(path, "read", reason, "Give a file of records.") from None
    except UnicodeDecodeError:
        reason = "this is not UTF-8 text"
        raise InputError(path, "decode", reason, "Give a file of records.") from None
