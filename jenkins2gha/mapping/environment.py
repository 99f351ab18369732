"""`environment { }` → `env:` of the job or of the steps of a stage.

Jenkins reads the entries in any order: a name in a value stands for its sibling, the own name for
what stands outside the block. `credentials()` come first; an empty value unsets the variable.
https://www.jenkins.io/doc/book/pipeline/syntax/#environment
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.names import unique
from jenkins2gha.actions.workflow import Text
from jenkins2gha.diagnostics import Certainty, Diagnostic, worst
from jenkins2gha.jenkins.pipeline import Credentials, Step, Variable
from jenkins2gha.jenkins.values import (
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Residual,
    Symbolic,
    Value,
    Verbatim,
    operands,
    text_of,
    with_operands,
)
from jenkins2gha.mapping.capture import File, capture, captured, is_computed
from jenkins2gha.mapping.credential_use import Told, kind_of
from jenkins2gha.mapping.credentials import KINDS, Bound, bind, in_environment
from jenkins2gha.mapping.interpolation import flat
from jenkins2gha.mapping.lower import certainties, expression_of, references, remarks
from jenkins2gha.mapping.placeholder import in_groovy, placeholder
from jenkins2gha.mapping.translation import NOTHING, Context, Scope, Translation, binned
from jenkins2gha.mapping.variables import path_dropped, with_left, with_text, with_variable
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.slug import slug
from jenkins2gha.source import Span

_LONGEST = 20_000
"""Characters of one variable, a name in it counted as 40; GitHub takes no more than 21,000."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The scope that sees the variables, and what stands before and behind the steps that do."""

    scope: Scope
    before: Translation = NOTHING
    after: Translation = NOTHING


@dataclass(frozen=True)
class _Entries:
    """The entries that see each other, and where each name stands among them.

    `outputs` are those that a step has computed already, by their place; `resolved` are values
    with those of siblings in them, by the entry and those that it is resolved for.
    """

    variables: tuple[Variable, ...]
    outputs: dict[Span, Text]
    resolved: dict[tuple[int, frozenset[int]], Expr] = field(default_factory=dict)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, variable in enumerate(self.variables):
            found.setdefault(variable.name, []).append(number)
        return found


def map_environment(
    variables: Sequence[Variable],
    scope: Scope,
    context: Context,
    file: File,
    prefix: str = "",
    outputs: dict[Span, Text] | None = None,
) -> Environment:
    """The entries of the `environment` blocks that hold at one place, outer ones first.

    What a script computes goes into `$GITHUB_ENV` for a whole job, else into an output of a step,
    whose id begins with `prefix`; what stands in `outputs` is not computed again, and what is new
    comes to stand there.
    """
    entries = _Entries(tuple(variables), {} if outputs is None else outputs)
    bound = Bound(scope)
    for variable in variables:
        if isinstance(variable.value, Credentials):
            added = _credentials(variable, variable.value, bound.scope, context)
            bound = Bound(added.scope, bound.before + added.before, added.after + bound.after)
    seen, before = bound.scope, bound.before
    for number, variable in enumerate(variables):
        given = isinstance(variable.value, Credentials) or is_computed(variable)
        if not given and not _within_limit(number, entries):
            seen = with_left(seen, variable.name, variable.span)
    for number, variable in enumerate(variables):
        if is_computed(variable):
            seen, said = _computed(number, entries, seen, context, file, prefix)
            before += said
    inner = seen
    for number, variable in enumerate(variables):
        if isinstance(variable.value, Credentials) or is_computed(variable):
            continue
        expression = _within_limit(number, entries)
        changed = expression and with_variable(inner, variable.name, expression, seen, context)
        if not expression or not changed:
            before += _unknown(variable, scope, context)
            inner = with_left(inner, variable.name, variable.span)
            continue
        inner = changed
        construct = f"environment {variable.name}"
        before += _said(variable, expression, seen, context)
        before += path_dropped(variable.name, variable.span, construct, scope, context)
    return Environment(inner, before, bound.after)


