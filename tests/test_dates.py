"""Dates in sentences, from words to EDTF: the case tables, the data's own examples, properties."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.linking.dates import link_dates
from assembly_extract.linking.dates.notation import notation
from assembly_extract.linking.dates.resolving import confirmed, resolve_dates
from assembly_extract.recognise.dates import beginnings, find_dates, forms, recognise_dates
from assembly_extract.resources import parse_tsv, read_toml
from assembly_extract.spans import AlignedText
from assembly_extract.thai_calendar import arabic_digits, month_number, month_words
from assembly_extract.types.article import Article, Document, Publication, RawArticle
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from assembly_extract.types.dates import LinkedDates

CASES = Path(__file__).parent / "cases"
MONTHS = {word: month_number(word) for word in month_words("full")}


def rows(name: str, *columns: str) -> list[dict[str, str]]:
    text = (CASES / name).read_text(encoding="utf-8")
    return list(parse_tsv(text, name, columns))


def document(text: str, published: str | None = None, body_start: int = 0) -> Document:
    raw = RawArticle("case.txt", "0" * 32, "0" * 64, "text", "utf-8", text)
    publication = Publication(published, "date_line") if published else None
    title = text[:body_start].strip() or None
    article = Article(raw, AlignedText.of(text), title, body_start, True, "th", publication)
    return Document(article)


def read(text: str, published: str | None = None) -> str:
    """Return the EDTF and role of every date of a text, in order."""
    doc = document(text, published)
    day = find_full_date(published) if published else None
    mentions = list(recognise_dates(doc))
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text == mention.text.strip()
    found, _ = resolve_dates(mentions, doc, day.date if day else None, "published")
    return " ".join(f"{notation(item.value)[0]}:{item.value.role}" for item in confirmed(found))


ROWS = [
    row
    for name in ("dates.tsv", "dates_held_out.tsv")
    for row in rows(name, "text", "published", "expected")
]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    published = row["published"] if row["published"] != "-" else None
    expected = row["expected"] if row["expected"] != "-" else ""
    assert read(row["text"], published) == expected


EXAMPLES = [
    (form["name"], text, expected)
    for form in read_toml("dates.toml")["form"]
    for text, expected in form["examples"]
]


@pytest.mark.parametrize(("name", "text", "expected"), EXAMPLES)
def test_form_example(name: str, text: str, expected: str) -> None:
    """Each form of the data reads its own examples (relative ones on 15 February 2023)."""
    relative = "relative" in name or "this_month" in name or name == "weekday" or "bare" in name
    assert name in {mention.rule for mention in find_dates(text)}
    got = read(text, "2023-02-15" if relative else None)
    assert [item.rpartition(":")[0] for item in got.split()] == expected.split()


COUNTER_EXAMPLES = [
    text for form in read_toml("dates.toml")["form"] for text in form.get("never", ())
]


@pytest.mark.parametrize("text", COUNTER_EXAMPLES)
def test_form_counter_example(text: str) -> None:
    assert read(text, "2023-02-15") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ระหว่างวันที่ 30 มกราคม –\n2 กุมภาพันธ์ 2566", "2023-01-30/2023-02-02:period"),
        ("วันที่ 5 ถึง\nวันที่ 7 มีนาคม 2566", "2023-03-05/2023-03-07:period"),
        ("ส่งรายชื่อ 5\n- 7 มีนาคม 2566 ประชุม", "2023-03-07:mentioned"),
        ("วันที่ 5 -\n\n7 มีนาคม 2566", "2023-03-07:mentioned"),
    ],
)
def test_a_range_may_run_over_the_end_of_a_line_after_its_sign(text: str, expected: str) -> None:
    assert read(text) == expected


days = st.dates(date(1958, 1, 1), date(2042, 12, 31))


@given(days, st.sampled_from([0, 543]), st.booleans())
def test_a_written_day_is_read_back(day: date, era: int, thai: bool) -> None:  # noqa: FBT001
    name = next(word for word, number in MONTHS.items() if number == day.month)
    digits = f"{day.day} {name} {day.year + era}"
    if thai:
        digits = digits.translate({ord("0") + n: ord("๐") + n for n in range(10)})
    assert read(f"เมื่อวันที่ {digits} มีงาน") == f"{day}:mentioned"
    found = find_full_date(digits)
    assert found is not None
    assert found.date == day.isoformat()


@given(days, st.integers(1, 400))
def test_a_range_is_ordered(day: date, size: int) -> None:
    end = day + timedelta(days=size)
    names = {number: word for word, number in MONTHS.items()}
    text = (
        f"ระหว่าง {day.day} {names[day.month]} {day.year + 543} - "
        f"{end.day} {names[end.month]} {end.year + 543} นี้"
    )
    linked = link(text)
    assert [(entity.start, entity.end) for entity in linked.dates] == [
        (day.isoformat(), end.isoformat())
    ]
    swapped = (
        f"ระหว่าง {end.day} {names[end.month]} {end.year + 543} - "
        f"{day.day} {names[day.month]} {day.year + 543} นี้"
    )
    for entity in link(swapped).dates:
        assert (entity.start or "") <= (entity.end or "")


@given(days, st.sampled_from(["วันนี้", "เมื่อวานนี้", "พรุ่งนี้", "5 ธันวาคมนี้", "29 กุมภาพันธ์"]))
def test_words_without_a_year_stay_near_the_page(day: date, words: str) -> None:
    for entity in link(f"{words} มีการประชุม", day.isoformat()).dates:
        if entity.start is None:
            assert entity.edtf.startswith("XXXX")
        else:
            assert abs((date.fromisoformat(entity.start) - day).days) <= 215
            assert entity.basis == "anchored"


@given(st.text("0123456789๐๑๒ ./-–กพมคศี.ิยนวันที่เดือนปีถึง\n", max_size=60))
def test_any_text_is_read_without_error_and_grounded(text: str) -> None:
    reached = 0
    for mention in find_dates(text):
        assert mention.start >= reached
        assert text[mention.start : mention.end] == mention.text
        reached = mention.end
    link(text, "2023-02-15")


@given(st.text("0123456789๐๑๒๓๔๕๖๗๘๙กข ", max_size=40))
def test_thai_digits_keep_the_length(text: str) -> None:
    assert len(arabic_digits(text)) == len(text)
    assert not set(arabic_digits(text)) & set("๐๑๒๓๔๕๖๗๘๙")


def link(text: str, published: str | None = None, headline: str = "") -> LinkedDates:
    whole = f"{headline}\n\n{text}" if headline else text
    doc = document(whole, published, len(headline) + 2 if headline else 0)
    return link_dates(list(recognise_dates(doc)), doc)


FUTURE = read_toml("dates.toml")["future"]


def announced(text: str) -> list[str]:
    notices = link(text, "20 มีนาคม 2566", "ข่าวประชาสัมพันธ์").notices
    return [n.detail for n in notices if n.code == "published_after_future_event"]


@pytest.mark.parametrize(("text", "day"), FUTURE["examples"])
def test_a_past_day_that_the_text_still_announces(text: str, day: str) -> None:
    (detail,) = announced(text)
    assert day in detail
    assert "2023-03-20" in detail
    assert (
        link(text).notices == ()
    )  # without a date of the page there is nothing to hold it against


@pytest.mark.parametrize("text", FUTURE["never"])
def test_a_past_day_that_is_not_announced(text: str) -> None:
    assert announced(text) == []


def test_the_page_date_stays_whatever_the_text_announces() -> None:
    linked = link("ซึ่งจะจัดขึ้นในวันที่ 15 มีนาคม 2566", "20 มีนาคม 2566", "ข่าวประชาสัมพันธ์")
    assert linked.published is not None
    assert linked.published.edtf == "2023-03-20"


EVENTS = tomllib.loads((CASES / "dates_events.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", EVENTS, ids=[case["why"] for case in EVENTS])
def test_event(case: dict[str, Any]) -> None:
    linked = link(case["body"], case.get("published"), case["headline"])
    assert (linked.date.edtf if linked.date else "") == case["event"]
    assert {notice.code for notice in linked.notices} == set(case.get("notices", ()))
    if linked.date is not None:
        assert linked.date in linked.dates
        assert linked.date.role == "event"
        assert linked.date.time == case.get("time", linked.date.time)


def test_one_entity_for_each_date() -> None:
    linked = link("วันที่ 5 ม.ค. 2566 และวันที่ 5 มกราคม พ.ศ. 2566 คือวันเดียวกัน ภายในปี 2566")
    assert [entity.edtf for entity in linked.dates] == ["2023-01-05", "2023"]
    assert [mention.text for mention in linked.dates[0].mentions] == [
        "5 ม.ค. 2566",
        "5 มกราคม พ.ศ. 2566",
    ]
    assert [entity.calendar for entity in linked.dates] == ["BE", "BE"]


def test_a_law_is_no_date_of_the_article() -> None:
    linked = link("ตาม พ.ร.บ. สุขภาพแห่งชาติ พ.ศ. 2550 ชาวบ้านประชุมปี 2566")
    assert [entity.edtf for entity in linked.dates] == ["2023"]


def test_the_reference_date_serves_where_the_page_has_none() -> None:
    doc = document("พรุ่งนี้ชาวบ้านจะประชุม วันที่ 3 มกราคม มีงาน")
    linked = link_dates(list(recognise_dates(doc)), doc, "2022-12-31")
    assert [entity.edtf for entity in linked.dates] == ["2023-01-01", "2023-01-03"]
    assert {entity.anchor for entity in linked.dates} == {"reference_date"}
    assert linked.published is None


def test_the_page_day_beats_the_reference_date() -> None:
    doc = document("พรุ่งนี้ชาวบ้านจะประชุม", "31 ธันวาคม 2565")
    linked = link_dates(list(recognise_dates(doc)), doc, "1999-01-01")
    assert [(entity.edtf, entity.anchor) for entity in linked.dates] == [
        ("2023-01-01", "published")
    ]


@pytest.mark.parametrize(
    ("said", "published", "edtf"),
    [
        ("“วันนี้ตรวจตา พรุ่งนี้จะตรวจกระดูก” หมอกล่าว", "21 กรกฎาคม 2567", "2024-07-20"),
        ("หมอกล่าวว่า พรุ่งนี้จะตรวจกระดูก", "21 กรกฎาคม 2567", "2024-07-20"),
        ("โรงพยาบาลจะเปิดให้ตรวจกระดูกตั้งแต่พรุ่งนี้", "21 กรกฎาคม 2567", "2024-07-22"),  # the page's word
        ("“ตรวจตาแล้ว” และตั้งแต่พรุ่งนี้เปิดให้ตรวจกระดูก", "21 กรกฎาคม 2567", "2024-07-22"),
        ("“พรุ่งนี้จะตรวจกระดูก” หมอกล่าว", "19 กรกฎาคม 2567", "2024-07-20"),  # the same day
        ("“พรุ่งนี้จะตรวจกระดูก” หมอกล่าว", "30 สิงหาคม 2567", "2024-08-31"),  # long after
    ],
)
def test_what_was_said_at_an_event_counts_from_its_day(
    said: str, published: str, edtf: str
) -> None:
    linked = link(f"เมื่อวันที่ 19 กรกฎาคม 2567 ที่บ้านดอกจาน หมอตรวจสุขภาพ\n{said}", published)
    assert linked.date is not None
    assert linked.date.edtf == "2024-07-19"
    assert edtf in {entity.edtf for entity in linked.dates}
    words = {mention.text: entity for entity in linked.dates for mention in entity.mentions}
    assert words["พรุ่งนี้"].edtf == edtf


def test_an_empty_clock_is_no_publication() -> None:
    linked = link("ข่าว", "1 มกราคม 2513")
    assert linked.published is None
    assert [notice.code for notice in linked.notices] == ["published_unreadable"]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("วันที่ 5 ม.ค. 66 เวลา 09.00 น. ชาวบ้านประชุม", "09:00"),
        ("วันที่ 5 ม.ค. 66 เวลา 13:30 น.", "13:30"),
        ("วันที่ 5 ม.ค. 66 เวลา 09.00-16.00 น.", "09:00/16:00"),
        ("วันที่ ๕ ม.ค. ๖๖ เวลา ๐๙.๐๐ - ๑๖.๓๐ น.", "09:00/16:30"),
        ("วันที่ 5 ม.ค. 66 ตั้งแต่เวลา 08.30 น. ถึง 12.00 น.", "08:30/12:00"),
        ("วันนี้ (5 ม.ค. 66) เวลา 9.00 น.", "09:00"),
        ("วันที่ 5 ม.ค. 66 เวลาเที่ยง ตลาดเปิด", "12:00"),
        ("วันที่ 5 ม.ค. 66 ตี 5 รถออก", "05:00"),
        ("วันที่ 5 ม.ค. 66 เวลาสองทุ่ม มีหนังกลางแปลง", "20:00"),
        ("วันที่ 5 ม.ค. 66 เวลา บ่ายสองโมง", "14:00"),
        ("ถึงเวลา 02.00 น. ของวันที่ 5 ม.ค. 66", "02:00"),
        ("วันที่ 5 ม.ค. 66 เก็บเงิน 20.30 บาท", None),
        ("วันที่ 5 ม.ค. 66 ประชุม", None),
    ],
)
def test_a_time_is_bound_to_its_day(text: str, time: str | None) -> None:
    assert [entity.time for entity in link(text).dates][:1] == [time]


def test_folder_and_page_may_differ() -> None:
    raw = RawArticle("2022/11/05/a.txt", "0" * 32, "0" * 64, "text", "utf-8", "ข่าว")
    article = Article(
        raw,
        AlignedText.of("ข่าว"),
        None,
        0,
        True,
        "th",
        Publication("1 ก.พ. 65", "date_line"),
    )
    linked = link_dates([], Document(article))
    assert [notice.code for notice in linked.notices] == ["folder_date_conflict"]
    assert linked.published is not None
    assert linked.published.edtf == "2022-02-01"


@pytest.mark.parametrize("word", month_words())
def test_a_month_is_known_by_its_first_letters(word):
    """The cheap look rules out no spelling that the months' pattern matches."""
    for written in (word, word.upper(), *(word.replace(".", dot) for dot in ("", " ", ". ", " ."))):
        text = f"{written.rstrip()} 2566"
        assert beginnings._is_month(text, 0) == (forms.month_start().match(text) is not None)
