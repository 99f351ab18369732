"""The machine of a job: its files, and the commands whose work is in its workspace."""

from __future__ import annotations

from dataclasses import dataclass, field

TEMP = "/home/runner/work/_temp"
OUTPUT, ENVIRONMENT, PATHS = "/github/output", "/github/env", "/github/path"
GIVEN = {
    "GITHUB_OUTPUT": OUTPUT,
    "GITHUB_ENV": ENVIRONMENT,
    "GITHUB_PATH": PATHS,
    "GITHUB_STEP_SUMMARY": "/github/summary",
    "CI": "true",
}

LEFT = "\ue00b"
"""What stands for a value that a person's step will give; no text of a pipeline holds it."""


@dataclass(frozen=True, slots=True)
class Container:
    """A container that waits for commands: its variables, and where they run."""

    variables: dict[str, str]
    directory: str


@dataclass(slots=True)
class Machine:
    """`seen` are the numbers of the acts whose files are in the workspace; `packed` are those in an
    archive, by its path; `containers` are those that run."""

    files: dict[str, str] = field(default_factory=dict)
    seen: frozenset[int] = frozenset()
    packed: dict[str, frozenset[int]] = field(default_factory=dict)
    containers: dict[str, Container] = field(default_factory=dict)

    def remove(self, path: str) -> None:
        """Takes away a file, or a folder with all that is in it."""
        for name in [one for one in self.files if one == path or one.startswith(f"{path}/")]:
            del self.files[name]
        for name in [one for one in self.packed if one == path or one.startswith(f"{path}/")]:
            del self.packed[name]

    def inside(self, path: str) -> frozenset[int]:
        """What comes with the archives at a path or below it."""
        found = [
            seen
            for name, seen in self.packed.items()
            if name == path or name.startswith(f"{path.rstrip('/')}/")
        ]
        return frozenset().union(*found)


@dataclass(slots=True)
class Artifact:
    """What was uploaded: the work that is in it, and its archives and files by their names."""

    seen: frozenset[int]
    packed: dict[str, frozenset[int]]
    files: dict[str, str]
