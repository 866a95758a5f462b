"""Inputs -> raw articles; what cannot be read becomes a failure that names the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.errors import InputError
from assembly_extract.sources.articles import article_from_bytes, article_from_row
from assembly_extract.sources.walk import (
    MOST_BYTES,
    Input,
    Reading,
    Unreachable,
    display_name,
    hint_for,
    read_bytes,
    too_large,
    walk,
)
from assembly_extract.types.article import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from assembly_extract.types.article import RawArticle


def read_input(item: Input, encoding: str | None = None) -> RawArticle | Failure:
    """Read one input, or say why it cannot be read."""
    path = "standard input" if item.path == "-" else display_name(item.path)
    try:
        data = read_bytes(item, MOST_BYTES)
    except OSError as error:
        return Failure(path, "read", (error.strerror or str(error)).lower(), hint_for(error))
    if len(data) > MOST_BYTES:
        return too_large(item)
    try:
        if item.row is not None:
            return article_from_row(item.row, item.name)
        return article_from_bytes(data, item.name, encoding)
    except InputError as error:
        return Failure(path, error.stage, error.reason, error.hint)


def read_articles(
    paths: Iterable[str | Path], *, encoding: str | None = None
) -> Iterator[RawArticle | Failure]:
    """Yield an article or a failure for each input under ``paths``, in a stable order."""
    for found in walk(paths, Reading(encoding=encoding)):
        if isinstance(found, Input):
            yield read_input(found, encoding)
        elif isinstance(found, Unreachable):
            yield found.failure
