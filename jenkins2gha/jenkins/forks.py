"""Two ways by one condition, how they end together, and what comes behind a way that may return."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from jenkins2gha.jenkins.conditions import all_of, any_of, chosen, is_small, negated
from jenkins2gha.jenkins.frames import Frame
from jenkins2gha.jenkins.returning import changes, flagged, returned, returns_at_once
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import End, NotEvaluatedError
from jenkins2gha.jenkins.values import Expr, Known, Value
from jenkins2gha.jenkins.ways import choose, join
from jenkins2gha.record import dataclass
from jenkins2gha.source import Span

Way: TypeAlias = Callable[[Scope], End]


@dataclass(frozen=True, slots=True)
class Fork:
    """Two ways by one condition. `chain` says that the other way is an `else if`."""

    condition: Expr
    span: Span
    wanted: bool
    chain: bool = False

    def way(self, frame: Frame) -> Way:
        """The way that begins with a frame."""

        def follow(scope: Scope) -> End:
            return scope.state.file.interpreter.run(frame, scope, wanted=self.wanted)

        return follow

    def follow(self, then: Way, otherwise: Way, scope: Scope) -> End:
        """Follows both ways, and gives how they end together."""
        file = scope.state.file
        one, other = scope.fork(), scope.fork()
        file.nesting += 1
        try:
            first, second = then(one), otherwise(other)
        finally:
            file.nesting -= 1
        together = self._together((one, first), (other, second))
        choose(self.condition, one, other, scope, self.span, chain=self.chain)
        if first.kind == "failed":
            scope.state.become(other.state.store)
        elif second.kind == "failed":
            scope.state.become(one.state.store)
        else:
            join(self.condition, one, other, scope, self.span)
        return together

    def _together(self, one: tuple[Scope, End], other: tuple[Scope, End]) -> End:
        first, second = one[1], other[1]
        if first.kind == "failed" or second.kind == "failed":
            return second if first.kind == "failed" else first
        if first.kind == second.kind != "mixed":
            return End(first.kind, self._value(first, second) if self.wanted else None)
        condition = self._returned(one, other) if one[0].more else None
        if self.wanted and one[0].more and "done" in (first.kind, second.kind):
            value = second.value if first.kind == "done" else first.value
        else:
            value = self._value(first, second) if self.wanted else None
        at_once = all(returns_at_once(end, way.state.items) for way, end in (one, other))
        return End("mixed", value, condition, at_once)

    def _value(self, first: End, second: End) -> Value | None:
        if first.value is None and second.value is None:
            return None
        nothing = Known(None, self.span)
        return chosen(self.condition, first.value or nothing, second.value or nothing, self.span)

    def _returned(self, one: tuple[Scope, End], other: tuple[Scope, End]) -> Expr | None:
        """The condition under which one of the ways has returned, asked behind both of them."""
        if changes(self.condition, (*one[0].state.items, *other[0].state.items)):
            return flagged((one, other), self.span)
        first, second = returned(one[1]), returned(other[1])
        if first is None or second is None:
            return None
        found = any_of(all_of(self.condition, first), all_of(negated(self.condition), second))
        if one[1].kind == "returned":
            found = any_of(self.condition, second)
        elif other[1].kind == "returned":
            found = any_of(negated(self.condition), first)
        return found if is_small(found) else None


def unless_returned(end: End, rest: Way, scope: Scope, span: Span, *, wanted: bool) -> End:
    """Follows what comes behind a statement that has returned on some of its ways."""
    condition = end.condition
    if condition is None:
        raise NotEvaluatedError("it returns on some ways and goes on on others")

    def gone(_: Scope) -> End:
        return End("returned", end.value)

    return Fork(condition, span, wanted).follow(gone, rest, scope)
