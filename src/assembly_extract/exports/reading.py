"""Records read back from the JSON Lines or JSON array that a run wrote, one at a time."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pydantic import ValidationError

from assembly_extract.errors import InputError
from assembly_extract.models import Record

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_records(path: str) -> Iterator[Record]:
    """Yield the records of a file of ours; ``-`` is stdin.

    JSON Lines are read line by line, a JSON array at once.

    Raises
    ------
    InputError
        The file cannot be read, or a line is no record; the message names the line.

    """
    with _opened(path) as stream:
        first = True
        for number, line in enumerate(stream, 1):
            text = line.strip()
            if first and text.startswith("["):
                yield from _array(line + stream.read(), path)
                return
            first = first and not text
            if text:
                yield _record(text, path, f"line {number}")


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
            "Give what `assembly-extract extract` wrote.",
        ) from None


@contextmanager
def _opened(path: str) -> Iterator[TextIO]:
    if path == "-":
        yield sys.stdin
        return
    try:
        with Path(path).open(encoding="utf-8") as stream:
            yield stream
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(path, "read", reason, "Give a file of records.") from None
    except UnicodeDecodeError:
        reason = "this is not UTF-8 text"
        raise InputError(path, "decode", reason, "Give a file of records.") from None
