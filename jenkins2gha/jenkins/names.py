"""What the names of one file stand for, read in one pass before anything is evaluated."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import children, walk
from jenkins2gha.jenkins.vocabulary import LEAVES
from jenkins2gha.record import dataclass, field
from jenkins2gha.regex import regex

_ENTRY = regex(r"([A-Za-z_]\w*)(\+\w+)?=")
CHANGING = frozenset(
    "add addAll addFirst addLast clear compute merge pop push put putAll putAt putIfAbsent "
    "remove removeAll removeLast replaceAll retainAll set setAt sort unique leftShift plusAssign "
    "reverse append insert delete setLength".split()
)

PLATFORM = (
    "java.",
    "javax.",
    "groovy.",
    "groovyx.",
    "org.codehaus.groovy.",
    "com.cloudbees.",
    "hudson.",
    "jenkins.",
    "org.jenkinsci.",
)
"""How the names of classes begin that Java, Groovy and Jenkins have."""


@dataclass(slots=True)
class Names:
    """The names that a file declares, changes, and puts into the environment.

    `methods` are those of the script itself; `imported` the classes that no platform has;
    `assigned` the undeclared variables that it sets (Groovy's binding) with how often; `changed`
    what is assigned or mutated after its declaration.
    `environment` holds every name that some block of the file puts into the process environment,
    `environment_assigned` those set by `env.X = …`; `set_at` says where a name is set by such an
    assignment, as an axis, or by a lock, an input or a file. `declared` are local variables,
    `libraries` what the step `library` is given; `renames_build` whether `currentBuild.displayName`
    is set.
    """

    methods: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    platform: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    assigned: dict[str, int] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    environment: set[str] = field(default_factory=set)
    environment_assigned: set[str] = field(default_factory=set)
    set_at: dict[str, list[Node]] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    libraries: list[ast.Expression] = field(default_factory=list)
    renames_build: bool = False

    def put(self, name: str, node: Node) -> None:
        """Notes that `node` puts a variable into the environment."""
        self.environment.add(name)
        self.set_at.setdefault(name, []).append(node)


def read_names(module: ast.Module) -> Names:
    """Reads what the names of `module` stand for."""
    names = Names()
    for statement in module.body:
        if isinstance(statement, ast.Method):
            names.methods.add(statement.name)
        elif isinstance(statement, ast.Class):
            names.classes.add(statement.name)
        elif isinstance(statement, ast.Import):
            theirs = names.platform if statement.name.startswith(PLATFORM) else names.imported
            theirs.add(statement.alias or statement.name.rsplit(".", 1)[-1])
    entries: set[int] = set()
    waiting: list[Node] = [module]
    while waiting:
        node = waiting.pop()
        if type(node) in LEAVES:
            continue
        waiting.extend(children(node))
        _read(node, names, entries)
    return names


def _read(node: Node, names: Names, entries: set[int]) -> None:
    if isinstance(node, ast.Call):
        _call(node, names, entries)
    elif isinstance(node, ast.Assign):
        if node.start not in entries:
            _assign(node, names)
    elif isinstance(node, ast.Declaration):
        names.declared.update(variable.name for variable in node.variables)
    elif isinstance(node, (ast.Postfix, ast.Unary)):
        if node.operator in ("++", "--"):
            names.changed.update(_root(node.operand))
    elif isinstance(node, ast.Binary) and node.operator == "<<":
        names.changed.update(_root(node.left))


def _assign(node: ast.Assign, names: Names) -> None:
    targets = node.target.items if isinstance(node.target, ast.ListLiteral) else (node.target,)
    for target in targets:
        if isinstance(target, ast.Name):
            names.assigned[target.id] = names.assigned.get(target.id, 0) + 1
            if node.operator != "=":
                names.changed.add(target.id)
        else:
            variable = environment_name(target)
            if variable:
                names.put(variable, node)
                names.environment_assigned.add(variable)
            names.changed.update(_root(target))
            names.renames_build |= _is_display_name(target)


def _is_display_name(target: ast.Expression) -> bool:
    name = target.name if isinstance(target, ast.Property) else None
    return isinstance(name, ast.StringLiteral) and name.value == "displayName"


def environment_name(target: ast.Expression) -> str | None:
    """X of `env.X` or `env['X']`."""
    if isinstance(target, ast.Property):
        owner, name = target.object, target.name
    elif isinstance(target, ast.Index) and len(target.arguments) == 1:
        owner, name = target.object, target.arguments[0]
    else:
        return None
    if isinstance(owner, ast.Name) and owner.id == "env" and isinstance(name, ast.StringLiteral):
        return name.value
    return None


def _root(target: ast.Expression) -> Iterator[str]:
    while isinstance(target, (ast.Property, ast.Index)):
        target = target.object
    if isinstance(target, ast.Name):
        yield target.id


def _call(call: ast.Call, names: Names, entries: set[int]) -> None:
    word = call.word
    if call.receiver is not None:
        if word in CHANGING:
            names.changed.update(_root(call.receiver))
    elif word in _READERS:
        _READERS[word](call, names)
    elif word == "environment":
        _environment(call, names, entries)


def _environment(call: ast.Call, names: Names, entries: set[int]) -> None:
    body = call.arguments[-1] if call.arguments else None
    for statement in body.body if isinstance(body, ast.Closure) else ():
        value = statement.value if isinstance(statement, ast.ExpressionStatement) else None
        if isinstance(value, ast.Assign) and isinstance(value.target, ast.Name):
            entries.add(value.start)
            name = value.target.id
            names.environment.add(name)
            if isinstance(value.value, ast.Call) and value.value.word == "credentials":
                names.environment.update((f"{name}_USR", f"{name}_PSW"))


def _parameters(call: ast.Call, names: Names) -> None:
    for node in walk(call):
        if isinstance(node, ast.Call) and node is not call:
            for entry in node.named:
                if _key(entry) == "name" and isinstance(entry.value, ast.StringLiteral):
                    names.parameters.add(entry.value.value)
                    names.environment.add(entry.value.value)


def _with_env(call: ast.Call, names: Names) -> None:
    for argument in call.arguments:
        if isinstance(argument, ast.Closure):
            continue
        for node in walk(argument):
            text = ""
            if isinstance(node, ast.StringLiteral):
                text = node.value
            elif isinstance(node, ast.GString) and node.parts:
                first = node.parts[0]
                text = first.value if isinstance(first, ast.Text) else ""
            found = _ENTRY.match(text)
            if found:
                names.environment.add(found.group(1))


def _bindings(call: ast.Call, names: Names) -> None:
    for argument in (*call.arguments, *call.named):
        if isinstance(argument, ast.Closure):
            continue
        for node in walk(argument):
            if isinstance(node, ast.MapEntry) and isinstance(node.value, ast.StringLiteral):
                key = _key(node) or ""
                if key == "variable" or key.endswith("Variable"):
                    names.environment.add(node.value.value)
                    if call.word != "withCredentials":
                        names.put(node.value.value, node)


def _axis(call: ast.Call, names: Names) -> None:
    _named_by(call, "name", names)


def _input(call: ast.Call, names: Names) -> None:
    _named_by(call, "submitterParameter", names)


def _named_by(call: ast.Call, word: str, names: Names) -> None:
    for node in walk(call):
        if isinstance(node, ast.Call) and node.word == word and node.arguments:
            given = node.arguments[0]
            if isinstance(given, ast.StringLiteral):
                names.put(given.value, node)


def _library(call: ast.Call, names: Names) -> None:
    """The library that the step `library` is given, by position or as `identifier`."""
    named = (entry.value for entry in call.named if _key(entry) == "identifier")
    names.libraries.extend([*call.arguments, *named][:1])


def _key(entry: ast.MapEntry) -> str | None:
    return entry.key.value if isinstance(entry.key, ast.StringLiteral) else None


_READERS = {
    "parameters": _parameters,
    "withEnv": _with_env,
    "withCredentials": _bindings,
    "configFileProvider": _bindings,
    "lock": _bindings,
    "axis": _axis,
    "input": _input,
    "library": _library,
}
