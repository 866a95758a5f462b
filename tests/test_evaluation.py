"""``evaluate``: each measure has right and wrong items, counted by hand."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest

from assembly_extract import models
from assembly_extract.corrections import Correction
from assembly_extract.errors import InputError
from assembly_extract.evaluation import evaluate, pair
from assembly_extract.evaluation.chrome import content_of
from assembly_extract.evaluation.dates import readings
from assembly_extract.evaluation.gold import GoldArticle, GoldDate, read_gold
from assembly_extract.evaluation.marks import evaluate_marks
from assembly_extract.evaluation.measures import ANSWERS, LISTS, Case
from assembly_extract.evaluation.texts import same_title
from sample_records import RECORDS, TEXT, mention

BASE = RECORDS[0]  # นายสมชาย ใจดี, ประธาน; จังหวัดน่าน; 15 ก.พ. 2566; topic 3; no organisations


def body(name: str, abbreviation: str | None = None) -> models.Organisation:
    return models.Organisation(
        id="o1", name=name, abbreviation=abbreviation, kind=None, parent=None, mentions=[]
    )


def changed(**update) -> models.Record:
    return BASE.model_copy(update=update)


def place(name: str, kind: str = "venue", within: str | None = None) -> models.Place:
    around = [models.Area(name=within, kind="province", dopa=None)] if within else []
    return BASE.places[0].model_copy(
        update={"name": name, "kind": kind, "within": around, "mentions": []}
    )


def theme(cap: int | None, score: float, *, primary: bool = False) -> models.Theme:
    return BASE.themes[0].model_copy(update={"cap": cap, "score": score, "primary": primary})


def person(name: str, *posts: str) -> models.Person:
    held = [models.Post(role=role, organisation=None) for role in posts]
    return BASE.people[0].model_copy(update={"name": name, "posts": held, "mentions": []})


def date(start: str | None, edtf: str, role: str = "event") -> models.Date:
    return BASE.dates[0].model_copy(
        update={"start": start, "end": start, "edtf": edtf, "role": role}
    )


CASES = [
    # Columns: the measure; the gold line; the record; what is right, found, and gold.
    ("people", {"people": [{"name": "สมชาย ใจดี"}, {"name": "ก ข"}]}, BASE, (1, 1, 2)),
    ("people", {"people": [{"text": "นายสมชาย ใจดี"}]}, BASE, (1, 1, 1)),
    ("people", {"people": [{"name": "สมชาย ใจดี"}]}, changed(people=[person("ดร.สมชาย ใจดี")]), (1, 1, 1)),
    ("people", {"people": []}, BASE, (0, 1, 0)),
    ("people", {"people": [{"name": "ก ข"}]}, None, (0, 0, 1)),
    ("people", {}, BASE, None),
    ("people_with_role", {"people": [{"name": "สมชาย ใจดี", "role": "ประธานสภา"}]}, BASE, (1, 1, 1)),
    ("people_with_role", {"people": [{"name": "สมชาย ใจดี", "role": "รองประธาน"}]}, BASE, (0, 1, 1)),
    ("people_with_role", {"people": [{"name": "สมชาย ใจดี", "role": None}]}, BASE, (0, 1, 0)),
    ("people_with_role", {"people": [{"name": "สมชาย ใจดี"}]}, BASE, None),
    ("organisations", {"organisations": [{"text": "สำนักงานสุขภาพ", "abbr": "สช."}, {"text": "กรม ประมง"}]},
     changed(organisations=[body("สำนักงานคณะกรรมการสุขภาพ", "สช"), body("“กรมประมง”"), body("กองทัพบก")]), (2, 3, 2)),
    ("organisations", {"organisations": [{"text": "สำนักอนามัย กทม."}]}, changed(organisations=[body("สำนักอนามัย")]), (0, 1, 1)),
    ("organisations_lenient", {"organisations": [{"text": "สำนักอนามัย กทม."}]}, changed(organisations=[body("สำนักอนามัย")]), (1, 1, 1)),
    ("organisations_lenient", {"organisations": [{"text": "คณะกรรมการ"}]}, changed(organisations=[body("คณะ")]), (0, 1, 1)),
    ("places", {"places": [{"text": "จ.น่าน", "kind": "province"}, {"text": "ปัว"}]}, BASE, (1, 1, 2)),
    ("places", {"places": [{"text": "ห้องประชุมพระยาริษฎา โรงแรมเอ", "kind": "venue", "province": "ตรัง"}]},
     changed(places=[place("ห้องประชุมพระยาริษฎา")]), (1, 1, 1)),
    ("places", {"places": [{"text": "ศาลากลางจังหวัดอุตรดิตถ์", "kind": "venue", "province": "อุตรดิตถ์"}]},
     changed(places=[place("อุตรดิตถ์", "province")]), (0, 1, 1)),
    ("place_province", {"places": [{"text": "น่าน", "province": "น่าน"}]}, BASE, (1, 1, 1)),
    ("place_province", {"places": [{"text": "ปัว", "province": "น่าน"}, {"text": "ลาว"}]},
     changed(places=[place("ปัว", "district", "แพร่"), place("ลาว", "country")]), (0, 1, 1)),
    ("event_place", {"event_place": "จังหวัดน่าน"}, BASE, (1, 1, 1)),
    ("event_place", {"event_place": None}, BASE, (0, 1, 1)),
    ("event_place", {"event_place": "ห้องทำงานผู้ว่าราชการจังหวัดน่าน", "places": [{"text": "x", "province": "น่าน"}]}, BASE, (0, 1, 1)),
    ("event_place", {"event_place": "น่าน"}, None, (0, 1, 1)),
    ("dates", {"event_dates": [{"start": "2023-02-15", "end": "2023-02-15"}, {"start": "2023"}]}, BASE, (1, 1, 2)),
    ("dates", {"event_dates": [{"start": "--08-20"}]}, changed(dates=[date(None, "XXXX-08-20"), date("2024-08-20", "2024-08-20")]), (1, 2, 1)),
    ("dates", {"event_dates": []}, changed(dates=[date("2024", "2024", "published")]), (0, 0, 0)),
    ("primary_date", {"event_dates": [{"start": "2023-02-15", "primary": True}]}, BASE, (1, 1, 1)),
    ("primary_date", {"event_dates": [{"start": "2023-02-15"}]}, BASE, (0, 1, 1)),
    ("published", {"published": None}, BASE, (1, 1, 1)),
    ("published", {"published": "2023-02"}, changed(published=date("2023-02", "2023-02")), (1, 1, 1)),
    ("published", {"published": None}, None, (0, 1, 1)),
    ("published_when_present", {"published": None}, BASE, None),
    ("published_when_present", {"published": "2023-02"}, BASE, (0, 1, 1)),
    ("title_exact", {"title": "เปิดเวทีสมัชชาสุขภาพ"}, BASE, (1, 1, 1)),
    ("title_exact", {"title": "เปิดเวทีสมัชชาสุขภาพจังหวัด"}, BASE, (0, 1, 1)),
    ("title_lenient", {"title": "เปิดเวทีสมัชชาสุขภาพจังหวัด"}, BASE, (1, 1, 1)),
    ("publisher", {"publisher": "กรม ประมง"}, changed(source=BASE.source.model_copy(update={"publisher": "กรมประมง"})), (1, 1, 1)),
    ("publisher", {"publisher": "กรมประมง"}, BASE, (0, 1, 1)),
    ("publisher", {"publisher": None}, BASE, None),
    ("section", {"section": "ข่าว"}, BASE, (0, 1, 1)),
    ("authors", {"authors": ["นายข", "ก"]}, BASE, (0, 1, 1)),
    ("authors", {"authors": ["ข", "ก"]}, BASE, (1, 1, 1)),
    ("cap", {"themes_cap": [3, 6]}, changed(themes=[theme(3, 0.9), theme(3, 0.5), theme(5, 0.4), theme(None, 1)]), (1, 2, 2)),
    ("cap_top1", {"themes_cap": [6]}, changed(themes=[theme(3, 0.9), theme(6, 0.5, primary=True)]), (1, 1, 1)),
    ("cap_top1", {"themes_cap": [6]}, changed(themes=[theme(6, 0.5), theme(3, 0.9)]), (0, 1, 1)),
    ("cap_top1", {"themes_cap": []}, BASE, None),
    ("grounding", {}, changed(text="x" + TEXT), (0, 4, 4)),
    ("grounding", {}, BASE, (4, 4, 4)),
    ("language", {"language": "th"}, BASE, (1, 1, 1)),
    ("same_story", {"same_story_as": "a/2.txt"}, changed(duplicate_of="two"), (1, 1, 1)),
    ("same_story", {"same_story_as": None}, changed(duplicate_of="two"), (0, 1, 1)),
    ("same_story", {"same_story_as": None}, BASE, (1, 1, 1)),
    ("unusable", {"usable": False}, BASE, (0, 1, 1)),
    ("unusable", {"usable": False}, changed(usable=False), (1, 1, 1)),
    ("unusable", {"usable": False}, None, (1, 1, 1)),
    ("unusable", {"usable": True}, None, None),
    ("forbidden_avoided", {"people_not": ["สมชาย ใจดี"], "places_not": ["ตาก", "จ.น่าน"], "dates_not": ["2023-02-15", "2022"]}, BASE, (2, 5, 5)),
    ("chrome_removed", {"title": None, "body_must_not_contain": ["เปิดเวที", "ไม่มี"]}, BASE, (1, 2, 2)),
    ("chrome_removed", {"title": "เปิดเวทีสมัชชาสุขภาพ", "body_must_not_contain": ["เปิดเวที"]}, BASE, (1, 1, 1)),
    ("content_kept", {"body_must_contain": ["กล่าวที่ จังหวัดน่าน", "ไม่มี"]}, BASE, (1, 2, 2)),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "gold", "record", "expected"), CASES)
def test_each_measure_counts_as_by_hand(measure, gold, record, expected):
    line = GoldArticle.model_validate({"path": "1.txt", **gold})
    counts = {**LISTS, **ANSWERS}[measure](Case(line, record, None, {"two": "b/2.txt"}))
    assert (counts and counts[:3]) == expected
    if counts and record is not None and measure in ANSWERS:
        assert len(counts.wrong) == counts.gold - counts.right


def test_every_measure_is_tried():
    assert {case[0] for case in CASES} == {*LISTS, *ANSWERS}


def test_a_fiscal_year_counts_by_name_and_by_days():
    label = GoldDate(text="ปีงบประมาณ 2566", start="2023")
    assert readings(label) == (("2023-01-01", "2023-12-31"), ("2022-10-01", "2023-09-30"))
    span = GoldDate(text="ปีงบประมาณ 2566", start="2022-10-01", end="2023-09-30")
    assert set(readings(span)) == set(readings(label))
    assert readings(GoldDate(start="2023")) == (("2023-01-01", "2023-12-31"),)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ปลูกป่าชุมชนริมน้ำถึงต้นฤดูฝน", "ปลูกป่าชุมชนริมน้ำถึงปีหน้า", False),
        ("“ปลัด” ชวนชาวบ้านปลูกป่าชุมชนริมน้ำก่อนฤดูฝน", '"ปลัด" ชวนชาวบ้านปลูกป่าชุมชนริมน้ำก่อนฤดูฝน', True),
        (None, "", True),
        (None, "ก", False),
    ],
)
def test_headlines_nearly_the_same(one, other, same):
    assert same_title(one, other) is same


def test_a_headline_printed_thrice_leaves_one():
    head = "หัวข่าวใหญ่ของวันนี้"
    left = content_of(f"เว็บ-ข่าว-{head}\n{head}\n{head}\nวันนี้ {head} แล้ว", ["เว็บ-ข่าว-", head], head)
    assert left.replace("\0", "") == f"{head}\n\n\nวันนี้ {head} แล้ว"


def test_paths_pair_by_their_longest_common_end():
    assert pair(["a/x.txt", "b/x.txt"], ["b/x.txt"]) == {1: 0}
    assert pair(["a/x.txt"], ["y.txt"]) == {}


@pytest.fixture
def page(tmp_path):
    text = f"เมนู\n{TEXT}\nอ่านต่อ"
    (tmp_path / "ข่าว").mkdir()
    (tmp_path / "ข่าว/1.txt").write_text(text, encoding="utf-8")
    gold = {
        "path": "ข่าว/1.txt",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "title": "เปิดเวทีสมัชชาสุขภาพ",
        "chrome": ["เมนู", "อ่านต่อ"],
        "people": [{"name": "สมชาย ใจดี", "role": "ประธาน"}, {"name": "ขาดหาย ไป"}],
        "notes": "x",
    }
    absent = {"path": "none.txt", "people": [{"name": "ก ข"}], "chrome": ["x"]}
    (tmp_path / "gold.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (gold, absent)), "utf-8"
    )
    (tmp_path / "records.jsonl").write_text(
        "".join(record.to_json() + "\n" for record in RECORDS), encoding="utf-8"
    )
    return tmp_path


def test_a_whole_evaluation(page):
    result = evaluate(read_gold(str(page / "gold.jsonl")), RECORDS, [page])
    assert (result.articles, result.records, result.paired) == (2, len(RECORDS), 1)
    assert (result.missing, result.unseen) == (["none.txt"], ["none.txt"])
    figures = result.metrics()
    assert figures["people"] == {"p": 1.0, "r": 1 / 3, "f1": 0.5, "tp": 1, "pred": 1, "gold": 3}
    assert figures["chrome_removed"] == {"accuracy": 2 / 3, "ok": 2, "n": 3}
    assert figures["content_kept"] == {"accuracy": 1.0, "ok": 2, "n": 2}


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assembly_extract", "evaluate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


def test_the_command_prints_a_table_or_json(page):
    done = run(page / "gold.jsonl", page / "records.jsonl", "--by-article")
    assert done.returncode == 0
    assert "people: missed: ขาดหาย ไป" in done.stdout
    assert "no record of: none.txt" in done.stderr
    done = run(page / "gold.jsonl", page / "records.jsonl", "-f", "json", "--by-article")
    report = json.loads(done.stdout)
    assert report["metrics"]["people"]["f1"] == 0.5
    assert report["by_article"][0]["wrong"]["people"] == ["missed: ขาดหาย ไป"]


@pytest.mark.parametrize(
    ("line", "message"),
    [("[]", "line 1 is no JSON object"), ('{"title": 1}', "line 1 is no gold annotation .path")],
)
def test_a_bad_gold_line_is_named(line, message, tmp_path):
    (tmp_path / "g.jsonl").write_text(line)
    with pytest.raises(InputError, match=message):
        read_gold(str(tmp_path / "g.jsonl"))


def test_a_key_that_nobody_knows_is_told(tmp_path):
    (tmp_path / "g.jsonl").write_text('{"path": "a", "poeple": []}')
    notes: list[str] = []
    read_gold(str(tmp_path / "g.jsonl"), notes.append)
    assert notes == [f"{tmp_path}/g.jsonl: nothing is measured by the key poeple"]


def mark(kind: str, words: str, verdict: str, value: str | None = None, article: str = BASE.id):
    at = mention(words)
    return Correction(article, kind, at.start, at.end, words, verdict, None, value)


def test_what_people_marked_counts_as_gold():
    marks = {
        BASE.id: (
            mark("person", "นายสมชาย ใจดี", "right"),
            mark("person", "กล่าว", "right"),  # no longer there
            mark("place", "จังหวัดน่าน", "wrong"),  # still there
            mark("date", "15 ก.พ. 2566", "wrong", "2023-03-15"),  # there, with another value
            mark("theme", "สมัชชาสุขภาพ", "note"),
        ),
        "gone": (mark("person", "นายสมชาย ใจดี", "right", article="gone"),),
    }
    counts, missing = evaluate_marks(marks, RECORDS)
    assert {kind: found[:3] for kind, found in counts.items()} == {
        "date": (0, 0, 0),
        "place": (0, 1, 0),
        "person": (1, 1, 3),
    }
    assert missing == ["gone"]
    assert counts["place"].wrong == (f"{BASE.source.path}: still there: จังหวัดน่าน",)


def test_a_text_that_moved_is_found_by_its_words():
    moved = changed(
        text="ก" + TEXT,
        people=[
            BASE.people[0].model_copy(
                update={
                    "mentions": [
                        m.model_copy(update={"start": m.start + 1, "end": m.end + 1})
                        for m in BASE.people[0].mentions
                    ]
                }
            )
        ],
    )
    counts, _ = evaluate_marks({BASE.id: (mark("person", "นายสมชาย ใจดี", "right"),)}, [moved])
    assert counts["person"][:3] == (1, 1, 1)


def test_the_command_takes_corrections(page):
    at = mention("จังหวัดน่าน")
    row = {"article": BASE.id, "kind": "place", "start": at.start, "end": at.end, "text": at.text}
    (page / "corrections.jsonl").write_text(
        json.dumps({**row, "verdict": "wrong"}) + "\n", encoding="utf-8"
    )
    done = run(page / "corrections.jsonl", page / "records.jsonl", "-f", "json")
    assert json.loads(done.stdout)["metrics"]["place"]["pred"] == 1
    done = run(page / "corrections.jsonl", page / "records.jsonl", "--by-article")
    assert "still there: จังหวัดน่าน" in done.stdout
