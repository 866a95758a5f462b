"""Exports handed to the programs that people read them with (extra ``[consumers]``)."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from assembly_extract import Extractor
from assembly_extract.exports import EXPORTS
from assembly_extract.exports.sqlite import datasette_metadata
from assembly_extract.exports.tables import TABLES
from sample_records import RECORDS

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


@pytest.fixture(scope="module")
def records():
    return [*Extractor().records([FIXTURES]), *RECORDS]


def test_frictionless_finds_no_fault_in_the_csv_folder(records, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    EXPORTS["csv"](iter(records), tmp_path / "out")
    report = frictionless.Package(str(tmp_path / "out/datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_pyarrow_and_duckdb_read_the_parquet_folder(records, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    duckdb = pytest.importorskip("duckdb")
    EXPORTS["parquet"](iter(records), tmp_path / "out.parquet")
    for table in TABLES:
        read = parquet.read_table(tmp_path / f"out.parquet/{table.name}.parquet")
        assert read.column_names == [column.name for column in table.columns]
        assert read.num_rows == sum(len(list(table.rows(record))) for record in records)
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

    EXPORTS["ftm"](iter(records), tmp_path / "out.ftm")
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
    EXPORTS["sqlite"](iter(records), tmp_path / "a.db")
    query = (
        "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH '\"มัชชาสุขภ\"'; "
        "SELECT count(*) FROM articles_by_theme_month; PRAGMA integrity_check;"
    )
    done = subprocess.run([program, tmp_path / "a.db", query], capture_output=True, check=True)
    hits, months, integrity = done.stdout.decode().split()
    assert int(hits) >= len(RECORDS)
    assert int(months) >= 1
    assert integrity == "ok"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def datasette(records, tmp_path):
    pytest.importorskip("datasette")
    EXPORTS["sqlite"](iter(records), tmp_path / "news.db")
    metadata = tmp_path / "metadata.json"
    metadata.write_text(json.dumps(datasette_metadata("news")), encoding="utf-8")
    port = free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "datasette", "serve", tmp_path / "news.db"),
            *("--metadata", metadata, "--port", str(port)),
        ],
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(base + "/-/versions.json", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield base
    server.terminate()
    server.wait(10)


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def test_datasette_serves_facets_search_and_a_page(datasette):
    word = urllib.parse.quote("มัชชาสุขภาพ")
    found = json.loads(get(f"{datasette}/news/articles.json?_search={word}&_shape=objects"))
    assert len(found["rows"]) >= len(RECORDS)
    facets = json.loads(get(f"{datasette}/news/articles.json?_facet=province&_shape=objects"))
    assert {f["value"] for f in facets["facet_results"]["province"]["results"]} >= {"น่าน"}
    page = get(f"{datasette}/news/articles")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
