"""Ctrl-C during a run: noted, so that a run hears of it wherever it comes."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def noted_interrupts(*, raising: bool) -> Iterator[threading.Event]:
    """Yield what Ctrl-C sets; with ``raising`` it raises ``KeyboardInterrupt`` as well.

    Where Python closes a generator or frees an object, an exception ends unseen and the run would
    go on: the run looks at the event beside. Without ``raising`` the first Ctrl-C is a note only, a
    second one acts at once. Outside the main thread, which gets no signals, nothing is ever set.
    """
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return

    def note(number: int, frame: FrameType | None) -> None:
        again = interrupted.is_set()
        interrupted.set()
        if raising or again:
            signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)
