"""Containers beside the machine of a job or of a stage: what they are made of, and their start.

https://www.jenkins.io/doc/book/pipeline/docker/#execution-environment
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from jenkins2gha.actions.workflow import Origin
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, Diagnostic, worst
from jenkins2gha.jenkins.pipeline import Agent, Item, Step
from jenkins2gha.jenkins.values import Constant, Known, Value, text_of
from jenkins2gha.mapping.container_arguments import RunArguments, run_arguments, shell_words
from jenkins2gha.mapping.container_needs import said_of_arguments
from jenkins2gha.mapping.containers import Entered, enter, refusal, started
from jenkins2gha.mapping.git_login import registry_login
from jenkins2gha.mapping.images import LOGIN, host_of, image_word
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.lower import expression_of, remarks
from jenkins2gha.mapping.placeholder import placeholder
from jenkins2gha.mapping.placing import placed, shell_step
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.rows import merged
from jenkins2gha.mapping.scripts import steps_of_job
from jenkins2gha.mapping.translation import (
    NOTHING,
    Context,
    InContainer,
    Scope,
    Translation,
    binned,
)
from jenkins2gha.plan.jobs import Gap, PlannedJob, stages_of
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.source import Span


@dataclass(frozen=True, slots=True)
class Box:
    """A container of a job by its name, and the command that it runs from its start."""

    name: str
    container: InContainer
    command: str = "cat"


@dataclass(frozen=True, slots=True)
class Boxes:
    """The containers that a job starts on its machine. Its shell steps run in the one of the name
    `default`, if there is one; `named` are those that `container` can name. `before` makes their
    images; `lazy` starts none for a single script."""

    site: Span
    boxes: tuple[Box, ...] = ()
    default: str | None = None
    named: Mapping[str, str | None] = field(default_factory=dict)
    before: Translation = NOTHING
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What the steps of a job see of its containers, and the steps that start and remove them."""

    scope: Scope
    context: Context
    before: Translation = NOTHING
    after: Translation = NOTHING


class Left(Exception):
    """Why the container of an agent is left to a person."""


def stage_container(
    agent: Agent, items: Iterable[Item | Gap], scope: Scope, context: Context
) -> Entered:
    """The scope of a stage whose agent only puts its steps into a container (`reuseNode true`)."""
    problem = refusal(scope, context)
    if problem:
        return Entered(scope, left(agent, problem, scope, context))
    try:
        image, arguments, before = image_of(agent, scope, context)
    except Left as error:
        return Entered(scope, left(agent, str(error), scope, context))
    entered = enter(image, arguments, items, agent.span, scope, context)
    own = before + said_of(agent, arguments, scope, context)
    return replace(entered, before=own + entered.before)


def left(agent: Agent, message: str, scope: Scope, context: Context) -> Translation:
    """An agent in a container that is left to a person."""
    return placeholder(
        agent.span,
        "agent-container",
        message,
        scope=scope,
        context=context,
        construct="agent",
        kind="value",
    )


def image_of(
    agent: Agent, scope: Scope, context: Context
) -> tuple[Script, RunArguments, Translation]:
    """The image of an agent, its arguments, and the steps that log in and build it.

    Raises Left where a person has to say them.
    """
    arguments = run_arguments(agent.arguments.get("args"), scope, context)
    if isinstance(arguments, str):
        raise Left(arguments)
    before = _login(agent, scope, context)
    if agent.kind == "dockerfile":
        image = Script(f"agent-image-{agent.span.line}")
        return image, arguments, before + _build(agent, image, scope, context)
    host = host_of(text_of(agent.arguments.get("registryUrl")) or "")
    inside = scope.changed(registry=Constant(host) if host else None)
    named = image_word(agent.arguments.get("image"), inside, context)
    if isinstance(named, str):
        raise Left(named)
    return named, arguments, before


