"""What is measured: one function for each figure, in one table, :data:`MEASURES`.

A measure looks at one gold line and the record of that article, ``None`` where there is none, and
gives the counts of :class:`Counts`, or ``None`` where the line does not annotate what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from assembly_extract.evaluation import names
from assembly_extract.evaluation.chrome import chrome_left, content_lost
from assembly_extract.evaluation.dates import days, days_of, readings
from assembly_extract.evaluation.texts import matched, norm, same_title, squash
from assembly_extract.exports.mentions import labelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assembly_extract.evaluation.gold import GoldArticle
    from assembly_extract.models import Record

Gold = TypeVar("Gold")
Found = TypeVar("Found")


class Counts(NamedTuple):
    """``right`` of what was ``found`` and of what ``gold`` has; and what is wrong, in words.

    A measure that only knows right and wrong answers has ``found`` equal to ``gold``.
    """

    right: int
    found: int
    gold: int
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One article: its gold line, its record if there is one, the page's own text if it is known.

    ``paths`` leads from a record's id to its input, for the whole run.
    """

    gold: GoldArticle
    record: Record | None
    page: str | None
    paths: Mapping[str, str]


def _listed(
    golds: Sequence[Gold],
    found: Sequence[Found],
    same: Callable[[Gold, Found], bool],
    show: tuple[Callable[[Gold], str], Callable[[Found], str]],
) -> Counts:
    pairs = matched(golds, found, same)
    hit, used = [id(g) for g, _ in pairs], [id(f) for _, f in pairs]
    missed = [f"missed: {show[0](g)}" for g in golds if id(g) not in hit]
    spurious = [f"spurious: {show[1](f)}" for f in found if id(f) not in used]
    return Counts(len(pairs), len(found), len(golds), (*missed, *spurious))


def _answer(case: Case, right: bool, want: object, have: object) -> Counts:  # noqa: FBT001 - the outcome
    if case.record is None:
        return Counts(0, 1, 1)
    return Counts(int(right), 1, 1, () if right else (f"{want!s} wanted, {have!s} found",))


def people(case: Case) -> Counts | None:
    """Count the people whose name is right."""
    if not case.gold.annotates("people"):
        return None
    found = case.record.people if case.record else []
    show = (lambda g: g.text or str(g.name), lambda p: p.name)
    return _listed(case.gold.people or [], found, names.same_person, show)


def people_with_role(case: Case) -> Counts | None:
    """Count the people whose name and post are right; ``found`` are people with a post.

    Nothing is known of posts where nobody has the key ``role``.
    """
    golds, found = case.gold.people or [], case.record.people if case.record else []
    told = not golds or any("role" in gold.model_fields_set for gold in golds)
    if not (told and case.gold.annotates("people")):
        return None
    wanted = [gold for gold in golds if gold.role]
    right = [
        gold
        for gold, person in matched(golds, found, names.same_person)
        if gold.role and any(names.same_role(gold.role, post) for post in person.posts)
    ]
    hit = [id(gold) for gold in right]
    wrong = tuple(f"missed: {g.name}, {g.role}" for g in wanted if id(g) not in hit)
    with_post = sum(any(post.role for post in person.posts) for person in found)
    return Counts(len(right), with_post, len(wanted), wrong)


def organisations(case: Case) -> Counts | None:
    """Count the organisations whose name is right."""
    return _organisations(case, names.same_organisation)


def organisations_lenient(case: Case) -> Counts | None:
    """Count the organisations whose name is right, or part of the right one, or the reverse."""
    return _organisations(case, names.nearly_same_organisation)


def _organisations(case: Case, same: Callable[[Any, Any], bool]) -> Counts | None:
    if not case.gold.annotates("organisations"):
        return None
    found = case.record.organisations if case.record else []
    show = (lambda g: g.text, lambda body: body.name)
    return _listed(case.gold.organisations or [], found, same, show)


def places(case: Case) -> Counts | None:
    """Count the places whose name is right."""
    if not case.gold.annotates("places"):
        return None
    found = case.record.places if case.record else []
    show = (lambda g: g.text, lambda place: place.name)
    return _listed(case.gold.places or [], found, names.same_place, show)


