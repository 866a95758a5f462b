"""Themes of the user's own: listed, checked, used, and part of what makes a record."""

import json

import pytest
from typer.testing import CliRunner

from assembly_extract import Config
from assembly_extract.cli import app
from assembly_extract.errors import ConfigError

OWN = """
[[theme]]
id = "kites"
th = "ว่าวไทย"
en = "Kites"
cap = 23
sdg = [11]
terms = ["ว่าวจุฬา", "ว่าวปักเป้า"]
positive = ["เด็ก ๆ เล่นว่าวจุฬากลางทุ่ง"]
negative = ["ว่ากันว่าอากาศดี"]
"""
ARTICLE = "เทศกาลว่าวจุฬาและว่าวปักเป้า\n\nชาวบ้านร่วมเล่นว่าวจุฬาและว่าวปักเป้ากลางทุ่งนาหลังฤดูเก็บเกี่ยว\n"


def run_cli(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_the_packages_themes_are_listed():
    result = run_cli("themes")
    assert result.exit_code == 0
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert len(rows) >= 40
    assert all(len(row) == 6 and row[0] and row[1] and row[2] for row in rows)


def test_own_themes_are_listed_and_checked(own):
    result = run_cli("themes", "--themes", own)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "kites\tว่าวไทย\tKites\t23\t11\t2\n"
    own.write_text(OWN.replace("เด็ก ๆ เล่นว่าวจุฬากลางทุ่ง", "เด็ก ๆ เล่นน้ำ"), encoding="utf-8")
    result = run_cli("themes", "--themes", own)
    assert result.exit_code == 1
    assert "kites: not found in its positive example" in result.stderr


def test_own_themes_are_found_in_articles(own, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    without, with_own = (
        json.loads(run_cli("extract", article, *more).stdout) for more in ((), ("--themes", own))
    )
    assert "kites" not in {theme["id"] for theme in without["themes"]}
    assert with_own["themes"][0]["id"] == "kites"
    assert "ว่าวไทย / Kites" in run_cli("explain", article, "--themes", own).stdout


def test_a_file_counts_by_its_content(own):
    first = Config(themes=str(own)).digest
    copy = own.with_name("copy.toml")
    copy.write_text(OWN, encoding="utf-8")
    assert Config(themes=str(copy)).digest == first
    own.write_text(OWN + "\n", encoding="utf-8")
    assert Config(themes=str(own)).digest != first
    assert Config().digest != first


def test_files_that_cannot_be_used_stop_the_run_at_once(own, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    missing = run_cli("extract", article, "--themes", tmp_path / "none.toml")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "none.toml: no such file" in missing.stderr
    own.write_text("[[theme]]\nid = 'x'\n", encoding="utf-8")
    for command in (("themes",), ("extract", article), ("explain", article)):
        result = run_cli(*command, "--themes", own)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "own.toml" in result.stderr
    with pytest.raises(ConfigError, match=r"none\.toml"):
        _ = Config(themes=str(tmp_path / "none.toml")).digest
