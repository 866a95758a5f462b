"""``assembly-extract explain``: one record, readable: every value and the text it stands on.

Everything shown is read from the record, so that what is explained is what is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from assembly_extract.cli.options import (
    Anchor,
    ChromeFile,
    ConfigFile,
    Corrections,
    Encoding,
    GazetteerFiles,
    Model,
    ReferenceDate,
    Themes,
    configuration,
)
from assembly_extract.cli.watch import StderrWatcher, console, no_input, say, stops_cleanly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.text import Text

    from assembly_extract.models import Date, Mention, Person, Place, Record, Theme

STYLES = {
    "dates": "black on bright_yellow",
    "places": "black on bright_green",
    "people": "black on bright_cyan",
    "organisations": "black on bright_magenta",
    "themes": "underline",
}
"""How each kind's mentions look; a later kind is drawn over an earlier one."""


class Entry(NamedTuple):
    """One value of a record in words, what qualifies it, and the mentions it stands on."""

    value: str
    detail: str
    mentions: Sequence[Mention]


def explain(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH... | -", help="Articles, or folders of articles."),
    ],
    *,
    encoding: Encoding = None,
    reference_date: ReferenceDate = None,
    anchor: Anchor = None,
    themes: Themes = None,
    chrome: ChromeFile = None,
    corrections: Corrections = None,
    gazetteer: GazetteerFiles = None,
    model: Model = None,
    config_file: ConfigFile = None,
) -> None:
    """Show an article with what was found in it, and why.

    For every value: the rule, list or model that gave it, its score, and the text it stands on;
    then what was removed from the page, and by which rule.
    """
    from assembly_extract.batch.inputs import Request  # noqa: PLC0415 - as in extract
    from assembly_extract.batch.run import Plan, Tally, record_lines  # noqa: PLC0415
    from assembly_extract.models import Record  # noqa: PLC0415

    screen = console()
    tally = Tally()
    with stops_cleanly(None):
        config = configuration(
            config_file,
            encoding=encoding,
            reference_date=reference_date,
            anchor=anchor,
            model=model,
            themes=themes,
            chrome=chrome,
            corrections=corrections,
            gazetteer=gazetteer or None,
        )
        plan = Plan(Request(tuple(paths)), config=config, jobs=1)
        for line in record_lines(plan, tally, StderrWatcher()):
            for shown in explained(Record.model_validate_json(line)):
                screen.print(shown)
    if not tally.listing.found:
        say(no_input(tally.listing.skipped))
    raise typer.Exit(tally.status())


def explained(record: Record) -> Iterator[Text]:
    """Yield the lines that explain a record."""
    from rich.text import Text  # noqa: PLC0415

    yield Text(record.source.path, "bold reverse")
    for label, value in _page(record):
        yield Text.assemble((f"{label}: ", "dim"), value)
    yield Text.assemble(
        ("marks: ", "dim"),
        *(part for kind, style in STYLES.items() for part in ((kind, style), " ")),
    )
    yield Text()
    yield highlighted(record)
    for title, entries in sections(record).items():
        yield Text()
        yield Text(title, "bold")
        yield from _entries(entries)
    yield Text()
    yield Text("removed from the page", "bold")
    for piece in record.removed:
        shown = _one_line(piece.text)
        more = f" … ({piece.length} characters)" if piece.length > len(piece.text) else ""
        yield Text.assemble("  ", (piece.kind, "bold"), (f" {piece.rule} ", "dim"), shown, more)
    if not record.removed:
        yield Text("  nothing", "dim")
    for warning in record.warnings:
        yield Text.assemble(("warning: ", "bold red"), f"{warning.code}: {warning.detail}")
    yield Text()


def highlighted(record: Record) -> Text:
    """Return the article with every mention in its kind's style."""
    from rich.text import Text  # noqa: PLC0415

    text = Text(record.text)
    for kind, style in STYLES.items():
        for entity in getattr(record, kind):
            for mention in entity.evidence if kind == "themes" else entity.mentions:
                text.stylize(style, mention.start, mention.end)
    return text


def sections(record: Record) -> dict[str, list[Entry]]:
    """Return a record's values by heading: the page's and the main event's first."""
    return {
        "published": [_date(record.published)] if record.published else [],
        "main date": [_date(record.date)] if record.date else [],
        "dates": [_date(date) for date in record.dates],
        "main place": [_place(record.place)] if record.place else [],
        "places": [_place(place) for place in record.places],
        "people": [_person(person) for person in record.people],
        "organisations": [
            Entry(
                body.name + (f" ({body.abbreviation})" if body.abbreviation else ""),
                _joined([body.kind, body.parent and f"part of {body.parent}"]),
                body.mentions,
            )
            for body in record.organisations
        ],
        "themes": [_theme(theme) for theme in record.themes],
    }


def _page(record: Record) -> Iterator[tuple[str, str]]:
    source = record.source
    yield "title", record.title or "none found"
    for label in ("publisher", "section", "url", "slug"):
        if value := getattr(source, label):
            yield label, value
    if source.authors:
        yield "authors and credits", ", ".join(source.authors)
    usable = "" if record.usable else ", holds no article"
    yield "read as", f"{source.format}, {source.encoding}, language {record.language}{usable}"


def _date(date: Date) -> Entry:
    words: list[str | None] = [
        date.role,
        date.basis + (f" by {date.anchor}" if date.anchor else ""),
        f"to the {date.precision}",
        f"written in {date.calendar}" if date.calendar else None,
        date.time,
    ]
    return Entry(date.edtf, _joined(words), date.mentions)


def _place(place: Place) -> Entry:
    words = [
        place.kind,
        place.role,
        place.iso,
        place.dopa and f"DOPA {place.dopa}",
        "in " + " < ".join(area.name for area in place.within) if place.within else None,
        "one of " + " | ".join(_candidates(place)) if place.candidates else None,
    ]
    return Entry(place.name, _joined(words), place.mentions)


def _candidates(place: Place) -> Iterator[str]:
    for candidate in place.candidates:
        within = " < ".join(area.name for area in candidate.within)
        yield f"{candidate.name} ({within})" if within else candidate.name


def _person(person: Person) -> Entry:
    posts = (
        post.role + (f" ({post.organisation})" if post.organisation else "")
        for post in person.posts
    )
    prefix = f"{person.prefix} " if person.prefix else ""
    return Entry(prefix + person.name, _joined([person.romanised, *posts]), person.mentions)


def _theme(theme: Theme) -> Entry:
    label = theme.label.th + (f" / {theme.label.en}" if theme.label.en else "")
    words = [
        "primary" if theme.primary else None,
        "announced by the article" if theme.declared else None,
        f"CAP {theme.cap}" if theme.cap is not None else None,
        "SDG " + ", ".join(map(str, theme.sdg)) if theme.sdg else None,
        f"score {theme.score}",
    ]
    return Entry(label, _joined(words), theme.evidence)


def _joined(words: Iterable[str | None]) -> str:
    return "; ".join(word for word in words if word)


def _entries(entries: Sequence[Entry]) -> Iterator[Text]:
    from rich.text import Text  # noqa: PLC0415

    for entry in entries:
        yield Text.assemble("  ", (entry.value, "bold"), (f"  {entry.detail}".rstrip(), "dim"))
        for mention in entry.mentions:
            yield Text.assemble(
                f"      “{_one_line(mention.text)}”",
                (f"  @{mention.start}-{mention.end}  {mention.rule}  {mention.score}", "dim"),
            )
    if not entries:
        yield Text("  none", "dim")


def _one_line(text: str) -> str:
    return text.replace("\n", " ⏎ ")
