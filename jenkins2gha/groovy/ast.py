"""The syntax tree of Groovy 2.4.

Every node carries `start` and `end`, character offsets into its source (the end exclusive); those
of an expression in brackets take the brackets in.
`Source.span(node.start, node.end)` gives lines and columns. Names follow Groovy's own where it has
one. The tree is what was written: nothing is resolved, and no operator is turned into a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from jenkins2gha.groovy.node import Node

if TYPE_CHECKING:
    from decimal import Decimal


# --- names and types -----------------------------------------------------------------------------


class TypeName(Node):
    """`java.util.List<String>[]`: `name` as written with dots; `dimensions` counts `[]`."""

    name: str
    arguments: tuple[TypeName, ...] = ()
    dimensions: int = 0


class Annotation(Node):
    """`@Library('x@1') _`: the single unnamed argument is stored under the name `value`."""

    name: str
    arguments: tuple[tuple[str, Expression], ...] = ()


class Modifiers(Node):
    """`def`, `final`, `static`, … in the order written, and annotations before or between them."""

    words: tuple[str, ...] = ()
    annotations: tuple[Annotation, ...] = ()


class Parameter(Node):
    name: str
    type: TypeName | None = None
    default: Expression | None = None
    varargs: bool = False
    modifiers: Modifiers | None = None


# --- expressions ---------------------------------------------------------------------------------


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


# --- statements ----------------------------------------------------------------------------------


class ExpressionStatement(Node):
    value: Expression


class Variable(Node):
    """One name of a declaration; `type` is None under `def` or a bare modifier.

    In `String a, b` both have the type that stands before them, outside their own offsets.
    """

    name: str
    type: TypeName | None
    value: Expression | None


class Declaration(Node):
    """`def x = 1`, `String a, b = 'c'`; `@Library('x') _` declares the variable `_`.

    `destructuring` marks `def (a, b) = value`: `value` then stands here and not in the variables.
    """

    modifiers: Modifiers
    variables: tuple[Variable, ...]
    destructuring: bool = False
    value: Expression | None = None


class Block(Node):
    body: tuple[Statement, ...]


class If(Node):
    condition: Expression
    then: Statement
    otherwise: Statement | None


class While(Node):
    condition: Expression
    body: Statement | None


class For(Node):
    """`for (a; b; c)`."""

    initial: tuple[Statement, ...]
    condition: Expression | None
    update: tuple[Expression, ...]
    body: Statement | None


class ForIn(Node):
    """`for (x in xs)`, `for (T x : xs)`."""

    variable: Parameter
    values: Expression
    body: Statement | None


class Case(Node):
    """`case x:` (`values` holds several labels that share a body) or, with none, `default:`.

    `case 1: case 2: f()` is one Case with two values; a `default` among them sets `default`.
    """

    values: tuple[Expression, ...]
    default: bool
    body: tuple[Statement, ...]


class Switch(Node):
    value: Expression
    cases: tuple[Case, ...]


class Catch(Node):
    """`catch (A | B e)`; no types for `catch (e)`."""

    types: tuple[TypeName, ...]
    name: str
    body: Block


class Try(Node):
    body: Block
    catches: tuple[Catch, ...]
    final: Block | None


class Return(Node):
    value: Expression | None


class Throw(Node):
    value: Expression


class Break(Node):
    label: str | None


class Continue(Node):
    label: str | None


class Assert(Node):
    condition: Expression
    message: Expression | None


class Synchronized(Node):
    lock: Expression
    body: Block


class Labeled(Node):
    label: str
    body: Statement


class Import(Node):
    """`import static a.b.C.* `; `alias` after `as`; `star` for `.*`."""

    name: str
    static: bool
    star: bool
    alias: str | None
    annotations: tuple[Annotation, ...] = ()


class Package(Node):
    name: str
    annotations: tuple[Annotation, ...] = ()


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


class Initializer(Node):
    """`{ … }` or `static { … }` in a class body."""

    static: bool
    body: Block


class EnumConstant(Node):
    name: str
    arguments: tuple[Expression, ...] = ()
    named: tuple[MapEntry, ...] = ()
    body: tuple[Member, ...] | None = None
    annotations: tuple[Annotation, ...] = ()


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


class Module(Node):
    """A whole file."""

    body: tuple[Statement, ...]
