"""Rebuild ``data/report/province_centres.tsv``: where the middle of each province is.

The outlines of ``data/report/provinces.json`` are a drawing in Mercator's projection. The country's
extent (97.34 to 105.64 E, 5.61 to 20.46 N) gives its scale, once across and once along; that both
agree within a hundredth is checked. A middle is the centre of area of all parts of a province, good
to about a tenth of a degree: enough to put a point on a map, no place to go to.

    python scripts/build_province_centres.py
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "assembly_extract" / "data" / "report"
WEST, EAST, SOUTH, NORTH = 97.34, 105.64, 5.61, 20.46
TOLERANCE = 0.01

Point = tuple[float, float]


def rings(path: str) -> list[list[Point]]:
    """Return the closed lines of an SVG path of relative moves.

    >>> rings("m 1,1 2,0 0,2 z")
    [[(1.0, 1.0), (3.0, 1.0), (3.0, 3.0)]]
    """
    found: list[list[Point]] = []
    x = y = 0.0
    for step in re.findall(r"[mz]|-?[\d.]+,-?[\d.]+", path):
        if step == "m":
            found.append([])
        elif step == "z":
            x, y = found[-1][0]
        else:
            dx, dy = map(float, step.split(","))
            x, y = x + dx, y + dy
            found[-1].append((x, y))
    return found


def centre(lines: list[list[Point]]) -> Point:
    """Return the centre of area of closed lines."""
    area = across = along = 0.0
    for ring in lines:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
            cross = x0 * y1 - x1 * y0
            area += cross
            across += (x0 + x1) * cross
            along += (y0 + y1) * cross
    return across / (3 * area), along / (3 * area)


def mercator(latitude: float) -> float:
    """Return how far north of the equator Mercator puts a latitude, in radians."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def main() -> None:
    """Write the table."""
    outlines = json.loads((DATA / "provinces.json").read_text(encoding="utf-8"))["outlines"]
    drawn = {code: rings(path) for code, path in outlines.items()}
    xs, ys = zip(*(p for lines in drawn.values() for ring in lines for p in ring), strict=True)
    across = math.radians(EAST - WEST) / (max(xs) - min(xs))
    along = (mercator(NORTH) - mercator(SOUTH)) / (max(ys) - min(ys))
    if abs(across / along - 1) > TOLERANCE:
        raise SystemExit(f"the drawing is not in Mercator's projection: {across} x {along}")
    with (DATA / "province_centres.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write("dopa\tlat\tlon\n")
        for code, lines in sorted(drawn.items()):
            x, y = centre(lines)
            lon = WEST + math.degrees((x - min(xs)) * across)
            north = mercator(NORTH) - (y - min(ys)) * along
            lat = math.degrees(2 * math.atan(math.exp(north)) - math.pi / 2)
            out.write(f"{code}\t{lat:.2f}\t{lon:.2f}\n")


if __name__ == "__main__":
    main()
