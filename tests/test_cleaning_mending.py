"""What stands for characters: entities of HTML, escapes of JSON, signs of Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.cleaning.mending import mending_edits
from assembly_extract.cleaning.repairs import apply_repairs
from assembly_extract.spans import AlignedText


def mended(text: str, *, markup: bool = False) -> str:
    return apply_repairs(text, mending_edits(text, markup=markup))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("น้ำ&nbsp;ประปา &amp; ไฟฟ้า", "น้ำ ประปา & ไฟฟ้า"),
        ("&ldquo;น้ำขุ่น&rdquo;&#8203; &#3609;&#xE49;ำ", "“น้ำขุ่น” น้ำ"),
        ("[B]ด่วน[/b] [size=3]น้ำท่วม[/size]ตลาด", "ด่วน น้ำท่วมตลาด"),
        ('[vc_row el_class="a"][caption id="1"]ท่อ[/caption][gallery ids="1,2"][/vc_row]', "ท่อ"),
        ("ดู[img]https://example.com/a_b.jpg[/img] [url=https://example.com]ผล[/url]", "ดู ผล"),
        ("มาตรา [b] และ [มติ] [i] [quote ก]", "มาตรา [b] และ [มติ] [i] [quote ก]"),
        ("<![CDATA[ชื่อข่าว]]>", "ชื่อข่าว"),
        ("R&D; AT&T; &unknown; & ก", "R&D; AT&T; &unknown; & ก"),
        ("ก&nbsp;เเม่", "ก แม่"),
        (r"หัวข้อ\n\nย่อหน้าแรก \"น้ำ\"\r\nย่อหน้าสอง 1\/2", 'หัวข้อ\n\nย่อหน้าแรก "น้ำ"\nย่อหน้าสอง 1/2'),
        (r"\u0e19\u0e49\u0e33\u0e43\u0e2a \ud83d\ude00 \ud83d", "น้ำใส \U0001f600 "),
        ("บรรทัดหนึ่ง\nC:\\new\\notes\nบรรทัดสาม", "บรรทัดหนึ่ง\nC:\\new\\notes\nบรรทัดสาม"),
        ("ดู [ผลตรวจน้ำ](https://example.com/a_(1)) วันนี้", "ดู ผลตรวจน้ำ วันนี้"),
        ('[ผล](/a "ตาราง")และ[](https://example.com)', "ผลและ"),
        ("[เปิดงาน&amp;ปิดงาน](https://example.com/?a=1&amp;b=2)", "เปิดงาน&ปิดงาน"),
        ("# ชื่อข่าว\n\n**ด่วน** น้ำท่วม", "ชื่อข่าว\n\nด่วน น้ำท่วม"),
        ("**หนึ่ง** สอง *สาม* __สี่__ 1\\. ห้า\\-หก", "หนึ่ง สอง สาม สี่ 1. ห้า-หก"),
        ("> [นายใจดี](/t/1) กล่าว\n> ว่าดี", "นายใจดี กล่าว\nว่าดี"),
        ("# น่าน\n# น้ำประปา\n*หมายเหตุ* และ ** สองดาว", "# น่าน\n# น้ำประปา\n*หมายเหตุ* และ ** สองดาว"),
        ("**หมายเหตุ** หนึ่งคำหนา", "**หมายเหตุ** หนึ่งคำหนา"),
        ("********************** 28 เมษายน 2566", "********************** 28 เมษายน 2566"),
        ("ตามข้อ [1] (ดูตาราง) และ [ร่าง](ฉบับที่ 2", "ตามข้อ [1] (ดูตาราง) และ [ร่าง](ฉบับที่ 2"),
        (
            "![ภาพ_ท่อ_ประปา](https://example.com/a_b_c.jpg)",
            "![ภาพ_ท่อ_ประปา](https://example.com/a_b_c.jpg)",
        ),
    ],
)
def test_what_stands_for_characters(raw: str, clean: str) -> None:
    assert mended(raw) == clean


def test_elements_of_html_hold_no_markdown() -> None:
    assert mended("[ก](/a) **ข** **ค**&nbsp;\\n\\n", markup=True) == "[ก](/a) **ข** **ค** \\n\\n"


SIGNS = st.lists(
    st.sampled_from(
        ["[", "](/a)", "](", "!", "![", ")", "**", "*", "__", "# ", "\n", "> ", "\\", "\\n", "\\u0e01", "&", "&nbsp;", "#8203;", ";", "ก", "น ", "เเ", "a", "\u200b", "[b]", "[/b]", "[img]", "a[/img]", "[vc_x", "<![CDATA[", "]]>"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(SIGNS, st.booleans())
def test_edits_are_sorted_apart_and_lead_back(text: str, markup: bool) -> None:  # noqa: FBT001
    edits = mending_edits(text, markup=markup)
    aligned = AlignedText.of(text).apply(edits)
    assert aligned.text == apply_repairs(text, edits)
    assert not set(aligned.text) & set("\u200b\r")
    for segment in aligned.segments:
        if segment.copied:
            copied = text[segment.source_start : segment.source_end]
            assert aligned.text[segment.start : segment.end] == copied
