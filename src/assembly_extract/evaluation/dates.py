"""When two dates are the same: their first and their last day are."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from assembly_extract.evaluation.texts import words

if TYPE_CHECKING:
    from assembly_extract.evaluation.gold import GoldDate
    from assembly_extract.models import Date

    Days = tuple[str, str]


def days(start: str | None, end: str | None, edtf: str | None = None) -> Days | None:
    """Return the first and the last day of a date, ``None`` if there is none.

    Both ends given: they count. Otherwise the EDTF string; otherwise the one end that is given. A
    year that nobody knows stays unknown on both sides, so that a guessed one is wrong.

    >>> days("2024-02", None), days("--08-20", None) == days(None, None, "XXXX-08-20")
    (('2024-02-01', '2024-02-29'), True)
    >>> days(None, None, "2021-12-15/2021-12-16"), days(None, None, None)
    (('2021-12-15', '2021-12-16'), None)
    """
    if not (start and end) and edtf:
        left, _, right = edtf.partition("/")
        start, end = left, right or left
    start, end = start or end, end or start
    if not start or not end:
        return None
    return _ends(start)[0], _ends(end)[1]


def _ends(expression: str) -> Days:
    """Return the first and the last day of a year, a month, a day or a decade."""
    text = re.sub("[?~%]", "", expression.strip()).upper()
    text = re.sub("^--(?=[0-9])", "XXXX-", text)
    text = re.sub("(-XX)+$", "", text)
    text = re.sub(r"T\d\d:.*$", "", text)
    if (decade := re.fullmatch(r"(\d{1,3})(X{1,3})", text)) and len(text) == 4:
        unknown = len(decade[2])
        return f"{decade[1]}{'0' * unknown}-01-01", f"{decade[1]}{'9' * unknown}-12-31"
    if re.fullmatch(r"\d{4}", text):
        return text + "-01-01", text + "-12-31"
    if (month := re.fullmatch(r"(\d{4})-(\d\d)", text)) and 1 <= int(month[2]) <= 12:
        last = calendar.monthrange(int(month[1]), int(month[2]))[1]
        return text + "-01", f"{text}-{last:02}"
    return text, text


def days_of(date: Date | None) -> Days | None:
    """Return the first and the last day of a record's date."""
    return days(date.start, date.end, date.edtf) if date else None


def readings(gold: GoldDate) -> tuple[Days, ...]:
    """Return what may count as a gold date.

    That is its days; for a Thai fiscal year also the other way to give it, by its name (2566) or by
    its days (1 October to 30 September).
    """
    own = days(gold.start, gold.end)
    if own is None:
        return ()
    first, last = own
    if words()["dates"]["fiscal_year"] in gold.text and first[:4].isdigit() and last[:4].isdigit():
        if first.endswith("-01-01") and last.endswith("-12-31"):
            return own, (f"{int(first[:4]) - 1:04}-10-01", f"{last[:4]}-09-30")
        if first.endswith("-10-01") and last.endswith("-09-30"):
            return own, (f"{int(first[:4]) + 1:04}-01-01", f"{last[:4]}-12-31")
    return (own,)
