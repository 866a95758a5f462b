"""Chrome learnt from an archive: what recurs at the edges of its articles, as an editable file.

A site's name before every headline, a source line with a changing number, a fixed appeal at the
end: they recur across articles, in the same place. What an article says itself may recur too, so
that a line is learnt only by its place and form: near the beginning or the end in nine of ten
articles that have it, and often enough; a sentence must recur far more often than a label.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assembly_extract.cleaning.credits import read_credit
from assembly_extract.cleaning.date_lines import may_be_date_line, read_date_line
from assembly_extract.cleaning.headline_names import name_parts
from assembly_extract.cleaning.keys import DIGITS, keys
from assembly_extract.cleaning.knowledge import label_of
from assembly_extract.cleaning.mending import mending_edits
from assembly_extract.cleaning.page import is_prose, page_of
from assembly_extract.cleaning.repairs import apply_repairs
from assembly_extract.errors import DataFileError
from assembly_extract.resources import checked_nfc, parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assembly_extract.cleaning.page import Line, Page
    from assembly_extract.types.article import RawArticle

_EDGE = 8  # lines from the beginning or the end that are an edge
_AT_EDGE = 0.9  # share of a line's articles in which it stands there
_FEWEST = 3  # articles of the smallest archive in which a label recurs
_SHARE = 0.01
_FEWEST_PROSE = 5
_SHARE_PROSE = 0.05
_LONGEST = 300  # characters of a learnt line
_LONGEST_PREFIX = 80
_EXAMPLES = 2
_MOST_KEPT = 400_000  # different lines held in memory; beyond it those seen once are let go
_JOINTS = "-–|:»>"


@dataclass(frozen=True, slots=True)
class LearntLine:
    """A line that an archive repeats; ``template`` compares as :func:`~.keys.keys` has it."""

    template: str
    where: str
    kind: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """What :func:`load_chrome` read: texts around headlines, and lines by their template."""

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    lines: dict[str, LearntLine] = field(default_factory=dict)


@dataclass(slots=True)
class _Seen:
    """How often a line was seen, where, and in which forms."""

    articles: int = 0
    head: int = 0
    tail: int = 0
    examples: list[str] = field(default_factory=list)


def learn_chrome(articles: Iterable[RawArticle]) -> str:
    """Return the chrome of an archive as a TOML text, the same for the same articles in any run.

    The text is meant to be read and edited: each entry has its count and examples. Dates and
    credits are left out, which the cleaner reads for what they say.
    """
    lines: dict[str, _Seen] = {}
    prefixes: dict[str, int] = {}
    suffixes: dict[str, int] = {}
    total = 0
    for raw in articles:
        total += 1
        edits = mending_edits(raw.text, markup=raw.format == "html")
        page = page_of(apply_repairs(raw.text, edits), raw.metadata)
        _count_lines(page.lines, lines)
        if page.lines:
            _count_affixes(page.lines[0].text, prefixes, suffixes)
        for table in (prefixes, suffixes):
            if len(table) > _MOST_KEPT:
                _forget_singles(table)
        if len(lines) > _MOST_KEPT:
            for template in [key for key, seen in lines.items() if seen.articles == 1]:
                del lines[template]
    return _as_toml(
        total,
        _maximal(prefixes, total, str.startswith),
        _maximal(suffixes, total, str.endswith),
        _recurring(lines, total),
    )


def _forget_singles(table: dict[str, int]) -> None:
    for key in [key for key, count in table.items() if count == 1]:
        del table[key]


def _count_lines(page: list[Line], lines: dict[str, _Seen]) -> None:
    size = len(page)
    counted: set[str] = set()
    for line in page:
        head, tail = line.index < _EDGE, size - line.index <= _EDGE
        template = _template(line.text)
        known = template in lines
        if not template or len(line.text) > _LONGEST or not (head or tail or known):
            continue
        if template in counted:
            continue
        counted.add(template)
        seen = lines.setdefault(template, _Seen())
        seen.articles += 1
        # a short page is all edge: there the nearer end counts
        nearer_head = line.index < size - line.index - 1
        seen.head += head and (nearer_head or not tail)
        seen.tail += tail and (not nearer_head or not head)
        if len(seen.examples) < _EXAMPLES and line.text not in seen.examples:
            seen.examples.append(line.text)


def _template(text: str) -> str:
    return DIGITS.sub("0", keys(text)[0])


def _count_affixes(line: str, prefixes: dict[str, int], suffixes: dict[str, int]) -> None:
    for at, character in enumerate(line[:_LONGEST_PREFIX]):
        if character in _JOINTS and at:
            prefixes[line[: at + 1]] = prefixes.get(line[: at + 1], 0) + 1
    low = max(1, len(line) - _LONGEST_PREFIX)
    for at in range(low, len(line) - 1):
        if line[at] in _JOINTS:
            suffixes[line[at:]] = suffixes.get(line[at:], 0) + 1


def _maximal(table: dict[str, int], total: int, extends: Any) -> list[tuple[str, int]]:  # noqa: ANN401
    """Return the affixes that recur, without those that a longer one nearly always continues."""
    least = max(_FEWEST, round(_SHARE * total))
    frequent = {text: count for text, count in table.items() if count >= least}
    return sorted(
        (text, count)
        for text, count in frequent.items()
        if not any(
            other != text and extends(other, text) and other_count >= _AT_EDGE * count
            for other, other_count in frequent.items()
        )
    )


def _recurring(lines: dict[str, _Seen], total: int) -> list[tuple[str, str, str, _Seen]]:
    found = []
    for template, seen in lines.items():
        example = seen.examples[0]
        prose = is_prose(example)
        least = (
            max(_FEWEST_PROSE, round(_SHARE_PROSE * total))
            if prose
            else max(_FEWEST, round(_SHARE * total))
        )
        if seen.articles < least or template == "0":
            continue
        where = "head" if seen.head >= seen.tail else "tail"
        if max(seen.head, seen.tail) < _AT_EDGE * seen.articles or _says_something(example):
            continue
        label = label_of(example, where)
        kind = label.kind if label is not None else "navigation" if where == "head" else "footer"
        found.append((template, where, kind, seen))
    return sorted(found, key=lambda row: (-row[3].articles, row[0]))


def _says_something(text: str) -> bool:
    """Say whether the cleaner reads a line for its date or its names."""
    if may_be_date_line(text) and read_date_line(text) is not None:
        return True
    return bool(read_credit(text, edge=True))


def _as_toml(
    total: int,
    prefixes: list[tuple[str, int]],
    suffixes: list[tuple[str, int]],
    lines: list[tuple[str, str, str, _Seen]],
) -> str:
    pieces = [
        (
            "# Chrome learnt from an archive: what recurs at the edges of its articles. Entries\n"
            "# may be edited or removed; counts and examples are for the reader. In a line's text\n"
            "# every number stands for any number, and blanks and signs do not count.\n"
            f"articles = {total}\n"
        )
    ]
    for name, table in (("prefix", prefixes), ("suffix", suffixes)):
        pieces.extend(
            f"\n[[{name}]]\ntext = {_quoted(text)}\narticles = {count}\n" for text, count in table
        )
    pieces.extend(
        f"\n[[line]]\ntext = {_quoted(seen.examples[0])}\nwhere = {_quoted(where)}\n"
        f"kind = {_quoted(kind)}\narticles = {seen.articles}\n"
        f"examples = [{', '.join(map(_quoted, seen.examples))}]\n"
        for _, where, kind, seen in lines
    )
    return "".join(pieces)


def _quoted(text: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_KEYS = {
    "prefix": {"text", "articles"},
    "suffix": {"text", "articles"},
    "line": {"text", "where", "kind", "articles", "examples"},
}


def load_chrome(text: str, name: str) -> Chrome:
    """Read a file that :func:`learn_chrome` wrote, perhaps edited by hand.

    Raises
    ------
    DataFileError
        The file is no TOML, or has keys or values that a chrome file has not; the message says
        which entry of ``name``.

    """
    table = parse_toml(checked_nfc(text, name), name)
    if unknown := table.keys() - _KEYS.keys() - {"articles"}:
        raise DataFileError(f"{name}: unknown {', '.join(sorted(unknown))}")
    lines: dict[str, LearntLine] = {}
    affixes: dict[str, list[str]] = {"prefix": [], "suffix": []}
    for section, known in _KEYS.items():
        for number, row in enumerate(table.get(section, ()), 1):
            place = f"{name}: {section} {number}"
            if unknown := row.keys() - known:
                raise DataFileError(f"{place}: unknown {', '.join(sorted(unknown))}")
            if not isinstance(row.get("text"), str) or not row["text"].strip():
                raise DataFileError(f"{place}: text must be a string that is not empty")
            if section != "line":
                affixes[section].append(row["text"])
                continue
            where, kind = row.get("where", "any"), row.get("kind", "learnt")
            if where not in {"head", "tail", "any"} or not isinstance(kind, str):
                raise DataFileError(
                    f'{place}: where must be "head", "tail" or "any", kind a string'
                )
            template = _template(row["text"])
            lines[template] = LearntLine(template, where, kind)
    longest_first = sorted(affixes["prefix"], key=len, reverse=True)
    return Chrome(
        tuple(longest_first), tuple(sorted(affixes["suffix"], key=len, reverse=True)), lines
    )


def strip_learnt_affixes(page: Page, chrome: Chrome) -> None:
    """Cut what the archive puts around its headlines off the first line."""
    line = next(page.live(), None)
    if line is None:
        return
    for prefix in chrome.prefixes:
        if line.text.startswith(prefix) and len(line.text) > len(prefix):
            name_parts(page, prefix)
            page.cut_start(line, len(prefix), "site_name", "learnt prefix")
            break
    for suffix in chrome.suffixes:
        if line.text.endswith(suffix) and len(line.text) > len(suffix):
            name_parts(page, suffix)
            page.cut_end(line, len(suffix), "site_name", "learnt suffix")
            break


def remove_learnt_lines(page: Page, chrome: Chrome) -> None:
    """Take the archive's lines out, from the page's edges inwards.

    A line that stands in the story, with paragraphs of its own around it, stays: there the article
    says it.
    """
    live = [line for line in page.live() if line is not page.title]
    for where, lines in (("head", live), ("tail", live[::-1])):
        for line in lines:
            learnt = chrome.lines.get(_template(line.text)) if len(line.text) <= _LONGEST else None
            if learnt is not None and learnt.where in {where, "any"}:
                page.remove(line, learnt.kind, "learnt line")
            elif is_prose(line.text) or len(line.text) > _LONGEST:
                break
