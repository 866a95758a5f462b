"""Bytes -> text by evidence: byte order marks, UTF-8, UTF-16, windows-874, mojibake, mixtures.

The order is that of certainty. UTF-8 does not arise by chance; windows-874 text is believed only if
what comes out is well-formed Thai (marks stand on consonants, leading vowels before them), so that
random bytes never become invented Thai. What cannot be read becomes U+FFFD with a notice, or, where
it is more than a few bytes, an :class:`~assembly_extract.errors.InputError`.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import Any, NamedTuple

from assembly_extract.errors import InputError
from assembly_extract.resources import read_toml
from assembly_extract.sources.mojibake import repair_mojibake
from assembly_extract.sources.thai_bytes import is_thai_prose, thai_codec
from assembly_extract.types.article import Notice

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that text files do not have; NUL and ESC are left to the cleaner, which takes
# them out of words.
_CONTROLS = bytes(set(range(32)) - set(b"\0\t\n\v\f\r\x1b")) + b"\x7f"
_SAMPLE = 65_536
_MOST_CONTROLS = 0.02  # share of control characters in the sample above which a file is binary
_MOST_NULS = 0.1
_MOST_LOST = 0.05  # share of undecodable characters above which a file is no text
_ABOVE_ASCII = re.compile("[^\\x00-\\x7f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_UTF8_RUN = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2})+"
)
_HINT = "Say how it is encoded with --encoding, or convert it to UTF-8"


class Decoded(NamedTuple):
    """A text, the encoding that it was read as, and what had to be mended on the way."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, path: str, encoding: str | None = None) -> Decoded:
    """Decode one input by evidence, or as ``encoding`` if the user named one.

    >>> decode("ข่าวเช้า".encode("cp874"), "a.txt").encoding
    'windows-874'

    Raises
    ------
    InputError
        The bytes are no text, or not in the encoding named.

    """
    if encoding is not None:
        return _decode_as(data, path, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decode_marked(data, path, name)
    if unmarked := _utf16_without_mark(data):
        return _decode_marked(data, path, unmarked)
    _refuse_binary(data, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, path)
    return _mended(text, "utf-8")


def _decode_as(data: bytes, path: str, encoding: str) -> Decoded:
    codec = thai_codec(encoding) or encoding
    try:
        return Decoded(data.decode(codec), encoding)
    except LookupError as error:
        raise InputError(
            path, "decode", f"there is no encoding {encoding!r}", "Try utf-8 or windows-874."
        ) from error
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        raise InputError(
            path,
            "decode",
            f"not {encoding} at byte {at}",
            "Leave --encoding out to go by evidence.",
        ) from error


def _decode_marked(data: bytes, path: str, name: str) -> Decoded:
    """Decode a text whose form is certain; its few broken code units become U+FFFD."""
    shown = name
    if name == "utf-16" and data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        shown = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    try:
        return _mended(data.decode(name), shown)
    except UnicodeError:
        text = data.decode(name, "replace")
    return _with_losses(text, shown, path, [])


def _utf16_without_mark(data: bytes) -> str | None:
    """Name the UTF-16 form whose high bytes are those of Thai and ASCII, or ``None``.

    Thai letters are U+0Exx and ASCII U+00xx: one of each two bytes is 0E or 00 nearly everywhere.
    """
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 8 or (b"\0" not in sample and sample.count(b"\x0e") * 3 < len(sample)):
        return None
    half = len(sample) // 2
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if (high.count(0) + high.count(0x0E)) > 0.9 * half and len(data) % 2 == 0:
            low = sample[0::2] if name == "utf-16-le" else sample[1::2]
            if low.count(0) < 0.1 * half:
                return name
    return None


def _refuse_binary(data: bytes, path: str) -> None:
    if data.startswith(tuple(_magics())):
        what, hint = next(said for magic, said in _magics().items() if data.startswith(magic))
        raise InputError(path, "decode", f"this is {what}, not text", hint)
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(1, _MOST_CONTROLS * len(sample)) or (
        sample.count(0) > max(8, _MOST_NULS * len(sample))
    ):
        raise InputError(path, "decode", "binary data, not text", "Give .txt or .html files.")


@cache
def _magics() -> dict[bytes, tuple[str, str]]:
    """Return how binary files begin, with what they are and what to do."""
    rows: list[dict[str, Any]] = read_toml("encodings.toml")["binary"]
    return {bytes.fromhex(row["magic"]): (row["what"], row["hint"]) for row in rows}


def _mended(text: str, encoding: str) -> Decoded:
    repaired, count = repair_mojibake(text)
    if not count:
        return Decoded(text, encoding)
    detail = f"{count} stretches of text that had been decoded wrongly before were repaired"
    return Decoded(repaired, encoding, (Notice("mojibake_repaired", detail),))


def _decode_legacy(data: bytes, path: str) -> Decoded:
    """Decode what is not UTF-8 as a whole: windows-874, a mixture, or Western text."""
    name: str = read_toml("encodings.toml")["thai"]["name"]
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        text = ""
    if text and is_thai_prose(text):
        return Decoded(text, name)
    if _mostly_utf8(data):
        return _decode_mixture(data, path)
    return _decode_western(data, path)


def _mostly_utf8(data: bytes) -> bool:
    """Say whether the text is ASCII and UTF-8 in the main, or at least in whole stretches."""
    high = sum(len(run) for run in _HIGH_RUN.findall(data))
    valid = sum(len(run) for run in _UTF8_RUN.findall(data) if len(run) >= 3)
    return valid * 5 >= high


def _decode_mixture(data: bytes, path: str) -> Decoded:
    """Decode each stretch of bytes above ASCII by itself: UTF-8, windows-874, or lost."""
    pieces: list[str] = []
    legacy = 0
    done = 0
    for run in _HIGH_RUN.finditer(data):
        pieces.append(data[done : run.start()].decode("ascii"))
        decoded, others = _decode_stretch(run[0])
        pieces.append(decoded)
        legacy += others
        done = run.end()
    pieces.append(data[done:].decode("ascii"))
    notices = []
    text = "".join(pieces)
    if not (is_thai_prose(text) or len(_ABOVE_ASCII.findall(text)) < len(text) // 2):
        raise InputError(path, "decode", "neither UTF-8 nor Thai windows-874", _HINT + ".")
    if legacy:
        detail = f"UTF-8 with {legacy} stretches of windows-874 text, each decoded by itself"
        notices.append(Notice("mixed_encodings", detail))
    return _with_losses(text, "utf-8", path, notices)


def _decode_stretch(run: bytes) -> tuple[str, int]:
    """Return the text of some bytes above ASCII, and how many pieces of it were windows-874."""
    try:
        return run.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    text = _as_thai(run)
    if text is not None:
        return text, 1
    pieces: list[str] = []
    legacy = 0
    done = 0
    for valid in [*_UTF8_RUN.finditer(run), None]:
        between = run[done : valid.start()] if valid else run[done:]
        if between:
            text = _as_thai(between)
            legacy += text is not None
            pieces.append("\N{REPLACEMENT CHARACTER}" if text is None else text)
        if valid:
            pieces.append(valid[0].decode("utf-8"))
            done = valid.end()
    return "".join(pieces), legacy


def _as_thai(run: bytes) -> str | None:
    """Return the windows-874 reading of ``run`` if it is well-formed Thai of a word's length."""
    try:
        text = run.decode("cp874")
    except UnicodeDecodeError:
        return None
    return text if len(text) >= 4 and is_thai_prose(text) else None


def mended_text(text: str, encoding: str) -> Decoded:
    """Return a text that was decoded elsewhere, mended as by :func:`decode`; losses are noted."""
    mended = _mended(text, encoding)
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    return mended._replace(notices=(*_lost(lost), *mended.notices))


def _lost(count: int) -> tuple[Notice, ...]:
    if not count:
        return ()
    return (Notice("undecodable_bytes", f"{count} places could not be decoded (U+FFFD)"),)


def _with_losses(text: str, encoding: str, path: str, notices: list[Notice]) -> Decoded:
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    cut = text.endswith("\N{REPLACEMENT CHARACTER}")  # a file cut inside its last character
    if lost - cut > _MOST_LOST * len(text):
        raise InputError(
            path,
            "decode",
            f"{lost} of {len(text)} characters are in no known encoding",
            _HINT + ".",
        )
    mended = _mended(text, encoding)
    return Decoded(mended.text, encoding, (*notices, *_lost(lost), *mended.notices))


def _decode_western(data: bytes, path: str) -> Decoded:
    """Decode Latin text with few letters above ASCII as windows-1252, saying that it is a guess."""
    high = sum(len(run) for run in _HIGH_RUN.findall(data))
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    letters = sum(map(str.isalpha, text[:_SAMPLE]))
    if not text or high > 0.1 * len(data) or letters < 0.5 * len(text[:_SAMPLE]):
        raise InputError(
            path, "decode", "neither UTF-8 nor Thai windows-874 nor another known text", _HINT + "."
        )
    repaired, count = repair_mojibake(text)
    detail = "not UTF-8; read as windows-1252, the usual encoding of such Latin text"
    notices = [Notice("encoding_guessed", detail)]
    if count:
        notices.append(Notice("mojibake_repaired", f"{count} stretches of text were repaired"))
    return Decoded(repaired, "windows-1252", tuple(notices))
