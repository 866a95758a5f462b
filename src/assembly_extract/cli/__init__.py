"""The command line: arguments, printing, exit codes; no logic. One module per command."""

from __future__ import annotations

import gc
import os

import typer

from assembly_extract import __version__
from assembly_extract.cli.convert import convert
from assembly_extract.cli.explain import explain
from assembly_extract.cli.extract import extract
from assembly_extract.cli.learn_chrome import learn_chrome
from assembly_extract.cli.merge import merge
from assembly_extract.cli.normalise import normalise
from assembly_extract.cli.report import report
from assembly_extract.cli.schema import schema
from assembly_extract.cli.stats import stats
from assembly_extract.cli.themes import themes
from assembly_extract.cli.watch import ends_with_the_pipe
from assembly_extract.cli.who import who

app = typer.Typer(
    name="assembly-extract",
    help="Scraped Thai news articles to JSON records of date, place, people, organisations and "
    "policy themes, each value grounded in the text.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Rich's help panels double what --help costs.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
COMMANDS = (
    extract, explain, merge, convert, stats, report, normalise, who, themes, learn_chrome, schema,
)  # fmt: skip
for command in COMMANDS:
    app.command()(ends_with_the_pipe(command))


def _show_version(value: bool) -> None:  # noqa: FBT001 - the signature of an option's callback
    if value:
        typer.echo(f"assembly-extract {__version__}")
        raise typer.Exit


@app.callback()
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
    # Loading makes many objects that stay: looking for garbage among them costs a seventh of it.
    gc.set_threshold(100_000, 20, 20)
    # Nor is every installed package to be searched for plug-ins of pydantic's.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    app()
