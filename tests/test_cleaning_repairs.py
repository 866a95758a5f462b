"""Unicode repair: what is mended, what stays, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.cleaning.repairs import REPAIRS, apply_repairs, repair_edits
from assembly_extract.spans import AlignedText

MENDED = [
    ("น\u0e4d\u0e32", "นำ", "sara_am"),
    ("น\u0e4d\u0e49\u0e32", "น้ำ", "sara_am"),
    ("น\u0e49\u0e4d\u0e32", "น้ำ", "sara_am"),
    ("จ\u0e4d \u0e32นวน", "จำนวน", "sara_am"),
    ("น\u0e33\u0e49", "น้ำ", "sara_am_order"),
    ("เเละ", "และ", "double_sara_e"),
    ("สิทธ\u0e4c\u0e34", "สิทธิ์", "tone_order"),
    ("ท\u0e48\u0e35", "ที่", "tone_order"),
    ("ที่่", "ที่", "repeated_mark"),
    ("ที\u200b่", "ที่", "zero_width"),
    ("ประ\u00adชุม", "ประชุม", "soft_hyphen"),
    ("ก\u00a0\u00a0ข", "ก  ข", "space"),
    ("ก\u3000ข", "ก ข", "space"),
    ("ก\r\nข", "ก\nข", "line_break"),
    ("ก\u2028ข", "ก\nข", "line_break"),
    ("\ufeffข่าว", "ข่าว", "zero_width"),
    ("ป\uf70aา", "ป่า", "private_use"),
    ("น\uf711\uf70bา", "น้ำ", "private_use+sara_am"),
    ("\uf0b7 ข้อแรก", "• ข้อแรก", "private_use"),
    ("นา\x1b[31mย\x1b[0m", "นาย", "terminal_escape"),
    ("นา\x00ย", "นาย", "control"),
    ("\u202eสมชาย\u202c", "สมชาย", "direction_mark"),
    ("cafe\u0301", "café", "composition"),
    ("๒๕o๘", "๒๕๐๘", "thai_zero"),
]
STAYS = [
    "ประชุมสมัชชาสุขภาพจังหวัด", "สมัขชา สถาณกาณ์ คัสเตอร์", "เก็บ เอ๊ะ เด้ง แข็ง", "น้ำ ค่ำ ช้ำ คำ", "ก็ ณ ฯลฯ ๆ",
    "50% ของ 1,000", "ปี 2O67", "พ่อแม่ ลูกหลาน", "👩\u200d🌾 ชาวนา", "naïve café", "ฺพินทุ", "มากกกก", "",
]  # fmt: skip


@pytest.mark.parametrize(("raw", "mended", "rule"), MENDED)
def test_a_fault_is_mended_and_named(raw: str, mended: str, rule: str) -> None:
    edits = repair_edits(raw)
    assert apply_repairs(raw, edits) == mended
    assert rule in {edit.rule for edit in edits}
    assert all(edit.kind == "unicode" for edit in edits)


@pytest.mark.parametrize("text", STAYS)
def test_what_is_right_or_only_misspelt_stays(text: str) -> None:
    assert repair_edits(text) == []


def test_every_repair_has_a_case() -> None:
    named = {name for _, _, rule in MENDED for name in rule.split("+")}
    assert named == set(REPAIRS)


THAI = st.text(
    alphabet="กขนปมสเแโาำะัิีุู่้๊๋์ํ\u0e4e๐๑oO \n\r\u00a0\u200b\u200d\u00ad\ufeff\uf70a\uf711\x00\x1b[m",
    max_size=60,
)


@given(THAI)
def test_edits_are_sorted_apart_and_lead_back(text: str) -> None:
    edits = repair_edits(text)
    aligned = AlignedText.of(text).apply(edits)
    assert aligned.text == apply_repairs(text, edits)
    for segment in aligned.segments:
        if segment.copied:
            assert (
                aligned.text[segment.start : segment.end]
                == text[segment.source_start : segment.source_end]
            )


@given(THAI)
def test_no_odd_character_is_left(text: str) -> None:
    mended = apply_repairs(text, repair_edits(text))
    assert not set(mended) & set("\r\u00a0\u200b\u00ad\ufeff\uf70a\uf711\x00\x1b")
