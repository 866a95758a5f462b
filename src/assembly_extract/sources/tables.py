"""Tables of articles: JSON Lines, JSON arrays, CSV, TSV and Parquet; an article a row.

A row is called ``table.csv#ID`` after its own id, or after its number from 1.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from assembly_extract.errors import InputError
from assembly_extract.sources.decoding import decode
from assembly_extract.sources.kinds import full_suffix
from assembly_extract.sources.parquet import parquet_rows
from assembly_extract.sources.rows import BadRow, Roles, Row, article_of_row, assign_roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assembly_extract.types.columns import Columns

_SAMPLE = 65_536
_BLOCK = 1 << 20
_HEADERS = 1000
"""Sets of columns that are remembered of a table."""


def read_table(
    stream: BinaryIO, name: str, columns: Columns, limit: int, encoding: str | None = None
) -> Iterator[Row | BadRow]:
    """Yield the rows of the table ``name``; no row may take more than ``limit`` bytes.

    Raises
    ------
    InputError
        It is no table, no column holds the articles, or it holds records that are already made.

    """
    inner = full_suffix(name)[0]
    suffix = inner[inner.rindex(".") :]
    known: dict[tuple[str, ...], Roles] = {}
    for number, row in _READERS[suffix](stream, inner, limit, encoding):
        if isinstance(row, str):
            yield BadRow(number, row)
            continue
        header = tuple(row)
        if header not in known:  # rows of JSON may leave out what they have not
            first = not known
            if len(known) == _HEADERS:
                known.clear()
            try:
                known[header] = assign_roles(list(header), columns, name)
            except InputError as error:
                if first:
                    raise
                yield BadRow(number, error.reason)
                continue
        yield article_of_row(number, row, known[header], suffix[1:])


def _json_lines(
    stream: BinaryIO, name: str, limit: int, encoding: str | None
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    del name
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            yield number, f"line {number} is longer than {limit} bytes"
            return
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode(encoding or "utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield number, f"line {number} is no JSON: {error}"
            continue
        yield number, row if isinstance(row, dict) else f"line {number} is no JSON object"


def _json_array(
    stream: BinaryIO, name: str, limit: int, encoding: str | None
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Read an array of objects one by one, or a single object; never the whole file at once."""
    text = io.TextIOWrapper(stream, encoding or "utf-8-sig", errors="strict", newline="")
    decoder = json.JSONDecoder()
    number = at = wanted = 0
    waiting, block = "", "first"
    opened = False
    try:
        while block and len(waiting) - at <= limit:
            block = text.read(_BLOCK)
            waiting, at = waiting[at:] + block, 0
            if not opened:
                at = _gap(_OPENING, waiting, at)
                opened = at < len(waiting)
            if block and len(waiting) - at < wanted:
                continue
            while (at := _gap(_BETWEEN, waiting, at)) < len(waiting) and waiting[at] != "]":
                try:
                    row, at = decoder.raw_decode(waiting, at)
                except (
                    ValueError,
                    RecursionError,
                ):  # not all is read: try again with twice as much
                    wanted = 2 * (len(waiting) - at)
                    break
                wanted = 0
                number += 1
                yield number, row if isinstance(row, dict) else f"item {number} is no object"
    except UnicodeDecodeError as error:
        yield number + 1, f"item {number + 1} is not UTF-8 text: {error}"
        return
    finally:
        text.detach()
    rest = waiting[at:].strip(" \t\r\n]")
    if rest and not number and len(rest) <= limit:
        raise InputError(name, "parse", "the file is no JSON", "Check that it is whole")
    if rest:
        fault = "is no JSON" if len(rest) <= limit else f"is longer than {limit} characters"
        yield number + 1, f"item {number + 1} {fault}"


_OPENING = re.compile(r"\s*\[?")
_BETWEEN = re.compile(r"[\s,]*")


def _gap(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a pattern that may match nothing ends."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _separated(
    stream: BinaryIO, name: str, limit: int, encoding: str | None
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Read CSV or TSV: the encoding by evidence, the separator by what the header holds most."""
    sample = stream.read(_SAMPLE)
    whole_lines = sample[: sample.rfind(b"\n") + 1] or sample
    found = encoding or _CODECS.get(decoded := decode(whole_lines, name).encoding, decoded)
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(sample, stream)), found, errors="strict", newline=""
    )
    csv.field_size_limit(limit)
    number = 0
    try:
        header_text = sample.decode(found, "ignore").split("\n", 1)[0]
        mark = max("\t,;|", key=header_text.count) if not name.endswith(".tsv") else "\t"
        for row in csv.DictReader(_lines(text, limit), delimiter=mark):
            number += 1
            row.pop(None, None)  # cells beyond the header
            yield number, dict(row)
    except (csv.Error, UnicodeDecodeError) as error:
        yield number + 1, f"row {number + 1} cannot be read: {error}"


def _lines(text: io.TextIOWrapper, limit: int) -> Iterator[str]:
    """Yield the lines of a table; csv's own limit counts only once a line is whole in memory."""
    while line := text.readline(limit + 1):
        if len(line) > limit:
            raise csv.Error(f"a line is longer than {limit} characters")
        yield line


_CODECS = {"windows-874": "cp874"}


class _Rejoined(io.RawIOBase):
    """A stream with what was read of it put back in front."""

    def __init__(self, front: bytes, rest: BinaryIO) -> None:
        self._front = front
        self._rest = rest

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - the base class's own type
        """Fill ``buffer``; return how many bytes it took."""
        if self._front:
            piece = self._front[: len(buffer)]
            self._front = self._front[len(piece) :]
        else:
            piece = self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


_READERS: dict[
    str,
    Callable[[BinaryIO, str, int, str | None], Iterator[tuple[int, dict[str, Any] | str]]],
] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json_array,
    ".csv": _separated,
    ".tsv": _separated,
    ".parquet": parquet_rows,
}
