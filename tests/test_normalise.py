"""Who and what is the same across articles; the register, the user's decisions, the command."""

from __future__ import annotations

import csv
import itertools
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly_extract import models
from assembly_extract.areas import areas
from assembly_extract.errors import InputError
from assembly_extract.exports.reading import read_records
from assembly_extract.normalise import DECISIONS, normalise
from assembly_extract.normalise.body_links import RENAMED
from assembly_extract.normalise.exporting import EXPORTS, write_export
from assembly_extract.normalise.names import halves, sound_key
from assembly_extract.resources import read_tsv
from sample_records import record as plain_record

CASES = Path(__file__).parent / "cases"


def cases(name):
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return [pytest.param(row, id=f"{row['verdict']}: {row['why']}") for row in rows]


def cells(side):
    return [None if cell == "-" else cell for cell in side.split(" / ")]


def mention(text):
    return models.Mention(start=0, end=len(text), text=text, rule="test", score=0.9)


def province(code):
    known = areas()[code]
    return models.Place(
        name=known.name,
        kind="province",
        dopa=code,
        iso=known.iso,
        within=[],
        lat=None,
        lon=None,
        role="mentioned",
        candidates=[],
        mentions=[mention(known.name)],
    )


def person(name, prefix=None, post=None, body=None):
    given_name, _, family = name.partition(" ")
    return models.Person(
        id="p1",
        name=name,
        prefix=prefix,
        given=given_name,
        family=family.strip() or None,
        posts=[models.Post(role=post, organisation=body)] if post else [],
        romanised=None,
        mentions=[mention(name)],
    )


def organisation(name, abbreviation=None, kind=None):
    return models.Organisation(
        id="o1",
        name=name,
        abbreviation=abbreviation,
        kind=kind,
        parent=None,
        mentions=[mention(name)],
    )


def article(number, *, people=(), organisations=(), places=(), day=None):
    base = plain_record(number)
    date = base.date.model_copy(update={"start": day}) if day else None
    return base.model_copy(
        update={
            "people": list(people),
            "organisations": list(organisations),
            "places": list(places),
            "place": places[0] if places else None,
            "date": date,
        }
    )


def person_article(number, side):
    name, prefix, post, body, code, day = cells(side)
    return article(
        number,
        people=[person(name, prefix, post, body)],
        places=[province(code)] if code else [],
        day=day,
    )


def body_article(number, side):
    name, abbreviation, kind, code, *text = cells(side)
    body = organisation(name, abbreviation, kind)
    made = article(number, organisations=[body], places=[province(code)] if code else [])
    words = text[0] if text else name
    start = words.index(name)
    named = mention(name).model_copy(update={"start": start, "end": start + len(name)})
    body = body.model_copy(update={"mentions": [named]})
    return made.model_copy(update={"text": words, "organisations": [body]})


def run(records, folder, register="register"):
    source = folder / "records.jsonl"
    source.write_text("".join(r.to_json() + "\n" for r in records), encoding="utf-8")
    normalise(str(source), folder / "out.jsonl", folder / register)
    return list(read_records(str(folder / "out.jsonl")))


def rows(folder):
    with (folder / "register" / DECISIONS).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def write_rows(folder, every):
    with (folder / "register" / DECISIONS).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, every[0].keys(), delimiter="\t")
        writer.writeheader()
        writer.writerows(every)


def decide(folder, word, state, about=""):
    every = rows(folder)
    (row,) = [row for row in every if row["state"] == state and about in row["a_name"]]
    row["decision"] = word
    write_rows(folder, every)
    return row


def register_bytes(folder, register="register"):
    return {path.name: path.read_bytes() for path in sorted((folder / register).iterdir())}


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("case", cases("normalise_people.tsv"))
def test_people(case, swapped, tmp_path):
    sides = [case["other"], case["one"]] if swapped else [case["one"], case["other"]]
    done = run([person_article(n, side) for n, side in enumerate(sides, 1)], tmp_path)
    refs = {r.people[0].ref for r in done}
    assert len(refs) == (1 if case["verdict"] == "same" else 2)
    if case["verdict"] == "ask":
        assert [row["state"] for row in rows(tmp_path)] == ["proposed"]


