"""Commands whose options of text are taken as they are written."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup


class _Quick:
    """Typer's commands without pydantic, where there is nothing to convert.

    Newer versions of typer let pydantic convert every option, given or not; to load that takes as
    long as to read ten articles. For older ones nothing changes.
    """

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own, as the others here
        """Return the parameters, ready to be read."""
        parameters = super().get_params(ctx)  # type: ignore[misc]  # the commands have it
        for parameter in parameters:
            if getattr(parameter, "_runtime_param", ...) is None:
                parameter._runtime_param = _AsWritten()  # noqa: SLF001 - there is no public way
        return parameters


class _AsWritten:
    """Stands in for typer's conversion, and calls for it where that is less than plain."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401
        """Return what the command is called with for ``value``."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        wanted = param.type_descriptor
        if wanted.annotation in {str, list[str]}:
            return value
        if wanted.annotation is int and value.isdecimal():
            least = wanted.parameter_info.min
            if least is None or int(value) >= least:
                return int(value)
        param._runtime_param = None  # noqa: SLF001 - typer makes its own when it finds none
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


class Command(_Quick, TyperCommand):
    """One command."""


class Group(_Quick, TyperGroup):
    """The command line as a whole."""
