"""What there is to read: files, folders, globs and stdin, in a stable order, each with its name.

An input's name is what its record carries as ``source.path``: for a file in a folder the path
relative to that folder with ``/`` between the parts, for a file given by itself its own name. A
glob stands for the folder at its fixed beginning, of which it takes what it matches.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.sources.globs import Glob, parse_glob
from assembly_extract.sources.kinds import full_suffix, holds_others, kind_of
from assembly_extract.types.article import Failure
from assembly_extract.types.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.sources.rows import Row
    from assembly_extract.types.article import Capture

STDIN = "-"

MOST_BYTES = 64 * 1024 * 1024
"""No article is this large: a file that is holds something else, and is refused."""

_PAGE = 64 * 1024  # bytes: nearly all articles have less


@dataclass(frozen=True, slots=True)
class Input:
    """One input: ``given`` is the PATH it was found under, ``name`` what its record is called.

    ``path`` is the file to open, or ``-`` for stdin; what comes out of an archive or a table brings
    its ``data`` along (and its ``row``), and ``path`` only says where it lies. ``modified`` is the
    day (``YYYY-MM-DD``) that an archive's member was last changed, if it says so, or a web
    archive's page (``capture``) fetched.
    """

    given: str
    name: str
    path: str
    data: bytes | None = None
    row: Row | None = None
    modified: str | None = None
    capture: Capture | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A path that could not be listed. ``missing`` tells one that does not exist at all."""

    given: str
    name: str
    failure: Failure
    missing: bool


EMPTY = "table without a row"
"""What a table holds that has nothing but its columns' names, or not even these."""


