"""Tables of articles: JSON Lines, JSON arrays, CSV, TSV and Parquet; an article a row.

A row is called ``table.csv#ID`` after its own id, or after its number from 1.
"""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from assembly_extract.errors import InputError
from assembly_extract.sources.decoding import decode
from assembly_extract.sources.kinds import full_suffix
from assembly_extract.sources.parquet import parquet_rows
from assembly_extract.sources.rows import (
    BadRow,
    Cells,
    Roles,
    Row,
    article_of_row,
    assign_roles,
)
from assembly_extract.sources.thai_bytes import thai_codec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
    for number, row, read_as in _READERS[suffix](stream, inner, limit, encoding):
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
        yield article_of_row(number, row, known[header], suffix[1:], read_as)


def _json_lines(stream: BinaryIO, name: str, limit: int, encoding: str | None) -> Iterator[Cells]:
    """Read a row a line; a line that is no JSON costs itself."""
    text, shown = _opened(stream, name, encoding)
    lines = _lines(text, name, limit)
    number = 0
    while True:
        number += 1
        try:
            line = next(lines, None)
            if line is None:
                return
            if not line.strip():
                continue
            if _ESCAPED.search(line):
                yield Cells(number, f"line {number} is not {shown} text")
                continue
            row = json.loads(line)
        except _LineTooLongError:
            yield Cells(number, f"line {number} is longer than {limit} characters")
            return
        except UnicodeError as error:
            yield Cells(number, f"line {number} is not {shown} text: {error}")
            return
        except (ValueError, RecursionError) as error:
            yield Cells(number, f"line {number} is no JSON: {error}")
            continue
        told = row if isinstance(row, dict) else f"line {number} is no JSON object"
        yield Cells(number, told, shown)


def _json_array(stream: BinaryIO, name: str, limit: int, encoding: str | None) -> Iterator[Cells]:
    """Read an array of objects one by one, or a single object; never the whole file at once."""
    text, shown = _opened(stream, name, encoding)
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
                told = row if isinstance(row, dict) else f"item {number} is no object"
                yield Cells(number, told, shown)
    except UnicodeError as error:
        yield Cells(number + 1, f"item {number + 1} is not {shown} text: {error}")
        return
    rest = waiting[at:].strip(" \t\r\n]")
    if rest and not number and len(rest) <= limit:
        raise InputError(name, "parse", "the file is no JSON", "Check that it is whole")
    if rest:
        fault = "is no JSON" if len(rest) <= limit else f"is longer than {limit} characters"
        yield Cells(number + 1, f"item {number + 1} {fault}")


_OPENING = re.compile(r"\ufeff?\s*\[?")
_BETWEEN = re.compile(r"[\s,]*")


def _gap(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a pattern that may match nothing ends."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _separated(stream: BinaryIO, name: str, limit: int, encoding: str | None) -> Iterator[Cells]:
    """Read CSV or TSV; the separator is what the header holds most."""
    text, shown = _opened(stream, name, encoding, newline="")
    csv.field_size_limit(limit)
    lines = (
        _without_escapes(line, text.encoding) for line in _lines(text, name, limit)
    )  # a line may be part of a cell: without it the rest would not be read right
    number = 0
    try:
        header = next(lines, "")
        if told := _TOLD.fullmatch(header):
            header = next(lines, "")
        mark = "\t" if name.endswith(".tsv") else max("\t,;|", key=header.count)
        if told:
            mark = told[1]
        for row in _closed_rows(chain([header], lines), mark):
            number += 1
            yield Cells(number, row, shown)
    except (csv.Error, UnicodeError, _LineTooLongError) as error:
        yield Cells(number + 1, f"row {number + 1} cannot be read: {error}")


def _closed_rows(lines: Iterable[str], mark: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table by the columns' names.

    Raises
    ------
    csv.Error
        A row cannot be read, or opens a quote that nothing closes: it would hold all others.

    """
    rows = csv.DictReader(chain(lines, [_END]), delimiter=mark)
    if (rows.fieldnames or [""])[-1].endswith(_END):
        raise csv.Error(_UNCLOSED)
    for row in rows:
        beyond = row.pop(None, None)  # cells beyond the header
        cells = beyond or [cell for cell in row.values() if cell is not None]
        if cells == [_END]:
            return
        if cells[-1].endswith(_END):
            raise csv.Error(_UNCLOSED)
        yield row


_END = "\0the end\0"
"""A line behind a table's last: it is a row of its own, unless a quote is open there."""

_UNCLOSED = "a quote that it opens is not closed before the table's end"

_TOLD = re.compile("sep=(.)[\r\n]*")
"""A first line that tells spreadsheets the separator."""


def _opened(
    stream: BinaryIO, name: str, encoding: str | None, newline: str = "\n"
) -> tuple[io.TextIOWrapper, str]:
    """Return a table as text, and the name of its encoding: as the user says, else by evidence.

    By evidence, bytes that are not of that encoding come as lone surrogates, for :func:`_lines`.
    """
    sample = stream.read(_SAMPLE)
    shown = encoding or _encoding_of(sample, name)
    codec = thai_codec(shown) or _CODECS.get(shown, shown)
    wide = shown.startswith(("utf-16", "utf-32"))  # those know no surrogates but their own
    errors = "strict" if encoding else "replace" if wide else "surrogateescape"
    whole = io.BufferedReader(Rejoined(sample, stream))
    return io.TextIOWrapper(whole, codec, errors=errors, newline=newline), shown


_CODECS = {"utf-8-sig": "utf-8"}


def _encoding_of(sample: bytes, name: str) -> str:
    """Return the encoding that the beginning of a table shows; it may end within a character."""
    end = max(sample.rfind(b"\n"), sample.rfind(b'"')) + 1
    for beginning in (sample, sample[:end]):
        with suppress(InputError):
            return decode(beginning, name).encoding
    return "utf-8"


class _LineTooLongError(Exception):
    """A line is longer than any row may be."""


_ESCAPED = re.compile("[\udc80-\udcff]")


def _lines(text: io.TextIOWrapper, name: str, limit: int) -> Iterator[str]:
    """Yield the lines of a table, without a byte order mark before the first.

    A line with bytes of another encoding than the table's is read by evidence of its own; without
    any, it keeps its lone surrogates. csv's limit counts only once a line is whole in memory, so
    that lines have one.
    """
    line = text.readline(limit + 1).removeprefix("\ufeff")
    while line:
        if len(line) > limit:
            raise _LineTooLongError(f"a line is longer than {limit} characters")
        if _ESCAPED.search(line):
            line = _by_itself(line, name, text.encoding)
        yield line
        line = text.readline(limit + 1)


def _by_itself(line: str, name: str, codec: str) -> str:
    with suppress(InputError):
        found = decode(line.encode(codec, "surrogateescape"), name)
        if not any(notice.code == "encoding_guessed" for notice in found.notices):
            return found.text
    return line


def _without_escapes(line: str, codec: str) -> str:
    if _ESCAPED.search(line):
        return line.encode(codec, "surrogateescape").decode(codec, "replace")
    return line


class Rejoined(io.RawIOBase):
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
    Callable[[BinaryIO, str, int, str | None], Iterator[Cells]],
] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json_array,
    ".csv": _separated,
    ".tsv": _separated,
    ".parquet": parquet_rows,
}
