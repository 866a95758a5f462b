"""Bodies in articles that are written in English: listed names, letters, head words and tails."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import StringMatcher, alternatives
from assembly_extract.recognise.organisations.lexicon import Known, known_spellings
from assembly_extract.resources import read_toml, read_tsv
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = "english.toml"
BODIES = "organisations_english.tsv"
BODY_COLUMNS = ("name", "kind", "thai")

_LISTED, _LETTERS, _HEAD, _TAIL = 0.95, 0.9, 0.8, 0.7
_PLACE = 16  # so far before a name a word of place is looked for
_TITLED = 0.7  # of a line's longer words so many begin with a capital where it is a headline
_LONGER = 4
_SHORTEST = 2  # of letters
_WORD = r"[A-Z][A-Za-z]*(?:[&-][A-Za-z]+)*"
_INSIDE = re.compile(r"[A-Za-z0-9@#/_&-]")
_AFTER = re.compile(r"[A-Za-z0-9@_]|-[A-Za-z0-9]|\.[A-Za-z]")
_CAPITAL_BEFORE = re.compile(rf"(?<![A-Za-z])(?P<word>{_WORD}) \Z")
_LONGEST_WORD = 24
_BEFORE = 40  # so far before a name a word is looked for that it goes on from
_JOINED_BEFORE = re.compile(
    rf"{_WORD},? (?:and|of|for|on|&) (?:the )?\Z|{_WORD}, \Z|[–-] ?\Z|[’']s \Z"
)
_LINE_WORD = re.compile(r"[A-Za-z]+")
_FURTHER = re.compile(r" [A-Z]")  # Ministry of Finance| Announcement is the ministry's
_OWNS = ("’s ", "'s ")
_GOES_ON = re.compile(r"[A-Za-z0-9-]| [A-Z][a-z]| of (?:the )?[A-Z]|, [A-Z][a-z]+(?:, | and )[A-Z]")


def find_english(text: str) -> Iterator[Mention]:
    """Yield the bodies that an English text names; they may overlap.

    Listed names and letters anywhere, and in running text names that a head word begins (Ministry
    of Public Works) or that a word for a body ends (Thai Rice Exporters Association).
    """
    listed = list(_listed(text))
    yield from listed
    titled = _title_lines(text)
    ends = {mention.start: mention.end for mention in listed}
    headed = [m for m in _by_head(text) if not _FURTHER.match(text, ends.get(m.start, m.end))]
    for found in (*headed, *_by_tail(text)):
        if not any(start <= found.start < end for start, end in titled):
            yield found


def _listed(text: str) -> Iterator[Mention]:
    for match in _names().longest(text):
        start, end, known = match
        if start and _INSIDE.match(text, start - 1):
            continue
        if _AFTER.match(text, end) or _is_place(text, start):
            continue
        name = text[start:end]
        letters = known.form == "abbreviation"
        if not letters and " of " not in name and _is_longer(text, start):
            continue  # Lao National Assembly: another's
        abroad = None if letters else _abroad().search(text, max(0, start - _BEFORE), start)
        if abroad is not None:  # Malaysia’s Ministry of Finance
            start, name = abroad.start(), text[abroad.start() : end]
        value = OrganisationValue(
            name,
            name if letters else None,
            known.kind,
            () if abroad is not None else known.bodies,
            known.form,
        )
        rule, score = ("list:letters", _LETTERS) if letters else ("list:english", _LISTED)
        yield Mention(start, end, name, "organisation", rule, score, value)


def _is_longer(text: str, start: int) -> bool:
    """Say whether a word that belongs to the name stands before it."""
    before = _CAPITAL_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    return before is not None and before["word"] not in _words("leading")


def _is_place(text: str, start: int) -> bool:
    """Say whether the name is where something happens: at the Ministry of Finance."""
    before = text[max(0, start - _PLACE) : start].rstrip()
    return bool(_place_words().search(before))


def _by_head(text: str) -> Iterator[Mention]:
    for found in _heads().finditer(text):
        if _is_place(text, found.start()) or _GOES_ON.match(text, found.end()):
            continue
        if found["head"] in _words("owned") and text.endswith(_OWNS, 0, found.start()):
            continue  # King Mongkut’s University of Technology: a part of its name
        value = OrganisationValue(found[0], None, _head_kinds()[found["head"]])
        yield Mention(
            found.start(), found.end(), found[0], "organisation", "english:head", _HEAD, value
        )


def _by_tail(text: str) -> Iterator[Mention]:
    for found in _tails().finditer(text):
        words = found["words"].split()
        start = found.start()
        while words and words[0] in _words("leading"):
            start += len(words[0]) + 1
            del words[0]
        named = [word for word in words if word not in _words("generic")]
        if (
            not named
            or _words("leading").intersection(words)
            or _is_place(text, start)
            or _JOINED_BEFORE.search(text, max(0, start - _BEFORE), start)
        ):
            continue
        if _GOES_ON.match(text, found.end()):
            continue
        name = text[start : found.end()]
        value = OrganisationValue(name, None, _tail_kinds()[found["tail"]])
        yield Mention(start, found.end(), name, "organisation", "english:tail", _TAIL, value)


def _title_lines(text: str) -> list[tuple[int, int]]:
    """Return the lines that are written as titles are, in which capitals tell no names.

    Most of their longer words begin with a capital, and no full stop ends them.
    """
    lines, at = [], 0
    for line in text.split("\n"):
        words = [word for word in _LINE_WORD.findall(line) if len(word) >= _LONGER]
        capital = sum(word[0].isupper() for word in words)
        if words and capital > _TITLED * len(words) and not line.rstrip().endswith("."):
            lines.append((at, at + len(line)))
        at += len(line) + 1
    return lines


@cache
def _names() -> StringMatcher[Known]:
    """Return the listed English names, and the letters that stand for a listed body alone."""
    table = {
        spelling: known
        for spelling, known in known_spellings().items()
        if spelling.isascii() and spelling[0].isupper() and len(spelling) >= _SHORTEST
        if known.sure and len(known.bodies) == 1
    }
    for row in read_tsv(BODIES, BODY_COLUMNS, key=("name",)):
        bodies = (row["thai"],) if row["thai"] else (row["name"],)
        table[row["name"]] = Known(bodies, row["kind"], "name", sure=True)
    return StringMatcher(table)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(read_toml(ENGLISH)["organisations"]["words"][key])


@cache
def _head_kinds() -> dict[str, str]:
    listed: dict[str, list[str]] = read_toml(ENGLISH)["organisations"]["heads"]
    return {word: kind for kind, heads in listed.items() for word in heads}


@cache
def _tail_kinds() -> dict[str, str]:
    listed: dict[str, list[str]] = read_toml(ENGLISH)["organisations"]["tails"]
    return {word: kind for kind, tails in listed.items() for word in tails}


@cache
def _heads() -> re.Pattern[str]:
    """Match a head, of, and the words of a name; behind and or a comma only a field's."""
    subject, realm = alternatives(_words("subjects")), _realm()
    word = rf"(?!{alternatives(_head_kinds())}(?![a-z])){_WORD}"
    further = rf"(?:,? and(?: the)? {subject}|, {subject}(?=[ ,]))(?: {subject})*"
    return re.compile(
        rf"(?<![A-Za-z-])(?P<head>{alternatives(_head_kinds())}) of (?:the )?"
        rf"{_WORD}(?: {_WORD}){{0,4}}(?:{further})*"
        rf"(?: for (?:the )?{word}(?: and {word}| {word})*)?(?: of {realm})?"
    )


@cache
def _realm() -> str:
    """Return a regex for a country: Japan, the Kingdom of Thailand."""
    people = read_toml(ENGLISH)["people"]
    states, countries = alternatives(people["states"]), alternatives(people["countries"])
    return rf"(?:the )?(?:{states} )?{countries}(?![a-z])"


@cache
def _abroad() -> re.Pattern[str]:
    """Match another country that a body is said to be of, before its name: Malaysia’s."""
    countries = set(read_toml(ENGLISH)["people"]["countries"]) - _words("home")
    return re.compile(rf"(?<![A-Za-z]){alternatives(countries)}[’']s \Z")


@cache
def _tails() -> re.Pattern[str]:
    """Match capitalised words up to a word for a body, and what it is on or of."""
    joints = alternatives(_words("joints"))
    return re.compile(
        rf"(?<![A-Za-z’'-])(?P<words>(?:{_WORD} ){{1,6}})(?P<tail>{alternatives(_tail_kinds())})"
        rf"(?: (?:{joints}) (?:the )?{_WORD}(?: {_WORD}| and {_WORD}){{0,6}})?"
    )


@cache
def _place_words() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s){alternatives(_words('places'))}\Z")
