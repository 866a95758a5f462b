"""Which body a name is: listed, of a province, of another country, or one of many of its name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.areas import areas, district_names, subdistrict_names
from assembly_extract.linking.organisations.groups import name_key
from assembly_extract.normalise.around import with_country
from assembly_extract.normalise.bodies import (
    CUT,
    body_key,
    is_anothers,
    is_shared,
    is_short,
    listed_key,
    names_by_key,
    rows_by_name,
)
from assembly_extract.normalise.facts import body_facts, facts_of, provinces
from assembly_extract.normalise.following import GOES
from assembly_extract.normalise.nodes import most_common
from assembly_extract.normalise.telling import company_of, goes_on, is_general
from assembly_extract.normalise.units import is_unit, is_worldwide

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assembly_extract.normalise.nodes import Node
    from assembly_extract.normalise.sightings import Sighting

KIND = "organisation"
MINISTRY = "ministry"
SHORTEST_AREA = 4
"""Names of areas shorter than this are what is left of longer words."""
LONG_PROPER = 8
"""A hospital's name of so many characters that is no area's is one hospital's."""
SHORT_NAME = 20
"""An association's or network's name below this may be another's in another province."""

_DOUBLED = re.compile(r"^(.{3,}?)\1")


def keyed(sighting: Sighting) -> Sighting:
    """Return the sighting under the key of the body that it names.

    An abbreviation that the list gives to one body is that body; a name that says nothing about
    which one (สำนักงาน, เทศบาล, สำนักงานจัดหางานจังหวัด) is the body of the one province that the
    article names, if it is from there or names it nearby, else the article's own; another country's
    body is that country's.
    """
    if sighting.own:
        return replace(sighting, key=f"{sighting.key}@{sighting.record}")
    details = dict(sighting.details)
    if details.get("rest"):
        name = names_by_key().get(listed_key(sighting.name), sighting.name)
        return replace(sighting, key=body_key(f"{name}{details['rest']}"))
    own = _DOUBLED.sub(r"\1", sighting.key)
    key = _named(_DOUBLED.sub(r"\1", sighting.name), details.get("kind"), sighting.surfaces)
    if details.get("country"):
        named = with_country(sighting.name)
        base = listed_key(named[0]) if named else key
        return replace(sighting, key=f"{base}@{details['country']}")
    if details.get("branch"):
        return replace(sighting, key=_of_province(key, str(details["branch"])))
    if {own, key} & _unplaced() or own.endswith(_open_ends()):
        code = details.get("here")
        if code is None or f"at:{code}" in _seats():
            return replace(sighting, key=f"{key}@{sighting.record}")
        provincial = own.endswith(_province_word()) or {own, key} & _provincial()
        return replace(sighting, key=_of_province(key, code) if provincial else f"{key}@at:{code}")
    return replace(sighting, key=key)


def _of_province(key: str, code: str) -> str:
    """Return the key of a province's office, as it is where its name has the province in it."""
    word = _province_word()
    return body_key(f"{key.removesuffix(word)}{word}{areas()[code].name}")


def _named(name: str, kind: str | None, surfaces: Sequence[str]) -> str:
    """Return the key of what an article calls a body; a ministry may lack the word for it."""
    key = listed_key(name)
    if key in names_by_key():
        return key
    if kind == MINISTRY and (full := f"{body_facts()['ministry']}{key}") in names_by_key():
        return full
    cut = f"{name}{CUT}"
    if cut in surfaces and (begun := listed_key(cut)) in names_by_key():
        return begun
    return key


def parting(sightings: Sequence[Sighting], nodes: Sequence[Node]) -> Callable[[str], bool] | None:
    """Return which signs tell bodies of one name apart; ``None`` where a name is one body's.

    Schools, hospitals and local governments share names all over the country: places tell them. A
    unit (กองกฎหมาย), a committee or an office of a name that says little is another in each body:
    the company that few keep tells. A long name that articles go on with in two ways was cut.
    """
    key = sightings[0].key if sightings else nodes[0].key
    facts = body_facts()
    if "@" in key or key.startswith(tuple(facts["only_one"])):
        return None
    kind = _kind(sightings, nodes)
    if key in facts["in_every_village"]:
        return tells_apart_from_place
    if key in facts["everywhere_found"]:
        return tells_place_beyond_seats
    if key in facts["common_units"] or (is_unit(key) and key not in names_by_key()):
        return None if is_single(key) else company_of(_signs(sightings, nodes), kind)
    if is_single(key):
        return None
    if is_short(key) and is_shared(key):
        return tells_inner
    if key in names_by_key() or is_only(key) or any(name in key for name in provinces()):
        return None
    if is_general(key, kind):
        return company_of(_signs(sightings, nodes), kind)
    if kind in facts["local"] or (kind in facts["local_if_short"] and len(key) < SHORT_NAME):
        return tells_place if kind in facts["local"] else tells_place_beyond_seats
    return goes_on(_signs(sightings, nodes), kind)


