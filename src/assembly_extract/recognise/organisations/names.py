"""Where the name that a head word begins ends: words in, a name and how sure its end is out."""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.matching import alternatives
from assembly_extract.recognise.organisations.companies import legal_end, with_firm_words
from assembly_extract.recognise.organisations.evidence import up_to_space
from assembly_extract.recognise.organisations.lexicon import (
    ends_in,
    starting_with,
    word_tuple,
    words,
)
from assembly_extract.recognise.organisations.seats import (
    AFTER_NAME,
    area_kinds,
    letters_of_area,
    longest_area,
    read_area,
    union_letters,
    with_bare_number,
    with_branch,
    with_city,
    with_number,
    with_provinces,
    with_seat,
)
from assembly_extract.thai_calendar import THAI_DIGITS
from assembly_extract.tokens import line_words, segmenter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.recognise.organisations.lexicon import Head

REACH = 130
"""No name of a body is longer than this after its head (the longest of the list has 105)."""

_MOST_WORDS = 20
_MOST_BEFORE = 5  # words of a committee's name before เพื่อการX
_LOOK_AHEAD = 24  # characters after a head that decide whether it is a word
_CUT = re.compile(r"[\n“”\"‘’'(),;:/\[\]{}<>!?…|*=+•]")
# A space ends a name, but before a number: what stands behind it need not be cut into words. ๆ and
# the space beside it are one word (ต่าง ๆ).
_GAP = re.compile(r"[^\S\n](?<!ๆ.)(?=[A-Za-zก-ไ])")
_LETTERS = re.compile(r"[ก-ฮ]{2,5}")
_LETTERS_WITH_DOTS = re.compile(r"(?:[ก-ฮ]{1,4}\.){2,}")
_SMALL = ("district", "subdistrict")


class NameEnd(NamedTuple):
    """The name ends at ``end``. ``certain``: a sign, a space or a verb stands there.

    ``size`` counts the words after the head.
    """

    end: int
    certain: bool
    size: int


def read_name(text: str, start: int, head: Head, *, posted: bool = False) -> NameEnd | None:
    """Return where the name that begins with ``head`` at ``start`` ends; None if none does.

    After a post (``posted``) a name is sure to follow, also one that begins with a verb.
    """
    begin = start + len(head.word)
    if not _is_head(text, start, head):
        return None
    if head.kind == "company":
        return _read_company(text, begin, head)
    return _read_words(text, begin, head, posted=posted)


def _read_company(text: str, begin: int, head: Head) -> NameEnd | None:
    """Read a company's name by its legal form, in Latin letters or by words."""
    if starting_with("companies", "forms").end(text, begin + text.startswith(" ", begin)):
        return None
    end = legal_end(text, begin)
    if end is not None:
        return NameEnd(end, certain=True, size=2)
    read = _read_words(text, begin, head)
    if read is None or head.word in words("companies", "banks"):
        return read
    return NameEnd(with_firm_words(text, read.end), read.certain, read.size)


def _read_words(text: str, begin: int, head: Head, *, posted: bool = False) -> NameEnd | None:
    if head.kind in words("numbered", "kinds") and (end := with_number(text, begin)) > begin:
        return NameEnd(end, certain=True, size=1)  # มณฑลทหารบกที่ 35
    if head.word in words("numbered", "heads"):
        end = max(with_bare_number(text, begin), with_number(text, begin))
        if end > begin:
            return NameEnd(end, certain=True, size=1)
    if head.kind in words("inner", "club_kinds"):
        if letters := union_letters().match(text, begin):
            return NameEnd(letters.end(), certain=True, size=2)
        if (letters := letters_of_area().match(text, begin)) and (
            area := read_area(text, letters.end())
        ):
            return NameEnd(area, certain=True, size=2)
    if head.word in words("embassies", "heads") and (end := with_city(text, begin)) > begin:
        return NameEnd(end, certain=True, size=2)
    if head.word.endswith("."):
        letters = _LETTERS_WITH_DOTS.match(text, begin)
        if letters is not None:  # กมธ.ป.ป.ช.
            return NameEnd(letters.end(), certain=True, size=1)
    if text.startswith(" ", begin) and head.word in words("tails", "spaced_heads"):
        begin += 1  # บริษัท ขนส่ง
    cut = _CUT.search(text, begin, begin + REACH)
    complete = cut is not None or begin + REACH >= len(text)
    end = cut.start() if cut else begin + REACH
    if gap := _GAP.search(text, begin, end):
        end = gap.end()
    pieces = line_words(text[begin:end])
    read = _Reader(text, begin, head, pieces, posted=posted, complete=complete).read()
    lists = head.kind in words("inner", "listing_kinds")
    return _with_listed(text, begin, head, read) if read and lists else read


