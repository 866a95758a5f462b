"""Stories that were seen earlier in a run: equal or nearly equal, reported, never dropped.

Two articles are the same story when at least ``SAME`` of the stretches of eight characters that
occur in either occur in both (Jaccard similarity, white space left out). That share is estimated by
one-permutation MinHash (Li, Owen and Zhang 2012): the stretches are hashed, the hashes cut into
``BINS`` by their first bits, and of each bin the smallest kept; the share of equal bins is the
estimate, with a standard error of 0.035 at 0.8. Candidates come from bands of ``ROWS`` bins
(locality sensitive hashing): a pair at 0.8 shares a band with a probability above 0.99.

Only a story's first article is remembered, so that ``duplicate_of`` never names a duplicate: about
0.7 KB an article.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

SAME = 0.8
BINS = 128
ROWS = 6
BANDS = BINS // ROWS
LEAST = 100
"""Characters below which a text says too little to be compared."""

_STRETCH = 8
_BIN_BITS = 7
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_FIELD = re.compile(r',"duplicate_of":(?:null|"[0-9a-f]{32}"),"warnings":\[')


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that tells a story again: whose, how alike (0..1), whether letter for letter."""

    of: str
    of_name: str
    similarity: float
    exact: bool


def signature(text: str) -> bytes:
    """Return what near-equal texts share much of; ``b""`` for a text too short to compare.

    >>> signature("สั้น"), len(signature("ข่าวประชาสัมพันธ์ฉบับยาว " * 20))
    (b'', 264)
    """
    packed = "".join(text.split())
    if len(packed) < LEAST:
        return b""
    data = packed.encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(data, dtype="<u4").astype(np.uint64)
    hashes = np.zeros(len(codes) - _STRETCH + 1, dtype=np.uint64)
    for offset in range(_STRETCH):
        hashes = hashes * _FACTOR + codes[offset : offset + len(hashes)]
    smallest = _bins(np.sort(_mixed(hashes)))
    return (
        hashlib.sha256(data).digest()[:8] + (smallest & np.uint64(0xFFFF)).astype("<u2").tobytes()
    )


def _mixed(hashes: Hashes) -> Hashes:
    """Spread hashes evenly (the finaliser of splitmix64)."""
    for shift, factor in _MIX:
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(31))


def _bins(ordered: Hashes) -> Hashes:
    """Return the smallest hash of each bin; an empty bin borrows from the next one that is not."""
    starts = np.arange(BINS, dtype=np.uint64) << np.uint64(64 - _BIN_BITS)
    at = np.searchsorted(ordered, starts)
    first = ordered[np.minimum(at, len(ordered) - 1)]
    filled = (at < len(ordered)) & (first >> np.uint64(64 - _BIN_BITS) == np.arange(BINS))
    lenders = np.flatnonzero(filled)
    lender = lenders[np.searchsorted(lenders, np.arange(BINS)) % len(lenders)]
    distance = ((lender - np.arange(BINS)) % BINS).astype(np.uint64)
    borrowed: Hashes = _mixed(first[lender] + distance * _FACTOR)
    return borrowed


class SeenStories:
    """The stories of a run so far, found again by their signatures.

    >>> seen = SeenStories()
    >>> story = "สำนักงานเทศบาลเปิดรับฟังความเห็นเรื่องน้ำประปาหมู่บ้าน " * 5
    >>> seen.find_or_add("a" * 32, "a.txt", signature(story))
    >>> seen.find_or_add("b" * 32, "b.txt", signature(story + "ครับ")).of_name
    'a.txt'
    """

    def __init__(self) -> None:
        self._ids: list[bytes] = []
        self._names: list[str] = []
        self._digests: list[bytes] = []
        self._marks = np.empty((1024, BINS), dtype=np.uint16)
        self._bands = _BandTable()

    def find_or_add(self, identity: str, name: str, mark: bytes) -> Duplicate | None:
        """Return whose story an article tells again; remember it if it is the first."""
        if not mark:
            return None
        digest, bins = mark[:8], np.frombuffer(mark[8:], dtype="<u2")
        keys = _band_keys(bins)
        candidates = self._bands.find(keys)
        if len(candidates):
            alike = (self._marks[candidates] == bins).mean(axis=1)
            best = int(np.argmax(alike))  # of equals the earliest: candidates are sorted
            if alike[best] >= SAME:
                story = int(candidates[best])
                return Duplicate(
                    self._ids[story].hex(),
                    self._names[story],
                    round(float(alike[best]), 4),
                    self._digests[story] == digest,
                )
        story = len(self._ids)
        if story == len(self._marks):
            self._marks = np.concatenate([self._marks, np.empty_like(self._marks)])
        self._marks[story] = bins
        self._bands.add(keys, story)
        self._ids.append(bytes.fromhex(identity))
        self._names.append(name)
        self._digests.append(digest)
        return None


