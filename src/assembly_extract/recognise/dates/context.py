"""What stands around a date: weekday, clock time, the cue before it, a law's name."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.matching import alternatives
from assembly_extract.recognise.dates.forms import TABLE, compile_template, words
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import (
    DIGIT,
    GAP,
    SPACE,
    THAI_LETTER,
    beside,
    clock_time,
    dotted,
    era_pattern,
    month_pattern,
    weekday_number,
    weekday_pattern,
    weekday_words,
)

BEFORE = 48
"""How many characters before a date are searched for its weekday and cue."""
_THAI = re.compile(THAI_LETTER)
_LAW_REACH = 160
"""A law's name is at most so long; beyond it a year is not its edition."""


@cache
def _weekday_before() -> re.Pattern[str]:
    to = alternatives([*words("to"), *words("and")])
    return re.compile(
        f"(?:(?:วัน{GAP})?{weekday_pattern()}{GAP}(?:{to}){GAP})?"
        f"(?:(?:วัน{GAP})?(?P<weekday>{weekday_pattern()}|{weekday_pattern('english')})"
        f"{GAP}(?:ที่|,)?|วันที่|วัน){GAP}\\Z"
    )


@cache
def _weekday_ends() -> tuple[str, ...]:
    """Return what the window ends with wherever :func:`_weekday_before` matches, in lower case."""
    weekdays = (*weekday_words("names"), *map(str.lower, weekday_words("english")))
    return ("ที่", ",", "วัน", *weekdays, *(f"{word}." for word in weekdays))


def before(text: str, start: int) -> tuple[int | None, str, int]:
    """Return the weekday written before a date, the cue's key (or ``""``) and where that begins."""
    low = max(0, start - BEFORE)
    low = max(low, text.rfind("\n", low, start) + 1)
    window = text[low:start]
    weekday = None
    ends = window.rstrip(" \t").lower().endswith(_weekday_ends())
    found = _weekday_before().search(window) if ends else None
    if found is not None:
        window = window[: found.start()]
        if found["weekday"] is not None:
            weekday = weekday_number(found["weekday"])
    stripped = window.rstrip(" \t(,[:")
    stripped = stripped.removesuffix(_last_word(stripped, _parts()))  # ถึง|สิ้น|เดือนกันยายน
    cue = _last_word(stripped, _cues())
    begins = len(stripped) - len(cue)
    if not cue or (len(cue) == 1 and _THAI.match(stripped, begins - 1)):
        return weekday, "", low + len(window)
    return weekday, _cue_keys()[cue], low + begins


def _last_word(text: str, listed: tuple[str, ...]) -> str:
    """Return the first of the words that ``text`` ends with, ``""`` if it ends with none."""
    if not text.endswith(listed):
        return ""  # mostly
    return next(word for word in listed if text.endswith(word))


@cache
def _four_digits() -> re.Pattern[str]:
    return re.compile(f"{GAP}(?:{era_pattern()}{GAP})?{DIGIT}{{4}}")


def four_digits(text: str, at: int) -> bool:
    """Say whether a year of four digits stands at ``at``, with or without its era."""
    return _four_digits().match(text, at) is not None


def needed(text: str, at: int, words: tuple[str, ...]) -> bool:
    """Say whether one of ``words`` stands right before ``at``, blanks aside."""
    return text[max(0, at - BEFORE) : at].rstrip(" ").endswith(words)


@cache
def _bodies() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return, for each abbreviation that a month and a body share, its regex and its heads'."""
    return tuple(
        (re.compile(dotted(word)), re.compile(f"(?:{alternatives(heads)}){GAP}\\Z"))
        for word, heads in read_toml(TABLE)["bodies"].items()
    )


@cache
def _short_month() -> re.Pattern[str]:
    return re.compile(month_pattern("short"))


def is_body(text: str, at: int) -> bool:
    """Say whether an abbreviated month at ``at`` is a body's name: by its form or the word before.

    Without its inner dot it is one where no day and no เดือน stands before it (กค. พ.ศ. 2562 is the
    Ministry of Finance); known cost: ข้อมูล กพ. 66.
    """
    short = _short_month().match(text, at)
    if short is not None and "." not in short[0].rstrip(" ."):
        return True
    head = text[max(0, at - BEFORE) : at]
    return any(word.match(text, at) and before.search(head) for word, before in _bodies())


def short_number_before(text: str, at: int) -> bool:
    """Say whether a number of one or two digits stands right before ``at``."""
    digits = re.search(f"{DIGIT}+{SPACE}?\\Z", text[max(0, at - 6) : at])
    return digits is not None and len(digits[0].strip()) <= len("31")


@cache
def _cue_keys() -> dict[str, str]:
    return {word: key for key, listed in read_toml(TABLE)["cues"].items() for word in listed}


