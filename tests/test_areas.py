"""The administrative areas: counts, codes, parents, spellings."""

import pytest

from assembly_extract import areas


def test_counts_of_areas_in_force():
    kinds = [known.kind for known in areas.areas().values()]
    assert (kinds.count("province"), kinds.count("district")) == (77, 928)
    assert kinds.count("subdistrict") >= 7400


def test_every_area_has_its_parents():
    for known in (*areas.areas().values(), *areas.abolished_areas().values()):
        assert areas.parents(known) or known.kind == "province"


def test_iso_codes_of_provinces_only():
    assert areas.areas()["38"].iso == "TH-38"
    assert areas.areas()["3801"].iso is None


@pytest.mark.parametrize(
    ("name", "code"),
    [("กทม.", "10"), ("กรุงเทพฯ", "10"), ("โคราช", "30"), ("แปดริ้ว", "24"), ("สุราษฏร์ธานี", "84")],
)
def test_spellings_of_provinces(name, code):
    assert areas.province_names()[name].dopa == code


def test_short_names_need_a_prefix_word():
    assert "อุดร" not in areas.province_names()
    assert areas.prefixed_province_names()["อุดร"].dopa == "41"


def test_names_shared_by_several():
    assert len(areas.district_names()["เฉลิมพระเกียรติ"]) == 5
    assert len(areas.subdistrict_names()["ในเมือง"]) == 22
    shared = [name for name, group in areas.subdistrict_names().items() if len(group) > 1]
    assert len(shared) >= 790


def test_capital_districts():
    capitals = [known for known in areas.areas().values() if known.capital]
    assert len(capitals) == 76
    assert areas.areas()["1401"].capital


def test_abolished_areas_are_areas():
    names = set(areas.abolished_names())
    assert "บางแค" in names
    assert not [name for name in names if name.startswith(("เทศบาล", "ท้องถิ่น", "สาขา"))]
    assert areas.abolished_areas()["102203"].successors == ("104001",)


def test_children_are_in_their_parent():
    bangkok = areas.areas()["10"]
    assert len(areas.children(bangkok)) == 50
    assert all(child.dopa.startswith("10") for child in areas.children(bangkok))
