"""The chrome data's own examples: what each list must catch, and what it must leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from assembly_extract.cleaning import clean
from assembly_extract.cleaning.below_story import below_story
from assembly_extract.cleaning.bracket_tags import bracket_tag_edits
from assembly_extract.cleaning.composed import composed_of
from assembly_extract.cleaning.credits import is_signing_office, read_credit
from assembly_extract.cleaning.date_lines import read_date_line
from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import is_section, is_site_name, label_of, phrase_of
from assembly_extract.cleaning.scripts import is_code
from assembly_extract.cleaning.signing import release_number
from assembly_extract.cleaning.slugs import decode_slug, encoded_runs
from assembly_extract.resources import data_file, read_toml
from assembly_extract.sources import article_from_text

PHRASES = read_toml("chrome/phrases.toml")["group"]
LABELS = read_toml("chrome/labels.toml")["label"]
COMPOSED = read_toml("chrome/composed.toml")["group"]
PUBLISHERS = sorted(
    entry.name for entry in data_file("chrome/publishers").iterdir() if entry.name.endswith(".toml")
)


def phrase(text: str) -> Any:
    return phrase_of(text, keys(text)[1])


@pytest.mark.parametrize("group", PHRASES, ids=lambda group: group["rule"])
def test_phrases(group: dict[str, Any]) -> None:
    for text in (*group["phrases"], *group.get("examples", ())):
        assert phrase(text) is not None, text
    for text in group.get("counter_examples", ()):
        assert phrase(text) is None, text
    assert {keys(text)[1] for text in group.get("edge", ())} <= {
        keys(text)[1] for text in group["phrases"]
    }


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["rule"])
def test_labels(label: dict[str, Any]) -> None:
    where = {"any": "body", "edge": "tail"}.get(label["where"], label["where"])
    for text in label["examples"]:
        found = label_of(text, where)
        assert found is not None, text
        assert found.kind == label["kind"], text
    for text in label["counter_examples"]:
        found = label_of(text, where)
        assert found is None or found.kind != label["kind"], text


@pytest.mark.parametrize("group", COMPOSED, ids=lambda group: group["rule"])
def test_composed_lines(group: dict[str, Any]) -> None:
    for text in group["examples"]:
        found = composed_of(keys(text)[1])
        assert found is not None, text
        assert found.rule == group["rule"], text
    for text in group["counter_examples"]:
        assert composed_of(keys(text)[1]) is None, text


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("appeal", "appeal inside a line"),
        ("files", "file and its size"),
        ("office", "office and its telephone"),
    ],
)
def test_builds_of_lines_below_a_story(table: str, rule: str) -> None:
    rows = read_toml("chrome/labels.toml")[table]
    assert {(below_story(text) or ("", ""))[1] for text in rows["examples"]} == {rule}
    assert not any(map(below_story, rows["counter_examples"]))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("มีนาคม 2566 (11)", "month of an archive"),
        ("มีนาคม 2566 มีผู้สมัคร (11 คน)", None),
        ("ที่ทำการเทศบาลตำบลดอกจาน หมู่ที่ 4 โทร 0 4400 0000", "office and its telephone"),
        ("ศูนย์ดอกจาน โทร 0 4400 0000", None),
    ],
)
def test_addresses_and_archives_below_a_story(text: str, rule: str | None) -> None:
    found = below_story(text)
    assert (found and found[1]) == rule


def test_sections_and_sites() -> None:
    for name, judge in (("sections", is_section), ("sites", is_site_name)):
        table = read_toml(f"chrome/{name}.toml")
        assert all(map(judge, table["examples"]))
        assert not any(map(judge, table["counter_examples"]))


def test_dates() -> None:
    table = read_toml("chrome/dates.toml")
    assert all(read_date_line(text) is not None for text in table["examples"])
    assert not any(read_date_line(text) for text in table["counter_examples"])


def test_credits_and_offices() -> None:
    table = read_toml("chrome/credits.toml")
    for text in table["label"]["examples"]:
        assert read_credit(text, edge=True), text
    for text in table["label"]["counter_examples"]:
        assert read_credit(text, edge=True) is None, text
    for text in table["office"]["examples"]:
        assert is_signing_office(text, after_row=False), text
    for text in table["office"]["counter_examples"]:
        assert not is_signing_office(text, after_row=False), text


@pytest.mark.parametrize("name", PUBLISHERS)
def test_publishers(name: str) -> None:
    table = read_toml(f"chrome/publishers/{name}")
    for example in table["example"]:
        article = clean(
            article_from_text(f"{example['raw']}\n\nเนื้อข่าวหนึ่งย่อหน้าที่บอกว่ามีอะไรเกิดขึ้นที่ไหนและเมื่อไร")
        )
        assert article.title == example["clean"]
        assert (article.publisher, article.section) == (table["name"], example.get("section"))


@pytest.mark.parametrize(
    ("text", "date", "byline"),
    [
        ("วันศุกร์ที่ 4 สิงหาคม 2566", "2023-08-04", None),
        ("04/08/2566", "2023-08-04", None),
        ("4 ส.ค. 66 | 10:20 น. | 1,204 views", "2023-08-04", None),
        ("เผยแพร่:   โดย: เมืองรายวันออนไลน์", None, "เมืองรายวันออนไลน์"),
        ("โดย สมใจ ดีงาม 4 ส.ค. 2566 17:05 น.", "2023-08-04", "สมใจ ดีงาม"),
        ("ผู้ตั้ง : งานข่าว   เมื่อ : 04/08/2566 10:24:51   อ่าน : 341", "2023-08-04", "งานข่าว"),
        ("ปรับปรุงล่าสุด 4 ส.ค. 2566", "2023-08-04", None),
        ("Posted on August 4, 2023", "2023-08-04", None),
        ("Fri, 2023-08-04 16:31 -- nurse", "2023-08-04", "nurse"),
        ("วันที่ 4 สิงหาคม 2566 ปีที่ 24 ฉบับที่ 8685 ดอกจานรายวัน", "2023-08-04", None),
        ("ปีที่ 7 ฉบับที่ 81 ประจำเดือนสิงหาคม 2566", None, None),
        ("จดหมายข่าวดอกจาน ฉบับที่ 12 เดือนสิงหาคม 2566", None, None),
        ("Photo of Ann Wattanaเผยแพร่: 4 ส.ค. 2566 10:29 น.", "2023-08-04", "Ann Wattana"),
        ("โพสต์โดย : tin เมื่อ 4 ส.ค. 2566 22:42:38 น. เข้าชม 85 ครั้ง แจ้งลบ", "2023-08-04", "tin"),
        ("ดอกจานออนไลน์ 4 สิงหาคม 2566 >>>", "2023-08-04", "ดอกจานออนไลน์"),
        ("ข่าวทั่วไป 4 สิงหาคม พ.ศ. 2566 —หนังสือพิมพ์ดอกจาน", "2023-08-04", "หนังสือพิมพ์ดอกจาน"),
        ("เขียนวันที่ วันศุกร์ ที่ 04 สิงหาคม 2566 เวลา 10:20 น.", "2023-08-04", None),
        ("วันที่ 4 ส.ค. 2566 (จำนวนคนอ่าน 608 คน)", "2023-08-04", None),
        ("4 ส.ค. 2566 1065 งานสื่อสารองค์กร", "2023-08-04", "งานสื่อสารองค์กร"),
        ("ประจำวันที่ 4 สิงหาคม 2566", "2023-08-04", None),
        ("ข่าวดอกจาน-ป่าไม้   4 สิงหาคม 2566 , 06:33", "2023-08-04", None),
    ],
)
def test_date_lines(text: str, date: str | None, byline: str | None) -> None:
    read = read_date_line(text)
    assert read is not None
    assert ((read.date.date if read.date else None), read.byline) == (date, byline)


@pytest.mark.parametrize(
    "text",
    [
        "เมื่อวันที่ 4 สิงหาคม 2566 ชาวบ้านรวมตัวกัน",
        "วันที่ 4 - 6 สิงหาคม 2566",
        "4 สิงหาคม 2566 – 7 กันยายน 2566",
        "โดยนายสมใจ ดีงาม กล่าวว่า 4 สิงหาคม 2566",
        "เปิดรับสมัครถึง 4 สิงหาคม 2566",
        "เวลา 10.00 น.",
        "อ่าน 5 นาที",
        "https://www.example.or.th/news/pr10-8-64/",
        "ปีที่ 3 ของการดำเนินโครงการ",
        "ข่าวในพระราชสำนัก ประจำวันศุกร์ที่ 4 สิงหาคม 2566",
        "แผนพัฒนาฉบับที่ 12 พ.ศ. 2560–2564",
    ],
)
def test_no_date_lines(text: str) -> None:
    assert read_date_line(text) is None


def test_slugs() -> None:
    encoded = "%E0%B8%81%e0%b8%82-%e0%b9%81"
    assert decode_slug(encoded) == "กข-แ"
    assert decode_slug(encoded[:-2]) == "กข-"
    assert decode_slug(encoded[:-1]) == "กข-"
    assert encoded_runs(f"ก {encoded} ข") == [(2, 2 + len(encoded))]
    for text in ("เพิ่มขึ้น 50% จากเดิม", f"ดูที่ https://example.com/{encoded}", "ลด 20%-30%", "100%e"):
        assert encoded_runs(text) == [], text


def test_markup_that_a_scraper_left_in_the_text() -> None:
    article = clean(
        article_from_text(
            "ฝายไม้ไผ่กลับมาใช้งานได้\n\np.p1 {margin: 0.0px 0.0px; font: 16.0px Helvetica}\n"
            "<p>ชาวบ้าน<b>ร่วมกัน</b>ซ่อมฝายจนเสร็จ และจะเปิดใช้<br/>ในวันจันทร์ ถ้าน้ำ < 2 เมตร</p>"
        )
    )
    assert article.text.split("\n")[2:] == [
        "ชาวบ้านร่วมกันซ่อมฝายจนเสร็จ และจะเปิดใช้ ในวันจันทร์ ถ้าน้ำ < 2 เมตร"
    ]
    assert {piece.kind for piece in article.removed} == {"markup"}


def test_numbers_of_releases() -> None:
    table = read_toml("chrome/credits.toml")["release"]
    for where in ("above", "below"):
        of = release_number(where)
        for word in table[where]:
            assert of.fullmatch(f"{word} 7/2567"), word
        assert not any(map(of.fullmatch, table["counter_examples"]))
    assert all(map(release_number("below").fullmatch, table["examples"]))


def test_program_text() -> None:
    table = read_toml("chrome/markup.toml")["code"]
    assert [text for text in table["examples"] if not is_code(text)] == []
    assert [text for text in table["counter_examples"] if is_code(text)] == []


def test_bracket_tags() -> None:
    table = read_toml("chrome/markup.toml")["bracket_tags"]
    assert [text for text in table["examples"] if not bracket_tag_edits(text)] == []
    assert [text for text in table["counter_examples"] if bracket_tag_edits(text)] == []
