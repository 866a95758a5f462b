"""Archives, compressed files and tables: what is in them, and what is wrong with them."""

import bz2
import csv
import gzip
import io
import json
import lzma
import sys
import tarfile
import tracemalloc
import zipfile

import pytest
import zstandard
from typer.testing import CliRunner

from assembly_extract.cli import app
from assembly_extract.sources import (
    Input,
    Reading,
    Selection,
    Skipped,
    Unreachable,
    read_input,
    walk,
)
from assembly_extract.sources import archives as archives_module
from assembly_extract.sources.archives import members
from assembly_extract.sources.walk import MOST_BYTES
from assembly_extract.types.columns import Columns

TEXT = "เปิดเวทีน้ำสะอาด\n\nเมื่อวันที่ 5 มีนาคม 2567 ชาวบ้านร่วมเสนอความเห็นเรื่องน้ำประปา\n"
FILES = {"2567/b.txt": TEXT, "2567/a.txt": TEXT + "หนึ่ง\n", "photo.jpg": "x", ".DS_Store": "x"}
NAMES = ["2567/a.txt", "2567/b.txt"]


def found_in(*paths, **reading):
    return list(walk(paths, Reading(**reading)))


def names_in(*paths, **reading):
    return [item.name for item in found_in(*paths, **reading) if isinstance(item, Input)]


def articles_in(path, **reading):
    return {i.name: read_input(i) for i in found_in(path, **reading) if isinstance(i, Input)}


def faults_in(path, **reading):
    found = found_in(path, **reading)
    return {item.name: item.failure for item in found if isinstance(item, Unreachable)}


def make_zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def make_tar(path, files, mode):
    with tarfile.open(path, mode) as archive:
        for name, text in files.items():
            data = text.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def write_jsonl(path, rows):
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    return path


# --- archives


def test_a_zip_gives_its_articles_by_name(tmp_path):
    path = make_zip(tmp_path / "news.zip", FILES)
    assert names_in(path) == [f"news.zip/{name}" for name in NAMES]
    articles = articles_in(path)
    assert articles["news.zip/2567/b.txt"].text == TEXT
    assert [f.path for f in found_in(path) if isinstance(f, Skipped)] == [f"{path}/photo.jpg"]


@pytest.mark.parametrize(
    ("suffix", "mode"),
    [("tar", "w"), ("tar.gz", "w:gz"), ("tgz", "w:gz"), ("tar.bz2", "w:bz2"), ("tar.xz", "w:xz")],
)
def test_a_tar_gives_its_articles_as_they_come(tmp_path, suffix, mode):
    path = make_tar(tmp_path / f"news.{suffix}", FILES, mode)
    expected = [f"news.{suffix}/{name}" for name in ("2567/b.txt", "2567/a.txt")]
    assert names_in(path) == expected
    assert [article.text for article in articles_in(path).values()] == [TEXT, TEXT + "หนึ่ง\n"]


@pytest.mark.parametrize(
    ("suffix", "packer"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)]
)
def test_compressed_files(tmp_path, suffix, packer):
    path = tmp_path / f"a.txt.{suffix}"
    path.write_bytes(packer(TEXT.encode()))
    (article,) = articles_in(path).values()
    assert (article.path, article.text) == (f"a.txt.{suffix}", TEXT)


def test_archives_in_folders_are_opened_and_tables_are_not(tmp_path):
    make_zip(tmp_path / "b.zip", FILES)
    write_jsonl(tmp_path / "c.jsonl", [{"text": TEXT}])
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert names_in(tmp_path) == ["a.txt", "b.zip/2567/a.txt", "b.zip/2567/b.txt"]
    assert names_in(tmp_path, selection=Selection(include=("*.jsonl",))) == ["c.jsonl#1"]


def test_a_table_in_an_archive(tmp_path):
    path = make_zip(tmp_path / "export.zip", {"news.csv": "id,content\n7,ข่าวน้ำ\n"})
    assert names_in(path) == ["export.zip/news.csv#7"]


def test_thai_names_that_windows_wrote(tmp_path):
    path = tmp_path / "w.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AAAA.txt", TEXT)
    path.write_bytes(path.read_bytes().replace(b"AAAA", "ข่าว".encode("cp874")))
    assert names_in(path) == ["w.zip/ข่าว.txt"]


