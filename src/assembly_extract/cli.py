"""The command line: arguments, printing, exit codes; no logic."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command."""
    from assembly_extract.pipeline import Extractor  # noqa: PLC0415

    for record in Extractor().records(sys.argv[2:]):
        print(record.to_json(), flush=True)  # noqa: T201
