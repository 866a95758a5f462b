"""What the words around a body's name say of it: another country's, or another body's letters."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.areas import prefixed_province_names, province_names
from assembly_extract.countries import other_countries
from assembly_extract.matching import alternatives
from assembly_extract.normalise.bodies import is_short, listed_key, names_by_key
from assembly_extract.normalise.facts import body_facts, facts_of
from assembly_extract.normalise.names import name_key
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from assembly_extract.models import Organisation, Record

DEFINED_IN = 60
"""The name that an abbreviation in brackets stands for ends in so many characters before them."""
_PHRASE = re.compile(r"[^\s\u00a0“”\"'()]+$")
_FIRST = re.compile("[ก-ฮA-Z]")
_IN_BRACKETS = re.compile(r"[ \u00a0]?\((?P<short>[^()\n]{2,14})\)")
END = 16
COMMON = 5
"""So many letters in a row of the name's last are before the brackets, if it stands there."""
LONG_PROVINCE = 5
"""Shorter names of provinces (เลย, ตาก, แพร่) are words too: they need จังหวัด before them."""
BEFORE = 8
"""So many characters before a name may say that any body of the name is meant."""
PARTNER_IN = 80
"""The country that a bilateral body is with stands so near."""
RUN = 50
"""The province of a committee stands at most so many characters behind where its name was cut."""
MUCH = 14
"""The same of the whole name: more than the words for a committee or an office."""


def country(record: Record, body: Organisation) -> str | None:
    """Return the country whose ministry (office, army) an article names, ``None`` for Thailand's.

    The country stands right behind the first mention: กระทรวงกลาโหมญี่ปุ่น, กองทัพบก แห่งสหรัฐฯ.
    """
    if body.kind not in body_facts()["national"] or not body.mentions or body.name.endswith(_own()):
        return None
    named = with_country(body.name)
    if named:
        return named[1]
    found = _countries().match(record.text, body.mentions[0].end)
    return other_countries()[found["country"]] if found else None


def is_bilateral(body: Organisation) -> bool:
    """Say whether Thailand has one such body with each of several countries."""
    return listed_key(body.name) in body_facts()["bilateral"]


def partner(record: Record, body: Organisation) -> str | None:
    """Return the country that is named behind a bilateral body, else before it, else alone."""
    first = body.mentions[0]
    behind = _any_country().search(record.text, first.end, first.end + PARTNER_IN)
    before = _any_country().findall(record.text, max(0, first.start - PARTNER_IN), first.start)
    if behind or before:
        return other_countries()[behind[0] if behind else before[-1]]
    named = {
        other_countries().get(place.name) for place in record.places if place.kind == "country"
    }
    others = named - {None}
    return others.pop() if len(others) == 1 else None


@cache
def with_country(name: str) -> tuple[str, str] | None:
    """Return a name without the country at its end, and that country; ``None`` if it has none.

    Of ministries and armies only, and of what Thailand has under the name without the country.

    >>> with_country("กระทรวงกลาโหมแห่งประเทศญี่ปุ่น"), with_country("หอการค้าญี่ปุ่น")
    (('กระทรวงกลาโหม', 'ญี่ปุ่น'), None)
    """
    found = _country_last().match(name.strip())
    if found is None or found["base"].endswith(("-", "–", _own())):
        return None
    base = found["base"].rstrip()
    foreign = base.startswith(tuple(body_facts()["of_countries"]))
    if not foreign and listed_key(base) not in names_by_key():
        return None
    return base, other_countries()[found["country"]]


def branch(record: Record, body: Organisation) -> str | None:
    """Return the code of the province whose branch of a body an article names.

    The province stands right behind the abbreviation (ศรส. จังหวัดปัตตานี), in brackets
    or not, or behind the name of an office that the list does not have (สำนักงานสวัสดิการ
    จ.พิษณุโลก). Behind a listed body's name it is the address (กระทรวงสาธารณสุข จ.นนทบุรี), unless
    a law gives the body a branch in each province.
    """
    if not body.mentions or body.kind in body_facts()["of_place"]:
        return None
    if body.mentions[0].text[-1:].isdigit():
        return None  # what has a number is there, and nowhere else: ศูนย์อนามัยที่ 1 เชียงใหม่
    first = body.mentions[0]
    if first.text.endswith(tuple(prefixed_province_names())):
        return None
    if not is_short(first.text):
        key = listed_key(first.text)
        alone = key in names_by_key() and key not in body_facts()["has_branches"]
        if alone or first.text.endswith(_own()):
            return None
        bracketed = _IN_BRACKETS.match(record.text, first.end)
        if bracketed and is_short(bracketed["short"]):
            found = _provinces().match(record.text, bracketed.end())
            return _code(found) if found else None
        if body.kind not in body_facts()["branches"] and key not in body_facts()["has_branches"]:
            return None
    found = _provinces().match(record.text, first.end) or _of_province().match(
        record.text, first.end
    )
    return _code(found) if found else None


def _code(found: re.Match[str]) -> str | None:
    return prefixed_province_names()[found["province"] or found["bare"]].dopa


