"""The written forms of ``data/dates.toml``, compiled: one scan for anchors, one trial per anchor.

A template is turned into a regex; all forms joined are tried once where a digit or a date word
stands, and only the form that matched is then matched again with its groups.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from assembly_extract.matching import StringMatcher, WordsAt, alternatives
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import (
    DIGIT,
    GAP,
    SPACE,
    THAI_LETTER,
    era_pattern,
    month_pattern,
    month_words,
    weekday_pattern,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLE = "dates.toml"
_SLOT = re.compile(r"\{(\w+)\}")


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
def _slots() -> dict[str, str]:
    """Return the regex of each slot; ``@`` stands for the group's name."""
    counted = f"(?!{GAP}(?:{alternatives(words('units'))}))"
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
        "years": f"{era}?(?P<@>{DIGIT}{{4}}(?:{GAP}(?:{alternatives(words('and'))}){GAP}(?:ปี{GAP})?"
        f"{DIGIT}{{4}}){{1,14}}){no_digit}",
        "year4": f"(?P<@>{DIGIT}{{4}}){no_digit}",
        "year_short": f"(?P<@>{DIGIT}{{4}}|{DIGIT}{{2}})(?![{DIGIT[1:-1]}/])",
        "year_of": f"{link}{era}?{short}",
        "era_year": f"{era}{short}",
        "decade": f"(?:{era})?(?P<@>{DIGIT}{{3}}[0๐]){no_digit}",
        "quarter": f"(?P<@>[1-4๑-๔]|{alternatives(quarters())}){no_digit}",
        # A line may end after the sign of a range, but a sign that opens a line is a list's.
        "to": f"{to}{GAP}(?:\\n{GAP})?(?:วัน[ก-์]{{2,8}}ที่{GAP}|"
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
    known = _slots() if slots is None else slots
    pieces = []
    at = 0
    for slot in _SLOT.finditer(template):
        pieces.append(_literal(template[at : slot.start()]))
        pieces.append(known[slot[1].rstrip("2")].replace("@", slot[1]))
        at = slot.end()
    pieces.append(_literal(template[at:]))
    return "".join(pieces)


_TO_DAY = "{to} {day2"
_RANGE_REACH = 100
"""Characters within which a range has its second day: no form needs more than 90."""


@cache
def _range_to_day() -> re.Pattern[str]:
    """Return the regex of a range's second half: its forms are the longest, and seldom there."""
    return re.compile(f"{_slots()['to']}{GAP}{DIGIT}")


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


class Beginning(NamedTuple):
    """How some forms begin; ``forms`` are their numbers.

    ``words`` are the fixed words that they open with, ``("",)`` if they open otherwise, ``behind``
    the sign or word that follows their first slot, ``""`` if several may.
    ``month_first`` says that a month opens them, ``month_last`` that one follows what ``regex``
    matches.
    """

    words: tuple[str, ...]
    behind: str
    regex: str
    month_first: bool
    month_last: bool
    forms: tuple[int, ...]

    def begins(self, text: str, at: int) -> bool:
        """Whether one of the forms may stand at ``at``, where its words or its month stand."""
        if self.behind not in text[at : at + _NEAR]:
            return False  # mostly: the regex is not even compiled
        if not self.regex:
            return True
        begun = _compiled(self.regex).match(text, at)
        return begun is not None and (not self.month_last or _is_month(text, begun.end()))


_NEAR = 20  # characters of a first slot, the blanks behind it, and the word behind these
_MONTH = "เดือน"
_OPENS_WITH_MONTH = re.compile(rf"(?:\[{_MONTH}\] |<{_MONTH} )?\{{(?:month|english|short_month)\}}")
_LAST_MONTH = "{month}"


def _is_month(text: str, at: int) -> bool:
    if text[at : at + 3] not in _month_openings():
        opening = text[at : at + _SHORT_REACH]
        letters = opening.replace(".", "").replace(" ", "").replace("\t", "")
        if not letters.startswith(_short_months()):
            return False
    return _whole_months().end(text, at) > 0 or month_start().match(text, at) is not None


_SHORT_REACH = 6
"""Characters within which ก.ค. and its like have their letters, whatever is between them."""


@cache
def _month_openings() -> frozenset[str]:
    """Return the first three signs of the month words, but for those of ก.ค. and its like."""
    english = month_words("english")
    thai = month_words("full", "misspelt", "spoken")
    return frozenset(word[:3] for word in (*thai, *english, *map(str.upper, english)))


@cache
def _short_months() -> tuple[str, ...]:
    return tuple(sorted({word.replace(".", "") for word in month_words("short")}))


@cache
def _whole_months() -> WordsAt:
    """Return the full names of the months."""
    return WordsAt(month_words("full"))


@cache
def _beginnings(*, digits: bool) -> tuple[Beginning, ...]:
    """Return how forms begin.

    One regex of all forms takes longer to compile than an article to read; their beginnings are few
    and small, and most articles need few of the forms themselves. What a few words or a month open
    is not even compiled until they stand there; and the months, the longest part, are in none.
    """
    numbers: dict[str, list[int]] = {}
    for number, (form, entry) in enumerate(zip(forms(), read_toml(TABLE)["form"], strict=True)):
        if _begins_with_digit(form) == digits:
            numbers.setdefault(_beginning(entry["template"]), []).append(number)
    return tuple(_read_beginning(start, tuple(found)) for start, found in numbers.items())


