"""`env.NAME = value`: a step that writes the variable for all steps behind it.

Jenkins gives a block around (`environment`, `withEnv`) precedence over such an assignment.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jenkins2gha.diagnostics import Certainty, Outcome, worst
from jenkins2gha.jenkins.pipeline import (
    Assignment,
    BuildProperty,
    Groovy,
    Item,
    Pipeline,
    Steps,
    inner_items,
)
from jenkins2gha.jenkins.sites import every_stage
from jenkins2gha.jenkins.values import (
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Hole,
    ParameterRef,
    Residual,
    ResultOf,
    Value,
    operands,
)
from jenkins2gha.mapping.interpolation import Refusal, Script, flat, word
from jenkins2gha.mapping.keeping import MARK
from jenkins2gha.mapping.lower import certainties, expression_of, read, remarks
from jenkins2gha.mapping.placeholder import placeholder
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.plan.jobs import Gap
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span


def assignment(item: Assignment, scope: Scope, context: Context) -> Translation:
    """`env.X = 'v'` → `echo "X=v" >> "$GITHUB_ENV"`."""
    noted = Translation(outcomes=tuple(Outcome(one.span, Certainty.EXACT) for one in item.steps))
    if is_set_around(item.name, scope, context):
        message = f"a block around sets `{item.name}`, and that is what the steps see"
        return noted + Translation(diagnostics=(diagnose("assignment-hidden", item.span, message),))
    value = expression_of(item.value)
    script = (
        Refusal(_reason(item.value))
        if value is None
        else _written(item.name, value, scope, context)
    )
    if isinstance(script, Refusal) or value is None:
        reason = script.reason if isinstance(script, Refusal) else ""
        message = f"the value of `{item.name}` is not translated: {reason}"
        return noted + placeholder(
            item.span,
            "assignment-unknown",
            message,
            scope=scope,
            context=context,
            construct="groovy",
            groovy=True,
            kind="value",
        )
    said = remarks(item.value, item.span, "groovy", scope, context)
    bins = [Certainty.EQUIVALENT, *certainties(item.value, scope, context)]
    step = shell_step(
        script,
        item.span,
        "environment-step",
        scope=scope,
        context=context,
        certainty=worst([*bins, *(one.certainty for one in said if one.certainty)]),
    )
    return noted + Translation((replace(step, name=f"Set {item.name}"),), said)


def _reason(value: Value) -> str:
    return value.reason if isinstance(value, Residual) else "it is a list or an object"


def is_set_around(name: str, scope: Scope, context: Context) -> bool:
    """Whether a block around gives a variable its value, whatever is assigned to it."""
    exported = {own.rstrip("+") for own, _ in scope.exports}
    around = (scope.env, scope.secrets, exported, context.environment)
    return any(name in names for names in around)


def _written(name: str, value: Expr, scope: Scope, context: Context) -> Script | Refusal:
    if not _may_have_lines(value, context):
        parts = [_plain(part, scope, context) for part in flat(value)]
        script = word(Concat((Constant(f"{name}="), *parts)), scope, context)
        if isinstance(script, Refusal):
            return script
        return replace(script, text=f'echo {script.text} >> "$GITHUB_ENV"')
    script = word(value, scope, context)
    if isinstance(script, Refusal):
        return script
    lines = (
        f'  echo "{name}<<$END_OF_OUTPUT"\n'
        f"  printf '%s\\n' {script.text}\n"
        '  echo "$END_OF_OUTPUT"'
    )
    return replace(script, text=f'{MARK}{{\n{lines}\n}} >> "$GITHUB_ENV"')


def _plain(part: str | Hole, scope: Scope, context: Context) -> Expr:
    """A part of a text, the constant that Jenkins has for it in place of a name of its own."""
    if isinstance(part, str):
        return Constant(part)
    reading = read(part, scope, context)
    if isinstance(part, EnvironmentRef) and isinstance(reading.text, str) and not reading.present:
        return Constant(reading.text)
    return part


def _may_have_lines(value: Expr, context: Context) -> bool:
    """Whether a text may hold a line end, as the output of a command and a `text` parameter may."""
    match value:
        case Constant(text):
            return "\n" in str(text)
        case ResultOf(form=form):
            return form == "text"
        case ParameterRef(name):
            option = context.parameters.get(name)
            return option is not None and option.name == "text"
    return any(_may_have_lines(one, context) for one in operands(value))


def build_property(item: BuildProperty, scope: Scope, context: Context) -> Translation:
    """`currentBuild.displayName = …` and `.description = …`: a line in the summary of the run."""
    what = "name" if item.name == "displayName" else "description"
    value = expression_of(item.value)
    script = Refusal(_reason(item.value)) if value is None else word(value, scope, context)
    noted = Translation(outcomes=tuple(Outcome(one.span, Certainty.EXACT) for one in item.steps))
    if isinstance(script, Refusal):
        message = f"the {what} of the build is computed: {script.reason}"
        return noted + Translation(
            diagnostics=(diagnose("build-name-dropped", item.span, message),)
        )
    message = f"the {what} of the build stands in the summary of the run"
    said = diagnose("build-name-summary", item.span, message)
    step = shell_step(
        replace(script, text=f'echo {script.text} >> "$GITHUB_STEP_SUMMARY"'),
        item.span,
        "build-name",
        scope=scope,
        context=context,
        certainty=Certainty.APPROXIMATE,
    )
    name = f"Show the {what} of the build"
    return noted + Translation((replace(step, name=name),), (said,))


# --- which variables a run assigns ---------------------------------------------------------------


def assigned_names(items: Iterable[Item | Gap]) -> frozenset[str]:
    """The variables that items assign."""
    return frozenset(one.name for one in _assignments(items))


def _assignments(items: Iterable[Item | Gap]) -> Iterator[Assignment]:
    for item in items:
        if isinstance(item, Assignment):
            yield item
        if not isinstance(item, Gap | Groovy):
            yield from _assignments(inner_items(item))


def not_followed(pipeline: Pipeline) -> Mapping[str, tuple[Span, ...]]:
    """The places that set variables of the environment in a way that no step of ours repeats."""
    known = [one.span for one in _assignments(_all_items(pipeline))]

    def is_known(site: Span) -> bool:
        return any(one.start <= site.start and site.end <= one.end for one in known)

    left = {
        name: tuple(site for site in sites if not is_known(site))
        for name, sites in pipeline.assigned.items()
    }
    return {name: sites for name, sites in left.items() if sites}


def _all_items(pipeline: Pipeline) -> Iterator[Item]:
    yield from (*pipeline.before, *pipeline.after)
    yield from (item for block in pipeline.post for item in block.steps)
    for stage in every_stage(pipeline.stages):
        if stage.when:
            yield from stage.when.items
        if isinstance(stage.body, Steps):
            yield from stage.body.items
        yield from (item for block in stage.post for item in block.steps)