def test_two_members_of_one_name(tmp_path):
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", TEXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", TEXT)
    assert names_in(path) == ["two.zip/a.txt", "two.zip/a.txt~2"]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "b/../../a.txt", "..\\a.txt"])
def test_names_that_lead_out_are_refused(tmp_path, name):
    path = make_zip(tmp_path / "out.zip", {name: TEXT, "fine.txt": TEXT})
    assert names_in(path) == ["out.zip/fine.txt"]
    (fault,) = faults_in(path).values()
    assert fault.reason == "its name leads out of the archive"


def test_damage_that_no_reader_foresees_is_damage(tmp_path):
    """A member's name that is no UTF-8 though the archive says so, where it lies and in the list."""
    path = make_zip(tmp_path / "a.zip", {"ก.txt": TEXT, "ข.txt": TEXT})
    whole, name = path.read_bytes(), "ก.txt".encode()
    path.write_bytes(whole.replace(name, b"\xff" + name[1:], 1))
    assert names_in(path) == ["a.zip/ข.txt"]
    assert "damaged (" in faults_in(path)["a.zip/ก.txt"].reason
    path.write_bytes(whole.replace(name, b"\xff" + name[1:]))
    assert names_in(path) == []
    assert "damaged from here on (" in faults_in(path)["a.zip"].reason


def test_bombs_do_not_fill_the_memory(tmp_path):
    zipped = tmp_path / "bomb.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("huge.txt", "w", force_zip64=True) as member:
            for _ in range(MOST_BYTES // 1_000_000 + 2):
                member.write(bytes(1_000_000))
        archive.writestr("fine.txt", TEXT)
    packed = tmp_path / "bomb.txt.gz"
    with gzip.open(packed, "wb") as file:
        for _ in range(MOST_BYTES // 1_000_000 + 2):
            file.write(bytes(1_000_000))
    tracemalloc.start()
    assert names_in(zipped) == ["bomb.zip/fine.txt"]
    assert tracemalloc.get_traced_memory()[1] < MOST_BYTES / 4
    tracemalloc.stop()
    for path in (zipped, packed):
        (fault,) = faults_in(path).values()
        assert fault.reason == "larger than 64 MB, which no article is"


def test_a_zip_with_too_many_members_is_refused_unread(tmp_path, monkeypatch):
    path = make_zip(tmp_path / "many.zip", {f"{number}.txt": "" for number in range(30)})
    monkeypatch.setattr(archives_module, "MOST_MEMBERS", 29)
    (fault,) = faults_in(path).values()
    assert "lists 30 members, more than the 29" in fault.reason
    assert "give the folder" in fault.hint


def test_a_tar_with_too_many_members_is_read_up_to_them(tmp_path, monkeypatch):
    path = make_tar(tmp_path / "many.tar.gz", {f"{n:02}.txt": "" for n in range(30)}, "w:gz")
    monkeypatch.setattr(archives_module, "MOST_MEMBERS", 20)
    assert names_in(path) == [f"many.tar.gz/{n:02}.txt" for n in range(20)]
    (fault,) = faults_in(path).values()
    assert "more than 20 members" in fault.reason


def test_a_zip_of_the_long_form_is_counted(tmp_path, monkeypatch):
    path = tmp_path / "long.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(0x10000):
            archive.writestr(f"{number}.txt", b"")
    monkeypatch.setattr(archives_module, "MOST_MEMBERS", 0xFFFF)
    (fault,) = faults_in(path).values()
    assert "lists 65536 members" in fault.reason


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("suffix", ["zip", "tar.gz", "txt.gz", "jsonl.gz"])
def test_damaged_files_are_named(tmp_path, suffix, cut):
    path = tmp_path / f"a.{suffix}"
    if suffix == "zip":
        make_zip(path, FILES)
    elif suffix == "tar.gz":
        make_tar(path, {f"{n}.txt": TEXT * 50 + str(n) for n in range(50)}, "w:gz")
    else:
        path.write_bytes(gzip.compress((TEXT * 50).encode()))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * cut)])
    faults = faults_in(path)
    assert faults
    assert all(str(path) in fault.path and fault.hint for fault in faults.values())


