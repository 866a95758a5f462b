"""What stands above a headline: labels, names of sites and offices, menus, other stories' links."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.cleaning.date_lines import is_post_stamp
from assembly_extract.cleaning.head_rows import (
    SITE_NAME,
    is_breadcrumb,
    is_menu,
    is_site_header,
)
from assembly_extract.cleaning.keys import DIGITS, keys
from assembly_extract.cleaning.knowledge import is_medium, is_section, is_site_name, label_of
from assembly_extract.cleaning.names_above import (
    HEADLINE,
    is_date_line,
    is_name_above,
    long_lines,
    stands_above_story,
)
from assembly_extract.cleaning.page import is_paragraph, is_prose, prose_words
from assembly_extract.cleaning.postal import is_postal
from assembly_extract.resources import read_toml
from assembly_extract.written_dates import find_full_date

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Line, Page


LONGEST_FIRST_LINE = 260  # ... unless it carries a site's prefix or stands in the metadata


LABEL = 30  # characters of a line that may be a section's name without being a known one


@cache
def release_number() -> re.Pattern[str]:
    """Return the pattern of a release's number: ``ข่าวที่ 12/2567``."""
    table = read_toml("chrome/sections.toml")
    words = "|".join(map(re.escape, table["numbers"]))
    joints = "|".join(map(re.escape, table["number_joints"]))
    return re.compile(
        f"(?:{words})(?:[ก-๎ ]{{0,20}}(?:{joints}))?[\\s.:]*[0-9๐-๙][0-9๐-๙./\\-]*", re.IGNORECASE
    )


def is_label_above(page: Page, line: Line, later: list[Line], head: list[Line]) -> bool:
    """Say whether a line before a headline is a section, a site, a menu.

    A short line is one only if a better headline follows before the story: a longer line that no
    date or byline parts from it.
    """
    if line.phrase is not None or is_breadcrumb(line.text) or is_section(line.text):
        return True
    if is_notice(line.text):
        return True
    if is_post_stamp(later[0].text) and is_site_name(line.text):
        return True  # the name of a page on a social network, above its post's stamp
    if is_menu(line.text) or is_site_header(line.text) or release_number().fullmatch(line.text):
        return True
    if _is_latin_label(line, later) or _is_menu_item(line, later):
        return True
    if is_name_above(page, line, later):
        return True
    if _is_letterhead_or_link(line, later) or _names_the_news(line, later):
        return True
    if _is_widget(page, line, later) or is_office_above(line, later) or _is_media_name(line, later):
        return True
    if _stands_over_copy(line, later) or _is_office_below_menu(page, line, later):
        return True
    if _FILE_NAME.fullmatch(line.text) or _stands_over_menu(line, later):
        return True
    if _stands_before_menu(page, line, head):
        return True
    slug = keys(page.slug or "")[0]
    if len(slug) >= 12 and later[0].key.startswith(slug[:40]) and len(line.text) <= LABEL:
        return True
    rivals = [other for other in head if other.index > line.index and len(other.text) >= HEADLINE]
    rival = next(
        (other for other in rivals if other.phrase is None and not is_menu(other.text)), None
    )
    if rival is None or is_date_line(later[0]) or len(line.text) > SITE_NAME:
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
    if len(line.text) < HEADLINE and len(rival.text) > 1.5 * len(line.text):
        return True
    # a site's name is said elsewhere, inside of other lines; a headline is not
    said = sum(line.text in other.text for other in page.live() if other is not line)
    lines = page.lines[line.index + 1 :]
    below = next((other for other in lines if THAI.search(other.text)), lines[0])  # or in English
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
    below = [other for other in later[:_COPIED] if not is_date_line(other)]
    if len(line.text) >= HEADLINE or len(below) < 2 or len(below[0].text) < HEADLINE:
        return False
    return below[1].key.startswith(below[0].key) and line.key not in below[0].key


def _is_media_name(line: Line, later: list[Line]) -> bool:
    """Say whether a line is a medium's short name and nothing else: ``ดอกจานทีวี``."""
    if len(line.text) > _MEDIUM or not is_site_name(line.text, sure=True):
        return False
    if prose_words(line.text) or is_date_line(later[0]):
        return False
    return stands_above_story(long_lines(later))


_MEDIUM = 16  # characters of a medium's name; a headline may end in such a word


