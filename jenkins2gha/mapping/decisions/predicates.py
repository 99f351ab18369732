"""Conditions of Jenkins as expressions of GitHub's, as short as their exact meaning allows.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import eq, ge, gt, le, lt

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.conditions import FALSE, TRUE
from jenkins2gha.actions.workflow import Text
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
    Method,
    Negation,
    ParameterRef,
    PathTest,
    ResultOf,
    TextTest,
    Truth,
)
from jenkins2gha.mapping.captures import is_trimmed
from jenkins2gha.mapping.decisions.build_facts import fact
from jenkins2gha.mapping.decisions.checks import Kind, TextCheck
from jenkins2gha.mapping.decisions.kinds import kind_of
from jenkins2gha.mapping.decisions.logic import all_of, any_of, chosen, opposite
from jenkins2gha.mapping.decisions.values import Unsaid, Values, as_expression, distributed
from jenkins2gha.mapping.lower import text_of_constant
from jenkins2gha.mapping.parameter_values import input_name
from jenkins2gha.mapping.translation import Context

_TESTS: dict[str, Kind] = {
    "contains": "contains",
    "startsWith": "startsWith",
    "endsWith": "endsWith",
    "equalsIgnoreCase": "equalsIgnoreCase",
    "matches": "REGEXP",
    "finds": "finds",
}
_ORDERS = {"<": lt, "<=": le, ">": gt, ">=": ge}
_FOLDS = {"toLowerCase": str.lower, "toUpperCase": str.upper}
_TRUE_WORDS = ("true", "y", "1")


class Predicates:
    """Says conditions; `lower` gives the text of a value, None where GitHub has none for it.

    `loose` are the values of which the case of letters gets lost.
    """

    def __init__(self, lower: Callable[[Expr], Text | None], context: Context) -> None:
        self._lower, self._context = lower, context
        parameters = {input_name(name): one for name, one in context.parameters.items()}
        self._values = Values(parameters, context.environment)

    @property
    def loose(self) -> tuple[str, ...]:
        return tuple(self._values.loose)

    @property
    def taken(self) -> bool:
        """Whether branches with the names of pull requests were left out of account."""
        return self._values.taken

    def of(self, expr: Expr) -> gha.Expression:
        """The condition in GitHub's words; raises Unsaid where it has none."""
        match expr:
            case Truth(operand):
                return self._truth(operand)
            case Negation(operand):
                return opposite(self.of(Truth(operand)))
            case AllOf(operands):
                return self._joined(operands, all_of, FALSE)
            case AnyOf(operands):
                return self._joined(operands, any_of, TRUE)
            case Comparison(operator, left, right):
                return self._comparison(operator, left, right)
            case TextTest(test, text, part):
                return self._check(text, part, _TESTS[test])
            case PathTest(text, pattern, comparator):
                return self._check(text, pattern, comparator)
            case BuildFact():
                return fact(expr, self._context)
        return self._truth(expr)

    def _joined(
        self,
        operands: tuple[Expr, ...],
        join: Callable[[list[gha.Expression]], gha.Expression],
        end: gha.Expression,
    ) -> gha.Expression:
        """All or one of the operands; `end` decides it whatever the others are."""
        parts: list[gha.Expression] = []
        unsaid = False
        for operand in operands:
            try:
                parts.append(self.of(Truth(operand)))
            except Unsaid:
                unsaid = True
        if end in parts:
            return end
        if unsaid:
            raise Unsaid
        return join(parts)

    def _truth(self, expr: Expr) -> gha.Expression:
        match expr:
            case Constant(value):
                return TRUE if value else FALSE
            case Choose(condition, then, otherwise):
                parts = (self.of(Truth(one)) for one in (condition, then, otherwise))
                return chosen(*parts)
            case Method(word, operands):
                return self._method(word, operands, expr)
            case ParameterRef() | EnvironmentRef() | ResultOf():
                pass
            case Truth() | Negation() | AllOf() | AnyOf() | Comparison() | TextTest() | PathTest():
                return self.of(expr)
            case BuildFact() if kind_of(expr, self._context) == "flag":
                return self.of(expr)
        match kind_of(expr, self._context):
            case "flag":
                return self._flag(expr)
            case "number":
                return opposite(self._number(expr, 0))
            case "text":
                return opposite(self._values.check(self._value(expr), TextCheck("EQUALS", "")))
        raise Unsaid

    def _method(self, word: str, operands: tuple[Expr, ...], expr: Method) -> gha.Expression:
        match word:
            case "toBoolean":
                return self._to_boolean(operands[0])
            case "isEmpty":
                return opposite(self._truth(operands[0]))
            case "toString":
                return self._truth(Concat(operands))
        if kind_of(expr, self._context) == "number":
            return opposite(self._number(expr, 0))
        raise Unsaid

    def _to_boolean(self, text: Expr) -> gha.Expression:
        """Groovy takes `true`, `y` and `1`, whatever the case, for true."""
        if kind_of(text, self._context) == "flag":
            return self._flag(text)

        def test(value: gha.Expression) -> gha.Expression:
            checks = (TextCheck("equalsIgnoreCase", word) for word in _TRUE_WORDS)
            return any_of([self._values.check(value, check) for check in checks])

        return distributed(self._value(text), test)

    def _flag(self, expr: Expr) -> gha.Expression:
        value = self._value(expr)
        if isinstance(expr, ResultOf):
            return gha.Operation("==", (value, gha.Literal("true")))
        return self._values.flag(value)

    def _comparison(self, operator: str, left: Expr, right: Expr) -> gha.Expression:
        if operator in _ORDERS:
            return self._order(operator, left, right)
        same = self._equal(left, right)
        return same if operator == "==" else opposite(same)

    def _equal(self, left: Expr, right: Expr) -> gha.Expression:
        if isinstance(left, Constant):
            if isinstance(right, Constant):
                return TRUE if _same(left.value, right.value) else FALSE
            left, right = right, left
        if isinstance(left, Choose):
            branches = (Comparison("==", one, right) for one in (left.then, left.otherwise))
            return chosen(self.of(Truth(left.condition)), *map(self.of, branches))
        if isinstance(right, Constant):
            return self._equals_constant(left, right)
        kinds = kind_of(left, self._context), kind_of(right, self._context)
        if None in kinds:
            raise Unsaid
        if kinds[0] != kinds[1]:
            return FALSE
        if kinds[0] == "flag":
            one, other = self._truth(left), self._truth(right)
            return chosen(one, other, opposite(other))
        values = self._value(left), self._value(right)
        if kinds[0] == "text":
            self._values.loose.update({gha.write(value): None for value in values})
        return gha.Operation("==", values)

    def _equals_constant(self, left: Expr, fixed: Constant) -> gha.Expression:
        constant = fixed.value
        kind = kind_of(left, self._context)
        if kind is None:
            raise Unsaid
        if constant is None:
            return self._is_unset(left)
        if isinstance(constant, bool):
            if kind != "flag":
                return FALSE
            return self._truth(left) if constant else opposite(self._truth(left))
        if isinstance(constant, str):
            return self._check(left, fixed, "EQUALS") if kind == "text" else FALSE
        return self._number(left, constant) if kind == "number" else FALSE

    def _is_unset(self, expr: Expr) -> gha.Expression:
        """`x == null`: an environment name or a parameter that nothing sets reads as empty here."""
        undeclared = isinstance(expr, ParameterRef) and expr.name not in self._context.parameters
        result = isinstance(expr, BuildFact) and kind_of(expr, self._context) == "text"
        if isinstance(expr, EnvironmentRef) or undeclared or result:
            return self._values.check(self._value(expr), TextCheck("EQUALS", ""))
        return FALSE

    def _number(self, expr: Expr, constant: int | Decimal) -> gha.Expression:
        if isinstance(expr, ResultOf):
            return gha.Operation("==", (self._value(expr), gha.Literal(str(constant))))
        return self._ordered("==", expr, constant)

    def _order(self, operator: str, left: Expr, right: Expr) -> gha.Expression:
        if isinstance(left, Constant) and not isinstance(right, Constant):
            turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
            return self._order(turned[operator], right, left)
        kinds = {kind_of(one, self._context) for one in (left, right)}
        if kinds != {"number"}:
            raise Unsaid
        if isinstance(right, Constant) and isinstance(right.value, int | Decimal):
            return self._ordered(operator, left, right.value)
        return gha.Operation(operator, (self._value(left), self._value(right)))

    def _ordered(self, operator: str, left: Expr, constant: int | Decimal) -> gha.Expression:
        order = {**_ORDERS, "==": eq}[operator]

        def test(value: gha.Expression) -> gha.Expression:
            if not isinstance(value, gha.Literal):
                return gha.Operation(operator, (value, gha.Literal(constant)))
            try:
                known = Decimal(str(value.value).strip())
            except ArithmeticError:
                raise Unsaid from None
            return TRUE if order(known, constant) else FALSE

        return distributed(self._value(left), test)

    def _check(self, text: Expr, part: Expr, kind: Kind) -> gha.Expression:
        if isinstance(text, Choose):
            branches = (self._check(one, part, kind) for one in (text.then, text.otherwise))
            return chosen(self.of(Truth(text.condition)), *branches)
        if kind_of(text, self._context) != "text":
            raise Unsaid
        if isinstance(text, Method) and text.word in _FOLDS and isinstance(part, Constant):
            return self._folded(text, str(part.value), kind)
        value, other = self._value(text), self._value(part)
        if isinstance(other, gha.Literal):
            return self._values.check(value, TextCheck(kind, text_of_constant(other.value)))
        if kind in ("EQUALS", "equalsIgnoreCase"):
            said: gha.Expression = gha.Operation("==", (value, other))
        elif kind in ("contains", "startsWith", "endsWith"):
            said = gha.Function(kind, (value, other))
        else:
            raise Unsaid
        if kind != "equalsIgnoreCase":
            self._values.loose[gha.write(value)] = None
        return said

    def _folded(self, text: Method, part: str, kind: Kind) -> gha.Expression:
        """`x.toLowerCase() == 'main'`: GitHub's comparison ignores the case as it is."""
        if _FOLDS[text.word](part) == part:
            check = TextCheck(kind, part, folded=True)
            return self._values.check(self._value(text.operands[0]), check)
        if kind in ("EQUALS", "contains", "startsWith", "endsWith"):
            return FALSE
        raise Unsaid

    def same_text(self, expr: Expr) -> Expr | None:
        """What has the same text as the result of a method; None where the method changes it."""
        match expr:
            case Method("toInteger" | "toLong" | "toString", (inner,)):
                return inner
            case Method("trim", (ResultOf(key) as inner,)) if is_trimmed(key, self._context):
                return inner
        return None

    def _value(self, expr: Expr) -> gha.Expression:
        """A value as one expression; a number that a text is turned into is that text."""
        same = self.same_text(expr)
        if same is not None:
            return self._value(same)
        text = self._lower(expr)
        if text is None:
            raise Unsaid
        return as_expression(text)


def boolean(condition: gha.Expression) -> gha.Expression:
    """The condition as what is `true` or `false` and nothing else: an input may hold nothing."""
    match condition:
        case gha.Operation("&&" | "||" as operator, operands):
            return gha.Operation(operator, tuple(map(boolean, operands)))
        case gha.Context():
            return gha.Operation("==", (condition, gha.Literal(value=True)))
    return condition


def _same(left: object, right: object) -> bool:
    """Groovy's `==` of two constants: a text never equals a number or a flag."""
    kinds = [
        bool if isinstance(v, bool) else str if isinstance(v, str) else int for v in (left, right)
    ]
    if None in (left, right):
        return left is right
    return kinds[0] is kinds[1] and left == right
