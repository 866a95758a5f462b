"""What stands right behind a body's name: its number, the rest of it, or the body that it is of."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.normalise.bodies import body_key, listed_key, names_by_key
from assembly_extract.normalise.facts import body_facts
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.models import Mention, Organisation, Record

GOES = "goes:"
"""The sign of how a name goes on; alone, that it may be whole."""
MAYBE = "~"
"""In that sign, before words that may be the rest of a name, or the sentence's next."""
OWNER = "of:"
"""The sign of the body that a unit is named with."""
LONG_REST = 18
"""So many letters tell how a name goes on."""
BESIDE = 6
"""The body that a unit is of stands at most so many characters behind it: กองพืช กรมผัก."""


def rest(record: Record, body: Organisation) -> str | None:
    """Return the number, or the closed word, right behind a name that extraction left without it.

    คณะทำงาน คณะที่ 5; กองจัดการหนี้ 2 before another body or at the end of a line (before other
    words a number counts something: กองบิน 2 แห่ง); the chamber that a committee is of.
    """
    if body.mentions and body.name.startswith(body_facts()["of_chambers"]):
        chamber = _chamber().match(record.text, body.mentions[0].end)
        return chamber["chamber"] if chamber else None
    mention = _first(body)
    if mention is None or mention.text[-1:].isdigit():
        return None
    found = _number().match(record.text, mention.end)
    return found["marked"] or found["alone"] or found["closed"] if found else None


def signs(record: Record, body: Organisation) -> Iterator[str]:
    """Yield how a name goes on, and the body that it is named with.

    A name goes on where letters stand right behind it that are no word of those that follow whole
    names (``may_follow``); of some words (เพื่อ, ใน) one cannot know.
    """
    mention = _first(body)
    if mention is None:
        return
    owner = _owner(record, mention)
    if owner:
        yield f"{OWNER}{owner}"
        yield GOES
        return
    way = goes_on_with(record.text, mention.end)
    if way is None or way.startswith(MAYBE):
        yield GOES
    if way is not None:
        yield GOES + way


def goes_on_with(text: str, end: int) -> str | None:
    """Return how a name that ends there goes on, without spaces; ``None`` where it does not.

    What begins with a word that may be the rest or the next of the sentence, or behind a space,
    has ``MAYBE`` before it.
    """
    run = _LETTERS.match(text, end)
    if run is None:
        return None
    words = run["words"]
    first = words[slice(*tokenise(words)[0])]
    maybe = first in body_facts()["may_go_on"]
    if first in _followers() or (run["space"] and maybe):
        return None
    way = "".join(words.split())[:LONG_REST]
    return f"{MAYBE}{way}" if maybe or run["space"] else way


def _owner(record: Record, unit: Mention) -> str | None:
    """Return the key of the body that stands right behind a unit, with ``of`` or without."""
    for body in record.organisations:
        for mention in body.mentions:
            if 0 <= mention.start - unit.end <= BESIDE:
                between = record.text[unit.end : mention.start].strip(" \u00a0")
                if not between or between in body_facts()["of_body"]:
                    return listed_key(body.name)
    return None


def _first(body: Organisation) -> Mention | None:
    """Return the first mention by an unlisted full name of a kind that is cut or shared."""
    facts = body_facts()
    key = listed_key(body.name)
    listed = key in names_by_key() and key not in facts["common_units"]
    if listed or body.kind not in facts["general"]:
        return None
    return next((m for m in body.mentions if body_key(m.text) == body_key(body.name)), None)


_LETTERS = re.compile("(?P<space>[ \u00a0\n]?)(?P<words>[ก-ฮเแโใไ][ก-๙0-9 \u00a0]{0,30})")


@cache
def _number() -> re.Pattern[str]:
    facts = body_facts()
    marks = alternatives(facts["before_number"])
    heads = alternatives([*facts["heads"], *facts["named_heads"]])
    closed = alternatives(facts["rest"])
    return re.compile(
        f"[ \u00a0]?(?:(?P<marked>{marks}[ \u00a0]?[0-9๐-๙]+(?:/[0-9๐-๙]+)?)"
        f"|(?P<alone>[0-9๐-๙]{{1,2}})(?=[ \u00a0]*(?:[\n)]|{heads}|$))|(?P<closed>{closed}))"
    )


@cache
def _chamber() -> re.Pattern[str]:
    facts = body_facts()
    of, chambers = alternatives(facts["of_body"]), alternatives(facts["chambers"])
    return re.compile(f"[ \u00a0]?(?:{of}[ \u00a0]?)?(?P<chamber>{chambers})")


@cache
def _followers() -> frozenset[str]:
    return frozenset(body_facts()["may_follow"])
