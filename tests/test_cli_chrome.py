"""Chrome learnt from an archive, and used: the command, the option, the record."""

import json

import pytest
from typer.testing import CliRunner

from assembly_extract import Config
from assembly_extract.cli import app

SLOGAN = "ลุ่มน้ำของเรา บ้านของเรา"
TOWNS = [f"บ้าน{first}{last}" for first in ("หนอง", "ดอน", "โคก", "นา") for last in
         ("ใหญ่", "น้อย", "กลาง", "เหนือ", "ใต้", "ตะวัน", "สวรรค์", "ทราย", "หลวง", "คู่")]  # fmt: skip


def run_cli(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    for number, town in enumerate(TOWNS):
        (folder / f"{number:02}.txt").write_text(
            f"ข่าวคนริมน้ำ - ชาว{town}ปลูกป่ารอบอ่างเก็บน้ำ\n\n"
            f"ชาว{town}ร่วมกันปลูกป่าชุมชนรอบอ่างเก็บน้ำ {number + 3} ไร่ มีเยาวชนเข้าร่วมและจะดูแลต่อเนื่องสามปี\n"
            f"ผู้ใหญ่{town}กล่าวว่า จะขยายพื้นที่อีก {number + 20} ไร่ในปีหน้า และตั้งกติกาการใช้น้ำร่วมกัน\n"
            f"{SLOGAN}\n",
            encoding="utf-8",
        )
    return folder


def test_what_is_learnt_is_removed(archive, tmp_path):
    learnt = tmp_path / "chrome.toml"
    result = run_cli("learn-chrome", archive, "-o", learnt)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"learnt from {len(TOWNS)} articles" in result.stderr
    assert SLOGAN in learnt.read_text(encoding="utf-8")
    assert run_cli("learn-chrome", archive).stdout == learnt.read_text(encoding="utf-8")
    lines = run_cli("extract", archive, "--chrome", learnt).stdout.splitlines()
    for line, town in zip(lines, TOWNS, strict=True):
        record = json.loads(line)
        assert SLOGAN not in record["text"]
        assert SLOGAN in [piece["text"].strip() for piece in record["removed"]]
        assert record["title"] == f"ชาว{town}ปลูกป่ารอบอ่างเก็บน้ำ"
        assert f"ผู้ใหญ่{town}กล่าวว่า" in record["text"]


def test_the_files_content_is_part_of_the_configuration(archive, tmp_path):
    learnt = tmp_path / "chrome.toml"
    run_cli("learn-chrome", archive, "-o", learnt)
    before = Config(chrome=str(learnt)).digest
    assert before != Config().digest
    learnt.write_text("# nothing\n", encoding="utf-8")
    assert Config(chrome=str(learnt)).digest != before


def test_nothing_to_learn_from(tmp_path):
    assert run_cli("learn-chrome", tmp_path).exit_code == 2
    assert run_cli("learn-chrome").exit_code == 2


def test_a_file_that_is_none(archive, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("= 1", encoding="utf-8")
    result = run_cli("extract", archive, "--chrome", bad)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "bad.toml" in result.stderr


def test_an_unknown_model(archive):
    result = run_cli("extract", archive, "--model", "best")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no model named 'best'" in result.stderr
