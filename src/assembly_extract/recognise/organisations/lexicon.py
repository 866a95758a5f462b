"""The list of bodies and the head words of names, as one automaton over their spellings."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from typing import TYPE_CHECKING, Literal, NamedTuple

from assembly_extract.matching import StringMatcher, WordsAt, alternatives
from assembly_extract.public_bodies import public_bodies
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GRAMMAR = "organisation_grammar.toml"
_MINISTRY = "กระทรวง"
_OFFICE = "สำนักงานปลัด"
_BEGINNING = 6  # code points by which names are looked up; none in the list is shorter
_LONGEST = 120  # code points of the longest name in the list, with room for spaces
_SHORTEST_REST = 4  # มหาวิทยาลัยX cut to ม.X must leave a name
_DOTTED = re.compile(r"(?:[ก-ฮ][ก-๙]{0,3}\.){2,}")


class Known(NamedTuple):
    """What a spelling of the list stands for.

    ``bodies`` are full names, ``kind`` is theirs. ``sure`` is false for abbreviations that are also
    something else (กม. is a kilometre) or another body's: they need context.
    """

    bodies: tuple[str, ...]
    kind: str
    form: Literal["name", "abbreviation", "hidden"]
    sure: bool


class Head(NamedTuple):
    """A word that names begin with. ``strength`` is the section of the grammar file it is in."""

    word: str
    kind: str
    strength: Literal["strong", "weak", "post", "unit", "local"]


@cache
def matcher() -> StringMatcher[Known | Head]:
    """Return the automaton of every spelling of a known body and every head word."""
    table: dict[str, Known | Head] = {head.word: head for head in heads()}
    table.update(known_spellings())
    return StringMatcher(table)


@cache
def heads() -> tuple[Head, ...]:
    """Return the head words of names."""
    grammar = read_toml(GRAMMAR)
    found = [
        Head(word, kind, strength)
        for strength in ("strong", "weak", "post", "unit")
        for kind, words in grammar["heads"][strength].items()
        for word in words.split()
    ]
    found += [
        Head(word, kind, "local")
        for kind, words in grammar["local"]["heads"].items()
        for word in words.split()
    ]
    return tuple(found)


@cache
def head_words() -> WordsAt:
    """Return every head word: what begins with one is a body's name, not a word."""
    return WordsAt({head.word for head in heads()} | words("short", "heads"))


@cache
def known_spellings() -> dict[str, Known]:
    """Return every spelling of every body of the list: names, aliases, abbreviations.

    An abbreviation that two bodies share keeps both; it is sure, as some body's, if both are.
    """
    table: dict[str, Known] = {}
    headed: dict[str, tuple[str, str]] = {}
    heads, slips = word_tuple("short", "said_heads"), read_toml(GRAMMAR)["short"]["misspelt"]
    for name, kind, abbreviations, ambiguous, aliases, _ in public_bodies():
        listed = Known((name,), kind, "name", True)
        for spelling in _with_slips((name, *_cells(aliases)), slips):
            table[spelling] = listed
            for short in _with_short_head(spelling):
                table.setdefault(short, listed)
        for sure, cell in ((True, abbreviations), (False, ambiguous)):
            for abbreviation in _cells(cell):
                if name.startswith(heads):
                    headed.update(dict.fromkeys(_with_head(name, abbreviation), (name, kind)))
                for spelling in abbreviation_spellings(abbreviation):
                    other = table.get(spelling)
                    if other is None:
                        table[spelling] = Known((name,), kind, "abbreviation", sure)
                    elif name not in other.bodies:
                        bodies = (*other.bodies, name)
                        both = sure and other.sure
                        table[spelling] = Known(bodies, other.kind, "abbreviation", both)
        if kind == "ministry" and name.startswith(_MINISTRY):
            for ministry in (name, *_cells(aliases)):
                office = Known((_OFFICE + name,), "office", "name", sure=True)
                table.setdefault(_OFFICE + ministry, office)
            for spelling in _after_minister(name, _cells(aliases)):
                table.setdefault(spelling, Known((name,), kind, "hidden", sure=True))
    for said, (name, kind) in headed.items():
        table.setdefault(said, Known((name,), kind, "name", sure=True))
    return table


@cache
def letter_names() -> re.Pattern[str]:
    """Match an abbreviation spelt with the Thai names of Latin letters: เอฟเอโอ."""
    return re.compile(f"{alternatives(words('definitions', 'letter_names'))}{{2,6}}")


def is_latin(short: str) -> bool:
    """Say whether an abbreviation is of Latin letters, as such or by their Thai names."""
    return short[0].isascii() or letter_names().fullmatch(short) is not None


@cache
def latin_abbreviations() -> dict[str, frozenset[str]]:
    """Return the bodies of each abbreviation in Latin letters or their Thai names."""
    return {
        spelling: frozenset(known.bodies)
        for spelling, known in known_spellings().items()
        if known.form == "abbreviation" and is_latin(spelling)
    }


