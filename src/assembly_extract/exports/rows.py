"""A record -> the rows of the tidy tables. ``rebuilding`` is the way back."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assembly_extract.models import Area, Date, Mention, Place, Provenance, Record

    Cell = str | int | float | bool | None
    Row = tuple[Cell, ...]

PUBLISHED = 0
"""The number, in ``dates``, of the page's own date; those of the list count from 1."""


def province(place: Place) -> str | None:
    """Return the name of the province that a place is or lies in."""
    return place.name if place.kind == "province" else _parent(place, "province")


def _parent(place: Place, kind: str) -> str | None:
    return next((area.name for area in place.within if area.kind == kind), None)


def articles(record: Record) -> Iterator[Row]:
    """Give the one row of an article."""
    source, place = record.source, record.place
    primary = next((theme for theme in record.themes if theme.primary), None)
    published = record.published
    yield (
        record.id,
        source.path,
        record.title,
        published.start or published.edtf if published else None,
        record.date.edtf if record.date else None,
        record.date.start if record.date else None,
        record.date.end if record.date else None,
        place.name if place else None,
        province(place) if place else None,
        primary.id if primary else None,
        primary.cap if primary else None,
        source.publisher,
        source.section,
        "; ".join(source.authors) or None,
        source.url,
        source.slug,
        record.language,
        record.usable,
        record.duplicate_of,
        source.format,
        source.encoding,
        source.sha256,
        _json(source.extra),
        "; ".join(f"{warning.code}: {warning.detail}" for warning in record.warnings) or None,
        _provenance_id(record.provenance),
        record.text,
    )


def _json(values: Mapping[str, Any]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def authors(record: Record) -> Iterator[Row]:
    """Give a row for each byline or credit."""
    for number, name in enumerate(record.source.authors, 1):
        yield (record.id, number, name)


def dates(record: Record) -> Iterator[Row]:
    """Give a row for each date, and one for the page's own."""
    if record.published is not None:
        yield _date(record, PUBLISHED, record.published, is_main=False)
    main = _position(record.date, record.dates)
    for number, date in enumerate(record.dates, 1):
        yield _date(record, number, date, is_main=number == main)


def _position(main: Date | Place | None, entities: Sequence[Date | Place]) -> int | None:
    """Return the number of the main date or place in its list, from 1."""
    if main is None:
        return None
    return next((n for n, entity in enumerate(entities, 1) if entity == main), None)


def _date(record: Record, number: int, date: Date, *, is_main: bool) -> Row:
    return (
        record.id,
        number,
        date.edtf,
        date.start,
        date.end,
        date.precision,
        date.calendar,
        date.basis,
        date.anchor,
        date.role,
        date.time,
        is_main,
    )


def places(record: Record) -> Iterator[Row]:
    """Give a row for each place."""
    main = _position(record.place, record.places)
    for number, place in enumerate(record.places, 1):
        yield (
            record.id,
            number,
            place.name,
            place.kind,
            place.dopa,
            place.iso,
            _parent(place, "subdistrict"),
            _parent(place, "district"),
            province(place),
            place.lat,
            place.lon,
            place.role,
            number == main,
            len(place.candidates),
            place.region,
            place.ref,
        )


def candidates(record: Record) -> Iterator[Row]:
    """Give a row for each area that an ambiguous name may mean."""
    for number, place in enumerate(record.places, 1):
        for order, area in enumerate(place.candidates, 1):
            yield (record.id, number, order, area.name, area.kind, area.dopa, area.iso)


def parents(record: Record) -> Iterator[Row]:
    """Give a row for each area around a place, or around one of its candidates."""
    for number, place in enumerate(record.places, 1):
        yield from _areas(record.id, number, 0, place.within)
        for order, candidate in enumerate(place.candidates, 1):
            yield from _areas(record.id, number, order, candidate.within)


def _areas(article: str, number: int, candidate: int, within: Sequence[Area]) -> Iterator[Row]:
    for step, area in enumerate(within, 1):
        yield (article, number, candidate, step, area.name, area.kind, area.dopa)


def people(record: Record) -> Iterator[Row]:
    """Give a row for each person."""
    for number, person in enumerate(record.people, 1):
        yield (
            record.id,
            number,
            person.name,
            person.prefix,
            person.given,
            person.family,
            person.romanised,
            person.id,
            person.ref,
        )


def posts(record: Record) -> Iterator[Row]:
    """Give a row for each post of each person."""
    for number, person in enumerate(record.people, 1):
        for order, post in enumerate(person.posts, 1):
            yield (record.id, number, order, post.role, post.organisation)


def organisations(record: Record) -> Iterator[Row]:
    """Give a row for each body."""
    for number, body in enumerate(record.organisations, 1):
        yield (
            record.id,
            number,
            body.name,
            body.abbreviation,
            body.kind,
            body.parent,
            body.id,
            body.ref,
        )


def themes(record: Record) -> Iterator[Row]:
    """Give a row for each theme."""
    for number, theme in enumerate(record.themes, 1):
        yield (
            record.id,
            number,
            theme.id,
            theme.label.th,
            theme.label.en,
            theme.cap,
            "; ".join(map(str, theme.sdg)) or None,
            theme.score,
            theme.primary,
            theme.declared,
            _json(theme.extra),
        )


def mentions(record: Record) -> Iterator[Row]:
    """Give a row for each mention of each entity."""
    published = [record.published] if record.published else []
    groups: list[tuple[str, int, list[Sequence[Mention]]]] = [
        ("date", PUBLISHED, [date.mentions for date in published]),
        ("date", 1, [date.mentions for date in record.dates]),
        ("place", 1, [place.mentions for place in record.places]),
        ("person", 1, [person.mentions for person in record.people]),
        ("organisation", 1, [body.mentions for body in record.organisations]),
        ("theme", 1, [theme.evidence for theme in record.themes]),
    ]
    for kind, first, entities in groups:
        for number, found in enumerate(entities, first):
            for m in found:
                yield (record.id, kind, number, m.start, m.end, m.text, m.rule, m.score)


def removed(record: Record) -> Iterator[Row]:
    """Give a row for each piece that the cleaner took out."""
    for number, piece in enumerate(record.removed, 1):
        yield (record.id, number, piece.kind, piece.rule, piece.length, piece.text)


def warnings(record: Record) -> Iterator[Row]:
    """Give a row for each warning."""
    for number, warning in enumerate(record.warnings, 1):
        yield (record.id, number, warning.code, warning.detail)


def provenance(record: Record) -> Iterator[Row]:
    """Give the row of what made the record: the same one for all records of a run."""
    made = record.provenance
    yield (
        _provenance_id(made),
        made.tool,
        made.version,
        made.config,
        _json(made.models),
        _json(made.data),
    )


def _provenance_id(provenance: Provenance) -> str:
    return hashlib.sha256(provenance.model_dump_json().encode()).hexdigest()[:12]
