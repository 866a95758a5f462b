"""The list of known bodies, by every name and abbreviation that is one body's alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.areas import prefixed_province_names, province_names
from assembly_extract.linking.organisations.groups import name_key, short_key
from assembly_extract.normalise.facts import facts_of
from assembly_extract.public_bodies import Body, public_bodies
from assembly_extract.resources import read_rows
from assembly_extract.thai_calendar import THAI_DIGITS, arabic_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


LEAST_BEGUN = 8
"""The beginning of a listed name says which only if it has so many letters (กองทุนฟื้นฟูฯ)."""
LEAST_BASE = 4
"""The same of what follows a ministry's shortest head (ก.ต่างประเทศ)."""
CUT = "ฯ"
ENGLISH = ("name", "kind", "thai")
"""The columns of the list of English names."""

_SHORT = re.compile(r"(?:[ก-ฮ]{1,4}\.){1,5}|[ก-ฮ]{2,5}\.?|[A-Z][A-Za-z]{1,9}")


def is_short(name: str) -> bool:
    """Say whether a name is an abbreviation.

    >>> is_short("สช."), is_short("ศอ.บต."), is_short("WHO"), is_short("กรมอนามัย")
    (True, True, True, False)
    """
    return _SHORT.fullmatch(name) is not None


@cache
def body_key(name: str) -> str:
    """Return what a body's name is however its spaces, numbers and areas are written.

    >>> body_key("กองทัพภาคที่ ๔") == body_key("กองทัพภาค 4")
    True
    >>> body_key("สำนักงานแรงงานจ.ตาก") == body_key("สำนักงานแรงงานจังหวัดตาก")
    True
    """
    key = name_key(name)
    if any(digit in key for digit in THAI_DIGITS):
        key = arabic_digits(key)
    key = _numbered().sub(r"\1", key)
    key = _provincial_short().sub(f"{facts_of('written')['province']}\\g<name>", key)
    return _provincial_office().sub(f"\\g<head>{facts_of('written')['province']}\\g<name>", key)


@cache
def listed_key(name: str) -> str:
    """Return the key of the listed body that a name or abbreviation is of, else the name's own.

    >>> listed_key("กระทรวงดีอี") == listed_key("กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม")
    True
    >>> listed_key("Ministry of Commerce") == listed_key("กระทรวงพาณิชย์")
    True
    >>> listed_key("สำนักงานปลัดกระทรวง พม.") == listed_key("สำนักงานปลัดกระทรวงการพัฒนาสังคมฯ")
    True
    >>> listed_key("ธ.ออมสิน") == listed_key("ธนาคารออมสิน")
    True
    """
    key = body_key(name)
    if key in _one():
        return _one()[key]
    for attempt in (
        _by_name,
        _by_abbreviation,
        _office_of,
        _by_short_head,
        _by_minister,
        _begun,
        _within,
    ):
        listed = attempt(name.strip(), key)
        if listed:
            listed = body_key(listed)
            return _one().get(listed, listed)
    return key


@cache
def _one() -> dict[str, str]:
    """Return the keys of names that are another name's body."""
    return {body_key(name): body_key(other) for name, other in facts_of("written")["one"].items()}


def _by_name(name: str, key: str) -> str | None:
    del name
    return _listed().get(key)


def _by_abbreviation(name: str, key: str) -> str | None:
    del key
    return _abbreviations().get(short_key(name)) if len(name) <= _longest_short() else None


def _office_of(name: str, key: str) -> str | None:
    """Return the office whose name has the abbreviation of its committee: สำนักงาน ก.ค.ศ."""
    del key
    for office in facts_of("written")["office"]:
        if name.startswith(office):
            listed = _abbreviations().get(short_key(name.removeprefix(office)))
            if listed is None or listed.startswith(office):
                return listed
            return _listed().get(name_key(office + listed))  # the office is not the committee
    return None


def _by_short_head(name: str, key: str) -> str | None:
    """Return the body of a ministry's or bank's shortest name (ก.ต่างประเทศ, กระทรวง พม.)."""
    del key
    for short, head in facts_of("written")["short_heads"].items():
        rest = name.removeprefix(short).strip()
        if rest == name or len(rest) < LEAST_BASE - (short == head):
            continue
        if short == head:
            listed = _abbreviations().get(short_key(rest))
        else:
            listed = _listed().get(name_key(head + rest)) or _begun(head + rest, "")
        if listed and listed.startswith(head):
            return listed
    return None


def _by_minister(name: str, key: str) -> str | None:
    """Return the ministry that stands without its head behind a minister: กลาโหม, ต่างประเทศ."""
    del key
    rest = name.removesuffix(CUT)
    for head in facts_of("written")["ministries"]:
        listed = _listed().get(name_key(head + rest))
        if listed:
            return listed
    return None


def _begun(name: str, key: str) -> str | None:
    """Return the one listed body, no committee, whose name begins as one that is cut by ฯ."""
    del key
    if not name.endswith(CUT):
        return None
    begun = name_key(name)
    if len(begun) < LEAST_BEGUN or begun.startswith(tuple(facts_of("written")["committees"])):
        return None
    ordered, owners = _beginnings()
    at = bisect_left(ordered, begun)
    found = set()
    while at < len(ordered) and ordered[at].startswith(begun):
        found.add(facts_of("written")["one"].get(owners[ordered[at]], owners[ordered[at]]))
        at += 1
    return found.pop() if len(found) == 1 else None


