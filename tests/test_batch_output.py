"""What a run writes is its own: no other run writes it, and no input is overwritten."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assembly_extract.batch.output import open_output
from assembly_extract.cli import app
from assembly_extract.errors import ConfigError

TEXT = "ข่าวที่ {0}\n\nประชุมเรื่องน้ำสะอาดครั้งที่ {0}\n"


def run_cli(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    return folder


@pytest.fixture
def running(news, tmp_path):
    """A run of another process that has written a record and waits for its standard input."""
    out = tmp_path / "out.jsonl"
    line = ("extract", news / "0.txt", "-", "-o", out, "--errors", tmp_path / "err", "-j1", "-v")
    process = subprocess.Popen(
        [sys.executable, "-m", "assembly_extract", *map(str, line)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert any("0.txt: record made" in line for line in process.stderr)
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_a_second_run_leaves_the_first_alone(running, news, tmp_path, options):
    out = tmp_path / "out.jsonl"
    partial = tmp_path / "out.jsonl.partial"
    (tmp_path / "err").write_text("the first run's", encoding="utf-8")
    result = run_cli("extract", news, "-o", out, "--errors", tmp_path / "err", *options)
    assert result.exit_code == 2
    assert f"another run writes {partial}" in result.stderr
    assert (tmp_path / "err").read_text(encoding="utf-8") == "the first run's"
    merged = run_cli("merge", partial, "-o", out)
    assert (merged.exit_code, partial.exists()) == (2, True)
    running.communicate(TEXT.format(9))
    assert running.returncode == 0
    assert out.read_text(encoding="utf-8").count("\n") == 2
    assert run_cli("extract", news, "-o", out, *options).exit_code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_a_run_that_was_killed_holds_nothing(running, news, tmp_path):
    running.kill()
    running.wait()
    out = tmp_path / "out.jsonl"
    assert run_cli("extract", news, "-o", out, "--resume").exit_code == 1
    assert out.read_text(encoding="utf-8") == run_cli("extract", news).stdout


def test_a_partial_file_that_was_taken_away_is_told(tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("an earlier output", encoding="utf-8")
    opened = open_output(str(out))
    output = opened.__enter__()
    output.write("a record\n")
    output.keep()
    (tmp_path / "out.jsonl.partial").replace(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match="another run writes"):
        opened.__exit__(None, None, None)
    assert out.read_text(encoding="utf-8") == "an earlier output"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "X", "--errors", "X"), "for both --output and --errors"),
        (("-o", "X", "--duplicates", "X"), "for both --output and --duplicates"),
        (("--errors", "X", "--duplicates", "news/../X"), "for both --errors and --duplicates"),
        (("-o", "X", "--errors", "X.partial"), "for both --output and --errors"),
        (("-o", "X", "--duplicates", "X.done"), "for both --output and --duplicates"),
        (("-o", "news/0.txt", "-f", "jsonl"), "--output would overwrite it"),
        (("-o", "X", "--errors", "news/0.txt"), "--errors would overwrite it"),
        (("-o", "X", "--duplicates", "linked.txt"), "--duplicates would overwrite it"),
        (("-o", "X", "--themes", "themes.toml", "--errors", "themes.toml"), "themes.toml is read"),
    ],
)
def test_no_file_is_written_twice_or_while_it_is_read(news, monkeypatch, tmp_path, options, said):
    monkeypatch.chdir(tmp_path)
    Path("linked.txt").symlink_to(news / "0.txt")
    Path("themes.toml").touch()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = run_cli("extract", "news/0.txt", *options)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_table_is_not_replaced_by_its_records(tmp_path):
    table = tmp_path / "news.jsonl"
    table.write_text(json.dumps({"text": TEXT.format(1)}) + "\n", encoding="utf-8")
    before = table.read_bytes()
    assert run_cli("extract", table, "-o", table).exit_code == 2
    assert table.read_bytes() == before


def test_errors_of_a_retry_go_to_another_file(news, tmp_path):
    errors = tmp_path / "errors.jsonl"
    run_cli("extract", news, "--errors", errors)
    before = errors.read_bytes()
    result = run_cli("extract", "--retry", errors, "--errors", errors)
    assert result.exit_code == 2
    assert "is read, and --errors would overwrite it" in result.stderr
    assert errors.read_bytes() == before
    again = run_cli("extract", "--retry", errors, "--errors", tmp_path / "again.jsonl")
    assert again.exit_code == 3
    assert (tmp_path / "again.jsonl").read_bytes() == before


def test_merge_overwrites_no_input_with_a_report(news, tmp_path):
    one = tmp_path / "one.jsonl"
    run_cli("extract", news, "-o", one)
    before = one.read_bytes()
    assert run_cli("merge", one, "--duplicates", one).exit_code == 2
    assert run_cli("merge", one, "-o", "x", "--duplicates", "x").exit_code == 2
    assert one.read_bytes() == before
    assert run_cli("merge", one, "-o", one).exit_code == 0  # whole or not at all
    assert one.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="devices of POSIX")
def test_a_device_takes_all_that_comes(news):
    line = ("-o", os.devnull, "--errors", os.devnull, "--duplicates", os.devnull)
    assert run_cli("extract", news, *line).exit_code == 1
