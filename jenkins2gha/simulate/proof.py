"""Runs a pipeline and its workflow in every scenario, and tells where the runs differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.groovy import parse
from jenkins2gha.simulate.actions import Event, Workflow, World, events, read
from jenkins2gha.simulate.actions.nodes import Mapping as YamlMapping
from jenkins2gha.simulate.actions.workflow import items, literal
from jenkins2gha.simulate.compare import (
    BUILD,
    Difference,
    Excuse,
    Extent,
    Facts,
    Known,
    Recorded,
    differences,
    excuses,
    key_of,
    record,
    unexcused,
)
from jenkins2gha.simulate.compare.workflow_run import Origins
from jenkins2gha.simulate.scenarios import (
    MOST,
    Failures,
    Scenario,
    parameters_of,
    situations,
    stopping,
)
from jenkins2gha.simulate.situation import Answer, CredentialKind, Situation
from jenkins2gha.simulate.trace import Command, Trace
from jenkins2gha.source import Source

Simulate = Callable[[str, Situation], Trace]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be proven: a pipeline's text, its workflow's, and what the conversion said.

    `source_map` tells where the steps of the workflow come from; without it (of a workflow that a
    person edited) they are told by their texts alone. `secrets` are the values of secrets by name,
    `credentials` the kinds of credentials by their ids; `variables` are those of the repository
    that the workflow is to read, besides those that it reads; `multibranch` is the kind of the job.
    """

    text: str
    workflow: str
    diagnostics: tuple[Diagnostic, ...] = ()
    source_map: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, CredentialKind] = field(default_factory=dict)
    variables: tuple[str, ...] = ()
    multibranch: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a scenario: the differences that nothing states, and both runs."""

    scenario: Scenario
    differences: tuple[Difference, ...]
    trace: Trace
    recorded: Recorded


def prove(claim: Claim, simulate: Simulate, most: int = MOST) -> Iterator[Outcome]:
    """One outcome for each scenario; what `simulate` raises for a pipeline it cannot run goes
    through."""
    source = Source("Jenkinsfile", claim.text)
    module = parse(source)
    scenarios = situations(module, source, _variables(claim))
    traces = [(one, _on_jenkins(claim, one, simulate)) for one in scenarios]
    room = max(most // 2, most - len(traces))
    failing = list(islice(_failing(claim, traces, simulate, stopping(module, source)), room))
    traces = traces[: most - len(failing)] + failing
    commands = (command for _, trace in traces for command in trace.commands)
    known = Known(commands, parameters_of(module))
    workflow = read(claim.workflow)
    stated = excuses(claim.diagnostics, module, source)
    run = _Runs(claim, workflow, known, stated, simulate)
    for scenario, trace in traces:
        if (outcome := run.outcome(scenario, trace)) is not None:
            yield outcome


def _variables(claim: Claim) -> tuple[str, ...]:
    """The names of the repository's variables that a workflow reads, or is to read."""
    found = re.findall(r"\bvars\.(\w+)", claim.workflow)
    return tuple(dict.fromkeys((*found, *claim.variables)))


def _failing(
    claim: Claim,
    runs: Sequence[tuple[Scenario, Trace]],
    simulate: Simulate,
    stops: Callable[[Command], bool],
) -> Iterator[tuple[Scenario, Trace]]:
    """The runs in which something fails, those in which something else has failed before behind
    the others."""
    failures = Failures(key_of, stops)
    waiting = list(runs)
    for before, trace in waiting:
        for scenario in failures.within(before, trace.commands):
            run = scenario, _on_jenkins(claim, scenario, simulate)
            if not scenario.stopped_at:
                waiting.append(run)
            yield run


def _on_jenkins(claim: Claim, scenario: Scenario, simulate: Simulate) -> Trace:
    def world(command: Command) -> Answer:
        return scenario.answer(key_of(command))

    situation = replace(
        scenario.situation,
        world=world,
        credentials=claim.credentials,
        multibranch=claim.multibranch,
    )
    return simulate(claim.text, situation)


