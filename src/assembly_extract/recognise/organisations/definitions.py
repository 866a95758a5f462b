"""Abbreviations that the article itself defines: X (ย่อ), ย่อ (X), X หรือ ย่อ."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.gazetteer import OWN
from assembly_extract.recognise.organisations.evidence import is_class, starts_word
from assembly_extract.recognise.organisations.known import UNSURE
from assembly_extract.recognise.organisations.lexicon import (
    Head,
    Known,
    any_of,
    is_latin,
    known_spellings,
    latin_abbreviated,
    latin_abbreviations,
    letter_names,
    starting_with,
    words,
)
from assembly_extract.tokens import tokenise
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assembly_extract.matching import Match

_THAI_SHORT = r"(?:[ก-ฮ][ะ-ฺเ-์]?[ก-ฮ]{0,5}\.\s?){1,6}[ก-ฮ]{0,3}|[ก-ฮ]{2,6}"
_ENGLISH = r"[A-Z][A-Za-z&,.'’\- ]{3,110}?"
_OPEN = re.compile(r"[ \u00A0]?[(（]\s*")
_BEFORE = re.compile(r" ?[(（]\Z")
_CONSONANT = re.compile(r"[ก-ฮA-Za-z]")
_SIGNS = r"[\n“”\"()（）,;:]"
_LONGEST = 120
_MOST_HEADS = 60  # so many matches never stand in so few letters
_SCORE = 0.95
_RULE = "definition"


@cache
def _short_forms() -> str:
    """Return a pattern of what a definition's abbreviation looks like.

    Letters with dots or without, Latin capitals, or the names of Latin letters (เอฟเอโอ).
    """
    own = "|".join(sorted(words("definitions", "latin")))
    latin = (
        rf"[A-Z][A-Z&.\-]{{0,9}}[A-Z]|[A-Z]{{2,}}[a-z]{{0,3}}|[A-Z][a-z]{{1,8}}[A-Z]{{2,5}}|{own}"
    )
    return rf"(?:{_THAI_SHORT}|{latin}|{letter_names().pattern})"


@cache
def _bracket(opening: str) -> re.Pattern[str]:
    """Match ``(ย่อ)``, ``(หรือ ย่อ)``, ``(ย่อ, …)``, ``(FAO: Food and …)``, ``(World …: WHO)``."""
    short = _short_forms()
    after = r"\s*[,/:–-]\s*[^()\n]{1,110}"
    either = any_of("definitions", "or")
    before = rf"(?:{_ENGLISH}(?:\s*[:,–-]\s*|\s+{either}\s*))?"
    return re.compile(rf"{opening}\s*(?:{either}\s*)?{before}({short})\s*(?:{after})?[)）]")


@cache
def _either() -> re.Pattern[str]:
    """Match ``หรือ ย่อ`` after a name."""
    called = "|".join(sorted(words("definitions", "called"), key=lambda w: (-len(w), w)))
    return re.compile(rf" ?(?:{called}) ?[“\"]?({_short_forms()})(?=[\s,)”\"]|\Z)")


@cache
def _nobodys() -> frozenset[str]:
    """Return letters that no body is called by: a city's, a country's, a thing's (MOU, ISO)."""
    return words("acting", "names") | words("definitions", "things")


@cache
def _break() -> re.Pattern[str]:
    """Match what no name that a bracket ends holds."""
    listed = "|".join(sorted(map(re.escape, words("definitions", "breaks"))))
    return re.compile(rf"{_SIGNS}|{listed}| ได้")


