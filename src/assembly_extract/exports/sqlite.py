"""A SQLite database of the same tables, with indexes, views and Thai full-text search."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from assembly_extract.exports.atomic import replacing_file
from assembly_extract.exports.tables import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Iterable
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
# which need the positions: detail=none would be a third of the size and refuse them.
_SEARCH = """
CREATE VIRTUAL TABLE articles_fts USING fts5(
  title, text, content='articles', tokenize='trigram'
);
INSERT INTO articles_fts (rowid, title, text) SELECT rowid, title, text FROM articles;
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
"""


def write_sqlite(records: Iterable[Record], target: Path) -> None:
    """Write the tables, their indexes, views and ``articles_fts`` to the database ``target``.

    Search with three characters or more: ``SELECT a.title FROM articles_fts f JOIN articles a ON
    a.rowid = f.rowid WHERE articles_fts MATCH '"สมัชชา"'``.
    """
    with replacing_file(target) as draft, closing(sqlite3.connect(draft)) as database:
        database.execute("PRAGMA journal_mode = OFF")  # the draft is thrown away on failure
        database.execute("PRAGMA synchronous = OFF")
        for table in TABLES:
            database.execute(_create(table))
        inserts = {
            table.name: f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608 - names are ours
            for table in TABLES
        }
        with database:
            for record in records:
                for table in TABLES:
                    database.executemany(inserts[table.name], table.rows(record))
        database.executescript(_INDEXES + _VIEWS + _SEARCH)


def _create(table: Table) -> str:
    columns = [f'"{column.name}" {_TYPES[column.type]}' for column in table.columns]
    if table.key:
        columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    if table.name != "articles":
        columns.append("FOREIGN KEY (article_id) REFERENCES articles (id)")
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def datasette_metadata(database: str) -> dict[str, Any]:
    """Return what Datasette needs to know of the database file named ``database`` (no ending).

    ``datasette news.db --metadata metadata.json`` then has search, facets and column notes.
    """
    return {
        "title": "Thai news articles",
        "databases": {
            database: {
                "tables": {
                    table.name: {
                        "description": table.description,
                        "columns": {column.name: column.description for column in table.columns},
                        **_table_settings(table.name),
                    }
                    for table in TABLES
                }
            }
        },
    }


def _table_settings(name: str) -> dict[str, Any]:
    if name == "articles":
        return {
            "label_column": "title",
            "fts_table": "articles_fts",
            "fts_pk": "rowid",
            "facets": ["province", "theme", "usable"],
            "sort_desc": "date_start",
        }
    facets = {"places": "kind", "organisations": "kind", "themes": "theme", "mentions": "kind"}
    return {"facets": [facets[name]]} if name in facets else {}
