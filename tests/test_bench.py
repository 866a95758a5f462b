"""``make bench``: it knows every benchmark, and says what it leaves out and why."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture
def runner(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.delitem(sys.modules, "run", raising=False)
    import run  # noqa: PLC0415 - lies in no package

    yield run
    del sys.modules["run"]


def test_every_benchmark_is_in_the_list(runner):
    scripts = {path.stem for path in BENCH.glob("*.py")} - {"run"}
    assert {benchmark.name for benchmark in runner.BENCHMARKS} == scripts


def test_reasons_to_leave_one_out(runner):
    needy = runner.Benchmark("x", "", needs=("json", "no_such_peer"))
    assert runner.why_not(needy, None) == "needs no_such_peer: pip install -e '.[bench]'"
    sampled = runner.Benchmark("x", "", (runner.SAMPLE,))
    assert "give --sample FOLDER" in runner.why_not(sampled, None)
    assert runner.why_not(sampled, Path()) == ""


def test_what_is_left_out_is_said_and_is_no_failure(runner, monkeypatch, capsys):
    monkeypatch.setattr(runner, "ARCHIVE", Path("absent.tar.xz"))
    monkeypatch.setattr(sys, "argv", ["run.py", "themes"])
    runner.main()
    assert "left out: it needs the sample of articles" in capsys.readouterr().out


def test_an_unknown_name_is_refused():
    command = [sys.executable, str(BENCH / "run.py"), "speed"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no benchmark is called speed; there are cost, dates" in done.stderr
