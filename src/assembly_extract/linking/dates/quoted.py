"""What a speaker calls today: the day of the event that the page reports on, not the page's own.

“วันนี้เรามาตรวจตาก่อน พรุ่งนี้จะเป็นเรื่องกระดูก” was said where the event was, on its day; a page put up two
days later means that day, too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.linking.dates.counting import shifted
from assembly_extract.resources import read_toml
from assembly_extract.types.dates import DateValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.linking.dates.resolving import Resolved
    from assembly_extract.types.article import Document

_WEEK = 7
"""Days from the event to publication within which who spoke there is quoted."""
_QUOTE = 600
"""Characters of a quotation that are looked through for its opening sign."""


def leaning_on_event(
    resolved: Sequence[Resolved], event: Resolved, document: Document, page_day: str
) -> list[Resolved]:
    """Count the days that quoted people name from the event's day, on a page of a later one.

    Only behind the event's day, inside quotation marks or right behind ว่า, and only words that
    leaned on the page's day. Known cost: a statement added on the day of publication.
    """
    moment = event.value.start
    if event.value.end is not None or None in {moment.year, moment.month, moment.day}:
        return list(resolved)
    day = date(moment.year or 1, moment.month or 1, moment.day or 1)
    if not 0 < (date.fromisoformat(page_day) - day).days <= _WEEK:
        return list(resolved)
    return [
        _leaning(item, event) if _is_said_there(item, event, document.text) else item
        for item in resolved
    ]


def _is_said_there(item: Resolved, event: Resolved, text: str) -> bool:
    value, start = item.mention.value, item.mention.start
    if not isinstance(value, DateValue) or value.start.unit != "day" or value.end is not None:
        return False
    if item.anchor != _PAGE or start < event.mention.end:
        return False
    before = text[max(text.rfind("\n", 0, start) + 1, start - _QUOTE) : start]
    return _open().search(before) is not None or before.rstrip().endswith(_thats())


_PAGE = "published"


def _leaning(item: Resolved, event: Resolved) -> Resolved:
    value = item.mention.value
    if not isinstance(value, DateValue):
        return item
    counted = shifted(event.value.start, "day", value.start.offset)
    if counted is None:
        return item
    return replace(item, value=replace(item.value, start=counted), anchor=event.mention.text)


@cache
def _open() -> re.Pattern[str]:
    """Match a quotation that is still open at the end of the searched text."""
    return re.compile("|".join(f"{a}[^{a}{b}]*\\Z" for a, b in (("“", "”"), ("‘", "’"))))


@cache
def _thats() -> tuple[str, ...]:
    return tuple(read_toml("dates.toml")["event"]["said_that"])
