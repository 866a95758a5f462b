"""The data loader says which file and row is wrong, and why."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from assembly_extract import resources
from assembly_extract.errors import DataFileError
from assembly_extract.resources import checked_nfc, installed_file, parse_toml, parse_tsv, read_text

HEADER = "term\tcode\n"


def rows(text, key=()):
    return list(parse_tsv(text, "mine.tsv", ("term", "code"), key))


def test_rows_by_column_name():
    assert rows(HEADER + "# note\n\nน่าน\t55\n") == [{"term": "น่าน", "code": "55"}]


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("", (), "mine.tsv: the first line must name the columns term, code"),
        ("code\tterm\nน่าน\t55\n", (), "the first line must name the columns"),
        (HEADER + "น่าน\n", (), "mine.tsv, line 2: 1 cells where 2 are expected"),
        (HEADER + "น่าน\t55\t\n", (), "line 2: 3 cells where 2"),
        (HEADER + "น่าน\t55\nแพร่\t54\nน่าน\t55\n", (), "line 4: repeats line 2"),
        (HEADER + "น่าน\t55\nน่าน\t56\n", ("term",), "line 3: repeats line 2"),
    ],
)
def test_faults_name_file_and_row(text, key, said):
    with pytest.raises(DataFileError, match=said):
        rows(text, key)


def test_rows_may_differ_in_one_column():
    assert len(rows(HEADER + "น่าน\t55\nน่าน\t56\n")) == 2


def test_text_that_is_not_nfc_is_named_by_line():
    text = "ก\n" + unicodedata.normalize("NFD", "é") + "\n"
    with pytest.raises(DataFileError, match=r"mine\.toml, line 2: not NFC"):
        checked_nfc(text, "mine.toml")


def test_malformed_toml_is_named():
    with pytest.raises(DataFileError, match=r"mine\.toml: .*line 1"):
        parse_toml("a = = 1", "mine.toml")


def test_missing_files_are_named():
    with pytest.raises(DataFileError, match=r"data/none\.toml"):
        read_text("none.toml")
    with pytest.raises(DataFileError, match="pythainlp: no file none; reinstall"):
        installed_file("pythainlp", "none")
    with pytest.raises(DataFileError, match="no_such_package: no file"):
        installed_file("no_such_package", "none")


def test_the_version_of_the_data_leaves_out_what_makes_no_record():
    """What a run reads is in the version; what is left out of it, no run reads."""
    code = (
        "import assembly_extract.resources as r, pathlib, sys\n"
        "real = r.data_file\n"
        "r.data_file = lambda name: (print(name), real(name))[1]\n"
        "from assembly_extract import Extractor\n"
        "sys.stderr.write(str(sum(1 for _ in Extractor().records(sys.argv[1:]))))\n"
    )
    fixtures = Path(__file__).parent.parent / "fixtures"
    done = subprocess.run(
        [sys.executable, "-c", code, fixtures], capture_output=True, check=True, text=True
    )
    read = set(done.stdout.split())
    assert int(done.stderr) > 10
    assert "titles.tsv" in read
    assert not [name for name in read if name.startswith(resources._NO_RECORDS)]
