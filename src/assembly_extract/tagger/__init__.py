"""The sequence tagger: persons, organisations, places, dates and more in raw Thai text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from assembly_extract.errors import ConfigError
from assembly_extract.tagger.threads import load_numpy

if TYPE_CHECKING:
    from assembly_extract.spans import Span

#: What spans are labelled with; whatever else a model tells apart is not shown.
LABELS = ("PERSON", "ORGANIZATION", "LOCATION", "DATE", "TIME", "MONEY", "LAW")
MODELS = ("default", "accurate")


class Tagger(Protocol):
    """What tags raw text."""

    @property
    def version(self) -> str:
        """Digits that change with any byte of the model."""

    def spans(self, text: str) -> list[Span]:
        """Return labelled spans, sorted, not overlapping; code points into ``text``."""

    def prepare(self) -> None:
        """Compute what many texts will need; processes forked after this share it."""


@cache
def load_tagger(name: str = "default") -> Tagger:
    """Load a tagger by name: one of :data:`MODELS`, or ``pythainlp:`` and the name of an engine.

    >>> text = "นายสมชาย ใจดี เปิดประชุมที่จังหวัดขอนแก่น"
    >>> [text[s.start:s.end] for s in load_tagger("default").spans(text) if s.label == "PERSON"]
    ['นายสมชาย ใจดี']

    Raises
    ------
    ConfigError
        There is no model of this name, or what it needs is not installed.
    DataFileError
        The model's file is missing or damaged.

    """
    load_numpy()
    if name in MODELS:
        from assembly_extract.tagger.chain import ChainTagger  # noqa: PLC0415 - loads numpy

        return ChainTagger(name)
    if name.startswith("pythainlp:"):
        from assembly_extract.tagger.transformer import PythainlpTagger  # noqa: PLC0415 - as above

        return PythainlpTagger(name)
    raise ConfigError(
        f"no model named {name!r}; choose one of: {', '.join(MODELS)}, pythainlp:NAME"
    )
