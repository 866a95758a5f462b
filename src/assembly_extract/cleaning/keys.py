"""The keys by which lines are compared: their letters and digits, whatever the rest."""

from __future__ import annotations

import re

# Runs of letters, marks and digits: of all but blanks, punctuation, symbols and emoji. A class of
# what it is not compiles in an eighth of the time.
_WORDS = re.compile("[^\0-/:-@\\[-`{-\u00bf\u2000-\u303f\ufe00-\U0010ffff]+")
DIGITS = re.compile("[0-9๐-๙][0-9๐-๙]*")  # a class first: the scan for it is fast
SHORT = 160
"""Characters up to which a line is looked up among phrases; longer lines are never one."""


def keys(text: str) -> tuple[str, str]:
    """Return the letters and digits of a line, and the same with every number as 0.

    The first tells copies of a line, whatever their blanks and quotes; the second, only given for
    short lines, looks a line up among phrases.

    >>> keys("เข้าชม : 1,024 ครั้ง")
    ('เข้าชม1024ครั้ง', 'เข้าชม0ครั้ง')
    """
    key = "".join(_WORDS.findall(text)).casefold()
    return key, DIGITS.sub("0", key) if len(text) <= SHORT else ""
