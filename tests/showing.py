"""Values in a form that is short to compare, for tests."""

from __future__ import annotations

from jenkins2gha.jenkins.values import (
    AllOf,
    AnyOf,
    BuildFact,
    Choose,
    ClosureOf,
    Comparison,
    Concat,
    Constant,
    Described,
    EnvironmentRef,
    Expr,
    Known,
    ListOf,
    MapOf,
    Method,
    Negation,
    ParameterRef,
    Perhaps,
    Residual,
    ResultOf,
    Symbolic,
    TextTest,
    Truth,
    Value,
)


def shown_expr(expr: Expr) -> str:
    match expr:
        case Constant(value=value):
            return str(value)
        case ParameterRef(name=name):
            return f"{{params.{name}}}"
        case EnvironmentRef(name=name):
            return f"{{env.{name}}}"
        case Concat(parts=parts):
            return "".join(map(shown_expr, parts))
        case ResultOf(key=key):
            return f"<{key}>"
        case Choose(condition=condition, then=then, otherwise=otherwise):
            return f"({shown_expr(condition)} ? {shown_expr(then)} : {shown_expr(otherwise)})"
        case Method(word=word, operands=operands):
            return f"{word}({', '.join(map(shown_expr, operands))})"
    return shown_condition(expr)


def shown_condition(expr: Expr) -> str:
    match expr:
        case Truth(operand=operand):
            return f"?{shown_expr(operand)}"
        case Negation(operand=operand):
            return f"!{shown_expr(operand)}"
        case AllOf(operands=operands):
            return f"({' && '.join(map(shown_expr, operands))})"
        case AnyOf(operands=operands):
            return f"({' || '.join(map(shown_expr, operands))})"
        case Comparison(operator=operator, left=left, right=right):
            return f"{shown_expr(left)} {operator} {shown_expr(right)}"
        case TextTest(test=test, text=text, part=part):
            return f"{test}({shown_expr(text)}, {shown_expr(part)})"
        case BuildFact(name=name):
            return f"build.{name}"
    return repr(expr)


def shown(value: Value) -> object:
    """A value in a form that is short to compare."""
    match value:
        case Known(value=known):
            return known
        case Symbolic(expr=expr):
            return shown_expr(expr)
        case Residual():
            return "?"
        case ListOf(items=parts):
            return [shown(part) for part in parts]
        case MapOf(entries=entries):
            return {key: shown(part) for key, part in entries}
        case ClosureOf():
            return "{}"
        case Perhaps(condition=condition):
            return f"{{}} if {shown_expr(condition)}"
        case Described(symbol=symbol, arguments=arguments):
            return {"": symbol} | {key: shown(part) for key, part in arguments.items()}
