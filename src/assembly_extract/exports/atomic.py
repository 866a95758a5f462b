"""Targets that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assembly_extract.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing_file(target: Path) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; on success it takes ``target``'s place.

    On an exception it is removed and an existing ``target`` stays as it was.

    Raises
    ------
    ConfigError
        The folder to write to does not exist.

    """
    if not target.parent.is_dir():
        raise ConfigError(f"cannot write {target}: no such folder. Choose one that exists.")
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield draft
        os.replace(draft, target)  # noqa: PTH105 - the atomic rename by its name
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """Give a new folder beside ``target``; on success it takes ``target``'s place.

    Raises
    ------
    ConfigError
        As :func:`check_folder`.

    """
    check_folder(target)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    draft.mkdir(parents=True)
    try:
        yield draft
        before = target.with_name(f".{target.name}.{os.getpid()}.before")
        if target.exists():
            target.rename(before)
        try:
            draft.rename(target)
        except OSError:
            if before.exists():
                before.rename(target)
            raise
        shutil.rmtree(before, ignore_errors=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def check_folder(target: Path) -> None:
    """Make sure that nothing but an earlier export is replaced.

    Raises
    ------
    ConfigError
        ``target`` is a file, or a folder that holds something else than an earlier export.

    """
    if not target.exists() or (target / "datapackage.json").is_file():
        return
    if not target.is_dir() or any(target.iterdir()):
        raise ConfigError(f"{target} exists and is no earlier export: give another name")
