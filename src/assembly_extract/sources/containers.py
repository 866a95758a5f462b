"""Archives, tables and compressed files -> the articles in them."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

from assembly_extract.errors import AssemblyExtractError, InputError
from assembly_extract.sources.anchors import day_of_stamp, day_of_time
from assembly_extract.sources.archives import decompressed, members
from assembly_extract.sources.kinds import kind_of
from assembly_extract.sources.rows import BadRow
from assembly_extract.sources.tables import Rejoined, read_table
from assembly_extract.sources.walk import (
    EMPTY,
    MOST_BYTES,
    STDIN,
    Input,
    Skipped,
    Unreachable,
    display_name,
    hint_for,
    too_large,
)
from assembly_extract.sources.warc import Broken, Other, read_warc
from assembly_extract.types.article import Failure
from assembly_extract.types.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.sources.archives import Member
    from assembly_extract.sources.walk import Found, Reading

_WHOLE = "Check that it is whole, or unpack it and give the folder"


def contents(item: Input, reading: Reading) -> Iterator[Found]:
    """Yield the articles of a file that holds several, or one compressed.

    A damaged one gives what comes before the damage, then a failure that names it.
    """
    try:
        with open(item.path, "rb") as file:  # noqa: PTH123 - the path may hold bytes that are no text
            yield from _contents(file, item, reading)
    except InputError as error:
        yield _failed(item, error.stage, error.reason, error.hint)
    except (FileNotFoundError, PermissionError) as error:
        yield _failed(item, "read", (error.strerror or str(error)).lower(), hint_for(error))
    except AssemblyExtractError:
        raise
    except Exception as error:  # noqa: BLE001 - damage makes the readers raise whatever there is
        yield _failed(item, "read", f"damaged from here on ({_told(error)})", _WHOLE)


def _told(error: Exception) -> str:
    return str(error) or type(error).__name__


def piped(item: Input, reading: Reading) -> Iterator[Found]:
    """Yield what a pipe holds: rows, if it is JSON or a column is named; or an article."""
    with ExitStack() as opened:
        try:
            if item.path == STDIN:
                stream = cast("io.BufferedReader", sys.stdin.buffer)
            else:
                stream = opened.enter_context(open(item.path, "rb"))  # noqa: PTH123 - as below
            head = stream.read1(_HEAD)
            form = _form_of(head, reading.columns)
            if form is None:
                yield _one(head + stream.read(MOST_BYTES + 1 - len(head)), item, None)
                return
            table = cast("BinaryIO", io.BufferedReader(Rejoined(head, stream)))
            yield from _rows(table, item, reading, form)
        except InputError as error:
            yield _failed(item, error.stage, error.reason, error.hint)
        except OSError as error:
            yield _failed(item, "read", (error.strerror or str(error)).lower(), hint_for(error))


_HEAD = 65_536
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[?\s*\{\s*[\"}]")


def _form_of(head: bytes, columns: Columns) -> str | None:
    r"""Return the suffix of the table that begins so, ``None`` for an article.

    >>> _form_of(b'{"text": "x"}\n', Columns()), _form_of(b'[\n {"text"', Columns())
    ('.jsonl', '.json')
    >>> _form_of(b"id,story", Columns(text="story")), _form_of(b"{x} [1]", Columns())
    ('.csv', None)
    """
    if not _OBJECT.match(head):
        return ".csv" if columns != Columns() else None
    try:
        json.loads(head.split(b"\n", 1)[0])
    except ValueError:
        return ".json"
    return ".json" if head.lstrip().startswith(b"[") else ".jsonl"


def _contents(stream: BinaryIO, item: Input, reading: Reading) -> Iterator[Found]:
    kind = kind_of(item.name)
    if kind in {"archive", "warc"} and reading.selection.names(item.name):
        # What is inside a file that was asked for by its own name need not match as well.
        reading = replace(reading, selection=replace(reading.selection, include=()))
    if kind == "archive":
        names: set[str] = set()
        for member in members(stream, item.name):
            yield from _member(member, item, reading, names)
        return
    if kind == "warc":
        yield from _pages(stream, item, reading)
        return
    with decompressed(stream, item.name) as unpacked:
        if kind == "table":
            yield from _rows(unpacked, item, reading)
        else:
            # compressed by itself: what its file's time says
            changed = day_of_time(os.fstat(stream.fileno()).st_mtime)
            yield _one(unpacked.read(MOST_BYTES + 1), item, changed)


def _member(member: Member, archive: Input, reading: Reading, names: set[str]) -> Iterator[Found]:
    """Yield what one member of an archive holds."""
    kind = kind_of(member.name)
    wanted = reading.selection.wants(member.name, tables=True)
    name, number = member.name, 2
    while name in names:  # an archive may hold several files of one name
        name = f"{member.name}~{number}"
        number += 1
    names.add(name)
    item = Input(archive.given, f"{archive.name}/{name}", f"{archive.path}/{name}")
    if wanted is None or (wanted and kind == "archive"):
        yield Skipped(item.path)
    elif wanted and member.fault:
        yield _failed(item, "read", member.fault, "Unpack it yourself, and give the folder")
    elif wanted:
        try:
            with member.open() as stream:
                if kind == "warc":
                    yield from _pages(stream, item, reading)
                    return
                with decompressed(stream, name) as unpacked:
                    if kind == "table":
                        yield from _rows(unpacked, item, reading)
                    elif member.size > MOST_BYTES:
                        yield Unreachable(item.given, item.name, too_large(item), missing=False)
                    else:
                        yield _one(unpacked.read(MOST_BYTES + 1), item, member.modified)
        except InputError as error:
            yield _failed(item, error.stage, error.reason, error.hint)
        except AssemblyExtractError:
            raise
        except Exception as error:
            if not member.alone:
                raise
            yield _failed(item, "read", f"damaged ({_told(error)})", _WHOLE)


def _one(data: bytes, item: Input, modified: str | None) -> Input | Unreachable:
    if len(data) > MOST_BYTES:
        return Unreachable(item.given, item.name, too_large(item), missing=False)
    return Input(item.given, item.name, item.path, data, modified=modified)


def _pages(stream: BinaryIO, item: Input, reading: Reading) -> Iterator[Found]:
    """Yield the pages of a web archive, ``--include`` and ``--exclude`` being for addresses."""
    keys: set[str] = set()
    for found in read_warc(stream, item.name, MOST_BYTES):
        if isinstance(found, Other):
            yield Skipped(item.path, found.kind)
            continue
        key = found.key
        while key in keys:
            key += "~"
        keys.add(key)
        place = Input(item.given, f"{item.name}#{key}", f"{item.path}#{key}")
        if isinstance(found, Broken):
            yield _failed(place, "read", found.reason, "Fetch the page again, if it still exists")
        elif reading.selection.takes(found.capture.url or place.name):
            day = day_of_stamp(found.capture.time or "")
            yield replace(place, data=found.data, modified=day, capture=found.capture)


def _rows(stream: BinaryIO, item: Input, reading: Reading, form: str = "") -> Iterator[Found]:
    """Yield the rows of a table, whose form its name tells, or else ``form``."""
    keys: set[str] = set()
    name = item.name + form
    empty = True
    for row in read_table(stream, name, reading.columns, MOST_BYTES, reading.encoding):
        empty = False
        key = str(row.number) if isinstance(row, BadRow) or row.key in keys else row.key
        while key in keys:
            key += "~"
        if isinstance(row, BadRow) or not row.numbered:
            keys.add(key)
        place = Input(item.given, f"{item.name}#{key}", f"{item.path}#{key}")
        if isinstance(row, BadRow):
            yield _failed(place, "parse", row.reason, "Mend the row, then run again with --retry")
        else:
            yield Input(place.given, place.name, place.path, row.data, row)
    if empty:
        yield Skipped(item.path, EMPTY)


def _failed(item: Input, stage: str, reason: str, hint: str) -> Unreachable:
    failure = Failure(display_name(item.path), stage, reason, hint)
    return Unreachable(item.given, item.name, failure, missing=False)
