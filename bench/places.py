"""Speed of the places stage: ``python bench/places.py FILE_OR_FOLDER...`` prints MB/s per core.

``matching`` is the automaton over every list, ``recognising`` the whole recogniser (half of it is
the tokeniser), ``linking`` codes, parents and the event's place. The best of three rounds counts.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from assembly_extract.cleaning import clean
from assembly_extract.linking.places import link_places
from assembly_extract.overlaps import resolve
from assembly_extract.recognise.places import recognise_places
from assembly_extract.recognise.places.lexicon import matcher
from assembly_extract.sources import read_articles
from assembly_extract.types.article import Document, Failure

ROUNDS = 3


def best(work) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    raws = [a for a in read_articles(map(Path, sys.argv[1:])) if not isinstance(a, Failure)]
    documents = [Document(clean(raw)) for raw in raws]
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    found = [resolve(recognise_places(document)) for document in documents]
    automaton = matcher()
    stages = {
        "matching": lambda: [sum(1 for _ in automaton.all(d.text)) for d in documents],
        "recognising": lambda: [list(recognise_places(d)) for d in documents],
        "linking": lambda: [link_places(m, d) for m, d in zip(found, documents, strict=True)],
    }
    print(f"{len(documents)} articles, {size:.1f} MB")
    for name, work in stages.items():
        print(f"{name:12} {size / best(work):8.1f} MB/s")


if __name__ == "__main__":
    main()
