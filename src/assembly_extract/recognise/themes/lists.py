"""Lists of issues: where the items begin and where each of them ends.

A list follows an opener (ดังนี้, ได้แก่ ...) whose head counts or names issues: "3 ประเด็นดังนี้". Its
items are quoted, enumerated (1. 2. / 1) 2) / (1) (2), Thai digits too), bulleted, on lines of their
own, or only separated by commas and blanks. For the last kind the head's count decides which blanks
separate items: Thai puts blanks inside phrases too.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from assembly_extract.recognise.themes.cues import CLOSING_QUOTES, OPENING_QUOTES
from assembly_extract.recognise.themes.issues import LONGEST, SHORTEST, trimmed
from assembly_extract.thai_calendar import THAI_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assembly_extract.recognise.themes.cues import Cues

Items = list[tuple[int, int]]

MOST_ITEMS = 12
REACH = 1200
"""How far an item's marker is looked for after the marker before it."""

INLINE_REACH = 700
"""How many characters an unmarked list can take."""

_MARKER = r"(?<![0-9๐-๙.,/])\(?(?:{digits})(?:\)|\.\)?(?![0-9๐-๙]))\s?"
_THAI = str.maketrans("0123456789", THAI_DIGITS)
_BULLET = re.compile(r"\n[ .]*[-–•*·✓]\s*(?=\S)")
_QUOTED = re.compile(
    "|".join(
        f"{re.escape(a)}([^{re.escape(a + b)}\n]{{{SHORTEST},{LONGEST}}}){re.escape(b)}"
        for a, b in zip(OPENING_QUOTES, CLOSING_QUOTES, strict=True)
    )
)
_BETWEEN_QUOTES = re.compile(r"[\s,]*(?:และ|หรือ|กับ)?(?:ประเด็น|เรื่อง|นโยบาย|โครงการ)?\s*")


def list_items(text: str, start: int, count: int | None, cues: Cues) -> tuple[Items, str]:
    """Return the items of the list that begins at ``start``, and how they are set.

    ``count`` is the number that the list's head gives. No items where the form is in doubt.
    """
    if cues.numbered_unit.match(text, start):
        return [], "none"  # ยุทธศาสตร์ที่ 1 ... is read by its own number
    readers: tuple[tuple[str, Callable[[], Items]], ...] = (
        ("quoted_list", lambda: quoted(text, start)),
        ("numbered_list", lambda: _numbered(text, start, cues)),
        ("bulleted_list", lambda: _bulleted(text, start, count, cues)),
        ("line_list", lambda: _lines(text, start, count)),
        ("plain_list", lambda: _inline(text, start, count, cues)),
    )
    for rule, read in readers:
        items = [item for item in read() if not cues.ends.end(text[slice(*item)])]
        if items:
            sizes = [end - begin for begin, end in items]
            if min(sizes) < SHORTEST or max(sizes) > LONGEST:
                return [], rule
            return items[:MOST_ITEMS], rule
    return [], "none"


def quoted(text: str, start: int) -> Items:
    """Return the quotations that stand at ``start``, one after the other."""
    items: Items = []
    at = start
    while len(items) < MOST_ITEMS and (between := _BETWEEN_QUOTES.match(text, at)):
        quotation = _QUOTED.match(text, between.end())
        if quotation is None:
            break
        group = quotation.lastindex or 0
        items.append(trimmed(text, *quotation.span(group)))
        at = quotation.end()
    return items


def _marker(number: int) -> re.Pattern[str]:
    arabic = str(number)
    return re.compile(_MARKER.format(digits=f"{arabic}|{arabic.translate(_THAI)}"))


def _numbered(text: str, start: int, cues: Cues) -> Items:
    first = _marker(1).match(text, _skip(text, start))
    if first is None:
        return []
    markers = [first]
    while len(markers) < MOST_ITEMS:
        after = markers[-1].end()
        following = _marker(len(markers) + 1).search(text, after, after + REACH)
        if following is None:
            break
        markers.append(following)
    ends = [marker.start() for marker in markers[1:]]
    ends.append(min(len(text), markers[-1].end() + LONGEST))
    return [
        phrase(text, marker.end(), end, cues)
        for marker, end in zip(markers, ends, strict=True)
        if len(markers) > 1
    ]


def _bulleted(text: str, start: int, count: int | None, cues: Cues) -> Items:
    items: Items = []
    at = start
    while len(items) < (count or MOST_ITEMS):
        bullet = _BULLET.match(text, _line_end(text, at) if items else _blank_end(text, start))
        if bullet is None:
            break
        items.append(phrase(text, bullet.end(), _line_end(text, bullet.end()), cues))
        at = bullet.end()
    return items if len(items) > 1 else []


