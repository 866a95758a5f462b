"""The day of the main reported event: the lead's dateline, or nothing.

A record with a wrong main date is worse than one without: a date must be tied to the report by the
grammar of datelines (วันนี้ (…), เมื่อวันที่ …, วันที่ … ที่ … at the head of the lead).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.thai_calendar import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.linking.dates.resolving import Resolved
    from assembly_extract.types.article import Document

THRESHOLD = 40
"""Least evidence for an event's day."""


def event_date(
    resolved: Sequence[Resolved], document: Document, page_day: str | None
) -> Resolved | None:
    """Return the mention that dates the main event, or ``None``."""
    best: tuple[int, int, Resolved] | None = None
    for item in resolved:
        score = _evidence(item, document, page_day)
        if score >= THRESHOLD and (best is None or (score, -item.mention.start) > best[:2]):
            best = (score, -item.mention.start, item)
    return best[2] if best else None


def _evidence(item: Resolved, document: Document, page_day: str | None) -> int:
    value = item.value
    if value.precision != "day" or value.role in {"deadline", "law_year"} or value.recurring:
        return 0
    text, start, end = document.text, item.mention.start, item.mention.end
    body_line = item.line - (1 if document.article.body_start else 0)
    score = {-1: 15, 0: 40, 1: 25, 2: 10}.get(body_line, 0)
    if value.cue == "today":
        score += 50
    elif value.cue == "on":
        score += 20
    elif value.cue in {"signed", "since", "asof", "tomorrow"} or value.open_end:
        score -= 60
    head = text[text.rfind("\n", 0, start) + 1 : start]
    if len(_opening().sub("", head)) < 6:
        score += 30
    if value.time is not None:
        score += 15
    if _venue().match(text, end):
        score += 15
    if value.start.unit is None and page_day is not None and value.start.year is not None:
        day = f"{value.start.year:04}-{value.start.month:02}-{value.start.day:02}"
        if day > page_day:
            score -= 35
    return score


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(f"วัน\\S{{0,12}}ที่|วันนี้|เมื่อ|ใน|[(\\s]|{SPACE}")


@cache
def _venue() -> re.Pattern[str]:
    return re.compile(f"\\)?{SPACE}*(?:ที่|ณ)")
