"""What a run says on stderr: failures, notes, progress, and what came of it."""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import contextmanager, suppress
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, Self

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from rich.console import Console
    from rich.progress import Progress, TaskID

    from assembly_extract.batch.run import Tally
    from assembly_extract.types.article import Failure

Arguments = ParamSpec("Arguments")

INTERRUPTED = 130

REFRESH_EVERY = 0.1
"""Seconds between two drawings of the bar."""

PLAIN_EVERY = 60.0
"""Seconds between two lines of progress where stderr is no terminal."""


def ends_with_the_pipe(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Let a command end silently when nobody reads what it prints any more (``| head``)."""

    @wraps(command)
    def wrapped(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            try:
                command(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            _let_go_of_stdout()

    return wrapped


def _let_go_of_stdout() -> None:
    """Python flushes stdout once more as it ends: let that go nowhere."""
    with suppress(OSError):  # no file, as in a test
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def tells_of_full_output() -> Iterator[None]:
    """Say what keeps standard output from taking what is printed, whichever command prints it."""
    try:
        yield
    except OSError as error:
        _let_go_of_stdout()
        say(_refused(error, "standard output"))
        raise SystemExit(3) from None


def refuse_closed_streams() -> None:
    """Put something in the place of a standard stream that whoever called us has closed.

    A file that is opened later would else take its number, and what is printed. What was to be read
    or written is refused, as it cannot be lost in silence; messages to nobody are let go.
    """
    for name, mode, flags in (
        ("stdin", "r", os.O_WRONLY),
        ("stdout", "w", os.O_RDONLY),
        ("stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))


@contextmanager
def stops_cleanly(output: str | None, *, resumable: bool = False) -> Iterator[None]:
    """Turn what may end a command early into a message and an exit status.

    ``output`` is what it writes, if anything; ``resumable`` says that ``--resume`` goes on with it.
    """
    from assembly_extract.errors import AssemblyExtractError, ClusterError  # noqa: PLC0415

    try:
        yield
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        again = f"; --resume -o {output} goes on from here" if output and resumable else ""
        say(f"interrupted{again}")
        raise typer.Exit(INTERRUPTED) from None
    except ClusterError as error:
        say(str(error))
        raise typer.Exit(3) from None
    except AssemblyExtractError as error:
        say(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        if output is None:
            _let_go_of_stdout()
        say(_refused(error, output or "standard output", resumable=resumable))
        raise typer.Exit(3) from None


def _refused(error: OSError, output: str, *, resumable: bool = False) -> str:
    again = " (with --resume if you wrote to a file)." if resumable else "."
    return (
        f"{error.filename or output}: {error.strerror or error}. Free some space or choose another "
        f"place, then run again{again}"
    )


def console() -> Console:
    """Return where to print for the eye; its lines are not broken, so that they can be searched.

    A pipe that nobody reads ends the command as :func:`ends_with_the_pipe` says; rich by itself
    would end it with a status of failure.
    """
    from rich.console import Console  # noqa: PLC0415 - only the eye needs it

    class _Piped(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return _Piped(highlight=False, emoji=False, markup=False, soft_wrap=True)


def say(message: str) -> None:
    """Write one message to stderr."""
    sys.stderr.write(f"assembly-extract: {printable(message)}\n")
    sys.stderr.flush()


def printable(message: str) -> str:
    r"""Return a message without what is no text, or what a terminal would act on: names hold all.

    >>> printable("a\x1b[31m\udce0.txt: ข่าว\n")
    'a\\x1b[31m\\udce0.txt: ข่าว\n'
    """
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), message)


_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class StderrWatcher:
    """Tells failures always; notes and progress unless ``quiet``; a bar only on a terminal.

    ``verbose`` tells of each input. ``count`` says how many inputs there are, if it can; only the
    bar and a run of some length ask.
    """

    def __init__(
        self,
        *,
        quiet: bool = False,
        verbose: bool = False,
        count: Callable[[], int | None] | None = None,
    ) -> None:
        self._quiet = quiet
        self._verbose = verbose
        self._count = count
        self._total: int | None = None
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._spoken = time.monotonic()

    def __enter__(self) -> Self:
        """Begin to show progress."""
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
            from rich.progress import (  # noqa: PLC0415
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
            )

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                auto_refresh=False,  # a thread of its own would not go with forked workers
            )
            total = self._count() if self._count else None
            self._task = self._bar.add_task("extracting", total=total, rate="")
            self._bar.start()
        self._started = time.monotonic()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def failed(self, failure: Failure) -> None:
        """Say which input gave no record, why, and what to do."""
        self._say(f"{failure.path}: {failure.reason}. {failure.hint.rstrip('.')}.")

    def noted(self, name: str, note: str) -> None:
        """Say that a page holds no article."""
        if not self._quiet:
            self._say(f"{name}: no article found ({note}); its record says usable: false.")

    def advanced(self, tally: Tally) -> None:
        """Move the bar, or say a line now and then."""
        done = tally.records + tally.failed
        if self._bar is not None and self._task is not None:
            rate = done / max(time.monotonic() - self._started, 0.001)
            failed = f", {tally.failed} failed" if tally.failed else ""
            self._bar.update(self._task, completed=done, rate=f"{rate:.0f}/s{failed}")
            if time.monotonic() - self._spoken > REFRESH_EVERY:
                self._spoken = time.monotonic()
                self._bar.refresh()
        elif not self._quiet and time.monotonic() - self._spoken > PLAIN_EVERY:
            if self._count is not None:
                self._total, self._count = self._count(), None
            self._spoken = time.monotonic()
            say(
                f"{summary(tally)} so far ({pace(done, self._spoken - self._started, self._total)})"
            )

    def done(self, name: str, how: str) -> None:
        """Say what became of an input that gave a record."""
        if self._verbose:
            self._say(f"{name}: {how}.")

    def _say(self, message: str) -> None:
        if self._bar is not None:
            self._bar.console.print(
                f"assembly-extract: {printable(message)}",
                markup=False,
                highlight=False,
                soft_wrap=True,
            )
        else:
            say(message)


def no_input(skipped: Mapping[str, int]) -> str:
    """Return what to say where nothing is to be read; ``skipped`` counts files by suffix.

    >>> no_input({".csv": 2, ".jpg": 1})
    'no input found. Tables in folders (2 .csv) are read only if you give them by name, or ask for \
them: --include "*.csv".'
    """
    from assembly_extract.sources import EMPTY  # noqa: PLC0415 - seldom needed
    from assembly_extract.sources.kinds import kind_of  # noqa: PLC0415

    if EMPTY in skipped:
        return f"no input found: nothing but {skipped[EMPTY]} {EMPTY}."
    tables = [suffix for suffix in sorted(skipped) if kind_of(suffix) == "table"]
    if not tables:
        return "no input found. Give .txt or .html files, or folders that hold some."
    counts = ", ".join(f"{skipped[suffix]} {suffix}" for suffix in tables)
    return (
        f"no input found. Tables in folders ({counts}) are read only if you give them by name, "
        f'or ask for them: --include "*{tables[0]}".'
    )


def summary(tally: Tally) -> str:
    """Return the counts of a run as words.

    >>> from assembly_extract.batch.run import Tally
    >>> summary(Tally(records=3, failed=1, unusable=1))
    '3 records (1 without an article), 1 input failed'
    """
    text = counted(tally.records, "record")
    if tally.reused:
        text += f" ({tally.reused} of an earlier run)"
    if tally.unusable:
        text += f" ({tally.unusable} without an article)"
    if tally.duplicates:
        text += f", {counted(tally.duplicates, 'duplicate')}"
    if tally.failed:
        text += f", {counted(tally.failed, 'input')} failed"
    if skipped := tally.listing.skipped:
        kinds = ", ".join(f"{number} {suffix}" for suffix, number in sorted(skipped.items()))
        text += f"; not read, as no articles by their names or types: {kinds}"
    return text


def pace(done: int, seconds: float, total: int | None = None) -> str:
    """Return the rate of a run, and how long it will go on if that is known.

    >>> pace(600, 60.0, 1800), pace(600, 60.0)
    ('10/s, 2 min left', '10/s')
    """
    rate = done / max(seconds, 0.001)
    if total is None or not done:
        return f"{rate:.0f}/s"
    return f"{rate:.0f}/s, {max(0, total - done) / rate / 60:.0f} min left"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 record``, ``2 records``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
