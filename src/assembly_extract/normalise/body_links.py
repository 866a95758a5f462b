"""Which bodies under two names are one: renamings, abbreviations, particles, slips."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from assembly_extract.linking.organisations.groups import short_key
from assembly_extract.normalise import companies, short_forms
from assembly_extract.normalise.bodies import (
    body_key,
    is_anothers,
    is_shared,
    is_short,
    names_by_key,
    rows_by_name,
)
from assembly_extract.normalise.facts import body_facts, provinces
from assembly_extract.normalise.merges import Link, joined, near_names, near_pairs, ranked
from assembly_extract.normalise.names import clusters, sounded, without_marks
from assembly_extract.normalise.nodes import most_common
from assembly_extract.normalise.organisations import SHORT_NAME, is_of_province, preferred
from assembly_extract.normalise.telling import is_company, is_general, shared
from assembly_extract.normalise.units import core, is_unit
from assembly_extract.resources import read_tsv
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assembly_extract.normalise.nodes import Node

RENAMED = ("old", "new", "date", "change", "source")

LONG_GONE = 5
"""A name first seen so many years after its body was renamed may be another country's body's."""
LONG_NAME = 14
"""Shorter names that differ by a cluster are two bodies."""
SHORT_LISTED = 10
"""A listed name of so many characters may be misspelt by a cluster if it is much more frequent."""
LONG_LISTED = 20
"""A listed name of so many characters is misspelt by two clusters, a shorter one by one."""
LONG_LOOSE = 12
"""What is left of a name without its particles tells it if it has so many characters."""
LEAST_LOOSE = 8
"""It does so with a sign in common if it has so many."""
ALIKE = 0.7
"""Names of one abbreviation that agree in so much of their clusters are one body's."""
HALF_ALIKE = 0.5
"""Those that agree in less are not even asked about."""
RARER = 5
"""A slip of the pen is so many times rarer than the right name."""
RARE_BESIDE = 3
"""The same of names that have a body, a person or a province in common."""
LONG_SPELT = 26
"""Names of so many characters with something in common differ by a slip however rare they are."""
MUCH_RARER = 50
"""Two slips in one name are this much rarer than the right name."""
SHARD = 2
"""Words of so few characters are what a misspelt word falls into: คม|น|คม of คมนาคม."""
AGREEING = 3
"""So many bodies and people beside both make an abbreviation that of one of several bodies."""
TELLING = 3
"""The right one of several bodies has so many times the company of the next."""
COMPANY = "company"
MOST_COMPARED = 12
"""Of bodies that share an abbreviation or a name, so many are compared with each other."""

_FIXED = re.compile(r"[0-9๐-๙]+|(?:[ก-ฮ]+\.)+|[A-Za-z]+")


