"""What an earlier run has done: its records, found again by the identity of their inputs.

While a run writes, its records lie in ``OUT.partial``. If it ends early, the next run with
``--resume`` moves them to ``OUT.done``, from where (and from a finished ``OUT``) it takes over each
record whose input, program version and configuration are the same, in the order of the inputs: the
output is the one of an undisturbed run. A kill at any moment leaves whole lines in one of the three
files; a torn last line is dropped. A database or a folder of tables holds whole records as well:
what it has is written to ``OUT.done`` first.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.batch.output import DONE, beside, hold, opened, partial_of
from assembly_extract.errors import ConfigError
from assembly_extract.exports.reading import read_records
from assembly_extract.records import to_json
from assembly_extract.sources import article_from_text
from assembly_extract.types.record import SCHEMA
from assembly_extract.writers import FORMATS, STREAMED

if TYPE_CHECKING:
    from pathlib import Path

    from assembly_extract.pipeline import Extractor

_HEAD = re.compile(rb'\{"schema":"%b","id":"([0-9a-f]{32})",' % re.escape(SCHEMA).encode())
_PROVENANCE = b',"provenance":{'


class _Place(NamedTuple):
    """Where a record's line lies: in which file, from which byte, how many."""

    file: int
    start: int
    size: int


class Finished:
    """Records of earlier runs that may be taken over."""

    def __init__(self, files: tuple[Path, ...] = (), tail: bytes = b"") -> None:
        self._files = [path.open("rb") for path in files]
        self._places: dict[str, _Place] = {}
        for number, file in enumerate(self._files):
            start = 0
            for line in file:
                identity = _reusable(line, tail)
                if identity is not None:
                    self._places[identity] = _Place(number, start, len(line))
                start += len(line)

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()

    @property
    def ids(self) -> frozenset[str]:
        """The identities of the records."""
        return frozenset(self._places)

    def take(self, identity: str) -> tuple[str, str]:
        """Return a record as a line of JSON, and why its page holds no article, if so."""
        place = self._places[identity]
        file = self._files[place.file]
        file.seek(place.start)
        line = file.read(place.size).decode().rstrip(",\n")
        return line, why_unusable(line)


def find_finished(target: Path, extractor: Extractor, form: str) -> Finished:
    """Collect what earlier runs for the output ``target`` have done and is still valid.

    Raises
    ------
    ConfigError
        The target is there, in a format that does not hold whole records; or another run writes it.
    InputError
        The target is there and holds something else than records.

    """
    partial, done = partial_of(target), beside(target, DONE)
    if partial.exists():
        with opened(partial, "r+b") as file:
            hold(file, partial)
    if form not in STREAMED and target.exists() and not done.exists():
        _write_out(target, done, form)
    if partial.exists():
        _move_lines(partial, done)
    files = tuple(path for path in (target, done) if path.is_file())
    return Finished(files, provenance_tail(extractor))


def _write_out(target: Path, done: Path, form: str) -> None:
    """Write the records of a database or of tables to ``done`` as lines."""
    if not FORMATS[form].whole:
        raise ConfigError(
            f"--resume cannot go on with {target}, as {form} does not hold whole records. Write "
            "JSON Lines (-o records.jsonl --resume), then convert them."
        )
    FORMATS["jsonl"].write(read_records(str(target)), done)


def provenance_tail(extractor: Extractor) -> bytes:
    """Return how each record ends that ``extractor`` makes now: its provenance."""
    return provenance_of(to_json(extractor.plain_record(article_from_text(""))).encode()) or b""


def why_unusable(line: str) -> str:
    """Return why a record's page holds no article, ``""`` if it holds one.

    >>> why_unusable('{"usable":true,"warnings":[]}')
    ''
    """
    if '"usable":false' not in line:
        return ""
    record = json.loads(line)
    if record["usable"]:
        return ""
    details = [f"{warning['code']}: {warning['detail']}" for warning in record["warnings"]]
    return "; ".join(details) or "no article in it"


def identity_of(line: bytes) -> str | None:
    """Return the ``id`` of a record line, ``None`` if it is none."""
    head = _HEAD.match(line)
    return head[1].decode() if head and line.endswith(b"}") and b"\0" not in line else None


def provenance_of(line: bytes) -> bytes | None:
    """Return the last part of a record line, which says what made it."""
    start = line.rfind(_PROVENANCE)
    return line[start:] if start >= 0 else None


def _reusable(line: bytes, tail: bytes) -> str | None:
    """Return the identity of a whole record line that was made as one would be made now."""
    record = line.rstrip(b",\n")
    if not line.endswith(b"\n") or not record.endswith(tail):
        return None
    return identity_of(record)


def _move_lines(partial: Path, done: Path) -> None:
    """Move the records of ``partial`` to ``done``; killed in between, they lie in both."""
    if not done.exists():
        partial.replace(done)
        return
    with partial.open("rb") as source, done.open("ab") as target:
        target.write(b"\n")  # ends a line that was torn when an earlier run was killed
        for line in source:
            target.write(line)
        target.flush()
        os.fsync(target.fileno())
    partial.unlink()
