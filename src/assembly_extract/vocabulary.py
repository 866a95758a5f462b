"""The policy themes and the terms that tell them, loaded from ``data/themes/`` and checked.

One file per major topic of the Comparative Agendas Project (CAP). A file of the same form that a
user gives adds themes, or replaces those of the same id.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Any, NamedTuple

from assembly_extract.errors import DataFileError
from assembly_extract.matching import Match, Payload, StringMatcher, leftmost_longest
from assembly_extract.resources import (
    checked_nfc,
    data_file,
    parse_toml,
    read_rows,
    read_toml,
)
from assembly_extract.tokens import token_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_FILE_KEYS = {"cap", "topic", "source", "theme"}
_THEME_KEYS = {
    "id", "th", "en", "cap", "sdg", "terms", "weights", "supporting", "exclusions", "general",
    "process", "source", "positive", "negative",
}  # fmt: skip
_NEEDED = {"id", "th", "en", "terms"}

CAP_TOPICS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23)
"""The major topics of the CAP master codebook."""

SHORT = 5
"""Terms up to so many characters must start and end at a word's edge: longer ones hardly ever
occur inside another word, and the check costs a tokeniser call."""

LONGEST_PHRASE = 80
"""Characters of the longest term or exclusion."""

_LEADING_VOWELS = frozenset("เแโใไ")
_FOLLOWING_SIGNS = frozenset(
    chr(c) for c in (*range(0x0E30, 0x0E3B), 0x0E45, *range(0x0E47, 0x0E4F))
)
_LATIN = frozenset(ascii_letters + digits)
_BEFORE_LATIN = _LATIN | frozenset(".,")
_BINDING_BEFORE, _BINDING_AFTER = _LEADING_VOWELS | _BEFORE_LATIN, _FOLLOWING_SIGNS | _LATIN
_THAI_LETTERS = frozenset(chr(c) for c in range(0x0E01, 0x0E4F))


class Theme(NamedTuple):
    """One policy theme as its file has it.

    ``weights`` overrides the learnt weight (0..1) of single terms; ``exclusions`` are longer
    phrases in which the theme's terms mean something else. ``positive`` and ``negative`` are
    sentences in which the theme must and must not be found. ``process`` marks the themes of policy
    processes (an assembly, a charter), whose articles announce issues of other themes; ``general``
    a topic's broadest theme, which yields to a specific one. ``supporting`` are the terms that name
    bodies, which act in every field: alone they make no topic the first beside another one.
    """

    id: str
    th: str
    en: str
    cap: int | None
    sdg: tuple[int, ...]
    terms: tuple[str, ...]
    weights: tuple[tuple[str, float], ...] = ()
    exclusions: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    source: str = ""
    process: bool = False
    general: bool = False
    supporting: tuple[str, ...] = ()


class Term(NamedTuple):
    """A found term: ``text[start:end]`` tells ``theme`` with ``weight`` in 0..1."""

    start: int
    end: int
    theme: str
    weight: float


_Payload = tuple[tuple[tuple[str, float], ...], tuple[str, ...]]
"""What a string stands for: the themes it tells, with weights, and the themes it rules out."""


@dataclass(frozen=True)
class Vocabulary:
    """Themes by id, in the order of their files, and the automaton that finds their terms."""

    themes: Mapping[str, Theme]

    @cached_property
    def matcher(self) -> StringMatcher[_Payload]:
        """The automaton of all terms and exclusions, in all spellings."""
        learnt = term_weights()
        found: dict[str, tuple[list[tuple[str, float]], list[str]]] = {}
        for theme in self.themes.values():
            own = dict(theme.weights)
            for term in theme.terms:
                weight = own.get(term, learnt.get(term, UNSEEN_WEIGHT))
                for string in spellings(term):
                    found.setdefault(string, ([], []))[0].append((theme.id, weight))
            for phrase in theme.exclusions:
                found.setdefault(phrase, ([], []))[1].append(theme.id)
        return StringMatcher({s: (tuple(t), tuple(x)) for s, (t, x) in found.items()})

    def find(self, text: str) -> list[Term]:
        """Return the terms in ``text`` in order: the leftmost-longest, at word edges, not excluded.

        >>> [(t.theme, t.start, t.end) for t in default_vocabulary().find("จัดการขยะในตำบล")]
        [('waste', 0, 9)]
        """
        matches = [
            match
            for match in standing_alone(text, self.matcher.all(text))
            if match[1] - match[0] > SHORT or _holds(text, match[0], match[1])
        ]
        excluded = sorted((m for m in matches if m.payload[1]), key=_start)
        telling = [m for m in matches if m.payload[0]] if excluded else matches
        made = tuple.__new__  # as Term(), at half the cost
        return [
            made(Term, (match.start, match.end, theme, weight))
            for match in leftmost_longest(telling)
            for theme, weight in match.payload[0]
            if not (excluded and _excluded(match, theme, excluded))
        ]


def spellings(term: str) -> tuple[str, ...]:
    """Return the spellings of a term: English in lower case stands for headline case and plural.

    >>> spellings("solar power")
    ('solar power', 'Solar power', 'Solar Power', 'solar powers', 'Solar powers', 'Solar Powers')
    >>> spellings("EV"), spellings("ขยะ")
    (('EV',), ('ขยะ',))
    """
    if not term.isascii() or term != term.lower() or not term[0].isalpha():
        return (term,)
    plural = () if term.endswith("s") else (term + "s",)
    forms = (form for word in (term, *plural) for form in (word, word.capitalize(), word.title()))
    return tuple(dict.fromkeys(forms))


UNSEEN_WEIGHT = 0.6
"""The weight of a term that the sample never shows: between a common and a telling one."""


@cache
def term_weights() -> dict[str, float]:
    """Return how telling each term is, 0..1, as learnt from the sample."""
    rows = read_rows("themes/term_weights.tsv", ("term", "weight"), key=("term",))
    return {term: float(weight) for term, weight in rows}


@cache
def default_vocabulary() -> Vocabulary:
    """Return the package's themes."""
    return load_themes()


