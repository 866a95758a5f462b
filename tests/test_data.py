"""Every data file has a source and a licence, is NFC text, and loads."""

import re
import unicodedata
from pathlib import Path

import pytest

from assembly_extract.resources import data_file, read_toml, sources

ROOT = Path(str(data_file("SOURCES.toml"))).parent
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.rglob("*")
    if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".py"
)
TEXTS = [name for name in FILES if name.endswith((".toml", ".tsv", ".txt"))]
KEYS = {"origin", "licence", "date", "script", "url", "note", "sha256", "version"}


@pytest.mark.parametrize("name", FILES)
def test_every_file_has_its_source(name):
    if name == "SOURCES.toml":
        return
    folders = [f"{parent.as_posix()}/" for parent in Path(name).parents]
    assert name in sources() or any(folder in sources() for folder in folders)


@pytest.mark.parametrize("name", sorted(sources()))
def test_every_source_has_its_file_and_facts(name):
    entry = sources()[name]
    assert (ROOT / name).exists()
    assert entry["origin"]
    assert entry["licence"]
    assert set(entry) <= KEYS
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(entry["date"]))
    if "script" in entry:
        home = ROOT.parents[2]
        assert not (home / "pyproject.toml").exists() or (home / entry["script"]).is_file()


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_nfc_and_tidy(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith("\n")
    assert "\r" not in text
    assert "\ufeff" not in text


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".toml")])
def test_toml_files_load(name):
    assert read_toml(name)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".tsv")])
def test_tables_have_even_rows(name):
    lines = [
        line
        for line in (ROOT / name).read_text(encoding="utf-8").split("\n")
        if line.strip() and not line.startswith("#")
    ]
    width = len(lines[0].split("\t"))
    assert [line for line in lines if len(line.split("\t")) != width] == []
    assert len(lines) == len(set(lines))