def _with_listed(text: str, begin: int, head: Head, read: NameEnd) -> NameEnd:
    """Return the end after what a committee's name lists behind a space, and a law that it drafts.

    A verb without its object stands before the space and one behind it: คณะกรรมการติดตาม| เร่งรัดการX.
    """
    end = read.end
    if text.endswith(word_tuple("inner", "drafts"), begin, end):
        law = _law().match(text, end)
        return NameEnd(law.end(), certain=True, size=read.size + 1) if law else read
    if not text.endswith(word_tuple("inner", "listed"), begin, end):
        return read
    joint = _listing().match(text, end)
    if joint is None or not starting_with("inner", "listed").end(text, joint.end()):
        return read
    further = _read_words(text, joint.end(), head)
    if further is None or text[joint.end() : further.end] in words("inner", "listed"):
        return read  # คณะกรรมการพัฒนา| ส่งเสริม|ให้…
    return further._replace(size=read.size + further.size)


@cache
def _listing() -> re.Pattern[str]:
    """Match what stands between the verbs that a name lists: a space, and perhaps และ."""
    return re.compile(rf" (?:{alternatives(words('lists', 'and'))} ?)?")


@cache
def _law() -> re.Pattern[str]:
    """Match a law by its short form and its name to the space: ร่าง| พ.ร.บ.งบประมาณฯ."""
    return re.compile(rf" ?(?:{alternatives(words('inner', 'laws'))})[ก-๎]{{3,40}}ฯ?")


def _is_head(text: str, start: int, head: Head) -> bool:
    """Say whether the head is a word here, not the beginning of another (สภา in สภาพ)."""
    end = start + len(head.word)
    if end >= len(text) or text[end] in AFTER_NAME or text.startswith(("ฯ", " ฯ"), end):
        return False
    if text.startswith("์", end + 1):  # กอง in องค์การ
        return False
    at = 0
    for word in segmenter()(up_to_space(text, start, end, end + _LOOK_AHEAD)):
        at += len(word)
        if at == len(head.word):
            return True
        if at > len(head.word):
            rest = word[len(head.word) - (at - len(word)) :]
            return all(len(part) > 1 for part in segmenter()(rest))
    return False


