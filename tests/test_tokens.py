"""Words of a text: nothing lost, cut where the script changes, alike with either tokeniser."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.resources import read_text
from assembly_extract.tokens import (
    in_dictionary,
    line_words,
    segmenter,
    token_edges,
    tokenise,
)

_CHARACTERS = "กขคงจสมยรวนท เแโไาำีุู่้์ๆฯabXYZ0129๑๕.,()/-\n\t\u200b\ufeff"
LINES = (
    "กรมอนามัยประชุมสมัชชาสุขภาพจังหวัดน่าน",
    "นายทดสอบ ระบบดี ผู้ว่าราชการจังหวัดลำปาง เปิดเผยว่า",
    "วันที่ 5มกราคม2567 เวลา09.30น.",
    "(น่าน)แจ้งยอดผู้ป่วย COVID-19 รวม1,204ราย",
)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("วันที่ 5มกราคม", ("วันที่", " ", "5", "มกราคม")),
        ("(น่าน)", ("(", "น่าน", ")")),
        ("พ.ศ.2566", ("พ", ".", "ศ", ".", "2566")),
        ("ครั้งที่๓/2567", ("ครั้ง", "ที่", "๓", "/", "2567")),
        ("COVIDระบาด", ("COVID", "ระบาด")),
        ("", ()),
    ],
)
def test_words_end_where_the_script_changes(line: str, words: tuple[str, ...]) -> None:
    assert line_words(line) == words


@given(st.text(st.sampled_from(_CHARACTERS) | st.characters(codec="utf-8"), max_size=60))
def test_tokens_cover_the_text(text: str) -> None:
    tokens = tokenise(text)
    assert "".join(text[start:end] for start, end in tokens) == text
    assert all(one[1] == other[0] for one, other in pairwise(tokens))
    assert token_edges(text) >= {edge for token in tokens for edge in token}


@pytest.mark.parametrize("line", LINES)
def test_without_the_compiled_tokeniser_known_words_are_the_same(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nlpo3", None)  # as where it has no wheel
    plain = segmenter.__wrapped__()
    assert plain(line) == segmenter()(line)


def test_the_words_are_those_in_use() -> None:
    words = read_text("words.txt").split("\n")
    assert words.pop() == ""
    assert words == sorted(set(words))
    assert all(map(in_dictionary, ("โรงเรียน", "สมัชชา", "น้ำประปา", "ผู้ว่าราชการจังหวัด")))
    assert not any(map(in_dictionary, ("เวมัต", "กุสุรยะ")))  # listed by pythainlp, in no news
