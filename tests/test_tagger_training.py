"""The scripts that train the tagger: what they write is what the runtime reads."""

from __future__ import annotations

import importlib
import io
import random
from pathlib import Path

import numpy as np
import pytest

from assembly_extract.tagger.lexicon import Lexicon
from assembly_extract.tagger.linear import LinearModel
from assembly_extract.tagger.lists import automaton
from assembly_extract.tagger.network import Network
from assembly_extract.tagger.weights import ModelFile, parse_weights
from assembly_extract.tokens import tokenise

SCRIPTS = Path(__file__).parents[1] / "scripts"
LINES = [
    "เมื่อวันที่ 15 มกราคม 2566 นายสมชาย ใจดี ผู้ว่าราชการจังหวัดขอนแก่น เปิดประชุม",
    "พบ",
    "นางสาวกนกพร แสนสุข (WHO|x) โทร. 02 123 4567 | กรมอนามัย  กระทรวงสาธารณสุข ",
]
CLUSTERS = {"ประชุม": [0, 1, 2], "_": [1, 0, 0], "เปิด": [1, 2, 1], "กรม": [0, 0, 3]}


@pytest.fixture(autouse=True)
def _scripts_on_the_path(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))


def test_tables_give_the_sum_of_the_feature_strings(tmp_path):
    files = importlib.import_module("tagger_file")
    features = importlib.import_module("train_tagger_linear").features
    draw = random.Random(5)
    labels = list(importlib.import_module("tagger_corpus").LABELS[:5])
    rows = [features(line, tokenise(line), CLUSTERS) for line in LINES]
    model = {
        name: {label: draw.uniform(-2, 2) for label in labels if draw.random() < 0.7}
        for name in sorted({name for line in rows for token in line for name in token})
    }
    packer = files.LinearPacker(model, labels, CLUSTERS)
    packer.write(tmp_path / "m.npz", files.legal_transitions(labels, []))
    weights = parse_weights(ModelFile((tmp_path / "m.npz").read_bytes(), "m"))
    lexicon = Lexicon(automaton())
    linear = LinearModel(weights, lexicon)
    encoded = lexicon.encode(LINES)
    found = linear.potentials(encoded)
    for first, line in zip(encoded.first, rows, strict=True):
        for row, names in enumerate(line, first):
            expected = [sum(model[name].get(label, 0) for name in names) for label in labels]
            assert np.allclose(found[row], expected, atol=0.01), names[0]
    assert (weights.transitions[labels.index("O"), labels.index("I-PERSON")]) <= -50


def test_the_gradient_is_the_slope_and_the_file_gives_the_same_network(tmp_path):
    pytest.importorskip("scipy")
    training = importlib.import_module("train_tagger_network")
    corpora = importlib.import_module("tagger_corpus")
    gold = corpora.as_silver(
        [corpora.parse_tagged(line) for line in [*LINES, "ที่[LOCATION]ขอนแก่น[/LOCATION]"] * 8]
    )
    vectors = np.random.default_rng(1).normal(size=(len(CLUSTERS), 100)).astype(np.float32)
    words = importlib.import_module("train_tagger_words").Words(
        list(CLUSTERS), vectors, np.array(list(CLUSTERS.values()), np.uint16)
    )
    corpus = training.build_corpus(gold, [], words)
    draw = np.random.default_rng(2)
    own = training.initial(corpus, words, draw)
    batch = training.gather(corpus, np.arange(4), own, draw, 0.0)
    _, gradient, _ = training.loss_and_gradient(own, batch, draw, 0.0)
    for name in ("first", "layer1", "layer2_bias", "out"):
        at = np.unravel_index(np.abs(gradient[name]).argmax(), gradient[name].shape)
        losses = []
        for sign in (1, -1):
            moved = {**own, name: own[name].copy()}
            moved[name][at] += sign * 0.01
            losses.append(training.loss_and_gradient(moved, batch, draw, 0.0)[0])
        assert (losses[0] - losses[1]) / 0.02 == pytest.approx(gradient[name][at], rel=0.05)

    out = io.BytesIO()
    labels = np.frombuffer("\n".join(corpora.LABELS).encode(), np.uint8)
    np.savez(out, format=np.array(1), labels=labels)
    training.write_network(
        own, corpus, ModelFile(out.getvalue(), "linear"), 0.5, tmp_path / "n.npz"
    )
    lexicon = Lexicon(automaton())
    data = ModelFile((tmp_path / "n.npz").read_bytes(), "n")
    network = Network(data, words.clusters_of(), lexicon)
    encoded = lexicon.encode(gold.lines[:4])
    found = network.potentials(encoded)[encoded.inside]
    window = training.beside(batch.embedded, (-2, -1, 0, 1, 2))
    hidden = np.maximum(window @ own["first"] + own["first_bias"], 0) * batch.inside
    for number, step in enumerate((1, 2, 4)):
        seen = training.beside(hidden, (-step, 0, step)) @ own[f"layer{number}"]
        hidden = hidden + np.maximum(seen + own[f"layer{number}_bias"], 0) * batch.inside
    expected = (hidden @ own["out"] + own["out_bias"])[batch.inside[:, 0] > 0]
    assert np.allclose(found, expected, atol=0.1)
    assert network.linear_weight == 0.5


def test_swapped_lines_keep_their_spans():
    corpora = importlib.import_module("tagger_corpus")
    lines = [
        corpora.parse_tagged("[PERSON]นายดี ใจงาม[/PERSON]ไป[LOCATION]ขอนแก่น[/LOCATION]"),
        corpora.parse_tagged("[PERSON]นายเก่ง กล้าหาญ[/PERSON]มาจาก[LOCATION]ลำปาง[/LOCATION]วันนี้"),
    ]
    names = {line.text[a:b] for line in lines for a, b, _ in line.spans}
    swapped = corpora.swapped_lines(lines, 20)
    assert len({line.text for line in swapped}) > 2
    assert all(line.text[a:b] in names for line in swapped for a, b, _ in line.spans)
