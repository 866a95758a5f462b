"""Tags in square brackets, of WordPress (``[caption …]``) and of webboards (``[b]``): edits."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml
from assembly_extract.spans import Edit


def bracket_tag_edits(text: str) -> list[Edit]:
    """Return the edits that take such tags out of ``text``, in order; what they enclose stays.

    A tag goes if its end is in the text, too, or if it is one that stands alone. Of those that
    enclose an address (``[img]``) the address goes with them.

    >>> text = "[b]ด่วน[/b] น้ำท่วม [ร่าง] [img]https://example.com/a.jpg[/img]"
    >>> [text[edit.start : edit.end] for edit in bracket_tag_edits(text)]
    ['[b]', '[/b]', '[img]https://example.com/a.jpg[/img]']
    """
    tag, holds_address = _patterns()
    edits = [Edit(*match.span(), "", "markup", "tag") for match in holds_address.finditer(text)]
    held = iter(edits[:])
    inside = next(held, None)
    ended = {match["name"].lower() for match in tag.finditer(text) if match["end"]}
    for match in tag.finditer(text):
        while inside is not None and inside.end <= match.start():
            inside = next(held, None)
        if inside is not None and inside.start <= match.start():
            continue
        if match["name"].lower() in ended or match["alone"]:
            edits.append(Edit(*match.span(), "", "markup", "tag"))
    return sorted(edits)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a tag, and of one that encloses an address, to its end."""
    table = read_toml("chrome/markup.toml")["bracket_tags"]
    names = alternatives([*table["names"], *table["addresses"]])
    alone, builders = alternatives(table["alone"]), alternatives(table["builders"])
    return (
        re.compile(
            rf"\[(?P<end>/)?(?P<name>(?P<alone>{alone}(?=[ \]/])|{builders}\w{{1,40}})|{names})"
            r"(?:[ =][^\[\]\n]{0,500})?/?\]",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\[(?P<of>{alternatives(table['addresses'])})(?:[ =][^\[\]\n]{{0,200}})?\]"
            r"[^\[\]\s]{1,500}\[/(?P=of)\]",
            re.IGNORECASE,
        ),
    )
