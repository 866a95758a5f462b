"""People without a title: what the sequence tagger calls a person, where the grammar agrees.

The tagger is sure of itself also where it is wrong (a song, a horse, a company), so its word needs
a second witness: a listed given name or surname, a post beside the name, a verb of speech after it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.recognise.people.lexicon import (
    OFFICES,
    any_of,
    family_names,
    given_names,
    head_table,
    person_tuple,
    person_words,
    provinces,
    title_words,
)
from assembly_extract.recognise.people.name_lists import NICKNAME, split_names
from assembly_extract.recognise.people.names import LONGEST_GIVEN, Name
from assembly_extract.recognise.people.scan import GAP, THAI
from assembly_extract.recognise.people.surnames import LONGEST_FAMILY
from assembly_extract.recognise.people.word_ends import (
    SURE,
    ends_name,
    opens_post,
    starts_title,
    starts_verb,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from assembly_extract.recognise.people.scan import Scan
    from assembly_extract.types.article import Document

LISTED = 0.6
"""So sure must the tagger be of a name with a second witness that a list joins to a sure one."""

SHORTEST_ALONE = 4
"""A shorter given name alone in a headline is as likely a common word."""

SHORT_SURNAME = 14
"""A longer chunk whose beginning the tagger calls a surname may be one and what follows it."""

LONGEST_NICK = 18
"""A nickname in quotes, with them and the space behind it, has at most so many characters."""

LONGEST_JOINT = 8
"""What joins two names of a list (`` , ``, `` และ ``) has at most so many characters."""

_QUOTES = ("“", "”", '"', "‘", "’", "'")
_BEFORE_HEADLINE = "\n \u00a0"
_QUOTED = re.compile(f"[“\"‘']([{THAI}]{{2,22}})(?:{GAP}{{1,2}}([{THAI}]{{3,25}}))?[”\"’']")
_ENDS_ITEM = re.compile(rf"{GAP}*(?:$|[\n,)]|และ|ฯลฯ)")
_LISTED = re.compile(rf"{GAP}*(?:,|และ|กับ|/){GAP}*")
_CHUNK = f"[{THAI}]+(?:-[{THAI}]+)*"
_CHUNKS = re.compile(_CHUNK)
_ONLY_NAMES = re.compile(f"{_CHUNK}(?:{GAP}{{1,3}}{_CHUNK})*")


def tagged_people(
    document: Document, scan: Scan, taken: Sequence[tuple[int, int]], known: Container[str]
) -> Iterator[Name]:
    """Yield names that no title leads, outside the ``taken`` stretches, in order.

    ``known`` are the given names that the text has with a surname: each may stand alone. A name
    that nothing but the tagger vouches for counts beside one that more does, in a list.
    """
    taken = sorted(taken)
    free = _Free(taken)
    found = {name.start: name for name in _quoted(scan, free, known)}
    doubtful: list[Name] = []
    for span in scan.people:
        # The score of a merged list is that of all its names together: judge it by the name.
        names = max(1, document.text.count(" ", span.start, span.end) // 2)
        hashtag = document.text[span.start - 1 : span.start] == "#"
        unsure = span.score < SURE**names
        if span.score < LISTED**names or hashtag or not free(span.start, span.end):
            continue
        for run in _ONLY_NAMES.finditer(document.text, span.start, span.end):
            if unsure:
                doubtful += [n for n, sure in _names(scan, run.start(), run.end(), known) if sure]
                continue
            if run.group() in known:
                given = run.group()
                name = Name(run.start(), run.end(), given, given, None, "tagger+given", 0.8)
                found.setdefault(name.start, name)
                continue
            if headed := _headline_name(scan, run.start(), run.end()):
                found.setdefault(headed.start, headed)
                continue
            for name, sure in _names(scan, run.start(), run.end(), known):
                if sure:
                    found.setdefault(name.start, name)
                else:
                    doubtful.append(name)
    for name in _listed_beside(
        scan.text, doubtful, [*taken, *((n.start, n.end) for n in found.values())]
    ):
        found.setdefault(name.start, name)
    yield from (found[start] for start in sorted(found))


class _Free:
    """Says whether a stretch touches none of the sorted ``taken`` ones."""

    def __init__(self, taken: Sequence[tuple[int, int]]) -> None:
        self._taken = taken
        self._starts = [start for start, _ in taken]

    def __call__(self, start: int, end: int) -> bool:
        index = bisect_right(self._starts, end - 1) - 1
        return index < 0 or self._taken[index][1] <= start


def _quoted(scan: Scan, free: _Free, known: Container[str]) -> Iterator[Name]:
    """Yield the known given names that stand alone in quotation marks: “วันชัย” ชี้แจง.

    And whole names of the lists: ตั้ง “สมชาย ศรีสุข” นั่งเลขาธิการ.
    """
    if not any(sign in scan.text for sign in _QUOTES):
        return
    for match in _QUOTED.finditer(scan.text):
        given, family = match.groups()
        if family is not None:
            start, end = match.start(1), match.end(2)
            if family in family_names() and given in given_names() and free(start, end):
                yield Name(start, end, scan.text[start:end], given, family, "quoted+full", 0.9)
        elif given in known and free(match.start(1), match.end(1)):
            yield Name(match.start(1), match.end(1), given, given, None, "quoted+given", 0.8)


def _headline_name(scan: Scan, start: int, end: int) -> Name | None:
    """Return a listed given name that begins a headline's clause, before a verb of headlines.

    “สดศรี” ชี้…, ด้านธีระจี้…: the press calls people of public life so. Cost: a lone given name of
    somebody whom the article does not name in full.
    """
    given = scan.text[start:end]
    if len(given) < SHORTEST_ALONE or given not in given_names():
        return None
    begins = start - 1 if scan.text[start - 1 : start] in _QUOTES else start
    if begins and scan.text[begins - 1] not in _BEFORE_HEADLINE:
        return None
    after = end + 1 if begins < start and scan.text[end : end + 1] in _QUOTES else end
    if begins == start and begins and scan.text[begins - 1] != "\n":
        return None
    if not _headline_verb().match(scan.text, after):
        return None
    return Name(start, end, given, given, None, "tagger+given", 0.7)


def _listed_beside(
    text: str, doubtful: Sequence[Name], sure: Sequence[tuple[int, int]]
) -> Iterator[Name]:
    """Yield the doubtful names that commas or และ join to a sure one, at once or through others."""
    kept = set(sure)
    for order in (doubtful, doubtful[::-1]):
        for name in order:
            if any(
                _LISTED.fullmatch(text, *gap)
                for start, end in tuple(kept)
                for gap in ((end, name.start), (name.end, start))
                if 0 < gap[1] - gap[0] <= LONGEST_JOINT
            ):
                kept.add((name.start, name.end))
                yield name


def _names(scan: Scan, start: int, end: int, known: Container[str]) -> Iterator[tuple[Name, bool]]:
    """Yield the names of a run of chunks, each with whether more than the tagger vouches for it."""
    chunks = [(m.start(), m.end()) for m in _CHUNKS.finditer(scan.text, start, end)]
    while chunks and scan.text[slice(*chunks[0])] in _titles_and_pronouns():
        chunks = chunks[1:]
    if _line_of_its_own(scan.text, start, end):
        return
    before = _nickname_before(scan, start)
    if chunks and before is not None:
        chunks = [before, *chunks]
    if len(chunks) > 2 and start and not scan.text[start - 1].isspace() and _short(chunks[0]):
        chunks = chunks[1:]  # นักร้องสาว ลิซ่า …: the end of the word before
    while chunks and _no_name(scan, chunks[0]):
        chunks = chunks[1:]
    chunks = _with_surname(scan, _whole_surname(scan, chunks))
    chunks = [_without_address(scan.text, chunks[0]), *chunks[1:]] if chunks else []
    groups = split_names(scan.text, chunks)
    listed = sum(_listed(scan.text, group) for group in groups)
    company = len(groups) > 2 and listed > 1
    for group in groups:
        first = scan.text[slice(*group[0])]
        name = _name(scan, group)
        if name is not None:
            yield name, company or first in known or _vouched(scan, group)


def _whole_surname(scan: Scan, chunks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the chunks with the last one whole where the tagger cut it: บัวทอง ศรี|ชื่นชม."""
    if len(chunks) < 2:
        return chunks
    start, end = chunks[-1]
    whole = scan.chunk(start)
    rest = whole[end - start :]
    listed = whole in family_names()
    short = scan.text[start:end] not in family_names() and len(whole) <= SHORT_SURNAME
    if rest and "-" not in rest and (listed or short) and not ends_name(scan, end, rest):
        return [*chunks[:-1], (start, start + len(whole))]
    return chunks


