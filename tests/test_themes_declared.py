"""Declared issues: cases written for the project, and properties of every phrase found."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly_extract.recognise.themes.declared import MOST_ISSUES, declared_issues
from assembly_extract.recognise.themes.issues import LONGEST, SHORTEST
from assembly_extract.resources import parse_tsv
from assembly_extract.vocabulary import default_vocabulary

FILE = Path(__file__).parent / "cases" / "themes_declared.tsv"
CASES = [
    (row["set"], row["text"].replace("\\n", "\n"), [p for p in row["issues"].split(" | ") if p])
    for row in parse_tsv(FILE.read_text(encoding="utf-8"), FILE.name, ("set", "text", "issues"))
]


def found(text: str) -> list[str]:
    issues = declared_issues(text, default_vocabulary().find(text))
    return [text[issue.start : issue.end] for issue in issues]


@pytest.mark.parametrize(
    ("text", "issues"), [(text, issues) for kind, text, issues in CASES if kind == "dev"]
)
def test_cases(text: str, issues: list[str]) -> None:
    assert found(text) == issues


def test_cases_kept_aside() -> None:
    cases = [(set(found(text)), set(issues)) for kind, text, issues in CASES if kind == "aside"]
    right = sum(len(got & wanted) for got, wanted in cases)
    f1 = 2 * right / sum(len(got) + len(wanted) for got, wanted in cases)
    assert (len(CASES), len(cases)) == (120, 30)
    assert f1 >= 0.85


@pytest.mark.parametrize(
    ("text", "extra"),
    [
        (
            "ตามมติสมัชชาสุขภาพแห่งชาติ ครั้งที่ 14 มติ 3 การจัดการขยะชุมชน",
            {
                "assembly": "สมัชชาสุขภาพแห่งชาติ",
                "level": "national",
                "session": 14,
                "ordinal": 3,
            },
        ),
        (
            "สมัชชาสุขภาพจังหวัดน่าน ครั้งที่ ๒ มติ 1 เรื่อง คลองสะอาด",
            {
                "assembly": "สมัชชาสุขภาพจังหวัดน่าน",
                "level": "provincial",
                "session": 2,
                "ordinal": 1,
            },
        ),
        ("แผนพัฒนาการศึกษาแห่งชาติ ฉบับที่ 12", {"edition": 12}),
        ("ยุทธศาสตร์ที่ 2 การลดอุบัติเหตุ", {"ordinal": 2}),
    ],
)
def test_what_the_form_tells(text: str, extra: dict[str, object]) -> None:
    (issue,) = declared_issues(text, default_vocabulary().find(text))
    assert dict(issue.extra) == extra


PIECES = [text for _, text, _ in CASES]
SIGNS = '“”"‘’()[],.:;-–• \n12๓.'


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(SIGNS, max_size=6)), max_size=6))
def test_any_mixture_gives_clean_phrases(pieces: list[str]) -> None:
    text = "".join(pieces)
    issues = declared_issues(text, default_vocabulary().find(text))
    assert len(issues) <= MOST_ISSUES
    for before, after in pairwise(issues):
        assert before.end <= after.start
    for issue in issues:
        words = text[issue.start : issue.end]
        assert words == words.strip()
        assert "\n" not in words
        assert SHORTEST <= len(words) <= LONGEST


def test_a_long_run_of_cues_stays_within_bounds() -> None:
    text = 'โครงการ "' * 2000 + "3 ประเด็น ได้แก่ " * 1000
    assert len(declared_issues(text, default_vocabulary().find(text))) <= MOST_ISSUES
