"""Listing: stable order, hidden files, circles, links, names."""

import os
from pathlib import Path

import pytest

from assembly_extract.sources import Input, Reading, Selection, Skipped, Unreachable, walk


def make(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return root


def listed(*paths, selection=None):
    reading = Reading(selection or Selection())
    return [found.name for found in walk(paths, reading) if isinstance(found, Input)]


def test_order_is_that_of_the_relative_paths(tmp_path):
    files = ["a/z.txt", "a-b.txt", "a.txt", "Z.txt", "ก/1.txt", "ก.txt", "a/b/c.txt", "10.txt"]
    make(tmp_path, *files)
    assert listed(tmp_path) == sorted(files)


def test_hidden_files_and_other_kinds_are_left_out(tmp_path):
    make(tmp_path, ".git/a.txt", ".a.txt", "a.TXT", "b.html", "photo.jpg", "noise")
    assert listed(tmp_path) == ["a.TXT", "b.html"]
    skipped = [os.path.basename(f.path) for f in walk([tmp_path]) if isinstance(f, Skipped)]  # noqa: PTH119
    assert skipped == ["noise", "photo.jpg"]


def test_a_file_given_by_itself_is_read_whatever_it_is_called(tmp_path):
    make(tmp_path, ".hidden", "noise")
    assert listed(tmp_path / ".hidden", tmp_path / "noise") == [".hidden", "noise"]


def test_circles_end_and_links_are_followed(tmp_path):
    make(tmp_path, "real/a.txt")
    (tmp_path / "real" / "circle").symlink_to(tmp_path)
    (tmp_path / "twin").symlink_to(tmp_path / "real")
    assert listed(tmp_path) == ["real/a.txt", "twin/a.txt"]


def test_a_broken_link_is_a_failure_not_an_end(tmp_path):
    make(tmp_path, "b.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    broken, fine = walk([tmp_path])
    assert isinstance(broken, Unreachable)
    assert broken.name == "a.txt"
    assert isinstance(fine, Input)


def test_a_link_to_itself_costs_no_other_file(tmp_path):
    make(tmp_path, "b.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "folder").symlink_to(tmp_path / "folder")
    endless, fine = walk([tmp_path])
    assert isinstance(endless, Unreachable)
    assert endless.failure.hint
    assert isinstance(fine, Input)


@pytest.mark.parametrize("kind", [str, Path])
def test_one_path_need_not_be_in_a_list(tmp_path, kind):
    make(tmp_path, "a.txt", "b/c.txt")
    assert [found.name for found in walk(kind(tmp_path))] == ["a.txt", "b/c.txt"]


def test_pipes_in_a_folder_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert listed(tmp_path) == []


def test_a_file_is_read_once(tmp_path):
    make(tmp_path, "a.txt", "b.txt")
    assert listed(tmp_path / "b.txt", tmp_path, tmp_path) == ["b.txt", "a.txt"]


def test_two_files_never_share_a_name(tmp_path):
    make(tmp_path, "x/news/a.txt", "y/news/a.txt", "z/a.txt")
    given = [tmp_path / "x/news", tmp_path / "y/news", tmp_path / "z/a.txt"]
    assert listed(*given) == ["a.txt", "news/a.txt", "z/a.txt"]


def test_names_that_are_no_utf8_can_be_written_as_json(tmp_path):
    raw = os.fsencode(tmp_path) + b"/\xa2\xe8\xd2\xc7.txt"
    try:
        os.close(os.open(raw, os.O_CREAT))
    except OSError:
        pytest.skip("this file system wants UTF-8 names")
    (found,) = walk([tmp_path])
    assert found.name == r"\xa2\xe8\xd2\xc7.txt"
    assert os.path.exists(found.path)  # noqa: PTH110


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(include=("2020/*",)), ["2020/a.txt", "2020/b.dat", "2020/x/c.txt"]),
        (Selection(include=("*.dat",)), ["2020/b.dat"]),
        (Selection(exclude=("2020/*",)), ["2021/a.txt"]),
        (Selection(include=("a.*",), exclude=("2021/*",)), ["2020/a.txt"]),
    ],
)
def test_globs(tmp_path, selection, expected):
    make(tmp_path, "2020/a.txt", "2020/b.dat", "2020/x/c.txt", "2021/a.txt")
    assert listed(tmp_path, selection=selection) == expected


GLOBBED = ["a.txt", "2020/b.txt", "2020/c.dat", "2020/x/d.txt", "2021/e.html", ".h/z.txt"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("data/**/*.txt", ["2020/b.txt", "2020/x/d.txt", "a.txt"]),
        ("data/*", ["2020/b.txt", "2020/x/d.txt", "2021/e.html", "a.txt"]),
        ("data/202?", ["2020/b.txt", "2020/x/d.txt", "2021/e.html"]),
        ("data/*/*.dat", ["2020/c.dat"]),
        ("data/2020/*.txt", ["b.txt"]),
        ("data/*/x/**", ["2020/x/d.txt"]),
        ("*/2021/*.html", ["data/2021/e.html"]),
        ("data/[ab].txt", ["a.txt"]),
    ],
)
def test_globs_that_no_shell_has_replaced(tmp_path, monkeypatch, pattern, expected):
    make(tmp_path / "data", *GLOBBED)
    monkeypatch.chdir(tmp_path)
    assert listed(pattern) == expected
    assert listed(tmp_path / pattern) == expected


def test_a_glob_and_the_selection(tmp_path):
    make(tmp_path, *GLOBBED)
    selection = Selection(exclude=("*/x/*",))
    assert listed(tmp_path / "**/*.txt", selection=selection) == ["2020/b.txt", "a.txt"]


def test_a_glob_names_tables(tmp_path):
    (tmp_path / "t.csv").write_text("id,text\n7,ข่าว\n", encoding="utf-8")
    assert listed(tmp_path / "*.csv") == ["t.csv#7"]


def test_a_glob_that_nothing_matches(tmp_path):
    make(tmp_path, "a.txt")
    (found,) = walk([tmp_path / "*.html"])
    assert isinstance(found, Unreachable)
    assert found.missing
    assert found.failure.reason == "no file matches"


def test_a_file_whose_name_is_a_glob(tmp_path):
    make(tmp_path, "news[1].txt", "news1.txt")
    assert listed(tmp_path / "news[1].txt") == ["news[1].txt"]
