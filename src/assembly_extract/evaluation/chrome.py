"""What of a page was removed that should be, and what was kept that should be."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.evaluation.texts import norm, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from assembly_extract.evaluation.gold import GoldArticle

_TAKEN, _KEPT = "\0", "\1"  # stand for a character of chrome, and for the headline put aside


def source_text(gold: GoldArticle, roots: Sequence[Path]) -> str | None:
    """Return the page that a gold line is about, ``None`` where it is not under any root.

    It is ``ROOT/path`` or ``ROOT/source/path``, with the bytes that ``sha256`` names, if it does.
    """
    for root in roots:
        for path in (root / gold.path, root / (gold.source or "") / gold.path):
            if path.is_file():
                content = path.read_bytes()
                if gold.sha256 in {None, hashlib.sha256(content).hexdigest()}:
                    return _decoded(content)
    return None


def _decoded(content: bytes) -> str:
    utf16 = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp874"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _norm_lines(text: str) -> str:
    return "\n".join(map(norm, re.split("\r\n|\r|\n", text)))


def _finder(piece: str) -> re.Pattern[str]:
    """Return a pattern for a piece of chrome; ``sm`` is not found in ``xsm``."""
    left = "(?<![A-Za-z0-9])" if re.match("[A-Za-z0-9]", piece) else ""
    right = "(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", piece) else ""
    return re.compile(left + re.escape(piece) + right)


class _Spot(NamedTuple):
    """Where a piece stands; the best place to take it out sorts first."""

    edges: int  # minus the number of its ends that are ends of the line
    start: int
    end: int


def _spots(text: str, piece: str) -> list[_Spot]:
    found = []
    for m in _finder(piece).finditer(text):
        at_start = m.start() == 0 or text[m.start() - 1] in "\n" + _TAKEN
        at_end = m.end() == len(text) or text[m.end()] in "\n" + _TAKEN
        found.append(_Spot(-(at_start + at_end), m.start(), m.end()))
    return sorted(found)


def _without(text: str, spot: _Spot) -> str:
    return text[: spot.start] + _TAKEN * (spot.end - spot.start) + text[spot.end :]


def content_of(source: str, chrome: Iterable[str], title: str | None) -> str:
    """Return a page without its chrome, with a NUL for each character that is taken out.

    The longest pieces go first. Each listing takes out one occurrence: one that is a whole line
    before one at a line's end before the first. The headline that is no part of a longer piece
    stays once. After that, whole lines that repeat a piece go as long as another copy stays: a
    headline listed once but printed five times leaves just the legitimate one.
    """
    text, title = _norm_lines(source), _norm_lines(title or "")
    listed = sorted((c for c in map(_norm_lines, chrome) if c.strip()), key=len, reverse=True)
    longer = [piece for piece in listed if len(piece) > len(title)]
    for piece in longer:
        if found := _spots(text, piece):
            text = _without(text, found[0])
    if title.strip():
        text = text.replace(title, _KEPT, 1)
    for piece in listed[len(longer) :]:
        if found := _spots(text, piece):
            text = _without(text, found[0])
    for piece in dict.fromkeys(listed):
        while (
            (found := _spots(text, piece))
            and found[0].edges == -2
            and (len(found) > 1 or (piece == title and _KEPT in text))
        ):
            text = _without(text, found[0])
    return text.replace(_KEPT, title)


def chrome_left(gold: GoldArticle, text: str, source: str | None) -> tuple[int, list[str]]:
    """Return how many pieces of chrome there are, and those that are still in the text.

    A piece is removed when it occurs at most as often as in the page without its chrome, or in the
    headline. Without the page only the headline's count is known; what a gold line forbids
    (``body_must_not_contain``) may occur as often as in what it demands.
    """
    have, title = norm(text), norm(gold.title)
    rest = ""
    if source is not None:
        rest = norm(content_of(source, gold.chrome or [], gold.title).replace(_TAKEN, " \n "))
    demanded = " \n ".join(dict.fromkeys(map(norm, gold.body_must_contain or [])))
    asked: list[tuple[str, tuple[str, ...]]] = [
        (piece, (title, rest)) for piece in dict.fromkeys(map(norm, gold.chrome or []))
    ]
    forbidden = dict.fromkeys(map(norm, gold.body_must_not_contain or []))
    asked += [(piece, (f"{title} \n {demanded}",)) for piece in forbidden]
    asked = [(piece, where) for piece, where in asked if piece]
    left = [
        piece
        for piece, legitimate in asked
        if len(_finder(piece).findall(have))
        > max(len(_finder(piece).findall(place)) for place in legitimate)
    ]
    return len(asked), left


def content_lost(gold: GoldArticle, text: str, source: str | None) -> tuple[int, list[str]]:
    """Return how many pieces of content there are, and those that the text lacks.

    Content is what a gold line demands (``body_must_contain``), and each line of the page without
    its chrome; a line that chrome cuts gives its pieces. Two letters or digits make a piece.
    """
    have = squash(text)
    want = list(gold.body_must_contain or [])
    if source is not None and gold.annotates("chrome"):
        want += re.split(f"[\n{_TAKEN}]+", content_of(source, gold.chrome or [], gold.title))
    pieces = [
        piece
        for piece in dict.fromkeys(map(norm, want))
        if sum(char.isalnum() for char in piece) >= 2
    ]
    return len(pieces), [piece for piece in pieces if squash(piece) not in have]