def _computed(
    number: int,
    entries: _Entries,
    scope: Scope,
    context: Context,
    file: File,
    prefix: str,
) -> tuple[Scope, Translation]:
    """A value that steps compute: one step writes it down, or all of it is left to a person."""
    variable = entries.variables[number]
    if variable.span in entries.outputs:
        return with_text(scope, variable.name, entries.outputs[variable.span]), NOTHING
    found = captured(variable)
    steps = None
    if found:
        own = _with_siblings_in(found[0], number, entries)
        steps = capture(variable.name, own, file, scope, context, trimmed=found[1])
    if not found or not steps:
        said = _unknown(variable, scope, context)
        inside = (variable.value,) if isinstance(variable.value, Step) else variable.steps
        scope = with_left(scope, variable.name, variable.span)
        return scope, said + in_groovy(inside, scope, context)
    if file == "GITHUB_OUTPUT":
        words = [slug(one.name) for one in entries.variables[: number + 1]]
        id_ = f"{prefix}-{unique(words[-1], words[:-1])}"
        steps = replace(steps, steps=(*steps.steps[:-1], replace(steps.steps[-1], id=id_)))
        output = gha.Context(f"steps.{id_}.outputs.{variable.name}")
        scope = with_text(scope, variable.name, output)
        entries.outputs[variable.span] = output
    else:
        entries.outputs[variable.span] = gha.Context(f"env.{variable.name}")
    return scope, steps + _told(number, found[0], entries, context)


def _told(number: int, step: Step, entries: _Entries, context: Context) -> Translation:
    """What is said of a value that a step computes, how often it does so above all."""
    variable = entries.variables[number]
    name = variable.name
    said = {"environment-computed": f"a step of its own computes `{name}` for the steps behind it"}
    if variable.span in context.again:
        message = f"more than one job computes `{name}`, which Jenkins computes once"
        said = {"environment-computed-again": message}
    if variable.span in context.elsewhere:
        message = f"`{name}` is computed on this job's machine, on Jenkins on the pipeline's agent"
        said["environment-computed-elsewhere"] = message
    if _is_read_by_others(number, entries):
        message = f"`{name}` is computed once; Jenkins computes it for each value that reads it"
        said["environment-computed-for-all"] = message
    construct = f"step {step.name}"
    notes = [diagnose(rule, step.span, text, construct=construct) for rule, text in said.items()]
    certainty = worst(note.certainty or Certainty.EXACT for note in notes)
    outcomes = binned(variable.span, certainty) + binned(step.span, certainty)
    return Translation(diagnostics=tuple(notes), outcomes=outcomes)


def _is_read_by_others(number: int, entries: _Entries) -> bool:
    for other, variable in enumerate(entries.variables):
        value = variable.value
        if isinstance(value, Credentials):
            continue
        read = value.arguments.values() if isinstance(value, Step) else (value,)
        named = (one for part in read for one in references(part))
        names = {one.name for one in named if not isinstance(one, Verbatim)}
        if other != number and any(_sibling(name, other, entries) == number for name in names):
            return True
    return False


def _with_siblings_in(step: Step, number: int, entries: _Entries) -> Step:
    """The step with the values of siblings in the texts it is given."""
    own = frozenset({number})

    def resolved(value: Value) -> Value:
        if not isinstance(value, Symbolic):
            return value
        try:
            return Symbolic(_with_siblings(value.expr, number, entries, own), value.span)
        except _TooLarge:
            return Residual(value.span, f"it makes a text of more than {_LONGEST:,} characters")

    arguments = {name: resolved(value) for name, value in step.arguments.items()}
    return replace(step, arguments=arguments)


def _credentials(variable: Variable, value: Credentials, scope: Scope, context: Context) -> Bound:
    credential = text_of(value.id)
    if not credential:
        message = f"the id of the credential in `{variable.name}` is only known to a run"
        left = _left(variable, "credential-kind", message, scope, context)
        return Bound(_without(variable, scope), left)
    kind, told = kind_of(credential, variable.name, variable.span.source.text, context)
    if kind not in KINDS:
        message = f"credentials of the kind `{kind}` are not translated"
        left = _left(variable, "credential-kind", message, scope, context)
        return Bound(_without(variable, scope), left)
    bound = bind(in_environment(kind, variable.name, credential), scope, context, variable.span)
    said = _assumed(variable, credential, told)
    bins = [Certainty.EQUIVALENT, *(one.certainty for one in said if one.certainty)]
    own = Translation(diagnostics=said, outcomes=binned(variable.span, worst(bins)))
    return Bound(bound.scope, own + bound.before, bound.after)


