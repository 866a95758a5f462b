"""Fixed strings in one pass: what ``longest`` keeps is what the definition keeps."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.matching import StringMatcher, WordsAt, alternatives, leftmost_longest

LETTERS = "กขaบ"


@given(st.sets(st.text(LETTERS, min_size=1, max_size=4), max_size=6), st.text(LETTERS, max_size=30))
def test_longest_is_the_leftmost_longest_of_all(strings: set[str], text: str) -> None:
    matcher = StringMatcher({string: string for string in sorted(strings)})
    found = matcher.longest(text)
    assert found == leftmost_longest(matcher.all(text))
    assert all(text[match.start : match.end] == match.payload for match in found)


@given(
    st.sets(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=6),
    st.text(LETTERS, max_size=12),
    st.integers(0, 13),
)
def test_words_at_a_place_are_what_a_regex_of_them_finds(
    words: set[str], text: str, at: int
) -> None:
    listed = WordsAt(words)
    found = re.compile(alternatives(words)).match(text, at)
    assert listed.end(text, at) == (found.end() if found else 0)
    longest_first = sorted(words, key=len, reverse=True)
    assert listed.ends(text, at) == [at + len(w) for w in longest_first if text.startswith(w, at)]
