"""HTML pages -> a line of text per block, what the markup says of the article, and its chrome."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assembly_extract.sources.decoding import decode
from assembly_extract.types.article import Mark, Notice, PageMetadata

_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".asp", ".aspx", ".php")
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: ``text`` has a line per block, ``marks`` lie on whole lines of it."""

    text: str
    metadata: PageMetadata
    encoding: str
    notices: tuple[Notice, ...] = ()
    marks: tuple[Mark, ...] = ()


def is_html(data: bytes, path: str) -> bool:
    """Say whether an input is a page: by its name, or by how its bytes begin."""
    return path.lower().endswith(_SUFFIXES) or _START.match(data[:4096]) is not None


def parse_html(data: bytes, path: str, encoding: str | None = None) -> Page:
    """Parse a page.

    Raises
    ------
    InputError
        The bytes are no text, or not in the encoding named.

    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 - loaded when the first page needs it

    decoded = decode(data, path, encoding)
    soup = BeautifulSoup(decoded.text, "lxml")
    for tag in soup(["script", "style", "noscript", "template"]):
        tag.decompose()
    lines = (" ".join(line.split()) for line in soup.get_text("\n").split("\n"))
    title = soup.title.get_text(" ", strip=True) if soup.title else None
    return Page(
        "\n".join(filter(None, lines)),
        PageMetadata(title=title or None),
        decoded.encoding,
        decoded.notices,
    )
