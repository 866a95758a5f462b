"""Where the written forms may begin: one scan for anchors, and at each the few forms that fit.

A form is compiled only where a digit or a date word stands and what it begins with does, too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.matching import StringMatcher, WordsAt, alternatives
from assembly_extract.recognise.dates.forms import (
    SLOT,
    TABLE,
    compile_template,
    forms,
    holidays,
    month_start,
    relative_words,
    slot_patterns,
    words,
)
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import DIGIT, GAP, SPACE, THAI_LETTER, beside, month_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.recognise.dates.forms import Form

_RANGE_REACH = 100
"""Characters within which a range has its second day: no form needs more than 90."""


@cache
def _range_to_day() -> re.Pattern[str]:
    """Return the regex of a range's second half: its forms are the longest, and seldom there."""
    return re.compile(f"{slot_patterns()['to']}{GAP}{DIGIT}")


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
        if not self.regex:
            return True
        begun = _compiled(self.regex).match(text, at)
        return begun is not None and (not self.month_last or _is_month(text, begun.end()))


_NEAR = 20  # characters of a first slot, the blanks behind it, and the word behind these
_LAST_MONTH = "{month}"


@cache
def _opens_with_month() -> re.Pattern[str]:
    """Match the template of a form that begins with a month, perhaps with its word before it."""
    word = beside("month")
    return re.compile(rf"(?:\[{word}\] |<{word} )?\{{(?:month|english|short_month)\}}")


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
def _beginning_with(letter: str, *, month: bool) -> tuple[Beginning, ...]:
    """Return how forms may begin whose first sign is ``letter``, or a digit if that is empty.

    Without a ``month`` they are those that none opens.
    """
    return tuple(
        beginning
        for beginning in _beginnings(digits=not letter)
        if (month or not beginning.month_first)
        and any(not word or word.startswith(letter) for word in beginning.words)
    )


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
    month_first = _opens_with_month().match(template) is not None
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
    for number, slot in enumerate(SLOT.finditer(template)):
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
    points.update([start for start, _, _ in starters().all(text)])
    return sorted(points)


@cache
def _digits() -> re.Pattern[str]:
    joins = {*words("to"), *words("and"), "/", *words("this_month"), "st", "nd", "rd", "th"} - {","}
    signs = (
        f"[{_month_letters()}]|{alternatives(joins)}|,{SPACE}*{DIGIT}"
        f"|(?<={SPACE}){DIGIT}{{1,2}}{SPACE}"
    )
    return re.compile(f"{DIGIT}(?<!{DIGIT}{DIGIT}){DIGIT}{{0,3}}(?={SPACE}*(?:{signs}))")


@cache
def starters() -> StringMatcher[None]:
    """Return the automaton of the words that forms without a leading digit begin with."""
    starters = set(relative_words()) | set(words("starters"))
    starters |= {f"{part}{beside('year')}" for part in words("part")}
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
    month = not digits and (text.startswith(beside("month"), at) or _is_month(text, at))
    near = text[at : at + _NEAR]
    numbers = [
        number
        for beginning in _beginning_with("" if digits else text[at], month=month)
        if beginning.behind in near  # mostly not: the regex is not even compiled
        and text.startswith(beginning.words, at)
        and beginning.begins(text, at)
        for number in beginning.forms
    ]
    no_range: bool | None = None
    listed = forms()
    for number in sorted(numbers):
        form = listed[number]
        if form.to_day:
            if no_range is None:
                no_range = _range_to_day().search(text, at, at + _RANGE_REACH) is None
            if no_range:
                continue
        match = _compiled(form.regex).match(text, at)
        if match is not None:
            yield form, match
