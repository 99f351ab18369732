"""`String.format`: the conversions that pipelines use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jenkins2gha.simulate.jenkins.errors import Unknown
from jenkins2gha.simulate.jenkins.groovy.values import Value, integer, to_text

_CONVERSION: Final = re.compile(r"%([-0]?)(\d*)([%nsdxX])|%")


def formatted(text: str, values: Sequence[Value]) -> str:
    """A text with `%s`, `%d`, `%05d`, `%x`, `%n` and `%%` filled in."""
    if len(values) == 1 and isinstance(values[0], list):
        values = values[0]
    waiting = iter(values)

    def put(found: re.Match[str]) -> str:
        flag, width, kind = found.groups()
        if kind is None:
            raise Unknown(f"the format {text!r}")
        if kind in "%n":
            return "%" if kind == "%" else "\n"
        value = next(waiting)
        shown = to_text(value) if kind == "s" else format(integer(value), kind)
        size = int(width or 0)
        if flag == "-":
            return shown.ljust(size)
        return shown.zfill(size) if flag == "0" else shown.rjust(size)

    return _CONVERSION.sub(put, text)
