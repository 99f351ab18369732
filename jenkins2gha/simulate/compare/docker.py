"""Calls of `docker run` and `docker exec`, read into what they pass on.

Source: docs.docker.com, reference of `docker container run` and `docker container exec`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jenkins2gha.simulate.shell import Shell

_ALONE = frozenset(
    "-d --detach -i --interactive -t --tty -it -ti -dt -td --rm --init --privileged -P -q --quiet "
    "--read-only --no-healthcheck --publish-all -dit -itd".split()
)


_DETACHED = frozenset(("-d", "--detach", "-dt", "-td", "-dit", "-itd"))


@dataclass(frozen=True, slots=True)
class Call:
    """`target` is the image or the container, `options` the words before it in pairs."""

    options: tuple[tuple[str, str], ...]
    target: str
    command: tuple[str, ...]

    @property
    def detached(self) -> bool:
        return any(
            name in ("-d", "--detach", "-dt", "-td", "-dit", "-itd") for name, _ in self.options
        )

    @property
    def name(self) -> str:
        return next((value for name, value in self.options if name == "--name"), "")

    def passed(self, shell: Shell) -> tuple[dict[str, str], str | None]:
        """The variables that are passed, and the directory, None where there is none."""
        environment = shell.environment()
        found: dict[str, str] = {}
        directory = None
        for name, value in self.options:
            if name in ("-e", "--env"):
                variable, given, text = value.partition("=")
                if given or variable in environment:
                    found[variable] = text if given else environment[variable]
            elif name in ("-w", "--workdir"):
                directory = _inside(value, shell)
        return found, directory


def read_call(words: Sequence[str]) -> Call | None:
    """The call that some words are; None for other commands of docker."""
    if words[1:2] not in (["run"], ["exec"]):
        return None
    options: list[tuple[str, str]] = []
    place = 2
    while place < len(words) and words[place].startswith("-"):
        name, equals, value = words[place].partition("=")
        if name in _ALONE or (equals and name.startswith("--")):
            options.append((name, value))
            place += 1
        else:
            options.append((name, words[place + 1] if place + 1 < len(words) else ""))
            place += 2
    if place >= len(words):
        return None
    return Call(tuple(options), words[place], tuple(words[place + 1 :]))


def _inside(path: str, shell: Shell) -> str:
    """A path of a container, in which the workspace is where it is outside."""
    workspace = shell.get("GITHUB_WORKSPACE") or "$GITHUB_WORKSPACE"
    for start in (workspace, "$GITHUB_WORKSPACE", "$PWD", "/__w/repo/repo", "/workspace"):
        if path == start or path.startswith(f"{start}/"):
            return path[len(start) :].strip("/")
    return path
