"""Unicode repair: characters that look right and are wrong, mended as recorded edits.

Scrapers, old fonts and word processors leave no-break and zero-width spaces, sara am taken apart,
two เ for แ, tone marks before their vowels, private-use glyphs, control characters. Each fault has
a named rule in :data:`REPAIRS`. Misspellings are not faults: they stay as the author wrote them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assembly_extract.resources import read_tsv
from assembly_extract.spans import Edit
from assembly_extract.thai_calendar import THAI_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\r\v\f\x1c-\x1e\x85\u2028\u2029"
_JOINER = "\u200d"  # between emoji it makes one picture of two
_ZERO_WIDTH = "\u200b\u200c\u2060-\u2064\ufeff\u180e\ufffc"
_SOFT_HYPHEN = "\u00ad"
_BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufff0-\ufffb\ufffe\uffff"
_PRIVATE = "\uf000-\uf8ff"
_NIKHAHIT = "\N{THAI CHARACTER NIKHAHIT}"
_COMBINING = "\u0300-\u036f"
_MARKS = "ัิ-ฺ็-๎"
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"

_ODD = (
    f"{_SPACES}{_BREAKS}{_ZERO_WIDTH}{_JOINER}{_SOFT_HYPHEN}{_BIDI}{_CONTROLS}{_PRIVATE}{_NIKHAHIT}"
)

#  Stretches that may need a repair. Each is a scan for one class of characters, the fastest thing
# that a regex can do; joined into one pattern they cost ten times as much.
_SCANS = (
    re.compile(f"([{_MARKS}])\\1[{_MARKS}]*"),  # a mark twice
    # odd characters, with the marks and vowels that follow them
    re.compile(f"[{_ODD}{_COMBINING}][{_ODD}{_COMBINING}{_MARKS}\nาำเ]*"),
    re.compile(f"[่-์][ัิ-ฺ][{_MARKS}]*"),
    re.compile("ำ[่-๋]+"),
    re.compile("เเ+"),
    re.compile(f"{_NIKHAHIT}[่-๋]? า"),
    re.compile("\x1b\\[[0-9;?]*[@-~]"),
)
_LATIN_ZERO = re.compile("[oO](?<=[๐-๙].)[oO]*(?=[๐-๙])")
# What may stand before a stretch and belong to it: marks, เ, a Latin letter, an emoji.
_BEFORE = f"[{_MARKS}เ{_EMOJI}A-Za-z\u00c0-\u024f]"
_CONTEXT = 3


def _replacing(pattern: str, replacement: str) -> Callable[[str], str]:
    return lambda text: _compiled(pattern).sub(replacement, text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a repair when a text first needs one."""
    return re.compile(pattern)


@cache
def _private_letters() -> dict[int, str]:
    rows = read_tsv("thai_private_use.tsv", ("code", "text", "rule"), key=("code",))
    return {int(row["code"], 16): row["text"] for row in rows}


def _without_unknown_private_use(text: str) -> str:
    return text.translate(_private_letters())


def _compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# In order: what hides between two letters goes first, so that the spelling rules see neighbours.
REPAIRS: dict[str, Callable[[str], str]] = {
    "terminal_escape": _replacing("\x1b\\[[0-9;?]*[@-~]", ""),
    "line_break": _replacing(f"\r\n|[{_BREAKS}]", "\n"),
    "control": _replacing(f"[{_CONTROLS}]", ""),
    "direction_mark": _replacing(f"[{_BIDI}]", ""),
    "soft_hyphen": _replacing(_SOFT_HYPHEN, ""),
    "zero_width": _replacing(f"[{_ZERO_WIDTH}]|(?<![{_EMOJI}]){_JOINER}", ""),
    "space": _replacing(f"[{_SPACES}]", " "),
    "private_use": _without_unknown_private_use,
    "sara_am": _replacing(f"{_NIKHAHIT}([่-๋]?) ?า|([่-๋]){_NIKHAHIT}า", r"\1\2ำ"),
    "sara_am_order": _replacing("ำ([่-๋]+)", r"\1ำ"),
    "double_sara_e": _replacing("เเ", "แ"),
    "repeated_mark": _replacing(f"([{_MARKS}])\\1+", r"\1"),
    "tone_order": _replacing("([่-์])([ัิ-ฺ])", r"\2\1"),
    "thai_zero": _replacing("^[oO]+$", "๐"),
    "composition": _compose,
}


def repair_edits(text: str) -> list[Edit]:
    """Return the edits that mend ``text``, in order; ``rule`` names the repairs of each.

    >>> [(e.start, e.end, e.replacement, e.rule) for e in repair_edits("ชุมชนเข้มเเข็ง")]
    [(9, 11, 'แ', 'double_sara_e')]
    """
    edits = []
    for first, last in _stretches(text):
        start, end = first, last
        found = text[start:end]
        mended, rule = _mend(found)
        if mended != found:
            # what stands right at the stretch's ends is no part of the edit
            while found[0] == mended[:1] and len(found) > 1:
                found, mended, start = found[1:], mended[1:], start + 1
            while found[-1] == mended[-1:] and len(found) > 1:
                found, mended, end = found[:-1], mended[:-1], end - 1
            edits.append(Edit(start, end, mended, "unicode", rule))
    return edits


def _stretches(text: str) -> list[tuple[int, int]]:
    """Return the stretches to look at, sorted and joined where they touch."""
    scans = (*_SCANS, _LATIN_ZERO) if any(map(text.__contains__, THAI_DIGITS)) else _SCANS
    spans = sorted(match.span() for scan in scans for match in scan.finditer(text))
    joined: list[tuple[int, int]] = []
    reached = 0
    for start, end in spans:
        low = start
        while low > reached and start - low < _CONTEXT and _compiled(_BEFORE).match(text, low - 1):
            low -= 1
        if joined and low <= reached:
            joined[-1] = (joined[-1][0], max(end, reached))
        else:
            joined.append((low, end))
        reached = joined[-1][1]
    return joined


@lru_cache(maxsize=4096)
def _mend(stretch: str) -> tuple[str, str]:
    """Return a stretch after all repairs, and the names of those that changed it."""
    rules: list[str] = []
    for _ in range(3):  # one repair can uncover another: three rounds reach what is seen in texts
        before = stretch
        for rule, repair in REPAIRS.items():
            mended = repair(stretch)
            if mended != stretch:
                stretch = mended
                if rule not in rules:
                    rules.append(rule)
        if stretch == before:
            break
    return stretch, "+".join(rules)


def apply_repairs(text: str, edits: list[Edit]) -> str:
    """Return ``text`` after ``edits``."""
    pieces = []
    done = 0
    for edit in edits:
        pieces.append(text[done : edit.start])
        pieces.append(edit.replacement)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces)
