"""A user's own people, organisations and places: read, checked, found, and before ours."""

import json

import pytest
from typer.testing import CliRunner

from assembly_extract import Config, Extractor
from assembly_extract.cli import app
from assembly_extract.config import read_config
from assembly_extract.errors import ConfigError, DataFileError
from assembly_extract.gazetteer import load_gazetteer
from assembly_extract.recognise.gazetteer import find_own
from assembly_extract.sources import article_from_text

OWN = """name\tkind\taliases\tid
ชมรมคนรักษ์คลองแสน\tnetwork\tครค. | คนรักษ์คลองแสน\tNGO-7
ทองใบ แก้วมณีศรี\tperson\tลุงใบ\tP1
ลานวัฒนธรรมริมคลองแสน\tvenue\tลานริมคลอง\tV-2
กระทรวงสาธารณสุข\tministry\t\tMOPH
"""
ARTICLE = """ชาวคลองแสนรวมพลังฟื้นน้ำใส

เมื่อวันที่ 15 กุมภาพันธ์ 2566 ณ ลานริมคลอง ตำบลคลองแสน นายทองใบ แก้วมณีศรี ประธานชมรมคนรักษ์คลองแสน \
(ครส.) กล่าวว่า ครส. จะทำงานกับกระทรวงสาธารณสุข (สธ.) และกรมอนามัย โดยลุงใบเล่าว่าน้ำเสียมานาน
ด้านครค.ยืนยันเดินหน้าต่อที่ลานวัฒนธรรมริมคลองแสน ส่วนชมรมคนรักษ์คลองแสนจะสรุปผลเดือนหน้า
"""


