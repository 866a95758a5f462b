"""One run: what to read, where to write, and the count of what became of it."""

from __future__ import annotations

import gc
import json
import os
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assembly_extract.batch.engine import Job, Outcome, extractor_for, outcomes
from assembly_extract.batch.inputs import Listing, Request, list_inputs
from assembly_extract.batch.output import (
    OUTPUT,
    check_apart,
    is_whole_or_absent,
    open_output,
    opened,
)
from assembly_extract.config import Config
from assembly_extract.errors import ConfigError
from assembly_extract.tagger.threads import load_numpy
from assembly_extract.writers import STREAMED, format_of, write_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assembly_extract.batch.duplicates import DuplicateReport
    from assembly_extract.batch.resume import Finished
    from assembly_extract.types.article import Failure


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run reads and writes; without ``output`` stdout, without ``errors`` no such file.

    Without ``format`` the name of the output chooses it, as :func:`format_of` says.

    ``jobs`` is the number of worker processes, ``None`` for one a core where there is enough to do.
    ``resume`` takes over from the output, whole or partial, what is still valid. ``duplicates`` is
    the report of stories that come again; with it, records say ``duplicate_of``. ``scheduler`` is
    the address of a Dask cluster that is to do the work, or ``local``.
    """

    request: Request
    output: str | None = None
    format: str | None = None
    errors: str | None = None
    config: Config = field(default_factory=Config)
    jobs: int | None = None
    resume: bool = False
    duplicates: str | None = None
    scheduler: str | None = None


@dataclass(slots=True)
class Tally:
    """What became of the inputs; ``reused`` records of the ``records`` are of an earlier run."""

    listing: Listing = field(default_factory=Listing)
    records: int = 0
    failed: int = 0
    unusable: int = 0
    reused: int = 0
    duplicates: int = 0

    def status(self, *, strict: bool = False) -> int:
        """Return the exit status.

        >>> Tally(Listing(found=2), records=1, failed=1).status(), Tally().status()
        (1, 2)
        """
        if not self.listing.found:
            return 2
        if self.failed and not self.records:
            return 3
        return int(bool(self.failed or (strict and self.unusable)))


class Watcher(Protocol):
    """Who is told while a run goes on."""

    def failed(self, failure: Failure) -> None:
        """Hear of an input that gave no record."""

    def noted(self, name: str, note: str) -> None:
        """Hear of a record whose page holds no article."""

    def advanced(self, tally: Tally) -> None:
        """Hear that one more input is done."""

    def done(self, name: str, how: str) -> None:
        """Hear what became of an input that gave a record."""


def run(plan: Plan, watcher: Watcher) -> Tally:
    """Read, extract and write everything in ``plan``.

    Raises
    ------
    ConfigError
        The output or the errors file cannot be opened, or would overwrite what is read, or two
        options do not go together.
    OSError
        Writing failed. What was written so far stays in the output's partial file.

    """
    tally = Tally()
    reads = (*plan.request.paths, *filter(None, [plan.request.retry]), *plan.config.files)
    writes = {OUTPUT: plan.output, "--errors": plan.errors, "--duplicates": plan.duplicates}
    check_apart(writes, reads)
    form = format_of(plan.output, plan.format).name
    write = STREAMED.get(form, write_jsonl)
    with (
        _finished(plan, form) as finished,
        open_output(plan.output, form) as output,
        _open_errors(plan.errors) as record_error,
        open_report(plan.duplicates) as report,
    ):
        lines = record_lines(
            plan, tally, watcher, record_error=record_error, finished=finished, report=report
        )
        for piece in write(lines):
            if tally.listing.found:
                output.write(piece)
        # A shard's output counts also when it is empty: its absence would mean that it is not done.
        if tally.records or (tally.listing.found and plan.request.shard):
            output.keep()
    return tally


def record_lines(
    plan: Plan,
    tally: Tally,
    watcher: Watcher,
    *,
    record_error: Callable[[Outcome], None] | None = None,
    finished: Finished | None = None,
    report: DuplicateReport | None = None,
) -> Iterator[str]:
    """Yield the records as lines of JSON, counting and reporting everything on the way."""
    job = Job(plan.config, finished.ids if finished else frozenset(), report is not None)
    inputs = list_inputs(plan.request, tally.listing)
    for outcome in outcomes(inputs, job, plan.jobs, plan.scheduler):
        if not gc.isenabled():  # what was loaded for the first article stays: nobody looks again
            gc.freeze()
            gc.enable()
        line, note = outcome.line, outcome.note
        if outcome.reused and finished is not None:
            line, note = finished.take(outcome.reused)
            if report is None and '"duplicate_of":"' in line:  # an earlier run looked for them
                from assembly_extract.batch.duplicates import (  # noqa: PLC0415 - seldom needed
                    with_duplicate_of,
                )

                line = with_duplicate_of(line, None)
            tally.reused += 1
        if outcome.failure is not None:
            tally.failed += 1
            if record_error is not None:
                record_error(outcome)
            watcher.failed(outcome.failure)
        elif line is not None:
            tally.records += 1
            if note:
                tally.unusable += 1
                watcher.noted(outcome.name, note)
            if report is not None:
                line = report.marked(line, outcome.signature if outcome.line else None)
                tally.duplicates = report.found
            watcher.done(outcome.name, "taken over" if outcome.reused else "record made")
            yield line
        watcher.advanced(tally)


@contextmanager
def _finished(plan: Plan, form: str) -> Iterator[Finished | None]:
    if not plan.resume:
        yield None
        return
    from assembly_extract.batch.resume import find_finished  # noqa: PLC0415 - seldom needed

    if plan.output is None or not is_whole_or_absent(plan.output):
        raise ConfigError("--resume needs an output file to go on with: add -o FILE")
    target = Path(os.path.realpath(plan.output))
    with closing(find_finished(target, extractor_for(plan.config), form)) as finished:
        yield finished


@contextmanager
def open_report(path: str | None) -> Iterator[DuplicateReport | None]:
    """Open the report of duplicates, if there is to be one."""
    if path is None:
        yield None
        return
    load_numpy()  # before the report does, so that the tagger has it as it wants it
    from assembly_extract.batch.duplicates import DuplicateReport  # noqa: PLC0415 - seldom needed

    with opened(Path(path)) as file:
        yield DuplicateReport(file)


@contextmanager
def _open_errors(path: str | None) -> Iterator[Callable[[Outcome], None] | None]:
    """Open the errors file: a line of JSON for each input that gave no record."""
    if path is None:
        yield None
        return
    with opened(Path(path)) as file:

        def record_error(outcome: Outcome) -> None:
            if outcome.failure is not None:
                failure = outcome.failure
                row = {
                    "given": outcome.given,
                    "name": outcome.name,
                    "path": failure.path,
                    "stage": failure.stage,
                    "reason": failure.reason,
                    "hint": failure.hint,
                }
                line = json.dumps(row, ensure_ascii=False)
                # Bytes of a path that are no UTF-8 become JSON's own escapes, for --retry.
                file.write(line.encode("utf-8", "backslashreplace") + b"\n")
                file.flush()

        yield record_error
