"""Where the main event happened: the place that the lead gives to it, or none."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.linking.places.resolve import value_of
from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import WIRE_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention

_LEAD_PARAGRAPHS = 3
_LEAD = 500  # characters of a lead that is cut into more, short lines ...
_LEAD_LINES = 7  # ... and how many of them
_CUE = 24  # characters before a place that may hold what makes it the event's
_REPORT = 80  # characters between รับแจ้ง and where it happened
_CLAUSE = 170  # characters before a venue that may announce what happens there
_DATELINES = frozenset({"province", "district"})
_DATED_DATELINES = frozenset({"province", "district", "subdistrict", "other"})
_SCENES = frozenset({"venue", "other"})
_NARRATOR = 60  # characters before รายงานว่า that may name who reports
_BESIDE = 40  # characters between บริเวณ and the first place that was recognised
_UNRECOGNISED = 110  # characters between ณ and the first place that was recognised
_SPECIFIC = frozenset({"venue", "other", "subdistrict", "district", "province", "region"})


def event_mention(mentions: Sequence[Mention], document: Document) -> Mention | None:
    """Return the mention that says where the reported event took place.

    Looks paragraph by paragraph at the lead, each up to where somebody begins to speak: first for a
    scene (เหตุเกิดที่ …), then for a venue that is the place of something, then for another place
    behind a word of place; last at the headline. A statement without a venue has none: places
    merely talked about are not the event's.
    """
    body = [line for line in document.lines if line[0] >= document.article.body_start]
    heads = [line for line in document.lines if line[0] < document.article.body_start]
    lead: list[tuple[int, int]] = []
    said: tuple[int, int] | None = None
    for number, (start, end) in enumerate(body[:_LEAD_LINES]):
        if number >= _LEAD_PARAGRAPHS and start - body[0][0] >= _LEAD:
            break
        speech = _before_speech(document.text, start, end)
        lead.append((start, min(speech[1], _before_background(document.text, start, end))))
        if speech[1] < end:  # what follows is what somebody says
            said = (speech[1], end)
            break
    near = [m for start, end in (*lead, *heads) for m in mentions if start <= m.start < end]
    for wanted in _WANTED:
        for mention in near:
            if wanted(mention, document.text):
                return mention
    return _announced_venue(mentions, document.text, lead, said)


def _before_background(text: str, start: int, end: int) -> int:
    """Return where a line begins to tell what was before the report: ก่อนหน้านี้จัดมาแล้วที่ …."""
    found = _background().search(text, start, end)
    return found.start() if found else end


def _announced_venue(
    mentions: Sequence[Mention],
    text: str,
    lead: Sequence[tuple[int, int]],
    said: tuple[int, int] | None,
) -> Mention | None:
    """Return the venue of what somebody announces, where the report itself has no day or place.

    เปิดเผยว่า จะจัดงานในวันที่ 5 มิถุนายน 2567 ณ สนาม…: the announced event is what the page is about.
    """
    if said is None or any(
        sign in text[start:end] for start, end in lead for sign in _rules("dated")
    ):
        return None
    return next(
        (
            mention
            for mention in mentions
            if said[0] <= mention.start < said[1]
            and value_of(mention).kind == "venue"
            and _announces().search(
                text, max(said[0] - _CUE, mention.start - _CLAUSE), mention.start
            )
        ),
        None,
    )


def _before_speech(text: str, start: int, end: int) -> tuple[int, int]:
    found = [
        at
        for word in _rules("speech")
        if (at := text.find(word, start, end)) >= 0
        and not text[at + len(word) :].lstrip(" ").startswith(_rules("speech_of_deeds"))
        and not _narrated(text, start, at)
    ]
    apart = _apart().search(text, start, end)
    return start, min((*found, *([apart.end()] if apart else [])), default=end)


def _narrated(text: str, start: int, at: int) -> bool:
    """Say whether the page itself reports, by a reporter or an office: no speech begins."""
    before = text[max(start, at - _NARRATOR) : at]
    return any(word in before for word in _rules("narrators"))


def _is_scene(mention: Mention, text: str) -> bool:
    """Say whether the words right before a place call it the scene: เหตุเกิดบนถนน…."""
    before = text[max(0, mention.start - _CUE) : mention.start]
    return value_of(mention).kind in _SPECIFIC and _scene().search(before) is not None


def _is_reported_scene(mention: Mention, text: str) -> bool:
    """Say whether what somebody was told of happened there: รับแจ้งเหตุรถชน … บนถนน…."""
    if value_of(mention).kind not in _SCENES:
        return False
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[max(line, mention.start - _REPORT) : mention.start]
    if any(word in before[-_CUE:] for word in _rules("goals")):
        return False
    return _reported().search(before) is not None


def _is_dated_venue(mention: Mention, text: str) -> bool:
    """Say whether a venue stands in a sentence that tells when, or opens its paragraph."""
    if not _is_event_venue(mention, text):
        return False
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[line : mention.start]
    opens = before.strip() in _rules("openings")
    return opens or any(word in before for word in _rules("dated"))


def _is_dated_and_at(mention: Mention, text: str) -> bool:
    """Say whether a dated venue stands behind more than ใน: สื่อมวลชนในทำเนียบรัฐบาล … ณ คลอง…."""
    before = text[max(0, mention.start - _CUE) : mention.start].rstrip(" \t")
    return not before.endswith(_rules("within")) and _is_dated_venue(mention, text)


def _is_event_venue(mention: Mention, text: str) -> bool:
    value = value_of(mention)
    if not value.located or value.kind not in _SCENES:
        return False
    before = text[max(0, mention.start - _CUE) : mention.start]
    if any(word in before for word in _rules("goals")):
        return False
    landmark = before.rstrip(" \t").endswith(_rules("landmark_cues"))
    return (value.kind == "venue" or landmark) and not _lies_around(mention, text)


def _lies_around(mention: Mention, text: str) -> bool:
    """Say whether บริเวณ or its like only tells where something lies, as on a route.

    ณ บริเวณ and เหตุบริเวณ are an event's; so is บริเวณ where the sentence tells when or of
    an accident.
    """
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[line : mention.start].rstrip(" \t")
    if not before.endswith(_rules("around")):
        return False
    word = next(word for word in _rules("around") if before.endswith(word))
    if before.removesuffix(word).rstrip(" \t").endswith(_rules("around_behind")):
        return False
    happened = any(sign in before for sign in (*_rules("dated"), *_rules("happenings")))
    return not happened or any(sign in before for sign in _rules("routes"))


def _is_reached(mention: Mention, text: str) -> bool:
    """Say whether somebody got to a venue: … เดินทางจากกรุง… ถึงท่าอากาศยานสุวรรณภูมิ."""
    before = text[max(0, mention.start - 8) : mention.start].rstrip(" \t")
    return value_of(mention).kind == "venue" and before.endswith(_rules("reached"))


def _is_event_area(mention: Mention, text: str) -> bool:
    value = value_of(mention)
    before = text[max(0, mention.start - _CUE) : mention.start].rstrip(" \t")
    cues = _rules("region_cues" if value.kind == "region" else "cues")
    if value.kind not in _SPECIFIC or not before.endswith(cues):
        return False
    goes = any(word in before for word in _rules("goals"))
    return not goes and not _lies_around(mention, text)


def _is_behind_cue(mention: Mention, text: str) -> bool:
    """Say whether ณ and a venue that nobody recognised stand before: ณ ศูนย์… (CDC) เมือง…."""
    if value_of(mention).kind not in _SPECIFIC:
        return False
    before = text[max(0, mention.start - _UNRECOGNISED) : mention.start].rpartition("\n")[2]
    if (
        _at_something().search(before)
        or _dated_at_something().search(before)
        or any(word in before for word in _rules("visits"))
    ):
        return True
    happens = any(word in before for word in _rules("happenings"))
    near = any(word in before[-_BESIDE:] for word in _rules("beside_something"))
    return happens and near and not any(word in before for word in _rules("routes"))


def _is_dateline(mention: Mention, text: str) -> bool:
    """Say whether an area opens its paragraph as a wire's city: พิษณุโลก : …, สตูล / 11 มีนาคม …."""
    if mention.start != text.rfind("\n", 0, mention.start) + 1:
        return False
    kind, wire = value_of(mention).kind, _wire().match(text, mention.end)
    if wire is None:
        return False
    return kind in (_DATED_DATELINES if wire["day"] else _DATELINES)


