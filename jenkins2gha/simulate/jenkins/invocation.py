"""A call of a step, and how its arguments are read."""

from __future__ import annotations

from dataclasses import dataclass

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.errors import Unknown
from jenkins2gha.simulate.jenkins.groovy.values import (
    Arguments,
    Closure,
    MethodPointer,
    Symbol,
    Value,
    integer,
    is_text,
    to_text,
    truth,
)
from jenkins2gha.simulate.trace import Pairs

# What the one unnamed argument of a step is called.
ONLY = {
    "sh": "script",
    "bat": "script",
    "powershell": "script",
    "pwsh": "script",
    "echo": "message",
    "error": "message",
    "unstable": "message",
    "warnError": "message",
    "input": "message",
    "dir": "path",
    "ws": "dir",
    "node": "label",
    "stage": "name",
    "container": "name",
    "retry": "count",
    "timeout": "time",
    "sleep": "time",
    "stash": "name",
    "unstash": "name",
    "readFile": "file",
    "fileExists": "file",
    "touch": "file",
    "junit": "testResults",
    "archiveArtifacts": "artifacts",
    "checkout": "scm",
    "git": "url",
    "build": "job",
    "lock": "resource",
    "milestone": "ordinal",
    "tool": "name",
    "library": "identifier",
    "load": "path",
    "withEnv": "overrides",
    "withCredentials": "bindings",
    "configFileProvider": "managedFiles",
    "catchError": "message",
    "deleteDir": "",
    "step": "delegate",
    "wrap": "delegate",
    "properties": "properties",
    "libraryResource": "resource",
    "slackSend": "message",
    "fingerprint": "targets",
}


@dataclass(frozen=True, slots=True)
class Invocation:
    """A step with what it is given; `block` is its body."""

    node: ast.Call
    name: str
    named: dict[str, Value]
    positional: tuple[Value, ...]
    block: Value = None

    def get(self, name: str, default: Value = None) -> Value:
        """An argument by its name, or by being the only one."""
        if name in self.named:
            return self.named[name]
        if self.positional and ONLY.get(self.name) == name:
            return self.positional[0]
        return default

    def text(self, name: str, default: str = "") -> str:
        value = self.get(name)
        return default if value is None else to_text(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.get(name)
        if is_text(value):
            return to_text(value) == "true"
        return default if value is None else truth(value)

    def number(self, name: str) -> int:
        value = self.get(name)
        if is_text(value) and to_text(value).isdigit():
            return int(to_text(value))
        return integer(value)

    @property
    def pairs(self) -> Pairs:
        """The arguments as they are compared."""
        only = ONLY.get(self.name, "0")
        found = []
        for place, value in enumerate(self.positional):
            found.append((only if place == 0 else str(place), shown(value)))
        found += [(name, shown(value)) for name, value in self.named.items()]
        return tuple(found)


def invocation(node: ast.Call, name: str, given: Arguments) -> Invocation:
    """A call as a step reads it: a map alone is the named arguments."""
    positional = list(given.positional)
    block: Value = None
    if positional and isinstance(positional[-1], (Closure, MethodPointer)):
        block = positional.pop()
    named = dict(given.named)
    if not named and len(positional) == 1 and isinstance(positional[0], dict):
        whole = positional[0]
        if name not in ("step", "wrap", "checkout", "parallel") or "$class" not in whole:
            named = {to_text(key): value for key, value in positional.pop().items()}  # type: ignore[attr-defined]
    return Invocation(node, name, named, tuple(positional), block)


def shown(value: Value) -> str:
    """An argument as it is compared."""
    if isinstance(value, Symbol):
        given = [shown(one) for one in value.positional]
        given += [f"{key}: {shown(one)}" for key, one in value.named]
        return f"{value.name}({', '.join(given)})"
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, dict):
        return f"[{', '.join(f'{to_text(key)}: {shown(one)}' for key, one in value.items())}]"
    if isinstance(value, (Closure, MethodPointer)):
        return "{…}"
    try:
        return to_text(value)
    except Unknown:
        return f"<{getattr(value, 'name', type(value).__name__)}>"
