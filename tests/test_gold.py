"""The floors of quality on the reference articles, where the shared folder stands beside us.

The texts are not ours to ship, so the suite is complete without this file; it guards against a
change that makes the reference articles worse.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from assembly_extract import Extractor

SHARED = Path(__file__).parent.parent.parent / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="the shared reference articles are not here"
)

SEEDS = {
    "title_exact": 1.0,
    "published": 1.0,
    "primary_date": 1.0,
    "event_place": 1.0,
    "people": 1.0,
    "people_with_role": 0.8,
    "dates": 0.9,
    "places": 0.9,
    "organisations": 0.75,
    "chrome_removed": 0.95,
    "content_kept": 1.0,
    "cap_top1": 1.0,
    "grounding": 1.0,
}
DEVELOPMENT = {
    "people": 0.90,
    "people_with_role": 0.70,
    "organisations": 0.72,
    "places": 0.72,
    "dates": 0.88,
    "primary_date": 0.75,
    "published": 0.98,
    "title_exact": 0.90,
    "chrome_removed": 0.90,
    "content_kept": 0.98,
    "cap_top1": 0.55,
    "grounding": 1.0,
}


def score(gold: Path, root: Path, predictions: Path) -> dict[str, float]:
    with predictions.open("w", encoding="utf-8") as out:
        for record in Extractor().records([root]):
            out.write(record.to_json() + "\n")
    done = subprocess.run(
        [sys.executable, SHARED / "gold/score.py", gold, predictions, "--root", root, "--json"],
        capture_output=True,
        check=True,
    )
    metrics = json.loads(done.stdout)["metrics"]
    return {name: m["f1"] if "f1" in m else m["accuracy"] for name, m in metrics.items()}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory) -> dict[str, float]:
    out = tmp_path_factory.mktemp("seeds") / "seeds.jsonl"
    return score(SHARED / "gold/seeds.jsonl", SHARED / "seeds", out)


@pytest.fixture(scope="module")
def development(tmp_path_factory) -> dict[str, float]:
    folder = tmp_path_factory.mktemp("development")
    gold = SHARED / "gold/dev.jsonl"
    wanted = {
        f"{row['source']}/{row['path']}": row["path"]
        for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines())
    }
    with tarfile.open(SHARED / "data/thaigov-sample.tar.xz") as archive:
        for member in archive:
            name = member.name.removeprefix("./")
            if name in wanted and (stream := archive.extractfile(member)):
                target = folder / "articles" / wanted[name]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(stream.read())
    return score(gold, folder / "articles", folder / "development.jsonl")


@pytest.mark.parametrize(("metric", "floor"), SEEDS.items())
def test_seeds(metric, floor, seeds):
    assert seeds[metric] >= floor


@pytest.mark.parametrize(("metric", "floor"), DEVELOPMENT.items())
def test_development_articles(metric, floor, development):
    assert development[metric] >= floor
