"""The words and patterns by which the event's place is told: `places.toml`, ready to match with."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.areas import province_names
from assembly_extract.matching import alternatives
from assembly_extract.resources import read_toml
from assembly_extract.thai_calendar import DIGIT, SPACE, WIRE_DAY, month_pattern


@cache
def prefixed() -> re.Pattern[str]:
    """Match the prefix word of a written area."""
    return re.compile(alternatives(rules("written")))


@cache
def goes_on() -> re.Pattern[str]:
    """Match what parts two areas of one address, and the prefix word of the second."""
    return re.compile(rf"[ \t]{{0,2}}(?:{prefixed().pattern})[ \t]?[ก-๎]")


@cache
def ends_in_day() -> re.Pattern[str]:
    """Match a day with its year, or an hour, at the end of the searched text."""
    return re.compile(r"(?:[ก-๎.][ \t]?(?:25|20|๒๕)[0-9๐-๙]{2}|น\.),?[ \t]{1,2}\Z")


@cache
def deeds() -> re.Pattern[str]:
    """Match who did what, right behind เปิดเผยว่า: … จังหวัดน่าน ได้จัดกิจกรรม…: the report itself."""
    return re.compile(rf"[^\n]{{0,60}}?(?:{alternatives(rules('deeds'))})")


def is_dated(before: str) -> bool:
    """Say whether a line tells when, up to a place: by a word, or by the day at its head."""
    return any(sign in before for sign in rules("dated")) or bool(_opening_day().match(before))


@cache
def _opening_day() -> re.Pattern[str]:
    """Match a day with its year at the head of a line: ``22 มกราคม 2567 : …``."""
    months = month_pattern("full", "short")
    return re.compile(rf"[ \t(]*{DIGIT}{{1,2}}{SPACE}?(?:{months}){SPACE}?{DIGIT}{{2,4}}")


@cache
def behind_time() -> re.Pattern[str]:
    """Match ที่ behind a day or an hour at the end of the searched text: … เวลา 09.00 น. ที่."""
    words = alternatives(rules("at_dated"))
    return re.compile(rf"(?:น\.|\)|{DIGIT}{{2,4}}|[ก-ฮ]\.),?[ \t]{{0,2}}(?:{words})\Z")


@cache
def counted() -> re.Pattern[str]:
    """Match what follows an area that is only counted: ปริมณฑล, 80 ราย, จำนวน 1,020 คน.

    A count may stand behind the province that the area is in: อ.สะเดา จ.สงขลา 5 ราย.
    """
    around = alternatives(rules("with_suburbs"))
    how_many = alternatives(rules("how_many"))
    units = alternatives(rules("counted_units"))
    number = rf"{DIGIT}[0-9๐-๙,.]*"
    province = rf"(?:[ \t](?:{prefixed().pattern})[ \t]?[ก-๎]{{2,20}})?"
    return re.compile(
        rf"[ \t]?(?:{around})"
        rf"|{province}[ \t]?(?:(?:{how_many})[ \t]?){{0,2}}{number}[ \t]?(?:{units})"
    )


@cache
def ends_in_area() -> re.Pattern[str]:
    """Match a word of place and an area, or a district, at the end of the searched text."""
    words, name = alternatives(rules("areas_in_row")), r"[ \t]?[ก-๎]{2,25}[ \t]?\Z"
    district = alternatives(rules("written_districts"))
    return re.compile(rf"(?:(?:{words})[ \t]?(?:{prefixed().pattern})|(?:{district})){name}")


@cache
def case_ends() -> re.Pattern[str]:
    """Match where such a case ends and the report begins: ``… นั้น``, ``ล่าสุด …``."""
    return re.compile(rf"(?:{alternatives(rules('case_ends'))})")


@cache
def row() -> re.Pattern[str]:
    """Match two further provinces behind one: blanks or commas, and the last behind และ."""
    names = alternatives(province_names())
    one = rf"(?:[ \t]*,)?[ \t]*(?:และ[ \t]?)?(?:{prefixed().pattern})?[ \t]?(?:{names})"
    return re.compile(rf"(?:{one}){{2}}")


@cache
def scene() -> re.Pattern[str]:
    """Match the words that call what follows a scene, up to the end of the searched text."""
    scenes = alternatives(rules("scenes"))
    joints = alternatives(rules("scene_joints"))
    return re.compile(rf"(?:{scenes})[ \t]?(?:(?:{joints})[ \t]?){{0,3}}\Z")


@cache
def reported() -> re.Pattern[str]:
    """Match the report of a case up to the word of place at the end of the searched text."""
    reports = alternatives(rules("reported"))
    at = alternatives(rules("reported_at"))
    return re.compile(rf"(?:{reports})[^\n]*(?:{at})[ \t]?\Z")


@cache
def apart() -> re.Pattern[str]:
    """Match a verb of speaking with its ว่า further on: เปิดเผยหลังการประชุม … ว่า."""
    verbs = alternatives(rules("speech_verbs"))
    inside = "".join(f"(?<!{re.escape(word)})" for word in rules("no_that_after"))
    goes_on = alternatives(rules("no_that_before"))
    that = alternatives(rules("that"))
    return re.compile(rf"(?:{verbs})[^\n]{{1,100}}?{inside}(?:{that})(?!{goes_on})")


@cache
def at_something() -> re.Pattern[str]:
    """Match ณ with anything behind it but a time: ณ ศูนย์…, not ณ วันที่ …."""
    words = alternatives(rules("at"))
    times = alternatives(rules("at_times"))
    return re.compile(rf"(?:^|[\s\d”\")])(?:{words})[ \t]?(?!{times})[ก-ฮเ-ไA-Z“]")


@cache
def dated_at_something() -> re.Pattern[str]:
    """Match ที่ behind a day or an hour with anything behind it: วันที่ 19 ต.ค. ที่หน้า …."""
    words = alternatives(rules("at_dated"))
    times = alternatives(rules("at_dated_times"))
    return re.compile(
        rf"(?:น\.|\)|[0-9๐-๙]{{2,4}}|[ก-ฮ]\.)[ \t]?(?:{words})[ \t]?(?!{times})[ก-ฮเ-ไA-Z“]"
    )


@cache
def wire() -> re.Pattern[str]:
    """Match what parts a wire's city from its story: a sign, or the day and then the sign."""
    told = alternatives((*rules("dated"), *rules("wire_openings")))
    dash = rf"(?:[–—]|[ \t]-|-(?=[ \t]|{told})|--)"  # แม่สอด-เมียวดี are two towns
    day = rf"-{{0,2}}(?P<day>{WIRE_DAY})[ \t]{{0,2}}[–—-]"
    return re.compile(rf"[ \t]{{0,2}}(?:{day}|[:/]|{dash})")


