"""What an argument is worth before the pipeline runs, and a small language for what it is not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from jenkins2gha.record import dataclass
from jenkins2gha.source import Span

if TYPE_CHECKING:
    from jenkins2gha.groovy import ast

Scalar: TypeAlias = str | int | Decimal | bool | None
Form: TypeAlias = Literal["text", "status", "flag", "value"]


# --- expressions over what only a run knows ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    value: Scalar


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """`params.NAME`."""

    name: str


@dataclass(frozen=True, slots=True)
class EnvironmentRef:
    """`env.NAME`, or a bare `NAME` that is no Groovy variable.

    `given` says that only Jenkins' settings can hold it, though its name is one that Jenkins sets
    around the steps of a build.
    """

    name: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class Concat:
    """The texts of its parts, one after the other: what a GString makes."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class ResultOf:
    """What a step gave back when it ran: `sh(returnStdout: true)` a text, `returnStatus` a number,
    `fileExists` a flag; a `value` is what a person's step gives, of whichever kind. `key` is that
    of the step's `Captured`, `name` a word for it in scripts."""

    key: str
    name: str
    form: Form


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a text by its Groovy name; the first operand is the text, the others follow it.

    `trim`, `toLowerCase`, `toUpperCase`, `capitalize`, `replace`, `replaceAll`, `replaceFirst` (a
    Java pattern), `take`, `drop`, `substring`, `length`, `toInteger`, `toBoolean`, `readLines`; and
    `split`, `tokenize`, `readLines` with a last operand more: the number of the part (-1 the last).
    """

    word: str
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Groovy in a text for people that was not evaluated: it reads `${source}`."""

    source: str


@dataclass(frozen=True, slots=True)
class Choose:
    """One of two values by a condition: a ternary, or a variable set in the branches of `if`."""

    condition: Expr
    then: Expr
    otherwise: Expr


# --- conditions: expressions that are true or false ----------------------------------------------


@dataclass(frozen=True, slots=True)
class Truth:
    """Groovy's truth of a value: a text that is not empty, a flag that is set."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Negation:
    operand: Expr


@dataclass(frozen=True, slots=True)
class AllOf:
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groovy's `==`, `!=`, `<`, `<=`, `>`, `>=`: case counts, and a text never equals a flag."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class TextTest:
    """`contains`, `startsWith`, `endsWith`, `equalsIgnoreCase`; for a Java pattern `matches`
    (`==~`, the whole text) and `finds` (`=~`, a part of it)."""

    test: Literal["contains", "startsWith", "endsWith", "equalsIgnoreCase", "matches", "finds"]
    text: Expr
    part: Expr


@dataclass(frozen=True, slots=True)
class PathTest:
    """A text against a pattern as `when` compares: Ant's `GLOB`, `REGEXP` or `EQUALS`."""

    text: Expr
    pattern: Expr
    comparator: Literal["GLOB", "REGEXP", "EQUALS"]


@dataclass(frozen=True, slots=True)
class BuildFact:
    """What a build knows of itself, by name: `result` (null until set), `currentResult`,
    `previousResult`, `changeset` and `changelog` (with a pattern), `triggeredBy` (a cause),
    `error` (what a caught error says), `interrupted` (a person stopped it), `buildingTag`,
    `changeRequest`, `isRestartedRun`, `isUnix`.
    """

    name: str
    arguments: tuple[tuple[str, Expr], ...] = ()


Condition: TypeAlias = (
    Truth | Negation | AllOf | AnyOf | Comparison | TextTest | PathTest | BuildFact
)
Reference: TypeAlias = ParameterRef | EnvironmentRef | ResultOf
Computed: TypeAlias = Method | Verbatim | Choose | Condition
Hole: TypeAlias = Reference | Computed
"""What stands between the constant parts of a text."""
Expr: TypeAlias = Constant | Hole | Concat


def name_of(hole: Hole) -> str:
    """A name for what stands in a text: that of its parameter, variable or step, else `VALUE`."""
    return hole.name if isinstance(hole, ParameterRef | EnvironmentRef | ResultOf) else "VALUE"


