"""What is known of pages' chrome: phrases, labels, credits, sections, sites (``data/chrome/``)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from assembly_extract.cleaning.composed import composed_of
from assembly_extract.cleaning.keys import keys
from assembly_extract.matching import WordsAt
from assembly_extract.resources import data_file, read_toml

_ADDRESS = re.compile(
    r"https?://|www\.|\b[\w.-]+@[\w-]+\.\w|\b[\w-]+\.(?:com|net|org|co|go|or|ac|in|th|me|ly|gl)\b"
)
# Joints between phrases of one line: menus, breadcrumbs, share bars. A sign, two blanks, or a dash
# between two; a class comes first, for which the scan is fast.
_JOINTS = re.compile(r"[|•·›»>/,«‹\s](?:(?<!\s)|(?<=\t)|\s+|[-–—]\s)")


class Phrase(NamedTuple):
    """A line that is chrome by its words; ``edge``: only before or after the story.

    ``opens_list``: other stories follow; ``opens_few``: only one or two; ``opens_line``: one does.
    """

    kind: str
    rule: str
    edge: bool
    opens_list: bool
    opens_line: bool = False
    opens_few: bool = False


class Label(NamedTuple):
    """A label that opens a chrome line; see ``data/chrome/labels.toml`` for the fields."""

    kind: str
    rule: str
    where: str
    longest: int
    needs: str
    bare: bool


@cache
def phrases() -> dict[str, Phrase]:
    """Return the chrome phrases by their template (see :func:`~.page.keys`)."""
    table: dict[str, Phrase] = {}
    for group in read_toml("chrome/phrases.toml")["group"]:
        opens = group.get("opens")
        sort = (group["kind"], group["rule"], group["where"] == "edge", opens in {"list", "few"})
        phrase = Phrase(*sort, opens == "line", opens == "few")
        at_edge = phrase._replace(edge=True)
        for text in group.get("edge", ()):
            table.setdefault(keys(text)[1], at_edge)
        for text in group["phrases"]:
            table.setdefault(keys(text)[1], phrase)
    return table


def phrase_of(text: str, template: str) -> Phrase | None:
    """Return the phrase that a short line is, that all of its parts are, or that its words make."""
    table = phrases()
    if found := table.get(template):
        return found
    if not template:
        return None
    split = _JOINTS.split(text)
    for parts in (split, text.split()):
        if len(parts) > 1 and keys(parts[0])[1] in table:
            known = [table.get(keys(part)[1]) for part in parts if keys(part)[1]]
            if len(known) > 1 and all(known):
                edge = any(phrase.edge for phrase in known if phrase)
                head = known[0]
                if head is not None:
                    opens = all(phrase.opens_list for phrase in known if phrase)
                    return head._replace(edge=edge, opens_list=opens, opens_line=False)
    composed = _composed(template)
    return _joined(split) if composed is None and len(split) > 1 else composed


def _joined(parts: list[str]) -> Phrase | None:
    """Return the phrase that parts are of which each is one, or made of a site's words."""
    first: Phrase | None = None
    for part in parts:
        template = keys(part)[1]
        phrase = phrases().get(template) or _composed(template)
        if phrase is None and template:
            return None
        first = first or phrase
    return first and first._replace(edge=True, opens_list=False, opens_line=False)


def _composed(template: str) -> Phrase | None:
    """Return the phrase that a line's words make."""
    composed = composed_of(template)
    if composed is None:
        return None
    edge = not composed.anywhere
    return Phrase(composed.kind, composed.rule, edge=edge, opens_list=composed.opens_list)


@cache
def _labels() -> tuple[WordsAt, dict[str, list[Label]]]:
    by_start: dict[str, list[Label]] = {}
    for row in read_toml("chrome/labels.toml")["label"]:
        label = Label(
            row["kind"],
            row["rule"],
            row["where"],
            row["longest"],
            row.get("needs", ""),
            row.get("bare", False),
        )
        for start in row["starts"]:
            by_start.setdefault(start.casefold(), []).append(label)
    return WordsAt(by_start), by_start


_LONGEST_LABELLED = 500
_SIGNS_BEFORE = 6  # bullets, brackets, blanks
_LABEL_REACH = 80  # characters within which a label ends: the longest has 52
_AFTER_LABEL = re.compile(r"\s*[:：=\-–—|]|\s|$")
_SIGN_AFTER = re.compile(r"\s*[:：=|\-–—]")


def label_of(text: str, where: str) -> Label | None:
    """Return the label that opens ``text``, read at ``where`` (``head``, ``body`` or ``tail``)."""
    if len(text) > _LONGEST_LABELLED:
        return None
    starts, by_start = _labels()
    folded = text[:_LABEL_REACH].lower()
    for at in range(_SIGNS_BEFORE + 1):
        if ends := starts.ends(folded, at):
            found = ((label, end) for end in ends for label in by_start[folded[at:end]])
            return next(
                (label for label, end in found if _label_fits(label, text, end, where)), None
            )
        if text[at : at + 1].isalnum():
            return None
    return None


