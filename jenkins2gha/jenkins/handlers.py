"""The `catch` blocks of a `try`: one that takes every error, and one for interruptions."""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.frames import Frame
from jenkins2gha.jenkins.joining import CAUGHT
from jenkins2gha.jenkins.pipeline import Branch, Choice, Item, Step, inner_items
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import End, NotEvaluatedError
from jenkins2gha.jenkins.values import BuildFact, Described, Negation
from jenkins2gha.record import dataclass
from jenkins2gha.source import Span

_GENERAL = ("Exception", "Throwable", "AbortException", "Error", "Object", "def")
_INTERRUPTION = ("FlowInterruptedException", "InterruptedException")
_INTERRUPTING = ("timeout", "input")
"""Steps that interrupt what they hold, where on GitHub they fail."""


@dataclass(frozen=True, slots=True)
class Handlers:
    """`interruption` takes what a person stops, `general` every other error."""

    general: ast.Catch | None = None
    interruption: ast.Catch | None = None

    def __bool__(self) -> bool:
        return self.general is not None or self.interruption is not None

    def follow(self, scope: Scope, rest: Frame | None, span: Span, *, wanted: bool) -> End:
        """Follows the handlers, on the state of a scope; how the one for all errors ends."""
        if self.interruption is None:
            return _follow(self.general, scope, rest, span, wanted=wanted)
        stopped, failed = scope.fork(), scope.within(scope.state.body())
        _follow(self.interruption, stopped, None, span, wanted=False)
        end = _follow(self.general, failed, rest, span, wanted=wanted)
        first = tuple(stopped.state.items)
        branch = Branch(BuildFact("interrupted"), first)
        items = tuple(failed.state.items)
        if first:
            items = (Choice((branch,), items, span, stopped.state.take_noted()),)
        elif items:
            otherwise = Branch(Negation(BuildFact("interrupted")), items)
            items = (Choice((otherwise,), (), span, stopped.state.take_noted()),)
        scope.state.items.extend(items)
        scope.state.noted.extend(failed.state.take_noted())
        return end


def _follow(
    caught: ast.Catch | None, scope: Scope, rest: Frame | None, span: Span, *, wanted: bool
) -> End:
    """A handler; where there is none the error goes on."""
    if caught is None:
        return End("failed")
    inner = scope.declare(caught.name, Described(CAUGHT, {}, span))
    return run_body(caught.body, inner, rest, wanted=wanted)


def run_body(
    body: ast.Block, scope: Scope, rest: Frame | None = None, *, wanted: bool = False
) -> End:
    """Follows a block, and what comes behind it."""
    frame = Frame(body.body, scope.variables, rest)
    return scope.state.file.interpreter.run(frame, scope, wanted=wanted)


def handlers_of(statement: ast.Try) -> Handlers:
    """The `catch` blocks; raises NotEvaluatedError where they tell errors of other kinds apart."""
    found: dict[str, ast.Catch] = {}
    for caught in statement.catches:
        kind = _kind(caught)
        if kind is None or "general" in found or kind in found:
            if len(statement.catches) > 1:
                raise NotEvaluatedError("it handles errors by their kind")
            raise NotEvaluatedError(f"it handles only `{_kinds(caught)[0]}`")
        found[kind] = caught
    return Handlers(**found)


def _kind(caught: ast.Catch) -> str | None:
    if not caught.types or takes(caught, _GENERAL):
        return "general"
    return "interruption" if all(kind in _INTERRUPTION for kind in _kinds(caught)) else None


def takes(caught: ast.Catch, kinds: Iterable[str]) -> bool:
    """Whether a `catch` names one of some classes."""
    return not set(_kinds(caught)).isdisjoint(kinds)


def _kinds(caught: ast.Catch) -> list[str]:
    return [kind.name.rsplit(".", 1)[-1] for kind in caught.types]


def refuse_interruptions(items: Iterable[Item]) -> None:
    """Raises NotEvaluatedError where a step inside would interrupt, not only a person."""
    for item in items:
        if isinstance(item, Step) and item.name in _INTERRUPTING:
            raise NotEvaluatedError(f"it handles errors by their kind, of `{item.name}` too")
        refuse_interruptions(inner_items(item))
