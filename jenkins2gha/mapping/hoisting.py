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
    Constant,
    EnvironmentRef,
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
from jenkins2gha.mapping.interpolation import (
    Refusal,
    is_loose,
    is_set_by_pipeline,
    needs_shell,
    word,
)
from jenkins2gha.mapping.lower import text_of_constant
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.translation import NOTHING, Context, Scope, Translation
from jenkins2gha.record import dataclass, replace
from jenkins2gha.regex import regex

COMPUTED = "computed-value"
_WORDS = {"toUpperCase": "upper", "toLowerCase": "lower", "trim": "trimmed", "strip": "trimmed"}
_PARTS = frozenset(
    "trim strip take drop substring toLowerCase toUpperCase capitalize split tokenize".split()
)
"""Methods that make a text of nothing but what the text had."""

_WORD = regex(r"[\w.:/@+-]*")
_WITHOUT_BLANKS = frozenset(
    "BUILD_NUMBER BUILD_ID BUILD_TAG BUILD_URL JOB_NAME JOB_BASE_NAME BRANCH_NAME GIT_COMMIT "
    "GIT_BRANCH GIT_URL CHANGE_ID CHANGE_TARGET CHANGE_BRANCH TAG_NAME WORKSPACE".split()
)
"""Names that Jenkins gives values without blanks at their ends."""

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
        return Hoisted(replace(step, arguments=arguments), context)
    inside = replace(
        context,
        captures={**context.captures, **work.captures},
        words=context.words | work.words,
    )
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
        self._site = step.span
        self._known: dict[Expr, Expr] = {}
        self.steps: list[ActionStep] = []
        self.captures: dict[str, Path] = {}
        self.words: set[str] = set()

    def value(self, value: Value) -> Value:
        match value:
            case Symbolic(expr, span):
                self._site = span
                return Symbolic(self._expr(expr), span)
            case ListOf(items, span):
                return ListOf(tuple(map(self.value, items)), span)
            case MapOf(entries, span):
                return MapOf(tuple((key, self.value(one)) for key, one in entries), span)
        return value

    def _expr(self, expr: Expr) -> Expr:
        if isinstance(expr, Concat):
            return Concat(tuple(map(self._expr, expr.parts)))
        if isinstance(expr, Method) and _changes_nothing(expr, self._scope, self._context):
            return expr.operands[0]
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
            self._site,
            COMPUTED,
            scope=self._scope,
            context=self._context,
            certainty=Certainty.EQUIVALENT,
        )
        self.steps.append(replace(action, id=own, name=f"Compute {name}"))
        self.captures[own] = Path(f"steps.{own}.outputs.{name}")
        if _is_word(expr, self._scope, self._context):
            self.words.add(own)
        return ResultOf(own, name, "text")


def _changes_nothing(expr: Method, scope: Scope, context: Context) -> bool:
    """Whether a method takes blanks off a value around which none can stand."""
    own = expr.operands[0]
    if expr.word not in ("trim", "strip") or not isinstance(own, EnvironmentRef):
        return False
    return own.name in _WITHOUT_BLANKS and not is_set_by_pipeline(own.name, scope, context)


def _is_word(expr: Expr, scope: Scope, context: Context) -> bool:
    """Whether a value holds neither quotes nor operators for a shell to read."""
    if isinstance(expr, Constant):
        return bool(_WORD.fullmatch(text_of_constant(expr.value)))
    if isinstance(expr, Method) and expr.word in _PARTS:
        return _is_word(expr.operands[0], scope, context)
    return isinstance(expr, Reference) and not is_loose(expr, scope, context)


_WRITTEN = 'echo "{name}=${name}" >> "$GITHUB_OUTPUT"'


def _name(expr: Expr) -> str:
    """A word for a value: that of what it is made of, and of what is done to it."""
    find: Callable[[Expr], Iterator[Expr]] = _parts
    first = next((one for one in find(expr) if isinstance(one, Reference)), None)
    own = re.sub(r"\W", "_", first.name) if first is not None else "value"
    if isinstance(expr, Method):
        return f"{own}_{_WORDS.get(expr.word, 'part')}"
    return f"{own}_chosen"