def is_many(record: Record, body: Organisation) -> bool:
    """Say whether an article names all bodies of a name, or any of them: สำนักงานจังหวัดทุกจังหวัด.

    Of kinds that places have their own of, and of names without a province. A listed body's name
    before such words is that body with all it has (กรมการปกครองทั่วประเทศ), but not before
    ``ประจำจังหวัด``: its office in each.
    """
    if not body.mentions:
        return False
    if _in_each_province().match(record.text, body.mentions[0].end) and not branch(record, body):
        return True
    key = listed_key(body.name)
    of_each = key in _found_everywhere() or key.endswith(tuple(body_facts()["open_ends"]))
    if key in names_by_key() and not of_each:
        return False
    first = body.mentions[0]
    if any(name in key for name in province_names()):
        return False
    before = record.text[max(0, first.start - BEFORE) : first.start].rstrip(" \u00a0")
    if before.endswith(tuple(body_facts()["any_of_them"])):
        return True
    if of_each and before.endswith(tuple(body_facts()["hotlines"])):
        return True
    everywhere = body.kind in _places_have()
    return everywhere and _all_of_them().match(record.text, first.end) is not None


def is_misread(record: Record, body: Organisation) -> bool:
    """Say whether an article gives an abbreviation in brackets to something else.

    The list has one body for คชก.; an article that writes ``ผลกระทบสิ่งแวดล้อม (คชก.)`` means another.
    Brackets behind something that is no body's name say who is in charge of it: ราคาก๊าซ (ปตท.).
    Committees have names of many words; other bodies are told by the words right before.
    """
    if any(not is_short(mention.text) for mention in body.mentions):
        return False
    listed = names_by_key().get(listed_key(body.name))
    if listed is None:
        return False
    for mention in body.mentions:
        before = record.text[max(0, mention.start - DEFINED_IN) : mention.start].rstrip(" \u00a0")
        if before.endswith(tuple(body_facts()["not_behind"])):
            return True
        heads = tuple(body_facts()["other_heads"])
        if before.endswith(heads) and not listed.startswith(heads):
            return True
        if before.endswith("("):
            words = before.removesuffix("(").rstrip()
            phrase = _PHRASE.search(words)
            own = body.kind == "committee" or (
                phrase is not None and _stands_for(phrase[0], mention.text)
            )
            return own and not _alike(before, listed)
    return False


def _stands_for(phrase: str, short: str) -> bool:
    """Say whether a phrase is what an abbreviation in brackets behind it stands for.

    It begins like a body's name, or its words begin with the letters (สถานประกอบกิจการ for สปก.).
    """
    if phrase.startswith(tuple(body_facts()["named_heads"])):
        return True
    letters = iter(_FIRST.search(phrase[start:end]) for start, end in tokenise(phrase))
    first = [found[0] for found in letters if found]
    wanted = [letter for letter in short if letter != "."]
    rest = iter(first)
    return all(letter in rest for letter in wanted)


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
    links, named = alternatives(body_facts()["of_country"]), alternatives(other_countries())
    return re.compile(f"[ \u00a0]?(?:{links})?[ \u00a0]?(?P<country>{named})")


@cache
def _any_country() -> re.Pattern[str]:
    return re.compile(alternatives(other_countries()))


@cache
def _country_last() -> re.Pattern[str]:
    links, named = alternatives(body_facts()["of_country"]), alternatives(other_countries())
    return re.compile(f"(?P<base>.{{4,}}?)[ \u00a0]?(?:{links})?[ \u00a0]?(?P<country>{named})$")


@cache
def _places_have() -> frozenset[str]:
    facts = body_facts()
    return frozenset([*facts["local"], *facts["branches"]])


@cache
def _found_everywhere() -> frozenset[str]:
    facts = body_facts()
    return frozenset(
        map(name_key, [*facts["everywhere_found"], *facts["provincial"], *facts["unplaced"]])
    )


@cache
def _all_of_them() -> re.Pattern[str]:
    words, places = (alternatives(body_facts()[name]) for name in ("all_of_them", "counted"))
    counted = f"(?:{alternatives(body_facts()['all'])}[ \u00a0]?)?[0-9๐-๙]+[ \u00a0]?{places}"
    return re.compile(f"[ \u00a0]?(?:{words}|{counted})")


@cache
def _in_each_province() -> re.Pattern[str]:
    return re.compile(f"[ \u00a0]?{alternatives(body_facts()['of_province'])}")


@cache
def _of_province() -> re.Pattern[str]:
    """Return what matches the run of words up to the province that a committee is of."""
    before = alternatives(body_facts()["of_province"])
    whole = alternatives(prefixed_province_names())
    return re.compile(f"[ก-ฮะ-์ฯ ]{{0,{RUN}}}?{before}[ \u00a0]?(?P<province>{whole})(?P<bare>)")


@cache
def _provinces() -> re.Pattern[str]:
    names = prefixed_province_names()
    before = alternatives(body_facts()["before_province"])
    whole, alone = alternatives(names), alternatives(n for n in names if len(n) >= LONG_PROVINCE)
    return re.compile(f"[ \u00a0]?(?:{before}[ \u00a0]?(?P<province>{whole})|(?P<bare>{alone}))")


@cache
def _own() -> str:
    own: str = facts_of("posts")["own_country"]
    return own
