"""Where the story begins and ends, and the chrome that only its edges have."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assembly_extract.cleaning.below_story import LONGEST, below_story
from assembly_extract.cleaning.date_lines import may_be_date_line, read_date_line
from assembly_extract.cleaning.head_rows import is_breadcrumb
from assembly_extract.cleaning.knowledge import is_address, is_section, label_of
from assembly_extract.cleaning.names_above import HEADLINE
from assembly_extract.cleaning.page import goes_on, is_paragraph, is_prose, prose_words, tells
from assembly_extract.cleaning.postal import is_postal
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page


_RELATED_TITLE = 170  # characters of a related headline


_THAI = re.compile("[ก-๎]")


_FOREIGN_WORD = re.compile("[A-Za-z][A-Za-z0-9_-]{1,25}(?: [A-Za-z]{2,15})?")


_DESK_NUMBER = re.compile("[-–—]+\\s*(?:[0-9]{1,4}|[ก-ฮ]{1,4})\\s*[-–—]*")
# The page before and the page after: ← ข่าวก่อน, ข่าวต่อไป →.
_BACK = ("«", "←", "⟵", "‹", "◀", "◄", "⇐")
_FORTH = ("»", "→", "⟶", "›", "▶", "►", "⇒")
_DEVELOPERS_NAME = re.compile("[A-Za-z]+(?:[_-][A-Za-z0-9]+)+")


_AFTER_LABEL = re.compile("[:：=|]")


_TAG = 40  # characters of a tag


_RELATED_LINES = 8  # related headlines in the middle of a story


def story_range(page: Page) -> tuple[int, int]:
    """Return the indexes of the first and of the last paragraph that stand (none: ``(n, -1)``).

    Where no line is a paragraph, lines of prose count.
    """
    start = page.title.index if page.title else -1
    if page.story is not None and page.story[:2] == (len(page.cuts), start):
        return page.story[2]  # nothing was taken out since: most cleaners take nothing
    found = _find_story(page, start)
    page.story = (len(page.cuts), start, found)
    return found


def _find_story(page: Page, start: int) -> tuple[int, int]:
    for judge in (is_paragraph, is_prose):
        found = [line.index for line in page.live() if line.index > start and judge(line.text)]
        if len(found) > 1 and _is_date_line(page.lines[found[0]].text):
            found = found[1:]  # whose many words beside the day read like a sentence's
        while len(found) > 1 and _is_no_paragraph(page.lines[found[-1]]):
            found.pop()
        if found:
            return found[0], found[-1]
    return len(page.lines), -1


@lru_cache(maxsize=16)  # asked of the page's first long line whenever a cleaner needs its start
def _is_date_line(text: str) -> bool:
    return len(text) <= _META and may_be_date_line(text) and bool(read_date_line(text))


def _is_no_paragraph(line: Line) -> bool:
    """Say whether a line of a paragraph's length is chrome: a row of counts, an address."""
    if len(line.text) > LONGEST and not line.text.startswith("#"):
        return False
    return line.phrase is not None or _is_build_of_chrome(line.text)


@lru_cache(maxsize=16)  # asked of the page's last line whenever a cleaner needs the story's end
def _is_build_of_chrome(text: str) -> bool:
    if below_story(text) is not None:
        return True
    label = label_of(text, "tail")
    return label is not None and label.kind in _NO_STORY


_NO_STORY = frozenset({"comment_form", "cookie", "footer", "view_count"})
_META = 150  # characters of a day, an author, sections and a count of comments on one line


def outside(page: Page, story: tuple[int, int]) -> list[Line]:
    """Return the lines that stand before the story and after it, in order."""
    around = page.lines[: story[0]]
    if story[1] >= 0:
        around += page.lines[story[1] + 1 :]
    return [line for line in around if line.kept]


def zone(line: Line, story: tuple[int, int]) -> str:
    """Return ``head``, ``body`` or ``tail``: where ``line`` stands towards the story."""
    if line.index < story[0]:
        return "head"
    return "tail" if line.index > story[1] else "body"


def has_thai(text: str) -> bool:
    """Say whether a text has a Thai letter."""
    return _THAI.search(text) is not None


def cut_story_label(page: Page) -> None:
    """Cut a label off the story's first line: ``รายละเอียด : วันนี้ …``."""
    start = page.title.index if page.title is not None else -1
    first = next((line for line in page.live() if line.index > start), None)
    label = _story_label().match(first.text) if first is not None else None
    if first is not None and label is not None and label.end() < len(first.text):
        page.cut_start(first, label.end(), "label", "label of the story")


@cache
def _story_label() -> re.Pattern[str]:
    labels = read_toml("chrome/labels.toml")["story"]["labels"]
    words = "|".join(re.escape(word) for word in sorted(labels, key=len, reverse=True))
    return re.compile(f"(?:{words})\\s*[:：]\\s*")


