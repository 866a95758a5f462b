"""Copies: the headline printed again, teasers that the story repeats, leads and captions twice."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.cleaning.keys import DIGITS, keys
from assembly_extract.cleaning.knowledge import phrase_of
from assembly_extract.cleaning.page import has_letters, is_paragraph, prose_words
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import ANY_DIGITS

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page

_TEASERS = 3  # lines after the headline that may be teasers
_SHORTEST_COPY = 12  # letters of a copied line; shorter ones repeat by chance
_LEADS = 2  # paragraphs that may be leads
_SHORTEST_REPEAT = 60  # letters of a lead that stands again below
_WINDOW = 9  # letters of a clause that are looked for in the story at once
_STEP = 3
_RETURNS = 0.75  # share of a clause's windows found elsewhere: it "returns"
_NEARLY_ALL = 0.93  # share of a line found elsewhere, from which ...
_HALF = 0.4  # ... each clause need only be found to this share
_CLAUSE = re.compile(r"\s+")
_PICTURES = 25  # short lines set apart; a page with more of them is a table or a list
_NEWS = 80  # lines of a page with pictures; longer ones are documents with headings and tables
_CAPTION = 60  # characters of a caption
_NAME = re.compile("[ก-์]+ [ก-์]+")
_LEADS_ON = re.compile("[:?!]$|(?:ดังนี้|เช่น|ได้แก่|ประกอบด้วย|คือ|ดังต่อไปนี้|ว่า)$")
_PULL_QUOTES = 20  # of a page: more are the story's own manner
_OPENING = "“\"‘'«"
_QUOTED = re.compile("[“\"‘'«].{10,300}[”\"’'»]")
_BULLET = re.compile(r"[\W\d_]|[0-9๐-๙]+[.)]")


def remove_headline_copies(page: Page) -> None:
    """Take out every further line that is the headline again."""
    title = page.title
    if title is None or len(title.key) < _SHORTEST_COPY:
        return
    reached = title.index + 1
    for line in list(page.live()):
        if line is title or not line.key.endswith(title.key):
            continue
        if line.key != title.key:
            if _is_album_of(line, title):
                page.remove(line, "repeat", "album named after the headline")
            continue
        page.remove(line, "repeat", "headline again")
        between = page.lines[reached : line.index]
        if len(between) <= _BETWEEN and all(_is_label(other) for other in between):
            for other in between:
                page.remove(other, "section", "between the headline and its copy")
        reached = max(reached, line.index + 1)


def remove_headline_pieces(page: Page) -> None:
    """Take out lines right below the headline that are its first words again, cut into lines."""
    title = page.title
    if title is None:
        return
    reached = 0
    for line in page.live():
        if line.index <= title.index:
            continue
        if not line.key or not title.key.startswith(line.key, reached):
            break
        reached += len(line.key)
        page.remove(line, "repeat", "words of the headline again")


def remove_contents(page: Page) -> None:
    """Take out a table of contents: its heading, and the lines below it that stand again as such.

    One line that stands nowhere else ends it; without two there is no table.
    """
    for heading in page.live():
        if heading.template not in _contents():
            continue
        below = [line for line in page.live() if line.index > heading.index]
        again = Counter(_item_key(line) for line in below)
        counts = [again[_item_key(line)] for line in below]
        size = next((n for n, count in enumerate(counts) if count != _TWICE), len(counts))
        listed = below[: len({_item_key(line) for line in below[:size]})]  # up to the headings
        if len(listed) >= _TWICE:
            for line in (heading, *listed):
                page.remove(line, "navigation", "table of contents")
        return


_TWICE = 2


def _item_key(line: Line) -> str:
    """Return the key of a line without the number of a table of contents."""
    return line.key.lstrip(ANY_DIGITS)


@cache
def _contents() -> frozenset[str]:
    return frozenset(keys(word)[1] for word in read_toml("chrome/labels.toml")["contents"]["words"])


def _is_album_of(line: Line, title: Line) -> bool:
    """Say whether words of a site lead to the headline: ``อัลบั้มภาพ 9 ภาพ ของ …``."""
    lead = line.text.removesuffix(title.text).rstrip().removesuffix("ของ").rstrip()
    return lead != line.text and phrase_of(lead, keys(lead)[1]) is not None


def _is_label(line: Line) -> bool:
    """Say whether a line is gone, or short and without a verb and a digit, as sections are."""
    if not line.kept:
        return True
    short = len(line.text) <= _CAPTION and DIGITS.search(line.text) is None
    return short and not prose_words(line.text)


_BETWEEN = 8  # lines between a headline and its copy


def remove_teasers(page: Page) -> None:
    """Take out lines between headline and story that only say what both say.

    A teaser is chrome if every clause of it returns in the headline or below; a line with one
    clause of its own is content and ends the search. Known cost: a first paragraph that the story
    repeats word by word goes, its copy stays.
    """
    if page.title is None:
        return
    after = [line for line in page.live() if line.index > page.title.index]
    for position, line in enumerate(after[:_TEASERS]):
        below = after[position + 1 :]
        if not any(is_paragraph(other.text) for other in below):
            return
        if _is_label_between(page, line):
            continue
        if len(line.key) < _SHORTEST_COPY or not _returns(line, page.title, below):
            return
        page.remove(line, "repeat", "teaser of the story")


def _is_label_between(page: Page, line: Line) -> bool:
    """Say whether a short line without a verb has chrome right above and right below it."""
    if len(line.text) > _CAPTION or page.lines[line.index - 1].kept:
        return False
    below = page.lines[line.index + 1 : line.index + 2]
    return bool(below) and not below[0].kept and not prose_words(line.text)


def _returns(line: Line, title: Line, below: list[Line]) -> bool:
    """Say whether every clause of ``line`` is found in the headline or below.

    A clause returns if nearly all of it stands there; where the line as a whole does, a clause that
    is half there is one in other words. A number that stands nowhere else is always news.
    """
    if title.key.startswith(line.key) or any(line.key in other.key for other in below):
        return True
    elsewhere = "\n".join((title.key, *(other.key for other in below)))
    if any(number not in elsewhere for number in DIGITS.findall(line.key)):
        return False
    clauses = [key for key in (keys(part)[0] for part in _CLAUSE.split(line.text)) if key]
    shares = [_share_found(clause, elsewhere) for clause in clauses]
    whole = sum(share * len(clause) for share, clause in zip(shares, clauses, strict=True))
    if whole >= _NEARLY_ALL * len(line.key):
        return min(shares) >= _HALF
    return min(shares) >= _RETURNS


def _share_found(clause: str, elsewhere: str) -> float:
    """Return the share of the clause's windows of letters that stand elsewhere."""
    if clause in elsewhere:
        return 1.0
    windows = range(0, max(1, len(clause) - _WINDOW + 1), _STEP)
    return sum(clause[at : at + _WINDOW] in elsewhere for at in windows) / len(windows)


