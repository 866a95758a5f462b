"""The vocabulary in its formats: what is written can be read back."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from assembly_extract.vocabulary import default_vocabulary, read_themes
from assembly_extract.vocabulary_formats import FORMATS

THEMES = list(default_vocabulary().themes.values())


def written(form: str) -> str:
    return "\n".join(FORMATS[form](THEMES))


def test_toml_is_a_themes_file():
    assert list(read_themes(written("toml"))) == THEMES


def test_json_holds_every_theme_and_its_codes():
    rows = json.loads(written("json"))
    assert [(r["id"], r["cap"], r["terms"]) for r in rows] == [
        (t.id, t.cap, list(t.terms)) for t in THEMES
    ]


def test_skos_names_every_theme_under_its_topic():
    text = written("skos")
    assert len(re.findall(r"^theme:\S+ a skos:Concept", text, re.MULTILINE)) == len(THEMES)
    assert set(re.findall(r"skos:broader cap:(\d+)", text)) <= set(
        re.findall(r"^cap:(\d+) a skos:Concept", text, re.MULTILINE)
    )


def test_the_table_has_a_line_each():
    assert len(written("table").split("\n")) == len(THEMES)


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assembly_extract", "themes", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("positive", "status", "message"),
    [("เปิดตลาดนัดสีเขียววันเสาร์", 0, "all examples right"), ("ฝนตกหนัก", 1, "green_market")],
)
def test_check_tries_the_examples(positive, status, message, tmp_path):
    file = tmp_path / "my.toml"
    file.write_text(
        'cap = 4\nsource = "my own"\n[[theme]]\nid = "green_market"\nth = "ตลาดนัดสีเขียว"\n'
        'en = "Green markets"\nsdg = [2]\nterms = ["ตลาดนัดสีเขียว"]\n'
        f'positive = ["{positive}"]\nnegative = ["ฟุตบอลนัดแรก"]\n',
        encoding="utf-8",
    )
    done = run("--check", file)
    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr


def test_an_unknown_format_is_refused():
    done = run("-f", "xml")
    assert done.returncode == 2
    assert "skos" in done.stderr
