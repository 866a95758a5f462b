"""Linking of themes: mentions -> entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention
    from assembly_extract.types.themes import ThemeEntity


def link_themes(mentions: Sequence[Mention], document: Document) -> tuple[ThemeEntity, ...]:
    """Link the themes."""
    del mentions, document
    return ()
