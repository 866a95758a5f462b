"""The name that follows a title: where it begins, where it ends, given and family name.

Thai has no spaces between words, but news sets one between given name and surname, and mostly one
after the surname. So a name is read in chunks between spaces; a chunk is cut where a verb, a post
or another title is glued to it. Lists of names settle what the shape leaves open.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.recognise.people.lexicon import (
    family_names,
    given_names,
    glued_ends,
    head_table,
    not_titles,
    opening_pattern,
    person_words,
    post_words,
    starts,
    title_words,
    titles,
)
from assembly_extract.recognise.people.scan import GAP, THAI, Scan
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from assembly_extract.recognise.people.stacks import Stack

LONGEST_GIVEN, LONGEST_FAMILY = 22, 26
"""Longer chunks are no names; the longest of the lists are shorter."""

_SHORT_FAMILY = 16
"""A chunk so short between a given name and a post is a surname whatever it begins with."""

SHORTEST_CUT = 4
"""Shorter listed names begin too many longer ones to be cut from what is glued to them."""

SURE = 0.8
"""From this score on the tagger's word counts where the shape leaves it open."""

THAI_WITHIN = 30
"""A name in Latin letters counts only with Thai so near to it: English paragraphs give none."""

SHORT_STYLE = 7
"""An ecclesiastical title that begins like a common word (พระราชรัตนสุธี) is longer than this."""

_LATIN_WORD = r"[A-Z][A-Za-zÀ-ž’'.-]*"
_THAI_NEAR = re.compile(f"[{THAI}]")
_GLOSS = re.compile(rf"{GAP}?\(({_LATIN_WORD}(?:{GAP}[A-Za-zÀ-ž’'.-]+){{0,5}})\)")
_LETTER = re.compile(r"(?:[ก-ฮ]\.?|[A-Z]\.?)(?![A-Za-zก-๎])")
_NICKNAME = re.compile(rf"{GAP}?(?:\([{THAI}]{{2,15}}\)|[“\"][{THAI} ]{{2,15}}[”\"]){GAP}?")
_AGE_OR_END = re.compile(rf"(?:{GAP}*(?:$|\n|[,:()“”\"/]|อายุ))")
_PLURAL = ("และ", "กับ", "หรือ")
_CIVIL = ("civil",)


class Name(NamedTuple):
    """A name at ``text[start:end]`` of the scan; ``full`` is it without gloss and titles."""

    start: int
    end: int
    full: str
    given: str | None
    family: str | None
    rule: str
    score: float


def parse_name(scan: Scan, stack: Stack) -> Name | None:
    """Return the name after a stack of titles, or ``None`` if what follows is no name."""
    at = scan.skip(stack.end)
    if at - stack.end > 2:
        return None
    latin = _latin().match(scan.text, at)
    if latin and len(latin.group()) > 2:
        return _latin_name(scan, stack, latin.group(), at)
    letter = _LETTER.match(scan.text, at)
    if letter:
        text = letter.group()
        civil = stack.kinds[-1] in _CIVIL and stack.use == "strong"
        apart = at > stack.end or not scan.text.endswith(".", 0, stack.end)  # not น.ส.ล.
        civil = civil and apart and (text.endswith(".") or at > stack.end)
        return Name(at, letter.end(), text, text, None, "title+letter", 0.8) if civil else None
    return _thai_name(scan, stack, at)


@cache
def _latin() -> re.Pattern[str]:
    """Return a pattern for a name in Latin letters, small words in it too."""
    small = f"(?:{GAP}(?:{starts('particles').pattern})){{0,2}}"
    return re.compile(f"{_LATIN_WORD}(?:{small}{GAP}{_LATIN_WORD}){{0,5}}")


def _latin_name(scan: Scan, stack: Stack, text: str, at: int) -> Name | None:
    text = text.rstrip(".,-’'")
    words = text.split()
    if not _THAI_NEAR.search(scan.text, max(0, at - THAI_WITHIN), at + len(text) + THAI_WITHIN):
        return None
    if stack.use in ("weak", "post") and len(words) < 2:
        return None
    family = " ".join(words[1:]) or None
    end = at + len(text)
    gloss = re.compile(rf"{GAP}?\([{THAI} ]{{2,60}}\)").match(scan.text, end)
    return Name(at, gloss.end() if gloss else end, text, words[0], family, "title+latin", 0.9)


