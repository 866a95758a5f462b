"""A GeoJSON layer (RFC 7946): one point per article whose event place has coordinates."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from assembly_extract.exports.atomic import replacing_file
from assembly_extract.exports.rows import province

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assembly_extract.models import Record


def write_geojson(records: Iterable[Record], target: Path) -> Counter[str]:
    """Write a feature for each article that can be put on a map; the others are counted."""
    lost: Counter[str] = Counter()
    with replacing_file(target) as draft, draft.open("w", encoding="utf-8") as out:
        out.write('{"type":"FeatureCollection","features":[')
        between = "\n"
        for record in records:
            feature = _feature(record)
            if feature is None:
                lost["articles without a located place"] += 1
            else:
                out.write(between + json.dumps(feature, ensure_ascii=False))
                between = ",\n"
        out.write("\n]}\n")
    return lost


def _feature(record: Record) -> dict[str, Any] | None:
    place = record.place
    if place is None or place.lat is None or place.lon is None:
        return None
    primary = next((theme for theme in record.themes if theme.primary), None)
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "title": record.title,
            "date": record.date.edtf if record.date else None,
            "published": record.published.edtf if record.published else None,
            "place": place.name,
            "kind": place.kind,
            "dopa": place.dopa,
            "province": province(place),
            "theme": primary.id if primary else None,
            "people": [person.name for person in record.people],
            "organisations": [body.name for body in record.organisations],
            "path": record.source.path,
        },
    }