def run_cli(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text(OWN, encoding="utf-8")
    return path


def record_of(text, *files):
    return Extractor(Config(gazetteer=[str(f) for f in files])).record(article_from_text(text))


def surfaces(entity):
    return [mention.text for mention in entity.mentions]


def test_organisations_take_name_kind_and_id_and_stay_one(own):
    bodies = {body.name: body for body in record_of(ARTICLE, own).organisations}
    club = bodies["ชมรมคนรักษ์คลองแสน"]
    assert (club.ref, club.kind, club.abbreviation) == ("NGO-7", "network", "ครส.")
    # its own alias and the abbreviation that the article defines
    assert {*surfaces(club)} == {"ชมรมคนรักษ์คลองแสน", "ครส.", "ครค."}
    assert surfaces(club).count("ครส.") == 2
    ministry = bodies["กระทรวงสาธารณสุข"]
    assert (ministry.ref, surfaces(ministry)) == ("MOPH", ["กระทรวงสาธารณสุข", "สธ."])
    assert bodies["กรมอนามัย"].ref is None


def test_people_keep_title_and_post_and_gain_alias_and_id(own):
    (person,) = record_of(ARTICLE, own).people
    assert (person.name, person.prefix, person.ref) == ("ทองใบ แก้วมณีศรี", "นาย", "P1")
    assert [(post.role, post.organisation) for post in person.posts] == [
        ("ประธานชมรมคนรักษ์คลองแสน", "ชมรมคนรักษ์คลองแสน")
    ]
    assert "ลุงใบ" in surfaces(person)
    assert "นายทองใบ แก้วมณีศรี" in surfaces(person)


def test_places_are_one_and_may_be_the_events(own):
    record = record_of(ARTICLE, own)
    assert record.place is not None
    assert (record.place.name, record.place.ref) == ("ลานวัฒนธรรมริมคลองแสน", "V-2")
    assert surfaces(record.place) == ["ลานริมคลอง", "ลานวัฒนธรรมริมคลองแสน"]
    assert record.place in record.places


def test_mentions_are_the_text_under_them(own):
    record = record_of(ARTICLE, own)
    for entity in (*record.people, *record.organisations, *record.places):
        for mention in entity.mentions:
            assert record.text[mention.start : mention.end] == mention.text


def test_it_wins_over_what_we_find(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text(
        "name\tkind\nเครือข่ายคนกินข้าวเกื้อกูล\tassociation\nกรมอนามัยจำลอง\tschool\n", encoding="utf-8"
    )
    text = "เวทีข้าวปลอดภัย\n\nเครือข่ายคนกินข้าวเกื้อกูลและกรมอนามัยจำลองร่วมจัดเวทีข้าวปลอดภัย"
    kinds = {body.name: body.kind for body in record_of(text, path).organisations}
    assert kinds == {"เครือข่ายคนกินข้าวเกื้อกูล": "association", "กรมอนามัยจำลอง": "school"}


@pytest.mark.parametrize(
    ("text", "spelling", "found"),
    [
        ("ชาวสวนป่ายื่นหนังสือ", "สวนป่า", True),
        ("เดินชมสวนป่าไม้", "สวนป่า", False),  # ป่าไม้ is the word
        ("บ้านมกสช.เปิด", "กสช.", False),
        ("ซึ่งกสช.เปิด", "กสช.", True),
        ("กลุ่มABCDE", "ABC", False),
        ("ทีม ABC เปิด", "ABC", True),
        ("ข่าวABCใหม่", "ABC", True),
        ("ลุงใบ้เดินมา", "ลุงใบ", False),
        ("ลุงใบเดินมา", "ลุงใบ", True),
        ("ขบวนการ", "บวน", False),
    ],
)
def test_names_stand_as_whole_words(text, spelling, found):
    gazetteer = load_gazetteer([(f"name\tkind\n{spelling}\torganisation\n", "own.tsv")])
    assert [mention.text for mention in find_own(text, gazetteer)] == [spelling] * found


def test_commas_semicolons_order_and_byte_order_mark(tmp_path):
    rows = [("id", "kind", "name"), ("7", "person", "ก้องฟ้า แสนสุขใจ"), ("8", "place", "ท่าน้ำวังใหม่")]
    for sign in (",", ";"):
        path = tmp_path / "own.csv"
        path.write_text(
            "\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8-sig"
        )
        record = record_of("ข่าววันนี้\n\nก้องฟ้า แสนสุขใจ เดินทางไปยังท่าน้ำวังใหม่ในตอนเช้าตรู่ของวัน", path)
        assert [(person.name, person.ref) for person in record.people] == [("ก้องฟ้า แสนสุขใจ", "7")]
        assert [(p.name, p.kind, p.ref) for p in record.places] == [("ท่าน้ำวังใหม่", "other", "8")]


def test_several_files_and_a_configuration_file(tmp_path, own):
    more = tmp_path / "more.csv"
    more.write_text("name,kind,id\nกรมอนามัย,department,DOH\n", encoding="utf-8")
    settings = tmp_path / "run.toml"
    settings.write_text('gazetteer = ["own.tsv", "more.csv"]\n', encoding="utf-8")
    config = read_config(str(settings))
    assert config == Config(gazetteer=(str(own), str(more)))
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    by_options = run_cli("extract", article, "--gazetteer", own, "--gazetteer", more)
    by_file = run_cli("extract", article, "--config", settings)
    assert by_options.stdout == by_file.stdout
    refs = {body["name"]: body["ref"] for body in json.loads(by_file.stdout)["organisations"]}
    assert refs["กรมอนามัย"] == "DOH"
    assert refs["ชมรมคนรักษ์คลองแสน"] == "NGO-7"
    settings.write_text("gazetteer = [1]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="write it in quotes"):
        read_config(str(settings))


def test_resume_notices_another_content(own, tmp_path):
    article, output = tmp_path / "a.txt", tmp_path / "out.jsonl"
    article.write_text(ARTICLE, encoding="utf-8")
    copy, changed = tmp_path / "copy.tsv", tmp_path / "changed.tsv"
    copy.write_text(OWN, encoding="utf-8")
    changed.write_text(OWN.replace("NGO-7", "NGO-8"), encoding="utf-8")
    digests = [Config(gazetteer=str(file)).digest for file in (own, copy, changed)]
    assert digests[0] == digests[1] != digests[2]
    command = ("extract", article, "-o", output, "--resume", "--gazetteer")
    assert run_cli(*command, own).exit_code == 0
    first = json.loads(output.read_text(encoding="utf-8"))
    assert run_cli(*command, changed).exit_code == 0
    (again,) = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    assert first["organisations"][0]["ref"] == "NGO-7"
    assert again["organisations"][0]["ref"] == "NGO-8"


def test_without_a_file_the_digest_is_as_before():
    assert Config(gazetteer=()).digest == Config().digest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"own\.tsv, line 1: the columns are none"),
        ("name,kind\n", r"line 1: .*parted by tabs"),
        ("name\taliases\n", r"line 1: .*write name, kind"),
        ("name\tkind\tnote\n", r"line 1: the columns are name, kind, note"),
        ("name\tkind\nชมรมก้าวใหม่\tclub\n", r"line 2: no kind 'club'; write person, place"),
        ("name\tkind\n\tperson\n", r"line 2: '' is no name"),
        ("name\tkind\n# ก\n\nก\tperson\n", r"line 4: 'ก' is no name"),
        ("name\tkind\nชมรมหนึ่ง\tnetwork\textra\n", r"line 2: 3 cells where there are 2 columns"),
        (
            "name\tkind\taliases\nชมรมหนึ่ง\tnetwork\tชร.\nชมรมสอง\tnetwork\tชร.\n",
            r"line 3: 'ชร\.' stands in own\.tsv, line 2 already",
        ),
    ],
)
def test_faults_name_file_and_line(tmp_path, text, said):
    with pytest.raises(DataFileError, match=said):
        load_gazetteer([(text, "own.tsv")])
    path, article = tmp_path / "own.tsv", tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    article.write_text(ARTICLE, encoding="utf-8")
    result = run_cli("extract", article, "--gazetteer", path)
    assert result.exit_code == 2
    assert "own.tsv, line " in result.stderr
    assert result.stdout == ""


def test_a_missing_file_stops_the_run(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    result = run_cli("extract", article, "--gazetteer", tmp_path / "none.tsv")
    assert result.exit_code == 2
    assert "none.tsv: no such file" in result.stderr
