"""Places of sentences written for this project, marked in the text: ``{surface|kind|code}``.

A kind is p(rovince), d(istrict), s(ubdistrict), v(enue), r(egion), c(ountry) or o(ther). The code
is an area's own, a country's ISO code, or for venues and features that of the area that holds them.
A row without marks has no place at all. ``places_aside.tsv`` was kept aside while the grammar was
written.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract import areas
from assembly_extract.linking.dates import link_dates
from assembly_extract.linking.places import link_places
from assembly_extract.overlaps import resolve
from assembly_extract.recognise.dates import recognise_dates
from assembly_extract.recognise.places import recognise_places
from assembly_extract.resources import parse_tsv, read_toml, read_tsv
from assembly_extract.spans import AlignedText
from assembly_extract.types.article import Article, Document, RawArticle
from marked_places import KINDS, unmarked

if TYPE_CHECKING:
    from assembly_extract.types.places import LinkedPlaces, PlaceEntity

CASES = Path(__file__).parent / "cases"


def document(text: str, body_start: int = 0, publisher: str | None = None) -> Document:
    raw = RawArticle("case.txt", "0" * 32, "0" * 64, "text", "utf-8", text)
    title = text[:body_start].strip() or None
    aligned = AlignedText.of(text)
    return Document(Article(raw, aligned, title, body_start, True, "th", publisher=publisher))


def linked(text: str, body_start: int = 0, publisher: str | None = None) -> LinkedPlaces:
    doc = document(text, body_start, publisher)
    return link_places(resolve(recognise_places(doc)), doc)


def marked_rows(name: str) -> list[object]:
    rows = parse_tsv((CASES / name).read_text(encoding="utf-8"), name, ["topic", "marked"])
    return [
        pytest.param(row["marked"], marks=pytest.mark.xfail(strict=True))
        if row["topic"].endswith("known failure")
        else row["marked"]
        for row in rows
    ]


def check(marked: str) -> None:
    text, expected = unmarked(marked)
    found: dict[int, tuple[str, PlaceEntity]] = {}
    for entity in linked(text).places:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
            found[mention.start] = (mention.text, entity)
    assert {at: surface for at, (surface, _) in found.items()} == {
        at: surface for at, (surface, _, _) in expected.items()
    }
    for at, (_, kind, code) in expected.items():
        entity = found[at][1]
        assert entity.kind == kind
        if code and kind in {"venue", "other"}:
            assert code in {parent.dopa for parent in entity.within}
        elif code:
            assert code in {entity.dopa, entity.iso}


@pytest.mark.parametrize("marked", marked_rows("places.tsv"))
def test_sentences(marked):
    check(marked)


@pytest.mark.parametrize("marked", marked_rows("places_aside.tsv"))
def test_sentences_kept_aside(marked):
    check(marked)


def names(entity: PlaceEntity) -> list[str]:
    return [parent.name for parent in entity.within]


def test_spellings_of_one_province_are_one_place():
    found = linked("ประชุมในจังหวัดน่าน ชาว จ.น่าน ยินดี เพราะน่าน เป็นต้นแบบ")
    assert [(place.name, place.dopa, place.iso) for place in found.places] == [
        ("น่าน", "55", "TH-55")
    ]
    assert [m.text for m in found.places[0].mentions][:2] == ["จังหวัดน่าน", "จ.น่าน"]


def test_an_ambiguous_name_keeps_its_candidates():
    (place,) = linked("ชาวบ้านตำบลหนองบัวยื่นหนังสือ").places
    assert place.dopa is None
    assert len(place.candidates) == len(areas.subdistrict_names()["หนองบัว"])
    assert {parent.kind for parent in place.candidates[0].within} == {"district", "province"}


def test_an_ambiguous_name_is_settled_by_the_article():
    found = linked("จังหวัดอุดรธานีเตรียมงาน\nชาวบ้านตำบลหมากแข้งและอำเภอเมืองเข้าร่วม")
    assert {place.name: place.dopa for place in found.places}["เมืองอุดรธานี"] == "4101"


def test_an_ambiguous_name_is_settled_by_the_agency():
    found = linked("ผู้ว่าราชการจังหวัดเลยเปิดเผยว่า น้ำท่วมอำเภอเมือง แล้ว")
    assert [place.dopa for place in found.places] == ["4201"]


def test_the_publisher_settles_last_and_says_so():
    found = linked("น้ำท่วมอำเภอเมือง แล้ว", publisher="สำนักงานประชาสัมพันธ์จังหวัดเลย")
    assert [place.dopa for place in found.places] == ["4201"]
    assert [notice.code for notice in found.notices] == ["place_by_publisher"]


def test_the_capital_district_without_a_province_stays_open():
    (place,) = linked("น้ำท่วมอำเภอเมือง แล้ว").places
    assert (place.dopa, len(place.candidates)) == (None, 76)


def test_an_address_that_contradicts_the_only_reading_leaves_it_open():
    found = linked("ทำบุญที่ตำบลบ้านแพง อำเภอโกสุมพิสัย จังหวัดมหาสารคาม")
    place = found.places[0]
    assert (place.name, place.dopa, place.candidates) == ("บ้านแพง", None, ())
    assert names(place) == ["โกสุมพิสัย", "มหาสารคาม"]


def test_a_list_that_ends_elsewhere_contradicts_nothing():
    found = linked("พื้นที่ อ.เมืองลำปาง อ.เมืองสุราษฎร์ธานี เขตดินแดง กทม. และอื่น")
    assert [place.dopa for place in found.places] == ["5201", "8401", "1026", "10"]


def test_a_misspelt_name_is_mended_below_its_parent():
    place = linked("น้ำท่วม ต.คลองด่่าน อ.บางบ่อ จ.สมุทรปราการ").places[0]
    assert (place.name, place.dopa) == ("คลองด่าน", "110205")


def test_a_venue_is_not_in_the_area_listed_beside_it():
    text = "ปลูกปะการังใน{อ่าวมาหยา}และภูเก็ต".replace("{", "").replace("}", "")
    place = linked(text).places[0]
    assert names(place) == ["กระบี่"]


def test_parents_of_a_subdistrict():
    place = linked("น้ำท่วมตำบลคลองด่าน แล้ว").places[0]
    assert names(place) == ["บางบ่อ", "สมุทรปราการ"]


def test_venue_chain_has_its_hall_and_its_areas():
    text = "วันนี้ (5 มกราคม 2566) ณ ห้องประชุมบัวแก้ว ชั้น 2 อาคารใหม่เอี่ยม จังหวัดพะเยา มีพิธี"
    place = linked(text).place
    assert place is not None
    assert (place.name, names(place)) == (
        "ห้องประชุมบัวแก้ว ชั้น 2",
        ["อาคารใหม่เอี่ยม", "พะเยา"],
    )


def test_a_known_venue_knows_where_it_is():
    place = linked("วันนี้ ณ ห้องสีม่วง ตึกไทยคู่ฟ้า มีการหารือ").place
    assert place is not None
    assert names(place) == ["ตึกไทยคู่ฟ้า", "ทำเนียบรัฐบาล", "ดุสิต", "กรุงเทพมหานคร"]


def test_a_room_is_where_its_ministry_is_but_a_hired_hotel_is_not():
    room = linked("ณ ห้องประชุม 3 กระทรวงสาธารณสุข นางใจดี มั่นคง เป็นประธาน").places[0]
    assert names(room)[-1] == "นนทบุรี"
    hotel = linked("ณ โรงแรมแม่นาบุรี กระทรวงสาธารณสุข จัดประชุม").places[0]
    assert names(hotel) == []


def test_a_building_is_not_in_the_province_that_its_name_begins_with():
    place = linked("ประชุม ณ อาคารราชบุรีดิเรกฤทธิ์ แล้ว").places[0]
    assert (place.kind, names(place)) == ("venue", [])


def test_no_temple_of_a_list_is_in_the_next():
    text = "ทำบุญ ณ วัดดอกจาน วัดอรุณราชวราราม และวัดอื่น"
    assert [place.name for place in linked(text).places] == ["วัดดอกจาน", "วัดอรุณราชวราราม"]
    assert "วัดอรุณราชวราราม" not in names(linked(text).places[0])


def test_a_house_number_stands_between_a_school_and_its_areas():
    place = linked("ประชุมที่โรงเรียนบ้านดอกจาน หมู่ที่ 9 ตำบลท่าชะมวง อำเภอรัตภูมิ แล้ว").places[0]
    assert names(place) == ["ท่าชะมวง", "รัตภูมิ", "สงขลา"]


def test_a_city_abroad_is_in_its_country():
    place = linked("ประชุมที่กรุงเวียนนา แล้วเสร็จ").places[0]
    assert (place.kind, names(place)) == ("other", ["ออสเตรีย"])


REGIONS = [
    # text; surface; kind; own id of a region
    ("แพทย์ในเขตสุขภาพที่ 4 ร่วมประชุม", "เขตสุขภาพที่ 4", "region", "TH-HR-04"),
    ("แพทย์ในเขตสุขภาพที่ ๑๒ ร่วมประชุม", "เขตสุขภาพที่ ๑๒", "region", "TH-HR-12"),
    ("แพทย์ในเขตสุขภาพที่10 ร่วมประชุม", "เขตสุขภาพที่10", "region", "TH-HR-10"),
    ("น้ำท่วมในภาคอีสาน แล้ว", "ภาคอีสาน", "region", "TH-R-northeast"),
    ("น้ำท่วมในภาคตะวันตก แล้ว", "ภาคตะวันตก", "region", "TH-R-west"),
    ("น้ำท่วมใน 3 จังหวัดชายแดนภาคใต้ แล้ว", "จังหวัดชายแดนภาคใต้", "region", "TH-R-south-border"),
    ("ส่งออกไปยุโรป แล้ว", "ยุโรป", "region", None),
    ("น้ำท่วมจังหวัดน่าน แล้ว", "จังหวัดน่าน", "province", None),
    ("เยือนประเทศญี่ปุ่น แล้ว", "ประเทศญี่ปุ่น", "country", None),
]


@pytest.mark.parametrize(("text", "surface", "kind", "code"), REGIONS)
def test_regions_of_thailand_have_ids(text, surface, kind, code):
    (place,) = linked(text).places
    assert (place.mentions[0].text, place.kind, place.region) == (surface, kind, code)


def test_a_health_region_that_does_not_exist_is_none():
    assert linked("แพทย์ในเขตสุขภาพที่ 14 ร่วมประชุม").places == ()


def test_an_id_is_one_region_s():
    rows = read_tsv("places_regions.tsv", ("id", "name", "spelling"), key=("spelling",))
    pairs = {(row["id"], row["name"]) for row in rows if row["id"]}
    assert len(pairs) == len({code for code, _ in pairs}) == len({name for _, name in pairs})
    assert {f"TH-HR-{number:02d}" for number in range(1, 14)} <= {code for code, _ in pairs}


def test_one_province_by_the_way_does_not_place_a_venue():
    text = "ประชุมใหญ่\n\nวันนี้ ณ ห้องประชุมดอกแก้ว มีการหารือ\nผู้แทนจากจังหวัดน่านร่วมฟัง"
    place = linked(text, body_start=len("ประชุมใหญ่\n\n")).place
    assert place is not None
    assert names(place) == []


def test_an_article_about_one_province_places_its_venue():
    title = "จ.น่าน เปิดเวทีสุขภาพ\n\n"
    text = title + "วันนี้ ณ ห้องประชุมดอกแก้ว ชาวจังหวัดน่านร่วมประชุม"
    place = linked(text, body_start=len(title)).place
    assert place is not None
    assert names(place) == ["น่าน"]


EVENTS = [
    # (headline, body, surface of the event's place or None)
    (
        "เปิดเวทีสุขภาพ",
        "เมื่อวันที่ 5 มกราคม 2566 ที่โรงแรมสายธาร อ.เมือง จ.เชียงราย นางใจดี มั่นคง เปิดงาน",
        "โรงแรมสายธาร",
    ),
    (
        "เตือนภัยแล้ง",
        "นายสมใจ ใจงาม กล่าวว่า จังหวัดน่านและจังหวัดแพร่จะขาดน้ำ ขอให้ประหยัด",
        None,
    ),
    (
        "ลงพื้นที่น้ำท่วม",
        "นายสมใจ ใจงาม ลงพื้นที่จังหวัดสตูล เพื่อมอบถุงยังชีพ",
        "จังหวัดสตูล",
    ),
    (
        "ครม. เห็นชอบแผน",
        "ที่ประชุมคณะรัฐมนตรีมีมติเห็นชอบแผนพัฒนาจังหวัดระนอง",
        None,
    ),
    (
        "เปิดเวที",
        "สรุปงานที่ตลาดชาวเล จ.ปัตตานี โดยย่อ\nวันนี้ ณ ศาลากลางจังหวัดปัตตานี มีการแถลงผล",
        "ศาลากลางจังหวัดปัตตานี",
    ),
    (
        "ปาฐกถา",
        "นางใจดี มั่นคง เปิดเผยภายหลังเป็นประธาน ณ หอประชุมอำเภอปัว จังหวัดน่าน ว่า งานสำเร็จ",
        "หอประชุมอำเภอปัว",
    ),
    (
        "จราจรวันงาน",
        "จุดให้บริการอยู่บริเวณลานวัฒนธรรมดอกจาน ซึ่งรถทุกคันต้องผ่าน",
        None,
    ),
    (
        "ปิดถนน",
        "วันนี้ (5 มกราคม 2566) เส้นทางเดินขบวนเริ่มจากบริเวณสี่แยกดอกจาน ในช่วงเช้า",
        None,
    ),
    (
        "ตลาดไหม้",
        "เกิดเหตุเพลิงไหม้บริเวณตลาดดอกจาน อำเภอปัว จังหวัดน่าน เสียหาย 3 คูหา",
        "ตลาดดอกจาน",
    ),
    (
        "เปิดลาน",
        "วันนี้ (5 มกราคม 2566) บริเวณลานวัฒนธรรมดอกจาน จังหวัดน่าน นางใจดี มั่นคง เปิดงาน",
        "ลานวัฒนธรรมดอกจาน",
    ),
]


@pytest.mark.parametrize(("title", "body", "surface"), EVENTS)
def test_event_place(title, body, surface):
    head = f"{title}\n\n"
    place = linked(head + body, body_start=len(head)).place
    assert (place.mentions[0].text if place else None) == surface
    if place:
        assert place.role == "venue"


EVENT_COLUMNS = ("why", "headline", "body", "surface", "province")
EVENT_ROWS = list(
    parse_tsv(
        (CASES / "places_events.tsv").read_text(encoding="utf-8"),
        "places_events.tsv",
        EVENT_COLUMNS,
    )
)


@pytest.mark.parametrize("row", EVENT_ROWS, ids=[row["why"] for row in EVENT_ROWS])
def test_event_place_and_its_province(row):
    head = f"{row['headline']}\n\n"
    place = linked(head + row["body"].replace("\\n", "\n"), body_start=len(head)).place
    assert (place.mentions[0].text if place else "") == row["surface"]
    if place and row["province"]:
        provinces = [area.name for area in place.within if area.kind == "province"]
        assert provinces == [row["province"]]


DAY_ROWS = list(
    parse_tsv(
        (CASES / "places_days.tsv").read_text(encoding="utf-8"),
        "places_days.tsv",
        ("why", "body", "surface"),
    )
)


@pytest.mark.parametrize("row", DAY_ROWS, ids=[row["why"] for row in DAY_ROWS])
def test_days_decide_which_event_a_venue_is_of(row):
    head = "สมาคมเดินหน้างาน\n\n"
    doc = document(head + row["body"], body_start=len(head))
    place = link_places(resolve([*recognise_dates(doc), *recognise_places(doc)]), doc).place
    assert (place.mentions[0].text if place else "") == row["surface"]


OWN_DAY_ROWS = list(
    parse_tsv(
        (CASES / "places_event_days.tsv").read_text(encoding="utf-8"),
        "places_event_days.tsv",
        ("why", "headline", "body", "surface"),
    )
)


@pytest.mark.parametrize("row", OWN_DAY_ROWS, ids=[row["why"] for row in OWN_DAY_ROWS])
def test_the_events_own_day_tells_its_venue(row):
    head = f"{row['headline']}\n\n"
    doc = document(head + row["body"].replace("\\n", "\n"), body_start=len(head))
    mentions = resolve([*recognise_dates(doc), *recognise_places(doc)])
    place = link_places(mentions, doc, link_dates(mentions, doc).date).place
    assert (place.mentions[0].text if place else "") == row["surface"]


PIECES = st.sampled_from(
    [
        "จังหวัดน่าน", "อ.เมือง", "จ.เลย", "ตำบลในเมือง", "เขตดินแดง", "วังทองหลาง", "ณ ", "ที่",
        "ห้องประชุม 1", "ชั้น 2", "โรงแรม", "“", "”", "(", ")", " ", "\n", ",", "และ", "กทม.", "ไทย",
        "ประเทศ", "จีน", "-", "กัมพูชา", "ผู้ว่าราชการ", "วัด", "ถนนพระราม 2", "เมือง", "ฯ", "ๆ", "๙",
        "ทำเนียบรัฐบาล", "สงขลานครินทร์", "ะ", "่", "A", "รพ.สต.", "ต.", "อ.", "3 อำเภอ ได้แก่ ",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_mentions_are_grounded_and_repeatable(text):
    doc = document(text)
    mentions = list(recognise_places(doc))
    assert mentions == list(recognise_places(doc))
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()
        assert mention.text
        assert 0 < mention.score <= 1
    places = link_places(resolve(mentions), doc)
    assert all(place.mentions for place in places.places)
    assert places.place is None or places.place in places.places


def test_known_places_lie_in_areas_that_exist():
    rows = read_tsv("places_known.tsv", ("name", "kind", "code", "venue", "use"), key=("name",))
    known = {row["name"] for row in rows}
    for row in rows:
        assert not row["code"] or areas.area(row["code"]), row["name"]
        assert not row["venue"] or row["venue"] in known, row["name"]
        assert row["kind"] in KINDS.values()
        assert row["use"] in {"bare", "located"}
        if row["kind"] in {"district", "subdistrict"}:
            assert areas.areas()[row["code"]].name == row["name"]


def test_word_lists_have_no_repeats():
    for name in ("places.toml", "places_guards.toml", "places_venues.toml"):
        for key, value in _lists(read_toml(name)):
            assert len(value) == len(set(value)), (name, key)


def _lists(table, path=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _lists(value, f"{path}{key}.")
        elif isinstance(value, list):
            yield f"{path}{key}", value
