"""Gold annotations: what people say is in an article, a line of JSON each.

A key that is absent means "not annotated": what it is about is not measured for that article.
``null`` or ``[]`` means "annotated: there is none".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from assembly_extract.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

_HINT = "docs/evaluate.md describes the lines."


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldDate(_Gold):
    """A date or range: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ``--MM-DD`` without a year."""

    start: str | None
    end: str | None = None
    text: str = ""
    primary: bool = False


class GoldPlace(_Gold):
    """A place; ``province`` is the one that it is or lies in."""

    text: str
    kind: str | None = None
    province: str | None = None


class GoldPerson(_Gold):
    """A person; ``text`` as written, ``name`` without titles."""

    text: str = ""
    name: str | None = None
    title: str | None = None
    role: str | None = None
    org: str | None = None


class GoldOrganisation(_Gold):
    """An organisation."""

    text: str
    abbr: str | None = None


class GoldArticle(_Gold):
    """What people say is in one article; ``path`` is how its record is found."""

    path: str
    source: str | None = None
    sha256: str | None = None
    usable: bool | None = None
    language: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    section: str | None = None
    authors: list[str] | None = None
    chrome: list[str] | None = None
    body_must_contain: list[str] | None = None
    body_must_not_contain: list[str] | None = None
    event_dates: list[GoldDate] | None = None
    dates_not: list[str] | None = None
    places: list[GoldPlace] | None = None
    places_not: list[str] | None = None
    event_place: str | None = None
    people: list[GoldPerson] | None = None
    people_not: list[str] | None = None
    organisations: list[GoldOrganisation] | None = None
    themes_cap: list[int] | None = None
    same_story_as: str | list[str] | None = None

    def annotates(self, key: str) -> bool:
        """Whether the line has the key."""
        return key in self.model_fields_set


REMARKS = frozenset({"difficulty", "notes", "themes_text"})
"""Keys that people put in for themselves; nothing is measured by them."""


def read_gold(path: str, note: Callable[[str], None] = lambda _: None) -> list[GoldArticle]:
    """Return the lines of a gold file; ``note`` hears of keys that nothing is known of.

    Raises
    ------
    InputError
        The file cannot be read, or a line is no annotation.

    """
    articles, unknown = [], set()
    for number, row in numbered_rows(path):
        try:
            articles.append(GoldArticle.model_validate(row))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            reason = f"line {number} is no gold annotation ({where}: {first['msg']})"
            raise InputError(path, "parse", reason, _HINT) from None
        unknown |= row.keys() - GoldArticle.model_fields.keys() - REMARKS
    for key in sorted(unknown):
        note(f"{path}: nothing is measured by the key {key}")
    return articles


def numbered_rows(path: str) -> list[tuple[int, dict[str, object]]]:
    """Return the objects of a JSON Lines file with the numbers of their lines.

    Raises
    ------
    InputError
        The file cannot be read, or a line is no JSON object.

    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(path, "read", reason, "Give a file of gold annotations.") from None
    except UnicodeDecodeError:
        raise InputError(path, "decode", "this is not UTF-8 text", _HINT) from None
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict):
                raise InputError(path, "parse", f"line {number} is no JSON object", _HINT)
            rows.append((number, row))
    return rows
