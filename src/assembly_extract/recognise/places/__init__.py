"""Recogniser of places: Document -> mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention


def recognise_places(document: Document) -> Iterable[Mention]:
    """Yield the places of the document."""
    del document
    return ()
