"""People without a title: what the sequence tagger calls a person, where the grammar agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assembly_extract.recognise.people.names import Name
    from assembly_extract.recognise.people.scan import Scan
    from assembly_extract.types.article import Document


def tagged_people(
    document: Document, scan: Scan, taken: Sequence[tuple[int, int]]
) -> Iterator[Name]:
    """Yield names that no title leads, outside the ``taken`` stretches."""
    del document, scan, taken
    yield from ()
