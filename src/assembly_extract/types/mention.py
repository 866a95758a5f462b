"""A found piece of text: where it stands, what it is, and which rule says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["date", "place", "person", "post", "organisation", "theme"]


@dataclass(frozen=True, slots=True)
class Mention:
    """``document.text[start:end] == text``, always; offsets are code points.

    ``rule`` names the pattern, gazetteer or model that found it, ``score`` (0..1) how sure that is.
    ``value`` is the kind's payload (:mod:`~assembly_extract.types.dates` and its neighbours): what
    the recogniser knows from the words alone. Linking turns mentions into entities.
    """

    start: int
    end: int
    text: str
    kind: Kind
    rule: str
    score: float = 1.0
    value: object = None
