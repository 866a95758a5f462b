"""What the words around a body's name say of it: another country's, or another body's letters."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from assembly_extract.normalise.bodies import is_short, listed_key, names_by_key
from assembly_extract.normalise.names import name_key
from assembly_extract.resources import read_toml, read_tsv

if TYPE_CHECKING:
    from assembly_extract.models import Organisation, Record

COUNTRIES = ("iso", "name", "spelling", "use")
HOME = "TH"
OWN = "ไทย"
DEFINED_IN = 60
"""The name that an abbreviation in brackets stands for ends in so many characters before them."""
END = 16
COMMON = 5
"""So many letters in a row of the name's last are before the brackets, if it stands there."""
MUCH = 14
"""The same of the whole name: more than the words for a committee or an office."""


def country(record: Record, body: Organisation) -> str | None:
    """Return the country whose ministry (office, army) an article names, ``None`` for Thailand's.

    The country stands right behind the first mention: กระทรวงกลาโหมญี่ปุ่น, กองทัพบก แห่งสหรัฐฯ.
    """
    if body.kind not in _facts()["national"] or not body.mentions or body.name.endswith(OWN):
        return None
    found = _countries().match(record.text, body.mentions[0].end)
    return _names()[found["country"]] if found else None


def is_misread(record: Record, body: Organisation) -> bool:
    """Say whether an article gives an abbreviation in brackets to something else.

    The list has one body for คชก.; an article that writes ``ผลกระทบสิ่งแวดล้อม (คชก.)`` means another.
    Brackets behind something that is no body's name say who is in charge of it: ราคาก๊าซ (ปตท.).
    """
    if any(not is_short(mention.text) for mention in body.mentions):
        return False
    listed = names_by_key().get(listed_key(body.name))
    if listed is None:
        return False
    for mention in body.mentions:
        before = record.text[max(0, mention.start - DEFINED_IN) : mention.start].rstrip(" \u00a0")
        if before.endswith("("):
            names = body.kind == "committee" or any(head in before for head in _facts()["heads"])
            return names and not _alike(before, listed)
    return False


def _alike(before: str, name: str) -> bool:
    """Say whether the words before the brackets may be a form of the name: its end, or much."""
    words, whole = name_key(before.removesuffix("(")), name_key(name)
    if words.endswith(("ฯ", ".")):
        return True
    end = whole[-END:]
    return _share(words, end, COMMON) or _share(words, whole, MUCH)


def _share(words: str, name: str, size: int) -> bool:
    return any(name[at : at + size] in words for at in range(len(name) - size + 1))


@cache
def _countries() -> re.Pattern[str]:
    spellings = sorted(_names(), key=lambda spelling: (-len(spelling), spelling))
    links = "|".join(map(re.escape, _facts()["of_country"]))
    named = "|".join(map(re.escape, spellings))
    return re.compile(f"[ \u00a0]?(?:{links})?[ \u00a0]?(?P<country>{named})")


@cache
def _names() -> dict[str, str]:
    return {
        row["spelling"]: row["name"]
        for row in read_tsv("places_countries.tsv", COUNTRIES, key=("spelling",))
        if row["iso"] != HOME and row["use"] == "bare"
    }


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = read_toml("normalise.toml")["bodies"]
    return facts
