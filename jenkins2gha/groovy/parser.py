"""The parser: an LALR driver over Lark's table that calls the builder as it reduces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from sys import intern
from threading import Lock
from typing import Any, Final

from jenkins2gha.groovy import ast, tables
from jenkins2gha.groovy.errors import GroovySyntaxError
from jenkins2gha.groovy.expectations import explain
from jenkins2gha.groovy.layout import Layout
from jenkins2gha.groovy.lexer import tokenize
from jenkins2gha.groovy.statements import Statements

MAX_HEIGHT: Final = 1500  # of the parser's stack: what nests without brackets (else if, ?:, !)
_loading = Lock()
Callback = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Program:
    """The parse table, ready to run.

    `steps` says of each rule how many children it takes, what it makes, and the builder's method;
    `units` holds the reductions that hand on their only child, by action.
    """

    actions: list[dict[str, int]]
    gotos: list[dict[str, int]]
    steps: list[tuple[int, str, Callback | None]]
    units: dict[int, str]
    start: int
    end: int


@cache
def _load() -> Program:
    made = tables.load()
    steps = [(rule.length, intern(rule.origin), _callback(rule)) for rule in made.rules]
    units = {
        ~number: origin
        for number, (length, origin, callback) in enumerate(steps)
        if callback is None and length == 1
    }
    return Program(made.actions, made.gotos, steps, units, made.start, made.end)


def program() -> Program:
    """The parse table, loaded once per process."""
    with _loading:
        return _load()


def parse(text: str) -> ast.Module:
    """The tree of a whole file, or a GroovySyntaxError."""
    tokens = tokenize(text)
    layout = Layout(text, tokens)
    layout.run()
    builder = Statements(text, layout.out_starts, layout.out_ends)
    loaded = program()
    try:
        result = _drive(loaded, layout.out, builder)
    except _Stuck as stuck:
        raise explain(text, layout, stuck.at, loaded.actions[stuck.state], tokens.error) from None
    except _TooDeep as deep:
        raise GroovySyntaxError(
            "statements or operators are nested too deeply here: split them",
            layout.out_starts[deep.at],
            layout.out_ends[deep.at],
        ) from None
    assert isinstance(result, ast.Module)
    return result


class _TooDeep(Exception):
    def __init__(self, at: int) -> None:
        self.at = at


class _Stuck(Exception):
    def __init__(self, at: int, state: int) -> None:
        self.at = at
        self.state = state


def _drive(loaded: Program, terminals: list[str], builder: Statements) -> Any:
    """Shifts and reduces; a run of reductions that only hand on costs one push."""
    actions, gotos, steps, units = loaded.actions, loaded.gotos, loaded.steps, loaded.units
    state = loaded.start
    states: list[int] = [state]
    values: list[Any] = []
    push_state, push_value, pop_state = states.append, values.append, states.pop
    for at, terminal in enumerate(terminals):
        action = actions[state].get(terminal)
        while action is not None and action < 0:
            length, origin, callback = steps[~action]
            if length == 1:
                pop_state()
                if callback is not None:
                    values[-1] = callback(builder, values[-1])
            elif length == 3:
                first, second, third = values[-3:]
                del values[-2:], states[-3:]
                values[-1] = callback(builder, first, second, third)  # type: ignore[misc]
            elif length:
                children = values[-length:]
                del values[-length:], states[-length:]
                push_value(callback(builder, *children))  # type: ignore[misc]
            else:
                push_value(callback(builder) if callback else None)
            row = gotos[states[-1]]
            state = row[origin]
            action = actions[state].get(terminal)
            while action in units:
                state = row[units[action]]
                action = actions[state].get(terminal)
            push_state(state)
        if action is None:
            if terminal == "$END" and state == loaded.end:
                return values[-1]
            raise _Stuck(at, state)
        push_state(action)
        push_value(at)
        state = action
        if len(states) > MAX_HEIGHT:
            raise _TooDeep(at)
    raise AssertionError("the tokens lack their end")


def _callback(rule: tables.Rule) -> Callback | None:
    if not rule.method:
        return None
    method: Callback = getattr(Statements, rule.method)
    blanks = rule.blanks
    if not blanks:
        return method

    def fill(builder: Statements, *children: Any) -> Any:
        given = iter(children)
        return method(builder, *[None if blank == "1" else next(given) for blank in blanks])

    return fill
