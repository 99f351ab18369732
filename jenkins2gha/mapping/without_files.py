"""Scripts that make no file of the workspace and look at none."""

from __future__ import annotations

from jenkins2gha.actions.workflow import Step
from jenkins2gha.regex import regex
from jenkins2gha.shell.words import Command, commands

_PROGRAMS = frozenset("echo printf pwd true : date uname whoami hostname export".split())
_DOWNLOADED = "tool-downloaded"
"""The rule of scripts that put a tool into the temporary folder of the runner."""
_OF_THE_RUN = regex(r">>?\s*\"?\$\{?GITHUB_(?:ENV|OUTPUT|PATH|STEP_SUMMARY)\}?\"?")


def makes_no_files(step: Step) -> bool:
    """Whether a script only says something, or tells it to the steps behind it.

    >>> makes_no_files(Step(run='echo CHANNEL=beta >> "$GITHUB_ENV"', script_kind="sh"))
    True
    """
    if step.origin and step.origin.rule == _DOWNLOADED:
        return True
    # A step of our own is for the shell of the machine, as long as it asks for no other.
    of_shell = step.script_kind == "sh" or (step.script_kind == "other" and step.shell is None)
    if not isinstance(step.run, str) or step.placeholder or not of_shell:
        return False
    return not step.inner and all(map(_only_says, commands(step.run)))


def _only_says(command: Command) -> bool:
    told = all(_OF_THE_RUN.fullmatch(word.text) for word in command.redirections)
    return told and (not command.words or command.name in _PROGRAMS)
