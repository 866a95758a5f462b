"""The body that a post's own words name: กระทรวงมหาดไทย in รัฐมนตรีว่าการกระทรวงมหาดไทย."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.recognise.people.lexicon import starts
from assembly_extract.recognise.people.post_patterns import body_heads, head_words, unit_after

if TYPE_CHECKING:
    from collections.abc import Collection

    from assembly_extract.recognise.people.posts import Found


def body_of(text: str, edges: Collection[int], found: Found) -> str | None:
    """Return the body that a post's own words name, as written; ``None`` if they name none.

    It is the post's first head of a body and what follows: กระทรวงมหาดไทย in
    รองนายกรัฐมนตรีและรัฐมนตรีว่าการกระทรวงมหาดไทย. The first of stacked posts that names one counts.
    A head begins at one of the text's word ``edges`` or behind a post's head (ปลัด|กระทรวง), whose
    last word it may be (ผู้ว่า|การยาง…): นายกองค์การ… names no กอง.
    """
    at = found.head
    while match := body_heads().search(text, at, found.end):
        at = match.start() + 1
        inner = match.group().endswith(".") and "ก" <= text[match.start() - 1] <= "ฮ"
        if inner or starts("not_bodies").end(text, match.start()):
            continue
        if text[match.end() : match.end() + 1].isspace() and body_heads().match(
            text, match.end() + 1
        ):
            continue  # รองปลัดกระทรวง สำนักงานปลัดกระทรวง…
        if match.start() not in edges and not text.endswith(
            head_words(), found.head, match.start()
        ):
            continue
        end = next((end for end in found.ends if end > match.start()), found.end)
        if match.start() > found.start and match.end() < end:
            body = text[match.start() : end]
            unit = unit_after().search(body)
            body = body[: unit.start() if unit else None].partition("/")[0].rstrip()
            if body != match.group():
                return body
    return None
