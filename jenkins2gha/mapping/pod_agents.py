"""A pod → where its steps run: in the job's container, or in containers beside the machine.

All containers of a pod share its network and its workspace.
https://plugins.jenkins.io/kubernetes/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jenkins2gha.actions.allowed import misplaced
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Container, Text
from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.jenkins.pipeline import Agent, Item, Step, inner_items
from jenkins2gha.jenkins.values import Concat, Constant, text_of
from jenkins2gha.mapping.container_arguments import RunArguments
from jenkins2gha.mapping.containers import container_of
from jenkins2gha.mapping.images import as_word
from jenkins2gha.mapping.interpolation import Script, flat
from jenkins2gha.mapping.job_containers import Box, Boxes
from jenkins2gha.mapping.job_images import suits
from jenkins2gha.mapping.lower import lower
from jenkins2gha.mapping.pod_parts import FromSecret, PodContainer, Unreadable
from jenkins2gha.mapping.pods import AGENT, Pod, read_pod
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.rows import merged
from jenkins2gha.mapping.runners import ANY, runner_for
from jenkins2gha.mapping.scripts import SHELLS
from jenkins2gha.mapping.settled import with_constants
from jenkins2gha.mapping.translation import Context, Runner, Scope, Secret
from jenkins2gha.plan.jobs import Gap, PlannedJob, stages_of
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

_DOCKER = regex(r"(?:docker\.io/)?(?:library/)?docker(?::.*)?")
_SOCKET = "/var/run/docker.sock"
_PORTS = {
    "postgres": 5432,
    "postgresql": 5432,
    "postgis": 5432,
    "mysql": 3306,
    "mariadb": 3306,
    "redis": 6379,
    "mongo": 27017,
    "mongodb": 27017,
    "rabbitmq": 5672,
    "elasticsearch": 9200,
    "memcached": 11211,
    "localstack": 4566,
    "selenium": 4444,
    "standalone-chrome": 4444,
    "standalone-firefox": 4444,
    "dynamodb-local": 8000,
    "zookeeper": 2181,
    "docker": 2375,
}
"""The port that an image serves at, where its container does not say."""

_GIT = regex(r"(?:^|[\s'\";&|({])git\s+(?!url\b|branch\s*:|credentialsId\b)[a-z-]+\s", re.MULTILINE)
_TRUSTED = (
    ("GIT_CONFIG_COUNT", Constant("1")),
    ("GIT_CONFIG_KEY_0", Constant("safe.directory")),
    ("GIT_CONFIG_VALUE_0", Constant("*")),
)
"""Lets git work on a workspace that belongs to the machine's user.
https://git-scm.com/docs/git-config#ENVIRONMENT
"""


@dataclass(frozen=True, slots=True)
class PodPlace:
    """Where the steps of a pod run, what only serves them, and what is said of it."""

    runner: Runner
    container: Container | None = None
    boxes: Boxes | None = None
    services: dict[str, Container] = field(default_factory=dict)
    said: tuple[Diagnostic, ...] = ()
    secrets: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True)
class _Roles:
    """What the containers of a pod are for: scripts run in some (`used`), those in the image of
    docker itself can run on the machine, others only serve. `outside` says that scripts run in
    Jenkins' own container."""

    used: tuple[PodContainer, ...]
    on_machine: tuple[PodContainer, ...]
    serving: tuple[PodContainer, ...]
    outside: bool


def pod_place(job: PlannedJob, scope: Scope, context: Context) -> PodPlace:
    """The place of a job in a pod; raises Unreadable where a person has to say it."""
    agent = job.agent
    pod = read_pod(agent, context.files)
    default = text_of(agent.arguments.get("defaultContainer")) or AGENT
    if default != AGENT and pod.get(default) is None:
        raise Unreadable(f"its container '{default}' is not described here")
    roles = _roles(job, pod, default)
    for one in (*roles.used, *roles.serving):
        _check(one, pod)
    alone = len(roles.used) == 1 and not (roles.serving or roles.on_machine or roles.outside)
    if alone and not _has_program(roles.used[0]) and not _reads_secrets(roles.used[0]):
        inside = _in_job(job, pod, roles.used[0], scope, context)
        if inside is not None:
            return inside
    return _beside(agent, pod, roles, default, scope, context)


def _roles(job: PlannedJob, pod: Pod, default: str) -> _Roles:
    names = dict.fromkeys(_names(job, default))
    found = [one for one in map(pod.get, names) if one is not None]
    on_machine = [one for one in found if _is_docker(one)]
    serving = [one for one in pod.containers if one not in found and _serves(one)]
    if on_machine:
        serving = [one for one in serving if not _is_docker(one)]
    used = [one for one in found if one not in on_machine]
    outside = AGENT in names and pod.get(AGENT) is None
    return _Roles(tuple(used), tuple(on_machine), tuple(serving), outside)


