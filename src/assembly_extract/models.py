"""The published record, schema ``assembly-extract/1``: what users read, validate and pipe.

Every key is always present; unknown is ``null`` or ``[]``. Offsets are code points into
``Record.text``, and ``record.text[m.start:m.end] == m.text`` for every mention ``m``. Scores are
rounded to 4 decimals. ``Record.model_json_schema()`` is what ``assembly-extract schema`` prints.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assembly_extract.types.record import SCHEMA

Score = Annotated[float, BeforeValidator(lambda value: round(float(value), 4)), Field(ge=0, le=1)]

_MENTIONS = "Where the text says it"
_DOPA = "Code of the Department of Provincial Administration: 2, 4 or 6 digits"
_KIND_OF_AREA = "province, district, subdistrict, region or country; of a parent also venue"
_WITHIN = "The areas around it, nearest first"
_REF = "The id of it in the user's gazetteer; once normalise has been run, the register's id"


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        from_attributes=True,
        json_schema_serialization_defaults_required=True,
    )


class Mention(_Part):
    """A piece of ``Record.text`` that a value stands on."""

    start: int = Field(ge=0, description="First code point in Record.text")
    end: int = Field(gt=0, description="One past the last code point")
    text: str = Field(min_length=1, description="Record.text[start:end]")
    rule: str = Field(description="The pattern, list or model that produced it")
    score: Score = Field(description="How sure that is, from 0 to 1")


class Date(_Part):
    """A date or range. ``start`` and ``end`` are Gregorian, null where the year is unknown."""

    edtf: str = Field(description="EDTF level 0-2: 2021-12-15/2021-12-16, 2023-02, XXXX-08-20")
    start: str | None = Field(
        description="YYYY-MM-DD, YYYY-MM or YYYY; null if the year is unknown"
    )
    end: str | None = Field(description="The last day of a range; of one day the same as start")
    precision: Literal["day", "month", "quarter", "year", "decade", "period"] = Field(
        description="How exactly the text says it"
    )
    calendar: Literal["BE", "CE"] | None = Field(description="The era as written")
    basis: Literal["explicit", "anchored", "inferred"] = Field(
        description="explicit: the text says it all; anchored: completed from what anchor names; "
        "inferred: from the only year that the article names"
    )
    anchor: str | None = Field(description="What completed an anchored date")
    role: Literal["event", "published", "mentioned", "period", "deadline", "law_year"] = Field(
        description="What it is in the story: the main event's day, the page's own date, a last "
        "day, a range, or only mentioned; law_year: the edition of a law, which is not listed"
    )
    time: str | None = Field(description="HH:MM or HH:MM/HH:MM, Thai local time, as written")
    mentions: list[Mention] = Field(description=_MENTIONS)


class Area(_Part):
    """An area that holds a place."""

    name: str = Field(description="Its name without a word like จังหวัด")
    kind: str = Field(description=_KIND_OF_AREA)
    dopa: str | None = Field(description=_DOPA)


class PlaceCandidate(_Part):
    """One reading of an ambiguous name."""

    name: str = Field(description="The area that may be meant")
    kind: str = Field(description=_KIND_OF_AREA)
    dopa: str | None = Field(description=_DOPA)
    iso: str | None = Field(description="ISO 3166-2 (TH-11) or 3166-1 (JP)")
    within: list[Area] = Field(description=_WITHIN)


class Place(_Part):
    """A venue or an area. ``dopa`` is the Department of Provincial Administration's code."""

    name: str = Field(description="Of an area the official name, of a venue as written")
    kind: Literal["venue", "province", "district", "subdistrict", "region", "country", "other"]
    dopa: str | None = Field(description=_DOPA + "; null for a name that several areas bear")
    iso: str | None = Field(description="ISO 3166-2 (TH-11) or 3166-1 (JP)")
    within: list[Area] = Field(description=_WITHIN)
    lat: float | None = Field(description="Null: no openly licensed centroids were found")
    lon: float | None = Field(description="Null, as `lat`")
    role: Literal["venue", "mentioned"] = Field(description="venue: the main event happened there")
    candidates: list[PlaceCandidate] = Field(
        description="The areas that an ambiguous name may mean; empty where one is meant"
    )
    mentions: list[Mention] = Field(description=_MENTIONS)
    region: str | None = Field(
        default=None, description="Own id of a region of Thailand (TH-R-north, TH-HR-04)"
    )
    ref: str | None = Field(default=None, description=_REF)


class Post(_Part):
    """A post that a person holds, as written."""

    role: str = Field(description="The post, with its body as far as it is written there")
    organisation: str | None = Field(description="The body it belongs to, if the text names it")


class Person(_Part):
    """A named person who takes part in the story; ``name`` is without titles and ranks."""

    id: str = Field(description="p1, p2 ...: only within this record")
    name: str = Field(description="Given name and surname, or what of them the text says")
    prefix: str | None = Field(description="Titles and ranks before the name, as written")
    given: str | None = Field(description="Given name")
    family: str | None = Field(description="Surname; null if the text gives none")
    posts: list[Post] = Field(description="Posts that the text gives the person")
    romanised: str | None = Field(
        description="Null: no transcriber is right often enough (docs/normalise.md)"
    )
    mentions: list[Mention] = Field(
        description="Where the text names the person, later short forms and posts included"
    )
    ref: str | None = Field(default=None, description=_REF)