class Skipped(NamedTuple):
    """A file that a folder holds and that is no article by its suffix, or by its ``kind``."""

    path: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files of a folder are read.

    Parameters
    ----------
    include
        Globs over the relative path (or, without a ``/``, over the file's name). When there are
        any, a file must match one, whatever its suffix; otherwise its suffix decides.
    exclude
        Globs of the same form; a file that matches one is left out.

    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def wants(self, name: str, *, tables: bool = False) -> bool | None:
        """Say whether to read the file; ``None`` if only its suffix speaks against it.

        ``tables`` says whether one is read without being asked for: in a folder, where it may well
        be an earlier output, it is not.

        >>> Selection().wants("2020/a.txt"), Selection().wants("a.jpg")
        (True, None)
        >>> Selection(include=("2020/*",)).wants("2020/a.jpg")
        True
        >>> Selection(exclude=("*.html",)).wants("2020/a.html")
        False
        """
        if self.include or not self.takes(name):
            return self.takes(name)
        kind = kind_of(name)
        return True if kind is not None and (tables or kind != "table") else None

    def takes(self, name: str) -> bool:
        """Say whether the globs alone let a name pass."""
        if any(_matches(name, glob) for glob in self.exclude):
            return False
        return not self.include or self.names(name)

    def names(self, name: str) -> bool:
        """Say whether a glob of ``include`` asks for this very name."""
        return any(_matches(name, glob) for glob in self.include)


def _matches(name: str, glob: str) -> bool:
    return fnmatchcase(name if "/" in glob else name.rpartition("/")[2], glob)


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read what is found: which files, which columns of tables, in which encoding."""

    selection: Selection = field(default_factory=Selection)
    columns: Columns = field(default_factory=Columns)
    encoding: str | None = None


Found = Input | Unreachable | Skipped


def walk(
    paths: str | Path | Iterable[str | Path], reading: Reading | None = None
) -> Iterator[Found]:
    """Yield every input under ``paths``: in the order given, folders by code points of the path.

    ``paths`` may be one path.

    Archives, and tables that are given by name, are replaced by what they hold. Hidden files of a
    folder are left out, symbolic links are followed but never in a circle, and a file that several
    paths lead to is read once. Two different files never share a name: the second takes its
    folder's name in front.
    """
    reading = reading or Reading()
    roots = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    several = len(roots) > 1
    seen: set[tuple[int, int]] = set()
    names: set[str] = set()
    for root in roots:
        for found in _walk_root(root, reading.selection):
            if not isinstance(found, Input):
                yield found
                continue
            if not several:
                yield from _expanded(found, reading)
                continue
            if found.path != STDIN and (mark := _identity(found.path)) is not None:
                if mark in seen:
                    continue
                seen.add(mark)
            name = _unique(found.name, root, names)
            names.add(name)
            yield from _expanded(Input(found.given, name, found.path), reading)


def _expanded(item: Input, reading: Reading) -> Iterator[Found]:
    unnamed = item.path == STDIN or _is_unnamed_pipe(item)
    if not unnamed and not holds_others(item.name):
        yield item
        return
    from assembly_extract.sources.containers import contents, piped  # noqa: PLC0415 - seldom needed

    yield from (piped if unnamed else contents)(item, reading)


def _is_unnamed_pipe(item: Input) -> bool:
    """Say whether a path is a pipe whose name says nothing of its contents: ``<(…)``, /dev/stdin.

    Only a path that was given can be one: of a folder nothing but regular files is read.
    """
    return (
        item.path == item.given
        and kind_of(item.name) is None
        and full_suffix(item.name)[1] == ""
        and _identity(item.path) is None
    )


def display_name(path: str) -> str:
    r"""Return a path as text that JSON can carry: bytes that are not UTF-8 become ``\xHH``.

    >>> display_name("ข่าว.txt"), display_name("\udce0.txt")
    ('ข่าว.txt', '\\xe0.txt')
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def _unique(name: str, root: str, names: set[str]) -> str:
    """Return ``name``, or a longer one where a file from another root has taken it."""
    parent = Path(os.path.abspath(root))  # noqa: PTH100 - resolve() would follow links
    if not parent.is_dir():
        parent = parent.parent
    while name in names and parent.name:
        name = f"{display_name(parent.name)}/{name}"
        parent = parent.parent
    number = 2
    stem = name
    while name in names:
        name = f"{stem}#{number}"
        number += 1
    return name


def _identity(path: str) -> tuple[int, int] | None:
    """Return what tells a file from every other one, ``None`` for what is no regular file."""
    try:
        status = os.stat(path)  # noqa: PTH116 - called once a file
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _walk_root(root: str, selection: Selection) -> Iterator[Input | Unreachable | Skipped]:
    if root == STDIN:
        yield Input(root, STDIN, STDIN)
        return
    try:
        status = os.stat(root)  # noqa: PTH116 - as above
    except OSError as error:
        glob = parse_glob(root)
        if glob is None:
            yield _unreachable(root, os.path.basename(root), root, error)  # noqa: PTH119
        else:
            yield from _walk_glob(root, glob, selection)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _walk_folder(root, root, "", ((status.st_dev, status.st_ino),), selection)
    else:
        name = os.path.basename(root.rstrip("/"))  # noqa: PTH119 - a name, not a file
        yield Input(root, display_name(name), root)


def _walk_glob(
    root: str, glob: Glob, selection: Selection
) -> Iterator[Input | Unreachable | Skipped]:
    """Yield what a glob matches that no shell has replaced by it (it was in quotes)."""
    matched = False
    for found in _walk_folder(root, glob.folder, "", (), selection, glob=glob):
        matched = matched or not isinstance(found, Skipped)
        yield found
    if not matched:
        failure = Failure(
            root, "read", "no file matches", "Check the pattern; ** stands for any folders"
        )
        yield Unreachable(root, root, failure, missing=True)


def _walk_folder(
    root: str,
    folder: str,
    prefix: str,
    above: tuple[tuple[int, int], ...],
    selection: Selection,
    *,
    glob: Glob | None = None,
) -> Iterator[Input | Unreachable | Skipped]:
    """Yield what ``folder`` holds; ``above`` are the folders on the way down, to see a circle.

    With a ``glob`` that is what it matches, and all that the folders hold that it matches.
    """
    try:
        with os.scandir(folder) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        yield _unreachable(root, prefix.rstrip("/"), folder, error)
        return
    # A folder's name takes its "/" along, so that the order is that of the whole relative paths.
    ordered = sorted(
        (display_name(entry.name) + ("/" if _is_folder(entry) else ""), entry) for entry in visible
    )
    for shown, entry in ordered:
        name = prefix + shown
        if glob is not None and not (
            glob.may_hold(name) if shown.endswith("/") else glob.matches(name)
        ):
            continue
        try:
            status = entry.stat()
        except OSError as error:
            if selection.wants(name):
                yield _unreachable(root, name, entry.path, error)
            continue
        if stat.S_ISDIR(status.st_mode):
            mark = (status.st_dev, status.st_ino)
            if mark not in above:
                inner = None if glob is None or glob.matches(name) else glob
                yield from _walk_folder(
                    root, entry.path, name, (*above, mark), selection, glob=inner
                )
        elif stat.S_ISREG(status.st_mode):
            wanted = selection.wants(name) if glob is None else selection.takes(name)
            if wanted:
                yield Input(root, name, entry.path)
            elif wanted is None:
                yield Skipped(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a folder; one that cannot be told is none, and fails as a file."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _unreachable(given: str, name: str, path: str, error: OSError) -> Unreachable:
    missing = isinstance(error, FileNotFoundError)
    reason = "no such file or folder" if missing else (error.strerror or str(error)).lower()
    failure = Failure(display_name(path), "read", reason, hint_for(error))
    return Unreachable(given, display_name(name), failure, missing)


def hint_for(error: OSError) -> str:
    """Return the next step to take after the operating system refused a path.

    >>> hint_for(PermissionError())
    'Give yourself the right to read it (chmod u+r) or leave it out with --exclude'
    """
    if isinstance(error, FileNotFoundError):
        return "Check the spelling, or that the link it stands for still leads somewhere"
    if isinstance(error, PermissionError):
        return "Give yourself the right to read it (chmod u+r) or leave it out with --exclude"
    if isinstance(error, IsADirectoryError):
        return "Give the folder itself, without a glob"
    return "Check the disk, then run again"


def too_large(item: Input) -> Failure:
    """Return the failure of an input that no article is as large as."""
    return Failure(
        display_name(item.path),
        "read",
        f"larger than {MOST_BYTES // 1024 // 1024} MB, which no article is",
        "Split it into one file per article",
    )


def read_bytes(item: Input, limit: int) -> bytes:
    """Return at most ``limit + 1`` bytes of an input (one too many tells that it is too large).

    Raises
    ------
    OSError
        The file cannot be opened or read.

    """
    if item.data is not None:
        return item.data
    if item.path == STDIN:
        return sys.stdin.buffer.read(limit + 1)
    with open(item.path, "rb") as file:  # noqa: PTH123 - the path may hold bytes that are no text
        data = file.read(
            min(_PAGE, limit + 1)
        )  # to make room for the limit costs more than to read a page
        return data if len(data) < _PAGE else data + file.read(limit + 1 - len(data))
