"""Which inputs a run reads: all that is found, a shard of it, or what failed the last time."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.errors import ConfigError
from assembly_extract.sources import STDIN, Input, Reading, Skipped, Unreachable, walk
from assembly_extract.types.article import Failure
from assembly_extract.writers import is_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Shard(NamedTuple):
    """Part ``number`` of ``of``: a stretch of the inputs, as long as the others within one."""

    number: int
    of: int

    def bounds(self, total: int) -> tuple[int, int]:
        """Return the first index of the shard and the one after its last.

        >>> [Shard(number, 3).bounds(10) for number in (1, 2, 3)]
        [(0, 3), (3, 6), (6, 10)]
        """
        return (self.number - 1) * total // self.of, self.number * total // self.of


def parse_shard(text: str) -> Shard:
    """Read ``I/N``.

    Raises
    ------
    ConfigError
        It is not of that form, or I is not one of 1 to N.

    """
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise ConfigError(f"{text!r} is no shard; write 2/5 for the second of five")
    return Shard(int(found[1]), int(found[2]))


@dataclass(slots=True)
class Listing:
    """What was found: how many inputs, how many paths that do not exist, which files passed over.

    ``skipped`` counts by suffix, or by what a web archive holds instead of a page. ``taken`` is how
    many of the inputs are this run's: in a shard not all of them.
    """

    found: int = 0
    missing: int = 0
    taken: int = 0
    skipped: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What to read. ``retry`` is an errors file of an earlier run: only what it names is read."""

    paths: tuple[str, ...] = ()
    reading: Reading = field(default_factory=Reading)
    shard: Shard | None = None
    retry: str | None = None


def list_inputs(request: Request, listing: Listing) -> Iterator[Input | Unreachable]:
    """Yield this run's inputs in order, and count in ``listing`` what else there is.

    Raises
    ------
    ConfigError
        The errors file cannot be read, or what can be read once only was to be cut into shards.

    """
    paths, failed = request.paths, None
    if request.retry is not None:
        failed = _failed_before(request.retry)
        paths = tuple(dict.fromkeys(given for given, _ in failed))
    if request.shard is None:
        for item in _found(paths, request.reading, failed, listing):
            listing.taken += 1
            yield item
        return
    if not can_be_read_again(paths):
        raise ConfigError(
            "standard input and pipes cannot be cut into shards; give files or folders"
        )
    total = sum(1 for _ in _found(paths, request.reading, failed, listing))
    first, last = request.shard.bounds(total)
    for item in islice(_found(paths, request.reading, failed, Listing()), first, last):
        listing.taken += 1
        yield item


def can_be_read_again(paths: Iterable[str]) -> bool:
    """Say whether what these paths hold is still there after it was read: not so for pipes."""
    return not any(path == STDIN or is_stream(Path(path)) for path in paths)


Named = tuple[str, str]
"""``(given, name)``: what tells an input of an errors file."""


def _found(
    paths: Iterable[str],
    reading: Reading,
    failed: dict[Named, str] | None,
    listing: Listing,
) -> Iterator[Input | Unreachable]:
    unmet = {} if failed is None else dict(failed)
    for item in walk(paths, reading):
        if isinstance(item, Skipped):
            kind = item.kind or Path(item.path).suffix.lower() or "no suffix"
            listing.skipped[kind] = listing.skipped.get(kind, 0) + 1
            continue
        if failed is not None:
            asked = [named for named in _names_of(item) if named in failed]
            for named in asked:
                unmet.pop(named, None)
            if not asked:
                continue
        if isinstance(item, Unreachable) and item.missing:
            listing.missing += 1
        else:
            listing.found += 1
        yield item
    for (given, name), path in unmet.items():
        listing.missing += 1
        failure = Failure(path, "read", "it is not there any more", "Take it out of the file")
        yield Unreachable(given, name, failure, missing=True)


def _names_of(item: Input | Unreachable) -> Iterator[Named]:
    """Yield what an errors file may call an input, or what holds it and failed as a whole.

    A row that could not be read had only its number to be called by.
    """
    yield item.given, item.name
    for mark in _INSIDE.finditer(item.name):
        holder = item.name[: mark.start()]
        yield item.given, holder
        if mark[0] == "#" and isinstance(item, Input) and item.row is not None:
            yield item.given, f"{holder}#{item.row.number}"


_INSIDE = re.compile("[#/]")


def _failed_before(path: str) -> dict[Named, str]:
    """Return what an errors file names, and the path that it shows for it.

    Raises
    ------
    ConfigError
        It is no such file.

    """
    rows: dict[Named, str] = {}
    try:
        with Path(path).open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    row = json.loads(line)
                    named = str(row["given"]), str(row["name"])
                    rows[named] = str(row.get("path", row["name"]))
                except (ValueError, KeyError, TypeError) as error:
                    raise ConfigError(
                        f"{path}, line {number}: no row of an errors file ({error}). "
                        "Give a file that --errors has written."
                    ) from error
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: no errors file, as it is not UTF-8 text") from error
    return rows
