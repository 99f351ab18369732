"""Decides a condition: an `if:` where GitHub can say it, else a step in front that tests it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Required, TypedDict, Unpack

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.conditions import FALSE, TRUE, equal
from jenkins2gha.actions.names import unique
from jenkins2gha.actions.walk import contexts, nodes, step_texts
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.actions.workflow import Text
from jenkins2gha.diagnostics import Certainty, Diagnostic, worst
from jenkins2gha.jenkins.values import (
    AllOf,
    AnyOf,
    BuildFact,
    EnvironmentRef,
    Expr,
    Negation,
    Residual,
    ResultOf,
    Truth,
    operands,
)
from jenkins2gha.mapping.decisions.build_facts import differences, facts_in
from jenkins2gha.mapping.decisions.logic import all_of, any_of, opposite
from jenkins2gha.mapping.decisions.predicates import Predicates
from jenkins2gha.mapping.decisions.shell_tests import shell_test
from jenkins2gha.mapping.decisions.values import Unsaid
from jenkins2gha.mapping.interpolation import Refusal, Script, is_secret
from jenkins2gha.mapping.lower import certainties, lower, remarks, shown_name
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.translation import NOTHING, Context, Scope, Translation
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_ANYWHERE = ("github.", "inputs.", "vars.", "needs.")
_HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class Decision:
    """A condition in GitHub's words, and what stands in front of the steps that wait for it.

    `condition` is None where nobody can say it: it is left to a person, and `reason` ends the
    sentence "the condition is not translated: ". `before` are the steps that compute outputs it
    reads, and what is said of it; it holds no outcome, those are the construct's. `certainty` is
    how exact it is.
    """

    condition: gha.Expression | None
    before: Translation = NOTHING
    certainty: Certainty = Certainty.EXACT
    reason: str = ""


_UNDECLARED = "parameter-undeclared"


class _About(TypedDict, total=False):
    construct: Required[str]
    changing: frozenset[str]
    hiding: frozenset[str]


def decide(
    expr: Expr | Residual,
    site: Span,
    name: str,
    scope: Scope,
    context: Context,
    **about: Unpack[_About],
) -> Decision:
    """The decision of a condition at its site.

    Steps that test it get the id `name`, which must be unique in the job. `construct` is what the
    diagnostics are about. `changing` are variables of the environment, and keys of results, that
    the steps behind the condition may change: what depends on one of them is decided once, by a
    step. `hiding` are those that blocks behind it set for themselves, which a step's `if` reads.
    """
    construct = about["construct"]
    if isinstance(expr, Residual):
        return Decision(None, reason=expr.reason)
    if any(fact == BuildFact("error") for fact in facts_in(expr)):
        return Decision(None, reason="it asks what an error says")
    changing, hiding = about.get("changing", frozenset()), about.get("hiding", frozenset())
    scope = _with_values(hiding, scope, context)
    own = _Decision(site, name, scope, context)
    condition = own.of(expr)
    if condition is None:
        return Decision(None, reason=own.reason)
    changes = not (changing | hiding & context.run_time).isdisjoint(_read(expr))
    if changes or is_secret(condition):
        # An `if:` may not read a secret; the `env:` of a step may.
        condition = own.once(condition)
    said = tuple(_meant(one, condition, own.steps) for one in own.said(expr, construct))
    if condition == FALSE:
        message = "the condition never holds, in Jenkins neither"
        if any(one.rule == _UNDECLARED for one in said):
            message = "the condition never holds as long as its parameter is not declared"
        said += (diagnose("condition-never-holds", site, message, construct=construct),)
    bins = [*certainties(expr, scope, context)]
    bins += [one.certainty for one in said if one.certainty]
    bins += [Certainty.EQUIVALENT] if own.steps else []
    before = Translation(steps=tuple(own.steps), diagnostics=said)
    return Decision(condition, before, worst(bins))


def _meant(said: Diagnostic, condition: gha.Expression, steps: Iterable[ActionStep]) -> Diagnostic:
    """What is said of a parameter for which nothing stands in the condition."""
    asked, between, variable = said.message.partition("; `vars.")
    read = {path for one in (condition, *_of_steps(steps)) for path in contexts(one)}
    if said.rule != _UNDECLARED or f"vars.{variable.partition('`')[0]}" in read:
        return said
    fixed = "never" if condition == FALSE else "always" if condition == TRUE else None
    then = f"this condition {fixed} holds" if fixed else "this condition does not ask for it"
    message = f"{asked}; without it {then}: declare it here where the job's settings do"
    return replace(said, message=message) if between else said


def _of_steps(steps: Iterable[ActionStep]) -> Iterator[Text]:
    return (text for step in steps for _, text in step_texts(step))


def _with_values(names: Iterable[str], scope: Scope, context: Context) -> Scope:
    """The scope in which names of the job's environment are read by what they hold."""
    held = {name: context.environment[name] for name in names if name in context.environment}
    return scope.changed(env={**held, **scope.env}) if held else scope


