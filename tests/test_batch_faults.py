"""Runs that something happens to: gone on with, they give the bytes of an undisturbed run."""

import contextlib
import gc
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import warnings

import pytest
from typer.testing import CliRunner

from assembly_extract import pipeline
from assembly_extract.batch import pool
from assembly_extract.batch.engine import outcome_of
from assembly_extract.cli import app

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults are injected by fork")

TEXT = (
    "เปิดเวทีน้ำสะอาดครั้งที่ {0}\n\nเมื่อวันที่ {1} มีนาคม 2567 ที่ศาลากลางจังหวัดน่าน นายบุญส่ง ทดลองดี "
    "กล่าวเปิดเวทีครั้งที่ {0} เรื่องน้ำประปาหมู่บ้าน และขอให้ตรวจคุณภาพน้ำทุกสามเดือน\n"
)
MANY = 32
KILLS = 20


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """Articles in folders and an archive; two of them tell one story, one is binary."""
    folder = tmp_path_factory.mktemp("faults") / "news"
    for number in range(MANY):
        path = folder / f"{number % 4}" / f"{number:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(number, number % 28 + 1), encoding="utf-8")
    (folder / "2" / "06.txt").write_bytes((folder / "2" / "02.txt").read_bytes())
    (folder / "1" / "13.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    shutil.make_archive(str(folder / "more"), "zip", folder / "3")
    return folder


@pytest.fixture(scope="module")
def whole(news, tmp_path_factory):
    """What an undisturbed run writes: the records, the errors, the duplicates."""
    folder = tmp_path_factory.mktemp("whole")
    result = CliRunner().invoke(app, line_of(news, folder, "-j", "1"))
    assert result.exit_code == 1, result.stderr
    return written(folder)


def line_of(news, folder, *options):
    named = ("-o", folder / "out", "--errors", folder / "err", "--duplicates", folder / "dup")
    return ["extract", *map(str, (news, *named, *options))]


def written(folder):
    assert sorted(path.name for path in folder.iterdir()) == ["dup", "err", "out"]
    return [(folder / name).read_bytes() for name in ("out", "err", "dup")]


def go_on(news, folder, *options):
    """Run again, undisturbed, with ``--resume``."""
    result = CliRunner().invoke(app, line_of(news, folder, "--resume", "-j", "1", *options))
    assert result.exit_code == 1, result.stderr
    return written(folder)


def forked(line, before=None):
    """Begin a run in a process that has everything loaded; ``before`` is done in it first.

    Other tests' libraries may have left threads and garbage: Python 3.12 warns of the threads,
    which are not in the new process, and the garbage is not to be collected there, as what it
    closes could wait for them for ever.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    status = 70
    with contextlib.suppress(BaseException):
        gc.freeze()
        if before is not None:
            before()
        status = CliRunner().invoke(app, line).exit_code
    os._exit(status)


def ended(child):
    """Wait for a process; return its exit status, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_an_undisturbed_run_has_what_the_faults_could_lose(whole):
    records, errors, duplicates = whole
    assert records.count(b"\n") == MANY - 1 + MANY // 4
    assert [json.loads(row)["name"] for row in errors.splitlines()] == ["1/13.txt"]
    assert duplicates.count(b"\n") > MANY // 4


def test_the_parent_killed_at_random_moments(news, whole, tmp_path):
    """Each run goes on where the last was killed, and is killed in its turn; then one ends."""
    chance = random.Random(20)
    lengths = []
    for _ in range(3):  # on a busy machine one may take many times as long as another
        started = time.monotonic()
        assert ended(forked(["extract", str(news), "-j", "1"])) == 1
        lengths.append(time.monotonic() - started)
    length = min(lengths)
    left = set()
    for kill in range(KILLS):
        folder = tmp_path / str(kill % 4)  # five kills for each output, one after the other
        folder.mkdir(exist_ok=True)
        jobs = str(kill % 2 + 1)
        child = forked(line_of(news, folder, "--resume", "-j", jobs))
        time.sleep(chance.uniform(0, length))
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        ended(child)
        left |= {path.name for path in folder.iterdir()}
    assert "out.partial" in left
    for number in range(4):
        assert go_on(news, tmp_path / str(number)) == whole


def test_a_worker_killed_in_the_middle_of_its_chunk(news, whole, tmp_path):
    def deadly(item, job):
        if item.name == "1/21.txt" and not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return outcome_of(item, job)

    def prepare():
        pool.outcome_of = deadly

    folder = tmp_path / "run"
    folder.mkdir()
    assert ended(forked(line_of(news, folder, "-j", "2"), prepare)) == 1
    assert (tmp_path / "died").exists()
    assert written(folder) == whole


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_no_room_for_the_output(news, whole, tmp_path, share):
    """The system refuses bytes beyond a limit, as a full disk or a quota does."""
    most = int(len(whole[0]) * share)

    def prepare():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    assert ended(forked(line_of(news, tmp_path, "-j", "1"), prepare)) == 3
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "out.partial").stat().st_size <= most
    assert ended(forked(line_of(news, tmp_path, "--resume", "-j", "2"), prepare)) == 3
    assert go_on(news, tmp_path) == whole


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 64 KB, where the tests may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no right to mount a file system")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_and_more_room_on_it(news, whole, small_disk):
    assert ended(forked(line_of(news, small_disk, "-j", "1"))) == 3
    assert not (small_disk / "out").exists()
    assert (small_disk / "out.partial").read_bytes()
    assert ended(forked(line_of(news, small_disk, "--resume", "-j", "1"))) == 3  # still full
    subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
    assert go_on(news, small_disk) == whole


