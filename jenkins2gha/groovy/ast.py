"""The syntax tree of Groovy 2.4.

Every node carries `start` and `end`, character offsets into its source (the end exclusive).
`Source.span(node.start, node.end)` gives lines and columns. Names follow Groovy's own where it has
one. The tree is what was written: nothing is resolved, and no operator is turned into a call.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Node:
    start: int
    end: int


# --- names and types -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypeName(Node):
    """`java.util.List<String>[]`: `name` as written with dots; `dimensions` counts `[]`."""

    name: str
    arguments: tuple[TypeName, ...] = ()
    dimensions: int = 0


@dataclass(frozen=True, slots=True)
class Annotation(Node):
    """`@Library('x@1') _`: the single unnamed argument is stored under the name `value`."""

    name: str
    arguments: tuple[tuple[str, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class Modifiers(Node):
    """`def`, `final`, `static`, … in the order written, and annotations before or between them."""

    words: tuple[str, ...] = ()
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    name: str
    type: TypeName | None = None
    default: Expression | None = None
    varargs: bool = False
    modifiers: Modifiers | None = None


# --- expressions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StringLiteral(Node):
    """A string without interpolation; `value` is decoded. `quote` is `'`, `"`, `'''`, `\"\"\"`, `/`
    or `$/`; the offsets take in the quotes."""

    value: str
    quote: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """The constant text between two holes of a GString; `value` is decoded."""

    value: str


@dataclass(frozen=True, slots=True)
class Hole(Node):
    """`${expression}` or `$a.b` in a GString; the offsets take in `${` and `}`.

    `value` is None for `${}`; a Closure for `${-> x}`; several statements make a Closure too.
    """

    value: Expression | None


@dataclass(frozen=True, slots=True)
class GString(Node):
    parts: tuple[Text | Hole, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class NumberLiteral(Node):
    """`value` is what Groovy computes with; `text` what was written (`10L`, `0x1F`, `1.5f`)."""

    value: int | Decimal
    text: str


@dataclass(frozen=True, slots=True)
class BooleanLiteral(Node):
    value: bool


@dataclass(frozen=True, slots=True)
class NullLiteral(Node):
    pass


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, `this`, `super`, a built-in type's name, or a class name in an expression."""

    id: str


@dataclass(frozen=True, slots=True)
class Spread(Node):
    """`*list` in arguments or in a list literal."""

    value: Expression


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MapEntry(Node):
    """`key: value`. A bare word as key is a StringLiteral with quote ''; `(x): 1` keeps the
    expression; `*: map` has key None."""

    key: Expression | None
    value: Expression


@dataclass(frozen=True, slots=True)
class MapLiteral(Node):
    entries: tuple[MapEntry, ...]


@dataclass(frozen=True, slots=True)
class Range(Node):
    first: Expression
    last: Expression
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """Prefix `-`, `+`, `!`, `~`, `++`, `--`."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Postfix(Node):
    """`x++`, `x--`."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Every binary operator but assignment, ranges, `as` and `instanceof`; precedence resolved."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Expression
    type: TypeName


@dataclass(frozen=True, slots=True)
class Cast(Node):
    """`(Type) value`, or `value as Type` when `coercion`."""

    type: TypeName
    value: Expression
    coercion: bool


@dataclass(frozen=True, slots=True)
class Ternary(Node):
    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Elvis(Node):
    value: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Assign(Node):
    """`target = value`, `target += value`, …; a ListLiteral target is `(a, b) = …`."""

    target: Expression
    operator: str
    value: Expression


PropertyKind: TypeAlias = Literal[".", "?.", "*.", ".@", "?.@", "*.@", ".&"]


@dataclass(frozen=True, slots=True)
class Property(Node):
    """`object.name` without a call. `name` is a StringLiteral with quote '' for a bare word."""

    object: Expression
    kind: PropertyKind
    name: Expression


@dataclass(frozen=True, slots=True)
class Index(Node):
    """`object[a, b]`."""

    object: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A method call in any of its forms: `f(x)`, `f x`, `f { }`, `o.f(x) { }`, `o.f x`.

    `receiver` is None for a call without one (`sh 'x'`, `this` being implied). `name` is a
    StringLiteral with quote '' for a bare word, a StringLiteral or GString for `o."name"()`, and
    any expression for a call of a value (`x()()`, `a[0](1)`, `'text' { }`).
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


@dataclass(frozen=True, slots=True)
class New(Node):
    """`new T(args)`, with `body` for an anonymous class."""

    type: TypeName
    arguments: tuple[Expression, ...] = ()
    named: tuple[MapEntry, ...] = ()
    body: tuple[Member, ...] | None = None


