"""``assembly-extract themes``: which policy themes there are, and whether one's own are sound."""

from __future__ import annotations

from typing import Annotated

import typer

from assembly_extract.cli.options import Themes
from assembly_extract.cli.watch import counted, say, stops_cleanly


def themes(
    *,
    themes_file: Themes = None,
    check: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.toml", help="Try the examples of your own themes, and list nothing."
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="table|json|toml|skos", help="How to list.")
    ] = "table",
) -> None:
    """List the policy themes: id, Thai and English name, CAP topic, UN goals, number of terms.

    With a file of your own only its themes are listed, and their examples are tried: a positive one
    that does not show its theme, or a negative one that does, is named, and the exit status is 1.
    """
    from assembly_extract.config import read_user_file  # noqa: PLC0415 - when there is work
    from assembly_extract.vocabulary import (  # noqa: PLC0415
        check_examples,
        default_vocabulary,
        load_themes,
        read_themes,
    )
    from assembly_extract.vocabulary_formats import FORMATS  # noqa: PLC0415

    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise typer.BadParameter(f"{form!r} is not one of {known}", param_hint="--format")
    file = check or themes_file
    with stops_cleanly(None):
        if file is None:
            for line in FORMATS[form](default_vocabulary().themes.values()):
                typer.echo(line)
            return
        text = read_user_file(file)
        own = read_themes(text, file)
        faults = check_examples(own, load_themes(text, file))
        for line in FORMATS[form](own) if check is None else ():
            typer.echo(line)
        for fault in faults:
            say(f"{file}: {fault}")
        if check is not None and not faults:
            say(f"{file}: {counted(len(own), 'theme')}, all examples right")
    raise typer.Exit(1 if faults else 0)
