"""A folder of CSV tables with a ``datapackage.json`` (Frictionless Data) that describes them."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from assembly_extract import __version__
from assembly_extract.exports.atomic import replacing_folder
from assembly_extract.exports.tables import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assembly_extract.models import Record


def write_csv(records: Iterable[Record], target: Path) -> None:
    """Write one UTF-8 CSV per table into the folder ``target``.

    Raises
    ------
    FileExistsError
        ``target`` holds something else than an earlier export.

    """
    with replacing_folder(target) as folder:
        with ExitStack() as stack:
            writers = {}
            for table in TABLES:
                path = folder / f"{table.name}.csv"
                stream = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
                writers[table.name] = csv.writer(stream, lineterminator="\n")
                writers[table.name].writerow(column.name for column in table.columns)
            for record in records:
                for table in TABLES:
                    writers[table.name].writerows(
                        [_cell(cell) for cell in row] for row in table.rows(record)
                    )
        description = json.dumps(data_package(), ensure_ascii=False, indent=1)
        (folder / "datapackage.json").write_text(description + "\n", encoding="utf-8")


def _cell(value: object) -> object:
    """Spell booleans as Frictionless does; a NUL would end the text for many readers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.replace("\0", "") if isinstance(value, str) else value


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
    if table.name != "articles":
        schema["foreignKeys"] = [
            {"fields": ["article_id"], "reference": {"resource": "articles", "fields": ["id"]}}
        ]
    return {
        "name": table.name,
        "description": table.description,
        "path": table.name + ending,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": schema,
    }
