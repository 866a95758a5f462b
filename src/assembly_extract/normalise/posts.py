"""Posts made comparable, and which of them tell one person from another."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.countries import other_countries
from assembly_extract.linking.people.holders import spelt_out
from assembly_extract.normalise.bodies import listed_key
from assembly_extract.normalise.facts import facts_of
from assembly_extract.normalise.names import name_key
from assembly_extract.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.models import Post

NATIONAL = "post:national|"
"""The sign of everyone who holds a post so high that no namesake does."""
STATE = "@"
"""In the sign of a post that is one country's, before the country's name."""
LONG_TEMPLE = 9
"""So many letters of a temple's name tell it: more is often left out (วัดพระเชตุพนฯ)."""
LONG_POST = 24
"""A part of a stacked post (รองนายกรัฐมนตรีและรัฐมนตรีว่าการX) is a post if it is longer."""
BRIEF_POST = 14
"""A post without its body tells one holder from another only if it is longer: ผู้ว่าราชการจังหวัดX."""


def post_signs(post: Post) -> Iterator[str]:
    """Yield the signs of a post: with its body, without where it says enough, its parts, its body.

    The body's words are mostly in the role's as well; an article that gives the role alone means
    the same post.
    """
    role = written_out(post.role)
    body = listed_key(post.organisation) if post.organisation else ""
    yield f"post:{name_key(role)}|{body}"
    if body:
        yield f"org:{body}"
        if len(name_key(role)) >= BRIEF_POST:
            yield f"post:{name_key(role)}|"
    for part in _stacked().split(role):
        if len(part) > LONG_POST:
            yield f"post:{name_key(part)}|"
    if role.startswith(_national()):
        yield NATIONAL
    state = _of_country(role)
    if state:
        yield state
        yield f"{state.partition(STATE)[0]}|"
    for temple in _temple().findall(role):
        yield temple_sign(temple)


def _of_country(role: str) -> str | None:
    """Return the sign of a post of one country, however the country is written."""
    head = next((head for head in facts_of("posts")["of_country"] if role.startswith(head)), None)
    if head is None:
        return None
    rest = role.removeprefix(head)
    found = _country().search(rest)
    if found is None:
        return None
    own = facts_of("posts")["own_country"]
    sent = own if rest.startswith(own) else ""
    return f"post:{head}{sent}{STATE}{other_countries()[found[0]]}|"


def is_of_country(sign: str) -> bool:
    """Say whether a sign is a post that one person of a country holds."""
    return STATE in sign and sign.startswith("post:")


def temple_sign(temple: str) -> str:
    """Return the sign of a monk's temple, whose name is often cut short.

    >>> temple_sign("วัดพระเชตุพนวิมลมังคลารามราชวรมหาวิหาร") == temple_sign("วัดพระเชตุพนฯ")
    True
    """
    word = facts_of("monks")["temple"]
    for ending in facts_of("posts")["endings"]:
        temple = temple.removesuffix(ending)
    return f"post:{word}|{temple.removeprefix(word)[:LONG_TEMPLE]}"


@cache
def _stacked() -> re.Pattern[str]:
    return re.compile(f" ?{facts_of('posts')['and']} ?")


@cache
def _temple() -> re.Pattern[str]:
    return re.compile(rf"{read_toml('normalise.toml')['monks']['temple']}[ก-ฮะ-์]+ฯ?")


@cache
def _country() -> re.Pattern[str]:
    spellings = sorted(other_countries(), key=lambda spelling: (-len(spelling), spelling))
    return re.compile("|".join(map(re.escape, spellings)))


def written_out(role: str) -> str:
    """Return a role in the words that its variants have in common.

    >>> written_out("ส.ส.น่าน") == written_out("สมาชิกสภาผู้แทนราษฎร จังหวัดน่าน")
    True
    >>> written_out("เจ้าอาวาสวัดทุ่งกว้าง ราชวรมหาวิหาร") == written_out("เจ้าอาวาสวัดทุ่งกว้างฯ")
    True
    """
    role = spelt_out(role)
    facts = facts_of("posts")
    for short, full in facts["written"].items():
        if role.startswith(short):
            role = full + role.removeprefix(short).lstrip()
            break
    for ending in facts["endings"]:
        role = role.removesuffix(ending).rstrip()
    return role


def is_telling(sign: str) -> bool:
    """Say whether a sign is a post that names its body, or is long enough to have an area in it."""
    if not sign.startswith("post:") or sign == NATIONAL:
        return False
    role, _, body = sign.removeprefix("post:").partition("|")
    return bool(body) or len(role) >= BRIEF_POST or role in facts_of("posts")["single"]


def is_national(posts: Iterable[Post]) -> bool:
    """Say whether one of the posts takes its holder everywhere: ministers open schools."""
    return any(written_out(post.role).startswith(_national()) for post in posts)


def has_national(signs: Iterable[str]) -> bool:
    """Say whether one of the signs is a post that no namesake holds."""
    return NATIONAL in signs


@cache
def _national() -> tuple[str, ...]:
    return tuple(facts_of("posts")["national"])