def _assumed(variable: Variable, credential: str, told: Told) -> tuple[Diagnostic, ...]:
    """What is said of a kind that nothing proves."""
    if told not in ("named", "assumed"):
        return ()
    taken, others = "a secret text", "`file`, `sshUserPrivateKey` or `usernamePassword`"
    if told == "named":
        taken, others = "a file, by its name", "`string`, `sshUserPrivateKey` or `usernamePassword`"
    message = f"the credential '{credential}' is taken for {taken}"
    row = f"credentials: {{{credential}: {{kind: …}}}}"
    hint = f"If it is another kind, say in the configuration `{row}` with {others}."
    return (
        diagnose(
            "credential-kind-assumed",
            variable.span,
            message,
            construct=f"environment {variable.name}",
            hint=hint,
        ),
    )


def _without(variable: Variable, scope: Scope) -> Scope:
    """The scope without the variables of a credential that is left to a person."""
    for suffix in ("", "_USR", "_PSW"):
        scope = with_left(scope, variable.name + suffix, variable.span)
    return scope


class _TooLarge(Exception):
    """Variables that are made of each other double with every line."""


def _within_limit(number: int, entries: _Entries) -> Expr | None:
    try:
        return _resolved(number, entries)
    except _TooLarge:
        return None


def _resolved(number: int, entries: _Entries, open_: frozenset[int] = frozenset()) -> Expr | None:
    """The value of an entry with its siblings' values in place of their names."""
    value = entries.variables[number].value
    if isinstance(value, Credentials | Step):
        return None
    expression = expression_of(value)
    if expression is None:
        return None
    key = number, open_
    if key not in entries.resolved:
        found = _with_siblings(expression, number, entries, open_ | {number})
        entries.resolved[key] = found
    return entries.resolved[key]


def _with_siblings(expression: Expr, number: int, entries: _Entries, open_: frozenset[int]) -> Expr:
    match expression:
        case EnvironmentRef(name):
            at = _sibling(name, number, entries)
            if at is None or at in open_:
                return expression
            return _resolved(at, entries, open_) or expression
        case Concat(parts):
            whole = flat(
                Concat(tuple(_with_siblings(part, number, entries, open_) for part in parts))
            )
            if sum(len(one) if isinstance(one, str) else 40 for one in whole) > _LONGEST:
                raise _TooLarge
            return Concat(tuple(Constant(one) if isinstance(one, str) else one for one in whole))
        case _:
            parts = operands(expression)
            own = tuple(_with_siblings(part, number, entries, open_) for part in parts)
            return expression if own == parts else with_operands(expression, own)


def _sibling(name: str, number: int, entries: _Entries) -> int | None:
    """The entry that a name in entry `number` stands for: of the own name, one further out."""
    places = entries.places.get(name, [])
    if entries.variables[number].name == name:
        places = [at for at in places if at < number]
    return places[-1] if places else None


def _said(variable: Variable, value: Expr, scope: Scope, context: Context) -> Translation:
    construct = f"environment {variable.name}"
    said = [*remarks(value, variable.span, construct, scope, context)]
    if isinstance(value, Constant) and value.value == "":
        message = f"`{variable.name}` is empty, so it is not set"
        said.append(diagnose("environment-empty", variable.span, message, construct=construct))
    bins = [*certainties(value, scope, context), *(d.certainty for d in said if d.certainty)]
    return Translation(diagnostics=tuple(said), outcomes=binned(variable.span, worst(bins)))


def _unknown(variable: Variable, scope: Scope, context: Context) -> Translation:
    message = f"the value of `{variable.name}` is computed by Groovy"
    if isinstance(variable.value, Residual):
        message = f"the value of `{variable.name}` is not known: {variable.value.reason}"
    return _left(variable, "variable-unknown", message, scope, context)


def _left(
    variable: Variable, rule: str, message: str, scope: Scope, context: Context
) -> Translation:
    return placeholder(
        variable.span,
        rule,
        message,
        scope=scope,
        context=context,
        construct=f"environment {variable.name}",
        kind="value",
    )
