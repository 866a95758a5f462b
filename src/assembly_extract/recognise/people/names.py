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
    any_of,
    family_names,
    given_names,
    no_names_after_posts,
    no_titles,
    person_tuple,
    person_words,
    title_words,
)
from assembly_extract.recognise.people.scan import GAP, THAI
from assembly_extract.recognise.people.surnames import NICKNAME, goes_to_end, surname
from assembly_extract.recognise.people.word_ends import (
    SURE,
    name_length,
    opens_post,
    starts_title,
    tagger_agrees,
    words_of,
)
from assembly_extract.tokens import in_dictionary

if TYPE_CHECKING:
    from assembly_extract.recognise.people.scan import Scan
    from assembly_extract.recognise.people.stacks import Stack

LONGEST_GIVEN = 22
"""A longer chunk is no given name; the longest of the lists is shorter."""

THAI_WITHIN = 30
"""A name in Latin letters counts only with Thai so near to it: English paragraphs give none."""

SHORT_STYLE = 7
"""An ecclesiastical title that begins like a common word (พระราชรัตนสุธี) is longer than this."""

_LATIN_WORD = r"[A-Z][A-Za-zÀ-ž’'.-]*"
_THAI_NEAR = re.compile(f"[{THAI}]")
_GLOSS = re.compile(rf"{GAP}?\(({_LATIN_WORD}(?:{GAP}[A-Za-zÀ-ž’'.-]+){{0,5}})\)")
_LETTER = re.compile(r"(?:[ก-ฮ]\.?|[A-Z]\.?)(?![A-Za-zก-๎])")
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
    if scan.text[at : at + 1] == "\n":  # a title at a line's end: where the tagger goes on
        span = scan.tagged(at + 1)
        if span is None or span.score < SURE or stack.use != "strong":
            return None
        at += 1
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
    small = f"(?:{GAP}(?:{any_of('particles')})){{0,2}}"
    return re.compile(f"{_LATIN_WORD}(?:{small}{GAP}{_LATIN_WORD}){{0,5}}")


def _latin_name(scan: Scan, stack: Stack, text: str, at: int) -> Name | None:
    words = text.split()
    ends = [place for place, word in enumerate(words) if word in person_words("latin_posts")]
    if ends:
        words = words[: ends[0]]
        text = text[: _end_of_word(text, ends[0])]
    text = text.rstrip(".,-’' \u00a0")
    if not text or title_words() & {text, f"{text}."}:  # นาย Mr.
        return None
    if not _THAI_NEAR.search(scan.text, max(0, at - THAI_WITHIN), at + len(text) + THAI_WITHIN):
        return None
    # One word in Latin letters is a name only after a title and a space: Dr.Ganja is a product.
    if stack.use == "post" or (len(words) < 2 and (stack.use == "weak" or at == stack.end)):
        return None
    family = " ".join(words[1:]) or None
    end = at + len(text)
    gloss = re.compile(rf"{GAP}?\([{THAI} ]{{2,60}}\)").match(scan.text, end)
    return Name(at, gloss.end() if gloss else end, text, words[0], family, "title+latin", 0.9)


def _end_of_word(text: str, count: int) -> int:
    """Return where the first ``count`` words of a text end."""
    words = list(re.finditer(r"\S+", text))
    return words[count - 1].end() if count else 0


def _thai_name(scan: Scan, stack: Stack, at: int) -> Name | None:
    chunk = scan.chunk(at)
    if stack.use == "post" and not _opens_listed(chunk):
        return None
    size, cut = name_length(scan, at, chunk, given_names())
    given = chunk[:size]
    if stack.kinds[-1] == "monk" and not _is_monk(scan, stack, given, at):
        return None
    if not _plausible_given(scan, stack, given, at):
        return None
    end = at + size
    family, family_end = (None, end) if cut else surname(scan, at, end)
    if family is None and not _may_stand_alone(scan, stack, given, at):
        return None
    if family is None and not _is_apart(scan, stack, at + size):
        return None
    if stack.use == "post":
        if given not in given_names() or given in no_names_after_posts():
            return None
        if family is not None and not _follows_post(scan, family, family_end):
            family, family_end = None, end
    weak = stack.use == "weak" and stack.kinds[-1] not in ("civil", "medical")
    weak = weak and "(" not in scan.text[end:family_end]
    if family is not None and weak and not _vouched(scan, family, family_end):
        family, family_end = None, end
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


