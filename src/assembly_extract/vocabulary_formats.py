"""The vocabulary of policy themes for other programs: a table, JSON, TOML, or SKOS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assembly_extract.vocabulary import topics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from assembly_extract.vocabulary import Theme


def as_table(themes: Iterable[Theme]) -> Iterator[str]:
    """Yield a line a theme: id, names, CAP topic, UN goals, number of terms, parted by tabs."""
    for theme in themes:
        goals = ",".join(map(str, theme.sdg))
        cells = (theme.id, theme.th, theme.en, theme.cap or "", goals, len(theme.terms))
        yield "\t".join(map(str, cells))


def as_json(themes: Iterable[Theme]) -> Iterator[str]:
    """Yield one JSON array of the themes with all that their files say."""
    yield json.dumps([_fields(theme) for theme in themes], ensure_ascii=False, indent=1)


def as_toml(themes: Iterable[Theme]) -> Iterator[str]:
    """Yield the themes in the form of a themes file, to copy from and to change."""
    for theme in themes:
        yield "[[theme]]"
        for name, value in _fields(theme).items():
            if name == "weights":
                if value:
                    pairs = (f"{json.dumps(k, ensure_ascii=False)} = {v}" for k, v in value.items())
                    yield f"weights = {{ {', '.join(pairs)} }}"
            elif value not in (None, [], False, ""):
                # TOML's strings, lists and booleans are written as JSON's.
                yield f"{name} = {json.dumps(value, ensure_ascii=False)}"
        yield ""


def as_skos(themes: Iterable[Theme]) -> Iterator[str]:
    """Yield the themes as SKOS concepts (Turtle), each under its CAP major topic."""
    yield "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    yield "@prefix theme: <urn:assembly-extract:theme:> ."
    yield "@prefix cap: <urn:assembly-extract:cap:> ."
    yield ""
    yield "<urn:assembly-extract:themes> a skos:ConceptScheme ."
    for code, (thai, english) in sorted(topics().items()):
        yield f"cap:{code} a skos:Concept ; skos:notation {_literal(str(code))} ;"
        yield f"  skos:prefLabel {_literal(thai)}@th , {_literal(english)}@en ;"
        yield "  skos:topConceptOf <urn:assembly-extract:themes> ."
    for theme in themes:
        yield f"theme:{theme.id} a skos:Concept ; skos:notation {_literal(theme.id)} ;"
        yield f"  skos:prefLabel {_literal(theme.th)}@th , {_literal(theme.en)}@en ;"
        if theme.terms:
            terms = " , ".join(_literal(term) for term in theme.terms)
            yield f"  skos:hiddenLabel {terms} ;"
        if theme.cap is not None:
            yield f"  skos:broader cap:{theme.cap} ;"
        yield "  skos:inScheme <urn:assembly-extract:themes> ."


FORMATS: dict[str, Callable[[Iterable[Theme]], Iterator[str]]] = {
    "table": as_table,
    "json": as_json,
    "toml": as_toml,
    "skos": as_skos,
}


def _fields(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "th": theme.th,
        "en": theme.en,
        "cap": theme.cap,
        "sdg": list(theme.sdg),
        "general": theme.general,
        "process": theme.process,
        "terms": list(theme.terms),
        "weights": dict(theme.weights),
        # The theme holds them in every spelling; the file has the terms.
        "supporting": [term for term in theme.supporting if term in theme.terms],
        "exclusions": list(theme.exclusions),
        "positive": list(theme.positive),
        "negative": list(theme.negative),
        "source": theme.source,
    }


def _literal(text: str) -> str:
    """Return a Turtle string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
