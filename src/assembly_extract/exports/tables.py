"""The tidy tables of a run: one row per article, date, place, person, post, body, theme, mention.

Every table's rows name their article (``article_id``); inside it an entity is named by ``entity``,
its number in the record's list, so that ``mentions`` joins to any of them by (article_id, kind,
entity). Empty cells are unknown values, never guesses. Together the tables hold whole records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assembly_extract.exports import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assembly_extract.exports.rows import Row
    from assembly_extract.models import Record

Type = Literal["string", "integer", "number", "boolean"]
"""Frictionless field types; SQLite and Parquet map them to their own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, and what a reader needs to know of it.

    ``known`` says that every row has a value there: an empty text is then empty, not unknown.
    """

    name: str
    type: Type
    description: str
    known: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, its primary key, and the rows that a record gives.

    Rows of a ``shared`` table belong to no article: records that give the same row share it.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Record], Iterator[Row]]
    shared: bool = False

    @property
    def of_articles(self) -> bool:
        """Whether its rows name the article that they belong to."""
        return self.columns[0] == _ARTICLE


class Filling:
    """The rows of one record after the other, with those that records share given once."""

    def __init__(self) -> None:
        self._shared: set[Row] = set()

    def rows(self, record: Record) -> Iterator[tuple[Table, list[Row]]]:
        """Yield each table with the record's rows of it."""
        for table in TABLES:
            rows = list(table.rows(record))
            if table.shared:
                rows = [row for row in rows if row not in self._shared]
                self._shared.update(rows)
            yield table, rows


_ARTICLE = Column("article_id", "string", "articles.id", known=True)
_ENTITY = Column("entity", "integer", "Number in the record's list, from 1", known=True)
_NUMBER = Column("number", "integer", "Order in the record, from 1", known=True)
_REF = Column("ref", "string", "The gazetteer's id of it; after normalise the register's")

