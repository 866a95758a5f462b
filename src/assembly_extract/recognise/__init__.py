"""The recognisers, in the one table that the pipeline reads: Document -> mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.matching import JointPass
from assembly_extract.recognise.dates import recognise_dates
from assembly_extract.recognise.dates.beginnings import starters
from assembly_extract.recognise.organisations import recognise_organisations
from assembly_extract.recognise.organisations.abroad import country_names
from assembly_extract.recognise.organisations.lexicon import matcher as body_lists
from assembly_extract.recognise.people import recognise_people
from assembly_extract.recognise.people.lexicon import (
    areas_with_titles,
    heads,
    not_titles,
    province_ends,
    royal_openings,
    titles,
)
from assembly_extract.recognise.people.post_patterns import acting, ministries
from assembly_extract.recognise.places import recognise_places
from assembly_extract.recognise.places.lexicon import matcher as place_lists
from assembly_extract.recognise.themes import recognise_themes
from assembly_extract.recognise.themes.cues import cues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention
    from assembly_extract.vocabulary import Vocabulary


def joint_lists(vocabulary: Vocabulary) -> JointPass:
    """Return one pass for the lists that recognisers look for in the whole of every text."""
    return JointPass(
        [
            starters(),
            place_lists(),
            titles(),
            not_titles(),
            areas_with_titles(),
            heads(),
            acting(),
            ministries(),
            province_ends(),
            country_names(),
            royal_openings(),
            body_lists(),
            vocabulary.matcher,
            cues().anchors,
        ]
    )


RECOGNISERS: dict[str, Callable[[Document], Iterable[Mention]]] = {
    "dates": recognise_dates,
    "places": recognise_places,
    "people": recognise_people,
    "organisations": recognise_organisations,
    "themes": recognise_themes,
}
