"""Places: what a mention says, and the entity that linking makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from assembly_extract.types.article import Notice
    from assembly_extract.types.mention import Mention


PLACE_KINDS = ("venue", "province", "district", "subdistrict", "region", "country", "other")
"""The kinds of places, as the record gives them."""


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """What the words of one mention say about a place, before the rest of the article is asked.

    ``name`` is without its prefix word. ``codes`` are the DOPA codes that an area's name fits; for
    a venue or another known place they are those of the smallest area that holds it. ``iso`` is a
    country's code, and for a place abroad that of its country. ``whole`` names the known venue that
    it is a part of. ``located`` says that the words around it make it the place of something.
    """

    kind: str
    name: str
    codes: tuple[str, ...] = ()
    iso: str | None = None
    whole: str | None = None
    located: bool = False


@dataclass(frozen=True, slots=True)
class Parent:
    """An area that holds a place, with its DOPA code where it has one."""

    name: str
    kind: str
    dopa: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of an ambiguous name."""

    name: str
    kind: str
    dopa: str | None = None
    iso: str | None = None
    within: tuple[Parent, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class PlaceEntity:
    """One place of the article; the fields are those of the record's ``Place``.

    ``region`` is the id of a region of Thailand, from ``places_regions.tsv``; else ``None``.
    ``ref`` is the id that the user's own list gives.
    """

    name: str
    kind: str
    dopa: str | None = None
    iso: str | None = None
    within: tuple[Parent, ...] = ()
    lat: float | None = None
    lon: float | None = None
    role: str = "mentioned"
    candidates: tuple[Candidate, ...] = ()
    mentions: tuple[Mention, ...] = ()
    region: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class LinkedPlaces:
    """``places`` in order of first mention; ``place`` is where the main event happened."""

    place: PlaceEntity | None = None
    places: tuple[PlaceEntity, ...] = ()
    notices: tuple[Notice, ...] = ()
