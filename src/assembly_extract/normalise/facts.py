"""The lists of ``data/normalise.toml``: what the comparing of names knows beforehand."""

from __future__ import annotations

from functools import cache
from typing import Any

from assembly_extract.areas import province_names
from assembly_extract.resources import read_toml


@cache
def facts_of(table: str) -> dict[str, Any]:
    """Return one table of the file: ``bodies``, ``posts``, ``written`` or another."""
    found: dict[str, Any] = read_toml("normalise.toml")[table]
    return found


@cache
def body_facts() -> dict[str, Any]:
    """Return what is known of the names of bodies."""
    return facts_of("bodies")


@cache
def provinces() -> tuple[str, ...]:
    """Return the provinces' names in one order."""
    return tuple(sorted(province_names()))
