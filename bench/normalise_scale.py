"""How ``normalise`` grows with the archive: CPU time and memory as the records are repeated.

    python bench/normalise_scale.py ARTICLES [--every N] [--records RECORDS] [--times N ...]

ARTICLES is a folder; every Nth of its articles is extracted first, or RECORDS is a file of records
that ``extract`` wrote. Each repetition has other people and other unlisted bodies: their consonants
are shifted; the bodies of the list and the places stay, as they would in a longer archive. Each
size runs in a process of its own; its peak memory is the whole process's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSONANTS = "กขคงจชดตทนบปพมยรลวสห"
HEAD = 8
"""So many letters of a body's name stay, as they say what it is."""
RUN = """
import resource, sys, time
from pathlib import Path
from assembly_extract.normalise import normalise
started = time.process_time()
normalise(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
spent = time.process_time() - started
print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def renamed(line, copy):
    """Return a line of records with the people and unlisted bodies of another archive."""
    from assembly_extract.normalise.bodies import listed_key, names_by_key

    if not copy:
        return line
    record = json.loads(line)
    record["id"] = hashlib.sha256(f"{record['id']} {copy}".encode()).hexdigest()[:32]
    shifted = CONSONANTS[copy:] + CONSONANTS[:copy]
    table = str.maketrans(CONSONANTS, shifted)
    for person in record["people"]:
        for field in ("name", "given", "family"):
            person[field] = person[field] and person[field].translate(table)
    for body in record["organisations"]:
        if listed_key(body["name"]) not in names_by_key():
            body["name"] = body["name"][:HEAD] + body["name"][HEAD:].translate(table)
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def extracted(folder, every, target):
    """Write the records of every so manyth article."""
    paths = sorted(path for path in Path(folder).rglob("*.txt"))[::every]
    workers = str(min(4, os.cpu_count() or 1))
    command = [sys.executable, "-m", "assembly_extract", "extract", "-q", "-j", workers]
    subprocess.run([*command, "-o", str(target), *map(str, paths)], check=True, cwd=ROOT)


def measured(records, times, scratch):
    """Return how many records there are, the CPU seconds and the peak in MB."""
    source, count = scratch / "repeated.jsonl", 0
    with source.open("w", encoding="utf-8") as stream:
        for copy in range(times):
            with records.open(encoding="utf-8") as lines:
                for line in lines:
                    stream.write(renamed(line, copy))
                    count += 1
    command = [
        sys.executable,
        "-c",
        RUN,
        source,
        scratch / "out.jsonl",
        scratch / f"register{times}",
    ]
    shown = subprocess.run(
        list(map(str, command)), check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout
    seconds, peak = map(float, shown.split()[-2:])
    return count, seconds, peak


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", nargs="?", type=Path)
    parser.add_argument("--every", type=int, default=12)
    parser.add_argument("--records", type=Path)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4, 8])
    options = parser.parse_args()
    if max(options.times) > len(CONSONANTS):
        parser.error(f"names can be changed {len(CONSONANTS)} times at most")
    if not (options.records or options.articles):
        parser.error("give a folder of articles, or --records")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        records = options.records or scratch / "records.jsonl"
        if not options.records:
            extracted(options.articles, options.every, records)
        print("| records | people | organisations | CPU s | ms a record | peak MB |")
        print("|---|---|---|---|---|---|")
        for times in options.times:
            count, seconds, peak = measured(records, times, scratch)
            register = scratch / f"register{times}"
            people, bodies = (
                sum(1 for _ in (register / f"{kind}.jsonl").open(encoding="utf-8"))
                for kind in ("people", "organisations")
            )
            each = 1000 * seconds / count
            print(
                f"| {count:,} | {people:,} | {bodies:,} | {seconds:.0f} | {each:.2f} | {peak:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
