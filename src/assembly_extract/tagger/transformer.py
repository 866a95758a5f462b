"""pythainlp's own named-entity engines, by name: transformers, downloaded when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assembly_extract.errors import ConfigError
from assembly_extract.tagger.lines import lines_of, shown_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.spans import Span

PREFIX = "pythainlp:"
#: pythainlp's engines, and the corpus that each is asked for with.
ENGINES = {
    "thainer-v2": "thainer",
    "wangchanberta": "thainer",
    "phayathaibert": "thainer-v2",
    "thainer": "thainer",
}
# These models read 512 word pieces at most; a longer line is tagged in parts.
_LONGEST_LINE = 800


class PythainlpTagger:
    """Tags a text by one of pythainlp's engines, line by line.

    These give no score for a span: 1.0 stands for all.

    Parameters
    ----------
    name
        ``pythainlp:`` and one of :data:`ENGINES`.

    Raises
    ------
    ConfigError
        There is no such engine, or its libraries or its model are not there.

    """

    def __init__(self, name: str) -> None:
        engine = name.removeprefix(PREFIX)
        if engine not in ENGINES:
            known = ", ".join(PREFIX + known for known in ENGINES)
            raise ConfigError(f"no model named {name!r}; of pythainlp's there are: {known}")
        try:
            import pythainlp  # noqa: PLC0415 - heavy, and only for this model
            from pythainlp.tag import NER  # noqa: PLC0415 - as above

            self._engine: Any = NER(engine=engine, corpus=ENGINES[engine])
        except (ImportError, OSError, ValueError) as error:
            raise ConfigError(
                f"the model {name!r} could not be loaded ({error}). It needs "
                "pip install 'assembly-extract[transformers]' and a connection the first time that "
                "it is used; offline, use the model 'default'"
            ) from error
        self.version = f"{engine}, pythainlp {pythainlp.__version__}"

    def spans(self, text: str) -> list[Span]:
        """Return labelled spans, sorted, not overlapping; code points into ``text``."""
        return [
            span
            for offset, line in lines_of(text, _LONGEST_LINE)
            for found in joined(line, self._engine.tag(line))
            for span in shown_span(text, found, offset)
        ]

    def prepare(self) -> None:
        """Do nothing: all that these engines need is loaded."""


def joined(line: str, words: list[tuple[str, str]]) -> Iterator[tuple[int, int, str, float]]:
    """Join labelled words to ``(start, end, type, 1.0)``.

    Words are sought in ``line`` from left to right, since these engines may drop or change white
    space; a word that is not found ends the span it stands in.

    >>> list(joined("นายดี ใจงาม มา", [("นายดี", "B-PERSON"), ("ใจงาม", "I-PERSON"), ("มา", "O")]))
    [(0, 11, 'PERSON', 1.0)]
    """
    at = 0
    current: tuple[int, int, str, float] | None = None
    for word, label in words:
        start = line.find(word.strip(), at) if word.strip() else -1
        if word.isspace():
            continue
        inside = label.startswith("I-") and current is not None and current[2] == label[2:]
        if start < 0 or not inside:
            if current is not None:
                yield current
            current = None
        if start < 0:
            continue
        at = start + len(word.strip())
        if inside and current is not None:
            current = (current[0], at, current[2], 1.0)
        elif label != "O":
            current = (start, at, label[2:], 1.0)
    if current is not None:
        yield current
