"""The one frozen set of choices that decides what a run gives, whatever the machine."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assembly_extract.errors import ConfigError
from assembly_extract.types.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Config:
    """Everything that can change a record, besides the input and the tool's version.

    Parameters
    ----------
    encoding
        Decode every text input so, instead of by evidence.
    reference_date
        ``YYYY-MM-DD``: the day that relative dates lean on where the page has no date of its own.
    anchor
        What relative dates and those without a year may lean on as well, where neither the page has
        a date nor its event one with a year: ``none``, the day of the file's last change
        (``mtime``), or a day in its path (``path``). It goes before ``reference_date``.
    model
        The sequence tagger: ``default``, ``accurate`` (slower; needs an extra), or
        ``pythainlp:`` and the name of one of its engines.
    columns
        Which columns of table inputs hold what; those not named are guessed.
    themes
        A TOML file of themes that join the package's own, or replace those of the same id.
    chrome
        A TOML file of what recurs around an archive's articles, as ``learn-chrome`` writes it.
    corrections
        A JSON Lines file of what people marked wrong, as the report saves it.
    gazetteer
        A table of own people, organisations and places, or several: their names go before ours.

    Raises
    ------
    ConfigError
        There is no such encoding, or the date is none.

    """

    encoding: str | None = None
    reference_date: str | None = None
    anchor: str = "none"
    model: str = "default"
    columns: Columns = field(default_factory=Columns)
    themes: str | None = None
    chrome: str | None = None
    corrections: str | None = None
    gazetteer: str | Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse values that no run could use."""
        files = (self.gazetteer,) if isinstance(self.gazetteer, str) else tuple(self.gazetteer)
        object.__setattr__(self, "gazetteer", files)
        if self.encoding is not None:
            check_encoding(self.encoding)
        if self.reference_date is not None:
            check_date(self.reference_date)
        check_anchor(self.anchor)

    @cached_property
    def digest(self) -> str:
        """12 hex digits that differ when any choice differs; ``provenance.config`` of a record.

        Of a file it is the content that counts, not the name.

        Raises
        ------
        ConfigError
            A file cannot be read.

        """
        choices = asdict(self)
        if self.anchor == ANCHORS[0]:
            del choices["anchor"]  # records of runs before there was the choice stay valid
        if self.corrections is None:
            del choices["corrections"]
        if not self.gazetteer:
            del choices["gazetteer"]
        for name in _FILES:
            if choices.get(name) is not None:
                choices[name] = _content(choices[name])
        if self.gazetteer:
            choices["gazetteer"] = [_content(path) for path in self.gazetteer]
        return hashlib.sha256(repr(sorted(choices.items())).encode()).hexdigest()[:12]

    @property
    def files(self) -> tuple[str, ...]:
        """The user's files that belong to the choices."""
        named = [getattr(self, name) for name in _FILES]
        return (*(path for path in named if path is not None), *self.gazetteer)

    def with_files(self, places: Mapping[str, str]) -> Config:
        """Return the same choices with each of :attr:`files` lying at its place in ``places``."""
        named = {name: getattr(self, name) for name in _FILES}
        moved = {name: places[path] for name, path in named.items() if path is not None}
        return replace(self, **moved, gazetteer=tuple(places[path] for path in self.gazetteer))  # type: ignore[arg-type]  # names are strings


_FILES = ("themes", "chrome", "corrections")


def _content(path: str) -> str:
    return hashlib.sha256(read_user_file(path).encode()).hexdigest()


def read_config(path: str) -> Config:
    """Return the configuration that a TOML file holds.

    Its keys are :class:`Config`'s fields, ``columns`` being a table. Paths are relative to it.

    Raises
    ------
    ConfigError
        The file cannot be read, is no TOML, or has a key or a value that cannot be used.

    """
    import tomllib  # noqa: PLC0415 - seldom needed

    try:
        table = tomllib.loads(read_user_file(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error
    columns = table.pop("columns", {})
    if not isinstance(columns, dict):
        raise ConfigError(f"{path}: columns is no table; write [columns]")
    for found, known in ((table, fields(Config)), (columns, fields(Columns))):
        names = sorted({field.name for field in known} - {"columns"})
        for key, value in found.items():
            if key not in names:
                raise ConfigError(f"{path}: no option {key!r}; there are {', '.join(names)}")
            texts = value if key == "gazetteer" and isinstance(value, list) else [value]
            if not all(isinstance(text, str) for text in texts):
                raise ConfigError(f"{path}: {key} is {value!r}; write it in quotes")
    for key in _FILES:
        if key in table:
            table[key] = str(Path(path).parent / table[key])
    if "gazetteer" in table:
        files = table["gazetteer"]
        files = [files] if isinstance(files, str) else files
        table["gazetteer"] = tuple(str(Path(path).parent / file) for file in files)
    try:
        return Config(**table, columns=Columns(**columns))
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def check_encoding(name: str) -> None:
    """Raise :class:`ConfigError` if Python has no encoding of this name."""
    try:
        codecs.lookup(name)
    except LookupError:
        raise ConfigError(
            f"no encoding is called {name!r}; try utf-8, cp874 (Thai Windows) or utf-16"
        ) from None


def check_date(day: str) -> None:
    """Raise :class:`ConfigError` if this is no day in the form ``YYYY-MM-DD``.

    A year of the Buddhist era is refused, too: as a Gregorian one it would date an article by days
    that are five centuries away.

    >>> check_date("2024-02-29")
    """
    from assembly_extract.thai_calendar import BE_YEARS, be_to_ce  # noqa: PLC0415 - seldom needed

    try:
        year = date.fromisoformat(day).year if len(day) == len("YYYY-MM-DD") else None
    except ValueError:
        year = None
    if year is None:
        raise ConfigError(f"{day!r} is no day; write it like 2023-02-15 (the Gregorian year)")
    if year in BE_YEARS:
        raise ConfigError(
            f"{day!r} has a year of the Buddhist era; write {be_to_ce(year)}{day[4:]}"
        )


ANCHORS = ("none", "mtime", "path")


def check_anchor(name: str) -> None:
    """Raise :class:`ConfigError` if there is no such anchor."""
    if name not in ANCHORS:
        raise ConfigError(f"no anchor is called {name!r}; there are {', '.join(ANCHORS)}")


def read_user_file(path: str) -> str:
    """Return a file that the user has named, as text.

    Raises
    ------
    ConfigError
        It is missing, unreadable, or not UTF-8.

    """
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text ({error}). Save it as UTF-8.") from error