def test_an_encrypted_member_is_named(tmp_path):
    path = make_zip(tmp_path / "secret.zip", {"a.txt": TEXT})
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag in the member's own header, then in the table of contents
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    (fault,) = faults_in(path).values()
    assert fault.reason == "encrypted"


def test_zst_of_several_frames(tmp_path):
    """As ``zstd a b`` and ``cat a.zst b.zst`` make them; the first frame is not all there is."""
    path = tmp_path / "a.txt.zst"
    skippable = b"\x50\x2a\x4d\x18\x03\0\0\0abc"
    half = TEXT.encode()[:60]
    frames = [zstandard.compress(half), skippable, zstandard.compress(TEXT.encode()[60:])]
    path.write_bytes(b"".join(frames))
    assert [article.text for article in articles_in(path).values()] == [TEXT]


def test_tables_and_tars_in_zst(tmp_path):
    table, tar = tmp_path / "t.jsonl.zst", tmp_path / "a.tar.zst"
    table.write_bytes(zstandard.compress(json.dumps({"text": TEXT}).encode() * 1))
    plain = make_tar(tmp_path / "a.tar", FILES, "w")
    tar.write_bytes(zstandard.compress(plain.read_bytes()))
    assert names_in(table) == ["t.jsonl.zst#1"]
    assert len(names_in(tar)) == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [(lambda whole: whole[:-20], "ends inside a zstd frame"), (lambda _: b"x" * 99, "zstd decomp")],
)
def test_a_zst_that_is_cut_or_none(tmp_path, data, said):
    path = tmp_path / "a.txt.zst"
    path.write_bytes(data(zstandard.compress(TEXT.encode())))
    (fault,) = faults_in(path).values()
    assert said in fault.reason


def test_a_missing_zst_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)
    path = tmp_path / "a.txt.zst"
    path.write_bytes(zstandard.compress(TEXT.encode()))
    (fault,) = faults_in(path).values()
    assert "assembly-extract[zst]" in fault.hint


def test_a_damaged_member_of_a_zip_is_one_failure(tmp_path):
    path = make_zip(tmp_path / "a.zip", {f"{n}.txt": f"{n}{TEXT}" * 30 for n in range(5)})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("2.txt").header_offset
    data[start + 50 : start + 80] = bytes(30)
    path.write_bytes(data)
    assert names_in(path) == [f"a.zip/{n}.txt" for n in (0, 1, 3, 4)]
    (fault,) = faults_in(path).values()
    assert fault.path == f"{path}/2.txt"


def test_a_tar_is_streamed(tmp_path):
    path = make_tar(tmp_path / "a.tar", {f"{n}.txt": TEXT for n in range(300)}, "w")
    with path.open("rb") as file:
        assert sum(1 for _ in members(file, "a.tar")) == 300


# --- tables

ROWS = [
    {"id": 11, "headline": "ข่าวน้ำ", "content": "ชาวบ้านเสนอความเห็น", "link": "https://a.example/1",
     "publish_date": "2024-03-05", "views": 9, "tags": ["น้ำ"]},
    {"id": 12, "headline": "ข่าวป่า", "content": "ข่าวป่า\nปลูกป่าชุมชน", "link": None,
     "publish_date": "", "views": 0, "tags": []},
]  # fmt: skip


def test_a_row_is_an_article(tmp_path):
    first, second = articles_in(write_jsonl(tmp_path / "t.jsonl", ROWS)).values()
    assert (first.path, first.format, first.encoding) == ("t.jsonl#11", "jsonl", "utf-8")
    assert first.text == "ข่าวน้ำ\n\nชาวบ้านเสนอความเห็น"
    assert second.text == "ข่าวป่า\nปลูกป่าชุมชน"
    assert first.metadata.title == "ข่าวน้ำ"
    assert first.metadata.published == "2024-03-05"
    assert first.metadata.url == "https://a.example/1"
    assert first.metadata.sources["published"] == "column publish_date"
    assert second.metadata.published is None
    assert first.extra == {"id": 11, "publish_date": "2024-03-05", "views": 9, "tags": ["น้ำ"]}