def test_a_full_disk_is_told(news, small_disk):
    result = CliRunner().invoke(app, line_of(news, small_disk, "-j", "1"))
    assert result.exit_code == 3
    assert "No space left" in result.stderr
    assert "Free some space" in result.stderr


def test_a_file_that_the_disk_does_not_give(news, whole, tmp_path):
    """Listed as a regular file, it fails as it is read; root may read everything else."""
    spoilt = tmp_path / "news"
    shutil.copytree(news, spoilt)
    (spoilt / "0" / "08.txt").unlink()
    (spoilt / "0" / "08.txt").symlink_to("/proc/self/mem")
    folder = tmp_path / "run"
    folder.mkdir()
    result = CliRunner().invoke(app, line_of(spoilt, folder, "-j", "2"))
    assert result.exit_code == 1
    assert "08.txt: input/output error" in result.stderr
    (spoilt / "0" / "08.txt").unlink()
    shutil.copy(news / "0" / "08.txt", spoilt / "0" / "08.txt")
    assert go_on(spoilt, folder)[0] == whole[0]


def test_a_file_that_vanishes_after_it_was_listed(news, whole, tmp_path):
    spoilt = tmp_path / "news"
    shutil.copytree(news, spoilt)
    gone, kept = spoilt / "2" / "30.txt", (news / "2" / "30.txt").read_bytes()

    def vanishing(item, job):
        gone.unlink(missing_ok=True)
        return outcome_of(item, job)

    def prepare():
        pool.outcome_of = vanishing

    folder = tmp_path / "run"
    folder.mkdir()
    assert ended(forked(line_of(spoilt, folder, "-j", "2"), prepare)) == 1
    assert "2/30.txt" in (folder / "err").read_text(encoding="utf-8")
    gone.write_bytes(kept)
    result = CliRunner().invoke(app, ["extract", "--retry", str(folder / "err")])
    assert json.loads(result.stdout)["source"]["path"] == "2/30.txt"
    assert go_on(spoilt, folder)[0] == whole[0]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_stage_that_breaks_on_an_article(news, whole, tmp_path, jobs):
    clean = pipeline.clean

    def broken(raw, chrome=None):
        if raw.path == "2/10.txt":
            raise MemoryError("no more")
        return clean(raw, chrome)

    def prepare():
        pipeline.clean = broken

    assert ended(forked(line_of(news, tmp_path, "-j", jobs), prepare)) == 1
    rows = [json.loads(row) for row in (tmp_path / "err").read_text("utf-8").splitlines()]
    assert [row["name"] for row in rows] == ["1/13.txt", "2/10.txt"]
    assert "MemoryError: no more" in rows[1]["reason"]
    assert (tmp_path / "out").read_bytes().count(b"\n") == whole[0].count(b"\n") - 1
    assert go_on(news, tmp_path) == whole


def test_a_reader_that_goes_away(news, whole, tmp_path):
    line = ["extract", news, "-j2", "--duplicates", tmp_path / "dup"]
    process = subprocess.Popen(
        [sys.executable, "-m", "assembly_extract", *map(str, line)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    read = [process.stdout.readline() for _ in range(3)]
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert b"rror" not in said
    assert read == whole[0].splitlines(keepends=True)[:3]


def test_a_clock_that_jumps(news, whole, tmp_path):
    """Neither clock decides on anything that is written, nor on whether a run ends."""

    def prepare():  # in a process of its own: other libraries' threads go by these clocks
        chance = random.Random(7)
        time.time = lambda: chance.uniform(0, 4e9)
        time.monotonic = lambda: chance.uniform(0, 1e6)
        os.environ["TZ"] = "Pacific/Kiritimati"
        time.tzset()

    assert ended(forked(line_of(news, tmp_path, "-j", "2"), prepare)) == 1
    assert written(tmp_path) == whole


def test_all_ways_to_the_same_bytes(news, whole, tmp_path):
    """Two processes, and three shards that are merged."""
    folder = tmp_path / "two"
    folder.mkdir()
    CliRunner().invoke(app, line_of(news, folder, "-j", "2"))
    assert written(folder) == whole
    parts = [tmp_path / f"part-{number}.jsonl" for number in (1, 2, 3)]
    for number, part in enumerate(parts, 1):
        line = ["extract", str(news), "--shard", f"{number}/3", "-o", str(part)]
        assert CliRunner().invoke(app, line).exit_code in {0, 1}
    merged, duplicates = tmp_path / "merged", tmp_path / "merged.tsv"
    line = ["merge", *map(str, parts), "-o", str(merged), "--duplicates", str(duplicates)]
    assert CliRunner().invoke(app, line).exit_code == 0
    assert [merged.read_bytes(), duplicates.read_bytes()] == [whole[0], whole[2]]
