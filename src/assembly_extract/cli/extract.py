"""``assembly-extract extract``: articles in, records out."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import typer

from assembly_extract.cli.options import (
    Anchor,
    ChromeFile,
    ConfigFile,
    Corrections,
    DateField,
    DryRun,
    Duplicates,
    Encoding,
    Errors,
    Exclude,
    Form,
    GazetteerFiles,
    HtmlField,
    IdField,
    Include,
    Jobs,
    Model,
    OutputFile,
    Paths,
    Quiet,
    ReferenceDate,
    Resume,
    Retry,
    Scheduler,
    ShardText,
    Strict,
    TextField,
    Themes,
    TitleField,
    UrlField,
    Verbose,
    configuration,
)
from assembly_extract.cli.watch import StderrWatcher, no_input, say, stops_cleanly, summary

if TYPE_CHECKING:
    from assembly_extract.batch.inputs import Listing, Request


def extract(
    paths: Paths = None,
    *,
    output: OutputFile = None,
    form: Form = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    resume: Resume = False,
    errors: Errors = None,
    retry: Retry = None,
    duplicates: Duplicates = None,
    include: Include = None,
    exclude: Exclude = None,
    shard: ShardText = None,
    dry_run: DryRun = False,
    text_field: TextField = None,
    html_field: HtmlField = None,
    id_field: IdField = None,
    url_field: UrlField = None,
    title_field: TitleField = None,
    date_field: DateField = None,
    encoding: Encoding = None,
    reference_date: ReferenceDate = None,
    anchor: Anchor = None,
    themes: Themes = None,
    chrome: ChromeFile = None,
    corrections: Corrections = None,
    gazetteer: GazetteerFiles = None,
    model: Model = None,
    config_file: ConfigFile = None,
    strict: Strict = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Turn scraped Thai articles into records, one for each article.

    Records go to standard output, everything else to standard error. Exit status: 0 all done, 1
    some inputs failed, 2 wrong usage or no input found, 3 nothing succeeded, 130 interrupted.
    """
    # The engine loads when there is work for it, so that --help does not wait.
    from assembly_extract.batch.inputs import Request, parse_shard  # noqa: PLC0415
    from assembly_extract.batch.run import Plan, run  # noqa: PLC0415
    from assembly_extract.sources import Reading, Selection  # noqa: PLC0415
    from assembly_extract.types.columns import Columns  # noqa: PLC0415
    from assembly_extract.writers import format_of  # noqa: PLC0415

    if bool(paths) == bool(retry):
        raise typer.BadParameter(
            "give files or folders to read, or --retry FILE, and not both", param_hint="PATH"
        )
    if scheduler not in {None, "local"} and jobs is not None:
        raise typer.BadParameter(
            "the cluster has as many workers as it has; leave --jobs out", param_hint="--jobs"
        )
    columns = Columns(text_field, html_field, id_field, url_field, title_field, date_field)
    with stops_cleanly(output, resumable=True):
        config = configuration(
            config_file,
            columns,
            encoding=encoding,
            reference_date=reference_date,
            anchor=anchor,
            model=model,
            themes=themes,
            chrome=chrome,
            corrections=corrections,
            gazetteer=gazetteer or None,
        )
        selection = Selection(tuple(include or ()), tuple(exclude or ()))
        request = Request(
            tuple(paths or ()),
            Reading(selection, config.columns, config.encoding),
            parse_shard(shard) if shard else None,
            retry,
        )
        if dry_run:
            listing = _list(request)
            if not listing.found:
                say(no_input(listing.skipped))
            raise typer.Exit(0 if listing.found else 2)
        plan = Plan(request, output, form, errors, config, jobs, resume, duplicates, scheduler)
        with StderrWatcher(quiet=quiet, verbose=verbose, count=lambda: _count(request)) as watcher:
            tally = run(plan, watcher)
    if not tally.listing.found:
        say(no_input(tally.listing.skipped))
    elif not quiet:
        note = format_of(output, form).note(output or "")
        say(summary(tally) + (f"; {note}" if note and tally.records else ""))
    raise typer.Exit(tally.status(strict=strict))


def _list(request: Request) -> Listing:
    """Print what would be read."""
    from assembly_extract.batch.inputs import Listing, list_inputs  # noqa: PLC0415
    from assembly_extract.sources import Unreachable, display_name  # noqa: PLC0415

    listing = Listing()
    for item in list_inputs(request, listing):
        if isinstance(item, Unreachable):
            say(f"{item.failure.path}: {item.failure.reason}. {item.failure.hint}.")
        else:
            sys.stdout.write(display_name(item.path) + "\n")
    return listing


_COUNTING = 2.0
"""Seconds that may be spent on how much there is to do: archives have to be unpacked for it."""


def _count(request: Request) -> int | None:
    """Return how many inputs there are, ``None`` if that is not quickly told.

    Standard input and pipes, which an errors file may name as well, can be read once only.
    """
    from assembly_extract.batch.inputs import (  # noqa: PLC0415
        Listing,
        can_be_read_again,
        list_inputs,
    )

    if request.retry is not None or not can_be_read_again(request.paths):
        return None
    started = time.monotonic()
    count = 0
    for count, _ in enumerate(list_inputs(request, Listing()), 1):  # noqa: B007 - it is what is asked
        if time.monotonic() - started > _COUNTING:
            return None
    return count
