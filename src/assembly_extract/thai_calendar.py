"""Thai calendar arithmetic and words: months, weekdays, eras, Thai digits, clock times.

The low level that written dates and the date recogniser share. Words are in
``data/months.toml``. The Buddhist era (พ.ศ., BE) is the Common Era plus 543. Until the end of BE
2483 the Thai year began on 1 April, so that January to March of an old BE year lie one Gregorian
year later in documents of that time; modern texts mix both (see :func:`is_old_new_year`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache
from typing import Any, Literal

from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml

Calendar = Literal["BE", "CE"]

BE_OFFSET = 543
BE_YEARS = range(2300, 2701)
"""Four-digit numbers that are read as Buddhist-era years (1757 to 2157)."""
CE_YEARS = range(1700, 2201)
"""Four-digit numbers that are read as Common-era years."""
SPACE = "[ \\t]"
"""One blank inside a date, as a regex; never a newline. For texts with :func:`plain_blanks`."""
GAP = f"{SPACE}{{0,3}}"
"""Up to three blanks inside a date: pages pad with NBSP and zero-width spaces."""
_WIDE = "\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{NARROW NO-BREAK SPACE}"
_PLAIN = str.maketrans(dict.fromkeys(_WIDE, " "))
DIGIT = "[0-9๐-๙]"
THAI_LETTER = "[ก-ฺเ-๎]"
WIRE_DAY = f"{DIGIT}{{1,2}}{SPACE}?[ก-๎][ก-๎.]{{1,12}}(?:{SPACE}?{DIGIT}{{2,4}})?"
"""The day behind a newswire's city, as a regex that reads no month: ``กทม. 25 เม.ย.-``."""

THAI_KINDS = ("full", "misspelt", "spoken", "short")
KINDS = (*THAI_KINDS, "english")
"""The kinds of month words in ``data/months.toml``."""

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ANY_DIGITS = f"0123456789{THAI_DIGITS}"
_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
_BLANKS = re.compile(SPACE)


def arabic_digits(text: str) -> str:
    """Return ``text`` with Thai digits as ASCII ones; the length stays.

    >>> arabic_digits("๒๙ กันยายน ๒๕๖๔")
    '29 กันยายน 2564'
    """
    return text.translate(_ARABIC)


def be_to_ce(year: int) -> int:
    """Return the Gregorian year of a Buddhist-era year."""
    return year - BE_OFFSET


def is_old_new_year(year: int, month: int | None) -> bool:
    """Say whether a date lies where the two counts of the Thai year differ (before 1941).

    ``year`` is Gregorian. Before the reform that made 1 January 1941 the first day of BE 2484, BE
    years ran from April to March, so January to March of BE 2475 was 1933, not 1932.
    """
    return year < 1941 and month is not None and month <= 3


def year_of(
    digits: str, era: str | None = None, *, thai: bool = True
) -> tuple[int, Calendar] | None:
    """Return the Gregorian year that ``digits`` name, and the calendar they are written in.

    ``era`` is ``BE`` or ``CE`` where the text says so. Two digits are a year of the Buddhist
    century 25xx unless the era or a text that is not Thai (``thai=False``) says CE. None where the
    number is no plausible year.

    >>> year_of("2566"), year_of("๖๖"), year_of("2050"), year_of("23", thai=False)
    ((2023, 'BE'), (2023, 'BE'), (2050, 'CE'), (2023, 'CE'))
    """
    value = int(digits)
    if len(digits) == 2:
        if era == "CE" or (era is None and not thai):
            return (2000 + value, "CE")
        return (be_to_ce(2500 + value), "BE")
    if len(digits) != 4:
        return None
    if era != "CE" and value in BE_YEARS:
        return (be_to_ce(value), "BE")
    if era != "BE" and value in CE_YEARS:
        return (value, "CE")
    return None


def month_length(year: int | None, month: int) -> int:
    """Return the number of days of a month; of February 29 where the year is unknown."""
    return monthrange(year if year is not None else 2000, month)[1]


def is_day(year: int | None, month: int, day: int) -> bool:
    """Say whether the day exists; 29 February does where the year is unknown."""
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def squeezed(word: str) -> str:
    """Return a month, weekday or era word without blanks, dots and ฯ, in lower case.

    >>> squeezed("ก. พ."), squeezed("Sept.")
    ('กพ', 'sept')
    """
    return _BLANKS.sub("", word).replace(".", "").replace("ฯ", "").lower()


@cache
def _months() -> list[dict[str, Any]]:
    return list(read_toml("months.toml")["month"])


@cache
def _month_numbers() -> dict[str, int]:
    return {
        squeezed(word): entry["number"]
        for entry in _months()
        for word in (entry["full"], *(word for kind in KINDS[1:] for word in entry[kind]))
    }


@cache
def _weekday_numbers() -> dict[str, int]:
    return {
        squeezed(word): entry["number"]
        for entry in read_toml("months.toml")["weekday"]
        for word in (*entry["names"], *entry["english"])
    }


@cache
def _eras() -> dict[str, str]:
    table = read_toml("months.toml")["eras"]
    return {squeezed(word): era for era, words in table.items() for word in words}


def month_number(word: str) -> int:
    """Return 1..12 for a month word that :func:`month_pattern` matched (KeyError otherwise).

    >>> [month_number(word) for word in ("กพ.", "ก. พ.", "กุมภาฯ", "กุมภาพันธุ์", "Feb")]
    [2, 2, 2, 2, 2]
    """
    return _month_numbers()[squeezed(word)]


