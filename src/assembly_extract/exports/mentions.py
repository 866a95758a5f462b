"""The mentions of a record in one list: what annotation tools and readers of spans want."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.models import Mention, Record


class Labelled(NamedTuple):
    """A mention with the kind of its entity, the entity's value, and its number from 1."""

    kind: str
    value: str
    entity: int
    mention: Mention


def labelled(record: Record) -> Iterator[Labelled]:
    """Yield every mention of a record, kind by kind."""
    for number, date in enumerate(record.dates, 1):
        for mention in date.mentions:
            yield Labelled("date", date.edtf, number, mention)
    for number, place in enumerate(record.places, 1):
        for mention in place.mentions:
            yield Labelled("place", place.dopa or place.iso or place.name, number, mention)
    for number, person in enumerate(record.people, 1):
        for mention in person.mentions:
            yield Labelled("person", person.name, number, mention)
    for number, body in enumerate(record.organisations, 1):
        for mention in body.mentions:
            yield Labelled("organisation", body.name, number, mention)
    for number, theme in enumerate(record.themes, 1):
        for mention in theme.evidence:
            yield Labelled("theme", theme.id, number, mention)