def at_job_level(condition: gha.Expression) -> bool:
    """Whether the `if` of a job may read all that a condition reads.

    https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability
    """
    paths = (node.path for node in nodes(condition) if isinstance(node, gha.Context))
    return all(path.startswith(_ANYWHERE) or path == "github" for path in paths)


def _read(expr: Expr) -> Iterator[str]:
    """The variables that a condition reads, and the keys of the results that it reads."""
    if isinstance(expr, EnvironmentRef):
        yield expr.name
    elif isinstance(expr, ResultOf):
        yield expr.key
    for part in operands(expr):
        yield from _read(part)


class _Decision:
    """One condition on its way; `steps` are those that test what GitHub cannot say."""

    def __init__(self, site: Span, name: str, scope: Scope, context: Context) -> None:
        self._site, self._name, self._scope, self._context = site, name, scope, context
        self._predicates = Predicates(self._lower, context)
        self.steps: list[ActionStep] = []
        self.reason = ""

    def _lower(self, expr: Expr) -> Text | None:
        return lower(expr, self._scope, self._context)

    def of(self, expr: Expr) -> gha.Expression | None:
        """The condition; None, with the reason, where neither GitHub nor a shell can say it."""
        try:
            return self._predicates.of(expr)
        except Unsaid:
            pass
        match expr:
            case Truth(operand):
                return self.of(operand)
            case Negation(operand):
                inner = self.of(operand)
                return None if inner is None else opposite(inner)
            case AllOf(parts) | AnyOf(parts):
                return self._joined(expr, parts)
        return self._tested(expr)

    def _joined(self, expr: AllOf | AnyOf, parts: Iterable[Expr]) -> gha.Expression | None:
        """What GitHub can say of the parts, and one test of the others."""
        said: list[gha.Expression] = []
        others: list[Expr] = []
        for part in parts:
            try:
                said.append(self._predicates.of(Truth(part)))
            except Unsaid:
                others.append(part)
        rest = others[0] if len(others) == 1 else type(expr)(tuple(others))
        tested = self.of(rest) if len(others) == 1 else self._tested(rest)
        if tested is None:
            return None
        return (all_of if isinstance(expr, AllOf) else any_of)([*said, tested])

    def _tested(self, expr: Expr) -> gha.Expression | None:
        test = shell_test(expr, self._predicates, self._scope, self._context)
        if isinstance(test, Refusal):
            self.reason = self.reason or test.reason
            return None
        return self._step(test)

    def once(self, condition: gha.Expression) -> gha.Expression:
        """The condition as it is now, kept in an output."""
        text = f'echo "{_HOLDS}=$HOLDS" >> "$GITHUB_OUTPUT"'
        if is_secret(condition):
            return self._output(Script(text, secrets={"HOLDS": condition}))
        return self._output(Script(text, env={"HOLDS": condition}))

    def _step(self, test: Script) -> gha.Expression:
        lines = f'if {test.text}; then\n  echo "{_HOLDS}=true" >> "$GITHUB_OUTPUT"\nfi'
        return self._output(replace(test, text=lines))

    def _output(self, script: Script) -> gha.Expression:
        own = unique(self._name, [step.id or "" for step in self.steps])
        step = shell_step(
            script,
            self._site,
            "condition-step",
            scope=self._scope,
            context=self._context,
            certainty=Certainty.EQUIVALENT,
        )
        self.steps.append(replace(step, id=own, name="if"))
        return equal(gha.Context(f"steps.{own}.outputs.{_HOLDS}"), "true")

    def said(self, expr: Expr, construct: str) -> Iterator[Diagnostic]:
        yield from remarks(expr, self._site, construct, self._scope, self._context)
        yield from differences(expr, self._site, construct)
        if self._predicates.taken:
            message = "a branch that is called like a pull request, `PR-7`, is not taken for one"
            yield diagnose("branch-like-change", self._site, message, construct=construct)
        if self._predicates.loose:
            values = " and ".join(f"`{shown_name(value)}`" for value in self._predicates.loose)
            message = f"GitHub ignores the case of letters where it compares {values}"
            yield diagnose("comparison-ignores-case", self._site, message, construct=construct)
