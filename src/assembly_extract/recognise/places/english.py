"""Places in articles that are written in English: areas, countries and cities, venues.

The administrative areas are those of geothai by their official English names, also written in one
word (``Chonburi``); countries, cities and other spellings come from ``places_english.tsv``. Areas
and countries get their Thai names, so that an archive's Thai and English articles agree; what a
text says stands in the mentions.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract import areas
from assembly_extract.countries import country_name
from assembly_extract.matching import StringMatcher, alternatives
from assembly_extract.resources import read_toml, read_tsv
from assembly_extract.types.mention import Mention
from assembly_extract.types.places import PlaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = "places_english.toml"
SPELLINGS = "places_english.tsv"
SPELLING_COLUMNS = ("spelling", "kind", "code", "name")

_SURE, _LISTED, _BARE = 0.95, 0.9, 0.7
_SHOWN = 64  # characters before a name in which a word of place stands
_WORD = r"[A-Z][A-Za-z'’.&-]*[A-Za-z]|[A-Z]"
_NUMBER = r"(?: (?:[IVX]{1,4}|\d{1,3}))?(?![A-Za-z0-9])"
_WORD_BEFORE = re.compile(r"(?P<word>[A-Z][A-Za-z.-]*) \Z")
_SENTENCE_BEFORE = re.compile(r"(?:\A|[.!?”\"\n] ?)[A-Z][a-z]+ \Z")
_OF_BEFORE = re.compile(r"[A-Z][A-Za-z]+ (?P<of>of(?: the)?|for) \Z")
_INSIDE_BEFORE = re.compile(r"[A-Za-z0-9@#/_&]")
_GOES_ON = re.compile(r"[A-Za-z0-9@$]| [A-Z]|-[A-Z][a-z]+ [A-Z]| \d")
_LETTERS = re.compile(r"[^a-z]")


class _Known(NamedTuple):
    kind: str
    name: str
    codes: tuple[str, ...] = ()
    iso: str | None = None


def english_places(text: str) -> Iterator[Mention]:
    """Yield the places that an English text names; a venue may hold an area's name."""
    taken: list[tuple[int, int]] = []
    for found in (*_venues(text), *_unheaded(text), *_districts(text), *_names(text)):
        if not any(start <= found.start < end for start, end in taken):
            taken.append((found.start, found.end))
            yield found


def _names(text: str) -> Iterator[Mention]:
    """Yield provinces, countries, cities abroad and regions."""
    suffix = _suffix("province")
    for start, end, known in _known_names().longest(text):
        if start and _INSIDE_BEFORE.match(text, start - 1):
            continue
        written = suffix.match(text, end) if known.kind == "province" else None
        if written is None and (_GOES_ON.match(text, end) or _no_place().match(text, end)):
            continue
        before = text[max(0, start - _SHOWN) : start]
        if written is None and not _stands_alone(before, text[start:end], known):
            continue
        value = PlaceValue(known.kind, known.name, known.codes, iso=known.iso)
        score = _LISTED if written is not None or known.kind == "country" else _BARE
        rule = "province prefix" if written is not None else f"english {known.kind}"
        reached = written.end() if written is not None else end
        yield Mention(start, reached, text[start:reached], "place", rule, score, value)


def _stands_alone(before: str, name: str, known: _Known) -> bool:
    """Say whether a name is no part of a longer one: Bank of Thailand, Greater Sukhothai Co."""
    if known.kind == "province" and name in _words("areas", "wary"):
        return before.rstrip(" ").endswith(tuple(f" {cue}" for cue in _words("areas", "cues")))
    of = _OF_BEFORE.search(before)
    if of is not None:
        return False
    word = _WORD_BEFORE.search(before)
    if word is None or word["word"] in _words("areas", "before"):
        return True
    return word["word"].endswith("ing") and _SENTENCE_BEFORE.search(before) is not None