@pytest.mark.parametrize("case", cases("normalise_organisations.tsv"))
def test_organisations(case, tmp_path):
    sides = (case["one"], case["other"])
    done = run([body_article(n, side) for n, side in enumerate(sides, 1)], tmp_path)
    refs = {r.organisations[0].ref for r in done}
    assert len(refs) == (1 if case["verdict"] == "same" else 2)
    if case["verdict"] == "ask":
        assert [row["state"] for row in rows(tmp_path)] == ["proposed"]


def unit_article(number, text, *names):
    """Return an article with bodies where its text has them."""
    bodies = []
    for name, kind in names:
        start = text.index(name)
        named = mention(name).model_copy(update={"start": start, "end": start + len(name)})
        bodies.append(organisation(name, None, kind).model_copy(update={"mentions": [named]}))
    return article(number, organisations=bodies).model_copy(update={"text": text})


UNIT = ("กองตรวจกล้วย", "office")
HEALTH = ("กรมอนามัย", "department")
ROADS = ("กรมทางหลวง", "department")
UNITS = [
    ("same", "กองตรวจกล้วย กรมอนามัย", [UNIT, HEALTH], "กรมอนามัย โดยกองตรวจกล้วย", [UNIT, HEALTH]),
    ("same", "กองตรวจกล้วย ของกรมอนามัย", [UNIT, HEALTH], "กองตรวจกล้วยกรมอนามัย", [UNIT, HEALTH]),
    ("two", "กองตรวจกล้วย กรมอนามัย", [UNIT, HEALTH], "กองตรวจกล้วย กรมทางหลวง", [UNIT, ROADS]),
    ("two", "กองตรวจกล้วยกับกรมอนามัย", [UNIT, HEALTH], "กรมอนามัย มีกองตรวจกล้วย", [UNIT, HEALTH]),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "one", "beside_one", "other", "beside_other"), UNITS)
def test_a_unit_is_told_by_the_body_right_behind_it(
    verdict, one, beside_one, other, beside_other, tmp_path
):
    records = [unit_article(1, one, *beside_one), unit_article(2, other, *beside_other)]
    refs = {r.organisations[0].ref for r in run(records, tmp_path)}
    assert len(refs) == (1 if verdict == "same" else 2)


def test_places_are_their_code_or_their_name_and_parents(tmp_path):
    venue = province("55").model_copy(
        update={"name": "หอประชุม", "kind": "venue", "dopa": None, "iso": None}
    )
    held = venue.model_copy(
        update={"within": [models.Area(name="น่าน", kind="province", dopa="55")]}
    )
    done = run(
        [
            article(1, places=[province("55"), venue, held]),
            article(2, places=[province("55"), venue, held]),
        ],
        tmp_path,
    )
    one, other = ([place.ref for place in r.places] for r in done)
    assert one[0] == other[0]
    assert one[1] != other[1], "a venue that nothing holds is each article's own"
    assert one[2] == other[2]
    assert done[0].place.ref == one[0]
    entities = (tmp_path / "register" / "places.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(entities[0])["romanised"] == "Nan"


ROYALS = [
    ("same", "rama10", ("พระบาทสมเด็จพระเจ้าอยู่หัว", "2020-01-01"), ("พระบาทสมเด็จพระวชิรเกล้าเจ้าอยู่หัว", None)),
    ("two", "rama10", ("พระบาทสมเด็จพระเจ้าอยู่หัว", "2020-01-01"), ("พระบาทสมเด็จพระเจ้าอยู่หัว", "2010-01-01")),
    ("two", "rama10", ("พระบาทสมเด็จพระเจ้าอยู่หัว", "2020-01-01"), ("พระบาทสมเด็จพระเจ้าอยู่หัว", None)),
    ("same", "patriarch", ("สมเด็จพระสังฆราช", "2020-01-01"), ("สมเด็จพระอริยวงศาคตญาณ", "2018-01-01")),
    ("two", "patriarch", ("สมเด็จพระสังฆราช", "2020-01-01"), ("สมเด็จพระสังฆราช", "2012-01-01")),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "rule", "one", "other"), ROYALS)
