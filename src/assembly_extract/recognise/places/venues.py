"""Venues and features of the land: a head word, a name, and how the name ends."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract import areas
from assembly_extract.recognise.places.guards import Guard
from assembly_extract.recognise.places.words import vocabulary
from assembly_extract.resources import read_toml
from assembly_extract.types.mention import Mention
from assembly_extract.types.places import PlaceValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.recognise.places.areas import Found
    from assembly_extract.recognise.places.lexicon import Hit, Hits
    from assembly_extract.recognise.places.words import Words
    from assembly_extract.spans import Span

_HAPPENS = frozenset({"sure", "likely"})  # behind these words something happens there
_WITH_FLOORS = frozenset({"rooms", "buildings"})
_UNITS = frozenset({"rooms", "buildings", "sites"})
_LONGEST = 90  # characters of a venue's name, a room's with its floor
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'"}
_NUMBER = re.compile(r"[0-9๐-๙]+(?:[/.-][0-9๐-๙]+)*(?![0-9๐-๙%])")
_LATIN = re.compile(r"[A-Z][A-Za-z&.'’-]*")
_ABBREVIATION = re.compile(r"(?:[ก-ฮ]{1,4}\.){1,4}(?:[ \t]?[0-9๐-๙]+(?![0-9๐-๙.]))?")
# … เวลา 10.00 น. ที่, … (20 ส.ค.) ที่, … 2566 ณ: behind a date or a time ที่ is the preposition.
_DATED = re.compile(r"(?:น\.|\)|[0-9๐-๙]{2,4})[ \t]*(?:ที่|ณ)$")
_HYPHENED = re.compile(r"-[ก-๎A-Za-z0-9]")
_GAP = re.compile(r"[ \t]{1,3}")
_AGENCY = re.compile(r"[ \t]{1,3}(?:กรม|สำนักงาน|สำนัก|กอง|สถาบัน)[ก-๎]{2,60}[ \t]{1,3}")
_CHUNK = re.compile(r"[ก-๎A-Za-zฯ]{2,22}[ \t]{1,2}")
_THAI_NAME = re.compile(r"[ก-ฮเ-ไ][ก-๎]*")


# How much evidence a venue needs, by how common its head word is elsewhere.
_NEEDED = {"rooms": 1, "buildings": 1, "sites": 1, "actors": 1, "features": 1, "weak": 2}
_SCORES = (0.6, 0.7, 0.9, 0.95, 0.95)
_TAGGER_SURE = 0.8
_LONG_NAME = 8
_SHORT = 3  # characters: shorter unknown pieces are splinters of known words


class _Name(NamedTuple):
    end: int
    words: tuple[str, ...]


class VenueFinder:
    """Finds the venues of one text, given its areas."""

    def __init__(
        self,
        text: str,
        hits: Hits,
        words: Words,
        *,
        found: Iterable[Found],
        held: Iterable[Found],
        spans: Iterable[Span] = (),
    ) -> None:
        self._text = text
        self._hits = hits
        self._words = words
        self._foreign = {h.start for h in hits.names if h.payload.role in {"country", "region"}}
        self._areas = {area.start: area for area in found}
        self._held = tuple(held)
        self._guard = Guard(text, hits, words)
        self._spans = tuple(spans)
        self._reached = -1
        self._heads = {hit.start: hit for hit in hits.heads}
        self._known = {hit.start: hit for hit in hits.names if hit.payload.role == "known"}

    def find(self) -> Iterator[Mention]:
        """Yield known places, then venues and features by their head word; they do not overlap."""
        for start in sorted({*self._heads, *self._known}):
            if start < self._reached or self._in_area(start) or not self._opens_word(start):
                continue
            mention = self._at_known(start) or self._at_head(start)
            if mention is not None:
                self._reached = mention.end
                yield mention

    def _opens_word(self, start: int) -> bool:
        """Say whether a word starts there; a long known name needs no tokeniser's word for it."""
        known = self._known.get(start)
        long = known is not None and known.end - start >= _LONG_NAME
        return long or self._words.is_edge(start) or self._behind_preposition(start)

    def _behind_preposition(self, start: int) -> bool:
        """Say whether the tokeniser took the preposition into the word: ที่วัด, ในวัด."""
        return any(
            self._text.endswith(word, 0, start) and self._words.is_edge(start - len(word))
            for word in ("ที่", "ใน")
        )

    def _in_area(self, at: int) -> bool:
        return any(start <= at < area.end for start, area in self._areas.items())

    def _at_known(self, start: int) -> Mention | None:
        hit = self._known.get(start)
        if hit is None or not self._words.ends_name(start, hit.end) or self._is_held(hit):
            return None
        term = hit.payload
        located = self._located(start)
        head = self._heads.get(start)
        actor = head is not None and head.payload.name == "actors"
        sure = located == "sure" or (
            self._is_site(start, located)
            and (
                self._beside_area(hit.end)
                or (self._tagged(start, hit.end) and self._ends_clause(_Name(hit.end, ())))
            )
        )
        if (term.use == "located" and located is None) or (actor and not sure):
            return None
        end = hit.end
        if self._text.startswith("ฯ", end):
            end += 1
        value = PlaceValue(
            term.name,
            self._text[start : hit.end],
            term.codes,
            whole=term.whole,
            located=located in _HAPPENS,
        )
        score = 0.95 if located == "sure" else 0.7
        return Mention(start, end, self._text[start:end], "place", "known place", score, value)

    def _is_held(self, hit: Hit) -> bool:
        """Say whether a known area's or feature's name is part of another name: สภ.หาดใหญ่."""
        if hit.payload.name == "venue":
            return False
        inside = any(area.start <= hit.start < area.end for area in self._held)
        return inside or self._guard.holds(hit.start, hit.end, hit.payload.name, bare=True)

    def _at_head(self, start: int) -> Mention | None:
        hit = self._heads.get(start)
        if hit is None or not self._head_stands(hit):
            return None
        located = self._located(start)
        if hit.payload.name == "actors" and not self._is_site(start, located):
            return None
        name = self._name_after(hit)
        if name is None:
            return None
        if (
            self._text[name.end : name.end + 12]
            .lstrip(" ")
            .startswith(_ordered("generic", "plural"))
        ):
            return None
        surface = self._text[start : name.end]
        evidence = self._evidence(start, name.end, located)
        if surface in _table("generic", "surfaces") or evidence < _needed(hit, surface):
            return None
        if hit.payload.name == "actors" and not self._is_named_site(start, name, located):
            return None
        feature = hit.payload.name == "features" or self._text[start : hit.end] in _villages()
        kind, rule = ("other", "feature") if feature else ("venue", "venue")
        score = _SCORES[min(evidence, len(_SCORES) - 1)]
        value = PlaceValue(
            kind, surface, self._own_area(start, name.end), located=located in _HAPPENS
        )
        return Mention(start, name.end, surface, "place", rule, score, value)

    def _head_stands(self, hit: Hit) -> bool:
        """Say whether the head is a word here: in บ้านเมือง and วัดผล it is only a part of one."""
        if hit.payload.use != "weak":
            return True
        if hit.start in self._hits.holders or self._names_country(hit.end):
            return False
        end = self._token_end(hit.start)
        return end <= hit.end or self._text[hit.start : end] in _area_names()

    def _names_country(self, at: int) -> bool:
        """Say whether a country follows: ตลาดจีน is no market hall."""
        return at in self._foreign

    def _evidence(self, start: int, end: int, located: str | None) -> int:
        """Count what speaks for a venue: words of place, an address, a unit, the tagger."""
        return (
            {"sure": 2, "likely": 1, "by_the_way": 1}.get(located or "", 0)
            + 2 * self._beside_area(end)
            + self._beside_unit(start, end)
            + 2 * self._tagged(start, end)
            + 2 * self._is_unheard(start, end)
        )

    def _is_unheard(self, start: int, end: int) -> bool:
        """Say whether the name has a word that no dictionary has, which is mostly a proper name."""
        return any(
            len(word) > _SHORT and _THAI_NAME.fullmatch(word) and word not in vocabulary()
            for word in self._words.tokens_between(start, end)
        )

    def _beside_unit(self, start: int, end: int) -> bool:
        """Say whether another unit of a chain follows or stands before: room, hall, building."""
        text = self._text
        gap = re.compile(r"[ \t]{1,2}").match(text, end)
        after = gap.end() if gap else end
        follows = after in self._known or (
            after in self._heads and self._heads[after].payload.name in _UNITS
        )
        return follows or text[self._reached : start] in {" ", "  "}

    def _tagged(self, start: int, end: int) -> bool:
        """Say whether the sequence tagger sees a place that begins here."""
        return any(
            abs(span.start - start) <= 1 and min(span.end, end) - start >= (end - start) / 2
            for span in self._spans
            if span.score >= _TAGGER_SURE
        )

    def _is_named_site(self, start: int, name: _Name, located: str | None) -> bool:
        """Say whether a body named behind ที่ or ใน is a venue: nothing that acts follows."""
        if located == "sure" or self._beside_area(name.end) or self._tagged(start, name.end):
            return True
        before = self._text[max(0, start - 3) : start].rstrip()
        quiet = self._text.startswith(_ordered_top("quiet"), start)
        return quiet and not before.endswith("ใน") and self._ends_clause(name)

    def _located(self, start: int) -> str | None:
        """Return how the words before make it a place: a key of ``located``, or not at all."""
        line, _ = self._words.line_bounds(start)
        shown = self._text[max(line, start - 20) : start]
        before = shown.rstrip(" \t")
        if _DATED.search(before + ("ที่" if self._text.startswith("ที่", start) else "")):
            return "sure"
        for strength in ("sure", "likely", "by_the_way"):
            for word in _ordered("located", strength):
                at = start - (len(shown) - len(before)) - len(word)
                if before.endswith(word) and self._words.is_edge(at):
                    return strength
        return None

    def _is_site(self, start: int, located: str | None) -> bool:
        """Say whether a body's name may be a venue here: ที่ may be the relative pronoun."""
        if located is None:
            return False
        line, _ = self._words.line_bounds(start)
        before = self._text[max(line, start - 20) : start].rstrip(" \t")
        if located == "sure":
            return True
        if before.endswith("ที่"):
            return (
                not before.removesuffix("ที่")
                .rstrip()
                .endswith(_ordered("located", "relative_before"))
            )
        return located == "by_the_way" or before.endswith("ใน")

    def _beside_area(self, end: int) -> bool:
        """Say whether an area's name follows, as after a venue in an address."""
        gap = re.match(r"[ \t(]{0,2}", self._text[end : end + 2])
        at = end + (gap.end() if gap else 0)
        found = self._areas.get(at)
        return found is not None and found.rule != "province list"

    def _ends_clause(self, name: _Name) -> bool:
        """Say whether nothing that acts follows: the line ends, or white space and no verb."""
        following = self._text[name.end : name.end + 20]
        if not following or following[0] in "\n.)":
            return True
        if not following[0].isspace():
            return False
        return not following.lstrip().startswith(_ordered("ends", "words"))

    def _own_area(self, start: int, end: int) -> tuple[str, ...]:
        """Return the codes of an area or a known place that the venue's own name holds.

        ศาลากลางจังหวัดน่าน is in น่าน, ห้องประชุมกระทรวงเกษตรและสหกรณ์ where the ministry is; so is a
        hall with the ministry's name behind it.
        """
        for found in (*self._areas.values(), *self._held):
            if start <= found.start and found.end <= end:
                return found.codes
        for at, hit in self._known.items():
            if start < at < end and hit.payload.codes:
                return hit.payload.codes
        return self._agency_behind(start, end)

    def _agency_behind(self, start: int, end: int) -> tuple[str, ...]:
        """Return the codes of the ministry that a room's name is followed by.

        ห้องประชุม 1601 กรมการค้าต่างประเทศ กระทรวงพาณิชย์; but not where the ministry acts, and not
        behind a hotel, whose name the next sentence's subject may follow.
        """
        head = self._heads[start]
        if head.payload.name not in _WITH_FLOORS or self._text.startswith(_hired(), start):
            return ()
        behind = _AGENCY.match(self._text, end)
        at = behind.end() if behind else end
        for on in (at, (gap := _GAP.match(self._text, end)) and gap.end()):
            hit = self._known.get(on) if on is not None else None
            if hit is not None and hit.payload.codes:
                following = self._text[hit.end : hit.end + 12].lstrip()
                return () if following.startswith(_ordered("ends", "words")) else hit.payload.codes
        return ()

    def _name_after(self, head: Hit) -> _Name | None:
        """Read the name behind a head word; ``None`` where there is none."""
        text = self._text
        _, line_end = self._words.line_bounds(head.start)
        limit = min(line_end, head.start + _LONGEST)
        end, named, words = head.end, False, []
        at = head.end
        while at < limit:
            step = self._step(head, at, named=named)
            if step is None:
                break
            word = text[at:step]
            if word.strip():
                words.append(word.strip())
                named = True
                end = step
            at = step
        if not named:
            return _Name(end, ()) if text[head.start : end] in _whole() else None
        if words[0] in _table("generic", "tails") and len(words) == 1:
            return _Name(end, tuple(words)) if self._beside_area(end) else None
        if words[0].startswith(_never()):
            return None
        return _Name(end, tuple(words))

    def _step(self, head: Hit, at: int, *, named: bool) -> int | None:
        """Return where the next piece of the name ends, or ``None`` if the name ends at ``at``."""
        text = self._text
        inside = _inside().match(text, at)
        if inside:
            return inside.end()
        sign = text[at]
        if sign in _QUOTES and not named:
            close = text.find(_QUOTES[sign], at + 1, at + 45)
            return close + 1 if close > 0 else None
        if sign in " \t":
            return self._over_space(head, at, named=named)
        if head.payload.name in _WITH_FLOORS and (floor := _floor().match(text, at)):
            return floor.end()
        area = self._areas.get(at)
        if area is not None:
            takes = not named or text[:at].endswith(_takes_area())
            return area.end if takes else None
        if named and self._starts_unit(head, at):
            return None
        short = _ABBREVIATION.match(text, at)
        if short:
            return short.end()
        if re.match(r"[ฯ.]", sign) and named:
            return at + 1 if sign == "ฯ" or re.match(r"\.[ก-ฮ0-9]", text[at : at + 2]) else None
        if sign == "-" and (on := _HYPHENED.match(text, at)) and on.end() - 1 not in self._heads:
            return at + 1
        if not re.match(r"[ก-๎A-Za-z0-9๐-๙]", sign):
            return None
        return self._word_end(head, at)

    def _word_end(self, head: Hit, at: int) -> int | None:
        """Return the end of the next word of a name, or ``None`` if that word ends the name."""
        text = self._text
        end = self._token_end(at)
        inner = next((start for start in range(at + 1, end) if start in self._areas), None)
        end = inner or end
        word = text[at:end]
        if text[end : end + 1] == "ๆ":
            return None
        if word in _table("ends", "words"):
            # A short word after a piece that no dictionary has is a splinter of a foreign name.
            before = next((text[a:b] for a, b in self._words.tokens(at) if b == at), "")
            splinter = len(word) <= _SHORT and at > head.end and _THAI_NAME.fullmatch(before)
            return end if splinter and before not in vocabulary() else None
        return end

    def _token_end(self, at: int) -> int:
        for a, b in self._words.tokens(at):
            if a <= at < b:
                return b
        return at + 1

    def _starts_unit(self, head: Hit, at: int) -> bool:
        """Say whether another named unit starts: a room's name ends where its building's begins."""
        other = self._heads.get(at)
        if other is None or not self._words.is_edge(at):
            return False
        group = other.payload.name
        if group == "features":
            return other.payload.use != "weak"
        return head.payload.name == "rooms" and group in {"buildings", "sites"}

    def _over_space(self, head: Hit, at: int, *, named: bool) -> int | None:
        """Return where the name goes on after white space, or ``None`` where it ends."""
        text = self._text
        spaces = re.compile(r"[ \t]{1,2}").match(text, at)
        if spaces is None:
            return None
        on = spaces.end()
        if on in self._areas:
            return None
        group = head.payload.name
        floor = _floor().match(text, on)
        if floor and group in {"rooms", "buildings"}:
            return floor.end()
        if text[on : on + 1] in _QUOTES and not named:
            return on
        number = _NUMBER.match(text, on)
        if number:
            fits = group in {"rooms", "buildings", "sites", "features"} or not named
            return number.end() if fits and not self._counts(number.end()) else None
        if group in {"rooms", "buildings"} and (latin := _LATIN.match(text, on)):
            return latin.end()
        if group in {"rooms", "buildings"} and text[:at].endswith(
            _ordered("continues", "needs_more")
        ):
            return on
        more = _continues().match(text, on)
        if more and group in {"rooms", "buildings"} and self._words.is_edge(more.end()):
            return more.end()
        if not named and self._names_something(head, on):
            return on
        return self._between_units(on) if named and group in {"rooms", "buildings"} else None

    def _counts(self, end: int) -> bool:
        """Say whether the number that ends there counts something: 3 ชั้น, but not 3 ชั้น 2."""
        gap = re.compile(r"[ \t]{0,2}").match(self._text, end)
        if gap and (gap.end() in self._areas or _floor().match(self._text, gap.end())):
            return False
        return bool(_counter().match(self._text, end))

    def _between_units(self, at: int) -> int | None:
        """Return the end of one more word between a name and a floor, a unit, a road or an area.

        Hotels and rooms have names of two words: ห้องประชุมวิจิตร ศรีสอ้าน ชั้น 5.
        """
        chunk = _CHUNK.match(self._text, at)
        if chunk is None or at in self._heads or at in self._known:
            return None
        word = self._text[at : self._token_end(at)]
        on = chunk.end()
        unit = on in self._areas or on in self._known or _floor().match(self._text, on)
        head = self._heads.get(on)
        if word in _table("ends", "words") or not (
            unit or (head is not None and head.payload.name != "actors")
        ):
            return None
        return at + len(chunk[0].rstrip())

    def _names_something(self, head: Hit, at: int) -> bool:
        """Say whether a name may start at ``at`` behind a head word and a space."""
        if head.payload.name not in {"rooms", "buildings", "actors"} or at in self._heads:
            return False
        if not _THAI_NAME.match(self._text, at):
            return False
        word = self._text[at : self._token_end(at)]
        return word not in _table("ends", "words") and word not in _table("generic", "tails")


