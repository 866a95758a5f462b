"""Linking of dates: mentions -> entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.types.dates import LinkedDates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention


def link_dates(
    mentions: Sequence[Mention], document: Document, reference_date: str | None = None
) -> LinkedDates:
    """Link the dates."""
    del mentions, document, reference_date
    return LinkedDates()
