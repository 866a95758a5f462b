"""Who signs the page: bylines, credits of pictures, newsrooms and offices at its end, taken out."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from assembly_extract.cleaning.below_story import before_telephone, is_hashtags
from assembly_extract.cleaning.credits import (
    add_authors,
    is_bare_names,
    is_credit_label,
    is_name,
    is_offices_name,
    is_signing_office,
    names_of,
    read_bare_credit,
    read_credit,
)
from assembly_extract.cleaning.date_patterns import person_or_desk
from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import (
    has_address,
    is_address,
    is_medium,
    is_site_name,
    label_of,
)
from assembly_extract.cleaning.page import is_paragraph, is_prose
from assembly_extract.cleaning.story import story_range, zone
from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page


def take_credits(page: Page) -> None:
    """Take out bylines and credits, and keep their names as the page's authors."""
    story = story_range(page)
    metadata = page.metadata
    named = {
        keys(name)[0]
        for name in (*metadata.authors, metadata.publisher, metadata.section)
        if name is not None
    }
    first = page.title.index if page.title is not None else 0
    for line in list(page.live()):
        if line is page.title:
            continue
        edge = zone(line, story) != "body"
        if edge and line.key in named:
            page.remove(line, "byline", "name that the metadata give")
            continue
        if line.index <= first + _HEAD and release_number("above").fullmatch(line.text):
            page.remove(line, "credit", "number of a release")
            continue
        names = None if line.phrase is not None else read_credit(line.text, edge=edge)
        if names is None and 0 < line.index < story[0] and not page.lines[line.index - 1].kept:
            names = read_bare_credit(line.text)
        if names is None and edge and is_credit_label(line.text, head=line.index < story[0]):
            names = _names_below(page, line) if line.index > story[1] else _name_below(page, line)
        if names is None:
            continue
        for name in names:
            add_authors(page, name)
        page.remove(line, "byline" if line.index < story[0] else "credit", "credit line")
    _take_known_credits(page, story, named)


def _take_known_credits(page: Page, story: tuple[int, int], named: set[str]) -> None:
    """Take out credits of pictures inside of the story that name who made the page.

    ``ภาพ: เพจตัวอย่าง`` may be a caption there; with the name of the page's own newsroom it is none.
    """
    for line in page.lines[story[0] : story[1]]:
        if len(line.text) > _SIGNER or not line.kept or _SIGN.search(line.text) is None:
            continue
        if not line.text.startswith(_credited()):
            continue
        names = read_credit(line.text, edge=True)
        known = named | {keys(name)[0] for name in (page.publisher, *page.authors) if name}
        if names and all(keys(name)[0] in known for name in names):
            page.remove(line, "credit", "credit of the page's own newsroom")


_SIGN = re.compile("[:：]")
_HEAD = 6  # lines below the headline among which an office's number of the release is


@cache
def _office_labels() -> frozenset[str]:
    return frozenset(read_toml("chrome/credits.toml")["office"]["labels"])


@cache
def _credited() -> tuple[str, ...]:
    label = read_toml("chrome/credits.toml")["label"]
    return (*label["strong"], *label["weak"])


def _names_below(page: Page, label: Line) -> tuple[str, ...]:
    """Take out the few short lines below a credit's label that stands alone; return the names."""
    names: list[str] = []
    for line in page.lines[label.index + 1 : label.index + 1 + _SIGNERS]:
        if names and len(line.text) <= _ABOUT and line.text.startswith(_about()):
            page.remove(line, "credit", "about the author")
            continue
        if len(line.text) > _SIGNER or line.phrase is not None or is_prose(line.text):
            break
        if names and not is_name(line.text):
            break  # one line of any name: a desk, an account; further ones are people's
        first = line.text.split()[0]
        if has_address(line.text) or "://" in line.text or is_credit_label(first):
            break
        if not line.kept or label_of(line.text, "tail") is not None:
            break
        names.extend(names_of(line.text))
        page.remove(line, "credit", "name below a credit's label")
    return tuple(names)


@cache
def _about() -> tuple[str, ...]:
    return tuple(read_toml("chrome/credits.toml")["people"]["about"])


_ABOUT = 150  # characters of what a page tells of its author


def _name_below(page: Page, label: Line) -> tuple[str, ...]:
    """Take out the one name below a byline's label above the story; return it."""
    below = page.lines[label.index + 1] if label.index + 1 < len(page.lines) else None
    if below is None or not below.kept:
        return ()
    named = person_or_desk().match(below.text)
    if named is not None and below.text[named.end() :].isascii():
        page.remove(below, "byline", "name below a byline's label")
        return names_of(named[1])  # behind it a team's name in English
    if not is_signing_office(below.text, after_row=True):
        return ()
    page.remove(below, "byline", "name below a byline's label")
    return names_of(below.text)


_SIGNERS = 4  # lines below a credit's label


_SIGNER = 60  # characters of one


def cut_caption_credits(page: Page) -> None:
    """Cut the picture's credit off a caption: ``น้ำท่วมถนน | ที่มาภาพ: เพจตัวอย่าง``."""
    table = read_toml("chrome/labels.toml")["caption_credits"]
    for line in list(page.live()):
        if line is page.title or len(line.text) > table["longest"]:
            continue
        if not any(sign in line.text for sign in table["signs"]):
            continue
        found = _caption_credit().search(line.text)
        if found is not None and found.start() > 0:
            page.cut_end(line, len(line.text) - found.start(), "credit", "credit of a caption")


@cache
def _caption_credit() -> re.Pattern[str]:
    table = read_toml("chrome/labels.toml")["caption_credits"]
    words = "|".join(re.escape(word) for word in sorted(table["words"], key=len, reverse=True))
    signs = "|".join(map(re.escape, table["signs"]))
    return re.compile(f"\\s+(?:{signs})\\s*(?:{words})\\s*[:：]\\s*\\S.{{0,80}}$", re.IGNORECASE)