def remove_repeats(page: Page) -> None:
    """Take out paragraphs that stand twice: right after each other, as a lead, or in a run.

    Other lines that recur stay: tables, refrains, slogans, standing sentences, a table of contents
    and the headings it lists are the author's.
    """
    seen: dict[str, Line] = {}
    previous: Line | None = None  # the line before that stands
    run: Line | None = None  # the first copy of the line before, if that was taken out
    story = [line for line in page.live() if line is not page.title]
    leads = {line.index for line in story[:_LEADS]}
    for line in story:
        copy = seen.get(line.key)
        size = len(line.key)
        if copy is not None and size >= 2 * _SHORTEST_COPY and not _BULLET.match(line.text):
            adjacent = copy is previous
            lead = copy.index in leads and size >= _SHORTEST_REPEAT
            in_run = run is not None and copy.index == run.index + 1
            if adjacent or lead or in_run:
                page.remove(line, "repeat", "paragraph again")
                run = copy
                continue
        seen.setdefault(line.key, line)
        previous, run = line, None


def remove_pull_quotes(page: Page) -> None:
    """Take out lines that print a quotation of the story again, set apart for the eye."""
    story = [line for line in page.live() if line is not page.title]
    quoted = [line for line in story if len(line.text) <= 300 and line.text[0] in _OPENING]
    for line in quoted[:_PULL_QUOTES]:
        if not (page.markup or _is_set_apart(line, page)):
            continue
        if not _QUOTED.fullmatch(line.text) or len(line.key) < _SHORTEST_COPY:
            continue
        if any(line.key in other.key for other in story if other is not line and other.kept):
            page.remove(line, "repeat", "pull quote")