@cache
def village_number() -> re.Pattern[str]:
    """Match a village's number between a word of place and its name: ลงพื้นที่|หมู่ที่ 6|บ้าน…."""
    return re.compile(rf"(?:{alternatives(rules('village_numbers'))})[ \t]?[0-9๐-๙]{{1,2}}\Z")


@cache
def background() -> re.Pattern[str]:
    """Match the words from which on a line tells what was before the report."""
    return re.compile(alternatives(rules("background")))


@cache
def announces() -> re.Pattern[str]:
    """Match an announcement, its day and a word of place at the end of the searched text."""
    words = alternatives(rules("announces"))
    times = alternatives(rules("dated"))
    at = alternatives(rules("announced_at"))
    return re.compile(
        rf"(?:{words})[^\n]{{0,80}}(?:{times})[^\n]{{1,60}}(?:{at})[ \t]?[ก-๎]{{0,22}}\Z"
    )


def ends_in_at(clause: str) -> bool:
    """Say whether a clause ends in ณ; บริเวณ ends so, too, and only tells where something lies."""
    around = next((word for word in rules("around") if clause.endswith(word)), "")
    return clause.removesuffix(around).rstrip(" \t").endswith(rules("told_at"))


@cache
def beside_day() -> re.Pattern[str]:
    """Match what may stand between a day and its venue: an hour and a word of place."""
    words = alternatives(rules("hours"))
    o_clock = rf"[ \t]*{DIGIT}{{1,2}}[.:]{DIGIT}{{2}}[ \t]*"
    hour = rf"(?:{words})?{o_clock}(?:[-–]{o_clock})?(?:{alternatives(rules('hour_ends'))})"
    at = alternatives((*rules("at"), *rules("at_dated")))
    return re.compile(rf"\)?,?[ \t]*(?:{hour})?,?[ \t]*(?:{at})[ \t]*\Z")


@cache
def at_unrecognised() -> re.Pattern[str]:
    """Match a word of place and a venue that nobody recognised, up to the blank that ends it."""
    heads = alternatives(rules("unrecognised_heads"))
    words = alternatives((*rules("at"), *rules("at_dated")))
    return re.compile(rf"[ \t](?:{words})[ \t]?(?:{heads})[ก-๎]{{2,60}}[ \t]\Z")


@cache
def like_cues() -> tuple[str, ...]:
    """Return the provinces that end like a word of place: นครราชสีมา."""
    return tuple(name for name in province_names() if name.endswith(rules("cues")))


@cache
def joint() -> re.Pattern[str]:
    """Match what parts two members of one address, or two venues in a row before it."""
    numbers = alternatives(rules("village_numbers"))
    return re.compile(
        rf"[ \t]{{1,2}}(?:(?:{numbers})[ \t]?[0-9๐-๙/]{{1,4}}[ \t]{{1,2}})?|[ \t]?(?:,|และ)[ \t]?"
    )


@cache
def item() -> re.Pattern[str]:
    """Match the head of a list's item: a number and its sign, or a bullet."""
    number = rf"[(]?{DIGIT}{{1,2}}[.)](?!{DIGIT})"
    return re.compile(rf"^[ \t]*(?:{number}|(?:{alternatives(rules('bullets'))}))", re.MULTILINE)


@cache
def to_come() -> re.Pattern[str]:
    """Match a clause that hangs on another and tells of what is still to come: ซึ่งจะจัดขึ้น."""
    joints = alternatives(rules("later_joints"))
    return re.compile(rf"(?:{joints})[^\n]{{0,40}}?(?:{alternatives(rules('later'))})")


@cache
def headline_deed() -> re.Pattern[str]:
    """Match what is done in the area that a headline begins with, right behind its name."""
    return re.compile(rf"[ \t]?(?:{alternatives(rules('headline_deeds'))})")


@cache
def rules(key: str) -> tuple[str, ...]:
    """Return the list at ``key`` of the event's table, longest first."""
    return tuple(sorted(read_toml("places.toml")["event"][key], key=len, reverse=True))