def is_single(key: str) -> bool:
    """Say whether a law or the end of its name makes a body the only one of it."""
    return key not in body_facts()["common_units"] and (
        key in body_facts()["statutory"] or is_worldwide(key)
    )


def _signs(sightings: Sequence[Sighting], nodes: Sequence[Node]) -> set[str]:
    return set[str]().union(*(seen.signs for seen in sightings), *(node.signs for node in nodes))


@cache
def is_only(key: str) -> bool:
    """Say whether the country has one body of a local name: its area's name is one area's.

    >>> is_only("เทศบาลนครหาดใหญ่"), is_only("องค์การบริหารส่วนตำบลบ้านกลาง")
    (True, False)
    """
    facts = body_facts()
    if key.startswith(tuple(facts["only_one"])):
        return True
    for head, level in facts["of_areas"].items():
        if key.startswith(head):
            name = key.removeprefix(head)
            if level == "hospital" and name not in district_names():
                proper = len(name) >= LONG_PROPER and not name.startswith(
                    tuple(facts["common_hospitals"])
                )
                return proper and name not in subdistrict_names()
            if len(name) < SHORTEST_AREA:
                return False
            held = (*district_names().get(name, ()), *subdistrict_names().get(name, ()))
            return len({area.dopa[:2] for area in held}) == 1
    return False


def tells_place(sign: str) -> bool:
    """Say whether a sign that two sightings of a local body share makes them one."""
    return sign.startswith(("at:", "with:", "org:"))


def tells_place_beyond_seats(sign: str) -> bool:
    """Say the same of what is no place's own kind: news of ministries is from where they are."""
    return tells_place(sign) and sign not in _seats()


def tells_apart_from_place(sign: str) -> bool:
    """Say the same of what a province has many of."""
    return sign.startswith(("with:", "org:"))


def tells_inner(sign: str) -> bool:
    """Say the same of an abbreviation: all of a country's have the same province's news."""
    return not sign.startswith(("at:", GOES))


def _kind(sightings: Sequence[Sighting], nodes: Sequence[Node]) -> str | None:
    kinds = Counter(dict(sighting.details).get("kind") for sighting in sightings)
    for node in nodes:
        kinds.update(node.details.get("kind", Counter()))
    return min(kinds, key=lambda kind: (-kinds[kind], str(kind))) if kinds else None


def preferred(node: Node) -> str | None:
    """Return the listed name of a body, if the list has it."""
    return names_by_key().get(node.key)


def shown(node: Node) -> str | None:
    """Return what a body is called: by the list, and with its country if that is not Thailand."""
    country = node.most("country")
    name = preferred(node) or names_by_key().get(node.key.partition("@")[0])
    if country and "@" in node.key:
        name = name or most_common(node.names) or node.id
        return name if with_country(name) else f"{name} ({country})"
    return preferred(node)


def abbreviation(node: Node) -> str | None:
    """Return the list's first abbreviation of a body, else what the articles use most.

    Articles write a ministry's abbreviation in brackets behind its department's name; what the list
    gives to another body is passed over.
    """
    name = preferred(node)
    listed = rows_by_name().get(name or "")
    given = {
        short: count
        for short, count in node.details.get("abbreviation", {}).items()
        if not is_anothers(short, name)
    }
    return (listed.abbreviations.split(" | ")[0] if listed else None) or most_common(given)


@cache
def _unplaced() -> frozenset[str]:
    return frozenset(map(name_key, [*body_facts()["unplaced"], *body_facts()["provincial"]]))


@cache
def _provincial() -> frozenset[str]:
    return frozenset(map(name_key, body_facts()["provincial"]))


@cache
def _seats() -> frozenset[str]:
    return frozenset(f"at:{code}" for code in body_facts()["seats"])


def is_of_province(key: str) -> bool:
    """Say whether a key has a province in it, so that it is that province's office or branch."""
    return _province_word() in key


def _province_word() -> str:
    word: str = facts_of("written")["province"]
    return word


@cache
def _open_ends() -> tuple[str, ...]:
    return tuple(body_facts()["open_ends"])
