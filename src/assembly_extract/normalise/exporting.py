"""The register for other programs: OpenRefine, Popolo, FollowTheMoney."""

from __future__ import annotations

import csv
import hashlib
import json
from typing import TYPE_CHECKING, Any

from assembly_extract.exports.atomic import replacing_file
from assembly_extract.exports.ftm import PUBLIC_KINDS, ftm_entity
from assembly_extract.normalise.bodies import listed_key
from assembly_extract.normalise.register import FILES, read_entities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Row = dict[str, Any]
Everything = dict[str, list[Row]]

_COLUMNS = {
    "person": ("id", "name", "prefix", "posts", "variants", "articles", "first", "last"),
    "organisation": (
        "id", "name", "abbreviation", "kind", "parent", "variants", "articles", "first", "last",
    ),
    "place": (
        "id", "name", "romanised", "kind", "dopa", "iso", "within", "variants", "articles",
        "first", "last",
    ),
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@")


def write_export(form: str, register: Path) -> None:
    """Write the register's files of one of the forms in :data:`EXPORTS` beside them.

    Raises
    ------
    KeyError
        There is no such form.
    InputError
        A file of the register cannot be read.

    """
    write = EXPORTS[form]
    write({kind: list(read_entities(register, kind)) for kind in FILES}, register)


def _openrefine(every: Everything, register: Path) -> None:
    """Write a CSV for each kind: an id to reconcile against, a row an entity."""
    for kind, columns in _COLUMNS.items():
        target = register / f"{FILES[kind]}.openrefine.csv"
        with (
            replacing_file(target) as draft,
            draft.open("w", encoding="utf-8", newline="") as out,
        ):
            writer = csv.writer(out)
            writer.writerow(columns)
            for entity in every[kind]:
                writer.writerow([_cell(entity, column) for column in columns])


def _cell(entity: Row, column: str) -> str | int | None:
    """Return what a column shows of an entity; lists are separated by ``|``."""
    if column == "prefix":
        return _most_used_prefix(entity)
    if column == "posts":
        return _joined(_post_words(post) for post in entity["posts"])
    if column in {"variants", "within"}:
        return _joined(entity[column])
    value: str | int | None = entity[column]
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _joined(words: Any) -> str:  # noqa: ANN401 - any iterable of strings, a dict's keys too
    text = "|".join(words)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _post_words(post: Row) -> str:
    body = post["organisation"]
    return post["role"] if not body or body in post["role"] else f"{post['role']} {body}"


def _most_used_prefix(person: Row) -> str | None:
    best = max(person["prefixes"], key=lambda row: (row["articles"], row["prefix"]), default=None)
    return best["prefix"] if best else None


def _popolo(every: Everything, register: Path) -> None:
    """Write one Popolo document: persons, organizations, posts, memberships."""
    bodies = _bodies(every["organisation"])
    posts: dict[str, Row] = {}
    memberships = []
    for person, post, body in _held(every["person"], bodies):
        key = _key("post", post["role"], body or post["organisation"] or "")
        posts[key] = {
            "id": key,
            "label": _post_words(post),
            "role": post["role"],
            "organization_id": body,
        }
        memberships.append(
            {
                "id": _key("membership", person["id"], key),
                "person_id": person["id"],
                "post_id": key,
                "organization_id": body,
                "role": post["role"],
                "start_date": post["from"],
                "end_date": post["to"],
            }
        )
    document = {
        "persons": [
            {
                "id": person["id"],
                "name": person["name"],
                "honorific_prefix": _most_used_prefix(person),
                "other_names": _other_names(person),
            }
            for person in every["person"]
        ],
        "organizations": [
            {
                "id": body["id"],
                "name": body["name"],
                "classification": body["kind"],
                "parent_id": bodies.get(listed_key(body["parent"])) if body["parent"] else None,
                "other_names": _other_names(body),
            }
            for body in every["organisation"]
        ],
        "posts": [posts[key] for key in sorted(posts)],
        "memberships": memberships,
    }
    with replacing_file(register / "popolo.json") as draft:
        draft.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def _other_names(entity: Row) -> list[dict[str, str]]:
    """Return the names that its nodes had in articles, the shown one left out."""
    names = {name for node in entity["nodes"] for name in node["names"]}
    return [{"name": name} for name in sorted(names - {entity["name"]})]


def _ftm(every: Everything, register: Path) -> None:
    """Write FollowTheMoney entities: people, bodies, and memberships for posts with a body."""
    bodies = _bodies(every["organisation"])
    with (
        replacing_file(register / "register.ftm.json") as draft,
        draft.open("w", encoding="utf-8") as out,
    ):
        for entity in _ftm_entities(every, bodies):
            out.write(json.dumps(entity, ensure_ascii=False) + "\n")


def _ftm_entities(every: Everything, bodies: dict[str, str]) -> Iterator[Row]:
    for person in every["person"]:
        yield ftm_entity(
            person["id"],
            "Person",
            name=[person["name"]],
            alias=[other["name"] for other in _other_names(person)],
            title=[row["prefix"] for row in person["prefixes"]],
            position=[_post_words(post) for post in person["posts"]],
        )
    for body in every["organisation"]:
        yield ftm_entity(
            body["id"],
            "PublicBody" if body["kind"] in PUBLIC_KINDS else "Organization",
            name=[body["name"]],
            alias=[other["name"] for other in _other_names(body)],
            abbreviation=[body["abbreviation"]],
        )
    for person, post, held in _held(every["person"], bodies):
        if held:
            yield ftm_entity(
                _key("membership", person["id"], post["role"], held),
                "Membership",
                member=[person["id"]],
                organization=[held],
                role=[post["role"]],
                startDate=[post["from"]],
                endDate=[post["to"]],
            )


def _bodies(organisations: list[Row]) -> dict[str, str]:
    """Return the id of the body of each name that is one body's alone."""
    owners: dict[str, set[str]] = {}
    for body in organisations:
        for node in body["nodes"]:
            for name in (body["name"], *node["names"]):
                own = node["key"] if "@" in node["key"] else ""  # another one in each province
                owners.setdefault(listed_key(name), set()).update({body["id"], own} - {""})
    return {key: min(ids) for key, ids in owners.items() if len(ids) == 1}


def _held(people: list[Row], bodies: dict[str, str]) -> Iterator[tuple[Row, Row, str | None]]:
    """Yield each person with each post and the id of its body, once for a post of one body."""
    for person in people:
        merged: dict[tuple[str, str | None, str | None], Row] = {}
        for post in person["posts"]:
            name = post["organisation"]
            body = bodies.get(listed_key(name)) if name else None
            key = post["role"], body, None if body else name
            before = merged.setdefault(key, dict(post))
            for field, best in (("from", min), ("to", max)):
                days = [row[field] for row in (before, post) if row[field]]
                before[field] = best(days) if days else None
        for (_, body, _), post in merged.items():
            yield person, post, body


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


EXPORTS: dict[str, Callable[[Everything, Path], None]] = {
    "openrefine": _openrefine,
    "popolo": _popolo,
    "ftm": _ftm,
}
