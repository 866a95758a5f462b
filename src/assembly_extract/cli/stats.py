"""``assembly-extract stats``: a quick look at an archive's records."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assembly_extract.cli.watch import console, say, stops_cleanly

if TYPE_CHECKING:
    from assembly_extract.stats import Count

OVERVIEW = ("year", "theme", "province", "person", "organisation")
BAR = 30


def stats(
    records: Annotated[
        str,
        typer.Argument(metavar="RECORDS | -", help="What extract or convert wrote."),
    ],
    *,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="Count articles by month, year, theme, topic, province, person, organisation or "
            "publisher; with commas between several, by their combinations.  "
            "[default: one table each]",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="table|csv", help="For the eye, or tidy CSV.")
    ] = "table",
    top: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="At most N rows a table.  [default: 10; all with --by]"
        ),
    ] = None,
) -> None:
    """Count articles by time, theme, place and name."""
    from assembly_extract.exports.reading import read_records  # noqa: PLC0415
    from assembly_extract.stats import DIMENSIONS, Count  # noqa: PLC0415

    if form not in {"table", "csv"}:
        raise typer.BadParameter(f"{form!r} is not one of table, csv", param_hint="--format")
    groups = [tuple(by.split(","))] if by else [(name,) for name in OVERVIEW]
    unknown = [name for group in groups for name in group if name not in DIMENSIONS]
    if unknown:
        raise typer.BadParameter(
            f"{unknown[0]!r} is not one of {', '.join(DIMENSIONS)}", param_hint="--by"
        )
    counts = [Count(group) for group in groups]
    with stops_cleanly(None):
        for record in read_records(records, say):
            for count in counts:
                count.add(record)
    limit = top if top is not None or by else 10
    (_print_csv if form == "csv" else _print_tables)(counts, limit)


def _print_csv(counts: list[Count], top: int | None) -> None:
    """Print tidy rows; several counts share the columns ``dimension`` and ``value``."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    if len(counts) == 1:
        out.writerow([*counts[0].by, "articles"])
        out.writerows([*values, articles] for values, articles in counts[0].rows(top))
        return
    out.writerow(["dimension", "value", "articles"])
    for count in counts:
        out.writerows([*count.by, *values, articles] for values, articles in count.rows(top))


def _print_tables(counts: list[Count], top: int | None) -> None:
    from rich.table import Table  # noqa: PLC0415 - only the table needs it
    from rich.text import Text  # noqa: PLC0415

    screen = console()
    screen.print(f"{counts[0].total} articles, {counts[0].usable} usable")
    for count in counts:
        table = Table(*count.by, title=" × ".join(count.by), title_justify="left")
        table.add_column("articles", justify="right")
        table.add_column("")
        rows = count.rows(top)
        most = max((articles for _, articles in rows), default=1)
        for values, articles in rows:
            bar = "█" * max(1, round(BAR * articles / most))
            table.add_row(*map(Text, values), str(articles), bar)
        screen.print(table, soft_wrap=False)
        if (hidden := len(count.articles) - len(rows)) > 0:
            what = (
                "earlier ones" if count.by[0] in {"month", "year"} else "others, named less often"
            )
            screen.print(f"and {hidden:,} {what}", style="dim")
