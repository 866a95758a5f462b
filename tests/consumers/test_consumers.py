"""Exports handed to the programs that people read them with (extra ``[consumers]``)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from assembly_extract import Extractor
from assembly_extract.exports.tables import TABLES
from assembly_extract.writers import FORMATS
from sample_records import RECORDS

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


@pytest.fixture(scope="module")
def records():
    return [*Extractor().records([FIXTURES]), *RECORDS]


def test_frictionless_finds_no_fault_in_the_csv_folder(records, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    FORMATS["csv"].write(iter(records), tmp_path / "out")
    report = frictionless.Package(str(tmp_path / "out/datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_pyarrow_and_duckdb_read_the_parquet_folder(records, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    duckdb = pytest.importorskip("duckdb")
    FORMATS["parquet"].write(iter(records), tmp_path / "out.parquet")
    for table in TABLES:
        read = parquet.read_table(tmp_path / f"out.parquet/{table.name}.parquet")
        assert read.column_names == [column.name for column in table.columns]
        rows = [row for record in records for row in table.rows(record)]
        assert read.num_rows == len(set(rows) if table.shared else rows)
    count = (
        duckdb.connect()
        .execute(
            f"SELECT count(*) FROM '{tmp_path}/out.parquet/mentions.parquet' m "  # noqa: S608 - our own path
            f"JOIN '{tmp_path}/out.parquet/articles.parquet' a ON a.id = m.article_id "
            'WHERE substr(a.text, m.start + 1, m."end" - m.start) <> m.text'
        )
        .fetchall()
    )
    assert count == [(0,)]


def test_followthemoney_accepts_every_entity(records, tmp_path):
    pytest.importorskip("followthemoney")
    from followthemoney import model  # noqa: PLC0415 - behind the skip

    FORMATS["ftm"].write(iter(records), tmp_path / "out.ftm")
    lines = (tmp_path / "out.ftm").read_text(encoding="utf-8").splitlines()
    schemata = set()
    for line in lines:
        raw = json.loads(line)
        proxy = model.get_proxy(raw, cleaned=False)
        proxy.schema.validate(raw)
        lost = set(raw["properties"]) - set(proxy.properties)
        assert not lost, f"{raw['schema']} has no {lost}"
        schemata.add(raw["schema"])
    assert {"Article", "Person", "Mention"} <= schemata


def test_the_sqlite3_program_finds_words_inside_words(records, tmp_path):
    program = shutil.which("sqlite3")
    if program is None:
        pytest.skip("no sqlite3 program here")
    FORMATS["sqlite"].write(iter(records), tmp_path / "a.db")
    query = (
        "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH '\"มัชชาสุขภ\"'; "
        "SELECT count(*) FROM articles_by_theme_month; PRAGMA integrity_check;"
    )
    done = subprocess.run([program, tmp_path / "a.db", query], capture_output=True, check=True)
    hits, months, integrity = done.stdout.decode().split()
    assert int(hits) >= len(RECORDS)
    assert int(months) >= 1
    assert integrity == "ok"


@pytest.fixture
def datasette(records, tmp_path):
    pytest.importorskip("datasette")
    FORMATS["sqlite"].write(iter(records), tmp_path / "news.db")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "datasette", "serve", tmp_path / "news.db"),
            *("--metadata", tmp_path / "news.metadata.json"),
            *("--port", "0"),  # one that is free: it says which
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        said = (re.search(r"running on (http://[0-9.:]+)", line) for line in server.stderr)
        yield next(filter(None, said))[1]
    finally:
        server.terminate()
        server.communicate()


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode()


def rows_of(datasette: str, path: str, **arguments: str) -> list[dict]:
    query = urllib.parse.urlencode({"_shape": "objects", **arguments})
    return json.loads(get(f"{datasette}/news/{path}.json?{query}"))["rows"]


def test_datasette_serves_facets_search_and_a_page(datasette):
    assert len(rows_of(datasette, "articles", _search="มัชชาสุขภาพ")) >= len(RECORDS)
    facets = json.loads(get(f"{datasette}/news/articles.json?_facet=province&_shape=objects"))
    assert {f["value"] for f in facets["facet_results"]["province"]["results"]} >= {"น่าน"}
    page = get(f"{datasette}/news/articles")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(
    "words",
    ["วทีสมัชชาสุข", "ล่าวที่จังหวัดน", "15 ก.พ. 25"],
    ids=["in a word", "over words", "with signs"],
)
def test_datasette_finds_phrases_that_begin_and_end_in_words(datasette, words):
    # FTS5's own language reads signs as its operators: quotes make a phrase of them.
    found = rows_of(datasette, "articles", _search=f'"{words}"', _searchmode="raw")
    assert {row["id"] for row in found} >= {record.id for record in RECORDS}
    assert all(words in row["title"] + row["text"] for row in found)


def test_datasette_answers_the_questions_of_its_metadata(datasette):
    assert rows_of(datasette, "in_a_province", code="55")
    assert rows_of(datasette, "how_it_was_found", name="สมชาย ใจดี")
    assert isinstance(rows_of(datasette, "named_together"), list)
    assert "/news/articles/" in get(f"{datasette}/news/people")  # a row leads to its article


def test_a_validator_accepts_the_map_layer(records, tmp_path):
    geojson = pytest.importorskip("geojson_pydantic")
    lost = FORMATS["geojson"].write(iter(records), tmp_path / "m.geojson")
    text = (tmp_path / "m.geojson").read_text(encoding="utf-8")
    layer = geojson.FeatureCollection.model_validate_json(text)
    assert len(layer.features) == len(records) - lost.total()
    assert len(layer.features) >= len(RECORDS)


JQ = (
    ".date.edtf as $d | .themes[0].label.th as $t "
    "| .people[] | [$d, .name, .posts[0].role, $t] | @tsv"
)


def test_jq_reads_json_lines(records, tmp_path):
    FORMATS["jsonl"].write(iter(records), tmp_path / "a.jsonl")
    expected = sum(len(record.people) for record in records)
    program = shutil.which("jq")
    if program is not None:
        command = [program, "-r", JQ, tmp_path / "a.jsonl"]
        done = subprocess.run(command, capture_output=True, check=True)
        lines = done.stdout.decode().splitlines()
    else:
        jq = pytest.importorskip("jq", reason="neither the program jq nor the package")
        text = (tmp_path / "a.jsonl").read_text(encoding="utf-8")
        lines = jq.compile(JQ).input_text(text).all()
    assert len(lines) == expected
    assert "2023-02-15\tสมชาย ใจดี\tประธาน\tสมัชชาสุขภาพ" in lines
