"""Corrections from the report: what people marked wrong goes, with what stood on it alone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from assembly_extract import Record, extract, models
from assembly_extract.corrections import Correction, apply_corrections, load_corrections
from assembly_extract.errors import DataFileError
from golden import FIXTURES
from sample_records import RECORDS, mention

RECORD = RECORDS[0]


def correction(kind: str, words: str, verdict: str = "wrong", note: str | None = None):
    at = mention(words)
    return Correction(RECORD.id, kind, at.start, at.end, words, verdict, note)


def corrected_by(record: Record, *corrections: Correction) -> Record:
    plain = record.model_dump(by_alias=True)
    return Record.model_validate(apply_corrections(plain, corrections))


def codes(record: Record) -> list[str]:
    return [warning.code for warning in record.warnings if warning.code != "no_body"]


def test_nothing_to_correct_gives_the_same_record():
    plain = RECORD.model_dump(by_alias=True)
    assert apply_corrections(plain, []) is plain


@pytest.mark.parametrize(
    ("kind", "words", "gone"),
    [
        ("person", "นายสมชาย ใจดี", lambda r: r.people),
        ("place", "จังหวัดน่าน", lambda r: r.places),
        ("date", "15 ก.พ. 2566", lambda r: r.dates),
        ("theme", "สมัชชาสุขภาพ", lambda r: r.themes),
    ],
)
def test_a_wrong_mention_takes_its_entity_along(kind, words, gone):
    corrected = corrected_by(RECORD, correction(kind, words, note="ไม่ใช่"))
    assert gone(RECORD)
    assert gone(corrected) == []
    assert codes(corrected) == ["corrected"]
    assert Record.model_validate_json(corrected.to_json()) == corrected


def test_the_main_date_and_place_go_with_their_mentions():
    corrected = corrected_by(
        RECORD, correction("date", "15 ก.พ. 2566"), correction("place", "จังหวัดน่าน")
    )
    assert (corrected.date, corrected.place) == (None, None)


def test_an_entity_with_another_mention_stays():
    person = RECORD.people[0].model_copy(
        update={"mentions": [mention("นายสมชาย ใจดี"), mention("สมชาย")]}
    )
    record = RECORD.model_copy(update={"people": [person]})
    corrected = corrected_by(record, correction("person", "สมชาย"))
    assert [m.text for m in corrected.people[0].mentions] == ["นายสมชาย ใจดี"]


def test_the_next_theme_becomes_primary():
    other = models.Theme(
        **{**RECORD.themes[0].model_dump(), "id": "other", "primary": False}
        | {"evidence": [mention("เวที")]}
    )
    record = RECORD.model_copy(update={"themes": [RECORD.themes[0], other]})
    corrected = corrected_by(record, correction("theme", "สมัชชาสุขภาพ"))
    assert [(t.id, t.primary) for t in corrected.themes] == [("other", True)]


def test_a_note_changes_nothing_else():
    corrected = corrected_by(RECORD, correction("person", "สมชาย", "note", "ตรวจแล้ว"))
    assert corrected.people == RECORD.people
    assert corrected.warnings[-1].detail.endswith("ตรวจแล้ว")


def test_a_correction_of_another_text_is_told_and_not_applied():
    stale = Correction(RECORD.id, "person", 0, 3, "ไม่มี", "wrong")
    corrected = corrected_by(RECORD, stale)
    assert corrected.people == RECORD.people
    assert codes(corrected) == ["correction_stale"]


def test_lines_are_read_by_article():
    row = {"article": "a", "kind": "person", "start": 0, "end": 2, "text": "กข", "verdict": "wrong"}
    text = "\n".join(json.dumps(r) for r in (row, row | {"article": "b"}, row | {"note": "x"}))
    found = load_corrections(text, "corrections.jsonl")
    assert {article: len(rows) for article, rows in found.items()} == {"a": 2, "b": 1}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: no correction"),
        ('{"article": "a"}', "'kind'"),
        (
            '{"article": "a", "kind": "x", "start": 0, "end": 1, "text": "a", "verdict": "wrong"}',
            "kind must be one of",
        ),
    ],
)
def test_a_bad_line_is_named(line, message):
    with pytest.raises(DataFileError, match=message):
        load_corrections(line, "corrections.jsonl")


def test_extract_applies_them(tmp_path):
    article = FIXTURES / "national" / "overseas-workers-wire.txt"
    plain = extract(article)
    person = plain.people[0]
    row = {"article": plain.id, "kind": "person", "verdict": "wrong", "note": "ตรวจแล้ว"}
    file = tmp_path / "corrections.jsonl"
    file.write_text(
        "".join(
            json.dumps(row | {"start": m.start, "end": m.end, "text": m.text}) + "\n"
            for m in person.mentions
        ),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "assembly_extract", "extract", article, "--corrections", file],
        capture_output=True,
        check=True,
    )
    corrected = Record.model_validate_json(done.stdout)
    assert [p.name for p in corrected.people] == [p.name for p in plain.people[1:]]
    assert corrected.provenance.config != plain.provenance.config
