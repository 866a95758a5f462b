"""Where the event's place is told aside: before the area found, by a caption, by the headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.linking.places.event_words import (
    case_ends,
    headline_deed,
    joint,
    rules,
)
from assembly_extract.linking.places.resolve import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.mention import Mention

_AREAS = frozenset({"province", "district", "subdistrict"})
_HEADS = frozenset({"venue", "other"})
_CAPTION = 200  # characters of a caption
_EXCLAMATION = 16  # characters before a headline's first area: ระทึก!


def head_of_address(
    event: Mention, mentions: Sequence[Mention], text: str, body_start: int
) -> Mention:
    """Return the venue whose address the found area is, the first of some in a row, or the area.

    ``… พระราชทาน วัดดอกจาน อำเภอปัว``, ``ประกอบด้วย วัดดอกจาน และวัดดอกบัว จังหวัดน่าน``: the words of place
    that the area stands behind belong to the whole address. Headlines leave such words out, also
    those that end a name (สะพานไม้ขาด ต.…): there the area stays.
    """
    if value_of(event).kind not in _AREAS or event.start < body_start:
        return event
    at, head = mentions.index(event), event
    for before in reversed(mentions[:at]):
        if before.end > head.start or joint().fullmatch(text, before.end, head.start) is None:
            break
        if value_of(before).kind not in _HEADS:
            break
        head = before
    words = text[: head.start]
    if words.rstrip(" \t").endswith(rules("road_ends")):
        return event  # แยก ทล.348 - บ้านดอกจาน อำเภอ…
    apart = words.endswith((" ", "\t", "\n", *rules("reported_at")))
    return head if apart or value_of(head).kind == "venue" else event  # น้ำพัด|สะพานไม้…ขาด ต.…


def without_case(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of a line that are not of a case from before the report.

    ``จากกรณีเมื่อวันที่ 4 สิงหาคม เกิดเหตุ…ที่… นั้น`` tells what the report starts from. It ends at words like
    นั้น and ล่าสุด, or with the line. Only at the head of a line, of what somebody says, or behind
    two blanks: ``อนุมัติโครงการ ตามที่กระทรวง…เสนอ`` opens nothing.
    """
    for word in rules("cases"):
        at = text.find(word, start, end)
        if at < 0:
            continue  # nearly always
        before = text[start:at]
        if not before or before.endswith(rules("case_behind")):
            over = case_ends().search(text, at + len(word), end)
            first = [(start, at)] if at > start else []
            return [*first, *([(over.end(), end)] if over else [])]
    return [(start, end)]


def captioned_venue(mentions: Sequence[Mention], text: str, body_start: int) -> Mention | None:
    """Return the venue that a caption names: ``บรรยากาศการประชุม ณ ศาลาดอกจาน``.

    Captions tell of the event, wherever they stand; the story's own lines below its lead do not.
    """
    for mention in mentions:
        if mention.start < body_start or value_of(mention).kind != "venue":
            continue
        line = text.rfind("\n", 0, mention.start) + 1
        before = text[line : mention.start].rstrip(" \t")
        if not before.endswith(rules("caption_at")) or len(before) > _CAPTION:
            continue
        if before.startswith((*rules("captions"), *rules("caption_at"))) and not any(
            word in before for word in rules("later")
        ):
            return mention
    return None


def headline_area(
    mentions: Sequence[Mention], text: str, body_start: int, lead: Sequence[tuple[int, int]]
) -> Mention | None:
    """Return the area that a headline begins with and says something was done in: ``น่านเปิดศูนย์…``.

    The report itself has a day and no other province. Known cost: an area's office that acted
    elsewhere without the page saying so.
    """
    if not any(sign in text[start:end] for start, end in lead for sign in rules("dated")):
        return None
    title = text.find("\n", 0, body_start)
    first = next((m for m in mentions if m.start < title and value_of(m).kind in _AREAS), None)
    if first is None or first.start > _EXCLAMATION:
        return None
    if first.start and not text[: first.start].rstrip(" ").endswith("!"):
        return None
    if headline_deed().match(text, first.end) is None:
        return None
    others = {
        value_of(m).name
        for m in mentions
        if value_of(m).kind == "province"
        and (m.start < title or any(start <= m.start < end for start, end in lead))
    }
    return first if others <= {value_of(first).name} else None
