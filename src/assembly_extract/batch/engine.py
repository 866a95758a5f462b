"""Inputs -> outcomes, in input order; one bad input never stops a run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.batch.interrupts import noted_interrupts
from assembly_extract.pipeline import Extractor, attempt, fault_of
from assembly_extract.records import to_json
from assembly_extract.sources import (
    Input,
    Unreachable,
    identity_of_input,
    loaded,
    read_input,
)
from assembly_extract.types.article import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.config import Config

ALONE = 64
"""Fewer articles than this are done sooner by one process than by several."""


class Outcome(NamedTuple):
    """What became of one input: a record as a line of JSON, or a failure.

    ``note`` says why a record's page holds no article; it is empty for one that does. ``reused`` is
    the ``id`` of a record that an earlier run made, and that stands in for ``line``. ``signature``
    is what near-equal articles share, if the job asks for it.
    """

    given: str
    name: str
    line: str | None = None
    failure: Failure | None = None
    note: str = ""
    reused: str = ""
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with each input of a run, in whichever process.

    ``known`` are the records that need not be made again, by their ``id``. With ``signatures``
    outcomes say what their articles share with near-equal ones.
    """

    config: Config
    known: frozenset[str] = frozenset()
    signatures: bool = False

    @property
    def extractor(self) -> Extractor:
        """The one extractor of the process it is asked in."""
        return extractor_for(self.config)


def outcome_of(item: Input | Unreachable, job: Job) -> Outcome:
    """Read one input and extract its record."""
    if isinstance(item, Unreachable):
        return Outcome(item.given, item.name, failure=item.failure)
    if job.known:
        found = loaded(item)
        if isinstance(found, Failure):
            return Outcome(item.given, item.name, failure=found)
        if (known := identity_of_input(found, job.config.anchor)) in job.known:
            return Outcome(item.given, item.name, reused=known)
        item = found
    raw = read_input(item, job.config.encoding, job.config.anchor)
    record = raw if isinstance(raw, Failure) else attempt(job.extractor.plain_record, raw)
    if isinstance(record, Failure):
        return Outcome(item.given, item.name, failure=record)
    try:
        line = to_json(record)
    except ValueError as error:  # a text that no JSON can hold
        return Outcome(item.given, item.name, failure=fault_of(item.name, error))
    note = ""
    if not record["usable"]:
        details = [f"{warning['code']}: {warning['detail']}" for warning in record["warnings"]]
        note = "; ".join(details) or "no article in it"
    mark = b""
    if job.signatures and record["usable"]:
        from assembly_extract.batch.duplicates import signature  # noqa: PLC0415 - seldom needed

        mark = signature(record["text"])
    return Outcome(item.given, item.name, line=line, note=note, signature=mark)


def outcomes(
    found: Iterable[Input | Unreachable],
    job: Job,
    jobs: int | None = None,
    scheduler: str | None = None,
) -> Iterator[Outcome]:
    """Yield the outcome of each input, in order, whatever the number of worker processes.

    ``jobs`` ``None`` means a process for each core once there is enough to do; one works here.
    ``scheduler`` is the address of a Dask cluster that is to do the work, or ``local`` for one that
    is started on this machine.

    Raises
    ------
    KeyboardInterrupt
        Ctrl-C, also where it came when no exception could be raised.

    """
    with noted_interrupts(raising=scheduler is None) as interrupted:
        if scheduler is not None:
            from assembly_extract.batch.cluster import cluster_outcomes  # noqa: PLC0415 - seldom

            made = cluster_outcomes(found, job, scheduler, jobs, interrupted)
        else:
            made = _made_here(iter(found), job, jobs)
        for outcome in made:
            if interrupted.is_set():
                raise KeyboardInterrupt
            yield outcome


def _made_here(
    items: Iterator[Input | Unreachable], job: Job, jobs: int | None
) -> Iterator[Outcome]:
    """Yield the outcomes that this machine makes."""
    if jobs is None:
        first = list(islice(items, ALONE))
        items = chain(first, items)
        jobs = cores() if len(first) == ALONE else 1
    if jobs > 1:
        from assembly_extract.batch.pool import WorkerPool  # noqa: PLC0415 - seldom needed

        yield from WorkerPool(job, jobs).outcomes(items)
    else:
        for item in items:
            yield outcome_of(item, job)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def extractor_for(config: Config) -> Extractor:
    """Return the process's one extractor for ``config``: its model is loaded once."""
    return Extractor(config)
