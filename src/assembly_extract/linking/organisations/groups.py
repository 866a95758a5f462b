"""Mentions of one body, put together by name, by definition and by the list of bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assembly_extract.areas import province_names
from assembly_extract.resources import read_toml
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assembly_extract.types.mention import Mention

GRAMMAR = "organisation_grammar.toml"
_DOTS = re.compile(r"[\s.]")


@dataclass(slots=True)
class Group:
    """The mentions of one body; ``known`` are the list's bodies that it may be."""

    mentions: list[Mention] = field(default_factory=list)
    known: frozenset[str] = frozenset()
    defined: str | None = None

    @property
    def name(self) -> str:
        """The fullest surface: the longest name, else the abbreviation."""
        full = [m.text for m in self.mentions if value_of(m).form == "name"]
        return max(
            full or [m.text for m in self.mentions],
            key=lambda text: (len(text.rstrip(" ฯ")), -len(text)),  # X before Xฯ
        )

    @property
    def abbreviation(self) -> str | None:
        """The abbreviation that the text defines or uses."""
        if self.defined:
            return self.defined
        used = [m.text for m in self.mentions if value_of(m).form == "abbreviation"]
        return used[0] if used else None

    @property
    def told_by_post(self) -> bool:
        """Whether the text names the body only as a post's: มหาดไทย in รมว.มหาดไทย."""
        return bool(self.known) and all(value_of(m).form == "short" for m in self.mentions)

    @property
    def kind(self) -> str | None:
        """The kind of the first mention that is a name, else of the first one."""
        names = [m for m in self.mentions if value_of(m).form == "name"]
        kinds = [value_of(m).category for m in (*names, *self.mentions)]
        return next((kind for kind in kinds if kind), None)

    def add(self, mention: Mention) -> None:
        """Take a mention of the body."""
        self.mentions.append(mention)
        value = value_of(mention)
        if value.form == "name" and value.abbreviation and not self.defined:
            self.defined = value.abbreviation

    def absorb(self, other: Group) -> None:
        """Take all mentions of another group."""
        self.mentions = sorted([*self.mentions, *other.mentions], key=lambda m: m.start)
        self.known = self.known or other.known
        self.defined = self.defined or other.defined


def value_of(mention: Mention) -> OrganisationValue:
    """Return the payload of an organisation's mention."""
    if not isinstance(mention.value, OrganisationValue):
        raise TypeError(f"no organisation: {mention}")
    return mention.value


@lru_cache(maxsize=4096)  # an article asks twice, and articles name the same bodies
def name_key(name: str) -> str:
    """Return what two spellings of one name share: no spaces, no legal form, no ฯ, no short head.

    >>> name_key("บมจ.ทุ่งทอง") == name_key("บริษัท ทุ่งทอง จำกัด (มหาชน)")
    True
    """
    head = _short_head().match(name)
    if head:
        area = name[head.end() :].strip()
        province = province_names().get(area)  # อบจ.โคราช
        name = _full_heads()[head[0]] + (province.name if province else area)
    return _not_said().sub("", name).casefold()


@cache
def _full_heads() -> dict[str, str]:
    """Return the head words that others abbreviate: บมจ. for บริษัท, อบต. for องค์การบริหารส่วนตำบล."""
    return dict(read_toml(GRAMMAR)["linking"]["full_heads"])


@cache
def _short_head() -> re.Pattern[str]:
    listed = sorted(_full_heads(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, listed)))


@cache
def _not_said() -> re.Pattern[str]:
    listed = sorted(read_toml(GRAMMAR)["linking"]["not_said"], key=lambda word: (-len(word), word))
    return re.compile(rf"\s|{'|'.join(map(re.escape, listed))}")


