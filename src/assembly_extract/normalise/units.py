"""What a body's name says by its words: the head, what is its own, and who has no other of it."""

from __future__ import annotations

from functools import cache

from assembly_extract.normalise.facts import body_facts

SHORTEST_OWN = 4
"""What a name has between its head and its end says something if it has so many characters."""
SHORT_PART = 12
"""What a unit's or committee's name has after its head: below this it is one of many."""


@cache
def is_worldwide(key: str) -> bool:
    """Say whether a name's end says that no place has its own such body.

    >>> is_worldwide("สมาคมทุเรียนไทย"), is_worldwide("สมาคมแห่งประเทศไทย")
    (True, False)
    """
    facts = body_facts()
    ends = facts["worldwide"] if own_part(key) else [*facts["worldwide"], *facts["own_ends"]]
    found = max((end for end in ends if key.endswith(end)), key=len, default=None)
    if found is None or key.startswith(tuple(facts["of_areas"])):
        return False
    return len(core(key.removesuffix(found))) >= SHORTEST_OWN


def core(key: str) -> str:
    """Return what a name has after the words for what it is.

    >>> core("สมาคมทุเรียนไทย")
    'ทุเรียนไทย'
    """
    part = own_part(key)
    if part is not None:
        return part
    heads = [head for head in body_facts()["heads"] if key.startswith(head)]
    return key.removeprefix(max(heads, key=len, default=""))


def is_unit(key: str) -> bool:
    """Say whether a name is of a unit or committee that many bodies have.

    >>> is_unit("กองกฎหมาย"), is_unit("คณะอนุกรรมการตรวจสอบ"), is_unit("ศูนย์อนามัยที่1")
    (True, True, False)
    """
    facts = body_facts()
    part = own_part(key)
    if key in facts["common_units"] or (
        part is not None and key.startswith(tuple(facts["always_units"]))
    ):
        return True
    numbered = key.startswith(tuple(facts["numbered"])) and key[-1].isdigit()
    return part is not None and len(part) < SHORT_PART and not numbered


def own_part(key: str) -> str | None:
    """Return what a unit's or committee's name has after its head; ``None`` of other bodies."""
    facts = body_facts()
    if key.startswith(tuple(facts["no_units"])):
        return None
    heads = [head for head in facts["units"] if key.startswith(head)]
    return key.removeprefix(max(heads, key=len)) if heads else None
