"""A page as the line cleaners see it: lines, what was taken from them, what was learnt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import Phrase, phrase_of
from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.types.article import Notice, PageMetadata, Publication

_LINE = re.compile("[^\n]+")
_LETTER = re.compile("[^\\W_]")
PARAGRAPH = 150
"""Characters from which a line is a paragraph, whatever its words."""
PROSE = 70
"""Characters from which a line that reads like prose is a paragraph."""


MANY = 4
"""So many joining words are more than any rule asks for: further ones are not looked for."""


class Cut(NamedTuple):
    """``text[start:end]`` of the repaired text is chrome: what kind, and which rule says so."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(slots=True)
class Line:
    """A line that is not empty; ``text`` is stripped and shrinks as its ends are cut off.

    ``start`` and ``end`` are offsets into the repaired text. ``blank`` counts the empty lines
    before it, ``gap`` tells that one of them held white space, as pages leave where a picture
    stood.
    """

    index: int
    start: int
    end: int
    text: str
    blank: int = 0
    gap: bool = False
    kept: bool = True
    key: str = ""
    template: str = ""
    phrase: Phrase | None = None


@dataclass(slots=True)
class Page:
    """The working state of one article: lines with verdicts, and facts found on the way.

    ``inner`` holds, by the index of the line, those cuts that lie inside of a line that stands; the
    first ``marked`` cuts are what the page's markup shows to be no part of the article. ``story``
    is what ``story_range`` found last, behind the number of cuts and the headline it was found for.
    """

    text: str
    lines: list[Line]
    metadata: PageMetadata
    markup: bool = False
    marked: int = 0
    cuts: list[Cut] = field(default_factory=list)
    inner: dict[int, list[Cut]] = field(default_factory=dict)
    title: Line | None = None
    published: Publication | None = None
    publisher: str | None = None
    section: str | None = None
    slug: str | None = None
    authors: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    story: tuple[int, int, tuple[int, int]] | None = None

    def live(self) -> Iterator[Line]:
        """Yield the lines that stand, in order."""
        return (line for line in self.lines if line.kept)

    def remove(self, line: Line, kind: str, rule: str) -> None:
        """Take a whole line out."""
        if line.kept:
            line.kept = False
            self.cuts.append(Cut(line.start, line.end, kind, rule))

    def cut_inside(self, line: Line, start: int, end: int, kind: str, rule: str) -> None:
        """Take ``line.text[start:end]`` out of the middle of a line."""
        cut = Cut(line.start + start, line.start + end, kind, rule)
        self.cuts.append(cut)
        self.inner.setdefault(line.index, []).append(cut)

    def settle(self, line: Line) -> None:
        """Let a line go of which inner cuts have left nothing."""
        done = line.start
        for cut in sorted(self.inner.get(line.index, ())):
            if self.text[done : min(cut.start, line.end)].strip():
                return
            done = max(done, cut.end)
        line.kept = bool(self.text[done : line.end].strip())

    def cut_start(self, line: Line, size: int, kind: str, rule: str) -> None:
        """Take the first ``size`` characters of a line out, and the white space after them."""
        rest = line.text[size:]
        self.cuts.append(Cut(line.start, line.start + size, kind, rule))
        stripped = rest.lstrip()
        _set(line, line.end - len(stripped), line.end, stripped)
        self._settle_cut(line)

    def cut_end(self, line: Line, size: int, kind: str, rule: str) -> None:
        """Take the last ``size`` characters of a line out, and the white space before them."""
        rest = line.text[:-size]
        self.cuts.append(Cut(line.end - size, line.end, kind, rule))
        stripped = rest.rstrip()
        _set(line, line.start, line.start + len(stripped), stripped)
        self._settle_cut(line)

    def _settle_cut(self, line: Line) -> None:
        if line.kept and line.index in self.inner:
            self.settle(line)


def _set(line: Line, start: int, end: int, text: str) -> None:
    line.start, line.end, line.text = start, end, text
    line.key, line.template = keys(text)
    line.phrase = phrase_of(text, line.template)
    line.kept = bool(text)


def page_of(text: str, metadata: PageMetadata, *, markup: bool = False) -> Page:
    """Split a repaired text into lines; ``markup``: they are the blocks of an HTML page."""
    lines: list[Line] = []
    reached = 0
    gap = False
    for match in _LINE.finditer(text):
        whole = match[0]
        stripped = whole.strip()
        if not stripped:
            gap = True
            continue
        start = match.start() + whole.index(stripped)
        blank = text.count("\n", reached, match.start()) - 1
        line = Line(len(lines), start, start + len(stripped), stripped, max(blank, 0), gap)
        line.key, line.template = keys(stripped)
        line.phrase = phrase_of(stripped, line.template)
        lines.append(line)
        reached, gap = match.end(), False
    return Page(text, lines, metadata, markup)


def has_letters(text: str) -> bool:
    """Say whether a line holds any letter or digit at all."""
    return _LETTER.search(text) is not None


@cache
def _joining_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = read_toml("chrome/prose.toml")
    return (
        re.compile(alternatives(table["words"])),
        re.compile("|".join(map(re.escape, table["english"])), re.IGNORECASE),
    )


@lru_cache(maxsize=256)  # several cleaners ask where the story begins
def prose_words(text: str) -> int:
    """Count the different words in ``text`` that join and carry sentences, up to :data:`MANY`.

    >>> prose_words("นายสมชายกล่าวว่า จะสร้างโรงเรียนให้เสร็จในปีหน้า"), prose_words("หน้าแรก ข่าว กีฬา")
    (4, 0)
    """
    found: set[str] = set()
    thai, english = _joining_words()
    for match in chain(thai.finditer(text), english.finditer(text)):
        found.add(match[0].lower())
        if len(found) == MANY:
            break
    return len(found)


def is_prose(text: str) -> bool:
    """Say whether a line reads like a sentence or more, whatever its place."""
    return len(text) >= 40 and prose_words(text) >= 3


def is_paragraph(text: str) -> bool:
    """Say whether a line is a paragraph of a story: long, or of some length and prose."""
    return len(text) >= PARAGRAPH or (len(text) >= PROSE and prose_words(text[:400]) >= 3)


def tells(text: str) -> bool:
    """Say whether a line is a sentence that goes on with a story: who said what, what came next.

    Headlines of other stories may have as many joining words; they begin and speak otherwise.

    >>> tells("นายใจดี กล่าวว่า จะขยายโครงการไปอีกห้าโรงเรียนภายในปีนี้")
    True
    >>> tells("ชาวบ้านร้องให้รัฐเร่งแก้ปัญหาที่ดินทำกินของชุมชน")
    False
    """
    return is_prose(text) and (
        _telling().search(text) is not None or _narrating().search(text) is not None
    )


def goes_on(text: str) -> bool:
    """Say whether a line speaks like the story's own: ``ทั้งนี้ จะแจ้งผลอีกครั้งภายในสามวัน``.

    Words of menus begin so, too (``สำหรับเจ้าหน้าที่``, ``ด้านสังคม``); they are shorter.
    """
    return len(text) >= _SHORTEST_TOLD and _telling().search(text) is not None


_SHORTEST_TOLD = 30


@cache
def _telling() -> re.Pattern[str]:
    table = read_toml("chrome/prose.toml")
    return re.compile(f"{alternatives(table['speech'])}|^(?:{alternatives(table['goes_on'])})")


@cache
def _narrating() -> re.Pattern[str]:
    return re.compile(alternatives(read_toml("chrome/prose.toml")["narrates"]))


def first(lines: Iterable[Line]) -> Line | None:
    """Return the first line, or ``None``."""
    return next(iter(lines), None)