def _districts(text: str) -> Iterator[Mention]:
    """Yield districts and subdistricts, which are written with the word for it."""
    for found in _district().finditer(text):
        start, name = found.start(), found["name"]
        while (first := name.partition(" "))[0] in _words("venues", "leading") and first[2]:
            start, name = start + len(first[0]) + 1, first[2]
        if not _words("areas", "no_districts").isdisjoint(name.split(" ")):
            continue  # a highway district
        kind = "district" if found["kind"] in _words("areas", "district") else "subdistrict"
        codes = _area_codes().get((kind, _plain(name)), ())
        if kind == "district" and name in _words("areas", "capital"):
            codes = _capitals()
        area = areas.area(codes[0]) if len(codes) == 1 else None
        value = PlaceValue(kind, area.name if area else name, codes)
        surface = text[start : found.end()]
        yield Mention(start, found.end(), surface, "place", f"{kind} prefix", _LISTED, value)


def _venues(text: str) -> Iterator[Mention]:
    """Yield venues by their last or first word, and what follows in the address of one."""
    reached, address = 0, False
    for found in _venue().finditer(text):
        start, end = found.start(), found.end()
        while (word := text[start:end].split(" ", 1))[0] in _words("venues", "leading"):
            if len(word) == 1:
                break
            start += len(word[0]) + 1
        if start < reached or _continues(text, end) or not _is_named(text[start:end]):
            continue
        feature = found["feature"] is not None
        behind = _at().search(text, max(0, start - _SHOWN), start)
        located = behind is not None and behind["at"] not in _words("venues", "beside")
        chained = bool(reached) and text[reached:start] in _words("venues", "joints")
        if not (
            behind or chained or feature or found["anywhere"] or found["known"] or found["temple"]
        ):
            continue
        if text.endswith(tuple(_words("venues", "never")), start, end):
            continue
        if text[start:end] in _known_names().table:
            continue  # Solomon Islands
        address = located or (chained and address)
        kind = "other" if feature else "venue"
        value = PlaceValue(kind, text[start:end], located=address)
        score = _SURE if address else _BARE
        reached = end
        yield Mention(start, end, text[start:end], "place", "english venue", score, value)


def _unheaded(text: str) -> Iterator[Mention]:
    """Yield what stands behind an hour and at, up to a comma: at 1240hrs, at The Blue Lotus, ….

    A gathering may stand there as well: at the Climate Summit.
    """
    for found in _behind_hour().finditer(text):
        name = found["name"]
        if name in _known_names().table or not _words("venues", "gatherings").isdisjoint(
            name.split(" ")
        ):
            continue
        value = PlaceValue("venue", name, located=True)
        start, end = found.span("name")
        yield Mention(start, end, name, "place", "english name behind an hour", _BARE, value)


def _is_named(surface: str) -> bool:
    """Say whether a name is more than its last word, or known as it is: House says nothing."""
    return " " in surface or surface in _words("venues", "known")


def _continues(text: str, end: int) -> bool:
    """Say whether a name goes on behind its last word: Airport Rail Link; a city may follow."""
    if not _GOES_ON.match(text, end):
        return text.startswith((" of ", "’s ", "'s "), end)
    following = _known_names().longest(text[end + 1 : end + 1 + _SHOWN])
    return not (text.startswith(" ", end) and following and following[0].start == 0)


def _plain(name: str) -> str:
    """Return a name by which spellings of one area are equal: Muang Chon Buri, Mueang Chonburi.

    >>> _plain("Muang Chon Buri") == _plain("Mueang Chonburi")
    True
    """
    for word in _words("areas", "capital"):
        if name.startswith(f"{word} "):
            name = read_toml(ENGLISH)["areas"]["official_capital"] + name.removeprefix(word)
    return _LETTERS.sub("", name.lower())


