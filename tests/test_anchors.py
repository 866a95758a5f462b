"""``--anchor``: days from outside the page, used only where asked for and where the page has none."""

import gzip
import io
import json
import os
import tarfile
import zipfile
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from assembly_extract import Config, extract
from assembly_extract.batch import engine
from assembly_extract.cli import app
from assembly_extract.errors import ConfigError
from assembly_extract.sources import Input, read_input, walk

TEXT = "ชาวบ้านปลูกป่าชายเลน\n\nวันนี้ชาวบ้านร่วมปลูกป่าชายเลน และนัดกันอีกครั้งวันที่ 20 ธ.ค. ที่ศาลาวัด\n"
NOON = datetime(2023, 8, 15, 5, tzinfo=UTC).timestamp()


def run_cli(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def records(*args):
    done = run_cli("extract", *args)
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def article(path, text=TEXT, changed=NOON):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (changed, changed))
    return path


def anchors_in(path, kind):
    """The anchor of each input under a path, by its name."""
    return {i.name: read_input(i, None, kind).anchor for i in walk([path]) if isinstance(i, Input)}


def dates(record):
    return {date["edtf"]: (date["basis"], date["anchor"]) for date in record["dates"]}


def test_nothing_is_taken_from_outside_unless_asked_for(tmp_path):
    path = article(tmp_path / "2023/08/15/x.txt")
    (record,) = records(path.parent)
    assert dates(record) == {"XXXX-12-20": ("explicit", None)}
    assert record == records(path.parent, "--anchor", "none")[0]


def test_words_lean_on_the_last_change(tmp_path):
    (record,) = records(article(tmp_path / "x.txt"), "--anchor", "mtime")
    anchored = ("anchored", "mtime 2023-08-15")
    assert dates(record) == {"2023-08-15": anchored, "2023-12-20": anchored}
    assert record["published"] is None


@pytest.mark.parametrize(
    "name", ["2023/08/15/x.txt", "2566-08-15_x.txt", "20230815.txt", "a/25660815-12.txt"]
)
def test_words_lean_on_the_path(tmp_path, name):
    article(tmp_path / "news" / name, changed=0)
    (record,) = records(tmp_path / "news", "--anchor", "path")
    assert dates(record)["2023-12-20"] == ("anchored", "path 2023-08-15")
    assert record["published"] is None


def test_a_folder_given_by_its_dated_name_counts(tmp_path):
    path = article(tmp_path / "2023/08/15/x.txt")
    (record,) = records(path.parent, "--anchor", "path")
    assert record["source"]["path"] == "x.txt"
    assert dates(record)["2023-12-20"] == ("anchored", "path 2023-08-15")


def test_the_page_goes_before_the_anchor(tmp_path):
    dated = article(tmp_path / "20190101_a.txt", f"{TEXT}\nเผยแพร่เมื่อวันที่ 5 มกราคม 2564\n")
    (plain,) = records(dated)
    (record,) = records(dated, "--anchor", "path")
    assert plain["published"]["edtf"] == "2021-01-05"
    assert record["published"] == plain["published"]
    assert record["dates"] == plain["dates"]


def test_an_event_with_its_year_goes_before_the_anchor(tmp_path):
    text = "ปลูกป่าชายเลน\n\nเมื่อวันที่ 5 มีนาคม 2564 ที่ศาลาวัด ชาวบ้านประชุม\nจะปลูกวันที่ 20 เม.ย.\n"
    (record,) = records(article(tmp_path / "20190101_a.txt", text), "--anchor", "path")
    assert set(dates(record)) == {"2021-03-05", "2021-04-20"}


def test_the_record_names_it_also_where_another_day_stands_between(tmp_path):
    text = "ปลูกป่า\n\nวันนี้ (12 ก.พ.) เวลา 09.00 น. ที่ศาลาวัด ชาวบ้านร่วมปลูกป่า\n"
    (record,) = records(article(tmp_path / "2566-02-15.txt", text), "--anchor", "path")
    assert dates(record) == {"2023-02-12": ("anchored", "path 2023-02-15")}
    assert record["date"] == record["dates"][0]