def spell(rows, form):
    if form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()
    if form == "tsv":
        lines = ["\t".join(rows[0]), *("\t".join(map(str, row.values())) for row in rows)]
        return "\n".join(lines) + "\n"
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    return "\n\n".join(json.dumps(row) for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("form", ["jsonl", "ndjson", "json", "csv", "tsv"])
def test_forms_hold_the_same(tmp_path, form, encoding):
    rows = [{"id": f"n{n}", "text": f"ข่าวที่ {n} น้ำ, ป่า"} for n in range(3)]
    path = tmp_path / f"t.{form}"
    path.write_text(spell(rows, form), encoding=encoding)
    articles = articles_in(path)
    assert list(articles) == [f"t.{form}#n{n}" for n in range(3)]
    assert [article.text for article in articles.values()] == [row["text"] for row in rows]


def test_csv_as_excel_in_thailand_writes_it(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "ลำดับ;เนื้อหาข่าว\n1;ชาวบ้านร่วมประชุมเรื่องน้ำประปาหมู่บ้านและการดูแลป่าชุมชน\n", encoding="cp874"
    )
    (article,) = articles_in(path).values()
    assert article.text.startswith("ชาวบ้านร่วมประชุม")


def test_a_compressed_table(tmp_path):
    path = tmp_path / "t.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": TEXT}).encode()))
    assert names_in(path) == ["t.jsonl.gz#1"]


def test_columns_the_user_names(tmp_path):
    path = write_jsonl(tmp_path / "t.jsonl", [{"a": "ข่าวน้ำ", "text": "ไม่ใช่", "n": "x9"}])
    (article,) = articles_in(path, columns=Columns(text="a", id="n")).values()
    assert (article.path, article.text) == ("t.jsonl#x9", "ข่าวน้ำ")
    assert article.extra == {"text": "ไม่ใช่", "n": "x9"}


BODY = TEXT.partition("\n\n")[2].strip()
SCRAPED = {
    "wordpress": {
        "id": 7, "date": "2024-03-05T10:00:00", "link": "https://a.example/7", "author": 3,
        "title": {"rendered": "เปิดเวที &#8220;น้ำสะอาด&#8221;"},
        "content": {"rendered": f"<p>{BODY}</p>\n<p>จบ&nbsp;ข่าว</p>", "protected": False},
    },
    "wordpress_flattened": {
        "id": 7, "date": "2024-03-05T10:00:00", "link": "https://a.example/7",
        "title.rendered": "เปิดเวที “น้ำสะอาด”", "content.rendered": f"<p>{BODY}</p>",
    },
    "news_please": {
        "authors": ["ก ข"], "date_publish": "2024-03-05 10:00:00", "text": None, "maintext": BODY,
        "title": "เปิดเวที “น้ำสะอาด”", "url": "https://a.example/7", "source_domain": "a.example",
    },
    "trafilatura": {
        "title": "เปิดเวที “น้ำสะอาด”", "author": "ก ข", "date": "2024-03-05", "text": BODY,
        "raw_text": BODY, "source": "https://a.example/7", "source-hostname": "ข่าวตัวอย่าง",
    },
    "schema_org": {
        "headline": "เปิดเวที “น้ำสะอาด”", "articleBody": BODY, "datePublished": "2024-03-05",
        "url": "https://a.example/7", "author": [{"name": "ก ข"}], "publisher": {"name": "ข่าวตัวอย่าง"},
    },
    "fundus": {
        "title": "เปิดเวที “น้ำสะอาด”", "plaintext": BODY, "publishing_date": "2024-03-05 10:00",
        "authors": ["ก ข"], "url": "https://a.example/7",
    },
}  # fmt: skip


@pytest.mark.parametrize("scraper", SCRAPED)
def test_what_scrapers_write_needs_no_options(tmp_path, scraper):
    row = SCRAPED[scraper]
    (article,) = articles_in(write_jsonl(tmp_path / "t.jsonl", [row])).values()
    assert BODY in article.text
    assert article.text.startswith("เปิดเวที “น้ำสะอาด”\n")
    assert "<" not in article.text
    assert "&" not in article.text
    assert article.metadata.title == "เปิดเวที “น้ำสะอาด”"
    assert article.metadata.url == "https://a.example/7"
    assert article.metadata.published.startswith("2024-03-05")
    assert article.metadata.authors in {(), ("ก ข",)}
    assert article.metadata.publisher in {None, "ข่าวตัวอย่าง"}