def _lines(text: str, start: int, count: int | None) -> Items:
    """Read ``count`` short lines of their own."""
    at = _blank_end(text, start)
    if count is None or count < 2 or text[at : at + 1] != "\n":
        return []
    items: Items = []
    for _ in range(count):
        end = _line_end(text, at + 1)
        if not 0 < end - at <= LONGEST:
            return []
        items.append(trimmed(text, at + 1, end))
        at = end
    return items


def phrase(text: str, start: int, end: int, cues: Cues, *, bounded: bool = True) -> tuple[int, int]:
    """Return the name at the beginning of ``text[start:end]``: to its line's end or a new clause.

    Where nothing bounds the text (no next item follows), a blank ends the name unless the part
    behind it goes on with it.
    """
    if quotation := _QUOTED.match(text, start, end):
        return trimmed(text, *quotation.span(quotation.lastindex or 0))
    newline = text.find("\n", start, end)
    parts = list(_parts(text, start, end if newline < 0 else newline))
    kept = [start]
    for position, (low, high) in enumerate(parts):
        if position and cues.ends.end(text, low):
            break
        if position and not bounded and not cues.continues.end(text, low):
            break
        if position and high - start > LONGEST * 3 // 4:
            break
        kept.append(high)
    while len(kept) > 2 and cues.dangling.search(text, start, kept[-1]):
        kept.pop()
    return trimmed(text, start, kept[-1])


def _inline(text: str, start: int, count: int | None, cues: Cues) -> Items:
    """Read items that only commas and blanks separate, as many as the head counts."""
    begin = _skip(text, start)
    if "\n" in text[start:begin]:
        return []
    parts = list(_parts(text, begin, min(_line_end(text, begin), begin + INLINE_REACH)))
    parts = parts[: next((k for k in range(1, len(parts)) if _ends(text, parts, k, cues)), None)]
    if not parts or cues.ends.end(text, parts[0][0]):
        return []
    sure, unsure = _starts(text, parts, cues)
    if count is None:
        commas = any("," in text[a[1] : b[0]] for a, b in pairwise(parts))
        if len(sure) < 2 or not commas:
            return []
        count = len(sure) + (1 if unsure and unsure[-1] > sure[-1] else 0)
    for candidate in reversed(unsure):
        if len(sure) < count:
            sure = sorted([*sure, candidate])
    if len(sure) < count:
        return []
    stops = [*sure[1:], len(parts)][:count]
    return [
        trimmed(text, *_without_and(text, parts[a][0], parts[b - 1][1]))
        for a, b in zip(sure[:count], stops, strict=True)
    ]


def _starts(text: str, parts: Items, cues: Cues) -> tuple[list[int], list[int]]:
    """Return the parts that surely begin an item, and those that may."""
    sure, unsure = [0], list[int]()
    alike = cues.nominal.end(text, parts[0][0]) > 0
    example = False
    for k in range(1, len(parts)):
        low = parts[k][0]
        nominal = cues.nominal.end(text, low) > 0
        if cues.examples.end(text, low):
            example = True
        elif "," in text[parts[k - 1][1] : low]:
            (unsure if example else sure).append(k)
        elif text.startswith("และ", low) or text[: parts[k - 1][1]].endswith("และ"):
            unsure.append(k)
        elif cues.continues.end(text, low) or (example and not nominal):
            continue
        elif alike and not nominal:
            unsure.append(k)
        else:
            sure.append(k)
            example = False
    return sure, unsure


def _ends(text: str, parts: Items, k: int, cues: Cues) -> bool:
    return cues.ends.end(text, parts[k][0]) > 0


def _without_and(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop the และ that introduces a last item."""
    return (start + 3, end) if text.startswith("และ", start) else (start, end)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces between blanks and commas; brackets and quotations are not cut."""
    depth = 0
    begin = start
    for at in range(start, end):
        sign = text[at]
        if sign in "([“‘":
            depth += 1
        elif sign in ")]”’":
            depth = max(0, depth - 1)
        elif sign in " ,\t" and not depth:
            if at > begin:
                yield begin, at
            begin = at + 1
    if end > begin:
        yield begin, end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \n:：\t":
        at += 1
    return at


def _blank_end(text: str, at: int) -> int:
    while at < len(text) and text[at] in " :：\t":
        at += 1
    return at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