def _thai_name(scan: Scan, stack: Stack, at: int) -> Name | None:
    chunk = scan.chunk(at)
    size, cut = name_length(scan, at, chunk, given_names())
    given = chunk[:size]
    if stack.kinds[-1] == "monk" and not _is_monk(scan, stack, given, at):
        return None
    if not _plausible_given(scan, stack, given, at):
        return None
    end = at + size
    family, family_end = (None, end) if cut else _family(scan, end)
    if family is None and not _may_stand_alone(scan, stack, given, at):
        return None
    if stack.use == "post" and given not in given_names():
        return None
    full = scan.text[at:family_end]
    score = 0.95 if family else 0.85
    gloss = _GLOSS.match(scan.text, family_end)
    end = gloss.end() if gloss and family else family_end
    split = given if family else _split(given)
    if family is None and split != given:
        return Name(at, end, full, split, given[len(split) :], "title+joined", 0.85)
    if family:
        return Name(at, end, full, given, family, "title+full", score)
    rule = "address+given" if stack.kinds[-1] == "address" else "title+given"
    return Name(at, end, full, given, None, rule, score)


def _split(chunk: str) -> str:
    """Return the given name of a name written in one (สมหมายใจกว้าง), or the whole chunk."""
    if chunk in given_names() or len(chunk) < 8:
        return chunk
    for size in range(len(chunk) - 3, 2, -1):
        if chunk[:size] in given_names() and chunk[size:] in family_names():
            return chunk[:size]
    return chunk


def name_length(scan: Scan, at: int, chunk: str, known: frozenset[str]) -> tuple[int, bool]:
    """Return how many characters of ``chunk`` are a name, and whether something is glued to it.

    The cut is the first word of :func:`~.lexicon.glued_ends` whose beginning is a word edge or
    leaves a known name before it; lacking that, where the tagger ends a person.
    """
    if chunk in known:
        return len(chunk), False
    span = scan.tagged(at)
    cuts = sorted({match.start for match in glued_ends().all(scan.text[at : at + len(chunk) + 40])})
    for size in range(len(chunk) - 1, SHORTEST_CUT - 1, -1):
        if chunk[:size] in known and _goes_on(scan, at + size):
            return size, True
    for cut in cuts:
        if 2 <= cut < len(chunk) and (chunk[:cut] in known or at + cut in scan.edges):
            return _without_modifier(chunk, cut), True
    if span is not None and span.score >= SURE and 2 <= span.end - at < len(chunk):
        return span.end - at, True
    return len(chunk), False


def _goes_on(scan: Scan, at: int) -> bool:
    """Say whether a whole word that ends names stands at ``at``: จุรินทร์|ได้ชี้แจง."""
    return (
        any(
            scan.text.startswith(word, at) and at + len(word) in scan.edges
            for word in person_words("after_known")
        )
        and at in scan.edges
    )


def _without_modifier(chunk: str, cut: int) -> int:
    """Return the cut before the words that lead a glued post: ใจกว้าง|รองปลัด…."""
    for word in sorted(post_words("modifiers"), key=lambda word: (-len(word), word)):
        if chunk.endswith(word, 0, cut) and cut - len(word) > 2:
            return cut - len(word)
    return cut


def _plausible_given(scan: Scan, stack: Stack, given: str, at: int) -> bool:
    if not 2 <= len(given) <= LONGEST_GIVEN:
        return False
    tagged = _tagger_agrees(scan, at, len(given))
    if given in person_words("never_given") and not (tagged and given in given_names()):
        return False
    if stack.kinds[-1] in ("address", "noble") and not tagged:
        return False
    if given in given_names():
        return True
    words = _words(given)
    if words[0] in person_words("never_given") and len(words) > 1 and not tagged:
        return False
    if given.startswith("ก") and scan.text.endswith("นาย", 0, stack.end) and stack.end == at:
        # นายก may be a short word for the prime minister or a mayor: นายกและคณะ, นายกแพทองธาร.
        return tagged and given[1:] not in given_names() and scan.closes(at + len(given))
    if opens_post(scan, at):
        return False
    if any(starts_title(scan, at)) or any(m.start == 0 for m in not_titles().all(given)):
        return False
    if given in person_words("after_space"):
        return False
    if stack.use == "weak":
        follows = scan.chunk(scan.skip(at + len(given)))
        listed = follows in family_names() and stack.kinds[-1] not in ("address", "monk")
        return listed or tagged or _nickname_follows(scan, at + len(given))
    return True


