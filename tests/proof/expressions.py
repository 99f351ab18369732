"""Generated expressions: ours against GitHub's own JavaScript evaluator, one a seed.

The generator stays away from where that port differs from the runner (see `PORT_DIFFERS` in
tests/simulate/expressions/test_port.py); what it cannot stay away from is excused below, by name.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from jenkins2gha.simulate.expressions import (
    Array,
    ExpressionError,
    Function,
    Object,
    SyntaxFault,
    Value,
    evaluate,
    parse,
    to_text,
    truthy,
    value_of,
)
from jenkins2gha.simulate.expressions.tree import Call, Index, Node, walk
from judges import expressions as judge
from judges.expressions import Answer, Evaluator

CONTEXTS: dict[str, Any] = {
    "github": {
        "ref": "refs/heads/Main",
        "ref_name": "Main",
        "event_name": "pull_request",
        "run_number": "17",
        "event": {
            "number": 17,
            "draft": False,
            "pull_request": {"labels": [{"name": "Bug", "id": 3}, {"name": "ci"}, 5, None]},
            "commits": [{"id": "ab", "tags": ["x", "Y"]}, {"id": "cd", "tags": []}, ["deep", [1]]],
            "inputs": {},
        },
    },
    "inputs": {"flag": True, "off": False, "name": "", "count": "3"},
    "needs": {"a": {"result": "success", "outputs": {"v": "1"}}, "b-c": {"result": "skipped"}},
    "matrix": {"os": "Linux", "version": 1.5, "nothing": None, "list": [3, 1, "2"]},
    "env": {"EMPTY": "", "HEX": "0x1F", "JSON": '{"k":[1,{"m":null}]}'},
    "vars": {},
}
FUNCTIONS = {"success": True, "failure": False, "always": True, "hashFiles": "c0ffee"}


def _given(value: Value, _: object) -> Value:
    return value


_OURS = {name: value_of(data) for name, data in CONTEXTS.items()}
_OUR_FUNCTIONS = {
    name: Function(partial(_given, value_of(value)), 0, 255) for name, value in FUNCTIONS.items()
}
_BATCH = 2_000

SEEDS = range(50_000)
BLOCK = 10_000

available = judge.available

_STRINGS = (
    "", " ", "a", "A", "Main", "main", "refs/heads/", "REFS/", "1", "1.0", " 1 ", "01", "-0", "1e2",
    "0x1f", "0o17", ".5", "5.", "true", "True", "false", "null", "NaN", "Infinity", "-Infinity",
    "Éa", "éA", "it''s", "{0}", "{{0}}", "x{1}y{0}", "{", "}", "{0}}", "{}", "{9}",
    '[1,"2",null]', '{"a":{"b":[true,2.5]},"k":"v"}', "[[1],[2,3]]", "[]",
    "{\"k\":1", "linux", ",", "\t", "a b",
)  # fmt: skip
_NUMBERS = ("0", "1", "-1", "+2", "3", "1.5", ".25", "5.", "1e2", "0x1F", "0o17", "-0", "12345678",
            "NaN", "Infinity", "-Infinity", "0.001", "99.125")  # fmt: skip
_PATHS = (
    "github", "github.ref", "GITHUB.Ref_Name", "github.event", "github.event.number",
    "github.event.pull_request.labels", "github.event.commits", "github['event']", "github.nope",
    "inputs.flag", "inputs.off", "inputs.name", "inputs.count", "inputs['FLAG']", "needs",
    "needs.a", "needs.b-c.result", "needs.*.result", "needs.a.outputs.v", "matrix", "matrix.os",
    "matrix.version", "matrix.nothing", "matrix.list", "matrix.list[0]", "env.EMPTY", "env.HEX",
    "env.JSON", "vars", "vars.X", "github.event.inputs.x", "github.event.*", "matrix.*",
)  # fmt: skip
_PROPERTIES = ("name", "id", "k", "a", "b", "labels", "tags", "result", "true", "null", "x-y_1")
_OPERATORS = ("==", "!=", "<", "<=", ">", ">=", "&&", "||", "==", "&&", "||")
_FOREIGN = ("(", ")", "[", "]", ",", ".", "!", "&&", "==", "'", "*", "=", "&", "|", "unknown", "1a",
            "unknown()", "true", "$", "''", "github")  # fmt: skip


def run(seeds: range) -> Iterator[str]:
    """Every difference between our evaluator and GitHub's over the expressions of these seeds."""
    with Evaluator(CONTEXTS, FUNCTIONS) as evaluator:
        for start in range(0, len(seeds), _BATCH):
            batch = seeds[start : start + _BATCH]
            expressions = [generate(seed) for seed in batch]
            answers = evaluator.answers(expressions)
            for seed, text, theirs in zip(batch, expressions, answers, strict=True):
                if difference := compare(text, theirs):
                    yield f"seed {seed}: {text}\n  {difference}"


