"""A parsed page -> blocks of text in order, and the elements that hold them.

The tree is walked with a stack of its own, never by recursion: pages may nest 50,000 elements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from assembly_extract.resources import read_toml
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import Tag

_SPACE = re.compile("[ \t\n\r\f]+")
_WORD = re.compile("[A-Z]?[a-z0-9]+|[A-Z]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_ATTRIBUTE = 2_000  # characters of a class attribute that are read
_DATA_NODES = 200  # nodes of a table row that is data rather than layout
_DATA_CELL = 150  # characters of a table cell that is data rather than layout
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Element:
    """One element of the page. ``first`` and ``last`` bound the blocks inside it (half open)."""

    tag: str
    parent: int
    kind: str | None = None
    rule: str = ""
    words: frozenset[str] = frozenset()
    itemprop: str = ""
    first: int = 0
    last: int = 0
    weight: float = 0.0


@dataclass(slots=True)
class Block:
    """One line of text. ``linked`` counts its characters inside of links; ``element`` holds it."""

    text: str
    element: int
    linked: int = 0
    links: int = 0


@dataclass(slots=True)
class Blocks:
    """The page's blocks and elements, parents before children."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)


@cache
def markup() -> dict[str, Any]:
    """Return ``data/chrome/markup.toml``."""
    return read_toml("chrome/markup.toml")


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(tags) for name, tags in markup()["elements"].items()}


@cache
def _class_kinds() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in markup()["class"]:
        for word in row["words"]:
            table.setdefault(word, row["kind"])
    return table


class _Walker:
    """Collects blocks while the tree is walked; one instance per page."""

    def __init__(self) -> None:
        self.found = Blocks()
        self.pieces: list[str] = []
        self.linked = 0
        self.links = 0
        self.owner = -1  # the element that the text collected so far stands in

    def flush(self) -> None:
        text = _SPACE.sub(" ", "".join(self.pieces)).strip(" ")
        if len(self.pieces) > 1 and len(text) <= _STAMP and _has_date_of_its_own(self.pieces):
            text = _set_apart(self.pieces)
        if text and not text.isspace():
            text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
            self.found.blocks.append(
                Block(text, self.owner, min(self.linked, len(text)), self.links)
            )
        self.pieces = []
        self.linked = 0
        self.links = 0

    def add(self, text: str, owner: int, *, in_link: bool) -> None:
        if not self.pieces:
            self.owner = owner
        self.pieces.append(text)
        if in_link:
            self.linked += len(text.strip())


def _set_apart(pieces: list[str]) -> str:
    """Join pieces, with two blanks where they touch."""
    text = ""
    for piece in (_SPACE.sub(" ", piece) for piece in pieces if piece):
        touches = text and not text[-1].isspace() and not piece[0].isspace()
        text += f"  {piece}" if touches else piece
    return text.strip(" ")


def _has_date_of_its_own(pieces: list[str]) -> bool:
    """Say whether a short block's text has pieces of which one is a day and nothing else.

    ``<b>ทีมข่าว</b><b>19 ต.ค. 2565</b><b>2.1K views</b>``: pages set such pieces apart by their style
    alone, so that author, day and count would run into one word.
    """
    return any(
        (date := find_full_date(piece.strip())) is not None
        and date.start == 0
        and date.end == len(piece.strip())
        for piece in pieces
    )


_STAMP = 120  # characters of a line that dates a page


def collect_blocks(soup: BeautifulSoup) -> Blocks:
    """Walk the page once and return its blocks."""
    from bs4.element import CData, NavigableString, PreformattedString, Tag  # noqa: PLC0415

    sets = _sets()
    walker = _Walker()
    found = walker.found
    found.elements.append(Element("html", -1))
    # a frame: children left, the element that blocks belong to, whether links count, what ends it
    stack = [(iter(soup.children), 0, False, "")]
    while stack:
        children, owner, in_link, ending = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            if ending:
                walker.flush()
                found.elements[owner].last = len(found.blocks)
            continue
        if isinstance(node, Tag):
            name = node.name.lower()
            if name in sets["dropped"] or _is_hidden(node):
                continue
            if name in sets["breaks"]:
                walker.flush()
            elif name in sets["blocks"]:
                is_row = name == "tr" and _is_data_row(node)
                if not (name in {"td", "th"} and ending == "row"):
                    walker.flush()
                    index = _enter(found, node, owner)
                    stack.append((iter(node.children), index, in_link, "row" if is_row else name))
                else:
                    walker.add("  ", owner, in_link=False)
                    stack.append((iter(node.children), owner, in_link, ""))
            elif not _is_unseen(node):
                walker.links += name == "a"
                stack.append((iter(node.children), owner, in_link or name == "a", ""))
        elif isinstance(node, NavigableString) and (
            isinstance(node, CData) or not isinstance(node, PreformattedString)
        ):
            walker.add(str(node), owner, in_link=in_link)
    walker.flush()
    found.elements[0].last = len(found.blocks)
    return found


def _enter(found: Blocks, node: Tag, parent: int) -> int:
    name = node.name.lower()
    words = _words_of(node)
    kind = markup()["element_kinds"].get(name)
    rule = f"<{name}>" if kind else ""
    if kind is None:
        kinds = _class_kinds()
        # in the order of the names, so that the outcome is the same in every run
        for word in sorted(words):
            if word in kinds:
                kind, rule = kinds[word], f"class word {word}"
                break
    itemprop = node.get("itemprop") or ""
    found.elements.append(
        Element(
            name, parent, kind, rule, words, str(itemprop), len(found.blocks), len(found.blocks)
        )
    )
    return len(found.elements) - 1


def _words_of(node: Tag) -> frozenset[str]:
    names: list[str] = []
    for attribute in ("class", "id", "role"):
        value = node.get(attribute)
        if value:
            joined = value if isinstance(value, str) else " ".join(value)
            names.extend(joined[:_LONGEST_ATTRIBUTE].split())
    words = {name.lower() for name in names}
    for name in names:
        words.update(word.lower() for word in _WORD.findall(name))
    builders = markup()["builders"]
    if words.intersection(builders["names"]):
        words.difference_update(builders["parts"])
    return frozenset(words)


def _is_hidden(node: Tag) -> bool:
    if node.has_attr("hidden"):
        return True
    style = node.get("style")
    return isinstance(style, str) and _HIDDEN_STYLE.search(style[:_LONGEST_ATTRIBUTE]) is not None


def _is_unseen(node: Tag) -> bool:
    """Say whether an inline element is for machines and screen readers only, by its class."""
    names = node.get("class")
    return bool(names) and not _unseen().isdisjoint(names or ())


@cache
def _unseen() -> frozenset[str]:
    return frozenset(markup()["hidden"]["inline"])


def _is_data_row(row: Tag) -> bool:
    """Say whether a table row holds short cells of text and no layout."""
    from bs4.element import Tag  # noqa: PLC0415

    layout = _sets()["blocks"] - {"td", "th"}
    size = 0
    # not .descendants: that looks for the row's last descendant first, at the cost of its depth
    queue = list(islice(row.children, _DATA_NODES))
    for node in queue:
        if not isinstance(node, Tag):
            size += len(str(node))
        elif node.name in layout or node.name in {"br", "img"} or len(queue) > _DATA_NODES:
            return False
        else:
            queue.extend(islice(node.children, _DATA_NODES))
    cells = sum(1 for child in row.children if getattr(child, "name", None) in {"td", "th"})
    return cells > 1 and size <= _DATA_CELL * cells