def _names(job: PlannedJob, default: str) -> Iterator[str]:
    """For each script of a job the container that it runs in."""
    variables = (*job.environment, *(one for s in stages_of(job.stages) for one in s.environment))
    if any(isinstance(one.value, Step) or one.steps for one in variables):
        yield default
    for stage in stages_of(job.stages):
        yield from _in_items(stage.items, default)
        for block in stage.post:
            yield from _in_items(block.steps, default)
    for block in job.post:
        yield from _in_items(block.steps, default)


def _in_items(items: Iterable[Item | Gap], current: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, Gap):
            continue
        if isinstance(item, Step) and item.name in SHELLS:
            yield current
        inside = isinstance(item, Step) and item.name == "container"
        name = text_of(item.arguments.get("name")) if inside and isinstance(item, Step) else None
        yield from _in_items(inner_items(item), name or current)


def _reads_secrets(one: PodContainer) -> bool:
    return any(isinstance(value, FromSecret) for _, value in one.env)


def _has_program(one: PodContainer) -> bool:
    """Whether a container in which scripts run is told a program that serves them meanwhile."""
    told = bool(one.args) or (bool(one.command) and not one.terminal) or _port(one) is not None
    return told and not one.idle


def _serves(one: PodContainer) -> bool:
    return not one.idle and one.name != AGENT and (not one.terminal or bool(one.args))


def _is_docker(one: PodContainer) -> bool:
    parts = flat(one.image)
    return isinstance(parts[0], str) and _DOCKER.fullmatch(parts[0]) is not None


def _check(one: PodContainer, pod: Pod) -> None:
    """Files of the cluster that a container needs are not there on GitHub."""
    for volume, path in one.mounts:
        kind = pod.volumes.get(volume, "")
        if kind in ("secret", "configMap", "projected", "csi", "downwardAPI"):
            raise Unreadable(f"`{path}` of its container '{one.name}' comes from the cluster")


def _runner(agent: Agent, context: Context) -> Runner:
    """The settings' runner for the label of the pod, which otherwise only names the pod."""
    label = text_of(agent.arguments.get("label"))
    if label is not None and label in context.configuration.runners:
        return runner_for(label, context.configuration).runner
    return ANY


# --- the only container that is used -------------------------------------------------------------


def _in_job(
    job: PlannedJob, pod: Pod, one: PodContainer, scope: Scope, context: Context
) -> PodPlace | None:
    """The container of the job; None where its key cannot say it."""
    agent = job.agent
    image = lower(with_constants(one.image, scope, context), scope, context)
    env: dict[str, Text] = {}
    for name, value in one.env:
        text = None if isinstance(value, FromSecret) else lower(value, scope, context)
        if text is None or any(misplaced("job", "container.env", text)):
            return None
        env[name] = text
    if image is None or any(misplaced("job", "container", image)) or not suits(image, job):
        return None
    options = ["--privileged"] if one.privileged else []
    options += [f"--user {one.user}"] if one.user else []
    container = Container(image=image, env=env, options=" ".join(options) or None)
    named: dict[str, str | None] = {one.name: None for one in pod.containers}
    message = (
        f"the job runs in the image of the pod's container '{one.name}', "
        "with another HOME and another path of the workspace"
    )
    if not (one.command or one.args or one.terminal):
        message += "; what the image runs by itself is not started"
    said = diagnose("pod-in-job", agent.span, message, construct="agent")
    return PodPlace(
        _runner(agent, context),
        container,
        Boxes(agent.span, named={**named, AGENT: None}),
        said=(said, *_of_cluster(agent, pod, [one])),
    )


# --- several containers --------------------------------------------------------------------------


def _beside(
    agent: Agent, pod: Pod, roles: _Roles, default: str, scope: Scope, context: Context
) -> PodPlace:
    """Containers beside the machine of the job, which share its network as those of a pod do."""
    secrets: list[Secret] = []
    boxes: list[Box] = []
    services: dict[str, Container] = {}
    for one in roles.serving:
        service = _service(one, scope, context)
        if service is None:
            boxes.append(_box(one, pod, scope, context, secrets, own=True))
        else:
            services[one.name] = service
    asks = _GIT.search(agent.span.source.text) is not None
    used = [replace(one, env=(*_TRUSTED, *one.env)) if asks else one for one in roles.used]
    boxes += [_box(one, pod, scope, context, secrets, own=False) for one in used]
    names = [one.name for one in roles.used]
    named: dict[str, str | None] = {
        one.name: one.name if one.name in names else None for one in pod.containers
    }
    named = {AGENT: None, **named}
    said: list[Diagnostic] = []
    if boxes or services:
        message = "the containers of the pod run beside the machine of the job, in its network"
        said.append(diagnose("pod-beside", agent.span, message, construct="agent"))
    for one in roles.on_machine:
        message = f"what runs in '{one.name}' runs on the machine, which has docker itself"
        said.append(diagnose("pod-docker", agent.span, message, construct="agent"))
    return PodPlace(
        _runner(agent, context),
        boxes=Boxes(agent.span, tuple(boxes), default if default in names else None, named=named),
        services=services,
        said=(*said, *_of_cluster(agent, pod, (*roles.used, *roles.serving))),
        secrets=tuple(dict.fromkeys(secrets)),
    )


