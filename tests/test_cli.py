"""The command line: what goes where, exit statuses, bad input."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from assembly_extract import __version__, pipeline
from assembly_extract.batch import engine
from assembly_extract.cli import app, watch
from assembly_extract.cli import extract as extract_command
from assembly_extract.models import record_schema
from assembly_extract.records import to_json
from assembly_extract.sources import articles

ARTICLE = (
    "เปิดเวทีน้ำสะอาดชุมชน\n\n"
    "เมื่อวันที่ 5 มีนาคม 2567 ที่ศาลากลางจังหวัดน่าน นายบุญส่ง ทดลองดี กล่าวเปิดเวทีรับฟังความเห็นเรื่อง"
    "น้ำประปาหมู่บ้าน โดยมีประชาชนเข้าร่วมจำนวนมาก และเสนอให้ตรวจคุณภาพน้ำทุกสามเดือน\n"
)
FAULTS = {
    "binary.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "torn.txt": bytes(range(128, 256)) * 30,
}


def run_cli(*args, **options):
    return CliRunner().invoke(app, [str(arg) for arg in args], **options)


def spawn(*args, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "assembly_extract", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "news"
    (root / "b").mkdir(parents=True)
    (root / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (root / "b" / "ข่าว.txt").write_text(ARTICLE, encoding="utf-8")
    return root


def names(stdout):
    return [json.loads(line)["source"]["path"] for line in stdout.splitlines()]


def test_stdout_carries_records_and_stderr_the_rest(folder):
    result = run_cli("extract", folder)
    assert result.exit_code == 0
    records = [json.loads(line) for line in result.stdout.splitlines()]
    for record in records:
        jsonschema.validate(record, record_schema(), jsonschema.Draft202012Validator)
    assert [record["source"]["path"] for record in records] == ["a.txt", "b/ข่าว.txt"]
    assert result.stderr == "assembly-extract: 2 records\n"


def test_json_is_one_array_of_the_same_records(folder):
    lines = run_cli("extract", folder).stdout.splitlines()
    array = json.loads(run_cli("extract", "-f", "json", folder).stdout)
    assert array == [json.loads(line) for line in lines]


def test_quiet_says_nothing_of_what_went_well(folder):
    assert run_cli("extract", "-q", folder).stderr == ""


def test_standard_input():
    result = run_cli("extract", "-", input=ARTICLE.encode())
    assert result.exit_code == 0
    assert names(result.stdout) == ["-"]


@pytest.mark.parametrize(
    ("sent", "options", "found"),
    [
        ('{"id": "n1", "text": "%s"}\n{"id": "n2", "text": "%s"}\n', (), ["-#n1", "-#n2"]),
        ('[{"body": "%s"}, {"body": "%s"}]', (), ["-#1", "-#2"]),
        ('{\n "text": "%s",\n "more": "%s"\n}\n', (), ["-#1"]),
        ("id;story\n7;%s\n8;%s\n", ("--text-field", "story"), ["-#7", "-#8"]),
        ("[%s] {%s}", (), ["-"]),
    ],
)
def test_a_table_on_standard_input(sent, options, found):
    line = ARTICLE.replace("\n", " ")
    result = run_cli("extract", "-", *options, input=(sent % (line, line)).encode())
    assert result.exit_code == 0
    assert names(result.stdout) == found


def test_a_headline_without_a_text_is_no_article(tmp_path):
    table = tmp_path / "t.jsonl"
    headline = "เทศบาลเมืองเปิดศูนย์ดูแลผู้สูงอายุแห่งใหม่ริมคลองให้ชาวบ้านใช้ฟรี"
    rows = [{"title": headline, "text": None}, {"title": headline, "text": headline}]
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    bare, post = map(json.loads, run_cli("extract", table).stdout.splitlines())
    assert (bare["title"], bare["usable"]) == (headline, False)
    assert [warning["code"] for warning in bare["warnings"]] == ["no_body"]
    assert (post["text"], post["usable"]) == (headline, True)


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_file_is_named_and_the_others_are_read(folder, tmp_path, name):
    (folder / name).write_bytes(FAULTS[name])
    errors = tmp_path / "errors.jsonl"
    result = run_cli("extract", folder, "--errors", errors)
    assert result.exit_code == 1
    assert names(result.stdout) == ["a.txt", "b/ข่าว.txt"]
    assert f"{folder / name}: " in result.stderr
    assert result.stderr.endswith("2 records, 1 input failed\n")
    (row,) = map(json.loads, errors.read_text(encoding="utf-8").splitlines())
    assert row["path"] == str(folder / name)
    assert row["given"] == str(folder)
    assert row["name"] == name
    assert row["stage"]
    assert row["reason"]
    assert row["hint"]


def test_nothing_succeeded(tmp_path):
    bad = tmp_path / "binary.txt"
    bad.write_bytes(FAULTS["binary.txt"])
    result = run_cli("extract", bad)
    assert (result.exit_code, result.stdout) == (3, "")


def test_a_missing_path_among_others(folder):
    result = run_cli("extract", folder, folder / "gone.txt")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "gone.txt: no such file or folder. Check the spelling" in result.stderr


@pytest.mark.parametrize("given", ["gone.txt", "empty"])
def test_no_input_found(tmp_path, given):
    (tmp_path / "empty").mkdir()
    result = run_cli("extract", tmp_path / given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no input found" in result.stderr


def test_a_folder_of_tables_says_how_to_read_them(tmp_path):
    (tmp_path / "scraped.csv").write_text("text\nx\n", encoding="utf-8")
    result = run_cli("extract", tmp_path)
    assert result.exit_code == 2
    assert '1 .csv) are read only if you give them by name, or ask for them: --include "*.csv"' in (
        result.stderr
    )


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--format", "xml", "jsonl"),
        ("--encoding", "thai-9000", "cp874"),
        ("--reference-date", "5 มีนาคม", "2023-02-15"),
        ("--reference-date", "2567-03-05", "Buddhist era; write 2024-03-05"),
        ("--no-such-option", "", "No such option"),
    ],
)
def test_wrong_usage(folder, option, value, said):
    result = run_cli("extract", folder, option, value)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_page_without_an_article_has_a_record_and_a_note(folder):
    (folder / "empty.txt").write_bytes(b"")
    result = run_cli("extract", folder)
    assert result.exit_code == 0
    record = json.loads(result.stdout.splitlines()[-1])
    assert (record["source"]["path"], record["usable"]) == ("empty.txt", False)
    assert "empty.txt: no article found" in result.stderr
    assert run_cli("extract", "--strict", folder).exit_code == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(folder):
    (folder / "a.txt").chmod(0)
    result = run_cli("extract", folder)
    assert result.exit_code == 1
    assert "chmod u+r" in result.stderr


def test_output_appears_when_it_is_whole(folder, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("what was there\n", encoding="utf-8")
    result = run_cli("extract", folder, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_text(encoding="utf-8") == run_cli("extract", folder).stdout
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.jsonl"]


def test_output_stays_as_it_was_when_nothing_succeeds(tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("what was there\n", encoding="utf-8")
    bad = tmp_path / "binary.txt"
    bad.write_bytes(FAULTS["binary.txt"])
    assert run_cli("extract", bad, "-o", out).exit_code == 3
    assert out.read_text(encoding="utf-8") == "what was there\n"
    assert not (tmp_path / "out.jsonl.partial").exists()


def test_output_to_a_place_that_is_not_there(folder, tmp_path):
    result = run_cli("extract", folder, "-o", tmp_path / "none" / "out.jsonl")
    assert result.exit_code == 2
    assert "none" in result.stderr


def test_a_fault_of_ours_is_one_articles_alone(folder, monkeypatch):

    def broken(raw, chrome=None):
        if raw.path == "a.txt":
            raise RecursionError("too deep")
        return clean(raw, chrome)

    clean = pipeline.clean
    monkeypatch.setattr(pipeline, "clean", broken)
    result = run_cli("extract", folder)
    assert result.exit_code == 1
    assert names(result.stdout) == ["b/ข่าว.txt"]
    assert "RecursionError: too deep" in result.stderr
    assert "please report it" in result.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_reader_that_breaks_is_one_failure(folder, monkeypatch, jobs):
    decode = articles.decode

    def broken(data, path, encoding):
        if path == "a.txt":
            raise RecursionError("too deep")
        return decode(data, path, encoding)

    monkeypatch.setattr(articles, "decode", broken)
    result = run_cli("extract", folder, "-j", jobs)
    assert result.exit_code == 1
    assert names(result.stdout) == ["b/ข่าว.txt"]
    assert "RecursionError: too deep. This is a fault of assembly-extract" in result.stderr


def test_a_record_that_no_json_can_hold_is_one_failure(folder, monkeypatch):
    monkeypatch.setattr(engine, "to_json", lambda record: to_json(record | {"title": "\ud800"}))
    result = run_cli("extract", folder)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "surrogates not allowed" in result.stderr


@pytest.mark.parametrize("command", ["extract", "explain"])
def test_a_closed_pipe_ends_silently(folder, command):
    for number in range(20):
        (folder / f"{number}.txt").write_text(ARTICLE, encoding="utf-8")
    process = spawn(command, folder)
    assert process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 0
    assert "rror" not in said


@pytest.mark.skipif(os.name != "posix", reason="a terminal is a POSIX one here")
def test_a_terminal_sees_a_bar_and_whole_messages(folder):
    ours, theirs = os.openpty()
    (folder / "binary.txt").write_bytes(FAULTS["binary.txt"])
    code = (
        "from assembly_extract.cli import extract, main\n"
        "extract._COUNTING = 1e9  # seconds that a busy machine may take to list the inputs\n"
        "main()"
    )
    records = folder.parent / "records.jsonl"
    with (
        records.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-c", code, "extract", folder],
            stdout=output,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm"},
        ),
    ):
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while piece := os.read(ours, 65_536):  # a terminal takes no more than is read
                said += piece
    os.close(ours)
    assert names(records.read_text(encoding="utf-8")) == ["a.txt", "b/ข่าว.txt"]
    assert "3/3" in said.decode()
    assert f"{folder / 'binary.txt'}: " in said.decode()
    assert "2 records, 1 input failed" in said.decode()


def test_an_interrupt_keeps_what_is_done(tmp_path):
    """A pipe as input: the run waits for more when the signal comes."""
    first = tmp_path / "a.txt"
    first.write_text(ARTICLE, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    process = spawn("extract", first, "-", "-o", out, "-j", 1, stdin=subprocess.PIPE)
    partial = Path(f"{out}.partial")
    while not (partial.exists() and partial.stat().st_size):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert b"interrupted" in said
    assert not out.exists()
    assert names(partial.read_text(encoding="utf-8")) == ["a.txt"]


INTERRUPTED_INSIDE_A_STRING = """
import sys, types
def main():
    try:
        exec("raise KeyboardInterrupt")
    except KeyboardInterrupt:
        raise SystemExit(130)
