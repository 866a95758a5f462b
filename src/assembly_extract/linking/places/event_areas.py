"""Areas as the event's place: behind which words of place, and what must speak for the weak ones.

ลงพื้นที่ and ณ tell by themselves that something was done there; ใน, พื้นที่ and ที่ stand as well
before where people live, where a crop grows or what is counted. Behind those an area is the event's
only where the clause tells of something that is done or happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.linking.places.event_words import (
    behind_time,
    counted,
    is_dated,
    like_cues,
    row,
    rules,
    village_number,
)
from assembly_extract.linking.places.resolve import value_of
from assembly_extract.thai_calendar import ANY_DIGITS

if TYPE_CHECKING:
    from assembly_extract.types.mention import Mention

CUE = 24
"""Characters before a place that may hold what makes it the event's."""
SPECIFIC = frozenset({"venue", "other", "subdistrict", "district", "province", "region"})
_SMALL = frozenset({"venue", "other", "subdistrict", "district"})
_INTENDED = 60  # characters before an area in which what is only meant for it is told
_CLAUSE = 170  # characters before an area that may tell what is done or happens there
_BEHIND = 80  # characters behind an area, with its address, in which its people do something
_TOUR = 110  # characters before a venue that may tell of the places before it
_FIGURE = 40  # characters before a venue in which a price that is made there stands
_ROUTE = 60  # characters before an area in which a road or a journey to it is told


def is_event_area(mention: Mention, text: str) -> bool:
    """Say whether a word of place before an area makes it the event's.

    ลงพื้นที่ and ณ do so by themselves, ที่ does behind a day or an hour (… น. ที่), but not before an
    area that is only counted (ในพื้นที่ กทม. จำนวน 80 ราย).
    """
    value = value_of(mention)
    before = text[max(0, mention.start - CUE) : mention.start].rstrip(" \t")
    before = village_number().sub("", before).rstrip(" \t")
    if value.kind == "region":
        before = before.rstrip(f" \t{ANY_DIGITS}")  # ลงพื้นที่ 3 จังหวัดชายแดนภาคใต้
    cues = rules("region_cues" if value.kind == "region" else "cues")
    if value.kind not in SPECIFIC or not before.endswith(cues):
        return False
    if before.endswith((*like_cues(), *rules("no_cues"))):
        return False  # the มา of นครราชสีมา is no word of place
    goes = any(word in before for word in rules("goals"))
    if goes or lies_around(mention, text) or _is_quoted(mention, text):
        return False
    if value.kind == "venue" and is_aside(mention, text):
        return False
    if any(
        word in text[max(0, mention.start - _INTENDED) : mention.start]
        for word in rules("intended")
    ):
        return False
    if _is_first_in_row(mention, text, before):
        return False
    if _is_reached_online(mention, text, before):
        return False
    around = value.kind == "region" and before.endswith(rules("around"))  # no ณ: บริเวณ
    if before.endswith(rules("sure_cues")) and not around:
        return True
    if value.kind == "region":
        return behind_time().search(before) is not None or _is_visited(mention, text)
    if counted().match(text, mention.end) is not None:
        return False
    return behind_time().search(before) is not None or _is_done_there(mention, text)


def _is_done_there(mention: Mention, text: str) -> bool:
    """Say whether the clause before an area behind ใน or ที่ tells of what is done or happens.

    Not where a road leads to it, or where what happened there is what the report starts from.
    Known cost: reports in words that no list has.
    """
    line = text.rfind("\n", 0, mention.start) + 1
    clause = text[max(line, mention.start - _CLAUSE) : mention.start]
    at = clause.rstrip(" \t").endswith(rules("at_dated"))
    acts = (*rules("acts"), *rules("acts_at")) if at else rules("acts")
    if _is_on_the_way(clause[-_ROUTE:]):
        return False
    if _is_in_headline(mention, text):
        return True
    if not any(word in clause for word in acts) and not _acts_behind(mention, text):
        return False
    case = max((clause.rfind(word) for word in rules("case_words")), default=-1)
    return case < 0 or any(word in clause[:case] for word in rules("field_visits"))


