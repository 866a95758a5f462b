"""What a run costs: ratios in one run, on one machine; absolutes mean little elsewhere.

    python bench/cost.py [FOLDER]

FOLDER (by default the fixtures) holds articles: 2,000 of them, spread over it, are read; a few are
read many times over. Printed are

- the CPU time of the whole pipeline, file to JSON, beside that of pythainlp's newmm that merely cuts
  the same texts into words, and beside a loop over pythainlp's newmm, POS tagger and CRF (on every
  twentieth text: it is slow), a few articles of each in turn, so that a busy machine slows all;
- what a second worker costs and brings, and how the cost grows with the archive;
- the memory (PSS) of the first process, and how much more each worker needs;
- how long one article and ``--help`` take from a cold start, beside ``python -c pass``, with the
  package compiled to bytecode as an installation has it.

Of several rounds the median counts; of runs of the command the quickest, as others may be at work.
"""

import compileall
import gc
import importlib.util
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable]
COMMAND = [*PYTHON, "-m", "assembly_extract"]
EXTRACT = [*COMMAND, "extract", "-q"]
LEAST, ARTICLES = 500, 2_000
CHUNK, ROUNDS, EACH = 20, 3, 20
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def cost(command):
    """Return the CPU seconds and the wall seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=ENVIRONMENT)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def quickest(commands, repeats):
    """Return for each command its least CPU and wall seconds; the commands take turns."""
    rows = [[cost(command) for command in commands] for _ in range(repeats)]
    return [tuple(map(min, zip(*column, strict=True))) for column in zip(*rows, strict=True)]


def copied(files, folder):
    """Copy ``files`` into ``folder``, in their order."""
    for number, path in enumerate(files):
        shutil.copy(path, folder / f"{number:06}{path.suffix}")
    return folder


def articles(folder):
    """Return the paths of the articles to read: spread over the folder, a few many times over."""
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    files *= max(1, LEAST // len(files))
    return files[:: max(1, len(files) // ARTICLES)][:ARTICLES]


def seconds(work, items):
    started = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - started


def readers():
    """Yield ``(name, work on a text or an input, every how many articles)`` of who is compared."""
    from assembly_extract.tagger.threads import load_numpy

    load_numpy()  # as the command line does, before pythainlp loads it with threads

    from pythainlp.tokenize import word_tokenize

    from assembly_extract.batch.engine import Job, outcome_of
    from assembly_extract.config import Config

    job = Job(Config())
    yield "pipeline", lambda item, _: outcome_of(item, job), 1
    yield "newmm", lambda _, text: word_tokenize(text, engine="newmm"), 1
    if importlib.util.find_spec("pycrfsuite"):
        from tagger import pythainlp_repaired

        tag = pythainlp_repaired()
        yield "newmm + POS + CRF", lambda _, text: [tag(line) for line in text.split("\n")], EACH


def shares(folder):
    """Return the milliseconds an article of each reader: a list of rounds, by name."""
    from assembly_extract.sources import Input, read_articles, walk
    from assembly_extract.types.article import RawArticle

    items = [found for found in walk([folder]) if isinstance(found, Input)]
    texts = [found.text for found in read_articles([folder]) if isinstance(found, RawArticle)]
    pairs = list(zip(items, texts, strict=True))
    compared = list(readers())
    for _, work, _ in compared:
        for pair in pairs[:20]:
            work(*pair)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    rounds = {name: [] for name, _, _ in compared}
    for _ in range(ROUNDS):
        spent = dict.fromkeys(rounds, 0.0)
        for start in range(0, len(pairs), CHUNK):
            for name, work, each in compared:
                chosen = pairs[start : start + CHUNK : each]
                spent[name] += seconds(lambda pair, work=work: work(*pair), chosen) * each
        for name, value in spent.items():
            rounds[name].append(1000 * value / len(pairs))
    return rounds


def show_shares(folder):
    """Print who takes how long, in milliseconds and beside each other."""
    rounds = shares(folder)
    for name, values in rounds.items():
        show(f"{name}, CPU an article", f"{statistics.median(values):.2f} ms")
    ours = rounds.pop("pipeline")
    for name, values in rounds.items():
        ratio = statistics.median(own / other for own, other in zip(ours, values, strict=True))
        show(f"pipeline, CPU beside {name}", f"{ratio:.2f} x, {1 / ratio:.1f} x its rate")


def memory(folder, jobs):
    """Return the peak PSS in MB of the first process, and what each of its workers adds."""
    process = subprocess.Popen(
        [*EXTRACT, "-j", str(jobs), str(folder)],
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env=ENVIRONMENT,
    )
    first = together = 0.0
    while process.poll() is None:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        pids = children.read_text().split() if children.exists() else []
        own, others = pss(process.pid), [pss(int(pid)) for pid in pids]
        first, together = max(first, own), max(together, own + sum(others))
        time.sleep(0.1)
    return first, (together - first) / jobs


def pss(pid):
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) / 1024 for row in rollup.splitlines() if "Pss:" in row), 0.0)


def growth(files):
    """Yield how many articles, and the CPU seconds for them: an eighth, a half and all of them."""
    for share in (8, 2, 1):
        with tempfile.TemporaryDirectory() as part:
            chosen = files[::share]
            yield len(chosen), cost([*EXTRACT, "-j", "1", str(copied(chosen, Path(part)))])[0]


def show_starts():
    """Print what a start costs, beside that of Python itself."""
    compileall.compile_dir(ROOT / "src", quiet=1)
    article = next((ROOT / "fixtures").rglob("highway-safety.txt"))
    commands = ([*PYTHON, "-c", "pass"], [*COMMAND, "--help"], [*EXTRACT, str(article)])
    (bare, _), (shown, _), (one, _) = quickest(commands, 15)
    show("--help, CPU", f"{shown / bare:.0f} x python -c pass")
    show("one article, cold, CPU", f"{one / bare:.0f} x python -c pass")


def show(label, value):
    print(f"{label:<52}{value}", flush=True)


def main():
    files = articles(sys.argv[1] if len(sys.argv) > 1 else ROOT / "fixtures")
    show("articles", f"{len(files)}")
    show_starts()
    with tempfile.TemporaryDirectory() as scratch:
        folder = str(copied(files, Path(scratch)))
        show_shares(folder)
        one, two = quickest([[*EXTRACT, "-j", str(jobs), folder] for jobs in (1, 2)], 2)
        show("two workers, CPU", f"{two[0] / one[0]:.2f} x one process")
        show("two workers, wall", f"{two[1] / one[1]:.2f} x one ({os.cpu_count()} cores)")
        if Path("/proc/self/smaps_rollup").exists():
            for jobs in (2, 4):
                first, more = memory(folder, jobs)
                name = f"memory (PSS), -j {jobs}: first process, more a worker"
                show(name, f"{first:.0f}, {more:.0f} MB")
    for count, spent in growth(files):
        show(f"{count} articles from a cold start, CPU", f"{1000 * spent / count:.1f} ms each")


if __name__ == "__main__":
    main()
