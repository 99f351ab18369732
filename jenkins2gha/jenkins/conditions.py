"""Conditions: Groovy's truth, comparisons, and values that depend on a condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from jenkins2gha.jenkins.values import (
    AllOf,
    AnyOf,
    BuildFact,
    Choose,
    ClosureOf,
    Comparison,
    Constant,
    Described,
    EnvironmentRef,
    Expr,
    Known,
    ListOf,
    MapOf,
    Negation,
    PathTest,
    Perhaps,
    Residual,
    ResultOf,
    Scalar,
    Symbolic,
    TextTest,
    Truth,
    Value,
    is_whole,
    operands,
)
from jenkins2gha.source import Span

LEAVES = 32
"""Values that one value may be chosen from."""

PERHAPS = "it asks a map whose entries depend on the run"

SIZE = 400
"""Nodes of one expression."""

_TEXT_FACTS = ("result", "currentResult", "previousResult")
_TESTS = (Truth, Negation, AllOf, AnyOf, Comparison, TextTest, PathTest)


def is_flag(expr: Expr) -> bool:
    """Whether an expression is nothing but true or false."""
    match expr:
        case Constant(value):
            return isinstance(value, bool)
        case ResultOf(form=form):
            return form == "flag"
        case BuildFact(name):
            return name not in _TEXT_FACTS
        case Choose(_, then, otherwise):
            return is_flag(then) and is_flag(otherwise)
    return isinstance(expr, _TESTS)


def as_expr(value: Value) -> Expr | None:
    """A known or symbolic value as an expression; None for all else."""
    if isinstance(value, Known):
        return Constant(value.value)
    return value.expr if isinstance(value, Symbolic) else None


def truth(value: Value, span: Span) -> Value:
    """Groovy's truth of a value: Known true or false, a Symbolic condition, or Residual."""
    match value:
        case Known(known):
            return Known(bool(known), span)
        case MapOf() if not is_whole(value):
            return Residual(span, PERHAPS)
        case ListOf(items=items) | MapOf(entries=items):
            return Known(bool(items), span)
        case ClosureOf():
            return Known(value=True, span=span)
        case Symbolic(expr):
            return Symbolic(condition_of(expr), span)
        case Residual(reason=reason):
            return Residual(span, reason)
    return Residual(span, "it is a condition in Groovy")


def condition_of(expr: Expr) -> Expr:
    """The condition that Groovy's truth of an expression is."""
    match expr:
        case Choose(condition, then, otherwise) if is_flag(expr):
            return any_of(
                all_of(condition, condition_of(then)),
                all_of(negated(condition), condition_of(otherwise)),
            )
        case Constant():
            return Constant(bool(expr.value))
        case ResultOf():
            return Truth(expr)
    return expr if is_flag(expr) else Truth(expr)


_OPPOSITE = {"==": "!=", "!=": "=="}


def negated(condition: Expr) -> Expr:
    """The opposite of a condition."""
    match condition:
        case Constant(value):
            return Constant(not value)
        case Negation(operand):
            return operand
        case Comparison(operator, left, right) if operator in _OPPOSITE:
            return Comparison(_OPPOSITE[operator], left, right)
    return Negation(condition)


def all_of(*conditions: Expr) -> Expr:
    """`&&` of some conditions; constants among them are worked out."""
    parts = tuple(_flat(AllOf, conditions))
    if any(part == Constant(value=False) for part in parts):
        return Constant(value=False)
    parts = tuple(part for part in parts if part != Constant(value=True))
    if len(parts) == 1:
        return parts[0]
    return AllOf(parts) if parts else Constant(value=True)


def any_of(*conditions: Expr) -> Expr:
    """`||` of some conditions; constants among them are worked out."""
    parts = tuple(_flat(AnyOf, conditions))
    if any(part == Constant(value=True) for part in parts):
        return Constant(value=True)
    parts = tuple(part for part in parts if part != Constant(value=False))
    if len(parts) == 1:
        return parts[0]
    return AnyOf(parts) if parts else Constant(value=False)


