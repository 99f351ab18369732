"""`agent` → the runner and the container of a job.

https://www.jenkins.io/doc/book/pipeline/syntax/#agent
"""

from __future__ import annotations

from jenkins2gha.actions.workflow import Container, Text
from jenkins2gha.diagnostics import Certainty, Diagnostic, Outcome, worst
from jenkins2gha.jenkins.pipeline import Agent
from jenkins2gha.jenkins.values import Known, Value, text_of
from jenkins2gha.mapping.declared import first_step
from jenkins2gha.mapping.dependencies import dependencies
from jenkins2gha.mapping.docker_arguments import Arguments, split
from jenkins2gha.mapping.git_login import registry_login
from jenkins2gha.mapping.lower import lower, remarks
from jenkins2gha.mapping.masks import joined, mask
from jenkins2gha.mapping.runners import ANY, ANY_WINDOWS, runner_for, with_windows
from jenkins2gha.mapping.translation import Context, Runner, Scope, Translation
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.rules import diagnose

__all__ = ["Place", "dependencies", "map_agent"]

_DOCKER_HUB = ("index.docker.io", "registry.hub.docker.com", "docker.io", "registry-1.docker.io")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job runs, and what is said of it; `translation` may hold failing first steps."""

    runner: Runner
    container: Container | None = None
    translation: Translation = field(default_factory=Translation)


def map_agent(agent: Agent, context: Context, *, windows: bool = False) -> Place:
    """The runner and the container of an agent; `context` is read for parameters and settings.

    `windows` says that the steps run on Windows only: so do the machines that an agent without a
    telling label stands for.
    """
    if agent.kind in ("any", "none", "label"):
        place = _label(agent, context, windows=windows)
        return _on_windows(place, agent) if windows else place
    if agent.kind == "docker":
        return _docker(agent, context)
    message = f"the agent `{agent.name}` is left to a person; the job runs on ubuntu-latest"
    rule = {"dockerfile": "agent-dockerfile", "kubernetes": "agent-kubernetes"}
    return _left(rule.get(agent.kind, "agent-unknown"), agent, message, context)


def _label(agent: Agent, context: Context, *, windows: bool = False) -> Place:
    """The place that a label asks for, the one in a docker agent too."""
    given = agent.arguments.get("label")
    text = "" if given is None else text_of(given)
    if text is None:
        message = "the label of the agent is computed; the job runs on ubuntu-latest"
        return _left("runner-computed", agent, message, context)
    choice = runner_for(text, context.configuration)
    if windows and not choice.runner.known:
        choice = replace(choice, runner=with_windows(choice.runner))
    said: list[Diagnostic] = []
    if not choice.runner.known:
        words = ", ".join(str(label) for label in choice.runner.runs_on.labels)
        message = f"no runner is known for the label `{text}`; the job asks for [{words}]"
        said.append(diagnose("runner-unknown", agent.span, message, construct="agent"))
    if choice.remark:
        message = f"`{text}`: {choice.remark}"
        said.append(diagnose("runner-chosen", agent.span, message, construct="agent"))
    if "customWorkspace" in agent.arguments:
        message = "a runner has one workspace; the folder that `customWorkspace` names is not used"
        said.append(diagnose("custom-workspace", agent.span, message, construct="agent"))
    return Place(choice.runner, translation=_said(agent, tuple(said)))


def _on_windows(place: Place, agent: Agent) -> Place:
    if place.runner == ANY and not text_of(agent.arguments.get("label")):
        message = "the steps are for Windows, so the job runs on windows-latest"
        said = diagnose("runner-of-steps", agent.span, message, construct="agent")
        more = _said(agent, (said,))
        return replace(place, runner=ANY_WINDOWS, translation=place.translation + more)
    return place


def _docker(agent: Agent, context: Context) -> Place:
    place = _label(agent, context)
    if any(outcome.certainty is Certainty.MANUAL for outcome in place.translation.outcomes):
        return place
    if place.runner.os != "linux":
        message = (
            f"GitHub runs job containers on Linux only, and the label asks for {place.runner.os}"
        )
        return replace(_left("agent-container", agent, message, context), runner=place.runner)
    scope = Scope()
    image = lower(agent.arguments.get("image"), scope, context)
    given = agent.arguments.get("args")
    text = "" if given is None else text_of(given)
    # Only on GitHub's own machines is it known where HOME is.
    readable = text is not None and (place.runner.hosted or "HOME" not in text)
    arguments = split(text or "") if readable else None
    if image is None or arguments is None:
        what = "image" if image is None else "arguments"
        message = f"the {what} of the docker agent cannot be read before the run"
        return replace(_left("agent-container", agent, message, context), runner=place.runner)
    credentials = agent.arguments.get("registryCredentialsId")
    if credentials is not None and not isinstance(credentials, Known):
        message = "the credentials of the docker agent's registry are only known to a run"
        return replace(_left("agent-container", agent, message, context), runner=place.runner)
    return _in_container(agent, place, image, arguments, context)


def _in_container(
    agent: Agent, place: Place, image: Text, arguments: Arguments, context: Context
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
            f"the job runs in the container, as {_user(arguments)} and with another HOME",
            construct="agent",
            hint="Check whether a command relies on HOME or on the workspace's path."
            if arguments.user
            else None,
        )
    ]
    said += remarks(agent.arguments.get("image"), agent.span, "agent", Scope(), context)
    for path in arguments.host:
        message = f"the folder {path} of the machine is mounted; a new runner has nothing there"
        said.append(diagnose("agent-dependency", agent.span, message, construct="agent"))
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
    host = (text_of(url) or "").removeprefix("https://").removeprefix("http://").split("/")[0]
    if not host or host in _DOCKER_HUB or mask(image).text.startswith(f"{host}/"):
        return image
    return joined((host, image), "/")


def _said(agent: Agent, diagnostics: tuple[Diagnostic, ...]) -> Translation:
    bins = [one.certainty for one in diagnostics if one.certainty]
    return Translation(diagnostics=diagnostics, outcomes=(Outcome(agent.span, worst(bins)),))


def _left(rule: str, agent: Agent, message: str, context: Context) -> Place:
    translation = first_step(rule, agent.span, message, context, "agent")
    return Place(ANY, translation=translation)
