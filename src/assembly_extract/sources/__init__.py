"""Bytes -> raw articles: files, folders and stdin; text and HTML."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from assembly_extract.errors import InputError
from assembly_extract.sources.decoding import decode
from assembly_extract.sources.html import is_html, parse_html
from assembly_extract.types.article import Failure, RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def article_from_text(text: str, path: str = "-") -> RawArticle:
    """Wrap a string as an article; its identity is that of its UTF-8 bytes."""
    data = text.encode("utf-8", "surrogatepass")
    return RawArticle(path, *_identity(data, path), "text", "utf-8", text)


def article_from_bytes(data: bytes, path: str, encoding: str | None = None) -> RawArticle:
    """Decode one input: a page if its name or its beginning says so, else plain text.

    Raises
    ------
    InputError
        The bytes are no text, or not in the encoding named.

    """
    identity, sha256 = _identity(data, path)
    if is_html(data, path):
        page = parse_html(data, path, encoding)
        return RawArticle(
            path,
            identity,
            sha256,
            "html",
            page.encoding,
            page.text,
            page.metadata,
            notices=page.notices,
            marks=page.marks,
        )
    decoded = decode(data, path, encoding)
    return RawArticle(
        path, identity, sha256, "text", decoded.encoding, decoded.text, notices=decoded.notices
    )


def _identity(data: bytes, path: str) -> tuple[str, str]:
    """Return the record's id (over path and bytes) and the bytes' own SHA-256."""
    name = path.encode("utf-8", "surrogateescape")
    return (
        hashlib.sha256(name + b"\0" + data).hexdigest()[:32],
        hashlib.sha256(data).hexdigest(),
    )


def read_articles(
    paths: Iterable[str | Path], *, encoding: str | None = None
) -> Iterator[RawArticle | Failure]:
    """Yield an article or a failure for each input under ``paths``, in a stable order."""
    for given in map(Path, paths):
        files = sorted(p for p in given.rglob("*") if p.is_file()) if given.is_dir() else [given]
        for file in files:
            name = file.relative_to(given).as_posix() if given.is_dir() else file.name
            try:
                yield article_from_bytes(file.read_bytes(), name, encoding)
            except InputError as error:
                yield Failure(error.path, error.stage, error.reason, error.hint)
            except OSError as error:
                yield Failure(str(file), "read", str(error), "Check the file.")
