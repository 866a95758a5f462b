"""HTML pages -> a line of text per block, what the markup says of the article, and its chrome.

beautifulsoup4 with lxml parses; what is story and what is not is our own judgement
(:mod:`~.page_story`). Nothing is thrown away but what is never text (scripts, styles, form
controls, hidden elements): the rest of the page stays in ``Page.text``, with marks that the cleaner
turns into recorded removals.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assembly_extract.errors import InputError
from assembly_extract.sources.decoding import decode
from assembly_extract.sources.kinds import DECLARED_IN
from assembly_extract.sources.page_authors import find_authors
from assembly_extract.sources.page_blocks import collect_blocks
from assembly_extract.sources.page_metadata import read_metadata
from assembly_extract.sources.page_story import (
    drop_weak_hints,
    find_container,
    find_headline,
    find_unmarked_headline,
    likeness,
    mark_cards,
    verdicts,
    weigh,
)
from assembly_extract.sources.thai_bytes import thai_codec
from assembly_extract.types.article import Mark, Notice, PageMetadata

if TYPE_CHECKING:
    from assembly_extract.sources.decoding import Decoded
    from assembly_extract.sources.page_blocks import Block
    from assembly_extract.sources.page_story import Verdict

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_SAME = 0.6
_PARAGRAPH = 80  # characters of a first line that is no headline
_SITE_LEAD = re.compile(r"(?P<name>[^:|»«•]{2,60}?)\s*[:|»«•-]+\s+")
_SITE_JOINT = re.compile(r"\s*(?:[|»«•]|::)\s*|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: ``text`` has a line per block, ``marks`` lie on whole lines of it."""

    text: str
    metadata: PageMetadata
    encoding: str
    notices: tuple[Notice, ...] = ()
    marks: tuple[Mark, ...] = ()


def parse_html(
    data: bytes, path: str, encoding: str | None = None, served_as: str | None = None
) -> Page:
    """Parse a page. ``served_as`` is the charset that its server declared, if that is known.

    Raises
    ------
    InputError
        The bytes are no text, or not in the encoding named.

    """
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning  # noqa: PLC0415 - for the first page
    from bs4.exceptions import ParserRejectedMarkup  # noqa: PLC0415

    decoded = _decode_page(data, path, encoding, served_as)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            soup = BeautifulSoup(decoded.text.replace("\0", ""), "lxml")
    except (ParserRejectedMarkup, AssertionError) as error:
        raise InputError(
            path, "parse", "the markup cannot be parsed", "Save the page again, or give its text."
        ) from error
    metadata, titles = read_metadata(soup)
    blocks = collect_blocks(soup)
    weigh(blocks)
    drop_weak_hints(blocks)
    mark_cards(blocks)
    container = find_container(blocks)
    headline = find_headline(blocks, container, titles)
    if headline is None and metadata.sources.get("title") in {None, "<title>"}:
        headline = find_unmarked_headline(blocks, container, titles)
    judged = verdicts(blocks, container, headline)
    if not metadata.authors and (signed := find_authors(soup, blocks, judged, headline, container)):
        sources = metadata.sources | {"authors": signed[1]}
        metadata = replace(metadata, authors=(signed[0],), sources=sources)
    lines = list(zip(blocks.blocks, judged, strict=True))
    title = blocks.blocks[headline].text if headline is not None else None
    if title is not None:
        metadata = _with_publisher(metadata, titles, title)
    elif titles:
        title = _bare_title(titles, metadata)
        named = metadata.sources["title"] != "<title>"
        story = blocks.blocks[blocks.elements[container].first :]
        where = blocks.blocks if named else story  # above the story it may be the site's name
        same = next((block for block in where if likeness(block.text, title) == 1), None)
        if same is not None or named or (story and len(story[0].text) >= _PARAGRAPH):
            lines = _with_title(lines, title, same)
        else:  # the page's title may be its site's name: the story's first lines tell better
            title = None
    text, marks = _text_and_marks(lines)
    window = soup.title.get_text(" ").strip() if soup.title is not None else ""
    cut_short = title is not None and len(window) >= _SAME * len(title)
    apart = bool(window) and (title is None or likeness(window, title) < _SAME or not cut_short)
    return Page(
        text,
        replace(metadata, title=title, window=window if apart else None),
        decoded.encoding,
        decoded.notices,
        marks,
    )