def load_themes(extra: str = "", name: str = "themes file") -> Vocabulary:
    """Return the package's themes, with those of the TOML text ``extra`` added or replacing them.

    ``name`` is what error messages call the extra text.

    Raises
    ------
    DataFileError
        A theme is incomplete, has an unknown key or code, or its id occurs twice in one file.

    """
    themes: dict[str, Theme] = {}
    for file in _theme_files():
        for theme in _themes(read_toml(file), f"data/{file}"):
            if theme.id in themes:
                raise DataFileError(f"data/{file}: theme {theme.id} is in another file too")
            themes[theme.id] = theme
    if extra:
        for theme in _themes(parse_toml(checked_nfc(extra, name), name), name):
            themes[theme.id] = theme
    return Vocabulary(themes)


def read_themes(text: str, name: str = "themes file") -> tuple[Theme, ...]:
    """Return the themes of one TOML text alone, checked.

    Raises
    ------
    DataFileError
        As :func:`load_themes`.

    """
    return tuple(_themes(parse_toml(checked_nfc(text, name), name), name))


def check_examples(themes: tuple[Theme, ...], vocabulary: Vocabulary) -> list[str]:
    """Return what is wrong with the themes' own examples: empty when all of them hold.

    A positive sentence must show one of the theme's terms, a negative one must show none.
    """
    faults: list[str] = []
    for theme in themes:
        for sentences, wanted, fault in (
            (theme.positive, True, "not found in its positive example"),
            (theme.negative, False, "found in its negative example"),
        ):
            faults.extend(
                f"{theme.id}: {fault}: {sentence}"
                for sentence in sentences
                if (theme.id in {term.theme for term in vocabulary.find(sentence)}) is not wanted
            )
    return faults


@cache
def topics() -> dict[int, tuple[str, str]]:
    """Return each major topic's name in Thai and English, by code."""
    tables = (read_toml(file) for file in _theme_files())
    return {table["cap"]: (table["topic"]["th"], table["topic"]["en"]) for table in tables}


def _theme_files() -> list[str]:
    """Return the topic files: those whose name begins with the topic's two digits."""
    names = sorted(entry.name for entry in data_file("themes").iterdir())
    return [f"themes/{name}" for name in names if name[:2].isdigit() and name.endswith(".toml")]