def test_exports_of_posts_need_no_options(tmp_path):
    row = {
        "post_id": "1_2",
        "message": BODY,
        "created_time": "2024-03-05T03:00:00+0000",
        "permalink_url": "https://a.example/p/1",
    }
    (article,) = articles_in(write_jsonl(tmp_path / "t.jsonl", [row])).values()
    assert (article.path, article.text) == ("t.jsonl#1_2", BODY)
    assert article.metadata.url == "https://a.example/p/1"
    assert article.metadata.published == "2024-03-05T03:00:00+0000"


def test_rows_may_leave_out_columns(tmp_path):
    rows = [
        {"title": "ก", "text": BODY},
        {"title": "ข", "body": BODY, "link": "https://a.example/2", "source": "ข่าวตัวอย่าง"},
        {"title": "ค"},
        {"text": BODY, "source": "ข่าวตัวอย่าง"},
    ]
    path = write_jsonl(tmp_path / "t.jsonl", rows)
    articles = list(articles_in(path).values())
    assert [article.metadata.url for article in articles] == [None, "https://a.example/2", None]
    assert articles[2].extra == {"source": "ข่าวตัวอย่าง"}
    assert "no column holds the articles; it has title" in faults_in(path)["t.jsonl#3"].reason


@pytest.mark.parametrize(
    ("text", "named", "fault"),
    [
        ('id,text\n1,"น้ำ\n2,ไฟ\n', [], "t.csv#1"),
        ('id,text\n1,น้ำ\n2,"ไฟ\n3,ลม', ["t.csv#1"], "t.csv#2"),
        ('id,text\n1,น้ำ\n2,ไฟ,"มากไป\n', ["t.csv#1"], "t.csv#2"),
        ('id,"text\n1,น้ำ\n', [], "t.csv#1"),
        ('id,text\n1,"น้ำ\nไฟ"\n2,ไฟ', ["t.csv#1", "t.csv#2"], None),
        ('id,text\n1,เขาว่า "น้ำ\n', ["t.csv#1"], None),
    ],
)
def test_a_quote_that_nothing_closes_is_told(tmp_path, text, named, fault):
    """Read as a cell, the rest of the table would be one row."""
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    assert names_in(path) == named
    faults = faults_in(path)
    assert [*faults] == ([] if fault is None else [fault])
    assert all("not closed before the table's end" in told.reason for told in faults.values())


def test_half_characters_in_any_cell(tmp_path):
    path = tmp_path / "t.jsonl"
    half = {"id": "\ud800", "title": "\udc00ก", "text": f"{BODY}\ud83d", "a\ud801": "\ud802"}
    page = {"id": "2", "html": f"<p>{BODY}</p>\udfff", "url": "a.b/\ud800"}
    path.write_text(f"{json.dumps(half)}\n{json.dumps(page)}\n", encoding="utf-8")
    assert names_in(path) == ["t.jsonl#?", "t.jsonl#2"]
    articles = articles_in(path)
    assert articles["t.jsonl#?"].extra == {"id": "?", "a?": "?"}
    assert articles["t.jsonl#?"].metadata.title == "?ก"
    assert articles["t.jsonl#2"].metadata.url == "a.b/?"


