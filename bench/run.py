"""Every benchmark in turn, each with its table: what ``make bench`` runs.

    python bench/run.py [--sample FOLDER] [NAME ...]

NAME picks some of the benchmarks. Peers are compared where they are installed (``pip install -e
'.[bench]'``); one that is not is named. The sample of articles that some figures are measured on is
no part of the project: without ``--sample`` (a folder that holds ``gov1`` and ``gov2``) it is
unpacked from ``../shared`` for the time of the run, and where that is missing, too, what needs it
is left out, with a line that says so. Exits with 1 if a benchmark broke.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
ARCHIVE = ROOT.parent / "shared" / "data" / "thaigov-sample.tar.xz"
FIXTURES, SAMPLE, SAMPLE_IF_ANY = "FIXTURES", "SAMPLE", "SAMPLE, IF ANY"


class Benchmark(NamedTuple):
    """A script of this folder and what it is given.

    ``needs`` are modules without which it cannot run, ``peers`` those without which it does less.
    Of ``arguments``, ``FIXTURES`` and ``SAMPLE`` stand for those folders, ``SAMPLE_IF_ANY`` for the
    fixtures where there is no sample.
    """

    name: str
    shows: str
    arguments: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()


BENCHMARKS = (
    Benchmark(
        "cost",
        "what a run costs, beside pythainlp's newmm and its taggers",
        (SAMPLE_IF_ANY,),
        peers=("pycrfsuite",),
    ),
    Benchmark("dates", "dates beside other readers"),
    Benchmark("growth", "whether cost and memory stay with the size of the archive", (SAMPLE,)),
    Benchmark(
        "cleaning",
        "main text from HTML beside other extractors",
        peers=("trafilatura", "newspaper", "justext", "resiliparse"),
    ),
    Benchmark(
        "outputs",
        "time, memory and size of each format, search, the report",
        (FIXTURES,),
        peers=("pyarrow", "playwright"),
    ),
    Benchmark("places", "speed of the places stage", (FIXTURES,)),
    Benchmark(
        "tagger",
        "names beside pythainlp's tagger, on labelled lines",
        (str(BENCH / "labels" / "tagger.jsonl"), "--articles", SAMPLE),
        needs=("pycrfsuite",),
        peers=("onnxruntime",),
    ),
    Benchmark("normalise_pairs", "who is the same in two articles, on labels", (SAMPLE,)),
    Benchmark("romanise", "names in Latin letters by other transcribers, on known ones"),
    Benchmark("normalise_scale", "how normalise grows with the archive", (SAMPLE,)),
    Benchmark("themes", "policy themes beside simpler ways, on labels", (SAMPLE,)),
)


def missing(modules):
    return [name for name in modules if importlib.util.find_spec(name) is None]


def why_not(benchmark, sample):
    """Return why a benchmark cannot run here, ``""`` if it can."""
    if lacking := missing(benchmark.needs):
        return f"needs {', '.join(lacking)}: pip install -e '.[bench]'"
    if SAMPLE in benchmark.arguments and sample is None:
        return f"needs the sample of articles: give --sample FOLDER ({ARCHIVE.name} is not there)"
    return ""


def run(benchmark, sample):
    """Run one benchmark; return whether it ended well."""
    fixtures = str(ROOT / "fixtures")
    folders = {FIXTURES: fixtures, SAMPLE: str(sample), SAMPLE_IF_ANY: str(sample or fixtures)}
    arguments = [folders.get(argument, argument) for argument in benchmark.arguments]
    if benchmark.name == "tagger":
        accurate = [] if missing(("onnxruntime",)) else ["accurate"]
        arguments += ["--models", "default", *accurate, "pythainlp"]
    for peer in missing(benchmark.peers):
        print(f"{peer} is left out, as it is not installed: pip install -e '.[bench]'", flush=True)
    path = os.pathsep.join(filter(None, (str(ROOT / "scripts"), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, str(BENCH / f"{benchmark.name}.py"), *arguments]
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def unpacked(folder):
    """Unpack the sample into ``folder``, if there is one; return where it lies."""
    if not ARCHIVE.exists():
        return None
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return next((path.parent for path in sorted(Path(folder).rglob("gov1"))), None)


def main():
    names = [benchmark.name for benchmark in BENCHMARKS]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--sample", type=Path)
    options = parser.parse_args()
    if unknown := sorted(set(options.names) - set(names)):
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(names)}")
    chosen = [b for b in BENCHMARKS if not options.names or b.name in options.names]
    broken = []
    with tempfile.TemporaryDirectory() as scratch:
        sample = options.sample
        if sample is None and any(
            {SAMPLE, SAMPLE_IF_ANY} & {*benchmark.arguments} for benchmark in chosen
        ):
            sample = unpacked(scratch)
        for benchmark in chosen:
            print(f"\n## {benchmark.name}: {benchmark.shows}\n", flush=True)
            if reason := why_not(benchmark, sample):
                print(f"left out: it {reason}", flush=True)
            elif not run(benchmark, sample):
                broken.append(benchmark.name)
    if broken:
        sys.exit(f"broken: {', '.join(broken)}")


if __name__ == "__main__":
    main()
