"""What the readers of declared issues hand back, and how a phrase of running text ends."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from assembly_extract.tokens import tokenise

SHORTEST, LONGEST = 6, 160
"""Characters of a declared issue: shorter is a slogan or a nickname, longer is no name any more."""


class Issue(NamedTuple):
    """``text[start:end]`` is announced as an issue of the article.

    ``form`` says as what (issue, policy, project, law ...), ``rule`` which reader found it,
    ``score`` (0..1) how sure it is; ``extra`` holds the form's own facts: ordinal, level,
    session.
    """

    start: int
    end: int
    form: str
    rule: str
    score: float
    extra: tuple[tuple[str, Any], ...] = ()


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends inwards over blanks, commas, colons, bullets and a dangling และ."""
    while start < end and text[start] in " \n,;:.-–•*·\t":
        start += 1
    while start < end and text[start : start + 3] == "และ" and text[start + 3 : start + 4] == " ":
        start += 4
    while end > start and text[end - 1] in " \n,;:-–\t":
        end -= 1
    if text[start:end].endswith(" และ"):
        return trimmed(text, start, end - 4)
    while end > start and text[end - 1] == "." and not _abbreviated(text, start, end):
        end -= 1
    return start, end


def _abbreviated(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"(?:^|[^ก-ฮ])[ก-ฮ]{1,3}\.$|\.[ก-ฮ]{1,3}\.$", text[start:end]))


RUN = 90
"""An unspaced run of so many characters is a sentence, not a name."""


_RUN = re.compile(r"[\u0E01-\u0E4E\u0E50-\u0E59A-Za-z0-9./\-]+")


def run_end(text: str, start: int, stops: re.Pattern[str]) -> int:
    """Return where an unspaced phrase that begins at ``start`` ends.

    It ends at a blank, a sign or a stop word, whichever comes first; a stop word counts only where
    the tokeniser cuts before it. A run of :data:`RUN` characters is no name: then it is ``start``.
    """
    run = _RUN.match(text, start, start + RUN)
    if run is None:
        return start
    end = run.end()
    words = text[start:end]
    edges: set[int] | None = None
    for stop in stops.finditer(words, 4):
        if edges is None:
            edges = {low for low, _ in tokenise(words)}
        if stop.start() in edges:
            end = start + stop.start()
            break
    if end - start == RUN:
        return start
    return trimmed(text, start, end)[1]
