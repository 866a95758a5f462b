"""The documentation says what the program does, and links to what exists."""

import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from assembly_extract import Extractor
from assembly_extract.cli import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


@pytest.fixture(scope="module")
def builder():
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts" / "build_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["docs/cli.md", "docs/record.md", "README.md"])
def test_generated_pages_are_as_the_program_is(builder, name):
    path = ROOT / name
    assert builder.pages()[path] == path.read_text(encoding="utf-8"), "run: make docs"


def test_the_readmes_jq_line_gives_what_it_shows(builder):
    if shutil.which("jq") is None:
        pytest.skip("no jq here")
    program = re.search(r"jq '(\{title.*?\})' records\.jsonl", README, re.DOTALL)[1]
    (record,) = Extractor().records([ROOT / builder.EXAMPLE])
    result = subprocess.run(
        ["jq", program], input=record.to_json(), capture_output=True, text=True, check=True
    )
    assert json.loads(result.stdout) == builder.example_excerpt(record)


def test_the_readmes_article_is_the_fixture(builder):
    shown = re.search(r"```text\n(.*?)\n```", README, re.DOTALL)[1]
    article = (ROOT / builder.EXAMPLE).read_text(encoding="utf-8")
    for line in filter(None, shown.split("\n")):
        assert line.removesuffix(" …") in article


def test_the_readmes_python_runs(tmp_path, monkeypatch):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("ข่าวน้ำ\n\nนายสมชาย ใจดี กล่าวเปิดงาน\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code = next(
        block
        for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL)
        if "Config" in block
    )
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own example


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_every_command_and_target_the_documents_name_exists():
    commands = set(typer.main.get_command(app).commands)
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"assembly-extract ([a-z]+(?:-[a-z]+)?)\b", text))
        assert named - commands - {"developers"} == set()
        assert set(re.findall(r"\bmake ([a-z]+)`", text)) <= targets