def _label_fits(label: Label, text: str, after: int, where: str) -> bool:
    places = {"any": ("head", "body", "tail"), "edge": ("head", "tail")}.get(
        label.where, (label.where,)
    )
    if where not in places or len(text) > label.longest:
        return False
    if not label.bare and not _AFTER_LABEL.match(text, after):
        return False
    if label.needs == "sign":
        return _SIGN_AFTER.match(text, after) is not None
    if label.needs == "address":
        return has_address(text)
    listed = _NEEDS.get(label.needs)
    if listed is not None:
        lowered = text.casefold()
        return (
            sum(name in lowered for name in read_toml("chrome/labels.toml")[listed[0]]) > listed[1]
        )
    return True


_NEEDS = {"services": ("services", 1), "channel": ("channels", 0)}


def has_address(text: str) -> bool:
    """Say whether a line holds a URL, an e-mail address or a host name."""
    return _ADDRESS.search(text) is not None


_ADDRESS_PARTS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w.-]+|\b(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?|[\d\s()+.,/-]{9,}|@\w+"
)


def is_address(text: str) -> bool:
    """Say whether a line is an address, a number or an account, with hardly a word beside it.

    >>> is_address("www.example.go.th"), is_address("ลงทะเบียนได้ที่ www.example.go.th ภายในวันศุกร์นี้")
    (True, False)
    """
    if not has_address(text):
        return False
    words = _ADDRESS_PARTS.sub("", text)
    return len(words.strip()) <= 20 and not text.startswith(("•", "-", "–", "*"))


class Publisher(NamedTuple):
    """A publisher family: its name, its hosts, and what it puts before its headlines."""

    name: str
    hosts: tuple[str, ...]
    prefixes: tuple[tuple[str, str | None], ...]
    suffixes: tuple[str, ...]


@cache
def publishers() -> tuple[Publisher, ...]:
    """Return the known publisher families, in order of their files' names."""
    found = []
    folder = data_file("chrome/publishers")
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")):
        table: dict[str, Any] = read_toml(f"chrome/publishers/{name}")
        found.append(
            Publisher(
                table["name"],
                tuple(table.get("hosts", ())),
                tuple(
                    (row["text"], row.get("section")) for row in table.get("headline_prefix", ())
                ),
                tuple(row["text"] for row in table.get("headline_suffix", ())),
            )
        )
    return tuple(found)


def section_words() -> list[str]:
    """Return the words that names of newspaper sections are made of."""
    return list(read_toml("chrome/sections.toml")["words"])


@cache
def _section_pattern() -> re.Pattern[str]:
    table = read_toml("chrome/sections.toml")
    words = "|".join(re.escape(word) for word in sorted(section_words(), key=len, reverse=True))
    joints = "|".join(re.escape(joint) for joint in sorted(table["joints"], key=len, reverse=True))
    owners = "|".join(map(re.escape, table["owners"]))
    return re.compile(
        f"(?:(?:{words})\\s*(?:(?:{joints})\\s*)?)+|ข่าว(?:{words})*(?:{owners})\\S+", re.IGNORECASE
    )


def is_section(text: str) -> bool:
    """Say whether ``text`` is made of section names and joints only.

    >>> is_section("สังคมท้องถิ่น"), is_section("ข่าวดีชาวนา")
    (True, False)
    """
    longest: int = read_toml("chrome/sections.toml")["longest"]
    return (
        len(text) <= longest and _section_pattern().fullmatch(text.strip(" :|>›»#-–•")) is not None
    )


@cache
def _site_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of site names, of sure ones, and of the joints beside a headline."""
    table = read_toml("chrome/sites.toml")

    def any_of(words: list[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    anywhere = f"\\S*(?:{any_of(table['anywhere'])})\\S*"
    sure = f"(?:{any_of(table['media'])}).*|.*(?:{any_of(table['sure'])})|{anywhere}"
    likely = f"(?:{any_of(table['begins'])}).*|.*(?:{any_of(table['ends'])})"
    joints = "".join(re.escape(mark) for mark in table["separators"] if len(mark) == 1)
    return (
        re.compile(f"{likely}|{sure}", re.IGNORECASE | re.DOTALL),
        re.compile(sure, re.IGNORECASE | re.DOTALL),
        re.compile(f"\\s*(?:::|[|»«‹•])\\s*|\\s+[{joints}]\\s+"),
    )


def is_site_name(text: str, *, sure: bool = False) -> bool:
    """Say whether ``text`` looks like the name of a site or an office that publishes.

    ``sure``: it can be nothing else, whatever stands beside it.

    >>> is_site_name("สำนักงานคณะกรรมการตัวอย่าง"), is_site_name("น้ำท่วมหนักในรอบสิบปี")
    (True, False)
    >>> is_site_name("กระทรวงมหาดไทย", sure=True), is_site_name("ตัวอย่างออนไลน์", sure=True)
    (False, True)
    """
    longest: int = read_toml("chrome/sites.toml")["longest"]
    pattern = _site_patterns()[1 if sure else 0]
    if not 0 < len(text) <= longest or pattern.fullmatch(text) is None:
        return False
    return not text.endswith(tuple(read_toml("chrome/sites.toml")["not_ends"]))


@cache
def _medium() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_toml("chrome/sites.toml")["media"]))
    return re.compile(f"(?:{words})\\S+")


def is_medium(text: str) -> bool:
    """Say whether a text begins like the name of a newsroom: สำนักข่าว…, สถานีวิทยุ…."""
    return _medium().match(text) is not None


def title_joints(text: str) -> list[tuple[int, int]]:
    """Return where a headline line may be split from the names of its site and section."""
    return [match.span() for match in _site_patterns()[2].finditer(text)]