def links(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield what may be one body, sure or not."""
    by_key: dict[str, list[Node]] = {}
    for node in nodes:
        by_key.setdefault(node.key, []).append(node)
    found = [
        *_renamed(by_key),
        *_one_abbreviation(nodes),
        *_one_place(by_key),
        *_particles(nodes),
        *short_forms.links(by_key),
        *companies.links(nodes),
    ]
    words = _words(nodes)
    for one, other in near_pairs([node for node in nodes if len(node.key) >= SHORT_LISTED]):
        link = _spelling(*ranked(one, other), words)
        if link:
            found.append(link)
    yield from found
    yield from _abbreviated(nodes, found)


def _renamed(by_key: Mapping[str, Sequence[Node]]) -> Iterator[Link]:
    for row in read_tsv("organisations_renamed.tsv", RENAMED):
        if row["change"] == "renamed":
            for old in by_key.get(body_key(row["old"]), ()):
                for new in by_key.get(body_key(row["new"]), ()):
                    a, b = ranked(new, old)
                    late = int((old.days or ["0"])[0][:4]) > int(row["date"][:4]) + LONG_GONE
                    yield Link(0.8 if late else 1.0, a.id, b.id, f"renamed {row['date']}")


def _abbreviated(nodes: Sequence[Node], known: Iterable[Link]) -> Iterator[Link]:
    """Yield the links of bodies named by abbreviation only to the one that it stands for.

    That is the one that the archive defines so; ``known`` says which names are one body's. Of
    several that the archive or the list gives the abbreviation to, it is the one that is named
    beside the same bodies; else the one that the same province or parent tells is proposed.
    """
    defined = _defined(nodes)
    body = joined(nodes, known)
    for node in nodes:
        name = most_common(node.names) or ""
        if not is_short(name) or "@" in node.key or node.key in names_by_key():
            continue
        if is_of_province(node.key):
            continue
        found = [other for _, other in sorted(defined.get(short_key(name), {}).items())]
        if len({body[other.id] for other in found}) == 1:
            first = min(found, key=_most_named_first)
            near = shared(node.signs, first.signs)
            if "@" in first.key and not any(sign.startswith("at:") for sign in near):
                continue  # สสจ. is another office in each province
            office = (
                _head(first.key) in body_facts()["offices"] and node.most("kind") == "committee"
            )
            yield Link(0.9 if near and not office else 0.8, first.id, node.id, "abbreviation")
            continue
        company = sorted(
            ((_company(node, other), other) for other in found),
            key=lambda pair: (-pair[0], _most_named_first(pair[1])),
        )
        if len(company) > 1 and company[0][0] >= AGREEING:
            best = company[0]
            second = max(c for c, other in company if body[other.id] != body[best[1].id])
            sure = best[0] >= TELLING * second
            yield Link(0.9 if sure else 0.7, best[1].id, node.id, "abbreviation, by company")
            continue
        near_ones = [other for other in found if shared(node.signs, other.signs)]
        if len(near_ones) == 1:
            yield Link(0.7, near_ones[0].id, node.id, "abbreviation, several bodies")


def _defined(nodes: Iterable[Node]) -> dict[str, dict[str, Node]]:
    """Return the bodies of each abbreviation that articles or the list give them."""
    defined: dict[str, dict[str, Node]] = {}
    for node in nodes:
        if not is_short(most_common(node.names) or ""):
            name = preferred(node)
            given = node.details.get("abbreviation", ())
            shorts = {short for short in given if not (name and is_shared(short))}
            listed = rows_by_name().get(name or "")
            if listed:
                shorts.update(listed.abbreviations.split(" | "), listed.ambiguous.split(" | "))
            for short in shorts - {""}:
                defined.setdefault(short_key(short), {})[node.id] = node
    return defined


def _company(node: Node, other: Node) -> int:
    """Return how many bodies and people both are named beside."""
    return sum(not sign.startswith("at:") for sign in shared(node.signs, other.signs))


def _one_abbreviation(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield bodies that articles give one abbreviation and nearly one name: คทช., สสส., JICA.

    Behind a department's name its ministry's letters stand in brackets, too: they ask nothing.
    """
    groups: dict[str, dict[str, Node]] = {}
    borrowed: set[str] = set()
    for node in nodes:
        if "@" in node.key or is_short(most_common(node.names) or ""):
            continue
        if node.most("kind") in body_facts()["of_place"]:
            continue
        shorts = set(node.details.get("abbreviation", ()))
        listed = rows_by_name().get(preferred(node) or "")
        if listed:
            shorts |= set(listed.abbreviations.split(" | ")) - {""}
        for short in sorted(shorts):
            groups.setdefault(short_key(short), {})[node.id] = node
            if is_anothers(short, preferred(node)):
                borrowed.add(short_key(short))
    for key, group in groups.items():
        ordered = sorted(group.values(), key=_most_named_first)[:MOST_COMPARED]
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if one.key == other.key or not _may_be_one(one, other):
                    continue
                a, b = ranked(one, other)
                agreement = _agreement(one.key, other.key)
                sure = agreement >= ALIKE and _one_head(one, other)
                if sure or (key not in borrowed and agreement >= HALF_ALIKE):
                    yield Link(0.92 if sure else 0.6, a.id, b.id, "one abbreviation")


def _one_place(by_key: Mapping[str, Sequence[Node]]) -> Iterator[Link]:
    """Yield local bodies of one long name that the archive knows in one province only."""
    repeated = tuple(body_facts()["repeated"])
    for key, group in sorted(by_key.items()):
        if len(group) < 2 or "@" in key or key.startswith(repeated) or len(loose(key)) < LONG_NAME:
            continue
        if any(node.most("kind") not in body_facts()["local"] for node in group):
            continue
        places = [{sign for sign in node.signs if sign.startswith("at:")} for node in group]
        known = [found for found in places if found]
        if known and set.intersection(*known):
            first, *others = sorted(group, key=_most_named_first)
            for other in others:
                yield Link(0.9, first.id, other.id, "one place")


def _particles(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield bodies whose names differ by particles and patronage only (ผู้, ของ, แห่งประเทศไทย).

    Where the archive has several bodies of one of the names, or many may have it, company tells;
    a name of the list is told by it.
    """
    count = Counter(node.key for node in nodes)
    several = {key for key, number in count.items() if number > 1}
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        if "@" not in node.key:
            for key in {loose(node.key), _particle().sub("", node.key)}:
                groups.setdefault(key, []).append(node)
    for key, group in sorted(groups.items()):
        long = len(core(key))
        if len(group) < 2 or (long < LEAST_LOOSE and not any(map(preferred, group))):
            continue
        ordered = sorted(group, key=_most_named_first)[:MOST_COMPARED]
        for one, other in combinations(ordered, 2):
            cut = any(short_forms.is_cut(node.key) or is_unit(node.key) for node in (one, other))
            if one.key != other.key and _may_be_one(one, other) and not cut:
                a, b = ranked(one, other)
                common = shared(one.signs, other.signs)
                listed = preferred(one) or preferred(other)
                sure = long >= LONG_LOOSE or key[-1].isdigit() or bool(common)
                if any(node.key in several or _says_little(node) for node in (one, other)):
                    sure = any(map(is_company, common))
                sure = sure or bool(listed)
                yield Link(0.92 if sure else 0.7, a.id, b.id, "particles")


def _says_little(node: Node) -> bool:
    """Say whether many bodies may have a name: a general one, or a short one of an association."""
    kind = node.most("kind")
    return is_general(node.key, kind) or (
        kind in body_facts()["local_if_short"] and len(node.key) < SHORT_NAME
    )


def loose(key: str) -> str:
    """Return a name without the words that writers put in or leave out.

    >>> loose("สมาคมผู้ส่งออกข้าวไทย") == loose("สมาคมการส่งออกข้าวไทย")
    True
    """
    facts = body_facts()
    for tail in facts["tails"]:
        key = key.removesuffix(tail)
    for head, usual in facts["same_heads"].items():
        if key.startswith(head) and not key.startswith(usual):
            key = usual + key.removeprefix(head)
            break
    return _particle().sub("", key)


def _spelling(a: Node, b: Node, words: frozenset[str]) -> Link | None:
    """Return the link of two long names a slip apart; numbers and areas must be the same.

    A slip makes a word that no other body's name has (กรมวิขาการเกษตร); another word makes another
    body (องค์การแรงงานระหว่างประเทศ, องค์การพลังงานระหว่างประเทศ).
    """
    if a.key == b.key or not _may_be_one(a, b):
        return None
    common = shared(a.signs, b.signs)
    if without_marks(a.key) == without_marks(b.key):
        return Link(0.95 if common else 0.9, a.id, b.id, "marks")
    if sounded(a.key) == sounded(b.key) and not is_unit(a.key):
        return Link(0.92, a.id, b.id, "sound")
    if a.articles & b.articles:
        return None
    apart = near_names(a.key, b.key)
    if apart > 2:
        return None
    if min(len(a.key), len(b.key)) < LONG_NAME:
        listed = preferred(a) and not preferred(b) and _is_slip(a.key, b.key, words)
        sure = listed and apart == 1 and len(a.articles) >= MUCH_RARER * len(b.articles)
        return Link(0.92, a.id, b.id, "spelling of a listed name") if sure else None
    facts = body_facts()
    if a.most("kind") == b.most("kind") == COMPANY and companies.is_slip(a.key, b.key, apart):
        return Link(0.92, a.id, b.id, "spelling")
    local = {*facts["local"], *facts["people"], *facts["local_if_short"]}
    slip = _one_head(a, b) and _is_slip(a.key, b.key, words) and not is_unit(a.key)
    many = len(a.articles) >= len(b.articles) * (RARE_BESIDE if common else RARER)
    rarer = many or (bool(common) and min(len(a.key), len(b.key)) >= LONG_SPELT)
    if slip and a.most("kind") not in local and rarer:
        much = len(a.articles) >= MUCH_RARER * len(b.articles) and len(a.key) >= LONG_LISTED
        if preferred(a) and not preferred(b) and (apart == 1 or much):
            return Link(0.92, a.id, b.id, "spelling of a listed name")
        if apart == 1 and a.most("kind") == b.most("kind"):
            return Link(0.92, a.id, b.id, "spelling")
    if apart == 1 and common:
        return Link(0.75, a.id, b.id, "spelling")
    return Link(0.6, a.id, b.id, "spelling") if common else None


def _words(nodes: Sequence[Node]) -> frozenset[str]:
    """Return the words of bodies' names: of the list's, and of the archive's frequent ones."""
    keys = {body_key(name) for name in rows_by_name()}
    keys |= {node.key for node in nodes if len(node.articles) >= RARER}
    return frozenset(word for key in keys for word in _cut(key))


def _is_slip(right: str, wrong: str, words: frozenset[str]) -> bool:
    new = set(_cut(wrong)) - set(_cut(right))
    return any(word not in words or len(word) <= SHARD for word in new)


def _cut(key: str) -> list[str]:
    return [key[start:end] for start, end in tokenise(key)]


def _one_head(one: Node, other: Node) -> bool:
    """Say whether two names begin with one word for what they are: an office is no committee."""
    return _head(one.key) == _head(other.key)


def _head(key: str) -> str:
    facts = body_facts()
    heads = [head for head in facts["heads"] if key.startswith(head)]
    head = max(heads, key=len, default="")
    return str(facts["same_heads"].get(head, head))


def _may_be_one(one: Node, other: Node) -> bool:
    """Say whether nothing that is fixed in a name tells two bodies apart.

    Two listed bodies are two, and so are names of other numbers, abbreviations or areas.
    """
    return not (
        (preferred(one) and preferred(other))
        or "@" in one.key
        or "@" in other.key
        or _fixed(one.key) != _fixed(other.key)
    )


def _agreement(one: str, other: str) -> float:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded when two names are to be compared

    return OSA.normalized_similarity(clusters(loose(one)), clusters(loose(other)))


def _most_named_first(node: Node) -> tuple[int, str]:
    return -len(node.articles), node.id


def _fixed(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what must be equal in two names: their numbers, abbreviations, and the provinces."""
    return tuple(_FIXED.findall(key)), tuple(name for name in provinces() if name in key)


@cache
def _particle() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, body_facts()["particles"])))