def _login(agent: Agent, scope: Scope, context: Context) -> Translation:
    credential = agent.arguments.get("registryCredentialsId")
    if credential is not None and not isinstance(credential, Known):
        raise Left("the credentials of the agent's registry are only known to a run")
    inputs, secrets = registry_login(credential, context)
    if not inputs:
        return NOTHING
    host = host_of(text_of(agent.arguments.get("registryUrl")) or "")
    if host:
        inputs = {"registry": host, **inputs}
    origin = Origin((agent.span,), "registry-login", Certainty.EQUIVALENT)
    step = placed(ActionStep(uses=LOGIN, inputs=inputs, origin=origin), scope)
    return Translation((step,), secrets=secrets)


def _build(agent: Agent, image: Script, scope: Scope, context: Context) -> Translation:
    """`docker build` of the agent's Dockerfile, as Jenkins writes it."""
    file = agent.arguments.get("filename")
    if isinstance(file, Known) and isinstance(file.value, bool):
        file = None
    folder = agent.arguments.get("dir")
    words = shell_words(agent.arguments.get("additionalBuildArgs"), scope, context)
    if isinstance(words, str):
        raise Left(words)
    name, place = _path(file, "Dockerfile"), _path(folder, ".")
    path = shell_word(posixpath.normpath(posixpath.join(place, name)))
    option = "" if path == "Dockerfile" and place == "." else f" -f {path}"
    text = f"docker build -t {image.text} {words.text}".rstrip() + f"{option} {shell_word(place)}"
    step = shell_step(
        merged(text, (words,)),
        agent.span,
        "agent-image",
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
    )
    return Translation((replace(step, name="Build the image of the agent", script_kind="sh"),))


def _path(value: Value | None, otherwise: str) -> str:
    if value is None:
        return otherwise
    text = text_of(value)
    if text is None:
        raise Left("the Dockerfile of the agent is only known to a run")
    return text


def said_of(agent: Agent, arguments: RunArguments, scope: Scope, context: Context) -> Translation:
    """What is said of an agent whose steps run in a container on the machine of the job."""
    said: list[Diagnostic] = []
    for name in ("image", "args", "additionalBuildArgs"):
        value = agent.arguments.get(name)
        if value is not None and expression_of(value) is not None:
            said += remarks(value, agent.span, "agent", scope, context)
    given = agent.arguments.get("args")
    said += said_of_arguments(given, arguments, agent.span, "agent", scope, context)
    bins = [Certainty.EQUIVALENT, *(one.certainty for one in said if one.certainty)]
    return Translation((), tuple(said), binned(agent.span, worst(bins)))


def default_container(boxes: Boxes | None) -> InContainer | None:
    """What the shell steps of a job run in before it is known what its containers are given."""
    if boxes is None or boxes.default is None:
        return None
    return next(one.container for one in boxes.boxes if one.name == boxes.default)


def start(boxes: Boxes | None, job: PlannedJob, scope: Scope, context: Context) -> Opened:
    """The containers of a job are started: what its steps see of them, and the steps for it."""
    if boxes is None:
        return Opened(scope, context)
    before, after = boxes.before, NOTHING
    inside: dict[str, InContainer | None] = {}
    for box in boxes.boxes:
        plain = scope.changed(container=None)
        if boxes.lazy and _scripts(job) < 2:
            inside[box.name] = box.container
            continue
        entered = started(box.container, box.name, boxes.site, plain, context, command=box.command)
        before += entered.before
        after = entered.after + after
        inside[box.name] = entered.scope.container
    named = {
        name: None if target is None else inside[target] for name, target in boxes.named.items()
    }
    default = None if boxes.default is None else inside[boxes.default]
    return Opened(
        scope.changed(container=default), replace(context, containers=named), before, after
    )


def _scripts(job: PlannedJob) -> int:
    """How many scripts a job runs, those that compute its environment among them."""
    variables = (*job.environment, *(one for s in stages_of(job.stages) for one in s.environment))
    computed = sum(isinstance(one.value, Step) or bool(one.steps) for one in variables)
    return computed + sum(step.name == "sh" for step in steps_of_job(job))
