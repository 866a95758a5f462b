"""A stream of records that can be read on after damage: the next member, the next opening line."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO

from assembly_extract.sources.kinds import full_suffix

if TYPE_CHECKING:
    from collections.abc import Callable

_BLOCK = 1 << 16
_MOST_LINE = 1 << 16
_MAGIC = b"\x1f\x8b\x08"
_PROBE = 1 << 10
"""Packed bytes that are enough to see how a member begins."""


class Damage(Exception):  # noqa: N818 - it is no error of ours, and ends nothing
    """Bytes that cannot be read; reading goes on behind them."""


class RecordStream:
    """Bytes, lines, and the way to the next record.

    A file compressed with gzip may have a member for each record: where one is damaged, reading it
    raises :class:`Damage` once, and goes on with the next. ``opening`` is how a record's first line
    begins. ``passed`` holds what was wrong with records of which nothing could be read.
    """

    def __init__(self, stream: BinaryIO, name: str, opening: bytes) -> None:
        self.passed: list[str] = []
        self._opening = opening
        self._buffer = b""
        packed = full_suffix(name)[1] == ".gz"
        self._more: Callable[[], bytes] = (
            _Members(stream, opening).read if packed else lambda: stream.read(_BLOCK)
        )

    def read(self, size: int) -> bytes:
        """Return ``size`` bytes, fewer at the end of the file."""
        pieces = []
        while size > 0 and (self._buffer or self._fill()):
            piece = self._buffer[:size]
            self._buffer = self._buffer[size:]
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def skip(self, size: int) -> bool:
        """Pass over ``size`` bytes; return whether there were as many."""
        while size > 0:
            piece = self.read(min(size, _BLOCK))
            if not piece:
                return False
            size -= len(piece)
        return True

    def readline(self) -> bytes:
        """Return a line with its end, a piece of one that is too long, or ``b""`` at the end."""
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) >= _MOST_LINE or not self._fill():
                end = min(len(self._buffer), _MOST_LINE) - 1
                break
        line = self._buffer[: end + 1]
        self._buffer = self._buffer[end + 1 :]
        return line

    def unread(self, data: bytes) -> None:
        """Put bytes back in front."""
        self._buffer = data + self._buffer

    def opening(self) -> bytes:
        """Return the next line that is not empty, ``b""`` at the end, noting damage on the way."""
        while True:
            try:
                line = self.readline()
            except Damage as error:
                self.passed.append(str(error))
                continue
            if not line or line.strip():
                return line

    def next_record(self) -> bytes:
        """Return the next line that opens a record, ``b""`` if there is none."""
        while line := self.opening():
            if line.startswith(self._opening):
                return line
        return b""

    def _fill(self) -> bool:
        piece = self._more()
        self._buffer += piece
        return bool(piece)


class _Members:
    """What is in the members of a gzip stream; a damaged one is passed over."""

    def __init__(self, stream: BinaryIO, opening: bytes) -> None:
        self._stream = stream
        self._opening = opening
        self._packed = b""
        self._member: zlib._Decompress | None = None

    def read(self) -> bytes:
        """Return some bytes, ``b""`` at the end.

        Raises
        ------
        Damage
            A member cannot be unpacked; the next call goes on behind it.

        """
        while True:
            if not self._packed:
                self._packed = self._stream.read(_BLOCK)
                if not self._packed:
                    if self._member is not None:
                        self._member = None
                        raise Damage("the file ends inside it")
                    return b""
            if self._member is None:
                self._packed = self._packed.lstrip(b"\0")  # padding between members
                if not self._packed:
                    continue
                self._member = zlib.decompressobj(31)
            try:
                piece = self._member.decompress(self._packed, _BLOCK)
            except zlib.error as error:
                self._member = None
                self._seek_member()
                raise Damage(str(error)) from error
            if self._member.eof:
                self._packed = self._member.unused_data
                self._member = None
            else:
                self._packed = self._member.unconsumed_tail
            if piece:
                return piece

    def _seek_member(self) -> None:
        """Drop packed bytes up to the next member that begins with a record."""
        at = 1
        while True:
            at = self._packed.find(_MAGIC, at)
            if at < 0 or len(self._packed) - at < _PROBE:
                more = self._stream.read(_BLOCK)
                if more:
                    keep = len(self._packed) - len(_MAGIC) + 1 if at < 0 else at
                    self._packed = self._packed[max(0, keep) :] + more
                    at = 0
                    continue
                if at < 0:
                    self._packed = b""
                    return
            if self._begins_record(at):
                self._packed = self._packed[at:]
                return
            at += 1

    def _begins_record(self, at: int) -> bool:
        try:
            start = zlib.decompressobj(31).decompress(
                self._packed[at : at + _PROBE], len(self._opening)
            )
        except zlib.error:
            return False
        return start == self._opening