def _band_keys(bins: NDArray[np.uint16]) -> Hashes:
    """Return a hash for each band of a signature; never 0."""
    rows = bins[: BANDS * ROWS].reshape(BANDS, ROWS).astype(np.uint64)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64)
    for row in range(ROWS):
        keys = keys * _FACTOR + rows[:, row]
    return _mixed(keys) | np.uint64(1)


class _BandTable:
    """An open-addressing hash table from band keys to stories, 12 bytes a slot."""

    def __init__(self, slots: int = 1 << 16) -> None:
        self._keys = np.zeros(slots, dtype=np.uint64)
        self._stories = np.zeros(slots, dtype=np.uint32)
        self._used = 0

    def find(self, keys: Hashes) -> NDArray[np.uint32]:
        """Return the stories that share one of ``keys``, sorted."""
        slots = self._slots(keys)
        found: NDArray[np.uint32] = np.unique(self._stories[slots[self._keys[slots] == keys]])
        return found

    def add(self, keys: Hashes, story: int) -> None:
        """Enter a story under ``keys``; a key that is taken stays with the earlier story."""
        if (self._used + len(keys)) * 2 > len(self._keys):
            larger = _BandTable(len(self._keys) * 2)
            taken = np.flatnonzero(self._keys)
            larger._enter(self._keys[taken], self._stories[taken])
            self._keys, self._stories = larger._keys, larger._stories
        self._enter(keys, np.full(len(keys), story, dtype=np.uint32))

    def _enter(self, keys: Hashes, stories: NDArray[np.uint32]) -> None:
        """Enter each key that is not there; of keys that want one slot one goes in a round."""
        while len(keys):
            slots, first = np.unique(self._slots(keys), return_index=True)
            free = self._keys[slots] == 0
            self._keys[slots[free]] = keys[first[free]]
            self._stories[slots[free]] = stories[first[free]]
            self._used += int(free.sum())
            left = np.ones(len(keys), dtype=bool)
            left[first] = False
            keys, stories = keys[left], stories[left]

    def _slots(self, keys: Hashes) -> NDArray[np.intp]:
        """Return for each key its slot: where it stands, or the free one where it would."""
        mask = np.uint64(len(self._keys) - 1)
        slots = ((keys >> np.uint64(1)) & mask).astype(np.intp)
        while True:
            held = self._keys[slots]
            astray = (held != keys) & (held != 0)
            if not astray.any():
                return slots
            slots[astray] = (slots[astray] + 1) & int(mask)


class DuplicateReport:
    """Marks the records of a run that tell a story again, and writes a row for each to ``file``.

    The rows are ``path``, ``id``, ``duplicate_of_path``, ``duplicate_of``, ``similarity`` and
    ``kind`` (``exact``: letter for letter, white space apart; or ``near``), tab between two.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.found = 0
        self._file = file
        self._seen = SeenStories()
        self._write("path", "id", "duplicate_of_path", "duplicate_of", "similarity", "kind")

    def marked(self, line: str, mark: bytes | None) -> str:
        """Return a record's line with ``duplicate_of``; ``mark`` ``None`` is made from its text."""
        record = json.loads(line)
        if mark is None:
            mark = signature(record["text"]) if record["usable"] else b""
        path, identity = record["source"]["path"], record["id"]
        story = self._seen.find_or_add(identity, path, mark)
        if story is None:
            return with_duplicate_of(line, None)
        self.found += 1
        kind = "exact" if story.exact else "near"
        self._write(path, identity, story.of_name, story.of, str(story.similarity), kind)
        return with_duplicate_of(line, story.of)

    def _write(self, *cells: str) -> None:
        row = "\t".join(" ".join(cell.split()) for cell in cells)
        self._file.write(row.encode() + b"\n")
        self._file.flush()


def with_duplicate_of(line: str, identity: str | None) -> str:
    """Return a record's line with ``duplicate_of`` set.

    >>> with_duplicate_of('{"text":"x","duplicate_of":null,"warnings":[]}', "0" * 32)[12:40]
    '"duplicate_of":"000000000000'
    """
    *_, found = _FIELD.finditer(line)
    value = "null" if identity is None else f'"{identity}"'
    return f'{line[: found.start()]},"duplicate_of":{value},"warnings":[{line[found.end() :]}'
