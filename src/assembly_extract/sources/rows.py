"""A table's row -> an article: which column plays which role, and what a row says of its article.

Which column holds what is guessed from the usual names (``data/columns.toml``) unless the user says
it: of several, the first that a row has something in. What is left travels along in
``source.extra``.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from assembly_extract.errors import InputError
from assembly_extract.resources import read_toml
from assembly_extract.sources.anchors import day_of_time
from assembly_extract.sources.kinds import is_html
from assembly_extract.types.article import PageMetadata

if TYPE_CHECKING:
    from assembly_extract.types.columns import Columns

Roles = dict[str, tuple[str, ...]]
"""The columns that may play each role, the likeliest first."""

_ROLES = ("text", "html", "id", "url", "title", "date", "publisher", "author", "section")
_NAMES = {"author", "section", "publisher"}
"""Roles of names, of which there may be several."""

_JOINTS = dict.fromkeys(_NAMES, ", ") | dict.fromkeys(("text", "html"), "\n")
"""What stands between the parts of a cell that is a list: names, or an article's paragraphs."""

_MARKUP = re.compile(r"</[A-Za-z][A-Za-z0-9]*\s*>|<br\s*/?>", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*[/.]\S*")


class Cells(NamedTuple):
    """A row as its table holds it, or why it is none; ``encoding`` is how the table was read."""

    number: int
    row: dict[str, Any] | str
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as an article. ``data`` is its text or page, ``whole`` all that identifies it.

    ``number`` counts from 1; ``key`` is the row's own id, or its number: always, if ``numbered``.
    ``data`` is UTF-8, whatever the ``encoding`` that the table had.
    """

    number: int
    key: str
    format: str
    data: bytes
    whole: bytes
    markup: bool
    metadata: PageMetadata
    extra: dict[str, Any] = field(default_factory=dict)
    numbered: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is none."""

    number: int
    reason: str


def assign_roles(header: list[str], columns: Columns, name: str) -> Roles:
    """Return which columns may play which role: as the user says, else by the usual names.

    >>> from assembly_extract.types.columns import Columns
    >>> assign_roles(["News_ID", "headline", "maintext", "text"], Columns(), "a.csv")
    {'text': ('text', 'maintext'), 'id': ('News_ID',), 'title': ('headline',)}

    Raises
    ------
    InputError
        A column the user named is not there, or none holds the articles.

    """
    known = {_folded(column): column for column in reversed(header)}
    if str(known.get("schema", "")) and {"provenance", "removed", "mentions"} & known.keys():
        raise InputError(
            name, "parse", "these are records already", "Give the articles that they are made of"
        )
    roles: Roles = {}
    for role in _ROLES:
        named = getattr(columns, role, None)
        if named is not None:
            if named not in header:
                raise InputError(
                    name,
                    "parse",
                    f"no column {named!r}; it has {_shown(header)}",
                    f"Name one of these with --{role}-field",
                )
            roles[role] = (named,)
        elif found := tuple(known[usual] for usual in _usual_names()[role] if usual in known):
            roles[role] = found
    if columns.html is not None and columns.text is None:
        roles.pop("text", None)
    if "text" not in roles and "html" not in roles:
        raise InputError(
            name,
            "parse",
            f"no column holds the articles; it has {_shown(header)}",
            "Say which does with --text-field or --html-field" + _HEADED.get(name[-4:].lower(), ""),
        )
    return roles


_HEADED = dict.fromkeys((".csv", ".tsv"), "; the first line must hold the columns' names")
_SHOWN = 40  # characters of a column's name, and columns: a table without names has articles there


def _shown(header: list[str]) -> str:
    """Return columns for a message.

    >>> _shown(["id", "ข่าว" * 20])
    'id, ข่าวข่าวข่าวข่าวข่าวข่าวข่าวข่าวข่าวข่าว…'
    """
    names = [
        name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
        for name in (" ".join(column.split()) for column in header[:_SHOWN])
    ]
    more = len(header) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "") if names else "none at all"


@cache
def _usual_names() -> dict[str, list[str]]:
    return read_toml("columns.toml")


def _folded(column: str) -> str:
    """Return a column's name as the list has it; ``content.rendered`` is a flattened ``content``.

    >>> _folded("Content.rendered"), _folded("source-hostname")
    ('content', 'source_hostname')
    """
    folded = column.strip().lower().replace("-", "_").replace(" ", "_")
    for inner in _usual_names()["inside"]:
        folded = folded.removesuffix(f".{inner}")
    return folded


