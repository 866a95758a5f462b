"""The words that places are found by: one automaton over every list, built once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract import areas
from assembly_extract.countries import countries, home_name
from assembly_extract.matching import Match, StringMatcher, leftmost_longest
from assembly_extract.recognise.places.intervals import Intervals
from assembly_extract.resources import read_toml, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable

KNOWN_COLUMNS = ("name", "kind", "code", "venue", "use")
CITY_COLUMNS = ("iso", "name", "use")
REGION_COLUMNS = ("id", "name", "spelling")

HEAD_CLASSES = ("rooms", "buildings", "sites", "actors", "weak", "features")


class Term(NamedTuple):
    """What one string is: its ``role``, and what the role needs to know of it.

    ``name`` is the official name (or a head's class, a prefix's level), ``codes`` DOPA codes,
    ``iso`` a country, ``use`` how much evidence it needs, ``whole`` the venue it is a part of.
    """

    role: str
    name: str
    codes: tuple[str, ...] = ()
    iso: str | None = None
    use: str = "bare"
    whole: str | None = None


Hit = Match[Term]

# Roles that are readings of the same characters: of these the longest wins.
_NAME_ROLES = frozenset({"province", "known", "country", "city", "region", "phrase"})


@dataclass(slots=True)
class Hits:
    """What the automaton found in one text, by role, in order; of overlapping ones the longest.

    ``holders`` gives for the offset where one ends its start, and whether it holds bare names only.
    """

    names: list[Hit] = field(default_factory=list)
    prefixes: list[Hit] = field(default_factory=list)
    heads: list[Hit] = field(default_factory=list)
    districts: list[Hit] = field(default_factory=list)
    openers: list[Hit] = field(default_factory=list)
    holders: dict[int, list[tuple[int, bool]]] = field(default_factory=dict)
    thailand: list[Hit] = field(default_factory=list)


def scan(text: str) -> Hits:
    """Find every word of the lists in ``text``: one pass, however many words there are."""
    by_role: defaultdict[str, list[Hit]] = defaultdict(list)
    made = tuple.__new__  # as Match(), at half the cost: texts have a hundred of them
    for start, end, terms in matcher().all(text):
        for term in terms:
            by_role[term.role].append(made(Match, (start, end, term)))
    found = Hits(
        names=leftmost_longest(
            hit for role in sorted(_NAME_ROLES) for hit in by_role.get(role, ())
        ),
        prefixes=leftmost_longest(by_role.get("prefix", ())),
        heads=leftmost_longest(by_role.get("head", ())),
        districts=leftmost_longest(by_role.get("district", ())),
        openers=by_role["opener"],
    )
    names = Intervals(found.names)
    found.thailand = [
        hit for hit in by_role.get("thailand", ()) if names.covering(hit.start) is None
    ]
    for hit in by_role.get("holder", ()):
        only_bare = hit.payload.use == "bare"
        found.holders.setdefault(hit.end, []).append((hit.start, only_bare))
    return found


@cache
def matcher() -> StringMatcher[tuple[Term, ...]]:
    """Return the one automaton over every list."""
    table: dict[str, tuple[Term, ...]] = {}
    for string, term in _terms():
        if term not in table.get(string, ()):
            table[string] = (*table.get(string, ()), term)
    return StringMatcher(table)


def _terms() -> Iterable[tuple[str, Term]]:
    grammar, guards = read_toml("places.toml"), read_toml("places_guards.toml")
    for name, area in areas.province_names().items():
        yield name, Term("province", area.name, (area.dopa,))
    for name, group in areas.district_names().items():
        yield name, Term("district", name, tuple(area.dopa for area in group))
    for level, words in grammar["prefix"].items():
        if level != "provincial_bodies":
            yield from ((word, Term("prefix", level)) for word in words)
    yield grammar["thailand"]["name"], Term("thailand", grammar["thailand"]["name"], iso="TH")
    yield from ((word, Term("opener", word)) for word in guards["openers"])
    yield from ((word, Term("holder", word, use="any")) for word in guards["holders"])
    yield from ((word, Term("holder", word, use="bare")) for word in guards["bare_holders"])
    yield from ((word, Term("phrase", word)) for word in guards["phrases"])
    yield from _head_terms()
    yield from _named_terms()


def _head_terms() -> Iterable[tuple[str, Term]]:
    venues = read_toml("places_venues.toml")
    for group in HEAD_CLASSES:
        for word in venues[group]:
            yield word, Term("head", group, use="weak" if _is_weak(word, group) else "bare")


def _is_weak(word: str, group: str) -> bool:
    venues = read_toml("places_venues.toml")
    return group == "weak" or (group == "features" and word in venues["weak_features"])


def _named_terms() -> Iterable[tuple[str, Term]]:
    for row in read_tsv("places_known.tsv", KNOWN_COLUMNS, key=("name",)):
        codes = (row["code"],) if row["code"] else ()
        name = row["name"]
        yield name, Term("known", row["kind"], codes, use=row["use"], whole=row["venue"] or None)
    for country in countries():
        if country.spelling != home_name():
            term = Term("country", country.name, iso=country.iso, use=country.use)
            yield country.spelling, term
    for row in read_tsv("places_cities.tsv", CITY_COLUMNS, key=("name",)):
        yield row["name"], Term("city", row["name"], iso=row["iso"], use=row["use"])
    for row in read_tsv("places_regions.tsv", REGION_COLUMNS, key=("spelling",)):
        yield row["spelling"], Term("region", row["name"], codes=(row["id"],))
