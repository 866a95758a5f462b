"""A user's own people, organisations and places: `--gazetteer my.tsv`, read and checked.

A table with a header: ``name`` and ``kind``, and perhaps ``aliases`` (parted by ``|``) and ``id``,
in any order. ``kind`` is ``person``, a kind of places or a kind of organisations. Tabs part the
columns, in files that end in ``.csv`` commas (or semicolons, as spreadsheets in some languages do).
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from assembly_extract.errors import DataFileError
from assembly_extract.matching import StringMatcher
from assembly_extract.types.names import ORGANISATION_KINDS
from assembly_extract.types.places import PLACE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

OWN = "gazetteer"
"""The ``rule`` of a mention that a user's list gives."""

Subject = Literal["person", "organisation", "place"]

_NEEDED = ("name", "kind")
_COLUMNS = (*_NEEDED, "aliases", "id")
_SHORTEST = 2
_PERSON = "person"
_ORGANISATION = "organisation"  # a body whose kind the user does not say
_PLACE = "place"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: the name to be given, the kind, what else it is written as, the user's own id.

    ``kind`` is that of the record's entity: ``None`` for a person, and for a body whose row says
    no more than ``organisation``.
    """

    name: str
    subject: Subject
    kind: str | None
    aliases: tuple[str, ...] = ()
    id: str | None = None

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Gazetteer:
    """The rows of all files, by every spelling."""

    by_spelling: Mapping[str, Entry]

    @cached_property
    def matcher(self) -> StringMatcher[Entry]:
        """The automaton over the spellings."""
        return StringMatcher(self.by_spelling)


def load_gazetteer(files: Iterable[tuple[str, str]]) -> Gazetteer:
    """Return the entries of ``(text, file name)`` pairs.

    Raises
    ------
    DataFileError
        A column or a value cannot be used, or a spelling stands for two entries; the message names
        file and line.

    """
    by_spelling: dict[str, Entry] = {}
    seen: dict[str, str] = {}
    for text, name in files:
        for number, entry in _read(text, name):
            where = f"{name}, line {number}"
            for spelling in dict.fromkeys(entry.spellings):
                if spelling in seen:
                    raise DataFileError(
                        f"{where}: {spelling!r} stands in {seen[spelling]} already; a spelling can "
                        "have one meaning only"
                    )
                by_spelling[spelling] = entry
                seen[spelling] = where
    return Gazetteer(by_spelling)


def _read(text: str, name: str) -> Iterator[tuple[int, Entry]]:
    """Yield each row with the number of the line where it ends."""
    rows = csv.reader(text.splitlines(), delimiter=_delimiter(text, name), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
        _check_header(header, name)
        for cells in rows:
            if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                continue
            where = f"{name}, line {rows.line_num}"
            if len(cells) > len(header):
                raise DataFileError(
                    f"{where}: {len(cells)} cells where there are {len(header)} columns"
                )
            row = dict(zip_longest(header, cells, fillvalue=""))
            yield rows.line_num, _entry(row, where)
    except csv.Error as error:
        raise DataFileError(f"{name}, line {rows.line_num}: {error}") from None


def _delimiter(text: str, name: str) -> str:
    if not name.lower().endswith(".csv"):
        return "\t"
    header = text.partition("\n")[0]
    return ";" if ";" in header and "," not in header else ","


def _check_header(header: list[str], name: str) -> None:
    known = set(header) <= set(_COLUMNS) and len(set(header)) == len(header)
    if not known or not set(_NEEDED) <= set(header):
        parts = "commas" if name.lower().endswith(".csv") else "tabs"
        raise DataFileError(
            f"{name}, line 1: the columns are {', '.join(header) or 'none'}; write "
            f"{', '.join(_NEEDED)} and, if you like, aliases and id, parted by {parts}"
        )


def _entry(row: dict[str, str], where: str) -> Entry:
    name = _spelling(row["name"])
    aliases = tuple(_spelling(part) for part in row.get("aliases", "").split("|") if part.strip())
    for spelling in (name, *aliases):
        if len(spelling) < _SHORTEST:
            raise DataFileError(
                f"{where}: {spelling!r} is no name; {_SHORTEST} characters at least are needed"
            )
    subject, kind = _kind(row["kind"].strip().lower(), where)
    return Entry(name, subject, kind, aliases, row.get("id", "").strip() or None)


def _spelling(cell: str) -> str:
    """Return a name as articles are cleaned to: NFC, with single spaces."""
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _kind(kind: str, where: str) -> tuple[Subject, str | None]:
    if kind == _PERSON:
        return "person", None
    if kind == _ORGANISATION or kind in ORGANISATION_KINDS:
        return "organisation", None if kind == _ORGANISATION else kind
    if kind == _PLACE or kind in PLACE_KINDS:
        return "place", "other" if kind == _PLACE else kind
    raise DataFileError(
        f"{where}: no kind {kind!r}; write {_PERSON}, {_PLACE} or one of "
        f"{', '.join(k for k in PLACE_KINDS if k != 'other')}, {_ORGANISATION} or one of "
        f"{', '.join(ORGANISATION_KINDS)}"
    )
