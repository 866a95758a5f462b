"""A SQLite database of the same tables, with indexes, views and Thai full-text search."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from assembly_extract.exports.atomic import replacing_file
from assembly_extract.exports.tables import TABLES, Filling, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from assembly_extract.models import Record

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}

_VIEWS = """
CREATE VIEW articles_by_theme_month AS
  SELECT t.theme, t.label_th, t.label_en, t.cap,
         substr(coalesce(a.date_start, a.published), 1, 7) AS month,
         count(*) AS articles
  FROM themes t JOIN articles a ON a.id = t.article_id
  WHERE NOT t.declared
  GROUP BY t.theme, month;
CREATE VIEW articles_by_province AS
  SELECT province, count(*) AS articles FROM articles WHERE province IS NOT NULL GROUP BY province;
CREATE VIEW people_in_articles AS
  SELECT p.name, p.prefix, x.role, x.organisation, a.id AS article_id, a.title, a.date_start
  FROM people p JOIN articles a ON a.id = p.article_id
  LEFT JOIN posts x ON x.article_id = p.article_id AND x.entity = p.entity;
CREATE VIEW organisations_in_articles AS
  SELECT o.name, o.abbreviation, o.kind, a.id AS article_id, a.title, a.date_start
  FROM organisations o JOIN articles a ON a.id = o.article_id;
"""

_INDEXES = """
CREATE INDEX articles_theme ON articles (theme);
CREATE INDEX articles_date ON articles (date_start);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_province ON articles (province);
CREATE INDEX places_dopa ON places (dopa);
CREATE INDEX people_name ON people (name);
CREATE INDEX organisations_name ON organisations (name);
CREATE INDEX themes_theme ON themes (theme);
CREATE INDEX mentions_entity ON mentions (article_id, kind, entity);
"""

# Thai has no spaces between words, so word tokenisers of FTS5 find less than half; trigrams find
# every stretch of three characters and more. Datasette and users write phrases ("สมัชชาสุขภาพ"),
# which need the positions: detail=none would be a third of the size and refuse them. The index
# leans on ``number``, since VACUUM may give other rowids to a table whose key is a text.
_SEARCH = """
CREATE VIRTUAL TABLE articles_fts USING fts5(
  title, text, content='articles', content_rowid='number', tokenize='trigram'
);
INSERT INTO articles_fts (rowid, title, text) SELECT number, title, text FROM articles;
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
"""

_NUMBER = "number"

_QUERIES = {
    "named_together": (
        "Who is named in the same articles",
        (
            "SELECT p.name AS one, q.name AS other, count(DISTINCT p.article_id) AS articles "
            "FROM people p JOIN people q ON q.article_id = p.article_id AND q.name > p.name "
            "GROUP BY one, other ORDER BY articles DESC LIMIT 200"
        ),
    ),
    "in_a_province": (
        "Articles that name a place in a province, by the first two digits of its code",
        (
            "SELECT DISTINCT a.id, a.date_start, a.title, p.name AS place FROM places p "
            "JOIN articles a ON a.id = p.article_id "
            "WHERE substr(p.dopa, 1, 2) = :code ORDER BY a.date_start DESC LIMIT 500"
        ),
    ),
    "how_it_was_found": (
        "Every mention of a person's name, with rule and score",
        (
            "SELECT p.name, m.text, m.rule, m.score, a.id, a.title FROM people p JOIN mentions m "
            "ON m.article_id = p.article_id AND m.kind = 'person' AND m.entity = p.entity "
            "JOIN articles a ON a.id = p.article_id WHERE p.name = :name LIMIT 500"
        ),
    ),
}
"""Questions that people ask, for Datasette: what a query answers, and its SQL."""


def write_sqlite(records: Iterable[Record], target: Path) -> Counter[str]:
    """Write the tables, their indexes, views and ``articles_fts`` to the database ``target``.

    Beside it goes ``NAME.metadata.json`` for Datasette, unless there is such a file already, which
    may be one that somebody has changed.

    Search with three characters or more: ``SELECT a.title FROM articles_fts f JOIN articles a ON
    a.number = f.rowid WHERE articles_fts MATCH '"สมัชชา"'``.

    Raises
    ------
    OSError
        The disk is full, or refuses.

    """
    with (
        replacing_file(target) as draft,
        _disk_faults(target),
        closing(sqlite3.connect(draft)) as database,
    ):
        database.execute("PRAGMA journal_mode = OFF")  # the draft is thrown away on failure
        database.execute("PRAGMA synchronous = OFF")
        fill_tables(database, records)
        database.executescript(_INDEXES + _VIEWS + _SEARCH)
    metadata = metadata_path(target)
    if not metadata.exists():
        text = json.dumps(datasette_metadata(target.stem), ensure_ascii=False, indent=1)
        with replacing_file(metadata) as draft:
            # a name's bytes that are no UTF-8 become JSON's own escapes
            draft.write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
    return Counter()


@contextmanager
def _disk_faults(target: Path) -> Iterator[None]:
    """Turn what SQLite says of a full disk into what the other formats' writers raise."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error), str(target)) from error


