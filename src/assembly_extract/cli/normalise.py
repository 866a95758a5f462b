"""``assembly-extract normalise``: one name for one thing over a whole archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assembly_extract.cli.watch import counted, say, stops_cleanly


def normalise(
    records: Annotated[
        str,
        typer.Argument(metavar="RECORDS", help="What extract wrote, as JSON Lines or JSON."),
    ],
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.jsonl",
            help="The same records, each person, organisation and place with its ref.",
        ),
    ],
    register: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            help="The register: made, or used and extended. Its decisions.tsv asks about uncertain "
            "merges; write yes or no in its first column and run again.",
        ),
    ],
    export: Annotated[
        list[str] | None,
        typer.Option(
            metavar="openrefine|popolo|ftm",
            help="Write the register for OpenRefine (CSV), as Popolo, or as FollowTheMoney too, "
            "into its folder. May be repeated.",
        ),
    ] = None,
) -> None:
    """Find out who and what is the same across articles, and keep a register of it."""
    from assembly_extract.normalise import DECISIONS  # noqa: PLC0415
    from assembly_extract.normalise import normalise as run  # noqa: PLC0415
    from assembly_extract.normalise.exporting import EXPORTS, write_export  # noqa: PLC0415

    for form in export or ():
        if form not in EXPORTS:
            raise typer.BadParameter(
                f"{form!r} is not one of {', '.join(EXPORTS)}", param_hint="--export"
            )
    with stops_cleanly(output):
        done = run(records, Path(output), Path(register))
        for form in export or ():
            write_export(form, Path(register))
    counts = ", ".join(counted(number, kind) for kind, number in done.entities.items())
    say(f"{counted(done.records, 'record')}: {counts}")
    if done.questions:
        rows = counted(done.questions, "uncertain merge")
        say(f"{rows} to answer with yes or no in {Path(register) / DECISIONS}")
