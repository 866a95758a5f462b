"""The day of the main reported event: the lead's dateline, or nothing.

A record with a wrong main date is worse than one without: a date must be tied to the report by the
grammar of datelines (วันนี้ (…), เมื่อวันที่ …, วันที่ … ที่ … at the head of the lead).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.linking.dates.notation import notation
from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import DIGIT, SPACE, beside, weekday_pattern
from assembly_extract.types.dates import LAW_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.linking.dates.resolving import Resolved
    from assembly_extract.types.article import Document
    from assembly_extract.types.dates import DateValue

THRESHOLD = 45
"""Least evidence for an event's day."""

_PLACES = {-1: 45, 0: 40, 1: 35, 2: 25, 3: 10}
"""Evidence by line: the headline (-1), the lead and the lines after it."""
_DEEP = 0
"""Evidence of a line further down."""
_CUES = {
    "today": 50,
    "yesterday": 45,
    "on": 20,
    "between": 10,
    "signed": -60,
    "asof": -60,
    "since": -50,
    "deadline": -60,
    "until": -60,
    "tomorrow": -20,
}
"""Evidence by the word before a date; a range is not held against ``since`` (ตั้งแต่วันที่ 1-5)."""
_OPENS_PARAGRAPH = 35
_OPENS_LATER = 15
"""The same below the fourth line, where paragraphs tell of single cases."""
_REPEATED = 30
"""A day in two of headline and first three lines: what the page is about, also if yet to come."""
_HAS_TIME = 10
_HAS_VENUE = 10
_ONLY = 10
"""The page's one day, in the lead of a page without a day of its own."""
_PAPER = -30
"""A date right after มติ, ประกาศ or ข้อมูล dates that paper or data, not the report."""
_BEFORE = -40
"""ก่อนหน้านี้ at the head of the paragraph: what was before the report."""
_ANNOUNCED = 25
"""A day to come after กำหนดจัด, ขอเชิญ: the announced event, where nothing else is reported."""
_TOLD = 10
"""เปิดเผยว่า เมื่อวันที่ ...: what the report is about."""
_MET = 10
"""ที่ประชุม… วันที่ …: the day of the meeting that the report is on, on a page without its own day."""
_WORD_ONLY = -10
"""วันนี้ without its day: the page's own day need not be the event's."""
_HAPPENING = 25
"""การลงนามในวันนี้: the word dates what happened."""
_PERIOD_IN_HEADLINE = 45
"""A month, quarter or half-year in the headline: the report is on that period."""
_DISTANCES = ((-1, -30), (4, 20), (15, 10), (61, 0), (366, -30), (1096, -40))
"""Days from the date to publication (below the first number) and their evidence."""
_LONG_AGO = -70


def event_date(
    resolved: Sequence[Resolved], document: Document, page_day: str | None
) -> Resolved | None:
    """Return the mention that dates the main event, or ``None``."""
    repeated = _repeated(resolved)
    ranks = _ranks(document, resolved, page_day)
    scored = []
    for item in resolved:
        score = evidence(item, document, page_day, ranks[item.line])
        if score > 0 and notation(item.value)[0] in repeated:
            score += _REPEATED
        elif page_day is None and ranks[item.line] == 0 and _is_only_day(item, resolved):
            score += _ONLY
        scored.append((score, -item.mention.start, item))
    best = max(scored, key=lambda row: row[:2], default=None)
    if best is None or best[0] < THRESHOLD or _one_of_several(best, scored, page_day):
        return None
    return best[2]


def _is_only_day(item: Resolved, resolved: Sequence[Resolved]) -> bool:
    """Say whether no other day stands on the page, and no word before this one tells what it is."""
    if item.value.precision != "day" or item.value.cue is not None:
        return False
    return not any(
        other.value.precision == "day" and notation(other.value) != notation(item.value)
        for other in resolved
    )


def _one_of_several(
    best: tuple[int, int, Resolved],
    scored: Sequence[tuple[int, int, Resolved]],
    page_day: str | None,
) -> bool:
    """Say whether a line lists ranges that differ in nothing but how far they lie: none is the one.

    งาน... ได้แก่ ภาคใต้ วันที่ 27-30 มิ.ย. ภาคเหนือ วันที่ 16-20 ส.ค. ภาคกลาง วันที่ 22-26 ส.ค.
    """
    score, _, first = best
    if first.value.end is None:
        return False
    grammar = score - _nearness(_days_before(first.value, page_day))
    alike = {
        notation(item.value)[0]
        for points, _, item in scored
        if item.line == first.line
        and item.value.end is not None
        and points - _nearness(_days_before(item.value, page_day)) == grammar
    }
    return len(alike) > _FEW


_FEW = 2
"""Dates of one line that grammar cannot tell apart: more are a list."""


