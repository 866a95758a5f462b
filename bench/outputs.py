"""What each format costs: time, memory and size of writing and of reading back, search, the page.

    python bench/outputs.py PATH

PATH is a file of records, or a folder of articles, which is extracted first. Every format is written
by ``convert`` in a process of its own; its peak memory is that process's. Formats that hold whole
records are read back to JSON Lines, and compared. The database is searched for words of different
frequency, each query once warm; the page of the first 1,000 articles is opened in Chromium where that
and playwright are installed, until its list stands.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = [sys.executable, "-m", "assembly_extract"]
WORDS = ("ประเทศ", "สมัชชาสุขภาพ", "มัชชาสุขภ", "น้ำท่วม", "ไม่มีคำนี้แน่")
FLAGS = ["--no-sandbox", "--disable-background-networking"]


def measured(*arguments):
    """Run the program; return its exit status, wall seconds and peak memory in MB."""
    started = time.perf_counter()
    child = subprocess.Popen([*PROGRAM, *map(str, arguments)], cwd=ROOT, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, time.perf_counter() - started, usage.ru_maxrss / 1024


def size_of(target):
    files = target.rglob("*") if target.is_dir() else [target]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def same_bytes(one, other):
    with one.open("rb") as first, other.open("rb") as second:
        return all(a == b for a, b in zip(first, second, strict=True))


def formats(records, folder):
    """Write, weigh and read back every format; print a row for each."""
    from assembly_extract.writers import FORMATS

    base = folder / "base.jsonl"
    if measured("convert", records, "-o", base)[0]:
        sys.exit(f"{records} cannot be converted")
    print(
        f"{'format':<12} {'write s':>8} {'peak MB':>8} {'size MB':>9} {'read s':>8} {'peak MB':>8}"
    )
    for form in FORMATS.values():
        target = folder / f"out{form.endings[0]}"
        status, seconds, peak = measured("convert", base, "-o", target)
        if status:
            print(f"{form.name:<12} left out: it needs {form.needs or '?'}")
            continue
        row = f"{form.name:<12} {seconds:8.1f} {peak:8.0f} {size_of(target):9.1f}"
        if form.whole:
            back = folder / "back.jsonl"
            _, seconds, peak = measured("convert", target, "-o", back)
            row += f" {seconds:8.1f} {peak:8.0f}  {'same' if same_bytes(base, back) else 'DIFFERS'}"
            back.unlink()
        print(row, flush=True)
        if form.name not in {"jsonl", "sqlite"}:
            shutil.rmtree(target) if target.is_dir() else target.unlink()
    return base


def search(database):
    """Print how long a search takes: its first hits, counting all, and Datasette's first page."""
    page = (
        "SELECT * FROM articles WHERE number IN "
        "(SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?) "
        "ORDER BY number DESC LIMIT 101"
    )
    first = (
        "SELECT a.title FROM articles_fts f JOIN articles a ON a.number = f.rowid "
        "WHERE articles_fts MATCH ? LIMIT 100"
    )
    count = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    print(f"\n{'search ms':>10} {'first 100':>10} {'Datasette':>10} {'count':>8} {'hits':>7}")
    with closing(sqlite3.connect(database)) as connection:
        for word in WORDS:
            cells = []
            for query in (first, page, count):
                connection.execute(query, (f'"{word}"',)).fetchall()
                started = time.perf_counter()
                rows = connection.execute(query, (f'"{word}"',)).fetchall()
                cells.append(1000 * (time.perf_counter() - started))
            print(
                f"{'':>10} {cells[0]:10.1f} {cells[1]:10.1f} {cells[2]:8.1f} {rows[0][0]:7,}  {word}"
            )


def page(records, folder):
    """Print what the report costs, and how long Chromium takes until its list stands."""
    target = folder / "report.html"
    _, seconds, peak = measured("report", records, "-o", target)
    print(f"\nreport: {seconds:.1f} s, {peak:.0f} MB of memory, {size_of(target):.1f} MB")
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browser = None
    if browser is None:
        print("its opening is not measured: that needs Chromium and playwright")
        return
    times = []
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=FLAGS)
        for _ in range(5):
            tab = chromium.new_page()
            started = time.perf_counter()
            tab.goto(target.as_uri())
            tab.wait_for_selector("#list li")
            times.append(time.perf_counter() - started)
            tab.close()
        chromium.close()
    print(f"opened in {sorted(times)[2]:.2f} s (median of 5, {min(times):.2f} to {max(times):.2f})")


def main():
    given = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        records = given
        if given.is_dir():
            records = folder / "records.jsonl"
            measured("extract", "-q", given, "-o", records)
        base = formats(records, folder)
        if (folder / "out.db").exists():
            search(folder / "out.db")
        page(base, folder)


if __name__ == "__main__":
    main()