@cache
def latin_abbreviated() -> frozenset[str]:
    """Return the bodies that have an abbreviation in Latin letters, not only by their names."""
    found = latin_abbreviations().items()
    return frozenset().union(*(bodies for short, bodies in found if short.isascii()))


def _with_head(name: str, abbreviation: str) -> Iterator[str]:
    """Yield an abbreviation behind the head word of its body: สำนักงาน ปปง., กองทุน กยศ."""
    for head in words("short", "said_heads"):
        if name.startswith(head) and not abbreviation.startswith(head):
            for spelling in abbreviation_spellings(abbreviation):
                yield f"{head} {spelling}"
                yield head + spelling


def _with_slips(spellings: Sequence[str], slips: Mapping[str, str]) -> list[str]:
    """Return spellings, and those that a common slip of the pen makes of them (ราชภัฎ)."""
    slipped = [
        spelling.replace(right, wrong)
        for right, wrong in slips.items()
        for spelling in spellings
        if right in spelling
    ]
    return [*spellings, *slipped]


@cache
def _short_heads() -> tuple[str, ...]:
    return tuple(read_toml(GRAMMAR)["short"]["short_heads"])


def _with_short_head(name: str) -> Iterator[str]:
    """Yield a name with its head abbreviated as newspapers do: ม.บูรพา, ก.คลัง, ธ.ออมสิน."""
    if not name.startswith(_short_heads()):
        return
    for head, short in read_toml(GRAMMAR)["short"]["short_heads"].items():
        rest = name.removeprefix(head)
        if rest != name and len(rest) >= _SHORTEST_REST and not rest[0].isspace():
            for said in (rest, rest.removeprefix("การ")):  # ก.คลัง
                yield short + said
                yield f"{short} {said}"


def _after_minister(name: str, aliases: list[str]) -> Iterator[str]:
    """Yield what stands for a ministry after its minister: รมว.เกษตร, รมว. เกษตรและสหกรณ์."""
    shorts = [s[len(_MINISTRY) :].strip() for s in (name, *aliases) if s.startswith(_MINISTRY)]
    shorts += [s.removeprefix("การ") for s in shorts if s.startswith("การ")]  # รมว.คลัง
    for minister, space, short in product(words("short", "ministers"), ("", " "), shorts):
        if not short.isascii() and not short.endswith("."):
            yield minister + space + short


def _cells(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()] if cell else []


def torn_name(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Return a listed body whose name begins at ``start`` and has stray spaces, and its end.

    ``end`` is where the first piece ends, at a space: กรมการขนส่ง ทางบก. Line ends tear no names.
    """
    if text[end : end + 1] != " ":
        return None
    beginning = text[start : start + 2 * _BEGINNING].replace(" ", "")[:_BEGINNING]
    listed = _squashed_names().get(beginning)
    if listed is None:
        return None
    letters = text[start : start + _LONGEST].replace(" ", "")
    for squashed, name in listed:
        if len(squashed) > end - start and letters.startswith(squashed):
            places = (at for at in range(start, len(text)) if text[at] != " ")
            return name, next(islice(places, len(squashed) - 1, None)) + 1
    return None


@cache
def _squashed_names() -> dict[str, list[tuple[str, str]]]:
    """Return the names without spaces, with the names, the longest first, by their beginnings."""
    names = {body.name.replace(" ", ""): body.name for body in public_bodies()}
    by_beginning: dict[str, list[tuple[str, str]]] = {}
    for squashed in sorted(names, key=lambda name: (-len(name), name)):
        by_beginning.setdefault(squashed[:_BEGINNING], []).append((squashed, names[squashed]))
    return by_beginning


def abbreviation_spellings(abbreviation: str) -> Iterator[str]:
    """Yield how an abbreviation is written: its inner dots go missing or get a space.

    >>> sorted(abbreviation_spellings("ก.พ.ร."))
    ['ก. พ. ร.', 'ก.พ.ร', 'ก.พ.ร.', 'กพร.']
    """
    yield abbreviation
    if _DOTTED.fullmatch(abbreviation):
        parts = abbreviation[:-1].split(".")
        yield "".join(parts) + "."
        yield ".".join(parts)
        yield ". ".join(parts) + "."


@cache
def words(section: str, key: str) -> frozenset[str]:
    """Return a word list of the grammar file."""
    return frozenset(read_toml(GRAMMAR)[section][key].split())


@cache
def word_tuple(section: str, key: str) -> tuple[str, ...]:
    """Return a word list of the grammar file for ``str.startswith`` and ``str.endswith``."""
    return tuple(sorted(words(section, key)))


def ends_in(text: str, low: int, end: int, section: str, key: str) -> bool:
    """Say whether one of the words stands at the end of ``text[low:end]``, spaces aside."""
    return text[max(0, low) : end].rstrip().endswith(word_tuple(section, key))


@cache
def starting_with(section: str, key: str) -> WordsAt:
    """Return a word list of the grammar file, to be looked for at one place of a text."""
    return WordsAt(words(section, key))


@cache
def any_of(section: str, key: str) -> str:
    """Return a regex of a word list of the grammar file."""
    return alternatives(words(section, key))
