"""`agent` → the runner and the container of a job, or the containers that its steps run in.

https://www.jenkins.io/doc/book/pipeline/syntax/#agent
"""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.actions.allowed import misplaced
from jenkins2gha.actions.workflow import Container, Text
from jenkins2gha.diagnostics import Certainty, Diagnostic, Outcome, worst
from jenkins2gha.jenkins.pipeline import Agent
from jenkins2gha.jenkins.values import Known, Value, text_of
from jenkins2gha.mapping.agent_values import known_around, spelled_out
from jenkins2gha.mapping.computed_labels import computed_label
from jenkins2gha.mapping.container_needs import said_of_hosts
from jenkins2gha.mapping.containers import container_of
from jenkins2gha.mapping.declared import first_step
from jenkins2gha.mapping.dependencies import dependencies
from jenkins2gha.mapping.docker_arguments import Arguments, split
from jenkins2gha.mapping.git_login import registry_login
from jenkins2gha.mapping.images import host_of
from jenkins2gha.mapping.interpolation import flat
from jenkins2gha.mapping.job_containers import Box, Boxes, Left, image_of, said_of
from jenkins2gha.mapping.job_images import suits
from jenkins2gha.mapping.lower import expression_of, lower, remarks
from jenkins2gha.mapping.masks import joined, mask
from jenkins2gha.mapping.pod_agents import pod_place
from jenkins2gha.mapping.pod_parts import Unreadable
from jenkins2gha.mapping.runners import ANY, ANY_WINDOWS, Choice, runner_for, with_windows
from jenkins2gha.mapping.settled import with_constants
from jenkins2gha.mapping.translation import Context, Runner, Scope, Translation
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

__all__ = ["Place", "dependencies", "map_agent"]

_HOME = regex(r"\$\{?HOME\b|~/")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job runs, and what is said of it; `translation` may hold failing first steps.

    `boxes` are containers that the job starts for its steps, while it runs on the machine itself;
    `services` are those that only serve them.
    """

    runner: Runner
    container: Container | None = None
    translation: Translation = field(default_factory=Translation)
    boxes: Boxes | None = None
    services: Mapping[str, Container] = field(default_factory=dict)


def map_agent(job: PlannedJob, context: Context, *, windows: bool = False) -> Place:
    """The runner and the container of a job's agent; `context` is read for parameters and settings.

    `windows` says that the steps run on Windows only: so do the machines that an agent without a
    telling label stands for.
    """
    agent, scope = job.agent, known_around(job, context)
    job = replace(job, agent=spelled_out(agent, job, scope))
    if agent.kind in ("any", "none", "label"):
        place = _label(job, scope, context, windows=windows)
        return _on_windows(place, agent) if windows else place
    if agent.kind == "docker":
        return _docker(job, scope, context)
    if agent.kind == "dockerfile":
        return _dockerfile(job, scope, context)
    if agent.kind == "kubernetes":
        return _pod(job, scope, context)
    message = f"the agent `{agent.name}` is left to a person; the job runs on ubuntu-latest"
    return _left("agent-unknown", agent, message, context)


def _pod(job: PlannedJob, scope: Scope, context: Context) -> Place:
    """A pod whose description is known."""
    try:
        found = pod_place(job, scope, context)
    except Unreadable as error:
        message = f"the pod of the agent is left to a person: {error}"
        return _left("agent-kubernetes", job.agent, message, context)
    said = _said(job.agent, found.said) + Translation(secrets=found.secrets)
    return Place(found.runner, found.container, said, found.boxes, found.services)


def _label(job: PlannedJob, scope: Scope, context: Context, *, windows: bool = False) -> Place:
    """The place that a label asks for, the one in a docker agent too."""
    agent = job.agent
    given = agent.arguments.get("label")
    choice = _choice(given, job, scope, context)
    if choice is None:
        message = "the label of the agent is computed; the job runs on ubuntu-latest"
        return _left("runner-computed", agent, message, context)
    text = text_of(given) or ("" if given is None else _unquoted(given.span.text))
    if windows and not choice.runner.known:
        choice = replace(choice, runner=with_windows(choice.runner))
    said: list[Diagnostic] = []
    if not choice.runner.known:
        words = ", ".join(str(label) for label in choice.runner.runs_on.labels)
        message = f"no runner is known for the label `{text}`; the job asks for [{words}]"
        said.append(diagnose("runner-unknown", agent.span, message, construct="agent"))
    if choice.unknown:
        words = ", ".join(f"`{one}`" for one in choice.unknown)
        message = f"no runner is known for the label {words}; the job asks for one of that name"
        said.append(diagnose("runner-unknown", agent.span, message, construct="agent"))
    if choice.remark:
        message = f"`{text}`: {choice.remark}"
        said.append(diagnose("runner-chosen", agent.span, message, construct="agent"))
    if "customWorkspace" in agent.arguments:
        message = "a runner has one workspace; the folder that `customWorkspace` names is not used"
        said.append(diagnose("custom-workspace", agent.span, message, construct="agent"))
    said += remarks(given, agent.span, "agent", scope, context)
    return Place(choice.runner, translation=_said(agent, tuple(said)))


def _unquoted(code: str) -> str:
    """A literal without its quotes; other code as it is."""
    quote = code[:1]
    literal = quote in ("'", '"') and code.endswith(quote) and code.count(quote) == 2
    return code[1:-1] if literal else code


def _choice(given: Value | None, job: PlannedJob, scope: Scope, context: Context) -> Choice | None:
    """The runner of a label; None for one that no key of a workflow can say."""
    text = "" if given is None else text_of(given)
    if text is not None:
        return runner_for(text, context.configuration)
    expression = expression_of(given) if given is not None else None
    axes: Mapping[str, tuple[str, ...]] = {}
    if job.matrix:
        axes = {axis.name: axis.values for axis in job.matrix.axes}
    return None if expression is None else computed_label(expression, axes, scope, context)


def _on_windows(place: Place, agent: Agent) -> Place:
    if place.runner == ANY and not text_of(agent.arguments.get("label")):
        message = "the steps are for Windows, so the job runs on windows-latest"
        said = diagnose("runner-of-steps", agent.span, message, construct="agent")
        more = _said(agent, (said,))
        return replace(place, runner=ANY_WINDOWS, translation=place.translation + more)
    return place


def _docker(job: PlannedJob, scope: Scope, context: Context) -> Place:
    agent = job.agent
    place = _label(job, scope, context)
    if any(outcome.certainty is Certainty.MANUAL for outcome in place.translation.outcomes):
        return place
    if place.runner.os != "linux":
        message = (
            f"GitHub runs job containers on Linux only, and the label asks for {place.runner.os}"
        )
        return replace(_left("agent-container", agent, message, context), runner=place.runner)
    image = lower(agent.arguments.get("image"), scope, context)
    if image is not None and any(misplaced("job", "container", image)):
        image = None
    text = _text(agent.arguments.get("args"), scope, context)
    # Only on GitHub's own machines is it known where HOME is.
    readable = text is not None and (place.runner.hosted or not _HOME.search(text))
    arguments = split(text or "") if readable else None
    if image is None or arguments is None or not suits(image, job):
        return _beside(agent, place, scope, context)
    credentials = agent.arguments.get("registryCredentialsId")
    if credentials is not None and not isinstance(credentials, Known):
        message = "the credentials of the docker agent's registry are only known to a run"
        return replace(_left("agent-container", agent, message, context), runner=place.runner)
    return _in_container(agent, place, image, arguments, scope, context)


def _text(value: Value | None, scope: Scope, context: Context) -> str | None:
    """A text that is known, with the constants of the pipeline in it."""
    if value is None:
        return ""
    expression = expression_of(value)
    parts = [] if expression is None else flat(with_constants(expression, scope, context))
    known = [part for part in parts if isinstance(part, str)]
    return "".join(known) if expression is not None and len(known) == len(parts) else None


def _dockerfile(job: PlannedJob, scope: Scope, context: Context) -> Place:
    """An image that the job builds from its own checkout, and in which its scripts then run."""
    agent = job.agent
    place = _label(job, scope, context)
    if any(outcome.certainty is Certainty.MANUAL for outcome in place.translation.outcomes):
        return place
    if place.runner.os != "linux":
        message = f"the image is one for Linux, and the label asks for {place.runner.os}"
        return replace(_left("agent-container", agent, message, context), runner=place.runner)
    return _beside(agent, place, scope, context)


def _beside(agent: Agent, place: Place, scope: Scope, context: Context) -> Place:
    """A container beside the machine of the job, for what the job's own keys cannot say."""
    try:
        image, arguments, before = image_of(agent, scope, context)
    except Left as error:
        left = _left("agent-container", agent, str(error), context)
        return replace(left, runner=place.runner)
    container = container_of(image, arguments)
    name = arguments.name or f"agent-{agent.span.line}"
    boxes = Boxes(agent.span, (Box(name, container),), name, before=before, lazy=True)
    said = said_of(agent, arguments, scope, context)
    return Place(place.runner, translation=place.translation + said, boxes=boxes)


