"""How the name of a venue goes on behind its head word, and where it ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.recognise.places.venue_words import (
    company_rest,
    floor,
    pattern,
    village_hall_end,
    word_set,
    word_tuple,
    words_at,
)
from assembly_extract.recognise.places.words import area_names
from assembly_extract.tokens import in_dictionary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.recognise.places.lexicon import Hit
    from assembly_extract.recognise.places.page import Page

WITH_FLOORS = frozenset({"rooms", "buildings"})
_NUMBERED = frozenset({"rooms", "buildings", "sites", "features"})
_NAMED_APART = frozenset({"rooms", "buildings", "actors"})
_NATURAL_NAMES = frozenset({"weak", "features"})  # วัดหน้าพระเมรุ, but not จุดบริการบน…
_LONGEST = 90  # characters of a venue's name, a room's with its floor
_LONGEST_QUOTE = 45
_AREA_TOKENS = 2  # tokens of an area's name behind its first: หน้า|พระ|ลาน
_STEM, _OFTEN = 4, 3  # characters of a name's last words, and how often they stand in an article
_SPLINTER = 5  # characters that a tokeniser has cut off a name
SHORT = 3  # characters: shorter unknown pieces are splinters of known words

_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'"}
_SPACES = re.compile(r"[ \t]{1,2}")
_NUMBER = re.compile(r"[0-9๐-๙]+(?:[/.-][0-9๐-๙]+)*(?![0-9๐-๙%])")
_MARK = re.compile(r"\.[ \t]")  # behind the number of the next item of a list
_ORDINAL = re.compile(r"ที่[ \t]?[0-9๐-๙]{1,3}(?![0-9๐-๙.,%/])")
_LATIN = re.compile(r"[A-Z][A-Za-z&.'’-]*")
_ABBREVIATION = re.compile(r"(?:[ก-ฮ]{1,4}\.){1,4}(?:[ \t]?[0-9๐-๙]+(?![0-9๐-๙.]))?")
_HYPHENED = re.compile(r"-[ก-๎A-Za-z0-9]")
_APART = re.compile(r"[ \t]?[-–][ \t]?(?=[ก-๎])")
_BEFORE_BLANK = re.compile(r"[ก-๎]+(?=[ \t])")
_LEAST_NAME, _MOST_NAME = 3, 20  # letters of a name before the word that goes on with it
_CHUNK = re.compile(r"[ก-๎A-Za-zฯ]{2,22}[ \t]{1,2}")
_APART_NAME = re.compile(r"[ก-๎]{3,25}(?:[ \t]?\([ก-๎ \t]{2,25}\))?[ \t]{1,2}")
_LETTER = re.compile(r"[ก-๎A-Za-z0-9๐-๙]")
_DOT_INSIDE = re.compile(r"\.[ก-ฮ0-9]")
THAI_WORD = re.compile(r"[ก-ฮเ-ไ][ก-๎]*")


class Name(NamedTuple):
    """Where a venue's surface ends, and the pieces of its name."""

    end: int
    words: tuple[str, ...]


