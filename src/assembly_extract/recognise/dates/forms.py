"""The written forms of ``data/dates.toml``: their words, and the regex that each template makes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import (
    DIGIT,
    GAP,
    SPACE,
    THAI_LETTER,
    beside,
    era_pattern,
    month_pattern,
    weekday_pattern,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = "dates.toml"
SLOT = re.compile(r"\{(\w+)\}")


class Form(NamedTuple):
    """One written form: its template as a regex, and what the table says of it."""

    name: str
    precision: str
    regex: str
    months: tuple[int, int] | None
    fiscal: bool
    this_unit: str | None
    needs: tuple[str, ...]
    no_year: bool
    month_first: bool
    edition: str | None
    weak: bool
    to_day: bool


def words(name: str) -> list[str]:
    """Return one of the word lists of ``data/dates.toml``."""
    return list(read_toml(TABLE)["words"][name])


class RelativeWord(NamedTuple):
    """A word counted from the day of writing, and the neighbours that decide what it means."""

    unit: str
    offset: int
    never_before: tuple[str, ...]
    never_after: tuple[str, ...]
    sure_before: tuple[str, ...]
    sure_after: tuple[str, ...]
    months: tuple[int, int] | None = None


@cache
def relative_words() -> dict[str, RelativeWord]:
    """Return the relative words, longer ones first."""
    found = {}
    for entry in read_toml(TABLE)["relative"]:
        months = entry.get("months")
        row = RelativeWord(
            entry["unit"],
            entry["offset"],
            tuple(entry.get("never_before", ())),
            tuple(entry.get("never_after", ())),
            tuple(entry.get("sure_before", ())),
            tuple(entry.get("sure_after", ())),
            (months[0], months[1]) if months else None,
        )
        found.update(dict.fromkeys(entry["words"], row))
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


SHIFTS = {"last": -1, "this": 0, "next": 1}
"""The word lists that place a weekday before, in or after the week of writing."""


def relative_units(unit: str) -> list[str]:
    """Return the relative words of one unit."""
    return [word for word, row in relative_words().items() if row.unit == unit]


@cache
def quarters() -> dict[str, int]:
    """Return the words of the quarters with their numbers."""
    return {word: int(number) for word, number in read_toml(TABLE)["quarters"].items()}


@cache
def holidays() -> dict[str, tuple[int, int]]:
    """Return the month and day of each holiday that lies on one day of the calendar."""
    return {
        name: (entry["month"], entry["day"])
        for entry in read_toml(TABLE)["holiday"]
        for name in entry["names"]
    }


@cache
def relative_pattern() -> re.Pattern[str]:
    """Return the regex of the relative words, the longest first."""
    return re.compile(alternatives(list(relative_words())))


@cache
def slot_patterns() -> dict[str, str]:
    """Return the regex of each slot; ``@`` stands for the group's name."""
    # 2 ต.ค. 68 คน counts, 2 ต.ค. 68 คนงาน… does not: a unit is a word of its own
    unit = f"(?:{alternatives(words('units'))})(?!{THAI_LETTER})"
    counted = f"(?!{GAP}(?:{alternatives(words('magnitudes'))}|{unit}))"
    no_digit = f"(?!{DIGIT})"
    after = f"(?!{DIGIT}|[.,:]{DIGIT}|{GAP}%)"
    day = f"(?P<@>[0-3๐-๓]?{DIGIT}){no_digit}(?:st|nd|rd|th)?"
    short = f"['’‘]?(?P<@>{DIGIT}{{4}}{after}|{DIGIT}{{2}}{after}{counted})"
    era = f"(?:(?P<@era>{era_pattern()}){GAP})"
    link = f"(?:{alternatives(words('of_year'))}{GAP})?"
    on = f"(?:{alternatives(words('on_day'))}{GAP})?"
    to = f"(?:{alternatives(words('to'))})"
    month = f"(?P<@>{month_pattern()})(?!{alternatives(words('no_month'))})"
    return {
        "day": day,
        "days": f"(?P<@>{DIGIT}{{1,2}}(?:{GAP}(?:{alternatives(words('and'))}|{to}){GAP}"
        f"{on}{DIGIT}{{1,2}}){{1,14}}){no_digit}",
        # the group's name is that of {days}: both are read alike
        "blank_days": f"(?P<days>{DIGIT}{{1,2}}(?:(?:{SPACE}{{1,3}}|{GAP}(?:"
        f"{alternatives(words('and'))}|{to}){GAP}{on}){DIGIT}{{1,2}}){{1,14}}){no_digit}",
        "month": month,
        "full_month": f"(?P<@>{month_pattern('full')})",
        "english": f"(?P<@>{month_pattern('english')})",
        "short_month": f"(?P<@>{month_pattern('short')})",
        "now": f"(?={GAP}(?:{alternatives(read_toml(TABLE)['after']['now'])}))",
        "number": f"(?P<@>[0-3๐-๓]?{DIGIT}){no_digit}",
        "year": f"{link}{era}?{short}",
        "year_bare": f"{era}?{short}",
        "years": f"{era}?(?P<@>{DIGIT}{{4}}(?:{GAP}(?:{alternatives(words('and'))}){GAP}"
        f"(?:{beside('year')}{GAP})?{DIGIT}{{4}}){{1,14}}){no_digit}",
        "year4": f"(?P<@>{DIGIT}{{4}}){no_digit}",
        "year_short": f"(?P<@>{DIGIT}{{4}}|{DIGIT}{{2}})(?![{DIGIT[1:-1]}/])",
        "year_of": f"{link}{era}?{short}",
        "era_year": f"{era}{short}",
        "decade": f"(?:{era})?(?P<@>{DIGIT}{{3}}[0๐]){no_digit}",
        "quarter": f"(?P<@>[1-4๑-๔]|{alternatives(quarters())}){no_digit}",
        # A line may end after the sign of a range, but a sign that opens a line is a list's.
        "to": f"{to}{GAP}(?:\\n{GAP})?(?:{beside('day')}[ก-์]{{2,8}}{beside('ordinal')}{GAP}|"
        f"{alternatives(words('after_to'))}{GAP})?",
        "part": f"(?:{alternatives(words('part'))})",
        "relative_day": f"(?P<@>{alternatives(relative_units('day'))})",
        "relative_month": f"(?P<@>{alternatives(relative_units('month'))})",
        "relative_year": f"(?P<@>{alternatives(relative_units('year'))})",
        "weekday": f"(?P<@>{weekday_pattern()})",
        "shift": "|".join(f"(?P<{key}>{alternatives(words(key))})" for key in SHIFTS),
        "count": f"(?P<@>{DIGIT}{{1,2}})",
        "festival": f"(?:{alternatives(words('festivals'))})",
        "holiday": f"(?P<@>{alternatives(list(holidays()))})",
        "word": f"(?P<@>{THAI_LETTER}{{5,14}})",
    }


