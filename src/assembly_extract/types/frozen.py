"""The decorator of the values that flow between the stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

Value = TypeVar("Value")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[Value]) -> type[Value]:
    """Make a slotted, hashable dataclass of a class; the type checker holds it frozen.

    Nothing holds it frozen at run time: to make an object whose fields cannot be set costs four
    times as much, and an article is some two hundred of them.
    """
    made: Any = dataclass(slots=True, unsafe_hash=True)
    frozen_class: type[Value] = made(cls)
    return frozen_class
