"""Pairwise precision and recall of ``normalise`` on labelled pairs of mentions.

Run ``extract`` and ``normalise`` on the articles first. A pair counts if both mentions are still found
at their offsets; ``bench/labels/pairs_*.tsv`` hold paths, offsets and same/different, no text.

    python bench/normalise_pairs.py normalised.jsonl [--errors]
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

LABELS = Path(__file__).parent / "labels"


def refs(path: str, kind: str) -> dict[tuple[str, int, int], str]:
    found = {}
    with Path(path).open(encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            for entity in record[kind]:
                for mention in entity["mentions"]:
                    key = record["source"]["path"], mention["start"], mention["end"]
                    found[key] = entity["ref"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("normalised")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    for kind in ("people", "organisations"):
        at = refs(options.normalised, kind)
        with (LABELS / f"pairs_{kind}.tsv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t"))
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
