"""``assembly-extract who``: what a register says about a name."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assembly_extract.cli.watch import console, counted, say, stops_cleanly

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 10


def who(
    name: Annotated[
        str, typer.Argument(help="A person or organisation, in any spelling; or an id.")
    ],
    *,
    register: Annotated[
        str, typer.Option(metavar="FOLDER", help="The register that normalise wrote.")
    ],
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="text|json", help="For the eye, or JSON Lines.")
    ] = "text",
) -> None:
    """Show who somebody is: posts over time, who and what is named beside them, articles.

    Exit status 1 where the register knows nobody of that name.
    """
    from assembly_extract.normalise.asking import ask  # noqa: PLC0415

    if form not in {"text", "json"}:
        raise typer.BadParameter(f"{form!r} is not one of text, json", param_hint="--format")
    with stops_cleanly(None):
        answers = ask(name, Path(register))
    if not answers:
        say(f"nobody and nothing called {name} is in {register}")
        raise typer.Exit(1)
    if form == "json":
        for answer in answers:
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return
    screen = console()
    for answer in answers:
        _show(screen, answer)


def _show(screen: Console, answer: dict[str, Any]) -> None:
    screen.print(f"{answer['name']}  {answer['id']}", style="bold")
    screen.print(
        f"  {counted(answer['articles'], 'article')}, {_span(answer['first'], answer['last'])}"
    )
    for post in answer.get("posts", ())[:SHOWN]:
        body = f" · {post['organisation']}" if post["organisation"] else ""
        where = f" ({counted(len(post['articles']), 'article')})"
        screen.print(f"  {_span(post['from'], post['to'])}  {post['role']}{body}{where}")
    for title, key in (
        ("written", "variants"),
        ("with people", "people"),
        ("with organisations", "organisations"),
    ):
        counts = list(answer[key].items())[:SHOWN]
        if counts:
            screen.print(f"  {title}: " + ", ".join(f"{name} ({n})" for name, n in counts))
    ids = answer["article_ids"]
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    screen.print(f"  articles: {', '.join(ids[:SHOWN])}{more}")


def _span(first: str | None, last: str | None) -> str:
    if first is None:
        return "undated"
    return first if first == last else f"{first} – {last}"
