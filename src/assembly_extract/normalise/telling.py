"""Which signs make one body of two sightings, by how much a name says itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.areas import district_names
from assembly_extract.normalise.bodies import CUT, is_short, names_by_key
from assembly_extract.normalise.facts import body_facts
from assembly_extract.normalise.following import GOES, MAYBE, OWNER
from assembly_extract.normalise.units import core, is_unit, is_worldwide, own_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SHORT_CORE = 17
"""What an unlisted name has after the words for what it is: up to here many bodies may have it."""
SHORTEST_DISTRICT = 4
SHORT = "short:"
"""The sign of the abbreviation that an article gives a name."""
COMMITTEE = "committee"
"""Of these a name cut by ฯ is any; other bodies called so are the country's (กองทุนฟื้นฟูฯ)."""
COMPANY = ("with:", OWNER, SHORT)
"""People, the body right behind a name, its abbreviation: these tell."""
PARENT = "org:"


def shared(one: Iterable[str], other: Iterable[str]) -> set[str]:
    """Return the signs that two bodies of different names share; how names go on is none."""
    return {sign for sign in frozenset(one).intersection(other) if not sign.startswith(GOES)}


@cache
def is_general(key: str, kind: str | None) -> bool:
    """Say whether a name is one that many bodies have, as far as its words tell.

    >>> is_general("คณะกรรมการวัด", "committee"), is_general("กองทุนหมู่บ้าน", "fund")
    (True, True)
    >>> is_general("สำนักงานเขตดินแดง", "office"), is_general("คณะกรรมการวัด", "company")
    (False, False)
    """
    facts = body_facts()
    if kind not in facts["general"] or key in names_by_key() or is_short(key):
        return False
    if key in facts["statutory"] or is_worldwide(key):
        return False
    if key.startswith(facts["of_chambers"]) and key.endswith(tuple(facts["chambers"])):
        return False
    if key[-1:].isdigit() and not key.endswith(tuple(facts["no_numbers"])):
        return False
    if any(key + tail in names_by_key() for tail in facts["national_tails"]):
        return False
    if key.endswith(CUT) and kind != COMMITTEE:
        return False
    return len(core(key)) <= SHORT_CORE and not _of_district(key)


def _of_district(key: str) -> bool:
    return any(key[at:] in district_names() for at in range(1, len(key) - SHORTEST_DISTRICT + 1))


def company_of(signs: Iterable[str], kind: str | None) -> Callable[[str], bool]:
    """Return which signs tell the sightings of a name that many bodies have.

    A body beside it tells if few have it beside them: neither the list's nor another general name;
    or if an article names it right behind the unit, as its own. How a name goes on tells, but for
    centres, which are in every province (ศูนย์คุ้มครอง|คนไร้ที่พึ่ง).
    """
    owners = {sign.removeprefix(OWNER) for sign in signs if sign.startswith(OWNER)}
    ways = kind in body_facts()["told_by_rest"]

    def tells(sign: str) -> bool:
        if sign.startswith("near:") and sign.removeprefix("near:") in owners:
            return True
        return is_company(sign) or (ways and sign.startswith(GOES) and sign != GOES)

    return tells


def is_company(sign: str) -> bool:
    """Say whether a sign is company that few bodies keep."""
    if sign.startswith("near:"):
        return _is_special(sign.removeprefix("near:"))
    return sign.startswith(COMPANY) or (
        sign.startswith(PARENT) and _is_proper(sign.removeprefix(PARENT))
    )


@cache
def _is_proper(parent: str) -> bool:
    """Say whether the body that a name has in it tells it: สำนักงานคณะกรรมการส่งเสริม was cut."""
    return own_part(parent) is None or _is_special(parent) or parent in names_by_key()


@cache
def _is_special(key: str) -> bool:
    if key in names_by_key() or is_unit(key) or key in body_facts()["everywhere_found"]:
        return False
    return len(core(key)) > SHORT_CORE


def goes_on(signs: Iterable[str], kind: str | None) -> Callable[[str], bool] | None:
    """Return which signs tell the sightings of a name that articles go on with in two ways.

    Where each goes on alike or none does, ``None``: it is one name.
    """
    found = frozenset(signs)
    ways = {s for s in found if s.startswith(GOES) and s != GOES and not s.startswith(GOES + MAYBE)}
    if len(ways) < 2:
        return None
    company = company_of(found, kind)
    return lambda sign: sign.startswith(GOES) or company(sign)