class Organisation(_Part):
    """A body, once, with its abbreviation and every mention."""

    id: str = Field(description="o1, o2 ...: only within this record")
    name: str = Field(description="The fullest name in the article")
    abbreviation: str | None = Field(description="Its short form, if the article has one")
    kind: str | None = Field(description="ministry, department, company, hospital, network ...")
    parent: str | None = Field(description="The body it is named within, if any")
    mentions: list[Mention] = Field(description=_MENTIONS)
    ref: str | None = Field(default=None, description=_REF)


class Label(_Part):
    """A theme's name; for a declared theme ``th`` is the article's own phrase."""

    th: str = Field(description="In Thai")
    en: str | None = Field(description="In English; null for a declared theme")


class Theme(_Part):
    """A policy theme. ``cap`` is the Comparative Agendas Project major topic, ``sdg`` UN goals."""

    id: str = Field(description="Its id in the vocabulary, or declared:N")
    label: Label
    cap: int | None = Field(description="Major topic of the Comparative Agendas Project, 1 to 23")
    sdg: list[int] = Field(description="UN Sustainable Development Goals, 1 to 17")
    score: Score = Field(description="How likely the article is about it, from 0 to 1")
    primary: bool = Field(description="Whether it is the article's first theme")
    declared: bool = Field(description="Whether the article itself announces it, in its own words")
    evidence: list[Mention] = Field(description="The terms or the phrase that tell it")
    extra: dict[str, Any] = Field(description="Of a declared one how it was announced")


class Removed(_Part):
    """A piece that the cleaner took out; ``text`` is its first 300 characters."""

    text: str = Field(description="Its first 300 characters")
    length: int = Field(description="Of the whole piece, in characters")
    kind: str = Field(description="navigation, share, caption, byline ...")
    rule: str = Field(description="The rule that took it out")


class Warning(_Part):  # noqa: A001 - the contract's own name; nothing here warns in Python's sense
    """Something to know about this record: what was missing, in conflict, or repaired."""

    code: str = Field(description="A word for programs: date_conflict, truncated ...")
    detail: str = Field(description="The same for people")


class Source(_Part):
    """Where the record came from."""

    path: str = Field(description="Relative to what was given; members and rows have their own")
    format: str = Field(description="text, html, or the table's: jsonl, csv ...")
    encoding: str = Field(description="How the bytes were read")
    sha256: str = Field(
        description="Of the input's bytes, or of the article in a row: equal for equal content"
    )
    url: str | None = Field(description="The page's address, if it or its table names it")
    publisher: str | None = Field(description="The site or body that published the page")
    section: str | None = Field(description="The section of the site")
    slug: str | None = Field(description="The last part of the address, in readable letters")
    authors: list[str] = Field(description="Bylines and credits of pictures and desks")
    extra: dict[str, Any] = Field(description="The other columns of a table's row")


class Provenance(_Part):
    """What made the record. No clock time: same input, same bytes."""

    tool: str = Field(description="assembly-extract")
    version: str = Field(description="Its version")
    config: str = Field(description="Changes with any option that may change a record")
    models: dict[str, str] = Field(description="The tagger, and what changes with it")
    data: dict[str, str] = Field(description="What changes with the package's lists")


class Record(_Part):
    """One article: its date, place, people, organisations and policy themes, with evidence."""

    schema_: Literal["assembly-extract/1"] = Field(alias="schema", serialization_alias="schema")
    id: str = Field(description="Made of the input's path and bytes: the same on every machine")
    source: Source
    language: str = Field(description="By script: th, en ...; und where there is no text")
    usable: bool = Field(description="False for a page without an article; warnings say why")
    title: str | None = Field(description="The headline, without the site's additions")
    text: str = Field(description="Headline, blank line, paragraphs: what all offsets point into")
    published: Date | None = Field(description="The page's own date")
    date: Date | None = Field(description="The day of the main event; null if the text names none")
    dates: list[Date] = Field(description="Every date in the text")
    place: Place | None = Field(description="Where the main event happened")
    places: list[Place] = Field(description="Every place in the text")
    people: list[Person] = Field(description="Everybody whom the text names")
    organisations: list[Organisation] = Field(description="Every body that the text names")
    themes: list[Theme] = Field(description="Policy themes, the most relevant first")
    removed: list[Removed] = Field(description="What was taken out of the page, and why")
    duplicate_of: str | None = Field(
        description="The id of the same story earlier in the run, with --duplicates"
    )
    warnings: list[Warning] = Field(description="What is missing, in conflict, or was repaired")
    provenance: Provenance

    def to_json(self) -> str:
        """Return the record as one line of UTF-8 JSON, keys in the schema's order, no newline."""
        return self.model_dump_json(by_alias=True)


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a record as it is written.

    >>> record_schema()["$id"]
    'urn:assembly-extract:1'
    """
    schema = Record.model_json_schema(mode="serialization", by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:" + SCHEMA.replace("/", ":"),
        **schema,
        "title": SCHEMA,
    }
