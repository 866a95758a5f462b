"""Inputs -> outcomes, in input order; one bad input never stops a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.pipeline import Extractor
from assembly_extract.sources import Input, Unreachable, read_input
from assembly_extract.types.article import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.config import Config


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: a record as a line of JSON, or a failure.

    ``note`` says why a record's page holds no article; it is empty for one that does.
    """

    given: str
    name: str
    line: str | None = None
    failure: Failure | None = None
    note: str = ""


def outcome_of(item: Input, extractor: Extractor) -> Outcome:
    """Read one input and extract its record."""
    raw = read_input(item, extractor.config.encoding)
    record = raw if isinstance(raw, Failure) else extractor.attempt(raw)
    if isinstance(record, Failure):
        return Outcome(item.given, item.name, failure=record)
    note = ""
    if not record.usable:
        details = [f"{warning.code}: {warning.detail}" for warning in record.warnings]
        note = "; ".join(details) or "no article in it"
    return Outcome(item.given, item.name, line=record.to_json(), note=note)


def outcomes(found: Iterable[Input | Unreachable], config: Config) -> Iterator[Outcome]:
    """Yield the outcome of each input, in order."""
    extractor = extractor_for(config)
    for item in found:
        if isinstance(item, Unreachable):
            yield Outcome(item.given, item.name, failure=item.failure)
        else:
            yield outcome_of(item, extractor)


@cache
def extractor_for(config: Config) -> Extractor:
    """Return the process's one extractor for ``config``: its model is loaded once."""
    return Extractor(config)