def test_a_royal_style_is_its_bearer_on_the_day(verdict, rule, one, other, tmp_path):
    records = []
    for number, (style, day) in enumerate((one, other), 1):
        named = mention(style).model_copy(update={"rule": f"royal:{rule}"})
        royal = person(style).model_copy(
            update={"given": None, "family": None, "mentions": [named]}
        )
        records.append(article(number, people=[royal], day=day))
    refs = {r.people[0].ref for r in run(records, tmp_path)}
    assert len(refs) == (1 if verdict == "same" else 2)


SOME = [
    "วันชัย คงเกษม / นาย / นายอำเภอเมืองเชียงราย / - / 57 / 2021-03-01",
    "วันชัย คงเกษมม / นาย / นายอำเภอเมืองเชียงราย / - / 57 / 2021-04-01",
    "วันชัย คงเกษม / นาย / ครู / - / 90 / 2021-03-05",
    "วันชัย คงเกษม / - / - / - / - / 2021-03-09",
    "วันชัย / นาย / ผู้ว่าราชการจังหวัดน่าน / - / 55 / 2021-04-01",
    "สมชัย คงเกษมสุข / นาย / ครู / - / 55 / 2021-04-01",
    "สมชาย คงเกษมสุข / นาย / ครู / - / 55 / 2021-05-01",
    "กานดา คงเกษม / นาง / รัฐมนตรีว่าการกระทรวงพลังงาน / - / - / 2021-05-01",
]


@pytest.mark.parametrize("seed", range(4))
def test_order_does_not_matter_and_a_rerun_changes_nothing(seed, tmp_path):
    records = [person_article(n, side) for n, side in enumerate(SOME * 2, 1)]
    refs = {r.id: r.people[0].ref for r in run(records, tmp_path)}
    before = register_bytes(tmp_path)
    shuffled = random.Random(seed).sample(records, len(records))
    assert {r.id: r.people[0].ref for r in run(shuffled, tmp_path, "other")} == refs
    assert register_bytes(tmp_path, "other") == before
    assert {r.id: r.people[0].ref for r in run(shuffled, tmp_path)} == refs
    assert register_bytes(tmp_path) == before


@pytest.mark.parametrize("size", range(1, len(SOME)))
def test_a_second_archive_leaves_the_ids_of_the_first(size, tmp_path):
    records = [person_article(n, side) for n, side in enumerate(SOME, 1)]
    refs = {r.id: r.people[0].ref for r in run(records[:size], tmp_path)}
    run(records[size:], tmp_path)
    again = {r.id: r.people[0].ref for r in run(records, tmp_path)}
    assert {key: again[key] for key in refs} == refs


NAMESAKES = [SOME[0], SOME[2]]
MISSPELT = SOME[:2]


def test_a_yes_merges_for_ever(tmp_path):
    records = [person_article(n, side) for n, side in enumerate([*NAMESAKES, SOME[6]], 1)]
    before = [r.people[0].ref for r in run(records, tmp_path)]
    assert len(set(before)) == 3
    decide(tmp_path, "yes", "proposed")
    for _ in range(2):
        after = [r.people[0].ref for r in run(records, tmp_path)]
        assert after[0] == after[1]
        assert after[0] in before
        assert after[2] == before[2]
        assert [row["decision"] for row in rows(tmp_path)] == ["yes"]


def test_a_no_undoes_a_merge_for_ever(tmp_path):
    records = [person_article(n, side) for n, side in enumerate([*MISSPELT, SOME[6]], 1)]
    before = [r.people[0].ref for r in run(records, tmp_path)]
    assert before[0] == before[1]
    decide(tmp_path, "no", "merged")
    for _ in range(2):
        after = [r.people[0].ref for r in run(records, tmp_path)]
        assert after[0] != after[1]
        assert before[0] in after
        assert after[2] == before[2]
        assert [row["decision"] for row in rows(tmp_path)] == ["no"]


ONE_NAME = {
    "one name, time": [SOME[3], "วันชัย คงเกษม / - / ครู / - / - / 2021-09-09"],
    "one name, place": [
        "วันชัย คงเกษม / - / - / - / 57 / 2012-03-09",
        "วันชัย คงเกษม / - / ครู / - / 57 / 2021-09-09",
    ],
}


