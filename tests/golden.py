"""Rewrite the golden mention tables of ``fixtures/`` and print what was gained and lost.

One mention a line: kind, surface, value, rule, @start-end. Read the diff before you commit it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assembly_extract import Extractor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.models import Date, Mention, Record

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
GOLDEN = Path(__file__).parent / "golden"


def fixture_names() -> list[str]:
    return sorted(p.relative_to(FIXTURES).as_posix() for p in FIXTURES.rglob("*") if p.is_file())


def golden_file(name: str) -> Path:
    return GOLDEN / (name.replace("/", "--") + ".tsv")


def table(record: Record) -> list[str]:
    """Return the lines of a record's golden table: page facts first, then mentions by place."""
    source = record.source
    lines = [
        f"page\ttitle\t{record.title}",
        f"page\tusable\t{record.usable}",
        f"page\tpublisher\t{source.publisher}",
        f"page\tsection\t{source.section}",
        f"page\tauthors\t{', '.join(source.authors) or None}",
        f"page\tslug\t{source.slug}",
        f"page\tencoding\t{source.encoding}",
        f"page\tpublished\t{_date(record.published)}",
        f"page\tdate\t{_date(record.date)}",
        f"page\tplace\t{record.place.name if record.place else None}",
        *(f"warning\t{w.code}\t{w.detail}" for w in record.warnings),
        *(f"removed\t{piece.kind}\t{piece.rule}\t{piece.text!r}" for piece in record.removed),
    ]
    rows = sorted(_mentions(record), key=lambda row: (row[2].start, -row[2].end, row[0], row[1]))
    lines.extend(
        f"{kind}\t{m.text}\t{value}\t{m.rule}\t@{m.start}-{m.end}".replace("\n", "\\n")
        for kind, value, m in rows
    )
    return lines


def _date(date: Date | None) -> str:
    return "None" if date is None else f"{date.edtf} ({date.basis})"


def _mentions(record: Record) -> Iterator[tuple[str, str, Mention]]:
    for date in record.dates:
        for m in date.mentions:
            yield "date", f"{date.edtf} {date.basis} {date.role} {date.time or ''}".strip(), m
    for place in record.places:
        parents = " < ".join(area.name for area in place.within)
        code = place.dopa or place.iso or ("?" if place.candidates else "-")
        for m in place.mentions:
            yield "place", f"{place.name} {place.kind} {code} {place.role} < {parents}", m
    for person in record.people:
        posts = "; ".join(f"{p.role} [{p.organisation}]" for p in person.posts)
        for m in person.mentions:
            yield "person", f"{person.id} {person.prefix or ''}|{person.name} = {posts}", m
    for body in record.organisations:
        for m in body.mentions:
            yield "organisation", f"{body.id} {body.name} ({body.abbreviation}) {body.kind}", m
    for theme in record.themes:
        mark = "declared " if theme.declared else ""
        for m in theme.evidence:
            yield "theme", f"{mark}{theme.id} cap={theme.cap} primary={theme.primary}", m


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    extractor = Extractor()
    wanted = set()
    for name in fixture_names():
        path = golden_file(name)
        wanted.add(path)
        new = [line for r in extractor.records([FIXTURES / name]) for line in table(r)]
        old = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
        for mark, lines in (("-", set(old) - set(new)), ("+", set(new) - set(old))):
            for line in sorted(lines):
                sys.stdout.write(f"{mark} {name}\t{line}\n")
        path.write_text("".join(line + "\n" for line in new), encoding="utf-8")
    for path in set(GOLDEN.glob("*.tsv")) - wanted:
        path.unlink()


if __name__ == "__main__":
    main()
