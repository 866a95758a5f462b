"""Is there an article on the page? Error pages, link lists, login walls, empty pages have none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.cleaning.page import has_letters, prose_words
from assembly_extract.types.article import Notice

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Page

_WORD = re.compile(r"[^\W\d_]")
_SENTENCE = 25  # characters of the shortest line that says something
_PROSE_WORDS = 2
_FEW = 3  # lines of a body so short that one joining word makes a sentence of a line
_LONG_SENTENCE = 40
_MENU = {"navigation", "login", "error_page", "media", "section"}  # chrome of pages without a story
_ENOUGH = 120  # characters of body that need no sentence: lists, tables, schedules
_LINE = 30  # mean characters of a line in such a body; menus and link lists have fewer words a line


def why_unusable(page: Page) -> Notice | None:
    """Return why the page holds no article, or ``None`` if it does."""
    body = [line.text for line in page.live() if line is not page.title and _WORD.search(line.text)]
    kinds = {cut.kind for cut in page.cuts}
    if not body and page.title is None and not kinds:
        return Notice("no_article", "empty: there is no text at all")
    if any(len(line) >= _SENTENCE and prose_words(line) >= _PROSE_WORDS for line in body):
        return None
    if len(body) <= _FEW and _is_short_news(page, body):
        return None
    size = sum(map(len, filter(has_letters, body)))
    if size >= _ENOUGH and size >= _LINE * len(body):
        return None
    if "error_page" in kinds:
        return Notice("no_article", "an error page: the article is not there")
    if "login" in kinds:
        return Notice("no_article", "a login wall: the article is for members")
    if "media" in kinds and not body:
        return Notice("no_article", "only a picture, a video or a sound: there is no text")
    if not body and page.title is not None:
        return Notice("no_body", "a headline without a text below it")
    if len(body) > 1 or "navigation" in kinds:
        return Notice("no_article", "a menu or a list of links: no line of it is a sentence")
    return Notice("no_article", "there is no sentence on the page")


def _is_short_news(page: Page, body: list[str]) -> bool:
    """Say whether a few lines are a story: one is a sentence, or there is nothing of a menu."""
    if any(len(line) >= _LONG_SENTENCE and prose_words(line) for line in body):
        return True
    if _MENU & {cut.kind for cut in page.cuts}:
        return False
    return page.title is not None and any(len(line) >= _SENTENCE for line in body)
