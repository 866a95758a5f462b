"""Sentences of the places' cases, with marks: ``{จังหวัดน่าน|p|55}``, ``{Nan|p}``."""

import re

KINDS = {
    "p": "province",
    "d": "district",
    "s": "subdistrict",
    "v": "venue",
    "r": "region",
    "c": "country",
    "o": "other",
}
_MARK = re.compile(r"\{([^|{}]+)\|([pdsvrco])(?:\|([^{}]*))?\}")


def unmarked(marked: str) -> tuple[str, dict[int, tuple[str, str, str | None]]]:
    """Return the plain text, and the expected ``(surface, kind, code)`` by start offset."""
    expected: dict[int, tuple[str, str, str | None]] = {}
    text, done = "", 0
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        expected[len(text)] = (mark[1], KINDS[mark[2]], mark[3] or None)
        text += mark[1]
        done = mark.end()
    return text + marked[done:], expected
