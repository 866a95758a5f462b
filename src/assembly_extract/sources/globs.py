"""Globs as arguments: ``'data/**/*.txt'``, where no shell has put the files in their place."""

from __future__ import annotations

import re
from fnmatch import translate
from typing import NamedTuple

_MAGIC = re.compile(r"[*?[]")
_ANY_FOLDERS = "**"


class Glob(NamedTuple):
    """A pattern for paths under ``folder``: a regular expression for each part.

    ``None`` stands for any number of folders (``**``). As in the shell, ``*`` does not cross a
    ``/``, and hidden files are never looked at.
    """

    folder: str
    parts: tuple[re.Pattern[str] | None, ...]

    def matches(self, name: str) -> bool:
        """Say whether a path relative to ``folder`` matches; a folder's may end in ``/``.

        >>> glob = parse_glob("data/**/202?/*.txt")
        >>> [glob.matches(name) for name in ("2023/a.txt", "x/y/2023/a.txt", "2023/x/a.txt")]
        [True, True, False]
        """
        return _match(name.removesuffix("/").split("/"), self.parts)

    def may_hold(self, name: str) -> bool:
        """Say whether there may be matches in the folder of this name, or it matches itself.

        >>> glob = parse_glob("data/2023/*.txt")
        >>> glob.folder, parse_glob("data/20*/a/*.txt").may_hold("2023/b/")
        ('data/2023', False)
        """
        names = name.removesuffix("/").split("/")
        for part, own in zip(self.parts, names, strict=False):
            if part is None:
                return True
            if part.fullmatch(own) is None:
                return False
        return len(names) <= len(self.parts)


def parse_glob(path: str) -> Glob | None:
    """Return the glob that a path is, ``None`` for one without ``*``, ``?`` and ``[``.

    >>> parse_glob("data/a.txt") is None, parse_glob("/data/*/a.txt").folder
    (True, '/data')
    """
    parts = path.split("/")
    first = next((number for number, part in enumerate(parts) if _MAGIC.search(part)), None)
    if first is None:
        return None
    folder = "/".join(parts[:first]) or ("/" if first else ".")
    return Glob(
        folder,
        tuple(
            None if part == _ANY_FOLDERS else re.compile(translate(part))
            for part in parts[first:]
            if part
        ),
    )


def _match(names: list[str], parts: tuple[re.Pattern[str] | None, ...]) -> bool:
    if not parts:
        return not names
    if parts[0] is None:
        return any(_match(names[taken:], parts[1:]) for taken in range(len(names) + 1))
    return bool(names) and parts[0].fullmatch(names[0]) is not None and _match(names[1:], parts[1:])
