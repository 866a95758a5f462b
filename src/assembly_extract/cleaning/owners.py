"""Who publishes a page that names its publisher neither in its markup nor above its headline."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import has_address, is_section, is_site_name, label_of
from assembly_extract.cleaning.page import prose_words
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Page

_LONGEST = 60  # characters of a publisher's name
_SHORTEST = 4
_RULE = "copyright line"
_FOOT = 20  # last lines of a page among which its copyright line is


def owner_of(page: Page, *, titled: bool) -> str | None:
    """Return who a page belongs to: the window's title that names a site, or a copyright line.

    A site that gives all its pages one title names itself there; such a title is no headline.
    """
    window = page.metadata.window
    if window is not None and len(window) <= _LONGEST and is_site_name(window):
        headline = page.title.key if titled and page.title is not None else ""
        if keys(window)[0] not in {headline, ""} and not is_section(window):
            return window
    for line in page.lines[-_FOOT:]:
        label = None if line.kept else label_of(line.text, "tail")
        if label is not None and label.rule == _RULE and (name := _named(line.text)):
            return name
    return None


def _named(line: str) -> str | None:
    """Return the name in a copyright line.

    >>> _named("© 2567 ล้านนาตัวอย่าง สงวนลิขสิทธิ์"), _named("© 2567 All rights reserved")
    ('ล้านนาตัวอย่าง', None)
    >>> _named("Copyright 2024 | Example Theme by Somebody") is None
    True
    """
    others, words, address = _patterns()
    if others.search(line) is not None or has_address(line):
        return None
    name = " ".join(words.sub(" ", address.split(line)[0]).split()).strip(" .,|-–—:()")
    fits = _SHORTEST <= len(name) <= _LONGEST and prose_words(name) <= 1
    return name if fits and not is_section(name) else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of others' names, of the words around one, of what follows it."""
    table = read_toml("chrome/sites.toml")["copyright"]
    after = "|".join(map(re.escape, table["after"]))

    def any_of(listed: list[str]) -> str:
        latin = [re.escape(word) for word in sorted(listed, key=len, reverse=True)]
        return "|".join(f"(?<![A-Za-z]){word}(?![A-Za-z])" for word in latin)

    return (
        re.compile("|".join(map(re.escape, table["others"])), re.IGNORECASE),
        re.compile(f"{any_of(table['words'])}|[0-9๐-๙][0-9๐-๙–—-]*", re.IGNORECASE),
        re.compile(f"[ \t]+(?:{after})|[ \t]*[·|•]"),
    )