TABLES: tuple[Table, ...] = (
    Table(
        "articles",
        "One row per article",
        (
            Column("id", "string", "Identity of the input: path and bytes", known=True),
            Column("path", "string", "Path relative to the given folder", known=True),
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
            Column("language", "string", "By script: th, en, ...", known=True),
            Column("usable", "boolean", "False for pages without an article", known=True),
            Column("duplicate_of", "string", "Id of the same story seen earlier in the run"),
            Column("format", "string", "Of the input: text, html, ...", known=True),
            Column("encoding", "string", "Of the input", known=True),
            Column("sha256", "string", "Of the input's bytes", known=True),
            Column("extra", "string", "The other columns of a table input, as JSON"),
            Column("warnings", "string", "code: detail, separated by '; '"),
            Column("provenance", "string", "provenance.id"),
            Column("text", "string", "The clean article that mentions point into", known=True),
        ),
        ("id",),
        rows.articles,
    ),
    Table(
        "authors",
        "Bylines and credits of the articles",
        (_ARTICLE, _NUMBER, Column("name", "string", "As written", known=True)),
        ("article_id", "number"),
        rows.authors,
    ),
    Table(
        "dates",
        "Dates and ranges named in the articles, and the pages' own dates",
        (
            _ARTICLE,
            Column(
                "entity", "integer", "Number in the record's list, 0 for the page's own", known=True
            ),
            Column("edtf", "string", "Extended Date/Time Format, Gregorian", known=True),
            Column("start", "string", "ISO 8601 at the precision of the text"),
            Column("end", "string", "ISO 8601 at the precision of the text"),
            Column(
                "precision", "string", "day, month, quarter, year, decade or period", known=True
            ),
            Column("calendar", "string", "BE or CE as written"),
            Column("basis", "string", "explicit, anchored or inferred", known=True),
            Column("anchor", "string", "What completed an anchored date"),
            Column(
                "role",
                "string",
                "event, published, mentioned, period, deadline or law_year",
                known=True,
            ),
            Column("time", "string", "HH:MM or HH:MM/HH:MM, Thai local time"),
            Column("is_main", "boolean", "Whether it is the main reported event's", known=True),
        ),
        ("article_id", "entity"),
        rows.dates,
    ),
    Table(
        "places",
        "Venues and areas named in the articles",
        (
            _ARTICLE,
            _ENTITY,
            Column("name", "string", "Name", known=True),
            Column(
                "kind",
                "string",
                "venue, province, district, subdistrict, region, country, other",
                known=True,
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
            Column("role", "string", "venue or mentioned", known=True),
            Column("is_event", "boolean", "Whether the main event happened there", known=True),
            Column(
                "candidates", "integer", "How many areas an ambiguous name may mean", known=True
            ),
            Column("region", "string", "Own id of a region of Thailand: TH-R-north, TH-HR-04"),
            _REF,
        ),
        ("article_id", "entity"),
        rows.places,
    ),
    Table(
        "candidates",
        "The areas that ambiguous names of places may mean",
        (
            _ARTICLE,
            _ENTITY,
            Column("candidate", "integer", "Number of the reading, from 1", known=True),
            Column("name", "string", "Name of the area", known=True),
            Column("kind", "string", "province, district, subdistrict, ...", known=True),
            Column("dopa", "string", "Its DOPA code"),
            Column("iso", "string", "Its ISO code"),
        ),
        ("article_id", "entity", "candidate"),
        rows.candidates,
    ),
    Table(
        "parents",
        "The areas around places, nearest first",
        (
            _ARTICLE,
            _ENTITY,
            Column("candidate", "integer", "0 for the place, or candidates.candidate", known=True),
            Column("step", "integer", "1 for the nearest", known=True),
            Column("name", "string", "Name of the area", known=True),
            Column("kind", "string", "province, district, subdistrict, ...", known=True),
            Column("dopa", "string", "Its DOPA code"),
        ),
        ("article_id", "entity", "candidate", "step"),
        rows.parents,
    ),
    Table(
        "people",
        "Named people who take part",
        (
            _ARTICLE,
            _ENTITY,
            Column("name", "string", "Name without titles and ranks", known=True),
            Column("prefix", "string", "Titles and ranks as written"),
            Column("given", "string", "Given name"),
            Column("family", "string", "Family name"),
            Column("romanised", "string", "Royal Thai General System"),
            Column("id", "string", "Id within the record", known=True),
            _REF,
        ),
        ("article_id", "entity"),
        rows.people,
    ),
    Table(
        "posts",
        "Posts that people hold",
        (
            _ARTICLE,
            _ENTITY,
            Column("post", "integer", "Number of the person's post, from 1", known=True),
            Column("role", "string", "The post as written", known=True),
            Column("organisation", "string", "The body it belongs to"),
        ),
        ("article_id", "entity", "post"),
        rows.posts,
    ),
    Table(
        "organisations",
        "Bodies named in the articles",
        (
            _ARTICLE,
            _ENTITY,
            Column("name", "string", "Fullest name in the article", known=True),
            Column("abbreviation", "string", "Its abbreviation"),
            Column("kind", "string", "ministry, department, company, ..."),
            Column("parent", "string", "The body it is named within"),
            Column("id", "string", "Id within the record", known=True),
            _REF,
        ),
        ("article_id", "entity"),
        rows.organisations,
    ),
    Table(
        "themes",
        "Policy themes of the articles, most relevant first",
        (
            _ARTICLE,
            _ENTITY,
            Column("theme", "string", "Id in the vocabulary, or declared:N", known=True),
            Column("label_th", "string", "Thai name; a declared theme's own words", known=True),
            Column("label_en", "string", "English name"),
            Column("cap", "integer", "Comparative Agendas Project major topic"),
            Column("sdg", "string", "UN goals, separated by '; '"),
            Column("score", "number", "0..1", known=True),
            Column("is_primary", "boolean", "Whether it is the article's first theme", known=True),
            Column("declared", "boolean", "Whether the article itself announces it", known=True),
            Column("extra", "string", "More about the theme, as JSON"),
        ),
        ("article_id", "entity"),
        rows.themes,
    ),
    Table(
        "mentions",
        "Every piece of text that a value stands on",
        (
            _ARTICLE,
            Column("kind", "string", "date, place, person, organisation or theme", known=True),
            Column("entity", "integer", "Number in that kind's table", known=True),
            Column("start", "integer", "First code point in articles.text", known=True),
            Column("end", "integer", "One past the last code point", known=True),
            Column("text", "string", "The words", known=True),
            Column("rule", "string", "The pattern, list or model that found them", known=True),
            Column("score", "number", "0..1", known=True),
        ),
        (),
        rows.mentions,
    ),
    Table(
        "removed",
        "What the cleaner took out of the pages",
        (
            _ARTICLE,
            _NUMBER,
            Column("kind", "string", "navigation, share, caption, ...", known=True),
            Column("rule", "string", "The cleaner that took it out", known=True),
            Column("length", "integer", "Of the whole piece, in characters", known=True),
            Column("text", "string", "Its first 300 characters", known=True),
        ),
        ("article_id", "number"),
        rows.removed,
    ),
    Table(
        "warnings",
        "What to know about the articles' records",
        (
            _ARTICLE,
            _NUMBER,
            Column("code", "string", "Short name of the warning", known=True),
            Column("detail", "string", "In words", known=True),
        ),
        ("article_id", "number"),
        rows.warnings,
    ),
    Table(
        "provenance",
        "What made the records: a row for each version and configuration",
        (
            Column("id", "string", "What articles.provenance names", known=True),
            Column("tool", "string", "The program", known=True),
            Column("version", "string", "Its version", known=True),
            Column("config", "string", "Hash of its options", known=True),
            Column("models", "string", "Its models and their versions, as JSON"),
            Column("data", "string", "Its data and their versions, as JSON"),
        ),
        ("id",),
        rows.provenance,
        shared=True,
    ),
)
