"""A cleaned article and its linked entities -> the published record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assembly_extract import __version__, models
from assembly_extract.resources import data_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.config import Config
    from assembly_extract.types.article import Article, Notice
    from assembly_extract.types.dates import LinkedDates
    from assembly_extract.types.names import OrganisationEntity, PersonEntity
    from assembly_extract.types.places import LinkedPlaces
    from assembly_extract.types.themes import ThemeEntity

REMOVED_SHOWN = 300
"""How many characters of a removed piece the record shows; ``length`` gives the whole."""


def build_record(
    article: Article,
    config: Config,
    tagger_version: str,
    *,
    dates: LinkedDates,
    places: LinkedPlaces,
    people: Sequence[PersonEntity],
    organisations: Sequence[OrganisationEntity],
    themes: Sequence[ThemeEntity],
) -> models.Record:
    """Validate and publish what the stages found.

    Raises
    ------
    pydantic.ValidationError
        A stage gave a value that the schema does not allow: a fault of ours, never of the input.

    """
    notices: list[Notice] = [
        *article.raw.notices,
        *article.notices,
        *dates.notices,
        *places.notices,
    ]
    fields: dict[str, Any] = {
        "schema": models.SCHEMA,
        "id": article.raw.id,
        "source": _source(article),
        "language": article.language,
        "usable": article.usable,
        "title": article.title,
        "text": article.text,
        "published": dates.published,
        "date": dates.date,
        "dates": dates.dates,
        "place": places.place,
        "places": places.places,
        "people": people,
        "organisations": organisations,
        "themes": themes,
        "removed": [
            models.Removed(
                text=piece.text[:REMOVED_SHOWN],
                length=len(piece.text),
                kind=piece.kind,
                rule=piece.rule,
            )
            for piece in article.removed
        ],
        "duplicate_of": None,
        "warnings": [models.Warning(code=n.code, detail=n.detail) for n in notices],
        "provenance": models.Provenance(
            tool="assembly-extract",
            version=__version__,
            config=config.digest,
            models={config.model: tagger_version},
            data={"package": data_version()},
        ),
    }
    return models.Record.model_validate(fields)


def _source(article: Article) -> models.Source:
    raw = article.raw
    return models.Source(
        path=raw.path,
        format=raw.format,
        encoding=raw.encoding,
        sha256=raw.sha256,
        url=raw.metadata.url,
        publisher=article.publisher,
        section=article.section,
        slug=article.slug,
        authors=list(article.authors),
        extra=raw.extra,
    )
