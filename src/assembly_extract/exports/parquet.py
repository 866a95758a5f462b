"""A folder of Parquet files of the same tables (extra ``[parquet]``)."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from assembly_extract.exports.atomic import replacing_folder
from assembly_extract.exports.csv_folder import data_package
from assembly_extract.exports.tables import TABLES, Filling

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assembly_extract.exports.rows import Cell, Row
    from assembly_extract.models import Record

_GROUP = 20_000
"""Rows held before they are written: bounds memory, keeps row groups worth compressing."""

_TEXTS = 2_000
"""As :data:`_GROUP`, of articles, whose rows hold whole texts."""


def write_parquet(records: Iterable[Record], target: Path) -> Counter[str]:
    """Write one zstd-compressed Parquet file per table into the folder ``target``.

    Raises
    ------
    ConfigError
        ``target`` holds something else than an earlier export.

    """
    import pyarrow as pa  # noqa: PLC0415 - the extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
    }
    schemas = {
        table.name: pa.schema([(column.name, types[column.type]) for column in table.columns])
        for table in TABLES
    }

    def flush(name: str, writer: Any, rows: list[Row]) -> None:  # noqa: ANN401 - pyarrow's
        columns: list[list[Cell]] = [list(cells) for cells in zip(*rows, strict=True)]
        writer.write_table(pa.table(columns or [[] for _ in schemas[name]], schema=schemas[name]))
        rows.clear()

    with replacing_folder(target) as folder:
        with ExitStack() as stack:
            writers = {
                name: stack.enter_context(
                    pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
                )
                for name, schema in schemas.items()
            }
            waiting: dict[str, list[Row]] = {name: [] for name in schemas}
            filling = Filling()
            for record in records:
                for table, new in filling.rows(record):
                    rows = waiting[table.name]
                    rows.extend(new)
                    if len(rows) >= (_TEXTS if table.name == "articles" else _GROUP):
                        flush(table.name, writers[table.name], rows)
            for name, rows in waiting.items():
                flush(name, writers[name], rows)
        package = data_package(".parquet")
        text = json.dumps(package, ensure_ascii=False, indent=1)
        (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    return Counter()