def _flat(kind: type[AllOf | AnyOf], conditions: Iterable[Expr]) -> Iterator[Expr]:
    for condition in conditions:
        if isinstance(condition, kind):
            yield from condition.operands
        else:
            yield condition


def settled(expr: Expr, span: Span) -> Value:
    """A condition as a value: Known where it is constant."""
    return Known(expr.value, span) if isinstance(expr, Constant) else Symbolic(expr, span)


# --- comparisons ---------------------------------------------------------------------------------


def equal(left: Value, right: Value) -> bool | None:
    """Groovy's `==` of two values; None where only a run knows."""
    match left, right:
        case Known(one), Known(other):
            return _equal_scalars(one, other)
        case ListOf(items=ones), ListOf(items=others):
            return _all_equal(ones, others)
        case MapOf(), MapOf() if not (is_whole(left) and is_whole(right)):
            return None
        case MapOf(), MapOf():
            if {key for key, _ in left.entries} != {key for key, _ in right.entries}:
                return False
            keys = [key for key, _ in left.entries]
            values = (left.get(key) or left for key in keys)
            return _all_equal(values, (right.get(key) or left for key in keys))
        case (ListOf() | MapOf(), Known()) | (Known(), ListOf() | MapOf()):
            return False
    return None


def _all_equal(ones: Iterable[Value], others: Iterable[Value]) -> bool | None:
    left, right = list(ones), list(others)
    if len(left) != len(right):
        return False
    found = [equal(one, other) for one, other in zip(left, right, strict=True)]
    if False in found:
        return False
    return None if None in found else True


def _equal_scalars(left: Scalar, right: Scalar) -> bool | None:
    if _is_number(left) and _is_number(right):
        return left == right
    numbers = _is_number(left), _is_number(right)
    letter = right if numbers[0] else left
    if any(numbers) and isinstance(letter, str) and len(letter) == 1:
        return None
    return type(left) is type(right) and left == right


def _is_number(value: Scalar) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


_ORDERS: dict[str, Callable[[int], bool]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}


def compared(operator: str, left: Value, right: Value, span: Span) -> Value:
    """`==`, `!=`, `<`, `<=`, `>`, `>=` of two values."""
    if operator in _OPPOSITE:
        same = equal(left, right)
        if same is not None:
            return Known(same == (operator == "=="), span)
    elif isinstance(left, Known) and isinstance(right, Known):
        sign = _sign(left.value, right.value)
        if sign is not None:
            return Known(_ORDERS[operator](sign), span)
    one, other = as_expr(left), as_expr(right)
    if one is None or other is None or (isinstance(left, Known) and isinstance(right, Known)):
        return Residual(span, f"it compares with `{operator}` what only a run knows")
    return Symbolic(Comparison(operator, one, other), span)


def _sign(left: Scalar, right: Scalar) -> int | None:
    if _is_number(left) and _is_number(right):
        assert isinstance(left, (int, Decimal))
        assert isinstance(right, (int, Decimal))
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        one, other = left.encode("utf-16-be"), right.encode("utf-16-be")
        return (one > other) - (one < other)
    return None


def is_among(value: Value, items: Iterable[Value], span: Span) -> Value:
    """Whether a value equals one of some others: `x in [a, b]`."""
    tests: list[Expr] = []
    for item in items:
        test = as_expr(compared("==", value, item, span))
        if test is None:
            return Residual(span, "it looks for what only a run knows in a list")
        tests.append(test)
    return settled(any_of(*tests), span)


# --- values that depend on a condition -----------------------------------------------------------


def same(left: Value, right: Value) -> bool:
    """Whether two values are one and the same, wherever they were written."""
    if left is right:
        return True
    match left, right:
        case Known(one), Known(other):
            return type(one) is type(other) and one == other
        case Symbolic(one_expr), Symbolic(other_expr):
            return one_expr == other_expr
        case ListOf(items=ones), ListOf(items=others):
            return len(ones) == len(others) and all(map(same, ones, others))
        case MapOf(entries=ones), MapOf(entries=others):
            return len(ones) == len(others) and all(
                key == name and same(one, other)
                for (key, one), (name, other) in zip(ones, others, strict=True)
            )
        case ClosureOf(code=one_code), ClosureOf(code=other_code):
            return one_code is other_code and left.variables == right.variables
        case Perhaps(condition=one_test), Perhaps(condition=other_test):
            return one_test == other_test and same(left.closure, right.closure)
        case Described(symbol=one, arguments=ours), Described(symbol=other, arguments=theirs):
            return one == other and _same_arguments(ours, theirs)
    return False


