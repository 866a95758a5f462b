"""Archives and compressed files: members one after the other, nothing unpacked to the disk.

A member's name is never used as a path. Order: a zip's members by name, a tar's as they come.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from assembly_extract.errors import InputError
from assembly_extract.sources.anchors import day_of_time
from assembly_extract.sources.kinds import full_suffix
from assembly_extract.sources.zst import open_zst
from assembly_extract.thai_calendar import is_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_MEMBERS = 500_000
"""A zip's table of contents and the names of a tar's members are held in memory: a zip with more is
refused, of a tar the rest is not read."""


class Member(NamedTuple):
    """A file in an archive. ``fault`` says why it is not to be read; ``open`` reads it.

    ``alone`` says whether damage to it is its own affair, or the end of what can be read.
    ``modified`` is the day of its last change (``YYYY-MM-DD``), if the archive has it.
    """

    name: str
    size: int
    fault: str
    open: Callable[[], BinaryIO]
    modified: str | None
    alone: bool


@contextmanager
def decompressed(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Open a stream for reading what is in it: ``name`` says how it is compressed, if it is."""
    compression = full_suffix(name)[1]
    if compression:
        with closing(_OPENERS[compression](stream)) as unpacked:
            yield unpacked
    else:
        yield stream


def members(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the files of an archive that are not hidden.

    Raises
    ------
    InputError
        The archive has more members than may be held, or needs a library that is not installed.
    OSError, zipfile.BadZipFile, tarfile.TarError, UnicodeDecodeError, ...
        It is damaged, encrypted, or of an unknown kind.

    """
    if name.lower().endswith(".zip"):
        yield from _zip_members(stream, name)
    else:
        with decompressed(stream, name) as unpacked:
            yield from _tar_members(unpacked, name)


def _zip_members(stream: BinaryIO, name: str) -> Iterator[Member]:
    listed = _listed_members(stream)
    if listed > MOST_MEMBERS:
        raise InputError(
            name,
            "read",
            f"the archive lists {listed} members, more than the {MOST_MEMBERS} that are read",
            "Unpack it, and give the folder",
        )
    with zipfile.ZipFile(stream) as archive:
        named = [(_zip_name(info), info) for info in archive.infolist() if not info.is_dir()]
        for member, info in sorted(named, key=lambda pair: pair[0]):
            if not _is_hidden(member):
                fault = _name_fault(member) or ("encrypted" if info.flag_bits & 1 else "")
                opener = cast("Callable[[], BinaryIO]", partial(archive.open, info))
                yield Member(member, info.file_size, fault, opener, _zip_day(info), alone=True)


def _listed_members(stream: BinaryIO) -> int:
    """Return how many members a zip says it has, without loading the list of them."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557 - 76))  # the end records and the longest comment
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    count = int.from_bytes(tail[at + 10 : at + 12], "little") if at >= 0 else 0
    long_form = tail.rfind(b"PK\x06\x06")
    if count == 0xFFFF and long_form >= 0:
        count = int.from_bytes(tail[long_form + 32 : long_form + 40], "little")
    return count


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; Windows writes Thai ones in its own encoding, without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp874"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _zip_day(info: zipfile.ZipInfo) -> str | None:
    """Return a member's day as its clock showed it; zips name no zone, and 1980 where unset."""
    year, month, day = info.date_time[:3]
    return f"{year}-{month:02}-{day:02}" if year > 1980 and is_day(year, month, day) else None


def _tar_members(stream: BinaryIO, archive_name: str) -> Iterator[Member]:
    with tarfile.open(fileobj=stream, mode="r|", errors="backslashreplace") as archive:
        for number, info in enumerate(archive):
            if number == MOST_MEMBERS:
                raise InputError(
                    archive_name,
                    "read",
                    f"the archive has more than {MOST_MEMBERS} members: the others are not read",
                    "Unpack it, and give the folder",
                )
            archive.members = []  # type: ignore[attr-defined]  # a stream is never gone back in; the list would only grow
            name = info.name.removeprefix("./")
            if info.isfile() and not _is_hidden(name):
                opener = cast("Callable[[], BinaryIO]", partial(archive.extractfile, info))
                yield Member(
                    name, info.size, _name_fault(name), opener, day_of_time(info.mtime), alone=False
                )


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts)
    return hidden or parts[0] == "__MACOSX"


def _name_fault(name: str) -> str:
    outside = name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")
    return "its name leads out of the archive" if outside else ""


def _open_gz(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream))


_OPENERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    ".gz": _open_gz,
    ".bz2": cast("Callable[[BinaryIO], BinaryIO]", bz2.BZ2File),
    ".xz": cast("Callable[[BinaryIO], BinaryIO]", lzma.LZMAFile),
    ".zst": open_zst,
}
