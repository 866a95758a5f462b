"""Names that go on where their words would end them, to a sign that closes them from outside.

คณะกรรมการX|เพื่อลดY ครั้งที่ 1/2568: the session's number stands behind the whole name; so do the English
name of the body in brackets and the quotation mark of a name in quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.recognise.organisations.lexicon import (
    GRAMMAR,
    Head,
    ends_in,
    starting_with,
    words,
)
from assembly_extract.resources import read_toml
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assembly_extract.types.mention import Mention

_MORE = re.compile(r"[ก-๎]{2,90}")
_BEFORE = 12  # so far before a committee's head its meeting is looked for
_SHORTEST = 2
_QUOTES = {"“": "”", '"': '"', "‘": "’"}


def closed_end(text: str, start: int, end: int, head: Head, listed: Sequence[int]) -> int:
    """Return where the sign stands that closes the name ``text[start:end]``, or ``end``.

    ``listed`` are the places where bodies of the list begin: none may stand in what is added. Known
    cost: a name that ends before เพื่อ, in a sentence of which no word is in the list of verbs.
    """
    if not starting_with("closed", "more").end(text, end):
        return end
    more = _MORE.match(text, end)
    if more is None:
        return end
    sign = _session().search(text, end, more.end())
    stop = sign.start() if sign else more.end()
    if _clause().search(text, end, stop) or any(end <= at < stop for at in listed):
        return end
    closed = (
        (head.kind == "committee" and _is_session(text, start, end, stop))
        or _is_quoted(text, start, end, stop)
        or _has_english(text, stop, head)
    )
    return stop if closed else end


def as_closed(text: str, found: Iterable[Mention], closed: Iterable[str]) -> list[Mention]:
    """Return the mentions, those of a closed name with its whole name wherever that stands."""
    names = sorted(closed, key=lambda name: (-len(name), name))
    return [_as_whole(text, mention, names) for mention in found] if names else list(found)


def _as_whole(text: str, mention: Mention, names: Sequence[str]) -> Mention:
    value = mention.value
    assert isinstance(value, OrganisationValue)  # noqa: S101 - narrows the type
    for name in names:
        end = mention.start + len(name)
        whole = name.startswith(mention.text) and text.startswith(name, mention.start)
        if whole and not _goes_on(text, end):
            return replace(mention, end=end, text=name, value=replace(value, name=name))
    return mention


def _goes_on(text: str, end: int) -> bool:
    """Say whether another word of the name follows: คณะกรรมการXเพื่อY|องค์การZ, not …|ได้."""
    glued = "ก" <= text[end : end + 1] <= "๎"
    return glued and not starting_with("ends", "words").end(text, end)


def _is_session(text: str, start: int, end: int, stop: int) -> bool:
    """Say whether a session's number follows, or the name stands where only a committee's does.

    ประชุมคณะกรรมการX|ในY and ตั้งคณะกรรมการX|ของY go on to the space, not with เพื่อ and และ, which
    may begin what it does, and without the word that ends a clause.
    """
    if _numbered().match(text, stop):
        return True
    if not ends_in(text, start - _BEFORE, start, "closed", "before"):
        return False
    begun = starting_with("closed", "called").end(text, end)
    if not 0 < begun < stop - _SHORTEST or _not_called().search(text, end, stop):
        return False
    return _OPEN_END.match(text, stop) is not None


def _is_quoted(text: str, start: int, end: int, stop: int) -> bool:
    """Say whether a name stands in quotation marks of its own: “สถาบันX|และY”, not “มูลนิธิX|ให้ทุน”."""
    mark = _QUOTES.get(text[start - 1]) if start else None
    if mark is None or not text.startswith(mark, stop):
        return False
    return starting_with("closed", "quoted").end(text, end) > 0


def _has_english(text: str, stop: int, head: Head) -> bool:
    """Say whether the English name of such a body follows in brackets: (X Center for Y)."""
    english = _english().get(head.kind)
    gloss = _GLOSS.match(text, stop) if english else None
    return gloss is not None and english is not None and english.search(gloss[1]) is not None


_OPEN_END = re.compile(r"(?![ฯๆ]| [ฯๆ])(?<!ที่)(?<!ด้วย)(?:[\s(]|\Z)")
_GLOSS = re.compile(r" ?\(([A-Z][^()\n]{5,120})")


@cache
def _session() -> re.Pattern[str]:
    return re.compile(alternatives(words("closed", "sessions")))


@cache
def _numbered() -> re.Pattern[str]:
    """Match the number of a session, perhaps behind the ministry: กระทรวงX ครั้งที่ 1/2567."""
    owners, sessions = (alternatives(words("closed", key)) for key in ("owners", "sessions"))
    return re.compile(rf" ?(?:{owners}[ก-๎]{{3,45}} ?)?{sessions} ?[0-9๐-๙]")


@cache
def _clause() -> re.Pattern[str]:
    """Match what no name holds: a word of a sentence, or another body's head behind และ or ของ."""
    joints, heads = (alternatives(words("closed", key)) for key in ("joints", "heads"))
    return re.compile(rf"{alternatives(words('closed', 'clauses'))}|{joints}{heads}")


@cache
def _not_called() -> re.Pattern[str]:
    """Match what tells of a time or a manner, which no name does: ในช่วงX, ทุกสัปดาห์."""
    return re.compile(alternatives(words("closed", "not_called")))


@cache
def _english() -> dict[str, re.Pattern[str]]:
    """Return, by kind, a pattern of what such bodies are called in English."""
    kinds: dict[str, str] = read_toml(GRAMMAR)["closed"]["english"]
    return {
        kind: re.compile(rf"\b{alternatives(listed.split())}\b") for kind, listed in kinds.items()
    }
