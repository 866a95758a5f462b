"""Going on after an end at any moment, shards, retries: always the bytes of an undisturbed run."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assembly_extract.batch import engine
from assembly_extract.batch.merge import missing_parts
from assembly_extract.cli import app

TEXT = "ข่าวที่ {0}\n\nประชุมเรื่องน้ำสะอาดวันที่ {1} มกราคม 2567 ครั้งที่ {0}\n"


def run_cli(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(12):
        text = TEXT.format(number, number + 1)
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "05.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    return folder


@pytest.fixture
def whole(news):
    return run_cli("extract", news, "-j", 1).stdout


@pytest.fixture
def extracted(monkeypatch):
    """The names of the articles that are extracted anew."""
    names = []
    attempt = engine.attempt

    def counted(make, raw):
        names.append(raw.path)
        return attempt(make, raw)

    monkeypatch.setattr(engine, "attempt", counted)
    return names


@pytest.mark.parametrize(("form", "ends"), [("jsonl", 20), ("json", 3)])
def test_torn_ends(news, tmp_path, form, ends):
    out = tmp_path / "out"
    partial = Path(f"{out}.partial")
    run_cli("extract", news, "-o", out, "-f", form)
    whole = out.read_bytes()
    chance = random.Random(8)
    for _ in range(ends):
        out.unlink()
        partial.write_bytes(whole[: chance.randrange(len(whole))])
        assert run_cli("extract", news, "-o", out, "-f", form, "--resume").exit_code == 1
        assert out.read_bytes() == whole
        assert sorted(path.name for path in tmp_path.iterdir()) == ["news", "out"]


def test_only_what_is_missing_is_done(news, tmp_path, whole, extracted):
    out = tmp_path / "out"
    lines = whole.splitlines(keepends=True)
    Path(f"{out}.partial").write_text("".join(lines[:7]) + lines[7][:50], encoding="utf-8")
    result = run_cli("extract", news, "-o", out, "--resume", "-j", 1)
    assert extracted == ["08.txt", "09.txt", "10.txt", "11.txt"]
    assert "11 records (7 of an earlier run), 1 input failed" in result.stderr
    assert out.read_text(encoding="utf-8") == whole


def test_an_end_while_going_on_loses_nothing(news, tmp_path, whole, extracted):
    out = tmp_path / "out"
    lines = whole.splitlines(keepends=True)
    Path(f"{out}.done").write_text("".join(lines[:4]) + lines[4][:9], encoding="utf-8")
    Path(f"{out}.partial").write_text("".join(lines[:2] + lines[6:8]), encoding="utf-8")
    run_cli("extract", news, "-o", out, "--resume", "-j", 1)
    assert extracted == ["04.txt", "06.txt", "09.txt", "10.txt", "11.txt"]
    assert out.read_text(encoding="utf-8") == whole
    assert not Path(f"{out}.done").exists()


def test_a_finished_output_is_brought_up_to_date(news, tmp_path, extracted):
    out = tmp_path / "out"
    run_cli("extract", news, "-o", out, "-j", 1)
    extracted.clear()
    (news / "03.txt").write_text(TEXT.format(333, 3), encoding="utf-8")
    (news / "04.txt").unlink()
    (news / "99.txt").write_text(TEXT.format(99, 9), encoding="utf-8")
    run_cli("extract", news, "-o", out, "--resume", "-j", 1)
    assert extracted == ["03.txt", "99.txt"]
    assert out.read_text(encoding="utf-8") == run_cli("extract", news, "-j", 1).stdout


def test_other_options_and_versions_are_done_anew(news, tmp_path, whole, extracted):
    out = tmp_path / "out"
    out.write_text(whole, encoding="utf-8")
    run_cli("extract", news, "-o", out, "--resume", "-j", 1, "--reference-date", "2024-01-01")
    assert len(extracted) == 11
    extracted.clear()
    out.write_text(whole.replace('"version":"', '"version":"0.'), encoding="utf-8")
    run_cli("extract", news, "-o", out, "--resume", "-j", 1)
    assert len(extracted) == 11
    assert out.read_text(encoding="utf-8") == whole


def test_files_that_hold_something_else_are_no_records(news, tmp_path, whole):
    out = tmp_path / "out"
    out.write_bytes(b'{"a": 1}\n\xff\xfe\n' + bytes(20) + b"\n[]\n")
    run_cli("extract", news, "-o", out, "--resume")
    assert out.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize("output", [(), ("-o", "-"), ("-o", os.devnull)])
def test_resume_needs_a_file(news, output):
    result = run_cli("extract", news, "--resume", *output)
    assert result.exit_code == 2
    assert "add -o FILE" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("jobs", [1, 2])
def test_kill_dash_nine(news, tmp_path, whole, jobs):
    """The run hangs on standard input when it is killed, with the folder's records written."""
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "assembly_extract", "extract", news, "-", "-o", out, f"-j{jobs}"],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    partial = Path(f"{out}.partial")
    deadline = time.monotonic() + 60
    wanted = 11 if jobs == 1 else 0
    while time.monotonic() < deadline:
        if partial.exists() and partial.read_bytes().count(b"\n") >= wanted:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    assert not out.exists()
    assert run_cli("extract", news, "-o", out, "--resume").exit_code == 1
    assert out.read_text(encoding="utf-8") == whole


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk(news):
    result = subprocess.run(
        [sys.executable, "-m", "assembly_extract", "extract", news, "-o", "/dev/full"],
        capture_output=True,
        check=False,
    )
    assert result.returncode == 3
    assert b"No space left" in result.stderr
    assert b"Free some space" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("of", [1, 3, 13])
