"""Many fixed strings: found in one pass by an automaton, or together as one regex."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ahocorasick

Payload = TypeVar("Payload")

_SHARED = -1  # in place of a matcher's number: the string is of several


class Match(NamedTuple, Generic[Payload]):
    """``text[start:end]`` is a known string; ``payload`` is what it was registered with."""

    start: int
    end: int
    payload: Payload


class StringMatcher(Generic[Payload]):
    """Finds every string of a table in a text, at 70 MB/s and more (pyahocorasick).

    >>> matcher = StringMatcher({"เขต": 1, "เขตดินแดง": 2})
    >>> [(m.start, m.end, m.payload) for m in matcher.longest("ที่เขตดินแดง")]
    [(3, 12, 2)]
    """

    def __init__(self, table: Mapping[str, Payload]) -> None:
        self._table = table
        self._told: tuple[str, list[Match[Payload]]] | None = None

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        import ahocorasick  # noqa: PLC0415 - compiled; loaded when first used

        automaton = ahocorasick.Automaton()
        for string, payload in self._table.items():
            automaton.add_word(string, (len(string), payload))
        automaton.make_automaton()
        return automaton

    @property
    def table(self) -> Mapping[str, Payload]:
        """The known strings and what they are registered with."""
        return self._table

    @property
    def strings(self) -> Iterable[str]:
        """The known strings."""
        return self._table.keys()

    def tell(self, text: str, found: list[Match[Payload]]) -> None:
        """Take what :meth:`all` would find in ``text``, as a :class:`JointPass` has found it."""
        self._told = text, found

    def all(self, text: str) -> list[Match[Payload]]:
        """Return every occurrence of every string, overlapping ones too, in order of their ends."""
        if self._told is not None and self._told[0] is text:
            return self._told[1].copy()
        if not self._table:
            return []
        made = tuple.__new__  # as Match(), at half the cost: texts have hundreds of them
        return [
            made(Match, (last + 1 - size, last + 1, payload))
            for last, (size, payload) in self._automaton.iter(text)
        ]

    def longest(self, text: str) -> list[Match[Payload]]:
        """Return the leftmost-longest occurrences, which do not overlap, in order.

        As :func:`leftmost_longest` of :meth:`all`: the ends come in order, so the last string seen
        from a start is its longest. The automaton's own ``iter_long`` misses some of them.
        """
        if self._told is not None and self._told[0] is text:
            return leftmost_longest(self._told[1])
        if not self._table:
            return []
        from_start = {hit[0] - hit[1][0]: hit for hit in self._automaton.iter(text)}
        made = tuple.__new__  # as Match(), at half the cost: texts have hundreds of them
        chosen: list[Match[Payload]] = []
        last = -1  # of the last one chosen
        for before in sorted(from_start):
            if before >= last:
                last, (_, payload) = from_start[before]
                chosen.append(made(Match, (before + 1, last + 1, payload)))
        return chosen


class JointPass:
    """Finds the strings of several matchers, of which one has some, in one walk through a text.

    The walk costs hardly more than that of one of them. :meth:`read` tells each matcher what is its
    own; whoever asks it about the same text, the very object, has its answer without another walk.

    >>> titles, areas = StringMatcher({"นาย": 1}), StringMatcher({"นายาง": 2, "นาย": 3})
    >>> JointPass([titles, areas]).read(text := "ตำบลนายาง")
    >>> [[text[m.start : m.end] for m in matcher.all(text)] for matcher in (titles, areas)]
    [['นาย'], ['นาย', 'นายาง']]
    """

    def __init__(self, matchers: Sequence[StringMatcher[Any]]) -> None:
        self._matchers = matchers

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        import ahocorasick  # noqa: PLC0415 - compiled; loaded when first used

        automaton = ahocorasick.Automaton()
        shared: set[str] = set()  # strings that more than one of them knows
        for number, matcher in enumerate(self._matchers):
            for string, payload in matcher.table.items():
                if not automaton.add_word(string, (len(string), number, payload)):
                    shared.add(string)
        tables = [matcher.table for matcher in self._matchers]
        for string in shared:
            payloads = [(n, table[string]) for n, table in enumerate(tables) if string in table]
            automaton.add_word(string, (len(string), _SHARED, payloads))
        automaton.make_automaton()
        return automaton

    def read(self, text: str) -> None:
        """Find the strings of all matchers in ``text``; tell each matcher what it would find."""
        made = tuple.__new__  # as in StringMatcher.all
        found: list[list[Match[Any]]] = [[] for _ in self._matchers]
        takes = [matches.append for matches in found]
        for last, (size, number, payload) in self._automaton.iter(text):
            end = last + 1
            if number != _SHARED:
                takes[number](made(Match, (end - size, end, payload)))
            else:
                for each, own in payload:
                    takes[each](made(Match, (end - size, end, own)))
        for matcher, matches in zip(self._matchers, found, strict=True):
            matcher.tell(text, matches)


def leftmost_longest(matches: Iterable[Match[Payload]]) -> list[Match[Payload]]:
    """Keep of overlapping matches the one that starts first, and of those the longest."""
    from_start: dict[int, Match[Payload]] = {}
    for match in matches:
        longest = from_start.get(match[0])
        if longest is None or match[1] > longest[1]:
            from_start[match[0]] = match
    chosen: list[Match[Payload]] = []
    reached = 0
    for start in sorted(from_start):
        if start >= reached:
            chosen.append(from_start[start])
            reached = from_start[start][1]
    return chosen


class WordsAt:
    """Finds the words of a list that begin at one place of a text, the longest first.

    As a regex of the words does, at about its cost a look, but with nothing to compile: for lists
    of many words that costs as much as to read an article.

    >>> words = WordsAt(["รอง", "รองอธิบดี", "อธิบดี"])
    >>> words.ends("รองอธิบดีกรม"), words.end("รองอธิบดีกรม", 3), words.end("อธิการบดี")
    ([9, 3], 9, 0)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._least = min(map(len, self._words))
        sizes: dict[str, set[int]] = {}
        for word in self._words:
            sizes.setdefault(word[: self._least], set()).add(len(word))
        self._sizes = {start: sorted(found, reverse=True) for start, found in sizes.items()}

    def ends(self, text: str, at: int = 0) -> list[int]:
        """Return where the words that begin at ``at`` end."""
        sizes = self._sizes.get(text[at : at + self._least])
        if sizes is None:
            return []
        room, words = len(text) - at, self._words
        return [at + size for size in sizes if size <= room and text[at : at + size] in words]

    def end(self, text: str, at: int = 0) -> int:
        """Return where the longest word that begins at ``at`` ends, 0 if none does."""
        sizes = self._sizes.get(text[at : at + self._least])
        if sizes is None:
            return 0  # nearly always
        room, words = len(text) - at, self._words
        for size in sizes:
            if size <= room and text[at : at + size] in words:
                return at + size
        return 0


