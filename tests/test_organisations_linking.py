"""Organisations: what an entity holds, the tagger as evidence, and what must always be true."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly_extract import extract
from assembly_extract.linking.organisations import link_organisations
from assembly_extract.recognise.organisations import recognise_organisations
from assembly_extract.recognise.organisations.lexicon import heads, known_spellings
from assembly_extract.spans import Span
from assembly_extract.types.article import Document
from assembly_extract.types.names import ORGANISATION_KINDS, OrganisationEntity
from test_organisations import document


def entities(source: Document) -> tuple[OrganisationEntity, ...]:
    return link_organisations(list(recognise_organisations(source)), source)


def tagged(text: str, *names: str) -> Document:
    """A document in which the tagger saw ``names`` as organisations."""
    starts = [(text.index(name), name) for name in names]
    spans = tuple(Span(start, start + len(name), "ORGANIZATION") for start, name in sorted(starts))
    return Document(document(text).article, spans)


def test_one_entity_holds_name_abbreviation_and_every_mention() -> None:
    text = "กระทรวงสาธารณสุข (สธ.) แจ้ง\nสธ. ลงพื้นที่ ปลัดกระทรวงสาธารณสุข กล่าว กระทรวงฯ ย้ำ"
    (ministry,) = entities(document(text))
    assert (ministry.id, ministry.name, ministry.abbreviation, ministry.kind) == (
        "o1",
        "กระทรวงสาธารณสุข",
        "สธ.",
        "ministry",
    )
    assert [mention.text for mention in ministry.mentions] == [
        "กระทรวงสาธารณสุข",
        "สธ.",
        "สธ.",
        "กระทรวงสาธารณสุข",
        "กระทรวงฯ",
    ]


def test_entities_are_numbered_by_their_first_mention() -> None:
    found = entities(document("กรมประมงจับมือกรมปศุสัตว์ และกรมประมงย้ำอีกครั้ง"))
    assert [(body.id, body.name) for body in found] == [("o1", "กรมประมง"), ("o2", "กรมปศุสัตว์")]


def test_the_outer_body_keeps_the_inner_one_as_parent() -> None:
    text = "กระทรวงกลาโหมประชุม โดยคณะอนุกรรมการจริยธรรมกระทรวงกลาโหม รายงาน"
    ministry, committee = entities(document(text))
    assert committee.parent == ministry.name
    assert ministry.parent is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("กระทรวงคมนาคม", "ministry"),
        ("กรมอนามัย", "department"),
        ("การยางแห่งประเทศไทย", "state_enterprise"),
        ("พรรคประชาธิปัตย์", "party"),
        ("มหาวิทยาลัยมหิดล", "university"),
        ("ศาลปกครองกลาง", "court"),
        ("อบต.บ้านแหลม", "local_government"),
        ("มูลนิธิบ้านริมธาร", "foundation"),
        ("บริษัท น้ำใส จำกัด", "company"),
        ("กองทัพเรือ", "military"),
        ("องค์การอนามัยโลก", "international"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    (body,) = entities(document(f"งานนี้ร่วมกับ{name} ทุกปี"))
    assert (body.name, body.kind) == (name, kind)


def test_a_weak_head_needs_the_tagger() -> None:
    text = "ชาวบ้านพบศูนย์สานฝันปันรัก เมื่อเช้านี้"
    assert entities(document(text)) == ()
    assert [body.name for body in entities(tagged(text, "ศูนย์สานฝันปันรัก"))] == ["ศูนย์สานฝันปันรัก"]


def test_the_tagger_ends_a_name_that_the_grammar_leaves_open() -> None:
    text = "มูลนิธิสายธารประสานใจ รับบริจาค"
    (body,) = entities(tagged(text, "มูลนิธิสายธารประสานใจ"))
    assert body.name == "มูลนิธิสายธารประสานใจ"


def test_the_tagger_alone_makes_no_body() -> None:
    text = "ทีมหมูป่าดอยสูงแข่งขันวันนี้"
    assert entities(tagged(text, "ทีมหมูป่าดอยสูง")) == ()


def test_an_ambiguous_abbreviation_stands_with_its_body_only() -> None:
    assert entities(document("ราคา 5 กม. ต่อบาท")) == ()
    (body,) = entities(document("คณะกรรมการหมู่บ้านประชุม โดย กม. ทุกคนเข้าร่วม"))
    assert [mention.text for mention in body.mentions] == ["คณะกรรมการหมู่บ้าน", "กม."]


def test_a_shared_abbreviation_goes_to_the_body_that_is_named() -> None:
    text = "สำนักงานคณะกรรมการส่งเสริมการศึกษาเอกชนตรวจโรงเรียน ซึ่งสช.จะรายงานผล"
    (body,) = entities(document(text))
    assert body.abbreviation == "สช."


WORDS = st.sampled_from(
    [
        *sorted(known_spellings())[::40],
        *(head.word for head in heads()),
        *("ได้", "และ", "ที่", "โดย", " ", " ", "\n", "(", ")", "จังหวัด", "น่าน", "ฯ", "พัฒนา", "5"),
        *("นายเอก ใจกล้า", "จำกัด", "(มหาชน)", "ณ ", "ห้องประชุม", "UN", "สช.", "ก.พ.ร.", "่", "์"),
    ]
)


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=40))
def test_whatever_is_read_stands_in_the_text(words: list[str]) -> None:
    source = document("".join(words))
    mentions = list(recognise_organisations(source))
    assert mentions == list(recognise_organisations(source))
    reached = 0
    for mention in mentions:
        assert source.text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip() != ""
        assert "\n" not in mention.text
        assert 0 < mention.score <= 1
        assert mention.start >= reached  # in order, none inside another
        reached = mention.end
    found = link_organisations(mentions, source)
    assert [body.id for body in found] == [f"o{n}" for n in range(1, len(found) + 1)]
    for body in found:
        assert body.kind is None or body.kind in ORGANISATION_KINDS
        assert body.name in {mention.text for mention in body.mentions}
    linked = [mention for body in found for mention in body.mentions]
    assert len(linked) == len(set(linked))
    assert set(linked) <= set(mentions)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "นายเอก ใจกล้า ประธานคณะกรรมการแก้ไขปัญหาการระบาดของปลาใบ้ แถลง",
            ["คณะกรรมการแก้ไขปัญหาการระบาดของปลาใบ้"],
        ),
        (
            "นายเอก ใจกล้า นายกสมาคมซาเล้งและร้านรับของเก่าทุ่งทอง แถลง",
            ["สมาคมซาเล้งและร้านรับของเก่าทุ่งทอง"],
        ),
        # no post says where the name ends
        ("คณะกรรมการแก้ไขปัญหาการระบาดของปลาใบ้ประชุม", ["คณะกรรมการแก้ไขปัญหาการระบาด"]),
    ],
)
def test_a_post_gives_a_cut_name_its_end(text: str, names: list[str]) -> None:
    assert [body.name for body in extract(text).organisations] == names
