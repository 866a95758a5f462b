"""Which columns of a table hold what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that the user has named; ``None`` is guessed from the usual names."""

    text: str | None = None
    html: str | None = None
    id: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None
