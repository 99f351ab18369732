"""Reads a shell script into its syntax tree.

Source: POSIX, Shell Command Language, 2.10, and of bash `[[ ]]`, `<<<` and `$'…'`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jenkins2gha.simulate.shell.scanner import REDIRECTIONS, Scanner, document
from jenkins2gha.simulate.shell.syntax import (
    Case,
    Chain,
    Command,
    For,
    Function,
    Group,
    If,
    List,
    Pipeline,
    Redirection,
    Simple,
    Test,
    Unreadable,
    While,
    Word,
)

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_NAME = re.compile(r"[A-Za-z_]\w*")
_CLOSING = frozenset(("then", "elif", "else", "fi", "do", "done", "esac", "}"))


@lru_cache(maxsize=4096)
def parse(text: str) -> List:
    """The tree of a script; raises `Unreadable`.

    >>> len(parse("make && make test"))
    1
    """
    reader = _Parser(text)
    found = reader.list_()
    if reader.scanner.peek() != ("", True):
        raise Unreadable(f"not understood: {reader.scanner.peek()[0]!r}")
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self.scanner = Scanner(text)

    def list_(self) -> List:
        """The commands up to a word or operator that closes them."""
        found: list[Chain] = []
        self._newlines()
        while True:
            text, operator = self.scanner.peek()
            if (operator and text in ("", ")", ";;")) or (not operator and text in _CLOSING):
                return tuple(found)
            found.append(self._chain())

    def _newlines(self) -> None:
        while self.scanner.operator("\n"):
            pass

    def _chain(self) -> Chain:
        links = [("", self._pipeline())]
        while (token := self.scanner.peek()) in (("&&", True), ("||", True)):
            self.scanner.operator(token[0])
            self._newlines()
            links.append((token[0], self._pipeline()))
        end = links[-1][1].end
        background = self.scanner.operator("&")
        if not background:
            self.scanner.operator(";")
        waiting = list(self.scanner.documents)
        self._newlines()
        if waiting:
            end = self.scanner.documents_end
        return Chain(tuple(links), background, links[0][1].start, end)

    def _pipeline(self) -> Pipeline:
        start = self._start()
        negated = False
        while self.scanner.peek() == ("!", False):
            self.scanner.word()
            negated = not negated
        commands = [self._command()]
        while self.scanner.operator("|"):
            self._newlines()
            commands.append(self._command())
        return Pipeline(tuple(commands), negated, start, commands[-1].end)

    def _start(self) -> int:
        self.scanner.peek()
        return self.scanner.place

    def _command(self) -> Command:
        text, operator = self.scanner.peek()
        if operator and text == "(":
            return self._group(subshell=True)
        if operator:
            if text in REDIRECTIONS:
                return self._simple()
            raise Unreadable(f"a command was expected, not {text!r}")
        match text:
            case "{":
                return self._group(subshell=False)
            case "if":
                return self._if()
            case "for":
                return self._for()
            case "while" | "until":
                return self._while()
            case "case":
                return self._case()
            case "[[":
                return self._test()
            case "function":
                return self._function()
        return self._simple()

    def _group(self, *, subshell: bool) -> Group:
        start = self._start()
        if subshell:
            self.scanner.operator("(")
        else:
            self.scanner.word()
        body = self.list_()
        if subshell and not self.scanner.operator(")"):
            raise Unreadable("`)` is missing")
        if not subshell:
            self._keyword("}")
        end = self.scanner.place
        redirections = self._redirections()
        return Group(body, subshell, redirections, start, max(end, self._end(redirections)))

    def _keyword(self, *texts: str) -> str:
        text, operator = self.scanner.peek()
        if operator or text not in texts:
            raise Unreadable(f"`{texts[0]}` was expected, not {text!r}")
        self.scanner.word()
        return text

    def _if(self) -> If:
        start = self._start()
        branches: list[tuple[List, List]] = []
        keyword = self._keyword("if")
        while keyword != "fi":
            condition: List = ()
            if keyword != "else":
                condition = self.list_()
                self._keyword("then")
            body = self.list_()
            branches.append((condition, body))
            keyword = self._keyword("fi", "elif", "else")
        end = self.scanner.place
        redirections = self._redirections()
        return If(tuple(branches), redirections, start, max(end, self._end(redirections)))

    def _for(self) -> For:
        start = self._start()
        self.scanner.word()
        name = self.scanner.word().text
        self._newlines()
        words: tuple[Word, ...] | None = None
        if self.scanner.peek() == ("in", False):
            self.scanner.word()
            taken = []
            while not self.scanner.peek()[1]:
                taken.append(self.scanner.word())
            words = tuple(taken)
        self._separator()
        body = self._body()
        end = self.scanner.place
        redirections = self._redirections()
        return For(name, words, body, redirections, start, max(end, self._end(redirections)))

    def _separator(self) -> None:
        self.scanner.operator(";")
        self._newlines()

    def _body(self) -> List:
        self._keyword("do")
        body = self.list_()
        self._keyword("done")
        return body

    def _while(self) -> While:
        start = self._start()
        until = self._keyword("while", "until") == "until"
        condition = self.list_()
        body = self._body()
        end = self.scanner.place
        redirections = self._redirections()
        end = max(end, self._end(redirections))
        return While(until, condition, body, redirections, start, end)

    def _case(self) -> Case:
        start = self._start()
        self.scanner.word()
        word = self.scanner.word()
        self._newlines()
        self._keyword("in")
        self._newlines()
        items = []
        while self.scanner.peek() != ("esac", False):
            items.append(self._item())
            self._newlines()
        self._keyword("esac")
        end = self.scanner.place
        redirections = self._redirections()
        return Case(word, tuple(items), redirections, start, max(end, self._end(redirections)))

    def _item(self) -> tuple[tuple[Word, ...], List]:
        self.scanner.operator("(")
        patterns = [self.scanner.word()]
        while self.scanner.operator("|"):
            patterns.append(self.scanner.word())
        if not self.scanner.operator(")"):
            raise Unreadable("`)` of a pattern is missing")
        body = self.list_()
        self.scanner.operator(";;")
        return tuple(patterns), body

    def _test(self) -> Test:
        start = self._start()
        self.scanner.word()
        words: list[Word] = []
        while self.scanner.peek() != ("]]", False):
            text, operator = self.scanner.peek()
            if text == "" and operator:
                raise Unreadable("`]]` is missing")
            if words and words[-1].text == "=~":
                words.append(self._pattern())
            elif operator:
                place = self.scanner.place
                self.scanner.operator(text)
                words.append(Word(text, place, self.scanner.place))
            else:
                words.append(self.scanner.word())
        self.scanner.word()
        return Test(tuple(words), start, self.scanner.place)

    def _pattern(self) -> Word:
        """A regular expression behind `=~`: up to a blank outside of quotes and parentheses."""
        text, start = self.scanner.text, self._start()
        place, depth = start, 0
        while place < len(text) and (depth or text[place] not in " \t\n"):
            depth += (text[place] == "(") - (text[place] == ")")
            place += 2 if text[place] == "\\" else 1
        self.scanner.place = place
        return Word(text[start:place], start, place)

    def _function(self) -> Function:
        start = self._start()
        self.scanner.word()
        name = self.scanner.word().text
        if self.scanner.operator("("):
            self.scanner.operator(")")
        self._newlines()
        body = self._command()
        return Function(name, body, start, body.end)

    def _simple(self) -> Command:
        start = end = self._start()
        assignments: list[Word] = []
        words: list[Word] = []
        redirections: list[Redirection] = []
        while True:
            text, operator = self.scanner.peek()
            if operator and text == "(" and len(words) == 1 and not assignments:
                return self._named_function(words[0], start)
            if operator and text not in REDIRECTIONS:
                break
            if operator or self._descriptor(text):
                redirections.append(self._redirection())
            elif not words and _ASSIGNMENT.match(text):
                assignments.append(self.scanner.word())
            else:
                words.append(self.scanner.word())
            end = self.scanner.place
        if not (assignments or words or redirections):
            raise Unreadable("a command was expected")
        return Simple(tuple(assignments), tuple(words), tuple(redirections), start, end)

    def _named_function(self, name: Word, start: int) -> Function:
        self.scanner.operator("(")
        if not self.scanner.operator(")") or not _NAME.fullmatch(name.text):
            raise Unreadable(f"{name.text}( is no function")
        self._newlines()
        body = self._command()
        return Function(name.text, body, start, body.end)

    def _descriptor(self, text: str) -> bool:
        """Whether a number stands right before `<` or `>`."""
        behind = self.scanner.text[self.scanner.place + len(text) :][:1]
        return text.isdigit() and behind in ("<", ">")

    def _redirections(self) -> tuple[Redirection, ...]:
        found: list[Redirection] = []
        while True:
            text, operator = self.scanner.peek()
            if not ((operator and text in REDIRECTIONS) or self._descriptor(text)):
                return tuple(found)
            found.append(self._redirection())

    def _redirection(self) -> Redirection:
        descriptor = "" if self.scanner.peek()[1] else self.scanner.word().text
        operator = self.scanner.peek()[0]
        self.scanner.operator(operator)
        target = self.scanner.word()
        if operator not in ("<<", "<<-"):
            return Redirection(operator, target, descriptor)
        waiting = document(target.text, dashed=operator == "<<-")
        self.scanner.documents.append(waiting)
        return Redirection(operator, target, descriptor, waiting)

    @staticmethod
    def _end(redirections: tuple[Redirection, ...]) -> int:
        return max((one.target.end for one in redirections), default=0)
