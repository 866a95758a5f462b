"""The patterns of date lines, from the words of ``data/chrome/dates.toml``."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.cleaning.knowledge import section_words
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import beside, era_pattern, month_pattern

#: An hour and its minutes, perhaps seconds.
CLOCK = re.compile(r"(?:[01๐๑]?[0-9๐-๙]|2[0-4])[.:][0-5๐-๕][0-9๐-๙](?:[.:][0-5][0-9])?(?![0-9])")


@cache
def beside_words() -> re.Pattern[str]:
    """Return the pattern of a word beside a date; its group is the word's sort."""
    table = read_toml("chrome/dates.toml")
    groups = {
        "updated": table["updated"],
        "published": table["published"],
        "beside": table["beside"],
    }
    parts = []
    for name, words in groups.items():
        listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        parts.append(f"(?P<{name}>{listed})")
    # Latin words must be whole: "on" is no part of "online".
    return re.compile(f"(?:{'|'.join(parts)})(?![A-Za-z])", re.IGNORECASE)


@cache
def byline_words() -> re.Pattern[str]:
    """Return the pattern of what stands before an author: ``โดย``, ``เขียนโดย :``."""
    words = "|".join(map(re.escape, read_toml("chrome/dates.toml")["byline"]))
    return re.compile(f"(?:^|(?<=[\\s|,:]))(?:{words})(?:\\s*[:：]\\s*|\\s+)", re.IGNORECASE)


@cache
def byline_end() -> re.Pattern[str]:
    """Match where a line goes on behind an author: `` หมวดหมู่ วัฒนธรรม แสดงความเห็น``."""
    words = "|".join(map(re.escape, read_toml("chrome/dates.toml")["byline_ends"]))
    return re.compile(f"\\s+(?:{words})(?![ก-๎])", re.IGNORECASE)


@cache
def count_of_comments() -> re.Pattern[str]:
    """Return the pattern of how many comments a page has: ``0 Comments``."""
    words = "|".join(map(re.escape, read_toml("chrome/dates.toml")["counts"]))
    return re.compile(f"(?<!\\S)[0-9]+ (?:{words})(?![A-Za-zก-๎])", re.IGNORECASE)


@cache
def trailing_words() -> re.Pattern[str]:
    """Return the pattern of words that announce a date, at the end of what stands before one."""
    table = read_toml("chrome/dates.toml")
    words = sorted((*table["published"], *table["updated"]), key=len, reverse=True)
    return re.compile(f"(?:(?:{'|'.join(map(re.escape, words))})\\W*)+$", re.IGNORECASE)


@cache
def post_stamp() -> re.Pattern[str]:
    """Return the pattern of a post's stamp without a year: ``12 พฤศจิกายน เวลา 16:20 น. ·``.

    The sign at the end, before the symbol of who may see the post, tells it from a story's line.
    """
    hour = f"(?:{beside('clock')} )?{CLOCK.pattern}(?: ?น\\.)?"
    return re.compile(f"[0-9๐-๙]{{1,2}} {month_pattern()} {hour} ?[·•].{{0,12}}")


@cache
def issue_number() -> re.Pattern[str]:
    """Return the pattern of an issue's number."""
    listed = sorted(read_toml("chrome/dates.toml")["issue"], key=len, reverse=True)
    number = "[0-9๐-๙]{1,6}(?:\\s*/\\s*[0-9๐-๙]{1,4})?(?![0-9๐-๙])"
    words = "|".join(map(re.escape, listed))
    return re.compile(f"(?<![A-Za-z])(?:{words})\\s*{number}", re.IGNORECASE)


@cache
def issue_month() -> re.Pattern[str]:
    """Return the pattern of the month that an issue is for."""
    months = "|".join(map(re.escape, read_toml("chrome/dates.toml")["issue_month"]))
    return re.compile(
        f"(?:{months})?\\s*(?:{month_pattern()}\\s*(?:[-–]\\s*{month_pattern()}\\s*)?)"
        f"(?:{era_pattern()})?\\s*[0-9๐-๙]{{4}}"
    )


@cache
def person_or_desk() -> re.Pattern[str]:
    """Return the pattern of a person's two names or a newsroom's, alone or before other words."""
    desks = "|".join(map(re.escape, read_toml("chrome/credits.toml")["people"]["desks"]))
    return re.compile(f"[\\W_]*((?:{desks})[ก-๎]*|[ก-๎]{{2,20}}\\s[ก-๎]{{2,30}})(?:\\s+(?=\\S)|\\s*$)")


@cache
def opening() -> re.Pattern[str]:
    """Return the pattern of how a date line may begin: a digit, a Latin word, one of its words."""
    months = month_pattern("full")
    others = "|".join((issue_number().pattern, *map(re.escape, section_words())))
    return re.compile(
        f"[\\W_]*(?:[0-9๐-๙A-Za-z]|{beside_words().pattern}|{byline_words().pattern}|{months}|{others})",
        re.IGNORECASE,
    )
