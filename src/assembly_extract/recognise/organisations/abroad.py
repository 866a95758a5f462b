"""Bodies of other countries: กระทรวงการต่างประเทศญี่ปุ่น is not the Thai ministry."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from operator import attrgetter

from assembly_extract.countries import home_name, other_countries
from assembly_extract.matching import StringMatcher, alternatives
from assembly_extract.recognise.organisations.evidence import ends_word
from assembly_extract.recognise.organisations.lexicon import words
from assembly_extract.tokens import tokenise

_END = attrgetter("end")
_AND = "และ"
_LONGEST = 40  # characters of a country's name
_REACH = 150  # a match ends within: three words before the name, 74 characters, and the name itself


def with_country(text: str, end: int) -> int:
    """Return the end after the country that a body's name goes on with, ``end`` if none does.

    Glued, after แห่ง or ของ, or after a space in its official form (สาธารณรัฐเกาหลี); before it the
    name may go on as no Thai one does: กระทรวงเกษตร ป่าไม้ และประมงญี่ปุ่น.
    """
    names = country_names().all(text)
    first = bisect_right(names, end, key=_END)
    if first == len(names) or names[first].end > end + _REACH:
        return end  # nearly always: the pattern is not even compiled
    found = _country().match(text, end)
    if found is None or not ends_word(text, found.start("name"), found.end()):
        return end
    more = found["more"]
    return found.end() if not more or _is_more(more) else end


def with_pair(text: str, start: int, end: int) -> int:
    """Return the end after the countries that a commission is of: คณะกรรมาธิการร่วม|ไทย - อินเดีย.

    The name ``text[start:end]`` may end with home's.
    """
    home = home_name()
    if not text.startswith(home, end) and not text.endswith(home, start, end):
        return end
    dash = _dash().match(text, end)
    if dash is None:
        return end
    begin = dash.end()
    ends = [n.end for n in country_names().all(text[begin : begin + _LONGEST]) if n.start == 0]
    return begin + max(ends) if ends else end


@cache
def _dash() -> re.Pattern[str]:
    return re.compile(rf"(?:{home_name()})? ?(?:{alternatives(words('abroad', 'dashes'))}) ?")


def of_another_country(text: str, end: int) -> bool:
    """Say whether another country's name follows at once or behind a space: รมว.กลาโหม| สหรัฐฯ."""
    names = country_names().all(text)
    first = bisect_right(names, end, key=_END)
    begin = end + text.startswith(" ", end)
    return any(
        name.start == begin and ends_word(text, begin, name.end)
        for name in names[first:]
        if name.end <= end + _REACH
    )


def _is_more(more: str) -> bool:
    """Say whether the words between are parts of a ministry's name."""
    last = more.rpartition(_AND)[2].strip()
    parts = [last[a:b] for a, b in tokenise(last)]
    joined = words("joins", "joined") | words("abroad", "joined")
    return bool(parts) and parts[0] in joined


@cache
def country_names() -> StringMatcher[None]:
    """Return the names of other countries."""
    parts = sorted(words("abroad", "parts"))
    return StringMatcher(dict.fromkeys([*other_countries(), *parts]))


@cache
def _country() -> re.Pattern[str]:
    names = alternatives(country_names().strings)
    official = alternatives(words("abroad", "official"))
    joint = alternatives(words("abroad", "joints"))
    other = alternatives(words("ends", "heads"))  # another body's name begins there
    word = rf"(?!(?:{_AND})?(?:{other}))[ก-๎]"
    more = rf"(?P<more>(?: {word}{{2,20}}){{0,2}} ?{_AND} ?{word}{{2,25}}?)?"
    gap = rf"(?:{joint}| (?={official}))?"
    before = alternatives(words("abroad", "before"))
    return re.compile(rf"{more}{gap}(?P<name>{before}?(?:{names})ฯ?)")
