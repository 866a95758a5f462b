"""One run: what to read, where to write, and the count of what became of it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assembly_extract.batch.engine import Job, Outcome, outcomes
from assembly_extract.batch.output import open_output, opened
from assembly_extract.config import Config
from assembly_extract.sources import Input, Selection, Skipped, Unreachable, walk
from assembly_extract.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assembly_extract.types.article import Failure


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run reads and writes; without ``output`` stdout, without ``errors`` no such file.

    ``jobs`` is the number of worker processes, ``None`` for one a core where there is enough to do.
    """

    paths: tuple[str, ...]
    output: str | None = None
    format: str = "jsonl"
    errors: str | None = None
    config: Config = field(default_factory=Config)
    selection: Selection = field(default_factory=Selection)
    jobs: int | None = None


@dataclass(slots=True)
class Tally:
    """What became of the inputs.

    ``found`` counts what exists, ``missing`` the paths that do not; ``skipped`` holds, by suffix,
    how many files of the folders were no articles by their names.
    """

    found: int = 0
    missing: int = 0
    records: int = 0
    failed: int = 0
    unusable: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def status(self, *, strict: bool = False) -> int:
        """Return the exit status.

        >>> Tally(found=2, records=1, failed=1).status(), Tally().status()
        (1, 2)
        """
        if not self.found:
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


def run(plan: Plan, watcher: Watcher) -> Tally:
    """Read, extract and write everything in ``plan``.

    Raises
    ------
    ConfigError
        The output or the errors file cannot be opened.
    OSError
        Writing failed. What was written so far stays in the output's partial file.

    """
    tally = Tally()
    with open_output(plan.output) as output, _open_errors(plan.errors) as record_error:
        for piece in WRITERS[plan.format](record_lines(plan, tally, watcher, record_error)):
            if tally.found:
                output.write(piece)
        if tally.records:
            output.keep()
    return tally


def record_lines(
    plan: Plan,
    tally: Tally,
    watcher: Watcher,
    record_error: Callable[[Outcome], None] | None = None,
) -> Iterator[str]:
    """Yield the records as lines of JSON, counting and reporting everything on the way."""
    for outcome in outcomes(_inputs(plan, tally), Job(plan.config), plan.jobs):
        if outcome.failure is not None:
            tally.failed += 1
            if record_error is not None:
                record_error(outcome)
            watcher.failed(outcome.failure)
        elif outcome.line is not None:
            tally.records += 1
            if outcome.note:
                tally.unusable += 1
                watcher.noted(outcome.name, outcome.note)
            yield outcome.line
        watcher.advanced(tally)


def _inputs(plan: Plan, tally: Tally) -> Iterator[Input | Unreachable]:
    for found in walk(plan.paths, plan.selection):
        if isinstance(found, Skipped):
            suffix = Path(found.path).suffix.lower() or "no suffix"
            tally.skipped[suffix] = tally.skipped.get(suffix, 0) + 1
            continue
        if isinstance(found, Unreachable) and found.missing:
            tally.missing += 1
        else:
            tally.found += 1
        yield found


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
                file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                file.flush()

        yield record_error
