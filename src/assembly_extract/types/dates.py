"""Dates: what a mention says, and the entity that linking makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assembly_extract.types.article import Notice
    from assembly_extract.types.mention import Mention


@dataclass(frozen=True, slots=True)
class DateEntity:
    """One date or range of the article; the fields are those of the record's ``Date``."""

    edtf: str
    start: str | None
    end: str | None
    precision: str
    calendar: str | None
    basis: str
    role: str
    anchor: str | None = None
    time: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedDates:
    """``dates`` in order of first mention; ``date`` is the one of the main reported event."""

    published: DateEntity | None = None
    date: DateEntity | None = None
    dates: tuple[DateEntity, ...] = ()
    notices: tuple[Notice, ...] = ()