def _is_address_of_lead(mention: Mention, text: str) -> bool:
    """Say whether a line begins with whom or what an address of two areas follows: ชาวบ้าน… อ.… จ.….

    The last resort, for stories of a locality that name no venue. Known cost: people who acted
    elsewhere without the lead saying where.
    """
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[line : mention.start].rstrip(" \t")
    if value_of(mention).kind not in _LOCAL or len(before) > _OPENING:
        return False
    if not _prefixed().match(mention.text) or not _goes_on().match(text, mention.end):
        return False
    if any(word in before for word in _rules("examples_before")):
        return False
    told = text[line : mention.end + _OPENING].split("\n", maxsplit=1)[0]
    return not before.endswith(_rules("routes_before")) and not any(
        word in told for word in (*_rules("goals"), *_rules("elsewhere"))
    )


_LOCAL = frozenset({"subdistrict", "district"})
_OPENING = 160  # characters of a line in which the address of what it tells of stands


_WANTED = (
    _is_scene,
    _is_reported_scene,
    _is_dated_and_at,
    _is_dated_venue,
    _is_event_venue,
    _is_reached,
    _is_event_area,
    _is_behind_cue,
    _is_dateline,
    _is_address_of_lead,
)
"""What a place of the event may be, the surest first."""


@cache
def _prefixed() -> re.Pattern[str]:
    """Match the prefix word of a written area."""
    return re.compile(alternatives(_rules("written")))


