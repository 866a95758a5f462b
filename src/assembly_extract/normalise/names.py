"""Names made comparable: keys, sound keys, and distances over Thai's written clusters."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.normalise.facts import facts_of

_SPACES = re.compile(r"[\s\u200b\u00a0]+")
_CLUSTER = re.compile(
    r"[เแโใไ]?[^เแโใไ][\u0e30-\u0e33\u0e45\u0e34-\u0e3a\u0e47-\u0e4e]*|.", re.DOTALL
)
_SILENCED = re.compile(r"[ก-ฮ][ุิ]?\u0e4c")
_UNHEARD = re.compile(r"[\u0e47-\u0e4e\u0e31\u0e3a]")
_VOWELS = re.compile(r"[\u0e30-\u0e3a\u0e40-\u0e45]")
_DOUBLED = re.compile(r"(.)\1+")


def name_key(name: str) -> str:
    """Return what a name is however it is spaced.

    >>> name_key("สมชาย  ใจดี")
    'สมชายใจดี'
    """
    return _SPACES.sub("", name).casefold()


def folded(name: str) -> str:
    """Return a name without tone marks, silenced letters and short-vowel signs.

    Names that are equal so differ only in what writers slip on most.

    >>> folded("เก่งกล้า") == folded("เกงกล่า")
    True
    """
    return _UNHEARD.sub("", _SILENCED.sub("", name_key(name)))


def without_marks(name: str) -> str:
    """Return a name without tone marks and ``์``, its silenced letters kept.

    >>> without_marks("ประยุทธ์") == without_marks("ประยุทธ")
    True
    """
    return _UNHEARD.sub("", name_key(name))


@cache
def _sounds() -> dict[int, str]:
    return {ord(letter): group[0] for group in facts_of("sounds")["classes"] for letter in group}


def sounded(name: str) -> str:
    """Return a name with one letter for a class of sounds, its vowels kept.

    >>> sounded("วีระพงษ์") == sounded("วีระพงศ์"), sounded("สมชาย") == sounded("สมชัย")
    (True, False)
    """
    plain = folded(name)
    for written, read in _written().items():
        plain = plain.replace(written, read)
    return plain.translate(_sounds())


@cache
def _written() -> dict[str, str]:
    table: dict[str, str] = facts_of("sounds")["written"]
    return table


def heard(name: str) -> str:
    """Return a name as those write it who hear no more than its consonants and vowels.

    >>> heard("ณัฐ") == heard("นัฏ"), heard("อภิชาติ") == heard("อภิชาต"), heard("ดี") == heard("ดา")
    (True, True, False)
    """
    plain = _DOUBLED.sub(r"\1", sounded(name).translate(_alike()))
    for vowel in facts_of("sounds")["unread_ends"]:
        plain = plain.removesuffix(vowel)
    return plain


@cache
def _alike() -> dict[int, str]:
    return {ord(one): other for one, other in facts_of("sounds")["alike"].items()}


def sound_key(name: str) -> str:
    """Return the consonants of a name as they sound: one letter for a class, no silent ones.

    >>> sound_key("ณัฐพล") == sound_key("นัทพล")
    True
    """
    plain = _VOWELS.sub("", folded(name)).translate(_sounds())
    return _DOUBLED.sub(r"\1", plain)


def halves(key: str) -> tuple[str, ...]:
    """Return the blocks of a key: two keys that differ by one letter share one of them at least.

    That letter stands in the first or in the last half; for lengths that differ by one the halves
    of ``n // 2`` and of one letter more are both given.

    >>> sorted(set(halves("abcdef")) & set(halves("abcxdef")))
    ['<abc', '>def']
    """
    half = len(key) // 2
    return tuple(
        dict.fromkeys(
            block
            for size in (half, half + 1)
            for block in (f"<{key[:size]}", f">{key[len(key) - size :]}")
        )
    )


@cache
def clusters(name: str) -> tuple[str, ...]:
    """Return the written clusters of a name: a letter with the vowels and marks on it.

    >>> clusters("ใจดี")
    ('ใจ', 'ดี')
    """
    return tuple(_CLUSTER.findall(name))


def slips(one: str, other: str, most: int) -> int:
    """Return by how many clusters two names differ; ``most + 1`` where it is more than ``most``."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded when two names are to be compared

    return OSA.distance(clusters(one), clusters(other), score_cutoff=most)


def letters_apart(one: str, other: str) -> int:
    """Return by how many letters two names differ, a swap of two being one; at most 2."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded when two names are to be compared

    return OSA.distance(one, other, score_cutoff=1)