def fill_tables(database: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Make the tables in an empty database and put the records into them."""
    create_tables(database)
    inserts = {table.name: insert(table) for table in TABLES}
    filling = Filling()
    with database:
        for number, record in enumerate(records, 1):
            for table, rows in filling.rows(record):
                if table.name == "articles":
                    rows = [(*row, number) for row in rows]  # noqa: PLW2901 - SQLite's own column
                database.executemany(inserts[table.name], rows)


def create_tables(database: sqlite3.Connection) -> None:
    """Make the empty tables."""
    for table in TABLES:
        database.execute(_create(table))


def insert(table: Table) -> str:
    """Return the statement that takes a row of a table; an article's has its number at the end."""
    marks = len(table.columns) + (table.name == "articles")
    return f"INSERT INTO {table.name} VALUES ({', '.join('?' * marks)})"  # noqa: S608 - names are ours


def _create(table: Table) -> str:
    columns = [f'"{column.name}" {_TYPES[column.type]}' for column in table.columns]
    if table.name == "articles":
        columns.append(f"{_NUMBER} INTEGER NOT NULL UNIQUE")
    if table.key:
        columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    if table.of_articles:
        columns.append("FOREIGN KEY (article_id) REFERENCES articles (id)")
    if table.name == "articles":
        columns.append("FOREIGN KEY (provenance) REFERENCES provenance (id)")
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def metadata_path(target: Path) -> Path:
    """Return where a database's metadata for Datasette lie.

    >>> from pathlib import Path
    >>> metadata_path(Path("out/news.db")).name
    'news.metadata.json'
    """
    return target.with_name(target.stem + ".metadata.json")


def datasette_metadata(database: str) -> dict[str, Any]:
    """Return what Datasette needs to know of the database file named ``database`` (no ending).

    ``datasette news.db --metadata news.metadata.json`` then has search, facets, notes on the
    columns, and questions to ask.
    """
    return {
        "title": "Thai news articles",
        "databases": {
            database: {
                "tables": {
                    table.name: {
                        "description": table.description,
                        "columns": _notes(table),
                        **_table_settings(table.name),
                    }
                    for table in TABLES
                },
                "queries": {
                    name: {"title": title, "sql": sql} for name, (title, sql) in _QUERIES.items()
                },
            }
        },
    }


# Datasette shows the notes above the search box: of the many columns of the articles only those
# whose names do not say it all.
_NOTED = frozenset({"date_edtf", "cap", "usable", "duplicate_of", "provenance"})


def _notes(table: Table) -> dict[str, str]:
    return {
        column.name: column.description
        for column in table.columns
        if table.name != "articles" or column.name in _NOTED
    }


def _table_settings(name: str) -> dict[str, Any]:
    if name == "articles":
        return {
            "label_column": "title",
            "fts_table": "articles_fts",
            "fts_pk": _NUMBER,
            "facets": ["province", "theme", "usable"],
            # Not by date: SQLite would read every hit's whole text to sort it, ten times as long.
            "sort_desc": _NUMBER,
        }
    facets = {"places": "kind", "organisations": "kind", "themes": "theme", "mentions": "kind"}
    return {"facets": [facets[name]]} if name in facets else {}
