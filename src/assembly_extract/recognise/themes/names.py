"""Issues that a name tells: laws, plans, projects, assembly resolutions, phrases after a cue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from assembly_extract.recognise.themes.cues import LOOK_BACK
from assembly_extract.recognise.themes.issues import LONGEST, SHORTEST, Issue, run_end, trimmed
from assembly_extract.recognise.themes.lists import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.recognise.themes.cues import Cues

_YEAR = r"พ\.ศ\.\s?(?:[0-9๐-๙]{4}|\.{2,}|…+)"
_LAW_TAIL = re.compile(rf"(?:\s?\(ฉบับที่\s?(?:[0-9๐-๙]+|\.{{2,}}|…+)\))?(?:\s{{1,2}}{_YEAR})?")
_PLAN_TAIL = re.compile(
    r"(?:\s?(?:ฯ|ฉบับที่\s?[0-9๐-๙]+|ระยะที่\s?[0-9๐-๙]+|(?:ระยะ\s?)?[0-9๐-๙]+\s?ปี"
    rf"|\(?{_YEAR}(?:\s?[-–]\s?[0-9๐-๙]{{4}})?\)?))+"
)
_NUMBER = re.compile(r"\s?([0-9๐-๙]+(?:\.[0-9๐-๙]+)?)\s?[):：.]?\s*")
_CONTINUED = re.compile(r"\s?[0-9๐-๙–-]")
"""A number or a dash behind a name: it goes on in a way that is not understood, so it is left."""

_AREA = re.compile(r"[\u0E01-\u0E4E]*")


def law(text: str, start: int, end: int, cues: Cues) -> Iterator[Issue]:
    """Read a law's name after its prefix, with ร่าง before it, edition and year behind it."""
    name = end + 1 if text[end : end + 1] == " " else end
    if cues.not_laws.end(text, name):
        return
    stop = run_end(text, name, cues.law_stops)
    if stop - name < SHORTEST - 2 or text[name : name + 1].isdigit():
        return
    draft = cues.table["law"]["draft"]
    if text.startswith(draft, start - len(draft)):
        start -= len(draft)
    elif text.startswith(draft + " ", start - len(draft) - 1):
        start -= len(draft) + 1
    tail = _LAW_TAIL.match(text, stop)
    yield Issue(start, tail.end() if tail else stop, "law", "law_name", 0.6)


def plan(text: str, start: int, end: int, cues: Cues) -> Iterator[Issue]:
    """Read a plan's or strategy's name: it must carry an edition, a phase or years."""
    stop = run_end(text, end, cues.stops)
    tail = _PLAN_TAIL.match(text, stop)
    if tail is None or not tail.group().strip():
        return
    edition = re.search(r"ฉบับที่\s?([0-9๐-๙]+)", tail.group())
    extra = (("edition", int(edition.group(1))),) if edition else ()
    yield Issue(*trimmed(text, start, tail.end()), "plan", "plan_name", 0.6, extra)


def project(text: str, start: int, end: int, cues: Cues) -> Iterator[Issue]:
    """Read a project's name without quotation marks."""
    if cues.not_names.end(text, end):
        return
    stop = run_end(text, end, cues.stops)
    if stop - end >= SHORTEST + 4 and _whole(text, end, stop, cues):
        yield Issue(start, stop, "project", "project_name", 0.5)


def _whole(text: str, start: int, stop: int, cues: Cues) -> bool:
    """Say whether a name that ends at ``stop`` is whole, as its end and what follows tell."""
    return not (_CONTINUED.match(text, stop) or cues.dangling.search(text, start, stop))


def issue(text: str, start: int, end: int, cues: Cues) -> Iterator[Issue]:
    """Read the phrase after a policy word: ภารกิจการ..., นโยบายการ..., แผนการ...."""
    if cues.body.search(text, max(0, start - LOOK_BACK), start):
        return
    starts = cues.table["names"]["issue_starts"]
    begin = next(end - len(word) for word in starts if text.startswith(word, end - len(word), end))
    stop = run_end(text, begin, cues.stops)
    if stop - begin >= SHORTEST + 6 and _whole(text, begin, stop, cues):
        yield Issue(begin, stop, "policy", "issue_phrase", 0.5)


def ordinal(text: str, start: int, end: int, cues: Cues) -> Iterator[Issue]:
    """Read "ยุทธศาสตร์ที่ 1 ...": the phrase after the number."""
    number = _NUMBER.match(text, end)
    if number is None or "." in number.group(1):
        return
    head = text[start : end - len("ที่")]
    after = text.find(head + "ที่", number.end(), number.end() + LONGEST)
    limit = after if after > 0 else min(len(text), number.end() + LONGEST)
    low, high = phrase(text, number.end(), limit, cues, bounded=after > 0)
    if cues.ends.end(text, low) or cues.continues.end(text, low):
        return
    if SHORTEST <= high - low <= LONGEST and not text[low].isdigit():
        form = cues.table["units"][head]
        extra = (("ordinal", int(number.group(1))),)
        yield Issue(low, high, form, "ordinal_issue", 0.75, extra)


def resolution(text: str, start: int, end: int, cues: Cues) -> Iterator[Issue]:
    """Read "สมัชชาสุขภาพแห่งชาติ ครั้งที่ 14 มติ 3 ...": assembly, session, number and subject.

    The issue is the subject where one follows, else the resolution's own designation.
    """
    table: dict[str, Any] = cues.table["resolution"]
    area = _AREA.match(text, end)
    stop = area.end() if area else end
    named = text[end:stop]
    level = next((level for word, level in table["levels"].items() if named.startswith(word)), None)
    head = re.compile(
        rf"\s*(?:{table['session']}\s?(?P<session>[0-9๐-๙]+))?\s*(?:ได้)?(?:มี)?{table['word']}(?:ที่)?"
        r"\s?(?P<number>[0-9๐-๙]+(?:\.[0-9๐-๙]+)?)?"
    )
    found = head.match(text, stop)
    if found is None or not (found["number"] or found["session"]):
        # A run without blanks swallows "ครั้งที่" and "มติ": look for them inside it.
        return
    extra: list[tuple[str, Any]] = [("assembly", text[start:stop])]
    if level:
        extra.append(("level", level))
    if found["session"]:
        extra.append(("session", int(found["session"])))
    if found["number"]:
        raw = found["number"]
        extra.append(("ordinal", int(raw) if raw.isdigit() else float(raw)))
    subject = re.compile(rf"\s*(?:{'|'.join(table['subject'])})?\s*[:“\"]?").match(
        text, found.end()
    )
    low = subject.end() if subject else found.end()
    low, high = phrase(text, low, min(len(text), low + LONGEST), cues, bounded=False)
    high = next((low + k for k, sign in enumerate(text[low:high]) if sign in '”"'), high)
    if high - low < SHORTEST or cues.ends.end(text, low) or cues.continues.end(text, low):
        low, high = trimmed(text, start, found.end())
    yield Issue(low, high, "resolution", "assembly_resolution", 0.9, tuple(extra))
