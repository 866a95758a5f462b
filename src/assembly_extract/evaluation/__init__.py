"""Records compared with what people say is in the articles: precision, recall, F1, accuracy.

``measures`` holds what is measured, ``gold`` the form of the annotations; ``marks`` does the same
for ``corrections.jsonl``, what people marked right or wrong in the report.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assembly_extract.evaluation.chrome import source_text
from assembly_extract.evaluation.measures import ANSWERS, LISTS, Case, Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from assembly_extract.evaluation.gold import GoldArticle
    from assembly_extract.models import Record


@dataclass(slots=True)
class Evaluation:
    """Counts by measure, summed over all articles, and for each article by itself.

    ``missing`` are articles that have no record and should, ``unseen`` those whose page was not
    found, so that what was removed from it is measured only roughly.
    """

    articles: int
    records: int
    paired: int = 0
    missing: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    totals: dict[str, Counts] = field(default_factory=dict)
    by_article: list[tuple[str, dict[str, Counts]]] = field(default_factory=list)

    def add(self, path: str, counts: dict[str, Counts]) -> None:
        """Add the counts of one article."""
        self.by_article.append((path, counts))
        for name, new in counts.items():
            old = self.totals.get(name, Counts(0, 0, 0))
            sums = (old.right + new.right, old.found + new.found, old.gold + new.gold)
            self.totals[name] = Counts(*sums)

    def metrics(self) -> dict[str, dict[str, float | int | None]]:
        """Return the figures by measure: P, R and F1 of lists, the accuracy of answers."""
        figures = {name: list_figures(self.totals[name]) for name in LISTS if name in self.totals}
        for name in ANSWERS:
            if name in self.totals:
                right, _, gold, _ = self.totals[name]
                figures[name] = {"accuracy": _ratio(right, gold), "ok": right, "n": gold}
        return figures

    def as_json(self, *, by_article: bool = False) -> dict[str, Any]:
        """Return everything as plain values for JSON."""
        report: dict[str, Any] = {
            "articles": self.articles,
            "records": self.records,
            "paired": self.paired,
            "missing": self.missing,
            "without_page": self.unseen,
            "metrics": self.metrics(),
        }
        if by_article:
            report["by_article"] = [
                {"path": path, "counts": {name: list(c[:3]) for name, c in counts.items()}}
                | {"wrong": {name: list(c.wrong) for name, c in counts.items() if c.wrong}}
                for path, counts in self.by_article
            ]
        return report


def list_figures(counts: Counts) -> dict[str, float | int | None]:
    """Return precision, recall and F1.

    >>> list_figures(Counts(2, 4, 3))["p"]
    0.5
    """
    right, found, gold, _ = counts
    return {
        "p": _ratio(right, found),
        "r": _ratio(right, gold),
        "f1": _ratio(2 * right, found + gold),
        "tp": right,
        "pred": found,
        "gold": gold,
    }


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def evaluate(
    golds: Sequence[GoldArticle], records: Iterable[Record], roots: Sequence[Path] = ()
) -> Evaluation:
    """Compare records with gold lines; ``roots`` are folders that hold the pages.

    A line and a record belong together when their paths end alike (see :func:`pair`). A line
    without a record is a miss: what it has counts, with nothing right.
    """
    wanted = {_file_name(gold.path) for gold in golds}
    kept: list[Record] = []
    paths, count = {}, 0
    for record in records:
        count += 1
        paths[record.id] = record.source.path
        if _file_name(record.source.path) in wanted:
            kept.append(record)
    pairs = pair([gold.path for gold in golds], [record.source.path for record in kept])
    result = Evaluation(len(golds), count, len(pairs))
    for number, gold in enumerate(golds):
        found = kept[pairs[number]] if number in pairs else None
        page = source_text(gold, roots) if gold.annotates("chrome") else None
        if page is None and gold.annotates("chrome"):
            result.unseen.append(gold.path)
        if found is None and gold.usable is not False:
            result.missing.append(gold.path)
        result.add(gold.path, _measured(Case(gold, found, page, paths)))
    return result


def _measured(case: Case) -> dict[str, Counts]:
    # No record of a page without a story is the right answer: nothing is missed by leaving it out.
    rightly_absent = case.gold.usable is False and case.record is None
    table = {"unusable": ANSWERS["unusable"]} if rightly_absent else {**LISTS, **ANSWERS}
    counts = {name: measure(case) for name, measure in table.items()}
    return {name: found for name, found in counts.items() if found is not None}


def pair(golds: Sequence[str], paths: Sequence[str]) -> dict[int, int]:
    """Return for each gold path, by number, the path that ends most like it; each is used once.

    At least the name of the file is equal.

    >>> pair(["a/1/x.txt", "b/1/x.txt"], ["/r/b/1/x.txt", "/r/a/1/x.txt"])
    {0: 1, 1: 0}
    """
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, path in enumerate(paths):
        by_name[_file_name(path)].append(number)
    candidates = sorted(
        (-_common_end(gold, paths[j]), i, j)
        for i, gold in enumerate(golds)
        for j in by_name.get(_file_name(gold), [])
        if _file_name(gold)
    )
    found: dict[int, int] = {}
    used = set()
    for _, i, j in candidates:
        if i not in found and j not in used:
            found[i] = j
            used.add(j)
    return dict(sorted(found.items()))


def _parts(path: str) -> list[str]:
    parts = unicodedata.normalize("NFC", path).replace("\\", "/").split("/")
    return [part for part in parts if part not in {"", "."}]


def _file_name(path: str) -> str:
    return _parts(path)[-1] if _parts(path) else ""


def _common_end(one: str, other: str) -> int:
    count = 0
    for x, y in zip(reversed(_parts(one)), reversed(_parts(other)), strict=False):
        if x != y:
            break
        count += 1
    return count
