"""HTML: what the markup says, which encodings it claims, and pages made to break a parser."""

from __future__ import annotations

import json

import pytest

from assembly_extract.cleaning import clean
from assembly_extract.errors import InputError
from assembly_extract.sources import article_from_bytes
from assembly_extract.sources.html import parse_html
from assembly_extract.sources.kinds import is_html

PARAGRAPHS = (
    "<p>ชาวบ้านตำบลตัวอย่างร่วมกันซ่อมฝายชะลอน้ำที่พังจากน้ำหลากเมื่อเดือนก่อน โดยใช้แรงงานในหมู่บ้านและไม้ไผ่จากป่าชุมชน</p>"
    "<p>ผู้ใหญ่บ้านกล่าวว่า ฝายจะช่วยให้นาข้าวกว่า 400 ไร่มีน้ำใช้ถึงเดือนเมษายน และจะชวนโรงเรียนมาเรียนรู้ด้วย</p>"
)
HEADLINE = "ชาวบ้านซ่อมฝายไม้ไผ่ รับมือแล้งยาว"


def page(head: str = "", body: str = PARAGRAPHS, headline: str = HEADLINE) -> bytes:
    return (
        f"<html lang='th'><head><meta charset='utf-8'>{head}</head>"
        f"<body><h1>{headline}</h1>{body}</body></html>"
    ).encode()


def ld(item: object) -> str:
    text = json.dumps(item, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


STORY = {
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2024-02-03T10:00:00+07:00",
    "author": [{"@type": "Person", "name": "ดารา พูนสุข"}],
    "publisher": {"@type": "Organization", "name": "ข่าวฝายน้ำ"},
    "articleSection": "สิ่งแวดล้อม",
    "url": "https://example.com/a",
}


@pytest.mark.parametrize(
    "item",
    [
        STORY,
        [{"@type": "WebSite", "name": "x"}, STORY],
        {"@context": "https://schema.org", "@graph": [{"@type": "Organization"}, STORY]},
        {"@type": "WebPage", "mainEntity": STORY},
        {**STORY, "@type": ["Thing", "http://schema.org/NewsArticle"]},
    ],
    ids=["object", "array", "graph", "entity", "types"],
)
def test_json_ld_in_every_form(item: object) -> None:
    found = parse_html(page(ld(item)), "a.html").metadata
    assert found.title == HEADLINE
    assert found.published == STORY["datePublished"]
    assert (found.publisher, found.section) == ("ข่าวฝายน้ำ", "สิ่งแวดล้อม")
    assert found.authors == ("ดารา พูนสุข",)
    assert found.url == "https://example.com/a"
    assert found.sources["published"] == "json-ld"


@pytest.mark.parametrize(
    "text",
    ["{", "[" * 100_000, '{"@type": 5}', "null", '"text"', '{"@graph": {"@type": "Article"}}'],
)
def test_broken_json_ld_is_passed_over(text: str) -> None:
    found = parse_html(page(f'<script type="application/ld+json">{text}</script>'), "a.html")
    assert found.metadata.title == HEADLINE
    assert found.metadata.published is None


@pytest.mark.parametrize(
    ("head", "published", "source"),
    [
        (
            '<meta property="article:published_time" content="2024-02-03">',
            "2024-02-03",
            "article:published_time",
        ),
        ('<meta name="DC.date.issued" content="3 ก.พ. 2567">', "3 ก.พ. 2567", "dc.date.issued"),
        ('<meta itemprop="datePublished" content="2024-02-03">', "2024-02-03", "datePublished"),
    ],
)
def test_meta_fields(head: str, published: str, source: str) -> None:
    found = parse_html(page(head), "a.html").metadata
    assert found.published == published
    assert found.sources["published"].lower() == source.lower()


def test_a_time_element_dates_the_page() -> None:
    body = f'<article><time datetime="2024-02-03T10:00">เช้านี้</time>{PARAGRAPHS}</article>'
    assert parse_html(page(body=body), "a.html").metadata.published == "2024-02-03T10:00"


def test_the_site_name_behind_the_title() -> None:
    found = parse_html(page(f"<title>{HEADLINE} | ข่าวฝายน้ำ</title>"), "a.html").metadata
    assert (found.title, found.publisher) == (HEADLINE, "ข่าวฝายน้ำ")


@pytest.mark.parametrize(
    ("declared", "codec", "codes"),
    [
        ("utf-8", "utf-8", []),
        ("windows-874", "cp874", []),
        ("tis-620", "cp874", []),
        ("utf-8", "cp874", ["charset_mismatch"]),
        ("windows-874", "utf-8", ["charset_mismatch"]),
    ],
)
def test_the_declared_charset_is_checked_against_the_bytes(
    declared: str, codec: str, codes: list[str]
) -> None:
    text = page().decode().replace("charset='utf-8'", f"charset='{declared}'")
    parsed = parse_html(text.encode(codec), "a.html")
    assert HEADLINE in parsed.text
    assert [notice.code for notice in parsed.notices] == codes


def test_a_page_is_told_by_its_beginning_too() -> None:
    assert is_html(page(), "article.txt")
    assert is_html(b"\xef\xbb\xbf  <!-- c --><!DOCTYPE html>", "a")
    assert not is_html("<ข่าว> ไม่ใช่หน้าเว็บ".encode(), "a.txt")
    assert article_from_bytes(page(), "article.txt").format == "html"


def test_a_gzip_archive_named_html_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="gzip"):
        article_from_bytes(b"\x1f\x8b\x08\x00\x00\x00", "a.html")


