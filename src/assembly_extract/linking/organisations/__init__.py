"""Linking of organisations: mentions -> entities, one for each body.

A body's names, its abbreviations, cut forms (กระทรวงฯ) and misspellings become one entity. What the
article defines beats the list; where two bodies remain possible nothing is linked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.linking.organisations.groups import GRAMMAR, grouped
from assembly_extract.linking.organisations.variants import merge_variants
from assembly_extract.linking.organisations.whole_names import with_whole_names
from assembly_extract.resources import read_toml
from assembly_extract.types.names import OrganisationEntity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention


_SHORTEST = 5
"""Shorter names stand inside others by chance."""


def link_organisations(
    mentions: Sequence[Mention], document: Document
) -> tuple[OrganisationEntity, ...]:
    """Return the organisations of the article in the order of their first mention."""
    found = [mention for mention in mentions if mention.kind == "organisation"]
    found = with_whole_names(found, mentions, document.text)
    groups = merge_variants(grouped(found, document.text))
    groups.sort(key=lambda group: (group.mentions[0].start, -group.mentions[0].end))
    names = [group.name for group in groups]
    # A ministry that only its minister names (สาธารณสุข in รมว.สาธารณสุข) is a word in other names.
    parents = [n for n, g in zip(names, groups, strict=True) if not g.told_by_post]
    return tuple(
        OrganisationEntity(
            f"o{number}",
            name,
            group.abbreviation,
            group.kind,
            _parent(name, parents),
            tuple(group.mentions),
        )
        for number, (name, group) in enumerate(zip(names, groups, strict=True), 1)
    )


def _parent(name: str, names: Sequence[str]) -> str | None:
    """Return the longest other body named inside this one's name.

    A body whose name only begins as another's (กรมทางหลวงชนบท, กรมทางหลวง) is none of it, unless a
    space or a word of place follows (สภาอุตสาหกรรมแห่งประเทศไทย จังหวัดX).
    """
    inner = [
        other
        for other in names
        if other in name and len(other) > _SHORTEST and other != name and _is_part(name, other)
    ]
    return max(inner, key=lambda other: (len(other), other)) if inner else None


def _is_part(name: str, inner: str) -> bool:
    if not name.startswith(inner):
        return True
    rest = name[len(inner) :]
    return rest.startswith((" ", *read_toml(GRAMMAR)["linking"]["branches"]))