def place_province(case: Case) -> Counts | None:
    """Count the places found whose province is right."""
    if not case.gold.annotates("places"):
        return None
    found = case.record.places if case.record else []
    pairs = matched(case.gold.places or [], found, names.same_place)
    known = [(gold, place) for gold, place in pairs if gold.province]
    wrong = [f"{g.text}: {g.province} wanted" for g, p in known if not names.in_province(g, p)]
    return Counts(len(known) - len(wrong), len(known), len(known), tuple(wrong))


def event_place(case: Case) -> Counts | None:
    """Count the articles whose main event's place is right."""
    if not case.gold.annotates("event_place"):
        return None
    have = case.record.place if case.record else None
    right = names.event_place_right(case.gold, have)
    return _answer(case, right, case.gold.event_place, have and have.name)


def dates(case: Case) -> Counts | None:
    """Count the dates that are right; the page's own date is none of them."""
    if not case.gold.annotates("event_dates"):
        return None
    golds = [r for r in dict.fromkeys(map(readings, case.gold.event_dates or [])) if r]
    listed = case.record.dates if case.record else []
    own = [days_of(date) for date in listed if date.role != "published"]
    found = [key for key in dict.fromkeys(own) if key]
    show = (lambda keys: " .. ".join(keys[0]), " .. ".join)
    return _listed(golds, found, lambda keys, key: key in keys, show)


def primary_date(case: Case) -> Counts | None:
    """Count the articles whose main event's date is right."""
    if not case.gold.annotates("event_dates"):
        return None
    main = [date for date in case.gold.event_dates or [] if date.primary]
    want = {key for date in main for key in readings(date)}
    have = days_of(case.record.date) if case.record else None
    right = have in want if want else have is None
    return _answer(case, right, " / ".join(sorted(map(" .. ".join, want))) or None, have)


def published(case: Case) -> Counts | None:
    """Count the articles whose own date is right; none is right where there is none."""
    if not case.gold.annotates("published"):
        return None
    want = days(case.gold.published, None)
    have = days_of(case.record.published) if case.record else None
    return _answer(case, want == have, want, have)


def published_when_present(case: Case) -> Counts | None:
    """Count as :func:`published`, where the page has a date."""
    return published(case) if days(case.gold.published, None) else None


def title_exact(case: Case) -> Counts | None:
    """Count the headlines that are equal."""
    if not case.gold.annotates("title"):
        return None
    have = case.record.title if case.record else None
    return _answer(case, norm(case.gold.title) == norm(have), case.gold.title, have)


def title_lenient(case: Case) -> Counts | None:
    """Count the headlines that are nearly equal."""
    if not case.gold.annotates("title"):
        return None
    have = case.record.title if case.record else None
    return _answer(case, same_title(case.gold.title, have), case.gold.title, have)


def publisher(case: Case) -> Counts | None:
    """Count the right publishers, where there is one."""
    have = case.record.source.publisher if case.record else None
    return _site(case, case.gold.publisher, have)


def section(case: Case) -> Counts | None:
    """Count the right sections, where there is one."""
    have = case.record.source.section if case.record else None
    return _site(case, case.gold.section, have)


def _site(case: Case, want: str | None, have: str | None) -> Counts | None:
    return _answer(case, squash(want) == squash(have), want, have) if want else None


def authors(case: Case) -> Counts | None:
    """Count the articles whose authors are all right and no other, where there are some."""
    if not case.gold.authors:
        return None

    def bare(listed: Sequence[str]) -> set[str]:
        return {squash(names.without_titles(name)[-1]) for name in listed}

    have = case.record.source.authors if case.record else []
    return _answer(case, bare(case.gold.authors) == bare(have), case.gold.authors, have)


def chrome_removed(case: Case) -> Counts | None:
    """Count the pieces of chrome that are gone; an article without any text has removed nothing."""
    gold = case.gold
    if not (gold.chrome or gold.body_must_not_contain):
        return None
    text = case.record.text if case.record else ""
    count, left = chrome_left(gold, text, case.page)
    if case.record is None or (not text.strip() and gold.usable is not False):
        return Counts(0, count, count)
    return Counts(count - len(left), count, count, tuple(f"left: {piece}" for piece in left))


def content_kept(case: Case) -> Counts | None:
    """Count the pieces of content that are there."""
    gold = case.gold
    if not (gold.body_must_contain or (case.page is not None and gold.annotates("chrome"))):
        return None
    count, lost = content_lost(gold, case.record.text if case.record else "", case.page)
    if case.record is None:
        return Counts(0, count, count)
    return Counts(count - len(lost), count, count, tuple(f"lost: {piece}" for piece in lost))


