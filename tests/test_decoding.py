"""Bytes to text: every encoding that Thai pages come in, and what is no text at all."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.errors import InputError
from assembly_extract.sources.decoding import decode

TEXT = (
    "วันนี้ (20 ส.ค.) เมื่อเวลา 09.00 น. ผู้บริหารสำนักอนามัยร่วมประชุม “หารือ” ภายใต้แผน – ภาพ ภารกิจ\n"
    "บรรทัดที่สองของข่าวก็ดี ฯลฯ\n"
) * 3
LATIN = "Le café est fermé jusqu'à mardi prochain, dit-on au marché.\n" * 3


def misread(data: bytes, codec: str) -> str:
    """Decode byte by byte as careless programs do: undefined bytes become control characters."""
    pieces = []
    for byte in data:
        try:
            pieces.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            pieces.append(chr(byte))
    return "".join(pieces)


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp874", "windows-874"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_the_encoding_is_told_by_evidence(codec: str, name: str) -> None:
    decoded = decode(TEXT.encode(codec), "a.txt")
    assert (decoded.text, decoded.encoding, decoded.notices) == (TEXT, name, ())


@pytest.mark.parametrize("codec", ["tis-620", "iso8859-11"])
def test_the_subsets_of_windows_874(codec: str) -> None:
    text = TEXT.replace("“", '"').replace("”", '"').replace("–", "-")
    assert decode(text.encode(codec), "a.txt").text == text


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp874"])
@pytest.mark.parametrize("spaces", ["kept", "lost"])
def test_utf8_once_read_as_something_else_is_repaired(codec: str, spaces: str) -> None:
    wrong = misread(TEXT.encode(), codec)
    if spaces == "lost":
        wrong = wrong.replace("\N{NO-BREAK SPACE}", " ")
    decoded = decode(wrong.encode(), "a.txt")
    assert decoded.text == TEXT
    assert [notice.code for notice in decoded.notices] == ["mojibake_repaired"]


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_windows_874_once_read_as_western_is_repaired(codec: str) -> None:
    decoded = decode(misread(TEXT.encode("cp874"), codec).encode(), "a.txt")
    assert decoded.text == TEXT


@pytest.mark.parametrize(
    "text", [LATIN, "à la carte, à propos", "naïve façade", "100 °C ± 2 µm", "เธอเน้นย้ำ"]
)
def test_what_is_right_stays(text: str) -> None:
    assert decode(text.encode(), "a.txt").text == text
    assert decode(text.encode(), "a.txt").notices == ()


def test_a_mixture_is_decoded_by_segment() -> None:
    legacy = "ผู้ว่าราชการจังหวัดตัวอย่าง เปิดงานปลูกป่า"
    decoded = decode(TEXT.encode() + legacy.encode("cp874") + "\nท้ายข่าว".encode(), "a.txt")
    assert decoded.text == f"{TEXT}{legacy}\nท้ายข่าว"
    assert [notice.code for notice in decoded.notices] == ["mixed_encodings"]


def test_a_file_cut_inside_its_last_letter() -> None:
    decoded = decode(TEXT.encode()[:-2], "a.txt")
    assert decoded.text == TEXT[:-2] + "\N{REPLACEMENT CHARACTER}"
    assert [notice.code for notice in decoded.notices] == ["undecodable_bytes"]


def test_western_text_is_a_guess_that_is_told() -> None:
    decoded = decode(LATIN.encode("latin-1"), "a.txt")
    assert (decoded.text, decoded.encoding) == (LATIN, "windows-1252")
    assert [notice.code for notice in decoded.notices] == ["encoding_guessed"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x1f\x8b\x08\x00" + b"\0" * 20, "gzip"),
        (b"PK\x03\x04" + b"x" * 20, "zip"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "PNG"),
        (bytes(range(256)) * 4, "binary"),
        (b"\0" * 100, "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        decode(data, "folder/a.txt")
    assert caught.value.path == "folder/a.txt"
    assert caught.value.stage == "decode"
    assert caught.value.hint.endswith(".")


@pytest.mark.parametrize("size", [50, 300, 5000])
@pytest.mark.parametrize("low", [0, 0x80, 0xA1])
def test_random_bytes_never_become_invented_thai(size: int, low: int) -> None:
    for seed in range(40):
        source = random.Random(seed)
        data = bytes(source.randrange(low, 256 if low < 0xA1 else 0xFB) for _ in range(size))
        with pytest.raises(InputError):
            decode(data, "noise.txt")


def test_the_named_encoding_is_used_or_refused() -> None:
    assert decode("ก".encode("cp874"), "a.txt", "tis-620").text == "ก"
    with pytest.raises(InputError, match="not utf-8 at byte 0"):
        decode("ก".encode("cp874"), "a.txt", "utf-8")
    with pytest.raises(InputError, match="no encoding"):
        decode(b"a", "a.txt", "utf-nine")


def test_a_few_nuls_and_escapes_are_left_to_the_cleaner() -> None:
    text = "นาย\x00สมชาย \x1b[31mใจดี\x1b[0m กล่าว" * 5
    assert decode(text.encode(), "a.txt").text == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_reads_back(text: str) -> None:
    decoded = decode(("ข่าว " + text).encode(), "a.txt")
    assert decoded.notices or decoded.text == "ข่าว " + text


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_named_failure(data: bytes) -> None:
    try:
        decoded = decode(data, "a.txt")
    except InputError as error:
        assert error.hint
    else:
        decoded.text.encode()
