"""What a step that is no script is told: its arguments, with the values that are in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from jenkins2gha.simulate.actions.shells import posix
from jenkins2gha.simulate.compare.acts import Act
from jenkins2gha.simulate.compare.files import place_of
from jenkins2gha.simulate.compare.texts import canonical, filled, plain
from jenkins2gha.simulate.trace import Command

_PATHS = {
    "archiveArtifacts": ("artifacts", "path"),
    "archive": ("includes", "path"),
    "junit": ("testResults", "report_paths"),
}
"""Steps whose argument is a list of paths, and the input of the action that takes them."""

_WORDS = {
    "error": ("message",),
    "unstable": ("message",),
    "git": ("url", "branch"),
    "touch": ("file",),
    "stash": ("name",),
    "unstash": ("name",),
    "build": ("job",),
    "mail": ("to", "cc", "bcc", "subject", "body"),
    "emailext": ("to", "subject", "body"),
    "slackSend": ("message", "channel"),
}
"""Arguments whose words stand in the script or in the inputs of the step on GitHub."""

_EXPANDING = frozenset(("git", "emailext"))
"""Steps that put the values of `$NAME` into their arguments by themselves; in a pipeline
`archiveArtifacts` does not."""

_NAMES = re.compile(r"\$\{?(\w+)\}?")
_REPOSITORY = re.compile(r"^(?:\w+://|git@)[^\s:/]+(?::\d+)?[:/](\S+?)(?:\.git)?/?$")


def _value(variables: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda found: variables.get(found[1], found[0])


def told_otherwise(command: Command, act: Act) -> Iterator[tuple[str, str]]:
    """What an argument is on Jenkins, and what stands in its place on GitHub."""
    if command.result != "success":
        return
    given = dict(command.inputs)
    if command.text in _EXPANDING:
        variables = dict(command.environment)
        given = {name: _NAMES.sub(_value(variables), text) for name, text in given.items()}
    argument, name = _PATHS.get(command.text, ("", ""))
    inputs = dict(act.command.inputs)
    if argument in given and name in inputs:
        wanted = {place_of(one, command.directory) for one in _patterns(given[argument])}
        found = {place_of(one) for one in inputs[name].splitlines() if one[:1] != "!"}
        if wanted != found:
            yield " ".join(sorted(wanted)), " ".join(sorted(found))
    said = _said(act)
    for argument in _WORDS.get(command.text, ()) if said else ():
        text = _REPOSITORY.sub(r"\1", given.get(argument, ""))
        words = plain(canonical(text) or "").split()
        if command.text in _EXPANDING:
            # What Jenkins' settings hold under a name that is left, nobody knows.
            words = [word for word in words if not _NAMES.search(word)]
        if not all(word in said for word in words):
            yield " ".join(words), said


def _patterns(text: str) -> Iterator[str]:
    """The patterns of Ant in a text; a folder stands for all that is in it."""
    for one in re.split(r"[,\s]+", text.strip()):
        yield f"{one}**" if one.endswith("/") else one


def _said(act: Act) -> str:
    """All that a step on GitHub is told; '' where its script is not read."""
    if act.command.kind == "run" and not posix(act.command.shell):
        return ""
    inputs = " ".join(value for _, value in act.command.inputs)
    script = filled(act.text, act.environment) if act.command.kind == "run" else ""
    return plain(canonical(f"{inputs} {script} {act.said}".replace("\\n", "\n")) or "")
