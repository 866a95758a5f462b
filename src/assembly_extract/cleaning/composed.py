"""Lines that are made of a site's own words and nothing else, however it joins them.

No list holds every way to say ดูข่าวกิจกรรมทั้งหมด or ผู้เข้าชมเดือนนี้ 1,204 คน; the words that such
lines are made of are few (`data/chrome/composed.toml`).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from assembly_extract.matching import WordsAt
from assembly_extract.resources import read_toml

_NUMBER = "0"  # as a template writes every number


class Composed(NamedTuple):
    """What a line is whose words are all a site's: its kind, whether it heads a list.

    ``anywhere``: it is chrome inside of a story, too.
    """

    kind: str
    rule: str
    opens_list: bool
    anywhere: bool


class _Group(NamedTuple):
    needs: tuple[tuple[str, ...], ...]
    number: bool
    composed: Composed


def composed_of(template: str) -> Composed | None:
    """Return what the line with this template is, if all its words are a site's.

    A template is the second of :func:`~.keys.keys`. At each place the longest word counts that one
    of the groups has which the words before have left; no other way to cut the line is tried.

    >>> composed_of("ดูภาพทั้งหมด0ภาพ").rule
    'words of a gallery'
    >>> composed_of("ภาพรวมของงาน") is None
    True
    """
    words, of, edges = _words()
    if template[:2] not in edges or len(template) > _longest():
        return None  # nearly always
    end = template[:-1] if template.endswith(_NUMBER) else template
    if end[-2:] not in edges:
        return None
    left, at = -1, 0
    while at < len(template):
        ends = words.ends(template, at)
        for stop in (*ends, at + 1) if template[at] == _NUMBER else ends:
            if both := left & of[template[at:stop]]:
                left, at = both, stop
                break
        else:
            return None
    groups = (group for number, group in enumerate(_groups()) if left >> number & 1)
    return next((group.composed for group in groups if _is_of(group, template)), None)


def _is_of(group: _Group, template: str) -> bool:
    """Say whether a line of a group's words has what the group asks for."""
    if group.number and _NUMBER not in template:
        return False
    return all(any(word in template for word in need) for need in group.needs)


@cache
def _longest() -> int:
    longest: int = read_toml("chrome/composed.toml")["longest"]["characters"]
    return longest


@cache
def _groups() -> tuple[_Group, ...]:
    return tuple(
        _Group(
            tuple(map(tuple, row["needs"])),
            row.get("number", False),
            Composed(
                row["kind"], row["rule"], row.get("opens") == "list", row.get("anywhere", False)
            ),
        )
        for row in read_toml("chrome/composed.toml")["group"]
    )


@cache
def _words() -> tuple[WordsAt, dict[str, int], frozenset[str]]:
    """Return the words of all groups, which groups a word is of, how lines of them begin and end.

    The groups are bits; the beginnings and ends are two characters.
    """
    of: dict[str, int] = {}
    for number, row in enumerate(read_toml("chrome/composed.toml")["group"]):
        sections = read_toml("chrome/sections.toml")["words"] if "sections" in row else ()
        numbers = (_NUMBER,) if "number" in row else ()
        for word in (*row["words"], *sections, *numbers):
            of[word] = of.get(word, 0) | 1 << number
    words = [word for word in of if word != _NUMBER]
    begin = {word[:2] for word in words}
    begin.update(_NUMBER + word[0] for word in words)
    return WordsAt(words), of, frozenset(begin | {word[-2:] for word in words} | {_NUMBER})
