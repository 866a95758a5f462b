"""WARC files: the pages that a crawler has kept, one after the other; a broken one is passed by.

warcio reads the headers; which bytes are a record's is decided here, so that damage costs the
record it struck and no other: the next one begins at the next compressed member, or at the next
line that opens a record.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from assembly_extract.errors import InputError
from assembly_extract.sources.records_stream import Damage, RecordStream
from assembly_extract.types.article import Capture

if TYPE_CHECKING:
    from collections.abc import Iterator

Untyped = Any
"""What is the library's, which ships no types."""

_OPENING = b"WARC/"
_MOST_HEAD = 1 << 18
"""Bytes of a record's own headers; real ones have a few hundred."""

_KEPT = {"response", "resource", "conversion"}
"""The types of records that hold a page: as it was sent, as a file, or as its text alone."""

_MARKUP = {"text/html", "application/xhtml+xml"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_CHUNK = re.compile(rb"[0-9A-Fa-f]+[ \t]*(?:;[^\r\n]*)?\r\n")


@dataclass(frozen=True, slots=True)
class Kept:
    """A page and what is known of how it came; ``key`` is the record's own id, or its number."""

    key: str
    data: bytes
    capture: Capture


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be read, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Other:
    """A record that holds no page: ``kind`` says what instead (``image/png``, ``HTTP 404``)."""

    kind: str


def read_warc(stream: BinaryIO, name: str, limit: int) -> Iterator[Kept | Broken | Other]:
    """Yield what the records of the WARC ``name`` hold; no page may have more than ``limit`` bytes.

    Raises
    ------
    InputError
        The library that reads WARC is not installed, or the file is none.
    OSError, EOFError, ...
        The file cannot be read on, whichever record it is at.

    """
    source = RecordStream(stream, name, _OPENING)
    loader = _loader()
    number = 0
    line = source.opening()
    if line and not line.startswith(_OPENING):
        source.passed.append("no record begins here")
        line = source.next_record()
    if source.passed and not line:
        raise InputError(name, "parse", "this is no WARC file", "Check that it is whole")
    while line or source.passed:
        while source.passed:
            number += 1
            yield Broken(str(number), f"damaged ({source.passed.pop(0)})")
        if not line:
            return
        number += 1
        key = str(number)
        try:
            raw = _head(source, line)
            headers = loader.warc_parser.parse(io.BytesIO(raw))
            key = _key(headers) or key
            found, line = _record(source, loader, _Head(key, raw, headers), limit)
        except (InputError, OSError, EOFError):
            raise
        except Exception as error:  # noqa: BLE001 - ours, or what the library makes of bad headers
            found, line = Broken(key, f"damaged ({error})"), source.next_record()
        if found is not None:
            yield found


def _loader() -> Untyped:
    try:
        from warcio.recordloader import ArcWarcRecordLoader  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputError(
            "", "read", "reading WARC needs a library", "pip install 'assembly-extract[warc]'"
        ) from None
    return ArcWarcRecordLoader(verify_http=False)


def _head(source: RecordStream, line: bytes) -> bytes:
    """Return the record's own headers, with the empty line that ends them."""
    head = line
    while line.strip():
        line = source.readline()
        head += line
        if not line or len(head) > _MOST_HEAD:
            raise Damage("its headers do not end")
    return head


def _key(headers: Untyped) -> str:
    own: str = headers.get_header("WARC-Record-ID") or ""
    return own.strip().strip("<>").removeprefix("urn:uuid:")


class _Head(NamedTuple):
    """A record's own headers, as bytes and parsed, and what it is called."""

    key: str
    raw: bytes
    headers: Untyped


def _record(
    source: RecordStream, loader: Untyped, head: _Head, limit: int
) -> tuple[Kept | Broken | Other | None, bytes]:
    """Return what a record holds, and the line that opens the next one."""
    key, raw, headers = head
    said = headers.get_header("Content-Length") or ""
    if not said.strip().isdecimal():
        return Broken(key, "it does not say how long it is"), source.next_record()
    length = int(said)
    kept = headers.get_header("WARC-Type") in _KEPT
    if not kept or length > limit:
        whole = source.skip(length)
        block = b""
    else:
        block = source.read(length)
        whole = len(block) == length
    if not whole:
        return Broken(key, "the file ends inside it"), b""
    following = source.opening()
    if following and not following.startswith(_OPENING):
        source.unread(following)
        source.unread(block[at:] if (at := block.find(b"\n" + _OPENING) + 1) else b"")
        return Broken(key, "it is not as long as it says"), source.next_record()
    if not kept:
        revisit = headers.get_header("WARC-Type") == "revisit"
        return (Other("revisit") if revisit else None), following
    if length > limit:
        return Broken(key, f"larger than {limit // 1024 // 1024} MB"), following
    return _page(loader, raw + block, key, limit), following


def _page(loader: Untyped, record: bytes, key: str, limit: int) -> Kept | Broken | Other:
    """Return the page in a whole record."""
    try:
        read = loader.parse_record_stream(io.BytesIO(record), known_format="warc")
    except Exception as error:  # noqa: BLE001 - the library raises bare ones on headers that are none
        return Broken(key, f"its headers cannot be read ({error or type(error).__name__})")
    http = read.http_headers
    status = http.get_statuscode() if http else "200"
    if not status.startswith("2"):
        return Other(f"HTTP {status[:3]}")
    told = (http.get_header("Content-Type") if http else read.content_type) or ""
    media = told.partition(";")[0].strip().lower()
    data = read.raw_stream.read()
    if http:
        try:
            data = _decoded(data, http, limit)
        except Damage as error:
            return Broken(key, str(error))
    if media not in _MARKUP and media not in {"text/plain", ""}:
        return Other(media)
    if len(data) > limit:
        return Broken(key, f"larger than {limit // 1024 // 1024} MB when unpacked")
    charset = _CHARSET.search(told)
    own = read.rec_headers
    return Kept(
        key,
        data,
        Capture(
            own.get_header("WARC-Target-URI") or None,
            own.get_header("WARC-Date") or None,
            _key(own) or None,
            charset[1] if charset else None,
            media in _MARKUP,
            own.get_header("WARC-Truncated") or None,
        ),
    )


def _decoded(data: bytes, http: Untyped, limit: int) -> bytes:
    """Undo what HTTP did to a page on its way: chunks, then compression.

    Many crawlers keep the headers but store the page already put together: what does not look as
    the header says is taken as it is.
    """
    if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        data = _joined(data)
    for coding in reversed((http.get_header("Content-Encoding") or "").lower().split(",")):
        data = _unpacked(data, coding.strip(), limit)
    return data


def _joined(data: bytes) -> bytes:
    from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader  # noqa: PLC0415

    if _CHUNK.match(data) is None:
        return data
    try:
        joined: bytes = ChunkedDataReader(io.BytesIO(data), raise_exceptions=True).read()
    except ChunkedDataException as error:
        raise Damage("its chunks do not fit together") from error
    return joined


def _unpacked(data: bytes, coding: str, limit: int) -> bytes:
    """Undo one ``Content-Encoding``; at most ``limit + 1`` bytes come back."""
    if coding in {"", "identity"} or not data:
        return data
    if coding in {"gzip", "x-gzip", "deflate"}:
        if coding != "deflate" and not data.startswith(b"\x1f\x8b"):
            return data
        wraps = (
            (47,) if coding != "deflate" else (15, -15)
        )  # deflate comes with its wrap or without
        for wrap in wraps:
            inflater = zlib.decompressobj(wrap)
            try:
                whole = inflater.decompress(data, limit + 1)
            except zlib.error:
                continue
            if not inflater.eof and len(whole) <= limit:
                raise Damage("it is cut in its compression")
            return whole
        if data.lstrip().startswith(b"<"):
            return data
        raise Damage(f"its compression ({coding}) is damaged")
    if data.lstrip()[:1] == b"<":
        return data
    raise Damage(f"it is compressed as {coding}, which is not read")
