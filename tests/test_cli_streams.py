"""Standard streams that are closed or full, and pipes where others have files."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assembly_extract.batch.inputs import Request
from assembly_extract.cli import app
from assembly_extract.cli import extract as extract_command

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell's redirections")

ARTICLE = "เปิดเวทีน้ำสะอาด\n\nเมื่อวันที่ 5 มีนาคม 2567 นายบุญส่ง ทดลองดี กล่าวเปิดเวทีที่จังหวัดน่าน\n"
ROWS = "".join(
    json.dumps({"id": f"n{number}", "text": f"{ARTICLE}ครั้งที่ {number}"}, ensure_ascii=False) + "\n"
    for number in (1, 2)
)


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def shell(redirections, *arguments, **options):
    """Run the command with what a shell does to its streams."""
    line = f'exec "$0" -m assembly_extract "$@" {redirections}'
    return subprocess.run(
        ["sh", "-c", line, sys.executable, *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        **options,
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_with_every_stream_closed_writes_its_file(news, tmp_path, jobs):
    wanted = CliRunner().invoke(app, ["extract", str(news)]).stdout
    out = tmp_path / "out.jsonl"
    done = shell("<&- >&- 2>&-", "extract", news, "-o", out, "-j", jobs)
    assert done.returncode == 0
    assert out.read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize(
    "arguments", [("extract",), ("extract", "--dry-run"), ("explain",), ("schema",), ("--help",)]
)
@pytest.mark.parametrize(
    ("redirection", "said"),
    [
        (">&-", "standard output: Bad file descriptor"),
        pytest.param(
            "> /dev/full",
            "standard output: No space left on device",
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here"),
        ),
    ],
)
def test_an_output_that_takes_nothing_is_told(news, arguments, redirection, said):
    paths = [news] if arguments[0] in {"extract", "explain"} else []
    done = shell(redirection, *arguments, *paths)
    assert done.returncode == 3
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_closed_input_is_an_input_that_failed(news):
    done = shell("<&-", "extract", news, "-")
    assert done.returncode == 1
    assert [json.loads(line)["source"]["path"] for line in done.stdout.splitlines()] == ["a.txt"]
    assert "-: bad file descriptor. Check the disk" in done.stderr


def test_messages_to_nobody_are_let_go(news):
    done = shell("2>&-", "extract", news, "none.txt")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.count("\n") == 1


def test_an_output_that_is_the_pipe_itself(news):
    assert (
        shell("", "extract", news, "-o", "/dev/stdout").stdout == shell("", "extract", news).stdout
    )


@pytest.fixture
def pipe(tmp_path):
    """Make a pipe of a name into which a thread writes."""
    threads = []

    def made(name, text):
        path = tmp_path / name
        os.mkfifo(path)
        threads.append(threading.Thread(target=path.write_text, args=(text, "utf-8"), daemon=True))
        threads[-1].start()
        return path

    yield made
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "nobody has read the pipe"


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("rows.jsonl", ROWS, ["rows.jsonl#n1", "rows.jsonl#n2"]),
        ("63", ROWS, ["63#n1", "63#n2"]),
        ("63", ARTICLE, ["63"]),
        ("a.txt", ARTICLE, ["a.txt"]),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_pipe_is_read_by_its_name_or_by_what_it_holds(pipe, name, text, named, jobs):
    result = CliRunner().invoke(app, ["extract", str(pipe(name, text)), "-j", jobs])
    assert result.exit_code == 0, result.stderr
    assert [json.loads(line)["source"]["path"] for line in result.stdout.splitlines()] == named


def test_a_pipe_is_not_counted_beforehand(pipe):
    """What counts the inputs for the bar would leave nothing to read."""
    request = Request((str(pipe("rows.jsonl", ROWS)),))
    assert extract_command._count(request) is None
    (tmp,) = request.paths
    assert Path(tmp).read_text(encoding="utf-8") == ROWS


def test_a_pipe_is_no_shard(pipe):
    path = pipe("rows.jsonl", ROWS)
    result = CliRunner().invoke(app, ["extract", str(path), "--shard", "1/2"])
    assert result.exit_code == 2
    assert "pipes cannot be cut into shards" in result.stderr
    assert path.read_text(encoding="utf-8") == ROWS


@pytest.fixture
def odd(tmp_path):
    """A folder whose name, as those of its files, is no UTF-8."""
    if sys.platform == "darwin":
        pytest.skip("names are UTF-8 there")
    folder = tmp_path / os.fsdecode(b"old\xe0\x1b[2J")
    folder.mkdir()
    (folder / os.fsdecode(b"\xa1.txt")).write_text(ARTICLE, encoding="utf-8")
    (folder / os.fsdecode(b"\xa2\n.txt")).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    return folder


def test_failures_in_a_folder_of_another_encoding_can_be_tried_again(odd, tmp_path):
    errors = tmp_path / "errors.jsonl"
    result = CliRunner().invoke(app, ["extract", str(odd), "--errors", str(errors)])
    assert result.exit_code == 1, result.exception
    assert [json.loads(line)["source"]["path"] for line in result.stdout.splitlines()] == [
        "\\xa1.txt"
    ]
    assert "\x1b" not in result.stderr
    (odd / os.fsdecode(b"\xa2\n.txt")).write_text(ARTICLE, encoding="utf-8")
    again = CliRunner().invoke(app, ["extract", "--retry", str(errors)])
    assert again.exit_code == 0, again.stderr
    assert json.loads(again.stdout)["source"]["path"] == "\\xa2\n.txt"


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "GONE"),
        ("extract", "GONE*"),
        ("extract", "ODD", "-o", "GONE/out.jsonl"),
        ("extract", "ODD", "--themes", "GONE"),
        ("extract", "--retry", "GONE"),
        ("explain", "GONE"),
        ("merge", "GONE"),
        ("convert", "GONE", "-o", "out.db"),
        ("stats", "GONE"),
        ("report", "GONE", "-o", "out.html"),
        ("learn-chrome", "GONE"),
    ],
)
def test_every_command_can_name_a_path_of_another_encoding(odd, tmp_path, arguments):
    gone = str(odd / os.fsdecode(b"gone\xff"))
    said = shell(
        "",
        *(word.replace("GONE", gone).replace("ODD", str(odd)) for word in arguments),
        cwd=tmp_path,
    )
    assert said.returncode in {2, 3}, said.stderr
    assert "Traceback" not in said.stderr
    assert "gone\\" in said.stderr


@pytest.mark.parametrize("form", ["jsonl", "csv", "sqlite", "webanno"])
def test_outputs_of_names_of_another_encoding(news, odd, form):
    out = odd / os.fsdecode(b"out\xff")
    result = CliRunner().invoke(app, ["extract", str(news), "-o", str(out), "-f", form])
    assert result.exit_code == 0, result.exception
    assert out.exists()
