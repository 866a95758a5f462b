"""Bytes or a string -> a raw article, with its identity; text or HTML."""

from __future__ import annotations

import hashlib

from assembly_extract.sources.decoding import decode
from assembly_extract.sources.html import is_html, parse_html
from assembly_extract.types.article import RawArticle


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
