"""What stands among known chrome and is no sentence: the rest of widgets, menus and footers.

No list knows every name of a menu, every option of a poll. Between the headline and the story a
short line with chrome right above and right below it is chrome, too; and once a page has begun with
what follows a story (comments, related stories, tags, a footer), what is no sentence belongs to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.cleaning.above_headline import ends_in_phone
from assembly_extract.cleaning.credits import add_authors, is_name, is_signing_office
from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import is_section, is_site_name
from assembly_extract.cleaning.names_above import HEADLINE, is_menu_word
from assembly_extract.cleaning.page import goes_on, is_prose, prose_words
from assembly_extract.cleaning.postal import has_postal_part
from assembly_extract.cleaning.story import story_range

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page

_ENDS = frozenset({"comment_form", "footer", "related", "tags", "login", "cookie"})
"""Kinds of lines that stand behind a story and never inside of one ..."""
_BESIDE = frozenset({"share", "advert", "newsletter", "navigation", "media", "view_count"})
"""... and such as stand in the middle of one, too: two of them, and no item of a list."""
_FEW = 2
_MENU = 2  # lines of chrome above a headline that show a copied page
_SHORTEST_NAME = 6  # letters of a site's or an author's name
_LABEL = 40  # characters of a label among chrome
_ITEM = re.compile(
    "[•◦▪▸►‣●○■□*✅☑✔➤➡👉🔹🔸–—-]|[0-9๐-๙]{1,3}[.):]|[0-9๐-๙]{1,2}[.:][0-9]{2}|[(（]"
)
_YEAR = re.compile("[0-9๐-๙]{4}")  # of a day, misspelt: the story may have no other
_DATED = frozenset({"date_line", "byline", "view_count"})


def take_among_chrome(page: Page) -> None:
    """Take out what is neither known nor a sentence, above the story and below it."""
    if page.title is None:
        return
    story = story_range(page)
    if story[1] < 0:
        return
    kinds = {cut.start: cut.kind for cut in page.cuts}
    _take_names(page, page.title, story)
    _take_between(page, page.title, story[0], kinds)
    # Markup that the story goes on behind, as around a link to another story, ends nothing.
    if page.marked:
        kinds = {cut.start: cut.kind for cut in page.cuts[page.marked :]}
    _take_below(page, page.title, story[1], kinds)


def _take_names(page: Page, title: Line, story: tuple[int, int]) -> None:
    """Take out lines that only name whose page it is: the site, the newsroom, its author."""
    known = [keys(name)[0] for name in (page.publisher, *page.authors) if name]
    for line in page.lines[title.index + 1 : story[0]] + page.lines[story[1] + 1 :]:
        if (
            line.kept
            and len(line.key) >= _SHORTEST_NAME
            and any(name.endswith(line.key) for name in known)
        ):
            page.remove(line, "site_name", "name of the site or its author")


def _take_between(page: Page, title: Line, start: int, kinds: dict[int, str]) -> None:
    """Take out short lines that have chrome right above and right below, before the story.

    So does a newspaper's name right below the headline where the page's day follows.
    """
    for line in page.lines[title.index + 1 : start]:
        if not line.kept or len(line.text) > _LABEL or prose_words(line.text) > 1:
            continue
        above, below = page.lines[line.index - 1], page.lines[line.index + 1]
        if _signs(page, title, line, kinds):
            if is_name(line.text):
                add_authors(page, line.text)
            page.remove(line, "byline", "name beside the page's day")
            continue
        if len(line.text) < HEADLINE and is_menu_word(page, line, title.index):
            page.remove(line, "section", "word of the menu above")
            continue
        if below.kept or _ITEM.match(line.text) or _YEAR.search(line.text):
            continue
        if not above.kept:
            page.remove(line, "navigation", "among chrome above the story")
        elif (
            above is title
            and kinds.get(below.start) in _DATED
            and is_site_name(line.text, sure=True)
        ):
            page.remove(line, "site_name", "name below the headline")


def _signs(page: Page, title: Line, line: Line, kinds: dict[int, str]) -> bool:
    """Say whether a line beside the page's day names a person or an office that signs the story.

    A section, a place and a subject are words that the story has, too; who wrote it hardly is.
    Known cost: a section of two words that no list knows and no line of the story has.
    """
    beside = (page.lines[line.index - 1], page.lines[line.index + 1])
    if all(kinds.get(other.start) != "date_line" for other in beside):
        return False
    words = _words_of_signer(line.text)
    told = [title.text, *(other.text for other in page.live() if other.index > line.index)]
    return bool(words) and not any(word in text for text in told for word in words)


def _words_of_signer(text: str) -> tuple[str, ...]:
    """Return the words of a person's two names, the name of an office that publishes, or none."""
    if is_signing_office(text, after_row=False) and not prose_words(text):
        return (text,)
    if not is_name(text) or is_site_name(text) or has_postal_part(text):
        return ()
    given, family = text.split()[:2]
    if len(given) < _GIVEN or len(family) < _FAMILY or is_section(given) or is_section(family):
        return ()
    return given, family


