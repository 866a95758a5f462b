"""Policy themes against labels, beside simpler ways: category, keywords, TF-IDF, ours.

    python bench/themes.py SAMPLE

``SAMPLE`` is the unpacked sample that the labels of ``bench/labels`` name (folders gov1 and gov2).
All figures are on the kept-aside labels; what needs learning learns from the others. A code set is
the likeliest topic and up to two more, by the same thresholds for every method. It also prints how
well a second reading agrees with the first, F1 of the declared-issue cases, and the speed.
"""

from __future__ import annotations

import math
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import train_themes as training  # noqa: E402 - lies beside the package, not in it
from assembly_extract.cleaning import clean  # noqa: E402
from assembly_extract.linking.themes import LIKELY, SECOND, THIRD, link_themes  # noqa: E402
from assembly_extract.recognise.themes import recognise_themes  # noqa: E402
from assembly_extract.recognise.themes.declared import declared_issues  # noqa: E402
from assembly_extract.resources import parse_tsv  # noqa: E402
from assembly_extract.sources import read_articles  # noqa: E402
from assembly_extract.tokens import tokenise  # noqa: E402
from assembly_extract.types.article import Document  # noqa: E402
from assembly_extract.vocabulary import CAP_TOPICS, default_vocabulary  # noqa: E402

CASES = ROOT / "tests" / "cases" / "themes_declared.tsv"


def main() -> None:
    sample = Path(sys.argv[1])
    train = training.labels(training.LABELS / "themes_train.tsv")
    aside = training.labels(training.LABELS / "themes_test.tsv")
    documents = {path: document(sample / path) for path, _ in train + aside}
    wanted = [codes for _, codes in aside]
    print(f"{'method':28s} top-1  prec.  rec.   micro  macro")
    for name, method in (
        ("file category alone", by_category),
        ("keywords alone", by_keywords),
        ("TF-IDF, logistic regression", by_words),
        ("assembly-extract", by_ours),
    ):
        print(f"{name:28s} {figures(wanted, method(train, aside, documents))}")
    second = dict(training.labels(training.LABELS / "themes_second.tsv"))
    both = [(codes, second[path]) for path, codes in train + aside if path in second]
    reading = f"a second reading (n={len(both)})"
    print(f"{reading:28s} {figures(*zip(*both, strict=True))}")
    declared()
    speed([documents[path] for path, _ in aside])


def document(file: Path) -> Document:
    (raw,) = read_articles([file])
    return Document(clean(raw))


def figures(wanted, given) -> str:
    """Return top-1, precision, recall, micro F1 and macro F1 (topics with 5 or more articles)."""
    right, extra, missed = Counter(), Counter(), Counter()
    top = 0
    for gold, codes in zip(wanted, given, strict=True):
        top += bool(codes) and codes[0] in gold
        right.update(set(gold) & set(codes))
        extra.update(set(codes) - set(gold))
        missed.update(set(gold) - set(codes))
    good, more, less = right.total(), extra.total(), missed.total()
    each = [
        2 * right[cap] / (2 * right[cap] + extra[cap] + missed[cap])
        for cap in CAP_TOPICS
        if right[cap] + missed[cap] >= 5
    ]
    numbers = (
        top / len(wanted),
        good / max(1, good + more),
        good / max(1, good + less),
        2 * good / max(1, 2 * good + more + less),
        sum(each) / max(1, len(each)),
    )
    return "  ".join(f"{number:.3f}" for number in numbers)


def code_set(shares) -> list[int]:
    """Return one to three codes from a share per topic, by the thresholds of the package."""
    ranked = sorted(CAP_TOPICS, key=lambda cap: -shares[CAP_TOPICS.index(cap)])
    value = [shares[CAP_TOPICS.index(cap)] for cap in ranked]
    if not value[0]:
        return []
    codes = ranked[:1]
    for position, share in ((1, SECOND), (2, THIRD)):
        if value[position] < max(LIKELY, share * value[0]):
            break
        codes.append(ranked[position])
    return codes


def by_category(train, aside, documents):
    """The commonest first code of the file's category, which the archive's file names carry."""
    del documents
    seen = defaultdict(Counter)
    for path, codes in train:
        seen[category(path)][codes[0]] += 1
    every = sum(seen.values(), Counter())
    return [[(seen.get(category(path)) or every).most_common(1)[0][0]] for path, _ in aside]


def category(path: str) -> str:
    return re.sub(r"[\s_\d].*", "", Path(path).stem)


def by_keywords(train, aside, documents):
    """The vocabulary's terms, counted by topic, without weights, places or learning."""
    del train
    themes = default_vocabulary().themes
    result = []
    for path, _ in aside:
        counts = np.zeros(len(CAP_TOPICS))
        for term in default_vocabulary().find(documents[path].text):
            cap = themes[term.theme].cap
            counts[CAP_TOPICS.index(cap)] += 1
        result.append(code_set(counts / max(1.0, counts.sum())))
    return result


def by_words(train, aside, documents):
    """TF-IDF of all words and a softmax regression: the usual text classifier."""
    bags = {path: Counter(words(documents[path].text)) for path, _ in train + aside}
    seen = Counter(word for path, _ in train for word in bags[path])
    index = {w: i for i, w in enumerate(sorted(w for w, n in seen.items() if n >= 3))}

    def matrix(items):
        table = np.zeros((len(items), len(index) + 1))
        for row, (path, _) in zip(table, items, strict=True):
            for word, count in bags[path].items():
                if word in index:
                    rarity = math.log(len(train) / seen[word])
                    row[index[word]] = (1 + math.log(count)) * rarity
            row[:-1] *= 4 / max(1e-9, math.sqrt(float(row[:-1] @ row[:-1])))
            row[-1] = 1
        return table

    targets = np.array([training.target(codes) for _, codes in train])
    weights = training.fit(matrix(train), targets)
    return [code_set(row) for row in training.softmax(matrix(aside) @ weights)]


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in tokenise(text) if b - a > 1]


def by_ours(train, aside, documents):
    """The package: recognise_themes and link_themes."""
    del train
    result = []
    for path, _ in aside:
        one = documents[path]
        codes = [theme.cap for theme in link_themes(list(recognise_themes(one)), one)]
        result.append([code for code in dict.fromkeys(codes) if code is not None])
    return result


def declared() -> None:
    columns = ("set", "text", "issues")
    for kind in ("dev", "aside"):
        right = total = 0
        for row in parse_tsv(CASES.read_text(encoding="utf-8"), CASES.name, columns):
            if row["set"] == kind:
                text = row["text"].replace("\\n", "\n")
                terms = default_vocabulary().find(text)
                found = {text[i.start : i.end] for i in declared_issues(text, terms)}
                gold = {phrase for phrase in row["issues"].split(" | ") if phrase}
                right += len(found & gold)
                total += len(found) + len(gold)
        print(f"declared issues, cases {kind}: F1 {2 * right / total:.3f}")


def speed(documents) -> None:
    size = sum(len(one.text.encode()) for one in documents) / 1e6
    finding = whole = 0.0
    for one in documents:
        tokenise(one.text)  # the tagger has cut the lines before; the cut is remembered
        started = time.process_time()
        mentions = list(recognise_themes(one))
        middle = time.process_time()
        link_themes(mentions, one)
        finding += middle - started
        whole += time.process_time() - started
    print(f"speed: recognising {size / finding:.1f}, with linking {size / whole:.1f} MB/s per core")


if __name__ == "__main__":
    main()
