"""A Dask cluster instead of worker processes: the same outcomes, in the same order.

The inputs are read here and travel with the tasks, as an errand does that workers know the run by
(:mod:`~assembly_extract.batch.errand`). Dask does a lost worker's tasks again; what kills every
worker that it is given to is given up alone.
"""

from __future__ import annotations

import gc
from collections import deque
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from time import sleep
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from assembly_extract.batch.engine import Job, Outcome, cores
from assembly_extract.batch.errand import Errand, hold, ready, versions, work
from assembly_extract.batch.pool import AHEAD, CHUNK, given_up, next_chunk
from assembly_extract.config import read_user_file
from assembly_extract.errors import ClusterError, ConfigError
from assembly_extract.sources import Input, Unreachable, identity_of_input, loaded
from assembly_extract.types.article import Failure

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator

Answer = TypeVar("Answer")

LOCAL = "local"
"""Instead of an address: a cluster of processes on this machine, for the time of the run."""

CONNECT = 30
"""Seconds within which the scheduler must answer."""

PATIENCE = 600
"""Seconds that a run waits while the cluster has no worker: batch systems take their time."""

_LOOK = 20
"""Seconds between two looks at whether there are any workers."""

_BEAT = 0.5
"""Seconds within which Ctrl-C is answered."""

_LEAVE_INTERRUPTS = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
"""What a local worker does first: Ctrl-C reaches it as well, and is the sender's to answer."""

Untyped = Any
"""What is Dask's, which ships no types."""


@dataclass(slots=True)
class _Task:
    """Articles of which some may be done here; ``waiting`` are the others' places in ``done``."""

    done: list[Outcome | None]
    items: list[Input | Unreachable]
    waiting: list[int]
    futures: list[Untyped] = field(default_factory=list)


class _Sender(NamedTuple):
    """What sends tasks: Dask's client, the errand as the cluster holds it, whether to stop."""

    client: Untyped
    held: Untyped
    interrupted: threading.Event


def cluster_outcomes(
    found: Iterable[Input | Unreachable],
    job: Job,
    address: str,
    jobs: int | None,
    interrupted: threading.Event,
) -> Iterator[Outcome]:
    """Yield the outcome of each input, in order. ``jobs`` is the number of local workers.

    ``interrupted`` is looked at twice a second: it ends the run.

    Raises
    ------
    ConfigError
        Dask is not installed, or nobody answers at the address, or a worker would make other
        records.
    ClusterError
        The scheduler is gone, or there are no workers any more, or the local ones do not start.

    """
    errand = Errand(
        job.config,
        tuple((path, read_user_file(path)) for path in job.config.files),
        job.signatures,
        tuple(versions(job.config).items()),
    )
    items = iter(found)
    with _connected(address, jobs) as client:
        _await_worker(client, interrupted)
        held = _reached(lambda: client.submit(hold, errand, pure=False))
        sender = _Sender(client, held, interrupted)
        window: deque[_Task] = deque()
        more = True
        while more or window:
            most = AHEAD * max(1, _threads(client)) if more else 0
            while more and len(window) < most:
                if chunk := next_chunk(_with_data(items), CHUNK):
                    window.append(_sent(sender, chunk, job))
                else:
                    more = False
            if window:
                yield from _result(sender, window.popleft())


@contextmanager
def _connected(address: str, jobs: int | None) -> Iterator[Untyped]:
    dask = _dask()
    with ExitStack() as opened:
        if address == LOCAL:
            cluster = _local_cluster(jobs)
            opened.callback(_close, cluster)
            client = _reached(lambda: dask.Client(cluster, set_as_default=False))
        else:
            client = _client(address)
        opened.callback(_close, client)
        yield client


def _client(address: str) -> Untyped:
    """Reach a scheduler.

    Raises
    ------
    ConfigError
        Nobody answers.

    """
    try:
        return _dask().Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error)
    # Its client closes itself when it is collected: now, as an error that kept it (hence no
    # "from") or chance could do so amid the start of the next one, which holds the lock that the
    # closing waits for.
    gc.collect()
    raise ConfigError(
        f"no scheduler answers at {address} ({reason}). Give an address like tcp://host:8786, or "
        "local."
    )


def _close(part: Untyped) -> None:
    """Let go of what is Dask's: what fails now does not touch the answers, which are all there."""
    with suppress(Exception):
        part.close()


def _local_cluster(jobs: int | None) -> Untyped:
    """Start a cluster of processes on this machine.

    Raises
    ------
    ClusterError
        They do not start.

    """
    started = 0
    while True:
        started += 1
        try:
            return _dask().LocalCluster(
                n_workers=jobs or cores(),
                threads_per_worker=1,
                dashboard_address=":0",
                silence_logs="CRITICAL",
                preload=[_LEAVE_INTERRUPTS],
            )
        except Exception as error:
            if started == _MOST_STARTED:
                raise ClusterError(
                    f"no cluster starts on this machine ({type(error).__name__}: {error}). Leave "
                    "--scheduler out: --jobs does the same here."
                ) from error


def _dask() -> Untyped:
    """Return the library.

    Raises
    ------
    ConfigError
        It is not installed.

    """
    try:
        return import_module("distributed")
    except ImportError:
        raise ConfigError(
            "--scheduler needs a library: pip install 'assembly-extract[dask]'"
        ) from None


def _with_data(items: Iterator[Input | Unreachable]) -> Iterator[Input | Unreachable]:
    """Yield the inputs with their bytes; one that cannot be read becomes its failure."""
    for item in items:
        found = loaded(item) if isinstance(item, Input) else item
        if isinstance(found, Failure):
            yield Unreachable(item.given, item.name, found, missing=False)
        else:
            yield found


