"""Expressions of Groovy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.errors import Unknown, Unsupported, known_throwable, thrown
from jenkins2gha.simulate.jenkins.groovy import assignment, calls, coercion, properties
from jenkins2gha.simulate.jenkins.groovy.arithmetic import BINARY, negate
from jenkins2gha.simulate.jenkins.groovy.regexes import compiled
from jenkins2gha.simulate.jenkins.groovy.scope import Scope
from jenkins2gha.simulate.jenkins.groovy.values import (
    ClassReference,
    Closure,
    GString,
    Matcher,
    MethodPointer,
    Range,
    Regex,
    Value,
    integer,
    is_text,
    key_of,
    to_text,
    truth,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter

# Classes whose name stands alone in expressions.
CLASSES: Final = frozenset(
    "String Integer Long Boolean Double BigDecimal Math List ArrayList Map LinkedHashMap HashMap "
    "Set LinkedHashSet HashSet Object Number GString CharSequence Collections Arrays Objects "
    "Character System Result Pattern Closure JsonOutput TimeZone UUID".split()
)


def evaluate(interpreter: Interpreter, node: ast.Expression, scope: Scope) -> Value:
    """The value of an expression."""
    interpreter.tick(node)
    try:
        return _EVALUATE.get(type(node), _other)(interpreter, node, scope)
    except Unknown as unknown:
        raise Unsupported(interpreter.source.span(node.start, node.end), str(unknown)) from None


def _other(_: Interpreter, node: ast.Expression, __: Scope) -> Value:
    raise Unknown(f"an expression of the kind {type(node).__name__}")


def _string(_: Interpreter, node: ast.StringLiteral, __: Scope) -> Value:
    return node.value


def _gstring(interpreter: Interpreter, node: ast.GString, scope: Scope) -> Value:
    parts = []
    for part in node.parts:
        if isinstance(part, ast.Text):
            parts.append(part.value)
        elif part.value is None:
            parts.append("null")
        elif isinstance(part.value, ast.Closure):
            raise Unknown("a closure in a string")
        else:
            parts.append(to_text(interpreter.evaluate(part.value, scope)))
    return GString("".join(parts))


def _number(_: Interpreter, node: ast.NumberLiteral, __: Scope) -> Value:
    if node.text[-1:] in "fFdD" and node.text[:2].lower() != "0x":
        return float(node.value)
    return node.value


def _boolean(_: Interpreter, node: ast.BooleanLiteral, __: Scope) -> Value:
    return node.value


def _null(*_: object) -> Value:
    return None


def name(interpreter: Interpreter, node: ast.Name, scope: Scope) -> Value:
    """A variable: of a scope, of a closure's delegate, of the script or of Jenkins; or a class."""
    holder = scope.holder(node.id)
    if holder is not None:
        return holder.variables[node.id]
    if node.id == "this":
        return interpreter.lookup("steps")
    for delegate in scope.delegates():
        if isinstance(delegate, dict):
            return delegate.get(node.id)
        raise Unknown("the delegate of a closure")
    try:
        return interpreter.lookup(node.id)
    except KeyError:
        pass
    if node.id in CLASSES or known_throwable(node.id):
        return ClassReference(node.id)
    likely = not node.id.isupper() or node.id in ("URL", "URI")
    if node.id[:1].isupper() and (node.id in interpreter.classes or likely):
        raise Unknown(f"the class {node.id}")
    raise thrown(
        "MissingPropertyException", f"No such property: {node.id} for class: WorkflowScript"
    )


def items(interpreter: Interpreter, nodes: tuple[ast.Expression, ...], scope: Scope) -> list[Value]:
    """The values of a list, with those that are spread into it."""
    found: list[Value] = []
    for one in nodes:
        if isinstance(one, ast.Spread):
            found += coercion.items(interpreter.evaluate(one.value, scope))
        else:
            found.append(calls.argument(interpreter, one, scope))
    return found


