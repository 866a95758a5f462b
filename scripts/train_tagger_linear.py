"""Train the tagger's linear chain with CRFsuite and write it as ``NAME.npz``.

    python scripts/train_tagger_linear.py --thainer train.txt --silver silver.jsonl \
        --clusters clusters.json --out src/assembly_extract/data/tagger/default.npz

The feature strings that are built here are the long form of what the runtime gathers from tables
(``assembly_extract.tagger.linear``); ``tagger_file.py`` maps one to the other. Needs this package
and python-crfsuite.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pycrfsuite

from assembly_extract.tagger.lists import automaton, marks
from assembly_extract.tagger.words import affixes, counted, shape, written
from tagger_corpus import labelled, read_silver, read_tagged
from tagger_file import Packer, legal_transitions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

matcher = cache(automaton)
_AROUND = (-2, -1, 0, 1, 2)


def neighbours(words: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the index of the nearest token before and after each that is not one space, or -1."""
    before, after, last = [-1] * len(words), [-1] * len(words), -1
    for number, word in enumerate(words):
        before[number] = last
        last = last if word == " " else number
    last = -1
    for number in range(len(words) - 1, -1, -1):
        after[number] = last
        last = last if words[number] == " " else number
    return before, after


def window(forms: list[str], shapes: list[str], at: int) -> list[str]:
    """Return the words up to three and the shapes up to two tokens away."""
    found = []
    for offset in (-3, -2, -1, 1, 2, 3):
        if 0 <= at + offset < len(forms):
            found.append(f"w{offset}={forms[at + offset]}")
            if abs(offset) <= 2:
                found.append(f"s{offset}={shapes[at + offset]}")
        else:
            found.append(f"{'B' if offset < 0 else 'E'}{offset}")
    return found


def pairs(
    forms: list[str], shapes: list[str], at: int, before: list[int], after: list[int]
) -> list[str]:
    """Return pairs of neighbouring words and shapes, and the words beyond one space."""
    last, found = len(forms) - 1, []
    if at > 0:
        found += [f"b-={forms[at - 1]}|{forms[at]}", f"sb-={shapes[at - 1]}|{shapes[at]}"]
    if at < last:
        found += [f"b+={forms[at]}|{forms[at + 1]}", f"sb+={shapes[at]}|{shapes[at + 1]}"]
    if at > 1:
        found.append(f"t-={forms[at - 2]}|{forms[at - 1]}")
    if at < last - 1:
        found.append(f"t+={forms[at + 1]}|{forms[at + 2]}")
    if 0 < at < last:
        found.append(f"c={forms[at - 1]}|{forms[at + 1]}")
    if before[at] >= 0:
        found.append(f"np={forms[before[at]]}")
        if before[before[at]] >= 0:
            found.append(f"np2={forms[before[before[at]]]}|{forms[before[at]]}")
    if after[at] >= 0:
        found.append(f"nn={forms[after[at]]}")
    return found


def list_marks(found: Mapping[int, set[str]], at: int, before: int) -> list[str]:
    """Return the list marks up to two tokens away and on the token before."""
    features = [f"g{d}={mark}" for d in _AROUND for mark in sorted(found.get(at + d, ()))]
    if len(found.get(at, ())) > 1:
        features.append("gg=" + "+".join(sorted(found[at])))
    if before >= 0:
        features += [f"gp={mark}" for mark in sorted(found.get(before, ()))]
    return features


def word_clusters(groups: Sequence[Sequence[int] | None], at: int) -> list[str]:
    """Return the clusters of the words up to two tokens away, and of neighbouring pairs."""
    found = []
    for offset in _AROUND:
        if 0 <= at + offset < len(groups):
            own = groups[at + offset]
            if own:
                found += [f"k{offset}{level}={own[i]}" for i, level in enumerate("abc")]
            else:
                found.append(f"k{offset}=oov")
    here = groups[at]
    if here and at > 0 and (left := groups[at - 1]):
        found.append(f"kb-={left[1]}|{here[1]}")
    if here and at < len(groups) - 1 and (right := groups[at + 1]):
        found.append(f"kb+={here[1]}|{right[1]}")
    return found


def features(
    text: str, tokens: list[tuple[int, int]], clusters: Mapping[str, Sequence[int]]
) -> list[list[str]]:
    """Return the feature strings of each token of a line."""
    words = [text[start:end] for start, end in tokens]
    plain = [written(word) for word in words]
    groups = [clusters.get(form) for form in plain]
    forms = [counted(form) for form in plain]
    shapes = [shape(word) for word in words]
    before, after = neighbours(words)
    found = marks(
        matcher(),
        text,
        {start: number for number, (start, _) in enumerate(tokens)},
        {end: number for number, (_, end) in enumerate(tokens)},
    )
    rows = []
    for at, word in enumerate(words):
        row = [f"w={forms[at]}", f"sh={shapes[at]}"]
        if shapes[at].startswith("th"):
            row += affixes(word)
        row += window(forms, shapes, at)
        row += pairs(forms, shapes, at, before, after)
        row += list_marks(found, at, before[at])
        row += word_clusters(groups, at)
        rows.append(row)
    return rows


def main() -> None:
    """Train and write one model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--thainer", type=Path, required=True, help="ThaiNER's train.txt")
    parser.add_argument("--minus", type=Path, help="leave out the lines of this tagged file")
    parser.add_argument("--silver", type=Path, nargs="*", default=[])
    parser.add_argument("--most-silver", type=int, default=25_000, help="lines of each file")
    parser.add_argument("--least", type=float, default=-0.02, help="log-probability a token")
    parser.add_argument("--clusters", type=Path, required=True)
    parser.add_argument("--iterations", type=int, default=80)
    parser.add_argument("--least-count", type=int, default=2, help="drop rarer features")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    clusters = json.loads(options.clusters.read_text(encoding="utf-8"))
    lines = read_tagged(options.thainer, options.minus)
    for path in options.silver:
        lines += islice(read_silver(path, options.least), options.most_silver)
    began, trainer = time.time(), pycrfsuite.Trainer(verbose=False)
    for line in lines:
        tokens, labels = labelled(line)
        if tokens:
            trainer.append(features(line.text, tokens, clusters), labels)
    print(f"{len(lines)} lines, {time.time() - began:.0f} s", flush=True)
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": 0.1,
            "c2": 0.1,
            "max_iterations": options.iterations,
            "feature.possible_transitions": True,
            "feature.minfreq": options.least_count,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        trained = str(Path(folder) / "model.crf")
        trainer.train(trained)
        tagger = pycrfsuite.Tagger()
        tagger.open(trained)
        info = tagger.info()
    print(f"trained after {time.time() - began:.0f} s", flush=True)
    model: dict[str, dict[str, float]] = defaultdict(dict)
    for (name, label), weight in info.state_features.items():
        model[name][label] = weight
    known = ["O", *sorted(label for label in tagger.labels() if label != "O")]
    packer = Packer(model, known, clusters)
    packer.write(options.out, legal_transitions(known, info.transitions.items()))


if __name__ == "__main__":
    main()
