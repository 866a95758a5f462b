"""The theme vocabulary, its examples, and the themes that linking makes of an article's terms."""

from __future__ import annotations

import pytest

from assembly_extract.errors import DataFileError
from assembly_extract.vocabulary import (
    CAP_TOPICS,
    Theme,
    check_examples,
    default_vocabulary,
    load_themes,
    topics,
)

THEMES = tuple(default_vocabulary().themes.values())


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.id)
def test_examples_of_each_theme(theme: Theme) -> None:
    assert theme.positive, "a theme needs a positive example"
    assert theme.negative, "a theme needs a negative example"
    assert check_examples((theme,), default_vocabulary()) == []


def test_every_major_topic_has_themes() -> None:
    assert len(THEMES) >= 150
    assert {theme.cap for theme in THEMES} == set(CAP_TOPICS) == set(topics())


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("เดินชมป่าไม้ใหญ่", {"forests_parks"}),
        ("ความยาวของสะพานไม้", {"roads_highways"}),
        ("ซึ่งสช.มีบทบาท", {"health_assembly"}),
        ("กสช. ประชุม", set()),
        ("เปิดใช้รถไฟฟ้าสายใหม่", {"rail"}),
        ("เครื่องใช้ไฟฟ้าลดราคา", set()),
        ("FAI ประชุม AIS", set()),
        ("ราคา 21,300 บาท", set()),
        ("ประชุมแรงงานต่างด้าว", {"migrant_labour"}),
    ],
)
def test_terms_at_word_edges(text: str, themes: set[str]) -> None:
    assert {term.theme for term in default_vocabulary().find(text)} == themes


EXTRA = """
cap = 3
[[theme]]
id = "{id}"
th = "กติกาน้ำหวาน"
en = "Sugary drink rules"
terms = ["น้ำหวาน"]
"""


def test_a_users_themes_are_added_or_replace() -> None:
    assert "sugar" not in default_vocabulary().themes
    assert load_themes(EXTRA.format(id="sugar")).themes["sugar"].cap == 3
    replaced = load_themes(EXTRA.format(id="waste"))
    assert replaced.themes["waste"].terms == ("น้ำหวาน",)
    assert len(replaced.themes) == len(THEMES)
    assert {t.theme for t in replaced.find("ลดน้ำหวาน")} == {"waste"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[theme]]\nid = 'a'", "no en, terms, th"),
        ("cap = 11\n[[theme]]\nid='a'\nth='ก'\nen='a'\nterms=['กขค']", "cap 11 is no major topic"),
        ("[[theme]]\nid='a'\nth='ก'\nen='a'\nterms=['กขค']\nsdg=[18]", "from 1 to 17"),
        ("[[theme]]\nid='a'\nth='ก'\nen='a'\nterms=[]", "terms must be given"),
        ("[[theme]]\nid='a'\nth='ก'\nen='a'\nterms=['กขค']\ncolour='x'", "unknown key colour"),
        ("[[theme]]\nid='a'\nth='ก'\nen='a'\nterms=['กขค']\nsupporting=['ง']", "some of the terms"),
        ("theme = ", "mine.toml"),
    ],
)
def test_faults_name_the_theme(text: str, message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        load_themes(text, "mine.toml")
