"""What the process tells its caller."""

from __future__ import annotations

from collections.abc import Iterable

CONVERTED = 0
MANUAL = 1
USAGE = 2
INVALID = 3
SERVER = 4
BUG = 70

_SEVEREST_FIRST = (BUG, USAGE, SERVER, INVALID, MANUAL, CONVERTED)


def together(codes: Iterable[int]) -> int:
    """The exit code of a call over several files: 70, else 2, else the highest of 4, 3, 1, 0."""
    given = set(codes)
    return next((code for code in _SEVEREST_FIRST if code in given), CONVERTED)
