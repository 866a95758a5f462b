"""Whether an area's name is only part of another name: a post's, an agency's, a club's."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.recognise.places.lexicon import Hits
    from assembly_extract.recognise.places.words import Words

# An unbroken run of text ends at white space and at these signs.
_BREAK = re.compile(r"[\s,;:()\[\]“”\"'‘’/]")
_ADDRESSED = frozenset({"district", "subdistrict"})  # an agency with a number does not bear these
_FURTHEST = 70  # characters: no name of a body is longer in one run


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(read_toml("places_guards.toml")[name])


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(read_toml("places_guards.toml")[name], key=len, reverse=True))


@cache
def _capital() -> str:
    return str(read_toml("places.toml")["capital"]["word"])


@cache
def _plate() -> re.Pattern[str]:
    """Match a plate up to its province: ทะเบียน 1 กข 2345 กรุงเทพมหานคร, ทะเบียนสระบุรี."""
    words = "|".join(map(re.escape, _words("plates")))
    return re.compile(rf"(?:{words})(?:[^\n]{{0,24}}\d{{1,4}})?\s*$")


@cache
def _surname() -> re.Pattern[str]:
    """Match a name's first half and the particle of its second: อิศรางกูร ณ อยุธยา."""
    words = "|".join(map(re.escape, _words("surname_particles")))
    return re.compile(rf"(?:^|[^\s])[ก-ฮ][ก-๎]+ (?:{words})\s?$")


@cache
def _numbered() -> re.Pattern[str]:
    """Match an agency with its number at the end: ศูนย์อนามัยที่ 1, before a province's name."""
    heads = "|".join(map(re.escape, _words("numbered")))
    apart = "|".join(map(re.escape, _words("numbered_apart")))
    return re.compile(rf"(?!{apart})(?:{heads})[ก-๎]*[ ]?[0-9๐-๙]+[ ]\Z")


class Guard:
    """Asks for one text whether a name is held by another one."""

    def __init__(self, text: str, hits: Hits, words: Words) -> None:
        self._text = text
        self._hits = hits
        self._words = words
        self._openers = sorted((hit.start, hit.end) for hit in hits.openers)

    def holds(self, start: int, end: int, kind: str, *, bare: bool = False) -> bool:
        """Say whether ``text[start:end]``, with its prefix word, is part of a longer name.

        A ``bare`` name has no prefix word: more words before it make it part of a name.
        """
        plate = kind == "province" and _plate().search(self._text[max(0, start - 40) : start])
        left = self._held_left(start, bare=bare, numbered=kind not in _ADDRESSED)
        return bool(plate) or left or self._held_right(end)

    def _held_right(self, end: int) -> bool:
        glued = self._text[end : end + 20]
        return glued.startswith(_words("right")) or glued.lstrip(" ").startswith(
            _words("right_apart")
        )

    def _held_left(self, start: int, *, bare: bool, numbered: bool) -> bool:
        text = self._text
        line, _ = self._words.line_bounds(start)
        if self._ends_holder(start, reach=False, bare=bare):
            return True
        capital = _capital()
        if bare and text.endswith(capital, line, start):  # สภ.เมือง|ขอนแก่น
            held = self._ends_holder(start - len(capital), reach=False, bare=bare)
            return held or self._run_opened(start, line)
        if start > line and text[start - 1] == " ":
            # กองบิน 46 อำเภอเมือง: an agency bears a province's name, a district is its address
            bears = numbered and _numbered().search(text, max(line, start - 40), start)
            return bool(bears) or self._ends_holder(start - 1, reach=True, bare=bare)
        return self._run_opened(start, line)

    def _ends_holder(self, at: int, *, reach: bool, bare: bool) -> bool:
        """Say whether a holder ends at ``at``; over a space only one that ends in a dot."""
        holders = self._hits.holders.get(at)
        return holders is not None and any(
            self._words.is_edge(start)
            and (bare or not only_bare)
            and (not reach or self._text[at - 1] in ".ฯ")
            for start, only_bare in holders
        )

    def _run_opened(self, start: int, line: int) -> bool:
        """Say whether a body's name began in this unbroken run and was not let go since."""
        low = max(line, start - _FURTHEST)
        low = max((gap.end() for gap in _BREAK.finditer(self._text, low, start)), default=low)
        first, stop = bisect_left(self._openers, (low, 0)), bisect_left(self._openers, (start, 0))
        last = max(
            ((a, b) for a, b in self._openers[first:stop] if b <= start and self._words.is_edge(a)),
            default=(0, 0),
        )[1]
        if not last:
            return False
        return not any(
            word in _table("release") for word in self._words.tokens_between(last, start)
        )


def is_surname(text: str, start: int, end: int) -> bool:
    """Say whether a bare name is the end of a surname: … อิศรางกูร ณ อยุธยา."""
    return text[start:end] in _table("surnames") and bool(
        _surname().search(text[max(0, start - 30) : start])
    )
