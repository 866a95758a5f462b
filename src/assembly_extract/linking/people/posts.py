"""Which posts a person holds: those that stand beside the name, before it or after it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assembly_extract.linking.people.holders import spelt_out
from assembly_extract.resources import read_toml
from assembly_extract.types.names import OrganisationValue, Post, PostValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assembly_extract.linking.people.identity import Cluster
    from assembly_extract.types.mention import Mention
    from assembly_extract.types.names import OrganisationEntity

_ADJACENT = re.compile(r"[ \u00a0]{0,3}")
_LINE_START = re.compile("(?:^|\n)[ \u00a0]*(?:[0-9๐-๙]{1,3}[.)])?[ \u00a0]*$")
_SHORT_POST = re.compile("(?:รอง|อดีต)?[ก-ฮ]{1,4}[.]?|[^ ]{1,14}ฯ")
_ABBREVIATED_BODY = re.compile(r"(.{3,}?)(?:[ \u00a0]?(?:[ก-ฮ]{1,4}\.){1,4}|ฯ)")
_LONGEST_GAP = 60


def held_posts(
    clusters: Sequence[Cluster],
    mentions: Sequence[Mention],
    organisations: Sequence[OrganisationEntity],
    text: str,
) -> list[list[Post]]:
    """Return for each cluster the distinct posts that its mentions stand beside, fullest first."""
    owner = {(m.start, m.end): index for index, c in enumerate(clusters) for m in c.mentions}
    found: list[list[Post]] = [[] for _ in clusters]
    for person, post in _pairs(mentions, text):
        index = owner.get((person.start, person.end))
        if index is not None and isinstance(post.value, PostValue) and _may_hold(person, post):
            body = _organisation(post, organisations, text)
            found[index].append(Post(post.value.role, body))
    for person, post in _further(mentions, organisations, text):
        index = owner.get((person.start, person.end))
        if index is not None and isinstance(post.value, PostValue) and found[index]:
            found[index].append(Post(post.value.role, _organisation(post, organisations, text)))
    for person, other, post in _shared(mentions, text):
        index, giver = (owner.get((m.start, m.end)) for m in (person, other))
        if index is not None and giver is not None and not found[index] and _may_hold(person, post):
            found[index].extend(p for p in found[giver] if p.role == post.text)
    return [_distinct(posts) for posts in found]


def with_whole_bodies(
    mentions: Sequence[Mention], organisations: Sequence[OrganisationEntity], text: str
) -> list[Mention]:
    """Return the mentions, posts that end within a body's name with the whole of it.

    The recogniser of bodies knows more of where their names end (ผู้อำนวยการโรงพยาบาลX| สภากาชาดไทย,
    กรรมการ บริษัท X| Y) than that of posts.
    """
    bodies = sorted((m.start, m.end) for entity in organisations for m in entity.mentions)
    starts = [start for start, _ in bodies]
    return [
        _with_whole_body(mention, bodies, starts, text) if mention.kind == "post" else mention
        for mention in mentions
    ]


def _with_whole_body(
    post: Mention, bodies: Sequence[tuple[int, int]], starts: Sequence[int], text: str
) -> Mention:
    last = bisect_left(starts, post.end) - 1
    if last < 0 or not isinstance(post.value, PostValue):
        return post
    start, end = bodies[last]
    if not post.start < start < post.end < end:
        return post
    role = text[post.start : end]
    body = post.value.organisation
    if body is not None and text[start:end].startswith(body):
        body = text[start:end]
    return replace(post, end=end, text=role, value=PostValue(role, body))


def _may_hold(person: Mention, post: Mention) -> bool:
    """Say whether a person can hold a post at all: the royal house holds none of these."""
    return not person.rule.startswith("royal:") and post.text != person.text


def _further(
    mentions: Sequence[Mention], organisations: Sequence[OrganisationEntity], text: str
) -> Iterator[tuple[Mention, Mention]]:
    """Yield (person, post) for a second post that ในฐานะ joins to the one after a name.

    The body of the first may stand between (ที่ปรึกษาด้าน… สำนักงานX ในฐานะรองโฆษกกระทรวงY).
    """
    named = [m for m in mentions if m.kind in ("person", "post")]
    for person, first, second in zip(named, named[1:], named[2:], strict=False):
        if (
            (person.kind, first.kind, second.kind) == ("person", "post", "post")
            and _beside(person, first, text)
            and _also().fullmatch(text, _body_end(first, organisations, text), second.start)
        ):
            yield person, second


def _body_end(post: Mention, organisations: Sequence[OrganisationEntity], text: str) -> int:
    """Return where the body ends that stands behind a post and a space, or the post does."""
    space = _ADJACENT.match(text, post.end)
    begin = space.end() if space else post.end
    if begin > post.end:
        for entity in organisations:
            for mention in entity.mentions:
                if mention.start == begin:
                    return mention.end
    return post.end


def _shared(mentions: Sequence[Mention], text: str) -> Iterator[tuple[Mention, Mention, Mention]]:
    """Yield (person, other, post): ``other`` holds a post that the list lets ``person`` share.

    Post, name และ name; or name และ name, post. Only for posts that more than one person can hold.
    A longer list shares through commas and และ. By white space alone a post is shared with the
    names before it (นาย ก นาย ข นาย ค รองปลัด), but with one after it at most: there each may have
    its own.
    """
    named = [m for m in mentions if m.kind in ("person", "post")]
    for place, post in enumerate(named):
        if post.kind == "person" or not _shareable().match(post.text):
            continue
        for step in (-1, 1):
            holder = place + step
            if not 0 <= holder < len(named) or named[holder].kind != "person":
                continue
            for other in _listed_with(named, holder, step, text):
                yield other, named[holder], post


def _listed_with(named: Sequence[Mention], holder: int, step: int, text: str) -> Iterator[Mention]:
    """Yield the people whom a list joins to the holder, going on in the direction of ``step``."""
    at = holder
    while 0 <= at + step < len(named) and named[at + step].kind == "person":
        first, second = sorted((named[at], named[at + step]), key=lambda m: m.start)
        between = text[first.end : second.start]
        if len(between) > _LONGEST_GAP or not _and().fullmatch(between):
            return
        if at != holder and step > 0 and not between.strip():
            return
        at += step
        yield named[at]


def _pairs(mentions: Sequence[Mention], text: str) -> Iterator[tuple[Mention, Mention]]:
    """Yield (person, post) for the runs of people and posts that stand beside each other.

    A run that begins with a post and ends with a name reads post-name, post-name, so does one whose
    items commas part (… ก, post ข, post ค); any other reads name-post. A run of post, name, post
    gives the name both.
    """
    for run in _runs([m for m in mentions if m.kind in ("person", "post")], text):
        kinds = [m.kind for m in run]
        post_first = kinds[-1] == "person" and (kinds[0] == "post" or _parted(run, text))
        both = kinds.count("person") == 1 and not (
            kinds[-1] == "post" and _group().match(run[0].text)
        )
        for left, right in pairwise(run):
            if left.kind == "post" and right.kind == "person" and (post_first or both):
                yield right, left
            elif left.kind == "person" and right.kind == "post" and not post_first:
                yield left, right
        crowd = _group().match(run[0].text)
        if kinds[:2] == ["post", "person"] and not post_first and not both and not crowd:
            yield run[1], run[0]


def _parted(run: Sequence[Mention], text: str) -> bool:
    """Say whether a comma stands before every post of a run and none behind one."""
    gaps = [(left.kind, text[left.end : right.start]) for left, right in pairwise(run)]
    return len(gaps) > 1 and all(("," in gap) == (kind == "person") for kind, gap in gaps)


def _runs(mentions: Sequence[Mention], text: str) -> Iterator[list[Mention]]:
    run: list[Mention] = []
    for mention in mentions:
        if run and not _beside(run[-1], mention, text):
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _beside(left: Mention, right: Mention, text: str) -> bool:
    """Say whether nothing but white space or a linking word stands between two mentions."""
    if right.start < left.end:
        return False
    between = text[left.end : right.start]
    if len(between) > _LONGEST_GAP:
        return False
    if left.kind == "person" and right.kind == "post":
        if between == "\n":  # a table that lost its columns: a name a line, then its post
            return bool(_LINE_START.search(text[max(0, left.start - 8) : left.start]))
        return bool(_after_name().fullmatch(between))
    if left.kind == "post" and right.kind == "person":
        told = _is_aside(left, text) or text.endswith(_predicates(), 0, left.start)
        return bool(_before_name().fullmatch(between)) and not told
    return bool(_ADJACENT.fullmatch(between)) and "\n" not in between


def _is_aside(post: Mention, text: str) -> bool:
    """Say whether brackets hold no more than the post: ปลัดกระทรวงX (ปลัด X.) นาย…, which is not his.

    It says the post before it again. On a line that the bracket begins it is the name's.
    """
    closed = text.startswith(")", post.end) and text.endswith("(", 0, post.start)
    return closed and text[max(0, post.start - 9) : post.start - 1].rstrip(" \u00a0")[-1:] not in (
        "",
        "\n",
    )


def _organisation(
    post: Mention, organisations: Sequence[OrganisationEntity], text: str
) -> str | None:
    """Return the body of a post: the one its words name, else the one right after it."""
    value = post.value
    if isinstance(value, PostValue) and value.organisation:
        return _recognised(value.organisation, post, organisations)
    inside = [
        _name_of(entity, mention)
        for entity in organisations
        for mention in entity.mentions
        if post.start <= mention.start and mention.end == post.end
    ]
    if inside:
        return max(inside, key=len)
    for entity in organisations:
        for mention in entity.mentions:
            gap = text[post.end : mention.start]
            if mention.start > post.end and len(gap) < 8 and _before_body().fullmatch(gap):
                return mention.text
    return None


def _recognised(body: str, post: Mention, organisations: Sequence[OrganisationEntity]) -> str:
    """Return the body that a post's words name with the ends at which it was recognised.

    A post may be cut before its body ends (ผู้อำนวยการสำนักงานส่งเสริมการจัด|ประชุม…), or run on behind
    it (กรมการปกครอง|แทนอธิบดี); then the mention knows better: one that holds the body's words, or a
    body of the list that they begin with, if no other follows it (กองตรวจราชการ|กระทรวงวัฒนธรรม).
    """
    start = post.start + post.text.index(body)
    end = start + len(body)
    mentions = [(entity, mention) for entity in organisations for mention in entity.mentions]
    begun = {mention.start for _, mention in mentions}
    for entity, mention in mentions:
        if mention.start <= start and end <= mention.end:
            return _name_of(entity, mention)
        sure = _is_short(mention) or (_is_listed(mention) and mention.end not in begun)
        if mention.start == start and sure:
            return _name_of(entity, mention)
    return body


def _name_of(entity: OrganisationEntity, mention: Mention) -> str:
    return entity.name if _is_short(mention) else mention.text


def _is_listed(mention: Mention) -> bool:
    return isinstance(mention.value, OrganisationValue) and bool(mention.value.known)


def _is_short(mention: Mention) -> bool:
    """Say whether a mention names its body only by what else the article says: กระทรวงฯ, รมว.X."""
    return isinstance(mention.value, OrganisationValue) and mention.value.form == "short"


def _distinct(posts: Sequence[Post]) -> list[Post]:
    """Return each post once, in order; a shorter wording of one that is there is not another.

    A headline's abbreviation (รมว., ปลัด มท.) counts only where nothing fuller does.
    """
    full = [post for post in posts if not _SHORT_POST.fullmatch(post.role)] or list(posts)
    full = [post for post in full if not _spelt_out_beside(post, full)]
    kept: list[tuple[str, int, Post]] = []
    for index, post in sorted(enumerate(full), key=lambda pair: (-len(pair[1].role), pair[0])):
        wording = "".join(spelt_out(post.role).split())
        if not any(_says(other, wording) for other, _, _ in kept):
            kept.append((wording, index, post))
    return [post for _, _, post in sorted(kept, key=lambda entry: entry[1])]


def _with_short_body(role: str) -> re.Match[str] | None:
    """Match a role whose body is abbreviated; what ends otherwise is not even looked at."""
    return _ABBREVIATED_BODY.fullmatch(role) if role.endswith((".", "ฯ")) else None


def _spelt_out_beside(post: Post, posts: Sequence[Post]) -> bool:
    """Say whether a post that names its body by an abbreviation stands there with the full name."""
    short = _with_short_body(post.role)
    spelt = spelt_out(post.role)
    if short is None and spelt == post.role:
        return False
    base = (
        spelt_out(short.group(1))
        if short
        else spelt[: len(spelt) - len(post.role.partition(".")[2])]
    )
    return any(
        other.role != post.role
        and _with_short_body(other.role) is None
        and len(other.role) > len(post.role)
        and other.role.startswith(base)
        for other in posts
    )


def _says(other: str, wording: str) -> bool:
    """Say whether a post's words hold another's: not where รอง, อดีต … make them a third post."""
    at = other.find(wording)
    return at >= 0 and _modified().search(other, 0, at) is None


@cache
def _modified() -> re.Pattern[str]:
    return re.compile(f"(?:{_links('modifiers')})$")


@cache
def _shareable() -> re.Pattern[str]:
    return re.compile(_links("shared"))


@cache
def _group() -> re.Pattern[str]:
    return re.compile(f"(?!{_links('single')})(?:{_links('groups')})")


@cache
def _predicates() -> tuple[str, ...]:
    return tuple(read_toml("posts.toml")["predicates"])


@cache
def _and() -> re.Pattern[str]:
    return re.compile("[ \u00a0]*(?:และ|,|กับ)?[ \u00a0]*")


@cache
def _after_name() -> re.Pattern[str]:
    space, links = "[ \u00a0]*", _links("links_after")
    marks = _links("suffixes")
    alias = (
        rf"(?:{_links('aliases')})[ \u00a0]?"
        r"(?:[“\"‘'][^“”\"‘’'\n]{1,25}[”\"’']|[^\s]{1,20})"
    )
    # (Mrs. Gita S., Coordinator): behind the name in Latin letters, its post in them.
    aside = rf"{alias}|\([^()\n]{{1,40}}\)|,[^()ก-๎\n]{{1,60}}(?=\))|(?:{marks})[ \u00a0]?[0-9๐-๙]?"
    age = rf"(?:{_links('ages')})[ \u00a0]?[0-9๐-๙]+[ \u00a0]?(?:{_links('age_units')})"
    return re.compile(
        rf"{space}(?:{aside})?{space}(?:{age})?{space}[)”\"]?"
        rf"{space}[(,]?[ \u00a0]?(?:{links})?{space}"
    )


@cache
def _also() -> re.Pattern[str]:
    # … (สทนช.) ในฐานะ…: the letters of the first post's body may stand between
    return re.compile(
        rf"[ \u00a0]*(?:\([^()\n]{{1,20}}\))?[ \u00a0]*(?:{_links('links_between')})[ \u00a0]*"
    )


@cache
def _before_body() -> re.Pattern[str]:
    words = _links("before_bodies")
    return re.compile(rf"[ \u00a0]{{1,2}}(?:{words})?[ \u00a0]?|(?:{words})[ \u00a0]?")


@cache
def _before_name() -> re.Pattern[str]:
    # ประธานสภาX (สX.) นาย…: the letters of the post's body may stand between
    letters = r"(?:\((?:(?:[ก-ฮ]{1,4}\.){1,4}[ก-ฮ]{0,3}|[A-Z]{2,8})\))?"
    return re.compile(
        f"[ \u00a0]*{letters}[ \u00a0]*\\)?[ \u00a0]*(?:{_links('links_before')})?[ \u00a0]*"
    )


def _links(name: str) -> str:
    words: list[str] = read_toml("posts.toml")[name]
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