def _needed(hit: Hit, surface: str) -> int:
    if hit.payload.use == "weak":
        return _NEEDED["weak"]
    return 0 if surface.startswith(_certain()) else _NEEDED[hit.payload.name]


def _certain() -> tuple[str, ...]:
    return _ordered_top("certain")


@cache
def _villages() -> frozenset[str]:
    return frozenset(read_toml("places_venues.toml")["villages"])


@cache
def _area_names() -> frozenset[str]:
    return frozenset({*areas.district_names(), *areas.subdistrict_names()})


@cache
def _table(name: str, key: str) -> frozenset[str]:
    return frozenset(read_toml("places_venues.toml")[name][key])


@cache
def _ordered(name: str, key: str) -> tuple[str, ...]:
    return tuple(sorted(read_toml("places_venues.toml")[name][key], key=len, reverse=True))


@cache
def _ordered_top(key: str) -> tuple[str, ...]:
    return tuple(sorted(read_toml("places_venues.toml")[key], key=len, reverse=True))


def _hired() -> tuple[str, ...]:
    return _ordered_top("hired")


def _takes_area() -> tuple[str, ...]:
    return _ordered_top("takes_area")


@cache
def _whole() -> frozenset[str]:
    return frozenset(read_toml("places_venues.toml")["whole"])


@cache
def _never() -> tuple[str, ...]:
    """Return the words that never begin a name, however it goes on."""
    return tuple(read_toml("places_venues.toml")["generic"]["never"])


@cache
def _inside() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _ordered("ends", "inside"))))


@cache
def _counter() -> re.Pattern[str]:
    """Match what makes the number before it a count."""
    words = "|".join(map(re.escape, _ordered("generic", "counters")))
    return re.compile(rf"[ \t]{{0,2}}(?:{words})")


@cache
def _continues() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _ordered("continues", "words"))))


@cache
def _floor() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _ordered("continues", "floor")))
    return re.compile(rf"(?:{words})[ \t]?(?:[0-9๐-๙]+|[A-Z]+[0-9]*|ล่าง|ใต้ดิน|ดาดฟ้า)")
