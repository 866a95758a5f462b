"""``assembly-extract learn-chrome``: what recurs around the articles of an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from assembly_extract.cli.options import Encoding, OutputFile, Paths
from assembly_extract.cli.watch import StderrWatcher, counted, no_input, say, stops_cleanly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.types.article import RawArticle


def learn_chrome(
    paths: Paths = None, *, output: OutputFile = None, encoding: Encoding = None
) -> None:
    """Learn what recurs around the articles of an archive: a site's name, slogans, closing lines.

    The result is a TOML file to read and to edit; give it to extract with --chrome. It takes a few
    hundred articles of one site to learn from.
    """
    from assembly_extract.batch.output import open_output  # noqa: PLC0415 - when there is work
    from assembly_extract.cleaning.learning import learn_chrome as learnt_from  # noqa: PLC0415
    from assembly_extract.sources import read_articles  # noqa: PLC0415
    from assembly_extract.types.article import Failure  # noqa: PLC0415

    if not paths:
        raise typer.BadParameter("give files or folders to learn from", param_hint="PATH")
    watcher = StderrWatcher()
    read = failed = 0

    def articles() -> Iterator[RawArticle]:
        nonlocal read, failed
        for found in read_articles(paths, encoding=encoding):
            if isinstance(found, Failure):
                failed += 1
                watcher.failed(found)
            else:
                read += 1
                yield found

    with stops_cleanly(None):
        text = learnt_from(articles())
        if not read:
            say(no_input({}))
            raise typer.Exit(3 if failed else 2)
        with open_output(output, resumable=False) as out:
            out.write(text)
            out.keep()
    say(f"learnt from {counted(read, 'article')}")
    raise typer.Exit(1 if failed else 0)
