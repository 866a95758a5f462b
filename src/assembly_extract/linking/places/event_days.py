"""Venues that the event's own day tells: right behind it, or in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.linking.places.event_words import beside_day, ends_in_at, rules
from assembly_extract.linking.places.resolve import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.mention import Mention

_CLAUSE = 170  # characters before a venue that may say what happens there
_DAY = 170  # characters between the event's day and its venue
_BESIDE = 45  # characters between the event's day and the venue right behind it
_ADDRESS = 60  # characters between a venue and the event's day behind it, for its address


def venue_beside_day(
    mentions: Sequence[Mention], text: str, body_start: int, days: Sequence[Mention]
) -> Mention | None:
    """Return the venue right behind the event's own day: วันที่ 5 มิถุนายน เวลา 09.00 น. ณ ห้อง…."""
    for day in days:
        if day.start < body_start:
            continue
        for mention in mentions:
            if not day.end <= mention.start < day.end + _BESIDE:
                continue
            if value_of(mention).kind == "venue" and beside_day().match(
                text, day.end, mention.start
            ):
                return mention
    return None


def dated_venue(
    mentions: Sequence[Mention],
    text: str,
    body_start: int,
    dates: Sequence[Mention],
    days: Sequence[Mention],
) -> Mention | None:
    """Return the venue that the sentence of the event's own day tells: เมื่อวันที่ 5 มิถุนายน … ณ โรงแรม….

    ``days`` are the mentions of the event's day, ``dates`` those of all. What happens on that day
    is the event, whoever says so, also if it is still to come. A place where to apply is none.
    """
    venues = [m for m in mentions if m.start >= body_start and value_of(m).kind == "venue"]
    for day in days:
        for venue in venues:
            if venue.start >= day.end:
                low, high, reach = day.end, venue.start, _DAY
            else:
                low, high, reach = venue.end, day.start, _ADDRESS
            if not 0 <= high - low <= reach or "\n" in text[low:high]:
                continue
            if any(low <= date.start < high for date in dates):
                continue
            line = text.rfind("\n", 0, venue.start) + 1
            before = text[max(line, venue.start - _CLAUSE) : venue.start].rstrip(" \t")
            if not ends_in_at(before):
                continue
            if not any(word in before for word in (*rules("applies"), *rules("goals"))):
                return venue
    return None
