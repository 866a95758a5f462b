"""What the tagger sees of one token by itself: its shape, its affixes, its written form."""

from __future__ import annotations

import re

_THAI = re.compile(r"[\u0E00-\u0E7F]+\Z")
_DIGIT = re.compile(r"\d")
#: Of the beginnings and ends of a word that models know, in characters.
AFFIX_LENGTHS = (1, 2, 3, 4)


def shape(word: str) -> str:
    """Return a coarse class: digits by length, Thai by length, Latin by case, a sign by itself.

    >>> [shape(word) for word in ("2566", "สุขภาพ", "WHO", "(", " ")]
    ['d4', 'th2', 'A', 'p(', 'sp']
    """
    if word.isspace():
        return "nl" if word == "\n" else "sp"
    if word.isdigit():
        return f"d{min(len(word), 5)}"
    if _THAI.match(word):
        return f"th{min(len(word) // 3, 3)}"
    if word.isascii() and word.isalpha():
        if word.isupper():
            return "A"
        return "Aa" if word[0].isupper() else "a"
    return f"p{word}" if len(word) == 1 else "x"


def written(word: str) -> str:
    """Return the form that words are compared by: white space is ``_``, letters are lower case."""
    return "_" if word.isspace() else word.lower()


def counted(form: str) -> str:
    """Return ``form`` with the digits of a long number as zeros, so that numbers share weights."""
    return _DIGIT.sub("0", form) if len(form) > 2 and form.isdigit() else form


def affixes(word: str) -> tuple[str, ...]:
    """Return the beginnings and ends of one to four characters, where shorter than the word."""
    found = []
    for length in AFFIX_LENGTHS:
        if len(word) > length:
            found += [f"p{length}={word[:length]}", f"s{length}={word[-length:]}"]
    return tuple(found)
