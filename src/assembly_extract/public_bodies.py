"""The list of public bodies, ``data/organisations.tsv``: read once for all who know of it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from assembly_extract.resources import read_rows


class Body(NamedTuple):
    """A row of the list; where a cell holds several spellings, ``|`` stands between them."""

    name: str
    kind: str
    abbreviations: str
    ambiguous: str
    aliases: str
    attested: str


@cache
def public_bodies() -> tuple[Body, ...]:
    """Return the list, in its order; every name is there once."""
    rows = read_rows("organisations.tsv", Body._fields, key=("name",))
    return tuple(map(Body._make, rows))
