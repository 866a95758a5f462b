"""Aligned text: whatever the edits, nothing is lost and every character knows where it is from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.spans import AlignedText, Edit

TEXT = st.text(alphabet="กขเแ่้ำ \n\u200bx1", max_size=40)


@st.composite
def edits(draw, size):
    """Edits of a text of ``size`` code points that do not overlap, in any order."""
    marks = sorted(draw(st.lists(st.integers(0, size), max_size=8)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    made = [
        Edit(start, end, draw(st.text(alphabet="กx ", max_size=3)), "kind", f"rule{number}")
        for number, (start, end) in enumerate(pairs)
    ]
    return draw(st.permutations(made))


@st.composite
def histories(draw):
    """A text, and what it becomes by up to four rounds of edits."""
    aligned = AlignedText.of(draw(TEXT))
    for _ in range(draw(st.integers(0, 4))):
        aligned = aligned.apply(draw(edits(len(aligned.text))))
    return aligned


@given(st.data())
def test_edits_do_what_they_say(data):
    aligned = data.draw(histories())
    batch = data.draw(edits(len(aligned.text)))
    expected, done = [], 0
    for edit in sorted(batch, key=lambda edit: (edit.start, edit.end)):
        expected += [aligned.text[done : edit.start], edit.replacement]
        done = edit.end
    assert aligned.apply(batch).text == "".join([*expected, aligned.text[done:]])


@given(histories())
def test_segments_tile_text_and_source(aligned):
    at = source_at = 0
    for segment in aligned.segments:
        assert (segment.start, segment.source_start) == (at, source_at)
        at, source_at = segment.end, segment.source_end
        assert segment.start <= segment.end
        assert segment.source_start <= segment.source_end
        if segment.copied:
            copied = aligned.source[segment.source_start : segment.source_end]
            assert aligned.text[segment.start : segment.end] == copied
    assert (at, source_at) == (len(aligned.text), len(aligned.source))


@given(histories(), st.data())
def test_ranges_lead_back_to_the_source(aligned, data):
    if not aligned.text:
        return
    start = data.draw(st.integers(0, len(aligned.text) - 1))
    end = data.draw(st.integers(start + 1, len(aligned.text)))
    low, high = aligned.to_source(start, end)
    assert 0 <= low <= high <= len(aligned.source)
    inner = [s for s in aligned.segments if s.start < end and start < s.end]
    if all(segment.copied for segment in inner) and len(inner) == 1:
        assert aligned.source[low:high] == aligned.text[start:end]
    for wider in (aligned.to_source(max(0, start - 1), end), aligned.to_source(start, end)):
        assert wider[0] <= low
        assert wider[1] >= high


@given(TEXT)
def test_no_edits_change_nothing(text):
    aligned = AlignedText.of(text)
    assert aligned.apply([]) is aligned
    assert "".join(aligned.source[s.source_start : s.source_end] for s in aligned.segments) == text


@pytest.mark.parametrize(
    "batch",
    [
        [Edit(0, 2, "", "k", "r"), Edit(1, 3, "", "k", "r")],
        [Edit(2, 9, "", "k", "r")],
        [Edit(-1, 1, "", "k", "r")],
        [Edit(2, 1, "", "k", "r")],
    ],
)
def test_edits_that_overlap_or_leave_the_text_are_refused(batch):
    with pytest.raises(ValueError, match="overlaps its neighbour or leaves the text"):
        AlignedText.of("ข่าว").apply(batch)


@pytest.mark.parametrize(("start", "end"), [(1, 1), (0, 9), (-1, 2), (3, 2)])
def test_empty_or_outside_ranges_have_no_source(start, end):
    with pytest.raises(ValueError, match="no such range"):
        AlignedText.of("ข่าว").to_source(start, end)