@pytest.mark.parametrize("register_kept", [True, False])
@pytest.mark.parametrize("rule", ONE_NAME)
def test_a_no_takes_apart_what_one_name_has_joined(rule, register_kept, tmp_path):
    records = [person_article(n, side) for n, side in enumerate([*ONE_NAME[rule], SOME[6]], 1)]
    before = [r.people[0].ref for r in run(records, tmp_path)]
    assert before[0] == before[1]
    assert decide(tmp_path, "no", "merged")["rule"] == rule
    if not register_kept:
        (tmp_path / "register" / "people.jsonl").unlink()
    after = [r.people[0].ref for r in run(records, tmp_path)]
    assert after[0] != after[1]
    assert before[0] in after[:2]
    assert after[2] == before[2]
    once = register_bytes(tmp_path)
    again = [r.people[0].ref for r in run(records[::-1], tmp_path)][::-1]
    assert (again, register_bytes(tmp_path)) == (after, once)


def test_a_no_takes_apart_bodies_that_company_has_joined(tmp_path):
    known = person("วันชัย คงเกษม", "นาย")
    side = "สำนักตรวจกล้วย / - / office / -"
    records = [body_article(n, side).model_copy(update={"people": [known]}) for n in (1, 2)]
    before = [r.organisations[0].ref for r in run(records, tmp_path)]
    assert before[0] == before[1]
    every = rows(tmp_path)
    joined = next(row for row in every if row["kind"] == "organisation")
    assert joined["rule"] == "one name, company"
    joined["decision"] = "no"
    write_rows(tmp_path, every)
    after = [r.organisations[0].ref for r in run(records, tmp_path)]
    assert after[0] != after[1]
    assert before[0] in after
    once = register_bytes(tmp_path)
    again = [r.organisations[0].ref for r in run(records[::-1], tmp_path)][::-1]
    assert (again, register_bytes(tmp_path)) == (after, once)


def test_a_no_waits_for_the_articles_that_it_takes_apart(tmp_path):
    sides = ONE_NAME["one name, time"]
    records = [person_article(n, side) for n, side in enumerate(sides, 1)]
    before = [r.people[0].ref for r in run(records, tmp_path)]
    decide(tmp_path, "no", "merged")
    run([person_article(9, SOME[6])], tmp_path)
    assert [row["decision"] for row in rows(tmp_path) if row["decision"]] == ["no"]
    after = [r.people[0].ref for r in run(records, tmp_path)]
    assert len({*after}) == 2
    assert before[0] in after


def test_a_decision_about_people_of_another_archive_is_kept(tmp_path):
    records = [person_article(n, side) for n, side in enumerate(NAMESAKES, 1)]
    run(records, tmp_path)
    decide(tmp_path, "yes", "proposed")
    (tmp_path / "register" / "people.jsonl").unlink()
    run([person_article(9, SOME[6])], tmp_path)
    assert [row["decision"] for row in rows(tmp_path)] == ["yes"]
    assert len({r.people[0].ref for r in run(records, tmp_path)}) == 1


