"""Build ``data/report/provinces.json``: the outlines of the 77 provinces, by DOPA code.

    python scripts/build_map.py PACKAGE/index.js

PACKAGE is the unpacked npm package ``@svg-maps/thailand`` 2.0.0 (CC BY 4.0, Tae Noppakun
Wongsrinoppakun). Outlines are kept as they are, their numbers rounded to a tenth of a unit, which
is a third of a pixel at the size that the report draws them.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from assembly_extract.areas import areas

OUT = Path(__file__).parent.parent / "src/assembly_extract/data/report/provinces.json"
LAKE = "Lake Songkha"


def squash(name: str) -> str:
    """Make the romanisations of the two sources comparable."""
    return re.sub("[^a-z]", "", name.lower())


def rounded(path: str) -> str:
    """Round every number of an SVG path to a tenth."""
    return re.sub(r"-?\d+\.\d+", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), path)


def main() -> None:
    """Read the package, match its names to codes, write the file."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    drawing = json.loads(text.removeprefix("export default").strip().rstrip(";"))
    codes = {
        squash(area.name_en or ""): area.dopa
        for area in areas().values()
        if area.kind == "province"
    }
    outlines = {}
    for location in drawing["locations"]:
        if location["name"] == LAKE:
            continue
        name = squash(location["name"])
        code = codes.pop("bangkok" if name == "bangkok" else name)
        outlines[code] = rounded(location["path"])
    if codes:
        sys.exit(f"no outline for {sorted(codes)}")
    result = {"viewBox": drawing["viewBox"], "outlines": dict(sorted(outlines.items()))}
    OUT.write_text(json.dumps(result, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
