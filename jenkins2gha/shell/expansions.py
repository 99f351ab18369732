"""The quoting part of the shell lexer: quotes, expansions, arithmetic, backticks."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Self

from jenkins2gha.shell import patterns
from jenkins2gha.shell.frames import Frame, RawCommand
from jenkins2gha.shell.patterns import HOLE
from jenkins2gha.shell.states import QuoteState


class Expansions:
    """Reads everything but the words of a script, which `_script` of the lexer does."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self.at = 0
        self.states: list[QuoteState] = []
        self.commands: list[RawCommand] = []
        self._stack = [Frame("script", len(text), depth=depth)]

    def run(self) -> Self:
        modes: dict[str, Callable[[Frame], None]] = {
            "script": self._script,
            "double": lambda frame: self._quoted(frame, patterns.DOUBLE),
            "heredoc": lambda frame: self._quoted(frame, patterns.HEREDOC),
            "brace": self._brace,
            "arithmetic": self._arithmetic,
        }
        stack = self._stack
        while stack:
            frame = stack[-1]
            modes[frame.mode](frame)
        return self

    def _push(self, frame: Frame, at: int) -> None:
        self._stack.append(frame)
        self.at = at

    def _pop(self, at: int) -> None:
        frame = self._stack.pop()
        self.at = frame.resume if frame.resume >= 0 else at

    def _script(self, frame: Frame) -> None:
        raise NotImplementedError

    def _enter(self, frame: Frame, kind: str, match: re.Match[str]) -> bool:
        """A token of the part that all modes share; says whether a frame was pushed."""
        end = self.at = match.end()
        if kind == "hole":
            self.states.append(frame.state)
        elif kind == "name":
            self.states.append(QuoteState.NAME)
        elif kind == "escape":
            bare = frame.state is QuoteState.BARE
            state = QuoteState.ESCAPED if bare else QuoteState.DOUBLE_ESCAPED
            self._holes(state, match.start(), end)
        elif kind == "tick":
            return self._backticks(frame, end)
        elif kind == "brace":
            return self._parameter(frame, end)
        elif kind == "sub":
            self._substitute(frame, end)
            return True
        elif kind == "arith":
            if self._is_arithmetic(end, frame.limit):
                inner = Frame("arithmetic", frame.limit, state=QuoteState.ARITHMETIC)
                self._push(inner, end)
                inner.depth = frame.depth
            else:
                self._substitute(frame, end - 1)
            return True
        return False

    def _substitute(self, frame: Frame, at: int) -> None:
        self._push(Frame("script", frame.limit, closes=True, depth=frame.depth + 1), at)

    def _holes(self, state: QuoteState, start: int, end: int) -> None:
        count = self.text.count(HOLE, start, end)
        if count:
            self.states.extend([state] * count)

    def _single(self, start: int, limit: int) -> None:
        end = self.text.find("'", start, limit)
        self.at = limit if end < 0 else end + 1
        self._holes(QuoteState.SINGLE, start, self.at)

    def _quoted(self, frame: Frame, pattern: re.Pattern[str]) -> None:
        text, limit, scan = self.text, frame.limit, pattern.match
        while self.at < limit:
            match = scan(text, self.at, limit)
            assert match is not None
            kind = match.lastgroup
            if kind == "text":
                self.at = match.end()
            elif kind == "close":
                return self._pop(match.end())
            elif self._enter(frame, kind or "", match):
                return None
        return self._pop(limit)

    def _parameter(self, frame: Frame, at: int) -> bool:
        match = patterns.PARAMETER.match(self.text, at, frame.limit)
        assert match is not None
        self._holes(QuoteState.NAME, at, match.end())
        quotes = frame.state is QuoteState.BARE or match.group(1) is not None
        inner = Frame("brace", frame.limit, state=frame.state, quotes=quotes, depth=frame.depth)
        self._push(inner, match.end())
        return True

    def _brace(self, frame: Frame) -> None:
        text, limit, scan = self.text, frame.limit, patterns.BRACE.match
        while self.at < limit:
            match = scan(text, self.at, limit)
            assert match is not None
            kind = match.lastgroup
            if kind == "text" or (kind == "single" and not frame.quotes):
                self.at = match.end()
            elif kind == "single":
                self._single(match.end(), limit)
            elif kind == "close":
                return self._pop(match.end())
            elif kind == "double":
                inner = Frame("double", limit, state=QuoteState.DOUBLE, depth=frame.depth)
                return self._push(inner, match.end())
            elif self._enter(frame, kind or "", match):
                return None
        return self._pop(limit)

    def _arithmetic(self, frame: Frame) -> None:
        text, limit, scan = self.text, frame.limit, patterns.ARITHMETIC.match
        while self.at < limit:
            match = scan(text, self.at, limit)
            assert match is not None
            kind, self.at = match.lastgroup, match.end()
            if kind == "open":
                frame.level += 1
            elif kind == "close":
                frame.level -= 1
                if frame.level < 0:
                    return self._pop(self.at + text.startswith(")", self.at, limit))
            elif kind != "text" and self._enter(frame, kind or "", match):
                return None
        return self._pop(limit)

    def _is_arithmetic(self, at: int, limit: int) -> bool:
        """Whether what was opened by two brackets is closed by two that stand together."""
        close = self._closers.get(at - 1, -1)
        return 0 <= close < limit and self.text.startswith(")", close + 1, limit)

    @cached_property
    def _closers(self) -> dict[int, int]:
        """Where each bracket closes, by nothing but brackets: enough for arithmetic."""
        closers, opened = dict[int, int](), list[int]()
        for match in patterns.PARENTHESES.finditer(self.text):
            if match.group() == "(":
                opened.append(match.start())
            elif match.group() == ")" and opened:
                closers[opened.pop()] = match.start()
        return closers

    def _backticks(self, frame: Frame, at: int) -> bool:
        match = patterns.TICKED.match(self.text, at, frame.limit)
        assert match is not None
        end, depth = match.end(), frame.depth + 1
        resume = min(end + 1, frame.limit)
        if "\\" not in match.group():
            self._push(Frame("script", end, resume=resume, depth=depth), at)
            return True
        self._escaped_backticks(match.group(), at, depth, double=frame.state is QuoteState.DOUBLE)
        self.at = resume
        return False

    def _escaped_backticks(self, body: str, at: int, depth: int, *, double: bool) -> None:
        """Backslashes in backticks are taken off before the shell reads what is in there."""
        pattern = r'\\[\\`$"]' if double else r"\\[\\`$]"
        texts, offsets, done = list[str](), list[int](), 0
        for match in re.finditer(pattern, body):
            texts += [body[done : match.start()], match.group()[1]]
            offsets += [*range(done, match.start()), match.start() + 1]
            done = match.end()
        texts.append(body[done:])
        offsets += range(done, len(body) + 1)
        inner = type(self)("".join(texts), depth)
        inner.run()
        self.states += inner.states
        for command in inner.commands:
            words, assignments, redirections = (
                tuple((at + offsets[start], at + offsets[end - 1] + 1) for start, end in part)
                for part in command[:3]
            )
            self.commands.append(
                RawCommand(words, assignments, redirections, command.depth, command.after)
            )
