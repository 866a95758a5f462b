"""A cleaned article and its linked entities -> the published record, as plain values and as JSON.

Plain values are what the command line writes. :class:`~assembly_extract.models.Record` checks them
for whoever uses the library, and dumps the same bytes; but to make one and dump it takes ten times
as long, and to load it as long as to read some articles. ``tests/test_records.py`` holds the two
against each other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assembly_extract import __version__
from assembly_extract.resources import data_version
from assembly_extract.types.record import SCHEMA, Plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assembly_extract.config import Config
    from assembly_extract.types.article import Article, Notice
    from assembly_extract.types.dates import DateEntity, LinkedDates
    from assembly_extract.types.mention import Mention
    from assembly_extract.types.names import OrganisationEntity, PersonEntity
    from assembly_extract.types.places import LinkedPlaces, Parent, PlaceEntity
    from assembly_extract.types.themes import ThemeEntity

REMOVED_SHOWN = 300
"""How many characters of a removed piece the record shows; ``length`` gives the whole."""

_DECIMALS = 4  # of a score, as in the model


def build_record(
    article: Article,
    config: Config,
    tagger_version: str,
    *,
    dates: LinkedDates,
    places: LinkedPlaces,
    people: Sequence[PersonEntity],
    organisations: Sequence[OrganisationEntity],
    themes: Sequence[ThemeEntity],
) -> Plain:
    """Publish what the stages found."""
    notices: list[Notice] = [
        *article.raw.notices,
        *article.notices,
        *dates.notices,
        *places.notices,
    ]
    return {
        "schema": SCHEMA,
        "id": article.raw.id,
        "source": _source(article),
        "language": article.language,
        "usable": article.usable,
        "title": article.title,
        "text": article.text,
        "published": _date(dates.published) if dates.published else None,
        "date": _date(dates.date) if dates.date else None,
        "dates": [_date(date) for date in dates.dates],
        "place": _place(places.place) if places.place else None,
        "places": [_place(place) for place in places.places],
        "people": [_person(person) for person in people],
        "organisations": [_organisation(body) for body in organisations],
        "themes": [_theme(theme) for theme in themes],
        "removed": [
            {
                "text": piece.text[:REMOVED_SHOWN],
                "length": len(piece.text),
                "kind": piece.kind,
                "rule": piece.rule,
            }
            for piece in article.removed
        ],
        "duplicate_of": None,
        "warnings": [{"code": notice.code, "detail": notice.detail} for notice in notices],
        "provenance": {
            "tool": "assembly-extract",
            "version": __version__,
            "config": config.digest,
            "models": {config.model: tagger_version},
            "data": {"package": data_version()},
        },
    }


# No record holds itself: it is made of plain values, and so are a table's extra columns.
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def to_json(record: Plain) -> str:
    """Return the record as one line of JSON, keys in the schema's order, no newline.

    Raises
    ------
    ValueError
        A text holds half a character (a lone surrogate): no file in UTF-8 can.

    """
    extras = [record["source"]["extra"], *(theme["extra"] for theme in record["themes"])]
    if not all(map(_is_simple, extras)):
        from assembly_extract.models import Record  # noqa: PLC0415 - slow to load, seldom needed

        return Record.model_validate(record).to_json()
    line = _ENCODER.encode(record)
    line.encode()
    return line


def _is_simple(value: Any) -> bool:  # noqa: ANN401 - whatever a user's table holds
    """Whether all writers of JSON write it alike: other than fractions and infinite numbers."""
    if isinstance(value, dict):
        return all(type(key) is str and _is_simple(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(_is_simple, value))
    return value is None or type(value) in {str, int, bool}


def _source(article: Article) -> Plain:
    raw = article.raw
    return {
        "path": raw.path,
        "format": raw.format,
        "encoding": raw.encoding,
        "sha256": raw.sha256,
        "url": raw.metadata.url,
        "publisher": article.publisher,
        "section": article.section,
        "slug": article.slug,
        "authors": list(article.authors),
        "extra": raw.extra,
    }


def _mentions(mentions: Iterable[Mention]) -> list[Plain]:
    return [
        {
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "rule": mention.rule,
            "score": round(float(mention.score), _DECIMALS),
        }
        for mention in mentions
    ]


def _date(date: DateEntity) -> Plain:
    return {
        "edtf": date.edtf,
        "start": date.start,
        "end": date.end,
        "precision": date.precision,
        "calendar": date.calendar,
        "basis": date.basis,
        "anchor": date.anchor,
        "role": date.role,
        "time": date.time,
        "mentions": _mentions(date.mentions),
    }


def _place(place: PlaceEntity) -> Plain:
    return {
        "name": place.name,
        "kind": place.kind,
        "dopa": place.dopa,
        "iso": place.iso,
        "within": _areas(place.within),
        "lat": place.lat,
        "lon": place.lon,
        "role": place.role,
        "candidates": [
            {
                "name": candidate.name,
                "kind": candidate.kind,
                "dopa": candidate.dopa,
                "iso": candidate.iso,
                "within": _areas(candidate.within),
            }
            for candidate in place.candidates
        ],
        "mentions": _mentions(place.mentions),
        "region": place.region,
        "ref": place.ref,
    }


def _areas(areas: Iterable[Parent]) -> list[Plain]:
    return [{"name": area.name, "kind": area.kind, "dopa": area.dopa} for area in areas]


def _person(person: PersonEntity) -> Plain:
    return {
        "id": person.id,
        "name": person.name,
        "prefix": person.prefix,
        "given": person.given,
        "family": person.family,
        "posts": [{"role": post.role, "organisation": post.organisation} for post in person.posts],
        "romanised": person.romanised,
        "mentions": _mentions(person.mentions),
        "ref": person.ref,
    }


def _organisation(body: OrganisationEntity) -> Plain:
    return {
        "id": body.id,
        "name": body.name,
        "abbreviation": body.abbreviation,
        "kind": body.kind,
        "parent": body.parent,
        "mentions": _mentions(body.mentions),
        "ref": body.ref,
    }


def _theme(theme: ThemeEntity) -> Plain:
    return {
        "id": theme.id,
        "label": {"th": theme.label.th, "en": theme.label.en},
        "cap": theme.cap,
        "sdg": list(theme.sdg),
        "score": round(float(theme.score), _DECIMALS),
        "primary": theme.primary,
        "declared": theme.declared,
        "evidence": _mentions(theme.evidence),
        "extra": theme.extra,
    }
