"""Who signs a page without metadata for it: marked names, a webboard's first poster, footers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.sources.page_blocks import markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bs4 import BeautifulSoup
    from bs4.element import Tag

    from assembly_extract.sources.page_blocks import Blocks
    from assembly_extract.sources.page_story import Verdict

_LONGEST = 50  # characters of a name
_TAGS = 20  # marked names that are looked at
_AFTER_STORY = 3  # blocks after the story among which its footer is
_DEPTH = 12  # elements around a marked name that may say that it signs something else
_DIGIT = re.compile("[0-9๐-๙]")


def find_authors(
    soup: BeautifulSoup,
    page: Blocks,
    judged: Sequence[Verdict | None],
    headline: int | None,
    container: int,
) -> tuple[str, str] | None:
    """Return the name that signs the story and the sign that tells it, or ``None``.

    In this order: ``rel=author`` and class names such as ``author-name``, unless they stand in a
    comment or beside another story; the first cell of a webboard's poster between headline and
    story; a footer right after the story that says who wrote it.
    """
    for tag in _marked(soup):
        name = _name(tag.get_text(" "))
        if name is not None and not _signs_another(tag):
            return name, "author markup"
    if headline is None:
        return None
    cells = frozenset(markup()["authors"]["cells"])
    last = page.elements[container].last
    for number in range(headline + 1, last):
        block, verdict = page.blocks[number], judged[number]
        if verdict is not None and verdict.rule.removeprefix("class word ") in cells:
            name = _name(block.text)
            return (name, "poster") if name is not None else None
    for number in range(headline + 1, min(last + _AFTER_STORY, len(page.blocks))):
        verdict = judged[number]
        if verdict is not None and verdict.kind == "footer":
            signed = _signed().match(page.blocks[number].text)
            if signed is not None:
                return signed["name"], "footer of the story"
    return None


def _marked(soup: BeautifulSoup) -> Iterator[Tag]:
    yield from soup.find_all("a", rel="author", limit=_TAGS)
    yield from soup.find_all("a", href=_author_page(), limit=_TAGS)
    yield from soup.find_all(class_=markup()["authors"]["classes"], limit=_TAGS)


@cache
def _author_page() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, markup()["authors"]["addresses"])))


def _signs_another(tag: Tag) -> bool:
    """Say whether an element around a marked name is a comment, a card or a side column."""
    elsewhere = frozenset(markup()["authors"]["elsewhere"])
    around: Tag | None = tag
    for _ in range(_DEPTH):
        if around is None:
            return False
        classes = around.get("class") or ()
        names = " ".join([around.name, *([classes] if isinstance(classes, str) else classes)])
        if elsewhere & frozenset(re.split(r"[\s_-]+", names.lower())):
            return True
        around = around.parent
    return False


def _name(text: str) -> str | None:
    """Return a text that may be a name, without the words that lead to it."""
    name = _lead().sub("", " ".join(text[: 4 * _LONGEST].split())).strip(" :|-–,")
    return name if 2 <= len(name) <= _LONGEST and not _DIGIT.search(name) else None


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"^(?:{_any_of('leads')})\\s*:?\\s*", re.IGNORECASE)


@cache
def _signed() -> re.Pattern[str]:
    """Return the pattern of a footer: a label, a name, and then a time, a sign or nothing."""
    after = _any_of("after")
    return re.compile(
        f"(?:{_any_of('leads')})\\s*:?\\s+(?P<name>[ก-๎A-Za-z.]{{2,40}}(?:\\s(?!(?:{after})\\s)[ก-๎A-Za-z.]{{2,40}})?)"
        f"(?:\\s+(?:{after})(?![ก-๎])|\\s*[|,•]|\\s+[0-9๐-๙]|\\s*$)",
        re.IGNORECASE,
    )


def _any_of(field: str) -> str:
    words = sorted(markup()["authors"][field], key=len, reverse=True)
    return "|".join(map(re.escape, words))
