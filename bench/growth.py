"""How cost and memory grow with the archive: one long run, looked at on its way.

    python bench/growth.py FOLDER [--sizes 1000 4000] [--jobs 1]

FOLDER holds articles. As many as the largest size are linked into a folder in a mixed order, again
from the first one where there are not enough, and extracted in one run. At each size the table says
what an article and a megabyte of text have cost since the size before (CPU time, the start left
out), and how much memory the run holds (PSS of all its processes). The rates should lie within a
tenth of one another, and the memory should stay. Articles that come again have names of their own,
so that nothing is taken over from an earlier one. For the whole figure give --sizes 1000 10000 24000
96000.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FIRST = 100
"""Articles after which the clock starts: by then all is loaded."""

TICKS = os.sysconf("SC_CLK_TCK")
A_FOLDER = 1000


class Look(NamedTuple):
    """What a run had taken when it had done so many articles."""

    done: int
    cpu: float
    wall: float
    memory: float


def lay_out(files, size, folder):
    """Link ``size`` articles into ``folder`` in the order of reading; return their sizes in bytes."""
    order = list(files)
    random.Random(96).shuffle(order)  # noqa: S311 - the same mixture every time
    sizes = []
    for number in range(size):
        source = order[number % len(order)]
        target = folder / f"{number // A_FOLDER:04}" / f"{number:06}{source.suffix}"
        target.parent.mkdir(exist_ok=True)
        try:
            os.link(source, target)
        except OSError:  # another disk
            shutil.copy(source, target)
        sizes.append(source.stat().st_size)
    return sizes


def processes(pid):
    """Return a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return [pid, *map(int, children.read_text().split())] if children.exists() else [pid]


def cpu_of(pid):
    """Return the CPU seconds that a process and its living children have taken."""
    total = 0.0
    for each in processes(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def memory_of(pid):
    """Return the PSS in MB of a process and its children."""
    rows = "".join(Path(f"/proc/{each}/smaps_rollup").read_text() for each in processes(pid))
    return sum(int(row.split()[1]) for row in rows.splitlines() if row.startswith("Pss:")) / 1024


def looks(folder, jobs, marks):
    """Run over ``folder``; look at the run after each of ``marks`` records."""
    command = [sys.executable, "-m", "assembly_extract", "extract", "-q", f"-j{jobs}", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    seen = []
    for done, _ in enumerate(process.stdout, 1):
        if done in marks:
            pid = process.pid
            seen.append(Look(done, cpu_of(pid), time.perf_counter(), memory_of(pid)))
            if len(seen) > 1:
                yield seen[-2], seen[-1]
    process.wait()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 4000])
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    files = sorted(path for path in options.folder.rglob("*") if path.is_file())
    marks = {FIRST, *options.sizes}
    with tempfile.TemporaryDirectory(dir=options.folder.parent) as scratch:
        read = lay_out(files, max(marks), Path(scratch))
        print(f"{len(files)} articles, read up to {max(marks)}")
        print(
            f"{'articles':>9}{'ms CPU each':>13}{'CPU s per MB':>14}{'a second':>10}{'PSS, MB':>9}"
        )
        rates = []
        for before, after in looks(Path(scratch), options.jobs, marks):
            count, cpu = after.done - before.done, after.cpu - before.cpu
            megabytes = sum(read[before.done : after.done]) / 1e6
            rates.append(cpu / megabytes)
            print(
                f"{after.done:>9}{1000 * cpu / count:>13.1f}{rates[-1]:>14.2f}"
                f"{count / (after.wall - before.wall):>10.0f}{after.memory:>9.0f}",
                flush=True,
            )
        if len(rates) > 1:
            print(f"dearest rate {max(rates) / min(rates):.2f} x the cheapest")


if __name__ == "__main__":
    main()
