"""The headline: which line it is, and what stands above it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.cleaning.date_lines import (
    is_post_stamp,
    may_be_date_line,
    read_date_line,
)
from assembly_extract.cleaning.head_rows import (
    MENU,
    SITE_NAME,
    is_breadcrumb,
    is_menu,
    is_site_header,
)
from assembly_extract.cleaning.headline_names import (
    name_parts,
    strip_by_copies,
    strip_glued_phrases,
    strip_known_prefixes,
    strip_names,
)
from assembly_extract.cleaning.keys import keys
from assembly_extract.cleaning.knowledge import is_medium, is_section, is_site_name, label_of
from assembly_extract.cleaning.page import is_paragraph, is_prose, prose_words
from assembly_extract.cleaning.postal import is_postal
from assembly_extract.resources import read_toml
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page


_LONGEST = 500  # characters of a headline; longer first lines are the story's first paragraph


_LONGEST_FIRST_LINE = 260  # ... unless it carries a site's prefix or stands in the metadata


_HEAD_LINES = 40  # lines looked through for the headline: menus come before it


_LABELLED = 20  # characters behind a label, which may stand before a name as well


_HEADLINE = 25  # characters of a headline that a shorter line before it may be a label of


_AFTER_LABEL = re.compile("[:：=|]")
_LABEL = 30  # characters of a line that may be a section's name without being a known one


def find_headline(page: Page) -> None:
    """Set ``page.title``; take site names, sections and breadcrumbs before it out."""
    line = strip_known_prefixes(page) or _line_of_metadata(page) or _first_candidate(page)
    if line is None:
        return
    prefixed = page.publisher is not None
    strip_glued_phrases(page, line)
    if not prefixed:
        strip_by_copies(page, line)
    if not prefixed:
        strip_names(page, line)
    longest = _LONGEST if prefixed or page.metadata.title else _LONGEST_FIRST_LINE
    if not line.kept or len(line.text) > longest:
        return
    alone = not any(other.index > line.index for other in page.live())
    if alone and (is_prose(line.text) or not prefixed):
        return
    _strip_bullet(page, line)
    page.title = line


def _strip_bullet(page: Page, line: Line) -> None:
    """Cut the bullet of a list off the headline."""
    found = _BULLET.match(line.text)
    if found is not None and found.end() < len(line.text):
        page.cut_start(line, found.end(), "decoration", "bullet before the headline")


def _line_of_metadata(page: Page) -> Line | None:
    """Return the line that is the headline which the page's markup names."""
    if page.metadata.title is None:
        return None
    wanted = keys(page.metadata.title)[0]
    found = next((line for line in page.live() if line.key == wanted and wanted), None)
    if found is None:
        return None
    for line in list(page.live()):
        if line.index < found.index:
            _take_head_line(page, line)
    return found


def _first_candidate(page: Page) -> Line | None:
    """Return the first line that may be a headline; what stands before it goes, with its reason."""
    lines = [line for line, _ in zip(page.live(), range(_HEAD_LINES), strict=False)]
    head = _before_story(lines)
    labels = [
        line
        for line in head
        if (match := _headline_label().match(line.text))
        and len(line.text) - match.end() >= _LABELLED
    ]
    subject = _subject_line(head) if not labels else None
    if subject is not None:
        labels = [subject]
    if len(labels) == 1:
        labelled = labels[0]
        for line in head[: head.index(labelled)]:
            _take_head_line(page, line)
        match = (_subject() if subject else _headline_label()).match(labelled.text)
        page.cut_start(labelled, match.end() if match else 0, "label", "headline label")
        return labelled
    names = [line.text for line in head if is_section(line.text)]
    for position, line in enumerate(lines):
        if _is_date_line(line):
            continue  # read with the other date lines
        later = lines[position + 1 :]
        if not later or not _is_label_above(page, line, later, head):
            return line
        # A name set apart above the headline is its section, also below a menu of such names.
        apart = line.blank and later[0].blank
        _take_head_line(page, line, menu=len(names) >= MENU and not apart)
    return None


def _before_story(lines: list[Line]) -> list[Line]:
    """Return the lines before the first paragraph."""
    end = next(
        (
            n
            for n, line in enumerate(lines)
            if is_paragraph(line.text) and not _is_notice(line.text)
        ),
        len(lines),
    )
    return lines[: max(end, 1)]


