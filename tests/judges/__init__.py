"""The judges: tools from outside that say what they hold of a workflow or a Groovy source.

A judge is a module of this package, at one pinned release:

    VERSION          that release
    available()      None, or the reason why it cannot judge on this machine
    install()        puts the release into `.judges/`, or raises `Unavailable` with the reason
    findings(paths)  what it holds against these workflows; many files are one call

`act`, `expressions` and `oracle` run sources instead of judging them and say for themselves how
they are called.
`python -m judges` installs all of them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

WORKFLOW_JUDGES = ("actionlint", "language_service", "schema", "zizmor")
JUDGES = (*WORKFLOW_JUDGES, "act", "expressions", "oracle")


class Unavailable(Exception):
    """A judge cannot be had on this machine; the text is the reason."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What a judge holds against a file; line and column are 1-based, 0 where it names none."""

    path: Path
    line: int
    column: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message} [{self.rule}]"


def required() -> bool:
    """Whether a missing judge is a failure: in CI, or where JENKINS2GHA_JUDGES=required."""
    return os.environ.get("CI") == "true" or os.environ.get("JENKINS2GHA_JUDGES") == "required"
