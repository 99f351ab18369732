"""Takes the common indentation off the lines of a script that mean the same without it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from textwrap import dedent

from jenkins2gha.regex import regex
from jenkins2gha.shell.quotes import QuoteState, quote_states

_FREE = {QuoteState.BARE, QuoteState.COMMENT}
_HEREDOCS = {QuoteState.HEREDOC, QuoteState.QUOTED_HEREDOC}
_HEREDOC = regex(r"<<-?[ \t]*[\\'\"]?([\w.-]+)")
_GOES_ON = regex(r"(?:\\|\||&&)[ \t]*\Z")
_FAR = 8
"""Indentation of an argument that is still seen as such."""


def dedented(script: str, *, shell: bool = True) -> str:
    r"""The script without leading blank lines, trailing blanks and, where safe, indentation.

    A line that starts in a string or a heredoc, or in a word of the line before, stays as it is; so
    does every line with one that is no shell script. A first line that stands right behind the
    quotes says nothing about the others.

    >>> dedented("\n    make\n    make install\n  ")
    'make\nmake install'
    >>> dedented("make\n      make install")
    'make\nmake install'
    >>> dedented("\n  cat <<EOF\n  a\nEOF\n")
    'cat <<EOF\n  a\nEOF'
    """
    lines = script.replace("\r\n", "\n").split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    if lines and not lines[-1].strip() and _ends_free(lines):
        while lines and not lines[-1].strip():
            lines.pop()
    if lines and lines[-1].endswith("\\"):
        lines.append("")
    text = "\n".join(lines)
    if not lines or not any(map(_indentation, lines)):
        return text
    free = _free(lines)
    if not shell:
        return dedent(text) if all(free) else text
    return "\n".join(_shifted(lines, free))


def _ends_free(lines: list[str]) -> bool:
    return quote_states(["\n".join(lines), None])[0] in _FREE


def _free(lines: list[str]) -> list[bool]:
    """Whether each line starts outside quotes, heredocs and words of the line before."""
    free = [True]
    ends = {match[1] for match in _HEREDOC.finditer("\n".join(lines))}
    while len(free) < len(lines):
        states = _states(lines, len(free))
        for state in takewhile(lambda state: state not in _HEREDOCS, states):
            free.append(state in _FREE and _starts_word(lines[len(free) - 1]))
        if len(free) < len(lines):
            free.append(False)
        while len(free) < len(lines) and lines[len(free) - 1].strip() not in ends:
            free.append(False)
    return free


def _states(lines: list[str], first: int) -> list[QuoteState]:
    """The state at the start of each line from one on; they hold up to the first in a heredoc,
    whose end is no longer seen."""
    parts: list[str | None] = ["\n".join([*lines[:first], ""])]
    for line in lines[first:]:
        parts += [None, line + "\n"]
    return quote_states(parts)


def _starts_word(before: str) -> bool:
    """Whether the line behind another does not go on with its last word."""
    return not before.endswith("\\") or before[:-1].endswith((" ", "\t"))


def _shifted(lines: list[str], free: list[bool]) -> Iterator[str]:
    """The lines without what those that start a command have in common in front."""
    behind_quotes = not _indentation(lines[0])
    of_first = list(_of_first(lines)) if behind_quotes else [False] * len(lines)
    written = [i for i, line in enumerate(lines) if free[i] and line.strip()]
    starts = [lines[i] for i in written if not of_first[i]][behind_quotes:]
    text = "\n".join(starts)
    common = (len(text) - len(dedent(text))) // max(len(starts), 1)
    deep = min((len(_indentation(lines[i])) for i in written if of_first[i]), default=0)
    for i, line in enumerate(lines):
        if not free[i] or (i == 0 and behind_quotes):
            yield line
        elif of_first[i] and line.strip():
            yield line if deep <= _FAR else "  " + line[deep:]
        else:
            yield line[common:] if line.strip() else ""


def _of_first(lines: list[str]) -> Iterator[bool]:
    """Whether each line goes on with the command of the first one."""
    goes_on = False
    for line in lines:
        yield goes_on
        goes_on = bool(_GOES_ON.search(line)) and (goes_on or line is lines[0])


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip())] if line.strip() else ""
