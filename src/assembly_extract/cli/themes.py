"""``assembly-extract themes``: which policy themes there are, and whether one's own are sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from assembly_extract.cli.options import Themes
from assembly_extract.cli.watch import say, stops_cleanly

if TYPE_CHECKING:
    from assembly_extract.vocabulary import Theme


def themes(*, themes_file: Themes = None) -> None:
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

    with stops_cleanly(None):
        if themes_file is None:
            for theme in default_vocabulary().themes.values():
                _show(theme)
            return
        text = read_user_file(themes_file)
        own = read_themes(text, themes_file)
        faults = check_examples(own, load_themes(text, themes_file))
        for theme in own:
            _show(theme)
        for fault in faults:
            say(f"{themes_file}: {fault}")
    raise typer.Exit(1 if faults else 0)


def _show(theme: Theme) -> None:
    goals = ",".join(map(str, theme.sdg))
    cells = (theme.id, theme.th, theme.en, theme.cap or "", goals, len(theme.terms))
    typer.echo("\t".join(map(str, cells)))
