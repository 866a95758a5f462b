"""Whole invented articles of many shapes, through the whole pipeline: organisations out."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from assembly_extract import Extractor
from assembly_extract.sources import article_from_text

CASES = tomllib.loads(
    (Path(__file__).parent / "cases" / "organisations_articles.toml").read_text(encoding="utf-8")
)["article"]


@cache
def extractor() -> Extractor:
    return Extractor()


MOST_WRONG = 4
"""So many of one article's bodies, missed or false, are taken: the tagger's reading changes with
its weights, what lists and grammar read does not."""
LEAST = 0.93
"""Precision and recall over all articles."""


@cache
def outcome(number: int) -> tuple[set[str], set[str]]:
    """Return the bodies that an article has, and those that were found."""
    case = CASES[number]
    record = extractor().record(article_from_text(case["text"].strip() + "\n"))
    found = {
        f"{body.name} = {body.abbreviation}"
        if body.abbreviation and body.abbreviation != body.name
        else body.name
        for body in record.organisations
    }
    return set(case["organisations"]), found


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["shape"] for case in CASES])
def test_organisations_of_an_article(number: int) -> None:
    expected, found = outcome(number)
    assert len(expected ^ found) <= MOST_WRONG, (expected - found, found - expected)


def test_most_are_right() -> None:
    outcomes = [outcome(number) for number in range(len(CASES))]
    right = sum(len(expected & found) for expected, found in outcomes)
    assert right / sum(len(found) for _, found in outcomes) >= LEAST
    assert right / sum(len(expected) for expected, _ in outcomes) >= LEAST
