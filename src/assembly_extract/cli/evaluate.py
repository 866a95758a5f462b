"""``assembly-extract evaluate``: records beside what people say is in the articles."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assembly_extract.cli.watch import console, counted, say, stops_cleanly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from assembly_extract.evaluation import Evaluation
    from assembly_extract.evaluation.measures import Counts


def evaluate(
    gold: Annotated[
        str,
        typer.Argument(
            metavar="GOLD",
            help="Annotated articles, a line of JSON each (docs/evaluate.md), or the "
            "corrections.jsonl of a report.",
        ),
    ],
    records: Annotated[
        str,
        typer.Argument(metavar="RECORDS | -", help="What extract or convert wrote."),
    ],
    *,
    root: Annotated[
        list[str] | None,
        typer.Option(
            "--root",
            metavar="DIR",
            help="A folder that holds the articles' pages, to measure what was removed from them. "
            "May be repeated.  [default: GOLD's own folder]",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="table|json", help="For the eye, or JSON.")
    ] = "table",
    by_article: Annotated[
        bool,
        typer.Option("--by-article", help="Also each article, with what is missed or wrong."),
    ] = False,
) -> None:
    """Measure records against gold: precision, recall and F1 of lists, accuracy of the rest."""
    from assembly_extract.corrections import load_corrections  # noqa: PLC0415 - when there is work
    from assembly_extract.evaluation import evaluate as compare  # noqa: PLC0415
    from assembly_extract.evaluation.gold import numbered_rows, read_gold  # noqa: PLC0415
    from assembly_extract.evaluation.marks import evaluate_marks  # noqa: PLC0415
    from assembly_extract.exports.reading import read_records  # noqa: PLC0415

    if form not in {"table", "json"}:
        raise typer.BadParameter(f"{form!r} is not one of table, json", param_hint="--format")
    with stops_cleanly(None):
        rows = numbered_rows(gold)
        if rows and "verdict" in rows[0][1]:
            marks = load_corrections(Path(gold).read_text(encoding="utf-8"), gold)
            counts, missing = evaluate_marks(marks, read_records(records, say))
            _show_marks(counts, missing, form, by_article=by_article)
            return
        roots = [Path(folder) for folder in root or []] or [Path(gold).resolve().parent]
        result = compare(read_gold(gold, say), read_records(records, say), roots)
    if form == "json":
        _print_json(result.as_json(by_article=by_article))
    else:
        _show(result, by_article=by_article)


def _print_json(report: object) -> None:
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _show(result: Evaluation, *, by_article: bool) -> None:
    from assembly_extract.evaluation.measures import ANSWERS, LISTS  # noqa: PLC0415

    screen = console()
    screen.print(
        f"{counted(result.articles, 'annotated article')}, "
        f"{counted(result.records, 'record')}, {result.paired} of them "
        "annotated"
    )
    metrics = result.metrics()
    lists = {name: row for name, row in metrics.items() if name in LISTS}
    answers = {name: row for name, row in metrics.items() if name in ANSWERS}
    _table(screen, "P R F1 right found gold", lists)
    _table(screen, "accuracy right of", answers)
    if result.missing:
        say(f"no record of: {', '.join(result.missing)}")
    if result.unseen:
        say(
            f"the pages of {len(result.unseen)} articles were not found, so that chrome_removed is "
            "rough and content_kept is left out there: give --root DIR"
        )
    if by_article:
        for path, counts in result.by_article:
            _show_wrong(screen, path, counts)


def _show_marks(
    counts: Mapping[str, Counts], missing: list[str], form: str, *, by_article: bool
) -> None:
    from assembly_extract.evaluation import list_figures  # noqa: PLC0415 - loads when there is work

    metrics = {kind: list_figures(found) for kind, found in counts.items()}
    if form == "json":
        wrong = {kind: list(found.wrong) for kind, found in counts.items()}
        more = {"wrong": wrong} if by_article else {}
        _print_json({"metrics": metrics, "missing": missing, **more})
        return
    screen = console()
    _table(screen, "P R F1 right found gold", metrics)
    if missing:
        say(f"no record of {len(missing)} marked articles: {', '.join(missing)}")
    if by_article:
        _show_wrong(screen, "marks", counts)


def _table(
    screen: Console, header: str, metrics: Mapping[str, Mapping[str, float | int | None]]
) -> None:
    from rich.table import Table  # noqa: PLC0415 - only the table needs it

    if not metrics:
        return
    table = Table("")
    for column in header.split():
        table.add_column(column, justify="right")
    for name, row in metrics.items():
        table.add_row(name, *map(_cell, row.values()))
    screen.print(table, soft_wrap=False)


def _cell(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _show_wrong(screen: Console, path: str, counts: Mapping[str, Counts]) -> None:
    wrong = {name: found.wrong for name, found in counts.items() if found.wrong}
    if wrong:
        screen.print(f"\n{path}", style="bold")
    for name, lines in wrong.items():
        for line in lines:
            screen.print(f"  {name}: {line}")
