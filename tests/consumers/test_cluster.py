"""A run on a Dask cluster: real schedulers and workers on this machine, some of them killed."""

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from typer.testing import CliRunner

from assembly_extract.batch import cluster
from assembly_extract.cli import app
from assembly_extract.errors import ClusterError

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")

BAD, GONE = "017.txt", "023.txt"
POISON = "041.txt"
MANY = 256


def article(number):
    return (
        f"เปิดเวทีน้ำสะอาดครั้งที่ {number}\n\nเมื่อวันที่ {number % 28 + 1} มีนาคม 2567 ที่ศาลากลางจังหวัดน่าน "
        f"นายบุญส่ง ทดลองดี กล่าวเปิดเวทีครั้งที่ {number} เรื่องน้ำประปาหมู่บ้านหมู่ที่ {number % 9} และขอให้ตรวจ"
        "คุณภาพน้ำทุกสามเดือน โดยมีประชาชนเข้าร่วมจำนวนมาก\n" * 3
    )


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """Articles, one of them binary, one a link that leads nowhere."""
    folder = tmp_path_factory.mktemp("cluster") / "news"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:03}.txt").write_text(article(number), encoding="utf-8")
    (folder / BAD).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    (folder / GONE).unlink()
    (folder / GONE).symlink_to(folder / "nowhere.txt")
    return folder


@pytest.fixture(scope="module")
def whole(news, tmp_path_factory):
    """What one process gives: the records, the errors, the duplicates."""
    folder = tmp_path_factory.mktemp("whole")
    return outputs(folder, CliRunner().invoke(app, extract_line(news, folder, "-j", "1")))


def extract_line(news, folder, *options):
    named = ("-o", folder / "out", "--errors", folder / "err", "--duplicates", folder / "dup")
    return ["extract", *map(str, (news, *named, *options))]


def spawned(line, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "assembly_extract", *line],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def outputs(folder, result):
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception  # click's runner calls that 1, as a run some inputs of which failed
    assert result.exit_code == 1, result.stderr
    return [(folder / name).read_bytes() for name in ("out", "err", "dup")]


class Cluster:
    """A scheduler and workers, each a process."""

    def __init__(self, folder):
        self.file = folder / "scheduler.json"
        self.processes = []
        self.scheduler = self.start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", self.file,
        )  # fmt: skip
        self.address = self.written_address()

    def written_address(self):
        """Wait for the scheduler's file, which is there before its contents are."""
        while self.processes[0].poll() is None:
            with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
                return json.loads(self.file.read_text(encoding="utf-8"))["address"]
            time.sleep(0.05)
        raise AssertionError("the scheduler has ended")

    def start(self, program, *options):
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *map(str, options)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"},
        )
        self.processes.append(process)
        return process

    def add_worker(self, *options, nanny=False):
        guard = () if nanny else ("--no-nanny",)
        return self.start(
            "dask_worker", self.address, "--nthreads", "1", "--no-dashboard",
            "--local-directory", self.file.parent, *guard, *options,
        )  # fmt: skip

    def run(self, news, folder, *options):
        return CliRunner().invoke(
            app, extract_line(news, folder, "--scheduler", self.address, *options)
        )

    def begin(self, news, folder, *options):
        """Start a run; with ``-`` as an option it is not done before its stdin is closed."""
        line = extract_line(news, folder, "--scheduler", self.address, *options)
        return spawned(line)

    def close(self):
        for process in self.processes[::-1]:
            process.terminate()
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
            process.wait()


@pytest.fixture
def empty_cluster(tmp_path):
    made = Cluster(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory):
    made = Cluster(tmp_path_factory.mktemp("dask"))
    made.add_worker()
    made.add_worker()
    yield made
    made.close()


def wait_for_lines(process, folder, count):
    """Wait until a run has written so much, or is done."""
    partial = folder / "out.partial"
    deadline = time.monotonic() + 600
    while process.poll() is None and time.monotonic() < deadline:
        if partial.exists() and partial.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.01)
    if not (folder / "out").exists():  # it may have been done while we were looking
        raise AssertionError(process.communicate())


def test_a_cluster_gives_the_same_bytes(news, whole, two_workers, tmp_path):
    assert outputs(tmp_path, two_workers.run(news, tmp_path)) == whole
    assert whole[0].count(b"\n") == MANY - 2
    assert [json.loads(row)["name"] for row in whole[1].splitlines()] == [BAD, GONE]


