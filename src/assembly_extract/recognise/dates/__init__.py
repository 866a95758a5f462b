"""Recogniser of dates: Document -> mentions.

One scan finds the places where a date can begin; the forms of ``data/dates.toml`` are tried only
there. What a mention says from its own words is a :class:`~assembly_extract.types.dates.DateValue`;
completing it from other dates of the page is linking.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assembly_extract.recognise.dates import context
from assembly_extract.recognise.dates.beginnings import anchor_points, match_forms
from assembly_extract.recognise.dates.forms import (
    month_start,
    relative_pattern,
    relative_words,
    spoken_month,
)
from assembly_extract.recognise.dates.reading import read_form
from assembly_extract.thai_calendar import plain_blanks
from assembly_extract.types.dates import IMPOSSIBLE, LAW_YEAR, WEAK, DateValue, Moment
from assembly_extract.types.mention import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.recognise.dates.forms import Form
    from assembly_extract.types.article import Document


def recognise_dates(document: Document) -> Iterable[Mention]:
    """Yield the dates of the document, in order, none overlapping another."""
    return find_dates(document.text)


def find_dates(text: str) -> Iterator[Mention]:
    """Yield the dates of a text; offsets are code points into it."""
    plain = plain_blanks(text)
    reached = 0
    for at in anchor_points(plain):
        if at < reached:
            continue
        for mention in _at(plain, at):
            reached = mention.end
            yield replace(mention, text=text[mention.start : reached]) if text != plain else mention


def _at(text: str, at: int) -> Iterator[Mention]:
    """Yield the date, or the list of dates, that begins at ``at``."""
    if _blocked(text, at):
        return
    for form, match in match_forms(text, at):
        if form.needs and not context.needed(text, at, form.needs):
            continue
        if form.month_first and context.is_body(text, at):
            return
        readings = list(read_form(form, match))
        for start, end, value in readings:
            if form.no_year and _is_name(text, start, end):
                continue
            placed = _in_context(text, start, end, form, value)
            # a holiday is a feast before it is a day: alone it needs นี้, or the day itself nearby
            score = WEAK if form.weak and not placed.now else 1.0
            yield Mention(start, end, text[start:end], "date", form.name, score, placed)
        if readings:
            return
    word = _relative(text, at)
    if word is not None:
        yield word


def _blocked(text: str, at: int) -> bool:
    """Say whether what stands before makes a number or word at ``at`` part of something else."""
    previous = text[at - 1] if at else ""
    if text[at].isdigit():
        return previous in ".,/-:" and at > 1 and text[at - 2].isdigit()
    after_number = previous.isdigit() or (previous == " " and text[at - 2 : at - 1].isdigit())
    if not after_number:
        return False
    if text.startswith("ปี", at):  # 5 ปี 64: a duration; แผน 5 ปี 2566-2570 is dated all the same
        return not context.four_digits(text, at + len("ปี"))
    if text.startswith(("เดือน", "ไตรมาส"), at):
        return True
    # 36 เมษายน: neither a day nor a mere month
    return context.short_number_before(text, at) and month_start().match(text, at) is not None


def _is_name(text: str, start: int, end: int) -> bool:
    """Say whether a day and a clipped month name something (ถนน 14 ตุลา) instead of dating it.

    The clipped months (ตุลา, มีนา) count only after วันที่, a weekday or a cue, or before นี้.
    """
    if not spoken_month().search(text, start, end):
        return False
    weekday, cue, _ = context.before(text, start)
    return (
        weekday is None
        and not cue
        and not text.endswith("วันที่ ", 0, start)
        and not text.startswith("นี้", end)
    )


def _relative(text: str, at: int) -> Mention | None:
    """Return the relative word at ``at``, unless its neighbours make it something else.

    Score 1.0 says that the neighbours confirm a date, 0.5 that they do not.
    """
    found = relative_pattern().match(text, at)
    if found is None:
        return None
    row = relative_words()[found[0]]
    head = text[max(0, at - context.BEFORE) : at].rstrip(" ")
    if head.endswith(row.never_before) or text.startswith(row.never_after, found.end()):
        return None
    tail = text[found.end() : found.end() + context.BEFORE].lstrip(" ")
    sure = (
        row.unit != "day"
        or row.offset != 0
        or not head
        or head.endswith(("\n", *row.sure_before))
        or tail.startswith(row.sure_after)
    )
    value = DateValue(
        row.unit.rpartition("_")[2],
        Moment(unit=row.unit, offset=row.offset),
        months=row.months,
        time=context.time_after(text, found.end()) if row.unit == "day" else None,
        role="deadline" if context.before(text, at)[1] == "deadline" else "mentioned",
    )
    score = 1.0 if sure else WEAK
    rule = f"relative_{row.unit}"
    return Mention(at, found.end(), found[0], "date", rule, score, value)


def _in_context(text: str, start: int, end: int, form: Form, value: DateValue) -> DateValue:
    """Add what stands around the date: weekday, time, cue, role."""
    weekday, cue, begins = context.before(text, start)
    following = context.after(text, end)
    time = None
    if value.precision == "day":
        time = context.time_after(text, end) or context.time_before(text, begins)
    return replace(
        value,
        weekday=weekday,
        time=time,
        cue=cue or None,
        role=_role(text, start, form, cue, value),
        open_end=following == "onward" and value.end is None,
        recurring=following == "recurring",
        now=following == "now",
    )


def _role(text: str, start: int, form: Form, cue: str, value: DateValue) -> str:
    if value.role == IMPOSSIBLE:
        return IMPOSSIBLE
    may_be_edition = form.edition is not None and cue not in DATING
    if may_be_edition and context.is_law_year(text, start, in_clause=form.edition == "clause"):
        return LAW_YEAR
    if value.end is not None:
        return "period"
    return "deadline" if cue == "deadline" else "mentioned"


DATING = frozenset({"in", "since", "deadline", "on", "until", "between"})
"""Cues that make a year a date of something, also in a sentence on a law."""
