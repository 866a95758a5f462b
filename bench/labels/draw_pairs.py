"""Draw pairs of mentions to be labelled: by name only, without asking what ``normalise`` answers.

Pairs are of two articles that were set aside (a hash of the path says which), so that nobody has
read them while the rules were made. Half of the pairs are of one name, chosen name by name, so that
rare names come as often as frequent ones; the rest are hard: names a few letters apart, one given
name or one surname, a given name alone, one name years apart or in two provinces, abbreviations,
names that begin alike. Who labels sees the words around both mentions, the day, the provinces and
the posts, and not whether ``normalise`` makes them one. Pairs of earlier rounds are not drawn again.

    python bench/labels/draw_pairs.py RECORDS --kind people --seed 4 > pairs_with_contexts.tsv
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import sys
from collections import defaultdict
from itertools import combinations, pairwise
from pathlib import Path

from rapidfuzz.distance import OSA

AROUND = 90
FAR_YEARS = 3
SIZES = {
    "people": {"one name": 64, "far": 24, "near": 40, "given": 12, "family": 14, "alone": 14},
    "organisations": {"one name": 66, "shared": 28, "near": 34, "short": 22, "begins": 22},
}


def set_aside(path: str) -> bool:
    return int(hashlib.sha256(f"norm4{path}".encode()).hexdigest(), 16) % 5 >= 3


def mentions(records: str, kind: str):
    """Yield one mention of each entity of each article set aside: its first."""
    with Path(records).open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            path = record["source"]["path"]
            if not set_aside(path):
                continue
            day = (record["date"] or record["published"] or {}).get("start") or ""
            provinces = {place["dopa"][:2] for place in record["places"] if place["dopa"]}
            for entity in record[kind]:
                for first in entity["mentions"][:1]:
                    yield {
                        "path": path,
                        "start": first["start"],
                        "end": first["end"],
                        "key": "".join(entity["name"].split()).casefold(),
                        "name": entity["name"],
                        "given": entity.get("given"),
                        "family": entity.get("family"),
                        "kind": entity.get("kind"),
                        "short": entity.get("abbreviation"),
                        "surface": first["text"],
                        "posts": [post["role"] for post in entity.get("posts", ())][:2],
                        "day": day,
                        "provinces": sorted(provinces - {"10"})[:5],
                        "context": record["text"][max(0, first["start"] - AROUND) : first["start"]]
                        + "[["
                        + first["text"]
                        + "]]"
                        + record["text"][first["end"] : first["end"] + AROUND],
                    }


def two(rng, group):
    """Return two mentions of a group from two articles, or ``None``."""
    for _ in range(6):
        one, other = rng.sample(group, 2)
        if one["path"] != other["path"]:
            return one, other
    return None


def near_keys(keys, least, most):
    """Return the pairs of names that are some letters apart, by neighbours in order both ways."""
    found = set()
    for turned in (False, True):
        ordered = sorted(keys, key=lambda key: key[::-1] if turned else key)
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 : index + 13]:
                if least <= OSA.distance(one, other, score_cutoff=most) <= most:
                    found.add((min(one, other), max(one, other)))
    return sorted(found)


def grouped(every, key):
    groups = defaultdict(list)
    for mention in every:
        if value := key(mention):
            groups[value].append(mention)
    return {value: groups[value] for value in sorted(groups)}


def across(rng, groups, tell):
    """Return pairs of each group that ``tell`` apart, one a group, in random order."""
    names = sorted(groups)
    rng.shuffle(names)
    for name in names:
        pairs = [
            pair
            for pair in combinations(rng.sample(groups[name], min(12, len(groups[name]))), 2)
            if pair[0]["path"] != pair[1]["path"] and tell(*pair)
        ]
        if pairs:
            yield rng.choice(pairs)


def people(every, rng):
    full = [one for one in every if one["family"]]
    by_key = grouped(full, lambda one: one["key"])
    alone = grouped([one for one in every if not one["family"]], lambda one: one["key"])
    by_given = grouped(full, lambda one: one["given"])

    def far(one, other):
        years = abs(int(one["day"][:4] or 0) - int(other["day"][:4] or 0))
        places = set(one["provinces"]), set(other["provinces"])
        return years >= FAR_YEARS or (all(places) and not places[0] & places[1])

    yield "one name", across(rng, by_key, lambda *_: True)
    yield "far", across(rng, by_key, far)
    near = near_keys(list(by_key), 1, 3)
    rng.shuffle(near)
    yield "near", (two(rng, [*by_key[a][:1], *by_key[b][:1]]) for a, b in near)
    yield "given", across(rng, by_given, lambda a, b: a["key"] != b["key"])
    by_family = grouped(full, lambda one: one["family"])
    yield "family", across(rng, by_family, lambda a, b: a["key"] != b["key"])
    both = {name: [*by_given[name], *alone[name]] for name in alone if name in by_given}
    yield "alone", across(rng, both, lambda a, b: bool(a["family"]) != bool(b["family"]))


def organisations(every, rng):
    by_key = grouped(every, lambda one: one["key"])
    yield "one name", across(rng, by_key, lambda *_: True)
    kinds = {"office", "centre", "committee", "hospital", "school", "local_government", "police"}
    shared = grouped([one for one in every if one["kind"] in kinds], lambda one: one["key"])
    yield (
        "shared",
        across(
            rng,
            shared,
            lambda a, b: a["provinces"] and b["provinces"] and a["provinces"] != b["provinces"],
        ),
    )
    near = near_keys([key for key in by_key if len(key) > 9], 1, 4)
    rng.shuffle(near)
    yield "near", (two(rng, [*by_key[a][:1], *by_key[b][:1]]) for a, b in near)
    by_short = grouped(every, lambda one: (one["short"] or "").replace(".", "").strip())
    yield (
        "short",
        across(
            rng, by_short, lambda a, b: (a["surface"] == a["short"]) != (b["surface"] == b["short"])
        ),
    )
    ordered = sorted(by_key)
    begins = [
        (one, other) for one, other in pairwise(ordered) if other.startswith(one) and len(one) > 9
    ]
    rng.shuffle(begins)
    yield "begins", (two(rng, [*by_key[a][:1], *by_key[b][:1]]) for a, b in begins)


def labelled(kind):
    """Return the pairs of earlier rounds: they are not drawn again."""
    with (Path(__file__).parent / f"pairs_{kind}.tsv").open(encoding="utf-8", newline="") as rows:
        return {
            tuple(sorted((row[f"path_{s}"], int(row[f"start_{s}"])) for s in "ab"))
            for row in csv.DictReader(rows, delimiter="\t")
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records")
    parser.add_argument("--kind", choices=sorted(SIZES), required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    every = list(mentions(options.records, options.kind))
    rng = random.Random(options.seed)  # noqa: S311 - a draw that can be repeated
    draw = people if options.kind == "people" else organisations
    done = labelled(options.kind)
    for stratum, pairs in draw(every, rng):
        left = SIZES[options.kind][stratum]
        for pair in pairs:
            if not left:
                break
            ids = pair and tuple(sorted((one["path"], one["start"]) for one in pair))
            if pair and ids not in done:
                done.add(ids)
                left -= 1
                sys.stdout.write(json.dumps([stratum, *pair], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
