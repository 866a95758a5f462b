"""Dates in sentences, from words to EDTF: the case tables, the data's own examples, properties."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.linking.dates import link_dates
from assembly_extract.linking.dates.notation import notation
from assembly_extract.linking.dates.resolving import confirmed, resolve_dates
from assembly_extract.recognise.dates import find_dates, recognise_dates
from assembly_extract.resources import parse_tsv, read_toml
from assembly_extract.spans import AlignedText
from assembly_extract.thai_calendar import arabic_digits, find_full_date, full_months
from assembly_extract.types.article import Article, Document, Publication, RawArticle

if TYPE_CHECKING:
    from assembly_extract.types.dates import LinkedDates

CASES = Path(__file__).parent / "cases"
MONTHS = full_months()


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


@pytest.mark.parametrize("row", rows("dates.tsv", "text", "published", "expected"), ids=str)
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