def closest_month(word: str) -> int | None:
    """Return the month that a misspelt word means: one or two wrong letters, no other as close.

    >>> closest_month("พฤจศิกายน"), closest_month("กันยายยน"), closest_month("มาตรการ")
    (11, 9, None)
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - the rare word that no list has

    ranked = sorted(
        (OSA.distance(entry["full"], word, score_cutoff=_WRONG_LETTERS), entry["number"])
        for entry in _months()
    )
    (best, number), (second, _) = ranked[:2]
    return number if best <= _WRONG_LETTERS and best < second else None


_WRONG_LETTERS = 2


def weekday_number(word: str) -> int:
    """Return 1 (Monday) to 7 for a weekday word that :func:`weekday_pattern` matched."""
    return _weekday_numbers()[squeezed(word)]


def era_of(word: str) -> str:
    """Return ``BE`` or ``CE`` for an era word that :func:`era_pattern` matched."""
    return _eras()[squeezed(word)]


def month_words(*kinds: str) -> list[str]:
    """Return the month words of ``kinds``; by default of all kinds."""
    listed: list[str] = []
    for entry in _months():
        for kind in kinds or KINDS:
            listed.extend([entry[kind]] if kind == "full" else entry[kind])
    return listed


def dotted(*words: str) -> str:
    """Return a regex for abbreviations whose dots and blanks may be missing.

    Without its last dot one must not run on into a Thai or Latin letter: ``มี.คน`` is no March.
    """
    joined = alternatives(_JOIN.join(part for part in word.split(".") if part) for word in words)
    inner = joined.replace(re.escape(_JOIN), f"[.{SPACE[1:-1]}]{{0,3}}")
    return f"{inner}(?:{SPACE}?\\.|(?![A-Za-z]|{THAI_LETTER}))"


_JOIN = "\0"
"""Stands between the letters of an abbreviation while its regex is built."""


@cache
def month_pattern(*kinds: str) -> str:
    """Return a regex (no groups) of the month words of ``kinds``; by default of all kinds."""
    parts = []
    for kind in kinds or KINDS:
        words = month_words(kind)
        if kind == "short":
            parts.append(dotted(*words))
        elif kind == "english":
            cased = [*words, *map(str.upper, words)]
            parts.append(f"(?<![A-Za-z]){alternatives(cased)}(?:\\.|(?![A-Za-z]))")
        elif kind == "spoken":
            follows = alternatives(read_toml("months.toml")["beside"]["after_spoken"])
            parts.append(f"{alternatives(words)}(?!(?!{follows}){THAI_LETTER})")
        else:
            parts.append(alternatives(words))
    return f"(?:{'|'.join(parts)})"


def plain_blanks(text: str) -> str:
    r"""Return ``text`` with a plain blank for each NBSP and zero-width space; offsets stay.

    The regex compiler takes a thousand times as long for a class with these as for one without:
    in the patterns of dates they were an eighth of the time that a first article took.

    >>> plain_blanks("20\u00a0ส.ค.\u200b2566")
    '20 ส.ค. 2566'
    """
    return text.translate(_PLAIN) if any(blank in text for blank in _WIDE) else text


def weekday_words(kind: str) -> list[str]:
    """Return the weekday words: ``names`` (Thai) or ``english``."""
    return [word for entry in read_toml("months.toml")["weekday"] for word in entry[kind]]


@cache
def weekday_pattern(kind: str = "names") -> str:
    """Return a regex (no groups) of the weekday words: ``names`` (Thai, in full) or ``english``."""
    words = weekday_words(kind)
    dotted = [word for word in words if word.endswith(".")]
    plain = alternatives([word for word in words if not word.endswith(".")])
    if kind == "english":
        return f"(?i:(?:{plain})(?![A-Za-z])\\.?)"
    return f"(?:{plain}|(?<![.]|{THAI_LETTER})(?:{alternatives(dotted)}))"


@cache
def era_pattern() -> str:
    """Return a regex (no groups) of the era words; dots and blanks may be missing."""
    words = [word for listed in read_toml("months.toml")["eras"].values() for word in listed]
    dotted = [_dotted_era(word) for word in words if "." in word]
    return f"(?:{'|'.join(dotted)}|{alternatives([word for word in words if '.' not in word])})"


def _dotted_era(word: str) -> str:
    return f"\\.?{SPACE}?".join(re.escape(part) for part in word.split(".") if part) + "\\.?"


@cache
def beside(what: str) -> str:
    """Return a word of ``[beside]`` in the data, which stands beside dates: ``day``, ``when``.

    >>> beside("day") + beside("ordinal")
    'วันที่'
    """
    word: str = read_toml("months.toml")["beside"][what]
    return word


def clock_time(hour: str, minute: str = "00", half: str | None = None) -> str | None:
    """Return ``HH:MM``, or None where no clock shows it; ``half`` is the a or p of am and pm.

    >>> clock_time("๙", "30"), clock_time("1", "05", "p"), clock_time("24", "00"), clock_time("29")
    ('09:30', '13:05', '24:00', None)
    """
    hours, minutes = int(hour), int(minute)
    if half is not None:
        hours = hours % 12 + (12 if half in "Pp" else 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        return None
    return f"{hours:02}:{minutes:02}"
