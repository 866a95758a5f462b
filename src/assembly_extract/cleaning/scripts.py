"""Program text that a scraper left between a page's lines: scripts, style sheets, records of data.

Whoever takes all text of a page gets what stands in its ``script`` and ``style`` elements, too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page

_THAI = re.compile("[ก-๛]")
_SIGNS = ("{", "});", "]);", "();", "CDATA", '":')
"""One of them is in nearly all program text, and none in nearly every article."""

_PAIR = re.compile(r"""["'][@\w-]{1,40}["']\s*:\s*(?:["'\[{].*|[\d.]+|true|false|null),?""")
"""A name of a record of data and its value: ``"@type": "NewsArticle",``."""

_ENDS = (";", "{", "}", ")", "]", ">", "*/")
_SIGN = re.compile(r"""[{}\[\];=]|[\w$.-]+\s*:\s*(?:["'].*["']|[\d.]+|true|false|null),?$""")


def remove_scripts(page: Page) -> None:
    """Take out lines of program text, and those beside them that could be of it."""
    if page.markup or not any(sign in page.text for sign in _SIGNS):
        return
    lines = page.lines
    code = [line.index for line in page.live() if is_code(line.text)]
    for index in code:
        page.remove(lines[index], "markup", "program text")
    for index in code:
        for step in (1, -1):
            beside = index + step
            while 0 <= beside < len(lines) and _could_be_code(lines[beside]):
                page.remove(lines[beside], "markup", "beside program text")
                beside += step


def is_code(text: str) -> bool:
    """Say whether a line is program text for sure.

    >>> is_code("googletag.cmd.push(function() {"), is_code("It pays (a) tuition; (b) rent;")
    (True, False)
    """
    if _PAIR.fullmatch(text):
        return True
    begins, has = _words()
    if text.endswith(_ENDS) and begins.match(text):
        return True
    if _THAI.search(text) is not None:
        return False
    return text.endswith("{") or (text.endswith(_ENDS) and has.search(text) is not None)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what begins program text and of what stands in it."""
    table = read_toml("chrome/markup.toml")["code"]
    return re.compile(alternatives(table["begins"])), re.compile(alternatives(table["has"]))


def _could_be_code(line: Line) -> bool:
    return line.kept and _THAI.search(line.text) is None and _SIGN.search(line.text) is not None