def _same_arguments(ones: Mapping[str, Value], others: Mapping[str, Value]) -> bool:
    return ones.keys() == others.keys() and all(same(ones[name], others[name]) for name in ones)


def chosen(condition: Expr, then: Value, otherwise: Value, span: Span) -> Value:
    """`then` where the condition holds, else `otherwise`; lists and maps part by part."""
    if same(then, otherwise):
        return then
    for value in (then, otherwise):
        if isinstance(value, Residual):
            return Residual(span, value.reason)
    match then, otherwise:
        case ListOf(items=ones), ListOf(items=others) if len(ones) == len(others):
            parts = (
                chosen(condition, one, other, span) for one, other in zip(ones, others, strict=True)
            )
            return ListOf(tuple(parts), span)
        case MapOf(), MapOf() if _keys(then) != _keys(otherwise):
            return _merged(condition, then, otherwise, span)
        case MapOf(), MapOf():
            return MapOf(
                tuple(
                    (key, chosen(condition, one, other, span))
                    for (key, one), (_, other) in zip(then.entries, otherwise.entries, strict=True)
                ),
                span,
            )
    one, other = as_expr(then), as_expr(otherwise)
    if one is None or other is None:
        return Residual(span, "it depends on what only a run decides")
    result = Choose(condition, one, other)
    if leaves(result) > LEAVES or not is_small(result):
        return Residual(span, f"it is one of more than {LEAVES} values")
    return Symbolic(result, span)


def _merged(condition: Expr, then: MapOf, otherwise: MapOf, span: Span) -> Value:
    """A map of blocks, some of which it holds on one way only."""
    found: dict[str, Value] = {}
    for key in dict.fromkeys((*_keys(then), *_keys(otherwise))):
        one, other = then.get(key), otherwise.get(key)
        if one is not None and other is not None:
            found[key] = chosen(condition, one, other, span)
            continue
        held = one or other
        own = condition if one is not None else negated(condition)
        if isinstance(held, Perhaps):
            found[key] = Perhaps(all_of(own, held.condition), held.closure)
        elif isinstance(held, ClosureOf):
            found[key] = Perhaps(own, held)
        else:
            return Residual(span, "it depends on what only a run decides")
    return MapOf(tuple(found.items()), span)


def _keys(value: MapOf) -> list[str]:
    return [key for key, _ in value.entries]


def leaves(expr: Expr) -> int:
    """How many values an expression is chosen from."""
    if isinstance(expr, Choose):
        return leaves(expr.then) + leaves(expr.otherwise)
    return max(map(leaves, operands(expr)), default=1)


def is_small(expr: Expr) -> bool:
    """Whether an expression has few enough nodes to be written into a workflow."""
    left, waiting = SIZE, [expr]
    while waiting and left:
        left -= 1
        waiting.extend(operands(waiting.pop()))
    return not waiting


def variables_read(expr: Expr) -> Iterator[str]:
    """The variables of the environment that an expression reads; `''` for the build's result."""
    waiting = [expr]
    while waiting:
        one = waiting.pop()
        if isinstance(one, EnvironmentRef):
            yield one.name
        elif isinstance(one, BuildFact) and one.name in _TEXT_FACTS:
            yield ""
        waiting.extend(operands(one))


def reads(value: Value, names: frozenset[str]) -> bool:
    """Whether a value changes with one of some variables of the environment."""
    match value:
        case Symbolic(expr):
            return not names.isdisjoint(variables_read(expr))
        case ListOf(items=items):
            return any(reads(item, names) for item in items)
        case MapOf(entries=entries):
            return any(reads(item, names) for _, item in entries)
        case Described(arguments=arguments):
            return any(reads(item, names) for item in arguments.values())
        case Perhaps(condition=condition):
            return not names.isdisjoint(variables_read(condition))
    return False
