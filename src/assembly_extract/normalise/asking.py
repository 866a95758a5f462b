"""What a register says about one name: its own line, and who shares its articles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from assembly_extract.normalise.names import name_key
from assembly_extract.normalise.register import read_entities

if TYPE_CHECKING:
    from pathlib import Path


def ask(name: str, register: Path) -> list[dict[str, Any]]:
    """Return the people and organisations of a name, a spelling or an id, most named first.

    Each is its line of the register without nodes, with ``article_ids``, and ``people`` and
    ``organisations``: how many of these articles name each other one.

    Raises
    ------
    InputError
        The register has no such file, or it cannot be read.

    """
    every = {kind: list(read_entities(register, kind)) for kind in ("person", "organisation")}
    wanted = name_key(name)
    found = []
    for entities in every.values():
        for entity in entities:
            if wanted in _names(entity):
                where = _articles(entity)
                answer = {key: value for key, value in entity.items() if key != "nodes"}
                answer["article_ids"] = sorted(where)
                for key, kind in (("people", "person"), ("organisations", "organisation")):
                    answer[key] = _beside(every[kind], entity["id"], where)
                found.append(answer)
    return sorted(found, key=lambda answer: (-answer["articles"], answer["id"]))


def _names(entity: dict[str, Any]) -> set[str]:
    names = [entity["id"], entity["name"], entity.get("abbreviation") or "", *entity["variants"]]
    for node in entity["nodes"]:
        names += [node["id"], *node["names"]]
    return {name_key(each) for each in names if each}


def _articles(entity: dict[str, Any]) -> set[str]:
    return {article for node in entity["nodes"] for article in node["articles"]}


def _beside(others: list[dict[str, Any]], own: str, where: set[str]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for other in others:
        shared = len(where & _articles(other))
        if shared and other["id"] != own:
            counts[other["name"]] += shared
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
