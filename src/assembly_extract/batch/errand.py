"""What a cluster's worker does: the errand that it is given, and whether its bytes would be ours.

The user's own files (themes and the like) travel with the errand, so that workers need none of the
sender's. A worker whose records would not be byte for byte those of the sender is refused.
"""

from __future__ import annotations

import json
import platform
import tempfile
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assembly_extract.batch.engine import Job, Outcome, extractor_for, outcome_of
from assembly_extract.batch.resume import provenance_tail
from assembly_extract.errors import AssemblyExtractError, ConfigError

if TYPE_CHECKING:
    from assembly_extract.config import Config
    from assembly_extract.sources import Input, Unreachable

_DECIDING = ("beautifulsoup4", "geothai", "lxml", "nlpo3", "numpy", "pyahocorasick", "pythainlp")
"""The libraries whose version may decide on a record."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a worker has to know: the choices, the user's files as text, and what makes equal bytes.

    ``made_by`` are the versions of all that decides on a record, as the sender has them.
    """

    config: Config
    files: tuple[tuple[str, str], ...]
    signatures: bool
    made_by: tuple[tuple[str, str], ...]


def versions(config: Config) -> dict[str, str]:
    """Return what has to be equal for equal bytes: the tool, options, data, models, libraries."""
    tail = provenance_tail(extractor_for(config)).decode()
    provenance: dict[str, Any] = json.loads("{" + tail.removeprefix(","))["provenance"]
    named = {key: json.dumps(value, sort_keys=True) for key, value in provenance.items()}
    for library in _DECIDING:
        try:
            named[library] = version(library)
        except PackageNotFoundError:
            named[library] = "not there"
    return named | {"python": ".".join(platform.python_version_tuple()[:2])}


def hold(errand: Errand) -> Errand:
    """Keep the errand on the cluster: tasks name it, and Dask makes it again where it is lost."""
    return errand


def work(errand: Errand, items: list[Input | Unreachable]) -> list[Outcome] | str:
    """Do a task, in a worker: one at a time in a process, whatever its number of threads.

    What stops the run comes back as a message: an exception whose traceback Dask cannot carry would
    leave the sender waiting for ever.
    """
    # Dask loads numpy before we can: with a thread for each core, a matrix product costs far more.
    one_thread = import_module("threadpoolctl").threadpool_limits
    with _ONE_AT_A_TIME:
        try:
            job = _prepared(errand).job
            with one_thread(1):
                return [outcome_of(item, job) for item in items]
        except Exception as error:  # noqa: BLE001 - whatever it is, it goes to the sender
            known = isinstance(error, AssemblyExtractError)
            return str(error) if known else f"{type(error).__name__}: {error}"


_ONE_AT_A_TIME = threading.Lock()


class _Prepared(NamedTuple):
    """An errand in a worker's process; the folder with the user's files, if any, goes with it."""

    job: Job
    folder: tempfile.TemporaryDirectory[str] | None


def _laid_out(
    files: tuple[tuple[str, str], ...],
) -> tuple[tempfile.TemporaryDirectory[str], dict[str, str]]:
    """Write files given by path and text; return the folder, and where each of them is now.

    The folder stays where a worker is killed: nothing is laid out for an errand without files.
    """
    folder = tempfile.TemporaryDirectory(prefix="assembly-extract-")
    places = {}
    for number, (path, text) in enumerate(files):
        place = Path(folder.name, str(number), Path(path).name)
        place.parent.mkdir()
        place.write_text(text, encoding="utf-8")
        places[path] = str(place)
    return folder, places


@lru_cache(maxsize=4)
def _prepared(errand: Errand) -> _Prepared:
    """Prepare a worker's process for an errand: lay the user's files out, compare versions."""
    folder, places = _laid_out(errand.files) if errand.files else (None, {})
    config = errand.config.with_files(places)
    here = versions(config)
    differing = [
        f"{name} {here.get(name)} instead of {there}"
        for name, there in errand.made_by
        if here.get(name) != there
    ]
    if differing:
        raise ConfigError(
            f"a worker on {platform.node()} would make other records ({'; '.join(differing)}). "
            "Install the same versions there as here."
        )
    return _Prepared(Job(config, signatures=errand.signatures), folder)


def ready() -> int:
    """Answer, in a worker: whoever can has this package."""
    return 1
