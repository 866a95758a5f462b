"""The lists that the tagger looks words up in, and the marks that a match leaves on tokens.

Lists of ours (titles, heads of bodies and places, months, weekdays, laws; and what the recognisers
know: bodies, posts, towns and sights) are package data. The name lists are under a share-alike
licence, so they are read from the installed pythainlp and never shipped; area names come from the
installed geothai.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from assembly_extract.areas import areas
from assembly_extract.public_bodies import public_bodies
from assembly_extract.resources import installed_words, read_rows, read_toml, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import ahocorasick

# A subdistrict's name of three characters or less is more often a common word.
_SHORTEST_SUBDISTRICT = 4
_POSTS = ("head", "takes", "group")
_TOWNS = ("iso", "name", "use")
_SIGHTS = ("name", "kind", "code", "venue", "use")
_REGIONS = ("id", "name", "spelling")


def _pythainlp_words(name: str) -> tuple[str, ...]:
    return installed_words("pythainlp", f"corpus/{name}")


def _bodies() -> Iterator[str]:
    for body in public_bodies():
        yield body.name
        for cell in filter(None, (body.abbreviations, body.ambiguous, body.aliases)):
            yield from cell.split(" | ")


def _spots() -> Iterator[str]:
    for row in read_tsv("places_regions.tsv", _REGIONS):
        yield row["spelling"]
    for name, columns in (("places_cities.tsv", _TOWNS), ("places_known.tsv", _SIGHTS)):
        yield from (row["name"] for row in read_tsv(name, columns) if row["use"] == "bare")


def _kinds() -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each list's kind and entries; the kinds are what the model was trained with."""
    own = read_toml("tagger/lists.toml")
    for kind, table in own["list"].items():
        yield kind, table["entries"]
    yield "body", _bodies()
    yield "post", (head for head, *_ in read_rows("posts.tsv", _POSTS))
    yield "spot", _spots()
    yield "fn", _pythainlp_words("person_names_female_th.txt")
    yield "fn", _pythainlp_words("person_names_male_th.txt")
    yield "ln", _pythainlp_words("family_names_th.txt")
    yield "ctry", _pythainlp_words("countries_th.txt")
    rows = [line.split(",") for line in _pythainlp_words("thailand_provinces_th.csv")]
    yield "prov", [row[0] for row in rows]
    yield "prova", [row[1] for row in rows if len(row) > 1]
    known: dict[str, list[str]] = {}
    for area in areas().values():
        known.setdefault(area.kind, []).append(area.name)
    yield "prov", known["province"]
    yield "dist", known["district"]
    yield "sub", [name for name in known["subdistrict"] if len(name) >= _SHORTEST_SUBDISTRICT]


def automaton() -> ahocorasick.Automaton:
    """Return the matcher of all entries; a hit's value is ``(length, kinds)``."""
    import ahocorasick  # noqa: PLC0415 - loaded when the first article needs it

    kinds_of: dict[str, tuple[str, ...]] = {}
    for kind, entries in _kinds():
        alone = (kind,)  # nearly every entry is in one list: no set for each
        for entry in map(str.strip, entries):
            if kinds_of.setdefault(entry, alone) is not alone:
                kinds_of[entry] = tuple(sorted({*kinds_of[entry], kind}))
    found = ahocorasick.Automaton()
    values: dict[
        tuple[int, tuple[str, ...]], tuple[int, tuple[str, ...]]
    ] = {}  # 32,560 entries share 471
    for entry, kinds in kinds_of.items():
        if len(entry) >= 2:
            value = (len(entry), kinds)
            found.add_word(entry, values.setdefault(value, value))
    found.make_automaton()
    return found


def marks(matcher: ahocorasick.Automaton, line: str, edges: list[int]) -> dict[int, set[str]]:
    """Return the marks of each token that a list's entry covers: ``{token: {"B:prov", ...}}``.

    ``edges`` are where the tokens of ``line`` begin, and its end. Of each kind the longest match
    from a token counts, unless it lies in an earlier match of that kind. A match of one token is
    marked ``S``, of several ``B``, ``I`` ..., ``E``.
    """
    token_at = dict(zip(edges, range(len(edges)), strict=True)).get
    matches: list[tuple[int, int, tuple[str, ...]]] = []
    for last, (length, kinds) in matcher.iter(line):
        end = token_at(last + 1)
        if end is not None:
            start = token_at(last + 1 - length)
            if start is not None:
                matches.append((start, -end, kinds))
    matches.sort()  # at one token the longest first
    found: defaultdict[int, set[str]] = defaultdict(set)
    reached: dict[str, int] = {}
    for start, negative, kinds in matches:
        end = -negative
        for kind in kinds:
            if reached.get(kind, 0) >= end:
                continue
            reached[kind] = end
            if end - start == 1:
                found[start].add("S:" + kind)
                continue
            found[start].add("B:" + kind)
            for inner in range(start + 1, end - 1):
                found[inner].add("I:" + kind)
            found[end - 1].add("E:" + kind)
    return found