@dataclass(frozen=True, slots=True)
class NewArray(Node):
    """`new T[2][]`: `sizes` holds the given sizes, `dimensions` all of them."""

    type: TypeName
    sizes: tuple[Expression, ...]
    dimensions: int


@dataclass(frozen=True, slots=True)
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


# --- statements ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExpressionStatement(Node):
    value: Expression


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """One name of a declaration; `type` is None under `def` or a bare modifier."""

    name: str
    type: TypeName | None
    value: Expression | None


@dataclass(frozen=True, slots=True)
class Declaration(Node):
    """`def x = 1`, `String a, b = 'c'`; `@Library('x') _` declares the variable `_`.

    `destructuring` marks `def (a, b) = value`: `value` then stands here and not in the variables.
    """

    modifiers: Modifiers
    variables: tuple[Variable, ...]
    destructuring: bool = False
    value: Expression | None = None


@dataclass(frozen=True, slots=True)
class Block(Node):
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Expression
    then: Statement
    otherwise: Statement | None


@dataclass(frozen=True, slots=True)
class While(Node):
    condition: Expression
    body: Statement | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for (a; b; c)`."""

    initial: tuple[Statement, ...]
    condition: Expression | None
    update: tuple[Expression, ...]
    body: Statement | None


@dataclass(frozen=True, slots=True)
class ForIn(Node):
    """`for (x in xs)`, `for (T x : xs)`."""

    variable: Parameter
    values: Expression
    body: Statement | None


@dataclass(frozen=True, slots=True)
class Case(Node):
    """`case x:` (`values` holds several labels that share a body) or, with none, `default:`.

    `case 1: case 2: f()` is one Case with two values; a `default` among them sets `default`.
    """

    values: tuple[Expression, ...]
    default: bool
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Switch(Node):
    value: Expression
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Catch(Node):
    """`catch (A | B e)`; no types for `catch (e)`."""

    types: tuple[TypeName, ...]
    name: str
    body: Block


@dataclass(frozen=True, slots=True)
class Try(Node):
    body: Block
    catches: tuple[Catch, ...]
    final: Block | None


@dataclass(frozen=True, slots=True)
class Return(Node):
    value: Expression | None


@dataclass(frozen=True, slots=True)
class Throw(Node):
    value: Expression


@dataclass(frozen=True, slots=True)
class Break(Node):
    label: str | None


@dataclass(frozen=True, slots=True)
class Continue(Node):
    label: str | None


@dataclass(frozen=True, slots=True)
class Assert(Node):
    condition: Expression
    message: Expression | None


@dataclass(frozen=True, slots=True)
class Synchronized(Node):
    lock: Expression
    body: Block


@dataclass(frozen=True, slots=True)
class Labeled(Node):
    label: str
    body: Statement


@dataclass(frozen=True, slots=True)
class Import(Node):
    """`import static a.b.C.* `; `alias` after `as`; `star` for `.*`."""

    name: str
    static: bool
    star: bool
    alias: str | None
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Package(Node):
    name: str
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Method(Node):
    """A method of the script or of a class; `type` is None under `def`. A constructor has the
    class's name and `constructor` set. `body` is None where there is none (interfaces)."""

    modifiers: Modifiers
    type: TypeName | None
    name: str
    parameters: tuple[Parameter, ...]
    throws: tuple[TypeName, ...]
    body: Block | None
    constructor: bool = False


@dataclass(frozen=True, slots=True)
class Initializer(Node):
    """`{ … }` or `static { … }` in a class body."""

    static: bool
    body: Block


@dataclass(frozen=True, slots=True)
class EnumConstant(Node):
    name: str
    arguments: tuple[Expression, ...] = ()
    named: tuple[MapEntry, ...] = ()
    body: tuple[Member, ...] | None = None
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Class(Node):
    """A class, interface, enum, trait or `@interface`; a field is a Declaration among `members`."""

    kind: Literal["class", "interface", "enum", "trait", "@interface"]
    modifiers: Modifiers
    name: str
    extends: tuple[TypeName, ...]
    implements: tuple[TypeName, ...]
    members: tuple[Member, ...]


Statement: TypeAlias = (
    ExpressionStatement
    | Declaration
    | Block
    | If
    | While
    | For
    | ForIn
    | Switch
    | Try
    | Return
    | Throw
    | Break
    | Continue
    | Assert
    | Synchronized
    | Labeled
    | Import
    | Package
    | Method
    | Class
)

Member: TypeAlias = Declaration | Method | Class | Initializer | EnumConstant


@dataclass(frozen=True, slots=True)
class Module(Node):
    """A whole file."""

    body: tuple[Statement, ...]
