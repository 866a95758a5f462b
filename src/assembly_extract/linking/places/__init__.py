"""Linking of places: mentions -> entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.types.places import LinkedPlaces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention


def link_places(mentions: Sequence[Mention], document: Document) -> LinkedPlaces:
    """Link the places."""
    del mentions, document
    return LinkedPlaces()