class _Runs:
    def __init__(
        self,
        claim: Claim,
        workflow: Workflow,
        known: Known,
        stated: Sequence[Excuse],
        simulate: Simulate,
    ) -> None:
        self._claim, self._workflow, self._known = claim, workflow, known
        self._stated, self._simulate = stated, simulate
        self._origins = origins(workflow, claim.source_map)

    def outcome(self, scenario: Scenario, trace: Trace) -> Outcome | None:
        """None where the event starts no run of the workflow.

        Nobody knows how far the branches of a `parallel` have come when one of them asks for the
        result of the build, nor how far the legs of a matrix when one of them cancels the others: a
        workflow may do as in either case.
        """
        found = self._compared(scenario, trace)
        if found is None or not found.differences:
            return found
        if any(one.result == "cancelled" and one.leg for one in found.recorded.run.jobs):
            begun = self._compared(scenario, trace, begun=True)
            if begun is not None and not begun.differences:
                return begun
        situation = replace(scenario.situation, apart=True)
        apart = _on_jenkins(self._claim, replace(scenario, situation=situation), self._simulate)
        other = None if apart == trace else self._compared(scenario, apart)
        return found if other is None or other.differences else other

    def _compared(self, scenario: Scenario, trace: Trace, *, begun: bool = False) -> Outcome | None:
        event = event_of(scenario, self._workflow)
        if event is None or self._cannot_be_entered(scenario):
            return None
        known = self._known.within(trace.commands)
        facts = Facts(
            answer=scenario.answer,
            changed=scenario.situation.changed,
            messages=scenario.situation.messages,
            previous=_CONCLUSIONS.get(scenario.situation.previous or "", ""),
            begun=begun,
        )
        recorded = record(
            self._workflow,
            event,
            known=known,
            facts=facts,
            world=World(secrets=self._claim.secrets, variables=scenario.situation.variables),
            origins=self._origins,
        )
        if recorded.run.not_started and not self._claim.multibranch:
            return None  # which pushes start a job is its server's business
        found = list(differences(trace, recorded, known))
        ran = [(command.line, command.column) for command in trace.commands]
        events = {
            (command.line, command.column): happens
            for command in trace.commands
            if (happens := _event(command, scenario.answer(key_of(command))))
        }
        if {scenario.situation.previous, trace.build_result} == {"FAILURE", "UNSTABLE"}:
            events[BUILD] = "other-failure"
        left = unexcused(found, self._stated, ran, events)
        return Outcome(scenario, tuple(left), trace, recorded)

    def _cannot_be_entered(self, scenario: Scenario) -> bool:
        """Whether a parameter is no input of the workflow, and a diagnostic says so."""
        inputs = {name for name, _ in events.declared_inputs(self._workflow)}
        gone = scenario.situation.parameters.keys() - inputs
        said = " ".join(one.span.text + one.message for one in self._claim.diagnostics)
        return any(name in said for name in gone)


_CONCLUSIONS = {"SUCCESS": "success", "UNSTABLE": "failure", "FAILURE": "failure",
                "ABORTED": "cancelled"}  # fmt: skip


def _event(command: Command, answer: Answer) -> str:
    """What a command with its answer does to the result of a build; '' for nothing."""
    if answer.end != "success":
        return answer.end
    if answer.test_failures or answer.missing:
        return "unstable" if answer.test_failures else "missing"
    return "failure" if command.result == "failure" else ""


def event_of(scenario: Scenario, workflow: Workflow) -> Event | None:
    """The event on GitHub that a situation on Jenkins is; None where the workflow has none such."""
    one = scenario.situation
    about = {"run_number": one.build_number, "actor": one.user}
    triggers = dict(workflow.triggers)
    match one.kind:
        case "push":
            event = events.push(one.branch, sha=one.commit, changed=one.changed or None, **about)
        case "tag":
            event = events.push_tag(one.branch, sha=one.commit, **about)
        case "pull_request":
            event = events.pull_request(
                one.number, head=one.branch, base=one.base, head_sha=one.commit, **about
            )
        case "schedule":
            crons = [
                literal(entry.get("cron"))
                for entry in items(triggers.get("schedule"))
                if isinstance(entry, YamlMapping)
            ]
            if not crons:
                return None
            event = events.schedule(crons[0], one.branch, sha=one.commit, **about)
        case "dispatch":
            event = events.dispatch(dict(one.parameters), one.branch, sha=one.commit, **about)
    return event if event.name in triggers else None


def origins(workflow: Workflow, source_map: Mapping[str, Any]) -> Origins:
    """Looks up the places that a step comes from, by the pointers of a source map."""
    places: dict[tuple[str, int], tuple[Extent, ...]] = {}
    for job in workflow.jobs:
        outer = -1
        inner = 0
        group = ""
        for step in job.steps:
            same = bool(step.group) and step.group == group
            inner = inner + 1 if same else 0
            outer += 0 if same else 1
            group = step.group
            pointer = f"/jobs/{job.id}/steps/{outer}"
            pointer += f"/parallel/{inner}" if step.group else ""
            entry = source_map.get(pointer, {})
            places[job.id, step.index] = tuple(map(_extent, entry.get("spans", ())))
    return lambda name, index: places.get((name, index), ())


def _extent(span: Mapping[str, Any]) -> Extent:
    return Extent((span["line"], span["column"]), (span["end_line"], span["end_column"]))


def first_difference(outcomes: Iterable[Outcome]) -> Outcome | None:
    """The first outcome with a difference."""
    return next((one for one in outcomes if one.differences), None)


__all__ = ["Claim", "Outcome", "first_difference", "prove"]
