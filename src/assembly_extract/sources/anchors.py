"""A day that the page itself does not name: the file's last change, or a date in its path.

Asked for by the user alone (``--anchor``). File times and folder names date the download as often
as the article, so that such a day only completes words; it is never the page's own date.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from assembly_extract.thai_calendar import is_day, year_of

if TYPE_CHECKING:
    from assembly_extract.sources.walk import Input

NONE, MTIME, PATH = "none", "mtime", "path"
"""The kinds of anchor: no day, the last change of the file, the date in its path."""

_THAILAND = timedelta(hours=7)
_IN_PATH = re.compile(
    r"(?<![0-9])((?:19|20|24|25)[0-9]{2})"
    r"(?:(?P<mark>[-/\\_.])([0-9]{1,2})(?P=mark)([0-9]{1,2})|([0-9]{2})([0-9]{2}))(?![0-9])"
)
"""A day in a path, the year first: ``2023/08/15``, ``2566-02-15``, ``20230815``."""


def anchor_of(item: Input, kind: str) -> str | None:
    """Return the kind and the day that an input can lean on (``mtime 2023-08-15``), or ``None``.

    A change is told in Thai time, whatever the machine's zone. A table's row has no time of its
    own, standard input neither.

    Raises
    ------
    OSError
        The file is gone.

    """
    day = None
    if kind == PATH:
        day = day_in_path(f"{item.path}\n{item.name}")
    elif kind == MTIME and item.row is None:
        day = item.modified if item.data is not None else last_change(item.path)
    return f"{kind} {day}" if day is not None else None


def day_in_path(path: str) -> str | None:
    """Return the last whole day that a path names, in the Gregorian calendar.

    Years may be of either era. The last one counts, as it is nearest to the file. Not a day: a
    month alone (``2023/08/x.txt``), a day before its year, digits that go on.

    >>> day_in_path("dump-2024-01-02/2566/02/15/x.txt"), day_in_path("ข่าว_20230815.html")
    ('2023-02-15', '2023-08-15')
    >>> day_in_path("2023/08/x.txt"), day_in_path("2023081512.txt"), day_in_path("20231345.txt")
    (None, None, None)
    """
    found = None
    for match in _IN_PATH.finditer(path):
        year = year_of(match[1])
        month, day = int(match[3] or match[5]), int(match[4] or match[6])
        if year is not None and is_day(year[0], month, day):
            found = f"{year[0]:04}-{month:02}-{day:02}"
    return found


def day_of_time(seconds: float) -> str | None:
    """Return the day of a file's time in Thailand; ``None`` for an unset clock.

    >>> day_of_time(1692118800), day_of_time(0)
    ('2023-08-16', None)
    """
    if seconds < _UNSET:
        return None
    return (datetime.fromtimestamp(seconds, UTC) + _THAILAND).date().isoformat()


def day_of_stamp(stamp: str) -> str | None:
    """Return the day in Thailand of a moment written in ISO 8601; ``None`` for anything else.

    >>> day_of_stamp("2024-03-05T18:00:00Z"), day_of_stamp("yesterday")
    ('2024-03-06', None)
    """
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    zoned = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (zoned.astimezone(UTC) + _THAILAND).date().isoformat()


_UNSET = 366 * 24 * 3600
"""A time within a year of the computers' epoch was never set."""


def last_change(path: str) -> str | None:
    """Return the day of a file's last change, ``None`` for standard input.

    Raises
    ------
    OSError
        The file is gone.

    """
    if path == "-":
        return None
    return day_of_time(os.stat(path).st_mtime)  # noqa: PTH116 - the path may hold bytes that are no text
