"""The words of a shell script, and what they expand to where that can be known.

Source: POSIX, Shell Command Language, 2.2 to 2.6.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

_OPERATORS = ("<<<", "<<-", "&&", "||", ";;", ">>", "<<", ">&", "&>", "<&", ">|", *";&|<>()\n")
_EXPANSION = re.compile(
    r"\$(?:(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?P<rest>[^{}]*)\}|(?P<special>[?$#@*0-9!-]))"
)


class Unreadable(Exception):
    """A script is not of the plain form that is understood here."""


@dataclass(frozen=True, slots=True)
class Token:
    """An operator, or a word as it is written; `body` is the text of a here-document."""

    text: str
    operator: bool = False
    body: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Variables:
    """What words expand to: known variables, `$?`, and the output of a `$(command)`."""

    known: Mapping[str, str]
    status: int
    output: Callable[[str], str]
    touched: AbstractSet[str] = frozenset()

    def get(self, name: str) -> str:
        """An unknown variable is empty, unless the machine or an unread part may set it."""
        if name in self.known:
            return self.known[name]
        return f"${name}" if name in _MACHINE or name in self.touched else ""


_MACHINE = frozenset(
    "HOME PATH USER PWD OLDPWD SHELL HOSTNAME TMPDIR LANG RANDOM JAVA_HOME".split()
)


def tokens(script: str) -> list[Token]:
    """The tokens of a script; comments are gone, here-documents stand with their `<<`."""
    return list(_Scanner(script).scan())


class _Scanner:
    def __init__(self, script: str) -> None:
        self._text = script
        self._place = 0
        self._waiting: list[tuple[int, bool]] = []
        self._found: list[Token] = []

    def scan(self) -> list[Token]:
        while self._place < len(self._text):
            char = self._text[self._place]
            if char in " \t":
                self._place += 1
            elif self._text.startswith("\\\n", self._place):
                self._place += 2
            elif char == "#":
                self._place = self._line_end()
            elif operator := self._operator():
                self._found.append(Token(operator, operator=True))
                self._place += len(operator)
                if operator == "\n":
                    self._read_documents()
                elif operator in ("<<", "<<-"):
                    self._waiting.append((len(self._found) - 1, operator == "<<-"))
            else:
                self._found.append(Token(self._word()))
        self._read_documents()
        return self._found

    def _operator(self) -> str | None:
        return next((one for one in _OPERATORS if self._text.startswith(one, self._place)), None)

    def _line_end(self) -> int:
        end = self._text.find("\n", self._place)
        return len(self._text) if end < 0 else end

    def _word(self) -> str:
        start = self._place
        while self._place < len(self._text):
            if self._text[self._place] in " \t\n;&|<>()":
                break
            self._place = skip(self._text, self._place)
        return self._text[start : self._place]

    def _read_documents(self) -> None:
        for place, dashed in self._waiting:
            if place + 1 >= len(self._found):
                raise Unreadable("a here-document without delimiter")
            delimiter = self._found[place + 1].text
            plain = re.sub(r"[\"'\\]", "", delimiter)
            body = ""
            while self._place < len(self._text):
                end = self._line_end()
                line = self._text[self._place : end]
                self._place = end + 1
                line = line.lstrip("\t") if dashed else line
                if line == plain:
                    break
                body += f"{line}\n"
            self._found[place] = Token("<<", operator=True, body=body, quoted=plain != delimiter)
        self._waiting = []


def skip(text: str, place: int) -> int:
    """The place behind the character, quotation or expansion that begins at a place."""
    char = text[place]
    if char == "\\":
        return place + 2
    if char == "'":
        return _behind(text, "'", place + 1)
    if char in '"`':
        place += 1
        while place < len(text) and text[place] != char:
            place = skip(text, place) if text[place] in "\\$`" else place + 1
        return place + 1
    if text.startswith("$(", place) or text.startswith("${", place):
        closing = ")" if text[place + 1] == "(" else "}"
        place += 2
        while place < len(text) and text[place] != closing:
            nested = text[place] == "(" and closing == ")"
            place = skip(text, place - 1 if nested and text[place - 1] == "$" else place)
        return place + 1
    if char == "(":
        place += 1
        while place < len(text) and text[place] != ")":
            place = skip(text, place)
        return place + 1
    return place + 1


def _behind(text: str, char: str, place: int) -> int:
    end = text.find(char, place)
    return len(text) if end < 0 else end + 1


def expand(word: str, variables: Variables) -> str:
    """The text of a word; a substituted command is its output, as the caller knows it."""
    return "".join(_expanded(word, variables))


def _expanded(word: str, variables: Variables) -> Iterator[str]:
    place, in_double = 0, False
    while place < len(word):
        char = word[place]
        end = skip(word, place)
        if char == '"':
            in_double, end = not in_double, place + 1
        elif char == "'" and not in_double:
            yield word[place + 1 : end - 1]
        elif char == "'":
            yield char
            end = place + 1
        elif char == "\\":
            escaped = word[place + 1 : place + 2]
            kept = in_double and escaped not in '$`"\\\n'
            yield f"\\{escaped}" if kept else escaped.strip("\n")
        elif char == "`":
            yield variables.output(word[place + 1 : end - 1])
        elif word.startswith("$(", place) and not word.startswith("$((", place):
            yield variables.output(word[place + 2 : end - 1])
        elif char == "$" and (found := _EXPANSION.match(word, place)):
            yield _variable(found, variables)
            end = found.end()
        else:
            yield word[place:end]
        place = end


def _variable(found: re.Match[str], variables: Variables) -> str:
    if found["special"] is not None:
        return str(variables.status) if found["special"] == "?" else found[0]
    name = found["name"] or found["braced"]
    value = variables.get(name)
    rest = found["rest"] or ""
    if rest[:2] in (":-", ":="):
        return value or expand(rest[2:], variables)
    if rest[:1] in ("-", "="):
        return value if value or name in variables.known else expand(rest[1:], variables)
    return found[0] if rest else value
