"""What holds for any page: nothing is lost unseen, the text leads back, the same page gives the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly_extract.cleaning import LONGEST, clean
from assembly_extract.sources import article_from_text
from assembly_extract.types.article import Article

PIECES = [
    "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-", "เปิดศูนย์เรียนรู้ชุมชนริมน้ำ", "ชาวบ้านร่วมกันเปิดศูนย์เรียนรู้ โดยมีนักเรียนเข้าร่วมและจะเปิดทุกวันเสาร์ที่สองของเดือน",
    "นายสมใจ ดีงาม กล่าวว่า จะขยายไปอีก 5 หมู่บ้านในปี 2567 และขอให้ทุกคนช่วยกันดูแล", "วันศุกร์ที่ 4 สิงหาคม 2566", "04/08/2566", "พิมพ์", "แชร์",
    "xs", "***", "สมใจ ดีงาม", "ข่าวที่เกี่ยวข้อง", "ข่าว/ภาพ นางสาวดารา พูนสุข", "โทร. 0 2000 0000", "ที่มา : https://example.go.th/1",
    "%e0%b8%81%e0%b8%82", "0 Comments", "หน้าแรก > ข่าว", " | ", "  ", "\u00a0", "\n", "\n\n", "\u200b", "เเละ", "น\u0e4d\u0e32", "<b>", "\r\n", "“คำคมประจำวันของเรา”",
    "[นายสมใจ](https://example.go.th/1)", "[", "](/a)", "![ภาพน้ำท่วม](a.jpg)", "**", "**ด่วน**", "# เปิดศูนย์", "> ", "&nbsp;", "&#8203;", "&amp;", "\\n", "\\u0e01", "\\-",
    "window.a = {};", "});", '"@type": "NewsArticle",', "}", "ข้อมูลโดย นายสมใจ ดีงาม", "สำนักงานตัวอย่าง", "ครั้งที่ 1/2567", "#ข่าวดี #ชุมชนของเราในวันนี้",
]  # fmt: skip
PAGES = st.lists(
    st.one_of(st.sampled_from(PIECES), st.just("\n"), st.text(max_size=8)), max_size=40
)


def check(article: Article) -> None:
    text, source = article.aligned.text, article.raw.text
    reached = text_reached = 0
    for segment in article.aligned.segments:
        assert (segment.start, segment.source_start) == (text_reached, reached)
        text_reached, reached = segment.end, segment.source_end
        if segment.copied:
            assert text[segment.start : segment.end] == source[segment.source_start : reached]
    assert reached == len(source)
    assert text_reached == len(text)
    assert text == text.strip()
    assert not {"\r", "\u00a0", "\u200b"} & set(text)
    if article.title is not None:
        assert text.startswith(article.title)
        assert text[: article.body_start].rstrip("\n") in {article.title, ""}
    for piece in article.removed:
        assert source[piece.start : piece.start + len(piece.text)] == piece.text


@settings(max_examples=150)
@given(PAGES)
def test_any_page(pieces: list[str]) -> None:
    raw = article_from_text("".join(pieces))
    article = clean(raw)
    check(article)
    assert clean(raw) == article


@settings(max_examples=60)
@given(PAGES)
def test_what_goes_is_either_removed_or_blank(pieces: list[str]) -> None:
    """Letters that are in the page are in the text or in ``removed``."""
    raw = article_from_text("".join(pieces))
    article = clean(raw)
    gone = "".join(piece.text for piece in article.removed)
    kept = article.text + gone
    for letter in "กนมชศดเปสบ":
        assert raw.text.count(letter) <= kept.count(letter) + 2 * raw.text.count("เ")


def test_a_very_long_article_is_cut_with_a_notice() -> None:
    paragraph = "ชาวบ้านร่วมกันเปิดศูนย์เรียนรู้ โดยมีนักเรียนเข้าร่วมและจะเปิดทุกวันเสาร์ "
    article = clean(article_from_text("หัวข้อข่าวของวันนี้\n\n" + paragraph * 30_000))
    assert len(article.text) <= LONGEST
    assert [notice.code for notice in article.notices] == ["truncated"]
    assert article.raw.text == article.aligned.source


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\ufeff", "0", "…"])
def test_nothing_in_it(text: str) -> None:
    article = clean(article_from_text(text))
    assert not article.usable
    assert article.title is None
    assert article.notices[-1].code == "no_article"
