"""The language model that the tagger's large network reads with: its parts, and its training.

A word is read as its vector and a convolution over its characters; a forward and a backward LSTM
over these guess the next and the previous word of unlabelled lines.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from assembly_extract.tagger.words import written
from assembly_extract.tokens import line_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from train_tagger_words import Words

#: Numbers of words and characters: 0 pads, 1 is whatever is not known.
UNKNOWN = 1
#: The characters that are told apart: Thai, ASCII, and the signs of Thai typesetting.
CHARACTERS = "".join(
    sorted({*map(chr, range(0x0E01, 0x0E5C)), *map(chr, range(32, 127)), *"“”‘’–—…•●"})
)
LONGEST = 12  # characters of a word that are read: of a longer one both ends
_CHARACTER_SIZE, _CHARACTER_OUT, _HIDDEN = 25, 60, 256
# Training: windows of tokens, windows in a batch, windows held out, words that a softmax draws.
_WINDOW, _BATCH, _HELD, _DRAWN = 40, 256, 1000, 2000
_RATE, _DROPPED = 1e-3, 0.1


class BothWays(nn.Module):
    """A forward and a backward LSTM; the backward one begins at each line's end, not at padding."""

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        self.f = nn.LSTM(inputs, hidden, batch_first=True)
        self.b = nn.LSTM(inputs, hidden, batch_first=True)

    def forward(self, rows: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Return lines x tokens x (forward and backward states)."""
        place = torch.arange(rows.shape[1])[None]
        turned = lengths[:, None] - 1 - place
        turned = torch.where(turned >= 0, turned, place)[..., None]
        forward, _ = self.f(rows)
        backward, _ = self.b(rows.gather(1, turned.expand_as(rows)))
        return torch.cat([forward, backward.gather(1, turned.expand_as(backward))], dim=-1)


class Reader(nn.Module):
    """Words to vectors, and lines of them to states."""

    def __init__(self, words: Sequence[str], size: int) -> None:
        super().__init__()
        self.number_of = {word: number for number, word in enumerate(words, UNKNOWN + 1)}
        self.character_of = {c: number for number, c in enumerate(CHARACTERS, UNKNOWN + 1)}
        self.emb = nn.Embedding(len(words) + UNKNOWN + 1, size, padding_idx=0)
        self.cemb = nn.Embedding(len(CHARACTERS) + UNKNOWN + 1, _CHARACTER_SIZE, padding_idx=0)
        self.conv = nn.Conv1d(_CHARACTER_SIZE, _CHARACTER_OUT, 3, padding=1)
        self.lm = BothWays(size + _CHARACTER_OUT, _HIDDEN)

    @property
    def size(self) -> int:
        """Return how many numbers a word is read as."""
        size: int = self.emb.embedding_dim
        return size + _CHARACTER_OUT

    def spelt(self, word: str) -> list[int]:
        """Return the numbers of a word's characters; of a long one's ends."""
        half = LONGEST // 2
        ends = word if len(word) <= LONGEST else word[:half] + word[-half:]
        known = [self.character_of.get(c, UNKNOWN) for c in ends]
        return known + [0] * (LONGEST - len(ends))

    def vectors(self, words: Sequence[str]) -> torch.Tensor:
        """Return words x size: what each word is read as."""
        numbers = torch.tensor([self.number_of.get(written(word), UNKNOWN) for word in words])
        return self.joined(numbers, torch.tensor([self.spelt(word) for word in words]))

    def joined(self, numbers: torch.Tensor, characters: torch.Tensor) -> torch.Tensor:
        """Return the vectors of words by their numbers and those of their characters."""
        seen = torch.relu(self.conv(self.cemb(characters).transpose(1, 2))).amax(dim=-1)
        return torch.cat([self.emb(numbers), seen], dim=-1)


def begun_reader(words: Words) -> Reader:
    """Return a reader that knows the word vectors and nothing else."""
    reader = Reader(words.words, words.vectors.shape[1])
    vectors = words.vectors / np.linalg.norm(words.vectors, axis=1).mean()
    with torch.no_grad():
        reader.emb.weight[UNKNOWN + 1 :] = torch.from_numpy(vectors)
    return reader


def load_reader(path: Path, words: Sequence[str]) -> Reader:
    """Read a trained language model; ``words`` are those of its table."""
    saved = torch.load(path, weights_only=True)
    reader = Reader(words, saved["emb"]["weight"].shape[1])
    for name in ("emb", "cemb", "conv", "lm"):
        part = getattr(reader, name)
        part.load_state_dict({key: value.float() for key, value in saved[name].items()})
    return reader


class Unlabelled(NamedTuple):
    """Lines of articles as windows of word types.

    ``known[type]`` is a word's number in the reader's table, ``characters[type]`` its spelling;
    type 0 ends a line.
    """

    windows: torch.Tensor
    held: torch.Tensor
    known: torch.Tensor
    characters: torch.Tensor


def number_words(lines: Iterable[str], reader: Reader, draw: np.random.Generator) -> Unlabelled:
    """Return the words of lines as numbers, in windows; a few windows are held out."""
    type_of: dict[str, int] = {"": 0}
    tokens: list[int] = []
    for line in lines:
        tokens += [type_of.setdefault(word, len(type_of)) for word in line_words(line)]
        tokens.append(0)
    windows = np.array(tokens[: len(tokens) // _WINDOW * _WINDOW], np.int32).reshape(-1, _WINDOW)
    windows = draw.permutation(windows)
    words = list(type_of)
    known = [0, *(reader.number_of.get(written(word), UNKNOWN) for word in words[1:])]
    return Unlabelled(
        torch.from_numpy(windows[_HELD:]),
        torch.from_numpy(windows[:_HELD]),
        torch.tensor(known),
        torch.tensor([reader.spelt(word) for word in words]),
    )


class Guesser(nn.Module):
    """The reader, and the layers that guess words from its states."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        size = reader.emb.embedding_dim
        self.pf, self.pb = nn.Linear(_HIDDEN, size), nn.Linear(_HIDDEN, size)
        self.out = nn.Parameter(reader.emb.weight.detach() * 0.5)

    def guesses(
        self, data: Unlabelled, types: torch.Tensor
    ) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Yield for each direction what is guessed, and the numbers of the words that stand there.

        Line ends and words that the table does not know are not guessed.
        """
        kinds, back = torch.unique(types, return_inverse=True)
        rows = self.reader.joined(data.known[kinds], data.characters[kinds])[back]
        rows = functional.dropout(rows, _DROPPED, self.training)
        states = self.reader.lm(rows, torch.full((len(types),), types.shape[1]))
        forward, backward = functional.dropout(states, _DROPPED, self.training).split(
            _HIDDEN, dim=-1
        )
        numbers = data.known[types.long()]
        for own, wanted, layer in (
            (forward[:, :-1], numbers[:, 1:], self.pf),
            (backward[:, 1:], numbers[:, :-1], self.pb),
        ):
            there = wanted > UNKNOWN
            yield layer(own[there]), wanted[there]

    def loss(
        self, data: Unlabelled, types: torch.Tensor, drawn: torch.Tensor, chance: torch.Tensor
    ) -> torch.Tensor:
        """Return the loss by a softmax over the right word and the words ``drawn``.

        ``chance`` is the logarithm of each word's chance to be among those; none is there twice.
        """
        total = torch.zeros(())
        for guess, wanted in self.guesses(data, types):
            right = (guess.float() * self.out[wanted]).sum(dim=-1) - chance[wanted]
            others = (guess @ self.out[drawn].t()).float() - chance[drawn]
            others = others.masked_fill(wanted[:, None] == drawn, float("-inf"))
            total = total + (torch.cat([right[:, None], others], dim=1).logsumexp(1) - right).mean()
        return total

    @torch.no_grad()
    def perplexity(self, data: Unlabelled) -> tuple[float, ...]:
        """Return the perplexity of held-out windows, forward and backward, over all words."""
        self.eval()
        total, count = [0.0, 0.0], [0, 0]
        for types in data.held.split(64):
            for way, (guess, wanted) in enumerate(self.guesses(data, types)):
                logits = guess.float() @ self.out[UNKNOWN + 1 :].t()
                losses = functional.cross_entropy(logits, wanted - UNKNOWN - 1, reduction="sum")
                total[way] += losses.item()
                count[way] += len(wanted)
        self.train()
        return tuple(math.exp(a / max(1, b)) for a, b in zip(total, count, strict=True))


def train_language_model(
    reader: Reader, lines: Iterable[str], out: Path, *, tokens: int, seed: int = 1
) -> None:
    """Read about ``tokens`` words of ``lines``, over and over, and write the reader's parts.

    Adam, and Adagrad for the tables of words; the rate falls by a cosine.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    draw = np.random.default_rng(seed)
    data, model = number_words(lines, reader, draw), Guesser(reader)
    tables = [reader.emb.weight, model.out]
    rest = [value for value in model.parameters() if all(value is not table for table in tables)]
    adam = torch.optim.Adam(rest, lr=_RATE, betas=(0.9, 0.99))
    adagrad = torch.optim.Adagrad(tables, lr=10 * _RATE, initial_accumulator_value=1e-8)
    times = torch.bincount(data.known[data.windows.long()].flatten(), minlength=len(model.out))
    weights = (times.double().numpy() + 1) ** 0.75
    weights[: UNKNOWN + 1] = 0
    weights /= weights.sum()
    chance = torch.tensor(np.log(-np.expm1(_DRAWN * np.log1p(-weights)) + 1e-30)).float()
    cumulative = np.cumsum(weights)
    steps = max(1, tokens // (_BATCH * _WINDOW))
    for step in range(steps):
        falling = min(1, (step + 1) / 200) * (0.03 + 0.485 * (1 + math.cos(math.pi * step / steps)))
        adam.param_groups[0]["lr"] = _RATE * falling
        adagrad.param_groups[0]["lr"] = 10 * _RATE * falling
        rows = torch.from_numpy(draw.integers(len(data.windows), size=_BATCH))
        drawn = np.unique(np.searchsorted(cumulative, draw.random(_DRAWN)))
        drawn = torch.from_numpy(drawn.clip(UNKNOWN + 1, len(weights) - 1))
        with torch.autocast("cpu", torch.bfloat16):
            loss = model.loss(data, data.windows[rows], drawn.unique(), chance)
        model.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(rest, 5.0)
        adam.step()
        adagrad.step()
        if step % 200 == 0 or step == steps - 1:
            print(f"{step / steps:.3f} loss {loss.item():.3f}", flush=True)
    print("perplexity of held-out windows: {:.1f} {:.1f}".format(*model.perplexity(data)))
    parts = ("emb", "cemb", "conv", "lm")
    torch.save({name: _half(getattr(reader, name)) for name in parts}, out)


def _half(part: nn.Module) -> dict[str, torch.Tensor]:
    return {name: value.half() for name, value in part.state_dict().items()}
