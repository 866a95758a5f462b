"""Records made by hand for the tests of exports: one plain, and one per hostile string."""

from __future__ import annotations

from assembly_extract import models

HOSTILE = [
    "</script><script>alert(1)</script>",
    "a,b;\"c\"\t'd'",
    "\u202eโกรธ\u202c",
    "ก" * 10_000,
    "=1+1",
    "'; DROP TABLE articles; --",
]
TEXT = "เปิดเวทีสมัชชาสุขภาพ\n\nนายสมชาย ใจดี กล่าวที่จังหวัดน่าน เมื่อวันที่ 15 ก.พ. 2566"


def mention(words: str) -> models.Mention:
    start = TEXT.index(words)
    return models.Mention(start=start, end=start + len(words), text=words, rule="test", score=0.9)


def record(number: int, title: str = "เปิดเวทีสมัชชาสุขภาพ") -> models.Record:
    date = models.Date(
        edtf="2023-02-15",
        start="2023-02-15",
        end="2023-02-15",
        precision="day",
        calendar="BE",
        basis="explicit",
        anchor=None,
        role="event",
        time=None,
        mentions=[mention("15 ก.พ. 2566")],
    )
    place = models.Place(
        name="น่าน",
        kind="province",
        dopa="55",
        iso="TH-55",
        within=[],
        lat=18.78,
        lon=100.77,
        role="venue",
        candidates=[],
        mentions=[mention("จังหวัดน่าน")],
        region=None,
    )
    person = models.Person(
        id="p1",
        name=title if title in HOSTILE else "สมชาย ใจดี",
        prefix="นาย",
        given="สมชาย",
        family="ใจดี",
        posts=[models.Post(role="ประธาน", organisation=None)],
        romanised=None,
        mentions=[mention("นายสมชาย ใจดี")],
    )
    theme = models.Theme(
        id="health-assembly",
        label=models.Label(th="สมัชชาสุขภาพ", en="Health assembly"),
        cap=3,
        sdg=[3, 16],
        score=0.8,
        primary=True,
        declared=False,
        evidence=[mention("สมัชชาสุขภาพ")],
        extra={},
    )
    return models.Record(
        schema="assembly-extract/1",
        id=f"{number:032x}",
        source=models.Source(
            path=f"ข่าว/{number}.txt",
            format="text",
            encoding="utf-8",
            sha256="0" * 64,
            url=None,
            publisher=None,
            section=None,
            slug=None,
            authors=["ก", "ข"],
            extra={},
        ),
        language="th",
        usable=True,
        title=title,
        text=TEXT,
        published=None,
        date=date,
        dates=[date],
        place=place,
        places=[place],
        people=[person],
        organisations=[],
        themes=[theme],
        removed=[],
        duplicate_of=None,
        warnings=[models.Warning(code="no_body", detail="x")],
        provenance=models.Provenance(
            tool="assembly-extract", version="0", config="0", models={}, data={}
        ),
    )


RECORDS = [record(1), *(record(n, title) for n, title in enumerate(HOSTILE, 2))]

_FIXED = frozenset(
    {"schema", "precision", "calendar", "basis", "role", "kind", "edtf", "start", "end", "text"}
)
_OPEN = frozenset({"posts", "removed", "within", "candidates"})  # their role, kind, text are free


def hostile_everywhere(number: int, text: str) -> models.Record:
    """Give a record with ``text`` in every field that may hold it, the article's end included.

    Mentions keep their places; what only a few values may stand in keeps its value.
    """
    plain = record(number).model_copy(
        update={
            "organisations": [
                models.Organisation(
                    id="o1",
                    name="x",
                    abbreviation="x",
                    kind="x",
                    parent="x",
                    mentions=[mention("สมัชชาสุขภาพ")],
                )
            ],
            "removed": [models.Removed(text="x", length=1, kind="x", rule="x")],
            "duplicate_of": "x",
        }
    )
    place = plain.places[0].model_copy(
        update={
            "within": [models.Area(name="x", kind="x", dopa="x")],
            "candidates": [models.PlaceCandidate(name="x", kind="x", dopa="x", iso="x", within=[])],
        }
    )
    filled = plain.model_copy(update={"place": place, "places": [place]}).model_dump(by_alias=True)
    filled["source"].update(dict.fromkeys(("url", "publisher", "section", "slug"), "x"))
    filled["source"]["extra"] = {"x": "x"}

    def put(value: object, *, free: bool) -> object:
        if isinstance(value, dict):
            return {
                key: part
                if key in _FIXED and isinstance(part, str | None) and not free
                else put(part, free=free or key in _OPEN)
                for key, part in value.items()
            }
        if isinstance(value, list):
            return [put(part, free=free) for part in value]
        return text if isinstance(value, str) else value

    rows = put(filled, free=False)
    rows["id"] = f"{number:04x}{text}"
    rows["text"] = f"{TEXT}\n{text}"
    return models.Record.model_validate(rows)
