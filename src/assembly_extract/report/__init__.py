"""One self-contained page of an archive's records: opens offline, fetches nothing, runs no data.

The page's template, style, script and map lie in ``data/report/``. Records go into it as one JSON
block that no parser of HTML can leave early; the script puts them into the page as text only, and a
Content-Security-Policy names the two scripts and the style by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from assembly_extract import __version__
from assembly_extract.areas import areas
from assembly_extract.exports.atomic import replacing_file
from assembly_extract.exports.mentions import labelled
from assembly_extract.exports.rows import province
from assembly_extract.resources import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assembly_extract.models import Date, Person, Place, Record

LIMIT = 1000
"""How many articles a page holds: about 10 MB, open in under 2 seconds on a laptop."""

_MONTH = len("2023-02")
_POST = len("รัฐมนตรี")  # the shortest post that bodies are called after
_CODE = 2  # digits of a province's DOPA code


@dataclass(frozen=True, slots=True)
class Shown:
    """How many records the page holds, and how many there were."""

    articles: int
    total: int


def write_report(records: Iterable[Record], target: Path, limit: int = LIMIT) -> Shown:
    """Write the page of the first ``limit`` records to ``target``, atomically.

    Raises
    ------
    OSError
        The page cannot be written.

    """
    stream = iter(records)
    articles = [_article(record) for record in islice(stream, limit)]
    shown = Shown(len(articles), len(articles) + sum(1 for _ in stream))
    with replacing_file(target) as draft:
        draft.write_text(_page(articles, shown), encoding="utf-8")
    return shown


def _page(articles: list[dict[str, Any]], shown: Shown) -> str:
    import jinja2  # noqa: PLC0415 - only reports need it

    css, script = read_text("report/page.css"), read_text("report/page.js")
    chartist = read_text("report/chartist.js")
    drawing = json.loads(read_text("report/provinces.json"))
    payload = {
        "articles": articles,
        "total": shown.total,
        "words": json.loads(read_text("report/words.json")),
        "provinces": {a.dopa: a.name for a in areas().values() if a.kind == "province"},
        "viewBox": drawing["viewBox"],
        "outlines": drawing["outlines"],
    }
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(read_text("report/page.html.j2")).render(
        version=__version__,
        shown=shown.articles,
        policy=_policy(css, [chartist, script]),
        css=css,
        chartist=chartist,
        script=script,
        data=_embedded(payload),
    )


def _policy(css: str, scripts: list[str]) -> str:
    """Return the Content-Security-Policy: these scripts, this style, nothing from anywhere.

    Chartist sets style attributes (sizes); those are allowed, and no data reaches them.
    """
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(css)}; "
        "style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _embedded(payload: object) -> str:
    """Return JSON that stays one text inside a script element, whatever the records say."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _article(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "path": record.source.path,
        "url": record.source.url,
        "title": record.title,
        "text": record.text,
        "date": record.date.edtf if record.date else None,
        "published": record.published.edtf if record.published else None,
        "month": _month(record.date) or _month(record.published),
        "since": (record.date and record.date.start)
        or (record.published and record.published.start),
        "place": record.place.name if record.place else None,
        "provinces": list(dict.fromkeys(filter(None, map(_province, record.places)))),
        "people": list(dict.fromkeys(person.name for person in record.people)),
        "posts": [_with_posts(person) for person in record.people],
        "bodies": list(dict.fromkeys(body.name for body in record.organisations)),
        "own": _own_bodies(record),
        "themes": [
            {"id": theme.id, "th": theme.label.th, "en": theme.label.en}
            for theme in record.themes
            if not theme.declared
        ],
        "declared": [theme.label.th for theme in record.themes if theme.declared],
        **_spots(record),
        "removed": [piece.model_dump() for piece in record.removed],
        "warnings": [f"{warning.code}: {warning.detail}" for warning in record.warnings],
    }


def _spots(record: Record) -> dict[str, Any]:
    """Return the entities ``[kind, value, label]``, and the spots of the text that name them.

    A spot is ``[number of the entity, start, end, rule, score]``. ``label`` is what a reader wants
    to see, ``value`` what a correction names.
    """
    labels = _labels(record)
    numbers: dict[tuple[str, int], int] = {}
    entities: list[tuple[str, str, str | None]] = []
    spots: list[tuple[int, int, int, str, float]] = []
    for item in labelled(record):
        key = (item.kind, item.entity)
        if key not in numbers:
            numbers[key] = len(entities)
            entities.append((item.kind, item.value, labels.get(key)))
        found = item.mention
        spots.append((numbers[key], found.start, found.end, found.rule, found.score))
    return {"entities": entities, "spots": spots}


def _labels(record: Record) -> dict[tuple[str, int], str]:
    labels = {("theme", n): theme.label.th for n, theme in enumerate(record.themes, 1)}
    for number, place in enumerate(record.places, 1):
        around = province(place)
        name = place.name if around in {None, place.name} else f"{place.name}, {around}"
        labels["place", number] = f"{name} ({place.dopa})" if place.dopa else name
    for number, body in enumerate(record.organisations, 1):
        if body.abbreviation and body.abbreviation != body.name:
            labels["organisation", number] = f"{body.name} ({body.abbreviation})"
    return labels


def _own_bodies(record: Record) -> list[tuple[str, str]]:
    """Return people with the bodies that their posts belong to: that they go together is no news.

    A post is of a body that it names or ends in (รองปลัดกระทรวงมหาดไทย), and of one that is called
    after it, so that an end of the body's name begins the post (นายกรัฐมนตรี, สำนักนายกรัฐมนตรี).
    """
    return [
        (person.name, body.name)
        for person in record.people
        for body in record.organisations
        if any(
            body.name == post.organisation
            or post.role.endswith(body.name)
            or _called_after(body.name, post.role)
            for post in person.posts
        )
    ]


def _called_after(body: str, role: str) -> bool:
    """Whether the last 8 characters or more of a body's name begin a post."""
    return any(role.startswith(body[start:]) for start in range(max(0, len(body) - _POST + 1)))


def _month(date: Date | None) -> str | None:
    start = date.start if date else None
    return start[:_MONTH] if start and len(start) >= _MONTH else None


def _province(place: Place) -> str | None:
    """Return the code of the province that a place is or lies in."""
    codes = [place.dopa, *(area.dopa for area in place.within)]
    return next((code[:_CODE] for code in codes if code), None)


def _with_posts(person: Person) -> str:
    roles = ", ".join(post.role for post in person.posts)
    # Latin titles stand apart: Mr. John; Thai ones do not.
    space = " " if person.prefix and person.name[:1].isascii() else ""
    name = f"{person.prefix or ''}{space}{person.name}"
    return f"{name} ({roles})" if roles else name
