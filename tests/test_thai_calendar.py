"""The Thai calendar: arithmetic as properties, whole dates as a table."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.resources import parse_tsv
from assembly_extract.thai_calendar import (
    alternatives,
    clock_time,
    closest_month,
    is_day,
    is_old_new_year,
    month_length,
    month_number,
    month_pattern,
    month_words,
    year_of,
)
from assembly_extract.written_dates import find_full_date

CASES = Path(__file__).parent / "cases"
COLUMNS = ("text", "date", "time", "weekday")
ROWS = list(
    parse_tsv((CASES / "dates_whole.tsv").read_text(encoding="utf-8"), "dates_whole.tsv", COLUMNS)
)


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_whole_date(row: dict[str, str]) -> None:
    found = find_full_date(row["text"])
    if row["date"] == "-":
        assert found is None
        return
    assert found is not None
    assert found.date == row["date"]
    assert (found.time or "-") == row["time"]
    assert str(found.weekday or "-") == row["weekday"]
    assert row["text"][found.start : found.end].strip()


@given(st.integers(1800, 2156))
def test_years_of_both_eras_mean_the_same(year: int) -> None:
    assert year_of(str(year + 543), "BE") == (year, "BE")
    assert year_of(str(year), "CE") == (year, "CE")
    if year + 543 >= 2300:
        assert year_of(str(year + 543)) == (year, "BE")


@given(st.integers(0, 99))
def test_two_digits_are_of_the_buddhist_century(short: int) -> None:
    assert year_of(f"{short:02}") == (2500 + short - 543, "BE")
    assert year_of(f"{short:02}", "CE") == (2000 + short, "CE")


@pytest.mark.parametrize("digits", ["1234", "2250", "9999", "123", "5"])
def test_no_year(digits: str) -> None:
    assert year_of(digits) is None


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 31))
def test_days_exist_as_in_the_calendar(year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
    except ValueError:
        assert not is_day(year, month, day)
    else:
        assert is_day(year, month, day)
        assert day <= month_length(year, month)


def test_29_february_exists_where_the_year_is_unknown() -> None:
    assert is_day(None, 2, 29)
    assert not is_day(2023, 2, 29)
    assert not is_day(None, 2, 30)


def test_the_thai_new_year_moved_in_1941() -> None:
    assert is_old_new_year(1932, 2)
    assert not is_old_new_year(1932, 6)
    assert not is_old_new_year(1941, 1)


@pytest.mark.parametrize("word", month_words())
def test_every_month_word_is_matched_and_known(word: str) -> None:
    found = re.fullmatch(month_pattern(), word)
    assert found is not None
    assert 1 <= month_number(word) <= 12


@pytest.mark.parametrize("name", month_words("full"))
def test_a_swapped_letter_keeps_the_month(name: str) -> None:
    number = month_number(name)
    assert closest_month(name) == number
    assert closest_month(name[:2] + name[3] + name[2] + name[4:]) == number


@pytest.mark.parametrize("word", ["มาตรการ", "กองทัพ", "โครงการ", "เกษตรกร", "สมาชิก"])
def test_other_words_are_no_month(word: str) -> None:
    assert closest_month(word) is None


@given(st.lists(st.text("กขคงabc.", min_size=1, max_size=6), min_size=1, max_size=12))
def test_alternatives_match_their_words_longest_first(words: list[str]) -> None:
    pattern = re.compile(alternatives(words))
    for word in words:
        found = pattern.match(word + "ง")
        assert found is not None
        longest = max((w for w in words if (word + "ง").startswith(w)), key=len)
        assert found[0] == longest


@given(st.integers(0, 23), st.integers(0, 59))
def test_clock_times(hour: int, minute: int) -> None:
    assert clock_time(str(hour), f"{minute:02}") == f"{hour:02}:{minute:02}"
    assert clock_time(str(hour), "60") is None
