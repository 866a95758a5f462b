"""The names of areas by level, and the words that stand between them in lists and addresses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract import areas
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def capitals() -> tuple[str, ...]:
    """Return the codes of the provinces' capital districts."""
    return tuple(code for code, area in areas.areas().items() if area.capital)


@cache
def names_of_level(level: str) -> tuple[Mapping[str, tuple[str, ...]], int]:
    """Return the names of a level with their codes, and the length of the longest."""
    table: dict[str, tuple[str, ...]] = {}
    if level == "province":
        table = {name: (area.dopa,) for name, area in areas.prefixed_province_names().items()}
    else:
        bangkok = level.startswith("bangkok_")
        source = (
            areas.district_names()
            if level.endswith("_district") or level == "district"
            else areas.subdistrict_names()
        )
        for name, group in source.items():
            codes = tuple(a.dopa for a in group if a.dopa.startswith(areas.BANGKOK) == bangkok)
            if codes:
                table[name] = codes
        for name, group in areas.abolished_names().items():
            codes = tuple(
                a.dopa
                for a in group
                if a.kind == level.removeprefix("bangkok_")
                and a.dopa.startswith(areas.BANGKOK) == bangkok
            )
            if codes and name not in table:
                table[name] = codes
        if level == "district":
            word = read_toml("places.toml")["capital"]["word"]
            for name, area in areas.prefixed_province_names().items():
                code = f"{area.dopa}01"
                if code in capitals():
                    table.setdefault(word + name, (code,))
    return table, max(map(len, table))


@cache
def counted() -> re.Pattern[str]:
    """Match the figure behind a place of a list: กรุงเทพมหานคร 39 ราย."""
    return re.compile(r"(?:จำนวน\s?)?\d[\d,.]*\s?(?:ราย|คน)")


@cache
def joint() -> re.Pattern[str]:
    """Match what stands between two items of a list or two parts of an address."""
    return re.compile(rf"\s{{0,2}}(?:{_alternatives('lists', 'joiners')})?[ \t]{{0,2}}")


@cache
def list_joint() -> re.Pattern[str]:
    """Match what hangs an item on to the one before without doubt: no bare space."""
    return re.compile(rf"[ \t]?(?:{_alternatives('lists', 'joiners')})[ \t]?")


@cache
def opener() -> re.Pattern[str]:
    """Match what opens the list of the areas that a counted word names: 3 อำเภอ ได้แก่ …."""
    words = _alternatives("lists", "openers")
    return re.compile(rf"[ \t]?(?:{words})?[ \t]?(?:{words})[ \t:]{{0,2}}")


def _alternatives(table: str, key: str) -> str:
    words: list[str] = read_toml("places.toml")[table][key]
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
