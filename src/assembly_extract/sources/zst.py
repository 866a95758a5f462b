"""Zstandard streams: read in bounded steps, across frames, and with an error where they are cut.

The library's own reader has no ``readline`` and takes a file that was cut short for a whole one.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from assembly_extract.errors import InputError

if TYPE_CHECKING:
    from types import ModuleType

_STEP = 512
"""Bytes that are unpacked at a time: a block of four bytes may stand for 128 KB."""


def open_zst(stream: BinaryIO) -> BinaryIO:
    """Open a zstd stream for reading what is in it.

    Raises
    ------
    InputError
        The library that reads zstd is not installed.

    """
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputError(
            "", "read", "reading zstd needs a library", "pip install 'assembly-extract[zst]'"
        ) from None
    return cast("BinaryIO", io.BufferedReader(_Frames(stream, zstandard), 1 << 16))


class _Frames(io.RawIOBase):
    """What is in the frames of a stream, one after the other."""

    def __init__(self, stream: BinaryIO, library: ModuleType) -> None:
        self._stream = stream
        self._library = library
        self._packed = b""
        self._ready = memoryview(b"")
        self._frame: Any = None

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - the base class's own type
        """Fill ``buffer``; return how many bytes it took, 0 at the end.

        Raises
        ------
        EOFError
            The stream ends inside a frame.
        OSError
            It is no zstd, or damaged.

        """
        while not self._ready and self._unpack():
            pass
        piece = self._ready[: len(buffer)]
        buffer[: len(piece)] = piece
        self._ready = self._ready[len(piece) :]
        return len(piece)

    def _unpack(self) -> bool:
        """Unpack a step of the stream; return whether there was any."""
        step = self._packed[:_STEP] or self._stream.read(_STEP)
        self._packed = self._packed[_STEP:]
        if not step:
            if self._frame is not None:
                raise EOFError("the file ends inside a zstd frame")
            return False
        if self._frame is None:
            self._frame = self._library.ZstdDecompressor().decompressobj()
        try:
            self._ready = memoryview(self._frame.decompress(step))
        except self._library.ZstdError as error:
            raise OSError(str(error)) from error
        if self._frame.eof:
            self._packed = self._frame.unused_data + self._packed
            self._frame = None
        return True