def _themes(table: dict[str, Any], name: str) -> Iterator[Theme]:
    _no_unknown(table, _FILE_KEYS, name)
    seen: set[str] = set()
    for row in table.get("theme", ()):
        where = f"{name}, theme {row.get('id', '?')}"
        _no_unknown(row, _THEME_KEYS, where)
        if missing := _NEEDED - row.keys():
            raise DataFileError(f"{where}: no {', '.join(sorted(missing))}")
        if row["id"] in seen:
            raise DataFileError(f"{where}: the id occurs twice")
        seen.add(row["id"])
        cap = row.get("cap", table.get("cap"))
        if cap is not None and cap not in CAP_TOPICS:
            raise DataFileError(f"{where}: cap {cap} is no major topic; use one of {CAP_TOPICS}")
        sdg = tuple(row.get("sdg", ()))
        if not all(goal in range(1, 18) for goal in sdg):
            raise DataFileError(f"{where}: sdg {sdg} must be numbers from 1 to 17")
        terms = tuple(row["terms"])
        if any(len(text) > LONGEST_PHRASE for text in (*terms, *row.get("exclusions", ()))):
            raise DataFileError(f"{where}: a term has more than {LONGEST_PHRASE} characters")
        if not terms or len(set(terms)) != len(terms):
            raise DataFileError(f"{where}: terms must be given, each once")
        weights = row.get("weights", {})
        for term, weight in weights.items():
            if term not in terms or not 0 <= weight <= 1:
                raise DataFileError(f"{where}: weight of {term!r} needs a term and 0..1")
        supporting = tuple(row.get("supporting", ()))
        if not set(supporting) < set(terms):
            raise DataFileError(f"{where}: supporting must be some of the terms, not all")
        yield Theme(
            row["id"],
            row["th"],
            row["en"],
            cap,
            sdg,
            terms,
            tuple(weights.items()),
            tuple(row.get("exclusions", ())),
            tuple(row.get("positive", ())),
            tuple(row.get("negative", ())),
            row.get("source", table.get("source", "")),
            bool(row.get("process", False)),
            bool(row.get("general", False)),
            tuple(form for term in supporting for form in spellings(term)),
        )


def _no_unknown(table: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := table.keys() - known:
        raise DataFileError(f"{where}: unknown key {', '.join(sorted(unknown))}")


def _excluded(match: Match[_Payload], theme: str, excluded: Sequence[Match[_Payload]]) -> bool:
    """Say whether a phrase around the match means something else than ``theme``.

    ``excluded`` is in order of place; only phrases that begin within :data:`LONGEST_PHRASE`
    characters before the match are looked at, so that a long text costs no more per match.
    """
    at = bisect_right(excluded, match.start, key=_start) - 1
    while at >= 0 and excluded[at].start >= match.end - LONGEST_PHRASE:
        phrase = excluded[at]
        if theme in phrase.payload[1] and match.end <= phrase.end:
            return True
        at -= 1
    return False


def _start(match: Match[_Payload]) -> int:
    return match.start


def _holds(text: str, start: int, end: int) -> bool:
    """Say whether the short term ``text[start:end]`` can be a word or words of its own.

    A Thai one must begin and end where the tokeniser cuts.
    """
    if text[start] not in _THAI_LETTERS:
        return True
    before = text[start - 1] if start else " "
    if before == ".":
        return False
    after = text[end] if end < len(text) else " "
    if before not in _THAI_LETTERS and after not in _THAI_LETTERS:
        return True
    edges = token_edges(text)
    return start in edges and end in edges


def standing_alone(text: str, matches: Iterable[Match[Payload]]) -> list[Match[Payload]]:
    """Return the matches to which no character of a neighbouring word binds, in their order.

    A Thai vowel or tone mark that belongs to a neighbour binds, and so does a Latin letter or a
    digit beside one of its own kind. It costs no tokeniser call, and lets through what only a
    dictionary can tell.
    """
    padded = text + " "  # also what stands before the first character: index -1
    return [
        match
        for match in matches
        if (padded[match[0] - 1] not in _BINDING_BEFORE and padded[match[1]] not in _BINDING_AFTER)
        or not _is_bound(padded, match[0], match[1])
    ]


def _is_bound(padded: str, start: int, end: int) -> bool:
    """Say whether the character before or the one after ``padded[start:end]`` binds to it."""
    before, after = padded[start - 1], padded[end]
    if before in _LEADING_VOWELS:
        if not padded[start].isascii():
            return True
    elif before in _BEFORE_LATIN and padded[start] in _LATIN:
        return True
    if after in _FOLLOWING_SIGNS:
        return not padded[end - 1].isascii()
    return after in _LATIN and padded[end - 1] in _LATIN
