"""Our evaluator against GitHub's JavaScript port of the runner's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from proof import expressions

SEEDS = range(2_000)


@pytest.fixture(scope="module", name="port")
def _port(judge: Callable[[str], ModuleType]) -> Iterator[Any]:
    with judge("expressions").Evaluator(expressions.CONTEXTS, expressions.FUNCTIONS) as evaluator:
        yield evaluator


def test_generated_expressions_mean_the_same(judge: Callable[[str], ModuleType]) -> None:
    judge("expressions")
    assert list(expressions.run(SEEDS)) == []


def test_the_generator_makes_all_kinds_of_expressions() -> None:
    answers = [expressions.answer(expressions.generate(seed)) for seed in SEEDS]
    kinds = Counter(one.get("error") or type(one["value"]).__name__ for one in answers)
    assert min(kinds[kind] for kind in ("bool", "str", "dict", "NoneType", "evaluation")) > 50
    assert 0.02 < kinds["syntax"] / len(answers) < 0.25


def test_a_wrong_answer_is_a_difference() -> None:
    assert expressions.compare("1 == 1", {"value": False, "text": "false", "truthy": False})
    assert expressions.compare("1 == 1", {"error": "evaluation"})
    assert expressions.compare("1 == 1", {"error": "syntax"})
    assert expressions.compare("1 ==", {"value": True, "text": "true", "truthy": True})


PORT_DIFFERS = {
    "only the first quote of a string is read": ("'a''b''c'", "a'b'c", "a'b''c"),
    "a comma may stand at the end": ("join('a', )", None, "a"),
    "numbers have more than 15 digits": ("format('{0}', 1e15)", "1E+15", "1000000000000000"),
    "small numbers are written otherwise": ("format('{0}', 0.00001)", "1E-05", "0.00001"),
    "upper case may be longer": ("'ß' == 'SS'", False, True),
    "binary numbers are read": ("'0b11' == 3", False, True),
    "hexadecimal numbers are of any size": ("'0xffffffff' == -1", True, False),
    "infinity is read in one spelling": ("'INFINITY' == Infinity", True, False),
    "arguments are evaluated though not needed": ("case(true, 1, fromJSON(''), 2, 3)", 1.0, None),
    "an index into nothing is evaluated": ("vars.X[fromJSON('')]", None, None),
    "JSON has no NaN": ("toJSON(NaN)", "NaN", "null"),
    "a format may end in anything": ("format('{0?}', 1)", None, "1"),
    "keys of JSON that are numbers come first": (
        """toJSON(fromJSON('{"b":1,"2":1}'))""",
        '{\n  "b": 1,\n  "2": 1\n}',
        '{\n  "2": 1,\n  "b": 1\n}',
    ),
    "of keys in two cases the first wins": ("""fromJSON('{"a":1,"A":2}').a""", 2.0, 1.0),
}
"""Where the port is not the runner: the runner's value (None: none), and the port's."""


def _value(answer: dict[str, Any]) -> Any:
    value = answer.get("value")
    return float(value["number"]) if isinstance(value, dict) and "number" in value else value


@pytest.mark.parametrize("name", PORT_DIFFERS)
def test_where_the_port_differs_the_runner_is_right(port: Any, name: str) -> None:
    expression, runner, wanted = PORT_DIFFERS[name]
    ours, theirs = expressions.answer(expression), port.answers([expression])[0]
    assert (_value(dict(ours)), _value(theirs)) == (runner, wanted)
    assert ours != {key: value for key, value in theirs.items() if key != "message"}