def _in_container(
    agent: Agent,
    place: Place,
    image: Text,
    arguments: Arguments,
    scope: Scope,
    context: Context,
) -> Place:
    credentials, secrets = registry_login(agent.arguments.get("registryCredentialsId"), context)
    container = Container(
        image=_with_registry(image, agent.arguments.get("registryUrl")),
        env=dict(arguments.env),
        volumes=arguments.volumes,
        options=arguments.options,
        credentials=credentials,
    )
    said = [
        diagnose(
            "container-differs",
            agent.span,
            f"the job runs in the container, as {_user(arguments)} and with another HOME;"
            " without git in it the checkout has no `.git`",
            construct="agent",
            hint="Check whether a command relies on HOME or on the workspace's path."
            if arguments.user
            else None,
        )
    ]
    said += remarks(agent.arguments.get("image"), agent.span, "agent", scope, context)
    for path in arguments.host:
        message = f"the folder {path} of the machine is mounted; a new runner has nothing there"
        said.append(diagnose("agent-dependency", agent.span, message, construct="agent"))
    words = " ".join((arguments.options or "", *arguments.env.values()))
    said += said_of_hosts(words, agent.span, "agent")
    for reason in arguments.left_out:
        message = f"an argument of docker is left out: {reason}"
        said.append(diagnose("container-argument", agent.span, message, construct="agent"))
    more = _said(agent, tuple(said))
    return Place(
        place.runner,
        container,
        place.translation + more + Translation(secrets=secrets),
    )


def _user(arguments: Arguments) -> str:
    return f"the user `{arguments.user}`" if arguments.user else "the image's own user"


def _with_registry(image: Text, url: Value | None) -> Text:
    """The image with the registry in front of it, as `withRegistry` writes it."""
    host = host_of(text_of(url) or "")
    if not host or mask(image).text.startswith(f"{host}/"):
        return image
    return joined((host, image), "/")


def _said(agent: Agent, diagnostics: tuple[Diagnostic, ...]) -> Translation:
    bins = [one.certainty for one in diagnostics if one.certainty]
    return Translation(diagnostics=diagnostics, outcomes=(Outcome(agent.span, worst(bins)),))


def _left(rule: str, agent: Agent, message: str, context: Context) -> Place:
    translation = first_step(rule, agent.span, message, context, "agent")
    return Place(ANY, translation=translation)
