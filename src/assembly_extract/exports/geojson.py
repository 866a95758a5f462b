"""A GeoJSON layer (RFC 7946): one point per article whose event has a place on the map.

That is the place's own coordinates or, where it has none, the middle of its province; ``located``
says which of them.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from assembly_extract.exports.atomic import replacing_file
from assembly_extract.exports.rows import province
from assembly_extract.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assembly_extract.models import Place, Record

_PROVINCE = 2  # digits of a province's DOPA code, with which those of its areas begin


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
    spot = None if place is None else _spot(place)
    if place is None or spot is None:
        return None
    lon, lat, located = spot
    primary = next((theme for theme in record.themes if theme.primary), None)
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "located": located,
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


def _spot(place: Place) -> tuple[float, float, str] | None:
    """Return longitude, latitude, and what they are of, ``None`` for a place without a province."""
    if place.lon is not None and place.lat is not None:
        return place.lon, place.lat, "place"
    codes = [place.dopa, *(area.dopa for area in place.within)]
    code = next((code[:_PROVINCE] for code in codes if code), None)
    return (*_centres()[code], "province") if code in _centres() else None


@cache
def _centres() -> dict[str | None, tuple[float, float]]:
    rows = read_tsv("report/province_centres.tsv", ("dopa", "lat", "lon"), ("dopa",))
    return {row["dopa"]: (float(row["lon"]), float(row["lat"])) for row in rows}
