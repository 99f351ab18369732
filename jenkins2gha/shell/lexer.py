"""Reads a POSIX or bash script: where its commands and words stand, how each hole is quoted.

One regular expression per lexical mode and a stack of frames instead of recursion: any text is
read, none is refused, in time linear in its length.
https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
"""

from __future__ import annotations

import re

from jenkins2gha.shell import patterns
from jenkins2gha.shell.expansions import Expansions
from jenkins2gha.shell.frames import (
    CASE,
    CASE_IN,
    COMMAND,
    CONDITION,
    FOR,
    FUNCTION,
    GROUP,
    PATTERN,
    Frame,
    Heredoc,
    Range,
    RawCommand,
)
from jenkins2gha.shell.patterns import HOLE
from jenkins2gha.shell.states import QuoteState

_OPENERS = {"for": FOR, "select": FOR, "case": CASE, "function": FUNCTION}
_RESERVED = frozenset(("then", "elif", "else", "do", "!", "time"))
_NESTING = {"if": 1, "while": 1, "until": 1, "{": 1, "fi": -1, "done": -1, "}": -1}
_LONGEST = len("function") + 1
_CLAUSE_ENDS = frozenset((";;", ";&", ";;&"))


class Lexer(Expansions):
    """Reads one script; `states` and `commands` hold what it found."""

    def _script(self, frame: Frame) -> None:
        if frame.reading and self._read_heredocs(frame):
            return
        text, limit, scan, at = self.text, frame.limit, patterns.SCRIPT.match, self.at
        while at < limit:
            match = scan(text, at, limit)
            assert match is not None
            kind = match.lastgroup
            if kind in ("chunk", "plain"):
                if frame.word < 0:
                    frame.word = at
                at = match.end()
            elif kind == "blank":
                if frame.word >= 0:
                    self._end_word(frame, at)
                at = match.end()
            else:
                self.at = match.end()
                if self._special(frame, kind or "", match):
                    return
                at = self.at
        self._end_word(frame, limit)
        self._end_command(frame, "")
        self._pop(limit)

    def _special(self, frame: Frame, kind: str, match: re.Match[str]) -> bool:
        """Any token but words and blanks; says whether the top of the stack changed."""
        start = match.start()
        if kind == "newline":
            return self._newline(frame, start)
        if kind == "operator":
            self._operator(frame, start, match.group())
        elif kind in ("redirect", "heredoc"):
            self._redirect(frame, start, match.group() if kind == "heredoc" else "")
        elif kind == "open":
            return self._open(frame, start)
        elif kind == "close":
            return self._close(frame, start)
        elif kind == "comment" and frame.word < 0:
            self._holes(QuoteState.COMMENT, start, match.end())
        elif kind == "escape" and match.group() == "\\\n":
            pass
        else:
            if frame.word < 0:
                frame.word = start
            if kind == "comment":
                self.at = start + 1
            else:
                return self._in_word(frame, kind, match)
        return False

    def _in_word(self, frame: Frame, kind: str, match: re.Match[str]) -> bool:
        if kind == "single":
            self._single(match.end(), frame.limit)
        elif kind == "ansi":
            self._holes(QuoteState.DOLLAR_SINGLE, match.start(), match.end())
        elif kind == "double":
            self._push(Frame("double", frame.limit, state=QuoteState.DOUBLE), match.end())
            return True
        elif kind == "process":
            self._substitute(frame, match.end())
            return True
        elif kind == "hole" and self._names(frame, match.start()):
            self.states.append(QuoteState.NAME)
        else:
            return self._enter(frame, kind, match)
        return False

    def _names(self, frame: Frame, at: int) -> bool:
        """Whether a hole is part of the name of a variable that is assigned."""
        if frame.words or frame.role != COMMAND or not patterns.ASSIGNED.match(self.text, at):
            return False
        before = self.text[frame.word : at].replace(HOLE, "x")
        return not before or before.isidentifier()

    def _end_word(self, frame: Frame, end: int) -> None:
        start, role = frame.word, frame.role
        if start < 0:
            return
        frame.word = -1
        if frame.operator >= 0:
            self._end_redirection(frame, start, end)
        elif role == COMMAND:
            if frame.words:
                frame.words.append((start, end))
            else:
                self._first_word(frame, start, end)
        elif role == CONDITION:
            frame.words.append((start, end))
            if self._reads("]]", start, end):
                frame.role = COMMAND
        elif role == FOR:
            frame.role = COMMAND if self._reads("do", start, end) else FOR
        elif role == CASE:
            frame.role = CASE_IN
        elif role == CASE_IN:
            frame.role = PATTERN
            frame.level += 1
            frame.depth += 1
        elif role == PATTERN and self._reads("esac", start, end):
            self._esac(frame)
        elif role == FUNCTION:
            frame.role = COMMAND

    def _reads(self, word: str, start: int, end: int) -> bool:
        return end - start == len(word) and self.text.startswith(word, start)

    def _first_word(self, frame: Frame, start: int, end: int) -> None:
        word = self.text[start : min(end, start + _LONGEST)]
        if patterns.ASSIGNMENT.match(self.text, start, end):
            frame.assignments.append((start, end))
        elif frame.assignments or frame.redirections:
            frame.words.append((start, end))
        elif word in _OPENERS:
            frame.role = _OPENERS[word]
            frame.depth += word in ("for", "select")
        elif word == "esac" and frame.level:
            self._esac(frame)
        elif word in _NESTING:
            frame.depth += _NESTING[word]
        elif word not in _RESERVED:
            frame.words.append((start, end))
            if word == "[[":
                frame.role = CONDITION

    def _esac(self, frame: Frame) -> None:
        frame.level -= 1
        frame.depth -= 1
        frame.role = COMMAND

    def _end_command(self, frame: Frame, after: str) -> None:
        if frame.words or frame.assignments or frame.redirections:
            parts = (frame.words, frame.assignments, frame.redirections)
            words, assignments, redirections = map(tuple, parts)
            command = RawCommand(words, assignments, redirections, frame.depth, after)
            self.commands.append(command)
            for part in parts:
                part.clear()
        frame.operator = -1
        frame.heredoc = ""
        if frame.role in (CONDITION, FOR, FUNCTION):
            frame.role = COMMAND

    def _newline(self, frame: Frame, at: int) -> bool:
        self._end_word(frame, at)
        if frame.role in (COMMAND, FOR):
            self._end_command(frame, "\n")
        if frame.pending:
            frame.reading = True
            return self._read_heredocs(frame)
        return False

    def _operator(self, frame: Frame, at: int, operator: str) -> None:
        self._end_word(frame, at)
        if frame.role in (COMMAND, FOR):
            self._end_command(frame, operator)
            if frame.level and operator in _CLAUSE_ENDS:
                frame.role = PATTERN

    def _open(self, frame: Frame, at: int) -> bool:
        text, depth = self.text, frame.depth
        empty = patterns.EMPTY_PARENTHESES.match(text, at, frame.limit)
        if empty and frame.role in (COMMAND, FUNCTION) and text[at - 1 : at] != "=":
            frame.word = -1
            frame.words.clear()
            frame.role = COMMAND
            self.at = empty.end()
            return False
        if frame.role == PATTERN and frame.word < 0:
            return False
        plain = frame.word < 0 and frame.role in (COMMAND, FOR)
        if plain and text.startswith("((", at) and self._is_arithmetic(at + 2, frame.limit):
            inner = Frame("arithmetic", frame.limit, state=QuoteState.ARITHMETIC)
            self._push(inner, at + 2)
        else:
            role = COMMAND if plain else GROUP
            self._push(
                Frame("script", frame.limit, closes=True, role=role, depth=depth + 1), at + 1
            )
        return True

    def _close(self, frame: Frame, at: int) -> bool:
        self._end_word(frame, at)
        if frame.role == PATTERN:
            frame.role = COMMAND
            return False
        self._end_command(frame, ")")
        if frame.closes:
            self._pop(at + 1)
            return True
        return False

    # --- redirections and heredocs -----------------------------------------------------------

    def _redirect(self, frame: Frame, at: int, heredoc: str) -> None:
        if frame.word >= 0 and self.text[frame.word : at].isdigit():
            at, frame.word = frame.word, -1
        self._end_word(frame, at)
        if frame.role == COMMAND:
            frame.operator, frame.heredoc = at, heredoc

    def _end_redirection(self, frame: Frame, start: int, end: int) -> None:
        frame.redirections.append((frame.operator, end))
        if frame.heredoc:
            raw = self.text[start:end]
            delimiter = patterns.QUOTING.sub(lambda match: match.group(1) or "", raw)
            quoted = delimiter != raw
            frame.pending.append(Heredoc(delimiter, quoted, frame.heredoc == "<<-"))
        frame.operator, frame.heredoc = -1, ""

    def _read_heredocs(self, frame: Frame) -> bool:
        """Reads the bodies behind a line; says whether one was pushed as a frame."""
        while frame.pending:
            heredoc = frame.pending.pop(0)
            end, resume = self._heredoc_end(heredoc, frame.limit)
            if not heredoc.quoted:
                body = Frame("heredoc", end, resume=resume, state=QuoteState.HEREDOC)
                body.depth = frame.depth
                self._push(body, self.at)
                return True
            self._holes(QuoteState.QUOTED_HEREDOC, self.at, end)
            self.at = resume
        frame.reading = False
        return False

    def _heredoc_end(self, heredoc: Heredoc, limit: int) -> Range:
        tabs = r"\t*" if heredoc.tabs else ""
        line = re.compile(rf"^{tabs}{re.escape(heredoc.delimiter)}$", re.MULTILINE)
        match = line.search(self.text, self.at, limit)
        while match and not heredoc.quoted and self._continues(match.start()):
            match = line.search(self.text, match.start() + 1, limit)
        if not match:
            return limit, limit
        return match.start(), min(match.end() + 1, limit)

    def _continues(self, line_start: int) -> bool:
        """Whether the line before is joined to this one by a backslash."""
        before = self.text[max(self.at, line_start - 100) : max(self.at, line_start - 1)]
        return (len(before) - len(before.rstrip("\\"))) % 2 == 1
