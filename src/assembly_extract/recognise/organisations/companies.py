"""Where a firm's name ends: by its legal form, in Latin letters, or by words of firms' names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.recognise.organisations.lexicon import any_of, known_spellings, words

if TYPE_CHECKING:
    from assembly_extract.recognise.organisations.lexicon import Head

_SILENCER = "์"
_NEXT_WORD = re.compile(r" ([ก-๙]{2,24}|\([ก-๙]+\))(?=[\s(),]|\Z)")


def legal_end(text: str, begin: int) -> int | None:
    """Return the end of a name that ends with its legal form or stands in Latin letters.

    บริษัท ขนส่ง จำกัด, บริษัท ABC Group; none if another name or a clause begins before it ends.
    """
    limited = _limited().match(text, begin)
    if limited and not _another().search(limited[0]):
        return limited.end()
    latin = _latin().match(text, begin)
    return latin.end() if latin else None


def with_firm_words(text: str, end: int) -> int:
    """Return the end after further words, each behind a space, of a name without a legal form.

    They are words that firms are named with, or written with the silencer of foreign sounds
    (โฮลดิ้งส์). Known cost: a foreign word that begins another name.
    """
    while more := _NEXT_WORD.match(text, end):
        foreign = _SILENCER in more[1] or more[1] in words("companies", "words")
        if not foreign or more[1].startswith("และ") or _another().match(more[1]):
            break
        end = more.end()
    return end


@cache
def _limited() -> re.Pattern[str]:
    forms = alternatives(words("companies", "limited"))
    public = alternatives(words("companies", "public"))
    return re.compile(rf" ?[^\n“”\"‘’,;:]{{2,70}}? ?{forms}(?: ?\(?{public}\)?)?")


@cache
def _latin() -> re.Pattern[str]:
    joints = alternatives(words("companies", "latin_joints"))
    word = r"[A-Z][A-Za-z0-9&.\-]*"
    return re.compile(rf" ?{word}(?: (?:{joints} )?{word}){{0,6}}")


@cache
def _another() -> re.Pattern[str]:
    """Match what shows that another name or a clause begins."""
    return re.compile(rf"{any_of('companies', 'others')}| {any_of('companies', 'clauses')} ")


def listed_firm(name: str, head: Head) -> tuple[str, ...]:
    """Return the listed firm whose bare name stands behind the head: บริษัท NVIDIA."""
    if head.kind not in words("companies", "kinds"):
        return ()
    bare = _legal_form().sub("", name[len(head.word) :]).strip()
    known = known_spellings().get(bare)
    if known is None or known.kind not in words("companies", "kinds") or len(known.bodies) > 1:
        return ()
    return known.bodies


@cache
def _legal_form() -> re.Pattern[str]:
    limited = alternatives(words("companies", "limited"))
    return re.compile(rf" ?{limited}(?: ?\(?{alternatives(words('companies', 'public'))}\)?)?\Z")
