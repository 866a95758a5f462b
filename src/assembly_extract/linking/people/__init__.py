"""Linking of people: mentions -> entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention
    from assembly_extract.types.names import OrganisationEntity, PersonEntity


def link_people(
    mentions: Sequence[Mention], organisations: Sequence[OrganisationEntity], document: Document
) -> tuple[PersonEntity, ...]:
    """Link the people."""
    del mentions, organisations, document
    return ()
