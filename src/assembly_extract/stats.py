"""Counts over an archive's records: articles by month, theme, province, person, organisation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from assembly_extract.exports.rows import province

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assembly_extract.models import Record

_MONTH = len("2023-02")
_YEAR = len("2023")


def _month(record: Record) -> list[str]:
    date = record.date or record.published
    start = date.start if date else None
    return [start[:_MONTH]] if start and len(start) >= _MONTH else []


def _year(record: Record) -> list[str]:
    date = record.date or record.published
    return [date.start[:_YEAR]] if date and date.start else []


def _theme(record: Record) -> list[str]:
    return [theme.label.th for theme in record.themes if not theme.declared]


def _topic(record: Record) -> list[str]:
    return _distinct(str(theme.cap) for theme in record.themes if theme.cap is not None)


def _province(record: Record) -> list[str]:
    return _distinct(name for place in record.places if (name := province(place)))


def _person(record: Record) -> list[str]:
    return _distinct(person.name for person in record.people)


def _organisation(record: Record) -> list[str]:
    return _distinct(body.name for body in record.organisations)


def _publisher(record: Record) -> list[str]:
    return [record.source.publisher] if record.source.publisher else []


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


DIMENSIONS: dict[str, Callable[[Record], list[str]]] = {
    "month": _month,
    "year": _year,
    "theme": _theme,
    "topic": _topic,
    "province": _province,
    "person": _person,
    "organisation": _organisation,
    "publisher": _publisher,
}
"""What articles can be counted by: a record to its values, each counted once an article."""


@dataclass(slots=True)
class Count:
    """Articles by the values of some dimensions; ``total`` of all articles, ``usable`` of them."""

    by: tuple[str, ...]
    total: int = 0
    usable: int = 0
    articles: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, record: Record) -> None:
        """Count one article under every combination of its values."""
        self.total += 1
        self.usable += record.usable
        for values in product(*(DIMENSIONS[name](record) for name in self.by)):
            self.articles[values] += 1

    def rows(self, top: int | None = None) -> list[tuple[tuple[str, ...], int]]:
        """Return the combinations: in order of time if they begin with it, else most first.

        At most ``top`` of them: the latest, or those with most articles.
        """
        if self.by[0] in {"month", "year"}:
            ordered = sorted(self.articles.items(), key=lambda row: (row[0][0], -row[1], row[0]))
            return ordered[-top:] if top else ordered
        return sorted(self.articles.items(), key=lambda row: (-row[1], row[0]))[:top]