def compare(text: str, theirs: Answer) -> str | None:
    """How our evaluator differs on a text, unless a known fault of the port explains it."""
    ours = answer(text)
    wanted = {key: value for key, value in theirs.items() if key != "message"}
    if ours == wanted or _excused(text, ours, theirs):
        return None
    return f"ours: {json.dumps(ours)}\n  theirs: {json.dumps(theirs)}"


def answer(text: str) -> Answer:
    """What our evaluator makes of a text, in the judge's form."""
    try:
        tree = parse(text, _OURS, _OUR_FUNCTIONS)
    except SyntaxFault:
        return {"error": "syntax"}
    try:
        value = evaluate(tree, _OURS, _OUR_FUNCTIONS)
    except ExpressionError:
        return {"error": "evaluation"}
    return {"value": _shown(value), "text": to_text(value), "truthy": truthy(value)}


def _shown(value: Value) -> Any:
    if isinstance(value, Array):
        return {"array": [_shown(item) for item in value.items]}
    if isinstance(value, Object):
        return {"object": [[key, _shown(one)] for key, one in value.pairs]}
    return {"number": to_text(value)} if isinstance(value, float) else value


def _excused(text: str, ours: Answer, theirs: Answer) -> bool:
    if ours.get("error") == "syntax":
        return theirs.get("error") != "syntax" and _loose(text)
    if theirs.get("error") == "syntax":
        return False
    tree = parse(text, _OURS, _OUR_FUNCTIONS)
    nodes = tuple(walk(tree)) if tree else ()
    if theirs.get("error") == "evaluation":
        return any(map(_fails, _eager(nodes)))
    return any(map(_unwritable, _to_json(nodes))) or (
        ours.get("error") == "evaluation" and _ODD_FORMAT.search(text) is not None
    )


_ODD_FORMAT = re.compile(r"\{\d+[^}\d][^}]*\}")
"""The port takes `{0 anything}` for `{0}`, which the runner refuses."""


def _loose(text: str) -> bool:
    """The port lets a comma stand before the end of a function's arguments."""
    return re.search(r",\s*\)", text) is not None


def _eager(nodes: Sequence[Node]) -> Iterator[Node]:
    """What the port evaluates though the runner may never ask for it."""
    for node in nodes:
        if isinstance(node, Call):
            yield from node.arguments
        elif isinstance(node, Index):
            yield node.index


def _to_json(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Call) and node.name.lower() == "tojson":
            yield from node.arguments


def _unwritable(node: Node) -> bool:
    """The port writes null for a number that JSON has no form of; the runner its name."""
    try:
        value = evaluate(node, _OURS, _OUR_FUNCTIONS)
    except ExpressionError:
        return False
    return not all(map(math.isfinite, _numbers(value)))


def _numbers(value: Value) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, (Array, Object)):
        for one in value.items if isinstance(value, Array) else value.values():
            yield from _numbers(one)


def _fails(node: Node) -> bool:
    try:
        evaluate(node, _OURS, _OUR_FUNCTIONS)
    except ExpressionError:
        return True
    return False


