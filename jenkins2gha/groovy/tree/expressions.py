"""Expressions: literals, names, operators, calls, closures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from jenkins2gha.groovy.node import Node

if TYPE_CHECKING:
    from decimal import Decimal

    from jenkins2gha.groovy.ast import Member, Statement
    from jenkins2gha.groovy.tree.declarations import Parameter, TypeName


class StringLiteral(Node):
    """A string without interpolation; `value` is decoded. `quote` is `'`, `"`, `'''`, `\"\"\"`, `/`
    or `$/`; the offsets take in the quotes."""

    value: str
    quote: str


class Text(Node):
    """The constant text between two holes of a GString; `value` is decoded."""

    value: str


class Hole(Node):
    """`${expression}` or `$a.b` in a GString; the offsets take in `${` and `}`.

    `value` is None for `${}`; a Closure for `${-> x}`; several statements make a Closure too.
    """

    value: Expression | None


class GString(Node):
    parts: tuple[Text | Hole, ...]
    quote: str


class NumberLiteral(Node):
    """`value` is what Groovy computes with; `text` what was written (`10L`, `0x1F`, `1.5f`)."""

    value: int | Decimal
    text: str


class BooleanLiteral(Node):
    value: bool


class NullLiteral(Node):
    pass


class Name(Node):
    """A variable, `this`, `super`, a built-in type's name, or a class name in an expression."""

    id: str


class Spread(Node):
    """`*list` in arguments or in a list literal."""

    value: Expression


class ListLiteral(Node):
    items: tuple[Expression, ...]


class MapEntry(Node):
    """`key: value`. A bare word as key is a StringLiteral with quote ''; `(x): 1` keeps the
    expression; `*: map` has key None."""

    key: Expression | None
    value: Expression


class MapLiteral(Node):
    entries: tuple[MapEntry, ...]


class Range(Node):
    first: Expression
    last: Expression
    inclusive: bool


class Unary(Node):
    """Prefix `-`, `+`, `!`, `~`, `++`, `--`."""

    operator: str
    operand: Expression


class Postfix(Node):
    """`x++`, `x--`."""

    operator: str
    operand: Expression


class Binary(Node):
    """Every binary operator but assignment, ranges, `as` and `instanceof`; precedence resolved."""

    operator: str
    left: Expression
    right: Expression


class InstanceOf(Node):
    value: Expression
    type: TypeName


class Cast(Node):
    """`(Type) value`, or `value as Type` when `coercion`."""

    type: TypeName
    value: Expression
    coercion: bool


class Ternary(Node):
    condition: Expression
    then: Expression
    otherwise: Expression


class Elvis(Node):
    value: Expression
    otherwise: Expression


class Assign(Node):
    """`target = value`, `target += value`, …; a ListLiteral target is `(a, b) = …`."""

    target: Expression
    operator: str
    value: Expression


PropertyKind: TypeAlias = Literal[".", "?.", "*.", ".@", "?.@", "*.@", ".&"]


class Property(Node):
    """`object.name` without a call. `name` is a StringLiteral with quote '' for a bare word."""

    object: Expression
    kind: PropertyKind
    name: Expression


class Index(Node):
    """`object[a, b]`."""

    object: Expression
    arguments: tuple[Expression, ...]


class Call(Node):
    """A method call in any of its forms: `f(x)`, `f x`, `f { }`, `o.f(x) { }`, `o.f x`.

    `receiver` is None for a call without one (`sh 'x'`, `this` being implied). `name` is a
    StringLiteral with quote '' for a bare word, a StringLiteral or GString for `o."name"()`, and
    any expression for a call of a value (`x()()`, `a[0](1)`). A constant is a name here too:
    `'text' { }` calls the method `text` with a closure; `('text') { }` calls `call` of that string.
    `this(…)` and `super(…)` in a constructor are calls of those names without receiver.
    `arguments` holds the positional ones in order, trailing closures last; `named` the `key: value`
    ones. `kind` says how the receiver is joined. A chain `a b c d` is Call(Call(a, b), c, d).
    """

    receiver: Expression | None
    name: Expression
    arguments: tuple[Expression, ...] = ()
    named: tuple[MapEntry, ...] = ()
    kind: PropertyKind = "."
    command: bool = False

    @property
    def word(self) -> str | None:
        """The method's name if it is known from the text."""
        return self.name.value if isinstance(self.name, StringLiteral) else None

    @property
    def name_start(self) -> int:
        return self.name.start


class New(Node):
    """`new T(args)`, with `body` for an anonymous class."""

    type: TypeName
    arguments: tuple[Expression, ...] = ()
    named: tuple[MapEntry, ...] = ()
    body: tuple[Member, ...] | None = None


class NewArray(Node):
    """`new T[2][]`: `sizes` holds the given sizes, `dimensions` all of them."""

    type: TypeName
    sizes: tuple[Expression, ...]
    dimensions: int


class Closure(Node):
    """`{ a, b -> … }`; `parameters` is None without an arrow (so `it` is implied)."""

    parameters: tuple[Parameter, ...] | None
    body: tuple[Statement, ...]


Expression: TypeAlias = (
    StringLiteral
    | GString
    | NumberLiteral
    | BooleanLiteral
    | NullLiteral
    | Name
    | Spread
    | ListLiteral
    | MapLiteral
    | Range
    | Unary
    | Postfix
    | Binary
    | InstanceOf
    | Cast
    | Ternary
    | Elvis
    | Assign
    | Property
    | Index
    | Call
    | New
    | NewArray
    | Closure
)
