"""What a process does with memory that it no longer needs."""

from __future__ import annotations

import sys


def give_back_memory() -> None:
    """Return to the system what was freed in between what is in use, where the C library can.

    It takes about a millisecond. Worth it after a load that needed much for a moment (a dictionary:
    12 MB), before a fork and between a worker's tasks.
    """
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - not loaded where it is of no use

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
        if trim is not None:
            trim(0)
