"""The language of a text by its script."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.resources import read_toml

_SAMPLE = 20_000
_LETTER = re.compile(r"[^\W\d_]")
UNDETERMINED = "und"


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    return tuple(
        (row["language"], re.compile(f"[{row['letters']}]"), row["share"])
        for row in read_toml("chrome/prose.toml")["script"]
    )


def language_of(text: str) -> str:
    """Return the language code of a text: the first script with its share of the letters.

    >>> language_of("ข่าววันนี้ของ WHO"), language_of("The cabinet met."), language_of("12-34")
    ('th', 'en', 'und')
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    for language, pattern, share in _scripts():
        found = len(pattern.findall(sample))
        if found and found >= share * letters:
            return language
    return UNDETERMINED