def test_the_users_files_travel_along(news, two_workers, tmp_path):
    themes = tmp_path / "themes.toml"
    themes.write_text(
        '[[theme]]\nid = "taps"\nth = "น้ำประปาหมู่บ้าน"\nen = "Taps"\ncap = 7\nsdg = [6]\n'
        'terms = ["น้ำประปาหมู่บ้าน", "เวทีน้ำสะอาด", "คุณภาพน้ำทุกสามเดือน"]\n',
        encoding="utf-8",
    )
    made = []
    for number, options in enumerate([("-j", "1"), ("--scheduler", two_workers.address)]):
        folder = tmp_path / str(number)
        folder.mkdir()
        line = extract_line(news, folder, "--themes", themes, "--include", "00*", *options)
        assert CliRunner().invoke(app, line).exit_code == 0
        made.append((folder / "out").read_bytes())
    assert made[0] == made[1]
    assert b'"id":"taps"' in made[0]


def test_a_killed_worker_loses_nothing(news, whole, empty_cluster, tmp_path):
    lost = empty_cluster.add_worker()
    empty_cluster.add_worker()
    process = empty_cluster.begin(news, tmp_path)
    wait_for_lines(process, tmp_path, 30)
    lost.send_signal(signal.SIGKILL)
    assert lost.wait() == -signal.SIGKILL
    _, said = process.communicate()
    assert process.returncode == 1, said
    assert [(tmp_path / name).read_bytes() for name in ("out", "err", "dup")] == whole


def test_a_worker_that_comes_after_all_were_lost_goes_on(news, whole, empty_cluster, tmp_path):
    only = empty_cluster.add_worker()
    process = empty_cluster.begin(news, tmp_path)
    wait_for_lines(process, tmp_path, 30)
    only.send_signal(signal.SIGKILL)
    only.wait()
    empty_cluster.add_worker()
    _, said = process.communicate()
    assert process.returncode == 1, said
    assert (tmp_path / "out").read_bytes() == whole[0]


def test_going_on_after_the_sender_was_killed(news, whole, two_workers, tmp_path):
    process = two_workers.begin(news, tmp_path, "-")
    wait_for_lines(process, tmp_path, 30)
    process.kill()
    process.communicate()
    assert not (tmp_path / "out").exists()
    result = two_workers.run(news, tmp_path, "--resume")
    assert outputs(tmp_path, result) == whole
    assert "of an earlier run" in result.stderr


def test_a_lost_scheduler_ends_the_run_which_can_go_on(news, whole, empty_cluster, tmp_path):
    empty_cluster.add_worker()
    process = empty_cluster.begin(news, tmp_path, "-")
    wait_for_lines(process, tmp_path, 30)
    empty_cluster.scheduler.kill()
    _, said = process.communicate(timeout=120)
    assert process.returncode == 3, said
    assert b"the scheduler is gone" in said
    assert b"--resume" in said
    result = CliRunner().invoke(app, extract_line(news, tmp_path, "--resume", "-j", "1"))
    assert outputs(tmp_path, result) == whole


DEADLY = f"""
import os, signal
from assembly_extract.batch import engine, errand
def deadly(item, job):
    if item.name == {POISON!r}:
        os.kill(os.getpid(), signal.SIGKILL)
    return engine.outcome_of(item, job)
errand.outcome_of = deadly
"""
OTHER_VERSION = """
import assembly_extract
assembly_extract.__version__ = "9.9.9"
"""
NOT_INSTALLED = """
import sys
class Nowhere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "assembly_extract":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Nowhere())
"""


def add_prepared_worker(cluster_made, code, **options):
    script = cluster_made.file.parent / "prepare.py"
    script.write_text(code, encoding="utf-8")
    return cluster_made.add_worker("--preload", script, **options)


def test_an_article_that_kills_every_worker_is_given_up_alone(news, empty_cluster, tmp_path):
    add_prepared_worker(empty_cluster, DEADLY, nanny=True)
    result = empty_cluster.run(news, tmp_path, "--include", "0[34]*")
    assert result.exit_code == 1, result.stderr
    (failure,) = map(json.loads, (tmp_path / "err").read_text(encoding="utf-8").splitlines())
    assert (failure["name"], failure["stage"]) == (POISON, "worker")
    made = (tmp_path / "out").read_bytes()
    line = extract_line(news, tmp_path, "--include", "0[34]*", "--exclude", POISON, "-j", "1")
    assert CliRunner().invoke(app, line).exit_code == 0
    assert made == (tmp_path / "out").read_bytes()
    assert made.count(b"\n") == 19


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        (OTHER_VERSION, 2, 'version "9.9.9" instead of "'),
        (NOT_INSTALLED, 3, "Install the same version of assembly-extract there"),
    ],
)
def test_workers_that_cannot_give_the_same_bytes(news, empty_cluster, tmp_path, code, status, said):
    add_prepared_worker(empty_cluster, code)
    result = empty_cluster.run(news, tmp_path)
    assert result.exit_code == status, result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.fixture