def least_edits(one: str, other: str) -> int:
    """Return how many edits at the least lead from one word to the other, at a look.

    Most words that are compared differ by more than a slip: no library is loaded to tell that.

    >>> least_edits("สมชาย", "สมศักดิ์"), least_edits("สมชาย", "สมชัย")
    (3, 1)
    """
    return max(abs(len(one) - len(other)), len(set(one) - set(other)))


def alternatives(words: Iterable[str]) -> str:
    """Return a regex that matches any of the words, the longest that fits.

    Words share their beginnings in it (``เม(?:ษา(?:ยน)?)``), so that it compiles and fails fast.

    >>> alternatives(["ตุลา", "ตุลาคม", "มีนา"])
    '(?:ตุลา(?:คม)?|มีนา)'
    """
    ordered = sorted(set(words))
    return _branches(ordered, 0, len(ordered), 0)


def _branches(ordered: list[str], low: int, high: int, at: int) -> str:
    """Return the regex of what follows at ``at`` in ``ordered[low:high]``, alike until there."""
    ends = low < high and len(ordered[low]) == at
    low += ends
    parts = []
    while low < high:
        first, sign = ordered[low], ordered[low][at]
        stop = low + 1
        while stop < high and ordered[stop][at] == sign:
            stop += 1
        if stop - low == 1:
            parts.append(re.escape(first[at:]))
        else:
            shared = at + 1  # the first and the last are alike as far as all of them
            for sign, other in zip(first[shared:], ordered[stop - 1][shared:], strict=False):
                if sign != other:
                    break
                shared += 1
            parts.append(re.escape(first[at:shared]) + _branches(ordered, low, stop, shared))
        low = stop
    if not parts:
        return ""
    if len(parts) == 1 and not ends:
        return parts[0]
    return f"(?:{'|'.join(parts)}){'?' if ends else ''}"