def take_sections(page: Page) -> None:
    """Take out a row of section names beside other chrome between the headline and the story."""
    story = story_range(page)
    for line in list(page.live()):
        if page.title is None or not page.title.index < line.index < story[0]:
            continue
        beside = page.lines[max(0, line.index - 1) : line.index + 2]
        named = line.text
        for word in read_toml("chrome/sections.toml")["filed"]:
            named = named.removeprefix(word)
        if is_section(named) and any(not other.kept for other in beside):
            page.section = page.section or named
            page.remove(line, "section", "section below the headline")


def take_edge_phrases(page: Page) -> None:
    """Take out menu words and the like before and after the story."""
    story = story_range(page)
    for line in outside(page, story):
        if line is page.title or not line.kept:
            continue
        phrase = line.phrase
        if phrase is not None:
            page.remove(line, phrase.kind, phrase.rule)
            if phrase.kind == "tags" and line.index > story[1]:
                _remove_tags(page, line, phrase.rule)
        elif line.index < story[0] and _is_font_size(page, line):
            page.remove(line, "navigation", "font size")
        elif line.index < story[0] <= story[1] and _is_bare_address(page, line):
            page.remove(line, "contact", "address above the story")
        elif line.index < story[0] and is_breadcrumb(line.text):
            page.remove(line, "navigation", "breadcrumb")
        elif is_postal(line.text) and not _led_to(page, line):
            page.remove(line, "contact", "address by post")
        elif line.template == "0" and line.index > story[1] and not page.lines[line.index - 1].kept:
            page.remove(line, "view_count", "number below the story")
        elif (
            line.template == "0"
            and 0 < line.index < story[0]
            and (above := page.lines[line.index - 1])
            and (above is page.title or not above.kept)  # or beside other counts, not in a table
        ):
            page.remove(line, "view_count", "number above the story")
        elif (
            page.title is not None
            and page.title.index < line.index < story[0]
            and _FOREIGN_WORD.fullmatch(line.text)
            and has_thai(page.title.text)
        ):
            page.remove(line, "navigation", "foreign word above the story")
        elif line.index > story[1] and (line.text.startswith(_BACK) or line.text.endswith(_FORTH)):
            page.remove(line, "navigation", "arrow to another page")
        elif line.index > story[1] and _DESK_NUMBER.fullmatch(line.text):
            page.remove(line, "credit", "number of the desk")
        elif line.index > story[1] and _DEVELOPERS_NAME.fullmatch(line.text):
            page.remove(line, "navigation", "name in the page's code")
        elif line.index > story[1] and (
            found := below_story(line.text, apart=not page.lines[line.index - 1].kept)
        ):
            page.remove(line, *found)


def _is_bare_address(page: Page, line: Line) -> bool:
    """Say whether a line is one address and nothing else, below the headline or other chrome."""
    if " " in line.text or not is_address(line.text):
        return False
    above = page.lines[line.index - 1] if line.index else page.title
    return above is page.title or (above is not None and not above.kept)


def _is_font_size(page: Page, line: Line) -> bool:
    """Say whether a line is a size to choose, right below the label or another size."""
    if not line.index or line.template not in read_toml("chrome/labels.toml")["sizes"]["words"]:
        return False
    above = page.lines[line.index - 1]
    return not above.kept and bool(
        _is_font_size(page, above) or (above.phrase and above.phrase.rule == "font size")
    )


def _led_to(page: Page, line: Line) -> bool:
    """Say whether a line above leads to an address, which is the story's: ส่งใบสมัครได้ที่ …."""
    ends = tuple(read_toml("chrome/sites.toml")["postal"]["led_by"])
    above = page.lines[max(0, line.index - _LEAD_LINES) : line.index]
    return any(other.kept and other.text.rstrip(" :").endswith(ends) for other in above)


_LEAD_LINES = 3


def take_labelled_lines(page: Page) -> None:
    """Take out lines that a label opens: sources, pointers, appeals, tags, telephone numbers."""
    story = story_range(page)
    for line in list(page.live()):
        if line is page.title:
            continue
        label = label_of(line.text, zone(line, story))
        if label is None:
            continue
        page.remove(line, label.kind, label.rule)
        if label.kind == "section" and page.section is None:
            page.section = _AFTER_LABEL.split(line.text, maxsplit=1)[-1].strip() or None
        elif label.kind == "related" and line.index > story[1] and _is_heading(line.text):
            _remove_list(page, line, label.kind, label.rule, few=True)
        elif label.kind == "tags" and line.index > story[1] and line.text.endswith((":", "：")):
            _remove_tags(page, line, label.rule)


def _is_heading(text: str) -> bool:
    """Say whether a pointer names no story itself, so that those it points to stand below it."""
    _, *named = _AFTER_LABEL.split(text, maxsplit=1)
    return len(text) <= _TAG and not any(part.strip() for part in named)


