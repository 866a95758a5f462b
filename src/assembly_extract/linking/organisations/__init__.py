"""Linking of organisations: mentions -> entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention
    from assembly_extract.types.names import OrganisationEntity


def link_organisations(
    mentions: Sequence[Mention], document: Document
) -> tuple[OrganisationEntity, ...]:
    """Link the organisations."""
    del mentions, document
    return ()
