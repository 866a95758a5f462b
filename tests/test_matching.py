"""Fixed strings in one pass: what ``longest`` keeps is what the definition keeps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.matching import StringMatcher, leftmost_longest

LETTERS = "กขaบ"


@given(st.sets(st.text(LETTERS, min_size=1, max_size=4), max_size=6), st.text(LETTERS, max_size=30))
def test_longest_is_the_leftmost_longest_of_all(strings: set[str], text: str) -> None:
    matcher = StringMatcher({string: string for string in sorted(strings)})
    found = matcher.longest(text)
    assert found == leftmost_longest(matcher.all(text))
    assert all(text[match.start : match.end] == match.payload for match in found)
