"""The word lists of names and posts, read once: titles, heads of posts, words that end either."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.areas import district_names, province_names, subdistrict_names
from assembly_extract.countries import countries, home_name
from assembly_extract.matching import StringMatcher, WordsAt, alternatives
from assembly_extract.resources import installed_words, read_rows, read_toml, read_tsv
from assembly_extract.thai_calendar import arabic_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE_COLUMNS = ("title", "kind", "use", "source")
POST_COLUMNS = ("head", "takes", "group")
ROYAL_COLUMNS = ("key", "form", "name", "prefix")

OFFICES = frozenset({"any", "some", "none"})
"""The values of ``takes`` whose heads name an office, not a calling."""

_RANKS = frozenset({"army", "navy", "air force", "police"})
_OPENING = 12  # characters of a royal style that are looked for: enough to tell it from most words
_COMMON = 4
"""Letters that many royal styles begin with; no space is among them."""

_SURE_CALLING = 10
"""No surname ends in a calling of this length or more: แสนจุ้ม|นักประชาสัมพันธ์."""

_SURE_VERB = 4
"""A verb of this length or more ends a name it is glued to wherever it stands in the chunk."""


class Title(NamedTuple):
    """A title's kind and how it may be used (columns of ``titles.tsv``).

    ``use``: ``strong`` a name follows; ``weak`` a name may follow; ``stack`` only beside another
    title; ``post`` a post that news sets before a name.
    """

    kind: str
    use: str


@cache
def titles() -> StringMatcher[Title]:
    """Return every title in every spelling: as listed, without its last dot, dots with spaces.

    Ranks are also matched without dots (พลตอ), but as weak titles: only before a known name.
    """
    table: dict[str, Title] = {}
    variants: dict[str, Title] = {}
    for surface, kind, use, _ in _title_rows():
        table[surface] = title = Title(kind, use)
        if surface.count(".") > 1 and surface.endswith("."):
            variants[surface[:-1]] = title
            variants[surface[:-1].replace(".", ". ") + "."] = title
            bare = surface.replace(".", "")
            if title.kind in _RANKS and len(bare) > 2:
                variants[bare] = Title(title.kind, "weak")
    return StringMatcher({**variants, **table})


@cache
def strong_titles() -> WordsAt:
    """Return the titles that a name follows, to be looked for at one place of a text."""
    return WordsAt(word for word, title in titles().table.items() if title.use == "strong")


@cache
def thai_titles() -> WordsAt:
    """Return all titles but foreign ones, to be looked for at one place of a text."""
    return WordsAt(word for word, title in titles().table.items() if title.kind != "foreign")


@cache
def title_words() -> frozenset[str]:
    """Return the titles as listed."""
    return frozenset(title for title, *_ in _title_rows())


@cache
def _title_rows() -> list[list[str]]:
    return read_rows("titles.tsv", TITLE_COLUMNS, key=("title",))


@cache
def person_words(name: str) -> frozenset[str]:
    """Return one list of ``person_words.toml``."""
    return frozenset(read_toml("person_words.toml")[name])


@cache
def post_words(name: str) -> frozenset[str]:
    """Return one list of ``posts.toml``."""
    return frozenset(read_toml("posts.toml")[name])


@cache
def person_tuple(name: str) -> tuple[str, ...]:
    """Return one list of ``person_words.toml`` for ``str.startswith`` and ``str.endswith``."""
    return tuple(sorted(person_words(name)))


@cache
def post_tuple(name: str) -> tuple[str, ...]:
    """Return one list of ``posts.toml``, the longest first, for ``str.startswith`` and its kin."""
    return tuple(sorted(post_words(name), key=lambda word: (-len(word), word)))


@cache
def area_names() -> frozenset[str]:
    """Return the names of provinces, districts and subdistricts, without prefix words."""
    return frozenset({*province_names(), *district_names(), *subdistrict_names()})


@cache
def no_names_after_posts() -> frozenset[str]:
    """Return the given names that behind a post are a field or a province: รมว.ยุติธรรม."""
    return frozenset(person_words("fields_of_posts")) | frozenset(province_names())


@cache
def starts(name: str) -> WordsAt:
    """Return one list of ``posts.toml``, to be looked for at one place of a text."""
    return WordsAt(post_words(name))


@cache
def any_of(name: str, *, posts: bool = False) -> str:
    """Return a regex for any word of a list, the longest first."""
    return alternatives(post_words(name) if posts else person_words(name))


@cache
def not_titles() -> StringMatcher[None]:
    """Return the words that begin like a title and are none."""
    return StringMatcher(dict.fromkeys(person_words("not_titles")))


@cache
def no_titles() -> WordsAt:
    """Return the same words, to be looked for at one place of a text."""
    return WordsAt(person_words("not_titles"))


@cache
def areas_with_titles() -> StringMatcher[int]:
    """Return the areas with a civil title inside their name, with its place: เดิมบางนางบวช."""
    names = (*district_names(), *subdistrict_names())
    found: dict[str, int] = {}
    for title in sorted(title_words() & person_words("titles_in_areas")):
        for name in names:
            at = name.find(title, 1)
            if at > 0:
                found[name] = min(at, found.get(name, at))
    return StringMatcher(found)


@cache
def heads() -> StringMatcher[str]:
    """Return the heads of posts with what they take (column ``takes`` of ``posts.tsv``)."""
    return StringMatcher(dict(head_table()))


@cache
def head_table() -> dict[str, str]:
    """Return ``posts.tsv`` as head -> takes.

    ``any`` a post wherever it stands, and it may have a complement; ``some`` likewise, but only
    beside a name, because the word is common (หัวหน้า, เจ้าของ); ``none`` complete by itself;
    ``near`` only beside a name; ``office`` only after a name and before จังหวัด or อำเภอ.
    """
    return {head: takes for head, takes, _ in _post_rows()}


@cache
def _post_rows() -> list[list[str]]:
    return read_rows("posts.tsv", POST_COLUMNS, key=("head",))


def opening_end(text: str, at: int = 0) -> int:
    """Return where what begins a post at ``at`` ends, 0 if nothing does.

    That are modifiers and a head (รองผู้อำนวยการ), or an office and its area (นายกเทศมนตรีตำบล).
    """
    posts, offices = _openings()
    modified = starts("modifiers").ends(text, at)
    for end in modified:
        for place in _heads_after(text, end):
            if head := posts.end(text, place):
                return head
    if head := posts.end(text, at):
        return head
    for place in (*modified, at):
        for office in offices.ends(text, place):
            if area := starts("office_areas").end(text, office):
                return area
    return 0


def _heads_after(text: str, end: int) -> Iterator[int]:
    """Yield where a head may begin after a modifier: behind a second one, or at once."""
    for place in (end + 1, end) if text.startswith(" ", end) else (end,):
        yield from starts("modifiers").ends(text, place)
        yield place


@cache
def _openings() -> tuple[WordsAt, WordsAt]:
    """Return the heads of posts, and those of offices that need an area."""
    takes = head_table()
    offices = {head for head in takes if takes[head] == "office"}
    return WordsAt(takes.keys() - offices), WordsAt(offices)


@cache
def callings() -> frozenset[str]:
    """Return the heads that are callings rather than offices: staff and people of public life."""
    return frozenset(head for head, _, group in _post_rows() if group in ("staff", "public"))


@cache
def glued_ends() -> WordsAt:
    """Return what ends a name also where it is glued to it: verbs, heads of posts, titles."""
    words = set(person_words("after_glued"))
    words.update(
        head
        for head, takes in head_table().items()
        if (takes in OFFICES and (len(head) > _SURE_VERB or "." in head))
        or (takes == "near" and len(head) >= _SURE_CALLING)
    )
    return WordsAt(words)


@cache
def post_stops() -> tuple[StringMatcher[bool], int]:
    """Return what ends a post, and how many characters the longest of it has.

    Words that do not end it though a stop stands in them are there with ``True``.
    """
    stops = dict.fromkeys(post_words("stops"), False) | dict.fromkeys(post_words("no_stops"), True)
    return StringMatcher(stops), max(map(len, stops))


@cache
def province_ends() -> StringMatcher[None]:
    """Return ``จังหวัด`` with each province: where that is named, a post is complete."""
    return StringMatcher({f"จังหวัด{name}": None for name in province_names()})


def country_end(text: str, at: int) -> int | None:
    """Return where a country after a post ends: นายกรัฐมนตรี(แห่งราชอาณาจักร)กัมพูชา, นายกฯ สปป.ลาว."""
    names, reach = _country_names()
    if not names.all(text[at : at + reach]):
        return None  # nearly always: the pattern is not even compiled
    country = _country().match(text, at)
    apart = country is not None and country[0][0] == " "
    if country is None or (apart and country[0].endswith(home_name())):
        return None  # นายกรัฐมนตรี ไทยพร้อม…: home begins a clause
    return country.end()


@cache
def _country_names() -> tuple[StringMatcher[None], int]:
    """Return the countries, and within how many characters of a post one can end."""
    names = _countries()
    longest = [
        max(map(len, words)) for words in (names, post_words("states"), post_words("of_states"))
    ]
    return StringMatcher(dict.fromkeys(names)), sum(longest) + len("  ")


@cache
def _countries() -> frozenset[str]:
    """Return all spellings of all countries: after a post a common word is one, too (ชาด)."""
    return frozenset(row.spelling for row in countries())


@cache
def _country() -> re.Pattern[str]:
    names, states = alternatives(_countries()), alternatives(post_words("states"))
    joints = alternatives(post_words("of_states"))
    return re.compile(f" ?(?:{joints})? ?(?:{states})?(?:{names})(?![ะ-ฺๅ็-๎])")


@cache
def provinces() -> frozenset[str]:
    """Return the provinces' names without a prefix word."""
    return frozenset(province_names())