@cache
def _known_names() -> StringMatcher[_Known]:
    table: dict[str, _Known] = {}
    for row in read_tsv(SPELLINGS, SPELLING_COLUMNS, key=("spelling",)):
        kind, code = row["kind"], row["code"]
        if kind == "province":
            table[row["spelling"]] = _province(code)
        elif kind == "region":
            table[row["spelling"]] = _Known(kind, row["name"])
        else:
            name = (country_name(code) if kind == "country" else None) or row["spelling"]
            table[row["spelling"]] = _Known(kind, name, iso=code)
    for area in areas.areas().values():
        if area.kind == "province" and area.name_en:
            first, *others = re.split(r"[ -]", area.name_en)
            joined = first + "".join(others).lower()
            for spelling in (area.name_en, joined):
                table.setdefault(spelling, _province(area.dopa))
    return StringMatcher(table)


def _province(code: str) -> _Known:
    area = areas.areas()[code]
    return _Known("province", area.name, (area.dopa,))


@cache
def _area_codes() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the codes of districts and subdistricts by kind and plain English name."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for area in areas.areas().values():
        if area.kind != "province" and area.name_en:
            key = (area.kind, _plain(area.name_en))
            found[key] = (*found.get(key, ()), area.dopa)
    return found


@cache
def _capitals() -> tuple[str, ...]:
    return tuple(area.dopa for area in areas.areas().values() if area.capital)


@cache
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(read_toml(ENGLISH)[table][key])


@cache
def _suffix(level: str) -> re.Pattern[str]:
    return re.compile(rf" {alternatives(_words('areas', level))}(?![A-Za-z])")


@cache
def _no_place() -> re.Pattern[str]:
    """Match what makes a country's name one of money: US dollars."""
    return re.compile(rf" {alternatives(_words('areas', 'money'))}(?![A-Za-z])")


@cache
def _district() -> re.Pattern[str]:
    kinds = alternatives((*_words("areas", "district"), *_words("areas", "subdistrict")))
    word = r"[A-Z][a-z]+(?:-[A-Za-z]+)?"
    return re.compile(
        rf"(?<![A-Za-z.-])(?P<name>{word}(?: {word}){{0,4}}) (?P<kind>{kinds})(?![A-Za-z])"
    )


@cache
def _venue() -> re.Pattern[str]:
    """Match a venue's name: up to the last word that ends one, with of, or as it is known."""
    lists = {key: alternatives(_words("venues", key)) for key in read_toml(ENGLISH)["venues"]}
    words = rf"(?:(?:{_WORD}|\d{{1,3}}(?:st|nd|rd|th)?) ){{0,7}}"
    return re.compile(
        rf"(?<![A-Za-z’'.-])(?:{words}"
        rf"(?:(?P<anywhere>{lists['anywhere']})|(?P<feature>{lists['features']})"
        rf"|{lists['behind_at']}){_NUMBER}"
        rf"|(?P<temple>{lists['temples']})(?: [A-Z][a-z]+(?:-[A-Za-z]+)?){{1,5}}"
        rf"|{lists['of']} (?:of|for) (?:the )?(?:{_WORD})"
        rf"(?:,? (?!{lists['of']} )(?:and |of (?:the )?)?(?:{_WORD})){{0,5}}"
        rf"|(?P<known>{lists['known']})(?![A-Za-z]))"
    )


@cache
def _at() -> re.Pattern[str]:
    """Match a word of place, and a part of a venue, at the end of the searched text."""
    table = {key: alternatives(_words("venues", key)) for key in ("at", "parts", "part_joints")}
    part = rf"(?:[a-z]+ )?{table['parts']} {table['part_joints']} (?:the )?"
    return re.compile(
        rf"(?:^|[\s(])(?P<at>{table['at']}) (?:the |The )?(?:new )?(?:{part})?\Z|\b20\d\d, \Z"
    )


@cache
def _behind_hour() -> re.Pattern[str]:
    """Match an hour or a day, at, and a name in capitals that a comma or a bracket ends."""
    hours = alternatives(read_toml(ENGLISH)["event"]["hours"])
    word = rf"(?:{_WORD}|U\.S\.)"
    return re.compile(
        rf"(?:{hours}|\b20\d\d),? at (?:the |The )?"
        rf"(?P<name>{word}(?: (?:of (?:the )?)?(?:{word}|\d{{1,3}})){{0,7}})(?=,|\n| \()"
    )