def _is_widget(page: Page, line: Line, later: list[Line]) -> bool:
    """Say whether a line is one of a widget's rows: the weather, the price of gold, a lottery.

    Another one, or chrome, stands beside it, and a headline that is no such row follows.
    """
    if not has_widget_words(line.text):
        return False
    beside = line.index == 0 or not page.lines[line.index - 1].kept
    below = long_lines(later)
    rivals = [other for other in below if not has_widget_words(other.text)]
    if (
        not (beside or has_widget_words(later[0].text))
        or not rivals
        or is_paragraph(rivals[0].text)
    ):
        return False
    return stands_above_story(rivals)


def has_widget_words(text: str) -> bool:
    """Say whether a short line has a number and a word of a widget, and is no sentence.

    >>> has_widget_words("เชียงใหม่ 29°C ฝนฟ้าคะนอง"), has_widget_words("เชียงใหม่ร้อนจัด 42 องศา")
    (True, False)
    """
    table = read_toml("chrome/sites.toml")["widget"]
    if len(text) > table["longest"] or not any(word in text for word in table["words"]):
        return False
    return DIGITS.search(text) is not None and prose_words(text) <= 1


def is_office_above(line: Line, later: list[Line]) -> bool:
    """Say whether an office's name stands above a headline that the page's day follows.

    Known cost: a headline that is an office's name and no more, with a second line below it.
    """
    if len(later) < 3 or not is_date_line(later[1]) or len(line.text) > SITE_NAME:
        return False
    if not is_site_name(line.text) or prose_words(line.text) > 1:
        return False
    below = later[0]
    headline = len(below.text) >= HEADLINE and not is_site_name(below.text)
    if below.phrase is not None or label_of(below.text, "head") is not None:
        return False
    return headline and not is_paragraph(below.text) and stands_above_story([below, *later[2:]])


_COPIED = 4  # lines below one that may be a label, among which the headline and its copy are


def _is_office_below_menu(page: Page, line: Line, later: list[Line]) -> bool:
    """Say whether an office's name without a verb stands apart between a menu and a headline."""
    above = page.lines[line.index - 1] if line.index else None
    if above is None or above.kept or len(line.text) > SITE_NAME:
        return False
    if not is_site_name(line.text) or prose_words(line.text) > 1:  # …เพื่อสันติภาพ
        return False
    if is_date_line(later[0]):
        sure = above.phrase is not None and len(line.text) <= _LONGEST_OFFICE
        below = later[1:] if sure else []
        return bool(below) and not is_paragraph(below[0].text) and stands_above_story(below)
    longer = later[0].blank and len(later[0].text) > len(line.text)
    return bool(longer) and stands_above_story(later)


_SHORT_HEADLINE = 14  # characters of a headline that the page's day stands right below


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
    rivals = [
        other
        for other, behind in zip(later[1:], [*later[2:], None], strict=False)
        if other.phrase is None
        and (
            len(other.text) >= HEADLINE
            or (len(other.text) >= _SHORT_HEADLINE and behind is not None and is_date_line(behind))
        )
    ]
    if not rivals or rivals[0].key in line.key or line.key in rivals[0].key:
        return False
    behind = next((o for o in later if o.index > rivals[0].index), rivals[0])
    told = not is_paragraph(rivals[0].text) or is_date_line(behind)
    return told and stands_above_story(rivals)


def _stands_before_menu(page: Page, line: Line, head: list[Line]) -> bool:
    """Say whether a site's menu parts a line from the headline: a ticker's headlines, a motto.

    Words such as หน้าแรก and ค้นหา stand nowhere between a headline and its story. The headline is
    the line behind the last of them, if one is there that no copy of this one is.
    """
    between = page.lines[line.index + 1 : head[-1].index + 1]
    menus = [other.index for other in between if _menu_words().fullmatch(other.text)]
    if len(menus) < _MENU_WORDS:
        return False
    rival = next(
        (
            other
            for other in head
            if other.index > menus[-1]
            and len(other.text) >= HEADLINE
            and other.phrase is None
            and not is_date_line(other)
            and not is_breadcrumb(other.text)
        ),
        None,
    )
    if rival is None or rival.key in line.key or line.key in rival.key:
        return False
    later = [other for other in page.live() if other.index > rival.index]
    told = not is_paragraph(rival.text) or (bool(later) and is_date_line(later[0]))
    return told and any(is_paragraph(other.text) for other in later)


