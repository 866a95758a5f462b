"""Web archives: pages out of records, and what is wrong with some of them."""

import gzip
import json
import zlib

import pytest
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
from assembly_extract.sources import warc as warc_module
from assembly_extract.sources.anchors import anchor_of
from assembly_extract.types.article import RawArticle

BODY = "เมื่อวันที่ 5 มีนาคม 2567 ชาวบ้านร่วมเสนอความเห็นเรื่องน้ำประปาหมู่บ้าน และขอให้ตรวจคุณภาพน้ำทุกสามเดือน"
PAGE = f"<html><head><title>เปิดเวทีน้ำสะอาด</title></head><body><p>{BODY}</p></body></html>"
DAY = "2024-03-05T18:30:00Z"


class Crawl:
    """A WARC in the making; each record is numbered, which shows in its address and its id."""

    def __init__(self, *, packed):
        self.packed = packed
        self.data = b""
        self.starts = []

    def add(self, payload=None, kind="response", status="200 OK", **headers):
        payload = PAGE.encode() if payload is None else payload
        number = len(self.starts)
        self.starts.append(len(self.data))
        served = {"Content-Type": "text/html; charset=utf-8"}
        served |= {name.replace("_", "-"): value for name, value in headers.items()}
        own = {
            "WARC-Type": kind,
            "WARC-Record-ID": f"<urn:uuid:id-{number}>",
            "WARC-Target-URI": f"https://news.example/{number}",
            "WARC-Date": DAY,
            "Content-Type": served["Content-Type"],
        }
        if kind == "response":
            payload = f"HTTP/1.1 {status}\r\n".encode() + lines(served) + payload
            own["Content-Type"] = "application/http; msgtype=response"
        head = b"WARC/1.0\r\n" + lines(own | {"Content-Length": str(len(payload))})
        record = head + payload + b"\r\n\r\n"
        self.data += gzip.compress(record) if self.packed else record

    def cut(self, number):
        """Return where a record begins and where it ends."""
        return [*self.starts, len(self.data)][number : number + 2]


def lines(headers):
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + b"\r\n"


def crawl_of(count, *, packed=False):
    crawl = Crawl(packed=packed)
    for _ in range(count):
        crawl.add()
    return crawl


