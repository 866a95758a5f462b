"""The register's exports handed to the programs that read them (extra ``[consumers]``)."""

from __future__ import annotations

import json

import pytest

from assembly_extract.normalise import normalise
from assembly_extract.normalise.exporting import write_export
from sample_records import RECORDS


def test_followthemoney_accepts_every_entity_of_a_register(tmp_path):
    pytest.importorskip("followthemoney")
    from followthemoney import model  # noqa: PLC0415 - behind the skip

    source = tmp_path / "records.jsonl"
    source.write_text("".join(record.to_json() + "\n" for record in RECORDS), encoding="utf-8")
    normalise(str(source), tmp_path / "out.jsonl", tmp_path / "register")
    write_export("ftm", tmp_path / "register")
    lines = (tmp_path / "register" / "register.ftm.json").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        raw = json.loads(line)
        proxy = model.get_proxy(raw, cleaned=False)
        proxy.schema.validate(raw)
        lost = set(raw["properties"]) - set(proxy.properties)
        assert not lost, f"{raw['schema']} has no {lost}"
