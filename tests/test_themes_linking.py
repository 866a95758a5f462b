"""Which themes an article gets: one primary, few others, none that nothing tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assembly_extract.linking.themes import MOST_OF_TOPIC, MOST_TOPICS, link_themes
from assembly_extract.recognise.themes import recognise_themes
from assembly_extract.sources import article_from_text
from assembly_extract.spans import AlignedText
from assembly_extract.types.article import Article, Document
from assembly_extract.vocabulary import load_themes

if TYPE_CHECKING:
    from assembly_extract.types.themes import ThemeEntity
    from assembly_extract.vocabulary import Vocabulary


def themes_of(title: str, body: str, vocabulary: Vocabulary | None = None) -> list[ThemeEntity]:
    text = f"{title}\n\n{body}"
    raw = article_from_text(text)
    article = Article(raw, AlignedText.of(text), title, len(title) + 2, usable=True, language="th")
    document = Document(article)
    mentions = list(recognise_themes(document, vocabulary))
    entities = list(link_themes(mentions, document, vocabulary))
    for entity in entities:
        for mention in entity.evidence:
            assert text[mention.start : mention.end] == mention.text
    return entities


ARTICLES = [
    (
        "เทศบาลตั้งจุดคัดแยกขยะทุกชุมชน",
        "เทศบาลเปิดธนาคารขยะและรณรงค์คัดแยกขยะที่บ้าน เพื่อลดขยะพลาสติกที่ต้องฝังกลบ",
        "waste",
        7,
    ),
    (
        "โรงพยาบาลเปิดคลินิกสุขภาพจิตวัยรุ่น",
        "จิตแพทย์ให้คำปรึกษาเรื่องซึมเศร้าและความเครียด ผู้ป่วยโทรสายด่วน 1323 ได้ตลอดวัน",
        "mental_health",
        3,
    ),
    (
        "ทีมชาติไทยคว้าเหรียญทองวอลเลย์บอล",
        "นักกีฬาชนะสามเซตรวดในซีเกมส์ สมาคมกีฬาเตรียมจัดพิธีต้อนรับ",
        "sport",
        15,
    ),
    (
        "ข้าราชการร่วมลงนามถวายพระพร",
        "จังหวัดจัดพิธีวันเฉลิมพระชนมพรรษา มีพิธีวางพานพุ่มและจุดเทียนชัยถวายพระพร",
        "royal_ceremonies",
        23,
    ),
    (
        "ชาวบ้านรับโฉนดที่ดินทำกิน",
        "ส.ป.ก. มอบโฉนดเพื่อการเกษตรให้เกษตรกรในเขตปฏิรูปที่ดินสองร้อยราย",
        "land_rights",
        21,
    ),
    (
        "ตำรวจทลายแก๊งคอลเซ็นเตอร์",
        "จับกุมผู้ต้องหาบัญชีม้าสิบรายที่หลอกลวงออนไลน์ เตือนอย่าหลงเชื่อมิจฉาชีพ",
        "cybercrime",
        12,
    ),
    (
        "กระทรวงยุติธรรมเตรียมรับตรวจรางวัลเลิศรัฐ",
        "รองปลัดกระทรวงยุติธรรมประชุมเรื่องคุณภาพการบริหารจัดการภาครัฐ ก่อนผู้ตรวจประเมินจาก ก.พ.ร. มาถึง",
        "digital_government",
        20,
    ),
    (
        "ศุลกากรภาคสี่ยึดกระเทียมลักลอบนำเข้า",
        "เจ้าหน้าที่ด่านศุลกากรพบสินค้าหนีภาษีซ่อนในรถบรรทุก จึงยึดไว้เป็นของกลางตามกฎหมายศุลกากร",
        "tariffs_imports",
        18,
    ),
    (
        "กระทรวงอุตสาหกรรมจัดงานวันสตรีสากล",
        "เครือข่ายสตรีเสนอให้เพิ่มบทบาทสตรีและความเสมอภาคระหว่างเพศในที่ทำงาน",
        "gender_equality",
        2,
    ),
    (
        "อำเภอเร่งให้สัญชาติแก่ผู้เฒ่าไร้สัญชาติ",
        "ที่ประชุมหารือการแก้ปัญหาสถานะบุคคล ผู้ไม่มีสถานะทางทะเบียนยื่นคำขอสัญชาติไทยได้ที่ว่าการอำเภอ",
        "statelessness",
        9,
    ),
    (
        "ผู้นำร่วมกินเจที่ศาลเจ้าริมน้ำ",
        "ชาวบ้านถือศีลกินเจเก้าวันตามประเพณี มีการแสดงทางวัฒนธรรมทุกคืน",
        "culture_general",
        23,
    ),
    (
        "ลดธงครึ่งเสาไว้อาลัยอดีตประธานาธิบดี",
        "สถานที่ราชการลดธงครึ่งเสาหนึ่งวัน และมีสารแสดงความเสียใจต่อการถึงแก่อสัญกรรมของผู้นำมิตรประเทศ",
        "diplomacy",
        19,
    ),
]


@pytest.mark.parametrize(("title", "body", "theme", "cap"), ARTICLES)
def test_primary_theme(title: str, body: str, theme: str, cap: int) -> None:
    entities = themes_of(title, body)
    assert (entities[0].id, entities[0].cap) == (theme, cap)
    assert [entity.primary for entity in entities] == [True] + [False] * (len(entities) - 1)
    assert sum(not entity.declared for entity in entities) <= MOST_TOPICS * MOST_OF_TOPIC
    assert all(0 < entity.score <= 1 for entity in entities)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("แมวหายตอนบ่าย", "ฉันเดินหาแมวสีส้มรอบบ้าน พบนอนหลับใต้ต้นมะม่วง"),
        ("สูตรแกงจืด", "ต้มน้ำให้เดือด ใส่ผักกาดกับเต้าหู้ ปรุงรสตามชอบ"),
        ("", ""),
    ],
)
def test_nothing_is_forced(title: str, body: str) -> None:
    assert themes_of(title, body) == []


def test_issues_of_a_policy_process_carry_their_own_codes() -> None:
    entities = themes_of(
        "สมัชชาสุขภาพจังหวัดประชุมใหญ่",
        "สมัชชาสุขภาพจังหวัดเห็นชอบ 2 ประเด็น ได้แก่ การจัดการขยะชุมชน การเพิ่มทุนการศึกษา โดยจะติดตามผล",
    )
    issues = [(e.label.th, e.cap, e.extra) for e in entities if e.declared]
    assert issues == [
        ("การจัดการขยะชุมชน", 7, {"form": "issue", "ordinal": 1}),
        ("การเพิ่มทุนการศึกษา", 6, {"form": "issue", "ordinal": 2}),
    ]
    assert entities[0].id == "health_assembly"
    assert [e.id for e in entities if e.declared] == ["declared:1", "declared:2"]


def test_a_law_takes_no_code_that_the_article_does_not_have() -> None:
    entities = themes_of(
        "ทีมชาติไทยคว้าเหรียญทองวอลเลย์บอล",
        "นักกีฬาชนะในซีเกมส์ ส่วนรถที่จอดขวางสนามกีฬาถูกปรับตาม พ.ร.บ.จราจรทางบก พ.ศ. 2522 แล้ว",
    )
    law = next(entity for entity in entities if entity.declared)
    assert (law.label.th, law.cap) == ("พ.ร.บ.จราจรทางบก พ.ศ. 2522", None)


SCHOOL = "เทศบาลและ อบจ. ตั้งโรงเรียนผู้สูงอายุในสามตำบล อบต. ร่วมจัดหาผู้สอนผู้สูงอายุ"


@pytest.mark.parametrize("title", ["เทศบาลกับ อบต. จัดงาน", "อบจ. ประชุมกับเทศบาล"])
def test_a_body_that_acts_does_not_come_before_what_it_does(title: str) -> None:
    entities = themes_of(title, SCHOOL)
    assert [(e.id, e.primary) for e in entities] == [("ageing", True), ("decentralisation", False)]


def test_local_government_itself_comes_first() -> None:
    entities = themes_of("เทศบาลรับถ่ายโอนภารกิจตามแผนกระจายอำนาจ", SCHOOL)
    assert entities[0].id == "decentralisation"


def test_a_body_alone_still_tells_its_theme() -> None:
    entities = themes_of("อบจ.พบประชาชน", "องค์การบริหารส่วนจังหวัดพบประชาชน")
    assert [entity.id for entity in entities] == ["decentralisation"]


def test_a_users_theme_without_a_code() -> None:
    text = "[[theme]]\nid='cats'\nth='แมวจร'\nen='Stray cats'\nterms=['แมวจรจัด', 'ทำหมันแมว']"
    entities = themes_of("อำเภอนัดทำหมันแมว", "วันนี้พาแมวจรจัดมาทำหมันแมวฟรี", load_themes(text))
    assert [(e.id, e.cap, e.primary) for e in entities] == [("cats", None, True)]


def test_same_article_same_themes() -> None:
    title, body, *_ = ARTICLES[0]
    assert themes_of(title, body) == themes_of(title, body)