def define(
    text: str, found: Sequence[Mention], matches: Sequence[Match[Known | Head]]
) -> Iterator[Mention]:
    """Yield mentions that definitions add: full names with their abbreviation, and abbreviations.

    A bracket right after a body's name defines its abbreviation. A bracket after words that no
    rule read as a name ends a name that a head word before it began, if the letters agree.
    """
    names = [mention for mention in found if _is_name(mention)]
    ends = {mention.end: mention for mention in sorted(names, key=_rank)}
    spaced = {m.start: m.end for m in names if text.startswith(" ", m.end)}
    listed = [mention for mention in names if _known(mention)]
    looked_for: set[str] = set()
    opening = "[(（]" if "（" in text else r"\("  # the scan for one sign takes a fifth of the time
    for bracket in _bracket(opening).finditer(text):
        short = bracket[1].strip()
        if starting_with("short", "not_bodies").end(short) or short in _nobodys():
            continue
        begins = bracket.start()
        begins -= text[begins - 1 : begins] in (" ", "\u00a0")
        full = ends.get(begins)
        if full is not None and not agree(short, full.text):
            full = None
        if full is None or not _known(full):
            wider = _reach_back(text, begins, short, matches, spaced)
            if wider is not None and any(m.start < wider.start < m.end for m in listed):
                wider = None  # บริษัท ท่าอากาศยานไทย จำกัด มหาชน (ทอท.): it begins inside another
            if wider is not None and (full is None or wider.start < full.start):
                full = wider
        if full is None:
            continue
        owner = _owner(short, full)
        if owner is not None:  # คณะX มหาวิทยาลัยY (มย.): the letters of the one that is named last
            yield _short(text, bracket.start(1), short, owner)
            continue
        last = not text[bracket.end(1) : bracket.end() - 1].strip()
        if _is_anothers(short, full, last=last):
            continue
        if is_latin(short) and not _may_be_latin(text, full, ends):
            continue
        yield _defined(full, short)
        yield _short(text, bracket.start(1), short, full)
        if short not in looked_for:
            yield from _elsewhere(text, short, full, bracket.start(1))
        looked_for.add(short)
    for end, full in ends.items():
        either = _either().match(text, end)
        said = either[1].strip() if either else ""
        latin = bool(said) and is_latin(said)
        if (
            either
            and said not in _nobodys()
            and agree(said, full.text)
            and not _is_listed_anothers(said, full)
            and not (latin and not _may_be_latin(text, full, ends))
        ):
            yield _defined(full, said)
            yield _short(text, either.start(1), said, full)
            yield from _elsewhere(text, said, full, either.start(1))
    yield from _in_brackets(text, found, {m.start: m for m in names}, ends)


def _owner(short: str, full: Mention) -> Mention | None:
    """Return the listed body that ends a name, after a space, if the letters are that one's."""
    known = known_spellings().get(short)
    if not isinstance(known, Known) or known.form != "abbreviation":
        return None
    for body in known.bodies:
        if full.text.endswith(f" {body}"):
            value = OrganisationValue(body, None, known.kind, (body,))
            return replace(full, text=body, start=full.end - len(body), value=value)
    return None


def _is_anothers(short: str, full: Mention, *, last: bool) -> bool:
    """Say whether Latin letters are known to be another body's, or this one has others.

    สหภาพยุโรป (ASEAN - EU Summit) is about a meeting, สหประชาชาติ (SDGs) about goals. A name that the
    list does not have takes any letters that are the bracket's ``last``.
    """
    value = full.value
    assert isinstance(value, OrganisationValue)  # noqa: S101 - narrows the type
    if not is_latin(short) or (last and not value.known):
        return False
    if short in latin_abbreviations():
        return _is_listed_anothers(short, full)
    return not latin_abbreviated().isdisjoint(value.known)


def _is_listed_anothers(short: str, full: Mention) -> bool:
    """Say whether the list has the letters, and for another body: X หรือ WHO."""
    value = full.value
    assert isinstance(value, OrganisationValue)  # noqa: S101 - narrows the type
    bodies = latin_abbreviations().get(short)
    return bodies is not None and bool(value.known) and bodies.isdisjoint(value.known)


def _rank(mention: Mention) -> tuple[bool, int]:
    """Order readings that end at one place: the sure and the long ones last, so that they count."""
    return mention.score > UNSURE, mention.end - mention.start


def _in_brackets(
    text: str, found: Sequence[Mention], names: Mapping[int, Mention], ends: Mapping[int, Mention]
) -> Iterator[Mention]:
    """Yield the full names of ``ย่อ (X)``, and of ``X (ย่อ)`` where ย่อ has more than letters.

    ``names`` are the names among ``found`` by where they start, ``ends`` by where they end.
    """
    for short in found:
        if _is_name(short):
            continue
        before = _BEFORE.search(text, max(0, short.start - 3), short.start)
        whole = ends.get(before.start()) if before and text.startswith(")", short.end) else None
        if whole is not None and _may_be_one(short, whole):  # X (สพป.แพร่ เขต 1)
            yield _defined(whole, short.text)
        opened = _OPEN.match(text, short.end)
        full = names.get(opened.end()) if opened else None
        if full is None or text[full.end : full.end + 1] not in (")", "）"):
            continue
        if full.score > UNSURE or agree(short.text, full.text):
            yield _defined(full, short.text)


def _may_be_one(short: Mention, whole: Mention) -> bool:
    """Say whether the letters agree with the name, of which the list may know one but not both."""
    listed = _known(short) and _known(whole)
    return not listed and agree(short.text, whole.text) and _owner(short.text, whole) is None


def _is_name(mention: Mention) -> bool:
    return isinstance(mention.value, OrganisationValue) and mention.value.form == "name"


