"""A folder of CSV tables with a ``datapackage.json`` (Frictionless Data) that describes them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from assembly_extract import __version__
from assembly_extract.exports.atomic import replacing_folder
from assembly_extract.exports.tables import TABLES, Filling, Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assembly_extract.exports.rows import Cell
    from assembly_extract.models import Record

_DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}


def write_csv(records: Iterable[Record], target: Path) -> Counter[str]:
    """Write one UTF-8 CSV (RFC 4180) per table into the folder ``target``.

    NUL characters are left out, since they would end a text for many readers; they are counted.

    Raises
    ------
    ConfigError
        ``target`` holds something else than an earlier export.

    """
    lost: Counter[str] = Counter()

    def cell(value: Cell) -> Cell:
        if isinstance(value, bool):  # as Frictionless spells them
            return "true" if value else "false"
        if isinstance(value, str) and "\0" in value:
            lost["NUL characters"] += value.count("\0")
            return value.replace("\0", "")
        return value

    with replacing_folder(target) as folder:
        with ExitStack() as stack:
            writers = {}
            for table in TABLES:
                path = folder / f"{table.name}.csv"
                stream = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
                # CRLF, as RFC 4180 has it: Python quotes the characters of the line ends it writes,
                # and an unquoted CR inside a text would end the row for every reader.
                writers[table.name] = csv.writer(stream, lineterminator="\r\n")
                writers[table.name].writerow(column.name for column in table.columns)
            filling = Filling()
            for record in records:
                for table, rows in filling.rows(record):
                    writers[table.name].writerows([cell(value) for value in row] for row in rows)
        description = json.dumps(data_package(), ensure_ascii=False, indent=1)
        (folder / "datapackage.json").write_text(description + "\n", encoding="utf-8")
    return lost


def data_package(ending: str = ".csv") -> dict[str, Any]:
    """Return the description of the tables: columns, types, keys and how they join."""
    return {
        "name": "assembly-extract-records",
        "title": "Dates, places, people, organisations and policy themes of Thai news articles",
        "profile": "tabular-data-package",
        "created_by": f"assembly-extract {__version__}",
        "resources": [_resource(table, ending) for table in TABLES],
    }


def _resource(table: Table, ending: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": column.name, "type": column.type, "description": column.description}
            for column in table.columns
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    joins = {"article_id": "articles"} if table.of_articles else {}
    if table.name == "articles":
        joins = {"provenance": "provenance"}
    if joins:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
            for column, other in joins.items()
        ]
    return {
        "name": table.name,
        "description": table.description,
        "path": table.name + ending,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        # Said, lest a reader guesses it from texts that are full of other separators.
        **({"dialect": _DIALECT} if ending == ".csv" else {}),
        "schema": schema,
    }
