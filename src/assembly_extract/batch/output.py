"""Output that is whole or not there: a partial file beside it, renamed when all is written."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from assembly_extract.errors import ConfigError
from assembly_extract.writers import FORMATS, STREAMED, is_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIAL = ".partial"
"""What is written so far lies under the output's name and this suffix."""

DONE = ".done"
"""What an earlier run wrote lies under this one while another goes on with it."""


class Output:
    """Where records go. ``keep()`` says that what was written is worth its final name."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.kept = False

    def write(self, text: str) -> None:
        """Write and flush, so that a reader at the other end sees each article when it is done."""
        self._stream.write(text.encode())
        self._stream.flush()

    def keep(self) -> None:
        """Let the output take its final name when it is closed."""
        self.kept = True


@contextmanager
def open_output(
    path: str | None, form: str = "jsonl", *, resumable: bool = True
) -> Iterator[Output]:
    """Open ``path`` for writing records' lines; ``None`` and ``-`` are stdout.

    A regular file is written beside its final name and renamed at the end if :meth:`Output.keep`
    was called; until then, and if not, a file of that name stays as it was. After an exception the
    partial file stays if it is ``resumable``. Pipes and devices are written as they are.

    What is written is what the file of the format ``form`` will hold, or, for a format that is not
    made of lines (tables, a database), JSON Lines: ``path`` is made of them at the end.

    Raises
    ------
    ConfigError
        The output cannot be written; said before there is anything to write.

    """
    if path is None or path == "-":
        yield Output(sys.stdout.buffer)
        return
    target = Path(os.path.realpath(path))
    if not is_whole_or_absent(path):
        with opened(target) as stream:
            yield Output(stream)
        return
    FORMATS[form].check(target)
    partial = partial_of(target)
    try:
        with opened(partial) as stream:
            output = Output(stream)
            yield output
            os.fsync(stream.fileno())
    except BaseException:
        if not resumable:
            partial.unlink(missing_ok=True)
        raise
    if output.kept:
        if form in STREAMED:
            partial.replace(target)
        else:
            from assembly_extract.exports.reading import read_records  # noqa: PLC0415 - seldom

            FORMATS[form].write(read_records(str(partial)), target)
            partial.unlink()
        _sync_folder(target.parent)
        beside(target, DONE).unlink(missing_ok=True)
    else:
        partial.unlink()


def is_whole_or_absent(path: str) -> bool:
    """Say whether an output is a file or folder, or will be: not stdout, a pipe or a device."""
    return path != "-" and not is_stream(Path(path))


def opened(path: Path) -> BinaryIO:
    """Open a file for writing.

    Raises
    ------
    ConfigError
        The system refuses; the message says why.

    """
    try:
        return path.open("wb")
    except OSError as error:
        raise ConfigError(
            f"cannot write {path}: {(error.strerror or str(error)).lower()}. "
            "Choose a folder that exists and that you may write to."
        ) from error


def partial_of(target: Path) -> Path:
    """Return where the output ``target`` is written until it is whole."""
    return beside(target, PARTIAL)


def beside(target: Path, suffix: str) -> Path:
    """Return the file of the same name with ``suffix`` after it.

    >>> beside(Path("out/a.jsonl"), PARTIAL).as_posix()
    'out/a.jsonl.partial'
    """
    return target.with_name(target.name + suffix)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can (not on Windows)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
