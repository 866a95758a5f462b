"""The command line: arguments, printing, exit codes; no logic. One module per command."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer

from assembly_extract import __version__
from assembly_extract.cli.command import Command, Group
from assembly_extract.cli.watch import (
    ends_with_the_pipe,
    refuse_closed_streams,
    tells_of_full_output,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

# Each has a module and a function of its name here, with _ for -.
COMMANDS = (
    *("extract", "explain", "merge", "convert", "stats", "report", "evaluate"),
    *("normalise", "who", "themes", "learn-chrome", "schema"),
)


def application(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the command line with these commands; only their modules are imported."""
    app = typer.Typer(
        name="assembly-extract",
        cls=Group,
        help="Scraped Thai news articles to JSON records of date, place, people, organisations and "
        "policy themes, each value grounded in the text.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        # Rich's help panels double what --help costs.
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_options)
    for name in commands:
        module = name.replace("-", "_")
        command = getattr(import_module(f"assembly_extract.cli.{module}"), module)
        app.command(name, cls=Command)(ends_with_the_pipe(command))
    return app


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    """Make ``app``, the whole command line, when somebody asks for it."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return application()


def _show_version(value: bool) -> None:  # noqa: FBT001 - the signature of an option's callback
    if value:
        typer.echo(f"assembly-extract {__version__}")
        raise typer.Exit


def _options(
    *,
    version: bool = typer.Option(
        False,
        "--version",
        callback=_show_version,
        is_eager=True,
        help="Print the version and stop.",
    ),
) -> None:
    del version


def main() -> None:
    """Run the command line."""
    refuse_closed_streams()
    # What is printed is UTF-8 whatever the system writes (an old code page where Windows fills a
    # pipe or a file), with the same line ends everywhere; names of files may hold other bytes.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
    # Loading makes many objects that stay: looking for garbage among them costs a tenth of it, so
    # that a run looks for none before its first article is done.
    gc.set_threshold(100_000, 20, 20)
    # Nor is every installed package to be searched for plug-ins of pydantic's.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A run of one command need not load the others.
    given = sys.argv[1:2]
    if given == ["extract"]:
        gc.disable()
    with tells_of_full_output():
        application(given if given and given[0] in COMMANDS else COMMANDS)()
