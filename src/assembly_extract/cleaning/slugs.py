"""Percent-encoded Thai, as addresses carry it: found, told from ordinary per cents, decoded."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

# Thai letters are E0 B8 xx and E0 B9 xx in UTF-8; a slug also holds ASCII letters, digits, - and _.
_ENCODED = re.compile(
    r"(?:[A-Za-z0-9_.~+-]*(?:%[0-9A-Fa-f]{2})+)+(?:[A-Za-z0-9_.~+-]+|%[0-9A-Fa-f]?)?"
)
_THAI_BYTES = re.compile("%e0%b[89]", re.IGNORECASE)


def encoded_runs(text: str) -> list[tuple[int, int]]:
    """Return where ``text`` holds percent-encoded Thai outside of an address.

    >>> encoded_runs("เพิ่มขึ้น 50% จากเดิม"), encoded_runs("%e0%b8%81%e0%b8%82")
    ([], [(0, 18)])
    """
    if "%" not in text:
        return []
    return [
        match.span()
        for match in _ENCODED.finditer(text)
        if _THAI_BYTES.search(match[0]) and not _in_address(text, match.start())
    ]


def _in_address(text: str, start: int) -> bool:
    """Say whether the word before ``start`` runs into it and opens an address."""
    word = text[max(0, start - 300) : start].rsplit(None, 1)
    return (
        bool(word)
        and not text[start - 1].isspace()
        and ("://" in word[-1] or "www." in word[-1] or "/" in word[-1])
    )


def decode_slug(encoded: str) -> str:
    """Return the words of a slug; a last letter whose bytes were cut off goes.

    >>> decode_slug("%e0%b8%82%e0%b9%88%e0%b8%b2%e0%b8%a7-%E0%B8")
    'ข่าว-'
    """
    encoded = re.sub(r"%[0-9A-Fa-f]?$", "", encoded)
    return unquote_to_bytes(encoded).decode("utf-8", "ignore")


def slug_of_url(url: str | None) -> str | None:
    """Return the decoded last part of an address's path if it holds encoded Thai."""
    last = (url or "").split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
    return decode_slug(last).strip("-_ ") or None if _THAI_BYTES.search(last) else None
