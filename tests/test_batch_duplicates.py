"""Stories that come again: found, reported, never dropped, whatever the workers and shards."""

import csv
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from assembly_extract.batch.duplicates import SAME, SeenStories, signature
from assembly_extract.cli import app

WORDS = (  # noqa: SIM905 - easier to read
    "ชาวบ้าน ตำบล น้ำประปา โรงเรียน ตลาด ปลูกป่า เทศบาล ประชุม สุขภาพ ถนน สะพาน นักเรียน ผู้สูงอายุ "
    "กองทุน ข้าว ฝน ลุ่มน้ำ ชุมชน แผนงาน โครงการ งบประมาณ ความเห็น เวที อาสาสมัคร ขยะ ป่าไม้"
).split()


def story(seed, size=400):
    chance = random.Random(seed)
    return "".join(chance.choice(WORDS) + str(chance.randrange(100)) for _ in range(size))


def similarity(one, other):
    """The share of stretches of eight characters, counted out."""
    first, second = ({t[i : i + 8] for i in range(len(t) - 7)} for t in (one, other))
    return len(first & second) / len(first | second)


def run_cli(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def found(texts):
    seen = SeenStories()
    return [
        seen.find_or_add(f"{number:032x}", str(number), signature(text))
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize("keep", [0.5, 0.7, 0.95, 1.0])
def test_the_estimate_is_near_the_truth(keep):
    for seed in range(20):
        whole = story(seed)
        other = whole[: int(len(whole) * keep)] + story(seed + 1000)[int(len(whole) * keep) :]
        truth = similarity(whole, other)
        _, again = found([whole, other])
        if truth > SAME + 0.12:
            assert again is not None
            assert abs(again.similarity - truth) < 0.15
        if truth < SAME - 0.12:
            assert again is None


def test_equal_but_for_white_space_is_exact():
    text = story(1)
    _, again, near = found([text, text.replace("น้ำ", "น้ำ \n"), text + "ครับผม"])
    assert (again.exact, again.similarity) == (True, 1.0)
    assert near.exact is False


def test_a_duplicate_names_the_first_and_no_other_duplicate():
    result = found([story(1), story(2), story(1), story(1) + "จบ", story(2)])
    assert [again and again.of_name for again in result] == [None, None, "0", "0", "1"]


def test_short_texts_are_not_compared():
    assert found(["สั้น", "สั้น", "", ""]) == [None] * 4


def test_many_stories_stay_apart_and_are_found_again():
    stories = [story(seed, 60) for seed in range(4_000)]
    result = found([*stories, *stories])
    assert result[:4_000] == [None] * 4_000
    assert [again.of_name for again in result[4_000:]] == [str(n) for n in range(4_000)]


@settings(max_examples=50)
@given(st.text(min_size=0, max_size=300))
def test_any_text_has_a_signature_or_none(text):
    assert len(signature(text)) in {0, 264}
    assert signature(text) == signature(" ".join(text))


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    texts = {"a": story(1), "b": story(2), "c": story(1), "d": story(2) + "จบข่าว", "e": story(3)}
    for name, text in texts.items():
        lines = [text[i : i + 80] for i in range(0, len(text), 80)]
        (folder / f"{name}.txt").write_text("ข่าว\n\n" + "\n".join(lines), encoding="utf-8")
    return folder


def test_records_and_report_agree(news, tmp_path):
    report = tmp_path / "report.tsv"
    result = run_cli("extract", news, "--duplicates", report)
    assert "5 records, 2 duplicates" in result.stderr
    records = [json.loads(line) for line in result.stdout.splitlines()]
    ids = {record["id"]: record["source"]["path"] for record in records}
    again = {r["source"]["path"]: ids[r["duplicate_of"]] for r in records if r["duplicate_of"]}
    assert again == {"c.txt": "a.txt", "d.txt": "b.txt"}
    with report.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert {row["path"]: row["duplicate_of_path"] for row in rows} == again
    assert [row["kind"] for row in rows] == ["exact", "near"]
    assert all(ids[row["duplicate_of"]] == row["duplicate_of_path"] for row in rows)


def test_the_same_however_it_is_run(news, tmp_path):
    whole = run_cli("extract", news, "--duplicates", tmp_path / "r1", "-j", 1).stdout
    assert run_cli("extract", news, "--duplicates", tmp_path / "r2", "-j", 2).stdout == whole
    parts = [tmp_path / f"part{number}" for number in (1, 2)]
    for number, part in enumerate(parts, 1):
        run_cli("extract", news, "--shard", f"{number}/2", "-o", part, "--duplicates", f"{part}.r")
    assert run_cli("merge", *parts, "--duplicates", tmp_path / "r3").stdout == whole
    out = tmp_path / "out"
    out.write_text("".join(whole.splitlines(keepends=True)[1:4]), encoding="utf-8")
    run_cli("extract", news, "-o", out, "--resume", "--duplicates", tmp_path / "r4")
    assert out.read_text(encoding="utf-8") == whole
    reports = {(tmp_path / f"r{number}").read_bytes() for number in (1, 2, 3, 4)}
    assert len(reports) == 1


def test_going_on_without_the_option_leaves_no_marks(news, tmp_path):
    out = tmp_path / "out.jsonl"
    run_cli("extract", news, "-o", out, "--duplicates", tmp_path / "report")
    assert '"duplicate_of":"' in out.read_text(encoding="utf-8")
    run_cli("extract", news, "-o", out, "--resume")
    assert out.read_text(encoding="utf-8") == run_cli("extract", news).stdout


def test_without_the_option_nothing_is_marked(news):
    assert '"duplicate_of":null' in run_cli("extract", news).stdout
    assert '"duplicate_of":"' not in run_cli("extract", news).stdout