def generate(seed: int) -> str:
    """The expression of a seed; one in eight has a fault of syntax put in."""
    chance = random.Random(seed)
    text = _expression(chance, chance.choice((1, 2, 2, 3, 3, 4)))
    return _broken(chance, text).strip() or "''" if chance.random() < 1 / 8 else text


def _broken(chance: random.Random, text: str) -> str:
    place = chance.randrange(len(text) + 1)
    match chance.randrange(3):
        case 0:
            return text[:place] + text[place + 1 :]
        case 1:
            return text[:place] + chance.choice(_FOREIGN) + text[place:]
    return text[:place]


def _expression(chance: random.Random, depth: int) -> str:
    if depth == 0:
        return _leaf(chance)
    makers: Sequence[Callable[[random.Random, int], str]] = (
        _leaf_below, _binary, _binary, _binary, _not, _group, _index, _call, _call, _call,
    )  # fmt: skip
    return chance.choice(makers)(chance, depth - 1)


def _leaf(chance: random.Random) -> str:
    match chance.randrange(10):
        case 0 | 1:
            return chance.choice(_NUMBERS)
        case 2:
            return chance.choice(("true", "false", "null"))
        case 3 | 4 | 5:
            return f"'{chance.choice(_STRINGS)}'"
    return chance.choice(_PATHS)


def _leaf_below(chance: random.Random, _: int) -> str:
    return _leaf(chance)


def _binary(chance: random.Random, depth: int) -> str:
    space = chance.choice((" ", " ", "", "\n  "))
    left, right = _expression(chance, depth), _expression(chance, depth)
    return f"{left}{space}{chance.choice(_OPERATORS)}{space}{right}"


def _not(chance: random.Random, depth: int) -> str:
    return "!" + _expression(chance, depth)


def _group(chance: random.Random, depth: int) -> str:
    return f"({_expression(chance, depth)})"


def _index(chance: random.Random, depth: int) -> str:
    base = chance.choice((chance.choice(_PATHS), f"({_expression(chance, depth)})"))
    for _ in range(chance.randrange(1, 4)):
        match chance.randrange(4):
            case 0:
                base += f".{chance.choice(_PROPERTIES)}"
            case 1:
                base += chance.choice((".*", "[*]"))
            case 2:
                base += f"[{chance.choice(('0', '1', '1.9', '-1', '9', _leaf(chance)))}]"
            case _:
                base += f"[{_expression(chance, depth - 1 if depth else 0)}]"
    return base


def _call(chance: random.Random, depth: int) -> str:
    name, least, most = chance.choice((
        ("contains", 2, 2), ("startsWith", 2, 2), ("ENDSWITH", 2, 2), ("format", 1, 4),
        ("join", 1, 2), ("toJSON", 1, 1), ("fromJSON", 1, 1), ("case", 3, 5), ("success", 0, 0),
        ("hashFiles", 1, 2), ("always", 0, 0),
    ))  # fmt: skip
    count = chance.randint(least, most)
    if name == "case":
        count |= 1
    if chance.random() < 1 / 40:
        count += chance.choice((-1, 1))
    given = [_expression(chance, depth) for _ in range(max(count, 0))]
    if given and chance.random() < 2 / 3:
        given[0] = _fitting(chance, name, given[0])
    return f"{name}({chance.choice((', ', ',')).join(given)})"


def _fitting(chance: random.Random, name: str, given: str) -> str:
    """A first argument with which the function does more than fail."""
    match name:
        case "format":
            return chance.choice(("'{0}'", "'{0}-{1}'", "'a{{b}}{0}'", "'}}{{'", "'{2}'", "'é{0}'"))
        case "fromJSON":
            return chance.choice(
                ("env.JSON", "'[1,\"a\",null]'", "'{\"k\":true}'", "toJSON(needs)")
            )
        case "case":
            return chance.choice(("true", "false", "inputs.flag", "inputs.off", f"!({given})"))
    return given
