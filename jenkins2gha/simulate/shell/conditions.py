"""`test`, `[ ]` and `[[ ]]`.

Source: POSIX, utilities, test; the manual of bash, 3.2.5.2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.simulate.shell import expansion, patterns
from jenkins2gha.simulate.shell.machine import Shell
from jenkins2gha.simulate.shell.syntax import Word

_NUMBERS = {"-eq": "==", "-ne": "!=", "-lt": "<", "-le": "<=", "-gt": ">", "-ge": ">="}
_FILES = frozenset("-e -f -r -s -d -x -w -L -h".split())


def single_bracket(words: list[str], shell: Shell) -> bool:
    """What `test` says of its arguments."""
    if "-o" in words[1:-1]:
        place = words.index("-o", 1)
        return single_bracket(words[:place], shell) or single_bracket(words[place + 1 :], shell)
    if "-a" in words[1:-1] and len(words) > 3:
        place = words.index("-a", 1)
        return single_bracket(words[:place], shell) and single_bracket(words[place + 1 :], shell)
    if words[:1] == ["!"] and len(words) > 1:
        return not single_bracket(words[1:], shell)
    match words:
        case [one] | ["-n", one]:
            return one != ""
        case ["-z", text]:
            return text == ""
        case [kind, name] if kind in _FILES:
            return exists(name, shell)
        case [left, "=" | "==" | "!=" as sign, right]:
            return (left == right) is (sign != "!=")
        case [left, sign, right] if sign in _NUMBERS:
            return _numbers(left, sign, right)
    return False


def exists(name: str, shell: Shell) -> bool:
    """Whether a file is there: one that the script wrote, or one of the world's."""
    path = shell.path(name)
    known = getattr(shell.outside, "exists", None)
    return path in shell.files or bool(known and known(path))


def _numbers(left: str, sign: str, right: str) -> bool:
    try:
        one, other = int(left), int(right)
    except ValueError:
        return False
    return {
        "-eq": one == other,
        "-ne": one != other,
        "-lt": one < other,
        "-le": one <= other,
        "-gt": one > other,
        "-ge": one >= other,
    }[sign]


def double_bracket(words: Sequence[Word], shell: Shell) -> bool:
    """What `[[ ]]` says: without splitting, with patterns and regular expressions."""
    return _Reader([word.text for word in words], shell).any_()


class _Reader:
    def __init__(self, words: list[str], shell: Shell) -> None:
        self._words, self._shell, self._place = words, shell, 0

    def any_(self) -> bool:
        found = self._all()
        while self._take("||"):
            other = self._all()
            found = found or other
        return found

    def _all(self) -> bool:
        found = self._not()
        while self._take("&&"):
            other = self._not()
            found = found and other
        return found

    def _take(self, text: str) -> bool:
        if self._words[self._place : self._place + 1] == [text]:
            self._place += 1
            return True
        return False

    def _not(self) -> bool:
        if self._take("!"):
            return not self._not()
        if self._take("("):
            found = self.any_()
            self._take(")")
            return found
        return self._one()

    def _one(self) -> bool:
        first = self._next()
        if first in ("-n", "-z") or first in _FILES:
            text = expansion.text_of(self._next(), self._shell)
            if first in _FILES:
                return exists(text, self._shell)
            return (text != "") is (first == "-n")
        left = expansion.text_of(first, self._shell)
        sign = self._words[self._place : self._place + 1]
        if not sign or sign[0] in ("&&", "||", ")"):
            return left != ""
        self._place += 1
        return self._compared(left, sign[0], self._next())

    def _next(self) -> str:
        self._place += 1
        return self._words[self._place - 1] if self._place <= len(self._words) else ""

    def _compared(self, left: str, sign: str, word: str) -> bool:
        shell = self._shell
        if sign == "=~":
            pattern = patterns.regular(expansion.regular_of(word, shell), extended=True)
            flags = re.IGNORECASE if shell.get("_nocasematch") else 0
            return re.search(pattern, left, flags) is not None
        if sign in _NUMBERS:
            return _numbers(left, sign, expansion.text_of(word, shell))
        if sign in ("<", ">"):
            right = expansion.text_of(word, shell)
            return left < right if sign == "<" else left > right
        pattern = expansion.pattern_of(word, shell)
        fold = shell.get("_nocasematch")
        text = left.lower() if fold else left
        return patterns.matches(pattern.lower() if fold else pattern, text) is (sign != "!=")
