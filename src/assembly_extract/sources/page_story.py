"""Which blocks of a page are its story: the judgement by paragraphs, links and markup.

The story's container is the smallest element that still holds most of the page's paragraphs; class
words and elements such as ``<nav>`` say what the rest is. Lists of links and marked parts inside of
the container (share bars, related headlines, captions) are told from the story too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.sources.page_blocks import markup
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.sources.page_blocks import Block, Blocks, Element

_PARAGRAPH = 80  # characters of a block that is a paragraph for sure
_SHORT_PARAGRAPH = 40
_SHORT_WEIGHT = 0.25
_LINKED = 0.4  # share of linked characters from which a block is a link, not a paragraph
_DOMINANT = (
    0.7  # share of a container's weight that one child must hold to be the tighter container
)
_STORY_ELEMENT = 0.35  # share of the page's weight that a marked story element must hold
_TOO_MUCH = 0.4  # a class word on an element with more of the page's text says nothing about it
_LINKS = 0.8  # share of linked characters of a line that is a link
_ABOVE = 4  # blocks above the first paragraph among which an unmarked headline is
_SHORTEST_HEADLINE = 20
_LONGEST_HEADLINE = 250
_CARD = 500  # characters of a card: headline and teaser of another story
_CARD_BLOCKS = 4
_NEAR = 3  # blocks from the story within which its date line may stand
_DATE_LINE = 60
_STAMPS = frozenset({"footer", "share"})
"""Kinds of elements that hold the day of a page, too, where they stand above its story."""
_LIST = 60  # blocks of a list that are looked at
_HOLDER_DEPTH = 6
_LONG = 200  # characters of a linked block that is prose all the same
_LIKENESS = 0.6


@cache
def _letters() -> re.Pattern[str]:
    """Compile when a page needs it: its classes of characters take as long as a text to read."""
    return re.compile("[0-9A-Za-z\u00c0-\u1fff\u3040-\ufdff]+")


class Verdict(NamedTuple):
    """Why a block is no part of the story."""

    kind: str
    rule: str


def weigh(page: Blocks) -> None:
    """Give each element the weight of the paragraphs inside it."""
    every = [None] * len(page.elements)
    for element, weight in zip(page.elements, _summed(page, every), strict=True):
        element.weight = weight


def _summed(page: Blocks, chrome: Sequence[Verdict | None]) -> list[float]:
    """Return for each element the weight of the blocks inside it that are not marked as chrome."""
    weights = [0.0] * len(page.elements)
    for block in page.blocks:
        if chrome[block.element] is None:
            weights[block.element] += _weight(block)
    for index in range(len(page.elements) - 1, 0, -1):  # parents stand before their children
        weights[page.elements[index].parent] += weights[index]
    return weights


def _weight(block: Block) -> float:
    size = len(block.text)
    if size < _SHORT_PARAGRAPH or block.linked > _LINKED * size:
        return 0.0
    return size if size >= _PARAGRAPH else size * _SHORT_WEIGHT


def drop_weak_hints(page: Blocks) -> None:
    """Forget the class words of elements that hold much of the page: layouts, whole stories."""
    total = page.elements[0].weight
    size = sum(len(block.text) for block in page.blocks)
    held = _sizes(page)
    for index, element in enumerate(page.elements):
        if element.kind is None or (element.kind == "navigation" and element.tag == "nav"):
            continue
        heavy = element.weight > _TOO_MUCH * total if total else held[index] > _TOO_MUCH * size
        if heavy:
            element.kind, element.rule = None, ""


def mark_cards(page: Blocks) -> None:
    """Mark the cards of other stories: two or more alike elements that open with a link."""
    cards: dict[int, list[int]] = {}
    for index, element in enumerate(page.elements):
        if element.tag in {"div", "li", "article", "section"} and element.kind is None:
            blocks = page.blocks[element.first : element.last]
            if (
                2 <= len(blocks) <= _CARD_BLOCKS
                and blocks[0].linked > _LINKS * len(blocks[0].text)
                and sum(len(block.text) for block in blocks) < _CARD
            ):
                cards.setdefault(element.parent, []).append(index)
    for alike in cards.values():
        if len(alike) > 1:
            for index in alike:
                page.elements[index].kind = "related"
                page.elements[index].rule = "cards of other stories"


def _sizes(page: Blocks) -> list[int]:
    """Return for each element how many characters the blocks inside it have."""
    reached = [0]
    for block in page.blocks:
        reached.append(reached[-1] + len(block.text))
    return [reached[element.last] - reached[element.first] for element in page.elements]


def find_container(page: Blocks) -> int:
    """Return the index of the element that holds the story (0, the page, if nothing tells)."""
    weights = _summed(page, _chrome_elements(page))
    children: dict[int, list[int]] = {}
    for index, element in enumerate(page.elements):
        children.setdefault(element.parent, []).append(index)
    at, certain = _story_element(page, weights)
    if certain:
        return at
    leaves = frozenset(markup()["elements"]["leaves"])
    while True:
        heaviest = max(
            children.get(at, ()), key=lambda child: (weights[child], -child), default=None
        )
        if heaviest is None or weights[heaviest] < _DOMINANT * weights[at] or not weights[at]:
            return at
        if page.elements[heaviest].tag in leaves or _has_company(page, at, heaviest, children):
            return at
        at = heaviest


def _chrome_elements(page: Blocks, container: int = -1) -> list[Verdict | None]:
    """Return for each element the verdict that it, or else the nearest element around it, carries.

    Inside of ``container`` what stands around the container does not count.
    """
    verdicts: list[Verdict | None] = []
    for index, element in enumerate(page.elements):
        if index == container or element.parent < 0:
            verdicts.append(None)
        elif element.kind is not None:
            verdicts.append(Verdict(element.kind, element.rule))
        else:
            verdicts.append(verdicts[element.parent])
    return verdicts


def _story_element(page: Blocks, weights: list[float]) -> tuple[int, bool]:
    """Return the heaviest element that the markup names as a story, or the page.

    The second value says that the element is the story's text itself (``itemprop=articleBody``).
    """
    story = markup()["story"]
    props, words = frozenset(story["itemprops"]), frozenset(story["words"])
    best, rank = 0, (0, 0.0)
    for index, element in enumerate(page.elements):
        if weights[index] < _STORY_ELEMENT * weights[0] or not weights[index]:
            continue
        if element.itemprop in props:
            grade = 3
        elif element.tag == "article":
            grade = 2
        elif element.tag == "main" or "main" in element.words or len(words & element.words) > 1:
            grade = 1
        else:
            continue
        if (grade, weights[index]) > rank:
            best, rank = index, (grade, weights[index])
    return best, rank[0] == 3


def _has_company(page: Blocks, at: int, heaviest: int, children: dict[int, list[int]]) -> bool:
    """Say whether parts of the story stand beside the heaviest child: paragraphs, lists, tables."""
    beside = frozenset(markup()["elements"]["beside"])
    for child in children.get(at, ()):
        element = page.elements[child]
        alike = (
            element.tag == page.elements[heaviest].tag
            and element.tag in {"div", "section"}
            and element.weight >= _PARAGRAPH
        )
        if child == heaviest or element.kind is not None or not (alike or element.tag in beside):
            continue
        blocks = page.blocks[element.first : min(element.last, element.first + _LIST)]
        size = sum(len(block.text) for block in blocks)
        linked = sum(block.linked for block in blocks)
        if element.tag not in beside and linked:
            continue  # a division with links is a teaser, one without is a part of the story
        if size >= _SHORT_PARAGRAPH and linked < _LINKED * size:
            return True
    return False


def find_headline(page: Blocks, container: int, titles: list[str]) -> int | None:
    """Return the block that is the headline: the heading most like the metadata's title.

    Without a title the last ``h1`` (or else ``h2``) that begins before the story's first paragraph.
    """
    story = page.elements[container]
    candidates = [
        (number, block)
        for number, block in enumerate(page.blocks)
        if number <= story.last and _heading_level(page, block)
    ]
    for title in titles:
        rated = [
            (likeness(block.text, title), -_heading_level(page, block), -number, number)
            for number, block in candidates
        ]
        best = max(rated, default=None)
        if best is not None and best[0] >= _LIKENESS:
            return best[3]
    paragraph = next(
        (
            number
            for number in range(story.first, story.last)
            if _weight(page.blocks[number]) >= _PARAGRAPH
            and not _heading_level(page, page.blocks[number])
        ),
        story.last,
    )
    before = [(number, block) for number, block in candidates if number < paragraph]
    for level in (1, 2, 3):
        found = [number for number, block in before if _heading_level(page, block) == level]
        if found:
            return found[-1]
    return None


def find_unmarked_headline(page: Blocks, container: int, titles: list[str]) -> int | None:
    """Return the block above the story that is its headline where no markup says so.

    Pages of tables have it in bold above the date. The block like the window's title is sure; else
    the nearest one that is no link, no date and no label, a few blocks above the first paragraph.
    """
    story = page.elements[container]
    first = next(
        (n for n in range(story.first, story.last) if len(page.blocks[n].text) >= _PARAGRAPH),
        story.first,
    )
    above = range(first - 1, max(-1, first - 1 - _ABOVE), -1)
    for title in titles:
        for number in above:
            below = page.blocks[number + 1]
            menu = below.linked > _LINKED * len(below.text)  # then it is the site's own name
            if not menu and likeness(page.blocks[number].text, title) >= _LIKENESS:
                return number
    chrome = _chrome_elements(page, container)
    for number in above:
        block = page.blocks[number]
        size = len(block.text)
        if block.linked or chrome[block.element] is not None or size > _LONGEST_HEADLINE:
            return None
        if size >= _SHORTEST_HEADLINE and find_full_date(block.text) is None:
            return _above_the_day(page, number) or number
    return None


def _above_the_day(page: Blocks, number: int) -> int | None:
    """Return the block above the page's day where that stands right above this one, a caption's."""
    if number < 2 or not _may_date(page.blocks[number - 1]):
        return None
    above = page.blocks[number - 2]
    headline = _SHORTEST_HEADLINE <= len(above.text) <= _LONGEST_HEADLINE and not above.linked
    return number - 2 if headline and find_full_date(above.text) is None else None


def _heading_level(page: Blocks, block: Block) -> int:
    """Return 1..6 for a block inside of a heading (``itemprop=headline`` counts as 1), else 0."""
    index = block.element
    for _ in range(4):  # a heading's text may stand in a link or a span of its own
        if index < 0:
            break
        element = page.elements[index]
        if element.itemprop in {"headline", "name"} and element.tag != "meta":
            return 1 if element.itemprop == "headline" else 0
        if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1] in "123456":
            return int(element.tag[1])
        index = element.parent
    return 0


def likeness(text: str, title: str) -> float:
    """Return how much two headlines share: the shorter's part of the longer, 0 if none."""
    one, other = ("".join(_letters().findall(t)).casefold() for t in (text, title))
    short, long = sorted((one, other), key=len)
    if len(short) < 5:
        return 1.0 if short and short == long else 0.0
    if short in long:
        return max(len(short) / len(long), _LIKENESS if long.startswith(short) else 0.0)
    shared = 0
    for left, right in zip(short, long, strict=False):
        if left != right:
            break
        shared += 1
    return shared / len(long)


