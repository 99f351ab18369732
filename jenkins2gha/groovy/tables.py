"""The parse table of the grammar: made by Lark, kept in a file, read without Lark."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from sys import intern
from typing import Any, Final

from jenkins2gha.resources import folder

FORMAT: Final = 1
_GRAMMAR = "groovy.lark"
_STORED = "groovy.table"


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One alternative: how many children it takes, what it makes, by which method of the builder.

    `method` is empty where the only child is handed on. `blanks` marks by `1` the children that
    are missing in this alternative, among those marked `0`.
    """

    length: int
    origin: str
    method: str
    blanks: str


@dataclass(frozen=True, slots=True)
class Table:
    """`actions[state][terminal]` is the next state, or `~rule` to reduce by that rule."""

    actions: list[dict[str, int]]
    gotos: list[dict[str, int]]
    rules: list[Rule]
    start: int
    end: int


def load() -> Table:
    """The stored table if it belongs to the grammar, else one made now."""
    grammar = _grammar_text()
    stored = folder("grammar") / _STORED
    if stored.is_file():
        data = json.loads(stored.read_text("utf-8"))
        if data["grammar"] == _digest(grammar):
            return _decode(data)
    return build(grammar)


def write(path: Path) -> None:
    """Makes the table and stores it under `path`."""
    grammar = _grammar_text()
    table = build(grammar)
    data = {
        "grammar": _digest(grammar),
        "start": table.start,
        "end": table.end,
        "rules": [[rule.length, rule.origin, rule.method, rule.blanks] for rule in table.rules],
        "actions": table.actions,
        "gotos": table.gotos,
    }
    path.write_text(json.dumps(data, separators=(",", ":")) + "\n", "utf-8")


def build(grammar: str, *, debug: bool = False) -> Table:
    """The LALR(1) table of a grammar; with `debug` Lark logs its conflicts."""
    from lark import Lark
    from lark.lexer import Lexer
    from lark.parsers.lalr_analysis import Shift

    class NoLexer(Lexer):
        def __init__(self, _: Any) -> None:
            pass

        def lex(self, *_: Any) -> Any:
            return iter(())

    lark = Lark(grammar, parser="lalr", lexer=NoLexer, maybe_placeholders=True, debug=debug)
    made: Any = lark.parser.parser
    parse_table = made._parse_table  # noqa: SLF001 - Lark has no other way to it
    start, end = parse_table.start_states["start"], parse_table.end_states["start"]
    order = _order(parse_table.states, start, Shift)
    place = {state: number for number, state in enumerate(order)}
    rules = sorted(lark.rules, key=lambda rule: (str(rule.origin.name), _rule(rule), str(rule)))
    numbers = {rule: number for number, rule in enumerate(rules)}
    actions: list[dict[str, int]] = []
    gotos: list[dict[str, int]] = []
    for state in order:
        action_row: dict[str, int] = {}
        goto_row: dict[str, int] = {}
        for symbol, (action, target) in sorted(parse_table.states[state].items()):
            if action is not Shift:
                action_row[str(symbol)] = ~numbers[target]
            elif symbol.islower():
                goto_row[str(symbol)] = place[target]
            else:
                action_row[str(symbol)] = place[target]
        actions.append(action_row)
        gotos.append(goto_row)
    steps = [_rule(rule) for rule in rules]
    return Table(_interned(actions), _interned(gotos), steps, place[start], place[end])


def _order(states: Any, start: Any, shift: Any) -> list[Any]:
    """The states as a search from the start finds them: Lark numbers them anew each time."""
    order, known = [start], {start}
    for state in order:
        for _, (action, target) in sorted(states[state].items()):
            if action is shift and target not in known:
                known.add(target)
                order.append(target)
    return order


def _rule(rule: Any) -> Rule:
    blanks = "".join("1" if blank else "0" for blank in rule.options.empty_indices)
    method = str(rule.alias or "")
    return Rule(len(rule.expansion), str(rule.origin.name), method, blanks if "1" in blanks else "")


def _grammar_text() -> str:
    return (folder("grammar") / _GRAMMAR).read_text("utf-8")


def _digest(grammar: str) -> str:
    return sha256(f"{FORMAT}\n{grammar}".encode()).hexdigest()


def _decode(data: dict[str, Any]) -> Table:
    rules = [Rule(*rule) for rule in data["rules"]]
    return Table(
        _interned(data["actions"]), _interned(data["gotos"]), rules, data["start"], data["end"]
    )


def _interned(rows: list[dict[str, int]]) -> list[dict[str, int]]:
    """The same rows with names that compare by identity: the parser looks them up all the time."""
    return [{intern(name): number for name, number in row.items()} for row in rows]