def test_shards_join_to_what_one_run_gives(news, tmp_path, whole, of):
    parts = [tmp_path / f"part-{number}.jsonl" for number in range(1, of + 1)]
    for number, part in enumerate(parts, 1):
        assert run_cli("extract", news, "--shard", f"{number}/{of}", "-o", part).exit_code != 2
    assert max(part.read_text(encoding="utf-8").count("\n") for part in parts) <= -(-12 // of)
    result = run_cli("merge", *reversed(parts), "-o", tmp_path / "whole.jsonl")
    files = "1 file" if of == 1 else f"{of} files"
    assert result.stderr == f"assembly-extract: 11 records from {files}\n"
    assert (tmp_path / "whole.jsonl").read_text(encoding="utf-8") == whole
    array = run_cli("merge", *parts, "-f", "json").stdout
    assert array == run_cli("extract", news, "-f", "json").stdout


def test_merge_reads_arrays_and_takes_a_record_once(news, tmp_path, whole):
    array = tmp_path / "a.json"
    run_cli("extract", news, "-f", "json", "-o", array)
    lines = tmp_path / "b.jsonl"
    lines.write_text(whole, encoding="utf-8")
    result = run_cli("merge", array, lines)
    assert result.stdout == whole
    assert "11 were in more than one file" in result.stderr


@pytest.mark.parametrize(
    ("given", "absent"),
    [
        (("part-1.jsonl", "part-3.jsonl"), ["part-2.jsonl"]),
        (("a/p09.json", "a/p10.json", "a/p12.json"), ["a/p11.json"]),
        (("part-1.jsonl", "part-2.jsonl"), []),
        (("2560.jsonl", "2567.jsonl"), []),
        (("news.jsonl", "more-7.jsonl"), []),
        (("p1.jsonl", "p999999999.jsonl"), []),
    ],
)
def test_a_part_that_is_left_out_is_guessed_from_the_names(given, absent):
    assert missing_parts(given) == absent


def test_merge_tells_of_parts_that_are_missing(news, tmp_path):
    parts = [tmp_path / f"part-{number}.jsonl" for number in (1, 2, 3, 4)]
    for number, part in enumerate(parts, 1):
        run_cli("extract", news, "--shard", f"{number}/4", "-o", part)
    Path(f"{parts[3]}.partial").touch()
    result = run_cli("merge", parts[0], parts[1], parts[3], "-q", "-o", tmp_path / "whole.jsonl")
    assert result.exit_code == 0
    assert [line.split(" is not")[0] for line in result.stderr.splitlines()] == [
        f"assembly-extract: {parts[3]}.partial",
        f"assembly-extract: {parts[2]}",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}\n", "bad.jsonl, line 1: no record"),
        ("{\n", "bad.jsonl, line 1: no record"),
        (None, "bad.jsonl: no such file"),
    ],
)
def test_merge_refuses_what_is_no_record(tmp_path, content, said):
    bad = tmp_path / "bad.jsonl"
    if content is not None:
        bad.write_text(content, encoding="utf-8")
    result = run_cli("merge", bad, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(tmp_path.glob("out*"))


def test_merge_refuses_records_made_otherwise(news, tmp_path, whole):
    one, two = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    one.write_text(whole, encoding="utf-8")
    run_cli("extract", news, "-o", two, "--reference-date", "2024-01-01")
    result = run_cli("merge", one, two)
    assert result.exit_code == 2
    assert "2.jsonl, line 1: made by another version" in result.stderr


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "a/b", "1/0"])
def test_shards_that_are_none(news, shard):
    result = run_cli("extract", news, "--shard", shard)
    assert result.exit_code == 2
    assert "write 2/5" in result.stderr


