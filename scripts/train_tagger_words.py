"""Word vectors and word clusters from the lines of articles, for both of the tagger's models.

Needs gensim and scikit-learn. 24 million tokens take about five minutes on one core.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assembly_extract.tagger.words import written
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy.typing as npt

_CLUSTERS = (64, 256, 1000)
_LONGEST = 200  # tokens in one training sentence


class Words(NamedTuple):
    """Words by falling frequency, their vectors, and the number of their cluster at each level."""

    words: list[str]
    vectors: npt.NDArray[np.float32]
    clusters: npt.NDArray[np.uint16]

    def clusters_of(self) -> dict[str, list[int]]:
        """Return each word's clusters."""
        return dict(zip(self.words, self.clusters.tolist(), strict=True))


def train_words(lines: Iterable[str]) -> Words:
    """Train 100 dimensions by continuous bag of words, then cluster the directions by k-means."""
    from gensim.models import Word2Vec  # noqa: PLC0415 - needed in training only
    from sklearn.cluster import MiniBatchKMeans  # noqa: PLC0415 - needed in training only

    sentences = []
    for line in lines:
        forms = [written(line[start:end]) for start, end in tokenise(line)]
        sentences += [forms[at : at + _LONGEST] for at in range(0, len(forms), _LONGEST)]
    model = Word2Vec(
        sentences,
        vector_size=100,
        window=5,
        min_count=6,
        sg=0,
        negative=8,
        sample=1e-4,
        workers=1,
        epochs=2,
        seed=1,
    )
    vectors = model.wv.vectors.astype(np.float32)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    levels = [
        MiniBatchKMeans(k, random_state=0, batch_size=4096, n_init=1, max_iter=30).fit(unit).labels_
        for k in _CLUSTERS
    ]
    return Words(list(model.wv.index_to_key), vectors, np.array(levels, np.uint16).T)


def write_words(path: Path, words: Words) -> None:
    """Write vectors and clusters for later runs."""
    text = np.frombuffer("\n".join(words.words).encode(), np.uint8)
    np.savez_compressed(
        path, words=text, vectors=words.vectors.astype(np.float16), clusters=words.clusters
    )


def read_words(path: Path) -> Words:
    """Read what :func:`write_words` wrote."""
    with np.load(path) as data:
        words = bytes(data["words"]).decode().split("\n")
        return Words(words, data["vectors"].astype(np.float32), data["clusters"])
