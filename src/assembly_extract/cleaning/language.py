"""The language of a text by its script."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.resources import read_toml

_SAMPLE = 4_000
_FIRST = 1_200  # of these, enough to tell most texts
_LETTERS = re.compile(r"[^\s\d!-/:-@\[-`{-~\u2000-\u2bff]+")
UNDETERMINED = "und"


@cache
def _runs(letters: str) -> re.Pattern[str]:
    """Compile a script's class of letters when a text first needs it: most texts are Thai."""
    return re.compile(f"[{letters}]+")


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
    for script in read_toml("chrome/prose.toml")["script"]:
        language, share = script["language"], script["share"]
        found = _size(_runs(script["letters"]), sample[:_FIRST])
        if found < share * len(sample):
            found += _size(_runs(script["letters"]), sample[_FIRST:])
        if found >= share * len(sample) > 0:
            return str(language)  # most texts: the other signs need no counting
        letters = letters or _size(_LETTERS, sample)
        if found and found >= share * letters:
            return str(language)
    return UNDETERMINED
