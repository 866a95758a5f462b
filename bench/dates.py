"""Dates side by side: ours, dateparser, pythainlp's thai_strptime behind a regex.

Each reader is given the sentences of the case tables and answers with the dates it finds, as ISO
days, months or years (an interval for a range). A row is right when the answers are exactly the
expected ones; rows without any date are the negatives. dateparser and pythainlp know neither
ranges nor roles, so rows are also counted where only the whole days matter. Prints a Markdown
table, and the speed over the same sentences repeated to a megabyte.

Usage: ``python bench/dates.py`` (``pip install -e '.[bench]'`` for the peers; a peer that is
not installed is left out and named).
"""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path

from assembly_extract.linking.dates import link_dates
from assembly_extract.linking.dates.notation import notation
from assembly_extract.linking.dates.resolving import confirmed, resolve_dates
from assembly_extract.recognise.dates import find_dates
from assembly_extract.resources import parse_tsv
from assembly_extract.spans import AlignedText
from assembly_extract.types.article import Article, Document, RawArticle
from assembly_extract.written_dates import find_full_date

CASES = Path(__file__).parents[1] / "tests" / "cases"
TABLES = {"development": "dates.tsv", "kept aside": "dates_held_out.tsv"}
COLUMNS = ("text", "published", "expected")
NO_DATES = ("law_year", "impossible")
WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def rows(name):
    found = list(parse_tsv((CASES / name).read_text(encoding="utf-8"), name, COLUMNS))
    for row in found:
        day = find_full_date(row["published"])
        row["page"] = day.date if day else None
        items = [] if row["expected"] == "-" else row["expected"].split()
        pairs = [item.rpartition(":")[::2] for item in items]
        row["dates"] = {edtf for edtf, role in pairs if role not in NO_DATES}
    return found


def document(text):
    raw = RawArticle("case.txt", "0" * 32, "0" * 64, "text", "utf-8", text)
    return Document(Article(raw, AlignedText.of(text), None, 0, True, "th"))


def ours(text, page):
    found, _ = resolve_dates(list(find_dates(text)), document(text), page, "published")
    kept = [item for item in confirmed(found) if item.value.role not in NO_DATES]
    return {notation(item.value)[0] for item in kept}


def dateparser_search():
    from dateparser.search import search_dates

    def read(text, page):
        settings = {"RELATIVE_BASE": datetime.fromisoformat(page)} if page else {}
        found = search_dates(text, languages=["th", "en"], settings=settings) or []
        return {moment.date().isoformat() for _, moment in found}

    return read


def thai_strptime_with_regex():
    from pythainlp.util import thai_strptime

    months = (
        "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
        r"|ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\."
    )
    day = re.compile(rf"(\d{{1,2}})\s*({months})\s*(\d{{4}}|\d{{2}})")

    def read(text, _page):
        found = set()
        for match in day.finditer(text):
            number, month, year = match.groups()
            year = year if len(year) == 4 else f"25{year}"
            form = "%d %B %Y" if "." not in month else "%d %b %Y"
            try:
                found.add(thai_strptime(f"{number} {month} {year}", form).date().isoformat())
            except (ValueError, TypeError, IndexError, AttributeError, KeyError):
                continue
        return found

    return read


def readers():
    found = {"assembly-extract": ours}
    for name, make in (
        ("dateparser", dateparser_search),
        ("pythainlp + regex", thai_strptime_with_regex),
    ):
        try:
            found[name] = make()
        except ImportError as missing:
            print(f"{name}: left out, not installed ({missing.name})")
    return found


def score(read, cases):
    """Count rows right: all, those with dates, those without, and whole days (tp, said, asked)."""
    right = {"with": 0, "without": 0}
    size = {"with": 0, "without": 0}
    days = [0, 0, 0]
    started = time.process_time()
    answers = [read(row["text"], row["page"]) for row in cases]
    spent = time.process_time() - started
    for row, said in zip(cases, answers, strict=True):
        kind = "with" if row["dates"] else "without"
        size[kind] += 1
        right[kind] += said == row["dates"]
        asked = {edtf for edtf in row["dates"] if WHOLE_DAY.fullmatch(edtf)}
        told = {edtf for edtf in said if WHOLE_DAY.fullmatch(edtf)}
        days = [days[0] + len(asked & told), days[1] + len(told), days[2] + len(asked)]
    return right, size, days, spent


def main():
    kinds = readers()
    for read in kinds.values():  # warm up: tables and patterns load when first needed
        for row in rows("dates.tsv"):
            read(row["text"], row["page"])
    print("| rows | reader | with dates | without | days: precision | recall | KB/s |")
    print("|---|---|---|---|---|---|---|")
    for table, name in TABLES.items():
        cases = rows(name)
        size_kb = sum(len(row["text"].encode()) for row in cases) / 1000
        for reader, read in kinds.items():
            right, size, (tp, said, asked), spent = score(read, cases)
            print(
                f"| {table} | {reader} | {right['with']} / {size['with']} |"
                f" {right['without']} / {size['without']} | {tp / max(1, said):.3f} |"
                f" {tp / max(1, asked):.3f} | {size_kb / spent:,.0f} |"
            )
    speed()


def speed():
    """Print what one core reads of running text: the cases of the table, between plain prose."""
    prose = "ชาวบ้านในพื้นที่ร่วมกันหารือแนวทางพัฒนาชุมชนและระบบสุขภาพของตำบลอย่างต่อเนื่อง " * 4
    text = "\n".join(prose + row["text"] for row in rows("dates.tsv"))
    text *= max(1, 3_000_000 // len(text.encode()))
    doc = document(text)
    started = time.process_time()
    mentions = list(find_dates(text))
    found = time.process_time()
    link_dates(mentions, doc)
    linked = time.process_time()
    size = len(text.encode()) / 1e6
    print(
        f"\nrunning text, {len(mentions)} dates in {size:.1f} MB:"
        f" recognise {size / (found - started):.1f} MB/s,"
        f" with linking {size / (linked - started):.1f} MB/s"
    )


if __name__ == "__main__":
    main()
