"""The order of the stages, visible in one function: :meth:`Extractor.record`."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from assembly_extract.cleaning import clean
from assembly_extract.config import Config, read_user_file
from assembly_extract.errors import OUR_FAULT, ConfigError, DataFileError
from assembly_extract.gazetteer import load_gazetteer
from assembly_extract.linking.dates import link_dates
from assembly_extract.linking.gazetteer import own_organisations, own_people, own_places
from assembly_extract.linking.organisations import link_organisations
from assembly_extract.linking.people import link_people
from assembly_extract.linking.places import link_places
from assembly_extract.linking.themes import link_themes
from assembly_extract.overlaps import resolve
from assembly_extract.recognise import RECOGNISERS, joint_lists
from assembly_extract.recognise.gazetteer import find_own, with_own
from assembly_extract.recognise.themes import recognise_themes
from assembly_extract.records import build_record
from assembly_extract.sources import article_from_text, read_articles
from assembly_extract.tagger import load_tagger
from assembly_extract.types.article import Document, Failure
from assembly_extract.vocabulary import default_vocabulary, load_themes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from assembly_extract.cleaning.learning import Chrome
    from assembly_extract.corrections import Correction
    from assembly_extract.gazetteer import Gazetteer
    from assembly_extract.matching import JointPass
    from assembly_extract.models import Record
    from assembly_extract.tagger import Tagger
    from assembly_extract.types.article import RawArticle
    from assembly_extract.types.mention import Mention
    from assembly_extract.types.record import Plain
    from assembly_extract.vocabulary import Vocabulary

Made = TypeVar("Made")


class Extractor:
    """Turns articles into records; holds the loaded model and the configuration.

    >>> from assembly_extract import Extractor
    >>> [record.usable for record in Extractor().records([])]
    []
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()

    @cached_property
    def tagger(self) -> Tagger:
        """The sequence model, loaded when the first article needs it."""
        return load_tagger(self.config.model)

    @cached_property
    def chrome(self) -> Chrome | None:
        """What was learnt to recur around the archive's articles, if the user has such a file."""
        if self.config.chrome is None:
            return None
        from assembly_extract.cleaning.learning import load_chrome  # noqa: PLC0415 - seldom needed

        return load_chrome(read_user_file(self.config.chrome), self.config.chrome)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The policy themes: the package's, and those of the user's file."""
        if self.config.themes is None:
            return default_vocabulary()
        return load_themes(read_user_file(self.config.themes), self.config.themes)

    @cached_property
    def corrections(self) -> Mapping[str, tuple[Correction, ...]]:
        """What people marked wrong, by record id."""
        if self.config.corrections is None:
            return {}
        from assembly_extract.corrections import load_corrections  # noqa: PLC0415 - seldom needed

        return load_corrections(read_user_file(self.config.corrections), self.config.corrections)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The user's own people, organisations and places; empty without a file of them."""
        return load_gazetteer((read_user_file(path), path) for path in self.config.gazetteer)

    @cached_property
    def lists(self) -> JointPass:
        """What finds the strings of all recognisers' lists in a text at once."""
        return joint_lists(self.vocabulary)

    @cached_property
    def recognisers(self) -> dict[str, Callable[[Document], Iterable[Mention]]]:
        """The recognisers in their order, with this configuration's themes."""
        return {**RECOGNISERS, "themes": partial(recognise_themes, vocabulary=self.vocabulary)}

    def record(self, raw: RawArticle) -> Record:
        """Run one article through every stage and check what comes out against the schema.

        Raises
        ------
        pydantic.ValidationError
            A stage gave a value that the schema does not allow: a fault of ours, not the input's.

        """
        from assembly_extract.models import Record  # noqa: PLC0415 - the command line needs none

        return Record.model_validate(self.plain_record(raw))

    def plain_record(self, raw: RawArticle) -> Plain:
        """Run one article through every stage; return the record as plain values."""
        article = clean(raw, self.chrome)
        spans = self.tagger.spans(article.text) if article.usable else ()
        own = find_own(article.text, self.gazetteer) if article.usable else ()
        self.lists.read(article.text)
        document = Document(article, tuple(spans), own)
        mentions = resolve(
            mention for recognise in self.recognisers.values() for mention in recognise(document)
        )
        mentions = with_own(mentions, own)
        dates = link_dates(mentions, document, self.config.reference_date)
        places = link_places(mentions, document, dates.date)
        organisations = link_organisations(mentions, document)
        if own:
            places = own_places(places, document, self.gazetteer)
            organisations = own_organisations(organisations, document, self.gazetteer)
        people = link_people(mentions, organisations, document)
        if own:
            people = own_people(people, document, self.gazetteer)
        themes = link_themes(mentions, document, self.vocabulary)
        record = build_record(
            article,
            self.config,
            self.tagger.version,
            dates=dates,
            places=places,
            people=people,
            organisations=organisations,
            themes=themes,
        )
        corrected = self.corrections.get(raw.id)
        if corrected is None:
            return record
        from assembly_extract.corrections import apply_corrections  # noqa: PLC0415 - seldom needed

        return apply_corrections(record, corrected)

    def records(
        self,
        paths: str | Path | Iterable[str | Path],
        on_failure: Callable[[Failure], None] | None = None,
    ) -> Iterator[Record]:
        """Yield a record for each article under ``paths`` (or one path), in order.

        Inputs that give none are handed to ``on_failure``; without it they are skipped, so that one
        bad file never stops a run.
        """
        for outcome in read_articles(
            paths, encoding=self.config.encoding, anchor=self.config.anchor
        ):
            if isinstance(outcome, Failure):
                if on_failure is not None:
                    on_failure(outcome)
                continue
            record = attempt(self.record, outcome)
            if not isinstance(record, Failure):
                yield record
            elif on_failure is not None:
                on_failure(record)


