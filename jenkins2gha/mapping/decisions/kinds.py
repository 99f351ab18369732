"""Which kind of value an expression has in Groovy: what `==` and truth make of it hangs on that."""

from __future__ import annotations

from typing import Literal, TypeAlias

from jenkins2gha.jenkins.values import (
    AllOf,
    AnyOf,
    BuildFact,
    Choose,
    Comparison,
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Form,
    Method,
    Negation,
    ParameterRef,
    PathTest,
    ResultOf,
    TextTest,
    Truth,
    Verbatim,
)
from jenkins2gha.mapping.translation import Context

Kind: TypeAlias = Literal["text", "flag", "number", "null"]

FLAGS = frozenset({"toBoolean", "isEmpty", "isBlank", "isNumber", "isInteger", "asBoolean"})
NUMBERS = frozenset({"toInteger", "toLong", "length", "size", "indexOf", "lastIndexOf", "count"})
_RESULTS = frozenset({"result", "currentResult", "previousResult"})
_FORMS: dict[Form, Kind | None] = {
    "text": "text",
    "status": "number",
    "flag": "flag",
    "value": None,
}


def kind_of(expr: Expr, context: Context) -> Kind | None:
    """The kind of a value; None where it may be one or another."""
    match expr:
        case Constant(None):
            return "null"
        case Constant(bool()):
            return "flag"
        case Constant(value):
            return "text" if isinstance(value, str) else "number"
        case ParameterRef(name):
            option = context.parameters.get(name)
            return "flag" if option and option.name == "booleanParam" else "text"
        case EnvironmentRef() | Concat() | Verbatim():
            return "text"
        case ResultOf(form=form):
            return _FORMS[form]
        case Method(word):
            return "flag" if word in FLAGS else "number" if word in NUMBERS else "text"
        case Choose(_, then, otherwise):
            kinds = {kind_of(then, context), kind_of(otherwise, context)} - {"null"}
            return kinds.pop() if len(kinds) == 1 else None
        case BuildFact(name):
            return "text" if name in _RESULTS else "flag"
        case Truth() | Negation() | AllOf() | AnyOf() | Comparison() | TextTest() | PathTest():
            return "flag"
