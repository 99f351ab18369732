"""Takes commands out of scripts, and writes build wrappers for the other system."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.actions.workflow import Step
from jenkins2gha.passes.calls import Call
from jenkins2gha.record import replace
from jenkins2gha.regex import regex
from jenkins2gha.shell.words import Command

Edit = tuple[int, int, str]

_TO_WINDOWS = {"mvnw": "mvnw.cmd", "gradlew": "gradlew.bat"}
_TO_UNIX = {windows: unix for unix, windows in _TO_WINDOWS.items()}
_ON_PATH = {
    "mvn.cmd": "mvn",
    "gradle.bat": "gradle",
    "ant.bat": "ant",
    "sbt.bat": "sbt",
    "npm.cmd": "npm",
    "npx.cmd": "npx",
    "yarn.cmd": "yarn",
    "pnpm.cmd": "pnpm",
}
_CMD = "cmd"
_PLAIN = regex(r"[\w./:=,@+-]+\Z")
_LISTS = ("&&", "||", ";")


def edited(script: str, edits: Sequence[Edit]) -> str:
    """The script with each range replaced; ranges must not overlap."""
    for start, end, text in sorted(edits, reverse=True):
        script = script[:start] + text + script[end:]
    return script


def without(script: str, command: Command, commands: Sequence[Command]) -> Edit | None:
    """The edit that takes a command out with its operator; None where that is not plain.

    A command in a compound command, a substitution or a pipe stays.
    """
    if command.depth or "|" in (command.after, _before(command, commands)):
        return None
    start, end = command.start, command.end
    row = [each for each in commands if not each.depth]
    at = row.index(command)
    if command.after in _LISTS and at + 1 < len(row):
        following = row[at + 1].start
        if _joins(script[end:following], command.after):
            return start, following, ""
    if (
        at
        and row[at - 1].after in _LISTS
        and _joins(script[row[at - 1].end : start], row[at - 1].after)
    ):
        return row[at - 1].end, end, ""
    return _whole_lines(script, start, end)


def _before(command: Command, commands: Sequence[Command]) -> str:
    earlier = [each for each in commands if each.end <= command.start]
    return max(earlier, key=lambda each: each.end).after if earlier else ""


def _joins(gap: str, operator: str) -> bool:
    """Whether nothing but the operator and blanks stand between two commands of one line."""
    return re.fullmatch(rf"(?:[ \t]|\\\n)*{re.escape(operator)}(?:[ \t]|\\\n)*", gap) is not None


def _whole_lines(script: str, start: int, end: int) -> Edit | None:
    first = script.rfind("\n", 0, start) + 1
    last = script.find("\n", end)
    last = len(script) if last < 0 else last + 1
    around = script[first:start] + script[end:last]
    if around.strip(" \t\r\n;"):
        return None
    return first, last, ""


def unix_edits(calls: Sequence[Call]) -> list[Edit]:
    """`mvnw.cmd` → `./mvnw` in a script of a POSIX shell."""
    return [(*call.head, name) for call in calls if call.windows and (name := unix_name(call))]


def unix_name(call: Call) -> str | None:
    """What a Windows wrapper is called on Unix: `mvnw.cmd` → `./mvnw`, `mvn.cmd` → `mvn`."""
    folder, _, name = call.program.rpartition("/")
    wrapper = _TO_UNIX.get(name.lower())
    if wrapper:
        return f"{folder or '.'}/{wrapper}"
    return _ON_PATH.get(name.lower()) if not folder else None


def unix_step(step: Step, calls: Sequence[Call]) -> Step | None:
    """A batch or PowerShell step that only calls wrappers, as a step of the runner's shell."""
    lines = []
    for call in (call for call in calls if not is_setting(call)):
        name = unix_name(call)
        if name is None or not _is_plain(call):
            return None
        lines.append(" ".join((name, *call.arguments)))
    if not lines:
        return None
    return replace(step, run="\n".join(lines), shell=None, script_kind="sh")


def windows_step(step: Step, calls: Sequence[Call]) -> Step | None:
    """A shell step that does nothing but call a wrapper, as a step of cmd."""
    if step.script_kind != "sh" or len(calls) != 1:
        return None
    name = _windows_name(calls[0])
    if name is None or not _is_plain(calls[0]):
        return None
    run = " ".join((name.replace("/", "\\"), *calls[0].arguments))
    return replace(step, run=run, shell=_CMD, script_kind="bat")


def windows_edits(calls: Sequence[Call], kind: str) -> list[Edit]:
    """`./mvnw` → `./mvnw.cmd` in bash and PowerShell, `mvnw.cmd` (called) in cmd."""
    edits = []
    for number, call in enumerate(calls, start=1):
        name = _windows_name(call)
        if name is None:
            continue
        if kind == "bat":
            call_word = "call " if number < len(calls) else ""
            new = call_word + name.replace("/", "\\")
            changes = not call.program.lower().endswith((".cmd", ".bat"))
        else:
            new = name if "/" in name else f"./{name}"
            changes = new.lower() != call.program.lower()
        if changes:
            edits.append((*call.head, new))
    return edits


def _windows_name(call: Call) -> str | None:
    folder, _, name = call.stem.rpartition("/")
    wrapper = _TO_WINDOWS.get(name)
    return f"{folder}/{wrapper}" if wrapper and folder else wrapper


def _is_plain(call: Call) -> bool:
    command = call.command
    words = command.words[-len(call.arguments) :] if call.arguments else ()
    simple = not (command.redirections or command.assignments or command.depth)
    lists = command.after in ("", "\n", "\r\n")
    return simple and lists and all(_PLAIN.match(word.text) for word in words)


def is_setting(call: Call) -> bool:
    """A PowerShell assignment, such as the one in front of every script, or `@echo off`."""
    return call.arguments[:1] == ("=",) or call.key == ("echo", ("off",))