def operands(expr: Expr) -> tuple[Expr, ...]:
    """The expressions that an expression is made of, in order."""
    match expr:
        case Concat(parts):
            return parts
        case Method(_, parts) | AllOf(parts) | AnyOf(parts):
            return parts
        case Choose(condition, then, otherwise):
            return (condition, then, otherwise)
        case Truth(operand) | Negation(operand):
            return (operand,)
        case Comparison(_, left, right):
            return (left, right)
        case TextTest(_, text, part) | PathTest(text, part):
            return (text, part)
        case BuildFact(_, arguments):
            return tuple(value for _, value in arguments)
    return ()


def with_operands(expr: Expr, parts: tuple[Expr, ...]) -> Expr:
    """An expression with others in place of its operands, as many and in the same order.

    >>> with_operands(Negation(Constant(1)), (Constant(2),))
    Negation(operand=Constant(value=2))
    """
    match expr:
        case Concat() | AllOf() | AnyOf():
            return type(expr)(parts)
        case Method(word):
            return Method(word, parts)
        case Choose() | Truth() | Negation():
            return type(expr)(*parts)
        case Comparison(operator):
            return Comparison(operator, *parts)
        case TextTest(test):
            return TextTest(test, *parts)
        case PathTest(comparator=comparator):
            text, pattern = parts
            return PathTest(text, pattern, comparator)
        case BuildFact(name, arguments):
            named = zip(arguments, parts, strict=True)
            return BuildFact(name, tuple((key, part) for (key, _), part in named))
    return expr


# --- values --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A constant. For text, `span` is the literal's, its quotes included."""

    value: Scalar
    span: Span


@dataclass(frozen=True, slots=True)
class Symbolic:
    """A value that the run decides, in terms that a workflow can compute."""

    expr: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Residual:
    """Groovy that was not evaluated. `reason` ends the sentence "`…` is not translated: "."""

    span: Span
    reason: str


FROM_LIBRARY = "comes from a shared library without source"
"""Ends the reason why something of a library is not known; the symbol of its objects."""


@dataclass(frozen=True, slots=True)
class ListOf:
    items: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class MapOf:
    entries: tuple[tuple[str, Value], ...]
    span: Span

    def get(self, key: str) -> Value | None:
        return next((value for name, value in self.entries if name == key), None)


@dataclass(frozen=True, slots=True)
class Described:
    """An object that a plugin builds: `string(credentialsId: 'x', variable: 'Y')`, or the long form
    `[$class: 'StringBinding', …]`; `symbol` is `string` or `StringBinding` (the last part of a
    qualified class name)."""

    symbol: str
    arguments: Mapping[str, Value]
    span: Span


@dataclass(frozen=True, slots=True)
class ClosureOf:
    """A block of code held in a variable, a list or a map; `variables` are those that it sees."""

    code: ast.Closure
    variables: Mapping[str, int]
    span: Span


@dataclass(frozen=True, slots=True)
class Perhaps:
    """What a map holds under a key on some ways only: a closure, where the condition holds."""

    condition: Expr
    closure: ClosureOf

    @property
    def span(self) -> Span:
        return self.closure.span


Value: TypeAlias = Known | Symbolic | Residual | ListOf | MapOf | Described | ClosureOf | Perhaps


def is_whole(value: Value) -> bool:
    """Whether a list or a map has the same elements on every way."""
    held = (one for _, one in value.entries) if isinstance(value, MapOf) else ()
    return not any(isinstance(one, Perhaps) for one in held)


def is_given(value: Value) -> bool:
    """Whether it is what a person's step gives, be it a text or anything else."""
    return (
        isinstance(value, Symbolic)
        and isinstance(value.expr, ResultOf)
        and (value.expr.form == "value")
    )


def text_of(value: Value | None) -> str | None:
    """The text of a known string, number or boolean as Groovy prints it; None for all else."""
    if not isinstance(value, Known) or value.value is None:
        return None
    if isinstance(value.value, bool):
        return "true" if value.value else "false"
    return str(value.value)


def flag_of(value: Value | None, *, default: bool = False) -> bool | None:
    """A known boolean; `default` where no value was given; None where it is not known."""
    if value is None:
        return default
    if isinstance(value, Known) and isinstance(value.value, bool):
        return value.value
    return None


def is_settled(value: Value | None) -> bool:
    """Whether nothing in the value is Residual."""
    match value:
        case None | Residual() | ClosureOf() | Perhaps():
            return False
        case ListOf(items=items):
            return all(map(is_settled, items))
        case MapOf(entries=entries):
            return all(is_settled(item) for _, item in entries)
        case Described(arguments=arguments):
            return all(map(is_settled, arguments.values()))
    return True