def _read_beginning(template: str, numbers: tuple[int, ...]) -> Beginning:
    month_first = _OPENS_WITH_MONTH.match(template) is not None
    words = _opening_words(template)
    following = re.match(r"{\w+} ?([^\s{}<>|\[\]]+)", template)
    behind = following[1] if following else ""
    if [template] == [read_toml(TABLE)["form"][number]["template"] for number in numbers]:
        return Beginning(words, behind, "", month_first, False, numbers)  # tells itself
    month_last = template.endswith(_LAST_MONTH) and not month_first
    regex = compile_template(template.removesuffix(_LAST_MONTH) if month_last else template)
    if month_last:
        regex += f"(?=[{_month_letters()}])"
    regex = re.sub(r"\(\?P<\w+>", "(?:", regex)
    return Beginning(words, behind, regex, month_first, month_last, numbers)


def _month_letters() -> str:
    """Return the letters that month words begin with, for a class of a regex."""
    return re.escape("".join(sorted({word[0] for word in month_words()})))


def _opening_words(template: str) -> tuple[str, ...]:
    """Return the fixed words that a template opens with; ``("",)`` where it opens with a slot.

    >>> _opening_words("<ปีภาษี|ปี> {year}"), _opening_words("ไตรมาส [ที่] {quarter}")
    (('ปีภาษี', 'ปี'), ('ไตรมาส',))
    >>> _opening_words("{day} {month}"), _opening_words("<เดือน {month}|{full_month}>")
    (('',), ('',))
    """
    fixed = re.match(r"<([^<>{}\[\]]+)>|([^<>{}\[\]\s]+)", template)
    if fixed is None:
        return ("",)
    return tuple(word.split(" ")[0] for word in (fixed[1] or fixed[2]).split("|"))


def _beginning(template: str) -> str:
    """Return a template up to its second slot, or further, where no bracket is open.

    A word behind the first slot is enough.

    >>> _beginning("{day} {month} {year}"), _beginning("ปี[ {year} {to}] {part} {year}")
    ('{day} {month}', 'ปี[ {year} {to}] {part}')
    >>> _beginning("{count} เดือนแรก [ของ|ใน] {year}")
    '{count} เดือนแรก'
    """
    word = re.match(rf"{{\w+}} {THAI_LETTER}{{4,}}", template)
    if word is not None:
        return word[0]
    for number, slot in enumerate(_SLOT.finditer(template)):
        start = template[: slot.end()]
        if number and all(start.count(a) == start.count(b) for a, b in ("[]", "<>")):
            return start
    return template


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    """Compile a form's own regex when a text first needs it: most articles use a few forms."""
    return re.compile(regex)


def _begins_with_digit(form: Form) -> bool:
    return form.name in _DIGIT_FORMS


_DIGIT_FORMS = frozenset(
    entry["name"]
    for entry in read_toml(TABLE)["form"]
    if entry["template"].startswith(("{day}", "{days}", "{blank_days}", "{year4}", "{count}"))
)


def anchor_points(text: str) -> list[int]:
    """Return, in order, where a date can begin: at digits before a month or sign, at date words.

    The words are found by an automaton in one pass, the digits by one small regex; everything else
    of the text is never looked at again.
    """
    points = {match.start() for match in _digits().finditer(text)}
    points.update(match.start for match in starters().all(text))
    return sorted(points)


@cache
def _digits() -> re.Pattern[str]:
    joins = {*words("to"), *words("and"), "/", "นี้", "เดือน", "st", "nd", "rd", "th"} - {","}
    signs = (
        f"[{_month_letters()}]|{alternatives(joins)}|,{SPACE}*{DIGIT}"
        f"|(?<={SPACE}){DIGIT}{{1,2}}{SPACE}"
    )
    return re.compile(f"{DIGIT}(?<!{DIGIT}{DIGIT}){DIGIT}{{0,3}}(?={SPACE}*(?:{signs}))")


@cache
def starters() -> StringMatcher[None]:
    """Return the automaton of the words that forms without a leading digit begin with."""
    starters = set(relative_words()) | set(words("starters"))
    starters |= {f"{part}ปี" for part in words("part")}
    starters |= set(words("festivals")) | set(holidays())
    starters |= set(month_words("full", "misspelt", "english"))
    starters |= {spelling for word in month_words("short") for spelling in _spaced(word)}
    for listed in read_toml("months.toml")["eras"].values():
        starters |= {spelling for word in listed for spelling in _spaced(word)}
    return StringMatcher(dict.fromkeys(sorted(starters)))


def _spaced(word: str) -> set[str]:
    """Return the spellings of an abbreviation that an anchor knows: ``พ.ศ``, ``พ. ศ``, ``พศ.``."""
    if "." not in word:
        return {word}
    parts = [part for part in word.split(".") if part]
    return {".".join(parts), ". ".join(parts), "".join(parts) + "."}


def match_forms(text: str, at: int) -> Iterator[tuple[Form, re.Match[str]]]:
    """Yield the forms that match at ``at``, with their groups, in the table's order."""
    digits = text[at].isdigit()
    month = not digits and (text.startswith(_MONTH, at) or _is_month(text, at))
    numbers = [
        number
        for beginning in _beginnings(digits=digits)
        if (month or not beginning.month_first)
        and text.startswith(beginning.words, at)
        and beginning.begins(text, at)
        for number in beginning.forms
    ]
    no_range: bool | None = None
    for number in sorted(numbers):
        form = forms()[number]
        if form.to_day:
            if no_range is None:
                no_range = _range_to_day().search(text, at, at + _RANGE_REACH) is None
            if no_range:
                continue
        match = _compiled(form.regex).match(text, at)
        if match is not None:
            yield form, match