def test_standard_input_is_no_shard():
    assert run_cli("extract", "-", "--shard", "1/2").exit_code == 2


def test_retry_does_what_failed(news, tmp_path):
    errors = tmp_path / "errors.jsonl"
    assert run_cli("extract", news, "--errors", errors).exit_code == 1
    (news / "05.txt").write_text(TEXT.format(5, 6), encoding="utf-8")
    result = run_cli("extract", "--retry", errors)
    assert result.exit_code == 0
    (record,) = map(json.loads, result.stdout.splitlines())
    assert record["source"]["path"] == "05.txt"


def test_retry_reads_a_table_that_failed_as_a_whole(tmp_path):
    table, errors = tmp_path / "t.csv", tmp_path / "errors.jsonl"
    table.write_text("n1,เรื่องน้ำ\nn2,เรื่องไฟ\n", encoding="utf-8")
    assert run_cli("extract", table, "--errors", errors).exit_code == 3
    table.write_text("id,text\nn1,เรื่องน้ำ\n", encoding="utf-8")
    (record,) = map(json.loads, run_cli("extract", "--retry", errors).stdout.splitlines())
    assert record["source"]["path"] == "t.csv#n1"


def test_retry_knows_a_mended_row_by_its_number(tmp_path):
    table, errors = tmp_path / "t.jsonl", tmp_path / "errors.jsonl"
    row = '{{"id": "{0}", "text": "ประชุมเรื่องน้ำสะอาดครั้งที่ {0}"}}\n'.format
    table.write_text(row("n1") + "{oops\n" + row("n3"), encoding="utf-8")
    assert run_cli("extract", table, "--errors", errors).exit_code == 1
    table.write_text(row("n1") + row("n2") + row("n3"), encoding="utf-8")
    (record,) = map(json.loads, run_cli("extract", "--retry", errors).stdout.splitlines())
    assert record["source"]["path"] == "t.jsonl#n2"


def test_retry_names_what_is_gone(news, tmp_path):
    errors = tmp_path / "errors.jsonl"
    run_cli("extract", news, "--errors", errors)
    (news / "05.txt").unlink()
    result = run_cli("extract", "--retry", errors)
    assert result.exit_code == 2
    assert f"{news / '05.txt'}: it is not there any more" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [("{}\n", "line 1: no row"), ("x\n", "line 1: no row"), (None, "no such file")],
)
def test_retry_needs_an_errors_file(tmp_path, content, said):
    errors = tmp_path / "errors.jsonl"
    if content is not None:
        errors.write_text(content, encoding="utf-8")
    result = run_cli("extract", "--retry", errors)
    assert result.exit_code == 2
    assert said in result.stderr


def test_paths_or_retry_but_not_both(news, tmp_path):
    assert run_cli("extract").exit_code == 2
    assert run_cli("extract", news, "--retry", tmp_path / "errors.jsonl").exit_code == 2


def test_dry_run_lists_and_reads_nothing(news, extracted):
    result = run_cli("extract", news, "--dry-run", "--include", "0*", "--exclude", "*9*")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(news / f"0{number}.txt") for number in range(9)]
    assert extracted == []
    assert run_cli("extract", news, "--dry-run", "--include", "x*").exit_code == 2
