"""Units named with the body they belong to: สำนักอนามัย กทม., คณะอนุกรรมการXกระทรวงY."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assembly_extract.gazetteer import OWN
from assembly_extract.recognise.organisations.lexicon import starting_with, words
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assembly_extract.types.mention import Mention

_GLUED_KINDS = frozenset({"committee", "centre"})


def join_owners(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions, and for each unit that its owner follows the two as one name.

    After a space only the units of ``owner_heads`` take their owner (วิทยาลัยX มหาวิทยาลัยY is one
    body, กองX กรมY are two); a committee or centre takes the body glued to its name.
    """
    mentions = list(found)
    by_size = sorted(mentions, key=lambda m: m.end)
    owners = {m.start: m for m in by_size if _is_body(m)}
    begun = {m.start: m for m in by_size}
    universities = {m.start: m for m in by_size if _is_university(m)}
    local = {m.start: m for m in by_size if starting_with("tails", "fund_owners").end(m.text)}
    for mention in mentions:
        yield mention
        value = mention.value
        if not isinstance(value, OrganisationValue) or value.form != "name" or mention.rule == OWN:
            continue
        owner = (
            _owner(text, mention, value, owners)
            or _government(text, mention, local)
            or _university(text, mention, universities)
            or _of_owned(text, mention, begun)
        )
        if owner is not None:
            name = text[mention.start : owner.end]
            yield replace(
                mention,
                end=owner.end,
                text=name,
                score=max(mention.score, owner.score),
                value=replace(value, name=name, known=()),
            )


def _of_owned(text: str, unit: Mention, begun: dict[int, Mention]) -> Mention | None:
    """Return the body that a part of its kind belongs to: สภานักศึกษา|มหาวิทยาลัยX, สำนักงานปลัด |อว."""
    if unit.text not in words("owned", "heads"):
        return None
    at = starting_with("owned", "joints").end(text, unit.end) or unit.end
    return begun.get(at) or begun.get(at + text.startswith(" ", at))


def _category(mention: Mention) -> str | None:
    return mention.value.category if isinstance(mention.value, OrganisationValue) else None


def _is_university(mention: Mention) -> bool:
    """Say whether this is a university itself, no faculty."""
    return _category(mention) == "university" and mention.rule != "grammar:unit"


def _is_body(mention: Mention) -> bool:
    value = mention.value
    return isinstance(value, OrganisationValue) and value.form == "name"


def _owner(
    text: str, unit: Mention, value: OrganisationValue, owners: dict[int, Mention]
) -> Mention | None:
    if value.category in _GLUED_KINDS and not value.known:
        return owners.get(unit.end)
    spaced = text.startswith(" ", unit.end)
    faculty = unit.rule == "grammar:unit"
    part = starting_with("tails", "of_universities").end(unit.text)
    if spaced and part and not value.known and unit.rule.startswith("grammar"):
        owner = owners.get(unit.end + 1)
        if owner is not None and starting_with("tails", "universities").end(owner.text):
            return owner
    if spaced and (faculty or starting_with("tails", "owner_heads").end(unit.text)):
        owner = owners.get(unit.end + 1)
        if owner is not None and starting_with("tails", "owners").end(owner.text):
            return owner
    return None


def _university(text: str, unit: Mention, universities: dict[int, Mention]) -> Mention | None:
    """Return the university of a faculty, also under its letters: คณะนิติศาสตร์ มธ."""
    spaced = unit.rule == "grammar:unit" and text.startswith(" ", unit.end)
    return universities.get(unit.end + 1) if spaced else None


def _government(text: str, fund: Mention, local: dict[int, Mention]) -> Mention | None:
    """Return the local government that a local fund is of: กองทุนหลักประกันสุขภาพ อบต.เขาย่า."""
    if not starting_with("tails", "fund_heads").end(fund.text):
        return None
    return local.get(fund.end + text.startswith(" ", fund.end))
