"""Batch scripts: the quote state of each hole, commands and words.

cmd replaces `%NAME%` before it looks at quotes, so one reference fits nearly everywhere.
https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmd
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex
from jenkins2gha.shell.patterns import HOLE
from jenkins2gha.shell.states import QuoteState
from jenkins2gha.shell.words import Command, Word

_TOKEN = regex(
    rf"""(?P<blank>(?:[ \t\r]|\^\r?\n)+)|(?P<newline>\n)
 |(?P<operator>&&|\|\||[&|])|(?P<redirect>\d?(?:>>|[<>])(?:&\d)?)|(?P<bracket>[()])
 |(?P<percent>%%|%[0-9*]|%~\w+|%[^%\n]*%|![^!\s]+!)
 |(?P<word>(?:"[^"%!{HOLE}\n]*"|\^[^\n{HOLE}]|[^ \t\r\n&|<>()^"%!{HOLE}])+)
 |(?P<quote>")|(?P<hole>{HOLE})|(?P<other>[\s\S])""",
    re.VERBOSE,
)
_REMARK = regex(r"@?rem(?![^\s.])|@?::", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BatWord(Word):
    @property
    def literal(self) -> str | None:
        """The word without quotes and carets, or None where it holds a variable."""
        if "%" in self.text or "!" in self.text:
            return None
        return re.sub(r'\^([\s\S])|"', lambda match: match.group(1) or "", self.text)


def bat_states(parts: Sequence[str | None]) -> list[QuoteState]:
    """The state of each hole of a batch script: bare, double, comment or name.

    >>> bat_states(['copy "', None, '" %', None, '%'])
    [<QuoteState.DOUBLE: 'double'>, <QuoteState.NAME: 'name'>]
    """
    text = "".join(HOLE if part is None else part.replace(HOLE, "x") for part in parts)
    reader = _Reader(text)
    reader.read()
    return reader.states


def bat_reference(state: QuoteState, variable: str) -> str | None:
    """The text that puts a variable's value into a hole of a batch script."""
    return None if state is QuoteState.NAME else f"%{variable}%"


def bat_commands(script: str) -> tuple[Command, ...]:
    """The commands of a batch script; a leading `@` is no part of the first word.

    >>> [c.literals for c in bat_commands("@call mvnw.cmd -B && rem x")]
    [('call', 'mvnw.cmd', '-B')]
    """
    reader = _Reader(script.replace(HOLE, "x"))
    reader.read()
    return tuple(reader.commands)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.states: list[QuoteState] = []
        self.commands: list[Command] = []
        self._words: list[Word] = []
        self._redirections: list[Word] = []
        self._word = self._operator = -1
        self._depth = 0
        self._quoted = False

    def read(self) -> None:
        text, at = self.text, 0
        while at < len(text):
            if self._word < 0 and not self._words and text[at] in "@rR:":
                at = self._first(at)
                continue
            match = _TOKEN.match(text, at)
            assert match is not None
            self._token(match.lastgroup or "", match)
            at = match.end()
        self._end_word(at)
        self._end_command("")

    def _first(self, at: int) -> int:
        """Reads a remark or `@`, or starts a word."""
        remark = _REMARK.match(self.text, at)
        if not remark:
            self._word = -1 if self.text[at] == "@" else at
            return at + 1
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        self.states += [QuoteState.COMMENT] * self.text.count(HOLE, at, end)
        return end

    def _token(self, kind: str, match: re.Match[str]) -> None:
        start = match.start()
        if kind == "newline":
            self._quoted = False
        elif self._quoted and kind in ("blank", "operator", "redirect", "bracket"):
            return
        if kind in ("blank", "newline", "operator", "redirect", "bracket"):
            self._end_word(start)
            self._separate(kind, match)
            return
        if self._word < 0:
            self._word = start
        if kind == "quote":
            self._quoted = not self._quoted
        elif kind == "hole":
            self.states.append(QuoteState.DOUBLE if self._quoted else QuoteState.BARE)
        elif kind == "percent":
            self.states += [QuoteState.NAME] * match.group().count(HOLE)

    def _separate(self, kind: str, match: re.Match[str]) -> None:
        if kind in ("operator", "newline"):
            self._end_command(match.group())
        elif kind == "redirect" and "&" not in match.group():
            self._operator = match.start()
        elif kind == "redirect":
            self._redirections.append(BatWord(self.text, match.start(), match.end()))
        elif kind == "bracket" and (match.group() == ")" or self._opens_block()):
            self._end_command(match.group())
            self._depth = max(0, self._depth + (1 if match.group() == "(" else -1))

    def _opens_block(self) -> bool:
        """Whether a `(` starts commands: alone, or behind the head of `if`, `else`, `for`."""
        first = self._words[0].text.lower() if self._words else "else"
        return first in ("if", "else", "for")

    def _end_word(self, end: int) -> None:
        start, self._word = self._word, -1
        if start < 0:
            return
        if self._operator >= 0:
            self._redirections.append(BatWord(self.text, self._operator, end))
            self._operator = -1
        else:
            self._words.append(BatWord(self.text, start, end))

    def _end_command(self, after: str) -> None:
        parts = [*self._words, *self._redirections]
        if parts:
            start, end = min(word.start for word in parts), max(word.end for word in parts)
            words, redirections = tuple(self._words), tuple(self._redirections)
            self.commands.append(Command(words, start, end, (), redirections, self._depth, after))
        self._words, self._redirections, self._operator = [], [], -1
