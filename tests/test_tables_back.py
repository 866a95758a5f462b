"""Tables read back: every record comes back whole, and what tables lack or have more is told."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembly_extract import Extractor, models
from assembly_extract.errors import InputError
from assembly_extract.exports.reading import read_records
from assembly_extract.writers import FORMATS
from golden import FIXTURES
from sample_records import RECORDS

WHOLE = [form.name for form in FORMATS.values() if form.whole]


@pytest.fixture(scope="module")
def everything():
    return [*Extractor().records([FIXTURES]), *RECORDS]


def target_of(form: str, folder):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    return folder / ("out" + FORMATS[form].endings[0])


@pytest.mark.parametrize("form", WHOLE)
def test_records_come_back_whole(form, everything, tmp_path):
    target = target_of(form, tmp_path)
    notes: list[str] = []
    assert FORMATS[form].write(iter(everything), target) == {}
    assert list(read_records(str(target), notes.append)) == everything
    assert notes == []


# No surrogates: no UTF-8 text has them. No NUL: CSV leaves it out, and a test of its own says so.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
SOME = WORDS.filter(bool)  # a key that is unknown is null, never ""
MAYBE = st.none() | SOME
SCORES = st.floats(0, 1)
EXTRAS = st.dictionaries(WORDS, st.none() | st.booleans() | st.integers() | WORDS, max_size=2)
MENTIONS = st.lists(
    st.builds(
        models.Mention,
        start=st.integers(0, 10**6),
        end=st.integers(1, 10**6),
        text=SOME,
        rule=WORDS,
        score=SCORES,
    ),
    max_size=2,
)
AREAS = st.lists(st.builds(models.Area, name=WORDS, kind=WORDS, dopa=MAYBE), max_size=2)
DATES = st.builds(
    models.Date,
    edtf=WORDS,
    start=MAYBE,
    end=MAYBE,
    precision=st.sampled_from(["day", "decade"]),
    calendar=st.sampled_from([None, "BE"]),
    basis=st.sampled_from(["explicit", "inferred"]),
    anchor=MAYBE,
    role=st.sampled_from(["event", "law_year"]),
    time=MAYBE,
    mentions=MENTIONS,
)
PLACES = st.builds(
    models.Place,
    name=WORDS,
    kind=st.sampled_from(["venue", "other"]),
    dopa=MAYBE,
    iso=MAYBE,
    within=AREAS,
    lat=st.none() | st.floats(-90, 90),
    lon=st.none() | st.floats(-180, 180),
    role=st.sampled_from(["venue", "mentioned"]),
    candidates=st.lists(
        st.builds(
            models.PlaceCandidate, name=WORDS, kind=WORDS, dopa=MAYBE, iso=MAYBE, within=AREAS
        ),
        max_size=2,
    ),
    mentions=MENTIONS,
    region=MAYBE,
    ref=MAYBE,
)
PEOPLE = st.builds(
    models.Person,
    id=WORDS,
    name=WORDS,
    prefix=MAYBE,
    given=MAYBE,
    family=MAYBE,
    posts=st.lists(st.builds(models.Post, role=WORDS, organisation=MAYBE), max_size=2),
    romanised=MAYBE,
    mentions=MENTIONS,
    ref=MAYBE,
)
ORGANISATIONS = st.builds(
    models.Organisation,
    id=WORDS,
    name=WORDS,
    abbreviation=MAYBE,
    kind=MAYBE,
    parent=MAYBE,
    mentions=MENTIONS,
    ref=MAYBE,
)
THEMES = st.builds(
    models.Theme,
    id=WORDS,
    label=st.builds(models.Label, th=WORDS, en=MAYBE),
    cap=st.none() | st.integers(1, 30),
    sdg=st.lists(st.integers(1, 17), max_size=3),
    score=SCORES,
    primary=st.booleans(),
    declared=st.booleans(),
    evidence=MENTIONS,
    extra=EXTRAS,
)
SOURCES = st.builds(
    models.Source,
    path=WORDS,
    format=WORDS,
    encoding=WORDS,
    sha256=WORDS,
    url=MAYBE,
    publisher=MAYBE,
    section=MAYBE,
    slug=MAYBE,
    authors=st.lists(WORDS, max_size=3),
    extra=EXTRAS,
)
MAKERS = st.builds(
    models.Provenance,
    tool=WORDS,
    version=WORDS,
    config=WORDS,
    models=st.dictionaries(WORDS, WORDS, max_size=1),
    data=st.dictionaries(WORDS, WORDS, max_size=1),
)


@st.composite
def made_up(draw):
    dates, places = draw(st.lists(DATES, max_size=2)), draw(st.lists(PLACES, max_size=2))
    return models.Record(
        schema="assembly-extract/1",
        id=draw(SOME),
        source=draw(SOURCES),
        language=draw(WORDS),
        usable=draw(st.booleans()),
        title=draw(MAYBE),
        text=draw(WORDS),
        published=draw(st.none() | DATES),
        date=draw(st.sampled_from([None, *dates])),
        dates=dates,
        place=draw(st.sampled_from([None, *places])),
        places=places,
        people=draw(st.lists(PEOPLE, max_size=2)),
        organisations=draw(st.lists(ORGANISATIONS, max_size=2)),
        themes=draw(st.lists(THEMES, max_size=2)),
        removed=draw(
            st.lists(
                st.builds(
                    models.Removed,
                    text=WORDS,
                    length=st.integers(0, 10**6),
                    kind=WORDS,
                    rule=WORDS,
                ),
                max_size=2,
            )
        ),
        duplicate_of=draw(MAYBE),
        warnings=draw(st.lists(st.builds(models.Warning, code=WORDS, detail=WORDS), max_size=2)),
        provenance=draw(MAKERS),
    )


@pytest.mark.parametrize("form", ["csv", "sqlite"])
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=st.lists(made_up(), max_size=3, unique_by=lambda record: record.id))
def test_any_record_comes_back_whole(form, records, tmp_path):
    target = target_of(form, tmp_path)
    assert FORMATS[form].write(iter(records), target) == {}
    assert list(read_records(str(target))) == records


def test_sqlite_keeps_nul_and_csv_counts_what_it_leaves_out(tmp_path):
    odd = RECORDS[0].model_copy(update={"text": "ก\0ข\0"})
    assert FORMATS["sqlite"].write([odd], tmp_path / "a.db") == {}
    assert list(read_records(str(tmp_path / "a.db"))) == [odd]
    assert FORMATS["csv"].write([odd], tmp_path / "t") == {"NUL characters": 2}
    assert [r.text for r in read_records(str(tmp_path / "t"))] == ["กข"]


def test_rows_may_be_sorted_and_numbers_may_change(tmp_path, everything):
    FORMATS["csv"].write(iter(everything), tmp_path / "t")
    for path in (tmp_path / "t").glob("*.csv"):
        head, *rows = csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
        if path.stem not in {"articles", "mentions"}:
            rows.sort(reverse=True)
        with path.open("w", encoding="utf-8-sig", newline="") as stream:  # as spreadsheets do
            end = "\n" if path.stem == "people" else "\r\n"
            mark = ";" if path.stem in {"articles", "places"} else ","
            csv.writer(stream, delimiter=mark, lineterminator=end).writerows([head, *rows])
    assert list(read_records(str(tmp_path / "t"))) == everything

    FORMATS["sqlite"].write(iter(everything), tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        database.execute("DELETE FROM articles WHERE number = 2")
        database.commit()
        database.execute("VACUUM")
        query = "SELECT count(*) FROM articles a JOIN articles_fts f ON f.rowid = a.number"
        assert database.execute(query).fetchone() == (len(everything) - 1,)
        database.commit()
    notes: list[str] = []
    back = list(read_records(str(tmp_path / "a.db"), notes.append))
    assert back == [everything[0], *everything[2:]]
    assert any("rows of mentions belong to no article" in note for note in notes)


def test_what_is_missing_or_more_is_told(tmp_path):
    FORMATS["csv"].write(iter(RECORDS), tmp_path / "t")
    (tmp_path / "t/removed.csv").unlink()
    (tmp_path / "t/provenance.csv").unlink()
    posts = tmp_path / "t/posts.csv"
    text = posts.read_text("utf-8").replace("organisation", "mine")
    posts.write_text(text, encoding="utf-8")
    notes: list[str] = []
    back = list(read_records(str(tmp_path / "t"), notes.append))
    assert [r.people for r in back] == [r.people for r in RECORDS]
    assert back[0].provenance.tool == "unknown"
    assert [
        part
        for part in ("removed", "provenance", "column mine", "column organisation")
        if not any(part in note for note in notes)
    ] == []


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("people", "entity", "nummer", "people.csv: it has no column entity"),
        ("articles", "true", "maybe", "articles.csv: line 4: usable is 'maybe'"),
        ("places", "province,55", "castle,55", "make no record .place.kind"),
        ("themes", "0.8", "high", "themes.csv: line 2: score is 'high', which is no number"),
        ("articles", "00000000002,", "00000000001,", "two rows have the same id"),
    ],
)
def test_a_broken_table_is_named_with_its_line(table, old, new, message, tmp_path):
    FORMATS["csv"].write(iter(RECORDS), tmp_path / "t")
    path = tmp_path / f"t/{table}.csv"
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode(), 1))
    with pytest.raises(InputError, match=message):
        list(read_records(str(tmp_path / "t")))


def test_folders_and_databases_of_something_else_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"without articles\.csv"):
        list(read_records(str(tmp_path)))
    with closing(sqlite3.connect(tmp_path / "x.db")) as database:
        database.execute("CREATE TABLE t (a)")
        database.commit()
    with pytest.raises(InputError, match="without a table of articles"):
        list(read_records(str(tmp_path / "x.db")))
    (tmp_path / "y.db").write_bytes((tmp_path / "x.db").read_bytes()[:200])
    with pytest.raises(InputError, match="cannot be read"):
        list(read_records(str(tmp_path / "y.db")))


def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "assembly_extract", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False)


def test_convert_there_and_back_gives_the_same_bytes(tmp_path):
    lines = "".join(record.to_json() + "\n" for record in RECORDS).encode()
    (tmp_path / "a.jsonl").write_bytes(lines)
    for target in ("a.db", "t/", "b.json"):
        assert run("convert", tmp_path / "a.jsonl", "-o", f"{tmp_path}/{target}").returncode == 0
        done = run("convert", f"{tmp_path}/{target}", "-o", "-")
        assert (done.returncode, done.stdout, done.stderr) == (0, lines, b"")
    done = run("convert", tmp_path / "a.db", "-o", tmp_path / "m.geojson")
    assert b"m.geojson does not hold: text (7), dates (7), places (7), warnings (7)" in done.stderr
    assert run("stats", tmp_path / "a.db", "-f", "csv").stdout == (
        run("stats", tmp_path / "a.jsonl", "-f", "csv").stdout
    )


ARTICLES = FIXTURES / "health"


@pytest.mark.parametrize("target", ["a.json", "a.db", "tables/", "a.csv", "a.geojson", "a.ftm"])
def test_extract_chooses_the_format_by_the_name(target, tmp_path):
    plain = run("extract", ARTICLES, "-q")
    (tmp_path / "a.jsonl").write_bytes(plain.stdout)
    done = run("extract", ARTICLES, "-q", "-o", f"{tmp_path}/{target}")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    name = target.removesuffix("/")
    (tmp_path / "by_convert").mkdir()
    run("convert", tmp_path / "a.jsonl", "-o", f"{tmp_path}/by_convert/{target}")
    if target == "a.db":
        assert list(read_records(f"{tmp_path}/{name}")) == list(
            read_records(str(tmp_path / "a.jsonl"))
        )
    else:
        found, expected = tmp_path / name, tmp_path / "by_convert" / name
        assert files_of(found) == files_of(expected)
    assert not list(tmp_path.glob("*.partial"))


def files_of(target):
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    return [(file.name, file.read_bytes()) for file in files]


def test_resume_goes_on_with_a_database(tmp_path):
    shutil.copytree(ARTICLES, tmp_path / "in")
    first = min((tmp_path / "in").iterdir())
    held = tmp_path / "held"
    shutil.move(first, held)
    target = tmp_path / "a.db"
    assert run("extract", tmp_path / "in", "-o", target).returncode == 0
    before = len(list(read_records(str(target))))
    shutil.move(held, first)
    done = run("extract", tmp_path / "in", "-o", target, "--resume")
    assert f"({before} of an earlier run)".encode() in done.stderr
    fresh = run("extract", tmp_path / "in", "-q").stdout.decode().splitlines()
    assert [r.to_json() for r in read_records(str(target))] == fresh
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.db", "a.metadata.json", "in"]


def test_resume_goes_on_from_what_an_interrupted_run_left(tmp_path):
    lines = run("extract", ARTICLES, "-q").stdout
    (tmp_path / "a.geojson.partial").write_bytes(lines[: lines.index(b"\n") + 1])
    done = run("extract", ARTICLES, "-o", tmp_path / "a.geojson", "--resume")
    assert b"(1 of an earlier run)" in done.stderr
    assert json.loads((tmp_path / "a.geojson").read_text("utf-8"))["type"] == "FeatureCollection"
    again = run("extract", ARTICLES, "-o", tmp_path / "a.geojson", "--resume")
    assert again.returncode == 2
    assert b"does not hold whole records. Write JSON Lines" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-f", "sqlite"), b"add -o TARGET"),
        (("-o", "a.xls"), b"no format ends in '.xls'"),
        (("-o", "full/", "-f", "csv"), b"is no earlier export"),
        (("-o", "full/", "-f", "sqlite"), b"is a folder: give the name of a file"),
    ],
)
def test_extract_refuses_before_it_begins(arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("x")
    done = run("extract", ARTICLES, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["full"]