def _nickname_follows(scan: Scan, end: int) -> bool:
    """Say whether a bracketed nickname and a further chunk follow: a shape that only names have."""
    nick = _NICKNAME.match(scan.text, end)
    return nick is not None and len(scan.chunk(nick.end())) > 3


def _tagger_agrees(scan: Scan, at: int, size: int) -> bool:
    """Say whether the tagger sees a person in all of ``at..at+size``, and is sure."""
    span = scan.tagged(at)
    return span is not None and span.end >= at + size and span.score >= SURE


def _is_monk(scan: Scan, stack: Stack, given: str, at: int) -> bool:
    """Say whether พระ… is a monk: the tagger says so, or an ecclesiastical post follows.

    พระ begins hundreds of words of faith, kingship and place (พระราม 2, พระประวัติ).
    """
    if scan.text[max(0, stack.start - 12) : stack.start].rstrip().endswith("สมเด็จ"):
        return False
    if stack.use == "strong":
        return not given.startswith(("มหา", "บรม"))
    post = scan.text.startswith(tuple(person_words("monk_posts")), scan.skip(at + len(given)))
    tagged = _tagger_agrees(scan, at, len(given))
    blocked = [word for word in person_words("not_monks") if given.startswith(word)]
    if not blocked:
        return post or tagged
    openings = person_words("monk_openings")
    ranked = given.startswith(tuple(openings)) and all(
        word in openings or len(word) < SHORT_STYLE - 2 for word in blocked
    )
    return len(given) > SHORT_STYLE and (post or (tagged and ranked))


def _may_stand_alone(scan: Scan, stack: Stack, given: str, at: int) -> bool:
    """Say whether a title and this one word are a mention of somebody."""
    if given in title_words():
        return False
    if stack.use == "strong" or _tagger_agrees(scan, at, len(given)):
        return True
    return stack.use == "post" and given in given_names() and len(given) > 2


def _words(chunk: str) -> list[str]:
    return [chunk[start:end] for start, end in tokenise(chunk)]


def _family(scan: Scan, end: int) -> tuple[str | None, int]:
    """Return the surname after a given name that ends at ``end``, and where it ends."""
    at = scan.skip(end)
    nick = _NICKNAME.match(scan.text, end)
    if nick and scan.chunk(nick.end()):
        at = nick.end()
    if at == end:
        return _next_line_family(scan, end)
    chunk = scan.chunk(at)
    if chunk == "ณ":
        return _royal_seat(scan, at, end)
    seat = _royal_seat(scan, scan.skip(at + len(chunk)), end)
    if seat[0] is not None:
        return scan.text[at : seat[1]], seat[1]
    size, cut = name_length(scan, at, chunk, family_names())
    family = chunk[:size]
    if nick and at == nick.end() and not _family_shape(family):
        return None, end
    if not _plausible_family(scan, family, at, cut=cut):
        return None, end
    stop = at + size
    if cut:
        return family, stop
    more, stop_more = _second_family(scan, stop)
    return (f"{scan.text[at:stop_more]}", stop_more) if more else (family, stop)


def _next_line_family(scan: Scan, end: int) -> tuple[str | None, int]:
    """Return the surname that a line break has torn off: listed, or right before a post."""
    if scan.text[end : end + 1] != "\n":
        return None, end
    chunk = scan.chunk(end + 1)
    after = end + 1 + len(chunk)
    if not 2 < len(chunk) <= LONGEST_FAMILY or ends_name(scan, end + 1, chunk):
        return None, end
    if opens_post(scan, scan.skip(after)) and scan.text[after : after + 1] in (" ", "\u00a0"):
        return chunk, after
    return None, end


def _family_shape(family: str) -> bool:
    return family in family_names() or 4 <= len(family) <= _SHORT_FAMILY + 4