def remove_captions(page: Page) -> None:
    """Take out short lines that stood under pictures: names and phrases that the story says.

    Sure signs are a person's bare name that the story has with a title, and a phrase that stands
    alone several times. Other lines set apart in the same way, that the story says too, go with
    them. A heading that stands once is none, whatever the story says.
    """
    story = [line for line in page.live() if line is not page.title]
    short = [line for line in story if _may_be_caption(line, page)]
    if not short or len(short) > _PICTURES or len(story) > _NEWS:
        return
    prose = "\n".join(line.text for line in story if len(line.text) > _CAPTION)
    counts = Counter(line.key for line in short)
    # A page's pictures show in white space where they stood, and in the words beside them.
    pictures = any(line.gap for line in short) or any(cut.kind == "media" for cut in page.cuts)
    #  A longer caption that begins with another one counts as its copy: both name one picture's
    # view.
    sure = [
        line
        for line in short
        if _is_bare_name(line.text, prose) or (pictures and _repeats(line, counts))
    ]
    gaps = any(line.gap for line in sure)
    for line in short:
        if line in sure or (gaps and line.gap and line.text in prose):
            page.remove(line, "caption", "caption that the story says")


def remove_numbered_names(page: Page) -> None:
    """Take out short lines that differ in the number at their end: names of a story's pictures.

    ``รณรงค์-01``, ``รณรงค์-02``: the number hangs on the name by a hyphen, as in names of files.
    """
    found = [line for line in page.live() if len(line.text) <= _CAPTION and line is not page.title]
    found = [line for line in found if _NUMBERED.search(line.text)]
    counts = Counter(line.template for line in found)
    for line in found:
        if counts[line.template] > 1 and len(line.template) > _SHORTEST_NAME:
            page.remove(line, "media", "numbered names of pictures")


_NUMBERED = re.compile("[^\\W\\d_][-_][0-9]{1,3}$")
_SHORTEST_NAME = 3  # letters of such a name with its number


def _may_be_caption(line: Line, page: Page) -> bool:
    """Say whether a line is short, no list item or heading, and set apart from the paragraphs."""
    text = line.text
    if not 4 <= len(text) <= _CAPTION or _BULLET.match(text) or _LEADS_ON.search(text):
        return False
    return has_letters(text) and _is_set_apart(line, page)


def _is_set_apart(line: Line, page: Page) -> bool:
    """Say whether blank lines or gallery words stand between a line and the one before it."""
    if line.blank or line.gap:
        return True
    before = page.lines[line.index - 1] if line.index else None
    return before is not None and before.phrase is not None and before.phrase.kind == "media"


def _is_bare_name(text: str, prose: str) -> bool:
    """Say whether ``text`` is two words that the story has with a personal title before them."""
    if not _NAME.fullmatch(text) or text not in prose:
        return False
    return any(f"{title}{text}" in prose or f"{title} {text}" in prose for title in _titles())


def _repeats(line: Line, counts: Counter[str]) -> bool:
    """Say whether a line set apart stands several times, or begins with one that does."""
    if counts[line.key] > 1:
        return len(line.key) >= 4
    return any(
        count > 1 and len(key) >= 8 and line.key.startswith(key) for key, count in counts.items()
    )


@cache
def _titles() -> tuple[str, ...]:
    return tuple(read_toml("chrome/credits.toml")["people"]["titles"])
