"""Worker processes: outcomes in input order, memory bounded, a killed worker loses nothing.

Each worker is one process at the end of one pipe and has one task at a time, so that a worker's
death tells which articles it was at. Those are tried again together, then one by one; only an
article whose worker dies a third time is given up, as a failure.
"""

from __future__ import annotations

import gc
import signal
import sys
import warnings
from collections import deque
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from assembly_extract.batch.engine import Outcome, outcome_of
from assembly_extract.memory import give_back_memory
from assembly_extract.sources import Input, article_from_text
from assembly_extract.types.article import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.process import BaseProcess

    from assembly_extract.batch.engine import Job
    from assembly_extract.sources import Unreachable

CHUNK = 32
"""Articles a task holds: 1.03 times the pure work; single ones cost 1.19 times (measured)."""

CHUNK_BYTES = 4 * 1024 * 1024
"""Data of archive members and rows that a task holds, but for its last article's."""

AHEAD = 4
"""Tasks a worker may be ahead of the one that is next to be written: bounds the memory."""

_FORK = sys.platform == "linux"  # elsewhere system libraries do not survive a fork
# Something of each kind that articles tell of: lists and patterns load when a text needs them.
_WARM_UP = """ทดสอบระบบน้ำสะอาด

วันพุธที่ 3 มกราคม 2567 เวลา 09.00 น. ที่ห้องประชุมโรงแรมทดสอบรีสอร์ท ตำบลในเวียง อำเภอเมือง จังหวัดน่าน \
นายทดสอบ ระบบดี อธิบดีกรมทดสอบ กระทรวงสาธารณสุข (สธ.) เปิดเผยว่า ได้รับมอบหมายจาก พล.ต.ลองดู ใจงาม \
รองปลัดกระทรวงฯ ให้หารือกับผู้แทนบริษัท ระบบดี จำกัด (มหาชน) จากญี่ปุ่น เรื่องสุขภาพชุมชน \
ตามพระราชบัญญัติสุขภาพแห่งชาติ พ.ศ. 2550 ระหว่างวันที่ 5-7 ก.พ. ที่ผ่านมา ณ ศาลาประชาคม อ.ปัว จ.น่าน
นางสาวลองทำ ทดสอบดี (น้อย) ประธานสภาองค์กรชุมชน กล่าวเมื่อวานนี้ว่า กรุงเทพมหานคร จังหวัดเชียงใหม่ ลำพูน \
และลำปาง เสนอ 1) น้ำประปาหมู่บ้าน 2) ศูนย์เด็กเล็ก ในสมัชชาสุขภาพครั้งที่ 3 เดือนมีนาคมนี้
"""


@dataclass(slots=True)
class _Task:
    """Articles for a worker. ``deaths`` counts the workers that were lost over them."""

    number: int
    items: list[Input | Unreachable]
    done: list[Outcome] = field(default_factory=list)
    deaths: int = 0

    def next_items(self) -> list[Input | Unreachable]:
        """Return what to send: all, or after two deaths one article at a time."""
        return self.items if self.deaths < 2 else [self.items[len(self.done)]]

    def give_up_one(self) -> None:
        """Set down the article whose worker has died again as a failure."""
        self.done.append(given_up(self.items[len(self.done)]))


def given_up(item: Input | Unreachable) -> Outcome:
    """Return the outcome of an article that kills each process which works on it."""
    failure = Failure(
        item.name,
        "worker",
        "the process that worked on it was killed three times, perhaps for want of memory",
        "Run it alone with --jobs 1, or the whole with fewer jobs",
    )
    return Outcome(item.given, item.name, failure=failure)


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: _Task | None = None


