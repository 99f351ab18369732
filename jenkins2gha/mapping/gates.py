"""`input` → an environment with reviewers, and a job in front that fails where it has none.

A job that names an environment waits until one of its required reviewers agrees. But GitHub makes
an environment that is not there yet, without any protection: so a job in front asks for it first.
https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.walk import contexts
from jenkins2gha.actions.workflow import Job, Origin
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import Input, Option, Step
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.placeholder import placeholder
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.runners import ANY
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.plan.jobs import Gate, PlannedJob
from jenkins2gha.record import dataclass
from jenkins2gha.rules import diagnose
from jenkins2gha.slug import slug

_RULE = "input-environment"


@dataclass(frozen=True, slots=True)
class GateTranslation:
    """The job that looks for the reviewers, the environment of the job behind it, what is said."""

    check: Job | None = None
    environment: str | None = None
    translation: Translation = Translation()


def map_gate(
    planned: PlannedJob, condition: Expression | None, context: Context
) -> GateTranslation:
    """The approval in front of a job, which runs under `condition`."""
    gate = planned.gate
    if gate is None:
        return GateTranslation()
    name, id_ = _environment(gate), check_of(planned, context)
    needs = tuple(dict.fromkeys((*planned.needs, *_asked_of(condition))))
    check = _check(id_, name, gate, needs, condition) if id_ else None
    limits = [one for one in (*planned.options, *gate.options) if one.name == "timeout"]
    return GateTranslation(check, name, _said(gate, name) + _limits(gate, limits))


def check_of(planned: PlannedJob, context: Context) -> str | None:
    """The id of the job that looks for the reviewers; None where none is needed."""
    if planned.gate is None or _environment(planned.gate) in context.configuration.environments:
        return None
    return f"{planned.id}-gate"


def _environment(gate: Gate) -> str:
    return slug(gate.stage) or "approval"


def _check(
    id_: str, name: str, gate: Gate, needs: tuple[str, ...], condition: Expression | None
) -> Job:
    script = (
        f'gh api "repos/$GITHUB_REPOSITORY/environments/{name}" '
        "--jq '.protection_rules[].type' | grep -qx required_reviewers || {\n"
        f"  echo {shell_word(f'::error::the environment {name} has no required reviewers')}\n"
        "  exit 1\n}"
    )
    step = ActionStep(
        name="Look for required reviewers",
        run=script,
        env={"GH_TOKEN": Path("github.token")},
        origin=Origin((gate.input.span,), _RULE, Certainty.EQUIVALENT),
    )
    return Job(
        id=id_,
        runs_on=ANY.runs_on,
        steps=(step,),
        needs=needs,
        condition=condition,
        permissions={"actions": "read"},
        comment=f"Asks for approval: {_message(gate)}{_asked(gate)}",
        stages=(gate.stage,) if gate.stage else (),
    )


def _asked_of(condition: Expression | None) -> Iterator[str]:
    """The jobs whose outputs a condition reads."""
    for path in contexts(condition) if condition else ():
        if path.startswith("needs.") and not path.startswith("needs.*"):
            yield path.split(".")[1]


def _message(gate: Gate) -> str:
    given = gate.input.arguments.get("message")
    return " ".join((text_of(given) or gate.stage or "the approval").split())


def _asked(gate: Gate) -> str:
    """Who may approve in Jenkins, and what the button says there, as far as the source tells."""
    given = ((name, _argument(gate, name)) for name in ("submitter", "ok"))
    told = "; ".join(f"{name}: {text}" for name, text in given if text)
    return f" ({told})" if told else ""


def _argument(gate: Gate, name: str) -> str:
    return " ".join((text_of(gate.input.arguments.get(name)) or "").split())


def _said(gate: Gate, name: str) -> Translation:
    submitter = _argument(gate, "submitter")
    who = f" ({submitter})" if submitter else ""
    message = f"the approval is that of the environment `{name}`{_asked(gate)}"
    hint = (
        f"Create the environment `{name}` in the repository's settings and add up to six required"
        f" reviewers{who}. With the configuration key `environments: [{name}]` the job that looks"
        " for them is left out."
    )
    construct = "input" if isinstance(gate.input, Input) else "step input"
    span = gate.input.span
    said = [diagnose(_RULE, span, message, construct=construct, hint=hint)]
    approver = _argument(gate, "submitterParameter")
    if approver:
        is_set = isinstance(gate.input, Input)
        what = f"so that `{approver}` is not set" if is_set else f"and nobody reads `{approver}`"
        told = f"GitHub does not tell the job who approved, {what}"
        said.append(diagnose("input-approver", span, told, construct=construct))
    if gate.first:
        late = f"nobody is asked where the `when` of `{gate.stage}` does not hold"
        said.append(diagnose("input-behind-when", span, late, construct=construct))
    outcomes = [Outcome(span, Certainty.APPROXIMATE)]
    outcomes += (Outcome(one.span, Certainty.APPROXIMATE) for one in gate.around)
    outcomes += (Outcome(one.span, Certainty.EXACT) for one in gate.input.steps)
    return Translation(diagnostics=tuple(said), outcomes=tuple(outcomes))


def _limits(gate: Gate, options: Sequence[Option]) -> Translation:
    """What is said of the limits that Jenkins sets to the wait, by options and by blocks."""
    places = [(one.span, "option timeout") for one in options]
    places += [(one.callee, "step timeout") for one in gate.around if one.name == "timeout"]
    message = "GitHub waits up to 30 days for an approval, whatever the limit"
    return Translation(
        diagnostics=tuple(
            diagnose("input-limit", site, message, construct=construct)
            for site, construct in places
        ),
        outcomes=tuple(Outcome(one.span, Certainty.APPROXIMATE) for one in options),
    )


def parameters_of(planned: PlannedJob, context: Context) -> Translation:
    """What a person may enter at an approval, where GitHub asks for nothing: failing first steps of
    the job behind it."""
    gate = planned.gate
    if gate is None:
        return Translation()
    if isinstance(gate.input, Step):
        return _unread(gate.input)
    result = Translation()
    for one in gate.input.parameters:
        result += placeholder(
            one.span,
            "input-parameters",
            "what is entered at the approval is left to a person",
            scope=Scope(stage=gate.stage),
            context=context,
            construct="parameter",
            kind="value",
        )
    return result


def _unread(step: Step) -> Translation:
    """The step gives back what is entered; one whose result is read is no approval alone."""
    given = step.arguments.get("parameters")
    if given is None:
        return Translation()
    message = "what is entered at the approval is read by nobody, so nobody is asked for it"
    said = diagnose("input-parameters-unread", given.span, message, construct="step input")
    return Translation(diagnostics=(said,))
