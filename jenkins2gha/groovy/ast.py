"""The syntax tree of Groovy 2.4.

Every node carries `start` and `end`, character offsets into its source (the end exclusive); those
of an expression in brackets take the brackets in.
`Source.span(node.start, node.end)` gives lines and columns. Names follow Groovy's own where it has
one. The tree is what was written: nothing is resolved, and no operator is turned into a call.
"""

from __future__ import annotations

from typing import TypeAlias

from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.tree.declarations import (
    Annotation,
    Class,
    EnumConstant,
    Import,
    Initializer,
    Method,
    Modifiers,
    Package,
    Parameter,
    TypeName,
)
from jenkins2gha.groovy.tree.expressions import (
    Assign,
    Binary,
    BooleanLiteral,
    Call,
    Cast,
    Closure,
    Elvis,
    Expression,
    GString,
    Hole,
    Index,
    InstanceOf,
    ListLiteral,
    MapEntry,
    MapLiteral,
    Name,
    New,
    NewArray,
    NullLiteral,
    NumberLiteral,
    Postfix,
    Property,
    PropertyKind,
    Range,
    Spread,
    StringLiteral,
    Ternary,
    Text,
    Unary,
)
from jenkins2gha.groovy.tree.statements import (
    Assert,
    Block,
    Break,
    Case,
    Catch,
    Continue,
    Declaration,
    ExpressionStatement,
    For,
    ForIn,
    If,
    Labeled,
    Return,
    Switch,
    Synchronized,
    Throw,
    Try,
    Variable,
    While,
)

__all__ = [
    "Annotation",
    "Assert",
    "Assign",
    "Binary",
    "Block",
    "BooleanLiteral",
    "Break",
    "Call",
    "Case",
    "Cast",
    "Catch",
    "Class",
    "Closure",
    "Continue",
    "Declaration",
    "Elvis",
    "EnumConstant",
    "Expression",
    "ExpressionStatement",
    "For",
    "ForIn",
    "GString",
    "Hole",
    "If",
    "Import",
    "Index",
    "Initializer",
    "InstanceOf",
    "Labeled",
    "ListLiteral",
    "MapEntry",
    "MapLiteral",
    "Member",
    "Method",
    "Modifiers",
    "Module",
    "Name",
    "New",
    "NewArray",
    "Node",
    "NullLiteral",
    "NumberLiteral",
    "Package",
    "Parameter",
    "Postfix",
    "Property",
    "PropertyKind",
    "Range",
    "Return",
    "Spread",
    "Statement",
    "StringLiteral",
    "Switch",
    "Synchronized",
    "Ternary",
    "Text",
    "Throw",
    "Try",
    "TypeName",
    "Unary",
    "Variable",
    "While",
]

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