def cap(case: Case) -> Counts | None:
    """Count the major topics of the Comparative Agendas Project that are right."""
    if not case.gold.annotates("themes_cap"):
        return None
    listed = case.record.themes if case.record else []
    found = list(dict.fromkeys(theme.cap for theme in listed if theme.cap is not None))
    golds = list(dict.fromkeys(case.gold.themes_cap or []))
    right = [topic for topic in golds if topic in found]
    missed = [f"missed: {topic}" for topic in golds if topic not in found]
    spurious = [f"spurious: {topic}" for topic in found if topic not in golds]
    return Counts(len(right), len(found), len(golds), (*missed, *spurious))


def cap_top1(case: Case) -> Counts | None:
    """Count the articles whose first topic is one of the gold's, where it has any."""
    if not case.gold.themes_cap:
        return None
    listed = [
        theme for theme in (case.record.themes if case.record else []) if theme.cap is not None
    ]
    first = [t for t in listed if t.primary] or sorted(listed, key=lambda theme: -theme.score)
    have = first[0].cap if first else None
    return _answer(case, have in case.gold.themes_cap, case.gold.themes_cap, have)


def grounding(case: Case) -> Counts | None:
    """Count the mentions whose text stands where they say it does."""
    record = case.record
    if record is None:
        return None
    mentions = [item.mention for item in labelled(record)]
    wrong = [m for m in mentions if record.text[m.start : m.end] != m.text]
    shown = tuple(f"{m.start}-{m.end}: {m.text}" for m in wrong)
    return Counts(len(mentions) - len(wrong), len(mentions), len(mentions), shown)


def language(case: Case) -> Counts | None:
    """Count the right languages, where the gold line and a record name one."""
    if not case.gold.language or case.record is None:
        return None
    have = case.record.language
    return _answer(case, have == case.gold.language, case.gold.language, have)


def same_story(case: Case) -> Counts | None:
    """Count the articles whose earlier copy is the right one, or that rightly have none."""
    if not case.gold.annotates("same_story_as") or case.record is None:
        return None
    given = case.gold.same_story_as
    want = {PurePath(name).stem for name in ([given] if isinstance(given, str) else given or [])}
    earlier = case.record.duplicate_of
    have = {PurePath(case.paths.get(earlier, earlier)).stem} if earlier else set()
    return _answer(case, bool(want & have) or want == have, want, have)


def unusable(case: Case) -> Counts | None:
    """Count the pages without a story that gave no record, no text, or one that says so."""
    if case.gold.usable is not False:
        return None
    right = case.record is None or not case.record.usable or not case.record.text.strip()
    return Counts(int(right), 1, 1, () if right else ("a record of a page without a story",))


def forbidden_avoided(case: Case) -> Counts | None:
    """Count the values that a gold line forbids and the record does not have."""
    gold, record = case.gold, case.record
    bodies = record.people if record else []
    spots = [names.place_keys(place) for place in record.places] if record else []
    found = [days_of(date) for date in record.dates] if record else []
    traps = [(name, any(names.is_named(p, name) for p in bodies)) for name in gold.people_not or []]
    traps += [
        (name, any(names.place_key(name) in keys for keys in spots))
        for name in gold.places_not or []
    ]
    traps += [(date, days(date, None) in found) for date in gold.dates_not or []]
    if not traps:
        return None
    fell = tuple(f"{name} is there" for name, there in traps if there)
    right = len(traps) - len(fell) if record else 0
    return Counts(right, len(traps), len(traps), fell)


LISTS: dict[str, Callable[[Case], Counts | None]] = {
    measure.__name__: measure
    for measure in (
        people,
        people_with_role,
        organisations,
        organisations_lenient,
        places,
        dates,
        cap,
    )
}
"""Measures of lists: precision, recall, F1."""

ANSWERS: dict[str, Callable[[Case], Counts | None]] = {
    measure.__name__: measure
    for measure in (
        place_province,
        event_place,
        primary_date,
        published,
        published_when_present,
        title_exact,
        title_lenient,
        publisher,
        section,
        authors,
        chrome_removed,
        content_kept,
        cap_top1,
        grounding,
        language,
        same_story,
        unusable,
        forbidden_avoided,
    )
}
"""Measures of answers that are right or wrong: accuracy."""