def cut_sign_off(page: Page) -> None:
    """Cut a newsroom's name off the end of the last paragraph: ``….-118-สำนักข่าวตัวอย่าง``."""
    story = story_range(page)
    if story[1] < 0:
        return
    line = page.lines[story[1]]
    dash = max(map(line.text.rfind, "-–—"))
    if dash < 0 or " " in line.text[dash + 1 :].lstrip():
        return  # nearly always: to search takes many times as long
    found = _SIGN_OFF.search(line.text)
    if found is not None and is_medium(found["name"]):
        page.cut_end(line, len(line.text) - found.start(), "credit", "newsroom that signs off")


_SIGN_OFF = re.compile("\\s*[-–—]+\\s*(?:[0-9]{1,4}\\s*[-–—]+\\s*)?(?P<name>[^-–—\\s]{4,40})$")


def take_signatures(page: Page) -> None:
    """Take out the office that signs at the end, and the addresses and hashtags around it."""
    story = story_range(page)
    tail = [line for line in page.live() if line.index > story[1] and line is not page.title]
    decoration = [cut for cut in page.cuts if cut.kind == "decoration"]
    rows = {cut.end for cut in decoration if page.text[cut.start : cut.end].strip(" .…")}
    after_row = any(page.lines[story[1]].end < end for end in rows) if story[1] >= 0 else False
    appeals = {cut.end for cut in page.cuts if cut.kind in _APPEALS}
    for line in tail:
        if is_hashtags(line.text):
            page.remove(line, "tags", "hashtags")
        elif page.lines[line.index - 1].end in appeals:
            continue  # whom readers may support
        elif is_signing_office(line.text, after_row=after_row):
            page.remove(line, "signature", "signing office")
            after_row = True
            _add_office(page, line.text)
        elif line is tail[-1] and is_bare_names(line.text):
            page.remove(line, "credit", "names after the story")
            add_authors(page, line.text)
        elif _is_loose_source(line, tail):
            page.remove(line, "source_line", "source named at the end")
        elif is_address(line.text):
            page.remove(line, "contact", "address after the story")
    _take_lead(page)
    last = [line for line in tail if line.kept]
    if last and release_number("below").fullmatch(last[-1].text):
        page.remove(last.pop(), "credit", "number of a release")
    _take_signers(page, last)


def _take_lead(page: Page) -> None:
    """Take out a last line that leads to the telephone below it, which was taken out."""
    last = next((line for line in reversed(page.lines) if line.kept), None)
    if last is None or last is page.title or last.index + 1 == len(page.lines):
        return
    below = page.lines[last.index + 1]
    if not any(cut.kind == "contact" and cut.end == below.end for cut in page.cuts):
        return
    label = label_of(last.text, "tail")
    leads = label is not None and label.kind == "contact"
    if leads and not has_address(last.text) and not _NUMBER.search(last.text):
        page.remove(last, "contact", "lead to a telephone below")


_NUMBER = re.compile("[0-9๐-๙]{3}")


_APPEALS = frozenset({"advert", "newsletter"})


@cache
def release_number(where: str) -> re.Pattern[str]:
    """Return the pattern of an office's number: ``ครั้งที่ 12/2566 วันที่ 9 ก.ย. 2566``.

    ``where``: ``above`` or ``below`` the story.
    """
    table = read_toml("chrome/credits.toml")["release"]
    words, days = alternatives(table[where]), alternatives(table["days"])
    return re.compile(
        f"(?:{words})[ \t]*[0-9๐-๙]{{1,4}}[ \t]?/[ \t]?[0-9๐-๙]{{4}}"
        f"(?:[ \t]+(?:{days})[ \t]*[0-9๐-๙]{{1,2}}[ \t]\\S{{2,12}}[ \t][0-9๐-๙]{{2,4}})?"
    )


def _take_signers(page: Page, last: list[Line]) -> None:
    """Take out last lines that are names of offices and nothing else, right below a paragraph.

    Below a short line, or a paragraph that leads to it, an office may be an item of a list, as with
    its telephone among others whom readers may ask.
    """
    signers = list(takewhile(lambda line: is_offices_name(line.text), reversed(last)))[::-1]
    if not signers and last and is_offices_name(_named(last[-1].text)):
        signers = last[-1:]
    if not signers:
        return
    above = page.lines[signers[0].index - 1]
    if not above.kept or not is_paragraph(above.text) or above.text.endswith(_leading()):
        return
    for line in signers:
        page.remove(line, "signature", "office's name after the story")
        _add_office(page, _named(line.text))


def _named(text: str) -> str:
    """Return an office's name without the telephone behind it."""
    name = before_telephone(text)
    return text if name is None else name


@cache
def _leading() -> tuple[str, ...]:
    return tuple(read_toml("chrome/credits.toml")["office"]["leading"])


def _add_office(page: Page, text: str) -> None:
    label, _, named = text.partition(" ")  # หน่วยงาน สำนักงานตัวอย่าง
    office = (named if label in _office_labels() else text).strip(" /")
    if office not in page.authors:
        page.authors.append(office)


def _is_loose_source(line: Line, tail: list[Line]) -> bool:
    """Say whether the last line names a source after its label without a sign between."""
    first, _, rest = line.text.partition(" ")
    return line is tail[-1] and first.casefold() in _source_labels() and is_site_name(rest.strip())


@cache
def _source_labels() -> frozenset[str]:
    rows = read_toml("chrome/labels.toml")["label"]
    return frozenset(s for row in rows if row["kind"] == "source_line" for s in row["starts"])
