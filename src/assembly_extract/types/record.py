"""The published record as plain values: dicts, lists, strings, numbers, in the schema's order."""

from __future__ import annotations

from typing import Any

SCHEMA = "assembly-extract/1"

Plain = dict[str, Any]
"""A record, or a part of one. ``models.py`` says which keys it has and what they hold."""
