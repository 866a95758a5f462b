"""FollowTheMoney entities, a JSON object per line: what Aleph and its kin import.

An ``Article``, and for everyone and everything named in it a ``Person``, ``PublicBody`` or
``Organization``, and a ``Mention`` that ties the two. Entities of one article only are never merged
with those of another: that is what ``normalise`` is for.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from assembly_extract.exports.atomic import replacing_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from assembly_extract.models import Organisation, Person, Record

# Kinds of organisations that are bodies of the state; the others become Organization.
PUBLIC_KINDS: frozenset[str] = frozenset(
    {
        "ministry",
        "department",
        "office",
        "committee",
        "council",
        "court",
        "local_government",
        "military",
        "police",
        "state_enterprise",
    }
)

# FollowTheMoney refuses names longer than 384 characters and strings longer than 1,024; a text has
# its own, larger limit. No name in print is as long; what is, is cut.
_LONGEST = {"bodyText": 65_000, "title": 1_000, "fileName": 1_000}
_LONGEST_NAME = 380

Entity = dict[str, Any]


def write_ftm(records: Iterable[Record], target: Path) -> Counter[str]:
    """Write the entities of every record, an entity a line."""
    with replacing_file(target) as draft, draft.open("w", encoding="utf-8") as out:
        for record in records:
            for entity in _entities(record):
                out.write(json.dumps(entity, ensure_ascii=False) + "\n")
    return Counter()


def _entities(record: Record) -> Iterator[Entity]:
    article = _article_id(record)
    yield ftm_entity(
        article,
        "Article",
        title=[record.title],
        fileName=[record.source.path],
        bodyText=[record.text],
        publisher=[record.source.publisher],
        author=record.source.authors,
        sourceUrl=[_web_address(record.source.url)],
        date=[record.date.start if record.date else None],
        publishedAt=[record.published.start if record.published else None],
        language=[{"th": "tha", "en": "eng"}.get(record.language)],
        keywords=[theme.label.th for theme in record.themes],
    )
    for person in record.people:
        key = _key(article, person.id)
        yield _person(key, person)
        yield from _mentions(record, key, "Person", person.name, person)
    for body in record.organisations:
        key = _key(article, body.id)
        schema = "PublicBody" if body.kind in PUBLIC_KINDS else "Organization"
        yield ftm_entity(key, schema, name=[body.name], abbreviation=[body.abbreviation])
        yield from _mentions(record, key, schema, body.name, body)


def _person(key: str, person: Person) -> Entity:
    return ftm_entity(
        key,
        "Person",
        name=[person.name],
        title=[person.prefix],
        firstName=[person.given],
        lastName=[person.family],
        position=[
            " ".join(filter(None, (post.role, post.organisation)))
            if post.organisation and post.organisation not in post.role
            else post.role
            for post in person.posts
        ],
    )


def _mentions(
    record: Record, key: str, schema: str, name: str, entity: Person | Organisation
) -> Iterator[Entity]:
    yield ftm_entity(
        _key(key, "mention"),
        "Mention",
        document=[_article_id(record)],
        name=list(dict.fromkeys([name, *(mention.text for mention in entity.mentions)])),
        detectedSchema=[schema],
        resolved=[key],
    )


def ftm_entity(key: str, schema: str, **properties: Sequence[str | None]) -> Entity:
    """Return an entity with the properties that have values, cut to what the format takes."""
    filled = {
        name: [value[: _LONGEST.get(name, _LONGEST_NAME)] for value in values if value]
        for name, values in properties.items()
    }
    return {
        "id": key,
        "schema": schema,
        "properties": {name: values for name, values in filled.items() if values},
    }


def _article_id(record: Record) -> str:
    """Return the record's id; FollowTheMoney takes no others than ours, so those are hashed."""
    return record.id if re.fullmatch("[0-9a-f]{32}", record.id) else _key(record.id)


def _web_address(url: str | None) -> str | None:
    """Return an address that FollowTheMoney takes: of the web, with a host."""
    return url if url and re.fullmatch(r"https?://[^\s/]+\.[^\s]+", url) else None


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