def _is_date_line(line: Line) -> bool:
    return may_be_date_line(line.text) and read_date_line(line.text) is not None


@cache
def _headline_label() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, read_toml("chrome/sections.toml")["headline_labels"]))
    return re.compile(f"(?:{labels})\\s*[:：]\\s*(?=\\S)", re.IGNORECASE)


def _subject_line(head: list[Line]) -> Line | None:
    """Return the subject of a release under a letterhead: ``เรื่อง …`` below an office's name.

    There the word stands without a colon; elsewhere a headline may begin with it.
    """
    for position, line in enumerate(head):
        found = _subject().match(line.text)
        if found is None or len(line.text) - found.end() < _LABELLED:
            continue
        above = head[:position]
        letterhead = any(is_site_name(other.text) for other in above) and any(
            is_postal(other.text) or _is_date_line(other) or label_of(other.text, "tail")
            for other in above
        )
        return line if letterhead else None
    return None


@cache
def _subject() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_toml("chrome/sections.toml")["subjects"]))
    return re.compile(f"(?:{words})[ \t\xa0]+(?=\\S)")


@cache
def _release_number() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_toml("chrome/sections.toml")["numbers"]))
    return re.compile(f"(?:{words})[\\s.:]*[0-9๐-๙][0-9๐-๙./\\-]*", re.IGNORECASE)


def _is_label_above(page: Page, line: Line, later: list[Line], head: list[Line]) -> bool:
    """Say whether a line before a headline is a section, a site, a menu.

    A short line is one only if a better headline follows before the story: a longer line that no
    date or byline parts from it.
    """
    if line.phrase is not None or is_breadcrumb(line.text) or is_section(line.text):
        return True
    if _is_notice(line.text):
        return True
    if is_post_stamp(later[0].text) and is_site_name(line.text):
        return True  # the name of a page on a social network, above its post's stamp
    if is_menu(line.text) or is_site_header(line.text) or _release_number().fullmatch(line.text):
        return True
    if _is_latin_label(line, later) or _is_menu_item(line, later):
        return True
    if _is_letterhead_or_link(line, later) or _names_the_news(line, later):
        return True
    if _stands_over_copy(line, later) or _is_office_below_menu(page, line, later):
        return True
    if _FILE_NAME.fullmatch(line.text) or _stands_over_menu(line, later):
        return True
    slug = keys(page.slug or "")[0]
    if len(slug) >= 12 and later[0].key.startswith(slug[:40]) and len(line.text) <= _LABEL:
        return True
    rivals = [other for other in head if other.index > line.index and len(other.text) >= _HEADLINE]
    rival = next(
        (other for other in rivals if other.phrase is None and not is_menu(other.text)), None
    )
    if rival is None or _is_date_line(later[0]) or len(line.text) > SITE_NAME:
        return False
    if _goes_on_with_menu(page, line, rival, later):
        return True
    followed = any(other.index > rival.index and is_paragraph(other.text) for other in later)
    if followed and " " not in line.text and is_medium(line.text):
        return True
    if is_prose(rival.text) or not followed:
        return False  # the longer line is the story, or all that there is of it
    if any(other.key == line.key for other in head if other is not line):
        return False  # a headline is printed again above the story, a label is not
    if len(line.text) < _HEADLINE and len(rival.text) > 1.5 * len(line.text):
        return True
    # a site's name is said elsewhere, inside of other lines; a headline is not
    said = sum(line.text in other.text for other in page.live() if other is not line)
    lines = page.lines[line.index + 1 :]
    below = next((other for other in lines if _THAI.search(other.text)), lines[0])  # or in English
    before_menu = (
        (below.phrase is not None and below.phrase.kind == "navigation")
        or is_menu(below.text)
        or is_section(below.text)
    )
    return is_site_name(line.text) and (said > 0 or before_menu)