def _decode_page(
    data: bytes, path: str, encoding: str | None, served_as: str | None = None
) -> Decoded:
    """Decode a page by evidence, and check what it declares against that."""
    declared = _CHARSET.search(data[:DECLARED_IN])
    label = declared[1].decode("ascii", "replace") if declared else None
    return decode_declared(data, path, encoding, served_as or label)


def decode_declared(data: bytes, path: str, encoding: str | None, label: str | None) -> Decoded:
    """Decode by evidence; ``label``, a declared charset, helps where that fails, and is checked.

    Raises
    ------
    InputError
        The bytes are no text, or not in the encoding named.

    """
    try:
        decoded = decode(data, path, encoding)
    except InputError:
        if encoding is not None or label is None:
            raise
        return decode(data, path, label)
    if encoding is None and label is not None and not _agree(label, decoded):
        detail = f"the page declares {label}, its bytes are {decoded.encoding}"
        return decoded._replace(notices=(*decoded.notices, Notice("charset_mismatch", detail)))
    return decoded


def _agree(label: str, decoded: Decoded) -> bool:
    if decoded.text.isascii():
        return True
    named = label.lower().replace("_", "-")
    found = decoded.encoding.lower()
    if thai_codec(label) is not None:
        return thai_codec(found) is not None
    return (
        named.removesuffix("-sig") == found.removesuffix("-sig")
        or (named.startswith("utf") and found.startswith(named))
        or named.replace("-", "") == found.replace("-", "").removesuffix("sig")
    )


def _with_publisher(metadata: PageMetadata, titles: list[str], headline: str) -> PageMetadata:
    """Take the site's name from a title that is the headline and something joined to it.

    What stands before the whole headline, as on blogs (``ห้องเรียนริมน้ำ: …``), counts, too.
    """
    if metadata.publisher is not None:
        return metadata
    for title in titles:
        joints = [match.span() for match in _SITE_JOINT.finditer(title)]
        name = ""
        if joints and likeness(title[: joints[-1][0]], headline) >= _SAME:
            name = title[joints[-1][1] :].strip()
        elif title.endswith(headline) and (lead := _SITE_LEAD.match(title)) is not None:
            name = lead["name"] if lead.end() == len(title) - len(headline) else ""
        if name:
            sources = metadata.sources | {"publisher": "<title>"}
            return replace(metadata, publisher=name, sources=sources)
    return metadata


def _bare_title(titles: list[str], metadata: PageMetadata) -> str:
    """Return the best title without the site's name, where another title or field shows it."""
    title = titles[0]
    for start, end in [match.span() for match in _SITE_JOINT.finditer(title)][::-1]:
        head, tail = title[:start].strip(), title[end:].strip()
        if tail and tail == metadata.publisher:
            return head
        if head and head == metadata.publisher:
            return tail
        if head in titles:
            return head
    return title


def _with_title(
    lines: list[tuple[Block, Verdict | None]], title: str, same: Block | None
) -> list[tuple[Block, Verdict | None]]:
    """Put the metadata's title first where no line of the page says it."""
    from assembly_extract.sources.page_blocks import Block  # noqa: PLC0415

    if same is not None:
        return [(block, None if block is same else verdict) for block, verdict in lines]
    return [(Block(title, 0), None), *lines]


def _text_and_marks(lines: list[tuple[Block, Verdict | None]]) -> tuple[str, tuple[Mark, ...]]:
    """Join the blocks to lines; neighbours that go for one reason share a mark."""
    marks: list[Mark] = []
    at = 0
    for block, verdict in lines:
        end = at + len(block.text)
        if verdict is not None:
            last = marks[-1] if marks else None
            if last is not None and (last.end + 1, last.kind, last.rule) == (at, *verdict):
                marks[-1] = last._replace(end=end)
            else:
                marks.append(Mark(at, end, *verdict))
        at = end + 1
    return "\n".join(block.text for block, _ in lines), tuple(marks)
