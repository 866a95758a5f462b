"""How many names transcribers into Latin letters get right, by the Royal Thai General System.

    python bench/romanise.py

Whatever is installed of pythainlp (royin), thaiphon and thairom is measured: on the official
English names of provinces, districts and every tenth subdistrict, and on given names and surnames
drawn at random from the people of an archive, transcribed by hand
(``bench/labels/romanised_names.tsv``). Right is equal but for case, spaces and hyphens. It is why
``normalise`` leaves ``romanised`` empty for people.
"""

from __future__ import annotations

import csv
import importlib.util
import re
from pathlib import Path

from assembly_extract.areas import areas

NAMES = Path(__file__).parent / "labels" / "romanised_names.tsv"
OTHER = re.compile(r"[^a-z]")


def royin(name):
    from pythainlp.transliterate import romanize

    return romanize(name, engine="royin")


def thaiphon(name):
    import thaiphon

    return thaiphon.transcribe_word(name, "rtgs")


def thairom(name):
    import thairom

    return thairom.romanize_thai(name)


ENGINES = {"pythainlp": royin, "thaiphon": thaiphon, "thairom": thairom}


def sets():
    """Yield the name of each set with its pairs."""
    every = [a for a in areas().values() if a.name_en]
    for kind, step in (("province", 1), ("district", 1), ("subdistrict", 10)):
        yield kind, [(a.name, a.name_en) for a in every if a.kind == kind][::step]
    with NAMES.open(encoding="utf-8", newline="") as stream:
        yield (
            "people",
            [(row["thai"], row["latin"]) for row in csv.DictReader(stream, delimiter="\t")],
        )


def right(engine, thai, latin):
    try:
        found = engine(thai)
    except Exception:  # noqa: BLE001 - of other people's code, whatever it may be
        return False
    return OTHER.sub("", found.casefold()) == OTHER.sub("", latin.casefold())


def main():
    print("| transcriber | names | how many | right |")
    print("|---|---|---|---|")
    for module, engine in ENGINES.items():
        if importlib.util.find_spec(module) is None:
            print(f"| {module} | not installed | | |")
            continue
        for name, pairs in sets():
            share = sum(right(engine, thai, latin) for thai, latin in pairs) / len(pairs)
            print(f"| {module} | {name} | {len(pairs)} | {share:.3f} |", flush=True)


if __name__ == "__main__":
    main()
