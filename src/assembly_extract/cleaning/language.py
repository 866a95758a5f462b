"""The language of a text by its script."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.resources import read_toml

_SAMPLE = 4_000
_LETTERS = re.compile(r"[^\s\d!-/:-@\[-`{-~\u2000-\u2bff]+")
UNDETERMINED = "und"


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    return tuple(
        (row["language"], re.compile(f"[{row['letters']}]+"), row["share"])
        for row in read_toml("chrome/prose.toml")["script"]
    )


def _size(pattern: re.Pattern[str], text: str) -> int:
    """Return how many characters the matches of ``pattern`` have."""
    return sum(map(len, pattern.findall(text)))


def language_of(text: str) -> str:
    """Return the language code of a text: the first script with its share of the letters.

    >>> language_of("ข่าววันนี้ของ WHO"), language_of("The cabinet met."), language_of("12-34")
    ('th', 'en', 'und')
    """
    sample = text[:_SAMPLE]
    letters = 0
    for language, pattern, share in _scripts():
        found = _size(pattern, sample)
        if found >= share * len(sample) > 0:
            return language  # most texts: the other signs need no counting
        letters = letters or _size(_LETTERS, sample)
        if found and found >= share * letters:
            return language
    return UNDETERMINED