def saved(tmp_path, data, name="crawl.warc"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def found_in(path, **reading):
    return list(walk([path], Reading(**reading)))


def pages_in(path, **reading):
    items = [item for item in found_in(path, **reading) if isinstance(item, Input)]
    return {item.name.partition("#")[2]: read_input(item) for item in items}


def faults_in(path):
    found = [item for item in found_in(path) if isinstance(item, Unreachable)]
    return {item.name.partition("#")[2]: item.failure for item in found}


@pytest.mark.parametrize("form", ["plain", "members", "one member"])
def test_pages_of_a_crawl(tmp_path, form):
    crawl = crawl_of(3, packed=form == "members")
    data = gzip.compress(crawl.data) if form == "one member" else crawl.data
    path = saved(tmp_path, data, "crawl.warc" if form == "plain" else "crawl.warc.gz")
    pages = pages_in(path)
    assert list(pages) == ["id-0", "id-1", "id-2"]
    page = pages["id-1"]
    assert BODY in page.text
    assert page.metadata.title == "เปิดเวทีน้ำสะอาด"
    assert page.metadata.url == "https://news.example/1"
    assert page.extra == {"warc_date": DAY, "warc_record_id": "id-1"}
    assert (page.format, page.encoding) == ("html", "utf-8")


def test_the_record_says_where_the_page_is_from(tmp_path):
    path = saved(tmp_path, crawl_of(1).data)
    (line,) = CliRunner().invoke(app, ["extract", str(path)]).stdout.splitlines()
    source = json.loads(line)["source"]
    assert source["path"] == "crawl.warc#id-0"
    assert source["url"] == "https://news.example/0"
    assert source["extra"]["warc_date"] == DAY


def test_other_records_are_counted_not_read(tmp_path):
    crawl = Crawl(packed=False)
    crawl.add(b"\x89PNG", Content_Type="image/png")
    crawl.add(status="404 Not Found")
    crawl.add(b"robots", kind="request")
    crawl.add(BODY.encode(), Content_Type="text/plain")
    crawl.add(PAGE.encode(), kind="resource")
    crawl.add(BODY.encode(), kind="conversion", Content_Type="text/plain")
    crawl.add(b"", kind="metadata")
    path = saved(tmp_path, crawl.data)
    assert list(pages_in(path)) == ["id-3", "id-4", "id-5"]
    assert {name: page.format for name, page in pages_in(path).items()} == {
        "id-3": "text",
        "id-4": "html",
        "id-5": "text",
    }
    skipped = [item.kind for item in found_in(path) if isinstance(item, Skipped)]
    assert skipped == ["image/png", "HTTP 404"]
    result = CliRunner().invoke(app, ["extract", str(path)])
    assert "not read, as no articles by their names or types: 1 HTTP 404, 1 image/png" in (
        result.stderr
    )


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def chunked(data):
    pieces = [data[at : at + 100] for at in range(0, len(data), 100)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in [*pieces, b""])


@pytest.mark.parametrize(
    ("packer", "headers"),
    [
        (gzip.compress, {"Content_Encoding": "gzip"}),
        (zlib.compress, {"Content_Encoding": "deflate"}),
        (raw_deflate, {"Content_Encoding": "deflate"}),
        (chunked, {"Transfer_Encoding": "chunked"}),
        (
            lambda data: chunked(gzip.compress(data)),
            {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"},
        ),
        # What the crawler has put together and left the headers of.
        (bytes, {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (bytes, {"Content_Encoding": "br"}),
    ],
)
def test_what_http_does_on_the_way_is_undone(tmp_path, packer, headers):
    crawl = Crawl(packed=False)
    crawl.add(packer(PAGE.encode()), **headers)
    (page,) = pages_in(saved(tmp_path, crawl.data)).values()
    assert BODY in page.text


@pytest.mark.parametrize(
    ("payload", "headers", "said"),
    [
        (
            gzip.compress(PAGE.encode())[:-30],
            {"Content_Encoding": "gzip"},
            "cut in its compression",
        ),
        (b"\xff" * 50, {"Content_Encoding": "deflate"}, "(deflate) is damaged"),
        (b"\x8b\x02\x80" * 9, {"Content_Encoding": "br"}, "compressed as br, which is not read"),
        (chunked(PAGE.encode())[:-90], {"Transfer_Encoding": "chunked"}, "chunks do not fit"),
    ],
)
def test_a_page_that_came_broken(tmp_path, payload, headers, said):
    crawl = Crawl(packed=False)
    crawl.add(payload, **headers)
    crawl.add()
    path = saved(tmp_path, crawl.data)
    assert list(pages_in(path)) == ["id-1"]
    (fault,) = faults_in(path).values()
    assert said in fault.reason
    assert fault.path == f"{path}#id-0"


@pytest.mark.parametrize(
    ("charset", "spelt", "notices"),
    [("tis-620", "cp874", []), ("utf-8", "cp874", ["charset_mismatch"]), ("utf-8", "utf-8", [])],
)
def test_the_servers_charset_is_checked_against_the_bytes(tmp_path, charset, spelt, notices):
    crawl = Crawl(packed=False)
    crawl.add(PAGE.encode(spelt), Content_Type=f"text/html; charset={charset}")
    crawl.add(BODY.encode(spelt), Content_Type=f"text/plain;charset={charset}")
    for page in pages_in(saved(tmp_path, crawl.data)).values():
        assert BODY in page.text
        assert [notice.code for notice in page.notices] == notices


def damaged(crawl, number, packed):
    """Return the crawl with a record that has lost some bytes in its middle."""
    start, end = crawl.cut(number)
    middle = (start + end) // 2
    data = bytearray(crawl.data)
    if packed:
        data[middle : middle + 40] = bytes(40)
    else:
        del data[middle : middle + 40]
    return bytes(data)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("number", [0, 2, 4])
def test_damage_costs_the_record_it_struck(tmp_path, packed, number):
    crawl = crawl_of(5, packed=packed)
    path = saved(tmp_path, damaged(crawl, number, packed), "c.warc.gz" if packed else "c.warc")
    names = [f"id-{n}" for n in range(5) if n != number]
    assert list(pages_in(path)) == names
    (fault,) = faults_in(path).values()
    assert fault.path.startswith(f"{path}#")
    result = CliRunner().invoke(app, ["extract", str(path)])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 4


@pytest.mark.parametrize("packed", [True, False])
def test_a_torn_end(tmp_path, packed):
    crawl = crawl_of(4, packed=packed)
    start, end = crawl.cut(3)
    name = "c.warc.gz" if packed else "c.warc"
    path = saved(tmp_path, crawl.data[: (start + end) // 2], name)
    assert list(pages_in(path)) == ["id-0", "id-1", "id-2"]
    (fault,) = faults_in(path).values()
    assert "ends inside it" in fault.reason


def test_any_damage_is_told_and_leaves_the_others_whole(tmp_path):
    """Zeroes at every tenth byte of a file: a page is whole or a failure, and most are whole."""
    crawl = crawl_of(6, packed=True)
    for at in range(0, len(crawl.data), 10):
        data = bytearray(crawl.data)
        data[at : at + 8] = b"\x55" * 8
        path = saved(tmp_path, bytes(data), "c.warc.gz")
        pages = pages_in(path)
        assert len(pages) >= 4
        assert len(pages) == 6 or faults_in(path)
        assert all(BODY in page.text for page in pages.values() if isinstance(page, RawArticle))


def test_a_record_without_a_length(tmp_path):
    crawl = crawl_of(2)
    path = saved(tmp_path, crawl.data.replace(b"Content-Length:", b"Content-Lost:", 1))
    assert list(pages_in(path)) == ["id-1"]
    assert "how long" in faults_in(path)["id-0"].reason


def test_headers_that_the_library_refuses_cost_their_record(tmp_path):
    crawl = crawl_of(3)
    start = crawl.starts[1]
    spoilt = crawl.data[start:].replace(b"WARC/1.0", b"WARC/1.^", 1)
    path = saved(tmp_path, crawl.data[:start] + spoilt)
    assert list(pages_in(path)) == ["id-0", "id-2"]
    assert "damaged (" in faults_in(path)["2"].reason


def test_a_page_that_is_too_large(tmp_path, monkeypatch):
    from assembly_extract.sources import containers  # noqa: PLC0415

    monkeypatch.setattr(containers, "MOST_BYTES", 4 << 20)
    crawl = Crawl(packed=True)
    crawl.add(gzip.compress(bytes(5 << 20)), Content_Encoding="gzip")
    crawl.add(bytes(5 << 20))
    crawl.add()
    path = saved(tmp_path, crawl.data, "c.warc.gz")
    assert list(pages_in(path)) == ["id-2"]
    assert [fault.reason for fault in faults_in(path).values()] == [
        "larger than 4 MB when unpacked",
        "larger than 4 MB",
    ]


def test_what_is_no_warc(tmp_path):
    path = saved(tmp_path, b"hello\n" * 40)
    (fault,) = faults_in(path).values()
    assert fault.reason == "this is no WARC file"
    assert found_in(saved(tmp_path, b"")) == []


def test_headers_that_do_not_end(tmp_path, monkeypatch):
    monkeypatch.setattr(warc_module, "_MOST_HEAD", 1000)
    crawl = crawl_of(2)
    start = crawl.starts[1]
    data = crawl.data[:start] + b"WARC/1.0\r\n" + b"A: b\r\n" * 500 + crawl.data[start:]
    path = saved(tmp_path, data)
    assert list(pages_in(path)) == ["id-0", "id-1"]
    assert "headers do not end" in faults_in(path)["2"].reason


def test_globs_choose_addresses(tmp_path):
    path = saved(tmp_path, crawl_of(4).data)
    selection = Selection(include=("*example/[12]",), exclude=("*/2",))
    assert list(pages_in(path, selection=selection)) == ["id-1"]
    folder = list(walk([tmp_path], Reading(Selection(include=("*.warc",)))))
    assert len(folder) == 4


def test_the_day_of_the_fetch_can_be_leant_on(tmp_path):
    (item,) = found_in(saved(tmp_path, crawl_of(1).data))
    assert anchor_of(item, "mtime") == "mtime 2024-03-06"  # Thai time


def test_a_page_the_crawler_cut_says_so(tmp_path):
    data = crawl_of(1).data.replace(b"WARC-Type", b"WARC-Truncated: length\r\nWARC-Type", 1)
    (page,) = pages_in(saved(tmp_path, data)).values()
    assert [(notice.code, notice.detail) for notice in page.notices] == [
        ("truncated", "the crawler cut the page (length)")
    ]


def test_a_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "warcio.recordloader", None)
    (fault,) = faults_in(saved(tmp_path, crawl_of(1).data)).values()
    assert "assembly-extract[warc]" in fault.hint