def no_collection():
    """Keep what nothing refers to but itself: a test can look at it."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x"])
def test_nobody_answers(news, tmp_path, monkeypatch, address):
    monkeypatch.setattr(cluster, "CONNECT", 1)
    line = extract_line(news, tmp_path, "--scheduler", address)
    result = CliRunner().invoke(app, line)
    assert result.exit_code == 2, result.stderr
    assert "no scheduler answers" in result.stderr
    # One that is left closes itself whenever it is collected: amid the start of another, whose lock
    # it then waits for, that ends neither (distributed 2026.8: LoopRunner).
    assert not [one for one in gc.get_objects() if type(one) is distributed.Client]


def test_no_worker_comes(news, empty_cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 2)
    monkeypatch.setattr(cluster, "_LOOK", 1)
    result = empty_cluster.run(news, tmp_path)
    assert result.exit_code == 3
    assert "no worker" in result.stderr


def test_jobs_are_the_clusters_affair(news, tmp_path):
    line = extract_line(news, tmp_path, "--scheduler", "tcp://127.0.0.1:9", "-j", "4")
    result = CliRunner().invoke(app, line)
    assert result.exit_code == 2
    assert "leave --jobs out" in result.stderr


def test_a_cluster_of_this_machine_and_its_interruption(news, whole, tmp_path):
    line = extract_line(news, tmp_path, "--scheduler", "local", "-j", "2")
    process = spawned([*line, "-"], start_new_session=True)
    wait_for_lines(process, tmp_path, 30)
    os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does: the workers get it, too
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert b"Traceback" not in said
    assert b"goes on from here" in said
    result = CliRunner().invoke(app, [*line, "--resume"])
    assert outputs(tmp_path, result) == whole


class Unsteady(distributed.LocalCluster):
    """A cluster that does not start the first ``fails`` times and always fails to close."""

    fails = 0
    started = 0

    def __init__(self, **options):
        type(self).started += 1
        if self.started <= self.fails:
            raise RuntimeError("Nanny failed to start.")
        super().__init__(**options)

    def close(self, timeout=None):
        super().close(timeout)
        raise AssertionError("closing")


@pytest.mark.parametrize("fails", [0, 2, 3])
def test_a_cluster_of_this_machine_that_fails_at_its_ends(news, tmp_path, monkeypatch, fails):
    class Here(Unsteady):
        pass

    Here.fails = fails
    monkeypatch.setattr(distributed, "LocalCluster", Here)
    line = extract_line(news, tmp_path, "--scheduler", "local", "-j", "1", "--include", "00*")
    result = CliRunner().invoke(app, line)
    if fails < cluster._MOST_STARTED:
        assert result.exit_code == 0, result.stderr
        assert (tmp_path / "out").read_bytes().count(b"\n") == 10
    else:
        assert result.exit_code == 3
        assert "no cluster starts on this machine (RuntimeError: Nanny" in result.stderr
        assert "Leave --scheduler out" in result.stderr


class Asked:
    """A task's future whose answer cannot be had when it is asked for the first ``fails`` times."""

    def __init__(self, status, fails=1):
        self.status = status
        self.fails = fails
        self.times = 0

    def result(self, timeout):
        assert timeout
        self.times += 1
        if self.times <= self.fails:
            raise UnboundLocalError("result")
        return []


def test_asking_that_fails_is_done_again(monkeypatch):
    monkeypatch.setattr(cluster, "_BEAT", 0.01)
    sender = cluster._Sender(None, None, threading.Event())
    future = Asked("pending")
    assert cluster._answer(sender, future) == []
    assert future.times == 2


def test_asking_that_always_fails_ends_the_run(monkeypatch):
    monkeypatch.setattr(cluster, "_BEAT", 0.001)
    sender = cluster._Sender(None, None, threading.Event())
    with pytest.raises(ClusterError, match="the workers cannot do the work"):
        cluster._answer(sender, Asked("finished", fails=10_000))


@pytest.mark.parametrize(
    ("error", "fails", "times"),
    [
        (UnboundLocalError("result"), 0, 1),
        (UnboundLocalError("result"), 3, 4),
        (UnboundLocalError("result"), 10_000, cluster._MOST_ASKED),
        (OSError("closed"), 1, 1),
    ],
)
def test_asking_the_scheduler_that_fails_is_done_again(monkeypatch, error, fails, times):
    monkeypatch.setattr(cluster, "_BEAT", 0.001)
    asked = []

    def ask():
        asked.append(None)
        if len(asked) <= fails:
            raise error
        return "answer"

    if times > fails:
        assert cluster._reached(ask) == "answer"
    else:
        with pytest.raises(ClusterError, match="the scheduler is gone"):
            cluster._reached(ask)
    assert len(asked) == times


def test_a_task_that_failed_is_not_asked_again():
    sender = cluster._Sender(None, None, threading.Event())
    with pytest.raises(ClusterError, match="the workers cannot do the work"):
        cluster._answer(sender, Asked("error"))
