"""``assembly-extract convert``: records to the files of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assembly_extract.cli.watch import say


def convert(
    records: Annotated[
        str,
        typer.Argument(metavar="RECORDS | -", help="What extract wrote, as JSON Lines or JSON."),
    ],
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="TARGET",
            help="File or folder to write. It appears when it is whole.",
        ),
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="csv (a folder of tables), sqlite, parquet (a folder; needs the extra), geojson, "
            "ftm, labelstudio or webanno.  [default: by TARGET's ending; a folder gets csv]",
        ),
    ] = None,
) -> None:
    """Convert records to tables, a database, a map layer, or annotation tasks."""
    from assembly_extract.errors import (  # noqa: PLC0415 - loads when there is work
        AssemblyExtractError,
        ConfigError,
    )
    from assembly_extract.exports import EXPORTS, export_format  # noqa: PLC0415
    from assembly_extract.exports.reading import read_records  # noqa: PLC0415

    target = Path(output)
    try:
        EXPORTS[export_format(target, form)](read_records(records), target)
    except ConfigError as error:
        say(str(error))
        raise typer.Exit(2) from None
    except AssemblyExtractError as error:
        say(str(error))
        raise typer.Exit(1) from None
    except OSError as error:
        say(f"{target}: {error.strerror or error}. Choose another place, then convert again.")
        raise typer.Exit(1) from None
