"""Values that only a shell can compute: a step in front computes them, and the others read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import (
    Choose,
    Concat,
    Expr,
    ListOf,
    MapOf,
    Method,
    Reference,
    ResultOf,
    Symbolic,
    Value,
    operands,
)
from jenkins2gha.mapping.identifiers import provisional
from jenkins2gha.mapping.interpolation import Refusal, needs_shell, word
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.translation import NOTHING, Context, Scope, Translation
from jenkins2gha.record import dataclass, replace

_WORDS = {"toUpperCase": "upper", "toLowerCase": "lower", "trim": "trimmed", "strip": "trimmed"}
_WORDS |= {"replace": "replaced", "replaceAll": "replaced", "replaceFirst": "replaced"}


@dataclass(frozen=True, slots=True)
class Hoisted:
    """A step whose arguments read what the steps `before` compute, and the context to read it."""

    step: Step
    context: Context
    before: Translation = NOTHING


def hoisted(step: Step, scope: Scope, context: Context) -> Hoisted:
    """The step with its computed values taken out of its arguments, where GitHub has no words for
    them. A value that no shell computes either stays where it is."""
    if not any(map(_is_computed, step.arguments.values())):
        return Hoisted(step, context)
    work = _Work(step, scope, context)
    arguments = {name: work.value(value) for name, value in step.arguments.items()}
    if not work.steps:
        return Hoisted(step, context)
    inside = replace(context, captures={**context.captures, **work.captures})
    return Hoisted(replace(step, arguments=arguments), inside, Translation(tuple(work.steps)))


def _is_computed(value: Value) -> bool:
    match value:
        case Symbolic(expr):
            return any(isinstance(part, Method | Choose) for part in _parts(expr))
        case ListOf(items):
            return any(map(_is_computed, items))
        case MapOf(entries):
            return any(_is_computed(one) for _, one in entries)
    return False


def _parts(expr: Expr) -> Iterator[Expr]:
    yield expr
    for part in operands(expr):
        yield from _parts(part)


class _Work:
    def __init__(self, step: Step, scope: Scope, context: Context) -> None:
        self._step, self._scope, self._context = step, scope, context
        self._known: dict[Expr, Expr] = {}
        self.steps: list[ActionStep] = []
        self.captures: dict[str, Path] = {}

    def value(self, value: Value) -> Value:
        match value:
            case Symbolic(expr, span):
                return Symbolic(self._expr(expr), span)
            case ListOf(items, span):
                return ListOf(tuple(map(self.value, items)), span)
            case MapOf(entries, span):
                return MapOf(tuple((key, self.value(one)) for key, one in entries), span)
        return value

    def _expr(self, expr: Expr) -> Expr:
        if isinstance(expr, Concat):
            return Concat(tuple(map(self._expr, expr.parts)))
        if not needs_shell(expr, self._scope, self._context):
            return expr
        if expr not in self._known:
            self._known[expr] = self._computed(expr)
        return self._known[expr]

    def _computed(self, expr: Expr) -> Expr:
        script = word(expr, self._scope, self._context)
        if isinstance(script, Refusal):
            return expr
        name = _name(expr)
        own = provisional(name.replace("_", " "), f"{self._step.span.start}-{len(self.steps)}")
        text = f"{name}={script.text}\n" + _WRITTEN.format(name=name)
        action = shell_step(
            replace(script, text=text),
            self._step.span,
            "computed-value",
            scope=self._scope,
            context=self._context,
            certainty=Certainty.EQUIVALENT,
        )
        self.steps.append(replace(action, id=own, name=f"Compute {name}"))
        self.captures[own] = Path(f"steps.{own}.outputs.{name}")
        return ResultOf(own, name, "text")


_WRITTEN = 'echo "{name}=${name}" >> "$GITHUB_OUTPUT"'


def _name(expr: Expr) -> str:
    """A word for a value: that of what it is made of, and of what is done to it."""
    find: Callable[[Expr], Iterator[Expr]] = _parts
    first = next((one for one in find(expr) if isinstance(one, Reference)), None)
    own = re.sub(r"\W", "_", first.name) if first is not None else "value"
    if isinstance(expr, Method):
        return f"{own}_{_WORDS.get(expr.word, 'part')}"
    return f"{own}_chosen"
