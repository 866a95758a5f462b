"""Fixed strings in one pass: what ``longest`` keeps is what the definition keeps."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from assembly_extract.matching import (
    JointPass,
    StringMatcher,
    WordsAt,
    alternatives,
    least_edits,
    leftmost_longest,
)

LETTERS = "กขaบ"


@given(st.sets(st.text(LETTERS, min_size=1, max_size=4), max_size=6), st.text(LETTERS, max_size=30))
def test_longest_is_the_leftmost_longest_of_all(strings: set[str], text: str) -> None:
    matcher = StringMatcher({string: string for string in sorted(strings)})
    found = matcher.longest(text)
    assert found == leftmost_longest(matcher.all(text))
    assert all(text[match.start : match.end] == match.payload for match in found)


@given(
    st.lists(st.sets(st.text(LETTERS, min_size=1, max_size=4), min_size=1), min_size=1, max_size=4),
    st.text(LETTERS, max_size=30),
)
def test_a_joint_pass_tells_each_matcher_what_it_finds_alone(
    lists: list[set[str]], text: str
) -> None:
    tables = [{s: (n, s) for s in sorted(strings)} for n, strings in enumerate(lists)]
    told = [StringMatcher(table) for table in tables]
    JointPass(told).read(text)
    for matcher, table in zip(told, tables, strict=True):
        alone = StringMatcher(table)
        assert matcher.all(text) == alone.all(text)
        assert matcher.longest(text) == alone.longest(text)
        other = "ก" + text  # of another text nothing was told
        assert matcher.all(other) == alone.all(other)


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


@given(st.text(LETTERS, max_size=8), st.text(LETTERS, max_size=8))
def test_least_edits_are_never_more_than_the_edits(one: str, other: str) -> None:
    assert least_edits(one, other) <= OSA.distance(one, other)