class _Reader:
    """Reads the words after a head, one decision a word; see the lists in the grammar file."""

    def __init__(
        self,
        text: str,
        begin: int,
        head: Head,
        pieces: Sequence[str],
        *,
        posted: bool,
        complete: bool,
    ) -> None:
        self.text = text
        self.begin = begin
        self.head = head
        self.pieces = pieces
        self.posted = posted
        self.complete = complete
        self.size = 0
        self.end = 0
        self.previous = ""

    def read(self) -> NameEnd | None:
        start = self.begin
        for word, follows in zip_longest(self.pieces, self.pieces[1:], fillvalue=""):
            end = start + len(word)
            if self.size > _MOST_WORDS:
                return None
            area = self._area_end(start, word)
            if area:
                if word == "จังหวัด" or self.size:
                    self._take(area, word)
                    return self._close(certain=True)
                return None
            verdict = self._decide(word, follows)
            if verdict != "take":
                return self._close(certain=verdict == "end")
            self._take(end, word)
            start = end
            if word == "ฯ":
                return self._close(certain=True)
        return self._close(certain=self.complete)

    def _take(self, end: int, word: str) -> None:
        self.end = end
        if not word.isspace():  # เขต 8: the space is no word
            self.previous = word
            self.size += 1

    def _area_end(self, start: int, word: str) -> int:
        """Return the end of จังหวัดX, อำเภอX, บางX at ``start``, 0 if none is there."""
        if self.size and word in words("ends", "area_words"):
            size = max(longest_area(self.text, start, kind) for kind in _SMALL)
            return start + size if size else 0
        kind = area_kinds().get(word)
        if not kind:
            return 0
        size = longest_area(self.text, start + len(word), kind)
        return start + len(word) + size if size else 0

    def _decide(self, word: str, follows: str) -> str:
        """Return ``take``, ``end`` (surely) or ``stop`` (perhaps the name goes on)."""
        if word.isspace():
            return "take" if follows.isdigit() and self._is_numbered() else "end"
        if self.previous in words("joins", "open"):
            return "take"
        committee = self.head.kind == "committee"
        if self.size == 0 and word.startswith("มี" if committee else word_tuple("ends", "clauses")):
            return "end"
        if self.size and f"{word}{follows}" in words("joins", "phrases"):
            return "take"  # วิสาหกิจชุมชนท่องเที่ยวโดยชุมชน
        if word == "ทาง" and self.size and follows in words("joins", "ways"):
            return "take"
        club = self.head.kind in words("inner", "club_kinds")
        if club and self.size == 0 and word in words("inner", "people"):
            return "take"  # ชมรมคนรักป่า
        if (
            self.size
            and word in words("inner", "closing_verbs")
            and self.head.kind in words("inner", "closing_kinds")
        ):
            return "take"
        if word in words("ends", "words"):
            if self.size and self._is_phrase(word):
                return "take"  # เปลี่ยน|ผ่าน, ตัว|ชี้|วัด
            if self.head.kind == "company" and self.size and word in words("companies", "words"):
                return "take"
            if committee and self.previous in words("inner", "works"):
                return "take"
            between = "ก" <= follows[:1] <= "๎" and not self.previous.isspace()
            if word in words("joins", "syllables") and self.size and between:
                return "take"
            named = self.posted and self.head.kind != "other"
            named = named or self.head.kind in words("inner", "verb_kinds")
            verbs = self.size == 0 and named
            return "take" if verbs and word in words("inner", "verbs") else "end"
        if self.size and word.startswith(word_tuple("ends", "verbs")):
            return "end"
        if word in words("ends", "starts"):
            return self._decide_start(word, follows)
        if len(word) == 1 and self.size and self._is_dotted(word):
            return "end"
        if word.isascii() or word[0] in THAI_DIGITS:
            return self._decide_ascii(word)
        if word in words("joins", "words"):
            return self._decide_join(word, follows)
        if word in words("inner", "words"):
            joined = self.previous in words("joins", "words") | words("inner", "words")
            if committee and word != "กำหนด":
                return "take"
            joined = joined or self.previous in words("ends", "before_verbs")
            village = self.head.kind in words("ends", "village_kinds") and not follows.strip()
            takes = joined or village or self.size == 0 or self._is_phrase(word)
            return "take" if takes else "stop"
        return "end" if word == "ฯ" and self.size == 0 else "take"

    def _is_dotted(self, letter: str) -> bool:
        """Say whether a letter begins an abbreviation with dots (ธ.ก.ส.), which is another name."""
        at = self.text.find(letter + ".", self.end, self.end + 3)
        return at >= 0 and "ก" <= letter <= "ฮ"

    def _is_numbered(self) -> bool:
        """Say whether what was read last takes a number: ภาค 5, โคโรนา 2019."""
        if self.previous in words("ends", "numbered"):
            return True
        read = self.text[self.begin : self.end].rstrip()
        return read.endswith(word_tuple("ends", "numbered_names"))

    def _is_phrase(self, word: str) -> bool:
        """Say whether a word is the second of a phrase of names: สื่อสาร|องค์กร, ของ|ประชาชน."""
        return f"{self.previous}{word}" in words("joins", "phrases")

    def _is_rule(self) -> bool:
        """Say whether the body gives a rule (ระเบียบคณะกรรมการX ว่าด้วย...): its subject follows."""
        start = self.begin - len(self.head.word)
        return ends_in(self.text, start - 10, start, "joins", "rules")

    def _decide_start(self, word: str, follows: str) -> str:
        """Decide on a word that often begins the next name or post."""
        if self._is_phrase(word):
            return "take"
        if self.previous in words("joins", "words") and word in words("joins", "joined"):
            return "take"  # กองนโยบายและ|แผนX
        if word == "จังหวัด" and (not follows or follows.isspace()):
            return "take"  # สำนักงานแรงงานจังหวัด
        allowed = frozenset() if self.head.kind == "company" else words("inner", "after_head")
        if (self.size == 0 and word in allowed) or (self.size == 1 and self.previous in allowed):
            return "take"
        committee = self.head.kind == "committee" and word in words("inner", "committee")
        club = self.head.kind in words("inner", "club_kinds") and word in words("inner", "people")
        return "take" if committee or club else "stop"

    def _decide_ascii(self, word: str) -> str:
        if word.isdigit():  # ภาค 5, โควิด-19
            counted = self._is_numbered() or self.previous in ("-", "–")
            return "take" if counted else "end"
        if word in "-–" and not self.previous.isspace() and self.size:
            return "take"
        return "take" if self.head.kind == "company" and self.size == 0 else "end"

    def _decide_join(self, word: str, follows: str) -> str:
        club_kind = self.head.kind in words("inner", "club_kinds")
        part = (
            word == "และ" and self.head.kind == "committee" and follows in words("joins", "joined")
        )
        if part and self.size:
            return "take"  # also where the part is a verb elsewhere (และติดตามประเมินผล)
        if not follows or follows.isspace() or follows in words("ends", "words"):
            return "end"
        if word == "ว่าด้วย" and self.size and self._is_rule():
            return "end"
        if word in words("joins", "always"):
            return "take"
        if self.size == 0:
            return "take" if word in ("เพื่อ", "ด้าน") else "end"
        if word == "และ":
            if club_kind and follows in words("inner", "people"):
                return "take"  # สมาคมคนกรีดยางและชาวสวนยาง
            if follows in words("joins", "joined") or follows in ("การ", "ความ"):
                return "take"
            known_start = follows in words("ends", "starts")
            return "take" if self.head.kind == "committee" and not known_start else "stop"
        if word == "เพื่อ":
            named = self.head.kind in ("foundation", "association", "fund", "network")
            named = named or self.head.word in words("heads", "tagged")
            most = _MOST_BEFORE if self.head.kind == "committee" else 2
            short = self.size <= most and follows.startswith(("การ", "ความ"))
            return "take" if short or (named and self.size <= 3) else "stop"
        if word == "ด้าน":
            return "take" if self.head.kind in ("committee", "centre", "office") else "stop"
        return "stop"

    def _close(self, *, certain: bool) -> NameEnd | None:
        """Take what belongs to the name after its last word, and give it back."""
        if not self.size:
            return None
        if self.previous in words("joins", "words") or self.previous in "-–":
            return None
        end = self.end
        tails = starting_with("tails", "after")
        while further := tails.end(self.text, end + self.text.startswith(" ", end)):
            end = further
        if end > self.end and self.text.startswith("ฯ", end):
            end += 1  # ในพระบรมราชูปถัมภ์ฯ
        if _LETTERS.fullmatch(self.previous) and self.text.startswith(".", end):
            end += 1  # สภาวัฒนธรรมกทม.
        if self.previous.isdigit():
            end = with_seat(self.text, end)  # the number was read as a word
        end = with_number(self.text, end)
        if self.head.kind in words("local", "region_kinds"):
            end = with_provinces(self.text, end)
        if self.head.kind == "university":
            end = with_branch(self.text, end)
        return NameEnd(end, certain or end > self.end, self.size)
