"""The one frozen set of choices that decides what a run gives, whatever the machine."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from functools import cached_property

from assembly_extract.types.columns import Columns


@dataclass(frozen=True)
class Config:
    """Everything that can change a record, besides the input and the tool's version.

    Parameters
    ----------
    encoding
        Decode every text input so, instead of by evidence.
    reference_date
        ``YYYY-MM-DD``: the day that relative dates lean on where the page has no date of its own.
    model
        The sequence tagger: ``default``.
    columns
        Which columns of table inputs hold what; those not named are guessed.

    """

    encoding: str | None = None
    reference_date: str | None = None
    model: str = "default"
    columns: Columns = field(default_factory=Columns)

    @cached_property
    def digest(self) -> str:
        """12 hex digits that differ when any choice differs; ``provenance.config`` of a record."""
        fields = sorted(asdict(self).items())
        return hashlib.sha256(repr(fields).encode()).hexdigest()[:12]
