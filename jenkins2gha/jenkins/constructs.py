"""Counts the constructs of a source on its syntax tree.

This is the other side of the account that every conversion must balance, so it shares no code with
what reads pipelines: only the tree, and the list of names that are steps.

What counts: each agent, entry of `environment`, option, parameter, trigger, tool, library, stage,
`when`, `input`, `parallel`, `matrix`, `failFast`, condition of `post`, and each step call.

A *step call* is a call without receiver, on `this`, on `steps` or `script` (then of a known step),
or on a plugin's global variable (`docker.image('x').inside { }` is one call), unless its name is a
method of the file or a variable in scope.

- `println`, `print`, `printf` and `sleep` count: Jenkins' script class turns the first three into
  the step `echo`, and its step `sleep` hides Groovy's. Methods that every object has (`with`,
  `sprintf`, `getClass`, …) do not.
- A name that no signature knows counts (it is a library's), unless the file assigns it, or the
  call stands in the arguments of another call. A name known only as an object that plugins build
  (`string(…)`, `choice(…)`) counts only as a statement of its own; one that is both does not count
  in the arguments of another call.
- In a class, a call without receiver reaches the class's own methods and does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeAlias

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import children, walk
from jenkins2gha.jenkins.step_counter import StepCounter, Variables
from jenkins2gha.jenkins.vocabulary import LEAVES
from jenkins2gha.record import dataclass, field
from jenkins2gha.source import Source, Span

Kind: TypeAlias = Literal[
    "agent",
    "environment",
    "option",
    "parameter",
    "trigger",
    "tool",
    "library",
    "stage",
    "when",
    "input",
    "parallel",
    "matrix",
    "failFast",
    "post",
    "step",
]


@dataclass(frozen=True, slots=True)
class Construct:
    """One source site; `span.start` is its key, `name` what stands there (`sh`, `timeout`)."""

    kind: Kind
    name: str
    span: Span


def constructs(module: ast.Module, source: Source) -> tuple[Construct, ...]:
    """Every construct of a file, in the order of the source."""
    counter = _Counter(source, module)
    counter.module()
    return tuple(sorted(counter.found, key=lambda construct: construct.span.start))


@dataclass(slots=True)
class _Counter:
    source: Source
    tree: ast.Module
    found: list[Construct] = field(default_factory=list)
    groovy: StepCounter = field(init=False)

    # --- the file --------------------------------------------------------------------------------

    def module(self) -> None:
        body = self.tree.body
        fields = frozenset(_fields(body))
        pipeline, method = _pipeline(body)
        self.groovy = StepCounter(
            methods=frozenset(each.name for each in body if isinstance(each, ast.Method)),
            assigned=frozenset(_assigned(self.tree)),
            pipeline=pipeline,
            on_pipeline=lambda variables: self._sections(pipeline, variables, _PIPELINE),
        )
        self._libraries(body)
        for statement in body:
            if statement is method and method.body:
                names = (parameter.name for parameter in method.parameters)
                self.groovy.block(method.body.body, fields.union(names))
            elif isinstance(statement, (ast.Method, ast.Class)):
                self.groovy.visit(statement, fields)
        if method is None:
            plain = [each for each in body if not isinstance(each, (ast.Method, ast.Class))]
            self.groovy.block(plain, fields)
        for site in self.groovy.found:
            self._add("step", site.name, site.call)

    def _libraries(self, body: Iterable[ast.Statement]) -> None:
        for statement in body:
            for annotation in _annotations(statement):
                if annotation.name not in ("Library", "hudson.Library"):
                    continue
                for name, value in annotation.arguments:
                    given = value.items if isinstance(value, ast.ListLiteral) else (value,)
                    for each in given if name == "value" else ():
                        self._add("library", "@Library", each)

    def _add(self, what: Kind, name: str, node: Node) -> None:
        self.found.append(Construct(what, name, self.source.span(node.start, node.end)))

    # --- declarative -----------------------------------------------------------------------------

    def _sections(self, call: ast.Call | None, variables: Variables, known: _Known) -> None:
        for inner in _calls(call) if call else ():
            count = known.get(inner.word or "")
            if count is not None:
                count(self, inner, variables)

    def agent(self, call: ast.Call, variables: Variables) -> None:
        self._add("agent", "agent", call)
        self._fields(call, variables, skip=1)

    def _fields(self, call: ast.Call, variables: Variables, *, skip: int) -> None:
        """The values in `{ type { key value } }`; names of types and keys are no calls."""
        for given in (*(entry.value for entry in call.named), *call.arguments):
            if isinstance(given, ast.Closure):
                for inner in _calls(call):
                    self._fields(inner, variables, skip=skip - 1)
            elif skip <= 0:
                self.groovy.visit(given, variables, argument=True)

    def environment(self, call: ast.Call, variables: Variables) -> None:
        for statement in _body(call):
            value: ast.Expression | None = None
            name = ""
            if isinstance(statement, ast.ExpressionStatement):
                if isinstance(statement.value, ast.Assign):
                    value, target = statement.value.value, statement.value.target
                    name = target.id if isinstance(target, ast.Name) else ""
            elif isinstance(statement, ast.Declaration):
                name, value = statement.variables[0].name, statement.variables[0].value
            self._add("environment", name, statement)
            plain = isinstance(value, ast.Call) and value.word == "credentials"
            if value is not None and not (plain and len(getattr(value, "arguments", ())) == 1):
                self.groovy.visit(value, variables)

    def options(self, call: ast.Call, variables: Variables) -> None:
        self._entries("option", call, variables)

    def parameters(self, call: ast.Call, variables: Variables) -> None:
        self._entries("parameter", call, variables)

    def triggers(self, call: ast.Call, variables: Variables) -> None:
        self._entries("trigger", call, variables)

    def tools(self, call: ast.Call, variables: Variables) -> None:
        self._entries("tool", call, variables)

    def _entries(self, what: Kind, call: ast.Call, variables: Variables) -> None:
        for inner in _calls(call):
            self._add(what, inner.word or "", inner)
            for given in (*(entry.value for entry in inner.named), *inner.arguments):
                self.groovy.visit(given, variables, argument=True)

    def libraries(self, call: ast.Call, _: Variables) -> None:
        for inner in _calls(call):
            self._add("library", inner.word or "", inner)

    def stages(self, call: ast.Call, variables: Variables) -> None:
        for inner in _calls(call):
            given = inner.arguments[0] if inner.arguments else None
            name = given.value if isinstance(given, ast.StringLiteral) else "stage"
            self._add("stage", name, inner)
            self._sections(inner, variables, _STAGE)

    def parallel(self, call: ast.Call, variables: Variables) -> None:
        self._add("parallel", "parallel", call)
        self.stages(call, variables)

    def matrix(self, call: ast.Call, variables: Variables) -> None:
        self._add("matrix", "matrix", call)
        self._sections(call, variables, _STAGE)

    def fail_fast(self, call: ast.Call, _: Variables) -> None:
        self._add("failFast", "failFast", call)

    def when(self, call: ast.Call, variables: Variables) -> None:
        self._add("when", "when", call)
        self._conditions(call, variables)

    def _conditions(self, call: ast.Call, variables: Variables) -> None:
        for inner in _calls(call):
            for given in (*(entry.value for entry in inner.named), *inner.arguments):
                if not isinstance(given, ast.Closure):
                    self.groovy.visit(given, variables, argument=True)
                elif inner.word == "expression":
                    self.groovy.visit(given, variables)
                else:
                    self._conditions(inner, variables)

    def input(self, call: ast.Call, variables: Variables) -> None:
        self._add("input", "input", call)
        for inner in _calls(call):
            if inner.word == "parameters":
                self.parameters(inner, variables)
            else:
                self._fields(inner, variables, skip=0)

    def post(self, call: ast.Call, variables: Variables) -> None:
        for inner in _calls(call):
            self._add("post", inner.word or "", inner)
            self.groovy.block(_body(inner), variables)

    def steps(self, call: ast.Call, variables: Variables) -> None:
        body = _body(call)
        only = _call(body[0]) if len(body) == 1 else None
        if only is None or only.word != "parallel" or only.receiver is not None:
            self.groovy.block(body, variables)
            return
        self._add("parallel", "parallel", only)
        for entry in only.named:
            name = entry.key.value if isinstance(entry.key, ast.StringLiteral) else "branch"
            if name == "failFast":
                self._add("failFast", name, entry)
            elif isinstance(entry.value, ast.Closure):
                self._add("stage", name, entry)
                self.groovy.block(entry.value.body, variables)


_Known: TypeAlias = dict[str, Callable[[_Counter, ast.Call, Variables], None]]
_SHARED: _Known = {
    "agent": _Counter.agent,
    "environment": _Counter.environment,
    "options": _Counter.options,
    "tools": _Counter.tools,
    "stages": _Counter.stages,
    "post": _Counter.post,
}
_PIPELINE: _Known = _SHARED | {
    "parameters": _Counter.parameters,
    "triggers": _Counter.triggers,
    "libraries": _Counter.libraries,
}
_STAGE: _Known = _SHARED | {
    "when": _Counter.when,
    "input": _Counter.input,
    "parallel": _Counter.parallel,
    "matrix": _Counter.matrix,
    "failFast": _Counter.fail_fast,
    "steps": _Counter.steps,
}


# --- the shapes of a file ------------------------------------------------------------------------


def _call(statement: ast.Statement) -> ast.Call | None:
    value = statement.value if isinstance(statement, ast.ExpressionStatement) else None
    return value if isinstance(value, ast.Call) else None


def _body(call: ast.Call) -> tuple[ast.Statement, ...]:
    last = call.arguments[-1] if call.arguments else None
    return last.body if isinstance(last, ast.Closure) else ()


def _calls(call: ast.Call) -> Iterator[ast.Call]:
    return filter(None, map(_call, _body(call)))


def _pipeline(body: tuple[ast.Statement, ...]) -> tuple[ast.Call | None, ast.Method | None]:
    """The call of `pipeline`, and the method `call` that it stands in, if in one."""
    for statement in body:
        if _is_pipeline(_call(statement)):
            return _call(statement), None
    for statement in body:
        if isinstance(statement, ast.Method) and statement.name == "call" and statement.body:
            for node in walk(statement.body):
                if isinstance(node, ast.Call) and _is_pipeline(node) and _has_stages(node):
                    return node, statement
            return None, None
    return None, None


def _has_stages(call: ast.Call) -> bool:
    return {"agent", "stages"} <= {each.word for each in _calls(call)}


def _is_pipeline(call: ast.Call | None) -> bool:
    return (
        call is not None
        and call.word == "pipeline"
        and call.receiver is None
        and not call.named
        and len(call.arguments) == 1
        and isinstance(call.arguments[0], ast.Closure)
    )


def _fields(body: Iterable[ast.Statement]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.Declaration):
            names = [each.name.split(".")[-1] for each in statement.modifiers.annotations]
            if "Field" in names:
                yield from (variable.name for variable in statement.variables)


def _annotations(statement: ast.Statement) -> tuple[ast.Annotation, ...]:
    if isinstance(statement, (ast.Declaration, ast.Method, ast.Class)):
        return statement.modifiers.annotations
    return statement.annotations if isinstance(statement, (ast.Import, ast.Package)) else ()


def _assigned(tree: ast.Module) -> Iterator[str]:
    """Undeclared variables that the file sets; entries of `environment` are none."""
    entries: set[int] = set()
    waiting: list[Node] = [tree]
    while waiting:
        node = waiting.pop()
        if type(node) in LEAVES:
            continue
        waiting.extend(children(node))
        if isinstance(node, ast.Call) and node.word == "environment" and node.receiver is None:
            entries.update(statement.start for statement in _body(node))
        elif isinstance(node, ast.Assign) and node.start not in entries:
            target = node.target
            for each in target.items if isinstance(target, ast.ListLiteral) else (target,):
                if isinstance(each, ast.Name):
                    yield each.id
