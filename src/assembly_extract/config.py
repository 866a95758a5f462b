"""The one frozen set of choices that decides what a run gives, whatever the machine."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from assembly_extract.errors import ConfigError
from assembly_extract.types.columns import Columns


@dataclass(frozen=True)
class Config:
    """Everything that can change a record, besides the input and the tool's version.

    Parameters
    ----------
    encoding
        Decode every text input so, instead of by evidence.
    reference_date
        ``YYYY-MM-DD``: the day that relative dates lean on where the page has no date of its own.
    model
        The sequence tagger: ``default``, ``accurate`` (slower; needs an extra), or
        ``pythainlp:`` and the name of one of its engines.
    columns
        Which columns of table inputs hold what; those not named are guessed.
    themes
        A TOML file of themes that join the package's own, or replace those of the same id.
    chrome
        A TOML file of what recurs around an archive's articles, as ``learn-chrome`` writes it.

    """

    encoding: str | None = None
    reference_date: str | None = None
    model: str = "default"
    columns: Columns = field(default_factory=Columns)
    themes: str | None = None
    chrome: str | None = None

    @cached_property
    def digest(self) -> str:
        """12 hex digits that differ when any choice differs; ``provenance.config`` of a record.

        Of a file it is the content that counts, not the name.

        Raises
        ------
        ConfigError
            A file cannot be read.

        """
        fields = asdict(self)
        for name in _FILES:
            if fields[name] is not None:
                fields[name] = hashlib.sha256(read_user_file(fields[name]).encode()).hexdigest()
        return hashlib.sha256(repr(sorted(fields.items())).encode()).hexdigest()[:12]


_FILES = ("themes", "chrome")


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