@pytest.mark.parametrize("suffix", ["csv.gz", "jsonl.gz", "json.gz"])
def test_a_table_that_is_one_endless_line(tmp_path, suffix):
    starts = {"csv.gz": b'id,text\n1,"', "jsonl.gz": b'{"text": "', "json.gz": b'[{"text": "'}
    path = tmp_path / f"t.{suffix}"
    with gzip.open(path, "wb", 1) as file:
        file.write(starts[suffix])
        for _ in range(4 * MOST_BYTES // 1_000_000):
            file.write(b"a" * 1_000_000)
    tracemalloc.start()
    (fault,) = faults_in(path).values()
    assert tracemalloc.get_traced_memory()[1] < 3.5 * MOST_BYTES
    tracemalloc.stop()
    assert "longer than" in fault.reason


def test_html_columns(tmp_path):
    page = "<html><head><title>ข่าวน้ำ</title></head><body><p>ชาวบ้านเสนอความเห็น</p></body></html>"
    path = write_jsonl(tmp_path / "t.jsonl", [{"html": page, "url": "https://a.example"}])
    (article,) = articles_in(path).values()
    assert "ชาวบ้านเสนอความเห็น" in article.text
    assert "<p>" not in article.text
    assert article.metadata.url == "https://a.example"
    assert article.extra == {}


@pytest.mark.parametrize(
    ("rows", "columns", "said"),
    [
        ([{"a": 1, "b": 2}], Columns(), "no column holds the articles; it has a, b"),
        ([{"text": "ข่าว"}], Columns(text="body"), "no column 'body'; it has text"),
        ([{"schema": "x", "text": "", "removed": [], "provenance": {}}], Columns(), "are records"),
    ],
)
def test_tables_without_articles_say_what_they_have(tmp_path, rows, columns, said):
    (fault,) = faults_in(write_jsonl(tmp_path / "t.jsonl", rows), columns=columns).values()
    assert said in fault.reason
    assert fault.hint


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_rows_of_endless_depth(tmp_path, form):
    path = tmp_path / f"t.{form}"
    deep = '{"text": "ก", "tags": ' + "[" * 200_000 + "]" * 200_000 + "}"
    rows = ['{"text": "ก"}', deep]
    path.write_text("\n".join(rows) if form == "jsonl" else f"[{','.join(rows)}]", "utf-8")
    assert names_in(path) == [f"t.{form}#1"]
    assert list(faults_in(path)) == [f"t.{form}#2"]


def test_a_bad_row_is_one_rows_failure(tmp_path):
    path = tmp_path / "t.jsonl"
    lines = [b'{"text": "\xe0\xb8\x81"}', b"{oops", b"[1]", b'{"text": "\xff"}', b'{"text": null}']
    path.write_bytes(b"\n".join(lines))
    assert names_in(path) == ["t.jsonl#1", "t.jsonl#5"]
    assert list(faults_in(path)) == ["t.jsonl#2", "t.jsonl#3", "t.jsonl#4"]


LINE = "เมื่อวันที่ 5 มีนาคม 2567 ชาวบ้านร่วมเสนอความเห็นเรื่องน้ำประปาหมู่บ้าน"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", f"id,text\r\n7,{LINE}\r\n"),
        ("t.tsv", f"id\ttext\r\n7\t{LINE}\r\n"),
        ("t.jsonl", f'{{"id": 7, "text": "{LINE}"}}\r\n'),
        ("t.json", f'[{{"id": 7, "text": "{LINE}"}}]'),
    ],
)
@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le" if sys.byteorder == "little" else "utf-16-be"),
        ("utf-16-le", "utf-16-le"),
        ("cp874", "windows-874"),
    ],
)
def test_tables_in_any_encoding(tmp_path, name, content, codec, said):
    path = tmp_path / name
    path.write_bytes(content.encode(codec))
    articles = articles_in(path)
    assert {key: (a.text, a.encoding) for key, a in articles.items()} == {f"{name}#7": (LINE, said)}
    assert [a.extra for a in articles.values()] == [{"id": 7 if name.startswith("t.j") else "7"}]
    asked = articles_in(path, encoding=codec)
    assert [(a.path, a.text) for a in asked.values()] == [(f"{name}#7", LINE)]


def test_a_line_in_another_encoding_costs_no_row(tmp_path):
    path = tmp_path / "t.csv"
    lines = ["id,text", f"1,{LINE}", f"2,{LINE}", f"3,{LINE}", f"4,{LINE}"]
    data = [line.encode() for line in lines]
    data[2] = lines[2].encode("cp874")
    data[3] = data[3].replace("ชาว".encode(), b"\xff\xff")
    path.write_bytes(b"\n".join(data) + b"\n")
    lost = LINE.replace("ชาว", "\ufffd")
    articles = articles_in(path)
    assert [a.text for a in articles.values()] == [LINE, LINE, lost, LINE]
    codes = [[notice.code for notice in a.notices] for a in articles.values()]
    assert codes == [[], [], ["undecodable_bytes"], []]