def _box(
    one: PodContainer,
    pod: Pod,
    scope: Scope,
    context: Context,
    secrets: list[Secret],
    *,
    own: bool,
) -> Box:
    """A container that is started by a step; `own` says that its image's own command runs."""
    image = as_word(with_constants(one.image, scope, context), scope, context)
    if isinstance(image, str):
        raise Unreadable(f"the image of its container '{one.name}' is only known to a run")
    options = ["--network host"]
    options += ["--privileged"] if one.privileged else []
    options += [f"-u {shell_word(one.user)}"] if one.user else []
    scripts = [Script(" ".join(options))]
    for name, value in one.env:
        if isinstance(value, FromSecret):
            secret = _secret(value)
            secrets.append(Secret(secret, None, "string", f"{value.key} of {value.secret}"))
            reference = Path(f"secrets.{secret}")
            scripts.append(Script(f"-e {shell_word(name)}", secrets={name: reference}))
            continue
        pair = Concat((Constant(f"{name}="), with_constants(value, scope, context)))
        script = as_word(pair, scope, context)
        if isinstance(script, str):
            raise Unreadable(f"`{name}` of its container '{one.name}' is only known to a run")
        scripts.append(replace(script, text=f"-e {script.text}"))
    scripts += [Script(f"-v {word}") for word in _mounts(one, pod)]
    entry, words = _program(one, own=own)
    if entry is not None:
        scripts.append(Script(f"--entrypoint {shell_word(entry)}"))
    arguments = merged(" ".join(script.text for script in scripts), scripts)
    container = container_of(image, RunArguments(arguments, user=True))
    return Box(one.name, container, " ".join(map(shell_word, words)))


def _program(one: PodContainer, *, own: bool) -> tuple[str | None, tuple[str, ...]]:
    """What a container runs in place of its image's entry point, and the words behind that.

    One for scripts whose image may run nothing that lasts waits by `cat`.
    """
    if one.command:
        return one.command[0], (*one.command[1:], *one.args)
    if own or one.args or _port(one) is not None:
        return None, one.args
    return "cat", ()


def _mounts(one: PodContainer, pod: Pod) -> Iterator[str]:
    for volume, path in one.mounts:
        kind = pod.volumes.get(volume, "")
        if kind == "emptyDir":
            yield f'"$RUNNER_TEMP/{volume}:{path}"'
        elif kind == _SOCKET:
            yield shell_word(f"{_SOCKET}:{path}")


def _service(one: PodContainer, scope: Scope, context: Context) -> Container | None:
    """A container that only serves, by its ports; None where the key cannot say it."""
    port = _port(one)
    ports = one.ports or ((port,) if port else ())
    image = lower(with_constants(one.image, scope, context), scope, context)
    if not ports or one.command or one.args or image is None:
        return None
    if any(misplaced("job", "services", image)) or one.user:
        return None
    env: dict[str, Text] = {}
    for name, value in one.env:
        text = None if isinstance(value, FromSecret) else lower(value, scope, context)
        if text is None or any(misplaced("job", "container.env", text)):
            return None
        env[name] = text
    return Container(
        image=image,
        env=env,
        ports=tuple(f"{number}:{number}" for number in ports),
        options="--privileged" if one.privileged else None,
    )


def _port(one: PodContainer) -> int | None:
    first = flat(one.image)[0]
    name = first.rpartition("/")[2] if isinstance(first, str) else ""
    return _PORTS.get(re.split(r"[:@]", name)[0])


def _secret(value: FromSecret) -> str:
    word = re.sub(r"[^A-Z0-9]+", "_", f"{value.secret}_{value.key}".upper()).strip("_")
    return word if re.match(r"(?!GITHUB_)[A-Z]", word) else f"JENKINS_{word}"


def _of_cluster(agent: Agent, pod: Pod, containers: Iterable[PodContainer]) -> Iterator[Diagnostic]:
    """What the cluster gives to a pod and no runner has."""
    if pod.settings:
        message = f"what the cluster gives to the pod is not there: {', '.join(pod.settings)}"
        yield diagnose("agent-dependency", agent.span, message, construct="agent")
    for one in containers:
        if one.limits:
            message = f"the limits of '{one.name}' are left out: {', '.join(one.limits)}"
            yield diagnose("pod-limits", agent.span, message, construct="agent")
        for volume, path in one.mounts:
            kind = pod.volumes.get(volume, "emptyDir")
            if kind not in ("emptyDir", _SOCKET):
                message = f"the volume at {path} of '{one.name}' is empty on a new runner"
                yield diagnose("agent-dependency", agent.span, message, construct="agent")
