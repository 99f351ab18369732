"""Groovy 2.4: text to syntax tree."""

from __future__ import annotations

from jenkins2gha.groovy.ast import Module
from jenkins2gha.groovy.errors import GroovySyntaxError
from jenkins2gha.source import Source

__all__ = ["GroovySyntaxError", "parse", "recover"]


def parse(source: Source) -> Module:
    """The syntax tree of a file; a GroovySyntaxError if it is not Groovy 2.4."""
    from jenkins2gha.groovy import parser

    return parser.parse(source.text)


def recover(source: Source) -> tuple[Module, GroovySyntaxError | None]:
    """What can be read of a file, and its first error.

    Without an error the tree is that of `parse`. At an error the innermost statement around it is
    left out; brackets that are never closed count as closed at the end of the file.
    """
    try:
        return parse(source), None
    except GroovySyntaxError as error:
        from jenkins2gha.groovy import recovery

        return recovery.recover(source.text), error