@cache
def spoken_month() -> re.Pattern[str]:
    """Return the regex of a clipped month word that ends a mention."""
    return re.compile(f"{month_pattern('spoken')}\\Z")


@cache
def month_start() -> re.Pattern[str]:
    """Return the regex of a month word, of any kind."""
    return re.compile(month_pattern())


def compile_template(template: str, slots: Mapping[str, str] | None = None) -> str:
    """Turn a template into a regex; a slot's number at its end (``{day2}``) stays in the group."""
    known = slot_patterns() if slots is None else slots
    pieces = []
    at = 0
    for slot in SLOT.finditer(template):
        pieces.append(_literal(template[at : slot.start()]))
        pieces.append(known[slot[1].rstrip("2")].replace("@", slot[1]))
        at = slot.end()
    pieces.append(_literal(template[at:]))
    return "".join(pieces)


_TO_DAY = "{to} {day2"

_SIGNS = {" ": GAP, "[": "(?:", "]": ")?", "<": "(?:", ">": ")", "|": "|"}


def _literal(text: str) -> str:
    return "".join(_SIGNS.get(sign) or re.escape(sign) for sign in text)


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms of the table, in its order, and one for the relative words at the end."""
    return tuple(_form(entry) for entry in read_toml(TABLE)["form"])


def _form(entry: dict[str, Any]) -> Form:
    months = entry.get("months")
    return Form(
        entry["name"],
        entry["precision"],
        compile_template(entry["template"]),
        (months[0], months[1]) if months else None,
        entry.get("fiscal", False),
        next((unit for unit in ("month", "year") if entry.get(f"this_{unit}")), None),
        tuple(entry.get("needs", ())),
        entry.get("no_year", False),
        entry.get("month_first", False),
        entry.get("edition"),
        entry.get("weak", False),
        _TO_DAY in entry["template"],
    )
