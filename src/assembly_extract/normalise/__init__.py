"""One name for one thing over a whole archive: records -> a register, and records with ``ref``.

Sightings (what a record names) -> nodes (one name, one thing beyond doubt) -> entities (nodes
under several names), with the user's decisions between the last two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from assembly_extract.errors import InputError
from assembly_extract.exports.atomic import replacing_file
from assembly_extract.exports.reading import read_records
from assembly_extract.normalise import organisations
from assembly_extract.normalise.decisions import read_decisions, write_decisions
from assembly_extract.normalise.register import read_register, write_register
from assembly_extract.normalise.resolve import resolve
from assembly_extract.normalise.sightings import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from assembly_extract.models import Organisation, Person, Place, Record
    from assembly_extract.normalise.decisions import Row
    from assembly_extract.normalise.resolve import Refs
    from assembly_extract.normalise.sightings import Sighting

DECISIONS = "decisions.tsv"

Named = TypeVar("Named", "Person", "Organisation", "Place")


@dataclass(frozen=True, slots=True)
class Normalised:
    """What a run came to: how many records, entities of each kind, and questions to the user."""

    records: int
    entities: dict[str, int]
    questions: int


def normalise(records: str, output: Path, register: Path) -> Normalised:
    """Read ``records`` twice, extend the register in its folder, write the records with refs.

    Raises
    ------
    InputError
        ``records`` is stdin or no file of records, or a file of the register cannot be read.
    OSError
        Something cannot be written; what was there before stays.

    """
    if records == "-":
        hint = "Write the records to a file first: they are read twice."
        raise InputError("-", "read", "standard input can be read once only", hint)
    said = read_decisions(register / DECISIONS)
    sightings, count = _sightings(records)
    register.mkdir(parents=True, exist_ok=True)
    refs: dict[str, Refs] = {}
    sizes: dict[str, int] = {}
    asked: list[Row] = []
    for kind in tuple(sightings):
        old = read_register(register, kind)
        refs[kind], found, rows = resolve(kind, sightings.pop(kind), old, said)
        asked += rows
        sizes[kind] = len(found)
        write_register(register, kind, found)
    write_decisions(register / DECISIONS, asked, said)
    with replacing_file(output) as draft, draft.open("w", encoding="utf-8") as out:
        for record in read_records(records):
            out.write(referred(record, refs).to_json() + "\n")
    answered = {row.pair for row in said if row.decision.strip()}
    open_rows = [row for row in asked if row.state == "proposed" and row.pair not in answered]
    return Normalised(count, sizes, len(open_rows))


def _sightings(records: str) -> tuple[dict[str, list[Sighting]], int]:
    """Return what all records name, by kind, and how many records there are."""
    found: dict[str, list[Sighting]] = {"person": [], "organisation": [], "place": []}
    count = 0
    for record in read_records(records):
        count += 1
        seen = look(record)
        found["person"] += seen.people
        found["organisation"] += map(organisations.keyed, seen.organisations)
        found["place"] += seen.places
    return found, count


def referred(record: Record, refs: Mapping[str, Refs]) -> Record:
    """Return a record whose people, organisations and places say which entities they are."""
    places = _with_refs(record.id, record.places, refs["place"])
    place = record.place
    if place is not None:
        place = next((each for each in places if each.mentions == place.mentions), place)
    return record.model_copy(
        update={
            "people": _with_refs(record.id, record.people, refs["person"]),
            "organisations": _with_refs(record.id, record.organisations, refs["organisation"]),
            "places": places,
            "place": place,
        }
    )


def _with_refs(record: str, named: Iterable[Named], refs: Refs) -> list[Named]:
    return [
        each.model_copy(update={"ref": refs[record, number]}) for number, each in enumerate(named)
    ]