@cache
def given_names() -> frozenset[str]:
    """Return the first names of pythainlp's lists (CC BY-SA, read where they are installed)."""
    return _words("person_names_male_th.txt") | _words("person_names_female_th.txt")


@cache
def family_names() -> frozenset[str]:
    """Return the surnames of pythainlp's list (CC BY-SA, read where it is installed)."""
    return _words("family_names_th.txt")


def _words(name: str) -> frozenset[str]:
    words = installed_words("pythainlp", f"corpus/{name}")
    return frozenset(word for word in words if len(word) > 1)


@cache
def royal_openings() -> StringMatcher[None]:
    """Return how the royal styles begin, each up to its first blank: where to try their pattern."""
    return StringMatcher(
        dict.fromkeys(row["form"].split(" ")[0][:_OPENING] for row in _royal_rows())
    )


@cache
def royals() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    """Return a pattern for every royal style, and the rows by their form without white space.

    The titles of the highest clergy (สมเด็จพระธีรญาณมุนี) are styles of the same kind.
    """
    rows = _royal_rows()
    by_form = {squeeze(row["form"]): row for row in rows}
    beginnings: dict[str, list[str]] = {}  # the regex tries a group's forms only behind these
    for form in sorted((row["form"] for row in rows), key=lambda form: (-len(form), form)):
        beginnings.setdefault(form[:_COMMON], []).append(form[_COMMON:])
    parts = (
        f"{re.escape(beginning)}(?:{'|'.join(map(re.escape, rests))})"
        for beginning, rests in beginnings.items()
    )
    return re.compile("|".join(parts).replace(r"\ ", r"[ \u00a0]{0,3}")), by_form


@cache
def _royal_rows() -> tuple[dict[str, str], ...]:
    rows = [
        {**row, "rule": f"royal:{row['key']}"}
        for row in read_tsv("person_royals.tsv", ROYAL_COLUMNS, key=("form",))
    ]
    for style in sorted(person_words("monk_styles")):
        form = f"สมเด็จพระ{style}"
        rows.append({"rule": f"clergy:{style}", "form": form, "name": form, "prefix": ""})
    return tuple(rows)


def squeeze(text: str) -> str:
    """Return ``text`` without white space and Thai digits as ASCII: the key of a royal style."""
    return arabic_digits(re.sub(r"\s", "", text))
