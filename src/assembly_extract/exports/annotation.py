"""Tasks with our mentions as pre-annotations, for people who want to correct by hand."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Any

from assembly_extract.exports.atomic import replacing_file, replacing_folder
from assembly_extract.exports.mentions import Labelled, labelled
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from assembly_extract.models import Record

_LAST_OF_ONE_UNIT = 0xFFFF

KINDS = ("date", "place", "person", "organisation", "theme")


def write_labelstudio(records: Iterable[Record], target: Path) -> Counter[str]:
    """Write a JSON array of Label Studio tasks, each with one prediction.

    The labelling interface needs ``<Labels name="label" toName="text">`` with the labels of
    :data:`KINDS` and ``<Text name="text" value="$text"/>``. Label Studio counts UTF-16 code units;
    Thai lies within one unit a character, so only astral characters (emoji) shift offsets, and
    those are accounted for.
    """
    with replacing_file(target) as draft, draft.open("w", encoding="utf-8") as out:
        out.write("[")
        between = "\n"
        for record in records:
            out.write(between + json.dumps(_task(record), ensure_ascii=False))
            between = ",\n"
        out.write("\n]\n")
    return Counter()


def _task(record: Record) -> dict[str, Any]:
    units = _utf16_offsets(record.text)
    return {
        "data": {
            "text": record.text,
            "id": record.id,
            "path": record.source.path,
            "title": record.title,
        },
        "predictions": [
            {
                "model_version": record.provenance.version,
                "result": [
                    {
                        "id": f"{item.kind}-{item.entity}-{item.mention.start}",
                        "from_name": "label",
                        "to_name": "text",
                        "type": "labels",
                        "score": item.mention.score,
                        "value": {
                            "start": units(item.mention.start),
                            "end": units(item.mention.end),
                            "text": item.mention.text,
                            "labels": [item.kind],
                        },
                        "meta": {"text": [item.value, item.mention.rule]},
                    }
                    for item in labelled(record)
                ],
            }
        ],
    }


def _utf16_offsets(text: str) -> Callable[[int], int]:
    """Return the map of code point offsets to UTF-16 offsets of one text."""
    astral = [at for at, char in enumerate(text) if ord(char) > _LAST_OF_ONE_UNIT]
    return lambda offset: offset + bisect_left(astral, offset)


def write_webanno(records: Iterable[Record], target: Path) -> Counter[str]:
    """Write a folder of WebAnno TSV 3.3 files (INCEpTION reads them too), one per article.

    Each line of the article is a sentence; tokens are the tagger's words. Spans that do not meet
    token edges are widened to them, which the format asks for.

    Raises
    ------
    ConfigError
        ``target`` holds something else than an earlier export.

    """
    with replacing_folder(target) as folder:
        for record in records:
            text = "\n".join(_webanno(record)) + "\n"
            (folder / _file_name(record.id)).write_text(text, encoding="utf-8")
        # also the mark by which a later run knows the folder as its own
        package = {"name": "assembly-extract-webanno", "format": "WebAnno TSV 3.3"}
        (folder / "datapackage.json").write_text(json.dumps(package) + "\n", encoding="utf-8")
    return Counter()


def _file_name(identity: str) -> str:
    """Return a file's name for an article; an id that is none of ours cannot lead elsewhere."""
    if not re.fullmatch("[0-9a-f]{32}", identity):
        identity = hashlib.sha256(identity.encode()).hexdigest()[:32]
    return identity + ".tsv"


def _webanno(record: Record) -> Iterator[str]:
    yield "#FORMAT=WebAnno TSV 3.3"
    yield "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
    spans = _by_token(record)
    start = 0
    number = 0
    for line in record.text.split("\n"):
        tokens = [(a + start, b + start) for a, b in tokenise(line) if not line[a:b].isspace()]
        if tokens:
            number += 1
            yield ""
            yield f"#Text={_escaped(line)}"
            for order, (low, high) in enumerate(tokens, 1):
                over = spans(low, high)
                yield "\t".join(
                    (
                        f"{number}-{order}",
                        f"{low}-{high}",
                        _escaped(record.text[low:high]),
                        "|".join(f"{_escaped(item.value)}[{index}]" for index, item in over) or "_",
                        "|".join(f"{item.kind}[{index}]" for index, item in over) or "_",
                        "",
                    )
                )
        start += len(line) + 1


def _by_token(record: Record) -> Callable[[int, int], list[tuple[int, Labelled]]]:
    """Return what gives the mentions over a token, numbered, for tokens asked in order."""
    waiting = sorted(enumerate(labelled(record), 1), key=lambda row: -row[1].mention.start)
    begun: list[tuple[int, Labelled]] = []

    def over(low: int, high: int) -> list[tuple[int, Labelled]]:
        nonlocal begun
        while waiting and waiting[-1][1].mention.start < high:
            begun.append(waiting.pop())
        begun = [row for row in begun if low < row[1].mention.end]
        return sorted(begun, key=lambda row: row[0])

    return over


_SIGNS = re.compile(r"[\\\[\]|_\->;*]")


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("\t", " ")
