"""Linking of places: mentions -> entities with codes, parents and candidates; the event's place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assembly_extract import areas
from assembly_extract.countries import country_name
from assembly_extract.linking.places.event import event_mention
from assembly_extract.linking.places.resolve import Resolver, value_of
from assembly_extract.resources import read_toml, read_tsv
from assembly_extract.types.article import Notice
from assembly_extract.types.places import Candidate, LinkedPlaces, Parent, PlaceEntity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.dates import DateEntity
    from assembly_extract.types.mention import Mention

_AREAS = frozenset({"province", "district", "subdistrict"})
_UNCODED = frozenset({"venue", "other"})
_WRITTEN_OUT = frozenset(
    {"province prefix", "district prefix", "subdistrict prefix", "capital district"}
)
_REACH = 50  # characters around an event's place in which an address is its own
_ROAD_REACH = 100  # ... behind a road, whose kilometre and village stand between
_OFTEN = 2
_HOLDERS = 4  # venues within venues: room, hall, building, grounds


def link_places(
    mentions: Sequence[Mention], document: Document, day: DateEntity | None = None
) -> LinkedPlaces:
    """Return one entity per place, in order of first mention, and where the main event happened.

    ``day`` is the event's, where it is known.
    """
    ours = sorted((m for m in mentions if m.kind == "place"), key=lambda m: (m.start, m.end))
    linker = _Linker(ours, document)
    dates = [m for m in mentions if m.kind == "date"]
    event = event_mention(ours, document, dates, day.mentions if day is not None else ())
    entities = linker.entities(event)
    place = next((entity for entity in entities if event in entity.mentions), None)
    return LinkedPlaces(place=place, places=entities, notices=linker.notices())


class _Linker:
    """Makes entities of the mentions of one article."""

    def __init__(self, mentions: Sequence[Mention], document: Document) -> None:
        self._mentions = mentions
        self._resolver = Resolver(mentions, document.text, document.article.publisher)
        self._document = document

    def notices(self) -> tuple[Notice, ...]:
        """Say which names only the publisher's province settled."""
        return tuple(
            Notice(
                "place_by_publisher",
                f"{self._mentions[index].text}: linked by the publisher's province alone",
            )
            for index in self._resolver.by_publisher
        )

    def entities(self, event: Mention | None) -> tuple[PlaceEntity, ...]:
        """Group the mentions by what they mean."""
        groups: dict[tuple[str, str], list[int]] = {}
        for index in range(len(self._mentions)):
            groups.setdefault(self._key(index), []).append(index)
        return tuple(self._entity(group, event) for group in groups.values())

    def _key(self, index: int) -> tuple[str, str]:
        value, codes = value_of(self._mentions[index]), self._resolver.codes[index]
        if value.kind in _AREAS and len(codes) == 1:
            return "area", codes[0]
        if value.kind == "country":
            return "country", value.iso or value.name
        return value.kind, "".join(value.name.split())

    def _entity(self, group: list[int], event: Mention | None) -> PlaceEntity:
        mentions = tuple(self._mentions[index] for index in group)
        value = value_of(mentions[0])
        role = "venue" if event in mentions else "mentioned"
        codes = self._resolver.codes[group[0]]
        if value.kind in _AREAS and len(codes) == 1 and (area := areas.area(codes[0])):
            return PlaceEntity(
                area.name,
                area.kind,
                area.dopa,
                area.iso,
                _parents(areas.parents(area)),
                role=role,
                mentions=mentions,
            )
        return PlaceEntity(
            value.name,
            value.kind,
            iso=value.iso if value.kind == "country" else None,
            within=self._within(group) or self._by_neighbours(group, event),
            role=role,
            candidates=_candidates(codes) if value.kind in _AREAS else (),
            mentions=mentions,
            region=_region_ids().get(value.name) if value.kind == "region" else None,
        )

    def _within(self, group: list[int]) -> tuple[Parent, ...]:
        """Return what holds a place that has no code: venues around it, then areas."""
        best: tuple[Parent, ...] = ()
        for index in group:
            found = self._holders(index)
            if len(found) > len(best):
                best = found
        return best

    def _holders(self, index: int) -> tuple[Parent, ...]:
        value = value_of(self._mentions[index])
        if value.kind in {"country", "region"}:
            return ()
        if value.iso:
            return _country(value.iso)
        names: list[str] = []
        found: tuple[Parent, ...] = ()
        at: int | None = index
        for _ in range(_HOLDERS):
            if at is None:
                break
            holder = self._resolver.holder_index(at)
            names.extend([value_of(self._mentions[holder]).name] if holder is not None else [])
            if whole := value_of(self._mentions[at]).whole:
                names.append(whole)
            found = found or self._area_of(at)
            at = holder
        venues = tuple(Parent(name, "venue") for name in dict.fromkeys(names))
        return (*venues, *(found or self._by_article(index)))

    def _by_article(self, index: int) -> tuple[Parent, ...]:
        """Place a venue without an address by the one province that its article is about.

        That is the only one named, and named twice or more and in the headline or the venue's own
        paragraph: an article from a ministry may name one province by the way.
        """
        named = self._resolver.named
        if len(named) != 1:
            return ()
        ((code, spans),) = named.items()
        start = self._mentions[index].start
        paragraph = next((a, b) for a, b in self._document.lines if a <= start < b)
        title = (0, self._document.article.body_start)
        near = any(a <= at < b for a, b in (title, paragraph) for at in spans)
        return _from_code(code) if near and len(spans) >= _OFTEN else ()

    def _by_neighbours(self, group: list[int], event: Mention | None) -> tuple[Parent, ...]:
        """Place the event's road or venue by the one province of the addresses around it.

        ถนน… ช่วงหลักกิโลเมตรที่ 58 หมู่ที่ 4 ต.… อ.… จ.…: bare names, which also say where a road leads,
        do not count. Known cost: an address beside it that is another place's.
        """
        if all(self._mentions[index] is not event for index in group):
            return ()
        if value_of(self._mentions[group[0]]).kind not in _UNCODED:
            return ()
        provinces = {code for index in group for code in self._provinces_around(index)}
        return _from_code(provinces.pop()) if len(provinces) == 1 else ()

    def _provinces_around(self, index: int) -> set[str]:
        ours = self._mentions[index]
        reach = _ROAD_REACH if value_of(ours).kind == "other" else _REACH
        low, high = next((a, b) for a, b in self._document.lines if a <= ours.start < b)
        low, high = max(low, ours.start - _REACH), min(high, ours.end + reach)
        return {
            codes[0][:2]
            for mention, codes in zip(self._mentions, self._resolver.codes, strict=True)
            if low <= mention.start < high and mention.rule in _WRITTEN_OUT and len(codes) == 1
        }

    def _area_of(self, index: int) -> tuple[Parent, ...]:
        """Return the areas that hold one mention: those of its address, or those known of it."""
        value, codes = value_of(self._mentions[index]), self._resolver.codes[index]
        known = codes if value.kind not in _AREAS and len(codes) == 1 else ()
        parent = self._resolver.parent_index(index)
        apart = parent is not None and parent != index + 1
        if known and apart and not self._has_branch(index):
            return _from_code(known[0])  # รพ.ศรีสะเกษ และ รพ.… จ.อุบลราชธานี
        while parent is not None:
            found = self._resolver.codes[parent]
            if len(found) == 1:
                return _from_code(found[0])
            above = self._resolver.parent_index(parent)
            if above is None:
                break
            parent = above
        if known:
            return _from_code(known[0])
        if len({code[:2] for code in codes}) == 1:
            return _from_code(codes[0][:2])
        return ()

    def _has_branch(self, index: int) -> bool:
        """Say whether a branch of the body follows, whose address it is: มหาวิทยาลัย… ศูนย์… อ.…."""
        branches = tuple(read_toml("places.toml")["chain"]["with_branches"])
        named = self._mentions[index].text.startswith(branches)
        return named and self._resolver.holder_index(index) is not None


def _parents(found: Sequence[areas.Area]) -> tuple[Parent, ...]:
    return tuple(Parent(area.name, area.kind, area.dopa) for area in found)


def _from_code(code: str) -> tuple[Parent, ...]:
    area = areas.area(code)
    return _parents((area, *areas.parents(area))) if area else ()


def _country(iso: str) -> tuple[Parent, ...]:
    name = country_name(iso)
    return (Parent(name, "country"),) if name else ()


@cache
def _region_ids() -> dict[str, str]:
    columns = ("id", "name", "spelling")
    rows = read_tsv("places_regions.tsv", columns, key=("spelling",))
    return {row["name"]: row["id"] for row in rows if row["id"]}


def _candidates(codes: Sequence[str]) -> tuple[Candidate, ...]:
    found = (areas.area(code) for code in codes)
    return tuple(
        Candidate(area.name, area.kind, area.dopa, area.iso, _parents(areas.parents(area)))
        for area in found
        if area is not None
    )