sys.modules["assembly_extract.cli"] = types.SimpleNamespace(main=main)
"""


def test_an_interrupt_ends_with_its_status_wherever_it_came(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTED_INSIDE_A_STRING, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    process = spawn()
    process.communicate()
    assert process.returncode == 130


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "none"),
        ("explain", "none"),
        ("merge", "none"),
        ("convert", "none", "-o", "a.db"),
        ("stats", "none"),
        ("report", "none"),
        ("evaluate", "none", "none"),
        ("normalise", "none", "-o", "out", "--register", "register"),
        ("who", "สมชาย", "--register", "none"),
    ],
)
def test_every_command_tells_alike_of_a_file_that_is_not_there(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run_cli(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "none" in result.stderr
    assert "no such file" in result.stderr
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


@pytest.mark.parametrize("encoding", ["ascii", "cp874", "utf-16"])
def test_what_is_printed_is_utf8_whatever_the_system_writes(folder, tmp_path, encoding):
    records, register = tmp_path / "records.jsonl", tmp_path / "register"
    run_cli("extract", folder, "-o", records)
    run_cli("normalise", records, "-o", tmp_path / "out.jsonl", "--register", register)
    for arguments in (
        ("extract", folder),
        ("extract", folder, "--dry-run"),
        ("explain", folder),
        ("stats", records),
        ("stats", records, "-f", "csv"),
        ("convert", records, "-f", "jsonl", "-o", "-"),
        ("who", "บุญส่ง ทดลองดี", "--register", register),
    ):
        said = [
            spawn(*arguments, env={**os.environ, "PYTHONIOENCODING": name}).communicate()
            for name in (encoding, "utf-8")
        ]
        assert said[0] == said[1]
        assert re.search("[ก-๙]", said[0][0].decode()), arguments


def test_version_and_schema():
    assert run_cli("--version").stdout == f"assembly-extract {__version__}\n"
    schema = json.loads(run_cli("schema").stdout)
    assert schema == record_schema()
    jsonschema.Draft202012Validator.check_schema(schema)


def test_explain_shows_values_and_reasons(folder):
    result = run_cli("explain", folder)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert result.stdout.count("removed from the page") == 2
    assert "เปิดเวทีน้ำสะอาดชุมชน" in result.stdout


def test_explain_of_nothing(tmp_path):
    assert run_cli("explain", tmp_path).exit_code == 2
    assert run_cli("explain", tmp_path / "gone.txt").exit_code == 2


def test_verbose_says_what_becomes_of_each_input(folder, tmp_path):
    out = tmp_path / "out.jsonl"
    said = run_cli("extract", "-v", folder, "-o", out).stderr
    assert "a.txt: record made.\n" in said
    assert "b/ข่าว.txt: record made.\n" in said
    again = run_cli("extract", "-v", folder, "-o", out, "--resume").stderr
    assert "a.txt: taken over.\n" in again


def test_without_a_terminal_a_line_now_and_then(folder, monkeypatch):
    monkeypatch.setattr(watch, "PLAIN_EVERY", -1.0)
    monkeypatch.setattr(extract_command, "_COUNTING", 1e9)
    said = run_cli("extract", folder).stderr
    assert re.search(r"1 record so far \(\d+/s, \d+ min left\)\n", said)
    monkeypatch.setattr(extract_command, "_COUNTING", -1.0)
    said = run_cli("extract", folder).stderr
    assert re.search(r"1 record so far \(\d+/s\)\n", said)


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], {"assembly_extract.batch", "numpy", "pydantic", "rich"}),
        (
            ["extract", "ARTICLE"],
            {
                *("bs4", "pydantic", "pythainlp", "rapidfuzz", "rich", "tomllib"),
                "assembly_extract.cleaning.learning",
                "assembly_extract.corrections",
                "assembly_extract.sources.html",
            },
        ),
    ],
)
def test_what_a_start_does_not_load(tmp_path, arguments, absent):
    article = tmp_path / "news.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    code = (
        "import sys; from assembly_extract.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted({name.partition('.')[0] for name in sys.modules} | "
        "{*sys.modules}), file=sys.stderr)"
    )
    given = [str(article) if word == "ARTICLE" else word for word in arguments]
    done = subprocess.run(
        [sys.executable, "-c", code, *given], capture_output=True, text=True, check=True
    )
    assert set(done.stderr.split()) & absent == set()


def test_options_are_still_checked(folder):
    assert run_cli("extract", folder, "--jobs", 0).exit_code == 2
    assert run_cli("extract", folder, "--jobs", "two").exit_code == 2
    assert run_cli("extract", folder, "--jobs", 1).exit_code == 0