def _remove_tags(page: Page, heading: Line, rule: str) -> None:
    """Take out the tags that stand on lines of their own below their label."""
    for line in page.lines[heading.index + 1 :]:
        if len(line.text) > _TAG or line.phrase is not None or is_prose(line.text):
            return
        page.remove(line, "tags", f"after: {rule}")


def take_lists_after_headings(page: Page) -> None:
    """Take out what a heading such as ข่าวที่เกี่ยวข้อง announces, and the heading.

    After the story that is all that follows; within it the next few lines of a headline's length.
    """
    story = story_range(page)
    last_long = max(
        (line.index for line in page.live() if len(line.text) > _RELATED_TITLE), default=-1
    )
    # The links of a marked page are gone by now: a paragraph behind a heading is the story's.
    sentence = is_paragraph if page.markup else tells
    ending: tuple[str, str] | None = None  # the heading after the story that ends the page
    for line in list(page.live()):
        if line is page.title:
            continue
        phrase = line.phrase
        opens = phrase is not None and (phrase.opens_list or phrase.kind == "comment_form")
        opens = opens and not (phrase is not None and phrase.edge and line.index <= story[1])
        if ending is not None:
            page.remove(line, ending[0], f"after: {ending[1]}")
        elif phrase is not None and phrase.opens_line and line.index > story[1]:
            page.remove(line, phrase.kind, phrase.rule)
            following = page.lines[line.index + 1 : line.index + 2]
            for title in following:
                if title.phrase is None and len(title.text) <= _RELATED_TITLE:
                    page.remove(title, phrase.kind, f"after: {phrase.rule}")
        elif phrase is not None and opens:
            page.remove(line, phrase.kind, phrase.rule)
            below = [other for other in page.live() if other.index > line.index]
            told = any(sentence(other.text) for other in below) or _resumes_at(page, line) > 0
            if line.index > max(last_long, story[0]) and not (told or phrase.opens_few):
                ending = phrase.kind, phrase.rule
            elif phrase.opens_list and line.index > story[0]:
                _remove_list(page, line, phrase.kind, phrase.rule, few=phrase.opens_few)


def _is_short_sentence(line: Line) -> bool:
    """Say whether a line is shorter than headlines are and none of what stands below those.

    That is a day, a section, a count. Known cost: a headline of three words ends the list.
    """
    return len(line.text) < HEADLINE and _is_no_label(line)


def _is_no_label(line: Line) -> bool:
    return line.phrase is None and not is_section(line.text) and not _is_date_line(line.text)


def _remove_list(page: Page, heading: Line, kind: str, rule: str, *, few: bool) -> None:
    """Take out the related headlines in the middle of a story.

    ``few``: the heading points to one or two, so that a paragraph behind the first is the story's.
    """
    within = heading.index < story_range(page)[1]
    resumes = _resumes_at(page, heading)
    listed: list[Line] = []
    for line in page.lines[heading.index + 1 : heading.index + 1 + _RELATED_LINES]:
        if line.blank and line.index > heading.index + 1:
            break
        if (
            len(line.text) > _RELATED_TITLE
            or tells(line.text)
            or (page.markup and is_paragraph(line.text))
            or line.index == resumes
            or (few and listed and (is_paragraph(line.text) or prose_words(line.text) > 1))
            or (within and listed and (_is_short_sentence(line) or goes_on(line.text)))
        ):
            if within:
                _leave_sentences(listed)
            break
        if line is not page.title:
            listed.append(line)
    for line in listed:
        page.remove(line, kind, f"after: {rule}")


def _resumes_at(page: Page, heading: Line) -> int:
    """Return where the story goes on in paragraphs below a heading and what it lists, or -1.

    Two of them in a row, below a heading right behind a paragraph, on a page whose own headline is
    shorter than one: headlines of the same site are about as long, teasers stand apart.
    """
    above = page.lines[heading.index - 1]
    if page.title is None or is_paragraph(page.title.text):
        return -1
    if not (above.kept and is_paragraph(above.text) and above is not page.title):
        return -1
    below = page.lines[heading.index + 2 : heading.index + 2 + _RELATED_LINES]
    rows = pairwise([line.kept and is_paragraph(line.text) for line in below])
    return next((below[n].index for n, row in enumerate(rows) if all(row)), -1)


def _leave_sentences(listed: list[Line]) -> None:
    """Leave out of a list its last lines where they are short and the story goes on behind them.

    ``สัญญาณก็ไม่มี`` is said by the story, not in a headline, of which longer ones stand above.
    """
    while len(listed) > 1 and len(listed[-1].text) < _SHORT_TITLE and _is_no_label(listed[-1]):
        listed.pop()


_SHORT_TITLE = 30  # characters that few headlines have less of
