"""Records read back from the tidy tables: a SQLite database, or a folder of CSV or Parquet files.

A database is read as it is. A folder's tables go into a temporary database first, so that their
rows may stand in any order (people sort tables) and memory stays flat. What the tables hold that
records do not, and the other way round, is told.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
import tempfile
from contextlib import closing
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assembly_extract.errors import ConfigError, InputError
from assembly_extract.exports.rebuilding import rebuild
from assembly_extract.exports.sqlite import create_tables, insert
from assembly_extract.exports.tables import TABLES, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from assembly_extract.exports.rows import Cell
    from assembly_extract.models import Record

    Note = Callable[[str], None]
    Fields = dict[str, Any]

_HINT = "Give tables that `assembly-extract convert` wrote."
_ENDINGS = (".csv", ".parquet")
_BATCH = 2_000


def read_database(path: str, note: Note) -> Iterator[Record]:
    """Yield the records of a database, in the order in which they were written.

    Raises
    ------
    InputError
        The file is no database of ours, or its rows make no records.

    """
    try:
        location = Path(path).resolve().as_uri() + "?mode=ro"
        with closing(sqlite3.connect(location, uri=True)) as database:
            yield from _records(database, path, note)
    except sqlite3.Error as error:
        raise InputError(path, "read", f"the database cannot be read ({error})", _HINT) from None


def read_folder(path: str, note: Note) -> Iterator[Record]:
    """Yield the records of a folder of tables, in the order of its table of articles.

    Raises
    ------
    ConfigError
        The tables are Parquet and pyarrow is not installed.
    InputError
        The folder holds no tables of ours, or their rows make no records.

    """
    folder = Path(path)
    ending = next((e for e in _ENDINGS if (folder / f"articles{e}").is_file()), None)
    if ending is None:
        reason = "a folder without articles.csv or articles.parquet"
        raise InputError(path, "read", reason, _HINT)
    with (
        tempfile.TemporaryDirectory() as scratch,
        closing(sqlite3.connect(Path(scratch) / "tables.db")) as database,
    ):
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        create_tables(database)
        with database:
            for table in TABLES:
                _load(database, table, folder / f"{table.name}{ending}", note)
        database.execute("CREATE INDEX mentions_article ON mentions (article_id)")
        yield from _records(database, path, note)


def _load(database: sqlite3.Connection, table: Table, file: Path, note: Note) -> None:
    if not file.is_file():
        note(f"{file} is missing: the records are made without {table.name}")
        return
    rows: Iterable[Sequence[Cell]] = (_csv_rows if file.suffix == ".csv" else _parquet_rows)(
        file, table, note
    )
    if table.name == "articles":
        rows = ((*row, number) for number, row in enumerate(rows, 1))
    try:
        database.executemany(insert(table), rows)
    except sqlite3.IntegrityError:
        key = ", ".join(table.key)
        raise InputError(
            str(file), "read", f"two rows have the same {key}", "Take one of them out."
        ) from None


def _csv_rows(file: Path, table: Table, note: Note) -> Iterator[list[Cell]]:
    csv.field_size_limit(sys.maxsize)  # texts are longer than the 131,072 that it allows
    with file.open(encoding="utf-8-sig", newline="") as stream:
        try:
            header = stream.readline()
            mark = max(",;\t", key=header.count)  # spreadsheets may save another than they got
            reader = csv.reader(chain([header], stream), delimiter=mark)
            places = _places(table, next(reader, []), str(file), note)
            for row in reader:
                cells = [None if at is None or at >= len(row) else row[at] for at in places]
                try:
                    yield list(map(_value, table.columns, cells))
                except ValueError as error:
                    where = f"line {reader.line_num}: {error}"
                    raise InputError(str(file), "parse", where, "Correct the cell.") from None
        except UnicodeDecodeError:
            hint = "Save the table as UTF-8."
            raise InputError(str(file), "decode", "this is not UTF-8 text", hint) from None


def _value(column: Column, cell: str | None) -> Cell:
    """Return what a cell says; an empty one is unknown, unless the column is always known."""
    if cell is None or (cell == "" and not (column.known and column.type == "string")):
        return None
    if column.type == "string":
        return cell
    if column.type == "boolean":
        if cell.lower() not in {"true", "false", "1", "0"}:
            raise ValueError(f"{column.name} is {cell!r}, neither true nor false")
        return cell.lower() in {"true", "1"}
    try:
        return int(cell) if column.type == "integer" else float(cell)
    except ValueError:
        raise ValueError(f"{column.name} is {cell!r}, which is no {column.type}") from None


def _parquet_rows(file: Path, table: Table, note: Note) -> Iterator[Sequence[Cell]]:
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415 - the extra
    except ImportError:
        raise ConfigError(
            "Parquet needs pyarrow: pip install 'assembly-extract[parquet]'"
        ) from None
    with pq.ParquetFile(file) as source:
        places = _places(table, source.schema_arrow.names, str(file), note)
        for batch in source.iter_batches(_BATCH):
            columns = [column.to_pylist() for column in batch.columns]
            empty = [None] * batch.num_rows
            yield from zip(*(empty if at is None else columns[at] for at in places), strict=True)


def _places(table: Table, header: Sequence[str], where: str, note: Note) -> list[int | None]:
    """Return where each of a table's columns stands in a file, ``None`` where it does not.

    Raises
    ------
    InputError
        A column is missing without which there are no records.

    """
    for name in header:
        if name not in {column.name for column in table.columns}:
            note(f"{where}: column {name} is no part of a record and is left out")
    for column in table.columns:
        if column.name in header:
            continue
        if column.known:
            raise InputError(where, "read", f"it has no column {column.name}", _HINT)
        note(f"{where}: there is no column {column.name}, so that it is unknown everywhere")
    return [header.index(c.name) if c.name in header else None for c in table.columns]


def _records(database: sqlite3.Connection, path: str, note: Note) -> Iterator[Record]:
    columns = {table.name: _columns(database, table, path, note) for table in TABLES}
    if columns["articles"] is None:
        raise InputError(path, "read", "a database without a table of articles", _HINT)
    order = "number" if "number" in _header(database, "articles") else "rowid"
    rest = [table for table in TABLES if table.of_articles]
    for table in rest:
        _tell_orphans(database, table, columns[table.name], path, note)
    joined = {table.name: _InStep(database, table, columns[table.name], order) for table in rest}
    makers = {}
    if columns["provenance"]:
        cursor = database.execute(f"SELECT {columns['provenance']} FROM provenance")  # noqa: S608 - names are ours
        makers = {row["id"]: row for row in _fields(cursor)}
    articles = database.execute(
        f"SELECT {order} AS _order, {columns['articles']} FROM articles ORDER BY {order}"  # noqa: S608 - as above
    )
    for row in _fields(articles):
        rows = {name: table.of(row["_order"]) for name, table in joined.items()}
        try:
            yield rebuild(row, rows, makers.get(row["provenance"]))
        except ValueError as error:  # pydantic's errors are such, too
            raise InputError(
                path,
                "parse",
                f"the rows of article {row['id']} make no record ({_first(error)})",
                "Correct them, or write the tables again.",
            ) from None


def _header(database: sqlite3.Connection, name: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA table_info({name})")]


def _columns(database: sqlite3.Connection, table: Table, path: str, note: Note) -> str | None:
    """Return a table's columns for a SELECT, ``None`` if the database has no such table."""
    header = _header(database, table.name)
    if not header:
        note(f"{path}: no table {table.name}, so that the records are made without it")
        return None
    if table.name == "articles":
        header = [name for name in header if name != "number"]
    places = _places(table, header, f"{path}, table {table.name}", note)
    return ", ".join(
        f'NULL AS "{column.name}"' if at is None else f'"{column.name}"'
        for column, at in zip(table.columns, places, strict=True)
    )


