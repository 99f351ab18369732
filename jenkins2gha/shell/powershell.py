"""PowerShell scripts: the quote state of each hole, commands and words.

https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.regex import regex
from jenkins2gha.shell.patterns import HOLE
from jenkins2gha.shell.states import QuoteState
from jenkins2gha.shell.words import Command, Word

_NAME = rf"(?P<name>\$\{{[^}}\n]{{0,200}}\}}?|\$[\w:]*{HOLE})"
_CODE = regex(
    rf"""(?P<here>@"[ \t]*\r?\n)|(?P<verbatim>@'[ \t]*\r?\n[\s\S]*?(?:\n'@|\Z))
 |(?P<double>")|(?P<single>'[^']*(?:'|\Z))|(?P<block><\#[\s\S]*?(?:\#>|\Z))|(?P<comment>\#[^\n]*)
 |(?P<blank>[ \t\r]+|`\r?\n)|(?P<escape>`[\s\S]?)|{_NAME}|(?P<sub>[$@]\()
 |(?P<open>[({{])|(?P<close>[)}}])|(?P<hole>{HOLE})|(?P<separator>\n|;|\|\|?|&&)
 |(?P<text>[^@"'<\#`$(){{}}{HOLE}\s;|&]+|[\s\S])""",
    re.VERBOSE,
)
_DOUBLE = regex(
    rf"""(?P<text>[^"`${HOLE}]+|"")|(?P<close>")|(?P<escape>`[\s\S]?)|(?P<sub>\$\()
 |{_NAME}|(?P<hole>{HOLE})|(?P<other>\$)""",
    re.VERBOSE,
)
_HERE = regex(
    rf"""(?P<close>\n"@)|(?P<escape>`[\s\S]?)|(?P<sub>\$\()|{_NAME}|(?P<hole>{HOLE})
 |(?P<text>[^`$\n{HOLE}]+|[\n$])""",
    re.VERBOSE,
)
_PATTERNS = {"code": _CODE, "double": _DOUBLE, "here": _HERE}
_STATES = {
    "code": QuoteState.BARE,
    "double": QuoteState.DOUBLE,
    "here": QuoteState.HEREDOC,
    "single": QuoteState.SINGLE,
    "verbatim": QuoteState.QUOTED_HEREDOC,
    "block": QuoteState.COMMENT,
    "comment": QuoteState.COMMENT,
    "name": QuoteState.NAME,
    "escape": QuoteState.ESCAPED,
}
_REFERABLE = frozenset((QuoteState.BARE, QuoteState.DOUBLE, QuoteState.HEREDOC, QuoteState.COMMENT))


class PowerShellWord(Word):
    __slots__ = ()

    @property
    def literal(self) -> str | None:
        """The word without quotes, or None where it holds a variable or an expression."""
        text = self.text
        if "$" in text or "(" in text:
            return None
        return re.sub("`([\\s\\S])|[\"']", lambda match: match.group(1) or "", text)


def powershell_states(parts: Sequence[str | None]) -> list[QuoteState]:
    r"""The state of each hole; here-strings count as heredocs, `@'` ones as quoted.

    >>> powershell_states(["Write-Host \"a $(b '", None, "')\" ", None])
    [<QuoteState.SINGLE: 'single'>, <QuoteState.BARE: 'bare'>]
    """
    text = "".join(HOLE if part is None else part.replace(HOLE, "x") for part in parts)
    return _read(text)[0]


def powershell_reference(state: QuoteState, variable: str) -> str | None:
    """The text that puts an environment variable's value into a hole; None where none can."""
    return f"${{env:{variable}}}" if state in _REFERABLE else None


def powershell_commands(script: str) -> tuple[Command, ...]:
    r"""The commands of a script as far as words show them: at line starts, behind `;`, `|`, `{`.

    >>> [c.literals for c in powershell_commands(".\\mvnw.cmd -B; if (a) { git push }")]
    [('.\\mvnw.cmd', '-B'), ('if', None), ('git', 'push')]
    """
    return tuple(_read(script.replace(HOLE, "x"))[1])


def _read(text: str) -> tuple[list[QuoteState], list[Command]]:
    states: list[QuoteState] = []
    reader = _Commands(text)
    stack, at, strings = ["code"], 0, 0
    while at < len(text):
        mode = stack[-1]
        match = _PATTERNS[mode].match(text, at)
        assert match is not None
        kind, start, at = match.lastgroup or "", match.start(), match.end()
        if kind == "comment" and reader.word >= 0:
            kind, at = "text", start + 1
        if kind == "hole":
            states.append(_STATES[mode])
        elif kind in _STATES and HOLE in match.group():
            states += [_STATES[kind]] * match.group().count(HOLE)
        if not strings:
            reader.token(kind, start, match.group(), len(stack) - 1)
        strings += _follow(stack, kind, mode)
    reader.end(at, "", 0)
    return states, reader.found


def _follow(stack: list[str], kind: str, mode: str) -> int:
    """Keeps the stack of modes; by how much the number of strings on it changed."""
    if kind in ("double", "here") and mode == "code":
        stack.append(kind)
        return 1
    if kind in ("sub", "open"):
        stack.append("code")
    elif kind == "close" and len(stack) > 1:
        return -1 if stack.pop() != "code" else 0
    return 0


class _Commands:
    """Gathers words into commands; brackets in a command are part of its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Command] = []
        self.word = -1
        self._words: list[Word] = []
        self._brackets = 0

    def token(self, kind: str, start: int, text: str, depth: int) -> None:
        if kind in ("comment", "block"):
            return
        if kind == "sub" or (kind == "open" and text == "("):
            self._brackets += 1
        elif kind == "close" and text == ")":
            self._brackets = max(0, self._brackets - 1)
        braces = kind in ("open", "close") and text in "{}"
        if self._brackets == 0 and (kind == "separator" or braces):
            self.end(start, text, depth)
        elif self._brackets == 0 and kind == "blank":
            self._end_word(start)
        elif self.word < 0 and kind not in ("blank", "separator"):
            self.word = start

    def end(self, at: int, after: str, depth: int) -> None:
        self._end_word(at)
        if self._words:
            words = tuple(self._words)
            start, end = words[0].start, words[-1].end
            self.found.append(Command(words, start, end, depth=depth, after=after))
            self._words.clear()

    def _end_word(self, at: int) -> None:
        if self.word >= 0:
            self._words.append(PowerShellWord(self.text, self.word, at))
            self.word = -1
