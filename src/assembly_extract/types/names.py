"""People, posts and organisations: what mentions say, and the entities that linking makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from assembly_extract.types.mention import Mention


ORGANISATION_KINDS = (
    "ministry",
    "department",
    "office",
    "committee",
    "council",
    "centre",
    "public_organisation",
    "state_enterprise",
    "fund",
    "company",
    "cooperative",
    "university",
    "school",
    "hospital",
    "party",
    "foundation",
    "association",
    "network",
    "court",
    "local_government",
    "international",
    "military",
    "police",
    "media",
    "other",
)
"""The kinds of organisations, as the record gives them."""


@dataclass(frozen=True, slots=True)
class PersonValue:
    """A name taken apart: ``prefix`` as written (titles, ranks), ``given`` and ``family`` without.

    ``full`` is the name without its prefix, as written.
    """

    full: str
    prefix: str | None = None
    given: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class PostValue:
    """A post as written, and the body that it belongs to, if the words name one."""

    role: str
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class OrganisationValue:
    """A body as written. ``abbreviation`` where the words define one: ``X (ย่อ)`` or ``ย่อ (X)``.

    ``known`` are the full names, in the list of bodies, that the surface may stand for: one for a
    name, several for an abbreviation that bodies share, none for a body the list does not have.
    ``form`` is ``name``, ``abbreviation``, ``short`` (กระทรวงฯ, which refers back) or ``alone``
    (สภาฯ, which refers back or is a body by itself). ``category`` is the entity's kind: see
    ``data/organisations.tsv`` and ``data/organisation_grammar.toml``.
    """

    name: str
    abbreviation: str | None = None
    category: str | None = None
    known: tuple[str, ...] = ()
    form: str = "name"


@final
@dataclass(frozen=True, slots=True)
class OrganisationEntity:
    """One organisation of the article; the fields are those of the record's ``Organisation``."""

    id: str
    name: str
    abbreviation: str | None
    kind: str | None
    parent: str | None = None
    mentions: tuple[Mention, ...] = ()
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post somebody holds: the role as written, the organisation if known."""

    role: str
    organisation: str | None = None


@final
@dataclass(frozen=True, slots=True)
class PersonEntity:
    """One person of the article; the fields are those of the record's ``Person``."""

    id: str
    name: str
    prefix: str | None
    given: str | None
    family: str | None
    posts: tuple[Post, ...] = ()
    romanised: str | None = None
    mentions: tuple[Mention, ...] = ()
    ref: str | None = None
