"""Words that only people read: Groovy in them that cannot be evaluated is written as it stands.

So a line in the log, or the text of a mail, is no reason to leave a step to a person.
"""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import FROM_LIBRARY, Residual, Symbolic, Value, Verbatim

_CHANGES = (ast.Assign, ast.Postfix, ast.Closure)


def written(node: ast.Expression, value: Residual, scope: Scope) -> Value:
    """Groovy as it stands, unless it may do more than to give a value: then it stays Residual."""
    if value.reason.endswith(FROM_LIBRARY) or any(_does_more(one, scope) for one in walk(node)):
        return value
    return Symbolic(Verbatim(scope.span(node).text), value.span)


def _does_more(node: object, scope: Scope) -> bool:
    """Whether Groovy may change something: a call of a step, of a method or of a library is one
    that has no receiver."""
    if isinstance(node, ast.New):
        return node.type.name in scope.names.classes | scope.names.imported
    if isinstance(node, ast.Call):
        receiver = node.receiver
        return receiver is None or (isinstance(receiver, ast.Name) and receiver.id == "this")
    return isinstance(node, _CHANGES)