def _stands_over_copy(line: Line, later: list[Line]) -> bool:
    """Say whether a short line stands above a headline that the story prints again at its start.

    ``ด้านชุมชน`` above ``ชาวบ้านปลูกป่า`` above ``ชาวบ้านปลูกป่า โดยมี …``: nothing but a date is between.
    """
    below = [other for other in later[:_COPIED] if not _is_date_line(other)]
    if len(line.text) >= _HEADLINE or len(below) < 2 or len(below[0].text) < _HEADLINE:
        return False
    return below[1].key.startswith(below[0].key) and line.key not in below[0].key


_COPIED = 4  # lines below one that may be a label, among which the headline and its copy are


def _is_office_below_menu(page: Page, line: Line, later: list[Line]) -> bool:
    """Say whether an office's name without a verb stands apart between a menu and a headline."""
    above = page.lines[line.index - 1] if line.index else None
    if above is None or above.kept or len(line.text) > SITE_NAME:
        return False
    if not is_site_name(line.text) or prose_words(line.text) > 1:  # …เพื่อสันติภาพ
        return False
    if _is_date_line(later[0]):
        sure = above.phrase is not None and len(line.text) <= _LONGEST_OFFICE
        below = later[1:] if sure else []
        return bool(below) and not is_paragraph(below[0].text) and _stands_above_story(below)
    longer = later[0].blank and len(later[0].text) > len(line.text)
    return bool(longer) and _stands_above_story(later)


_FILE_NAME = re.compile("(?=\\S*[A-Za-z])(?:[^\\s_]+_)+\\S+")


def _stands_over_menu(line: Line, later: list[Line]) -> bool:
    """Say whether a menu follows right below and a headline after it: a site's motto, its name.

    Below a headline stand the story, its day, who wrote it; never a menu.
    """
    below = later[0]
    menu = (
        is_menu(below.text) or is_breadcrumb(below.text)
        if below.phrase is None
        else below.phrase.rule == "menu words"
    )
    if not menu or len(line.text) > SITE_NAME:
        return False
    rivals = [o for o in later[1:] if len(o.text) >= _HEADLINE and o.phrase is None]
    if not rivals or rivals[0].key in line.key or line.key in rivals[0].key:
        return False
    behind = next((o for o in later if o.index > rivals[0].index), rivals[0])
    told = not is_paragraph(rivals[0].text) or _is_date_line(behind)
    return told and _stands_above_story(rivals)


def _names_the_news(line: Line, later: list[Line]) -> bool:
    """Say whether a page begins with one word that a site calls its news by: ``ข่าวชาว…``."""
    named = not line.index and _opens_section().fullmatch(line.text) is not None
    return named and _stands_above_story([o for o in later if len(o.text) >= _HEADLINE])


@cache
def _opens_section() -> re.Pattern[str]:
    """Return the pattern of a site's own name for its news, in one word: ข่าวชาว…."""
    words = "|".join(map(re.escape, read_toml("chrome/sections.toml")["opens"]))
    return re.compile(f"(?:{words})\\S{{3,{_HEADLINE}}}")


def _is_notice(text: str) -> bool:
    """Say whether a line is a notice of the site: its cookies, its rights."""
    label = label_of(text, "head")
    return label is not None and label.kind in _NOTICES


_NOTICES = frozenset({"cookie", "footer", "newsletter", "section", "tags"})


def _is_letterhead_or_link(line: Line, later: list[Line]) -> bool:
    """Say whether an office's address, or another story's stamped headline, stands above ours.

    ``พายุถล่มตัวอย่าง 5 พ.ค. 2567 18:20 น.``: lists of stories carry the day and hour behind each
    headline; the page's own story has them in a line of their own.
    """
    if not (is_postal(line.text) or _stamped_link(line.text) or _ends_in_phone(line.text)):
        return False
    below = [other for other in later if not (is_postal(other.text) or _stamped_link(other.text))]
    return _stands_above_story([other for other in below if len(other.text) >= _HEADLINE])


def _ends_in_phone(text: str) -> bool:
    """Say whether a line is a service's slogan with its number: ``ปรึกษาปัญหาหนี้ โทร 1234``."""
    return len(text) <= SITE_NAME and _PHONE.search(text) is not None


_PHONE = re.compile("โทร(?:ศัพท์)?[ .:]{0,3}[0-9][0-9 -]{2,14}$")


