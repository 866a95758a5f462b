"""Rows of the tidy tables -> records: the way back from ``rows``.

Rows come as dictionaries by column name, those of each table in their order within the record.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from assembly_extract.exports.rows import PUBLISHED
from assembly_extract.models import Record
from assembly_extract.types.record import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Fields = dict[str, Any]
    Grouped = Mapping[tuple[Any, ...], list[Fields]]

_UNKNOWN_PROVENANCE = {"tool": "unknown", "version": "unknown", "config": "unknown"}


def rebuild(
    article: Fields, tables: Mapping[str, Sequence[Fields]], provenance: Fields | None
) -> Record:
    """Return the record of an article, from its row and its rows in the other tables.

    Raises
    ------
    pydantic.ValidationError
        The rows make no record, as somebody changed them.
    ValueError
        A column that holds JSON holds something else.

    """
    mentions = _grouped(tables["mentions"], "kind", "entity")
    dates = [(row, _date(row, mentions)) for row in tables["dates"]]
    places = _places(tables, mentions)
    return Record.model_validate(
        {
            "schema": SCHEMA,
            "id": article["id"],
            "source": {
                **_picked(
                    article,
                    *("path", "format", "encoding", "sha256"),
                    *("url", "publisher", "section", "slug"),
                ),
                "authors": [row["name"] for row in tables["authors"]],
                "extra": _json(article["extra"]),
            },
            **_picked(article, "language", "usable", "title", "text", "duplicate_of"),
            "published": next((d for row, d in dates if row["entity"] == PUBLISHED), None),
            "date": next((d for row, d in dates if row["is_main"]), None),
            "dates": [d for row, d in dates if row["entity"] != PUBLISHED],
            "place": next((p for row, p in places if row["is_event"]), None),
            "places": [place for _, place in places],
            "people": _people(tables, mentions),
            "organisations": [
                {
                    **_picked(row, "id", "name", "abbreviation", "kind", "parent", "ref"),
                    "mentions": _mentions(mentions, "organisation", row["entity"]),
                }
                for row in tables["organisations"]
            ],
            "themes": [_theme(row, mentions) for row in tables["themes"]],
            "removed": [_picked(r, "text", "length", "kind", "rule") for r in tables["removed"]],
            "warnings": [_picked(row, "code", "detail") for row in tables["warnings"]],
            "provenance": _provenance(provenance),
        }
    )


def _picked(row: Fields, *names: str) -> Fields:
    return {name: row[name] for name in names}


def _grouped(rows: Iterable[Fields], *names: str) -> Grouped:
    groups: dict[tuple[Any, ...], list[Fields]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in names)].append(row)
    return groups


def _json(text: str | None) -> Any:  # noqa: ANN401 - what the column holds
    return json.loads(text) if text else {}


def _mentions(mentions: Grouped, kind: str, entity: int) -> list[Fields]:
    return [
        _picked(row, "start", "end", "text", "rule", "score")
        for row in mentions.get((kind, entity), [])
    ]


def _date(row: Fields, mentions: Grouped) -> Fields:
    names = ("edtf", "start", "end", "precision", "calendar", "basis", "anchor", "role", "time")
    return {**_picked(row, *names), "mentions": _mentions(mentions, "date", row["entity"])}


def _places(
    tables: Mapping[str, Sequence[Fields]], mentions: Grouped
) -> list[tuple[Fields, Fields]]:
    parents = _grouped(tables["parents"], "entity", "candidate")
    candidates = _grouped(tables["candidates"], "entity")
    names = ("name", "kind", "dopa", "iso", "lat", "lon", "role", "region", "ref")

    def within(entity: int, candidate: int) -> list[Fields]:
        return [_picked(a, "name", "kind", "dopa") for a in parents.get((entity, candidate), [])]

    return [
        (
            row,
            {
                **_picked(row, *names),
                "within": within(row["entity"], 0),
                "candidates": [
                    {
                        **_picked(area, "name", "kind", "dopa", "iso"),
                        "within": within(row["entity"], area["candidate"]),
                    }
                    for area in candidates.get((row["entity"],), [])
                ],
                "mentions": _mentions(mentions, "place", row["entity"]),
            },
        )
        for row in tables["places"]
    ]


def _people(tables: Mapping[str, Sequence[Fields]], mentions: Grouped) -> list[Fields]:
    posts = _grouped(tables["posts"], "entity")
    names = ("id", "name", "prefix", "given", "family", "romanised", "ref")
    return [
        {
            **_picked(row, *names),
            "posts": [_picked(p, "role", "organisation") for p in posts.get((row["entity"],), [])],
            "mentions": _mentions(mentions, "person", row["entity"]),
        }
        for row in tables["people"]
    ]


def _theme(row: Fields, mentions: Grouped) -> Fields:
    return {
        "id": row["theme"],
        "label": {"th": row["label_th"], "en": row["label_en"]},
        "cap": row["cap"],
        "sdg": [int(goal) for goal in (row["sdg"] or "").split("; ") if goal],
        "score": row["score"],
        "primary": row["is_primary"],
        "declared": row["declared"],
        "evidence": _mentions(mentions, "theme", row["entity"]),
        "extra": _json(row["extra"]),
    }


def _provenance(row: Fields | None) -> Fields:
    if row is None:
        return {**_UNKNOWN_PROVENANCE, "models": {}, "data": {}}
    return {
        **_picked(row, "tool", "version", "config"),
        "models": _json(row["models"]),
        "data": _json(row["data"]),
    }