def _within(name: str, key: str) -> str | None:
    """Return a name with the listed one of the body that is named in it.

    The permanent secretary's office of any spelling of a ministry; a branch of what an
    abbreviation stands for (กอ.รมน.ภาค 4); the office that a short head means in a province.
    """
    del key
    for carrier in facts_of("written")["carriers"]:
        rest = name.removeprefix(carrier).strip()
        if rest != name and rest.startswith(tuple(facts_of("written")["carried"])):
            listed = names_by_key().get(listed_key(rest))
            return carrier + listed if listed else None
    branch = _branch().match(name)
    if branch is None:
        return None
    head = branch["office"] or ""
    full = facts_of("written")["provincial_shorts"].get(branch["short"])
    if full and branch["province"]:
        return f"{full}{facts_of('written')['province']}{_province(branch['province'])}"
    listed = _abbreviations().get(short_key(branch["short"]))
    if listed is None or (head and not listed.startswith(head)):
        return None
    word, area = facts_of("written")["province"], branch["province"]
    return listed.removesuffix(word) + word + _province(area) if area else listed + branch["rest"]


def _province(name: str) -> str:
    return prefixed_province_names()[name].name


def is_anothers(short: str, name: str | None) -> bool:
    """Say whether the list gives an abbreviation to one body, and that is not ``name``.

    >>> is_anothers("สธ.", "กรมควบคุมโรค"), is_anothers("สธ.", "กระทรวงสาธารณสุข")
    (True, False)
    """
    return _abbreviations().get(short_key(short), name) != name


@cache
def rows_by_name() -> dict[str, Body]:
    """Return the rows of the list by the body's name."""
    return {row.name: row for row in public_bodies()}


@cache
def names_by_key() -> dict[str, str]:
    """Return the names of the list by their keys."""
    return {body_key(name): name for name in rows_by_name()}


@cache
def is_shared(short: str) -> bool:
    """Say whether the list gives an abbreviation to several bodies.

    >>> is_shared("สช."), is_shared("สปสช.")
    (True, False)
    """
    return short_key(short) in _shared()


@cache
def _shared() -> frozenset[str]:
    owners: dict[str, set[str]] = {}
    for name, row in rows_by_name().items():
        for column in (row.abbreviations, row.ambiguous):
            for short in column.split(" | "):
                owners.setdefault(short_key(short), set()).add(name)
    return frozenset(short for short, names in owners.items() if short and len(names) > 1)


@cache
def _listed() -> dict[str, str]:
    """Return the listed body of every name, alias and English name that belongs to one only."""
    owners: dict[str, set[str]] = {}
    for name, row in rows_by_name().items():
        for alias in row.aliases.split(" | "):
            if alias:
                owners.setdefault(body_key(alias), set()).add(name)
    found = {key: min(names) for key, names in owners.items() if len(names) == 1}
    rows = read_rows("organisations_english.tsv", ENGLISH, key=("name",))
    found |= {body_key(name): thai for name, _kind, thai in rows if thai}
    return found | names_by_key()


@cache
def _abbreviations() -> dict[str, str]:
    """Return the one body of every abbreviation that is nobody else's."""
    owners: dict[str, set[str]] = {}
    for name, row in rows_by_name().items():
        for column in (row.abbreviations, row.ambiguous):
            for short in column.split(" | "):
                if short:
                    owners.setdefault(short_key(short), set()).add(name)
    shared = {
        short_key(short)
        for row in rows_by_name().values()
        for short in row.ambiguous.split(" | ")
        if short
    }
    return {
        key: min(names) for key, names in owners.items() if len(names) == 1 and key not in shared
    }


@cache
def _longest_short() -> int:
    return max(
        len(short)
        for row in rows_by_name().values()
        for column in (row.abbreviations, row.ambiguous)
        for short in column.split(" | ")
    )


@cache
def _beginnings() -> tuple[list[str], Mapping[str, str]]:
    """Return all keys of listed names and aliases in order, and whose they are."""
    owners = _listed()
    return sorted(owners), owners


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"{facts_of('written')['ordinal']}([0-9])")


@cache
def _provincial_short() -> re.Pattern[str]:
    short = re.escape(facts_of("written")["short_province"])
    return re.compile(f"(?<![ก-ฮ]\\.){short}(?P<name>{_one_of(province_names())})")


@cache
def _provincial_office() -> re.Pattern[str]:
    """Return what matches a provincial office's name without the word for province."""
    provincial = map(name_key, facts_of("bodies")["provincial"])
    unsaid = tuple(facts_of("written")["province_unsaid"])
    heads = _one_of(head for head in provincial if not head.startswith(unsaid))
    return re.compile(f"^(?P<head>{heads})(?P<name>{_one_of(province_names())})$")


@cache
def _branch() -> re.Pattern[str]:
    """Return what matches a branch under an abbreviation: กอ.รมน.ภาค 4, ปภ.จังหวัดน่าน."""
    facts = facts_of("written")
    before = _one_of([facts["province"], facts["short_province"]])
    return re.compile(
        f"(?P<office>{_one_of(facts['office'])})? ?(?P<short>(?:[ก-ฮ]{{1,4}}\\.)+?|[ก-ฮ]{{2,5}}) ?"
        f"(?:(?:{before})? ?(?P<province>{_one_of(prefixed_province_names())})"
        f"|(?P<rest>(?:{_one_of(facts['branch_words'])}).*))$"
    )


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
