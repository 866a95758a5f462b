"""Bytes -> raw articles: files, folders and stdin; text and HTML."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from assembly_extract.types.article import Failure, RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def article_from_text(text: str, path: str = "-") -> RawArticle:
    """Wrap a string as an article."""
    return article_from_bytes(text.encode(), path)


def article_from_bytes(data: bytes, path: str) -> RawArticle:
    """Decode one input."""
    identity = hashlib.sha256(path.encode() + b"\0" + data).hexdigest()[:32]
    sha = hashlib.sha256(data).hexdigest()
    return RawArticle(path, identity, sha, "text", "utf-8", data.decode("utf-8-sig"))


def read_articles(
    paths: Iterable[str | Path], *, encoding: str | None = None
) -> Iterator[RawArticle | Failure]:
    """Yield an article or a failure for each input under ``paths``, in a stable order."""
    del encoding
    for given in map(Path, paths):
        files = sorted(p for p in given.rglob("*") if p.is_file()) if given.is_dir() else [given]
        for file in files:
            name = file.relative_to(given).as_posix() if given.is_dir() else file.name
            try:
                yield article_from_bytes(file.read_bytes(), name)
            except (OSError, UnicodeDecodeError) as error:
                yield Failure(str(file), "read", str(error), "Check the file.")
