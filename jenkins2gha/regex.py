"""Regular expressions of a module that are compiled when they are first needed."""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Stands for a pattern; its methods are those of the compiled one, bound at the first use."""

    def __init__(self, text: str, flags: int) -> None:
        self._source = text, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._source)
        for one in _METHODS:
            setattr(self, one, getattr(compiled, one))
        return getattr(compiled, name)


_METHODS = "search match fullmatch split findall finditer sub subn".split()


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    r"""`re.compile` for the level of a module: most conversions need few of its patterns.

    >>> regex(r"\d+").findall("3 jobs, 12 steps")
    ['3', '12']
    """
    return cast("re.Pattern[str]", _Pattern(text, flags))
