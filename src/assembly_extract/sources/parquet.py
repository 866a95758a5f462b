"""Parquet tables: rows by small batches, whatever the size of their groups."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any, BinaryIO

from assembly_extract.errors import InputError
from assembly_extract.sources.rows import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROWS = 32
"""Rows that are held at a time: decoding is not slower than with more (measured)."""

_PAGES = 1 << 20
"""Bytes that are read ahead of each column."""

_WHOLE = "Check that it is whole"


def parquet_rows(stream: BinaryIO, name: str, limit: int, encoding: str | None) -> Iterator[Cells]:
    """Yield the rows; for a row that is too large, why, in its place.

    A table inside an archive or a compressed file is held in memory, if it has ``limit`` bytes at
    most: the format is read from its end.

    Raises
    ------
    InputError
        The library that reads Parquet is not installed, or the file is none.

    """
    del encoding  # the format's texts are UTF-8
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise InputError(
            name,
            "read",
            "reading Parquet needs a library",
            "pip install 'assembly-extract[parquet]'",
        ) from None
    number = 0
    try:
        with parquet.ParquetFile(
            _seekable(stream, name, limit), pre_buffer=False, buffer_size=_PAGES
        ) as file:
            for batch in file.iter_batches(_ROWS, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield Cells(number, _plain_row(row, limit))
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        if not number:
            raise InputError(name, "parse", f"the file is no Parquet ({reason})", _WHOLE) from error
        yield Cells(number + 1, f"row {number + 1} cannot be read: {reason}")


def _seekable(stream: BinaryIO, name: str, limit: int) -> BinaryIO:
    if isinstance(stream, io.BufferedReader) and isinstance(stream.raw, io.FileIO):
        return stream
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(
            name,
            "read",
            f"a Parquet table of more than {limit // 1024 // 1024} MB inside another file",
            "Unpack it, and give the table itself",
        )
    return io.BytesIO(data)


def _plain_row(row: dict[str, Any], limit: int) -> dict[str, Any] | str:
    plain = {column: _plain(value) for column, value in row.items()}
    size = sum(len(value) for value in plain.values() if isinstance(value, str))
    return plain if size <= limit else f"its texts have more than {limit} characters"


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return a value as JSON has it: days and times in ISO form, no NaN, bytes as text.

    >>> from datetime import date
    >>> _plain([date(2024, 3, 5), float("nan"), {"a": b"x"}])
    ['2024-03-05', None, {'a': 'x'}]
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