def article_of_row(
    number: int, row: dict[str, Any], roles: Roles, form: str, encoding: str = "utf-8"
) -> Row:
    """Take a row apart into the article and what is known about it."""
    whole = json.dumps(row, sort_keys=True, default=str).encode()
    if b"\\ud" in whole:  # halves of a character are no text; they would stop the record's JSON
        row = json.loads(_mended(json.dumps(row, ensure_ascii=False, default=str)))
        roles = {role: tuple(map(_mended, columns)) for role, columns in roles.items()}
    played = {role: _first(row, columns, role) for role, columns in roles.items()}
    values = {role: found[1] for role, found in played.items() if found is not None}
    title = html.unescape(values["title"]) if "title" in values else None
    body = values.get("text") or values.get("html", "")
    if title == body:
        title = None  # a post: its whole text is no headline
    markup = "text" not in values or _MARKUP.search(body) is not None
    shown = {*roles.get("html", ())}
    shown |= {played[role][0] for role in ("text", "title", "url") if played.get(role)}  # type: ignore[index]  # None is left out
    metadata = PageMetadata(
        title=title,
        published=values.get("date"),
        publisher=values.get("publisher"),
        section=values.get("section"),
        authors=(author,) if (author := values.get("author")) else (),
        url=values.get("url"),
        sources={
            target: f"column {found[0]}"
            for role, target in (("title", "title"), ("date", "published"), ("url", "url"))
            if (found := played.get(role)) is not None
        },
    )
    return Row(
        number,
        values.get("id") or str(number),
        form,
        _headed(body, title, markup=bool(body) and markup).encode(),
        whole,
        bool(body) and markup,
        metadata,
        {column: value for column, value in row.items() if column not in shown},
        "id" not in roles,
        encoding,
    )


def _mended(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _first(row: dict[str, Any], columns: tuple[str, ...], role: str) -> tuple[str, str] | None:
    """Return the first of ``columns`` that a row has something in, and what.

    An address has to look like one: a ``source`` may be a newspaper's name as well.
    """
    for column in columns:
        value = _as_text(row.get(column), role)
        if value is not None and (role != "url" or _ADDRESS.fullmatch(value)):
            return column, value
    return None


def _headed(body: str, title: str | None, *, markup: bool) -> str:
    r"""Return the article with its headline above it, if it does not have it itself.

    >>> _headed("ข่าวน้ำวันนี้", "ข่าวน้ำ", markup=False), _headed("<p>ก</p>", "ข่าวน้ำ", markup=True)
    ('ข่าวน้ำวันนี้', '<h1>ข่าวน้ำ</h1>\n<p>ก</p>')
    """
    if title is None or body.lstrip().startswith(title):
        return body
    if not markup:
        return f"{title}\n\n{body}" if body else title
    if is_html(body.encode(), "") or title in body:
        return body
    return f"<h1>{html.escape(title)}</h1>\n{body}"


def _as_text(value: object, role: str) -> str | None:
    r"""Return a cell as text; of an object (``{"rendered": …}``, ``{"name": …}``) what is in it.

    Crawlers that collect what a selector finds write lists, also of one headline or one address.

    >>> _as_text({"rendered": "ข่าว"}, "title"), _as_text([{"name": "ก"}, "ข"], "author")
    ('ข่าว', 'ก, ข')
    >>> _as_text(["ย่อหน้า", "อีกย่อหน้า"], "text"), _as_text(["หัวข่าว"], "title")
    ('ย่อหน้า\nอีกย่อหน้า', 'หัวข่าว')
    >>> _as_text([1, 2], "section"), _as_text(7, "author"), _as_text(7, "id")
    (None, None, '7')
    >>> _as_text(1676420000, "date"), _as_text("1676420000123", "date")
    ('2023-02-15', '2023-02-15')
    """
    if isinstance(value, dict):
        inner = next((value[key] for key in _usual_names()["inside"] if key in value), None)
        return None if isinstance(inner, dict | list) else _as_text(inner, role)
    if isinstance(value, list):
        told = (part for part in value if isinstance(part, str | dict))
        parts = [text for part in told if (text := _as_text(part, role))]
        if role in _JOINTS:
            return _JOINTS[role].join(parts) or None
        return parts[0] if len(parts) == 1 else None
    if value is None or (role in _NAMES and not isinstance(value, str)):
        return None  # a number there is a key of the site's own
    text = str(value).strip()
    if role == "date" and _SECONDS.fullmatch(text):
        return day_of_time(float(text[:_DIGITS]))
    return text or None


_DIGITS = 10
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d*)?")
"""Seconds or milliseconds since 1970, as programs stamp posts: those from 2001 to 2033."""