def _royal_seat(scan: Scan, at: int, end: int) -> tuple[str | None, int]:
    if scan.chunk(at) != "ณ":
        return None, end
    seat_at = scan.skip(at + 1)
    seat = scan.chunk(seat_at)
    for size in range(len(seat), 2, -1):
        if seat[:size] in person_words("royal_seats"):
            return scan.text[at : seat_at + size], seat_at + size
    return None, end


def _second_family(scan: Scan, end: int) -> tuple[str | None, int]:
    """Return a second surname (อินทวงศ์ สุวรรณคีรี): listed, or the only chunk before a post."""
    at = scan.skip(end)
    if at == end or at - end > 2:
        return None, end
    chunk = scan.chunk(at)
    if chunk == "ณ":
        return _royal_seat(scan, at, end)
    size, cut = name_length(scan, at, chunk, family_names())
    family = chunk[:size]
    if cut or len(family) < 4 or ends_name(scan, at, family):
        return None, end
    span = scan.tagged(at)
    covered = span is not None and span.start < end and span.end == at + size
    if (
        family in family_names()
        or covered
        or (
            len(family) <= LONGEST_FAMILY
            and opens_post(scan, scan.skip(at + size))
            and _looks_like_name(family)
        )
    ):
        return family, at + size
    return None, end


def _looks_like_name(chunk: str) -> bool:
    """Say whether a chunk is no plain phrase: few words, one of them no common word."""
    words = _words(chunk)
    return len(words) <= 4 and not any(word in person_words("after_space") for word in words)


def _plausible_family(scan: Scan, family: str, at: int, *, cut: bool) -> bool:
    if not 2 <= len(family) <= LONGEST_FAMILY or family in _PLURAL:
        return False
    if family in family_names() and family not in person_words("after_space"):
        return True
    span = scan.tagged(at)
    if not ends_name(scan, at, family):
        return True
    if any(starts_title(scan, at)):
        return False
    if opens_post(scan, at):
        # a surname that is also a calling: นภา เศรษฐกร รองปลัด…
        after = at + len(family)
        calling = head_table().get(family) == "near" and not cut
        return calling and (
            opens_post(scan, scan.skip(after)) or _AGE_OR_END.match(scan.text, after) is not None
        )
    if span is not None and span.start < at and span.end >= at + len(family) and span.score >= SURE:
        return True
    # A surname may begin like a verb or a noun of place (มีสุข, อยู่เล็ก, วัดเกษม): a short chunk of
    # two words right before a post, an age or the end of the line is one. Cost: a verb there.
    words = _words(family)
    whole = family in person_words("after_space") or family in head_table()
    return (
        not cut
        and not whole
        and len(family) <= _SHORT_FAMILY
        and len(words) > 1
        and (
            (len(words) == 2 and bool(_AGE_OR_END.match(scan.text, at + len(family))))
            or opens_post(scan, scan.skip(at + len(family)))
            or any(starts_title(scan, scan.skip(at + len(family))))
            or _and_title(scan, at + len(family))
        )
    )


def _and_title(scan: Scan, end: int) -> bool:
    """Say whether และ and a title stand at ``end``: the list of names goes on."""
    at = scan.skip(end)
    return scan.text.startswith("และ", at) and any(starts_title(scan, scan.skip(at + len("และ"))))


def ends_name(scan: Scan, at: int, chunk: str) -> bool:
    """Say whether the chunk at ``at`` cannot go on a name: a verb, a post, a title, a noun."""
    if chunk in person_words("after_space") or any(starts_title(scan, at)):
        return True
    if opens_post(scan, at) or any(match.start == 0 for match in glued_ends().all(chunk)):
        return True
    ends = person_words("after_space")
    words = _words(chunk)
    return words[0] in ends or "".join(words[:2]) in ends


def starts_title(scan: Scan, at: int) -> list[int]:
    """Return the ends of strong titles that begin at ``at``."""
    window = scan.text[at : at + 24]
    return [
        match.end
        for match in titles().all(window)
        if match.start == 0 and match.payload.use == "strong"
    ]


def opens_post(scan: Scan, at: int) -> bool:
    """Say whether a head of a post, or a modifier of one, begins at ``at``."""
    window = scan.text[at : at + 40]
    return bool(opening_pattern().match(window))
