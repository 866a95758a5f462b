"""The scripts that train the tagger: what they write is what the runtime reads."""

from __future__ import annotations

import importlib
import random
from pathlib import Path

import numpy as np
import pytest

from assembly_extract.tagger.lexicon import Lexicon
from assembly_extract.tagger.linear import LinearModel
from assembly_extract.tagger.lists import automaton
from assembly_extract.tagger.network import Network
from assembly_extract.tagger.recurrent import RecurrentNetwork
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


def _words(words_module):
    vectors = np.random.default_rng(1).normal(size=(len(CLUSTERS), 100)).astype(np.float32)
    return words_module.Words(list(CLUSTERS), vectors, np.array(list(CLUSTERS.values()), np.uint16))


@pytest.fixture
def gold():
    corpora = importlib.import_module("tagger_corpus")
    lines = [*LINES, "ที่[LOCATION]ขอนแก่น[/LOCATION]"] * 8
    return corpora.as_silver([corpora.parse_tagged(line) for line in lines])


def _encoded(lines):
    lexicon = Lexicon(automaton())
    return lexicon, lexicon.encode(lines)


def test_the_file_of_the_small_network_gives_what_was_trained(tmp_path, gold):
    torch = pytest.importorskip("torch")
    training = importlib.import_module("train_tagger_network")
    corpora = importlib.import_module("tagger_corpus")
    words = _words(importlib.import_module("train_tagger_words"))
    corpus = training.build_corpus(corpora.number_lines(gold, []), words)
    network = training.train_network(corpus, words, epochs=20, rows=200)
    batch = training.gather(corpus, np.arange(4), np.random.default_rng(2), 0.0)
    with torch.no_grad():
        expected = network(batch)[batch.inside].numpy()
        loss = -(batch.targets[batch.inside] * torch.log_softmax(network(batch)[batch.inside], 1))
    assert loss.sum(1).mean() < 1.5  # 3.3 when it guesses

    files = importlib.import_module("tagger_file")
    files.LinearPacker({"w0=พบ": {"O": 1.0}}, list(corpora.LABELS), CLUSTERS).write(
        tmp_path / "l.npz", files.legal_transitions(list(corpora.LABELS), [])
    )
    chain = ModelFile((tmp_path / "l.npz").read_bytes(), "l")
    training.write_network(network, corpus, chain, 0.5, tmp_path / "n.npz")
    lexicon, encoded = _encoded(gold.lines[:4])
    spelling = LinearModel(parse_weights(chain), lexicon).spelling
    read = Network(ModelFile((tmp_path / "n.npz").read_bytes(), "n"), spelling, lexicon)
    found = read.potentials(encoded)[encoded.inside]
    assert np.allclose(found, expected, rtol=0.005, atol=0.1)
    assert read.linear_weight == 0.5


def test_the_file_of_the_large_network_gives_what_was_trained(tmp_path, gold):
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    language = importlib.import_module("train_tagger_language")
    training = importlib.import_module("train_tagger_large")
    corpora = importlib.import_module("tagger_corpus")
    words = _words(importlib.import_module("train_tagger_words"))
    language.train_language_model(
        language.begun_reader(words), LINES * 2000, tmp_path / "l.pt", tokens=12_000
    )
    reader = language.load_reader(tmp_path / "l.pt", words.words)
    lines = corpora.number_lines(gold, [])
    network = training.begun_network(reader, lines)
    training.train_large(network, lines, epochs=20)
    training.write_large(network, tmp_path / "a.npz")
    inputs = training.Inputs(network, lines)
    chosen = np.arange(4)
    batch = inputs.batch(chosen)
    with torch.no_grad():
        expected = torch.stack(network(batch)).mean(0)[batch.inside].numpy()
    assert (expected.argmax(1) == batch.targets[batch.inside].argmax(1).numpy()).mean() > 0.8

    lexicon, encoded = _encoded(gold.lines[:4])
    data = ModelFile((tmp_path / "a.npz").read_bytes(), "a")
    read = RecurrentNetwork(data, corpora.LABELS, lexicon)
    assert np.allclose(read.potentials(encoded)[encoded.inside], expected, atol=0.3)


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


def test_bodies_that_the_recognisers_find_are_half_believed_where_the_teacher_sees_none():
    corpora = importlib.import_module("tagger_corpus")
    line = "นายดี ใจงาม พบกรมอนามัย"
    person, body = (0, line.index(" พบ")), (line.index("กรม"), len(line))
    silver = corpora.as_silver([corpora.Tagged(line, ((*person, "PERSON"),))])
    found = corpora.with_bodies(silver, lambda text: [person, body] if text == line else [])
    label = {name: number for number, name in enumerate(corpora.LABELS)}
    rows = found.probabilities[[edge >= body[0] for edge, _ in tokenise(line)]]
    assert rows[0, label["B-ORGANIZATION"]] == rows[0, label["O"]] == 0.5
    assert (rows[1:, label["I-ORGANIZATION"]] == 0.5).all()
    named = [edge < person[1] for edge, _ in tokenise(line)]
    assert np.array_equal(found.probabilities[named], silver.probabilities[named])


def test_renamed_lines_have_family_names_of_common_words():
    corpora = importlib.import_module("tagger_corpus")
    line = corpora.parse_tagged("[PERSON]นายดี ใจงาม[/PERSON]ไป[LOCATION]ขอนแก่น[/LOCATION]")
    renamed = corpora.renamed_lines([line], 20)
    names = {line.text[a:b] for line in renamed for a, b, kind in line.spans if kind == "PERSON"}
    assert len(names) > 5
    assert all(name.startswith("นายดี ") and len(name) > len("นายดี ") for name in names)
    assert all(
        line.text[a:b] == "ขอนแก่น"
        for line in renamed
        for a, b, kind in line.spans
        if kind != "PERSON"
    )
