"""The register's files: one entity a line of JSON, with the nodes that a next run goes on from."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from assembly_extract.areas import area
from assembly_extract.errors import InputError
from assembly_extract.exports.atomic import replacing_file
from assembly_extract.normalise.facts import facts_of
from assembly_extract.normalise.merges import Entity, Link
from assembly_extract.normalise.nodes import Node, Period, most_common, widened
from assembly_extract.normalise.organisations import abbreviation, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

FILES = {"person": "people", "organisation": "organisations", "place": "places"}
MOST_SIGNS = 1_000
"""A node's signs beyond these are not kept for the next run; posts come first, then bodies."""
_ORDER = {"post": 0, "org": 1, "of": 1, "short": 1, "goes": 1, "with": 2, "near": 3, "at": 4}


def read_register(folder: Path, kind: str) -> list[Entity]:
    """Return the entities of one kind; none if the register has no file of them yet.

    Raises
    ------
    InputError
        A line is no entity; the message names it.

    """
    path = folder / f"{FILES[kind]}.jsonl"
    if not path.exists():
        return []
    found = []
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            try:
                row = json.loads(line)
                found.append(
                    Entity(
                        row["id"],
                        tuple(_node(part) for part in row["nodes"]),
                        tuple(
                            Link(part["score"], part["a"], part["b"], part["rule"])
                            for part in row["merges"]
                        ),
                    )
                )
            except (ValueError, KeyError, TypeError) as error:
                reason = f"line {number} is no entity of a register ({error!r})"
                hint = "Restore the file, or begin a new register in another folder."
                raise InputError(str(path), "parse", reason, hint) from None
    return found


def write_register(folder: Path, kind: str, found: Iterable[Entity]) -> None:
    """Write the entities of one kind, most named first: the file appears when it is whole."""
    with (
        replacing_file(folder / f"{FILES[kind]}.jsonl") as draft,
        draft.open("w", encoding="utf-8") as out,
    ):
        for entity in sorted(found, key=lambda entity: (-len(articles(entity)), entity.id)):
            out.write(json.dumps(described(kind, entity), ensure_ascii=False) + "\n")


def articles(entity: Entity) -> set[str]:
    """Return the ids of all articles that name an entity."""
    return set().union(*(node.articles for node in entity.nodes))


def described(kind: str, entity: Entity) -> dict[str, Any]:
    """Return an entity as the register has it: what people read first, then its nodes."""
    days: Period = []
    variants: Counter[str] = Counter()
    for node in entity.nodes:
        variants.update(node.variants)
        for day in node.days:
            days = widened(days, day)
    first, last = days or (None, None)
    return {
        "id": entity.id,
        "name": shown_name(kind, entity),
        **_FIELDS[kind](entity),
        "articles": len(articles(entity)),
        "first": first,
        "last": last,
        "variants": _counted(variants),
        "merges": [
            {"a": link.a, "b": link.b, "rule": link.rule, "score": link.score}
            for link in entity.links
        ],
        "nodes": [_node_row(node) for node in entity.nodes],
    }


def shown_name(kind: str, entity: Entity) -> str:
    """Return the preferred form: the list's, else the largest node's most frequent name.

    An office is called สำนักงาน where any article writes the word out.
    """
    if kind == "organisation":
        listed = next(filter(None, map(shown, entity.nodes)), None)
        if listed:
            return listed
    names = entity.nodes[0].names
    short = tuple(facts_of("written")["office_short"])
    spelt = {name: count for name, count in names.items() if not name.startswith(short)}
    return most_common(spelt or names) or entity.id


def _person(entity: Entity) -> dict[str, Any]:
    prefixes: dict[str, tuple[Period, int]] = {}
    posts: dict[tuple[str, str | None], tuple[Period, set[str]]] = {}
    for node in entity.nodes:
        for prefix, (period, count) in node.prefixes.items():
            known, before = prefixes.get(prefix, ([], 0))
            prefixes[prefix] = (_joined(known, period), before + count)
        for post, (period, where) in node.posts.items():
            known, others = posts.get(post, ([], set()))
            posts[post] = (_joined(known, period), others | where)
    return {
        "romanised": None,
        "prefixes": [
            {"prefix": prefix, **_from_to(period), "articles": count}
            for prefix, (period, count) in sorted(prefixes.items(), key=_by_days)
        ],
        "posts": [
            {
                "role": role,
                "organisation": body,
                **_from_to(period),
                "articles": sorted(where),
            }
            for (role, body), (period, where) in sorted(posts.items(), key=_by_days)
        ],
    }


def _organisation(entity: Entity) -> dict[str, Any]:
    best = entity.nodes[0]
    return {
        "abbreviation": next(filter(None, map(abbreviation, entity.nodes)), None),
        "kind": best.most("kind"),
        "parent": best.most("parent"),
    }


def _place(entity: Entity) -> dict[str, Any]:
    best = entity.nodes[0]
    dopa = best.most("dopa")
    known = area(dopa) if dopa and best.key.startswith("dopa:") else None
    return {
        "romanised": known.name_en if known else None,
        "kind": best.most("kind"),
        "dopa": dopa,
        "iso": best.most("iso"),
        "within": (best.most("within") or "").split(" | ") if best.most("within") else [],
    }


_FIELDS = {"person": _person, "organisation": _organisation, "place": _place}


def _by_days(item: tuple[Any, tuple[Period, Any]]) -> tuple[Sequence[str], str]:
    return item[1][0] or ["9999"], str(item[0])


def _joined(one: Period, other: Period) -> Period:
    for day in other:
        one = widened(one, day)
    return one


def _from_to(period: Period) -> dict[str, str | None]:
    first, last = period or (None, None)
    return {"from": first, "to": last}


def _counted(counts: Counter[str]) -> dict[str, int]:
    """Return counts, the largest first; of equals by spelling."""
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _node_row(node: Node) -> dict[str, Any]:
    ordered = sorted(node.signs, key=lambda sign: (_ORDER[sign.partition(":")[0]], sign))
    return {
        "id": node.id,
        "key": node.key,
        "days": node.days,
        "names": _counted(node.names),
        "variants": _counted(node.variants),
        "prefixes": [[name, *part] for name, part in sorted(node.prefixes.items())],
        "posts": [
            [role, body, period, sorted(where)]
            for (role, body), (period, where) in sorted(
                node.posts.items(), key=lambda pair: (pair[0][0], pair[0][1] or "")
            )
        ],
        "details": {name: _counted(counts) for name, counts in sorted(node.details.items())},
        "context": list(node.context),
        "signs": ordered[:MOST_SIGNS],
        "articles": sorted(node.articles),
    }


def _node(row: dict[str, Any]) -> Node:
    return Node(
        row["id"],
        row["key"],
        set(row["articles"]),
        Counter(row["variants"]),
        Counter(row["names"]),
        {name: (period, count) for name, period, count in row["prefixes"]},
        {(role, body): (period, set(where)) for role, body, period, where in row["posts"]},
        {name: Counter(counts) for name, counts in row["details"].items()},
        set(row["signs"]),
        row["days"],
        (row["context"][0], row["context"][1], row["context"][2]),
    )


def read_entities(folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of a register's file as they stand, for those who only look."""
    path = folder / f"{FILES[kind]}.jsonl"
    try:
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        hint = "Give a folder that `assembly-extract normalise` wrote."
        raise InputError(str(path), "read", reason, hint) from None
