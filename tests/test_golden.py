"""The fixtures against golden tables (every mention) and against what a person noted by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assembly_extract import Extractor, Record
from golden import FIXTURES, fixture_names, golden_file, table

CASES = tomllib.loads(
    (Path(__file__).parent / "cases" / "fixtures.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    extractor = Extractor()
    return {name: next(extractor.records([FIXTURES / name])) for name in fixture_names()}


def squash(text: str) -> str:
    return "".join(text.split())


def names(items: list, *, field: str = "mentions") -> set[str]:
    """Return names and mention texts of entities, without white space."""
    found = {squash(item.name) for item in items}
    return found | {squash(m.text) for item in items for m in getattr(item, field)}


def test_every_fixture_has_a_case():
    assert set(CASES) == set(fixture_names())


@pytest.mark.parametrize("name", fixture_names())
def test_golden_table(name, records):
    expected = golden_file(name).read_text(encoding="utf-8")
    assert "".join(line + "\n" for line in table(records[name])) == expected, (
        "mentions changed: run `make golden`, read the diff, commit it"
    )


def checks(name: str) -> list[str]:
    return sorted(CASES[name])


@pytest.mark.parametrize(
    ("name", "check"), [(name, check) for name in sorted(CASES) for check in checks(name)]
)
def test_noted_by_hand(name, check, records):
    want, record = CASES[name][check], records[name]
    found, expected = OBSERVE[check](record, want)
    assert found == expected


def missing(have: set[str], want: list[str]) -> list[str]:
    return [w for w in want if squash(w) not in have]


def posts(record: Record, want: list[str]) -> list[str]:
    """Return the wanted people (``name = role``) that are absent or hold another post."""
    wrong = []
    for entry in want:
        name, _, role = entry.partition(" = ")
        person = next((p for p in record.people if squash(p.name) == squash(name)), None)
        if person is None:
            wrong.append(f"{name}: absent from {[p.name for p in record.people]}")
        elif role and not any(
            squash(role) in squash(p.role + (p.organisation or "")) for p in person.posts
        ):
            wrong.append(f"{name}: {[p.role for p in person.posts]}")
    return wrong


OBSERVE = {
    "usable": lambda r, want: (r.usable, want),
    "encoding": lambda r, want: (r.source.encoding.startswith(want), True),
    "title": lambda r, want: (r.title, want),
    "publisher": lambda r, want: (r.source.publisher, want),
    "section": lambda r, want: (r.source.section, want),
    "authors": lambda r, want: (missing({squash(a) for a in r.source.authors}, want), []),
    "published": lambda r, want: (r.published and r.published.edtf, want),
    "date": lambda r, want: ((r.date.edtf if r.date else ""), want),
    "dates": lambda r, want: (
        missing({d.edtf for d in r.dates}, want) if want else [d.edtf for d in r.dates],
        [],
    ),
    "no_dates": lambda r, want: (
        sorted({d.edtf for d in r.dates} & set(want)),
        [],
    ),
    "place": lambda r, want: (squash(want) in (names([r.place]) if r.place else set()), True),
    "province": lambda r, want: (
        want in {area.name.removeprefix("จังหวัด") for area in (r.place.within if r.place else [])},
        True,
    ),
    "people": lambda r, want: (posts(r, want) if want else [p.name for p in r.people], []),
    "no_people": lambda r, want: (sorted({p.name for p in r.people} & set(want)), []),
    "organisations": lambda r, want: (missing(names(r.organisations), want), []),
    "places": lambda r, want: (missing(names(r.places), want), []),
    "no_places": lambda r, want: (sorted(names(r.places) & set(want)), []),
    "declared": lambda r, want: (
        missing({squash(t.label.th) for t in r.themes if t.declared}, want),
        [],
    ),
    "cap": lambda r, want: (next((t.cap for t in r.themes if t.primary), None), want),
    "gone": lambda r, want: ([w for w in want if w in r.text], []),
    "kept": lambda r, want: ([w for w in want if w not in r.text], []),
}
