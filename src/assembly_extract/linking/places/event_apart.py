"""Which places of a lead are no event's, whatever word of place stands before them.

Items of a list are each about another place; what is still to come on another day than the
report's is another event; a column has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.linking.places.event_words import is_dated, item, rules, to_come
from assembly_extract.linking.places.resolve import value_of
from assembly_extract.types.dates import DateValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.dates import Moment
    from assembly_extract.types.mention import Mention

_AREAS = frozenset({"province", "district", "subdistrict", "region"})
_CLAUSE = 150  # characters before a place in which it may be told what is still to come
_BEHIND = 40  # characters behind a place in which the day of that may stand
_LEAD = 800  # characters of a body in which its writer may speak of himself


def is_listed(mention: Mention, text: str) -> bool:
    """Say whether a place stands in one of several list items: ``1. น่าน น้ำท่วมใน อ.ปัว`` ….

    A venue behind ณ or in a dated item is where the first of some things was done, and may be the
    event's. Known cost: an area where all items happened.
    """
    line = text.rfind("\n", 0, mention.start) + 1
    if not item().match(text, line):
        return False  # nearly always
    if not item().search(text, mention.end) and not item().search(text, 0, max(line - 1, 0)):
        return False
    if value_of(mention).kind in _AREAS:
        return True
    before = text[line : mention.start]
    return not (before.rstrip(" \t").endswith(rules("told_at")) or is_dated(before))


def is_of_another_day(mention: Mention, dates: Sequence[Mention], text: str) -> bool:
    """Say whether a clause dates a place later than the report: … ซึ่งจะจัดขึ้นในวันที่ 20 มีนาคม ณ ….

    Only in a clause that hangs on another (ซึ่ง, ที่, โดย): what is announced outright is the report.
    """
    line = text.rfind("\n", 0, mention.start) + 1
    low = max(line, mention.start - _CLAUSE)
    clause = max(
        (found.start() for found in to_come().finditer(text, low, mention.start)), default=-1
    )
    if clause < 0:
        return False
    days = [
        (date.start, date.value)
        for date in dates
        if isinstance(date.value, DateValue) and date.value.start.day is not None
    ]
    then = next((day for at, day in days if clause <= at < mention.end + _BEHIND), None)
    told = next((day for at, day in days if at < clause), None)
    if then is None or told is None or then.cue == "until":
        return False  # งานจะจัดถึงวันที่ …: it is on
    return _order(then.start) > _order(told.end or told.start)


def _order(moment: Moment) -> tuple[int, int]:
    """Return what two days of one year, or of a year that is not written, are compared by."""
    return moment.month or 0, moment.day or 0


def is_column(text: str, body_start: int) -> bool:
    """Say whether a page is somebody's own piece, by its headline or by how its writer speaks.

    ``body_start`` is the offset in ``text`` (code points) of the first character of the body.
    """
    if text.startswith(rules("columns")) and not text.startswith(rules("news_columns")):
        return True
    lead = text[body_start : body_start + _LEAD]
    return any(word in lead for word in rules("writers"))
