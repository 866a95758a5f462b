"""Records as text: JSON Lines, or one JSON array."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assembly_extract.exports.atomic import replacing_file
from assembly_extract.writers import STREAMED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assembly_extract.models import Record


def write_jsonl(records: Iterable[Record], target: Path) -> Counter[str]:
    """Write a record a line."""
    return _write("jsonl", records, target)


def write_json(records: Iterable[Record], target: Path) -> Counter[str]:
    """Write one array, a record a line."""
    return _write("json", records, target)


def _write(form: str, records: Iterable[Record], target: Path) -> Counter[str]:
    with replacing_file(target) as draft, draft.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(STREAMED[form](record.to_json() for record in records))
    return Counter()
