"""What a run costs: ratios in one run, on one machine; absolutes mean little elsewhere.

    python bench/cost.py [FOLDER]

FOLDER holds articles; without it the fixtures are taken twenty times over. Printed are the CPU time
of the whole pipeline beside that of pythainlp's newmm on the same texts, what a second worker costs
and brings, how the cost grows with the archive, the memory of the first process and of a worker,
and how long one article and ``--help`` take from a cold start.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable]
EXTRACT = [*PYTHON, "-m", "assembly_extract", "extract", "-q"]


def cost(command, repeats=1):
    """Return the CPU seconds and the wall seconds of a command: the median of ``repeats``."""
    rows = []
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        wall = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        rows.append((cpu, wall))
    return sorted(rows)[len(rows) // 2]


def texts_of(folder):
    """Return the decoded texts that the pipeline would read."""
    from assembly_extract.sources import read_articles
    from assembly_extract.types.article import RawArticle

    return [found.text for found in read_articles([folder]) if isinstance(found, RawArticle)]


def newmm_cost(texts):
    """Return the CPU seconds of pythainlp's newmm on ``texts``, its dictionary loaded."""
    from pythainlp.tokenize import word_tokenize

    word_tokenize("เริ่ม", engine="newmm")
    started = time.process_time()
    for text in texts:
        word_tokenize(text, engine="newmm")
    return time.process_time() - started


def pipeline_cost(folder):
    """Return the CPU seconds from files to JSON, everything loaded."""
    from assembly_extract.batch.engine import Job, outcomes
    from assembly_extract.config import Config
    from assembly_extract.sources import Input, walk

    items = [found for found in walk([folder]) if isinstance(found, Input)]
    for _ in outcomes(items[:20], Job(Config()), 1):
        pass
    started = time.process_time()
    for _ in outcomes(items, Job(Config()), 1):
        pass
    return time.process_time() - started


def memory(folder):
    """Return the peak PSS in MB of the first process, and of a worker beside it."""
    process = subprocess.Popen(
        [*EXTRACT, "-j", "2", str(folder)], stdout=subprocess.DEVNULL, cwd=ROOT
    )
    first = worker = 0.0
    while process.poll() is None:
        first = max(first, pss(process.pid))
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        pids = children.read_text().split() if children.exists() else []
        worker = max([worker, *(pss(int(pid)) for pid in pids)])
        time.sleep(0.1)
    return first, worker


def pss(pid):
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) / 1024 for row in rollup.splitlines() if "Pss:" in row), 0.0)


def growth(folder):
    """Return the CPU seconds an article at an eighth, a half and the whole of the folder."""
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    rows = []
    for share in (8, 2, 1):
        with tempfile.TemporaryDirectory() as part:
            chosen = files[::share]
            for number, path in enumerate(chosen):
                shutil.copy(path, Path(part) / f"{number:06}{path.suffix}")
            rows.append((len(chosen), cost([*EXTRACT, "-j", "1", part])[0]))
    return rows


def show(label, value):
    print(f"{label:<52}{value}", flush=True)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = sys.argv[1] if len(sys.argv) > 1 else scratch
        if folder == scratch:
            for number in range(20):
                shutil.copytree(ROOT / "fixtures", Path(scratch) / f"{number:02}")
        texts = texts_of(folder)
        show("articles", f"{len(texts)}, {sum(map(len, texts)):,} characters")
        newmm, whole = newmm_cost(texts), pipeline_cost(folder)
        show("newmm, CPU", f"{newmm:.2f} s")
        show("pipeline, CPU", f"{whole:.2f} s = {whole / newmm:.2f} x newmm")
        show("pipeline, an article", f"{1000 * whole / len(texts):.1f} ms")
        one, two = (cost([*EXTRACT, "-j", str(jobs), folder]) for jobs in (1, 2))
        show("two workers, CPU", f"{two[0] / one[0]:.2f} x one process")
        show("two workers, wall", f"{two[1] / one[1]:.2f} x one ({os.cpu_count()} cores)")
        for count, seconds in growth(folder):
            show(
                f"{count} articles from a cold start, CPU", f"{1000 * seconds / count:.1f} ms each"
            )
        if Path("/proc/self/smaps_rollup").exists():
            first, worker = memory(folder)
            show("memory (PSS) of the first process, of a worker", f"{first:.0f}, {worker:.0f} MB")
    bare = cost([*PYTHON, "-c", "pass"], 20)[0]
    article = next((ROOT / "fixtures").rglob("highway-safety.txt"))
    show("--help, CPU", f"{cost([*EXTRACT[:-2], '--help'], 10)[0] / bare:.0f} x python -c pass")
    show("one article, cold, CPU", f"{cost([*EXTRACT, str(article)], 10)[0] / bare:.0f} x the same")


if __name__ == "__main__":
    main()
