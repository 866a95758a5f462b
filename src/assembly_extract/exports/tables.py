"""The tidy tables of a run: one row per article, date, place, person, post, body, theme, mention.

Every table's rows name their article (``article_id``); inside it an entity is named by ``entity``,
its number in the record's list, so that ``mentions`` joins to any of them by (article_id, kind,
entity). Empty cells are unknown values, never guesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assembly_extract.models import Date, Mention, Place, Record

    Cell = str | int | float | bool | None
    Row = tuple[Cell, ...]

Type = Literal["string", "integer", "number", "boolean"]
"""Frictionless field types; SQLite and Parquet map them to their own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, and what a reader needs to know of it."""

    name: str
    type: Type
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, its primary key, and the rows that a record gives."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Record], Iterator[Row]]


_ARTICLE = Column("article_id", "string", "articles.id")
_ENTITY = Column("entity", "integer", "Number in the record's list, from 1")


def _articles(record: Record) -> Iterator[Row]:
    source, place = record.source, record.place
    primary = next((theme for theme in record.themes if theme.primary), None)
    yield (
        record.id,
        source.path,
        record.title,
        _day(record.published),
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
        "; ".join(f"{warning.code}: {warning.detail}" for warning in record.warnings) or None,
        record.text,
    )


def _day(date: Date | None) -> str | None:
    return date.start or date.edtf if date else None


def province(place: Place) -> str | None:
    """Return the name of the province that a place is or lies in."""
    if place.kind == "province":
        return place.name
    return next((area.name for area in place.within if area.kind == "province"), None)


def _parent(place: Place, kind: str) -> str | None:
    return next((area.name for area in place.within if area.kind == kind), None)


def _dates(record: Record) -> Iterator[Row]:
    for number, date in enumerate(record.dates, 1):
        yield (
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
            record.date is not None and date.edtf == record.date.edtf,
        )


def _places(record: Record) -> Iterator[Row]:
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
            record.place is not None and place.mentions == record.place.mentions,
            len(place.candidates),
            place.region,
        )


def _people(record: Record) -> Iterator[Row]:
    for number, person in enumerate(record.people, 1):
        yield (
            record.id,
            number,
            person.name,
            person.prefix,
            person.given,
            person.family,
            person.romanised,
        )


def _posts(record: Record) -> Iterator[Row]:
    for number, person in enumerate(record.people, 1):
        for order, post in enumerate(person.posts, 1):
            yield (record.id, number, order, post.role, post.organisation)


def _organisations(record: Record) -> Iterator[Row]:
    for number, body in enumerate(record.organisations, 1):
        yield (record.id, number, body.name, body.abbreviation, body.kind, body.parent)


def _themes(record: Record) -> Iterator[Row]:
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
        )


def _mentions(record: Record) -> Iterator[Row]:
    groups: list[tuple[str, list[Sequence[Mention]]]] = [
        ("date", [date.mentions for date in record.dates]),
        ("place", [place.mentions for place in record.places]),
        ("person", [person.mentions for person in record.people]),
        ("organisation", [body.mentions for body in record.organisations]),
        ("theme", [theme.evidence for theme in record.themes]),
    ]
    for kind, entities in groups:
        for number, mentions in enumerate(entities, 1):
            for m in mentions:
                yield (record.id, kind, number, m.start, m.end, m.text, m.rule, m.score)


TABLES: tuple[Table, ...] = (
    Table(
        "articles",
        "One row per article",
        (
            Column("id", "string", "Identity of the input: path and bytes"),
            Column("path", "string", "Path relative to the given folder"),
            Column("title", "string", "Headline"),
            Column("published", "string", "The page's own date, ISO 8601"),
            Column("date_edtf", "string", "Date of the main reported event, EDTF"),
            Column("date_start", "string", "First day, month or year of it, ISO 8601"),
            Column("date_end", "string", "Last day, month or year of it, ISO 8601"),
            Column("place", "string", "Where the main event happened"),
            Column("province", "string", "The province of that place"),
            Column("theme", "string", "Id of the primary policy theme"),
            Column("cap", "integer", "Its Comparative Agendas Project major topic"),
            Column("publisher", "string", "Site or body that published the page"),
            Column("section", "string", "Section of the site"),
            Column("authors", "string", "Bylines and credits, separated by '; '"),
            Column("url", "string", "Address of the page, if it names it"),
            Column("slug", "string", "Percent-decoded slug"),
            Column("language", "string", "By script: th, en, ..."),
            Column("usable", "boolean", "False for pages without an article"),
            Column("duplicate_of", "string", "Id of the same story seen earlier in the run"),
            Column("format", "string", "Of the input: text, html, ..."),
            Column("encoding", "string", "Of the input"),
            Column("sha256", "string", "Of the input's bytes"),
            Column("warnings", "string", "code: detail, separated by '; '"),
            Column("text", "string", "The clean article that mentions point into"),
        ),
        ("id",),
        _articles,
    ),
    Table(
        "dates",
        "Dates and ranges named in the articles",
        (
            _ARTICLE,
            _ENTITY,
            Column("edtf", "string", "Extended Date/Time Format, Gregorian"),
            Column("start", "string", "ISO 8601 at the precision of the text"),
            Column("end", "string", "ISO 8601 at the precision of the text"),
            Column("precision", "string", "day, month, quarter, year, decade or period"),
            Column("calendar", "string", "BE or CE as written"),
            Column("basis", "string", "explicit, anchored or inferred"),
            Column("anchor", "string", "What completed an anchored date"),
            Column("role", "string", "event, mentioned, period, deadline or law_year"),
            Column("time", "string", "HH:MM or HH:MM/HH:MM, Thai local time"),
            Column("is_main", "boolean", "Whether it is the main reported event's"),
        ),
        ("article_id", "entity"),
        _dates,
    ),
    Table(
        "places",
        "Venues and areas named in the articles",
        (
            _ARTICLE,
            _ENTITY,
            Column("name", "string", "Name"),
            Column(
                "kind", "string", "venue, province, district, subdistrict, region, country, other"
            ),
            Column(
                "dopa", "string", "Department of Provincial Administration code, 2, 4 or 6 digits"
            ),
            Column("iso", "string", "ISO 3166-2 or 3166-1 code"),
            Column("subdistrict", "string", "The subdistrict that holds it"),
            Column("district", "string", "The district that holds it"),
            Column("province", "string", "The province that it is or lies in"),
            Column("lat", "number", "Latitude, degrees, WGS 84"),
            Column("lon", "number", "Longitude, degrees, WGS 84"),
            Column("role", "string", "venue or mentioned"),
            Column("is_event", "boolean", "Whether the main event happened there"),
            Column("candidates", "integer", "How many areas an ambiguous name may mean"),
            Column("region", "string", "Own id of a region of Thailand: TH-R-north, TH-HR-04"),
        ),
        ("article_id", "entity"),
        _places,
    ),
    Table(
        "people",
        "Named people who take part",
        (
            _ARTICLE,
            _ENTITY,
            Column("name", "string", "Name without titles and ranks"),
            Column("prefix", "string", "Titles and ranks as written"),
            Column("given", "string", "Given name"),
            Column("family", "string", "Family name"),
            Column("romanised", "string", "Royal Thai General System"),
        ),
        ("article_id", "entity"),
        _people,
    ),
    Table(
        "posts",
        "Posts that people hold",
        (
            _ARTICLE,
            _ENTITY,
            Column("post", "integer", "Number of the person's post, from 1"),
            Column("role", "string", "The post as written"),
            Column("organisation", "string", "The body it belongs to"),
        ),
        ("article_id", "entity", "post"),
        _posts,
    ),
    Table(
        "organisations",
        "Bodies named in the articles",
        (
            _ARTICLE,
            _ENTITY,
            Column("name", "string", "Fullest name in the article"),
            Column("abbreviation", "string", "Its abbreviation"),
            Column("kind", "string", "ministry, department, company, ..."),
            Column("parent", "string", "The body it is named within"),
        ),
        ("article_id", "entity"),
        _organisations,
    ),
    Table(
        "themes",
        "Policy themes of the articles, most relevant first",
        (
            _ARTICLE,
            _ENTITY,
            Column("theme", "string", "Id in the vocabulary, or declared:N"),
            Column("label_th", "string", "Thai name; a declared theme's own words"),
            Column("label_en", "string", "English name"),
            Column("cap", "integer", "Comparative Agendas Project major topic"),
            Column("sdg", "string", "UN goals, separated by '; '"),
            Column("score", "number", "0..1"),
            Column("is_primary", "boolean", "Whether it is the article's first theme"),
            Column("declared", "boolean", "Whether the article itself announces it"),
        ),
        ("article_id", "entity"),
        _themes,
    ),
    Table(
        "mentions",
        "Every piece of text that a value stands on",
        (
            _ARTICLE,
            Column("kind", "string", "date, place, person, organisation or theme"),
            Column("entity", "integer", "Number in that kind's table"),
            Column("start", "integer", "First code point in articles.text"),
            Column("end", "integer", "One past the last code point"),
            Column("text", "string", "The words"),
            Column("rule", "string", "The pattern, list or model that found them"),
            Column("score", "number", "0..1"),
        ),
        (),
        _mentions,
    ),
)