@pytest.mark.parametrize("html", [False, True])
def test_wrongly_decoded_rows_are_repaired(tmp_path, html):
    text = f"<p>{LINE}</p><p>{LINE}</p>" if html else LINE
    row = {"title": "น้ำประปาหมู่บ้าน", "text": text, "author": "นายสมชาย ใจดี"}
    wrong = {key: value.encode().decode("latin-1") for key, value in row.items()}
    (article,) = articles_in(write_jsonl(tmp_path / "t.jsonl", [wrong])).values()
    assert LINE in article.text
    assert article.metadata.title == row["title"]
    assert article.metadata.authors == (row["author"],)
    assert [notice.code for notice in article.notices] == ["mojibake_repaired"]


def test_cells_may_be_lists_of_what_a_crawler_found(tmp_path):
    row = {
        "title": ["น้ำประปา"],
        "url": ["https://a.example/1"],
        "text": [LINE, None, LINE],
        "tags": ["ก"],
    }
    (article,) = articles_in(write_jsonl(tmp_path / "t.jsonl", [row])).values()
    assert article.text == f"น้ำประปา\n\n{LINE}\n{LINE}"
    assert (article.metadata.title, article.metadata.url) == ("น้ำประปา", "https://a.example/1")
    assert article.extra == {"tags": ["ก"]}


def test_a_first_line_may_tell_the_separator(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(f'sep=;\r\nid;text\r\n7;"{LINE}; {LINE}"\r\n', encoding="utf-8", newline="")
    assert [a.text for a in articles_in(path).values()] == [f"{LINE}; {LINE}"]


@pytest.mark.parametrize(("name", "content"), [("t.csv", "id,text\n"), ("t.json", "[]")])
def test_a_table_without_a_row_is_told(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(path)])
    assert result.exit_code == 2
    assert result.stderr.endswith("no input found: nothing but 1 table without a row.\n")


def test_a_table_without_names_of_columns_says_so_shortly(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(f'1,"{LINE}"\n2,"{LINE}"\n', encoding="utf-8")
    (fault,) = faults_in(path).values()
    assert fault.reason.endswith(f"it has 1, {LINE[:40]}…")
    assert "first line must hold the columns' names" in fault.hint


@pytest.mark.parametrize(
    ("content", "good", "bad"),
    [
        ('[{"text": "ก"}, 5, {"text": "ข"}]', ["#1", "#3"], ["#2"]),
        ('[{"text": "ก"}, {"text": "ข', ["#1"], ["#2"]),
        ('{"text": "ก"}', ["#1"], []),
        ("[]", [], []),
        ("hello", [], [""]),
    ],
)
def test_json_files(tmp_path, content, good, bad):
    path = tmp_path / "t.json"
    path.write_text(content, encoding="utf-8")
    assert names_in(path) == [f"t.json{key}" for key in good]
    assert list(faults_in(path)) == [f"t.json{key}" for key in bad]


def test_a_long_array_is_read_piece_by_piece(tmp_path):
    path = tmp_path / "t.json"
    rows = [{"id": n, "text": TEXT * (n % 7)} for n in range(2_000)]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    assert names_in(path) == [f"t.json#{n}" for n in range(2_000)]


def test_ids_that_repeat_stay_apart(tmp_path):
    path = write_jsonl(tmp_path / "t.jsonl", [{"id": "a", "text": "ก"}] * 3 + [{"text": "ก"}])
    names = names_in(path)
    assert len(set(names)) == 4
    assert len({article.id for article in articles_in(path).values()}) == 4


def test_half_characters_become_json_all_the_same(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "ข่าว \\ud800 น้ำ", "note": "\\udc00"}\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(path)])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["source"]["extra"] == {"note": "?"}


def test_a_scrapers_table_there_and_back(tmp_path):
    """Rows in, records out, joined again by the row's own id."""
    rows = [
        {"news_id": f"n{n}", "title": f"ข่าวที่ {n}", "body": TEXT, "reporter": "ก", "likes": n}
        for n in range(5)
    ]
    path = write_jsonl(tmp_path / "scraped.jsonl", rows)
    result = CliRunner().invoke(app, ["extract", str(path)])
    records = [json.loads(line) for line in result.stdout.splitlines()]
    by_id = {record["source"]["extra"]["news_id"]: record for record in records}
    assert [by_id[row["news_id"]]["source"]["extra"]["likes"] for row in rows] == list(range(5))
    assert [record["source"]["path"] for record in records] == [
        f"scraped.jsonl#{row['news_id']}" for row in rows
    ]
