"""Numpy with one thread for its matrix products."""

from __future__ import annotations

import os
import sys

_VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def load_numpy() -> None:
    """Import numpy so that a matrix product runs in one thread, unless the user set otherwise.

    An article's matrices are too small to share out: two threads take three times the CPU time of
    one, and longer, where other work shares the processor. The libraries read the variables as they
    load, so this does nothing once numpy is there; the environment is left as it was.
    """
    if "numpy" in sys.modules:
        return
    unset = [name for name in _VARIABLES if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, "1"))
    try:
        import numpy as np  # noqa: F401, PLC0415 - loaded here for the sake of when
    finally:
        for name in unset:
            del os.environ[name]
