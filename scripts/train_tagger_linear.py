"""Train the tagger's linear chain with CRFsuite.

The feature strings that are built here are the long form of what the runtime gathers from tables
(``assembly_extract.tagger.linear``); ``tagger_file.py`` maps one to the other.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assembly_extract.tagger.lists import automaton, marks
from assembly_extract.tagger.words import affixes, counted, shape, written
from assembly_extract.tokens import tokenise
from tagger_file import LinearPacker, legal_transitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    found = marks(matcher(), text, [0, *(end for _, end in tokens)])
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


def train_linear(
    lines: Iterable[tuple[str, Sequence[str]]],
    clusters: Mapping[str, Sequence[int]],
    out: Path,
    *,
    iterations: int = 100,
    least_count: int = 1,
) -> None:
    """Train on ``(line, token labels)`` pairs and write the model file ``out``.

    Features that occur less than ``least_count`` times are dropped.
    """
    import pycrfsuite  # noqa: PLC0415 - needed in training only

    trainer = pycrfsuite.Trainer(verbose=False)
    for line, labels in lines:
        trainer.append(features(line, tokenise(line), clusters), labels)
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": 0.1,
            "c2": 0.1,
            "max_iterations": iterations,
            "feature.possible_transitions": True,
            "feature.minfreq": least_count,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        trained = str(Path(folder) / "model.crf")
        trainer.train(trained)
        write_linear(trained, clusters, out)


def write_linear(trained: str, clusters: Mapping[str, Sequence[int]], out: Path) -> None:
    """Write a model that CRFsuite trained on :func:`features` as the runtime's model file."""
    import pycrfsuite  # noqa: PLC0415 - needed in training only

    tagger = pycrfsuite.Tagger()
    tagger.open(trained)
    info = tagger.info()
    model: dict[str, dict[str, float]] = defaultdict(dict)
    for (name, label), weight in info.state_features.items():
        model[name][label] = weight
    known = ["O", *sorted(label for label in tagger.labels() if label != "O")]
    transitions = legal_transitions(known, info.transitions.items())
    LinearPacker(model, known, clusters).write(out, transitions)
