"""Thailand's administrative areas: names, official codes, parents. Low level, cheap, no linking.

Areas come from the geothai package (every province, district and subdistrict that the Department of
Provincial Administration lists, and those that it abolished); its JSON files are read directly,
which is quicker than importing it. Names are without their prefix word (``จังหวัด``, ``เขต``).
Spellings that are not official are rows of ``data/places_spellings.tsv``.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from assembly_extract.errors import DataFileError
from assembly_extract.resources import installed_file, read_toml, read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = Literal["province", "district", "subdistrict"]

BANGKOK = "10"
"""The code of the one province whose districts are ``เขต`` and whose subdistricts are ``แขวง``."""

_LEVELS: dict[int, Level] = {2: "province", 4: "district", 6: "subdistrict"}

_SPELLINGS = "places_spellings.tsv"
_SPELLING_COLUMNS = ("spelling", "code", "name", "use", "note")

_BRACKETED = re.compile(r"\s*\([^)]*\)")


class Area(NamedTuple):
    """A province, district or subdistrict; a tuple, as every start makes 8,000 of them.

    ``dopa`` has 2, 4 or 6 digits; the code of the parent is its beginning. ``abolished`` is the day
    an area ended (``YYYY-MM-DD``), ``successors`` the codes of what replaced it, where known.
    """

    name: str
    kind: Level
    dopa: str
    name_en: str | None = None
    abolished: str | None = None
    successors: tuple[str, ...] = ()

    @property
    def iso(self) -> str | None:
        """ISO 3166-2 code, which provinces have: ``TH-`` and their DOPA code."""
        return f"TH-{self.dopa}" if self.kind == "province" and not self.abolished else None

    @property
    def capital(self) -> bool:
        """Whether it is the district that people call ``อำเภอเมือง``; Bangkok has none."""
        return self.kind == "district" and self.dopa[2:] == "01" and self.dopa[:2] != BANGKOK


@cache
def areas() -> Mapping[str, Area]:
    """Return every area in force, by code: 77 provinces, then districts, then subdistricts.

    >>> areas()["1008"].name, areas()["1008"].kind
    ('ป้อมปราบศัตรูพ่าย', 'district')
    """
    found: dict[str, Area] = {}
    prefixes = _registry()["bangkok_prefixes"]
    for name in ("provinces", "districts", "subdistricts"):
        for code, name_th, name_en, *_ in _rows(name):
            plain = name_th
            if code.startswith(BANGKOK):
                for word in prefixes:
                    plain = plain.removeprefix(word)
            if "(" in plain:
                plain = _BRACKETED.sub("", plain)
            found[code] = Area(plain, _LEVELS[len(code)], code, name_en)
    return found


@cache
def abolished_areas() -> Mapping[str, Area]:
    """Return the districts and subdistricts that are no more, by their old code."""
    found: dict[str, Area] = {}
    for code, name_th, name_en, ended, successors, *_ in _rows("abolished"):
        if not _is_registry_office(name_th):
            plain = name_th
            for word in _registry()["prefixes"]:
                plain = plain.removeprefix(word)
            found[code] = Area(
                plain, _LEVELS[len(code)], code, name_en, ended, tuple((successors or "").split())
            )
    return found


def area(code: str) -> Area | None:
    """Return the area with this DOPA code, in force or abolished."""
    return areas().get(code) or abolished_areas().get(code)


def parents(found: Area) -> tuple[Area, ...]:
    """Return the areas that hold ``found``, nearest first.

    >>> [parent.name for parent in parents(areas()["100701"])]
    ['ปทุมวัน', 'กรุงเทพมหานคร']
    """
    codes = (found.dopa[:size] for size in (4, 2) if size < len(found.dopa))
    return tuple(parent for parent in map(area, codes) if parent is not None)


def children(found: Area) -> tuple[Area, ...]:
    """Return the areas in force directly below ``found``, in the order of their codes."""
    return _children().get(found.dopa, ())


@cache
def province_names() -> Mapping[str, Area]:
    """Return the provinces by every name that stands for one by itself.

    These are the 77 official names and the spellings, short forms and nicknames that need no
    prefix word before them (กทม., กรุงเทพฯ, โคราช).

    >>> province_names()["กรุงเทพฯ"].name, province_names()["น่าน"].iso
    ('กรุงเทพมหานคร', 'TH-55')
    """
    return {name: found for name, found in _province_spellings().items() if _bare(name)}


@cache
def prefixed_province_names() -> Mapping[str, Area]:
    """Return the provinces by every name that stands for one after จังหวัด or จ.

    To :func:`province_names` this adds what is too short or too common by itself (จ.อุดร, จ.นคร).
    """
    return _province_spellings()


@cache
def district_names() -> Mapping[str, tuple[Area, ...]]:
    """Return the districts by name; เฉลิมพระเกียรติ is five. ``เมือง`` alone is not in it."""
    return _by_name("district", 4)


@cache
def subdistrict_names() -> Mapping[str, tuple[Area, ...]]:
    """Return the subdistricts by name; 795 names are those of two or more."""
    return _by_name("subdistrict", 6)


@cache
def abolished_names() -> Mapping[str, tuple[Area, ...]]:
    """Return the abolished areas by name."""
    found: dict[str, tuple[Area, ...]] = {}
    for gone in abolished_areas().values():
        found[gone.name] = (*found.get(gone.name, ()), gone)
    return found


def _registry() -> dict[str, list[str]]:
    found: dict[str, list[str]] = read_toml("places.toml")["registry"]
    return found


def _is_registry_office(name: str) -> bool:
    """Say whether an abolished "area" is an office: สาขาตำบล…, ท้องถิ่นเทศบาล…."""
    words = _registry()
    opens = name.startswith(tuple(words["offices"]))
    return opens or any(sign in name for sign in words["office_signs"])


def _rows(name: str) -> list[list[str]]:
    path = installed_file("geothai", f"_data/{name}.json")
    try:
        rows: list[list[str]] = json.loads(path.read_bytes())
    except ValueError as error:
        raise DataFileError(f"geothai: {name}.json: {error}; reinstall geothai") from error
    return rows


@cache
def _children() -> Mapping[str, tuple[Area, ...]]:
    found: dict[str, list[Area]] = {}
    for code, child in areas().items():
        found.setdefault(code[:-2], []).append(child)
    return {code: tuple(group) for code, group in found.items()}


@cache
def _spellings() -> tuple[tuple[str, str, bool], ...]:
    """Return ``(spelling, code, bare)`` rows; ``bare`` says that it needs no prefix word."""
    rows = []
    for number, row in enumerate(read_tsv(_SPELLINGS, _SPELLING_COLUMNS, key=("spelling", "code"))):
        known = areas().get(row["code"])
        if known is None or known.name != row["name"]:
            raise DataFileError(
                f"data/{_SPELLINGS}, row {number + 1}: {row['code']} is "
                f"{known.name if known else 'no area'}, not {row['name']}"
            )
        if row["use"] not in ("bare", "prefixed"):
            raise DataFileError(f"data/{_SPELLINGS}, row {number + 1}: use is bare or prefixed")
        rows.append((row["spelling"], row["code"], row["use"] == "bare"))
    return tuple(rows)


@cache
def _province_spellings() -> Mapping[str, Area]:
    found = {known.name: known for known in areas().values() if known.kind == "province"}
    for spelling, code, _ in _spellings():
        if len(code) == 2:
            found[spelling] = areas()[code]
    return found


@cache
def _prefixed_only() -> frozenset[str]:
    return frozenset(
        spelling for spelling, code, bare in _spellings() if len(code) == 2 and not bare
    )


def _bare(name: str) -> bool:
    return name not in _prefixed_only()


def _by_name(kind: Level, size: int) -> Mapping[str, tuple[Area, ...]]:
    found: dict[str, tuple[Area, ...]] = {}
    for known in areas().values():
        if known.kind == kind:
            found[known.name] = (*found.get(known.name, ()), known)
    for spelling, code, _ in _spellings():
        if len(code) == size:
            found[spelling] = (*found.get(spelling, ()), areas()[code])
    return found
