"""``assembly-extract report``: a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assembly_extract.cli.watch import say, stops_cleanly


def report(
    records: Annotated[
        str,
        typer.Argument(metavar="RECORDS | -", help="What extract or convert wrote."),
    ],
    *,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE.html", help="The page to write."),
    ] = "report.html",
) -> None:
    """Write one self-contained page: charts, map, names, and each article with its evidence."""
    from assembly_extract.exports.reading import read_records  # noqa: PLC0415
    from assembly_extract.report import write_report  # noqa: PLC0415

    with stops_cleanly(output):
        shown = write_report(read_records(records, say), Path(output))
    if shown.articles < shown.total:
        say(
            f"{output} holds the first {shown.articles} of {shown.total} articles. For all of "
            "them: assembly-extract convert RECORDS -o news.db, then datasette news.db"
        )
