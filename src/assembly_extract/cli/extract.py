"""``assembly-extract extract``: articles in, records out."""

from __future__ import annotations

from typing import Annotated

import typer

from assembly_extract.cli.options import Encoding, ReferenceDate
from assembly_extract.cli.watch import NO_INPUT, StderrWatcher, say, summary
from assembly_extract.writers import WRITERS

INTERRUPTED = 130


def _known_format(value: str) -> str:
    if value not in WRITERS:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(WRITERS)}")
    return value


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH... | -",
            help="Files, folders (with all that is in them), or - for standard input.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write here instead of to standard output. The file appears when it is whole.",
        ),
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(WRITERS),
            callback=_known_format,
            help="jsonl: a record a line; json: one array.",
        ),
    ] = "jsonl",
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=1,
            help="Work in N processes; the output is the same for every N.  [default: the cores]",
        ),
    ] = None,
    encoding: Encoding = None,
    reference_date: ReferenceDate = None,
    errors: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write here a line of JSON for each input that gave no record.",
        ),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 1 also where a page holds no article."),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option("--quiet", "-q", help="Say nothing but what failed."),
    ] = False,
) -> None:
    """Turn scraped Thai articles into records, one for each article.

    Records go to standard output, everything else to standard error. Exit status: 0 all done, 1
    some inputs failed, 2 wrong usage or no input found, 3 nothing succeeded, 130 interrupted.
    """
    from assembly_extract.batch.run import Plan, run  # noqa: PLC0415 - loads when there is work
    from assembly_extract.config import Config  # noqa: PLC0415
    from assembly_extract.errors import ConfigError  # noqa: PLC0415

    plan = Plan(
        paths=tuple(paths),
        output=output,
        format=form,
        errors=errors,
        jobs=jobs,
        config=Config(encoding=encoding, reference_date=reference_date),
    )
    try:
        with StderrWatcher(quiet=quiet) as watcher:
            tally = run(plan, watcher)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        say("interrupted")
        raise typer.Exit(INTERRUPTED) from None
    except ConfigError as error:
        say(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        say(
            f"{error.filename or output or 'standard output'}: {error.strerror}. "
            "Free some space or choose another place, then run again."
        )
        raise typer.Exit(3) from None
    if not tally.found:
        say(NO_INPUT)
    elif not quiet:
        say(summary(tally))
    raise typer.Exit(tally.status(strict=strict))
