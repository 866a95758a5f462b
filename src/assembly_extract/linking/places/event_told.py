"""Venues in what somebody says: of what is announced, and of what the day itself held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.linking.places.event_words import announces, ends_in_at, rules
from assembly_extract.linking.places.resolve import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.mention import Mention

_BEFORE_SPEECH = 24  # characters before the speech in which the announcing may begin
_CLAUSE = 170  # characters before a venue that may say what happens there
_CAME = 1500  # characters of a body that may tell where people came to
_GUESTS = 45  # characters before a venue in which it is told that they came
_TOLD = 600  # characters of speech in which the event itself may be told
_MEETING = 1200  # characters of a body that may tell where people met
_MEETING_CLAUSE = 300  # characters before where people met that may tell of another time
_VISIT = 900  # characters of a body that may tell where somebody went
_VISITED = frozenset({"venue", "other", "subdistrict", "district", "province"})
_ADDRESS = 60  # characters between a venue and the event's day behind it, for its address


def announced_venue(
    mentions: Sequence[Mention],
    text: str,
    lead: Sequence[tuple[int, int]],
    said: tuple[int, int] | None,
) -> Mention | None:
    """Return the venue of what somebody announces, where the report itself has no day or place.

    ``lead`` are the stretches of the lead before anybody speaks, ``said`` that of the speech, as
    code points into ``text``.
    เปิดเผยว่า จะจัดงานในวันที่ 5 มิถุนายน 2567 ณ สนาม…: the announced event is what the page is about.
    """
    if said is None or any(
        sign in text[start:end] for start, end in lead for sign in rules("dated")
    ):
        return None
    return next(
        (
            mention
            for mention in mentions
            if said[0] <= mention.start < said[1]
            and value_of(mention).kind == "venue"
            and announces().search(
                text, max(said[0] - _BEFORE_SPEECH, mention.start - _CLAUSE), mention.start
            )
        ),
        None,
    )


def told_venue(
    mentions: Sequence[Mention],
    text: str,
    lead: Sequence[tuple[int, int]],
    said: tuple[int, int] | None,
) -> Mention | None:
    """Return the venue of what somebody tells of the day itself; ``lead`` and ``said`` as above.

    วันนี้ … เปิดเผยว่า จังหวัดได้ร่วมกับ… จัดอบรม… ณ ห้องประชุม…: the lead has the day, what was held and
    where stand behind ว่า. A sentence with another day, or of what is to come, is of another event.
    """
    if said is None or not any(
        sign in text[start:end] for start, end in lead for sign in rules("dated")
    ):
        return None
    for mention in mentions:
        if not said[0] <= mention.start < min(said[1], said[0] + _TOLD):
            continue
        before = text[said[0] : mention.start]
        if any(word in before for word in (*rules("dated"), *rules("later"), *rules("apart"))):
            return None
        clause = before[-_CLAUSE:]
        if (
            value_of(mention).kind == "venue"
            and before.rstrip(" \t").endswith(rules("told_at"))
            and any(word in clause for word in rules("held"))
        ):
            return mention
    return None


def came_venue(mentions: Sequence[Mention], text: str, body_start: int) -> Mention | None:
    """Return the venue to which people came, told below the lead or behind ว่า: … เข้าร่วม ณ ห้อง….

    Of what is to come or was before the report it is another event's.
    """
    for mention in mentions:
        if not body_start <= mention.start < body_start + _CAME:
            continue
        if value_of(mention).kind != "venue":
            continue
        line = text.rfind("\n", 0, mention.start) + 1
        clause = text[max(line, mention.start - _CLAUSE) : mention.start].rstrip(" \t")
        if not clause.endswith(rules("told_at")):
            continue
        came = any(word in clause[-_GUESTS:] for word in rules("came"))
        other = (*rules("later"), *rules("apart"), *rules("not_yet"))
        if came and not any(word in clause for word in other):
            return mention
    return None


def visited_when_told(mentions: Sequence[Mention], text: str, body_start: int) -> Mention | None:
    """Return the place that somebody says he went to: เปิดเผยว่า วันนี้ตนได้เดินทางมาลงพื้นที่จังหวัด….

    Not one that he will go to, sends others to, or was at before.
    """
    for mention in mentions:
        if not body_start <= mention.start < body_start + _VISIT:
            continue
        value = value_of(mention)
        if value.kind not in _VISITED:
            continue
        line = text.rfind("\n", 0, mention.start) + 1
        clause = text[max(line, mention.start - _CLAUSE) : mention.start].rstrip(" \t")
        there = clause.endswith(rules("visits_told"))
        if not there and clause.endswith(rules("visited_at")):
            there = any(word in clause[-_GUESTS:] for word in rules("visits_told"))
        if not there:
            continue
        other = (*rules("later"), *rules("apart"), *rules("not_yet"), *rules("not_gone"))
        if not any(word in clause for word in (*other, *rules("goals"))):
            return mention
    return None


def meeting_venue(
    mentions: Sequence[Mention], text: str, body_start: int, dates: Sequence[Mention]
) -> Mention | None:
    """Return the room, hall or hotel behind ณ that a body names first: people met there.

    What lies in one of these is an event, whoever tells of it. A clause with a day of its own, of
    what is to come or was before the report is another's.
    """
    for mention in mentions:
        if not body_start <= mention.start < body_start + _MEETING:
            continue
        if value_of(mention).kind != "venue" or not mention.text.startswith(rules("meets_in")):
            continue
        line = text.rfind("\n", 0, mention.start) + 1
        low = max(line, mention.start - _MEETING_CLAUSE)
        clause = text[low : mention.start].rstrip(" \t")
        if not ends_in_at(clause):
            continue
        if any(low <= date.start < mention.end + _ADDRESS for date in dates):
            continue
        other = (*rules("later"), *rules("apart"), *rules("not_yet"), *rules("applies"))
        if not any(word in clause for word in (*other, *rules("goals"))):
            return mention
    return None