def test_a_run_that_fails_leaves_the_decisions(tmp_path):
    run([person_article(n, side) for n, side in enumerate(NAMESAKES, 1)], tmp_path)
    decide(tmp_path, "no", "proposed")
    before = register_bytes(tmp_path)
    (tmp_path / "records.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        normalise(str(tmp_path / "records.jsonl"), tmp_path / "o", tmp_path / "register")
    assert register_bytes(tmp_path) == before


def test_a_word_that_is_no_decision_names_its_line(tmp_path):
    records = [person_article(n, side) for n, side in enumerate(NAMESAKES, 1)]
    run(records, tmp_path)
    decide(tmp_path, "maybe", "proposed")
    with pytest.raises(InputError, match="line 2: decision 'maybe' is neither yes nor no"):
        run(records, tmp_path)


def test_a_spreadsheets_way_of_saving_is_read(tmp_path):
    records = [person_article(n, side) for n, side in enumerate(NAMESAKES, 1)]
    run(records, tmp_path)
    decide(tmp_path, "YES", "proposed")
    path = tmp_path / "register" / DECISIONS
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len({r.people[0].ref for r in run(records, tmp_path)}) == 1


def lines_by_id(folder):
    text = (folder / "register" / "people.jsonl").read_text(encoding="utf-8")
    return {json.loads(line)["id"]: line for line in text.splitlines()}


@pytest.mark.parametrize(("word", "state"), [("yes", "proposed"), ("no", "merged")])
def test_a_decision_changes_its_entities_and_no_other(word, state, tmp_path):
    pairs = {"proposed": NAMESAKES, "merged": MISSPELT}
    others = [
        "ปรีดา ทองพูนผล / นาย / อธิบดีกรมชลประทาน / กรมชลประทาน / - / 2021-03-01",
        "ปรีดา ทองพูนผลล / นาย / อธิบดีกรมชลประทาน / กรมชลประทาน / - / 2021-03-09",
        "มานี ศรีทุ่งกว้าง / นาง / ครู / - / 55 / 2021-03-01",
        "มานี ศรีทุ่งกว้าง / นาง / แพทย์ / - / 90 / 2021-03-02",
    ]
    records = [person_article(n, side) for n, side in enumerate([*pairs[state], *others], 1)]
    refs = [r.people[0].ref for r in run(records, tmp_path)]
    before = lines_by_id(tmp_path)
    meant = decide(tmp_path, word, state, "คงเกษม")
    every = rows(tmp_path)
    again = [r.people[0].ref for r in run(records, tmp_path)]
    after = lines_by_id(tmp_path)
    assert again[2:] == refs[2:]
    assert again[:2] != refs[:2]
    touched = {*refs[:2], *again[:2]}
    assert {k: v for k, v in after.items() if k not in touched} == {
        k: v for k, v in before.items() if k not in touched
    }
    others = [row for row in every if row != meant]
    assert len(others) == 2
    assert all(row in rows(tmp_path) for row in others)


KILLED = """
import os, signal, sys
from pathlib import Path
from assembly_extract.normalise import normalise
left, move = int(sys.argv[4]), os.replace
def replace(*paths):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    move(*paths)
os.replace = replace
normalise(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("writes", range(5))
def test_a_kill_loses_no_decision(writes, tmp_path):
    records = [person_article(n, side) for n, side in enumerate([*NAMESAKES, *SOME[1:2]], 1)]
    run(records, tmp_path)
    decide(tmp_path, "yes", "proposed")
    refs = {r.id: r.people[0].ref for r in run(records, tmp_path)}
    whole = register_bytes(tmp_path)
    more = [*records, person_article(9, SOME[6])]
    source = tmp_path / "records.jsonl"
    source.write_text("".join(r.to_json() + "\n" for r in more), encoding="utf-8")
    arguments = [source, tmp_path / "out.jsonl", tmp_path / "register", writes]
    done = subprocess.run([sys.executable, "-c", KILLED, *map(str, arguments)], check=False)
    assert done.returncode == -9
    assert [row["decision"] for row in rows(tmp_path) if row["decision"]] == ["yes"]
    if writes == 0:
        assert {k: v for k, v in register_bytes(tmp_path).items() if k in whole} == whole
    after = {r.id: r.people[0].ref for r in run(more, tmp_path)}
    assert {key: after[key] for key in refs} == refs
    assert [row["decision"] for row in rows(tmp_path) if row["decision"]] == ["yes"]


def test_a_name_given_twice_in_one_article_is_one_person(tmp_path):
    given_twice = [person("วันชัย คงเกษม", "นาย"), person("Wanchai Kongkasem", "Mr.")]
    other = person("สมชาย ทองพูนผล", "นาย")
    (done,) = run([article(1, people=[*given_twice, other])], tmp_path)
    refs = [named.ref for named in done.people]
    assert refs[0] == refs[1] != refs[2]
    decide(tmp_path, "no", "merged")
    (done,) = run([article(1, people=[*given_twice, other])], tmp_path)
    assert len({named.ref for named in done.people}) == 3


SYLLABLES = ("กมล", "ชาติ", "วัฒน์", "ศรี", "ธร", "พงศ์", "นันท์", "รัตน์", "ภูมิ", "เดช")


def crowd():
    """Return an archive of 3,000 people of 300 given names, each with a surname of their own."""
    givens = ["".join(three) for three in itertools.product(SYLLABLES, repeat=3)][:300]
    families = ("".join(four) for four in itertools.product(SYLLABLES, repeat=4))
    return [
        article(
            1000 + n,
            people=[person(f"{givens[n % 300]} {next(families)}", "นาย", "ครู")],
            day="2020-01-01",
        )
        for n in range(3000)
    ]


def test_a_rare_full_name_is_one_person_in_an_archive_that_shows_it(tmp_path):
    sides = (
        "มานี ศรีทุ่งกว้าง / นาง / ครู / - / 55 / 2015-03-01",
        "มานี ศรีทุ่งกว้าง / นาง / นายกสมาคม / - / 90 / 2021-03-02",
    )
    pair = [person_article(n, side) for n, side in enumerate(sides, 1)]
    (tmp_path / "few").mkdir()
    few = run(pair, tmp_path / "few")
    assert len({r.people[0].ref for r in few}) == 2, "two articles do not tell what is rare"
    many = run([*pair, *crowd()], tmp_path)[:2]
    assert len({r.people[0].ref for r in many}) == 1
    assert [row["rule"] for row in rows(tmp_path) if "มานี" in row["a_name"]] == ["rare name"]
    decide(tmp_path, "no", "merged", "มานี")
    parted = run([*pair, *crowd()], tmp_path)[:2]
    assert len({r.people[0].ref for r in parted}) == 2


def test_an_abbreviation_that_the_list_gives_to_another_body_is_not_shown(tmp_path):
    run([article(1, organisations=[organisation("กรมควบคุมโรค", "สธ.", "department")])], tmp_path)
    (line,) = (
        (tmp_path / "register" / "organisations.jsonl").read_text(encoding="utf-8").splitlines()
    )
    assert json.loads(line)["abbreviation"] != "สธ."


def test_an_office_is_shown_with_the_word_written_out(tmp_path):
    names = ["สนง.สาธารณสุขจังหวัดน่าน", "สนง.สาธารณสุขจังหวัดน่าน", "สำนักงานสาธารณสุขจังหวัดน่าน"]
    bodies = [organisation(name, None, "office") for name in names]
    run([article(n, organisations=[body]) for n, body in enumerate(bodies, 1)], tmp_path)
    text = (tmp_path / "register" / "organisations.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["name"] for line in text.splitlines()] == names[2:]


def test_a_name_first_seen_long_after_the_renaming_is_asked_about(tmp_path):
    old, new = "กระทรวงแรงงานและสวัสดิการสังคม", "กระทรวงแรงงาน"
    bodies = [organisation(name, None, "ministry") for name in (old, new)]
    for name, day, count in (("then", "2002-01-01", 1), ("late", "2017-01-01", 2)):
        folder = tmp_path / name
        folder.mkdir()
        done = run(
            [article(n, organisations=[body], day=day) for n, body in enumerate(bodies, 1)], folder
        )
        assert len({r.organisations[0].ref for r in done}) == count


def test_a_record_keeps_all_but_its_refs(tmp_path):
    records = [person_article(n, side) for n, side in enumerate(SOME, 1)]

    def bare(record):
        row = json.loads(record.to_json())
        for entity in [*row["people"], *row["organisations"], *row["places"], row["place"] or {}]:
            entity.pop("ref", None)
        return row

    assert [bare(r) for r in run(records, tmp_path)] == [bare(r) for r in records]


def test_the_register_tells_posts_over_time(tmp_path):
    run([person_article(n, side) for n, side in enumerate(SOME, 1)], tmp_path)
    lines = (tmp_path / "register" / "people.jsonl").read_text(encoding="utf-8").splitlines()
    (entity,) = [e for e in map(json.loads, lines) if "วันชัย คงเกษมม" in e["variants"]]
    assert entity["name"] == "วันชัย คงเกษม"
    (post,) = entity["posts"]
    assert (post["role"], post["from"], post["to"]) == (
        "นายอำเภอเมืองเชียงราย",
        "2021-03-01",
        "2021-04-01",
    )
    assert len(post["articles"]) == 2
    assert [merge["rule"] for merge in entity["merges"]] == ["surname+post"]


def test_the_exports_hold_every_entity_and_lead_to_each_other(tmp_path):
    records = [person_article(n, side) for n, side in enumerate(SOME, 1)]
    held = person("ปรีดา ทองพูนผล", "นาย", "อธิบดีกรมชลประทาน", "กรมชลประทาน")
    school = person("ปรีดี ทองพูนผล", "นาย", "ครูใหญ่", "โรงเรียน")
    records.append(
        article(
            20,
            people=[held, school],
            organisations=[
                organisation("กรมชลประทาน", "ชป.", "department"),
                organisation("โรงเรียน", None, "school"),
            ],
            day="2021-05-05",
        )
    )
    run(records, tmp_path)
    register = tmp_path / "register"
    for form in EXPORTS:
        write_export(form, register)
    lines = (register / "people.jsonl").read_text(encoding="utf-8").splitlines()
    ids = {json.loads(line)["id"] for line in lines}
    with (register / "people.openrefine.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert {row["id"] for row in table} == ids
    assert next(r["posts"] for r in table if r["name"] == held.name) == "อธิบดีกรมชลประทาน"
    popolo = json.loads((register / "popolo.json").read_text(encoding="utf-8"))
    assert {one["id"] for one in popolo["persons"]} == ids
    bodies = {one["id"]: one["name"] for one in popolo["organizations"]}
    posts = {one["id"] for one in popolo["posts"]}
    assert all(one["person_id"] in ids for one in popolo["memberships"])
    assert all(one["post_id"] in posts for one in popolo["memberships"])
    known = {one["role"]: one["organization_id"] for one in popolo["memberships"]}
    assert bodies[known["อธิบดีกรมชลประทาน"]] == "กรมชลประทาน"
    assert known["ครูใหญ่"] is None, "which school is not known"
    text = (register / "register.ftm.json").read_text(encoding="utf-8")
    ftm = [json.loads(line) for line in text.splitlines()]
    (membership,) = [one for one in ftm if one["schema"] == "Membership"]
    assert membership["properties"] == {
        "member": [next(one["id"] for one in popolo["persons"] if one["name"] == held.name)],
        "organization": [known["อธิบดีกรมชลประทาน"]],
        "role": ["อธิบดีกรมชลประทาน"],
        "startDate": ["2021-05-05"],
        "endDate": ["2021-05-05"],
    }


def command(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "assembly_extract", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_commands(tmp_path):
    source, register = tmp_path / "records.jsonl", tmp_path / "register"
    records = [person_article(n, side) for n, side in enumerate(SOME, 1)]
    source.write_text("".join(r.to_json() + "\n" for r in records), encoding="utf-8")
    done = command("normalise", source, "-o", tmp_path / "out.jsonl", "--register", register)
    assert (done.returncode, done.stdout) == (0, "")
    assert "8 records" in done.stderr
    asked = command("who", "กานดา  คงเกษม", "--register", register, "-f", "json")
    (answer,) = map(json.loads, asked.stdout.splitlines())
    assert answer["article_ids"] == [records[7].id]
    shown = command("who", "กานดา คงเกษม", "--register", register)
    assert "รัฐมนตรีว่าการกระทรวงพลังงาน" in shown.stdout
    nobody = command("who", "ไม่มีใคร", "--register", register)
    assert (nobody.returncode, nobody.stdout) == (1, "")
    unknown = command(
        "normalise", source, "-o", tmp_path / "o", "--register", register, "--export", "xml"
    )
    assert (unknown.returncode, "openrefine, popolo, ftm" in unknown.stderr) == (2, True)
    piped = command("normalise", "-", "-o", tmp_path / "o", "--register", register)
    assert piped.returncode == 2
    assert "read twice" in piped.stderr


def test_every_renaming_has_a_date_and_a_source():
    for row in read_tsv("organisations_renamed.tsv", RENAMED, key=("old",)):
        assert row["change"] in {"renamed", "merged", "split"}
        assert row["date"][:4].isdigit()
        assert row["source"]
        assert row["old"] != row["new"]


LETTERS = st.text(alphabet="กขคงจชดตทนบปพมยรลวสหอ", min_size=2, max_size=14)


@given(LETTERS, st.integers(0, 13), st.sampled_from("กขคง"))
@settings(max_examples=200)
def test_one_letter_more_stays_in_a_block(name, at, letter):
    longer = name[: at % len(name)] + letter + name[at % len(name) :]
    assert set(halves(name)) & set(halves(longer))


@given(LETTERS)
def test_marks_do_not_change_the_sound(name):
    marked = "".join(itertools.chain.from_iterable(zip(name, itertools.cycle("่้"), strict=False)))
    assert sound_key(marked) == sound_key(name)