def _with_surname(scan: Scan, chunks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the chunks with the surname that the tagger left off: ก้อง นพดล | แสนเสนาะ, …."""
    words = [scan.text[start:end] for start, end in chunks]
    if len(words) != 2 or not _short(chunks[0]) or words[1] not in given_names():
        return chunks
    start = scan.skip(chunks[1][1])
    chunk = scan.chunk(start)
    end = start + len(chunk)
    surname = NICKNAME < len(chunk) <= LONGEST_FAMILY and not ends_name(scan, start, chunk)
    if surname and start > chunks[1][1] and _ENDS_ITEM.match(scan.text, end):
        return [*chunks, (start, end)]
    return chunks


@cache
def _titles_and_pronouns() -> frozenset[str]:
    return title_words() | person_words("pronouns")


def _without_address(text: str, chunk: tuple[int, int]) -> tuple[int, int]:
    """Return a chunk without a pronoun glued to a listed given name: ท่าน|สุทธิพงษ์."""
    word = text[slice(*chunk)]
    for pronoun in person_words("pronouns"):
        if word.startswith(pronoun) and word[len(pronoun) :] in given_names():
            return chunk[0] + len(pronoun), chunk[1]
    return chunk


def _short(chunk: tuple[int, int]) -> bool:
    return chunk[1] - chunk[0] < NICKNAME


def _no_name(scan: Scan, chunk: tuple[int, int]) -> bool:
    """Say whether a chunk is a verb, a post or a title that the tagger took into a name.

    A foreign name may begin like a small word (อัน|วาร์, โว|โลดีมีร์): only longer ones count.
    """
    text = scan.text[slice(*chunk)]
    if not ends_name(scan, chunk[0], text):
        return False
    if text in person_words("after_space") or opens_post(scan, chunk[0]) or starts_verb(text):
        return True
    return starts_title(scan, chunk[0]) or len(words_of(text)[0]) >= NICKNAME


def _nickname_before(scan: Scan, start: int) -> tuple[int, int] | None:
    """Return the nickname that leads a list of names and that the tagger missed (เช่น ปุ๊ …)."""
    found = _led_nickname().search(scan.text, max(0, start - 20), start)
    return (found.start(1), found.end(1)) if found else None


def _line_of_its_own(text: str, start: int, end: int) -> bool:
    """Say whether a name is all of its line, or beside a number: a credit, a contact, a count."""
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)].strip()
    begins = start == 0 or text[start - 1] == "\n"
    counted = start > 1 and text[start - 1] in " \u00a0" and text[start - 2].isdigit()
    return (begins and not rest) or rest[:1].isdigit() or counted


def _listed(text: str, group: Sequence[tuple[int, int]]) -> bool:
    """Say whether the given name is a listed one: the first chunk, or the one after a nickname."""
    words = [text[start:end] for start, end in group]
    second = len(words) > 2 or _short(group[0])
    return words[0] in given_names() or (second and len(words) > 1 and words[1] in given_names())


def _name(scan: Scan, group: Sequence[tuple[int, int]]) -> Name | None:
    words = [scan.text[start:end] for start, end in group]
    start, end = group[0][0], group[-1][1]
    if len(words) == 1 or any(len(word) > LONGEST_FAMILY for word in words):
        return None
    if len(words[0]) > LONGEST_GIVEN or len(words[0]) < 2 or len(words[-1]) < 2:
        return None
    if any(word in provinces() or word in head_table() for word in words):
        return None
    if any(word in person_words("after_space") for word in words):
        return None
    if any(part in given_names() for word in words if "-" in word for part in word.split("-")):
        return None  # สมคิด-เนวิน: two people
    if words[0].startswith(person_tuple("royal_openings")):
        return None
    brands = person_words("brand_words")
    if scan.chunk(scan.skip(end)) in brands or any(word in brands for word in words):
        return None
    given = words[-2] if len(words) > 2 and len(words[0]) <= NICKNAME else words[0]
    family = " ".join(words[words.index(given) + 1 :])
    full = scan.text[start:end]
    return Name(start, end, full, given, family, "tagger+lists", 0.8)


def _vouched(scan: Scan, group: Sequence[tuple[int, int]]) -> bool:
    """Say whether a list, a nickname, a post or a verb of speech speaks for a name."""
    start, end = group[0][0], group[-1][1]
    return (
        _listed(scan.text, group)
        or _beside_post(scan, start, end)
        or _nick_before().search(scan.text, max(0, start - LONGEST_NICK), start) is not None
        or scan.text.endswith(_or_before(), 0, start)
        or _says().match(scan.text, end) is not None
    )


@cache
def _or_before() -> tuple[str, ...]:
    """Return what stands between a nickname and the name: ครูแดง |หรือ |สายสุนีย์ บุญเรือง."""
    return tuple(word + gap for word in person_tuple("or") for gap in ("", " ", "\u00a0"))


def _beside_post(scan: Scan, start: int, end: int) -> bool:
    closed = end + 1 if scan.text[end : end + 1] in _QUOTES else end
    if opens_post(scan, scan.skip(closed)):
        return True
    window = scan.text[max(0, start - 80) : start].rstrip(' \u00a0“"')
    return bool(_post_before().search(window)) or bool(_cue_before().search(window))


@cache
def _led_nickname() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('leads')}){GAP}([{THAI}]{{2,{NICKNAME}}}){GAP}$")


@cache
def _nick_before() -> re.Pattern[str]:
    """Return a pattern for a nickname in quotes or brackets that ends a window: “น้องแนน” …."""
    called = any_of("called")
    quoted = rf"[“\"‘'][{THAI}]{{2,{LONGEST_NICK - 4}}}[”\"’']"
    return re.compile(rf"(?:{quoted}|\((?:{called})[{THAI}]{{1,10}}\)){GAP}?$")


@cache
def _cue_before() -> re.Pattern[str]:
    """Return a pattern for a calling of stage or sport that ends a window: นักเตะ, ศิลปินลูกทุ่ง."""
    return re.compile(rf"(?:{any_of('name_cues')})[{THAI}]{{0,12}}$")


@cache
def _headline_verb() -> re.Pattern[str]:
    return re.compile(f"{GAP}?(?:{any_of('headline_verbs')})")


@cache
def _says() -> re.Pattern[str]:
    return re.compile(f"{GAP}?(?:{any_of('says')})")


@cache
def _post_before() -> re.Pattern[str]:
    """Return a pattern for a head of a post, perhaps with its complement, that ends a window."""
    heads = "|".join(
        re.escape(head)
        for head in sorted(head_table(), key=lambda h: (-len(h), h))
        if head_table()[head] in OFFICES and len(head) > 3
    )
    return re.compile(rf"(?:{heads})[^\s“”\"()]{{0,60}}$")
