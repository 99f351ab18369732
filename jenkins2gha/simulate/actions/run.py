"""A run: the jobs in the order of their needs, each on its own machine.

Jobs that GitHub runs at the same time run here one after the other, and so do the legs of a matrix:
one of the orders in which GitHub may run them. With `fail-fast` the legs behind one that fails are
cancelled.
Source: docs.github.com, workflow syntax, "Evaluate expressions"; actions/runner issues 2205, 3664.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from jenkins2gha.simulate.actions import events, places, shells
from jenkins2gha.simulate.actions.events import Event
from jenkins2gha.simulate.actions.leg import LegRun
from jenkins2gha.simulate.actions.matrix import Leg, legs
from jenkins2gha.simulate.actions.nodes import Mapping, Node, WorkflowError
from jenkins2gha.simulate.actions.oracle import World
from jenkins2gha.simulate.actions.places import Contexts, text_at, value_at
from jenkins2gha.simulate.actions.reading import in_order, read
from jenkins2gha.simulate.actions.results import LegResult, Run, StepResult
from jenkins2gha.simulate.actions.scope import Scope
from jenkins2gha.simulate.actions.triggers import not_started
from jenkins2gha.simulate.actions.workflow import Job, Workflow, literal
from jenkins2gha.simulate.expressions import (
    Array,
    ExpressionError,
    Function,
    Object,
    Value,
    evaluate,
    to_text,
    truthy,
    value_of,
)
from jenkins2gha.simulate.expressions.functions import Arguments
from jenkins2gha.simulate.trace import Command, Pairs, Result


def simulate(workflow: str | Workflow, event: Event, world: World | None = None) -> Run:
    """The run that an event starts of a workflow, given as its text or as what `read` made of it.

    >>> run = simulate(text, push("main"), World(oracle=failing(lambda c: "test" in c.text)))
    """
    try:
        known = read(workflow) if isinstance(workflow, str) else workflow
    except WorkflowError as error:
        return Run(conclusion="failure", not_started=str(error), invalid=True)
    if reason := not_started(known, event):
        return Run(conclusion="skipped", not_started=reason)
    return _Simulation(known, event, world or World()).run()


@dataclass(slots=True)
class _Done:
    """What a job came to, all its legs together."""

    result: Result
    outputs: dict[str, str] = field(default_factory=dict)
    legs: tuple[LegResult, ...] = ()


class _Simulation:
    def __init__(self, workflow: Workflow, event: Event, world: World) -> None:
        self._workflow, self._world = workflow, world
        github = value_of(events.github(event, workflow, world.repository))
        assert isinstance(github, Object)
        self._github = github
        self._base: dict[str, Value] = {
            "inputs": value_of(events.inputs(event, workflow)),
            "vars": value_of(world.variables),
            "secrets": value_of(world.secret_values()),
        }
        self._done: dict[str, _Done] = {}
        self._cancelled = False
        self._before: set[str] = set()
        """The jobs that had ended when somebody cancelled the run."""

    def run(self) -> Run:
        for job in in_order(self._workflow.jobs):
            done = self._job(job)
            self._done[job.id.lower()] = done
        found = [leg for done in self._done.values() for leg in done.legs]
        return Run(conclusion=self._conclusion(), jobs=tuple(found))

    def _conclusion(self) -> Result:
        results = [done.result for done in self._done.values()]
        if self._cancelled:
            return "cancelled"
        return _together(results)

    def _job(self, job: Job) -> _Done:
        try:
            if not self._starts(job):
                return self._not_run(job)
            strategy = self._strategy(job)
            found = list(self._legs(job, strategy))
        except ExpressionError as error:
            failed = LegResult(id=job.id, result="failure", notes=(str(error),))
            return _Done("failure", legs=(failed,))
        outputs: dict[str, str] = {}
        for leg in found:
            outputs |= leg.outputs
        results: list[Result] = [_seen(leg) for leg in found]
        return _Done(_together(results), outputs, tuple(found))

    def _not_run(self, job: Job) -> _Done:
        """Of a cancelled run, a job is itself cancelled that could have begun by then."""
        could = self._before.issuperset(self._ancestors(job))
        held = self._cancelled and could and self._starts(job, cancelled=False)
        result: Result = "cancelled" if held else "skipped"
        return _Done(result, legs=(LegResult(id=job.id, result=result),))

    def _starts(self, job: Job, *, cancelled: bool | None = None) -> bool:
        """Whether its condition holds, in a run that is `cancelled` or not, as it is now."""
        now = self._cancelled if cancelled is None else cancelled
        tree = places.condition(places.condition_text(job.condition), places.JOB_IF)
        return truthy(evaluate(tree, self._values(job), self._functions(job, cancelled=now)))

    def _values(self, job: Job) -> dict[str, Value]:
        needs = {
            need: {
                "result": self._done[need.lower()].result,
                "outputs": self._done[need.lower()].outputs,
            }
            for need in job.needs
        }
        github = Object((*self._github.pairs, ("job", job.id)))
        return {**self._base, "github": github, "needs": value_of(needs)}

    def _functions(self, job: Job, *, cancelled: bool) -> dict[str, Function]:
        """Above the jobs the functions ask for all ancestors, or for the jobs they name."""

        def results(arguments: Arguments) -> list[Result]:
            named = [to_text(argument()).lower() for argument in arguments]
            return [self._done[id_].result for id_ in named or self._ancestors(job)]

        return {
            "always": Function(lambda _: True),
            "cancelled": Function(lambda _: cancelled),
            "success": Function(
                lambda given: not cancelled and all(one == "success" for one in results(given)),
                0,
                255,
            ),
            "failure": Function(lambda given: "failure" in results(given), 0, 255),
        }

    def _ancestors(self, job: Job) -> list[str]:
        jobs = {one.id.lower(): one for one in self._workflow.jobs}
        found: list[str] = []
        waiting = [need.lower() for need in job.needs]
        while waiting:
            if (id_ := waiting.pop()) not in found:
                found.append(id_)
                waiting += [need.lower() for need in jobs[id_].needs]
        return found

    def _strategy(self, job: Job) -> Object:
        value = Object()
        if isinstance(job.strategy, Mapping):
            read_ = value_at(job.strategy, places.STRATEGY, Contexts(self._values(job), {}))
            assert isinstance(read_, Object)
            value = read_
        fail_fast = value.get("fail-fast") if "fail-fast" in value else True
        if not isinstance(fail_fast, bool):
            raise ExpressionError("strategy fail-fast: a boolean was expected")
        return Object((("fail-fast", fail_fast), *value.pairs))

    def _legs(self, job: Job, strategy: Object) -> Iterator[LegResult]:
        whole = [Leg(Object(), "")]
        if "matrix" in strategy:
            whole = list(legs(strategy.get("matrix")))
        failed = False
        for place, leg in enumerate(whole):
            known: dict[str, Value] = {
                "fail-fast": strategy.get("fail-fast"),
                "job-index": float(place),
                "job-total": float(len(whole)),
                "max-parallel": strategy.get("max-parallel") or float(len(whole)),
            }
            values = {**self._values(job), "strategy": value_of(known), "matrix": leg.values}
            stopped = failed and truthy(known["fail-fast"])
            begun = not stopped or (self._world.stops is not None and job.uses is None)
            if not begun or (place and not self._goes_on(job)):
                yield LegResult(id=job.id, leg=leg.title, matrix=leg.values, result="cancelled")
                continue
            result = self._leg(job, leg, values, self._world.stops if stopped else None)
            failed = failed or (result.result == "failure" and not result.tolerated)
            yield result

    def _goes_on(self, job: Job) -> bool:
        """Whether a job outlives the cancellation of the run: its condition still holds."""
        return not self._cancelled or self._starts(job)

    def _leg(
        self,
        job: Job,
        leg: Leg,
        values: dict[str, Value],
        stops: Callable[[Command], bool] | None = None,
    ) -> LegResult:
        contexts = Contexts(values, {})
        labels = tuple(_labels(job.runs_on, contexts))
        scope = Scope(values=values, world=self._world, system=shells.system(labels))
        container = _image(job.container, contexts)
        tolerated = job.continue_on_error is not None and (
            value_at(job.continue_on_error, places.JOB, contexts) is True
        )

        def cancel() -> bool:
            self._before = self._before if self._cancelled else set(self._done)
            self._cancelled = True
            return self._starts(job)

        machine = LegRun(self._workflow, job, leg.title, scope, cancel, stops)
        if job.uses is not None:
            result, outputs, steps = self._called(job, leg, scope, cancel)
        else:
            machine.run(container=bool(container))
            outputs, steps = machine.outputs(), machine.results
            result = machine.status
        return LegResult(
            id=job.id,
            leg=leg.title,
            name=_name(job, leg, contexts),
            matrix=leg.values,
            result=result,
            outputs=outputs,
            steps=steps,
            runs_on=labels,
            container=container,
            environment=_named(job.environment, "name", contexts),
            concurrency=_named(job.concurrency, "group", contexts),
            tolerated=tolerated,
            notes=tuple(machine.notes),
        )

    def _called(
        self, job: Job, leg: Leg, scope: Scope, cancel: object
    ) -> tuple[Result, Pairs, tuple[StepResult, ...]]:
        """A job that calls a workflow is one command: what is inside is not known here."""
        contexts = Contexts(scope.values, {})
        given = value_at(job.inputs, places.JOB_ENV, contexts) if job.inputs else Object()
        pairs = given.pairs if isinstance(given, Object) else ()
        command = Command(
            kind="uses",
            job=job.id,
            leg=leg.title,
            name=job.id,
            text=literal(job.uses),
            inputs=tuple((key, to_text(value)) for key, value in pairs),
            line=job.line,
        )
        answer = self._world.oracle(command)
        ends: dict[str, Result] = {"success": "success", "failure": "failure"}
        result = ends.get(answer.end, "cancelled")
        if answer.end == "cancel" and callable(cancel) and cancel():
            result = "success"
        outputs = tuple(answer.outputs.items())
        step = StepResult(index=0, id="", outcome=result, conclusion=result, command=command)
        return result, outputs, (step,)


def _name(job: Job, leg: Leg, contexts: Contexts) -> str:
    """The name that GitHub shows: that of the job, else its id and the values of the leg."""
    if job.name is not None:
        return text_at(job.name, places.JOB, contexts)
    return f"{job.id} ({leg.title})" if leg.title else job.id


def _seen(leg: LegResult) -> Result:
    """What others see of a leg: a failure that `continue-on-error` tolerates is none."""
    return "success" if leg.tolerated and leg.result == "failure" else leg.result


def _together(results: list[Result]) -> Result:
    """One result for several jobs or legs; they are skipped where all of them are."""
    for result in ("failure", "cancelled"):
        if result in results:
            return "failure" if result == "failure" else "cancelled"
    return "skipped" if results and set(results) == {"skipped"} else "success"


def _labels(node: Node | None, contexts: Contexts) -> Iterator[str]:
    value = value_at(node, places.JOB, contexts) if node else None
    if isinstance(value, Object):
        yield from _texts_of(value.get("group"))
        value = value.get("labels")
    yield from _texts_of(value)


def _texts_of(value: Value) -> Iterator[str]:
    for one in value.items if isinstance(value, Array) else (value,):
        if text := to_text(one):
            yield text


def _image(node: Node | None, contexts: Contexts) -> str:
    """The image of a job's container; '' for none."""
    image = node.get("image") if isinstance(node, Mapping) else node
    return text_at(image, places.JOB, contexts) if image else ""


def _named(node: Node | None, key: str, contexts: Contexts) -> str:
    name = node.get(key) if isinstance(node, Mapping) else node
    return text_at(name, places.JOB, contexts) if name else ""
