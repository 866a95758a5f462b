"""The list of bodies: every row is found in a sentence, and the facts are of the agreed kinds."""

from __future__ import annotations

from collections import Counter

import pytest

from assembly_extract.recognise.organisations import recognise_organisations
from assembly_extract.recognise.organisations.lexicon import (
    GRAMMAR,
    abbreviation_spellings,
    heads,
    known_spellings,
)
from assembly_extract.resources import read_toml, read_tsv
from assembly_extract.types.names import ORGANISATION_KINDS
from test_organisations import document

COLUMNS = ("name", "kind", "abbreviations", "ambiguous", "aliases", "attested")
ROWS = read_tsv("organisations.tsv", COLUMNS, key=("name",))


def cells(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def found(sentence: str) -> dict[str, tuple[str, ...]]:
    return {m.text: m.value.known for m in recognise_organisations(document(sentence))}


def test_kinds_are_the_documented_ones() -> None:
    kinds = {row["kind"] for row in ROWS} | {head.kind for head in heads()}
    assert kinds <= set(ORGANISATION_KINDS)


def test_attested_is_one_of_three() -> None:
    assert {row["attested"] for row in ROWS} <= {"brackets", "text", "general"}


def test_more_than_six_hundred_abbreviations_of_thai_bodies() -> None:
    thai = [
        short
        for row in ROWS
        if row["kind"] != "international"
        for short in cells(row["abbreviations"]) + cells(row["ambiguous"])
        if any("ก" <= letter <= "ฮ" for letter in short)
    ]
    assert len(thai) >= 600


def test_no_alias_is_another_body() -> None:
    names = Counter(row["name"] for row in ROWS)
    aliases = Counter(alias for row in ROWS for alias in cells(row["aliases"]))
    assert not [alias for alias in aliases if names[alias] or aliases[alias] > 1]


def test_every_name_is_found_as_its_body() -> None:
    # โดย ... จัดงาน: glued on both sides, as news writes it
    missed = [
        row["name"]
        for row in ROWS
        if found(f"งานนี้ร่วมกับ{row['name']} จัดขึ้น").get(row["name"]) != (row["name"],)
    ]
    assert missed == []


def test_every_sure_abbreviation_is_found() -> None:
    missed = [
        short
        for row in ROWS
        for short in cells(row["abbreviations"])
        if known_spellings()[short].sure and short not in found(f"งานนี้ร่วมกับ {short} ทุกปี")
    ]
    assert missed == []


def test_no_ambiguous_abbreviation_stands_alone() -> None:
    wrong = [
        short
        for row in ROWS
        for short in cells(row["ambiguous"])
        if not known_spellings()[short].sure and short in found(f"ตัวเลข 5 {short} ต่อปี")
    ]
    assert wrong == []


@pytest.mark.parametrize("short", ["ก.พ.ร.", "สช.", "ศบ.ทก."])
def test_spellings_hold_the_written_one(short: str) -> None:
    assert short in set(abbreviation_spellings(short))


def test_word_lists_of_the_grammar_are_words() -> None:
    grammar = read_toml(GRAMMAR)
    for section in ("ends", "joins", "inner", "generic"):
        for key, words in grammar[section].items():
            assert words.split(), f"{section}.{key} is empty"