def test_the_anchor_goes_before_the_reference_date(tmp_path):
    with_day, without = article(tmp_path / "20230815.txt"), article(tmp_path / "b.txt")
    options = ("--anchor", "path", "--reference-date", "2019-01-01")
    found = [dates(record) for record in records(with_day, without, *options)]
    assert found[0]["2023-12-20"] == ("anchored", "path 2023-08-15")
    assert found[1]["2018-12-20"] == ("anchored", "reference_date")


def test_members_of_archives_have_times_of_their_own(tmp_path):
    zipped, tarred = tmp_path / "a.zip", tmp_path / "a.tar"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr(zipfile.ZipInfo("told.txt", (2023, 8, 15, 9, 0, 0)), TEXT)
        archive.writestr(zipfile.ZipInfo("unset.txt"), TEXT)
    data = TEXT.encode()
    with tarfile.open(tarred, "w") as archive:
        for name, changed in (("told.txt", NOON), ("unset.txt", 0)):
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), int(changed)
            archive.addfile(info, io.BytesIO(data))
    for path in (zipped, tarred):
        assert anchors_in(path, "mtime") == {
            f"{path.name}/told.txt": "mtime 2023-08-15",
            f"{path.name}/unset.txt": None,
        }


def test_a_compressed_file_has_its_own_time(tmp_path):
    path = tmp_path / "x.txt.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    os.utime(path, (NOON, NOON))
    assert set(anchors_in(path, "mtime").values()) == {"mtime 2023-08-15"}


def test_rows_of_a_table_have_a_path_only(tmp_path):
    path = tmp_path / "rows.jsonl"
    rows = [{"id": "2566-08-15/7", "text": TEXT}, {"id": "8", "text": TEXT}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert set(anchors_in(path, "mtime").values()) == {None}
    assert list(anchors_in(path, "path").values()) == ["path 2023-08-15", None]


def test_standard_input_has_no_time():
    found = CliRunner().invoke(app, ["extract", "-", "--anchor", "mtime"], input=TEXT)
    assert dates(json.loads(found.stdout)) == {"XXXX-12-20": ("explicit", None)}


def test_the_day_is_part_of_what_resume_compares(tmp_path, monkeypatch):
    news, out = tmp_path / "news", tmp_path / "out.jsonl"
    for number in range(4):
        article(news / f"{number}.txt")
    again = ("extract", news, "-o", out, "--anchor", "mtime", "--resume")
    run_cli(*again)
    first = out.read_bytes()
    done = []
    attempt = engine.attempt
    monkeypatch.setattr(
        engine, "attempt", lambda make, raw: done.append(raw.path) or attempt(make, raw)
    )
    run_cli(*again)
    assert (done, out.read_bytes()) == ([], first)
    article(news / "2.txt", changed=NOON + 40 * 86400)
    run_cli(*again)
    assert done == ["2.txt"]
    assert "mtime 2023-09-24" in out.read_text(encoding="utf-8")


def test_the_same_for_any_number_of_workers(tmp_path):
    for number in range(5):
        article(tmp_path / "news" / f"{number}.txt", changed=NOON + number * 86400)
    one, two = (
        run_cli("extract", tmp_path / "news", "--anchor", "mtime", "-j", jobs).stdout
        for jobs in (1, 2)
    )
    assert one == two
    assert "mtime 2023-08-19" in one


def test_explain_names_the_anchor(tmp_path):
    shown = run_cli("explain", article(tmp_path / "x.txt"), "--anchor", "mtime").stdout
    assert "anchored by mtime 2023-08-15" in shown


def test_the_library_takes_it_too(tmp_path):
    record = extract(article(tmp_path / "x.txt"), Config(anchor="mtime"))
    assert {date.anchor for date in record.dates} == {"mtime 2023-08-15"}
    with pytest.raises(ConfigError, match="there are none, mtime, path"):
        Config(anchor="clock")
    assert run_cli("extract", tmp_path, "--anchor", "clock").exit_code == 2
