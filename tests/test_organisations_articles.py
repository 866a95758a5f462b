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


@pytest.mark.parametrize("case", CASES, ids=[case["shape"] for case in CASES])
def test_organisations_of_an_article(case) -> None:
    record = extractor().record(article_from_text(case["text"].strip() + "\n"))
    found = {
        f"{body.name} = {body.abbreviation}"
        if body.abbreviation and body.abbreviation != body.name
        else body.name
        for body in record.organisations
    }
    expected = set(case["organisations"])
    assert expected - found == set(case.get("missed", ()))
    assert found - expected == set(case.get("false", ()))


def test_most_are_right() -> None:
    """What is still wrong may not grow beyond a tenth of what there is."""
    wrong = sum(len(case.get("missed", ())) + len(case.get("false", ())) for case in CASES)
    assert wrong <= sum(len(case["organisations"]) for case in CASES) / 10
