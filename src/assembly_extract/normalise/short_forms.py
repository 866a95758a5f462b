"""Bodies under a part of their name: a beginning, or what an article's next words complete."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assembly_extract.normalise.bodies import names_by_key
from assembly_extract.normalise.facts import body_facts
from assembly_extract.normalise.merges import Link, ranked
from assembly_extract.normalise.organisations import preferred
from assembly_extract.normalise.telling import is_company, shared
from assembly_extract.normalise.units import is_unit
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assembly_extract.normalise.nodes import Node

LONG_NAME = 14
"""Shorter beginnings of names are many bodies'."""
LONG_BEGUN = 10
"""The same where the list has the name with แห่งชาติ or แห่งประเทศไทย after it."""
COMMITTEE = "committee"
"""The committee of a short name may be another body's than that of the whole country."""
AGREEING = 3
"""So many bodies and people beside both make a short form that of the only longer name."""


def links(by_key: Mapping[str, Sequence[Node]]) -> Iterator[Link]:
    """Yield names that are the beginning of one other name only: that body's, if much agrees.

    A name that two others begin with (สำนักงานสวัสดิการ) is neither's. Companies, schools and
    hospitals are not asked about: โรงพยาบาลสงขลา is not the beginning of โรงพยาบาลสงขลานครินทร์.
    """
    facts = body_facts()
    names = sorted(key for key in by_key if "@" not in key)
    following = [*names[2:], "", ""]
    branches = tuple(facts["branch_words"])
    for (key, longer), after in zip(pairwise(names), following, strict=False):
        alone = not after.startswith(key)
        if len(key) < LONG_NAME or not longer.startswith(key) or not alone or is_unit(key):
            continue
        rest = longer.removeprefix(key)
        if rest.startswith(branches) or rest[0].isdigit():
            continue  # a branch is not its body
        tail = rest in facts["short_tails"]
        for short in by_key[key]:
            for full in by_key[longer]:
                if short.most("kind") in facts["whole_names"] or (
                    preferred(short) and preferred(full)
                ):
                    continue
                common = shared(short.signs, full.signs)
                beside = sum(not sign.startswith("at:") for sign in common)
                a, b = ranked(short, full)
                sure = bool(short.articles & full.articles) or beside >= AGREEING
                if len(by_key[key]) > 1:  # several bodies have the short name
                    sure = any(map(is_company, common))
                if sure or beside:
                    told = tail and len(by_key[key]) == 1 and short.most("kind") != COMMITTEE
                    yield Link(0.9 if sure or told else 0.7, a.id, b.id, "short form")
    yield from _listed_without_tail(by_key)
    yield from _followed(by_key, names)


def _listed_without_tail(by_key: Mapping[str, Sequence[Node]]) -> Iterator[Link]:
    """Yield bodies whose listed name has a tail that articles leave out: สภาหอการค้า."""
    facts = body_facts()
    unsafe = {*facts["unplaced"], *facts["provincial"]}
    for key, group in sorted(by_key.items()):
        if len(key) < LONG_BEGUN or key in names_by_key() or key in unsafe or is_unit(key):
            continue
        for tail in facts["national_tails"]:
            for full in by_key.get(key + tail, ()):
                if full.key in names_by_key():
                    for short in group:
                        if short.most("kind") not in facts["shared_kinds"]:
                            yield Link(0.92, full.id, short.id, "short form")


def _followed(by_key: Mapping[str, Sequence[Node]], names: Sequence[str]) -> Iterator[Link]:
    """Yield names that the words right behind them in an article make another, longer name."""
    known, local = set(names), body_facts()["local"]
    for key in names:
        for short in by_key[key]:
            if short.most("kind") in local:
                continue  # โรงพยาบาลเส|นางคนิคม is not in เสนา
            whole = Counter(
                {
                    longer: count
                    for after, count in short.details.get("after", Counter[str]()).items()
                    if (longer := _completed(key, after, known))
                }
            )
            if len(whole) == 1 and whole.total() == len(short.articles):
                full = min(by_key[min(whole)], key=lambda node: (-len(node.articles), node.id))
                a, b = ranked(short, full)
                yield Link(0.91, a.id, b.id, "completed")


def _completed(key: str, after: str, known: set[str]) -> str | None:
    """Return the longest known name that a name and what follows it begin with."""
    text = key + after
    ends = range(len(text), len(key), -1)
    whole = (text[:end] for end in ends if text[:end] in known)
    return next((name for name in whole if not is_cut(name)), None)


@cache
def is_cut(key: str) -> bool:
    """Say whether a name ends in a word that another must follow.

    >>> is_cut("ศูนย์อำนวยการป้องกันและ"), is_cut("กรมสวัสดิการ")
    (True, False)
    """
    words = [key[start:end] for start, end in tokenise(key)]
    return words[-1] in body_facts()["unfinished"] if words else False
