"""The line cleaners, in the order in which they run: :data:`CLEANERS`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.cleaning.among_chrome import take_among_chrome
from assembly_extract.cleaning.date_lines import read_date_line
from assembly_extract.cleaning.headline import find_headline
from assembly_extract.cleaning.knowledge import label_of
from assembly_extract.cleaning.markdown import remove_pictures
from assembly_extract.cleaning.page import has_letters
from assembly_extract.cleaning.page_dates import take_date_lines
from assembly_extract.cleaning.repeats import (
    remove_captions,
    remove_contents,
    remove_headline_copies,
    remove_headline_pieces,
    remove_numbered_names,
    remove_pull_quotes,
    remove_repeats,
    remove_teasers,
)
from assembly_extract.cleaning.scripts import remove_scripts
from assembly_extract.cleaning.signing import (
    cut_caption_credits,
    cut_sign_off,
    take_credits,
    take_signatures,
)
from assembly_extract.cleaning.slugs import decode_slug, encoded_runs
from assembly_extract.cleaning.split_dates import take_split_dates
from assembly_extract.cleaning.story import (
    cut_story_label,
    take_edge_phrases,
    take_labelled_lines,
    take_lists_after_headings,
    take_sections,
)
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import DIGIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from assembly_extract.cleaning.page import Page

_STYLE_RULE = re.compile(r"(?:[@.#\w][\w.#\-, :>*]{0,80}\{[^{}]{0,2000}\}\s*)+")
_TAG = re.compile(
    r"</?(a|abbr|b|blockquote|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|script|small|span"
    r"|strong|style|sub|sup|table|tbody|td|th|tr|u|ul|item|title|link|guid|pubdate|description|channel|category)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
# Comments of markup, and what is left of them (<--break- />).
_COMMENT = re.compile(r"<!?--[^<>\n]{0,200}?-*\s*/?>")
_INLINE = frozenset(
    ["a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"]
)
_ROW = re.compile(r"[*._=+~#/\\|•●■◆★☆\-–—‐…·\s]{3,}")

_DASHES = "–—-"
_PAGE_NUMBER = re.compile(rf"[{_DASHES}]\s?{DIGIT}{{1,2}}\s?[{_DASHES}]")  # of a release: -๒-


def remove_decoration(page: Page) -> None:
    """Take out lines without a letter: rows of asterisks and dots, lone signs, a sheet's number.

    A row that a date follows is one too (``*** 28 เมษายน 2566``): the date is read with the others.
    """
    for line in page.live():
        if not has_letters(line.text):
            page.remove(line, "decoration", "row of signs")
            continue
        if line.text[0] in _DASHES and _PAGE_NUMBER.fullmatch(line.text):
            page.remove(line, "decoration", "number of a sheet")
            continue
        row = _ROW.match(line.text)
        if row is not None and row.end() >= 5 and read_date_line(line.text[row.end() :]):
            page.cut_start(line, row.end(), "decoration", "row of signs")


def remove_markup(page: Page) -> None:
    """Take out style rules and tags that a scraper left in the text."""
    for line in page.live():
        if "{" in line.text and _STYLE_RULE.fullmatch(line.text):
            page.remove(line, "markup", "style rule")
        elif "<" in line.text and not page.markup:
            for comment in _COMMENT.finditer(line.text):
                page.cut_inside(line, comment.start(), comment.end(), "markup", "comment")
            for tag in _TAG.finditer(line.text):
                rule = "inline tag" if tag[1].lower() in _INLINE else "block tag"
                page.cut_inside(line, tag.start(), tag.end(), "markup", rule)
            page.settle(line)


_LONGEST_NAMES = 200  # characters of a line of files' names
_TAIL = 16  # last characters of one, which hold its extension and size


def remove_file_names(page: Page) -> None:
    """Take out lines that are the names of files: pictures of a gallery, attachments.

    ``IMG_20240307.jpg``, ``แผนงาน.pdf 120 KB``, ``festival-2559-2 festival-2559-3``.
    """
    for line in page.live():
        text = line.text
        if len(text) <= _LONGEST_NAMES and (
            ("." in text[-_TAIL:] and _are_files(text)) or (text.isascii() and _are_pictures(text))
        ):
            page.remove(line, "media", "names of files")


def _are_files(text: str) -> bool:
    """Say whether all words of a line are names of files and their sizes, a name first."""
    table = read_toml("chrome/markup.toml")["files"]
    ends, units = tuple(table["extensions"]), table["units"]
    words = [word.strip("(),;").casefold() for word in text.split()]
    rest = [word for word in words if not word.endswith(ends)]
    named = bool(words) and words[0].endswith(ends)
    return named and all(word in units or word.replace(".", "").isdigit() for word in rest)


def _are_pictures(text: str) -> bool:
    """Say whether a line is names of a camera's or a developer's pictures, a number behind each."""
    words = text.split()
    if not all(word[-1].isdigit() and ("-" in word or "_" in word) for word in words):
        return False
    cameras = tuple(read_toml("chrome/markup.toml")["files"]["cameras"])
    return all(word.casefold().startswith(cameras) for word in words) or (
        len(words) > 1 and all(word[0].isalpha() for word in words)
    )


def remove_slugs(page: Page) -> None:
    """Take out percent-encoded Thai; the first one is the page's slug, also if lines split it."""
    encoded: list[str] = []
    for line in page.live():
        if "%" not in line.text:
            continue
        runs = encoded_runs(line.text)
        if runs and sum(end - start for start, end in runs) * 5 >= 4 * len(line.text):
            encoded.append(line.text)
            page.remove(line, "slug", "percent-encoded line")
            continue
        for start, end in runs:
            encoded.append(line.text[start:end])
            page.cut_inside(line, start, end, "slug", "percent-encoded text")
        if runs:
            page.settle(line)
    if encoded and page.slug is None:
        page.slug = decode_slug("".join(encoded)).strip("-_/ ") or None


