"""Days that the text announces as still to come, on a page whose own date is later.

Archives are often dumped in bulk, so that the page's date is that of the dump; a text that still
invites to a day before it shows this. The date chosen stays: the user is told of the conflict.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import SPACE, weekday_pattern
from assembly_extract.types.article import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assembly_extract.linking.dates.resolving import Resolved
    from assembly_extract.types.article import Document
    from assembly_extract.types.dates import Moment

_CUES = frozenset({None, "in", "between", "since", "tomorrow"})
"""Cues of a day that can lie ahead; เมื่อวันที่ and ลงวันที่ tell of the past."""
_BLANKS = 2
"""Blanks that a clause may hold between its verb and its day (เป็นเวลา 2 วัน ระหว่างวันที่)."""


def announced_before(
    resolved: Sequence[Resolved], document: Document, published: str | None
) -> Iterator[Notice]:
    """Yield a notice for each day before ``published`` that the text still announces.

    ``published`` is the page's own day (``YYYY-MM-DD``), if any. A range counts by its last day.
    """
    if published is None:
        return
    told = set()
    for item in resolved:
        day = _last_day(item)
        if day is None or day >= published or day in told:
            continue
        if _is_announced(item, document):
            told.add(day)
            yield Notice(
                "published_after_future_event",
                f"the page's own date is {published}; the text still announces"
                f" {item.mention.text} ({day})",
            )


def _last_day(item: Resolved) -> str | None:
    """Return the last day that a mention names, if it names a whole day that can lie ahead."""
    value = item.value
    if value.precision != "day" or value.cue not in _CUES or value.recurring:
        return None
    last: Moment = value.end if value.end is not None else value.start
    if last.year is None or last.month is None or last.day is None:
        return None
    return date(last.year, last.month, last.day).isoformat()


def _is_announced(item: Resolved, document: Document) -> bool:
    text, start = document.text, item.mention.start
    line, line_end = document.lines[item.line]
    if _not_after().match(text, item.mention.end, line_end):
        return False
    head = _connector().sub("", text[max(line, start - _HEAD) : start])
    cue = None
    for cue in _cue().finditer(head):  # noqa: B007 - the last one is the clause's
        pass
    if cue is None:
        return False
    between = head[cue.end() :]
    return (
        len(between) <= read_toml("dates.toml")["future"]["reach"]
        and len(between.split()) <= _BLANKS + 1
        and _listed("not_between").search(between) is None
        and _listed("not_before").search(head, 0, cue.start()) is None
    )


_HEAD = 160
"""Characters before a day, in its line: its clause, and what may make it a thing of the past.

Known cost: a day announced after a sentence on the past in the same line is not told.
"""


@cache
def _listed(name: str) -> re.Pattern[str]:
    return re.compile(alternatives(read_toml("dates.toml")["future"][name]))


@cache
def _cue() -> re.Pattern[str]:
    return _listed("announces")


@cache
def _not_after() -> re.Pattern[str]:
    return re.compile(f"{SPACE}*(?:นี้)?{SPACE}*{_listed('not_after').pattern}")


@cache
def _connector() -> re.Pattern[str]:
    """Return the regex of what joins a clause to its day: ในวันศุกร์ที่, ระหว่างวันที่."""
    words = alternatives(read_toml("dates.toml")["future"]["connectors"])
    day = f"วัน{SPACE}*(?:{weekday_pattern()})?{SPACE}*(?:ที่)?"
    return re.compile(f"{SPACE}*(?:{words})?{SPACE}*(?:{words})?{SPACE}*(?:{day})?{SPACE}*\\(?\\Z")