_MENU_WORDS = 2


@cache
def _menu_words() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_toml("chrome/sites.toml")["menu"]["words"]))
    return re.compile(f"\\W*(?:{words})\\W*", re.IGNORECASE)


def _names_the_news(line: Line, later: list[Line]) -> bool:
    """Say whether a page begins with one word that a site calls its news by: ``ข่าวชาว…``."""
    named = not line.index and _opens_section().fullmatch(line.text) is not None
    return named and stands_above_story(long_lines(later))


@cache
def _opens_section() -> re.Pattern[str]:
    """Return the pattern of a site's own name for its news, in one word: ข่าวชาว…."""
    words = "|".join(map(re.escape, read_toml("chrome/sections.toml")["opens"]))
    return re.compile(f"(?:{words})\\S{{3,{HEADLINE}}}")


def is_notice(text: str) -> bool:
    """Say whether a line is a notice of the site: its cookies, its rights."""
    label = label_of(text, "head")
    return label is not None and label.kind in _NOTICES


_NOTICES = frozenset({"cookie", "footer", "navigation", "newsletter", "section", "tags"})


def _is_letterhead_or_link(line: Line, later: list[Line]) -> bool:
    """Say whether an office's address, or another story's stamped headline, stands above ours.

    ``พายุถล่มตัวอย่าง 5 พ.ค. 2567 18:20 น.``: lists of stories carry the day and hour behind each
    headline; the page's own story has them in a line of their own.
    """
    if not (is_postal(line.text) or is_stamped_link(line.text) or ends_in_phone(line.text)):
        return False
    below = [other for other in later if not (is_postal(other.text) or is_stamped_link(other.text))]
    return stands_above_story(long_lines(below))


def ends_in_phone(text: str) -> bool:
    """Say whether a line is a service's slogan with its number: ``ปรึกษาปัญหาหนี้ โทร 1234``."""
    return len(text) <= SITE_NAME and _PHONE.search(text) is not None


_PHONE = re.compile("โทร(?:ศัพท์)?[ .:]{0,3}[0-9][0-9 -]{2,14}$")


def is_stamped_link(text: str) -> bool:
    """Say whether a line is a headline's worth of words and then a day and an hour."""
    if len(text) > LONGEST_FIRST_LINE or _ENDS_IN_HOUR.search(text) is None:
        return False
    tail = text[-_STAMP:]
    found = find_full_date(tail)
    if found is None or found.time is None or tail[found.end :].strip():
        return False
    return len(text) - len(tail) + found.start >= HEADLINE


_ENDS_IN_HOUR = re.compile("[0-9]{1,2}[.:][0-9]{2}(?: ?น\\.?)?$")


_STAMP = 45  # characters of a day with its hour, at the end of a headline in a list


def _goes_on_with_menu(page: Page, line: Line, rival: Line, later: list[Line]) -> bool:
    """Say whether a short line, or an office's name, goes on with the menu or labels above it."""
    if not line.index or line.blank or page.lines[line.index - 1].kept:
        return False
    short = len(line.text) < HEADLINE or (
        len(line.text) <= _LONGEST_OFFICE and is_site_name(line.text)
    )
    return short and any(other.index > rival.index and is_paragraph(other.text) for other in later)


_LONGEST_OFFICE = 45


def _is_menu_item(line: Line, later: list[Line]) -> bool:
    """Say whether a line with a bullet stands above the headline: an item of a menu or a banner."""
    if BULLET.match(line.text) is None:
        return False
    return stands_above_story(
        [other for other in later if len(other.text) >= HEADLINE and not BULLET.match(other.text)]
    )


BULLET = re.compile("[•◦▪▸►‣●○■□*]\\s")


def _is_latin_label(line: Line, later: list[Line]) -> bool:
    """Say whether a few words without a Thai letter stand above a Thai headline.

    Banners, widgets and weather boxes do (``Breaking News``, ``25 C``). Known cost: a headline of
    one to four foreign words over a Thai teaser.
    """
    sentence = line.text.endswith((".", "!", "?"))  # no headline ends so, a notice does
    if THAI.search(line.text) or (len(line.text.split()) > _LATIN_WORDS and not sentence):
        return False
    return stands_above_story(
        [other for other in later if len(other.text) >= HEADLINE and THAI.search(other.text)]
    )


THAI = re.compile("[ก-๎]")


_LATIN_WORDS = 4
