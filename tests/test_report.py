"""The report page as text: what is in it, what must not be, and the command that writes it."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys

import pytest

from assembly_extract import models
from assembly_extract.report import write_report
from sample_records import HOSTILE, RECORDS


def data_of(text: str) -> dict:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    return json.loads(block[1])


def test_records_are_one_block_that_markup_cannot_leave(tmp_path):
    write_report(RECORDS, tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert [a["title"] for a in data_of(text)["articles"]] == [r.title for r in RECORDS]
    assert HOSTILE[0] not in text
    assert text.count("<script") == 3


def test_policy_allows_only_what_the_page_brings(tmp_path):
    write_report(RECORDS, tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "http:" not in policy
    assert "https:" not in policy
    assert not re.search(r'(?:src|href)="https?:', text)


def test_a_larger_archive_says_what_is_missing(tmp_path):
    shown = write_report(RECORDS, tmp_path / "r.html", limit=2)
    assert (shown.articles, shown.total) == (2, len(RECORDS))
    data = data_of((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert (len(data["articles"]), data["total"]) == (2, len(RECORDS))


def test_every_province_has_an_outline_and_a_name(tmp_path):
    write_report([], tmp_path / "r.html")
    data = data_of((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert data["outlines"].keys() == data["provinces"].keys()
    assert len(data["outlines"]) == 77


@pytest.mark.parametrize(
    ("role", "body", "own"),
    [
        ("รองปลัดกระทรวงมหาดไทย", "กระทรวงมหาดไทย", True),
        ("นายกรัฐมนตรีและรัฐมนตรีว่าการกระทรวงกลาโหม", "สำนักนายกรัฐมนตรี", True),
        ("รัฐมนตรีว่าการกระทรวงการคลัง", "คณะรัฐมนตรี", True),
        ("ประธาน", "กรมประมง", False),
        ("รองอธิบดีกรมประมง", "กรมป่าไม้", False),
    ],
)
def test_a_body_that_a_person_belongs_to_is_told_apart(role, body, own, tmp_path):
    person = (
        RECORDS[0]
        .people[0]
        .model_copy(update={"posts": [models.Post(role=role, organisation=None)]})
    )
    organisation = models.Organisation(
        id="o1", name=body, abbreviation=None, kind=None, parent=None, mentions=[]
    )
    record = RECORDS[0].model_copy(update={"people": [person], "organisations": [organisation]})
    write_report([record], tmp_path / "r.html")
    (article,) = data_of((tmp_path / "r.html").read_text(encoding="utf-8"))["articles"]
    assert article["own"] == ([[person.name, body]] if own else [])


def test_the_command(tmp_path):
    records = tmp_path / "records.jsonl"
    records.write_text("".join(r.to_json() + "\n" for r in RECORDS), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "assembly_extract", "report", records, "-o", tmp_path / "r.html"],
        capture_output=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    assert (tmp_path / "r.html").stat().st_size > 100_000
