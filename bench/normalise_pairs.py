"""Pairwise precision and recall of ``normalise`` on labelled pairs of mentions.

The labelled articles are taken from the sample, extracted and normalised; with ``--records`` the
records of a whole archive are normalised instead, which is what users do and is harder: more
namesakes, more names alike. A pair counts if both mentions are still found at their offsets.
``bench/labels/pairs_*.tsv`` hold paths, offsets and same/different, no text.

    python bench/normalise_pairs.py SAMPLE [--records RECORDS] [--errors dev]
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from assembly_extract import Extractor
from assembly_extract.normalise import normalise

LABELS = Path(__file__).parent / "labels"
KINDS = ("people", "organisations")
PARTS = ("dev", "aside")
CELLS = {(True, True): "tp", (True, False): "fp", (False, True): "fn", (False, False): "tn"}


def pairs(kind: str) -> list[dict[str, str]]:
    with (LABELS / f"pairs_{kind}.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def extracted(sample: Path, folder: Path) -> Path:
    """Extract the articles that the pairs are from; return their records."""
    paths = {row[f"path_{s}"] for kind in KINDS for row in pairs(kind) for s in "ab"}
    for path in sorted(paths):
        target = folder / "articles" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sample / path, target)
    with (folder / "records.jsonl").open("w", encoding="utf-8") as out:
        for record in Extractor().records([folder / "articles"]):
            out.write(record.to_json() + "\n")
    return folder / "records.jsonl"


def refs(path: Path, kind: str) -> dict[tuple[str, int, int], str]:
    """Return the entity of every mention of the labelled articles."""
    wanted = {row[f"path_{s}"] for row in pairs(kind) for s in "ab"}
    found = {}
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            if record["source"]["path"] not in wanted:
                continue
            for entity in record[kind]:
                for mention in entity["mentions"]:
                    key = record["source"]["path"], mention["start"], mention["end"]
                    found[key] = entity["ref"]
    return found


def judged(kind: str, at: dict[tuple[str, int, int], str]) -> list[tuple[dict[str, str], str]]:
    """Return each pair with ``tp``, ``fp``, ``fn``, ``tn`` or ``lost``."""
    found = []
    for row in pairs(kind):
        one, other = (
            at.get((row[f"path_{s}"], int(row[f"start_{s}"]), int(row[f"end_{s}"]))) for s in "ab"
        )
        cell = (
            "lost" if one is None or other is None else CELLS[one == other, row["label"] == "same"]
        )
        found.append((row, cell))
    return found


def between(hits: int, of: int) -> str:
    """Return the 95 % interval of a share (Wilson's)."""
    if not of:
        return "-"
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{middle - half:.3f}-{min(1.0, middle + half):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sample", type=Path, help="folder that holds gov1 and gov2")
    parser.add_argument("--records", type=Path, help="records of the whole sample")
    parser.add_argument("--errors", choices=PARTS, help="list the errors of a part")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = options.records or extracted(options.sample, folder)
        normalise(str(records), folder / "out.jsonl", folder / "register")
        found = {kind: refs(folder / "out.jsonl", kind) for kind in KINDS}
    for kind, at in found.items():
        results = judged(kind, at)
        for part in PARTS:
            for rounds in ("1", "2", "3", "4", "5", "6", "7", "1234567"):
                cells = Counter(
                    cell for row, cell in results if row["part"] == part and row["round"] in rounds
                )
                precision = cells["tp"] / max(1, cells["tp"] + cells["fp"])
                recall = cells["tp"] / max(1, cells["tp"] + cells["fn"])
                counts = " ".join(
                    f"{cell} {cells[cell]}" for cell in ("tp", "fp", "fn", "tn", "lost")
                )
                sure = between(cells["tp"], cells["tp"] + cells["fp"])
                found_ = between(cells["tp"], cells["tp"] + cells["fn"])
                print(
                    f"{kind} {part} round {rounds}: P {precision:.3f} ({sure}) "
                    f"R {recall:.3f} ({found_}) {counts}"
                )
        for row, cell in results:
            if cell in {"fp", "fn"} and row["part"] == options.errors:
                print(cell, *row.values(), sep="\t")


if __name__ == "__main__":
    main()
