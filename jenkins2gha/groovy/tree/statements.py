"""Statements: what a block holds, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jenkins2gha.groovy.node import Node

if TYPE_CHECKING:
    from jenkins2gha.groovy.ast import Statement
    from jenkins2gha.groovy.tree.declarations import Modifiers, Parameter, TypeName
    from jenkins2gha.groovy.tree.expressions import Expression


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
