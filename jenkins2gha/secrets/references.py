"""Writes references to GitHub secrets where marks stand in a workflow.

Secrets are given to exactly the steps that read them: what the environment of a job or of the
workflow would hold of them moves to the steps that run scripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from jenkins2gha.actions.expressions import Context, Expression, Literal
from jenkins2gha.actions.rewrite import rewrite
from jenkins2gha.actions.workflow import (
    Container,
    Env,
    Input,
    Job,
    Origin,
    Step,
    Template,
    Text,
    Workflow,
)
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.failing import failing
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.record import fields, is_dataclass, replace
from jenkins2gha.secrets.find import Finding
from jenkins2gha.secrets.scripts import Unplaced, referenced
from jenkins2gha.secrets.tokens import HIDDEN, conceal, holds, pieces

_T = TypeVar("_T")
_WORDS_ONLY = ("name", "comment", "stage", "stages", "origin")


def reference(workflow: Workflow, findings: Sequence[Finding]) -> PassResult:
    """The workflow with a reference for each mark; none is left, and no `***` runs as a value."""
    if not findings:
        return PassResult(workflow)
    resolver = _Resolver({finding.number: finding.secret_name for finding in findings})
    return PassResult(resolver.workflow(workflow), tuple(resolver.notes))


class _Resolver:
    def __init__(self, names: Mapping[int, str]) -> None:
        self._names = names
        self.notes: list[Note] = []

    def workflow(self, workflow: Workflow) -> Workflow:
        secret, plain = _split(workflow.env)
        jobs = tuple(self._job(job, secret) for job in workflow.jobs)
        triggers = workflow.triggers
        if triggers.dispatch:
            inputs = tuple(self._input(each) for each in triggers.dispatch)
            triggers = replace(triggers, dispatch=inputs)
        return _concealed(replace(workflow, env=plain, jobs=jobs, triggers=triggers))

    def _input(self, declared: Input) -> Input:
        if not (isinstance(declared.default, str) and holds(declared.default)):
            return declared
        message = (
            f"the default of the input `{declared.name}` is a secret, which an input cannot have"
        )
        self.notes.append(Note("secret-default", declared.origin, message, Certainty.APPROXIMATE))
        return replace(declared, default=None)

    def _job(self, job: Job, around: Env) -> Job:
        secret, plain = _split(job.env)
        given = {**{name: text for name, text in around.items() if name not in job.env}, **secret}
        steps = tuple(self._step(step, given, plain) for step in job.steps)
        container = self._container(job.container)
        services = {name: self._container(each) for name, each in job.services.items()}
        job = replace(job, env=plain, steps=steps, container=container, services=services)
        if not _marked(replace(job, steps=())):
            return job
        message = "a secret of the source stands where GitHub takes none"
        self.notes.append(Note("secret-unplaced", job.origin, message, Certainty.MANUAL))
        return replace(job, steps=(failing(Step(origin=job.origin), message), *steps))

    def _container(self, container: _T) -> _T:
        if not isinstance(container, Container):
            return container
        login = {name: self._text(text) for name, text in container.credentials.items()}
        return replace(container, credentials=login)

    def _step(self, step: Step, given: Env, around: Env) -> Step:
        if step.placeholder:
            return step
        own, plain = _split(step.env)
        inherited = {
            name: text
            for name, text in given.items()
            if step.run is not None and name not in {**step.env, **step.secrets}
        }
        secrets = {**inherited, **step.secrets, **own}
        step = replace(
            step,
            env=plain,
            secrets={name: self._text(text) for name, text in secrets.items()},
            inputs={
                name: text if isinstance(text, (bool, int)) else self._text(text)
                for name, text in step.inputs.items()
            },
        )
        return self._script(step, around)

    def _script(self, step: Step, around: Env) -> Step:
        """The step with references in its script, or a failing one where that cannot be."""
        changed = referenced(step, self._names, {**around, **step.env})
        if not isinstance(changed, Unplaced) and not _marked(changed):
            if changed.run != step.run:
                message = "the script reads a GitHub secret where a secret stood in its text"
                self.notes.append(
                    Note("secret-referenced", step.origin, message, Certainty.EQUIVALENT)
                )
            return changed
        message = (
            changed.reason
            if isinstance(changed, Unplaced)
            else "a secret of the source stands where GitHub takes none"
        )
        self.notes.append(Note("secret-unplaced", step.origin, message, Certainty.MANUAL))
        script = step.run if isinstance(step.run, str) else None
        return failing(step, message, conceal(script) if script else None)

    def _text(self, text: Text) -> Text:
        """A text of an `env:`, a `with:` or a login, where `${{ secrets.NAME }}` may stand."""
        parts: list[str | Expression] = []
        for part in text.parts if isinstance(text, Template) else (text,):
            if isinstance(part, Literal) and isinstance(part.value, str) and holds(part.value):
                parts += self._parts(part.value)
            elif isinstance(part, str):
                parts += self._parts(part)
            elif not isinstance(part, Template):
                parts.append(rewrite(part, self._value))
        if len(parts) == 1:
            return parts[0]
        return Template(tuple(parts)) if parts else ""

    def _value(self, expression: Expression) -> Expression:
        """A constant within an expression that is a secret as a whole."""
        value = expression.value if isinstance(expression, Literal) else None
        found = list(pieces(value)) if isinstance(value, str) and holds(value) else []
        if len(found) != 1 or not isinstance(found[0], int) or found[0] not in self._names:
            return expression
        return Context(f"secrets.{self._names[found[0]]}")

    def _parts(self, text: str) -> list[str | Expression]:
        parts: list[str | Expression] = []
        for piece in pieces(text):
            if isinstance(piece, str):
                parts.append(piece)
            else:
                name = None if piece is None else self._names.get(piece)
                parts.append(Context(f"secrets.{name}") if name else HIDDEN)
        return parts


def _split(env: Env) -> tuple[dict[str, Text], dict[str, Text]]:
    """The entries that hold a mark, and the others."""
    marked = {name: text for name, text in env.items() if _marked(text)}
    return marked, {name: text for name, text in env.items() if name not in marked}


def _marked(value: object) -> bool:
    """Whether a mark stands anywhere in a part of a workflow but in its names and comments."""
    if isinstance(value, str):
        return holds(value)
    if isinstance(value, Mapping):
        return any(_marked(each) for each in value.values())
    if isinstance(value, tuple):
        return any(_marked(each) for each in value)
    if isinstance(value, Origin) or not is_dataclass(value):
        return False
    return any(
        _marked(getattr(value, each.name))
        for each in fields(value)
        if each.name not in _WORDS_ONLY or isinstance(value, Input)
    )


def _concealed(value: _T) -> _T:
    """A part of a workflow with `***` for each mark that is left, in names and comments."""
    changed: Any = value
    if isinstance(value, str):
        changed = conceal(value) if holds(value) else value
    elif isinstance(value, Mapping):
        changed = {_concealed(key): _concealed(each) for key, each in value.items()}
    elif isinstance(value, tuple):
        changed = tuple(_concealed(each) for each in value)
    elif is_dataclass(value) and not isinstance(value, (Origin, type)):
        own = {each.name: getattr(value, each.name) for each in fields(value)}
        new = {name: _concealed(each) for name, each in own.items()}
        if any(new[name] is not own[name] and new[name] != own[name] for name in own):
            changed = replace(value, **new)
    return changed  # type: ignore[no-any-return]