def _tell_orphans(
    database: sqlite3.Connection, table: Table, columns: str | None, path: str, note: Note
) -> None:
    if columns:
        ((count,),) = database.execute(
            f"SELECT count(*) FROM {table.name} WHERE article_id NOT IN (SELECT id FROM articles)"  # noqa: S608 - as above
        )
        if count:
            note(f"{path}: {count:,} rows of {table.name} belong to no article and are left out")


def _fields(cursor: sqlite3.Cursor) -> Iterator[Fields]:
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


class _InStep:
    """The rows of one table, handed out article by article in the articles' order."""

    def __init__(
        self, database: sqlite3.Connection, table: Table, columns: str | None, order: str
    ) -> None:
        self._groups: Iterator[tuple[int, list[Fields]]] = iter(())
        if columns:
            keys = "".join(f', t."{name}"' for name in table.key if name != "article_id")
            cursor = database.execute(
                f"SELECT a.{order} AS _order, t.* FROM articles a "  # noqa: S608 - names are ours
                f"CROSS JOIN (SELECT rowid AS _row, {columns} FROM {table.name}) t "
                f"ON t.article_id = a.id ORDER BY a.{order}{keys}, t._row"
            )
            groups = groupby(_fields(cursor), itemgetter("_order"))
            self._groups = ((number, list(rows)) for number, rows in groups)
        self._next = next(self._groups, None)

    def of(self, article: int) -> list[Fields]:
        """Return the rows of an article; none of an earlier one may be asked for after it."""
        if self._next is None or self._next[0] != article:
            return []
        rows = self._next[1]
        self._next = next(self._groups, None)
        return rows


def _first(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)
