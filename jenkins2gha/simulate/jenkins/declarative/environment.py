"""`environment { }`: values that call each other, credentials first.

Source: pipeline-model-definition, model/Environment.groovy, RuntimeASTTransformer
(translateEnvironmentValue), ModelInterpreter (withCredentialsBlock, withEnvBlock).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.build import Layer
from jenkins2gha.simulate.jenkins.declarative.model import block, refuse
from jenkins2gha.simulate.jenkins.errors import Thrown
from jenkins2gha.simulate.jenkins.groovy.scope import Scope
from jenkins2gha.simulate.jenkins.groovy.values import Arguments, Host, Value, to_text
from jenkins2gha.simulate.jenkins.steps.credentials import login

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


@contextmanager
def variables(run: Run, call: ast.Call | None) -> Iterator[None]:
    """Runs a block with the variables of an `environment` directive."""
    if call is None:
        yield
        return
    values = _values(run, call)
    with ExitStack() as blocks:
        secrets = {name: one for name, one in values.items() if _is_credentials(one)}
        layers = [
            layer for name, one in secrets.items() for layer in _credentials(run, name, one, values)
        ]
        blocks.enter_context(run.build.variables(layers))
        plain = {name: one for name, one in values.items() if name not in secrets}
        # All are computed before the first is set.
        layers = [Layer(name, to_text(_value(run, name, plain))) for name in plain]
        blocks.enter_context(run.build.variables(layers))
        yield


def _values(run: Run, call: ast.Call) -> dict[str, ast.Expression]:
    found = {}
    for statement in block(run, call).body:
        value = statement.value if isinstance(statement, ast.ExpressionStatement) else None
        if not isinstance(value, ast.Assign) or not isinstance(value.target, ast.Name):
            raise refuse(run, statement, "environment holds assignments to names only")
        found[value.target.id] = value.value
    return found


def _is_credentials(node: ast.Expression) -> bool:
    return isinstance(node, ast.Call) and node.receiver is None and node.word == "credentials"


def _credentials(
    run: Run, name: str, node: ast.Expression, values: dict[str, ast.Expression]
) -> Iterator[Layer]:
    assert isinstance(node, ast.Call)
    plain = {key: one for key, one in values.items() if not _is_credentials(one)}
    id_ = to_text(_translated(run, name, node.arguments[0], plain))
    match run.situation.credentials.get(id_) or _guessed(run, name):
        case "login":
            yield Layer(name, login(id_))
            yield Layer(f"{name}_USR", f"secret:{id_}.username")
            yield Layer(f"{name}_PSW", f"secret:{id_}.password")
        case "key":
            yield Layer(name, f"secret:{id_}")
            yield Layer(f"{name}_USR", f"secret:{id_}.username")
            yield Layer(f"{name}_PSW", f"secret:{id_}.passphrase")
        case _:
            yield Layer(name, f"secret:{id_}")


def _guessed(run: Run, name: str) -> str:
    """A credential of which the pipeline uses `_USR` or `_PSW` is a login."""
    used = re.search(rf"\b{re.escape(name)}_(USR|PSW)\b", run.source.text)
    return "login" if used else "text"


class _Sibling(Scope):
    """The names in a value: a sibling is computed anew wherever it is named.

    The plugin copies `?.` as `.` into what it runs.
    """

    safe = False

    def __init__(self, run: Run, target: str, values: dict[str, ast.Expression]) -> None:
        super().__init__(run.interpreter.top)
        self._run, self._target, self._values = run, target, values
        if "env" not in values:
            self.variables["env"] = _SiblingEnv(run, self)

    def sibling(self, name: str) -> Value:
        """The value of a sibling; a KeyError for what is none."""
        if name not in self._values or name == self._target:
            raise KeyError(name)
        return _value(self._run, name, self._values)

    def holder(self, name: str) -> Scope | None:
        declared = super().holder(name)
        local = declared is not None and declared is not self.parent and declared is not self
        if not local and name in self._values:
            scope = Scope()
            if name != self._target:
                scope.declare(name, self.sibling(name))
                return scope
        if declared is None:
            return self._outer(name)
        return declared

    def callee(self, name: str) -> Scope | None:
        return super().holder(name)

    def _outer(self, name: str) -> Scope | None:
        """A name that neither a script nor an environment knows is looked up in `params`."""
        try:
            self._run.interpreter.lookup(name)
        except KeyError:
            if _class_like(name):
                return None
            scope = Scope()
            scope.declare(name, self._run.parameters.get(name))
            return scope
        return None


def _class_like(name: str) -> bool:
    from jenkins2gha.simulate.jenkins.groovy.expressions import CLASSES

    short = name in CLASSES or name in ("this", "UUID", "URL", "URI")
    return short or (name[:1].isupper() and not name.isupper())


class _SiblingEnv(Host):
    """`env` in a value: its siblings come first."""

    name = "env"

    def __init__(self, run: Run, scope: _Sibling) -> None:
        self._run, self._scope = run, scope

    def get(self, name: str) -> Value:
        try:
            return self._scope.sibling(name)
        except KeyError:
            outer = self._run.variable("env")
            assert isinstance(outer, Host)
            return outer.get(name)

    def call(self, name: str, arguments: Arguments) -> Value:
        outer = self._run.variable("env")
        assert isinstance(outer, Host)
        return outer.call(name, arguments)


def _value(run: Run, name: str, values: dict[str, ast.Expression]) -> Value:
    run.interpreter.tick(values[name])
    return _translated(run, name, values[name], values)


def _translated(
    run: Run, target: str, node: ast.Expression, values: dict[str, ast.Expression]
) -> Value:
    try:
        return run.interpreter.evaluate(node, _Sibling(run, target, values))
    except Thrown as error:
        if error.value.kind == "NullPointerException":
            error.value.kind = "IllegalArgumentException"
        raise
