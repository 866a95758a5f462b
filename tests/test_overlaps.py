"""The overlap policy: which of two readings of the same characters stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.overlaps import resolve
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

KINDS = ["date", "place", "person", "post", "organisation", "theme"]


def mention(kind: str, start: int, end: int, score: float = 1.0) -> Mention:
    return Mention(start, end, "ก" * (end - start), kind, "test", score)


def kinds(*mentions: Mention) -> list[tuple[str, int, int]]:
    return [(m.kind, m.start, m.end) for m in resolve(mentions)]


@pytest.mark.parametrize(
    ("mentions", "stand"),
    [
        # a province inside a post is part of the post
        ([("post", 0, 20), ("place", 13, 20)], [("post", 0, 20)]),
        # a province inside an organisation's name
        ([("organisation", 0, 30), ("place", 20, 30)], [("organisation", 0, 30)]),
        # a post inside a venue: the governor's office
        ([("place", 0, 40), ("post", 9, 40)], [("place", 0, 40)]),
        # a ministry inside the minister's post is named too
        ([("post", 0, 40), ("organisation", 20, 40)], [("post", 0, 40), ("organisation", 20, 40)]),
        # a post inside an office's name is no post (สำนักงานปลัดกระทรวง...)
        ([("organisation", 0, 40), ("post", 10, 40)], [("organisation", 0, 40)]),
        # a post ends inside the longer name of the body that it names: คณบดีคณะ… มหาวิทยาลัย…
        ([("post", 0, 20), ("organisation", 5, 40)], [("post", 0, 20), ("organisation", 5, 40)]),
        # a room ends inside the longer name of its owner: ห้องประชุมคณะ… มหาวิทยาลัย…
        (
            [("place", 0, 20), ("organisation", 10, 40)],
            [("place", 0, 20), ("organisation", 10, 40)],
        ),
        # one body within another, both named
        (
            [("organisation", 0, 40), ("organisation", 20, 40)],
            [("organisation", 0, 40), ("organisation", 20, 40)],
        ),
        # a name is not lost to a place that begins inside it
        ([("person", 0, 15), ("place", 10, 30)], [("person", 0, 15)]),
        # theme evidence lies under anything
        ([("theme", 0, 30), ("place", 5, 10)], [("theme", 0, 30), ("place", 5, 10)]),
    ],
)
def test_policy(mentions, stand):
    assert kinds(*(mention(*m) for m in mentions)) == stand


def test_equal_span_goes_to_the_better_score():
    assert kinds(mention("place", 0, 9, 0.5), mention("organisation", 0, 9, 0.9)) == [
        ("organisation", 0, 9)
    ]


@pytest.mark.parametrize(
    ("place", "body", "rule", "stand"),
    [
        # ณ บริษัท … จำกัด: whoever visits a company meets a body
        ((0, 30), (0, 30), "grammar:weak", ["organisation", "place"]),
        # ณ โรงงานบริษัท … จำกัด
        ((0, 30), (6, 30), "grammar:weak", ["place", "organisation"]),
        # a company's short name inside is not named once more
        ((0, 30), (6, 30), "list:name", ["place"]),
        # ณ อาคาร…จำกัด ชั้น 2: the company names a part of the venue
        ((0, 40), (6, 30), "grammar:weak", ["place"]),
    ],
)
def test_a_company_is_a_body_where_it_is_visited(place, body, rule, stand):
    value = OrganisationValue("บริษัท", category="company")
    visited = mention("place", *place, 0.9)
    company = replace(mention("organisation", *body, 0.8), rule=rule, value=value)
    assert [m.kind for m in resolve([visited, company])] == stand


spans = st.builds(
    lambda kind, start, size, score: mention(kind, start, start + size, score),
    st.sampled_from(KINDS),
    st.integers(0, 40),
    st.integers(1, 15),
    st.sampled_from([0.25, 0.5, 1.0]),
)


@given(st.lists(spans, max_size=25), st.randoms())
def test_order_of_input_does_not_matter(mentions, random):
    shuffled = list(mentions)
    random.shuffle(shuffled)
    assert kinds(*mentions) == kinds(*shuffled)


@given(st.lists(spans, max_size=25))
def test_what_stands_was_there_and_crosses_nothing(mentions):
    stand = resolve(mentions)
    assert all(m in mentions for m in stand)
    solid = [m for m in stand if m.kind != "theme"]
    for i, a in enumerate(solid):
        for b in solid[i + 1 :]:
            crossing = a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end
            heads = a.kind in {"post", "place"} and b.kind == "organisation"
            runs_on = heads and a.start < b.start
            assert runs_on or not crossing
