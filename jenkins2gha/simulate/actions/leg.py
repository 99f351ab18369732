"""A job on its machine, step by step.

Source: actions/runner, `StepsRunner.cs`, `BackgroundStepCoordinator.cs`, `JobExtension.cs`,
`ExecutionContext.cs`, `FileCommandManager.cs`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from jenkins2gha.simulate.actions import places, shells
from jenkins2gha.simulate.actions.nodes import Mapping, Node
from jenkins2gha.simulate.actions.oracle import Answer
from jenkins2gha.simulate.actions.places import Contexts, Place, text_at, value_at
from jenkins2gha.simulate.actions.results import StepResult
from jenkins2gha.simulate.actions.scope import Scope
from jenkins2gha.simulate.actions.script import pairs, written
from jenkins2gha.simulate.actions.windows import written as written_on_windows
from jenkins2gha.simulate.actions.workflow import CONTROLS, Job, Step, Workflow, items, literal
from jenkins2gha.simulate.expressions import (
    Array,
    ExpressionError,
    Object,
    Value,
    evaluate,
    to_text,
    truthy,
    value_of,
)
from jenkins2gha.simulate.trace import Command, Pairs, Result

_BLOCKED = "NODE_OPTIONS"


@dataclass(slots=True)
class _Effect:
    """What a step leaves behind for later ones."""

    outputs: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    invalid: bool = False


class LegRun:
    """The run of one leg; `goes_on` says whether its job outlives the cancellation of the run,
    `stops` at which command another leg cancels this one."""

    def __init__(
        self,
        workflow: Workflow,
        job: Job,
        leg: str,
        scope: Scope,
        goes_on: Callable[[], bool],
        stops: Callable[[Command], bool] | None = None,
    ) -> None:
        self.status: Result = "success"
        self.notes: list[str] = []
        self._workflow, self._job, self._leg, self._scope = workflow, job, leg, scope
        self._goes_on, self._stops = goes_on, stops
        self._given = scope.defaults()
        self._env: dict[str, str] = {}
        self._path: list[str] = []
        self._steps: dict[str, Value] = {}
        self._results: dict[int, StepResult] = {}
        self._pending: dict[int, tuple[Step, _Effect]] = {}
        self._container = False

    @property
    def results(self) -> tuple[StepResult, ...]:
        return tuple(self._results[index] for index in sorted(self._results))

    def run(self, *, container: bool) -> None:
        """Every step, and the background steps that nothing waited for."""
        self._container = container
        try:
            self._prepare()
        except ExpressionError as error:
            self._fail(str(error))
            return
        steps = self._job.steps
        for place, step in enumerate(steps):
            if step.kind in CONTROLS:
                self._control(step)
            else:
                self._step(step)
            following = steps[place + 1].group if place + 1 < len(steps) else ""
            if step.group and step.group != following:
                self._wait(one.index for one in steps if one.group == step.group)
        self._wait(list(self._pending))

    def outputs(self) -> Pairs:
        """The job's outputs: without the empty ones, and those that would give away a secret."""
        if self._job.outputs is None:
            return ()
        secrets = [value for value in self._scope.world.secrets.values() if value]
        found = []
        for name, node in self._job.outputs.pairs:
            try:
                text = text_at(node, places.OUTPUTS, self._contexts(self._env))
            except ExpressionError as error:
                self._fail(str(error))
                return ()
            if any(secret in text for secret in secrets):
                self.notes.append(f"Skip output '{name}' since it may contain secret.")
            elif text:
                found.append((name, text))
        return tuple(found)

    def _prepare(self) -> None:
        """The environment: what the workflow sets, then the job, which does not see the former."""
        contexts = self._scope.contexts(self.status)
        for node, place in ((self._workflow.env, places.ENV), (self._job.env, places.JOB_ENV)):
            self._env |= _texts(node, place, contexts)
        self._shell = self._default(self._job.shell, self._workflow.shell)
        self._directory = self._default(self._job.directory, self._workflow.directory)

    def _default(self, own: Node | None, workflow: Node | None) -> str:
        node = own or workflow
        return text_at(node, places.DEFAULTS, self._contexts(self._env)) if node else ""

    def _contexts(self, env: dict[str, str]) -> Contexts:
        return self._scope.contexts(self.status, env, Object(tuple(self._steps.items())))

    def _step(self, step: Step) -> None:
        """The environment first, then the condition: an error in either fails the step for good."""
        try:
            own = _texts(step.env, places.STEP, self._contexts(self._env))
            contexts = self._contexts({**self._env, **own})
            runs = self._holds(step, contexts)
        except ExpressionError as error:
            self._done(step, _Effect(), "failure", "failure", notes=(str(error),))
            return
        if not runs:
            self._done(step, _Effect(), "skipped", "skipped")
            return
        try:
            command = self._command(step, contexts)
        except ExpressionError as error:
            kept = self._continues(step, contexts)
            conclusion: Result = "success" if kept else "failure"
            self._done(step, _Effect(), "failure", conclusion, notes=(str(error),))
            return
        self._execute(step, command, contexts)

    def _holds(self, step: Step, contexts: Contexts) -> bool:
        tree = places.condition(places.condition_text(step.condition), places.STEP_IF)
        return truthy(evaluate(tree, contexts.values, contexts.functions))

    def _execute(self, step: Step, command: Command, contexts: Contexts) -> None:
        if self._stops is not None and self._stops(command):
            self._stops = None
            if not self._outlives(step, contexts):
                self._done(step, _Effect(), "cancelled", "cancelled")
                return
        answer = self._scope.world.oracle(command)
        outcome = self._outcome(step, answer, contexts)
        effect = self._effect(command, answer, fails=outcome != "success")
        if effect.invalid:
            outcome = "failure"
        continues = outcome == "failure" and self._continues(step, contexts)
        conclusion: Result = "success" if continues else outcome
        command = replace(command, result=outcome, conclusion=conclusion)
        self._done(step, effect, outcome, conclusion, command, tuple(effect.notes))

    def _outcome(self, step: Step, answer: Answer, contexts: Contexts) -> Result:
        """A cancelled step whose condition still holds goes on to its end."""
        if answer.end in ("success", "failure"):
            return "success" if answer.end == "success" else "failure"
        if answer.end == "timeout" and step.timeout is not None:
            return "failure"
        if answer.end == "cancel":
            if self._goes_on():
                return "success"
            return "success" if self._outlives(step, contexts) else "cancelled"
        self.status = "cancelled"
        return "cancelled"

    def _outlives(self, step: Step, contexts: Contexts) -> bool:
        """Whether the condition of a step still holds now that its job is cancelled."""
        self.status = "cancelled"
        again = self._scope.contexts("cancelled")
        functions = {**contexts.functions, **again.functions}
        values = {**contexts.values, "job": again.values["job"]}
        return self._holds(step, Contexts(values, functions))

    def _continues(self, step: Step, contexts: Contexts) -> bool:
        """`continue-on-error`, which counts where it is the boolean true and nothing else."""
        if step.continue_on_error is None:
            return False
        try:
            return value_at(step.continue_on_error, places.STEP, contexts) is True
        except ExpressionError:
            return False

    def _command(self, step: Step, contexts: Contexts) -> Command:
        """Variables of the runner itself win over those of the same name in the workflow."""
        env = contexts.values["env"]
        assert isinstance(env, Object)
        visible = {key: str(value) for key, value in env.pairs if key not in self._given}
        is_script = step.kind == "run"
        text = text_at(step.does, places.STEP, contexts) if is_script else literal(step.does)
        directory = self._directory
        if step.directory:
            directory = text_at(step.directory, places.STEP, contexts)
        shell = shells.command(
            step.shell or self._shell, self._scope.system, container=self._container
        )
        return Command(
            kind="run" if is_script else "uses",
            job=self._job.id,
            leg=self._leg,
            index=step.index,
            group=step.group,
            id=step.id,
            name=_name(step, text, contexts),
            text=text,
            inputs=tuple(_texts(step.inputs, places.STEP, contexts).items()),
            shell=shell if is_script else "",
            directory=directory if is_script else "",
            environment=tuple(sorted(visible.items())),
            path=tuple(reversed(self._path)),
            line=step.line,
        )

    def _effect(self, command: Command, answer: Answer, *, fails: bool) -> _Effect:
        """What the step wrote to its files, then what the oracle adds."""
        effect = _Effect()
        if command.kind == "run" and not answer.whole:
            known = {"CI": "true", **dict(command.environment), **self._given}
            reader = written if shells.posix(command.shell) else written_on_windows
            found = reader(
                command.text,
                known,
                status=answer.status,
                output=lambda text: answer.said.get(text, f"$({text})"),
                fails=fails,
            )
            effect.notes += found.unknown
            try:
                effect.environment |= pairs(found.files["GITHUB_ENV"])
                effect.outputs |= pairs(found.files["GITHUB_OUTPUT"])
            except ValueError as error:
                effect.notes.append(str(error))
                effect.invalid = True
            effect.path += filter(None, found.files["GITHUB_PATH"].splitlines())
        effect.outputs |= answer.outputs
        effect.environment |= answer.environment
        effect.path += answer.path
        effect.environment.pop(_BLOCKED, None)
        return effect

    def _done(
        self,
        step: Step,
        effect: _Effect,
        outcome: Result,
        conclusion: Result,
        command: Command | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        """A background step is seen by others only once something has waited for it."""
        self._results[step.index] = StepResult(
            index=step.index,
            id=step.id,
            outcome=outcome,
            conclusion=conclusion,
            command=command,
            outputs=tuple(effect.outputs.items()),
            notes=notes,
        )
        if step.background:
            self._pending[step.index] = step, effect
        else:
            self._settle(step, effect)

    def _settle(self, step: Step, effect: _Effect) -> None:
        result = self._results[step.index]
        self._env |= effect.environment
        for folder in effect.path:
            self._path = [*(one for one in self._path if one != folder), folder]
        if step.id:
            known = {"outputs": effect.outputs, "outcome": result.outcome}
            self._steps[step.id] = value_of({**known, "conclusion": result.conclusion})
        if result.conclusion == "failure" and self.status == "success":
            self.status = "failure"

    def _wait(self, indices: Iterable[int]) -> None:
        for index in indices:
            if index in self._pending:
                self._settle(*self._pending.pop(index))

    def _control(self, step: Step) -> None:
        """`wait` and `wait-all` bring in what ran beside; `cancel` ends what has not failed."""
        names = {literal(item).lower() for item in items(step.does)}
        targets = [
            index
            for index, (one, _) in self._pending.items()
            if step.kind == "wait-all" or one.id.lower() in names
        ]
        for index in targets if step.kind == "cancel" else ():
            result = self._results[index]
            if result.command and result.outcome == "success":
                ended = replace(result.command, result="cancelled", conclusion="cancelled")
                self._results[index] = replace(
                    result, outcome="cancelled", conclusion="cancelled", command=ended
                )
        self._wait(targets)
        self._done(step, _Effect(), "success", "success")

    def _fail(self, note: str) -> None:
        self.notes.append(note)
        if self.status == "success":
            self.status = "failure"


def _name(step: Step, text: str, contexts: Contexts) -> str:
    """The name that GitHub shows; one whose expression fails is shown as it stands."""
    if step.name is None:
        return f"Run {text.strip().splitlines()[0] if text.strip() else ''}"
    try:
        return text_at(step.name, places.STEP, contexts)
    except ExpressionError:
        return literal(step.name)


def _texts(node: Node | None, place: Place, contexts: Contexts) -> dict[str, str]:
    """A map of texts, such as `env`; it may be one expression as a whole."""
    if node is None:
        return {}
    if isinstance(node, Mapping):
        return {key: text_at(one, place, contexts) for key, one in node.pairs}
    value = value_at(node, place, contexts)
    if not isinstance(value, Object) or any(isinstance(v, (Array, Object)) for v in value.values()):
        raise ExpressionError("A mapping was expected")
    return {key: to_text(one) for key, one in value.pairs}