def attempt(make: Callable[[RawArticle], Made], raw: RawArticle) -> Made | Failure:
    """Return what ``make`` makes of an article, or which stage broke on it: a run goes on without.

    Raises
    ------
    ConfigError, DataFileError
        It is no article's fault: a file that the user has given, or our own data, is wrong.

    """
    try:
        return make(raw)
    except (ConfigError, DataFileError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this article's alone
        return fault_of(raw.path, error)


_STAGES = ("cleaning", "tagger", "tokens", "recognise", "overlaps", "linking", "records", "models")


def fault_of(path: str, error: Exception) -> Failure:
    """Return the failure of an article that a stage broke on."""
    return Failure(
        path,
        stage_of(error),
        f"{type(error).__name__}: {error}",
        OUR_FAULT,
    )


def stage_of(error: BaseException) -> str:
    """Return the stage that an exception comes from: the package's module it was raised under.

    >>> stage_of(ValueError("raised outside of every stage"))
    'pipeline'
    """
    trace = error.__traceback__
    while trace is not None:
        _, _, module = trace.tb_frame.f_globals.get("__name__", "").partition("assembly_extract.")
        parts = module.split(".")
        if parts[0] in _STAGES:
            return ".".join(parts[:2])
        trace = trace.tb_next
    return "pipeline"


def extract(text_or_path: str | Path, config: Config | None = None) -> Record:
    """Return the record of one article: a :class:`~pathlib.Path` to a file, or a string of text.

    A string is always text, never a path: an article may be short, and a file name may look like
    one.

    Raises
    ------
    InputError
        The file is missing, unreadable, binary or undecodable.

    """
    extractor = Extractor(config)
    if isinstance(text_or_path, str):
        return extractor.record(article_from_text(text_or_path))
    chosen = extractor.config
    for outcome in read_articles([text_or_path], encoding=chosen.encoding, anchor=chosen.anchor):
        if isinstance(outcome, Failure):
            from assembly_extract.errors import InputError  # noqa: PLC0415 - the rare case

            raise InputError(outcome.path, outcome.stage, outcome.reason, outcome.hint)
        return extractor.record(outcome)
    from assembly_extract.errors import InputError  # noqa: PLC0415 - the rare case

    raise InputError(str(text_or_path), "read", "no article found", "Give a .txt or .html file.")