def _list(interpreter: Interpreter, node: ast.ListLiteral, scope: Scope) -> Value:
    return items(interpreter, node.items, scope)


def entries(
    interpreter: Interpreter, nodes: tuple[ast.MapEntry, ...], scope: Scope
) -> dict[Value, Value]:
    """The entries of a map, or the named arguments of a call."""
    found: dict[Value, Value] = {}
    for one in nodes:
        if one.key is None:
            spread = interpreter.evaluate(one.value, scope)
            if not isinstance(spread, dict):
                raise Unknown("*: before what is no map")
            found.update(spread)
            continue
        key = key_of(interpreter.evaluate(one.key, scope))
        found[key] = calls.argument(interpreter, one.value, scope)
    return found


def _map(interpreter: Interpreter, node: ast.MapLiteral, scope: Scope) -> Value:
    return entries(interpreter, node.entries, scope)


def _range(interpreter: Interpreter, node: ast.Range, scope: Scope) -> Value:
    first, last = interpreter.evaluate(node.first, scope), interpreter.evaluate(node.last, scope)
    if is_text(first) and is_text(last) and len(to_text(first)) == len(to_text(last)) == 1:
        low, high = ord(to_text(first)), ord(to_text(last))
        return Range(
            map(chr, _numbers(low, high, inclusive=node.inclusive)),
            f"{to_text(first)}..{to_text(last)}",
        )
    low, high = integer(first), integer(last)
    values = list(_numbers(low, high, inclusive=node.inclusive))
    shown = f"{values[0]}..{values[-1]}" if node.inclusive else f"{low}..<{high}"
    return Range(values, shown)


def _numbers(low: int, high: int, *, inclusive: bool) -> range:
    step = 1 if low <= high else -1
    if abs(high - low) > 100_000:
        raise Unknown("a range of this size")
    return range(low, high + step if inclusive else high, step)


def _unary(interpreter: Interpreter, node: ast.Unary, scope: Scope) -> Value:
    if node.operator in ("++", "--"):
        return assignment.step(interpreter, node.operand, node.operator, scope, before=True)
    value = interpreter.evaluate(node.operand, scope)
    if node.operator == "!":
        return not truth(value)
    if node.operator == "-":
        return negate(value)
    if node.operator == "~":
        if is_text(value):
            return Regex(compiled(to_text(value)), to_text(value))
        return ~integer(value)
    return value


def _postfix(interpreter: Interpreter, node: ast.Postfix, scope: Scope) -> Value:
    return assignment.step(interpreter, node.operand, node.operator, scope, before=False)


def _binary(interpreter: Interpreter, node: ast.Binary, scope: Scope) -> Value:
    left = interpreter.evaluate(node.left, scope)
    if node.operator == "&&":
        return truth(left) and truth(interpreter.evaluate(node.right, scope))
    if node.operator == "||":
        return truth(left) or truth(interpreter.evaluate(node.right, scope))
    right = interpreter.evaluate(node.right, scope)
    return operate(interpreter, node.operator, left, right)


def operate(interpreter: Interpreter, operator: str, left: Value, right: Value) -> Value:
    """A binary operator that looks at both sides."""
    if operator in ("==~", "=~"):
        source = right.source if isinstance(right, Regex) else to_text(right)
        if operator == "==~":
            return left is not None and compiled(source).fullmatch(to_text(left)) is not None
        return Matcher(compiled(source), to_text(left))
    if operator == "in":
        return coercion.is_case(interpreter, right, left)
    known = BINARY.get(operator)
    if known is None:
        raise Unknown(f"the operator {operator}")
    return known(left, right)


def _instance_of(interpreter: Interpreter, node: ast.InstanceOf, scope: Scope) -> Value:
    return coercion.is_instance(node.type.name, interpreter.evaluate(node.value, scope))


def _cast(interpreter: Interpreter, node: ast.Cast, scope: Scope) -> Value:
    value = interpreter.evaluate(node.value, scope)
    return coercion.cast(node.type, value, coercion=node.coercion)