def _stamped_link(text: str) -> bool:
    """Say whether a line is a headline's worth of words and then a day and an hour."""
    if len(text) > _LONGEST_FIRST_LINE or _ENDS_IN_HOUR.search(text) is None:
        return False
    tail = text[-_STAMP:]
    found = find_full_date(tail)
    if found is None or found.time is None or tail[found.end :].strip():
        return False
    return len(text) - len(tail) + found.start >= _HEADLINE


_ENDS_IN_HOUR = re.compile("[0-9]{1,2}[.:][0-9]{2}(?: ?น\\.?)?$")
_STAMP = 45  # characters of a day with its hour, at the end of a headline in a list


def _goes_on_with_menu(page: Page, line: Line, rival: Line, later: list[Line]) -> bool:
    """Say whether a short line, or an office's name, goes on with the menu or labels above it."""
    if not line.index or line.blank or page.lines[line.index - 1].kept:
        return False
    short = len(line.text) < _HEADLINE or (
        len(line.text) <= _LONGEST_OFFICE and is_site_name(line.text)
    )
    return short and any(other.index > rival.index and is_paragraph(other.text) for other in later)


_LONGEST_OFFICE = 45


def _is_menu_item(line: Line, later: list[Line]) -> bool:
    """Say whether a line with a bullet stands above the headline: an item of a menu or a banner."""
    if _BULLET.match(line.text) is None:
        return False
    return _stands_above_story(
        [other for other in later if len(other.text) >= _HEADLINE and not _BULLET.match(other.text)]
    )


def _stands_above_story(lines: list[Line]) -> bool:
    """Say whether the first of these lines may be a headline: a paragraph follows it."""
    return len(lines) > 1 and any(is_paragraph(other.text) for other in lines[1:])


_BULLET = re.compile("[•◦▪▸►‣●○■□*]\\s")


def _is_latin_label(line: Line, later: list[Line]) -> bool:
    """Say whether a few words without a Thai letter stand above a Thai headline.

    Banners, widgets and weather boxes do (``Breaking News``, ``25 C``). Known cost: a headline of
    one to four foreign words over a Thai teaser.
    """
    if _THAI.search(line.text) or len(line.text.split()) > _LATIN_WORDS:
        return False
    return _stands_above_story(
        [other for other in later if len(other.text) >= _HEADLINE and _THAI.search(other.text)]
    )


_THAI = re.compile("[ก-๎]")


_LATIN_WORDS = 4


def _take_head_line(page: Page, line: Line, *, menu: bool = False) -> None:
    """Take out a line before the headline, and keep what it tells; in a menu no section counts."""
    text = line.text
    if _is_date_line(line):
        return  # read with the other date lines
    if is_section(text):
        page.section = page.section or (None if menu else text)
        page.remove(line, "section", "section name")
    elif is_breadcrumb(text):
        parts = [
            part.strip()
            for part in text.replace("›", ">").replace("»", ">").replace("/", ">").split(">")
        ]
        known = [part for part in parts[1:] if is_section(part)]
        page.section = known[-1] if known else page.section
        page.remove(line, "navigation", "breadcrumb")
    elif line.phrase is not None:
        page.remove(line, line.phrase.kind, line.phrase.rule)
    elif _release_number().fullmatch(text):
        page.remove(line, "navigation", "number of the release")
    elif is_menu(text):
        page.remove(line, "navigation", "row of menu words")
    elif _is_notice(text) and (label := label_of(text, "head")):
        page.remove(line, label.kind, label.rule)
        if label.kind == "section":
            page.section = page.section or _AFTER_LABEL.split(text, maxsplit=1)[-1].strip() or None
    elif is_postal(text) or _ends_in_phone(text) or label_of(text, "tail") is not None:
        page.remove(line, "contact", "address in the letterhead")
    elif _stamped_link(text):
        page.remove(line, "related", "stamped headline of another story")
    elif is_site_header(text):
        name_parts(page, text)
        page.remove(line, "site_name", "names of site and section")
    elif is_site_name(text):
        page.publisher = page.publisher or text
        page.remove(line, "site_name", "site name above the headline")
    elif len(text) <= _LABEL:
        page.section = page.section or (None if menu or not _THAI.search(text) else text)
        page.remove(line, "section", "label above the headline")
    else:
        page.remove(line, "navigation", "before the headline")