class WorkerPool:
    """At most ``jobs`` processes that do a run's job; they start as there is work for them."""

    def __init__(self, job: Job, jobs: int, chunk: int = CHUNK) -> None:
        self._job = job
        self._jobs = jobs
        self._chunk = chunk
        self._context: ForkContext | SpawnContext = (
            get_context("fork") if _FORK else get_context("spawn")
        )
        self._workers: list[_Worker] = []

    def outcomes(self, found: Iterable[Input | Unreachable]) -> Iterator[Outcome]:
        """Yield the outcome of each input, in order."""
        items = iter(found)
        retry: deque[_Task] = deque()
        finished: dict[int, list[Outcome]] = {}
        started = written = 0
        more = True
        try:
            while True:
                while (more or retry) and (worker := self._idle()) is not None:
                    if retry:
                        task = retry.popleft()
                    elif started - written >= self._jobs * AHEAD:
                        break
                    elif chunk := next_chunk(items, self._chunk):
                        task = _Task(started, chunk)
                        started += 1
                    else:
                        more = False
                        break
                    self._send(worker, task, retry, finished)
                busy = [worker for worker in self._workers if worker.task]
                ready = wait([worker.pipe for worker in busy]) if busy else []
                for worker in busy:
                    if worker.pipe in ready:
                        self._receive(worker, retry, finished)
                while written in finished:
                    yield from finished.pop(written)
                    written += 1
                if not busy and not more and not retry:
                    return
        finally:
            self.close()

    def close(self) -> None:
        """End every worker."""
        give_back_memory()  # what they shared is the parent's alone from here on
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def _idle(self) -> _Worker | None:
        """Return a worker without a task, a new one if there may be one more."""
        for worker in self._workers:
            if worker.task is None:
                return worker
        return self._start() if len(self._workers) < self._jobs else None

    def _start(self) -> _Worker:
        if _FORK and not self._workers:
            # What is loaded before the first fork is shared by all that follow.
            self._job.extractor.plain_record(article_from_text(_WARM_UP))
            give_back_memory()
            self._job.extractor.tagger.prepare()
            gc.freeze()
            gc.enable()
        ours, theirs = self._context.Pipe()
        # A forked worker holds copies of its parent's pipes: while they are open, no other worker
        # would see that the parent is gone.
        inherited = [worker.pipe for worker in self._workers] + [ours] if _FORK else []
        with warnings.catch_warnings():
            # Python 3.12 warns of forks beside threads; numpy's are idle and survive a fork.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = self._context.Process(
                target=_work, args=(theirs, inherited, self._job), daemon=True
            )
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _send(
        self,
        worker: _Worker,
        task: _Task,
        retry: deque[_Task],
        finished: dict[int, list[Outcome]],
    ) -> None:
        worker.task = task
        try:
            worker.pipe.send(task.next_items())
        except OSError:
            self._bury(worker)
            _settle(task, retry, finished)

    def _receive(
        self, worker: _Worker, retry: deque[_Task], finished: dict[int, list[Outcome]]
    ) -> None:
        """Take a worker's answer, or notice its death."""
        task = worker.task
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
        else:
            worker.task = None
            if task is not None:
                task.done.extend(answer)
        if task is not None:
            _settle(task, retry, finished)

    def _bury(self, worker: _Worker) -> None:
        """Let a dead worker go; its task counts the loss."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        if worker.task is not None:
            if worker.task.deaths >= 2:
                worker.task.give_up_one()
            worker.task.deaths += 1


def next_chunk(items: Iterator[Input | Unreachable], most: int) -> list[Input | Unreachable]:
    """Take the next articles: at most ``most``, fewer where they bring much data along."""
    chunk: list[Input | Unreachable] = []
    weight = 0
    for item in items:
        chunk.append(item)
        weight += len(item.data or b"") if isinstance(item, Input) else 0
        if len(chunk) == most or weight > CHUNK_BYTES:
            break
    return chunk


def _settle(task: _Task, retry: deque[_Task], finished: dict[int, list[Outcome]]) -> None:
    """Put a task where it belongs: done, or to be gone on with before any new one."""
    if len(task.done) == len(task.items):
        finished[task.number] = task.done
    else:
        retry.appendleft(task)


def _work(pipe: Connection, inherited: list[Connection], job: Job) -> None:
    """Do tasks until the parent closes the pipe, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    for other in inherited:
        other.close()
    while True:
        try:
            pipe.send([outcome_of(item, job) for item in pipe.recv()])
            give_back_memory()
        except (EOFError, OSError):
            return
