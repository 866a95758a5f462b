"""Policy themes: what a mention says, and the entity that linking makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assembly_extract.types.mention import Mention


@dataclass(frozen=True, slots=True)
class ThemeValue:
    """A telling term of a theme (``theme`` is its id), or an issue that the article declares.

    ``weight`` (0..1) says how telling. A declared issue has ``declared`` and, in ``extra``, what
    its words say about its form: ``form`` (issue, policy, project, law, plan, resolution ...),
    ``ordinal``, ``level``, ``edition``.
    """

    theme: str | None
    declared: bool = False
    weight: float = 1.0
    extra: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A theme's name in Thai and in English."""

    th: str
    en: str | None


@dataclass(frozen=True, slots=True)
class ThemeEntity:
    """One theme of the article; the fields are those of the record's ``Theme``."""

    id: str
    label: Label
    cap: int | None
    sdg: tuple[int, ...]
    score: float
    primary: bool
    declared: bool
    evidence: tuple[Mention, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
