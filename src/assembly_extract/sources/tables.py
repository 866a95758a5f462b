"""Tables of articles: JSON Lines, JSON arrays, CSV, TSV and Parquet; an article a row.

Which column holds what is guessed from the usual names (``data/columns.toml``) unless the user says
it. A row is called ``table.csv#ID`` after its own id, or after its number from 1. Its other columns
travel along in ``source.extra``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from assembly_extract.errors import InputError
from assembly_extract.resources import read_toml
from assembly_extract.sources.decoding import decode
from assembly_extract.sources.kinds import full_suffix
from assembly_extract.sources.parquet import parquet_rows
from assembly_extract.types.article import PageMetadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assembly_extract.types.columns import Columns

_SAMPLE = 65_536
_BLOCK = 1 << 20
_ROLES = ("text", "html", "id", "url", "title", "date", "publisher", "author", "section")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as an article. ``data`` is its text or page, ``whole`` all that identifies it.

    ``number`` counts from 1; ``key`` is the row's own id, or its number: always, if ``numbered``.
    """

    number: int
    key: str
    format: str
    data: bytes
    whole: bytes
    markup: bool
    metadata: PageMetadata
    extra: dict[str, Any] = field(default_factory=dict)
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is none."""

    number: int
    reason: str


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
    roles: dict[str, str] | None = None
    for number, row in _READERS[suffix](stream, inner, limit, encoding):
        if isinstance(row, str):
            yield BadRow(number, row)
            continue
        if roles is None:
            roles = assign_roles(list(row), columns, name)
        yield _article(number, row, roles, suffix[1:])


def assign_roles(header: list[str], columns: Columns, name: str) -> dict[str, str]:
    """Return which column plays which role: as the user says, else by the usual names.

    >>> from assembly_extract.types.columns import Columns
    >>> assign_roles(["News_ID", "headline", "content", "views"], Columns(), "a.csv")
    {'text': 'content', 'id': 'News_ID', 'title': 'headline'}

    Raises
    ------
    InputError
        A column the user named is not there, or none holds the articles.

    """
    known = {_folded(column): column for column in reversed(header)}
    if str(known.get("schema", "")) and {"provenance", "removed", "mentions"} & known.keys():
        raise InputError(
            name, "parse", "these are records already", "Give the articles that they are made of"
        )
    roles: dict[str, str] = {}
    for role in _ROLES:
        named = getattr(columns, role, None)
        if named is not None:
            if named not in header:
                raise InputError(
                    name,
                    "parse",
                    f"no column {named!r}; it has {', '.join(header)}",
                    f"Name one of these with --{role}-field",
                )
            roles[role] = named
        elif found := next((known[n] for n in _usual_names()[role] if n in known), None):
            roles[role] = found
    if columns.html is not None and columns.text is None:
        roles.pop("text", None)
    if "text" not in roles and "html" not in roles:
        raise InputError(
            name,
            "parse",
            f"no column holds the articles; it has {', '.join(header) or 'none at all'}",
            "Say which does with --text-field or --html-field",
        )
    return roles


@cache
def _usual_names() -> dict[str, list[str]]:
    return read_toml("columns.toml")


def _folded(column: str) -> str:
    return column.strip().lower().replace("-", "_").replace(" ", "_")


def _article(number: int, row: dict[str, Any], roles: dict[str, str], form: str) -> Row:
    """Take a row apart into the article and what is known about it."""
    values = {role: _as_text(row.get(column)) for role, column in roles.items()}
    body = values.get("text") or ""
    markup = not body and bool(values.get("html"))
    title = values.get("title")
    if markup:
        body = values.get("html") or ""
    elif title and not body.lstrip().startswith(title):
        body = f"{title}\n\n{body}" if body else title
    whole = json.dumps(row, sort_keys=True, default=str).encode()
    if b"\\ud" in whole:  # halves of a character are no text; they would stop the record's JSON
        row = json.loads(
            json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace")
        )
    shown = {roles[role] for role in ("text", "html", "title", "url") if role in roles}
    metadata = PageMetadata(
        title=title,
        published=values.get("date"),
        publisher=values.get("publisher"),
        section=values.get("section"),
        authors=(author,) if (author := values.get("author")) else (),
        url=values.get("url"),
        sources={
            target: f"column {roles[role]}"
            for role, target in (("title", "title"), ("date", "published"), ("url", "url"))
            if values.get(role)
        },
    )
    return Row(
        number,
        values.get("id") or str(number),
        form,
        body.encode("utf-8", "replace"),
        whole,
        markup,
        metadata,
        {column: value for column, value in row.items() if column not in shown},
        "id" not in roles,
    )


def _as_text(value: object) -> str | None:
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).strip() or None


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
        except ValueError as error:
            yield number, f"line {number} is no JSON: {error}"
            continue
        yield number, row if isinstance(row, dict) else f"line {number} is no JSON object"


def _json_array(
    stream: BinaryIO, name: str, limit: int, encoding: str | None
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Read an array of objects one by one, or a single object; never the whole file at once."""
    text = io.TextIOWrapper(stream, encoding or "utf-8-sig", errors="strict", newline="")
    decoder = json.JSONDecoder()
    number = at = 0
    waiting = ""
    try:
        for block in iter(lambda: text.read(_BLOCK), ""):
            waiting, at = waiting[at:] + block, 0
            if not number:
                at = _gap(_OPENING, waiting, at)
            while (at := _gap(_BETWEEN, waiting, at)) < len(waiting) and waiting[at] != "]":
                try:
                    row, at = decoder.raw_decode(waiting, at)
                except ValueError:
                    break  # not all of it has been read
                number += 1
                yield number, row if isinstance(row, dict) else f"item {number} is no object"
            if len(waiting) - at > limit:
                break
    except UnicodeDecodeError as error:
        yield number + 1, f"item {number + 1} is not UTF-8 text: {error}"
        return
    finally:
        text.detach()
    rest = waiting[at:].strip(" \t\r\n]")
    if rest and not number:
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
        for row in csv.DictReader(text, delimiter=mark):
            number += 1
            row.pop(None, None)  # cells beyond the header
            yield number, dict(row)
    except (csv.Error, UnicodeDecodeError) as error:
        yield number + 1, f"row {number + 1} cannot be read: {error}"


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