@cache
def _cues() -> tuple[str, ...]:
    return tuple(sorted(_cue_keys(), key=len, reverse=True))


@cache
def _parts() -> tuple[str, ...]:
    return tuple(sorted(words("part"), key=len, reverse=True))


@cache
def _after() -> re.Pattern[str]:
    table = read_toml(TABLE)["after"]
    kinds = "|".join(f"(?P<{key}>{alternatives(listed)})" for key, listed in table.items())
    return re.compile(f"{GAP}(?:{kinds})")


def after(text: str, end: int) -> str:
    """Return the key of the word of ``[after]`` that follows a date, or ``""``."""
    found = _after().match(text, end)
    return found.lastgroup or "" if found else ""


_CLOCK = f"([01๐๑]?{DIGIT}|[2๒][0-4๐-๔])[.:]([0-5๐-๕]{DIGIT})"


@cache
def _hours() -> str:
    to = alternatives(words("hours_to"))
    span = f"(?:น\\.?)?(?:{GAP}{to}{GAP}{_CLOCK})?"
    return f"{_CLOCK}{GAP}{span}{GAP}น(?:\\.|าฬิกา|(?!{THAI_LETTER}))"


@cache
def _time_after() -> re.Pattern[str]:
    return re.compile(
        f"{GAP}\\)?{GAP}(?:{alternatives(words('hour_links'))}{GAP})?"
        f"(?:{alternatives(words('hour'))}|[,|]){{0,2}}{GAP}(?:{_hours()}|(?P<spoken>{_spoken_clock()}))"
    )


@cache
def _time_before() -> re.Pattern[str]:
    return re.compile(
        f"{beside('clock')}{GAP}(?:{_hours()}|(?P<spoken>{_spoken_clock()})){GAP}"
        f"(?:{alternatives(words('hour_of'))})?{GAP}\\Z"
    )


def time_after(text: str, end: int) -> str | None:
    """Return the clock time bound to the date that ends at ``end``: ``HH:MM`` or a range of two."""
    return _time(_time_after().match(text, end))


def time_before(text: str, start: int) -> str | None:
    """Return the clock time right before a date whose cue begins at ``start``."""
    window = text[max(0, start - BEFORE) : start]
    return _time(_time_before().search(window)) if beside("clock") in window else None


def _time(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    if found["spoken"] is not None:
        return _spoken_time(found["spoken"])
    first = clock_time(found[1], found[2])
    last = clock_time(found[3], found[4]) if found[3] else None
    return f"{first}/{last}" if first and last else first


@cache
def _numbers() -> dict[str, int]:
    return {word: int(value) for word, value in read_toml(TABLE)["numbers"].items()}


@cache
def _clock_words() -> tuple[tuple[str, int], ...]:
    """Return the regexes of the table's clock words, with the hour that each adds to its number."""
    number = f"(?P<n>{alternatives(list(_numbers()))}|1[0-2]|[1-9๑-๙])"
    return tuple(
        (compile_template(entry["template"], {"n": number}), entry["add"])
        for entry in read_toml(TABLE)["clock"]
    )


@cache
def _clock_word(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


@cache
def _spoken_clock() -> str:
    return "|".join(re.sub(r"\(\?P<\w+>", "(?:", regex) for regex, _ in _clock_words())


def _spoken_time(words: str) -> str | None:
    for regex, add in _clock_words():
        found = _clock_word(regex).fullmatch(words)
        if found is not None:
            said = found.groupdict().get("n") or "0"
            return clock_time(str(add + (_numbers().get(said) or int(said))))
    return None


@cache
def _law(key: str) -> re.Pattern[str]:
    heads = alternatives(read_toml(TABLE)["laws"][key])
    if key == "strict":
        return re.compile(f"(?:{heads})\\S{{0,60}}?(?:{SPACE}?\\([^()\\n]{{1,30}}\\))?{SPACE}?\\Z")
    return re.compile(heads)


def is_law_year(text: str, start: int, *, in_clause: bool) -> bool:
    """Say whether a year at ``start`` is the edition of a law named before it.

    ``in_clause`` (พ.ศ. and a year): the law's head must stand in the same line, at most
    ``_LAW_REACH`` characters before. Otherwise (ปี and a year): right before it. Known cost: a
    year that dates something else later in a law's clause.
    """
    low = max(0, start - _LAW_REACH)
    low = max(low, text.rfind("\n", low, start) + 1)
    if in_clause:
        return _law("heads").search(text, low, start) is not None
    head = text[low:start]
    dating = tuple(read_toml(TABLE)["laws"]["dating"])
    return not head.endswith(dating) and _law("strict").search(head) is not None