class NameReader:
    """Reads the names behind head words on one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._text = page.text

    def read(self, head: Hit) -> Name | None:
        """Read the name behind a head word; ``None`` where it names nothing."""
        if number := village_hall_end(self._text, head.start, head.end):
            return Name(number, (self._text[head.end : number].strip(),))
        _, line_end = self._page.words.line_bounds(head.start)
        limit = min(line_end, head.start + _LONGEST)
        end = at = head.end
        words: list[str] = []
        ends: list[int] = []
        while at < limit:
            step = self._step(head, at, named=bool(words))
            if step is None:
                break
            if piece := self._text[at:step].strip():
                words.append(piece)
                ends.append(end := step)
            at = step
        while words and words[-1] in word_set("generic.dangling"):
            words.pop()
            ends.pop()
            end = ends[-1] if ends else head.end
        if words and head.payload.name == "features":
            end = self._known_part(head, end)
        return self._sensible(head, Name(end, tuple(words)))

    def _known_part(self, head: Hit, end: int) -> int:
        """Cut a run-on name to the area's that it begins with: เกาะลิบง|เสื่อมโทรม."""
        shortest = head.end + 1
        for stop in range(end, shortest, -1):
            if self._text[head.start : stop] in area_names() and self._page.words.is_edge(stop):
                return stop
        return end

    def _sensible(self, head: Hit, name: Name) -> Name | None:
        if not name.words:
            return name if self._text[head.start : name.end] in word_set("whole") else None
        behind = self._page.after(head.end)
        office = behind.startswith(word_tuple("offices_in_names"))
        if behind.startswith(word_tuple("generic.never")) and not office:
            return None
        surface = self._text[head.start : name.end]
        generic = self._text[head.start : head.end] in word_set("located.parts")
        if generic and floor().fullmatch(self._text[head.end : name.end].strip()):
            return None  # ห้องโถง ชั้น 1|ตึก…: a part of a building without a name of its own
        if surface.startswith(word_tuple("generic.openings")) or surface.endswith(
            word_tuple("generic.plural")
        ):
            return None  # ห้องพักเริ่มต้น; โรงพยาบาลเอกชนแห่งหนึ่ง
        bare = self._text[head.start : head.end] in word_set("generic.unnumbered")
        if bare and _NUMBER.match(name.words[0]):
            return None
        if len(name.words) == 1 and name.words[0] in word_set("generic.tails"):
            return name if self._page.beside_area(name.end) else None
        return name

    def _step(self, head: Hit, at: int, *, named: bool) -> int | None:
        """Return where the next piece of the name ends, or ``None`` if the name ends at ``at``."""
        sign = self._text[at]
        if inside := words_at("ends.inside").end(self._text, at):
            return inside
        ordinal = _ORDINAL.match(self._text, at) if named else None
        if ordinal and not self._counts(ordinal.end()):
            return ordinal.end()  # ถนนพระรามที่ 4
        if sign in " \t":
            return self._over_space(head, at, named=named)
        if sign in _QUOTES:
            return None if named else self._quoted(at)
        if head.payload.name in WITH_FLOORS and (level := floor().match(self._text, at)):
            return level.end()
        if at in self._page.areas:
            area = self._page.areas[at]
            # A bare name without a space before it belongs to the venue: รพ.มหาราช|นครราชสีมา.
            takes = not named or area.bare or self._text.endswith(word_tuple("takes_area"), 0, at)
            return area.end if takes else None
        if named and self._starts_unit(head, at):
            return None
        if not named and (office := self._office_in_name(head, at)):
            return office
        return self._sign_or_word(head, at, named=named)

    def _office_in_name(self, head: Hit, at: int) -> int | None:
        """Return the end of an office's head word that a hall is named after.

        หอประชุม|ที่ว่าการอำเภอ…: its first syllable reads like the word of place.
        """
        inner = self._page.heads.get(at) if head.payload.name in WITH_FLOORS else None
        if inner is None or not self._text.startswith(word_tuple("offices_in_names"), at):
            return None
        return inner.end

    def _quoted(self, at: int) -> int | None:
        close = self._text.find(_QUOTES[self._text[at]], at + 1, at + _LONGEST_QUOTE)
        return close + 1 if close > 0 else None

    def _sign_or_word(self, head: Hit, at: int, *, named: bool) -> int | None:
        sign = self._text[at]
        if short := _ABBREVIATION.match(self._text, at):
            return short.end()
        if named and (sign == "ฯ" or _DOT_INSIDE.match(self._text, at)):
            return at + 1
        if sign == "-":
            on = _HYPHENED.match(self._text, at)
            return at + 1 if on and on.end() - 1 not in self._page.heads else None
        return self._word_end(head, at) if _LETTER.match(sign) else None

    def _word_end(self, head: Hit, at: int) -> int | None:
        """Return the end of the next word of a name, or ``None`` if that word ends the name."""
        end = self._page.words.token_end(at)
        end = next((start for start in range(at + 1, end) if start in self._page.areas), end)
        word = self._text[at:end]
        if self._text.startswith("ๆ", end):
            return None
        if not self._ends(word) or self._joins_purposes(at, end):
            return end
        if named := self._area_or_splinter(at, end):
            return named
        if at == head.end and self._opens_name(head, word):
            return end if THAI_WORD.match(self._text, end) else None
        letter = at == head.end + 1 and not self._text[head.end].isspace()
        if letter or (at > head.end and self._always_goes_on(head, at, end)):
            return end  # โรงแรมอ|มารี: one letter is no name
        if at == head.end or word in word_set("ends.closing") or word in word_set("ends.titles"):
            return None
        last = end == len(self._text) or self._text[end].isspace()
        return end if last or self._is_splinter(word, at) else None

    def _opens_name(self, head: Hit, word: str) -> bool:
        """Say whether a word that ends names may also begin this one: วัดหน้าพระเมรุ, วัดนางชี."""
        if head.payload.name in _NATURAL_NAMES and word in word_set("ends.opening"):
            return True
        titled = self._text[head.start : head.end] in word_set("ends.titled")
        return titled and word in word_set("ends.titles")

    def _always_goes_on(self, head: Hit, at: int, end: int) -> bool:
        """Say whether the word stands behind the name's last words wherever the article has them.

        Three times at least: อ่างเก็บน้ำลำพะ|ยัง|ตอนบน, where ลำพะ is nowhere without ยัง.
        """
        words = self._page.words
        last = words.token_before(at)
        begin = at - len(last) - len(words.token_before(at - len(last)))
        stem = self._text[max(begin, head.end) : at]
        if len(stem) < _STEM or not THAI_WORD.fullmatch(stem) or in_dictionary(stem):
            return False
        times = self._text.count(stem)
        return times >= _OFTEN and times == self._text.count(self._text[at - len(stem) : end])

    def _area_or_splinter(self, at: int, end: int) -> int | None:
        """Return where a name goes on that the words which end names only seem to end.

        An area's name may begin like such a word (ปากน้ำ|หลังสวน); and where it and what follows are
        no words, the tokeniser has cut a name: วัดพรหม|มา|สตร์.
        """
        if not THAI_WORD.match(self._text, end):
            return None
        behind = self._page.words.token_end(end)
        splinter, stop = self._text[end:behind], behind
        for _ in range(_AREA_TOKENS):
            if self._text[at:stop] in area_names():
                return stop
            if not THAI_WORD.match(self._text, stop):
                break
            stop = self._page.words.token_end(stop)
        cut = "์" in splinter and len(splinter) <= _SPLINTER and not in_dictionary(splinter)
        return behind if cut else None

    def _joins_purposes(self, at: int, end: int) -> bool:
        """Say whether และ stands between two things that centres are for: ศูนย์ส่งเสริม|และ|พัฒนา."""
        purposes = word_tuple("continues.purposes")
        joint = self._text.startswith(word_tuple("continues.joints"), at)
        return (
            joint and self._text.endswith(purposes, 0, at) and self._text.startswith(purposes, end)
        )

    @staticmethod
    def _ends(word: str) -> bool:
        return word in word_set("ends.words") or word in word_set("ends.titles")

    def _is_splinter(self, word: str, at: int) -> bool:
        """Say whether a short word behind a piece that no dictionary has is a part of that name."""
        before = self._page.words.token_before(at)
        return (
            len(word) <= SHORT
            and THAI_WORD.fullmatch(before) is not None
            and not in_dictionary(before)
        )

    def _starts_unit(self, head: Hit, at: int) -> bool:
        """Say whether another named unit starts: a room's name ends where its building's begins."""
        other = self._page.heads.get(at)
        if other is None or not self._page.words.is_edge(at):
            return False
        group = other.payload.name
        if group == "features":
            return self._text.startswith(word_tuple("roads"), at)
        return head.payload.name == "rooms" and group in {"buildings", "sites"}

    def _over_space(self, head: Hit, at: int, *, named: bool) -> int | None:
        """Return where the name goes on after white space, or ``None`` where it ends."""
        spaces = _SPACES.match(self._text, at)
        if spaces is None or spaces.end() in self._page.areas:
            return None
        on = spaces.end()
        numbered = named and self._text.endswith(word_tuple("continues.numbered"), 0, at)
        if (number := _NUMBER.match(self._text, on)) and not _MARK.match(self._text, number.end()):
            if years := pattern("continues.years", r"[ \t]?").match(self._text, number.end()):
                return years.end()
            gap = _SPACES.match(self._text, number.end())
            numbered = numbered or (gap is not None and gap.end() in self._page.areas)
            fits = head.payload.name in _NUMBERED or numbered or not named
            return number.end() if fits and not self._counts(number.end()) else None
        if named and (road := self._road_goes_on(head, at)):
            return road
        if named and (company := self._company_goes_on(head, at)):
            return company
        if not named and self._text.startswith(word_tuple("continues.royal"), on):
            return on if head.payload.name == "sites" else None
        if head.payload.name != "features" and (end := self._part_of_building(head, at, on)):
            return end
        if not named and (self._text[on : on + 1] in _QUOTES or self._names_something(head, on)):
            return on
        return self._between_units(on) if named and head.payload.name in WITH_FLOORS else None

    def _road_goes_on(self, head: Hit, at: int) -> int | None:
        """Return where the second town of a road's name begins: ถนนสายนราธิวาส - ตากใบ."""
        line = self._text.startswith(word_tuple("road_lines"), head.start)
        joint = _APART.match(self._text, at) if line else None
        return joint.end() if joint else None

    def _company_goes_on(self, head: Hit, at: int) -> int | None:
        """Return the end of a company's name of some words: บริษัท ไทยดอกจาน| กรุ๊ป จำกัด (มหาชน)."""
        companies = word_tuple("continues.companies")
        if not any(word in self._text[head.start : at] for word in companies):
            return None
        ends = word_tuple("continues.company_ends")
        if self._text.endswith(ends, head.start, at):
            public = words_at("continues.company_kinds").end(self._text, at + 1)
            return public or None
        rest = company_rest().match(self._text, at)
        if rest is None or any(self._ends(word) for word in self._first_words(*rest.span())):
            return None
        return rest.end()

    def _first_words(self, start: int, end: int) -> Iterator[str]:
        """Yield the word that each chunk between blanks begins with."""
        for chunk in THAI_WORD.finditer(self._text, start, end):
            if self._text[chunk.start() - 1] in " \t":
                yield self._text[chunk.start() : self._page.words.token_end(chunk.start())]

    def _part_of_building(self, head: Hit, at: int, on: int) -> int | None:
        """Return the end of a floor, a Latin word, or a word that hotels' and halls' names have."""
        for more in (floor(), _LATIN) if head.payload.name in WITH_FLOORS else ():
            if found := more.match(self._text, on):
                return found.end()
        if self._text.endswith(word_tuple("continues.needs_more"), 0, at):
            return on
        if end := self._ends_in_more(on):
            hotel = self._text.startswith(word_tuple("hired"), head.start)
            return end if hotel and on not in self._page.heads else None
        end = words_at("continues.words").end(self._text, on)
        return end if end and self._page.words.is_edge(end) else None

    def _ends_in_more(self, on: int) -> int:
        """Return the end of a chunk whose end is such a word: ชื่อ|เพลส; 0 if it is none."""
        run, words = _BEFORE_BLANK.match(self._text, on), word_tuple("continues.words")
        if run is None or not self._text.endswith(words, on + _LEAST_NAME, run.end()):
            return 0
        longest = next(w for w in words if self._text.endswith(w, on + _LEAST_NAME, run.end()))
        return run.end() if run.end() - len(longest) - on <= _MOST_NAME else 0

    def _counts(self, end: int) -> bool:
        """Say whether the number that ends there counts something: 3 ชั้น, but not 3 ชั้น 2."""
        gap = _SPACES.match(self._text, end)
        on = gap.end() if gap else end
        if on in self._page.areas or floor().match(self._text, on):
            return False
        counter = words_at("generic.counters").end(self._text, on)
        named = counter and on in self._page.heads and THAI_WORD.match(self._text, counter)
        return counter > 0 and not named  # ห้องประชุม 1 อาคารบริหาร

    def _between_units(self, at: int) -> int | None:
        """Return the end of one more word between a name and a floor, a unit, a road or an area.

        Hotels and rooms have names of two words: ห้องประชุมวิจิตร ศรีสอ้าน ชั้น 5.
        """
        chunk = _CHUNK.match(self._text, at)
        if chunk is None or at in self._page.heads or at in self._page.known:
            return None
        if self._ends(self._text[at : self._page.words.token_end(at)]):
            return None
        on = chunk.end()
        head = self._page.heads.get(on)
        unit = on in self._page.areas or on in self._page.known or floor().match(self._text, on)
        grounds = self._text.startswith(word_tuple("continues.grounds"), on)
        if grounds and not self._text.startswith(word_tuple("generic.openings"), on):
            return at + len(chunk[0].rstrip())  # อาคารเกษม จาติกวณิช คณะวิศวกรรมศาสตร์
        if unit or (head is not None and head.payload.name != "actors"):
            return at + len(chunk[0].rstrip())
        return None

    def _before_address(self, head: Hit, at: int) -> bool:
        """Say whether ณ stands before the head, and an area behind one word: ณ วัด ดอกจาน ตำบล…."""
        if not self._text.endswith(word_tuple("located.before_apart"), 0, head.start):
            return False
        chunk = _APART_NAME.match(self._text, at)
        return chunk is not None and chunk.end() in self._page.areas

    def _names_something(self, head: Hit, at: int) -> bool:
        """Say whether a name may start at ``at`` behind a head word and a space."""
        inner = self._page.heads.get(at)
        if inner is not None:  # ณ ห้องประชุม บริษัท …
            return head.payload.name == "rooms" and inner.payload.name == "actors"
        if head.payload.name not in _NAMED_APART and not self._before_address(head, at):
            return False
        if not THAI_WORD.match(self._text, at):
            return False
        word = self._text[at : self._page.words.token_end(at)]
        generic = word in word_set("generic.tails") or word in word_set("generic.apart")
        return not self._ends(word) and not generic
