"""What the tagger is trained on: tagged lines, plain lines of articles, and silver lines."""

from __future__ import annotations

import hashlib
import random
import re
import tarfile
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assembly_extract.resources import installed_file
from assembly_extract.tagger.chain import ChainTagger
from assembly_extract.tagger.lexicon import EDGE, Lexicon
from assembly_extract.tagger.lists import automaton
from assembly_extract.tagger.weights import ModelFile
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import numpy.typing as npt

#: The types that ThaiNER tells apart, less those that a span never carries.
TYPES = (
    "PERSON", "ORGANIZATION", "LOCATION", "DATE", "TIME", "MONEY", "LAW",
    "PERCENT", "LEN", "URL", "PHONE", "ZIP", "EMAIL",
)  # fmt: skip
#: All labels; a ZIP code is one token, so its inside label does not occur.
LABELS = ("O", *(f"{p}-{kind}" for kind in TYPES for p in "BI" if f"{p}-{kind}" != "I-ZIP"))
_FOLDED = {"FACILITY": "LOCATION"}
_TAG = re.compile(r"\[(/?)([A-Z]+)\]")
_SWAPPED = ("PERSON", "ORGANIZATION", "LOCATION")
_RENAMED = 0.7  # of the family names in a line
_FAMILY_WORD = re.compile(r"[\u0E01-\u0E2E\u0E40-\u0E44][\u0E01-\u0E4E]{1,5}")
_LEAST_CHARACTERS, _MOST_CHARACTERS = 25, 400
# A pasted line's first characters; held-out lines are left out by them.
_OPENING = 38
# How far a body that the recognisers find is believed where the teacher sees none.
_BELIEVED = 0.5


class Tagged(NamedTuple):
    """A raw line and its spans ``(start, end, type)`` in code points."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


class Silver(NamedTuple):
    """Lines that a model tagged: ``probabilities`` is tokens x labels, of all lines on end."""

    lines: list[str]
    tokens: npt.NDArray[np.int64]
    probabilities: npt.NDArray[np.float16]


class Lines(NamedTuple):
    """Lines as numbers, tagged ones first (``tagged`` of them).

    ``first`` and ``size`` give a line's tokens; ``types``, ``sets`` and ``targets`` (probabilities
    of labels) are by token. ``words[type]`` is a written form, type 0 the edge of a line;
    ``marks[set]`` the list marks.
    """

    first: npt.NDArray[np.int64]
    size: npt.NDArray[np.int64]
    types: npt.NDArray[np.int32]
    sets: npt.NDArray[np.int32]
    targets: npt.NDArray[np.float16]
    words: list[str]
    marks: list[frozenset[str]]
    tagged: int


def may_follow(before: str, label: str) -> bool:
    """Tell whether a label may stand behind another: an inside one only within its type.

    >>> [may_follow("O", "B-DATE"), may_follow("B-LAW", "I-LAW"), may_follow("O", "I-LAW")]
    [True, True, False]
    """
    return not label.startswith("I-") or before[2:] == label[2:]


def parse_tagged(line: str) -> Tagged:
    """Read one line of ThaiNER's inline form, ``[PERSON]...[/PERSON]``; other types are dropped.

    >>> parse_tagged("พบ[PERSON]นายดี[/PERSON]ที่[FACILITY]วัด[/FACILITY]")
    Tagged(text='พบนายดีที่วัด', spans=((2, 7, 'PERSON'), (10, 13, 'LOCATION')))
    """
    text, spans, at = "", [], 0
    opened: tuple[int, str] | None = None
    for tag in _TAG.finditer(line):
        text += line[at : tag.start()]
        at = tag.end()
        kind = _FOLDED.get(tag[2], tag[2])
        if not tag[1]:
            opened = (len(text), kind)
        elif opened is not None and opened[1] == kind:
            if kind in TYPES and opened[0] < len(text):
                spans.append((opened[0], len(text), kind))
            opened = None
    return Tagged(text + line[at:], tuple(spans))


def read_tagged(path: Path, without: Path | None = None) -> list[Tagged]:
    """Return a tagged file's lines, less those that stand in ``without`` (a tagged file) too."""
    lines = [
        parse_tagged(line)
        for line in path.read_text(encoding="utf-8-sig").split("\n")
        if line.strip()
    ]
    if without is None:
        return lines
    held = {re.sub(r"\s+", "", line.text) for line in read_tagged(without)}
    return [line for line in lines if re.sub(r"\s+", "", line.text) not in held]


