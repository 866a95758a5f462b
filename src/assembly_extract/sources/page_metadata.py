"""What a page's markup says about its article: JSON-LD, meta fields, microdata, ``<time>``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assembly_extract.sources.page_blocks import markup
from assembly_extract.types.article import PageMetadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bs4 import BeautifulSoup
    from bs4.element import Tag

_LONGEST_JSON = 500_000
_LONGEST_VALUE = 500  # characters of a metadata value
_FIELDS = ("title", "published", "publisher", "section", "url")


def read_metadata(soup: BeautifulSoup) -> tuple[PageMetadata, list[str]]:
    """Return the page's metadata, and all headlines that it names, the best first.

    For each field the first of these that fills it: JSON-LD, meta fields, microdata, ``<time>`` and
    ``<title>``. ``title`` is as written there, perhaps with the site's name.
    """
    values: dict[str, str] = {}
    sources: dict[str, str] = {}
    authors: list[str] = []
    titles: list[str] = []

    def put(field: str, value: object, source: str) -> None:
        text = _text(value)
        if text is None:
            return
        if field == "title":
            titles.append(text)
        if field not in values:
            values[field] = text
            sources[field] = source

    for story in _stories(soup):
        _read_story(story, put, authors)
        if authors:
            sources["authors"] = "json-ld"
    _read_meta(soup, put, authors, sources)
    _read_microdata(soup, put, authors, sources)
    if soup.title is not None:
        put("title", soup.title.get_text(" "), "<title>")
    canonical = soup.find("link", rel="canonical")
    put("url", getattr(canonical, "get", lambda _: None)("href"), "canonical")
    language = soup.html.get("lang") if soup.html is not None else None
    return PageMetadata(
        **{field: values.get(field) for field in _FIELDS},
        authors=tuple(authors),
        language=_text(language),
        sources={field: sources[field] for field in sorted(sources)},
    ), titles


def _text(value: object) -> str | None:
    """Return a metadata value as one line of text, or ``None`` if it is no text."""
    if not isinstance(value, str):
        return None
    return " ".join(value[: _LONGEST_VALUE * 2].split())[:_LONGEST_VALUE] or None


def _stories(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """Yield the page's JSON-LD article, if it has one.

    Objects, arrays and ``@graph`` are looked through, lists of other articles are not. Of several
    articles the first with a headline counts.
    """
    wanted = frozenset(markup()["metadata"]["story_types"])
    pages = frozenset(markup()["metadata"]["page_types"])
    fallback: dict[str, Any] | None = None
    for script in soup.find_all("script", type="application/ld+json"):
        text = script.string or script.get_text()
        if not text or len(text) > _LONGEST_JSON:
            continue
        try:
            parsed = json.loads(text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(parsed):
            types = _types(item)
            if types & wanted and (item.get("headline") or item.get("datePublished")):
                yield item
                return
            if types & pages and fallback is None and item.get("datePublished"):
                fallback = item
    if fallback is not None:
        yield fallback


def _items(parsed: object) -> Iterator[dict[str, Any]]:
    queue = [parsed]
    seen = 0
    while queue and seen < 1_000:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, list):
            queue.extend(item[:100])
        elif isinstance(item, dict):
            yield item
            queue.extend(item[key] for key in ("@graph", "mainEntity") if key in item)


def _types(item: dict[str, Any]) -> frozenset[str]:
    found = item.get("@type")
    names = found if isinstance(found, list) else [found]
    return frozenset(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def _read_story(item: dict[str, Any], put: Any, authors: list[str]) -> None:  # noqa: ANN401
    put("title", item.get("headline") or item.get("name"), "json-ld")
    put("published", item.get("datePublished"), "json-ld")
    put("publisher", _name(item.get("publisher")), "json-ld")
    section = item.get("articleSection")
    put("section", section[0] if isinstance(section, list) and section else section, "json-ld")
    page = item.get("mainEntityOfPage")
    put("url", item.get("url") or (page.get("@id") if isinstance(page, dict) else page), "json-ld")
    listed = item.get("author")
    for author in listed if isinstance(listed, list) else [listed]:
        _add_author(authors, _name(author))


def _name(value: object) -> object:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") if isinstance(value, dict) else value


def _add_author(authors: list[str], value: object) -> None:
    name = _text(value)
    if name and name not in authors and "://" not in name and not name.startswith("@"):
        authors.append(name)


def _read_meta(
    soup: BeautifulSoup,
    put: Callable[[str, object, str], None],
    authors: list[str],
    sources: dict[str, str],
) -> None:
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        content = tag.get("content")
        for attribute in ("property", "name", "itemprop"):
            name = tag.get(attribute)
            if isinstance(name, str) and isinstance(content, str):
                found.setdefault(name.strip().lower(), content)
    names = markup()["metadata"]
    for field in _FIELDS:
        for name in names[field]:
            if name.lower() in found:
                put(field, found[name.lower()], name)
    if not authors:
        for name in names["authors"]:
            if name.lower() in found:
                _add_author(authors, found[name.lower()])
                sources.setdefault("authors", name)
                return


def _read_microdata(
    soup: BeautifulSoup,
    put: Callable[[str, object, str], None],
    authors: list[str],
    sources: dict[str, str],
) -> None:
    for field, prop in (
        ("title", "headline"),
        ("published", "datePublished"),
        ("section", "articleSection"),
    ):
        tag = soup.find(True, attrs={"itemprop": prop})
        if tag is not None:
            put(field, _value(tag), f"itemprop {prop}")
    if not authors:
        tag = soup.find(True, attrs={"itemprop": "author"})
        named = tag.find(True, attrs={"itemprop": "name"}) if tag is not None else None
        if tag is not None:
            _add_author(authors, _value(named or tag))
            sources.setdefault("authors", "itemprop author")
    times = soup.find_all("time", attrs={"datetime": True}, limit=50)
    marked = [tag for tag in times if tag.has_attr("pubdate") or "publish" in str(tag.get("class"))]
    inside = [tag for tag in times if tag.find_parent(["article", "main", "header"]) is not None]
    for tag in [*marked, *inside, *times][:1]:
        put("published", tag.get("datetime"), "<time>")


def _value(tag: Tag) -> str | None:
    for attribute in ("content", "datetime"):
        value = tag.get(attribute)
        if isinstance(value, str):
            return value
    return tag.get_text(" ")
