"""Whether a script does anything that is a pipeline's business."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.jenkins.collect import collect
from jenkins2gha.jenkins.names import PLATFORM
from jenkins2gha.jenkins.scope import Scope


def runs_something(module: ast.Module, running: list[ast.Statement], scope: Scope) -> bool:
    """Whether some statement at the top level calls a step, or a library's variable or class."""
    if any(collect(statement, scope, statement=True) for statement in running):
        return True
    library = _library_classes(module)
    objects, declared = set[str](), set[str]()
    for name, value in _declared(running):
        declared.add(name)
        if isinstance(value, ast.New) and _is_from_library(value.type.name, library):
            objects.add(name)
    known = (declared | scope.names.classes | scope.names.assigned.keys()) - objects
    return any(_is_library_call(statement, known, library) for statement in running)


def _library_classes(module: ast.Module) -> set[str]:
    """The last names of imported classes that neither Java, Groovy nor Jenkins has."""
    return {
        statement.alias or statement.name.rsplit(".", 1)[-1]
        for statement in module.body
        if isinstance(statement, ast.Import) and not statement.name.startswith(PLATFORM)
    }


def _is_from_library(name: str, library: set[str]) -> bool:
    return name in library or ("." in name and not name.startswith(PLATFORM))


def _declared(running: Iterable[ast.Statement]) -> Iterator[tuple[str, ast.Expression | None]]:
    for statement in running:
        if isinstance(statement, ast.Declaration):
            for variable in statement.variables:
                yield variable.name, variable.value


def _is_library_call(statement: ast.Statement, known: set[str], library: set[str]) -> bool:
    for node in walk(statement):
        if not isinstance(node, ast.Call) or node.receiver is None:
            continue
        root: ast.Expression | None = node.receiver
        while isinstance(root, ast.Property):
            root = root.object
        if isinstance(root, ast.New) and _is_from_library(root.type.name, library):
            return True
        if isinstance(root, ast.Name) and root.id not in known:
            return True
    return False
