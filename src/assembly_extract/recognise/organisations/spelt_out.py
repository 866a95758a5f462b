"""English names before their initials, in a Thai sentence: World Shipping Council (WSC)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.recognise.organisations.latin import stands_alone
from assembly_extract.recognise.organisations.lexicon import (
    GRAMMAR,
    Known,
    known_spellings,
    words,
)
from assembly_extract.resources import read_toml
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SCORE = 0.8
_LONGEST = 110
_LETTERS = re.compile(r"\(([A-Z][A-Za-z&\-]{1,9})\)")
_WORD = r"[A-Za-z][A-Za-z&'’\-]*"
_ENGLISH = re.compile(rf"{_WORD}(?: (?:&|{_WORD}))*\Z")


def find_spelt_out(text: str) -> Iterator[Mention]:
    """Yield the names of bodies before their initials in brackets.

    Only where the list has the letters for an international body, or the name has a word for a
    body: most such letters are those of goods and projects (Antigen Test Kit (ATK)).
    """
    for bracket in _LETTERS.finditer(text):
        end = bracket.start() - text.endswith(" ", 0, bracket.start())
        low = max(0, end - _LONGEST, text.rfind("\n", 0, end) + 1)
        english = _ENGLISH.search(text, low, end)
        name = _named(english[0].split(" "), bracket[1]) if english else None
        kind = _kind(name, bracket[1]) if name else None
        if not name or not kind or not stands_alone(text, low, end - len(name), end):
            continue
        value = OrganisationValue(name, None, kind, _listed(bracket[1]))
        yield Mention(end - len(name), end, name, "organisation", "spelt_out", _SCORE, value)


def _named(said: Sequence[str], letters: str) -> str | None:
    """Return the last of these words that have the letters for initials, but for of, and, the."""
    joints = words("spelt_out", "joints")
    wanted = letters.replace("-", "").upper()
    for first in range(len(said) - 2, -1, -1):
        name = said[first:]
        if name[0][0].isupper() and wanted in (
            _initials(name),
            _initials(word for word in name if word not in joints),
        ):
            return " ".join(name)
    return None


def _initials(name: Iterable[str]) -> str:
    return "".join(piece[0] for word in name for piece in word.split("-") if piece).upper()


def _kind(name: str, letters: str) -> str | None:
    """Return the kind of body that the list or a word of the name says, None if it is none."""
    known = known_spellings().get(letters)
    if isinstance(known, Known) and known.kind == "international":
        return known.kind
    said = name.split(" ")
    if said[0] in words("spelt_out", "no_names"):
        return None
    for number, word in enumerate(said):
        last = number + 1 == len(said) or said[number + 1] in words("spelt_out", "behind")
        if last and word in _heads():
            return _heads()[word]
        if word in words("spelt_out", "behind"):
            return None  # Carbon Footprint of Organization
    return None


def _listed(letters: str) -> tuple[str, ...]:
    known = known_spellings().get(letters)
    return known.bodies if isinstance(known, Known) and known.kind == "international" else ()


@cache
def _heads() -> dict[str, str]:
    listed: dict[str, str] = read_toml(GRAMMAR)["spelt_out"]["heads"]
    return {word: kind for kind, cell in listed.items() for word in cell.split()}
