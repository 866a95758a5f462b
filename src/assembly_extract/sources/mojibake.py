"""Text that was once decoded wrongly: found by its telltale letters, repaired where certain.

Three accidents are common with Thai. UTF-8 read as windows-1252 or latin-1 (``à¸‚à¹ˆà¸²à¸§``),
UTF-8 read as windows-874 (``เธเนเธฒเธง``), and windows-874 read as windows-1252 (``¢èÒÇ``).
Each turns a Thai letter into letters that no language strings together so. A stretch is repaired
only if all of it goes back to bytes and those are well-formed UTF-8 (or Thai); everything else
stays as it is.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache

from assembly_extract.sources.thai_bytes import is_thai_prose

_SHORTEST = 3  # Thai letters in a stretch: fewer may be what the author wrote


def repair_mojibake(text: str) -> tuple[str, int]:
    """Return ``text`` with its wrongly decoded stretches repaired, and how many there were.

    >>> repair_mojibake("à¸‚à¹ˆà¸²à¸§")
    ('ข่าว', 1)
    >>> repair_mojibake("café à la carte")
    ('café à la carte', 0)
    """
    count = 0
    if "à¸" in text or "à¹" in text:
        text, count = _repair_utf8(text, "cp1252")
    if "เธ" in text or "เน€" in text:
        text, more = _repair_utf8(text, "cp874")
        count += more
    if _looks_latin_for_thai(text):
        text, more = _repair_thai(text)
        count += more
    return text, count


@cache
def _bytes_of(codec: str) -> dict[str, int]:
    """Return the byte of each character that ``codec`` gives; undefined bytes are C1 controls."""
    table = {}
    for byte in range(0x80, 0x100):
        with suppress(UnicodeDecodeError):
            table[bytes([byte]).decode(codec)] = byte
        table.setdefault(chr(byte), byte)
    return table


@cache
def _stretches(codec: str) -> re.Pattern[str]:
    """Return the pattern of what UTF-8 Thai and punctuation look like in ``codec``."""
    table = _bytes_of(codec)

    def letters(low: int, high: int) -> str:
        return "[" + "".join(re.escape(c) for c, b in table.items() if low <= b <= high) + "]"

    tail = letters(0x80, 0xBF)
    # E0 B8/B9 xx is a Thai letter. Its last byte A0 is a no-break space, which scrapers turn into a
    # plain one; E0 B8 asks for one more byte, so that the space can only be that.
    thai = f"{letters(0xE0, 0xE0)}{letters(0xB8, 0xB9)}(?:{tail}| )"
    other = f"{letters(0xE2, 0xEF)}{tail}{tail}|{letters(0xC2, 0xDF)}{tail}"
    return re.compile(f"(?:{thai}|{other})+")


def _repair_utf8(text: str, codec: str) -> tuple[str, int]:
    """Repair every stretch that is UTF-8 in ``codec``'s clothes, once one of them is certain."""
    pattern = _stretches(codec)
    if not any(_certain(_as_utf8(match[0], codec)) for match in pattern.finditer(text)):
        return text, 0
    count = 0

    def repair(match: re.Match[str]) -> str:
        nonlocal count
        repaired = _as_utf8(match[0], codec)
        if repaired is None:
            return match[0]
        count += 1
        return repaired

    return pattern.sub(repair, text), count


def _as_utf8(stretch: str, codec: str) -> str | None:
    table = _bytes_of(codec)
    data = bytes(0xA0 if character == " " else table[character] for character in stretch)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _certain(repaired: str | None) -> bool:
    thai = "".join(filter(_is_thai, repaired or ""))
    return len(thai) >= _SHORTEST and is_thai_prose(thai)


def _is_thai(character: str) -> bool:
    return "ก" <= character <= "๛"


_LATIN_RUN = re.compile("[¡-Úß-û]{4,}")
_THAI_RUN = re.compile("[ก-๛]{4}")


def _looks_latin_for_thai(text: str) -> bool:
    """Say whether the text has long runs of Latin-1 letters and signs, and no Thai to speak of."""
    sample = text[:20_000]
    if _THAI_RUN.search(sample):
        return False
    runs = sum(map(len, _LATIN_RUN.findall(sample)))
    return runs >= 8 and runs > 0.2 * len(sample.strip())


def _repair_thai(text: str) -> tuple[str, int]:
    table = _bytes_of("cp1252")
    stretch = re.compile(f"[{''.join(map(re.escape, table))}]+")
    try:
        repaired = stretch.sub(
            lambda match: bytes(table[c] for c in match[0]).decode("cp874"), text
        )
    except UnicodeDecodeError:
        return text, 0
    if not is_thai_prose(repaired):
        return text, 0
    return repaired, len(stretch.findall(text))
