"""Issues that the article itself announces: quoted, listed, named; each with its right end."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from assembly_extract.recognise.themes import names
from assembly_extract.recognise.themes.cues import LOOK_BACK, cues
from assembly_extract.recognise.themes.issues import LONGEST, SHORTEST, Issue
from assembly_extract.recognise.themes.lists import list_items, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assembly_extract.recognise.themes.cues import Cues
    from assembly_extract.vocabulary import Term

MOST_ISSUES = 8
"""Declared issues of one article: more would bury the ones that matter."""

MOST_NAMED = 3
"""Of these, how many may stand on a name alone (law, plan, project, phrase)."""

_NAMED = frozenset({"law_name", "plan_name", "project_name", "issue_phrase"})
_READERS: dict[str, Callable[[str, int, int, Cues], Iterator[Issue]]] = {
    "law": names.law,
    "plan": names.plan,
    "project": names.project,
    "issue": names.issue,
    "ordinal": names.ordinal,
    "resolution": names.resolution,
}


_THAI = re.compile("[\u0e01-\u0e4e]{3}")


def declared_issues(text: str, terms: Sequence[Term]) -> list[Issue]:
    """Return the declared issues of an article, in order of place; they do not overlap.

    ``terms`` are the policy terms found in ``text``: some cues are believed only with one inside.
    """
    knowledge = cues()
    found: list[Issue] = []
    for anchor in knowledge.anchors.longest(text):
        if anchor.payload == "quote":
            found.extend(_quotation(text, anchor.start, knowledge, terms))
        elif anchor.payload == "list":
            found.extend(_list(text, anchor.start, anchor.end, knowledge, terms))
        else:
            found.extend(_READERS[anchor.payload](text, anchor.start, anchor.end, knowledge))
    return _chosen(text, [issue for issue in found if _believed(issue, terms)])


def _quotation(text: str, at: int, cues: Cues, terms: Sequence[Term]) -> Iterator[Issue]:
    before = text[max(0, at - LOOK_BACK) : at].rpartition("\n")[2]
    head = cues.quote_head.search(before)
    if head is None or cues.not_policy.search(before):
        return
    form: str = cues.table["quotes"][head["head"]]
    for low, high in quoted(text, at):
        told = _has_term(low, high, terms)
        if not told and (
            head["head"] in cues.table["quote"]["need_term"] or not _THAI.search(text, low, high)
        ):
            continue
        if form in {"concept", "topic"} and not (told or cues.events.search(before)):
            continue
        if form == "policy" and not told and high - low < SHORTEST * 2 + 3:
            continue  # a nickname: ตามนโยบาย “...” of a minister
        yield Issue(low, high, form, "quoted_" + form, 0.9 if told else 0.7)


def _list(text: str, start: int, end: int, cues: Cues, terms: Sequence[Term]) -> Iterator[Issue]:
    before = text[max(0, start - LOOK_BACK) : start].rpartition("\n")[2]
    head = cues.list_head.search(before)
    if head is None:
        return
    unit = head["unit"]
    form: str | None = cues.table["units"].get(unit)
    if form is None:
        if not cues.policy_words.search(before, 0, head.start()):
            return
        form = cues.table["weak_units"][unit]
    count = cues.number(head["count"]) if head["count"] else None
    if count is None and unit not in cues.table["list"]["uncounted"]:
        return
    items, rule = list_items(text, end, count, cues)
    if len(items) < 2 and rule != "quoted_list" and count != 1:
        return
    told = sum(_has_term(low, high, terms) for low, high in items)
    if not told or (rule == "line_list" and told * 2 < len(items)):
        return
    for position, (low, high) in enumerate(items, 1):
        yield Issue(low, high, form, rule, 0.85, (("ordinal", position),))


def _believed(issue: Issue, terms: Sequence[Term]) -> bool:
    size = issue.end - issue.start
    if not SHORTEST <= size <= LONGEST:
        return False
    return issue.rule not in {"project_name", "issue_phrase"} or _has_term(
        issue.start, issue.end, terms
    )


def _has_term(start: int, end: int, terms: Sequence[Term]) -> bool:
    """Say whether a term lies inside; ``terms`` are in order of place."""
    at = bisect_left(terms, start, key=_start)
    return at < len(terms) and terms[at].end <= end


def _start(term: Term) -> int:
    return term.start


def _rank(issue: Issue) -> tuple[float, int, int]:
    """Order by certainty; of names the longer first, since it says more; else by place."""
    size = issue.end - issue.start if issue.rule in _NAMED else 0
    return -issue.score, -size, issue.start


def _chosen(text: str, issues: list[Issue]) -> list[Issue]:
    """Keep the surest of those that overlap or repeat each other, and not too many."""
    kept: list[Issue] = []
    seen: list[str] = []
    named = 0
    for issue in sorted(issues, key=_rank):
        words = text[issue.start : issue.end]
        if any(words in known for known in seen):
            continue
        if any(other.start < issue.end and issue.start < other.end for other in kept):
            continue
        if issue.rule in _NAMED:
            named += 1
            if named > MOST_NAMED:
                continue
        seen.append(words)
        kept.append(issue)
        if len(kept) == MOST_ISSUES:
            break
    return sorted(kept, key=lambda issue: issue.start)
