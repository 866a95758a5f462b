"""The list of known bodies, by every name and abbreviation that is one body's alone."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.linking.organisations.groups import name_key, short_key
from assembly_extract.resources import read_tsv

LIST = ("name", "kind", "abbreviations", "ambiguous", "aliases", "attested")

LONGEST_SHORT = 14
"""Abbreviations of the list are no longer (ก.ท่องเที่ยวฯ)."""

OFFICE = "สำนักงาน"
_SHORT = re.compile(r"(?:[ก-ฮ]{1,4}\.){1,5}|[ก-ฮ]{2,5}\.?|[A-Z][A-Za-z]{1,9}")


def is_short(name: str) -> bool:
    """Say whether a name is an abbreviation.

    >>> is_short("สช."), is_short("ศอ.บต."), is_short("WHO"), is_short("กรมอนามัย")
    (True, True, True, False)
    """
    return _SHORT.fullmatch(name) is not None


@cache
def listed_key(name: str) -> str:
    """Return the key of the listed body that a name or abbreviation is of, else the name's own.

    >>> listed_key("กระทรวงดีอี") == listed_key("กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม")
    True
    """
    key = name_key(name)
    listed = _listed().get(key)
    if listed is None and len(name) <= LONGEST_SHORT:
        listed = _abbreviations().get(short_key(name))
    if listed is None and name.startswith(OFFICE):
        listed = _abbreviations().get(short_key(name.removeprefix(OFFICE)))
        if listed and not listed.startswith(OFFICE):
            listed = None  # the office of a committee is another body than the committee
    return name_key(listed) if listed else key


def is_anothers(short: str, name: str | None) -> bool:
    """Say whether the list gives an abbreviation to one body, and that is not ``name``.

    >>> is_anothers("สธ.", "กรมควบคุมโรค"), is_anothers("สธ.", "กระทรวงสาธารณสุข")
    (True, False)
    """
    return _abbreviations().get(short_key(short), name) != name


@cache
def rows_by_name() -> dict[str, dict[str, str]]:
    """Return the rows of the list by the body's name."""
    return {row["name"]: row for row in read_tsv("organisations.tsv", LIST)}


@cache
def names_by_key() -> dict[str, str]:
    """Return the names of the list by their keys."""
    return {name_key(name): name for name in rows_by_name()}


@cache
def _listed() -> dict[str, str]:
    """Return the listed body of every name and alias that belongs to one only."""
    owners: dict[str, set[str]] = {}
    for name, row in rows_by_name().items():
        for alias in row["aliases"].split(" | "):
            if alias:
                owners.setdefault(name_key(alias), set()).add(name)
    found = {key: min(names) for key, names in owners.items() if len(names) == 1}
    return found | names_by_key()


@cache
def _abbreviations() -> dict[str, str]:
    """Return the one body of every abbreviation that is nobody else's."""
    owners: dict[str, set[str]] = {}
    for name, row in rows_by_name().items():
        for column in ("abbreviations", "ambiguous"):
            for short in row[column].split(" | "):
                if short:
                    owners.setdefault(short_key(short), set()).add(name)
    shared = {
        short_key(short)
        for row in rows_by_name().values()
        for short in row["ambiguous"].split(" | ")
        if short
    }
    return {
        key: min(names) for key, names in owners.items() if len(names) == 1 and key not in shared
    }