def test_marks_lie_on_whole_lines() -> None:
    body = (
        f"<nav><a href='/'>หน้าแรก</a></nav>{PARAGRAPHS}<aside>โฆษณา</aside><footer>ท้ายหน้า</footer>"
    )
    parsed = parse_html(page(body=body), "a.html")
    edges = {0, *(n + 1 for n, c in enumerate(parsed.text) if c == "\n")}
    for mark in parsed.marks:
        assert mark.start in edges
        assert parsed.text[mark.end : mark.end + 1] in {"", "\n"}
    assert [mark.kind for mark in parsed.marks] == ["navigation", "related", "footer"]


@pytest.mark.parametrize(
    "noise",
    [
        "<div>" * 20_000 + "ลึก" + "</div>" * 20_000,
        "<b>" * 8_000 + "ลึก",
        "<table><tr><td>" * 2_000,
        "<div data-x='" + "a" * 2_000_000 + "'></div>",
        "<div class='" + "nav " * 200_000 + "'></div>",
        "</div>" * 50_000,
        "<p>&#x110000; &#xD800; &#0; &nosuch; &#99999999999;</p>",
        "<!--" + "-" * 500_000 + "-->",
        "<script>" + "<p>ไม่ใช่ข่าว</p>" * 1_000 + "</script>",
        "<p onclick='" + "<p>" * 1_000 + "'>",
        "\x00<p>\x1b[31m</p>\ufffe",
    ],
    ids=[
        "deep",
        "inline",
        "tables",
        "attribute",
        "classes",
        "ends",
        "references",
        "comment",
        "script",
        "quotes",
        "controls",
    ],
)
def test_hostile_pages_give_the_story(noise: str) -> None:
    article = clean(article_from_bytes(page(body=PARAGRAPHS + noise), "a.html"))
    assert article.title == HEADLINE
    assert "ฝายจะช่วยให้นาข้าวกว่า 400 ไร่" in article.text
    assert "ไม่ใช่ข่าว" not in article.text
    article.text.encode()


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + page(
        body=PARAGRAPHS + "<p>&b;</p>"
    )
    assert "aaaaaaaaaa" not in clean(article_from_bytes(bomb, "a.html")).text.replace(" ", "")[200:]


@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"<html></html>", b"<html><body><nav><a>x</a></nav></body></html>"]
)
def test_pages_without_a_story(data: bytes) -> None:
    article = clean(article_from_bytes(data, "a.html"))
    assert not article.usable
    assert article.notices[-1].code == "no_article"


@pytest.mark.parametrize(
    ("body", "authors"),
    [
        (f"<a rel='author' href='/a'>ดารา พูนสุข</a>{PARAGRAPHS}", ("ดารา พูนสุข",)),
        (f"<span class='author-name'>โดย ดารา พูนสุข</span>{PARAGRAPHS}", ("ดารา พูนสุข",)),
        (
            f"<table><tr><td class='user'>เมธี ใจงาม<br>สมาชิก</td><td>{PARAGRAPHS}</td></tr></table>",
            ("เมธี ใจงาม",),
        ),
        (
            f"<div>{PARAGRAPHS}</div><div class='post-footer'>เขียนโดย เมธี ใจงาม ที่ 17:05</div>",
            ("เมธี ใจงาม",),
        ),
        (
            f"<div>{PARAGRAPHS}</div><div class='post-footer'>เขียนโดย กองบรรณาธิการ ที่ 17:05</div>",
            ("กองบรรณาธิการ",),
        ),
        # what signs something else, or names nobody
        (f"{PARAGRAPHS}<div class='comment'><span class='author'>คนผ่านมา</span></div>", ()),
        (f"{PARAGRAPHS}<div class='footer'>เขียนโดยระบบรุ่น 2.1</div>", ()),
        (f"<div class='author'>{PARAGRAPHS}</div>", ()),
    ],
    ids=[
        "rel",
        "class",
        "poster",
        "footer",
        "footer of a desk",
        "comment",
        "no name",
        "not a name",
    ],
)
def test_who_signs_a_page_without_metadata(body: str, authors: tuple[str, ...]) -> None:
    article = clean(article_from_bytes(page(body=body), "a.html"))
    assert article.authors == authors
    assert "ชาวบ้านตำบลตัวอย่าง" in article.text