def _repeated(resolved: Sequence[Resolved]) -> set[str]:
    """Return the days that stand in two of the first four lines (headline included)."""
    lines: dict[str, set[int]] = {}
    for item in resolved:
        if item.line < _FIRST_LINES and item.value.precision == "day":
            lines.setdefault(notation(item.value)[0], set()).add(item.line)
    return {edtf for edtf, found in lines.items() if len(found) > 1}


_FIRST_LINES = 4


def _ranks(document: Document, resolved: Sequence[Resolved], page_day: str | None) -> list[int]:
    """Return each line's place: -1 the headline, 0 the lead, then on by lines of some length.

    Short lines do not push the lead down: a contents list, a caption, names one below the other.
    They do where the headline names a period: such reports list single cases in short lines.
    """
    first = -1 if document.article.body_start else 0
    period = any(
        item.line == 0
        and item.value.precision != "day"
        and evidence(item, document, page_day, first) > 0
        for item in resolved
    )
    ranks: list[int] = []
    rank = first
    for start, end in document.lines:
        ranks.append(rank)
        rank += rank < 0 or period or end - start >= _LINE
    return ranks


_LINE = 40
"""Characters of a line that counts where lines are counted."""


def evidence(item: Resolved, document: Document, page_day: str | None, body_line: int) -> int:
    """Return how strongly the page ties a date to its main event; ``body_line`` as in `_ranks`."""
    value = item.value
    if value.recurring or value.role == LAW_YEAR:
        return 0
    if value.precision != "day":
        before = document.text[document.lines[item.line][0] : item.mention.start]
        issue = _issue().search(before) is not None
        return 0 if issue else _period_evidence(value, body_line, page_day)
    text, start, end = document.text, item.mention.start, item.mention.end
    low = max(0, start - _HEAD)
    head = text[max(low, text.rfind("\n", low, start) + 1) : start]
    days = _days_before(value, page_day)
    if value.cue == "today" and days is not None and abs(days) > _SLIP:
        return 0
    if _is_mere_tomorrow(item, text):
        return 0
    nearness = _nearness(days)
    score = _PLACES.get(body_line, _DEEP) + nearness
    if not (value.end is not None and value.cue == "since"):
        score += _CUES.get(value.cue or "", 0)
    if value.open_end:
        score += _CUES["since"]
    opens = start - document.lines[item.line][0] <= _HEAD
    wire = (len(head) <= _CITY and head.strip() and _dash().match(text, end)) or _city().match(head)
    if opens and body_line >= 0 and (wire or len(_opening().sub("", head)) <= _OPENING_REST):
        score += _OPENS_PARAGRAPH if body_line in _PLACES else _OPENS_LATER
    if value.time is not None:
        score += _HAS_TIME
    if _venue().match(text, end):
        score += _HAS_VENUE
    if item.mention.rule.startswith("relative_"):
        score += _WORD_ONLY + (_HAPPENING if _happens().search(head) else 0)
    elif _papers().search(head):
        score += _PAPER
    elif (
        _background().match(head)
        or (value.cue == "on" and _case_on().search(head))
        or _in_case(text, document.lines[item.line][0], start)
    ):
        score += _BEFORE
    elif value.cue == "on" and _tells().search(head):
        score += _TOLD
    elif page_day is None and value.cue is None and _met().search(head):
        score += _MET
    if nearness < 0 and page_day is not None and _announced().search(head[-_CLAUSE:]):
        score += _ANNOUNCED
    return score


def _is_mere_tomorrow(item: Resolved, text: str) -> bool:
    """Say whether พรุ่งนี้ stands without its day: what is reported was said on another."""
    words = read_toml("dates.toml")["cues"]["tomorrow"]
    return item.mention.text in words and _own_day().match(text, item.mention.end) is None


@cache
def _own_day() -> re.Pattern[str]:
    return re.compile(
        f"{SPACE}*[(]?{SPACE}*(?:{beside('day')}\\S{{0,12}}{beside('ordinal')})?{SPACE}*{DIGIT}"
    )


def _period_evidence(value: DateValue, body_line: int, page_day: str | None) -> int:
    """Return the evidence of a month, quarter or half-year: in the headline, and begun."""
    if body_line != -1 or value.start.year is None or value.cue in _NO_PERIOD:
        return 0
    if value.precision == "year" or (value.months is None and value.start.month is None):
        return 0
    first = value.months[0] if value.months is not None else value.start.month or 1
    begun = page_day is None or f"{value.start.year:04}-{max(first, 1):02}" <= page_day
    return _PERIOD_IN_HEADLINE if begun else 0


def _days_before(value: DateValue, page_day: str | None) -> int | None:
    """Return the days from a date to publication: 0 within a range, negative for one to come."""
    first, last = value.start, value.end or value.start
    if page_day is None or first.year is None or last.year is None or first.day is None:
        return None
    page = date.fromisoformat(page_day)
    begins = date(first.year, first.month or 1, first.day)
    ends = date(last.year, last.month or 1, last.day or 1)
    return 0 if begins <= page <= ends else min((page - begins).days, (page - ends).days, key=abs)