def _opens_listed(chunk: str) -> bool:
    """Say whether a chunk begins with a listed given name: most words after a post do not."""
    known = given_names()
    return any(chunk[:size] in known for size in range(2, min(len(chunk), LONGEST_GIVEN) + 1))


def _follows_post(scan: Scan, family: str, end: int) -> bool:
    """Say whether a surname is one behind a post and a given name: in headlines a verb is likelier.

    It is tagged, or listed and no single word (รองนายกฯ ประวิตร ยินดี), or of unknown words.
    """
    span = scan.tagged(end - 1)
    tagged = span is not None and span.score >= SURE and span.end >= end
    words = words_of(family)
    listed = family in family_names() and len(words) > 1
    return tagged or listed or any(not in_dictionary(word) for word in words)


def _vouched(scan: Scan, family: str, end: int) -> bool:
    """Say whether a surname after a weak title is listed, tagged, or before a post or an age."""
    span = scan.tagged(end - 1)
    tagged = span is not None and span.score >= SURE and span.end >= end
    listed = family.split(maxsplit=1)[0] in family_names()
    return listed or tagged or opens_post(scan, scan.skip(end)) or goes_to_end(scan, end)


def _split(chunk: str) -> str:
    """Return the given name of a name written in one (สมหมายใจกว้าง), or the whole chunk."""
    if chunk in given_names() or len(chunk) < 8:
        return chunk
    for size in range(len(chunk) - 3, 2, -1):
        if chunk[:size] in given_names() and chunk[size:] in family_names():
            return chunk[:size]
    return chunk


def _plausible_given(scan: Scan, stack: Stack, given: str, at: int) -> bool:
    if not 2 <= len(given) <= LONGEST_GIVEN:
        return False
    repeated = given.startswith(scan.text[stack.start : stack.end])  # คุณนายคุณนาย, not คุณคุณากร
    if repeated and given not in given_names():
        return False
    tagged = tagger_agrees(scan, at, len(given))
    if given in person_words("never_given") and not _tagger_goes_on(scan, at + len(given)):
        return False
    pseudonym = _is_pseudonym(scan, at + len(given))
    if stack.kinds[-1] in ("address", "noble") and not tagged and not pseudonym:
        return given in given_names() and scan.chunk(scan.skip(at + len(given))) in family_names()
    if given in given_names():
        return True
    words = words_of(given)
    if words[0] in person_words("never_given") and len(words) > 1 and not tagged:
        return False
    if given.startswith("ก") and scan.text.endswith("นาย", 0, stack.end) and stack.end == at:
        # นายก may be a short word for the prime minister or a mayor: นายกและคณะ, นายกแพทองธาร.
        return tagged and given[1:] not in given_names() and scan.closes(at + len(given))
    if opens_post(scan, at):
        return False
    if starts_title(scan, at) or no_titles().end(given):
        return False
    if given in person_words("after_space"):
        return stack.use == "strong" and _tagger_goes_on(scan, at + len(given))
    if stack.use == "weak":
        if stack.kinds[-1] == "monk" and _office_follows(scan, at + len(given)):
            return True
        follows = scan.chunk(scan.skip(at + len(given)))
        worldly = stack.kinds[-1] not in ("address", "monk") or _is_nun(scan, stack)
        listed = follows in family_names() and worldly
        witness = _nickname_follows(scan, at + len(given)) or _is_pseudonym(scan, at + len(given))
        return listed or tagged or witness
    return True


def _tagger_goes_on(scan: Scan, end: int) -> bool:
    """Say whether the tagger's person goes on behind a given name that ends at ``end``."""
    span = scan.tagged(end - 1)
    return span is not None and span.score >= SURE and span.end > end + 2


