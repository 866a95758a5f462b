"""Later mentions of a post without its holder's name: ``ผู้ว่าฯ กล่าวว่า`` after the governor's."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.resources import read_toml
from assembly_extract.types.names import PostValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assembly_extract.linking.people.identity import Cluster
    from assembly_extract.types.mention import Mention
    from assembly_extract.types.names import Post

_AND = "และ"
_STACKED = re.compile(f"[ \u00a0]?{_AND}[ \u00a0]?")


def sole_holder_mentions(
    clusters: Sequence[Cluster],
    posts: Sequence[Sequence[Post]],
    mentions: Sequence[Mention],
    text: str,
) -> list[list[Mention]]:
    """Return for each cluster the later mentions of a post that it alone holds.

    A short form (ผู้ว่าฯ, อธิบดี, รมว.แรงงาน) counts where all posts of the text that it can be short
    for are this one person's.
    """
    held = [{part for post in own for part in _parts(post.role)} for own in posts]
    named = [m for m in mentions if m.kind == "post" and isinstance(m.value, PostValue)]
    every = {part for mention in named for part in _parts(mention.text)}
    further: list[list[Mention]] = [[] for _ in clusters]
    for mention in named:
        if _many().match(text, mention.end):
            continue
        holder = _holder(spelt_out(mention.text), held, every)
        if holder is not None and mention.start > clusters[holder].mentions[0].start:
            further[holder].append(mention)
    return further


def _holder(role: str, held: Sequence[set[str]], every: Iterable[str]) -> int | None:
    """Return the one cluster that holds ``role`` or all that it is short for; else ``None``."""
    exact = [index for index, roles in enumerate(held) if role in roles]
    if exact:
        return exact[0] if len(exact) == 1 else None
    stem = role.rstrip("ฯ ")
    if stem == role and role not in _short_posts():
        return None
    meant = {full for full in every if full.startswith(stem) and full not in (stem, role)}
    owners = [index for index, roles in enumerate(held) if any(r in meant for r in roles)]
    if len(owners) == 1 and meant <= held[owners[0]]:
        return owners[0]
    return None


def _parts(role: str) -> set[str]:
    """Return a post and, where it stacks several, each of them, spelt out."""
    whole = spelt_out(role)
    parts = _STACKED.split(whole) if _AND in whole else ()
    return {whole, *(part for part in parts if len(part) > _SHORTEST)}


_SHORTEST = 8
"""A part of a stacked post shorter than this is a piece of a body's name, not a post."""


def spelt_out(role: str) -> str:
    """Return a role with its abbreviated head in full: รมว.แรงงาน, นายกฯ."""
    if not role.startswith(_shorts()):
        return role
    short, full = next(pair for pair in _abbreviations() if role.startswith(pair[0]))
    return full + role[len(short) :].lstrip()


@cache
def _many() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_toml("posts.toml")["many"]))
    return re.compile(f"[ \u00a0]?(?:{words}|[0-9๐-๙])")


@cache
def _abbreviations() -> tuple[tuple[str, str], ...]:
    table: dict[str, str] = read_toml("posts.toml")["abbreviations"]
    return tuple(sorted(table.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _shorts() -> tuple[str, ...]:
    return tuple(short for short, _ in _abbreviations())


@cache
def _short_posts() -> frozenset[str]:
    return frozenset(read_toml("posts.toml")["short_posts"])
