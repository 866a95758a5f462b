"""Exceptions that name the file, what was expected, and the next step to take."""

OUR_FAULT = "This is a fault of assembly-extract: please report it, with the file if you may"
"""What to do where an input makes our own code raise something else than these."""


class AssemblyExtractError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(AssemblyExtractError):
    """One input could not become a record.

    Parameters
    ----------
    path
        The input, as the user knows it.
    stage
        Where it failed: ``read``, ``decode``, ``parse``, ``clean``, ``recognise``, ``record``.
    reason
        What was found, and where (byte, row) if known.
    hint
        The next step for the user.

    """

    def __init__(self, path: str, stage: str, reason: str, hint: str) -> None:
        super().__init__(f"{path}: {reason}. {hint}")
        self.path = path
        self.stage = stage
        self.reason = reason
        self.hint = hint


class DataFileError(AssemblyExtractError):
    """A data file (ours or the user's) is malformed; the message names file, row and rule."""


class ClusterError(AssemblyExtractError):
    """The cluster that a run works on is gone, or cannot do it; the message says what to do."""


class ConfigError(AssemblyExtractError):
    """An option has a value that cannot be used; the message says which values can."""
