"""Shell steps inside a container, on the workspace of a job that runs on its machine.

As Jenkins does: the agent's user, the workspace under its own path, the variables of the pipeline
but no `PATH`. https://www.jenkins.io/doc/book/pipeline/docker/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from jenkins2gha.actions.conditions import both
from jenkins2gha.actions.expressions import Function
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Item
from jenkins2gha.mapping.container_arguments import RunArguments
from jenkins2gha.mapping.interpolation import Script, is_secret
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.scripts import steps_of
from jenkins2gha.mapping.translation import (
    NOTHING,
    Context,
    InContainer,
    Scope,
    Translation,
)
from jenkins2gha.plan.jobs import Gap
from jenkins2gha.record import dataclass, replace
from jenkins2gha.regex import regex
from jenkins2gha.slug import slug
from jenkins2gha.source import Span

STARTED, STOPPED = "container-started", "container-stopped"
"""The rules in the origins of the steps around a block that start and remove its container."""

USER = '-u "$(id -u):$(id -g)"'
"""Jenkins runs a container with the user of its agent."""

_WORKSPACE = '-v "$GITHUB_WORKSPACE:$GITHUB_WORKSPACE"'
_FILES = '-v "$RUNNER_TEMP:$RUNNER_TEMP"'
_MACHINES_OWN = ("PATH",)
_WIDTH = 96
_STARTS = regex(r"--name (\S+)")
_NAME = regex(r"[A-Za-z_]\w*")
_SHELLS = ("sh", "bash", "dash", "ash", "ksh", "zsh")


@dataclass(frozen=True, slots=True)
class Entered:
    """The scope inside a container, and what stands before and behind the steps in it."""

    scope: Scope
    before: Translation = NOTHING
    after: Translation = NOTHING


def refusal(scope: Scope, context: Context) -> str | None:
    """Why steps of a scope cannot run in a container of their own, in words."""
    if context.runner.os != "linux":
        return f"the image is one for Linux, and the job runs on {context.runner.os}"
    if context.container:
        return "the job itself runs in a container, from which none can be started in its workspace"
    if scope.container:
        return "a container within a container has another workspace than the job"
    return None


def enter(
    image: Script,
    arguments: RunArguments,
    items: Iterable[Item | Gap],
    site: Span,
    scope: Scope,
    context: Context,
) -> Entered:
    """The scope whose shell steps run in an image.

    A single script is run by `docker run`. For several the container is started first, so that
    each finds what those before it left there.
    """
    box = container_of(image, arguments)
    inner = scope.changed(
        container=box, exports=tuple(one for one in scope.exports if one[0].rstrip("+") != "PATH")
    )
    if sum(step.name == "sh" for step in steps_of(items)) < 2:
        return Entered(inner)
    return started(box, arguments.name or _name(image.text, site), site, inner, context)


def container_of(image: Script, arguments: RunArguments) -> InContainer:
    """The container of an image and the words of its arguments."""
    words = arguments.script.text if arguments.user else f"{USER} {arguments.script.text}"
    env = {**image.env, **image.secrets, **arguments.script.env, **arguments.script.secrets}
    return InContainer(image.text, words.strip(), env)


def started(
    box: InContainer,
    name: str,
    site: Span,
    scope: Scope,
    context: Context,
    *,
    command: str = "cat",
) -> Entered:
    """The scope with a container that runs from here on, until its block ends."""
    if not context.runner.hosted:
        name = f'"{name}-$GITHUB_RUN_ID"'
    given = [one for one in _of_job(context) if one not in context.run_time]
    run = _lines(
        f"docker run -d -t --name {name}",
        *([box.arguments] if box.arguments else []),
        *(_WORKSPACE, _FILES, '-w "$GITHUB_WORKSPACE"', *_passed(given)),
        f"{box.image} {command}".rstrip(),
    )
    own = scope.changed(exports=(), env={}, secrets={}, timeout=None, container=None)
    used = frozenset({*scope.env, *scope.secrets})
    seen = own.changed(env=scope.env, secrets=scope.secrets)
    text = f"{box.image} {box.arguments}"
    script = Script(run, used=frozenset(one for one in used if re.search(rf"\b{one}\b", text)))
    script = replace(
        script,
        env={key: value for key, value in box.env.items() if not is_secret(value)},
        secrets={key: value for key, value in box.env.items() if is_secret(value)},
    )
    step = shell_step(
        script, site, STARTED, scope=seen, context=context, certainty=Certainty.EQUIVALENT
    )
    step = replace(step, name=f"Start the container {_plain(name)}")
    running = replace(box, name=name, env={}, given=frozenset(given))
    before = Translation(steps=(step,))
    return Entered(
        scope.changed(container=running), before, _stop(name, running, site, own, context)
    )


def _stop(name: str, box: InContainer, site: Span, scope: Scope, context: Context) -> Translation:
    """The removal of a container; a machine that is thrown away needs none."""
    if context.runner.hosted and not re.search(r"(?:^|\s)(?:-p|--publish)\b", box.arguments):
        return NOTHING
    step = shell_step(
        Script(f"docker rm -f {name}"),
        site,
        STOPPED,
        scope=scope.changed(condition=both(Function("always"), scope.condition)),
        context=context,
        certainty=Certainty.EQUIVALENT,
    )
    return Translation(
        steps=(replace(step, name=f"Remove the container {_plain(box.name or '')}"),)
    )


def restarted(steps: Iterable[ActionStep]) -> Iterator[ActionStep]:
    """The steps of a job; one that starts a container of a name that was there before removes it:
    its block runs several times."""
    seen: set[str] = set()
    for step in steps:
        started_here = step.origin is not None and step.origin.rule == STARTED
        name = _STARTS.search(str(step.run)) if started_here else None
        if name and name[1] in seen:
            yield replace(step, run=f"docker rm -f {name[1]} || true\n{step.run}")
            continue
        seen |= {name[1]} if name else set()
        yield step


def in_container(step: ActionStep, scope: Scope, context: Context, site: Span) -> ActionStep:
    """A shell step whose script runs in the container of its scope, if there is one."""
    box = scope.container
    if box is None or step.run is None or step.placeholder:
        return step
    script = str(step.run)
    own = (*step.env, *step.secrets, *(name for name, _ in scope.exports))
    names = [*_of_job(context), *own, *(name for name in scope.secrets if name not in own)]
    # What the step sets otherwise is not what the container was given as it started.
    others = (name.rstrip("+") for name in own if not _is_that_of_job(name, step, context))
    box = replace(box, given=box.given.difference(others))
    run = run_in(box, script, names, site, shell=step.shell, scope=scope)
    return replace(
        step,
        name=step.name or _first_line(script),
        run=run,
        env={**step.env, **{k: v for k, v in box.env.items() if not is_secret(v)}},
        secrets={**step.secrets, **{k: v for k, v in box.env.items() if is_secret(v)}},
        shell=None,
        script_kind="sh",
        inner=(script,) if step.script_kind == "sh" else (),
    )


def _is_that_of_job(name: str, step: ActionStep, context: Context) -> bool:
    return name in step.env and step.env[name] == context.environment.get(name)


def _first_line(script: str) -> str | None:
    """What a script that names its program is called; others are named by their commands."""
    lines = script.splitlines() if script.startswith("#!") else []
    return next((line.strip() for line in lines if line.strip() and line[0] != "#"), None)


def run_in(
    box: InContainer,
    script: str,
    names: Iterable[str],
    site: Span,
    *,
    shell: str | None = None,
    scope: Scope | None = None,
) -> str:
    """The lines that run a script in a container, its own lines as they are.

    >>> from jenkins2gha.source import Source
    >>> site = Source("Jenkinsfile", "sh 'make'").span(0, 9)
    >>> print(run_in(InContainer("gcc:14", USER, name="gcc-3"), "make", ["CI"], site))
    docker exec -e CI gcc-3 sh -ec 'make'
    """
    inside = scope is not None and (bool(scope.directory) or scope.dynamic is not None)
    shell = shell or f"{box.shell} -e {{0}}"
    before = ""
    mounts = [_WORKSPACE if inside else '-v "$PWD:$PWD"']
    if posixpath.basename(shell.split()[0]) in _SHELLS:
        command = f"{_minus_c(shell)} {_quoted(script)}"
        mounts += [_FILES] if scope is not None and scope.files else []
    else:
        name = f"script-{site.line}-{site.column}"
        before = _file(name, script) + "\n"
        command = shell.replace("{0}", f'"$RUNNER_TEMP/{name}"')
        mounts.append(_FILES)
    passed = _passed(name for name in names if name not in box.given)
    if box.name:
        where = ['-w "$PWD"'] if inside else []
        return before + _lines("docker exec", *where, *passed, f"{box.name} {command}")
    head = ("docker run --rm", *([box.arguments] if box.arguments else []), *mounts)
    return before + _lines(*head, '-w "$PWD"', *passed, f"{box.image} {command}")


def _of_job(context: Context) -> list[str]:
    """The variables that every step of a job has."""
    names = (
        "CI",
        *context.parameters,
        *context.environment,
        *context.axes,
        *sorted(context.run_time),
    )
    return [*dict.fromkeys(name for name in names if _NAME.fullmatch(name))]


def _passed(names: Iterable[str]) -> list[str]:
    own = dict.fromkeys(name.rstrip("+") for name in names)
    return [f"-e {name}" for name in own if name not in _MACHINES_OWN]


def _minus_c(shell: str) -> str:
    words = shell.split()
    if words[-2:] == ["-e", "{0}"]:
        return " ".join([*words[:-2], "-ec"])
    return shell.replace("{0}", "-c")


def _quoted(script: str) -> str:
    """A script as one word: in single quotes where it is a line without any, else by a heredoc."""
    if "\n" not in script.strip("\n") and "'" not in script:
        return f"'{script.strip()}'"
    end = _end(script)
    return f"\"$(cat <<'{end}'\n{script.rstrip()}\n{end}\n)\""


def _file(name: str, script: str) -> str:
    end = _end(script)
    return f"cat > \"$RUNNER_TEMP/{name}\" <<'{end}'\n{script.rstrip()}\n{end}"


def _end(script: str) -> str:
    lines, end = script.split("\n"), "SCRIPT"
    while end in lines:
        end += "_"
    return end


def _lines(*words: str) -> str:
    """A command on as many lines as it needs; each of the words stays on one."""
    lines = [""]
    for one in words:
        first = one.split("\n", 1)[0]
        if lines[-1] and len(lines[-1]) + len(first) > _WIDTH:
            lines.append("")
        lines[-1] += f" {one}" if lines[-1] else one
    return " \\\n  ".join(lines)


def _name(image: str, site: Span) -> str:
    word = _plain(image).rpartition("/")[2].partition(":")[0].partition("@")[0]
    return f"{slug(word) or 'container'}-{site.line}"


def _plain(image: str) -> str:
    """What a step's name calls an image: its word without quotes and braces."""
    return re.sub(r'["\'{}$]', "", image)
