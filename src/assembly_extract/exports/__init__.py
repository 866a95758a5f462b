"""Records -> files that other programs read: tidy tables, a database, a map layer.

``tables`` says which rows a record becomes; every format that has tables uses the same ones.
Each writer takes an iterator of records and a target path, streams, and is atomic: the target
appears whole or not at all. :data:`EXPORTS` is the one list of formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.errors import ConfigError
from assembly_extract.exports.annotation import write_labelstudio, write_webanno
from assembly_extract.exports.csv_folder import write_csv
from assembly_extract.exports.ftm import write_ftm
from assembly_extract.exports.geojson import write_geojson
from assembly_extract.exports.parquet import write_parquet
from assembly_extract.exports.sqlite import write_sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from assembly_extract.models import Record

    Export = Callable[[Iterable[Record], Path], None]

EXPORTS: dict[str, Export] = {
    "csv": write_csv,
    "sqlite": write_sqlite,
    "parquet": write_parquet,
    "geojson": write_geojson,
    "ftm": write_ftm,
    "labelstudio": write_labelstudio,
    "webanno": write_webanno,
}

# The ending of the target's name is enough to choose; a folder (no ending) gets CSV tables.
ENDINGS = {
    "": "csv",
    ".csv": "csv",
    ".db": "sqlite",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".parquet": "parquet",
    ".geojson": "geojson",
    ".ftm": "ftm",
}


def export_format(target: Path, form: str | None = None) -> str:
    """Return the format ``form``, or without it the one that the ending of ``target`` stands for.

    Raises
    ------
    ConfigError
        There is no such format, or none has this ending.

    """
    if form is not None and form not in EXPORTS:
        raise ConfigError(f"{form!r} is no format; use one of {', '.join(EXPORTS)}")
    if form is None and target.suffix.lower() not in ENDINGS:
        known = ", ".join(sorted(ending for ending in ENDINGS if ending))
        raise ConfigError(
            f"{target}: no format ends in {target.suffix!r}; use one of {known}, a folder name for "
            "CSV tables, or say it with --format"
        )
    return form or ENDINGS[target.suffix.lower()]
