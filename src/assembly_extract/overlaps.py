"""The one policy for mentions that share characters: which kind of reading wins.

Longer beats shorter, with these exceptions and reasons:

- A person's name and a date never lose to an organisation or a place that merely overlaps them.
- A place inside a post's, an organisation's or a venue's name is part of that name
  (ผู้ว่าราชการจังหวัดน่าน is no mention of the province น่าน).
- An organisation inside a post stays: รัฐมนตรีว่าการกระทรวงX names the ministry too.
- Themes are evidence, not readings: they overlap with anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assembly_extract.types.mention import Mention

# Kinds that may share characters: the inner one is a reading of its own.
_COEXIST = frozenset(
    {
        frozenset({"post", "organisation"}),
        frozenset({"organisation"}),
    }
)


def resolve(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that stand, sorted by place; the rest lost to an overlapping one.

    The order of precedence is length, then score, then kind and rule, so that the outcome does not
    depend on the order of ``mentions``.
    """
    themes, contenders = [], []
    for mention in mentions:
        (themes if mention.kind == "theme" else contenders).append(mention)
    contenders.sort(key=lambda m: (m.start - m.end, -m.score, m.start, m.kind, m.rule))
    kept: list[Mention] = []
    taken: dict[int, list[Mention]] = {}
    for mention in contenders:
        rivals = {id(m): m for at in range(mention.start, mention.end) for m in taken.get(at, ())}
        if all(_may_share(mention, rival) for rival in rivals.values()):
            kept.append(mention)
            for at in range(mention.start, mention.end):
                taken.setdefault(at, []).append(mention)
    return sorted(kept + themes, key=lambda m: (m.start, -m.end, m.kind, m.rule))


def _may_share(inner: Mention, outer: Mention) -> bool:
    """Say whether two overlapping mentions both stand: nested, and of kinds that coexist."""
    nested = outer.start <= inner.start and inner.end <= outer.end
    same = (outer.start, outer.end, outer.kind) == (inner.start, inner.end, inner.kind)
    return nested and not same and frozenset({inner.kind, outer.kind}) in _COEXIST