_GIVEN = 3  # letters of a given name
_FAMILY = 4  # ... and of a family name


def _take_below(page: Page, title: Line, end: int, kinds: dict[int, str]) -> None:
    """Take out what is no sentence behind the lines that end a page.

    Where a menu stands above the headline, the whole page was copied: for a label one such line
    will do. A longer line behind one alone, as an advert inside of a story, may be the story's end.

    Known cost: the story's own short lines there, where a site prints its comments or other stories
    before the end of it.
    """
    ended = beside = 0
    inserted = False
    rules = {cut.start: cut.rule for cut in page.cuts}
    above = sum(not line.kept for line in page.lines[: title.index])
    few = _FEW if above < _MENU else 1
    for line in page.lines[end + 1 :]:
        if not line.kept:
            kind = kinds.get(line.start)
            points = rules.get(line.start, "").removeprefix("after: ").startswith(_POINTER)
            ended += kind in _ENDS and not points
            counts = kind in _BESIDE or points
            beside += counts and (kind not in _INSERTED or not inserted)
            inserted = counts and kind in _INSERTED  # a post or an advert takes several lines
        elif is_prose(line.text) or goes_on(line.text):
            ended = beside = 0
            inserted = False
        elif (
            ended
            or (beside >= few and (_is_label(line.text) or ends_in_phone(line.text)))
            or (beside >= _FEW and not _ITEM.match(line.text))
            or _is_between_chrome(page, line, kinds)
        ):
            page.remove(line, "navigation", "among chrome below the story")


_INSERTED = frozenset({"advert", "media", "newsletter", "related"})
"""Kinds of which several lines in a row are one thing that stands in the middle of a story."""
_POINTER = "pointer"
"""How rules begin that take out a pointer to another story, which stands inside of one as well."""


def _is_label(text: str) -> bool:
    """Say whether a line is short and has no verb: a menu's, not a sentence's."""
    return len(text) <= _LABEL and prose_words(text) <= 1 and _ITEM.match(text) is None


def _is_between_chrome(page: Page, line: Line, kinds: dict[int, str]) -> bool:
    """Say whether a short line below the story has chrome right above and right below it.

    Among telephones it may be whom a story tells its readers to ask, below a row of signs or an
    office the end of the story.
    """
    above, below = page.lines[line.index - 1], page.lines[line.index + 1 : line.index + 2]
    if above.kept or not below or below[0].kept or len(line.text) > _LABEL:
        return False
    if not {kinds.get(above.start), kinds.get(below[0].start)} <= _ENDS | _BESIDE:
        return False
    told = _ITEM.match(line.text) or _YEAR.search(line.text)
    return not told and prose_words(line.text) <= 1