def _acts_behind(mention: Mention, text: str) -> bool:
    """Say whether the area's people came, or gathered: ชาวบ้านในตำบล… อำเภอ… รวมตัวกัน….

    Who hands in a letter does it elsewhere.
    """
    behind = text[mention.end : mention.end + _BEHIND].partition("\n")[0]
    if behind[:CUE].lstrip(" \t").startswith(rules("joined")):
        return True
    small = value_of(mention).kind in _SMALL
    gathered = small and any(word in behind for word in rules("gathered"))
    return gathered and not any(word in behind for word in rules("elsewhere"))


def _is_in_headline(mention: Mention, text: str) -> bool:
    """Say whether the headline, too, names a place that is no province: the page is about it."""
    title = text.find("\n")
    small = value_of(mention).kind in _SMALL
    return small and mention.start > title and mention.text in text[: max(title, 0)]


def _is_on_the_way(before: str) -> bool:
    """Say whether a road or a journey leads to what follows: ระหว่างอำเภอ…ไปยัง."""
    cue = next((word for word in rules("ways_to") if before.rstrip(" \t").endswith(word)), None)
    if cue is None:
        return any(word in before for word in rules("ways"))
    return any(word in before for word in rules("ways_from"))


def _is_first_in_row(mention: Mention, text: str, before: str) -> bool:
    """Say whether provinces in a row begin there: ในจังหวัดนครสวรรค์ ลพบุรี และสระบุรี."""
    if value_of(mention).kind != "province" or not before.endswith(rules("areas_in_row")):
        return False
    return row().match(text, mention.end) is not None


def _is_visited(mention: Mention, text: str) -> bool:
    """Say whether somebody went to a region: it is too large for what is only told of it."""
    line = text.rfind("\n", 0, mention.start) + 1
    clause = text[max(line, mention.start - _CLAUSE) : mention.start]
    return any(word in clause for word in rules("region_visits"))


def _is_reached_online(mention: Mention, text: str, before: str) -> bool:
    """Say whether only a picture went there: ผ่านระบบวิดีโอคอนเฟอเรนซ์ไปยังจังหวัดน่าน."""
    if not before.endswith(rules("ways_to")):
        return False
    clause = text[max(0, mention.start - _ROUTE) : mention.start].rpartition("\n")[2]
    return any(word in clause for word in rules("online"))


def _is_quoted(mention: Mention, text: str) -> bool:
    """Say whether a place stands in the name of something: เรื่อง “การพัฒนาพื้นที่ภาคตะวันออก”."""
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[line : mention.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def is_aside(mention: Mention, text: str) -> bool:
    """Say whether a venue is only where somebody goes on to, or where a price is made.

    จากนั้นเดินทางไปยังวัด…: the first place of a tour is its event's, also where nobody recognised it.
    """
    line = text.rfind("\n", 0, mention.start) + 1
    clause = text[max(line, mention.start - _TOUR) : mention.start]
    if any(word in clause for word in rules("afterwards")):
        return True
    if clause.rstrip(" \t").endswith(rules("no_cues")):
        return True
    figure = any(word in clause[-_FIGURE:] for word in rules("figures"))
    return figure and not any(word in clause for word in rules("acts"))


def lies_around(mention: Mention, text: str) -> bool:
    """Say whether บริเวณ or its like only tells where something lies, as on a route.

    ณ บริเวณ and เหตุบริเวณ are an event's; so is บริเวณ where the sentence tells when or of
    an accident.
    """
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[line : mention.start].rstrip(" \t")
    if not before.endswith(rules("around")):
        return False
    word = next(word for word in rules("around") if before.endswith(word))
    if before.removesuffix(word).rstrip(" \t").endswith(rules("around_behind")):
        return False
    happened = is_dated(before) or any(sign in before for sign in rules("happenings"))
    happened = happened or is_dated_behind(mention, text)
    return not happened or any(sign in before for sign in rules("routes"))


def is_dated_behind(mention: Mention, text: str) -> bool:
    """Say whether a day stands right behind a venue: ณ อาคาร… เมื่อวันที่ 3 กรกฎาคม."""
    return text[mention.end : mention.end + CUE].lstrip(" \t").startswith(rules("day_behind"))
