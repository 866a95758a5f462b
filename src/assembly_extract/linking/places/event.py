"""Where the main event happened: the place that the lead gives to it, or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.linking.places.event_apart import is_column, is_listed, is_of_another_day
from assembly_extract.linking.places.event_areas import (
    CUE,
    SPECIFIC,
    is_aside,
    is_dated_behind,
    is_event_area,
    lies_around,
)
from assembly_extract.linking.places.event_aside import (
    captioned_venue,
    head_of_address,
    headline_area,
    without_case,
)
from assembly_extract.linking.places.event_days import dated_venue, venue_beside_day
from assembly_extract.linking.places.event_english import english_event
from assembly_extract.linking.places.event_told import (
    announced_venue,
    came_venue,
    meeting_venue,
    told_venue,
    visited_when_told,
)
from assembly_extract.linking.places.event_words import (
    apart,
    at_something,
    at_unrecognised,
    background,
    counted,
    dated_at_something,
    deeds,
    ends_in_area,
    ends_in_day,
    goes_on,
    is_dated,
    prefixed,
    reported,
    rules,
    scene,
    wire,
)
from assembly_extract.linking.places.resolve import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention

_SPACES = re.compile(" +")
_LEAD_PARAGRAPHS = 3
_LEAD = 500  # characters of a lead that is cut into more, short lines ...
_LEAD_LINES = 7  # ... and how many of them
_REPORT = 80  # characters between รับแจ้ง and where it happened
_CLAUSE_TO_COME = 110  # characters before a venue in which what is to come is told
_CLAUSE = 170  # characters before a venue that may announce what happens there
_DATELINES = frozenset({"province", "district"})
_DATED_DATELINES = frozenset({"province", "district", "subdistrict", "other"})
_SCENES = frozenset({"venue", "other"})
_NARRATOR = 60  # characters before รายงานว่า that may name who reports
_BESIDE = 40  # characters between บริเวณ and the first place that was recognised
_PRICED = 250  # characters before an area in which a price that is made there stands
_UNRECOGNISED = 110  # characters between ณ and the first place that was recognised


def event_mention(
    mentions: Sequence[Mention],
    document: Document,
    dates: Sequence[Mention] = (),
    days: Sequence[Mention] = (),
) -> Mention | None:
    """Return the mention that says where the reported event took place.

    ``dates`` are the mentions of dates, ``days`` those of the event's own.

    Looks paragraph by paragraph at the lead, each up to where somebody begins to speak: first for a
    scene (เหตุเกิดที่ …), then for a venue that is the place of something, then for another place
    behind a word of place; last at the headline. A statement without a venue has none: places
    merely talked about are not the event's.
    """
    if document.article.is_english:
        return english_event(mentions, document)
    start = document.article.body_start
    if is_column(document.text, start):
        return None
    found = _event_mention(mentions, document, dates, days)
    return found and head_of_address(found, mentions, document.text, start)


def _event_mention(
    mentions: Sequence[Mention],
    document: Document,
    dates: Sequence[Mention],
    days: Sequence[Mention],
) -> Mention | None:
    body = [line for line in document.lines if line[0] >= document.article.body_start]
    heads = [
        stretch
        for start, end in document.lines
        if start < document.article.body_start
        for stretch in without_case(document.text, start, end)
    ]
    lead: list[tuple[int, int]] = []
    said: tuple[int, int] | None = None
    for number, (start, end) in enumerate(body[:_LEAD_LINES]):
        if number >= _LEAD_PARAGRAPHS and start - body[0][0] >= _LEAD:
            break
        speech = _before_speech(document.text, start, end)
        stop = min(speech[1], _before_background(document.text, start, end))
        lead.extend(without_case(document.text, start, stop))
        if speech[1] < end:  # what follows is what somebody says
            said = (speech[1], end)
            if not _is_teaser(document.text, start, speech[1], end):
                break
    near = [
        mention
        for start, end in (*lead, *heads)
        for mention in mentions
        if start <= mention.start < end and not is_listed(mention, document.text)
    ]
    text, first = document.text, document.article.body_start
    if beside := venue_beside_day(near, text, first, days):
        return beside
    for number, wanted in enumerate((*_VENUES, *_WANTED)):
        for mention in near:
            if wanted(mention, document.text):
                if _is_still_to_come(mention, document.text) and (
                    number < len(_VENUES) or is_of_another_day(mention, dates, document.text)
                ):
                    continue
                return mention
    start = first
    return (
        announced_venue(mentions, text, lead, said)
        or told_venue(mentions, text, lead, said)
        or came_venue(mentions, text, start)
        or captioned_venue(mentions, text, start)
        or dated_venue(mentions, text, start, dates, days)
        or meeting_venue(mentions, text, start, dates)
        or visited_when_told(mentions, text, start)
        or headline_area(mentions, text, start, lead)
    )


def _is_teaser(text: str, start: int, speech: int, end: int) -> bool:
    """Say whether a line that quotes somebody has no day, and the lead with its day is the next."""
    following = text[end : end + CUE].lstrip(" (\n\t")
    return following.startswith(rules("dated")) and not is_dated(text[start:speech])


def _before_background(text: str, start: int, end: int) -> int:
    """Return where a line begins to tell what was before the report: ก่อนหน้านี้จัดมาแล้วที่ …."""
    found = background().search(text, start, end)
    return found.start() if found else end


def _before_speech(text: str, start: int, end: int) -> tuple[int, int]:
    found = [
        at
        for word in rules("speech")
        if (at := text.find(word, start, end)) >= 0
        and not _SPACES.sub(" ", text[at + len(word) : at + len(word) + CUE])
        .lstrip(" ")
        .startswith(rules("speech_of_deeds"))
        and not deeds().match(text, at + len(word))
        and not _narrated(text, start, at)
    ]
    that = apart().search(text, start, end)
    return start, min((*found, *([that.end()] if that else [])), default=end)


def _narrated(text: str, start: int, at: int) -> bool:
    """Say whether the page itself reports, by a reporter or an office: no speech begins."""
    before = text[max(start, at - _NARRATOR) : at]
    return any(word in before for word in rules("narrators"))


def _is_scene(mention: Mention, text: str) -> bool:
    """Say whether the words right before a place call it the scene: เหตุเกิดบนถนน…."""
    before = text[max(0, mention.start - CUE) : mention.start]
    return value_of(mention).kind in SPECIFIC and scene().search(before) is not None


def _is_reported_scene(mention: Mention, text: str) -> bool:
    """Say whether what somebody was told of happened there: รับแจ้งเหตุรถชน … บนถนน…."""
    if value_of(mention).kind not in _SCENES:
        return False
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[max(line, mention.start - _REPORT) : mention.start]
    if any(word in before[-CUE:] for word in rules("goals")):
        return False
    return reported().search(before) is not None


def _is_dated_venue(mention: Mention, text: str) -> bool:
    """Say whether a venue stands in a sentence that tells when, or opens its paragraph."""
    if not _is_event_venue(mention, text):
        return False
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[line : mention.start]
    opens = before.strip() in rules("openings")
    return opens or is_dated(before) or is_dated_behind(mention, text)


def _is_dated_and_at(mention: Mention, text: str) -> bool:
    """Say whether a dated venue stands behind more than ใน: สื่อมวลชนในทำเนียบรัฐบาล … ณ คลอง…."""
    before = text[max(0, mention.start - CUE) : mention.start].rstrip(" \t")
    return not before.endswith(rules("within")) and _is_dated_venue(mention, text)


def _is_event_venue(mention: Mention, text: str) -> bool:
    value = value_of(mention)
    if not value.located or value.kind not in _SCENES:
        return False
    before = text[max(0, mention.start - CUE) : mention.start]
    if any(word in before for word in rules("goals")) or is_aside(mention, text):
        return False
    landmark = before.rstrip(" \t").endswith(rules("landmark_cues"))
    return (value.kind == "venue" or landmark) and not lies_around(mention, text)


def _is_behind_day(mention: Mention, text: str) -> bool:
    """Say whether a venue stands right behind a day, without a word of place: … 2566 โรงแรม…."""
    before = text[max(0, mention.start - CUE) : mention.start]
    return value_of(mention).kind == "venue" and ends_in_day().search(before) is not None


def _is_at_address_of_report(mention: Mention, text: str) -> bool:
    """Say whether a case was told and a road with its address follows: เพลิงไหม้โกดัง ซอย… แขวง…."""
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[max(line, mention.start - _REPORT) : mention.start]
    if value_of(mention).kind not in _SCENES:
        return False
    if not before.endswith((" ", "\t", *rules("struck"))):
        return False
    if any(word in before for word in (*rules("goals"), *rules("routes"))):
        return False
    told = any(word in before for word in (*rules("reported"), *rules("struck")))
    return told and goes_on().match(text, mention.end) is not None


def _opens_with_address(mention: Mention, text: str) -> bool:
    """Say whether a paragraph begins with a venue and its address: ด่านตรวจ… อ.… จ.… ตรวจพบ…."""
    opens = mention.start == text.rfind("\n", 0, mention.start) + 1
    venue = value_of(mention).kind == "venue"
    return opens and venue and goes_on().match(text, mention.end) is not None


def _is_still_to_come(mention: Mention, text: str) -> bool:
    """Say whether the clause before a venue tells of what will be: โดยการแข่งขันจะมีขึ้น … ณ สนาม…."""
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[max(line, mention.start - _CLAUSE_TO_COME) : mention.start]
    return any(word in before for word in rules("later"))


def _is_reached(mention: Mention, text: str) -> bool:
    """Say whether somebody got to a venue: … เดินทางจากกรุง… ถึงท่าอากาศยานสุวรรณภูมิ."""
    before = text[max(0, mention.start - 8) : mention.start].rstrip(" \t")
    return value_of(mention).kind == "venue" and before.endswith(rules("reached"))


def _is_along(mention: Mention, text: str) -> bool:
    """Say whether something was done all along a road or a river: … ตลอดแนวถนน… เมื่อคืนวันที่ ….

    It goes before a venue of what is still to come.
    """
    before = text[max(0, mention.start - CUE) : mention.start].rstrip(" \t")
    if value_of(mention).kind != "other" or not before.endswith(rules("along")):
        return False
    line = text.rfind("\n", 0, mention.start) + 1
    clause = text[line : mention.end + _CLAUSE].split("\n", maxsplit=1)[0]
    return any(word in clause for word in rules("dated")) and not _is_still_to_come(mention, text)


def _is_behind_cue(mention: Mention, text: str) -> bool:
    """Say whether ณ and a venue that nobody recognised stand before: ณ ศูนย์… (CDC) เมือง…."""
    if value_of(mention).kind not in SPECIFIC - {"region"}:
        return False
    before = text[max(0, mention.start - _UNRECOGNISED) : mention.start].rpartition("\n")[2]
    if counted().match(text, mention.end) is not None:
        return False
    if before.rstrip(" \t").endswith(rules("beside")):
        return False
    line = text[text.rfind("\n", 0, mention.start) + 1 : mention.start][-_PRICED:]
    figure = any(word in line for word in rules("figures"))
    if figure and not any(word in line for word in rules("acts")):
        return False
    if any(word in before for word in rules("examples_before")):
        return False  # ใน 13 จังหวัด ได้แก่ …: one of several
    if (
        at_something().search(before)
        or dated_at_something().search(before)
        or any(word in before for word in rules("visits"))
    ):
        return True
    if at_unrecognised().search(before) and any(word in before for word in rules("dated")):
        return True
    happens = any(word in before for word in rules("happenings"))
    near = any(word in before[-_BESIDE:] for word in rules("beside_something"))
    return happens and near and not any(word in before for word in rules("routes"))


def _is_country_at(mention: Mention, text: str) -> bool:
    """Say whether a country is where something was held on a day: วันที่… ประชุม… ณ ประเทศเยอรมนี."""
    if value_of(mention).kind != "country":
        return False
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[max(line, mention.start - _CLAUSE) : mention.start].rstrip(" \t")
    return before.endswith(rules("caption_at")) and any(word in before for word in rules("dated"))


def _is_dateline(mention: Mention, text: str) -> bool:
    """Say whether an area opens its paragraph as a wire's city: พิษณุโลก : …, สตูล / 11 มีนาคม …."""
    if mention.start != text.rfind("\n", 0, mention.start) + 1:
        return False
    kind, sign = value_of(mention).kind, wire().match(text, mention.end)
    if sign is None:
        return False
    return kind in (_DATED_DATELINES if sign["day"] else _DATELINES)


