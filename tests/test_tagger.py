"""The sequence tagger: spans, decoding, and agreement with a plain reference."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from itertools import accumulate, pairwise, product

import ahocorasick
import numpy as np
import pytest
import pythainlp.tag
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly_extract.errors import ConfigError, DataFileError
from assembly_extract.tagger import LABELS, lexicon, load_tagger
from assembly_extract.tagger.chain import ChainTagger
from assembly_extract.tagger.decode import decode
from assembly_extract.tagger.lexicon import Lexicon
from assembly_extract.tagger.linear import LinearModel
from assembly_extract.tagger.lines import shown_span
from assembly_extract.tagger.lists import automaton, marks
from assembly_extract.tagger.lookup import KeyRows
from assembly_extract.tagger.network import LINE_EDGE, NO_FEATURE, Network, embedded_features
from assembly_extract.tagger.rows import Numbering, Rows
from assembly_extract.tagger.weights import ModelFile, parse_weights
from assembly_extract.tokens import line_words

ARTICLE = (
    "ผู้ว่าฯ เปิดงานสมัชชาสุขภาพ\n\n"
    "เมื่อวันที่ 15 มกราคม 2566 นายสมชาย ใจดี ผู้ว่าราชการจังหวัดขอนแก่น เปิดประชุมที่โรงแรมพูลแมน\n"
    "พร้อมด้วย นางสาวกนกพร แสนสุข ผู้แทนกระทรวงสาธารณสุข เวลา 09.30 น. \n"
)


@pytest.mark.parametrize(
    ("surface", "label"),
    [
        ("นายสมชาย ใจดี", "PERSON"),
        ("นางสาวกนกพร แสนสุข", "PERSON"),
        ("กระทรวงสาธารณสุข", "ORGANIZATION"),
        ("ขอนแก่น", "LOCATION"),
        ("15 มกราคม 2566", "DATE"),
        ("09.30 น.", "TIME"),
    ],
)
def test_finds_the_plain_cases(surface, label):
    found = {(ARTICLE[s.start : s.end], s.label) for s in load_tagger("default").spans(ARTICLE)}
    assert (surface, label) in found


def test_lines_are_tagged_alone():
    tagger = load_tagger("default")
    whole = tagger.spans(ARTICLE)
    offset, parts = 0, []
    for line in ARTICLE.split("\n"):
        parts += [
            s._replace(start=s.start + offset, end=s.end + offset) for s in tagger.spans(line)
        ]
        offset += len(line) + 1
    assert [s[:3] for s in whole] == [s[:3] for s in parts]
    assert np.allclose([s.score for s in whole], [s.score for s in parts], atol=1e-3)


def test_the_network_sees_no_token_of_another_line():
    words, _, network = _models()
    lines = [line for line in ARTICLE.split("\n") if line]
    lines = ["พบ", *lines, "นาย สม ใจดี", "เขา", "ที่"]
    together = words.encode(lines)
    found = network.potentials(together)[together.inside]
    alone = [words.encode([line]) for line in lines]
    expected = np.concatenate([network.potentials(line)[line.inside] for line in alone])
    assert np.allclose(found, expected, atol=1e-4)


def test_same_text_same_spans_whatever_came_before():
    tagger = load_tagger("default")
    first = tagger.spans(ARTICLE)
    tagger.spans("ข่าวอื่น 1234 xyz ที่ไม่เคยเห็นมาก่อนเลย กขคฆงจฉชซ")
    assert tagger.spans(ARTICLE) == first


def test_a_very_long_line_is_tagged_in_pieces():
    sentence = "นายสมชาย ใจดี พบนางสมหญิง ใจงาม ที่จังหวัดขอนแก่น "
    spans = load_tagger("default").spans(sentence * 400)
    assert sum(s.label == "PERSON" for s in spans) >= 700


@settings(max_examples=60)
@given(st.text(alphabet="กขนาย งสมชเ่้ำ.( )๑๒12abXY\n\t\u200b\u00a0“”", max_size=200))
def test_spans_are_ordered_trimmed_and_within_a_line(text):
    reached = 0
    for span in load_tagger("default").spans(text):
        assert reached <= span.start < span.end <= len(text)
        reached = span.end
        surface = text[span.start : span.end]
        assert surface == surface.strip()
        assert "\n" not in surface
        assert span.label in LABELS
        assert 0 <= span.score <= 1


def test_unknown_model_names_the_known_ones():
    with pytest.raises(ConfigError, match="default"):
        load_tagger("no-such-model")


def test_missing_or_foreign_model_file():
    with pytest.raises(DataFileError, match=r"no-such\.npz"):
        ModelFile.open("no-such")
    out = io.BytesIO()
    np.savez(out, format=np.array(99))
    with pytest.raises(DataFileError, match="format 99"):
        ModelFile(out.getvalue(), "x.npz")


def test_marks_take_the_longest_entry_of_each_kind():
    words = ["นาย", "สมชาย", " ", "พ.ศ."]
    text = "".join(words)
    found = marks(automaton(), text, list(accumulate(map(len, words), initial=0)))
    assert "S:ttl" in found[0]
    assert "S:fn" in found[1]
    assert 2 not in found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("กระทรวงสาธารณสุข", "body"),
        ("สปสช.", "body"),
        ("ผู้ว่าราชการจังหวัด", "post"),
        ("โตเกียว", "spot"),
    ],
)
def test_what_the_recognisers_know_is_marked(text, kind):
    edges = list(accumulate(map(len, line_words(text)), initial=0))
    found = marks(automaton(), text, edges)
    assert {mark[0] for own in found.values() for mark in own if mark[2:] == kind} in (
        {"S"},
        {"B", "E"},
        {"B", "I", "E"},
    )
    assert len(found) == len(edges) - 1


def test_the_chain_takes_marks_of_lists_that_it_was_not_trained_with_for_none():
    weights = parse_weights(ModelFile.open("default"))
    found = []
    for listed in (("fn",), ("fn", "a list of later")):
        matcher = ahocorasick.Automaton()
        matcher.add_word("สมชาย", (5, listed))
        matcher.make_automaton()
        words = Lexicon(matcher)
        found.append(LinearModel(weights, words).potentials(words.encode(["นายสมชาย ใจดี"])))
    assert np.array_equal(*found)


@settings(max_examples=20)
@given(st.integers(0, 5000), st.integers(0, 2**32 - 1))
def test_every_key_has_its_row_and_no_other_number_has_one(size, seed):
    draw = np.random.default_rng(seed)
    keys = np.unique(draw.integers(0, 10**9, size))
    row_of = {key: row for row, key in enumerate(keys.tolist(), 1)}
    wanted = np.concatenate((keys, draw.integers(0, 10**9, 500)))
    found = KeyRows(keys).of(wanted)
    assert found.tolist() == [row_of.get(key, 0) for key in wanted.tolist()]


def _best_by_enumeration(emissions, transitions):
    def score(path):
        return sum(emissions[i, x] for i, x in enumerate(path)) + sum(
            transitions[a, b] for a, b in pairwise(path)
        )

    paths = list(product(range(emissions.shape[1]), repeat=len(emissions)))
    weights = np.exp([score(path) for path in paths])
    total = np.zeros_like(emissions)
    for path, weight in zip(paths, weights, strict=True):
        for i, x in enumerate(path):
            total[i, x] += weight
    return list(max(paths, key=score)), total / weights.sum()


@settings(max_examples=40)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_decoding_in_batches_equals_enumeration(lengths, seed):
    rng = np.random.default_rng(seed)
    transitions = rng.normal(size=(3, 3)).astype(np.float32)
    size = sum(lengths) + len(lengths) + 1
    emissions = rng.normal(scale=2, size=(size, 3)).astype(np.float32)
    inside = np.zeros(size, bool)
    at, lines = 1, []
    for length in lengths:
        inside[at : at + length] = True
        lines.append(slice(at, at + length))
        at += length + 1
    found = decode(emissions, inside, transitions, 0)
    labels, sure = np.zeros(size, int), np.zeros_like(emissions)
    labels[found.rows] = found.labels
    sure[found.rows[:, None], found.likely] = found.sure
    for line in lines:
        if (emissions[line, 0] - emissions[line, 1:].max(axis=1) >= 9).any():
            continue
        best, probability = _best_by_enumeration(emissions[line], transitions)
        assert labels[line].tolist() == best
        assert np.allclose(sure[line], probability, atol=1e-4)


def test_a_certain_token_cuts_the_line_and_counts_in_its_neighbours():
    transitions = np.array([[0, -3], [-3, 2]], np.float32)
    emissions = np.array([[9, 9], [1, 3], [30, 0], [1, 3], [9, 9]], np.float32)
    inside = np.array([False, True, True, True, False])
    found = decode(emissions, inside, transitions, 0)
    assert sorted(found.rows.tolist()) == [1, 3]
    # alone, either would be label 1 (3 against 1); beside a token that is outside it pays 3
    assert found.labels.tolist() == [0, 0]


def test_the_accurate_model_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    load_tagger.cache_clear()
    with pytest.raises(ConfigError, match=r"pip install 'assembly-extract\[accurate\]'"):
        load_tagger("accurate")


def test_the_accurate_model_finds_the_plain_cases():
    pytest.importorskip("onnxruntime")
    found = {(ARTICLE[s.start : s.end], s.label) for s in load_tagger("accurate").spans(ARTICLE)}
    assert {("นายสมชาย ใจดี", "PERSON"), ("กระทรวงสาธารณสุข", "ORGANIZATION")} <= found


class _FakeEngine:
    def __init__(self, engine, corpus):
        assert (engine, corpus) == ("phayathaibert", "thainer-v2")

    def tag(self, text):
        # as the real ones: white space changed, and labels word by word
        words = [("นาย", "B-PERSON"), ("สมชาย", "I-PERSON"), (" ", "I-PERSON"), ("ใจดี", "I-PERSON")]
        found = [*words, ("<_>", "O"), ("กรมอนามัย", "B-ORGANIZATION"), ("x", "B-LEN")]
        return found if text.startswith("พบ") else [("ว่าง", "O")]


def test_an_engine_of_pythainlp_by_name(monkeypatch):
    monkeypatch.setattr(pythainlp.tag, "NER", _FakeEngine)
    load_tagger.cache_clear()
    text = "ว่าง\nพบนายสมชาย  ใจดี กรมอนามัย x\n"
    spans = load_tagger("pythainlp:phayathaibert").spans(text)
    assert [(text[s.start : s.end], s.label) for s in spans] == [
        ("นายสมชาย  ใจดี", "PERSON"),
        ("กรมอนามัย", "ORGANIZATION"),
    ]


def test_an_engine_that_is_not_there_says_what_to_do(monkeypatch):
    def offline(**_):
        raise OSError("no connection")

    monkeypatch.setattr(pythainlp.tag, "NER", offline)
    load_tagger.cache_clear()
    with pytest.raises(ConfigError, match=r"no connection.*assembly-extract\[transformers\]"):
        load_tagger("pythainlp:thainer-v2")
    with pytest.raises(ConfigError, match="pythainlp:thainer-v2"):
        load_tagger("pythainlp:no-such")


def test_numpy_is_loaded_with_one_thread_and_the_environment_left_alone():
    code = (
        "import os, sys; from assembly_extract.tagger import load_tagger; "
        "assert 'numpy' not in sys.modules; before = dict(os.environ); "
        "load_tagger('default').spans('กขค'); assert dict(os.environ) == before; "
        "print(len(os.listdir('/proc/self/task')) if os.path.isdir('/proc/self/task') else 1)"
    )
    environment = {k: v for k, v in os.environ.items() if not k.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"


@pytest.mark.parametrize(
    ("surface", "label", "shown", "as_label"),
    [
        ("Mr. Jan Vermeulen", "ORGANIZATION", "Mr. Jan Vermeulen", "PERSON"),
        ("Ms. Ana Silva (United", "ORGANIZATION", "Ms. Ana Silva", "PERSON"),
        ("Mrs. Lee", "LOCATION", "Mrs. Lee", "LOCATION"),
        ("Mr.Fix Company", "PERSON", "Mr.Fix Company", "PERSON"),
        (" กรมอนามัย ", "ORGANIZATION", "กรมอนามัย", "ORGANIZATION"),
        ("กระทรวงคมนาคม]", "ORGANIZATION", "กระทรวงคมนาคม", "ORGANIZATION"),
        ("“ กรมอนามัย", "ORGANIZATION", "กรมอนามัย", "ORGANIZATION"),
        ("สถาบันดี (องค์การมหาชน)", "ORGANIZATION", "สถาบันดี (องค์การมหาชน)", "ORGANIZATION"),
    ],
)
def test_a_span_is_trimmed_and_a_latin_name_behind_a_title_is_a_person(
    surface, label, shown, as_label
):
    text = f"พบ{surface} วันนี้"
    (span,) = shown_span(text, (0, len(surface), label, 0.5), 2)
    assert (text[span.start : span.end], span.label) == (shown, as_label)


def test_the_common_types_are_numbered_for_good_and_others_anew(monkeypatch):
    monkeypatch.setattr(lexicon, "_MOST_OTHERS", 2)
    words = lexicon.Lexicon(automaton())
    entries = words.types.entries
    for line in ("กรม ซชฌ", "ข่าว กขฃ ซชฌ", "ซชฌ"):
        encoded = words.encode([line])
        assert "".join(entries[number] for number in encoded.types.tolist()) == line
    assert entries[words.types.lasting :] == ["ซชฌ"]  # the third line came after forgetting
    assert entries[1 : words.types.lasting] == list(lexicon.common_types())
    assert {"กรม", "ข่าว"} < set(lexicon.common_types())


def test_rows_are_computed_once_until_they_are_forgotten():
    computed = []
    numbering = Numbering(("", "ก"))

    def compute(numbers):
        entries = numbering.named(numbers)
        computed.append(entries)
        return np.array([len(entry) for entry in entries]), np.array([[ord(e[0])] for e in entries])

    rows = Rows(numbering, (np.array([7]), np.array([[8]])), compute)

    def known(*entries):
        numbers = np.array([numbering[entry] for entry in entries])
        rows.meet(numbers)
        return [table[numbers].tolist() for table in rows.tables]

    assert known("", "ขขข", "ก", "ขขข") == [[7, 3, 1, 3], [[8], [0xE02], [0xE01], [0xE02]]]
    assert known("คค", "ขขข") == [[2, 3], [[0xE04], [0xE02]]]
    numbering.forget_beyond(2)
    assert computed == [["ก", "ขขข"], ["คค"]]
    numbering.forget_beyond(1)
    assert known("คค", "ก") == [[2, 1], [[0xE04], [0xE01]]]
    assert computed[2:] == [["คค"]]


def test_forgotten_types_change_nothing(monkeypatch):
    tagger = ChainTagger("default")
    expected = tagger.spans(ARTICLE)
    monkeypatch.setattr(lexicon, "_MOST_OTHERS", 0)
    monkeypatch.setattr(lexicon, "_MOST_MARK_SETS", 0)
    other = "นางสมหญิง ใจงาม ประธานสภาเยาวชนอำเภอเมืองน่าน กล่าวเมื่อวันที่ 2 พฤษภาคม 2567"
    assert [tagger.spans(text) for text in (ARTICLE, other, ARTICLE)] == [
        expected,
        load_tagger("default").spans(other),
        expected,
    ]


def test_a_prepared_tagger_finds_the_same():
    tagger = ChainTagger("default")
    tagger.prepare()
    assert tagger.spans(ARTICLE) == ChainTagger("default").spans(ARTICLE)


def _models():
    words = Lexicon(automaton())
    linear = LinearModel(parse_weights(ModelFile.open("default")), words)
    return words, linear, Network(ModelFile.open("default-network"), linear.spelling, words)


def test_a_type_s_row_is_the_same_bit_for_bit_whatever_it_is_computed_beside():
    every = np.arange(400)
    _, *together = _models()
    _, *apart = _models()
    for one, other in zip(together, apart, strict=True):
        one.types.meet(every)
        for number in range(0, 400, 3):
            other.types.meet(every[number : number + 3])
        for row, same in zip(one.types.tables, other.types.tables, strict=True):
            assert np.array_equal(row[every], same[every])


@pytest.mark.parametrize("word", ["สุขภาพ", "คงเกษม", "ก", "2566", "๑๒๓", "WHO", " ", "(", "ซชฌ"])
def test_the_network_reads_the_features_that_it_was_trained_with(word):
    words, linear, network = _models()
    weights = linear.weights

    def clusters(form):
        rows = weights.clusters[weights.word_row(form)].tolist()
        return [row - first for row, first in zip(rows, weights.cluster_rows, strict=True) if row]

    names = ModelFile.open("default-network").strings("features")
    row_of = {name: row for row, name in enumerate(names, LINE_EDGE + 1)}
    expected = [row_of.get(name, NO_FEATURE) for name in embedded_features(word, clusters)]
    (found,) = network.rows_of(np.array([words.types[word]])).tolist()
    assert sorted(filter(None, found)) == sorted(filter(None, expected))
    assert any(found)
