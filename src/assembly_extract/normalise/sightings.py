"""What the register needs of a record: each entity that it names, compact."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.areas import BANGKOK
from assembly_extract.linking.organisations.groups import short_key
from assembly_extract.normalise import following
from assembly_extract.normalise.around import (
    branch,
    country,
    is_bilateral,
    is_many,
    is_misread,
    partner,
)
from assembly_extract.normalise.bodies import body_key, listed_key, names_by_key
from assembly_extract.normalise.facts import facts_of
from assembly_extract.normalise.names import name_key
from assembly_extract.normalise.posts import is_national, post_signs, temple_sign
from assembly_extract.normalise.telling import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assembly_extract.models import Mention, Organisation, Person, Place, Record

AROUND = 40
"""How many characters of the article a context shows on each side."""
STYLE = "with:style"
"""The sign of a royal person, whom the key alone tells."""
ROYAL = "royal:"
"""How the rules of royal styles begin, and the keys of royal persons."""
TITLE = "with:title "
"""How the sign of a rank or academic title begins."""
BEHIND = 40
"""So many characters behind a body's name may be the rest of it."""
NEAR = 200
"""So many characters around an office's name tell which province's it is."""
MANY_PEOPLE = 15
MANY_BODIES = 10
MANY_PROVINCES = 3
"""A list of names says little about who belongs together: beyond these counts it is no sign."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One entity of one record.

    ``number`` is its index in the record's list, ``key`` what decides which group of equal names it
    is in. ``signs`` are what may tell it from a namesake, each ``what:value`` (``post``, ``org``,
    ``at``, ``with``, ``near``). ``day`` is ISO at the precision known. ``own``: it is nobody that
    another article names. ``details`` are the kind's own fields.
    """

    record: str
    number: int
    key: str
    name: str
    day: str | None
    surfaces: tuple[str, ...]
    context: str
    signs: frozenset[str]
    prefix: str | None = None
    posts: tuple[tuple[str, str | None], ...] = ()
    own: bool = False
    details: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """The sightings of one record by kind."""

    people: tuple[Sighting, ...]
    organisations: tuple[Sighting, ...]
    places: tuple[Sighting, ...]


def look(record: Record) -> Seen:
    """Return what a record names."""
    day = record.date.start if record.date and record.date.start else None
    if day is None and record.published:
        day = record.published.start
    provinces = _provinces(record)
    bodies = [
        listed_key(body.name)
        for body in record.organisations
        if body.kind not in _everywhere() and len(body.name) > 5
    ]
    full = [name_key(person.name) for person in record.people if person.family]
    common = {f"at:{code}" for code in provinces}
    if len(bodies) <= MANY_BODIES:
        common |= {f"org:{key}" for key in bodies}
    names = full if len(full) <= MANY_PEOPLE else []
    visitors = {name_key(person.name) for person in record.people if is_national(person.posts)}
    hosts = [name for name in names if name not in visitors]
    return Seen(
        tuple(
            _person(record, number, person, day=day, common=common, names=names)
            for number, person in enumerate(record.people)
        ),
        tuple(
            _body(record, number, body, day=day, provinces=provinces, hosts=hosts, bodies=bodies)
            for number, body in enumerate(record.organisations)
        ),
        tuple(_place(record, number, place, day) for number, place in enumerate(record.places)),
    )


def _person(
    record: Record,
    number: int,
    person: Person,
    *,
    day: str | None,
    common: set[str],
    names: Sequence[str],
) -> Sighting:
    key = _person_key(person, day)
    signs = common | {f"with:{other}" for other in names if other != key}
    if key.startswith(ROYAL):
        signs.add(STYLE)
    if person.prefix and person.prefix not in _plain_titles():
        signs.add(f"{TITLE}{person.prefix}")
    for post in person.posts:
        signs |= set(post_signs(post))
    if person.prefix is None or person.prefix.startswith(_clergy()):
        signs |= set(_temples(record, person))
    return Sighting(
        record.id,
        number,
        key,
        person.name,
        day,
        _surfaces(person.mentions),
        _context(record, person.mentions),
        _kept(signs),
        person.prefix,
        tuple((post.role, post.organisation) for post in person.posts),
        details=(("given", person.given), ("family", person.family)),
    )


def _temples(record: Record, person: Person) -> Iterator[str]:
    """Yield the signs of the temples that stand right behind a name, as they do behind monks'."""
    for mention in person.mentions:
        found = _temple().match(record.text, mention.end)
        if found:
            yield temple_sign(found["temple"])


@cache
def _temple() -> re.Pattern[str]:
    word = facts_of("monks")["temple"]
    return re.compile(
        rf"[ \u00a0]{{0,3}}(?:\([^()\n]{{2,40}}\)[ \u00a0]{{0,3}})?(?P<temple>{word}[ก-ฮะ-์]+ฯ?)"
    )


def _person_key(person: Person, day: str | None) -> str:
    """Return a name's key; of a royal style the person whose it was on that day, if known."""
    key = name_key(person.name).removeprefix(_address())
    for rank in facts_of("titles")["princes"]:
        key = key.removeprefix(name_key(rank))
    if person.prefix and person.prefix.startswith(_clergy()):
        for ending in facts_of("monks")["endings"]:
            key = key.removesuffix(ending)
    rules = (m.rule for m in person.mentions if m.rule.startswith(ROYAL))
    royal = next(rules, "").removeprefix(ROYAL)
    if not royal:
        return key
    style = facts_of("styles").get(royal)
    if style is None or any(part in key for part in style["own"]):
        return ROYAL + royal
    if day is None:
        return key
    return ROYAL + royal if day >= style["since"] else f"{ROYAL}{key} before {style['since']}"


