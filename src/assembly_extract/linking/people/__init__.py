"""Linking of people: mentions -> entities, with the posts that the text gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.linking.people.holders import sole_holder_mentions
from assembly_extract.linking.people.identity import cluster
from assembly_extract.linking.people.posts import held_posts, with_whole_bodies
from assembly_extract.types.names import PersonEntity, PersonValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.linking.people.identity import Cluster
    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention
    from assembly_extract.types.names import OrganisationEntity, Post


def link_people(
    mentions: Sequence[Mention], organisations: Sequence[OrganisationEntity], document: Document
) -> tuple[PersonEntity, ...]:
    """Return one entity per person, in order of first mention.

    A person's mentions are the full name, the short forms that fit nobody else, and the later
    mentions of a post that only this person holds. A mention that fits two people is left out.
    """
    people = [m for m in mentions if m.kind == "person" and isinstance(m.value, PersonValue)]
    clusters = cluster(people, document.text)
    mentions = with_whole_bodies(mentions, organisations, document.text)
    posts = held_posts(clusters, mentions, organisations, document.text)
    further = sole_holder_mentions(clusters, posts, mentions, document.text)
    return tuple(
        _entity(f"p{number}", found, posts[index], further[index])
        for number, (index, found) in enumerate(
            sorted(enumerate(clusters), key=lambda pair: pair[1].mentions[0].start), 1
        )
    )


def _entity(
    identity: str, found: Cluster, posts: Sequence[Post], further: Sequence[Mention]
) -> PersonEntity:
    value = found.value
    every = sorted({*found.mentions, *further}, key=lambda m: (m.start, m.end))
    return PersonEntity(
        identity,
        " ".join(value.full.split()),  # as written, but for double spaces and line ends
        found.prefix,
        value.given,
        value.family,
        tuple(posts),
        None,
        tuple(every),
    )
