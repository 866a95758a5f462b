"""The countries of the world as Thai news writes them (``data/places_countries.tsv``)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from assembly_extract.resources import read_rows

_HOME = "TH"


class Country(NamedTuple):
    """A spelling of a country: its ISO 3166-1 code, its usual name, and how the spelling stands.

    ``use``: ``bare`` by itself; ``prefixed`` only after ประเทศ, as it is a common word, too (ชาด).
    """

    iso: str
    name: str
    spelling: str
    use: str


@cache
def countries() -> tuple[Country, ...]:
    """Return every spelling of every country, in the file's order."""
    rows = read_rows("places_countries.tsv", Country._fields, key=("spelling",))
    return tuple(map(Country._make, rows))


@cache
def other_countries() -> dict[str, str]:
    """Return the names of the other countries by the spellings that mean them wherever they stand.

    >>> other_countries()["อัลบาเนีย"], "ไทย" in other_countries()
    ('แอลเบเนีย', False)
    """
    return {row.spelling: row.name for row in countries() if row.iso != _HOME and row.use == "bare"}


@cache
def home_name() -> str:
    """Return the name of Thailand, which is a word of its own beside many others.

    >>> home_name()
    'ไทย'
    """
    return next(row.name for row in countries() if row.iso == _HOME)


@cache
def country_name(iso: str) -> str | None:
    """Return the usual name of the country with a code.

    >>> country_name("TH"), country_name("??")
    ('ไทย', None)
    """
    return next((row.name for row in countries() if row.iso == iso), None)
