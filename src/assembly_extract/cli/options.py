"""Options that several commands share, checked where they are read."""

from __future__ import annotations

import codecs
from datetime import date
from typing import Annotated

import typer


def known_encoding(value: str | None) -> str | None:
    """Return the encoding if Python has it."""
    if value is not None:
        try:
            codecs.lookup(value)
        except LookupError:
            raise typer.BadParameter(
                f"no encoding is called {value!r}; try utf-8, cp874 (Thai Windows) or utf-16"
            ) from None
    return value


def known_date(value: str | None) -> str | None:
    """Return the day if it is one, in the form ``YYYY-MM-DD``."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(
            f"{value!r} is no day; write it like 2023-02-15 (the Gregorian year)"
        ) from None


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
