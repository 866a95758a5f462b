"""Pairwise precision and recall of ``normalise`` on labelled pairs of mentions.

The labelled articles are taken from the sample, extracted and normalised; a pair counts if both
mentions are still found at their offsets. ``bench/labels/pairs_*.tsv`` hold paths, offsets and
same/different, no text.

    python bench/normalise_pairs.py SAMPLE [--errors]
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import tempfile
from pathlib import Path

from assembly_extract import Extractor
from assembly_extract.normalise import normalise

LABELS = Path(__file__).parent / "labels"
KINDS = ("people", "organisations")


def pairs(kind: str) -> list[dict[str, str]]:
    with (LABELS / f"pairs_{kind}.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def normalised(sample: Path, folder: Path) -> Path:
    """Extract and normalise the articles that the pairs are from."""
    paths = {row[f"path_{s}"] for kind in KINDS for row in pairs(kind) for s in "ab"}
    for path in sorted(paths):
        target = folder / "articles" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sample / path, target)
    with (folder / "records.jsonl").open("w", encoding="utf-8") as out:
        for record in Extractor().records([folder / "articles"]):
            out.write(record.to_json() + "\n")
    normalise(str(folder / "records.jsonl"), folder / "out.jsonl", folder / "register")
    return folder / "out.jsonl"


def refs(path: Path, kind: str) -> dict[tuple[str, int, int], str]:
    found = {}
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            for entity in record[kind]:
                for mention in entity["mentions"]:
                    key = record["source"]["path"], mention["start"], mention["end"]
                    found[key] = entity["ref"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sample", type=Path, help="folder that holds gov1 and gov2")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        records = normalised(options.sample, Path(folder))
        found = {kind: refs(records, kind) for kind in KINDS}
    for kind, at in found.items():
        rows = pairs(kind)
        for part in ("dev", "aside"):
            counts = {"tp": 0, "fp": 0, "fn": 0, "tn": 0}
            lost = 0
            for row in rows:
                if row["part"] != part:
                    continue
                one, other = (
                    at.get((row[f"path_{s}"], int(row[f"start_{s}"]), int(row[f"end_{s}"])))
                    for s in "ab"
                )
                if one is None or other is None:
                    lost += 1
                    continue
                said, true = one == other, row["label"] == "same"
                cell = ("tp" if true else "fp") if said else ("fn" if true else "tn")
                counts[cell] += 1
                if options.errors and cell in {"fp", "fn"}:
                    print(cell, *row.values(), sep="\t")
            precision = counts["tp"] / max(1, counts["tp"] + counts["fp"])
            recall = counts["tp"] / max(1, counts["tp"] + counts["fn"])
            print(f"{kind} {part}: P {precision:.3f} R {recall:.3f} {counts} not found {lost}")


if __name__ == "__main__":
    main()
