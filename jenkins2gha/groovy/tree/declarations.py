"""What has a name of its own: types, parameters, methods, classes, imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from jenkins2gha.groovy.node import Node

if TYPE_CHECKING:
    from jenkins2gha.groovy.ast import Member
    from jenkins2gha.groovy.tree.expressions import Expression, MapEntry
    from jenkins2gha.groovy.tree.statements import Block


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
