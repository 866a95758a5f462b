"""Chrome learnt from an archive."""

from __future__ import annotations

import pytest

from assembly_extract.cleaning import clean
from assembly_extract.cleaning.learning import learn_chrome, load_chrome
from assembly_extract.errors import DataFileError
from assembly_extract.sources import article_from_text
from assembly_extract.types.article import RawArticle

SLOGAN = "“ป่าอยู่ได้ คนอยู่ได้ น้ำอยู่ได้ แล้วเราจะอยู่ด้วยกันไปอีกนาน”"
TOWNS = ["สันดอน", "ท่าข้าม", "หนองแสง", "ดงเค็ง", "โคกสูง", "ปากน้ำ", "ร่องคำ", "นาทราย"]


def archive() -> list[RawArticle]:
    """Eight articles of one site: its name, an appeal, a numbered source line, a quoted slogan."""
    return [
        article_from_text(
            f"ลุ่มน้ำวันนี้-ข่าวชุมชน-ชาวบ้าน{town}ปลูกป่าชุมชนรอบอ่างเก็บน้ำ\n"
            "เสียงของคนริมน้ำทุกวันพุธ\n\n"
            f"ชาวบ้าน{town}ร่วมกันปลูกป่าชุมชนรอบอ่างเก็บน้ำ {number + 3} ไร่ โดยมีเยาวชนเข้าร่วมและจะดูแลต่อเนื่องสามปี\n"
            f"{SLOGAN}\n"
            f"ผู้ใหญ่บ้าน{town}กล่าวว่า จะขยายพื้นที่ปลูกให้ได้อีก {number + 20} ไร่ในปีหน้า และตั้งกติกาการใช้น้ำร่วมกัน\n"
            "คลังภาพลุ่มน้ำวันนี้\n"
            f"รหัสข่าว LN-{4400 + number}\n",
            f"{number}.txt",
        )
        for number, town in enumerate(TOWNS)
    ]


def test_what_recurs_at_the_edges_is_learnt_with_counts_and_examples() -> None:
    learnt = learn_chrome(archive())
    chrome = load_chrome(learnt, "chrome.toml")
    assert chrome.prefixes == ("ลุ่มน้ำวันนี้-ข่าวชุมชน-",)
    assert {line.where for line in chrome.lines.values()} == {"head", "tail"}
    assert "รหัสข่าวln0" in chrome.lines
    assert "articles = 8" in learnt
    assert 'examples = ["รหัสข่าว LN-4400", "รหัสข่าว LN-4401"]' in learnt
    assert learn_chrome(archive()) == learnt


def test_what_was_learnt_is_removed_and_told() -> None:
    chrome = load_chrome(learn_chrome(archive()), "chrome.toml")
    article = clean(archive()[0], chrome)
    assert article.title == "ชาวบ้านสันดอนปลูกป่าชุมชนรอบอ่างเก็บน้ำ"
    assert (article.publisher, article.section) == ("ลุ่มน้ำวันนี้", "ข่าวชุมชน")
    gone = {piece.text for piece in article.removed if piece.rule.startswith("learnt")}
    assert {"คลังภาพลุ่มน้ำวันนี้", "รหัสข่าว LN-4400"} <= gone
    assert "รหัสข่าว" not in article.text


def test_a_slogan_that_every_article_quotes_stays() -> None:
    chrome = load_chrome(learn_chrome(archive()), "chrome.toml")
    assert all(SLOGAN in clean(raw, chrome).text for raw in archive())


def test_an_archive_of_different_articles_teaches_nothing() -> None:
    articles = [
        article_from_text(f"หัวข้อที่ {town}\n\nเรื่องของ{town}ที่ไม่ซ้ำใคร และยาวพอจะเป็นข่าว")
        for town in TOWNS[:2]
    ]
    chrome = load_chrome(learn_chrome(articles), "chrome.toml")
    assert (chrome.prefixes, chrome.suffixes, chrome.lines) == ((), (), {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense = 1", "unknown nonsense"),
        ('[[line]]\ntext = "ก"\ncolour = "red"', "line 1: unknown colour"),
        ('[[line]]\nwhere = "tail"', "line 1: text"),
        ('[[line]]\ntext = "ก"\nwhere = "middle"', "where must be"),
        ("[[line]", "chrome.toml"),
    ],
)
def test_a_broken_file_is_refused_by_place(text: str, message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        load_chrome(text, "chrome.toml")
