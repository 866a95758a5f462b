"""Dates: what a mention says, and the entity that linking makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assembly_extract.types.article import Notice
    from assembly_extract.types.mention import Mention


WEAK = 0.5
"""Score of a mention that needs another one that names the same date: วันนี้ may mean nowadays."""
LAW_YEAR = "law_year"
"""Role of the edition year in a law's name: recognised, and no date of the article."""
IMPOSSIBLE = "impossible"
"""Role of a day that no calendar has (31 เม.ย.): told to the user, no date of the record."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One written end of a date: Gregorian year, month, day, as far as the words name them.

    ``unit`` and ``offset`` are those of a relative word (``day`` -1: yesterday; ``year`` 0: this
    year), ``None`` and 0 otherwise. ``calendar`` is the era that the year is written in.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: str | None = None
    unit: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class DateValue:
    """What the words of one date mention say, before anything else on the page is asked.

    ``end`` is ``None`` for a single day, month or year. ``months`` cuts a part out of a year or
    moves it: first and last month counted from January = 1 (a fiscal year is -2..9). ``open_end``:
    from then on. ``cue`` is the word before it that says how the writer uses the date (a key of
    ``cues`` in ``data/dates.toml``). ``recurring``: every year, so that no year is
    ever added. ``now``: the word after it (นี้, ที่ผ่านมา) counts from the day of writing.
    """

    precision: str
    start: Moment
    end: Moment | None = None
    months: tuple[int, int] | None = None
    open_end: bool = False
    weekday: int | None = None
    time: str | None = None
    role: str = "mentioned"
    cue: str | None = None
    recurring: bool = False
    now: bool = False


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
