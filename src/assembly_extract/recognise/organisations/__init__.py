"""Recogniser of organisations: Document -> mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention


def recognise_organisations(document: Document) -> Iterable[Mention]:
    """Yield the organisations of the document."""
    del document
    return ()
