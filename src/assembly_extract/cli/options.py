"""The options of the commands that read articles, checked where they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated

import typer

from assembly_extract.config import (
    ANCHORS,
    Config,
    check_anchor,
    check_date,
    check_encoding,
    read_config,
)
from assembly_extract.errors import ConfigError
from assembly_extract.types.columns import Columns
from assembly_extract.writers import FORMATS


def known_format(value: str | None) -> str | None:
    """Return the format if there is a writer for it."""
    if value is not None and value not in FORMATS:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(FORMATS)}")
    return value


def known_encoding(value: str | None) -> str | None:
    """Return the encoding if Python has it."""
    return _checked(value, check_encoding)


def known_date(value: str | None) -> str | None:
    """Return the day if it is one, in the form ``YYYY-MM-DD``."""
    return _checked(value, check_date)


def known_anchor(value: str | None) -> str | None:
    """Return the anchor if there is such a one."""
    return _checked(value, check_anchor)


def _checked(value: str | None, check: Callable[[str], None]) -> str | None:
    try:
        if value is not None:
            check(value)
    except ConfigError as error:
        raise typer.BadParameter(str(error)) from None
    return value


Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH... | -",
        help="Files, folders (with all in them), globs in quotes, archives, web archives (WARC), "
        "tables, or - for standard input.",
        show_default=False,
    ),
]
OutputFile = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write here instead of to standard output. The file appears when it is whole.",
    ),
]
FORMAT_LIST = "; ".join(
    f"{form.name}: {form.about} ({', '.join(form.endings)})" for form in FORMATS.values()
)
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        callback=known_format,
        help=f"{FORMAT_LIST}.  [default: by FILE's ending; jsonl without one; a folder gets csv]",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        help="Work in N processes; the output is the same for every N. Without it: as many as "
        "there are cores, once there is enough to do.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS|local",
        help="Let a Dask cluster do the work (needs pip install 'assembly-extract[dask]'): the "
        "address of its scheduler, like tcp://host:8786, or local for one of --jobs processes that "
        "is started here.",
    ),
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume",
        help="Go on with -o FILE: make only the records that it, or what an interrupted run left "
        "beside it, does not hold yet for the same input, version and options.",
    ),
]
Duplicates = Annotated[
    str | None,
    typer.Option(
        metavar="FILE.tsv",
        help="Find stories that come again, letter for letter or nearly so: their records say "
        "duplicate_of, and this file gets a row for each. Nothing is left out.",
    ),
]
Include = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GLOB",
        help="Of folders and archives read only files whose relative path (or, if the glob has no "
        "/, whose name) matches, whatever their suffix; of web archives only such addresses. May "
        "be repeated.",
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(metavar="GLOB", help="Leave such files out. May be repeated."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only list what would be read, a path a line.")
]
ShardText = Annotated[
    str | None,
    typer.Option(
        "--shard",
        metavar="I/N",
        help="Read only the Ith of N equal parts; the command merge joins what they give.",
    ),
]
TextField = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN",
        help="In tables (JSON Lines, JSON, CSV, TSV, Parquet): the column with the article. This "
        "and the next ones are guessed from the usual names.",
    ),
]
HtmlField = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="The column with the article's page as HTML.")
]
IdField = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="The column that names the row.")
]
UrlField = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="The column with the page's address.")
]
TitleField = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="The column with the headline.")
]
DateField = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="The column with the publication date.")
]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        callback=known_encoding,
        help="Read every text so (utf-8, cp874, utf-16 ...) instead of by evidence.",
    ),
]
ReferenceDate = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        callback=known_date,
        help="The day that words like วันนี้ lean on where a page has no date of its own.",
    ),
]
Anchor = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(ANCHORS),
        callback=known_anchor,
        help="Where neither the page nor its event has a whole date: let words like วันนี้ and days "
        "without a year lean on the day the file was last changed (mtime) or on a day in its path "
        "(path: 2023/08/15, 2566-02-15, 20230815). Both may date the download only.",
    ),
]
Themes = Annotated[
    str | None,
    typer.Option(
        "--themes",
        metavar="FILE.toml",
        help="Themes of your own, in the form of the package's: they join its themes, or replace "
        "those of the same id. The command themes shows and checks them.",
    ),
]
ChromeFile = Annotated[
    str | None,
    typer.Option(
        "--chrome",
        metavar="FILE.toml",
        help="What recurs around an archive's articles, as the command learn-chrome writes it: it "
        "is removed as well.",
    ),
]
Corrections = Annotated[
    str | None,
    typer.Option(
        "--corrections",
        metavar="FILE.jsonl",
        help="What people marked wrong in the report: it is taken out, and the record says so.",
    ),
]
GazetteerFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--gazetteer",
        metavar="FILE.tsv",
        help="Own people, organisations and places, which go before what the tool finds: a table "
        "with the columns name and kind, and perhaps aliases (parted by |) and id, which records "
        "give as ref. With commas if the file ends in .csv. May be repeated.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The sequence tagger: default, accurate (slower; needs pip install "
        "'assembly-extract[accurate]'), or pythainlp: and the name of one of its engines.",
    ),
]
ConfigFile = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE.toml",
        help="Take encoding, reference_date, anchor, model, themes, chrome, "
        "corrections, gazetteer (one file or a list) and a table of columns "
        "from here; options given beside it go before it.",
    ),
]
Errors = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", help="Write here a line of JSON for each input that gave no record."
    ),
]
Retry = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Read what an earlier run named in this --errors FILE, and nothing else.",
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 also where a page holds no article.")
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say of each input what becomes of it.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what failed.")]


def configuration(
    file: str | None = None,
    columns: Columns | None = None,
    **given: str | Sequence[str] | None,
) -> Config:
    """Return the configuration of a file with the options that were given put over it.

    Raises
    ------
    ConfigError
        A file that one of them names cannot be read.

    """
    base = Config() if file is None else read_config(file)
    chosen = {name: value for name, value in given.items() if value is not None}
    if columns is not None:
        named = {n: getattr(columns, n) for n in columns.__slots__ if getattr(columns, n)}
        base = replace(base, columns=replace(base.columns, **named))
    config = replace(base, **chosen)  # type: ignore[arg-type]  # the options' names are its fields'
    _ = config.digest  # reads the user's files: a missing one stops the run before it starts
    return config
