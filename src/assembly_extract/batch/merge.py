"""Shards' outputs -> the output that one run would have given."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from assembly_extract.batch.output import OUTPUT, PARTIAL, beside, check_apart, open_output
from assembly_extract.batch.resume import identity_of, provenance_of
from assembly_extract.batch.run import open_report
from assembly_extract.errors import ConfigError
from assembly_extract.writers import STREAMED, format_of, write_jsonl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FRAME = frozenset({b"[", b"]", b"[]", b""})  # what a JSON array has beside its records' lines


def merge_files(
    files: Sequence[str], output: str | None, form: str | None = None, duplicates: str | None = None
) -> tuple[int, int]:
    """Write the records of all ``files``; return how many, and how many came more than once.

    Without ``form`` the name of the output chooses the format. ``duplicates`` is the report of
    stories that come again in all of them together; with it, records say ``duplicate_of``.

    Raises
    ------
    ConfigError
        A file is missing, holds something else than records, or records made otherwise than those
        of the first file. Or the report would overwrite one of the files, or the output.

    """
    check_apart({OUTPUT: output, "--duplicates": duplicates})
    check_apart({"--duplicates": duplicates}, files)
    seen: set[str] = set()
    repeated = 0

    def lines() -> Iterator[str]:
        nonlocal repeated
        for identity, line in _records(sorted(files, key=natural_order)):
            if identity in seen:
                repeated += 1
            else:
                seen.add(identity)
                yield line if report is None else report.marked(line, None)

    chosen = format_of(output, form).name
    with open_report(duplicates) as report, open_output(output, chosen, resumable=False) as out:
        for piece in STREAMED.get(chosen, write_jsonl)(lines()):
            out.write(piece)
        out.keep()
    return len(seen), repeated


def missing_parts(files: Sequence[str]) -> list[str]:
    """Return what seems to be left out: numbers between those of the names, runs that did not end.

    Names that are mostly numbered without a gap are taken for shards; years and days are not.

    >>> missing_parts(["part-1.jsonl", "part-2.jsonl", "part-4.jsonl"])
    ['part-3.jsonl']
    >>> missing_parts(["2560.jsonl", "2567.jsonl"])
    []
    """
    absent = []
    series: dict[tuple[str, str], dict[int, str]] = {}
    for name in files:
        if beside(Path(name), PARTIAL).exists():
            absent.append(str(beside(Path(name), PARTIAL)))
        if found := _NUMBERED.fullmatch(name):
            series.setdefault((found[1], found[3]), {})[int(found[2])] = found[2]
    for (before, after), numbers in series.items():
        first, last = min(numbers), max(numbers)
        if last - first < 2 * len(numbers):
            width = max((len(text) for text in numbers.values() if text[0] == "0"), default=1)
            gaps = (number for number in range(first, last) if number not in numbers)
            absent += [f"{before}{number:0{width}}{after}" for number in gaps]
    return absent


_NUMBERED = re.compile(r"(.*?)(\d{1,9})(\D*)", re.DOTALL)


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts names by the numbers in them.

    >>> sorted(["part-10.jsonl", "part-2.jsonl"], key=natural_order)
    ['part-2.jsonl', 'part-10.jsonl']
    """
    return [
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in re.split(r"([0-9]+)", name)
        if part
    ]


def _records(files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield ``(id, line)`` of each record, having seen that all were made alike."""
    made_by = first = None
    for name in files:
        try:
            with Path(name).open("rb") as file:
                for number, raw in enumerate(file, 1):
                    line = raw.rstrip(b",\n")
                    if line in _FRAME:
                        continue
                    identity, provenance = identity_of(line), provenance_of(line)
                    if identity is None or provenance is None:
                        raise ConfigError(
                            f"{name}, line {number}: no record of this version's extract. Give "
                            "files that extract wrote, and that are whole."
                        )
                    if made_by is None:
                        made_by, first = provenance, name
                    elif provenance != made_by:
                        raise ConfigError(
                            f"{name}, line {number}: made by another version or with other options "
                            f"than {first}. Run that shard again."
                        )
                    yield identity, line.decode()
        except OSError as error:
            raise ConfigError(
                f"{name}: {(error.strerror or str(error)).lower()}. Give every shard's output."
            ) from error
