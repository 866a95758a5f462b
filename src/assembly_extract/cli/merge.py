"""``assembly-extract merge``: the outputs of shards, or of several runs, joined."""

from __future__ import annotations

from typing import Annotated

import typer

from assembly_extract.cli.options import Duplicates, Form, OutputFile, Quiet
from assembly_extract.cli.watch import counted, say, stops_cleanly


def merge(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Records as extract writes them (jsonl or json), of the same version and options.",
        ),
    ],
    *,
    output: OutputFile = None,
    form: Form = None,
    duplicates: Duplicates = None,
    quiet: Quiet = False,
) -> None:
    """Join the outputs of shards into what one run would have given.

    The files are taken in the order of the numbers in their names (part-2 before part-10), a record
    that several of them hold is taken once.
    """
    # When there is work.
    from assembly_extract.batch.merge import merge_files, missing_parts  # noqa: PLC0415

    with stops_cleanly(output):
        written, repeated = merge_files(files, output, form, duplicates)
    for name in missing_parts(files):
        say(f"{name} is not among the files: if it is a part as they are, its records are missing")
    if not quiet:
        again = f"; {repeated} were in more than one file" if repeated else ""
        say(f"{counted(written, 'record')} from {counted(len(files), 'file')}{again}")
