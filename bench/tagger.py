"""Exact-span F1 and speed of our taggers and of pythainlp's bundled one, in one run.

    PYTHONPATH=src:scripts python bench/tagger.py GOLD.txt [--articles FOLDER] [--models NAME ...]
        [--folder MODELS] [--tltk ENV/bin/python]

GOLD is a file in ThaiNER's inline form, or of labels such as ``labels/tagger.jsonl``: offsets into
articles below FOLDER, of all types shown (``tagger.jsonl``: of persons, organisations and places).
(Those were read by one person; most of the lines are such as the two models disagreed on, so that F1
is low and says which is right more often.) Lines that are kept aside from whoever changes a model
have a row of their own too. A span counts when both ends and the type are right, on raw text, for the types that the
tagger shows. KB/s is CPU time of one process, end to end, over up to 200 articles below FOLDER
(else over GOLD).

ThaiNER's ``val.txt`` is part of its ``train.txt``,
which the shipped models and pythainlp's were trained on, so that F1 on it only shows that they run;
for a fair figure rebuild with ``--without val.txt`` (docs/model-card.md).

``--folder`` measures models that were rebuilt into that folder.

pythainlp's bundled model does not run as shipped: its class asks for a corpus that is not bundled,
names two features otherwise than the model, and gives it other part-of-speech tags than it was
trained on. Here its features are named as the model has them, and its tags mapped.

tltk runs in an environment of its own (``peers/tltk_spans.py`` says how it is made) and marks persons,
organisations and places only. It takes seconds a line, so that its speed is measured on GOLD.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import subprocess
import sys
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from assembly_extract.tagger.threads import load_numpy

load_numpy()  # before others do: with several threads our small matrices cost many times the CPU

import pycrfsuite  # noqa: E402
from pythainlp.corpus import thai_stopwords  # noqa: E402
from pythainlp.tag import pos_tag  # noqa: E402
from pythainlp.tokenize import word_tokenize  # noqa: E402
from pythainlp.util import is_thai  # noqa: E402

from assembly_extract.resources import installed_file  # noqa: E402
from assembly_extract.tagger import LABELS, load_tagger  # noqa: E402
from assembly_extract.tagger.chain import ChainTagger  # noqa: E402
from tagger_corpus import Tagged, read_tagged  # noqa: E402
from train_tagger import opener  # noqa: E402

# Universal part-of-speech tags to those of the LST20 corpus, that the model was trained with.
_LST20 = {
    "ADJ": "AJ", "ADP": "PS", "ADV": "AV", "AUX": "AX", "CCONJ": "CC", "DET": "AJ", "INTJ": "XX",
    "NOUN": "NN", "NUM": "NU", "PART": "PA", "PRON": "PR", "PROPN": "NN", "PUNCT": "PU",
    "SCONJ": "CC", "SYM": "PU", "VERB": "VV", "X": "XX",
}  # fmt: skip


def ours(name, folder):
    """Return a function from a text to its spans."""
    tagger = ChainTagger(name, opener(folder)) if folder else load_tagger(name)
    return lambda text: {(s.start, s.end, s.label) for s in tagger.spans(text)}


def pythainlp_repaired():
    crf = pycrfsuite.Tagger()
    crf.open(str(installed_file("pythainlp", "corpus/thainer_crf_1_5_1.model")))
    stopwords = thai_stopwords()

    def own(prefix, word, tag):
        name = {"": "word.", "prev": "word.prev", "next": "word.next"}[prefix]
        digit = "word.isdigit()" if not prefix else f"{name}wordisdigit"
        tag_name = {"": "postag", "prev": "word.prepostag", "next": "word.nextpostag"}[prefix]
        return {
            f"{name}word": word,
            f"{name}stopword": word in stopwords,
            f"{name}isthai": is_thai(word),
            f"{name}isspace": word.isspace(),
            tag_name: tag,
            digit: word.isdigit(),
        }

    def spans(text):
        words = word_tokenize(text, engine="newmm", keep_whitespace=True)
        tags = [
            _LST20.get(tag, "XX") for _, tag in pos_tag(words, engine="perceptron", corpus="tud")
        ]
        rows = []
        for i, word in enumerate(words):
            row = own("", word, tags[i])
            if word.isdigit() and len(word) == 5:
                row["word.islen5"] = True
            row |= own("prev", words[i - 1], tags[i - 1]) if i else {"BOS": True}
            last = i == len(words) - 1
            row |= {"EOS": True} if last else own("next", words[i + 1], tags[i + 1])
            rows.append(row)
        found, at, current = set(), 0, None
        for word, label in zip(words, crf.tag(rows) if rows else (), strict=True):
            if label[0] == "I" and current is not None and current[2] == label[2:]:
                current[1] = at + len(word)
            else:
                found |= trimmed(text, current)
                current = [at, at + len(word), label[2:]] if label != "O" else None
            at += len(word)
        return found | trimmed(text, current)

    return spans


def trimmed(text, span):
    """Return a span without outer white space, as a set; empty for none or a type not shown."""
    if span is None or span[2] not in LABELS:
        return set()
    surface = text[span[0] : span[1]]
    start = span[0] + len(surface) - len(surface.lstrip())
    return {(start, start + len(surface.strip()), span[2])} if surface.strip() else set()


def score(tag, gold, labels):
    """Return micro F1 in percent, and F1 by type."""
    right, given, wanted = Counter(), Counter(), Counter()
    for line in gold:
        true = {span for span in line.spans if span[2] in labels}
        found = {span for span in tag(line.text) if span[2] in labels}
        right.update(kind for *_, kind in true & found)
        given.update(kind for *_, kind in found)
        wanted.update(kind for *_, kind in true)
    by_type = {k: 200 * right[k] / max(1, given[k] + wanted[k]) for k in labels}
    return 200 * right.total() / max(1, given.total() + wanted.total()), by_type


def read_labels(path, articles, part=None):
    """Return the labelled lines of articles; raise where an article is not the one labelled."""
    lines = []
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if part not in (None, row.get("part")):
            continue
        raw = (articles / row["path"]).read_bytes()
        if hashlib.sha256(raw).hexdigest() != row["sha256"]:
            raise ValueError(f"{row['path']}: not the article that was labelled")
        start = row["start"]
        text = raw.decode("utf-8-sig", errors="replace")[start : row["end"]]
        lines.append(
            Tagged(text, tuple((a - start, b - start, kind) for a, b, kind in row["spans"]))
        )
    return lines


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--models", nargs="*", default=["default", "accurate", "pythainlp"])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--tltk", default=sys.executable if find_spec("tltk") else None)
    options = parser.parse_args()
    labels, aside = LABELS, []
    if options.gold.suffix == ".jsonl":
        gold = read_labels(options.gold, options.articles)
        aside = read_labels(options.gold, options.articles, "aside")
        marked = {kind for line in gold for *_, kind in line.spans}
        labels = LABELS[: 1 + max(map(LABELS.index, marked))]
    else:
        gold = read_tagged(options.gold)
    texts = [line.text for line in gold]
    if options.articles:
        paths = sorted(options.articles.rglob("*.txt"))
        random.Random(1).shuffle(paths)  # noqa: S311 - a sample
        texts = [path.read_text(encoding="utf-8-sig", errors="replace") for path in paths[:200]]
    size = kilobytes(texts)
    print("| model | F1 |", " | ".join(labels), "| KB/s | load s |")
    print("|---|---|", "---|" * len(labels), "---|---|", sep="")
    for name in options.models:
        began = time.process_time()
        tag = pythainlp_repaired() if name == "pythainlp" else ours(name, options.folder)
        tag("นายสมชาย ใจดี")
        loaded = time.process_time()
        for text in texts:
            for line in text.split("\n") if name == "pythainlp" else (text,):
                tag(line)
        speed = size / (time.process_time() - loaded)
        print_row(name, score(tag, gold, labels), speed, loaded - began)
        if aside:
            print_row(f"{name}, aside", score(tag, aside, labels), speed, loaded - began)
    if options.tltk is None:
        print(
            "\ntltk is left out: give --tltk ENV/bin/python (bench/peers/tltk_spans.py says how ENV is made)"
        )
        return
    found, seconds, load = by_tltk(options.tltk, [line.text for line in gold])
    of_text = dict(zip((line.text for line in gold), found, strict=True))
    speed = kilobytes(of_text) / seconds
    print_row("tltk", score(of_text.__getitem__, gold, labels), speed, load)


def kilobytes(texts):
    return sum(len(text.encode()) for text in texts) / 1024


def print_row(name, scores, speed, load):
    micro, by_type = scores
    cells = " | ".join(f"{value:.1f}" for value in by_type.values())
    print(f"| {name} | {micro:.1f} | {cells} | {speed:.1f} | {load:.2f} |", flush=True)


def by_tltk(python, texts):
    """Return the spans that tltk finds in each text, the CPU seconds it took, and those to load."""
    done = subprocess.run(
        [python, str(Path(__file__).parent / "peers" / "tltk_spans.py")],
        input="".join(json.dumps(text) + "\n" for text in texts),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    load, *rows = map(json.loads, done.stdout.splitlines())
    spans = [{tuple(span) for span in row[0]} for row in rows]
    return spans, sum(row[1] for row in rows), load


if __name__ == "__main__":
    main()
