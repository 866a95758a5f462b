"""Exports read back by their real consumers: csv, sqlite3 and json."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from assembly_extract import models
from assembly_extract.errors import ConfigError
from assembly_extract.exports.reading import read_records
from assembly_extract.exports.tables import TABLES
from assembly_extract.writers import FORMATS, format_of
from sample_records import HOSTILE, RECORDS, hostile_everywhere, record

if TYPE_CHECKING:
    from pathlib import Path


def test_csv_rows_and_description_agree(tmp_path):
    FORMATS["csv"].write(iter(RECORDS), tmp_path / "out")
    package = json.loads((tmp_path / "out/datapackage.json").read_text(encoding="utf-8"))
    assert [r["name"] for r in package["resources"]] == [table.name for table in TABLES]
    for resource in package["resources"]:
        with (tmp_path / "out" / resource["path"]).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert all(list(row) == names for row in rows)
        if "primaryKey" in resource["schema"]:
            keys = [tuple(row[k] for k in resource["schema"]["primaryKey"]) for row in rows]
            assert len(keys) == len(set(keys))
        if resource["name"] == "articles":
            assert [row["title"] for row in rows] == [r.title for r in RECORDS]
            assert {row["usable"] for row in rows} == {"true"}


def test_mentions_join_to_their_entities_and_to_the_text(tmp_path):
    FORMATS["sqlite"].write(iter(RECORDS), tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        found = database.execute(
            "SELECT p.name, substr(a.text, m.start + 1, m.end - m.start), m.text FROM people p "
            "JOIN mentions m ON m.article_id = p.article_id AND m.kind = 'person' "
            "AND m.entity = p.entity JOIN articles a ON a.id = p.article_id WHERE a.id = ?",
            (RECORDS[0].id,),
        ).fetchall()
        assert found == [("สมชาย ใจดี", "นายสมชาย ใจดี", "นายสมชาย ใจดี")]
        months = database.execute("SELECT theme, month, articles FROM articles_by_theme_month")
        assert months.fetchall() == [("health-assembly", "2023-02", len(RECORDS))]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("words", ["สมัชชา", "วทีสมัช", "15 ก.พ."])
def test_search_finds_thai_in_the_middle_of_words(words, tmp_path):
    FORMATS["sqlite"].write(iter(RECORDS), tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        hits = database.execute(
            "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?", (f'"{words}"',)
        ).fetchone()
    assert hits == (len(RECORDS),)


def test_hostile_strings_come_back_unchanged(tmp_path):
    FORMATS["sqlite"].write(iter(RECORDS), tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        titles = [row[0] for row in database.execute("SELECT title FROM articles ORDER BY id")]
        names = {row[0] for row in database.execute("SELECT name FROM people")}
    assert titles == [r.title for r in RECORDS]
    assert set(HOSTILE) < names


NASTY = [*HOSTILE, "../../outside", "a\rb\nc\u2028d\x0be", "NULL", "\ufeffx"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_hostile_strings_in_every_field_break_no_file(name, tmp_path):
    if name == "parquet":
        pytest.importorskip("pyarrow")
    records = [hostile_everywhere(n, text) for n, text in enumerate(NASTY)]
    target = tmp_path / "in" / f"out{FORMATS[name].endings[0]}"
    target.parent.mkdir()
    FORMATS[name].write(iter(records), target)
    assert {path.name for path in tmp_path.iterdir()} == {"in"}
    if FORMATS[name].whole:
        assert list(read_records(str(target))) == records
    elif target.is_dir():
        assert len(list(target.glob("*.tsv"))) == len(records)
    else:
        text = target.read_text(encoding="utf-8")
        parts = text.split("\n")[:-1] if name == "ftm" else [text]
        assert all(json.loads(part) for part in parts)


def test_geojson_has_a_point_per_located_article(tmp_path):
    nowhere = record(99).model_copy(update={"place": None})
    place = RECORDS[0].places[0].model_copy(update={"lat": None, "lon": None})
    abroad = place.model_copy(update={"dopa": None, "within": []})
    inside = abroad.model_copy(
        update={"within": [models.Area(name="ปัว", kind="district", dopa="5505")]}
    )
    more = [record(100 + n).model_copy(update={"place": p}) for n, p in enumerate([place, inside])]
    away = record(98).model_copy(update={"place": abroad})
    lost = FORMATS["geojson"].write(iter([*RECORDS, nowhere, *more, away]), tmp_path / "a.geojson")
    assert lost == {"articles without a located place": 2}
    layer = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert len(layer["features"]) == len(RECORDS) + 2
    for feature in layer["features"][-2:]:
        lon, lat = feature["geometry"]["coordinates"]
        assert (round(lon), round(lat)) == (101, 19)  # Nan, in the far north
    located = [feature["properties"]["located"] for feature in layer["features"]]
    assert located == ["place"] * len(RECORDS) + ["province"] * 2
    assert layer["features"][0]["geometry"] == {"type": "Point", "coordinates": [100.77, 18.78]}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_failure_leaves_the_old_file(name, tmp_path):
    if name == "parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / "out"
    FORMATS[name].write(iter(RECORDS[:1]), target)
    before = sorted((p.name, p.read_bytes()) for p in _files(target))

    def broken():
        yield RECORDS[1]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        FORMATS[name].write(broken(), target)
    assert sorted((p.name, p.read_bytes()) for p in _files(target)) == before
    left = {"out", "out.metadata.json"} if name == "sqlite" else {"out"}
    assert {p.name for p in tmp_path.iterdir()} == left


def _files(target: Path) -> list[Path]:
    return list(target.iterdir()) if target.is_dir() else [target]


def test_csv_never_replaces_a_folder_of_something_else(tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(ConfigError, match="no earlier export"):
        FORMATS["csv"].write(iter(RECORDS), tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "x"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", "jsonl"),
        ("a.json", "json"),
        ("a.db", "sqlite"),
        ("a.SQLITE", "sqlite"),
        ("m.geojson", "geojson"),
        ("t.labelstudio.json", "labelstudio"),
        ("a.ftm.json", "ftm"),
        ("tables/", "csv"),
        ("out", "jsonl"),
        (None, "jsonl"),
        ("-", "jsonl"),
        ("/dev/null", "jsonl"),
    ],
)
def test_the_ending_chooses_the_format(name, expected):
    assert format_of(name).name == expected


def test_every_format_has_an_ending_of_its_own():
    endings = [ending for form in FORMATS.values() for ending in form.endings]
    assert len(endings) == len(set(endings))
    assert all(form.endings for form in FORMATS.values())


@pytest.mark.parametrize(
    ("target", "form", "message"),
    [("a.xls", None, r"\.sqlite"), ("-", "sqlite", "add -o"), ("a.db", "xls", "use one of")],
)
def test_what_cannot_be_written_says_what_can(target, form, message):
    with pytest.raises(ConfigError, match=message):
        format_of(target, form)
