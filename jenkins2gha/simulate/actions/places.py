"""Which contexts and functions an expression may use, by the key at which it stands.

Source: npm @actions/workflow-parser, `workflow-v1.0.json`; docs.github.com, contexts reference,
"Context availability".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jenkins2gha.simulate.actions.nodes import Mapping as YamlMapping
from jenkins2gha.simulate.actions.nodes import Node, Scalar, Sequence
from jenkins2gha.simulate.expressions import (
    ExpressionError,
    Function,
    SyntaxFault,
    Value,
    evaluate,
    parse,
    to_text,
    value_of,
)
from jenkins2gha.simulate.expressions.templates import template
from jenkins2gha.simulate.expressions.tree import Call, Operation, walk
from jenkins2gha.simulate.expressions.tree import Node as Tree
from jenkins2gha.simulate.expressions.values import Array, Object


@dataclass(frozen=True, eq=False)
class Place:
    """A kind of key, by the contexts and functions it offers."""

    contexts: tuple[str, ...]
    functions: tuple[str, ...] = ()

    def offers(self) -> dict[str, Function]:
        """The functions, as far as reading an expression needs to know them."""
        return {name: _ARITIES[name] for name in self.functions}


def _no_value(_: object) -> Value:
    return None


_ALWAYS = ("github", "inputs", "vars")
_JOB = (*_ALWAYS, "needs", "strategy", "matrix")
_STEP = (*_JOB, "steps", "job", "runner", "env")
_STATUS = ("success", "failure", "cancelled", "always")
_ARITIES = {
    **dict.fromkeys(("cancelled", "always"), Function(_no_value)),
    **dict.fromkeys(("success", "failure"), Function(_no_value, 0, 255)),
    "hashFiles": Function(_no_value, 1, 255),
}

RUN = Place(_ALWAYS)
ENV = Place((*_ALWAYS, "secrets"))
JOB_IF = Place((*_ALWAYS, "needs"), _STATUS)
STRATEGY = Place((*_ALWAYS, "needs"))
JOB = Place(_JOB)
JOB_ENV = Place((*_JOB, "secrets"))
DEFAULTS = Place((*_JOB, "env"))
OUTPUTS = Place((*_STEP, "secrets"))
CONTAINER_ENV = Place((*_JOB, "secrets", "job", "runner", "env"))
STEP_IF = Place(_STEP, (*_STATUS, "hashFiles"))
STEP = Place((*_STEP, "secrets"), ("hashFiles",))


@dataclass(frozen=True, slots=True)
class Contexts:
    """What the expressions at a place see."""

    values: Mapping[str, Value]
    functions: Mapping[str, Function]


@lru_cache(maxsize=1 << 15)
def _tree(expression: str, place: Place) -> Tree | None:
    return parse(expression, place.contexts, place.offers())


@lru_cache(maxsize=1 << 15)
def _scalar(text: str, place: Place) -> Tree | str | None:
    """A text, or the tree of what it stands for."""
    read, is_expression = template(text)
    return _tree(read, place) if is_expression else read


def check(node: Node, place: Place) -> None:
    """Raises where an expression below a node is none, or uses what its place has not."""
    for scalar in scalars(node):
        if isinstance(scalar.value, str):
            _scalar(scalar.value, place)


def scalars(node: Node) -> list[Scalar]:
    match node:
        case Scalar():
            return [node]
        case Sequence(items):
            return [scalar for item in items for scalar in scalars(item)]
    return [scalar for _, item in node.pairs for scalar in scalars(item)]


def value_at(node: Node, place: Place, contexts: Contexts) -> Value:
    """The value that a node of YAML comes to."""
    match node:
        case Sequence(items):
            return Array(tuple(value_at(item, place, contexts) for item in items))
        case YamlMapping(pairs):
            return Object(tuple((key, value_at(one, place, contexts)) for key, one in pairs))
    if not isinstance(node.value, str):
        return value_of(node.value)
    read = _scalar(node.value, place)
    if read is None or isinstance(read, str):
        return read
    return evaluate(read, contexts.values, contexts.functions)


def text_at(node: Node, place: Place, contexts: Contexts) -> str:
    """The text that a node comes to; raises where it is a list or a map."""
    value = value_at(node, place, contexts)
    if isinstance(value, (Array, Object)):
        raise ExpressionError(
            "A sequence was not expected"
            if isinstance(value, Array)
            else "A mapping was not expected"
        )
    return to_text(value)


@lru_cache(maxsize=1 << 15)
def condition(text: str, place: Place) -> Tree:
    """What an `if` asks: also `success()`, unless it asks for the status itself.

    A text around `${{ }}` makes it a text, which holds always; so GitHub does.
    Source: actions/runner, `WorkflowTemplateConverter.cs` (ConvertToIfCondition).
    """
    expression, _ = template(text)
    tree = _tree(expression, place)
    success = Call("success", ())
    if tree is None:
        return success
    asks = any(isinstance(node, Call) and node.name.lower() in _STATUS for node in walk(tree))
    return tree if asks else Operation("&&", (success, tree))


def condition_text(node: Node | None) -> str:
    """The text of an `if` as it stands; '' where there is none."""
    if node is None:
        return ""
    if not isinstance(node, Scalar):
        raise SyntaxFault("a condition must be a scalar")
    return to_text(value_of(node.value))
