"""Bytes or a string -> a raw article, with its identity; text or HTML."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from assembly_extract.sources.decoding import decode, mended_text
from assembly_extract.sources.kinds import is_html
from assembly_extract.sources.mojibake import repair_mojibake
from assembly_extract.types.article import Notice, PageMetadata, RawArticle

if TYPE_CHECKING:
    from assembly_extract.sources.html import Page
    from assembly_extract.sources.rows import Row
    from assembly_extract.types.article import Capture

_SURROGATES = re.compile("[\ud800-\udfff]")


def article_from_text(text: str, path: str = "-") -> RawArticle:
    """Wrap a string as an article; its identity is that of its UTF-8 bytes.

    Half characters (lone surrogates), which no file can hold, become U+FFFD.
    """
    data = text.encode("utf-8", "surrogatepass")
    whole, lost = _SURROGATES.subn("\N{REPLACEMENT CHARACTER}", text)
    detail = f"{lost} half characters became U+FFFD"
    notices = (Notice("undecodable_characters", detail),) if lost else ()
    return RawArticle(path, *_identity(data, path), "text", "utf-8", whole, notices=notices)


def article_from_bytes(data: bytes, path: str, encoding: str | None = None) -> RawArticle:
    """Decode one input: a page if its name or its beginning says so, else plain text.

    Raises
    ------
    InputError
        The bytes are no text, or not in the encoding named.

    """
    identity, sha256 = _identity(data, path)
    if is_html(data, path):
        page = _page(data, path, encoding)
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


def _page(data: bytes, path: str, encoding: str | None, served_as: str | None = None) -> Page:
    from assembly_extract.sources.html import parse_html  # noqa: PLC0415 - for the first page

    return parse_html(data, path, encoding, served_as)


def article_from_row(row: Row, path: str) -> RawArticle:
    """Make an article of a table's row; its identity is that of all the row holds."""
    mended = mended_text(row.data.decode(), row.encoding)
    page = _page(mended.text.encode(), path, "utf-8") if row.markup else None
    text = mended.text if page is None else page.text
    metadata = row.metadata
    if mended.notices:
        title, publisher, section = (
            value and repair_mojibake(value)[0]
            for value in (metadata.title, metadata.publisher, metadata.section)
        )
        authors = tuple(repair_mojibake(author)[0] for author in metadata.authors)
        metadata = replace(
            metadata, title=title, publisher=publisher, section=section, authors=authors
        )
    if page is not None:  # what the table says goes before what the page says
        told = {name: value for name, value in asdict(metadata).items() if value}
        metadata = replace(
            page.metadata, **{**told, "sources": {**page.metadata.sources, **metadata.sources}}
        )
    return RawArticle(
        path,
        _identity(row.whole, path)[0],
        hashlib.sha256(row.data).hexdigest(),
        row.format,
        row.encoding,
        text,
        metadata,
        row.extra,
        (*mended.notices, *(page.notices if page else ())),
        page.marks if page else (),
    )


def article_from_capture(
    data: bytes, capture: Capture, path: str, encoding: str | None = None
) -> RawArticle:
    """Make an article of a page from a web archive; ``source.extra`` says when it was fetched.

    Raises
    ------
    InputError
        The bytes are no text, or not in the encoding named.

    """
    identity, sha256 = _identity(data, path)
    known = {"warc_date": capture.time, "warc_record_id": capture.record}
    extra = {name: value for name, value in known.items() if value is not None}
    cut: tuple[Notice, ...] = ()
    if capture.truncated is not None:
        cut = (Notice("truncated", f"the crawler cut the page ({capture.truncated})"),)
    if capture.markup or is_html(data, ""):
        page = _page(data, path, encoding, capture.charset)
        metadata, form, read = page.metadata, "html", (page.encoding, page.text)
        notices, marks = (*page.notices, *cut), page.marks
    else:
        from assembly_extract.sources.html import decode_declared  # noqa: PLC0415 - as in _page

        decoded = decode_declared(data, path, encoding, capture.charset)
        metadata, form, read = PageMetadata(), "text", (decoded.encoding, decoded.text)
        notices, marks = (*decoded.notices, *cut), ()
    if capture.url is not None:
        sources = metadata.sources | {"url": "WARC-Target-URI"}
        metadata = replace(metadata, url=capture.url, sources=sources)
    return RawArticle(path, identity, sha256, form, *read, metadata, extra, notices, marks)


def leaning_on(article: RawArticle, anchor: str) -> RawArticle:
    """Return the article with the day that its words may lean on, which joins its identity.

    What a run with ``--resume`` may take over depends on that day, too.
    """
    return replace(article, id=_leaning_identity(article.id, anchor), anchor=anchor)


def identity_of(data: bytes, path: str, anchor: str | None = None) -> str:
    """Return the ``id`` that the article of an input will have, without making it.

    ``data`` is all that identifies the input: the file's bytes, or :attr:`Row.whole`.
    """
    identity = _identity(data, path)[0]
    return identity if anchor is None else _leaning_identity(identity, anchor)


def _leaning_identity(identity: str, anchor: str) -> str:
    return hashlib.sha256(f"{identity}\0{anchor}".encode()).hexdigest()[:32]


def _identity(data: bytes, path: str) -> tuple[str, str]:
    """Return the record's id (over path and bytes) and the bytes' own SHA-256."""
    name = path.encode("utf-8", "surrogateescape")
    return (
        hashlib.sha256(name + b"\0" + data).hexdigest()[:32],
        hashlib.sha256(data).hexdigest(),
    )
