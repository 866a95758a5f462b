"""Entities that the user's own list names: its name, kind and id, and one entity for each entry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from assembly_extract.gazetteer import OWN
from assembly_extract.types.names import OrganisationEntity, PersonEntity
from assembly_extract.types.places import LinkedPlaces, PlaceEntity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assembly_extract.gazetteer import Entry, Gazetteer
    from assembly_extract.types.article import Document

Entity = TypeVar("Entity", PersonEntity, OrganisationEntity, PlaceEntity)


def own_people(
    people: Sequence[PersonEntity], document: Document, gazetteer: Gazetteer
) -> tuple[PersonEntity, ...]:
    """Return the people as the user's list names them, numbered anew."""
    merged = _merged(people, document, gazetteer, _person)
    return tuple(replace(person, id=f"p{n}") for n, person in enumerate(merged, 1))


def own_organisations(
    organisations: Sequence[OrganisationEntity], document: Document, gazetteer: Gazetteer
) -> tuple[OrganisationEntity, ...]:
    """Return the bodies as the user's list names them, numbered anew, also as parents."""
    merged = _merged(organisations, document, gazetteer, _organisation)
    names = {before.name: found.name for before, found in _pairs(organisations, merged)}
    return tuple(
        replace(body, id=f"o{n}", parent=names.get(body.parent or "", body.parent))
        for n, body in enumerate(merged, 1)
    )


def own_places(linked: LinkedPlaces, document: Document, gazetteer: Gazetteer) -> LinkedPlaces:
    """Return the places as the user's list names them, and the event's place among them."""
    merged = _merged(linked.places, document, gazetteer, _place)
    event = next(
        (found for before, found in _pairs(linked.places, merged) if before == linked.place), None
    )
    return replace(linked, place=event, places=merged)


def _merged(
    entities: Sequence[Entity],
    document: Document,
    gazetteer: Gazetteer,
    named: Callable[[Entity, Entry], Entity],
) -> tuple[Entity, ...]:
    """Return the entities, those of one entry put together where its first one stands."""
    found: list[Entity] = []
    places: dict[str, int] = {}
    for entity in entities:
        entry = _entry(entity, document, gazetteer)
        if entry is None:
            found.append(entity)
        elif entry.name in places:
            at = places[entry.name]
            found[at] = _joined(found[at], entity)
        else:
            places[entry.name] = len(found)
            found.append(named(entity, entry))
    return tuple(found)


def _entry(entity: Entity, document: Document, gazetteer: Gazetteer) -> Entry | None:
    """Return the entry that the first mention by the user's list names."""
    for mention in entity.mentions:
        if mention.rule == OWN:
            for own in document.own:
                if mention.start <= own.start and own.end <= mention.end:
                    return gazetteer.by_spelling[own.text]
    return None


def _pairs(before: Iterable[Entity], after: Sequence[Entity]) -> Iterable[tuple[Entity, Entity]]:
    for entity in before:
        for found in after:
            if entity.mentions[0] in found.mentions:
                yield entity, found
                break


def _person(person: PersonEntity, entry: Entry) -> PersonEntity:
    given, _, family = entry.name.partition(" ")
    return replace(
        person,
        name=entry.name,
        given=given if family else person.given,
        family=family or None,
        ref=entry.id,
    )


def _organisation(body: OrganisationEntity, entry: Entry) -> OrganisationEntity:
    return replace(body, name=entry.name, kind=entry.kind or body.kind, ref=entry.id)


def _place(place: PlaceEntity, entry: Entry) -> PlaceEntity:
    return replace(place, name=entry.name, kind=entry.kind or place.kind, ref=entry.id)


def _joined(first: Entity, other: Entity) -> Entity:
    """Return the first of two entities of one entry with what the other knows besides."""
    every = {*first.mentions, *other.mentions}
    mentions = tuple(sorted(every, key=lambda m: (m.start, m.end)))
    if isinstance(first, PersonEntity) and isinstance(other, PersonEntity):
        posts = tuple(dict.fromkeys((*first.posts, *other.posts)))
        return replace(first, prefix=first.prefix or other.prefix, posts=posts, mentions=mentions)
    if isinstance(first, OrganisationEntity) and isinstance(other, OrganisationEntity):
        return replace(
            first, abbreviation=first.abbreviation or other.abbreviation, mentions=mentions
        )
    if isinstance(first, PlaceEntity) and isinstance(other, PlaceEntity):
        role = "venue" if "venue" in (first.role, other.role) else first.role
        return replace(first, role=role, within=first.within or other.within, mentions=mentions)
    raise TypeError(f"{type(first).__name__} and {type(other).__name__}")
