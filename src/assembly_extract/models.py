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
    score: Score


class Date(_Part):
    """A date or range. ``start`` and ``end`` are Gregorian, null where the year is unknown."""

    edtf: str = Field(description="EDTF level 0-2: 2021-12-15/2021-12-16, 2023-02, XXXX-08-20")
    start: str | None = Field(
        description="YYYY-MM-DD, YYYY-MM or YYYY; null if the year is unknown"
    )
    end: str | None
    precision: Literal["day", "month", "quarter", "year", "decade", "period"]
    calendar: Literal["BE", "CE"] | None = Field(description="The era as written")
    basis: Literal["explicit", "anchored", "inferred"]
    anchor: str | None = Field(description="What completed an anchored date")
    role: Literal["event", "published", "mentioned", "period", "deadline", "law_year"]
    time: str | None = Field(description="HH:MM or HH:MM/HH:MM, Thai local time, as written")
    mentions: list[Mention]


class Area(_Part):
    """An area that holds a place."""

    name: str
    kind: str
    dopa: str | None


class PlaceCandidate(_Part):
    """One reading of an ambiguous name."""

    name: str
    kind: str
    dopa: str | None
    iso: str | None
    within: list[Area]


class Place(_Part):
    """A venue or an area. ``dopa`` is the Department of Provincial Administration's code."""

    name: str
    kind: Literal["venue", "province", "district", "subdistrict", "region", "country", "other"]
    dopa: str | None
    iso: str | None = Field(description="ISO 3166-2 (TH-11) or 3166-1 (JP)")
    within: list[Area] = Field(description="Parents, nearest first")
    lat: float | None = Field(description="Null: no openly licensed centroids were found")
    lon: float | None = Field(description="Null, as `lat`")
    role: Literal["venue", "mentioned"]
    candidates: list[PlaceCandidate]
    mentions: list[Mention]
    region: str | None = Field(
        default=None, description="Own id of a region of Thailand (TH-R-north, TH-HR-04)"
    )
    ref: str | None = Field(default=None, description=_REF)


class Post(_Part):
    """A post that a person holds, as written."""

    role: str
    organisation: str | None


class Person(_Part):
    """A named person who takes part in the story; ``name`` is without titles and ranks."""

    id: str
    name: str
    prefix: str | None
    given: str | None
    family: str | None
    posts: list[Post]
    romanised: str | None
    mentions: list[Mention]
    ref: str | None = Field(default=None, description=_REF)


class Organisation(_Part):
    """A body, once, with its abbreviation and every mention."""

    id: str
    name: str
    abbreviation: str | None
    kind: str | None
    parent: str | None = Field(description="The body it is named within, if any")
    mentions: list[Mention]
    ref: str | None = Field(default=None, description=_REF)


class Label(_Part):
    """A theme's name; for a declared theme ``th`` is the article's own phrase."""

    th: str
    en: str | None


class Theme(_Part):
    """A policy theme. ``cap`` is the Comparative Agendas Project major topic, ``sdg`` UN goals."""

    id: str
    label: Label
    cap: int | None
    sdg: list[int]
    score: Score
    primary: bool
    declared: bool
    evidence: list[Mention]
    extra: dict[str, Any]


class Removed(_Part):
    """A piece that the cleaner took out; ``text`` is its first 300 characters."""

    text: str
    length: int
    kind: str
    rule: str


class Warning(_Part):  # noqa: A001 - the contract's own name; nothing here warns in Python's sense
    """Something to know about this record: what was missing, in conflict, or repaired."""

    code: str
    detail: str


class Source(_Part):
    """Where the record came from."""

    path: str
    format: str
    encoding: str
    sha256: str
    url: str | None
    publisher: str | None
    section: str | None
    slug: str | None
    authors: list[str]
    extra: dict[str, Any]


class Provenance(_Part):
    """What made the record. No clock time: same input, same bytes."""

    tool: str
    version: str
    config: str
    models: dict[str, str]
    data: dict[str, str]


class Record(_Part):
    """One article: its date, place, people, organisations and policy themes, with evidence."""

    schema_: Literal["assembly-extract/1"] = Field(alias="schema", serialization_alias="schema")
    id: str
    source: Source
    language: str
    usable: bool
    title: str | None
    text: str
    published: Date | None
    date: Date | None
    dates: list[Date]
    place: Place | None
    places: list[Place]
    people: list[Person]
    organisations: list[Organisation]
    themes: list[Theme]
    removed: list[Removed]
    duplicate_of: str | None
    warnings: list[Warning]
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
