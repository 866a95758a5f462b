"""An article on its way: as read, as cleaned, as the recognisers see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from assembly_extract.spans import AlignedText, Span
    from assembly_extract.types.mention import Mention


class Notice(NamedTuple):
    """Something the user should know about one record; becomes a warning of the record."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no record; fields as in :class:`~assembly_extract.errors.InputError`."""

    path: str
    stage: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page's markup or a table's columns say about the article; ``None`` where silent.

    ``published`` is the value as written (an ISO string or Thai text); ``sources`` names for each
    filled field where it came from (``og:title``, ``json-ld``, ``<time>``, ``column title``).
    ``window`` is the ``<title>`` where that is not the headline's.
    """

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    window: str | None = None
    sources: dict[str, str] = field(default_factory=dict)


class Capture(NamedTuple):
    """What a web archive says about a page that it keeps; ``None`` where silent.

    ``time`` is when it was fetched, as written (ISO 8601), ``record`` the archive's own id for it,
    ``charset`` what the server declared, ``truncated`` why the crawler cut the page, if it did.
    """

    url: str | None
    time: str | None
    record: str | None
    charset: str | None
    markup: bool
    truncated: str | None


class Mark(NamedTuple):
    """Lines of a page that its markup shows to be no part of the article.

    ``text[start:end]`` of the :class:`RawArticle` is one or more whole lines; ``kind`` and ``rule``
    are those of the :class:`Removed` pieces that the cleaner makes of them.
    """

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One decoded input. ``text`` holds a line per block for HTML, the file's own lines otherwise.

    ``marks`` are sorted, do not overlap, and are empty for anything but HTML. ``anchor`` is a day
    from outside the page that its words may lean on, after its kind (``mtime 2023-08-15``); only
    where the user has asked for one.
    """

    path: str
    id: str
    sha256: str
    format: str
    encoding: str
    text: str
    metadata: PageMetadata = PageMetadata()
    extra: dict[str, Any] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    marks: tuple[Mark, ...] = ()
    anchor: str | None = None


class Removed(NamedTuple):
    """A piece that the cleaner took out. ``text`` is whole here; the record shows 300 characters.

    ``start`` is a code point into ``RawArticle.text``.
    """

    text: str
    kind: str
    rule: str
    start: int


@dataclass(frozen=True, slots=True)
class Publication:
    """The page's own date, as written. ``source`` is ``date_line`` or a metadata field's name."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article.

    ``text`` is the headline, a blank line, and the body's paragraphs, a newline between two.
    ``body_start`` is where the body begins in ``text`` (0 without a headline). ``aligned.text`` is
    ``text``; ``aligned`` leads back to ``RawArticle.text``.
    """

    raw: RawArticle
    aligned: AlignedText
    title: str | None
    body_start: int
    usable: bool
    language: str
    published: Publication | None = None
    publisher: str | None = None
    section: str | None = None
    slug: str | None = None
    authors: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def text(self) -> str:
        """The clean text that every offset points into."""
        return self.aligned.text

    @property
    def is_english(self) -> bool:
        """Whether the text is English, for which there are recognisers of its own."""
        return self.language == "en"


@dataclass(frozen=True)
class Document:
    """A cleaned article and what the sequence tagger saw in it; the recognisers' only input.

    ``spans`` are sorted by start and do not overlap; labels are ``PERSON``, ``ORGANIZATION``,
    ``LOCATION``, ``DATE``, ``TIME``, ``MONEY`` and ``LAW``. ``own`` are the mentions that
    the user's list of names gives, sorted, none overlapping another.
    """

    article: Article
    spans: tuple[Span, ...] = ()
    own: tuple[Mention, ...] = ()

    @cached_property
    def text(self) -> str:
        """The clean text that every offset points into."""
        return self.article.text

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """``(start, end)`` of each line that is not empty: the headline, then each paragraph."""
        found, start = [], 0
        for line in self.text.split("\n"):
            if line:
                found.append((start, start + len(line)))
            start += len(line) + 1
        return tuple(found)

    def spans_labelled(self, *labels: str) -> tuple[Span, ...]:
        """Return the tagger's spans that carry one of ``labels``, in order."""
        return tuple(span for span in self.spans if span.label in labels)
