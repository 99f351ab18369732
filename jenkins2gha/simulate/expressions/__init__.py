"""GitHub's expression language, as the runner evaluates it.

Source: actions/runner, `src/Sdk/Expressions`. GitHub's JavaScript port, `@actions/expressions`,
checks it by generated expressions; where the port differs from the runner, the runner is right.
"""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.simulate.expressions.errors import EvaluationError, ExpressionError, SyntaxFault
from jenkins2gha.simulate.expressions.evaluator import evaluate
from jenkins2gha.simulate.expressions.functions import Function
from jenkins2gha.simulate.expressions.parser import parse
from jenkins2gha.simulate.expressions.values import (
    Array,
    Object,
    Value,
    plain,
    to_text,
    truthy,
    value_of,
)

__all__ = [
    "Array",
    "EvaluationError",
    "ExpressionError",
    "Function",
    "Object",
    "SyntaxFault",
    "Value",
    "calculate",
    "evaluate",
    "parse",
    "plain",
    "to_text",
    "truthy",
    "value_of",
]


def calculate(
    text: str,
    contexts: Mapping[str, Value] | None = None,
    functions: Mapping[str, Function] | None = None,
) -> Value:
    """The value of an expression, without its `${{ }}`.

    >>> calculate("format('{0}-{1}', 1, true) == '1-TRUE'")
    True
    """
    contexts, functions = contexts or {}, functions or {}
    return evaluate(parse(text, contexts, functions), contexts, functions)
