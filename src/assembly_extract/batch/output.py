"""Output that is whole or not there: a partial file beside it, renamed when all is written."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from assembly_extract.errors import ConfigError
from assembly_extract.writers import FORMATS, STREAMED, is_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

if sys.platform != "win32":
    import fcntl

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
    partial file stays if it is ``resumable``. Two runs never write the same one. Pipes and devices
    are written as they are.

    What is written is what the file of the format ``form`` will hold, or, for a format that is not
    made of lines (tables, a database), JSON Lines: ``path`` is made of them at the end.

    Raises
    ------
    ConfigError
        The output cannot be written, or another run writes it; said before there is anything to
        write.

    """
    if path is None or path == "-":
        yield Output(sys.stdout.buffer)
        return
    if not is_whole_or_absent(path):
        with opened(Path(path)) as stream:  # as named: a pipe's real path leads nowhere
            yield Output(stream)
        return
    target = Path(os.path.realpath(path))
    FORMATS[form].check(target)
    partial = partial_of(target)
    stream = opened(partial, "ab")  # what is in it may be another run's, until it is held
    hold(stream, partial)
    stream.truncate(0)
    ours = os.fstat(stream.fileno())
    try:
        with stream:
            output = Output(stream)
            yield output
            os.fsync(stream.fileno())
            if output.kept and form not in STREAMED:
                from assembly_extract.exports.reading import read_records  # noqa: PLC0415 - seldom

                FORMATS[form].write(read_records(str(partial)), target)
    except BaseException:
        if not resumable:
            partial.unlink(missing_ok=True)
        raise
    if not _is(partial, ours):
        raise _taken(partial)
    if output.kept:
        if form in STREAMED:
            partial.replace(target)
        else:
            partial.unlink()
        _sync_folder(target.parent)
        beside(target, DONE).unlink(missing_ok=True)
    else:
        partial.unlink()


def is_whole_or_absent(path: str) -> bool:
    """Say whether an output is a file or folder, or will be: not stdout, a pipe or a device."""
    return path != "-" and not is_stream(Path(path))


def hold(stream: BinaryIO, partial: Path) -> None:
    """Keep a partial file for this process until it closes it, however it ends.

    Its workers do not keep it: one that outlives the run by a moment stands in nobody's way. Where
    the system has no such locks nothing is held.

    Raises
    ------
    ConfigError
        Another run has it. The stream is closed.

    """
    if sys.platform == "win32":
        return
    try:
        fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        stream.close()
        raise _taken(partial) from None
    except OSError:  # a network's disk that knows no locks
        return
    if not _is(partial, os.fstat(stream.fileno())):  # it was renamed while we opened it
        stream.close()
        raise _taken(partial)


def _is(path: Path, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), status)
    except OSError:
        return False


def _taken(partial: Path) -> ConfigError:
    return ConfigError(
        f"another run writes {partial}. Let it end, or stop it and go on with --resume; or choose "
        "another output."
    )


def check_apart(written: Mapping[str, str | None], read: Iterable[str] = ()) -> None:
    """Make sure that no file is written for two ends, nor one that is read.

    ``written`` has the files by the options that name them; pipes and devices take all that comes.

    Raises
    ------
    ConfigError
        One is.

    """
    names: dict[Path, str] = {}
    inodes: dict[tuple[int, int], str] = {}
    for option, path in written.items():
        if path is None or path == "-" or not is_whole_or_absent(path):
            continue
        target = Path(os.path.realpath(path))
        files = [target]
        if option == OUTPUT:
            files += [beside(target, PARTIAL), beside(target, DONE)]
        for file in files:
            if file in names:
                raise ConfigError(
                    f"{file} would be written for both {names[file]} and {option}. Give each a "
                    "file of its own."
                )
            names[file] = option
            if (mark := _inode(file)) is not None:
                inodes[mark] = option
    if not inodes:
        return
    for path in read:
        if (mark := _inode(path)) in inodes:
            raise ConfigError(
                f"{path} is read, and {inodes[mark]} would overwrite it. Choose another file to "
                "write."
            )


OUTPUT = "--output"


def _inode(path: str | Path) -> tuple[int, int] | None:
    """Return what tells a file from every other one, whatever it is called."""
    try:
        status = os.stat(path)  # noqa: PTH116 - called once an input
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def opened(path: Path, mode: Literal["wb", "ab", "r+b"] = "wb") -> BinaryIO:
    """Open a file for writing.

    Raises
    ------
    ConfigError
        The system refuses; the message says why.

    """
    try:
        return path.open(mode)
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
