"""The configuration: what it refuses, its file, and how options go before it."""

import json

import pytest
from typer.testing import CliRunner

from assembly_extract import Config
from assembly_extract.cli import app
from assembly_extract.config import read_config
from assembly_extract.errors import ConfigError
from assembly_extract.types.columns import Columns


@pytest.mark.parametrize(
    "fields",
    [
        {"encoding": "thai-9000"},
        {"reference_date": "2024-02-30"},
        {"reference_date": "20240215"},
        {"reference_date": "15 ก.พ. 2567"},
    ],
)
def test_values_that_no_run_could_use(fields):
    with pytest.raises(ConfigError, match=r"try utf-8|write it like"):
        Config(**fields)


def test_every_choice_changes_the_digest(tmp_path):
    themes = tmp_path / "themes.toml"
    themes.write_text("# none\n", encoding="utf-8")
    chosen = [
        {},
        {"encoding": "cp874"},
        {"reference_date": "2024-02-15"},
        {"anchor": "mtime"},
        {"anchor": "path"},
        {"model": "accurate"},
        {"columns": Columns(text="body")},
        {"themes": str(themes)},
        {"chrome": str(themes)},
    ]
    assert len({Config(**fields).digest for fields in chosen}) == len(chosen)
    assert Config().digest == Config().digest


def test_a_file(tmp_path):
    path = tmp_path / "run.toml"
    path.write_text(
        'encoding = "cp874"\nreference_date = "2024-02-15"\nthemes = "own.toml"\n'
        '[columns]\ntext = "body"\n',
        encoding="utf-8",
    )
    assert read_config(str(path)) == Config(
        encoding="cp874",
        reference_date="2024-02-15",
        themes=str(tmp_path / "own.toml"),
        columns=Columns(text="body"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "encodig = 'cp874'",
            "no option 'encodig'; there are anchor, chrome, corrections, encoding",
        ),
        ("[columns]\nbody = 'a'", "no option 'body'; there are date, html, id"),
        ("columns = 'a'", "columns is no table"),
        ("reference_date = 2024-02-15", "write it in quotes"),
        ("reference_date = '2567'", "is no day"),
        ("= 1", "run.toml: "),
    ],
)
def test_files_with_faults(tmp_path, text, said):
    path = tmp_path / "run.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"run\.toml") as caught:
        read_config(str(path))
    assert said in str(caught.value)
    article = tmp_path / "a.txt"
    article.write_text("ข่าว", encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(article), "--config", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")


def test_options_go_before_the_file(tmp_path):
    path = tmp_path / "run.toml"
    path.write_text(
        "reference_date = '2024-02-15'\nencoding = 'utf-8'\n[columns]\ntext = 'a'\nid = 'n'\n",
        encoding="utf-8",
    )
    table = tmp_path / "t.jsonl"
    table.write_text('{"a": "ข่าวป่า", "b": "ข่าวน้ำ", "n": 7}\n', encoding="utf-8")
    arguments = ["extract", str(table), "--config", str(path)]
    record = json.loads(CliRunner().invoke(app, arguments).stdout)
    assert (record["text"], record["source"]["path"]) == ("ข่าวป่า", "t.jsonl#7")
    assert record["provenance"]["config"] == read_config(str(path)).digest
    record = json.loads(CliRunner().invoke(app, [*arguments, "--text-field", "b"]).stdout)
    assert (record["text"], record["source"]["path"]) == ("ข่าวน้ำ", "t.jsonl#7")