def _body(
    record: Record,
    number: int,
    body: Organisation,
    *,
    day: str | None,
    provinces: Sequence[str],
    hosts: Sequence[str],
    bodies: Sequence[str],
) -> Sighting:
    misread, bilateral = is_misread(record, body), is_bilateral(body)
    state = partner(record, body) if bilateral else country(record, body)
    name = body.mentions[0].text if misread else body.name
    return Sighting(
        record.id,
        number,
        body_key(name),
        name,
        day,
        _surfaces(body.mentions),
        _context(record, body.mentions),
        _kept(_body_signs(record, body, provinces=provinces, hosts=hosts, bodies=bodies)),
        own=misread or is_many(record, body) or (bilateral and state is None),
        details=_known(
            abbreviation=body.abbreviation,
            kind=body.kind,
            parent=body.parent,
            country=state,
            branch=branch(record, body),
            after=_after(record, body),
            rest=following.rest(record, body),
            here=_here(record, body, provinces),
        ),
    )


def _body_signs(
    record: Record,
    body: Organisation,
    *,
    provinces: Sequence[str],
    hosts: Sequence[str],
    bodies: Sequence[str],
) -> Iterator[str]:
    yield from (f"at:{code}" for code in provinces)
    yield from (f"with:{name}" for name in hosts)
    if body.parent:
        yield f"org:{body_key(body.parent)}"
    own = listed_key(body.name)
    if len(bodies) <= MANY_BODIES:
        yield from (f"near:{key}" for key in bodies if key != own)
    if own not in names_by_key() and body.abbreviation and body.abbreviation != body.name:
        yield f"{SHORT}{short_key(body.abbreviation)}"
    yield from following.signs(record, body)


def _kept(signs: Iterable[str]) -> frozenset[str]:
    """Return signs, one string for all sightings that have it: an archive has millions."""
    return frozenset(map(sys.intern, signs))


def _known(**fields: str | None) -> tuple[tuple[str, str | None], ...]:
    """Return the fields that have a value."""
    return tuple((name, value) for name, value in fields.items() if value)


def _here(record: Record, body: Organisation, provinces: Sequence[str]) -> str | None:
    """Return the one province of an article, if the article is from it or names it near a body."""
    if len(provinces) != 1 or not body.mentions:
        return None
    code = provinces[0]
    if record.place and (record.place.dopa or "").startswith(code):
        return code
    first = body.mentions[0]
    within = range(first.start - NEAR, first.end + NEAR)
    named = (place for place in record.places if (place.dopa or "").startswith(code))
    return code if any(m.start in within for place in named for m in place.mentions) else None


def _after(record: Record, body: Organisation) -> str | None:
    """Return the letters right behind a full name, which may be the rest of it."""
    if not body.mentions or listed_key(body.name) in names_by_key():
        return None
    last = next((m for m in body.mentions if m.text == body.name), None)
    if last is None:
        return None
    found = _BEHIND.match(record.text, last.end, last.end + BEHIND)
    return body_key(found[0]) or None if found else None


def _place(record: Record, number: int, place: Place, day: str | None) -> Sighting:
    return Sighting(
        record.id,
        number,
        _place_key(record, place),
        place.name,
        day,
        _surfaces(place.mentions),
        _context(record, place.mentions),
        frozenset(),
        details=(
            ("kind", place.kind),
            ("dopa", place.dopa),
            ("iso", place.iso),
            ("within", " | ".join(area.name for area in place.within) or None),
        ),
    )


def _place_key(record: Record, place: Place) -> str:
    """Return what a place is: its code, else its name and what holds it.

    A name that fits several areas, and a venue that nothing holds, are the article's own: in
    another article it may be another place.
    """
    if place.kind in {"province", "district", "subdistrict"} and place.dopa:
        return f"dopa:{place.dopa}"
    if place.iso and place.kind == "country":
        return f"iso:{place.iso}"
    within = "/".join(area.dopa or name_key(area.name) for area in place.within)
    if place.candidates or (not within and place.kind in {"venue", "district", "subdistrict"}):
        within = f"{within}#{record.id}"
    return f"{place.kind}:{name_key(place.name)}@{within}"


def _provinces(record: Record) -> tuple[str, ...]:
    """Return the codes of the provinces named, Bangkok left out: half of all news is there."""
    found = {place.dopa[:2] for place in record.places if place.dopa} - {BANGKOK}
    return tuple(sorted(found)) if len(found) <= MANY_PROVINCES else ()


def _surfaces(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(mention.text for mention in mentions)


def _context(record: Record, mentions: Sequence[Mention]) -> str:
    """Return the words around the first mention, on one line."""
    if not mentions:
        return ""
    first = mentions[0]
    return _WHITE.sub(" ", record.text[max(0, first.start - AROUND) : first.end + AROUND]).strip()


_BEHIND = re.compile('[ \u00a0\n]?[ก-ฮเแโใไA-Za-z][^\n,;:()“”"]*')
_WHITE = re.compile(r"\s+")


@cache
def _plain_titles() -> frozenset[str]:
    return frozenset(facts_of("titles")["plain"])


@cache
def _clergy() -> tuple[str, ...]:
    return tuple(facts_of("monks")["prefixes"])


@cache
def _address() -> str:
    address: str = facts_of("titles")["address"]
    return address


@cache
def _everywhere() -> frozenset[str]:
    return frozenset(facts_of("bodies")["everywhere"])


def by_key(sightings: Sequence[Sighting]) -> Iterator[tuple[str, list[Sighting]]]:
    """Yield the sightings of each key, keys and sightings in an order that is theirs alone."""
    groups: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        groups.setdefault(sighting.key, []).append(sighting)
    for key in sorted(groups):
        yield key, sorted(groups[key], key=lambda s: (s.record, s.number))