def _sent(sender: _Sender, chunk: list[Input | Unreachable], job: Job) -> _Task:
    """Send those of some articles that an earlier run has not done."""
    done: list[Outcome | None] = [_here(item, job) for item in chunk]
    waiting = [place for place, outcome in enumerate(done) if outcome is None]
    task = _Task(done, [chunk[place] for place in waiting], waiting)
    if task.items:
        task.futures = [_submit(sender, task.items)]
    return task


def _here(item: Input | Unreachable, job: Job) -> Outcome | None:
    """Return the outcome of what needs no worker."""
    if isinstance(item, Unreachable):
        return Outcome(item.given, item.name, failure=item.failure)
    if job.known and (known := identity_of_input(item, job.config.anchor)) in job.known:
        return Outcome(item.given, item.name, reused=known)
    return None


def _submit(sender: _Sender, items: list[Input | Unreachable]) -> Untyped:
    return _reached(lambda: sender.client.submit(work, sender.held, items, pure=False))


def _threads(client: Untyped) -> int:
    """Return how many tasks the cluster does at a time now."""
    return sum(_reached(client.nthreads).values())


def _result(sender: _Sender, task: _Task) -> Iterator[Outcome]:
    """Yield a task's outcomes when they are there."""
    if task.futures:
        try:
            answers = _answer(sender, task.futures[0])
        except _dask().KilledWorker:
            answers = _one_by_one(sender, task.items)
        for place, answer in zip(task.waiting, answers, strict=True):
            task.done[place] = answer
    yield from (outcome for outcome in task.done if outcome is not None)


def _one_by_one(sender: _Sender, items: list[Input | Unreachable]) -> list[Outcome]:
    """Do articles apart from one another, as one of them kills the workers."""
    answers = []
    for item in items:
        try:
            answers += _answer(sender, _submit(sender, [item]))
        except _dask().KilledWorker:
            answers.append(given_up(item))
    return answers


_UNDECIDED = {"pending", "finished"}
"""What Dask says of a task that has not failed: an exception is then that of asking for its answer.

That fails now and then where the answer comes as the time is up (an unbound name in ``sync``).
"""
_MOST_ASKED = 20
"""As often an answer is asked for that cannot be had: then it is not the moment's fault."""

_MOST_STARTED = 3
"""As often a local cluster is started that does not come up: a busy machine can be the reason."""

_LOST = (CancelledError, OSError)
"""What Dask raises when the scheduler does not answer any more."""


def _reached(ask: Callable[[], Answer]) -> Answer:
    """Return what Dask answers, asked again where asking failed.

    Raises
    ------
    ClusterError
        The scheduler is gone.

    """
    asked = 0
    while True:
        asked += 1
        try:
            return ask()
        except Exception as error:
            if isinstance(error, _LOST) or asked == _MOST_ASKED:
                raise _gone(error) from error
            sleep(_BEAT)


def _check_workers(client: Untyped) -> int:
    """Ask every worker whether it has this package; return how many there are.

    Dask tells nobody of a worker that cannot unpack a task, and ends it without a word.

    Raises
    ------
    ClusterError
        One has not.

    """
    answers: dict[str, int | Exception] = _reached(lambda: client.run(ready, on_error="return"))
    for address, answer in answers.items():
        if isinstance(answer, Exception):
            raise _unfit(f"the worker {address}", answer)
    return len(answers)


def _await_worker(client: Untyped, interrupted: threading.Event) -> None:
    """Wait until there is a worker: batch systems take their time to start one."""
    waited = 0
    while not _check_workers(client):
        if interrupted.is_set():
            raise KeyboardInterrupt
        if waited >= PATIENCE:
            raise _deserted()
        sleep(1)
        waited += 1


def _deserted() -> ClusterError:
    return ClusterError(
        f"the cluster has had no worker for {PATIENCE} seconds. Start some, then run again (with "
        "--resume if you wrote to a file)."
    )


def _unfit(who: str, error: Exception) -> ClusterError:
    return ClusterError(
        f"{who} cannot do the work ({type(error).__name__}: {error}). Install the same version of "
        "assembly-extract there."
    )


def _gone(error: BaseException) -> ClusterError:
    return ClusterError(
        f"the scheduler is gone ({type(error).__name__}: {error}). Start it again, then run again "
        "(with --resume if you wrote to a file)."
    )


def _answer(sender: _Sender, future: Untyped) -> list[Outcome]:
    """Wait for a task.

    Raises
    ------
    KeyboardInterrupt
        The user wants the run to stop.
    KilledWorker
        Each worker that had it died.
    ConfigError, ClusterError
        As in :func:`cluster_outcomes`.

    """
    looked = alone = 0.0
    asked = 0
    while True:
        if sender.interrupted.is_set():
            raise KeyboardInterrupt
        try:
            answer: list[Outcome] | str = future.result(timeout=_BEAT)
        except TimeoutError:
            looked += _BEAT
            if looked < _LOOK:
                continue
            alone, looked = 0 if _check_workers(sender.client) else alone + looked, 0
            if alone >= PATIENCE:
                raise _deserted() from None
            continue
        except _dask().KilledWorker:
            raise
        except _LOST as error:
            raise _gone(error) from error
        except Exception as error:
            asked += 1
            if future.status in _UNDECIDED and asked < _MOST_ASKED:
                sleep(_BEAT)
                continue
            raise _unfit("the workers", error) from error
        if isinstance(answer, str):
            raise ConfigError(answer)
        return answer