def _may_be_latin(text: str, full: Mention, ends: dict[int, Mention]) -> bool:
    """Say whether Latin letters may be this body's: nothing else tells whose they are.

    After two bodies in a row (ศูนย์X ธนาคารY (REIC)) they may be the first one's.
    """
    before = ends.get(full.start - 1)
    in_row = before is not None and before.score > UNSURE and text.endswith(" ", 0, full.start)
    return full.score > UNSURE and not in_row


def _known(mention: Mention) -> bool:
    return isinstance(mention.value, OrganisationValue) and bool(mention.value.known)


def _defined(full: Mention, short: str) -> Mention:
    value = full.value
    assert isinstance(value, OrganisationValue)  # noqa: S101 - narrows the type
    rule = OWN if full.rule == OWN else _RULE
    return replace(
        full, rule=rule, score=max(full.score, _SCORE), value=replace(value, abbreviation=short)
    )


def _short(text: str, start: int, short: str, full: Mention) -> Mention:
    value = full.value
    assert isinstance(value, OrganisationValue)  # noqa: S101 - narrows the type
    end = start + len(short)
    named = OrganisationValue(short, short, value.category, value.known, "abbreviation")
    return Mention(start, end, text[start:end], "organisation", _RULE, _SCORE, named)


def _elsewhere(text: str, short: str, full: Mention, defined_at: int) -> Iterator[Mention]:
    """Yield the other places where a defined abbreviation stands."""
    at = text.find(short)
    while at >= 0:
        end = at + len(short)
        whole = (
            not (text[end : end + 1].isascii() and text[end : end + 1].isalnum())
            if short[-1].isascii() and short[-1] != "."
            else short.endswith(".") or not "ก" <= text[end : end + 1] <= "๎"
        )
        latin = short[0].isascii() and at > 0 and text[at - 1].isascii() and text[at - 1].isalnum()
        if at != defined_at and whole and not latin and starts_word(text, at, end, letters=True):
            yield _short(text, at, short, full)
        at = text.find(short, end)


def _reach_back(
    text: str, end: int, short: str, matches: Sequence[Match[Known | Head]], spaced: dict[int, int]
) -> Mention | None:
    """Return the name that ends at ``end``, by the nearest head word whose letters agree.

    Heads glued together count as the first of them: สำนักงานคณะกรรมการX. ``spaced`` is where names
    begin that end before a space: they are whole, and what follows is not theirs.
    """
    best: Mention | None = None
    before = bisect_left(matches, end, key=lambda match: match.start)
    for match in reversed(matches[max(0, before - _MOST_HEADS) : before]):
        if not isinstance(match.payload, Head) or match.payload.word in words("faculties", "heads"):
            continue
        head = match.payload
        name = text[match.start : end]
        if len(name) > _LONGEST or _break().search(name) or spaced.get(match.start, end) < end:
            break
        longer = best is not None and match.start == best.start  # คณะกรรมการ, not คณะ
        if best is not None and match.end != best.start and not longer:
            continue
        if _is_named(name, head, short):
            value = OrganisationValue(name, short, head.kind)
            best = Mention(match.start, end, name, "organisation", _RULE, _SCORE, value)
    return best


def _is_named(name: str, head: Head, short: str) -> bool:
    """Say whether ``name`` can be what ``short`` stands for, as far as letters and words tell."""
    if len(name) <= len(head.word) + 3 or is_latin(short) or not agree(short, name):
        return False
    rest = name[len(head.word) :]
    if rest.startswith((" ", "และ", "หรือ")):
        return False
    # In one piece, and with a letter of its head first, also a name of words that end others stands
    # (ศูนย์…ทุกช่วงวัยอย่างยั่งยืน (ศXX.)): the bracket says where it ends.
    sure = " " not in rest and _CONSONANT.findall(short)[0] in head.word
    ends = words("definitions", "clauses") if sure else words("ends", "words")
    sentence = any(rest[a:b] in ends for a, b in tokenise(rest))
    return not sentence and not is_class(name, head.word)


def agree(short: str, name: str) -> bool:
    """Say whether the letters of an abbreviation stand in the name, in order, its first one first.

    Abbreviations in Latin letters, also by their Thai names, are of the English name: they agree
    with any.

    >>> agree("สสว.", "สำนักงานส่งเสริมวิสาหกิจขนาดกลางและขนาดย่อม")
    True
    >>> agree("ทช.", "กรมเจ้าท่า")
    False
    """
    letters = _CONSONANT.findall(short)
    if not letters or is_latin(short):
        return True
    rest = iter(_CONSONANT.findall(name))
    return all(letter in rest for letter in letters)
