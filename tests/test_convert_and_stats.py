"""``convert`` and ``stats`` as a user runs them: a subprocess, its status, stdout and stderr."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from assembly_extract.exports.reading import read_records
from assembly_extract.stats import Count
from assembly_extract.writers import FORMATS
from sample_records import RECORDS

LINES = "".join(r.to_json() + "\n" for r in RECORDS)


def run(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assembly_extract", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text(LINES, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        "[" + ",\n".join(LINES.splitlines()) + "]",
        "\n" + LINES.replace("\n", "\n\n"),
        "\ufeff" + LINES,
    ],
    ids=["lines", "array", "blank lines between", "byte order mark"],
)
def test_records_read_back_are_the_same(text, tmp_path):
    path = tmp_path / "records"
    path.write_text(text, encoding="utf-8")
    assert list(read_records(str(path))) == RECORDS


def test_a_folder_that_looks_like_a_file_is_told(records, tmp_path):
    told = run("convert", records, "-o", tmp_path / "news.csv").stderr
    assert told.endswith(
        "news.csv is a folder of tables: articles.csv has a row for each article.\n"
    )
    assert run("convert", records, "-o", f"{tmp_path}/tables/").stderr == ""


def test_convert_chooses_by_the_ending(records, tmp_path):
    done = run("convert", records, "-o", tmp_path / "a.db")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        assert database.execute("SELECT count(*) FROM articles").fetchone() == (len(RECORDS),)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"parquet"}))
def test_convert_reads_stdin_and_writes_every_format(form, tmp_path):
    done = run("convert", "-", "-o", tmp_path / "out", "-f", form, stdin=LINES)
    assert (done.returncode, done.stdout) == (0, "")
    assert ("does not hold" in done.stderr) == bool(FORMATS[form].lacks)
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("no-such.jsonl", "-o", "a.db"), 2, "no-such.jsonl: no such file"),
        (("records.jsonl", "-o", "a.xls"), 2, "use one of"),
        (("records.jsonl", "-o", "a.db", "-f", "xls"), 2, "use one of"),
        (("broken.jsonl", "-o", "a.db"), 2, "line 2 is no record"),
        (("latin.jsonl", "-o", "a.db"), 2, "not UTF-8"),
        (("records.jsonl", "-o", "none/such/a.db"), 2, "Choose one that exists"),
    ],
)
def test_bad_input_names_the_file_and_the_next_step(
    arguments, status, message, tmp_path, monkeypatch
):
    (tmp_path / "records.jsonl").write_text(LINES, encoding="utf-8")
    (tmp_path / "broken.jsonl").write_text(LINES.splitlines()[0] + '\n{"id": 1}\n', "utf-8")
    (tmp_path / "latin.jsonl").write_bytes("é".encode("latin-1"))
    monkeypatch.chdir(tmp_path)
    done = run("convert", *arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "a.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's limit")
@pytest.mark.parametrize("form", ["jsonl", "csv", "sqlite", "webanno"])
def test_a_full_disk_is_told_alike_and_leaves_nothing(records, tmp_path, form):
    """The system refuses what goes beyond a kilobyte or so, as a full disk does."""
    target = tmp_path / "target"
    line = ("convert", records, "-f", form, "-o", target)
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 1; exec "$0" -m assembly_extract "$@"', sys.executable, *line],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 3, done.stderr
    assert "Free some space or choose another place, then run again.\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [records]


def test_stats_counts_each_article_once_per_value(records):
    done = run("stats", records, "--by", "month,theme", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows == [{"month": "2023-02", "theme": "สมัชชาสุขภาพ", "articles": str(len(RECORDS))}]


def test_stats_overview_is_a_table(records):
    done = run("stats", records)
    assert done.returncode == 0
    assert f"{len(RECORDS)} articles" in done.stdout
    assert "สมชาย ใจดี" in done.stdout


def test_stats_cut_short_say_so_and_keep_the_latest(tmp_path):
    dates = [RECORDS[0].dates[0].model_copy(update={"start": f"20{y}-01"}) for y in (22, 23, 21)]
    count = Count(("year",))
    for date in dates:
        count.add(RECORDS[0].model_copy(update={"date": date}))
    assert count.rows(2) == [(("2022",), 1), (("2023",), 1)]
    (tmp_path / "a.jsonl").write_text(LINES, encoding="utf-8")
    done = run("stats", tmp_path / "a.jsonl", "--by", "person", "--top", "2")
    assert f"and {len({r.people[0].name for r in RECORDS}) - 2} others" in done.stdout


def test_stats_refuses_an_unknown_dimension(records):
    done = run("stats", records, "--by", "colour")
    assert done.returncode == 2
    assert "colour" in done.stderr


def test_labelstudio_offsets_are_utf16(tmp_path):
    moved = RECORDS[0].model_copy(update={"text": "😀" + RECORDS[0].text})
    shifted = (
        moved.people[0]
        .mentions[0]
        .model_copy(
            update={
                "start": moved.people[0].mentions[0].start + 1,
                "end": moved.people[0].mentions[0].end + 1,
            }
        )
    )
    person = moved.people[0].model_copy(update={"mentions": [shifted]})
    FORMATS["labelstudio"].write(
        iter([moved.model_copy(update={"people": [person]})]), tmp_path / "t"
    )
    task = json.loads((tmp_path / "t").read_text(encoding="utf-8"))[0]
    units = task["data"]["text"].encode("utf-16-le")
    for result in task["predictions"][0]["result"]:
        if result["value"]["labels"] == ["person"]:
            start, end = result["value"]["start"], result["value"]["end"]
            assert units[2 * start : 2 * end].decode("utf-16-le") == result["value"]["text"]