def _ternary(interpreter: Interpreter, node: ast.Ternary, scope: Scope) -> Value:
    chosen = truth(interpreter.evaluate(node.condition, scope))
    return interpreter.evaluate(node.then if chosen else node.otherwise, scope)


def _elvis(interpreter: Interpreter, node: ast.Elvis, scope: Scope) -> Value:
    value = interpreter.evaluate(node.value, scope)
    return value if truth(value) else interpreter.evaluate(node.otherwise, scope)


def _assign(interpreter: Interpreter, node: ast.Assign, scope: Scope) -> Value:
    return assignment.assign(interpreter, node, scope)


def _property(interpreter: Interpreter, node: ast.Property, scope: Scope) -> Value:
    word = to_text(interpreter.evaluate(node.name, scope))
    if node.kind == ".":
        whole = _dotted(node)
        if whole and scope.holder(whole.partition(".")[0]) is None and _is_class(whole):
            return ClassReference(whole)
    target = calls.receiving(interpreter, node.object, scope)
    if node.kind == ".&":
        return MethodPointer(target, word)
    if node.kind in ("?.", "?.@") and target is None and scope.safe:
        return None
    if node.kind == "*.":
        return [properties.read(interpreter, one, word) for one in coercion.items(target)]
    return properties.read(interpreter, target, word)


def _dotted(node: ast.Expression) -> str:
    """`hudson.model.Result` as it was written; '' for what is no such name."""
    if isinstance(node, ast.Name):
        return node.id
    if (
        isinstance(node, ast.Property)
        and isinstance(node.name, ast.StringLiteral)
        and not node.name.quote
    ):
        before = _dotted(node.object)
        return f"{before}.{node.name.value}" if before else ""
    return ""


def _is_class(name: str) -> bool:
    *packages, last = name.split(".")
    return last[:1].isupper() and bool(packages) and packages[0] in (
        "java", "javax", "groovy", "hudson", "jenkins", "org", "com"
    )  # fmt: skip


def _index(interpreter: Interpreter, node: ast.Index, scope: Scope) -> Value:
    target = interpreter.evaluate(node.object, scope)
    given = items(interpreter, node.arguments, scope)
    return properties.read_at(interpreter, target, given)


def _closure(_: Interpreter, node: ast.Closure, scope: Scope) -> Value:
    return Closure(node, scope)


def _call(interpreter: Interpreter, node: ast.Call, scope: Scope) -> Value:
    return calls.call(interpreter, node, scope)


def _array(interpreter: Interpreter, node: ast.NewArray, scope: Scope) -> Value:
    if len(node.sizes) != 1 or node.dimensions != 1:
        raise Unknown("an array of several dimensions")
    size = integer(interpreter.evaluate(node.sizes[0], scope))
    return [coercion.initial(node.type) for _ in range(size)]


def _new(interpreter: Interpreter, node: ast.New, scope: Scope) -> Value:
    return calls.new(interpreter, node, scope)


_EVALUATE: Final[dict[type, Callable[[Interpreter, Any, Scope], Value]]] = {
    ast.StringLiteral: _string,
    ast.GString: _gstring,
    ast.NumberLiteral: _number,
    ast.BooleanLiteral: _boolean,
    ast.NullLiteral: _null,
    ast.Name: name,
    ast.ListLiteral: _list,
    ast.MapLiteral: _map,
    ast.Range: _range,
    ast.Unary: _unary,
    ast.Postfix: _postfix,
    ast.Binary: _binary,
    ast.InstanceOf: _instance_of,
    ast.Cast: _cast,
    ast.Ternary: _ternary,
    ast.Elvis: _elvis,
    ast.Assign: _assign,
    ast.Property: _property,
    ast.Index: _index,
    ast.Closure: _closure,
    ast.Call: _call,
    ast.New: _new,
    ast.NewArray: _array,
}
