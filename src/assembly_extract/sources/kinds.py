"""What a file is by its name: an article, a table of articles, an archive, or something else."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["text", "html", "table", "archive", "warc"]

HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php", ".jsp", ".amp")
"""How the names of saved pages end."""

_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "text": (".txt", ".text", ".md", ".markdown"),
    "html": HTML_SUFFIXES,
    "table": (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet"),
    "archive": (".zip", ".tar"),
    "warc": (".warc",),
}
_SHORT = {".tgz": ".tar.gz", ".txz": ".tar.xz", ".tbz2": ".tar.bz2", ".tzst": ".tar.zst"}
COMPRESSIONS = (".gz", ".bz2", ".xz", ".zst")

DECLARED_IN = 4096
"""Bytes at the beginning of a page in which it says that it is one, and in what charset."""

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def kind_of(name: str) -> Kind | None:
    """Return what a file holds, compressed or not, by its name's suffix.

    >>> [kind_of(name) for name in ("a.TXT", "a.md", "news.jsonl.gz", "2563.tgz", "a.jpg")]
    ['text', 'text', 'table', 'archive', None]
    """
    inner = full_suffix(name)[0]
    for kind, suffixes in _SUFFIXES.items():
        if inner.endswith(suffixes):
            return kind
    return None


def holds_others(name: str) -> bool:
    """Say whether a file has to be opened to see what is to be read: archive, table, compressed.

    >>> holds_others("a.txt.gz"), holds_others("a.csv"), holds_others("a.txt")
    (True, True, False)
    """
    return kind_of(name) in {"table", "archive", "warc"} or full_suffix(name)[1] != ""


def full_suffix(name: str) -> tuple[str, str]:
    """Return a file's name unpacked, in small letters, and the suffix of its compression.

    >>> full_suffix("2563.TGZ"), full_suffix("a.html.xz"), full_suffix("a.html")
    (('2563.tar', '.gz'), ('a.html', '.xz'), ('a.html', ''))
    """
    lower = name.lower()
    for short, long in _SHORT.items():
        if lower.endswith(short):
            lower = lower.removesuffix(short) + long
    for compression in COMPRESSIONS:
        if lower.endswith(compression):
            return lower.removesuffix(compression), compression
    return lower, ""


def is_html(data: bytes, path: str) -> bool:
    """Say whether an input is a page: by its name, or by how its bytes begin."""
    return path.lower().endswith(HTML_SUFFIXES) or _START.match(data[:DECLARED_IN]) is not None
