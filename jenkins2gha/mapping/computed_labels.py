"""Labels of agents that a parameter or an axis decides → an expression in `runs-on`.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idruns-on
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.allowed import misplaced
from jenkins2gha.actions.workflow import RunsOn, Text
from jenkins2gha.jenkins.values import (
    Choose,
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Hole,
    ListOf,
    ParameterRef,
    Truth,
    name_of,
    text_of,
)
from jenkins2gha.mapping.decisions.values import as_expression
from jenkins2gha.mapping.interpolation import flat
from jenkins2gha.mapping.lower import lower
from jenkins2gha.mapping.parameter_values import default_of
from jenkins2gha.mapping.runners import Choice, runner_for
from jenkins2gha.mapping.settled import with_constants
from jenkins2gha.mapping.translation import Context, Runner, Scope

_MOST = 32


def computed_label(
    label: Expr, axes: Mapping[str, Sequence[str]], scope: Scope, context: Context
) -> Choice | None:
    """The runner of a label with values in it; None where `runs-on` cannot say it.

    Where all values are known that it can have, each is looked up like a label that is written.
    """
    label = with_constants(label, scope, context)
    parts = flat(label)
    holes = list(dict.fromkeys(part for part in parts if not isinstance(part, str)))
    if not holes:
        return runner_for("".join(str(part) for part in parts), context.configuration)
    if len(holes) == 1 and isinstance(holes[0], Choose):
        return _chosen(parts, holes[0], axes, scope, context)
    if len(holes) == 1:
        values, complete = _values(holes[0], axes, context)
        if values:
            return _looked_up(parts, holes[0], values, scope, context, complete=complete)
    text = lower(label, scope, context)
    if text is None or any(misplaced("job", "runs-on", text)):
        return None
    names = ", ".join(f"`{name_of(hole)}`" for hole in holes)
    remark = f"the value of {names} is taken for the label of a runner"
    return Choice(Runner(RunsOn((text,)), "linux", hosted=False), remark)


def _values(
    hole: Hole, axes: Mapping[str, Sequence[str]], context: Context
) -> tuple[Sequence[str], bool]:
    """The values that a hole can have, and whether these are all: of an axis, or of a choice."""
    name = name_of(hole)
    if isinstance(hole, EnvironmentRef) and name in axes:
        return axes[name], True
    option = context.parameters.get(name)
    if not isinstance(hole, ParameterRef | EnvironmentRef) or option is None:
        return (), False
    given = option.arguments.get("choices")
    if option.name != "choice" or given is None:
        return [one for one in (str(default_of(option)),) if one], False
    if isinstance(given, ListOf):
        found = [text_of(one) for one in given.items]
        return [one for one in found if one is not None], None not in found
    return [line for line in (text_of(given) or "").split("\n") if line], True


def _looked_up(
    parts: Sequence[str | Hole],
    hole: Hole,
    values: Sequence[str],
    scope: Scope,
    context: Context,
    *,
    complete: bool,
) -> Choice | None:
    """One runner for each value; one that is not listed is taken for the label of a runner."""
    text = lower(hole, scope, context)
    whole = lower(Concat(tuple(_expressions(parts))), scope, context)
    if not isinstance(text, gha.Expression) or whole is None or len(values) > _MOST:
        return None
    if any(misplaced("job", "runs-on", text)):
        return None
    labels = ["".join(p if isinstance(p, str) else one for p in parts) for one in values]
    choices = [runner_for(label, context.configuration) for label in labels]
    runners = [choice.runner for choice in choices]
    remark = next((choice.remark for choice in choices if choice.remark), None)
    if complete and all(one == runners[0] for one in runners):
        return Choice(runners[0], remark)
    if any(one.runs_on.group for one in runners):
        return None
    unknown = tuple(label for label, one in zip(labels, runners, strict=True) if not one.known)
    own = None if complete else whole
    if own is not None:
        remark = f"another value of `{name_of(hole)}` is taken for the label of a runner"
    return Choice(_runner(_cases(text, values, runners, own), runners), remark, unknown)


def _chosen(
    parts: Sequence[str | Hole],
    choose: Choose,
    axes: Mapping[str, Sequence[str]],
    scope: Scope,
    context: Context,
) -> Choice | None:
    """One runner for each of two labels, by the condition that chooses between them."""
    condition = lower(Truth(choose.condition), scope, context)
    ways = [
        Concat(tuple(_expressions(way if part == choose else part for part in parts)))
        for way in (choose.then, choose.otherwise)
    ]
    if not isinstance(condition, gha.Expression):
        if condition not in ("true", "false"):
            return None
        return computed_label(ways[condition == "false"], axes, scope, context)
    found = [computed_label(way, axes, scope, context) for way in ways]
    choices = [choice for choice in found if choice is not None]
    runners = [choice.runner for choice in choices]
    if len(choices) < 2 or any(one.runs_on.group for one in runners):
        return None
    if runners[0] == runners[1]:
        return choices[0]
    if any(misplaced("job", "runs-on", condition)):
        return None
    last = _labels(runners[1])
    more = last.arguments if isinstance(last, gha.Function) and last.name == "case" else (last,)
    label = gha.Function("case", (condition, _labels(runners[0]), *more))
    remarks = dict.fromkeys(choice.remark for choice in choices if choice.remark)
    unknown = (*_unknown(ways[0], choices[0]), *_unknown(ways[1], choices[1]))
    return Choice(_runner(label, runners), "; ".join(remarks) or None, unknown)


def _unknown(label: Expr, choice: Choice) -> Iterator[str]:
    """The labels of a choice that no table names; a constant one is its own."""
    parts = flat(label)
    if not choice.runner.known and all(isinstance(part, str) for part in parts):
        yield "".join(map(str, parts))
    yield from choice.unknown


def _runner(label: Text, runners: Sequence[Runner]) -> Runner:
    systems = {one.os for one in runners}
    return Runner(
        RunsOn((label,)),
        "linux" if "linux" in systems else runners[0].os,
        hosted=all(one.hosted for one in runners),
        mixed="windows" in systems and len(systems) > 1,
    )


def _expressions(parts: Iterable[str | Expr]) -> Iterator[Expr]:
    return (Constant(part) if isinstance(part, str) else part for part in parts)


def _cases(
    text: gha.Expression, values: Sequence[str], runners: Sequence[Runner], own: Text | None
) -> Text:
    """The runner of each value: of the last without a condition, unless there may be others."""
    found = [_labels(runner) for runner in runners]
    last = found[-1] if own is None else own
    conditional = list(zip(values, found, strict=True))[: None if own is not None else -1]
    same = own is not None and all(one == gha.Literal(value) for value, one in conditional)
    if same or not isinstance(last, gha.Expression):
        return last
    operands: list[gha.Expression] = []
    for value, one in conditional:
        operands += (gha.Operation("==", (text, gha.Literal(value))), one)
    return gha.Function("case", (*operands, last))


def _labels(runner: Runner) -> gha.Expression:
    labels = runner.runs_on.labels
    if len(labels) == 1:
        return as_expression(labels[0])
    words = json.dumps([str(label) for label in labels])
    return gha.Function("fromJSON", (gha.Literal(words),))
