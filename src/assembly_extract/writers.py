"""Records -> a file's text, piece by piece: nothing is held back until the end.

A writer takes the records as lines of JSON and yields what to write, a piece per record, then what
closes the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


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


WRITERS: dict[str, Callable[[Iterable[str]], Iterator[str]]] = {
    "jsonl": write_jsonl,
    "json": write_json,
}