def _nickname_follows(scan: Scan, end: int) -> bool:
    """Say whether a bracketed nickname and a further chunk follow: a shape that only names have."""
    nick = NICKNAME.match(scan.text, end)
    return nick is not None and len(scan.chunk(nick.end())) > 3


def _is_pseudonym(scan: Scan, end: int) -> bool:
    """Say whether a bracket calls the name before it invented: ครูแอน (นามสมมติ)."""
    bracket = scan.skip(end)
    return scan.text.startswith("(", bracket) and scan.text.startswith(
        person_tuple("pseudonyms"), bracket + 1
    )


def _office_follows(scan: Scan, end: int) -> bool:
    """Say whether an office of the clergy follows: พระพรหมเวที ที่ปรึกษาเจ้าคณะภาค 15."""
    at = scan.skip(end)
    return at > end and scan.text.startswith(person_tuple("monk_offices"), at)


def _is_monk(scan: Scan, stack: Stack, given: str, at: int) -> bool:
    """Say whether พระ… is a monk: the tagger says so, or an ecclesiastical post follows.

    พระ begins hundreds of words of faith, kingship and place (พระราม 2, พระประวัติ).
    """
    if scan.text[max(0, stack.start - 12) : stack.start].rstrip().endswith("สมเด็จ"):
        return False
    if stack.use == "strong":
        return not given.startswith(("มหา", "บรม"))
    if _is_nun(scan, stack):
        return True
    if given in person_words("monk_openings"):
        return False
    post = scan.text.startswith(person_tuple("monk_posts"), scan.skip(at + len(given)))
    tagged = tagger_agrees(scan, at, len(given))
    blocked = [word for word in person_words("not_monks") if given.startswith(word)]
    if not blocked:
        surname_at = scan.skip(at + len(given))
        listed = given in given_names() and scan.chunk(surname_at) in family_names()
        return post or tagged or listed
    openings = person_words("monk_openings")
    ranked = given.startswith(tuple(openings)) and all(
        word in openings or len(word) < SHORT_STYLE - 2 for word in blocked
    )
    return len(given) > SHORT_STYLE and (post or (tagged and ranked))


def _is_nun(scan: Scan, stack: Stack) -> bool:
    """Say whether a title of the clergy is one that a given name and a surname follow: แม่ชี."""
    return scan.text.endswith(person_tuple("nuns"), stack.start, stack.end)


def _says_something(stack: Stack, given: str) -> bool:
    """Say whether words of the language follow a title, not a name: รองศาสตราจารย์ สังกัดคณะ….

    Known cost: a short mention by a rare given name that is made of words (ดร.ใจอาจ).
    """
    words = words_of(given)
    if stack.kinds[-1] in ("monk", *_CIVIL):  # นายเชิดชาย: rarer given names are words, too
        return False
    return len(words) > 1 and all(map(in_dictionary, words))


def _is_apart(scan: Scan, stack: Stack, end: int) -> bool:
    """Say whether a title before one name is no part of a longer word: ท่าเรือนางสมถวิล, รัตนางกูร.

    It stands apart, or behind a word that leads on to people (โดย, กล่าวกับ), or the tagger agrees.
    """
    start = stack.start
    if start == 0 or not _THAI_NEAR.match(scan.text, start - 1):
        return True
    low = max(0, start - LONGEST_GIVEN)
    if scan.text.endswith(person_tuple("places_before"), low, start):
        return False
    span = scan.tagged(start)
    if span is not None and span.score >= SURE and span.start == start and span.end >= end:
        return True
    return start in scan.edges and scan.text.endswith(person_tuple("leading_on"), low, start)


def _may_stand_alone(scan: Scan, stack: Stack, given: str, at: int) -> bool:
    """Say whether a title and this one word are a mention of somebody."""
    if given in title_words():
        return False
    if given not in given_names() and given.startswith(person_tuple("no_openings")):
        return False
    if tagger_agrees(scan, at, len(given)) or _is_pseudonym(scan, at + len(given)):
        return True
    if stack.use == "strong":
        return given in given_names() or not _says_something(stack, given)
    return stack.use == "post" and given in given_names() and len(given) > 2
