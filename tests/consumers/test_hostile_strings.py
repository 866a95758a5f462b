"""Hostile strings in every field of a record, read by the programs that read our files."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from assembly_extract.writers import FORMATS
from sample_records import HOSTILE, hostile_everywhere

NASTY = [*HOSTILE, "a\rb\nc\u2028d", "NULL", "\u0e33\u0e48\u0e48 \U0001f600", "javascript:alert(1)"]


@pytest.fixture(scope="module")
def records():
    return [hostile_everywhere(number, text) for number, text in enumerate(NASTY)]


def test_frictionless_reads_them(records, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    FORMATS["csv"].write(iter(records), tmp_path / "out")
    package = frictionless.Package(str(tmp_path / "out/datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    rows = package.get_resource("people").read_rows()
    assert [row["name"] for row in rows] == NASTY


def test_duckdb_reads_them_from_csv_and_parquet(records, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    FORMATS["csv"].write(iter(records), tmp_path / "t")
    FORMATS["parquet"].write(iter(records), tmp_path / "p")
    for file in ("t/people.csv", "p/people.parquet"):
        query = f"SELECT name FROM '{tmp_path / file}' ORDER BY substr(article_id, 1, 4)"  # noqa: S608 - our own path
        assert [name for (name,) in duckdb.connect().execute(query).fetchall()] == NASTY


def test_followthemoney_reads_them(records, tmp_path):
    pytest.importorskip("followthemoney")
    from followthemoney import model  # noqa: PLC0415 - behind the skip

    FORMATS["ftm"].write(iter(records), tmp_path / "out.ftm")
    people = 0
    for line in (tmp_path / "out.ftm").read_text(encoding="utf-8").split("\n")[:-1]:
        raw = json.loads(line)
        model.get_proxy(raw, cleaned=False).schema.validate(raw)
        people += raw["schema"] == "Person"
    assert people == len(NASTY)


def test_a_validator_reads_them_as_a_map_layer(records, tmp_path):
    geojson = pytest.importorskip("geojson_pydantic")
    FORMATS["geojson"].write(iter(records), tmp_path / "m.geojson")
    text = (tmp_path / "m.geojson").read_text(encoding="utf-8")
    layer = geojson.FeatureCollection.model_validate_json(text)
    assert [feature.properties["title"] for feature in layer.features] == NASTY


def test_search_and_views_stand_them(records, tmp_path):
    FORMATS["sqlite"].write(iter(records), tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        titles = database.execute("SELECT title FROM articles ORDER BY number").fetchall()
        assert [title for (title,) in titles] == NASTY
        for text in NASTY:
            quoted = '"' + text[:40].replace('"', '""') + '"'
            found = database.execute(
                "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?", (quoted,)
            ).fetchone()
            assert found[0] >= 1
