"""Parquet tables as input (extra ``[parquet]``)."""

import datetime as dt
import io
import json
import tarfile
import zipfile
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from assembly_extract.cli import app
from assembly_extract.sources import Input, Reading, Unreachable, read_input, walk
from assembly_extract.types.columns import Columns

pyarrow = pytest.importorskip("pyarrow")
arrow = pytest.importorskip("pyarrow.parquet")

TEXT = "เมื่อวันที่ 5 มีนาคม 2567 ชาวบ้านร่วมเสนอความเห็นเรื่องน้ำประปาหมู่บ้าน"
DAY = dt.datetime(2024, 3, 5, tzinfo=dt.UTC)


def rows(count):
    return [
        {
            "news_id": f"n{number}",
            "headline": f"ข่าวที่ {number}",
            "maintext": TEXT if number % 3 else None,
            "url": f"https://news.example/{number}",
            "date_publish": DAY,
            "views": number,
            "share": Decimal("1.50"),
            "ratio": float("nan"),
            "tags": ["น้ำ", None],
            "raw": b"\x00\xff",
        }
        for number in range(count)
    ]


def saved(path, table, **options):
    arrow.write_table(pyarrow.Table.from_pylist(table), path, **options)
    return path


def found_in(path, **reading):
    return list(walk([path], Reading(**reading)))


def faults_in(path, **reading):
    return [item.failure for item in found_in(path, **reading) if isinstance(item, Unreachable)]


def test_rows_are_articles(tmp_path):
    path = saved(tmp_path / "scraped.parquet", rows(5), row_group_size=2)
    articles = [read_input(item) for item in found_in(path)]
    assert [article.path for article in articles] == [f"scraped.parquet#n{n}" for n in range(5)]
    second = articles[1]
    assert (second.format, second.text) == ("parquet", f"ข่าวที่ 1\n\n{TEXT}")
    assert second.metadata.url == "https://news.example/1"
    assert second.metadata.published == "2024-03-05T00:00:00+00:00"
    assert second.extra == {
        "news_id": "n1",
        "date_publish": "2024-03-05T00:00:00+00:00",
        "views": 1,
        "share": "1.50",
        "ratio": None,
        "tags": ["น้ำ", None],
        "raw": "\x00\ufffd",
    }


def test_the_same_records_as_from_json_lines(tmp_path):
    """One table in two forms, through the whole program; only what names the form differs."""
    table = [{"id": f"n{n}", "title": f"ข่าวที่ {n}", "body": TEXT, "likes": n} for n in range(9)]
    path = saved(tmp_path / "t.parquet", table, row_group_size=4)
    lines = tmp_path / "t.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in table), encoding="utf-8")
    made = []
    for given in (path, lines):
        result = CliRunner().invoke(app, ["extract", str(given)])
        records = [json.loads(line) for line in result.stdout.splitlines()]
        for record in records:
            del record["id"], record["source"]["path"], record["source"]["format"]
        made.append(records)
    assert made[0] == made[1]
    assert [record["source"]["extra"]["likes"] for record in made[0]] == list(range(9))
    assert {record["published"] and record["published"]["edtf"] for record in made[0]} == {None}


def test_a_day_of_the_table_is_the_pages_own_date(tmp_path):
    path = saved(tmp_path / "t.parquet", rows(2))
    result = CliRunner().invoke(app, ["extract", str(path)])
    record = json.loads(result.stdout.splitlines()[1])
    assert record["published"]["edtf"] == "2024-03-05"


def test_columns_the_user_names(tmp_path):
    path = saved(tmp_path / "t.parquet", [{"a": TEXT, "b": 7}])
    (item,) = found_in(path, columns=Columns(text="a", id="b"))
    assert item.name == "t.parquet#7"
    assert "no column holds the articles; it has a, b" in faults_in(path)[0].reason


def test_archives_hold_tables_of_some_size(tmp_path, monkeypatch):
    data = saved(tmp_path / "t.parquet", rows(3)).read_bytes()
    zipped, tarred = tmp_path / "a.zip", tmp_path / "a.tar"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("t.parquet", data)
    with tarfile.open(tarred, "w") as archive:
        info = tarfile.TarInfo("t.parquet")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    for path in (zipped, tarred):
        assert len([item for item in found_in(path) if isinstance(item, Input)]) == 3
    monkeypatch.setattr("assembly_extract.sources.containers.MOST_BYTES", 100)
    for path in (zipped, tarred):
        assert "inside another file" in faults_in(path)[0].reason


@pytest.mark.parametrize("cut", [0.0, 0.5, 0.9])
def test_a_file_that_is_cut(tmp_path, cut):
    path = saved(tmp_path / "t.parquet", rows(50))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * cut)])
    (fault,) = faults_in(path)
    assert "the file is no Parquet" in fault.reason


def test_damage_in_a_later_group_keeps_the_rows_before_it(tmp_path):
    path = saved(tmp_path / "t.parquet", rows(90), row_group_size=30, compression="gzip")
    start = arrow.ParquetFile(path).metadata.row_group(2).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + 200] = b"\xff" * 200
    path.write_bytes(data)
    found = found_in(path)
    assert sum(isinstance(item, Input) for item in found) >= 30
    assert "cannot be read" in faults_in(path)[-1].reason


def test_a_row_that_is_too_large_is_one_failure(tmp_path, monkeypatch):
    monkeypatch.setattr("assembly_extract.sources.containers.MOST_BYTES", 5_000)
    path = saved(tmp_path / "t.parquet", [{"text": TEXT}, {"text": "ก" * 6_000}, {"text": TEXT}])
    assert [item.name for item in found_in(path)] == [f"t.parquet#{n}" for n in (1, 2, 3)]
    (fault,) = faults_in(path)
    assert "more than 5000 characters" in fault.reason


def test_groups_are_streamed(tmp_path):
    """A group of 40 MB of text is never held as a whole."""
    table = [{"id": n, "text": f"{n} " + TEXT * 30} for n in range(7_000)]
    path = saved(tmp_path / "t.parquet", table, row_group_size=7_000, use_dictionary=False)
    del table
    before = pyarrow.total_allocated_bytes()
    most = count = 0
    for _ in walk([path], Reading()):
        count += 1
        most = max(most, pyarrow.total_allocated_bytes() - before)
    assert count == 7_000
    assert most < 12 << 20


def test_a_missing_library_is_named(tmp_path, monkeypatch):
    path = saved(tmp_path / "t.parquet", rows(1))
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    assert "assembly-extract[parquet]" in faults_in(path)[0].hint