def _is_address_of_lead(mention: Mention, text: str) -> bool:
    """Say whether a line begins with whom or what an address of two areas follows: ชาวบ้าน… อ.… จ.….

    The last resort, for stories of a locality that name no venue. Known cost: people who acted
    elsewhere without the lead saying where.
    """
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[line : mention.start].rstrip(" \t")
    if value_of(mention).kind not in _LOCAL or len(before) > _OPENING:
        return False
    if counted().match(text, mention.end) is not None:
        return False
    prefix, next_area = prefixed().match(mention.text), goes_on().match(text, mention.end)
    if prefix is None or next_area is None or next_area[0].strip(" \t").startswith(prefix[0]):
        return False  # อำเภอปัว อำเภอเวียงสา และ…: some in a row are no address
    if any(word in before for word in rules("examples_before")) or before.endswith(rules("cues")):
        return False  # a word of place that did not make it the event's
    if ends_in_area().search(before) is not None:
        return False  # ในตำบล…|อำเภอ…: the address has begun before
    told = text[line : mention.end + _OPENING].split("\n", maxsplit=1)[0]
    return not before.endswith(rules("routes_before")) and not any(
        word in told for word in (*rules("goals"), *rules("elsewhere"), *rules("intended"))
    )


def _is_visited_address(mention: Mention, text: str) -> bool:
    """Say whether somebody visited what an address follows: ติดตาม… แปลงนาย… บ้าน… หมู่ 5 ต.… อ.…."""
    if value_of(mention).kind not in _LOCAL or not prefixed().match(mention.text):
        return False
    if not goes_on().match(text, mention.end):
        return False
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[max(line, mention.start - _CLAUSE) : mention.start]
    aside = (*rules("goals"), *rules("elsewhere"), *rules("examples_before"), *rules("later"))
    return any(word in before for word in rules("field_visits")) and not any(
        word in before for word in aside
    )


_LOCAL = frozenset({"subdistrict", "district"})
_OPENING = 160  # characters of a line in which the address of what it tells of stands


_VENUES = (
    _is_scene,
    _is_reported_scene,
    _is_dated_and_at,
    _is_dated_venue,
    _is_event_venue,
    _is_behind_day,
    _is_at_address_of_report,
    _opens_with_address,
)
"""What a venue of the event may be; one of what is still to come gives way to any other ..."""


_WANTED = (
    _is_along,
    *_VENUES,
    _is_reached,
    is_event_area,
    _is_behind_cue,
    _is_visited_address,
    _is_address_of_lead,
    _is_dateline,
    _is_country_at,
)
"""... and what a place of the event may be, the surest first."""