@cache
def _goes_on() -> re.Pattern[str]:
    """Match what parts two areas of one address, and the prefix word of the second."""
    return re.compile(rf"[ \t]{{0,2}}(?:{_prefixed().pattern})[ \t]?[ก-๎]")


@cache
def _scene() -> re.Pattern[str]:
    """Match the words that call what follows a scene, up to the end of the searched text."""
    scenes = alternatives(_rules("scenes"))
    joints = alternatives(_rules("scene_joints"))
    return re.compile(rf"(?:{scenes})[ \t]?(?:(?:{joints})[ \t]?){{0,3}}\Z")


@cache
def _reported() -> re.Pattern[str]:
    """Match the report of a case up to the word of place at the end of the searched text."""
    reports = alternatives(_rules("reported"))
    at = alternatives(_rules("reported_at"))
    return re.compile(rf"(?:{reports})[^\n]*(?:{at})[ \t]?\Z")


@cache
def _apart() -> re.Pattern[str]:
    """Match a verb of speaking with its ว่า further on: เปิดเผยหลังการประชุม … ว่า."""
    verbs = alternatives(_rules("speech_verbs"))
    inside = "".join(f"(?<!{re.escape(word)})" for word in _rules("no_that_after"))
    goes_on = alternatives(_rules("no_that_before"))
    that = alternatives(_rules("that"))
    return re.compile(rf"(?:{verbs})[^\n]{{1,100}}?{inside}(?:{that})(?!{goes_on})")


@cache
def _at_something() -> re.Pattern[str]:
    """Match ณ with anything behind it but a time: ณ ศูนย์…, not ณ วันที่ …."""
    words = alternatives(_rules("at"))
    times = alternatives(_rules("at_times"))
    return re.compile(rf"(?:^|[\s\d”\")])(?:{words})[ \t]?(?!{times})[ก-๎]")


@cache
def _dated_at_something() -> re.Pattern[str]:
    """Match ที่ behind a day or an hour with anything behind it: วันที่ 19 ต.ค. ที่หน้า …."""
    words = alternatives(_rules("at_dated"))
    return re.compile(rf"(?:น\.|\)|[0-9๐-๙]{{2,4}}|[ก-ฮ]\.)[ \t]?(?:{words})[ \t]?[ก-๎]")


@cache
def _wire() -> re.Pattern[str]:
    """Match what parts a wire's city from its story: a sign, or the day and then the sign."""
    dash = r"(?:[–—]|[ \t]-|-(?=[ \t])|--)"  # แม่สอด-เมียวดี are two towns
    day = rf"-{{0,2}}(?P<day>{WIRE_DAY})[ \t]{{0,2}}[–—-]"
    return re.compile(rf"[ \t]{{0,2}}(?:{day}|[:/]|{dash})")


@cache
def _background() -> re.Pattern[str]:
    return re.compile(alternatives(_rules("background")))


@cache
def _announces() -> re.Pattern[str]:
    """Match an announcement, its day and a word of place at the end of the searched text."""
    words = alternatives(_rules("announces"))
    times = alternatives(_rules("dated"))
    at = alternatives(_rules("announced_at"))
    return re.compile(
        rf"(?:{words})[^\n]{{0,80}}(?:{times})[^\n]{{1,60}}(?:{at})[ \t]?[ก-๎]{{0,22}}\Z"
    )


@cache
def _rules(key: str) -> tuple[str, ...]:
    return tuple(sorted(read_toml("places.toml")["event"][key], key=len, reverse=True))