def verdicts(page: Blocks, container: int, headline: int | None) -> list[Verdict | None]:
    """Return for each block why it is no part of the story, or ``None`` if it may be one."""
    chrome = _chrome_elements(page, container)
    story = page.elements[container]
    begins = story.first if headline is None else min(story.first, headline)
    told = next(
        (n for n in range(story.first, story.last) if len(page.blocks[n].text) >= _PARAGRAPH),
        story.first,
    )
    found: list[Verdict | None] = []
    for number, block in enumerate(page.blocks):
        marked = chrome[block.element]
        if number == headline or (
            marked is not None
            and marked.kind in _STAMPS
            and begins < number < told
            and _may_date(block)
        ):
            found.append(None)
        elif story.first <= number < story.last:
            before = headline is not None and number < headline
            found.append(marked or _by_links(page, block, before_headline=before))
        elif begins < number < story.first:  # between headline and story: dates and bylines
            found.append(marked)
        else:
            near = min(abs(number - begins), abs(number - story.last)) <= _NEAR
            if marked is None and near and _may_date(block):
                found.append(None)
                continue
            outside = "before the story" if number < story.first else "after the story"
            found.append(marked or Verdict("navigation", outside))
    return found


def _may_date(block: Block) -> bool:
    """Say whether a block right outside of the story may be the line that dates it."""
    return len(block.text) <= _DATE_LINE and find_full_date(block.text) is not None


def _by_links(page: Blocks, block: Block, *, before_headline: bool) -> Verdict | None:
    """Judge an unmarked block inside of the container by its links."""
    size = len(block.text)
    if block.linked <= _LINKS * size or size >= _LONG:
        return None
    if before_headline:
        return Verdict("navigation", "links before the headline")
    holder = _holder(page, block)
    if holder is not None and _is_link_list(page, holder):
        return Verdict("related", "list of links")
    if block.links and size < 2 * _PARAGRAPH:
        return Verdict("related", "line that is a link")
    return None


def _holder(page: Blocks, block: Block) -> Element | None:
    """Return the list, table or division that holds a block, looking a few elements up."""
    index = block.element
    for _ in range(_HOLDER_DEPTH):
        if index < 0:
            break
        element = page.elements[index]
        if element.tag in {"ul", "ol", "table", "div", "section"}:
            return element
        index = element.parent
    return None


def _is_link_list(page: Blocks, holder: Element) -> bool:
    blocks = page.blocks[holder.first : min(holder.last, holder.first + _LIST)]
    size = sum(len(block.text) for block in blocks)
    return len(blocks) > 1 and sum(block.linked for block in blocks) > 0.6 * size
