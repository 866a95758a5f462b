"""The formats that records can be written in: one table, :data:`FORMATS`, for every command.

Light to import, since the command line reads it as it starts: the writers themselves lie in
``exports`` and load when one is used. Each takes records and a target path, streams, and is atomic:
the target appears whole or not at all.
"""

from __future__ import annotations

import stat
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.errors import ConfigError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator

    from assembly_extract.models import Record

    Writer = Callable[[Iterable[Record], Path], Counter[str]]

BEYOND_TEXT = ("removed", "duplicate_of", "warnings", "provenance")


_TABLES = {"csv": ".csv", "parquet": ".parquet"}
"""The formats that are a folder of tables, and how a table's file ends."""


class Format(NamedTuple):
    """A format: what it is, the names that choose it, and the module of ``exports`` that writes it.

    ``folder`` says that its target is a folder; ``whole`` that it holds whole records, so that they
    can be read back; ``lacks`` names the keys of a record that it does not hold; ``needs`` the
    module that an extra of the same name as the format installs.
    """

    name: str
    about: str
    endings: tuple[str, ...]
    module: str
    folder: bool = False
    whole: bool = False
    lacks: tuple[str, ...] = ()
    needs: str | None = None

    def note(self, target: str) -> str | None:
        """Return what to say of a target that looks like one file and is a folder.

        >>> FORMATS["csv"].note("news.csv")
        'news.csv is a folder of tables: articles.csv has a row for each article'
        >>> FORMATS["csv"].note("tables/"), FORMATS["json"].note("a.json")
        (None, None)
        """
        if self.name not in _TABLES or not target.endswith(self.endings):
            return None
        first = f"articles{_TABLES[self.name]}"
        return f"{target} is a folder of tables: {first} has a row for each article"

    def write(self, records: Iterable[Record], target: Path) -> Counter[str]:
        """Write ``target``; return what of the records could not be put into it, counted.

        Raises
        ------
        ConfigError
            What the format needs is not installed, or ``target`` is a folder and should be a file,
            or is a folder that holds something else than an earlier export.

        """
        self.check(target)
        module = import_module(f"assembly_extract.exports.{self.module}")
        writer: Writer = getattr(module, f"write_{self.name}")
        return writer(records, target)

    def check(self, target: Path | None = None) -> None:
        """Find out what would make :meth:`write` fail, before there is anything to write.

        Raises
        ------
        ConfigError
            As for :meth:`write`.

        """
        if self.needs and find_spec(self.needs) is None:
            raise ConfigError(
                f"{self.name} needs {self.needs}: pip install 'assembly-extract[{self.name}]', or "
                "write csv, which has the same tables"
            )
        if target is None:
            return
        if self.folder:
            import_module("assembly_extract.exports.atomic").check_folder(target)
        elif target.is_dir():
            raise ConfigError(f"{target} is a folder: give the name of a file")


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format(
            "jsonl",
            "a record a line",
            (".jsonl", ".ndjson"),
            "json_text",
            whole=True,
        ),
        Format("json", "one array", (".json",), "json_text", whole=True),
        Format("csv", "a folder of tables", (".csv",), "csv_folder", folder=True, whole=True),
        Format(
            "parquet",
            "the same tables; needs the extra of that name",
            (".parquet",),
            "parquet",
            folder=True,
            whole=True,
            needs="pyarrow",
        ),
        Format(
            "sqlite",
            "the same tables, views and full-text search",
            (".db", ".sqlite", ".sqlite3"),
            "sqlite",
            whole=True,
        ),
        Format(
            "geojson",
            "a map layer",
            (".geojson",),
            "geojson",
            lacks=("text", "dates", "places", *BEYOND_TEXT),
        ),
        Format(
            "ftm",
            "FollowTheMoney entities",
            (".ftm", ".ftm.json"),
            "ftm",
            lacks=("dates", "places", *BEYOND_TEXT),
        ),
        Format(
            "labelstudio",
            "tasks for Label Studio",
            (".labelstudio.json",),
            "annotation",
            lacks=BEYOND_TEXT,
        ),
        Format(
            "webanno",
            "a folder of WebAnno TSV for INCEpTION",
            (".webanno",),
            "annotation",
            folder=True,
            lacks=BEYOND_TEXT,
        ),
    )
}


def write_jsonl(lines: Iterable[str]) -> Iterator[str]:
    r"""One record a line.

    >>> list(write_jsonl(["{}", "{}"]))
    ['{}\n', '{}\n']
    """
    for line in lines:
        yield line + "\n"


def write_json(lines: Iterable[str]) -> Iterator[str]:
    r"""One array, a record a line.

    >>> "".join(write_json(["{}", "{}"])), "".join(write_json([]))
    ('[\n{},\n{}\n]\n', '[]\n')
    """
    before = "[\n"
    for line in lines:
        yield before + line
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


STREAMED: dict[str, Callable[[Iterable[str]], Iterator[str]]] = {
    "jsonl": write_jsonl,
    "json": write_json,
}
"""The formats that are text, made of records' lines, a piece a record: stdout can take them."""


def format_of(target: str | None, name: str | None = None, bare: str = "jsonl") -> Format:
    """Return the format ``name``, or without it the one that ``target`` is called after.

    The longest ending counts; a folder that exists, or a name with ``/`` at its end, takes ``csv``;
    standard output (``None``, ``-``), a pipe or a device ``jsonl``; a name without any ending
    ``bare``.

    >>> format_of("news.db").name, format_of("t.labelstudio.json").name, format_of("t/").name
    ('sqlite', 'labelstudio', 'csv')

    Raises
    ------
    ConfigError
        There is no such format, none has this ending, or standard output cannot take it.

    """
    if name is not None and name not in FORMATS:
        raise ConfigError(f"{name!r} is no format; use one of {', '.join(FORMATS)}")
    if target is None or target == "-" or is_stream(Path(target)):
        if name not in {None, *STREAMED}:
            raise ConfigError(f"{name} needs a file or folder to write: add -o TARGET")
        return FORMATS[name or "jsonl"]
    if name is not None:
        return FORMATS[name]
    path = Path(target)
    endings = {ending: form for form in FORMATS.values() for ending in form.endings}
    for ending in sorted(endings, key=len, reverse=True):
        if path.name.lower().endswith(ending):
            return endings[ending]
    if target.endswith(("/", "\\")) or path.is_dir():
        return FORMATS["csv"]
    if path.suffix:
        raise ConfigError(
            f"{target}: no format ends in {path.suffix!r}; use one of "
            f"{', '.join(sorted(endings))}, a folder's name with / at its end for CSV tables, or "
            "say it with --format"
        )
    return FORMATS[bare]


def is_stream(target: Path) -> bool:
    """Whether a path is a pipe or a device, which is written as it is."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