def grouped(mentions: Sequence[Mention], text: str) -> list[Group]:
    """Return the bodies that the mentions name, each with all of its mentions."""
    groups: list[Group] = []
    by_body: dict[str, Group] = {}
    by_key: dict[str, Group] = {}
    for mention in _of_form(mentions, "name"):
        value = value_of(mention)
        group = next((by_body[body] for body in value.known if body in by_body), None)
        group = group or by_key.get(name_key(mention.text))
        if group is None:
            group = Group(known=frozenset(value.known))
            groups.append(group)
        group.add(mention)
        by_key.setdefault(name_key(mention.text), group)
        for body in value.known:
            by_body.setdefault(body, group)
    defined = _defined(groups)
    classes = _of_classes(mentions)
    for mention in _of_form(mentions, "abbreviation"):
        if mention in classes:
            continue
        group = _body_of(mention, defined, by_body) or by_key.get(name_key(mention.text))
        if group is None:
            known = value_of(mention).known
            group = Group(known=frozenset(known))
            groups.append(group)
            defined[short_key(mention.text)] = group
            by_key[name_key(mention.text)] = group
            if len(known) == 1:
                by_body[known[0]] = group
        group.add(mention)
    short = [*_of_form(mentions, "short"), *_of_form(mentions, "alone"), *classes]
    named = [(group.name, group) for group in groups] if short else []
    for mention in short:
        # The list knows a ministry after its minister (รมว.ยุติธรรม), the article กระทรวงฯ.
        antecedent = _body_of(mention, {}, by_body) or _antecedent(mention, named, text)
        known = value_of(mention).known
        alone = value_of(mention).form == "alone" or len(known) == 1
        if antecedent is None and alone and mention not in classes:
            antecedent = Group(known=frozenset(known))  # a minister names the ministry by himself
            groups.append(antecedent)
            by_body.update(dict.fromkeys(known, antecedent))
        if antecedent is not None:
            antecedent.add(mention)
    for group in groups:
        group.mentions.sort(key=lambda m: m.start)
    return groups


def _defined(groups: Iterable[Group]) -> dict[str, Group]:
    """Return the bodies by the abbreviation that the article defines.

    If a body's name ends with another's (คณะกรรมการบริหารศูนย์X, ศูนย์X) and both are given the same
    letters, they are the inner one's.
    """
    found: dict[str, Group] = {}
    for group in groups:
        if not group.defined:
            continue
        key = short_key(group.defined)
        other = found.get(key)
        if other is not None and group.name != other.name:
            outer = group if group.name.endswith(other.name) else other
            if outer.name.endswith((group if outer is other else other).name):
                outer.defined = None
                found[key] = group if outer is other else other
                continue
        found[key] = group
    return found


def _of_classes(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that name a class of bodies where no area follows: อบต."""
    classes = read_toml(GRAMMAR)["linking"]["classes"]
    return [mention for mention in mentions if mention.text in classes]


def _of_form(mentions: Iterable[Mention], form: str) -> list[Mention]:
    return [mention for mention in mentions if value_of(mention).form == form]


def short_key(abbreviation: str) -> str:
    """Return an abbreviation without dots and spaces.

    >>> short_key("ก.พ. ร.")
    'กพร'
    """
    return _DOTS.sub("", abbreviation)


def _body_of(
    mention: Mention, defined: dict[str, Group], by_body: dict[str, Group]
) -> Group | None:
    """Return the body of an abbreviation: as defined, or the only one of the list that is named."""
    group = defined.get(short_key(mention.text))
    if group is not None:
        return group
    named = {id(by_body[b]): by_body[b] for b in value_of(mention).known if b in by_body}
    return next(iter(named.values())) if len(named) == 1 else None


def _antecedent(mention: Mention, named: Sequence[tuple[str, Group]], text: str) -> Group | None:
    """Return the one body before the mention whose name begins as it does.

    If the article has named several, the only one of the same paragraph counts.
    """
    head = mention.text.rstrip("ฯ ")
    line = text.rfind("\n", 0, mention.start) + 1
    before = [
        group
        for name, group in named
        if name.startswith(head) and group.mentions[0].start < mention.start
    ]
    if len(before) == 1:
        return before[0]
    near = [
        group for group in before if any(line <= m.start < mention.start for m in group.mentions)
    ]
    return near[0] if len(near) == 1 else None
