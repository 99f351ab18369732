"""What can be read of a file with errors: its statements but the broken ones."""

from __future__ import annotations

from typing import Any

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.errors import GroovySyntaxError
from jenkins2gha.groovy.layout import Layout
from jenkins2gha.groovy.lexer import MAX_LENGTH, tokenize
from jenkins2gha.groovy.parser import MAX_HEIGHT, Program, program
from jenkins2gha.groovy.statements import Statements

MAX_ERRORS = 100
_OPENERS = frozenset("LCLOSURE LPARAMS LBLOCK HOLE HOLE_PARAMS".split())
_CLOSERS = frozenset("RPAR HRPAR PRPAR ARPAR CRPAR RSQB RCURLY RBLOCK HOLE_END".split())


def recover(text: str) -> ast.Module:
    """The readable statements of a text that is not all Groovy.

    At an error the innermost statement around it is given up: reading goes on behind the next
    separator of its block, and brackets that are never closed count as closed at the end. What
    lies behind a place where the text cannot even be split into tokens is lost.
    """
    if len(text) > MAX_LENGTH:
        return ast.Module(0, 0, ())
    tokens = tokenize(text)
    layout = Layout(text, tokens)
    layout.run()
    return _Recovery(text, layout).run()


class _Recovery:
    def __init__(self, text: str, layout: Layout) -> None:
        self.text = text
        self.layout = layout
        self.program: Program = program()
        self.builder = Statements(text, layout.out_starts, layout.out_ends)
        self.states: list[int] = [self.program.start]
        self.values: list[Any] = []
        self.depths: list[int] = [0]  # of brackets, at each state
        self.depth = 0
        self.opened = {*layout.partner.values(), *layout.openers}
        self.terminals = self._closed()

    def _closed(self) -> list[str]:
        """The terminals, with the missing brackets before the end."""
        layout = self.layout
        out = [terminal for terminal in layout.out[:-1] if terminal != "ERROR"]
        closers = [saved[-1] for saved in reversed(layout.saved)]
        out = [*out, *closers, "$END"]
        missing = len(out) - len(layout.out)
        layout.out_starts.extend([len(self.text)] * missing)
        layout.out_ends.extend([len(self.text)] * missing)
        return out

    def run(self) -> ast.Module:
        at = errors = 0
        while errors < MAX_ERRORS:
            try:
                if self._feed(at):
                    break
                at += 1
            except GroovySyntaxError:
                errors += 1
                at = self._give_up(at)
        body = self.values[0] if self.values else ()
        if isinstance(body, ast.Module):
            return body
        return ast.Module(0, len(self.text), tuple(body) if isinstance(body, list) else ())

    def _feed(self, at: int) -> bool:
        """Takes one terminal; whether it was the last of the file."""
        loaded, states, values = self.program, self.states, self.values
        terminal = self.terminals[at]
        while True:
            action = loaded.actions[states[-1]].get(terminal)
            if action is None:
                if terminal == "$END" and states[-1] == loaded.end:
                    return True
                raise GroovySyntaxError("", self.layout.out_starts[at])
            if action >= 0:
                break
            length, origin, callback = loaded.steps[~action]
            children = values[len(values) - length :]
            made = callback(self.builder, *children) if callback else children[0]
            self._drop(length)
            self._push(loaded.gotos[states[-1]][origin], made)
        if len(states) > MAX_HEIGHT:
            raise GroovySyntaxError("nested too deeply", self.layout.out_starts[at])
        if terminal in _CLOSERS:
            self.depth -= 1
        self._push(action, at)
        if at in self.opened:
            self.depth += 1
            self.depths[-1] = self.depth
        return False

    def _push(self, state: int, value: Any) -> None:
        self.states.append(state)
        self.values.append(value)
        self.depths.append(self.depth)

    def _drop(self, length: int) -> None:
        if length:
            del self.states[-length:], self.values[-length:], self.depths[-length:]

    def _give_up(self, at: int) -> int:
        """Drops the statement that holds the error; where to go on reading."""
        while len(self.states) > 1 and not self._at_statement():
            self._drop(1)
        level = self.depths[-1]
        depth = self.depth
        while self.terminals[at] != "$END":
            terminal = self.terminals[at]
            if terminal in _CLOSERS:
                if depth == level:
                    break
                depth -= 1
            elif at in self.opened:
                depth += 1
            elif terminal == "SEP" and depth == level:
                break
            at += 1
        self.depth = level
        follows = self.values and isinstance(self.values[-1], list)
        if self.terminals[at] == "SEP" and not follows:
            at += 1
        return at

    def _at_statement(self) -> bool:
        """Whether a statement may follow, or the separator before one."""
        value = self.values[-1]
        if isinstance(value, int):
            return self.terminals[value] in _OPENERS or self.terminals[value] == "ARROW"
        actions = self.program.actions[self.states[-1]]
        return isinstance(value, list) and "SEP" in actions and actions["SEP"] >= 0
