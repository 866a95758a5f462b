"""Is this Thai? Whether characters that some bytes decode to form Thai words."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.resources import read_toml

# Marks and following vowels that stand on nothing, and leading vowels with nothing after them: the
# spelling rules of Thai, which bytes of another origin break at every other letter.
_ABOVE_ASCII = re.compile("[^\\x00-\\x7f]")
_THAI = re.compile("[ก-๛]")
_ILL_FORMED = re.compile(
    "(?<![ก-ฮะ-ฺ็-๎])[ะ-ฺ็-๎]"  # a vowel or mark without a letter before it
    "|[เ-ไ](?![ก-ฮ])"  # a leading vowel without a consonant after it
    "|[ัิ-ฺ][ัิ-ฺ]"  # two vowel marks on one letter
    "|[่-๋][่-๋]"  # two tone marks on one letter
)
_MOST_ILL_FORMED = 0.04
_LEAST_THAI = 0.7  # of the characters above ASCII
_LEAST_COMMON = 0.4  # real text: 0.6 and more; chance: 0.2
_MOST_RARE = 0.08  # real text: below 0.02; chance: 0.2


def is_thai_prose(text: str) -> bool:
    """Say whether ``text``'s characters above ASCII are Thai letters in Thai order and proportion.

    >>> is_thai_prose("ประชุมสมัชชา"), is_thai_prose("ๆฟห็้กืื"), is_thai_prose("ธำฎฅํๅหเน๕")
    (True, False, False)
    """
    above = len(_ABOVE_ASCII.findall(text))
    thai = len(_THAI.findall(text))
    if not thai or thai < _LEAST_THAI * above:
        return False
    common, rare = (len(pattern.findall(text)) for pattern in _frequencies())
    return (
        len(_ILL_FORMED.findall(text)) <= _MOST_ILL_FORMED * thai
        and common >= _LEAST_COMMON * thai
        and rare <= _MOST_RARE * thai
    )


@cache
def _frequencies() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = read_toml("encodings.toml")["thai"]
    return re.compile(f"[{table['common']}]"), re.compile(f"[{table['rare']}]")


@cache
def thai_codec(label: str) -> str | None:
    """Return the codec for a declared name of Thai's byte encoding, or ``None`` for other names."""
    table = read_toml("encodings.toml")["thai"]
    known = {name.lower() for name in table["labels"]}
    codec: str = table["codec"]
    return codec if label.strip().lower().replace("_", "-") in known else None