def _nearness(days: int | None) -> int:
    """Return the evidence of how far a date lies from the day of publication."""
    if days is None:
        return 0
    return next((points for below, points in _DISTANCES if days < below), _LONG_AGO)


_SLIP = 400
"""Days from publication beyond which the day that the article calls today has a wrong year."""
_NO_PERIOD = frozenset({"deadline", "until", "since", "signed", "asof"})
"""Cues by which a month in the headline is no period reported on (ขยายเวลาถึงสิ้นเดือนกันยายน)."""
_OPENING_REST = 2
"""Characters besides dateline words that may stand before a date that opens its paragraph."""


_CITY = 30
"""Characters of the place that a wire's story begins with: ``สงขลา 19 พ.ย. – …``."""


@cache
def _city() -> re.Pattern[str]:
    """Match a place and the sign that parts it from the day: ``สตูล / 11 มีนาคม 2568 …``."""
    links = f"(?:{_listed('city_links')})?{SPACE}*(?:{_day()})?{SPACE}*"
    return re.compile(f"[ก-๎. ]{{2,{_CITY}}}?{SPACE}*[:/]{SPACE}*{links}\\Z")


@cache
def _dash() -> re.Pattern[str]:
    return re.compile(f"{SPACE}*\\.?{SPACE}*[-–—](?!{SPACE}*{DIGIT})")


@cache
def _opening() -> re.Pattern[str]:
    clock = f"{DIGIT}{{1,2}}[.:]{DIGIT}{{2}}{SPACE}*น\\.?"
    return re.compile(f"{_weekday()}|{_listed('openings')}|{clock}|[(\\s\\-–—]|{SPACE}")


def _day() -> str:
    return beside("day") + beside("ordinal")


def _weekday() -> str:
    """Return a regex of what stands before a day: วันที่, วันศุกร์ที่."""
    return f"{beside('day')}(?:{weekday_pattern()})?{SPACE}*{beside('ordinal')}"


def _listed(name: str) -> str:
    """Return a regex of one word list of ``[event]`` in ``data/dates.toml``."""
    return alternatives(read_toml("dates.toml")["event"][name])


_HEAD = 120
"""Characters before a date, in its line, that are looked at."""
_CLAUSE = 60
"""Characters before a date that can belong to its clause."""


@cache
def _venue() -> re.Pattern[str]:
    return re.compile(f"\\)?{SPACE}*(?:{_listed('venues')})")


@cache
def _papers() -> re.Pattern[str]:
    on = f"(?:{_listed('papers_on')})?{SPACE}*(?:{_day()})?{SPACE}*"
    return re.compile(f"(?:{_listed('papers')})\\S{{0,25}}{SPACE}?{on}\\Z")


@cache
def _met() -> re.Pattern[str]:
    on = f"(?:{_day()})?{SPACE}*"
    return re.compile(f"(?:{_listed('meetings')})\\S{{0,40}}(?:{SPACE}\\S{{1,20}})?{SPACE}{on}\\Z")


@cache
def _announced() -> re.Pattern[str]:
    return re.compile(_listed("announced"))


@cache
def _happens() -> re.Pattern[str]:
    return re.compile(f"(?:{_listed('happenings')})\\S{{0,30}}{SPACE}?ใน\\Z")


@cache
def _background() -> re.Pattern[str]:
    links = f"(?:{_listed('background_links')})?"
    return re.compile(f"{SPACE}*{links}{SPACE}*(?:{_listed('background')})")


def _in_case(text: str, line: int, start: int) -> bool:
    """Say whether a day is that of a case which the report starts from: ``ว่า จากกรณี… 28 มี.ค.``.

    The case ends where ``case_ends`` say so: จากกรณี… เมื่อวันที่ 4 นั้น ล่าสุดวันที่ 5 ….
    """
    low = max(line, start - _CASE)
    for word in read_toml("dates.toml")["event"]["cases"]:
        at = text.rfind(word, low, start)
        if at >= 0 and (at == line or text[low:at].rstrip(" \t").endswith("ว่า")):
            return _case_ends().search(text, at + len(word), start) is None
    return False


_CASE = 300
"""Characters before a day in which the case that it dates may open."""


@cache
def _case_on() -> re.Pattern[str]:
    return re.compile(
        f"(?:{_listed('cases_on')}){SPACE}?{beside('when')}{SPACE}?(?:{_weekday()})?{SPACE}*\\Z"
    )


@cache
def _case_ends() -> re.Pattern[str]:
    return re.compile(_listed("case_ends"))


@cache
def _issue() -> re.Pattern[str]:
    return re.compile(f"(?:{_listed('issues')}){SPACE}*{DIGIT}{{1,5}}[^\n]{{0,12}}\\Z")


@cache
def _tells() -> re.Pattern[str]:
    return re.compile(f"(?:{_listed('tells')}){SPACE}*{beside('when')}{SPACE}*{beside('day')}")
