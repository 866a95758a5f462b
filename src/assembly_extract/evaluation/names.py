"""When two names are the same: people and their posts, organisations, places."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.evaluation.texts import contains, norm, squash, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assembly_extract.evaluation.gold import (
        GoldArticle,
        GoldOrganisation,
        GoldPerson,
        GoldPlace,
    )
    from assembly_extract.models import Organisation, Person, Place, Post

_QUOTES_AND_DOTS = re.compile("[.\"“”‘’']")


@cache
def _titles() -> list[str]:
    lists = words()["titles"].values()
    return sorted((title for titles in lists for title in titles), key=len, reverse=True)


def without_titles(name: str, own: Iterable[str | None] = ()) -> list[str]:
    """Return a name with none, one, two ... of its leading titles taken off.

    ``own`` are titles that are known to belong to it, beside the common ones.

    >>> without_titles("ศ.ดร.นพ.สมชาย ใจดี")[-1]
    'สมชาย ใจดี'
    """
    name = norm(name)
    forms = [name]
    titles = [norm(title) for title in own if title] + _titles()
    while True:
        for title in titles:
            rest = name[len(title) :].strip()
            if title and name.startswith(title) and len(rest) >= 2:
                name = rest
                forms.append(name)
                break
        else:
            return forms


def _forms(person: Person, own: Iterable[str | None] = ()) -> set[str]:
    names = [person.name, *(mention.text for mention in person.mentions)]
    return {form for name in names for form in without_titles(name, [person.prefix, *own])}


def is_named(person: Person, name: str) -> bool:
    """Whether a person bears a name, with or without titles."""
    return norm(name) in _forms(person)


def same_person(gold: GoldPerson, person: Person) -> bool:
    """Whether the gold name is the person's, or one of the mentions, titles taken off or not."""
    return norm(gold.name or gold.text) in _forms(person, [gold.title])


def same_role(gold: str, post: Post) -> bool:
    """Whether one of two posts contains the other, with or without its organisation.

    At least three characters must be common. Not where what is left over makes it another post:
    รองผู้ว่าฯ is not ผู้ว่าฯ.
    """
    want, role = squash(gold), squash(post.role)
    return bool(role) and any(
        contains(want, have, 3) and _no_other_post(want, have)
        for have in (role, role + squash(post.organisation))
    )


def _no_other_post(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    another = tuple(words()["posts"]["another"])
    starts = [m.start() for m in re.finditer(f"(?={re.escape(short)})", long)]
    return any(not long[:start].endswith(another) for start in starts)


def _organisation_key(name: str | None) -> str:
    return _QUOTES_AND_DOTS.sub("", squash(name))


def _organisation_keys(names: Iterable[str | None]) -> set[str]:
    return {key for key in map(_organisation_key, names) if key}


def _keys_of(gold: GoldOrganisation, body: Organisation) -> tuple[set[str], set[str]]:
    mentions = [mention.text for mention in body.mentions]
    return (
        _organisation_keys([gold.text, gold.abbr]),
        _organisation_keys([body.name, body.abbreviation, *mentions]),
    )


def same_organisation(gold: GoldOrganisation, body: Organisation) -> bool:
    """Whether name, abbreviation or a mention are equal, but for white space, dots and quotes."""
    want, have = _keys_of(gold, body)
    return bool(want & have)


def nearly_same_organisation(gold: GoldOrganisation, body: Organisation) -> bool:
    """As :func:`same_organisation`, or one contains the other, of 4 characters or more."""
    want, have = _keys_of(gold, body)
    return bool(want & have) or any(contains(a, b, 4) for a in want for b in have)


def place_key(name: str | None) -> str:
    """Return a place's name without white space and words like จังหวัด; Bangkok has one name.

    >>> place_key("จ. น่าน"), place_key("กทม.")
    ('น่าน', 'กรุงเทพมหานคร')
    """
    known = words()["places"]
    key = squash(name)
    while True:
        word = next((w for w in known["words_before"] if key.startswith(w)), "")
        if not word or len(key) - len(word) < 2:
            break
        key = key[len(word) :]
    return known["bangkok"][0] if key in known["bangkok"] else key


def place_keys(place: Place) -> set[str]:
    """Return the keys of a place's name and of its mentions."""
    names = [place.name, *(mention.text for mention in place.mentions)]
    return {key for key in map(place_key, names) if key}


def same_place(gold: GoldPlace, place: Place) -> bool:
    """Whether the keys are equal; for a venue also whether one contains the other.

    So a room may be joined with its building. The shorter has 6 characters or more, and is not the
    bare name of the province.
    """
    want, have = place_key(gold.text), place_keys(place)
    if want in have:
        return True
    province = place_key(gold.province)
    return (
        gold.kind == "venue"
        and place.kind == "venue"
        and want != province
        and any(key != province and contains(key, want, 6) for key in have)
    )


def in_province(gold: GoldPlace, place: Place) -> bool:
    """Whether the gold province is the place's own name or among those around it."""
    names = {place_key(place.name), *(place_key(area.name) for area in place.within)}
    return place_key(gold.province) in names


def event_place_right(gold: GoldArticle, place: Place | None) -> bool:
    """Whether the place of the main event is right: none if there is none, else nearly the same.

    One name contains the other (3 characters or more); a bare province does not answer for a venue
    whose name merely contains it.
    """
    have = place_keys(place) if place else set()
    if not gold.event_place:
        return not have
    want = place_key(gold.event_place)
    provinces = {place_key(p.province) for p in gold.places or [] if p.province}
    return any(key == want or (key not in provinces and contains(key, want, 3)) for key in have)