def token_labels(tokens: list[tuple[int, int]], spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Return a label a token; a token belongs to a span that covers at least half of it.

    >>> token_labels([(0, 3), (3, 8), (8, 11)], [(0, 8, "PERSON")])
    ['B-PERSON', 'I-PERSON', 'O']
    """
    labels = ["O"] * len(tokens)
    for start, end, kind in spans:
        prefix = "B"
        for number, (a, b) in enumerate(tokens):
            if a >= end:
                break
            if b > start and 2 * (min(b, end) - max(a, start)) >= b - a:
                label = f"{prefix}-{kind}"
                labels[number] = label if label in LABELS else f"B-{kind}"
                prefix = "I"
    return labels


def as_silver(lines: list[Tagged]) -> Silver:
    """Return tagged lines in the form of silver ones: each token's label has probability 1."""
    number = {label: at for at, label in enumerate(LABELS)}
    texts, counts, labels = [], [], []
    for line in lines:
        tokens = tokenise(line.text)
        if tokens:
            texts.append(line.text)
            counts.append(len(tokens))
            labels += [number[label] for label in token_labels(tokens, line.spans)]
    return Silver(texts, np.array(counts), np.eye(len(LABELS), dtype=np.float16)[labels])


def articles(archive: Path) -> Iterator[str]:
    """Yield the text of each ``.txt`` file in a tar archive, in its order."""
    with tarfile.open(archive) as members:
        for member in members:
            content = members.extractfile(member) if member.name.endswith(".txt") else None
            if content is not None:
                yield content.read().decode("utf-8-sig", errors="replace")


def article_lines(archive: Path, count: int, held: Iterable[Tagged], seed: int = 7) -> list[str]:
    """Return ``count`` different lines of articles, drawn at random, none that opens a held one."""
    openings = {re.sub(r"\s+", "", line.text)[:_OPENING] for line in held}
    seen: set[bytes] = set()
    found = []
    for text in articles(archive):
        for line in map(str.strip, text.split("\n")):
            if not _LEAST_CHARACTERS <= len(line) <= _MOST_CHARACTERS or "http" in line[:20]:
                continue
            mark = hashlib.sha256(line.encode()).digest()[:8]
            if mark not in seen and re.sub(r"\s+", "", line)[:_OPENING] not in openings:
                seen.add(mark)
                found.append(line)
    random.Random(seed).shuffle(found)  # noqa: S311 - a sample, not a secret
    return found[:count]


def swapped_lines(lines: list[Tagged], count: int, seed: int = 3) -> list[Tagged]:
    """Return ``count`` copies of lines in which names are swapped for others of their type.

    Six names of ten are swapped. A person's name is mostly swapped for one that opens with the same
    two characters, so that titles stay where titles are usual.
    """
    draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    pool = {
        kind: sorted({x.text[a:b] for x in lines for a, b, k in x.spans if k == kind})
        for kind in _SWAPPED
    }
    usable = [line for line in lines if any(kind in pool for *_, kind in line.spans)]
    found = []
    for _ in range(count):
        line = draw.choice(usable)
        text, spans, at = "", [], 0
        for start, end, kind in line.spans:
            text += line.text[at:start]
            name = line.text[start:end]
            if kind in pool and draw.random() < 0.6:
                name = _other(name, pool[kind], draw, alike=kind == "PERSON")
            spans.append((len(text), len(text) + len(name), kind))
            text += name
            at = end
        found.append(Tagged(text + line.text[at:], tuple(spans)))
    return found


def renamed_lines(lines: list[Tagged], count: int, seed: int = 4) -> list[Tagged]:
    """Return ``count`` copies of lines in which family names are words of the dictionary.

    Every Thai family has a name of its own, of one to three common words: ใจดี, ทองสุข. Where such a
    word was met as a word only, a network ends the person before it.
    """
    draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    listed = installed_file("pythainlp", "corpus/words_th.txt").read_text(encoding="utf-8")
    words = [word for word in listed.split("\n") if _FAMILY_WORD.fullmatch(word)]
    usable = [
        line
        for line in lines
        if any(kind == "PERSON" and " " in line.text[a:b].strip() for a, b, kind in line.spans)
    ]
    found = []
    for _ in range(count):
        line = draw.choice(usable)
        text, spans, at = "", [], 0
        for start, end, kind in line.spans:
            text += line.text[at:start]
            name = line.text[start:end]
            given, space, family = name.rpartition(" ")
            if kind == "PERSON" and given.strip() and family and draw.random() < _RENAMED:
                name = given + space + "".join(draw.choices(words, k=draw.choice((1, 1, 2, 2, 3))))
            spans.append((len(text), len(text) + len(name), kind))
            text += name
            at = end
        found.append(Tagged(text + line.text[at:], tuple(spans)))
    return found


def _other(name: str, pool: list[str], draw: random.Random, *, alike: bool) -> str:
    for _ in range(20):
        other = draw.choice(pool)
        if not alike or other[:2] == name[:2] or draw.random() < 0.3:
            break
    return other


def tag_silver(
    lines: list[str], teacher: str, read: Callable[[str], ModelFile] = ModelFile.open
) -> Silver:
    """Tag lines by the model ``teacher``; keep the probability of every label at every token."""
    tagger = ChainTagger(teacher, read)
    column = [LABELS.index(label) for label in tagger.labels]
    kept, counts, tables = [], [], []
    for number in range(0, len(lines), 50):
        batch = lines[number : number + 50]
        for line, found in zip(batch, tagger.probabilities(batch), strict=True):
            table = np.zeros((len(found.labels), len(LABELS)), np.float16)
            table[:, column] = found.probabilities
            table[~found.probabilities.any(axis=1), 0] = 1
            kept.append(line)
            counts.append(len(found.labels))
            tables.append(table)
    return Silver(kept, np.array(counts), np.concatenate(tables))


def with_bodies(silver: Silver, bodies_in: Callable[[str], Iterable[tuple[int, int]]]) -> Silver:
    """Return silver lines in which bodies that ``bodies_in`` a line finds are half believed.

    It gives offsets. The teacher knows few committees and divisions, the recognisers' lists and
    grammar many. Only where the teacher sees nothing or a place its probabilities are mixed.
    """
    found = silver.probabilities.astype(np.float32)
    opens, goes_on = LABELS.index("B-ORGANIZATION"), LABELS.index("I-ORGANIZATION")
    kinds = np.array([label[2:] for label in LABELS])
    first = 0
    for line, size in zip(silver.lines, silver.tokens.tolist(), strict=True):
        own = found[first : first + size]
        first += size
        numbers = {edge: number for number, (edge, _) in enumerate(tokenise(line))}
        numbers[len(line)] = size
        for start, end in bodies_in(line):
            if start not in numbers or end not in numbers:
                continue
            rows = own[numbers[start] : numbers[end]]
            if {"", "LOCATION"}.issuperset(kinds[rows.argmax(axis=1)].tolist()):
                rows *= 1 - _BELIEVED
                rows[0, opens] += _BELIEVED
                rows[1:, goes_on] += _BELIEVED
    return silver._replace(probabilities=found.astype(np.float16))


def write_silver(path: Path, silver: Silver) -> None:
    """Write silver lines for later runs."""
    texts = np.frombuffer("\n".join(silver.lines).encode(), np.uint8)
    np.savez(path, lines=texts, tokens=silver.tokens, probabilities=silver.probabilities)


def read_silver(path: Path) -> Silver:
    """Read what :func:`write_silver` wrote."""
    with np.load(path) as data:
        lines = bytes(data["lines"]).decode().split("\n")
        return Silver(lines, data["tokens"], data["probabilities"])


def labelled_lines(silver: Silver) -> Iterator[tuple[str, list[str]]]:
    """Yield each line with its tokens' likeliest labels."""
    labels = silver.probabilities.argmax(axis=1)
    ends = np.cumsum(silver.tokens)
    for line, end, size in zip(silver.lines, ends, silver.tokens, strict=True):
        yield line, [LABELS[label] for label in labels[end - size : end]]


def number_lines(tagged: Silver, silver: list[Silver]) -> Lines:
    """Give the tokens of all lines numbers, as the tagger does."""
    lexicon = Lexicon(automaton(), keep_all=True)
    types, sets, counts = [], [], []
    for source in (tagged, *silver):
        for line, size in zip(source.lines, source.tokens.tolist(), strict=True):
            encoded = lexicon.encode([line])
            if len(encoded.edges[0]) != size + 1:
                raise ValueError(f"{line!r}: {len(encoded.edges[0]) - 1} tokens, not {size}")
            own = np.zeros(len(encoded.types), np.int32)
            own[encoded.marked] = encoded.mark_sets
            types.append(encoded.types[EDGE:-EDGE].astype(np.int32))
            sets.append(own[EDGE:-EDGE])
            counts.append(size)
    sizes = np.array(counts, np.int64)
    return Lines(
        np.cumsum(sizes) - sizes,
        sizes,
        np.concatenate(types),
        np.concatenate(sets),
        np.concatenate([source.probabilities for source in (tagged, *silver)]),
        lexicon.types.entries,
        lexicon.sets.entries,
        len(tagged.lines),
    )
