"""Patterns of posts, built once from ``posts.toml``: what joins, links, continues and ends them."""

from __future__ import annotations

import re
from functools import cache

from assembly_extract.areas import district_names, subdistrict_names
from assembly_extract.matching import StringMatcher
from assembly_extract.recognise.people.lexicon import any_of, head_table, post_tuple, post_words
from assembly_extract.recognise.people.scan import GAP

LONGEST_COMPANY = 60
"""A company's name between its head and จำกัด has at most so many characters."""


@cache
def body_heads() -> re.Pattern[str]:
    """Return a pattern for a head of a body, a whole syllable: ศาล, not the beginning of ศาลา."""
    return re.compile(rf"(?:{any_of('bodies', posts=True)})(?![ะ-ฺๅ็-๎])")


@cache
def head_words() -> tuple[str, ...]:
    """Return every head of a post, and what is left of one that shares a word with its body."""
    return (*head_table(), *post_words("sharing"))


@cache
def unit_after() -> re.Pattern[str]:
    """Return a pattern for where a body's part begins: … ด้านตลาดในประเทศ, … เขต 13."""
    return re.compile(rf"{GAP}(?:{any_of('units', posts=True)})")


@cache
def ministries() -> StringMatcher[None]:
    """Return the ministries: a post ends where the name of one does."""
    names = post_words("ministries")
    spaced = (name.replace("และ", said) for name in names for said in ("และ ", " และ"))
    return StringMatcher(dict.fromkeys([*names, *spaced]))


@cache
def body_tails() -> tuple[str, ...]:
    """Return what makes a verb right behind it part of a name."""
    return tuple(sorted(post_words("bodies") | post_words("name_words")))


@cache
def modifier_tail() -> re.Pattern[str]:
    """Return a pattern for the words before a head that belong to its post."""
    words, spaced = (any_of(name, posts=True) for name in ("modifiers", "spaced_modifiers"))
    return re.compile(f"(?:{words})$|(?:{spaced}){GAP}$")


@cache
def company() -> re.Pattern[str]:
    """Return a pattern for a company from its head to จำกัด, with the spaces of its name."""
    heads_of, ends, public = (
        any_of(name, posts=True) for name in ("company_heads", "company_ends", "company_public")
    )
    return re.compile(
        rf"(?:{heads_of})(?:[^\n“”\"()]|\([^()\n]{{2,20}}\)){{1,{LONGEST_COMPANY}}}?(?:{ends})"
        rf"(?:{GAP}?(?:{public}))?"
    )


@cache
def _duty() -> re.Pattern[str]:
    return re.compile(rf"{GAP}?\((?:{any_of('duties', posts=True)})\)")


def duty_end(text: str, end: int) -> int:
    """Return the end after an officer's duty in brackets: รอง ผกก.|(สอบสวน) สภ.X."""
    duty = _duty().match(text, end)
    return duty.end() if duty else end


@cache
def _small_areas() -> frozenset[str]:
    return frozenset((*district_names(), *subdistrict_names()))


def ends_area(text: str, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` ends with the whole name of a district: อำเภอเขื่องใน."""
    for word in post_words("before_areas"):
        at = text.rfind(word, start, end)
        if at >= 0 and text[at + len(word) : end] in _small_areas():
            return True
    return False


@cache
def acting() -> StringMatcher[None]:
    """Return what begins a post that somebody fills in for."""
    return StringMatcher(dict.fromkeys(post_words("stacks")))


_LINKS = ("aliases", "suffixes", "ages", "links_after")
"""The lists of words that stand between a name and a post."""


@cache
def link_tail() -> re.Pattern[str]:
    """Return a pattern for what stands between a name and a post after it."""
    said, units = (any_of(name, posts=True) for name in ("ages", "age_units"))
    age = rf"(?:{said}){GAP}?[0-9๐-๙]+{GAP}?(?:{units})"
    either = any_of("links_after", posts=True)
    aside = aside_pattern()
    begin = {word[0] for name in _LINKS for word in post_words(name)}
    opening = re.escape("".join(sorted(begin)))
    return re.compile(
        rf"(?=[{GAP[1:-1]},()”\"{opening}])"  # a class first: at most places nothing else is tried
        rf"{GAP}*(?:{aside})?{GAP}*(?:[)”\"]?{GAP}|\(|(?:{age}{GAP}*)|(?:{either}){GAP}*|,{GAP}?)$"
    )


@cache
def aside_pattern() -> str:
    """Return a pattern for what may stand between a name and its post: an alias, a degree."""
    marks = "|".join(map(re.escape, post_tuple("suffixes")))
    alias = any_of("aliases", posts=True)
    return (
        rf"(?:{alias}){GAP}?(?:[“\"‘'][^“”\"‘’'\n]{{1,25}}[”\"’']|[^\s]{{1,20}})"
        rf"|\([^()\n]{{1,40}}\)|(?:{marks}){GAP}?[0-9๐-๙]?"
    )


@cache
def joint() -> re.Pattern[str]:
    """Return a pattern for what joins a second post to the first."""
    later = "|".join(map(re.escape, post_tuple("stacks")))
    return re.compile(rf"{GAP}?และ{GAP}?|{GAP}?(?={later})|/")
