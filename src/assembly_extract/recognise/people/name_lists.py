"""Names in a row without commas: where one ends and the next begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.recognise.people.lexicon import family_names, given_names

if TYPE_CHECKING:
    from collections.abc import Sequence

NICKNAME = 5
"""A nickname before a full name (นก สมหมาย ใจกว้าง) has at most so many characters."""


def split_names(text: str, chunks: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Split a list of names that has lost its commas into names of two or three chunks.

    ``chunks`` are ``(start, end)`` in code points of ``text``, in order; each group is a name's.

    Dynamic programming over the chunks; a pair that begins with a listed given name is best, a
    triple counts where it begins with a nickname or ends in two surnames.
    """
    size = len(chunks)
    if size <= 2:
        return [list(chunks)] if chunks else []
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for end in range(1, size + 1):
        options = []
        for length in (1, 2, 3):
            if length <= end:
                words = [text[a:b] for a, b in chunks[end - length : end]]
                score, cuts = best[end - length]
                options.append((score + _worth(words), [*cuts, length]))
        best.append(max(options, key=lambda option: (option[0], [-n for n in option[1]])))
    groups, at = [], 0
    for length in best[size][1]:
        groups.append(list(chunks[at : at + length]))
        at += length
    return groups


def _worth(words: Sequence[str]) -> float:
    given, family = given_names(), family_names()
    if len(words) == 1:
        return -2.0
    if len(words) == 2:
        short = len(words[1]) <= NICKNAME - 2  # a nickname, which begins the next name
        listed = (words[0] in given) + (words[1] in family) - (words[1] in given) * 0.5
        return 1.0 + listed - 2 * short
    nickname = len(words[0]) <= NICKNAME and words[1] in given and len(words[2]) > NICKNAME
    if not given.intersection(words) and len(words[2]) > NICKNAME:
        return 0.5  # a foreign name of three parts
    two_families = words[0] in given and words[1] in family and words[2] in family
    return 2.8 if nickname else 2.2 if two_families else -1.0