def remove_phrases(page: Page) -> None:
    """Take out lines that are chrome by their words, wherever they stand."""
    for line in page.live():
        phrase = line.phrase
        if phrase is None or phrase.edge or phrase.opens_list or phrase.kind == "comment_form":
            continue
        page.remove(line, phrase.kind, phrase.rule)


def remove_cookie_window(page: Page) -> None:
    """Take out the sentences of a cookie window on a page that has its headings or buttons."""
    if not any(line.phrase is not None and line.phrase.kind == "cookie" for line in page.lines):
        return
    table = read_toml("chrome/labels.toml")["cookies"]
    for line in page.live():
        if any(word in line.text for word in table["words"]) and any(
            word in line.text for word in table["beside"]
        ):
            page.remove(line, "cookie", "sentence of a cookie window")


def remove_source_addresses(page: Page) -> None:
    """Take out lines that give the page's own address after a label (``ที่มา : https://…``)."""
    for line in page.live():
        label = label_of(line.text, "body")
        if label is not None and label.kind == "source_line":
            page.remove(line, label.kind, label.rule)


CLEANERS: dict[str, Callable[[Page], None]] = {
    "markup": remove_markup,
    "pictures": remove_pictures,
    "scripts": remove_scripts,
    "decoration": remove_decoration,
    "file names": remove_file_names,
    "slugs": remove_slugs,
    "phrases": remove_phrases,
    "cookie window": remove_cookie_window,
    "source addresses": remove_source_addresses,
    "split dates": take_split_dates,
    "headline": find_headline,
    "headline copies": remove_headline_copies,
    "table of contents": remove_contents,
    "lists after headings": take_lists_after_headings,
    "date lines": take_date_lines,
    "credits": take_credits,
    "caption credits": cut_caption_credits,
    "story labels": cut_story_label,
    "labelled lines": take_labelled_lines,
    "edge phrases": take_edge_phrases,
    "sections": take_sections,
    "sign-off": cut_sign_off,
    "teasers": remove_teasers,
    "headline pieces": remove_headline_pieces,
    "repeats": remove_repeats,
    "pull quotes": remove_pull_quotes,
    "numbered names": remove_numbered_names,
    "captions": remove_captions,
    "signatures": take_signatures,
    "last date lines": take_date_lines,
    "among chrome": take_among_chrome,
}
"""Later cleaners see only the lines that earlier ones left."""
