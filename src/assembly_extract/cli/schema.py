"""``assembly-extract schema``: what a record may hold."""

from __future__ import annotations

import json

import typer


def schema() -> None:
    """Print the JSON Schema (draft 2020-12) that every record is valid under."""
    from assembly_extract.models import record_schema  # noqa: PLC0415 - pydantic is slow to load

    typer.echo(json.dumps(record_schema(), ensure_ascii=False, indent=2))
