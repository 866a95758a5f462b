"""Worker processes: the same bytes as one process, also when workers are killed."""

import os
import signal
import sys

import pytest

from assembly_extract.batch import pool
from assembly_extract.batch.engine import Job, outcome_of, outcomes
from assembly_extract.batch.pool import WorkerPool
from assembly_extract.config import Config
from assembly_extract.sources import Input, walk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults are injected by fork")

JOB = Job(Config())


@pytest.fixture
def found(tmp_path):
    """Sixteen short articles, one of them binary, one that vanishes after it was listed."""
    for number in range(16):
        text = f"ข่าวที่ {number}\n\nประชุมเรื่องน้ำสะอาดครั้งที่ {number}\n"
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "07.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    items = [item for item in walk([tmp_path]) if isinstance(item, Input)]
    (tmp_path / "11.txt").unlink()
    return items


@pytest.fixture
def undisturbed(found):
    return list(outcomes(found, JOB, jobs=1))


def kill_when(monkeypatch, folder, name, times):
    """Let the worker that comes to article ``name`` die by SIGKILL, the first ``times`` times."""

    def deadly(item, job):
        if item.name == name:
            for number in range(times):
                mark = folder / f"death{number}"
                if not mark.exists():
                    mark.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
        return outcome_of(item, job)

    monkeypatch.setattr(pool, "outcome_of", deadly)


def test_the_faults_of_the_fixture_are_seen(undisturbed):
    assert [o.name for o in undisturbed if o.failure] == ["07.txt", "11.txt"]


@pytest.mark.parametrize(("jobs", "chunk"), [(1, 3), (3, 2), (2, 64)])
def test_outcomes_do_not_depend_on_the_workers(found, undisturbed, jobs, chunk):
    assert list(WorkerPool(JOB, jobs, chunk).outcomes(found)) == undisturbed


@pytest.mark.parametrize("times", [1, 2])
def test_a_killed_worker_loses_nothing(found, undisturbed, monkeypatch, tmp_path, times):
    kill_when(monkeypatch, tmp_path, "09.txt", times)
    assert list(WorkerPool(JOB, 2, chunk=4).outcomes(found)) == undisturbed
    assert (tmp_path / f"death{times - 1}").exists()


def test_an_article_that_kills_its_worker_is_given_up_alone(
    found, undisturbed, monkeypatch, tmp_path
):
    kill_when(monkeypatch, tmp_path, "09.txt", 3)
    result = list(WorkerPool(JOB, 2, chunk=4).outcomes(found))
    assert [o.name for o in result] == [o.name for o in undisturbed]
    assert [o.name for o in result if o not in undisturbed] == ["09.txt"]
    assert result[9].failure.stage == "worker"


def test_memory_is_bounded_by_tasks_ahead(found):
    listed = []

    def listing():
        for item in found * 10:
            listed.append(item)
            yield item

    stream = WorkerPool(JOB, 2, chunk=2).outcomes(listing())
    next(stream)
    assert len(listed) <= (2 * pool.AHEAD + 1) * 2
    stream.close()


def test_workers_end_with_the_stream(found):
    workers = WorkerPool(JOB, 2, chunk=2)
    stream = workers.outcomes(found)
    next(stream)
    processes = [worker.process for worker in workers._workers]
    stream.close()
    assert processes
    assert not any(process.is_alive() for process in processes)


def test_more_workers_than_articles(found):
    workers = WorkerPool(JOB, 50, chunk=32)
    assert len(list(workers.outcomes(found[:3]))) == 3


def test_nothing_to_do():
    assert list(WorkerPool(JOB, 2).outcomes([])) == []
