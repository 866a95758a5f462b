"""Inputs -> raw articles; what cannot be read becomes a failure that names the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assembly_extract.errors import OUR_FAULT, AssemblyExtractError, InputError
from assembly_extract.sources.anchors import anchor_of, last_change
from assembly_extract.sources.articles import (
    article_from_bytes,
    article_from_capture,
    article_from_row,
    identity_of,
    leaning_on,
)
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


def read_input(
    item: Input, encoding: str | None = None, anchor: str = "none"
) -> RawArticle | Failure:
    """Read one input, or say why it cannot be read.

    ``anchor`` names what else than the page may date it, as in :class:`~assembly_extract.Config`.
    """
    try:
        data = read_bytes(item, MOST_BYTES)
        day = anchor_of(item, anchor)
    except OSError as error:
        return _refused(item, error)
    if len(data) > MOST_BYTES:
        return too_large(item)
    try:
        if item.row is not None:
            article = article_from_row(item.row, item.name)
        elif item.capture is not None:
            article = article_from_capture(data, item.capture, item.name, encoding)
        else:
            article = article_from_bytes(data, item.name, encoding)
    except InputError as error:
        return Failure(_shown(item), error.stage, error.reason, error.hint)
    except AssemblyExtractError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this input's alone
        return Failure(_shown(item), "parse", f"{type(error).__name__}: {error}", OUR_FAULT)
    return article if day is None else leaning_on(article, day)


def loaded(item: Input) -> Input | Failure:
    """Return an input with its bytes and its day, so that it can be read on any machine."""
    if item.data is not None:
        return item
    try:
        data = read_bytes(item, MOST_BYTES)
        changed = last_change(item.path)
    except OSError as error:
        return _refused(item, error)
    if len(data) > MOST_BYTES:
        return too_large(item)
    return replace(item, data=data, modified=changed)


def identity_of_input(item: Input, anchor: str = "none") -> str:
    """Return the ``id`` of the record that a :func:`loaded` input gives, without reading it."""
    whole = item.row.whole if item.row is not None else item.data or b""
    return identity_of(whole, item.name, anchor_of(item, anchor))


def _refused(item: Input, error: OSError) -> Failure:
    reason = (error.strerror or str(error)).lower()
    return Failure(_shown(item), "read", reason, hint_for(error))


def _shown(item: Input) -> str:
    return "standard input" if item.path == "-" else display_name(item.path)


def read_articles(
    paths: str | Path | Iterable[str | Path], *, encoding: str | None = None, anchor: str = "none"
) -> Iterator[RawArticle | Failure]:
    """Yield an article or a failure for each input under ``paths``, in a stable order."""
    for found in walk(paths, Reading(encoding=encoding)):
        if isinstance(found, Input):
            yield read_input(found, encoding, anchor)
        elif isinstance(found, Unreachable):
            yield found.failure
