"""``assembly-extract convert``: records to the files of other programs, and back."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assembly_extract.cli.options import FORMAT_LIST
from assembly_extract.cli.watch import say, stops_cleanly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.models import Record


def convert(
    records: Annotated[
        str,
        typer.Argument(
            metavar="RECORDS | -",
            help="What extract wrote: JSON Lines or JSON; or tables: a SQLite database, a folder "
            "of CSV or Parquet files.",
        ),
    ],
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="TARGET | -",
            help="File or folder to write; it appears when it is whole. - is standard output.",
        ),
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"{FORMAT_LIST}.  [default: by TARGET's ending; csv without one]",
        ),
    ] = None,
) -> None:
    """Convert records to tables, a database, a map layer, or annotation tasks; tables also back.

    What the target does not hold is said on standard error, with counts.
    """
    from assembly_extract.exports.reading import read_records  # noqa: PLC0415
    from assembly_extract.writers import STREAMED, format_of, is_stream  # noqa: PLC0415

    target = Path(output)
    lacking: Counter[str] = Counter()
    with stops_cleanly(None if output == "-" else output):
        chosen = format_of(output, form, bare="csv")
        source = _counted(read_records(records, say), chosen.lacks, lacking)
        if output == "-":
            sys.stdout.writelines(STREAMED[chosen.name](r.to_json() for r in source))
        elif is_stream(target):
            with target.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(STREAMED[chosen.name](r.to_json() for r in source))
        else:
            lacking += chosen.write(source, target)
    if note := chosen.note(output):
        say(f"{note}.")
    if lacking:
        parts = ", ".join(f"{name} ({count:,})" for name, count in lacking.items())
        say(f"{target} does not hold: {parts}. {records} does: keep it.")


def _counted(
    records: Iterable[Record], keys: tuple[str, ...], counts: Counter[str]
) -> Iterator[Record]:
    """Pass the records on, counting the values of some of their keys."""
    for record in records:
        for key in keys:
            value = getattr(record, key)
            counts[key] += len(value) if isinstance(value, list) else bool(value)
        yield record
    for key in [key for key, count in counts.items() if not count]:
        del counts[key]
