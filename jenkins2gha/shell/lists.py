"""Which commands of a script end it with an error where they fail, and which do not."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.regex import regex
from jenkins2gha.shell.words import Command, commands

_LENIENT = regex(r"\bset\s+\+\w*e|\bset\s+\+o\s+errexit")
_STRICT = regex(r"^#![^\n]*\s-\w*e|\bset\s+-\w*e|\bset\s+-o\s+errexit")
_GUARDS = frozenset("[ [[ test grep egrep fgrep".split())
_IN_LISTS = ("&&", "||", "|")


def fatal_commands(script: str) -> Iterator[Command]:
    """The commands outside brackets and compound commands whose failure fails the script, as the
    shell of the step `sh` runs it; also where a test in front of a command may fail in its place.

    >>> text = "docker stop a || true; docker ps | grep b && docker stop b"
    >>> [one.literals for one in fatal_commands(text) if one.name == "docker"]
    [('docker', 'stop', 'b')]
    """
    strict = not script.startswith("#!") or _STRICT.search(script) is not None
    lists = list(_lists(script))
    for number, one in enumerate(lists):
        last = number == len(lists) - 1
        ends = strict and not _LENIENT.search(script, 0, one[0].start)
        for place, command in enumerate(one):
            before, behind = one[:place], one[place:]
            if command.depth or any(other.after == "||" for other in (*before, *behind)):
                continue
            if command.after in ("|", "&") or script[: command.start].rstrip().endswith("!"):
                continue
            guarded = any(other.name in _GUARDS for other in before)
            if last or (ends and not guarded and command.after != "&&"):
                yield command


def _lists(script: str) -> Iterator[list[Command]]:
    """The commands by and-or lists: what `&&`, `||` and `|` join; those within a compound command
    or brackets stand alone, those within a word of another are left out."""
    found: list[Command] = []
    end = 0
    for command in commands(script):
        if command.depth and command.start < end:
            continue
        end = command.end
        found.append(command)
        if command.depth or command.after not in _IN_LISTS:
            yield found
            found = []
    if found:
        yield found
