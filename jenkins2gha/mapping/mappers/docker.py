"""Jenkins' global `docker`: images that are built, tagged, pushed, started, and run in.

https://www.jenkins.io/doc/book/pipeline/docker/
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.actions.conditions import both
from jenkins2gha.actions.expressions import Function
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.captures import running_name
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Known, Value
from jenkins2gha.mapping.container_arguments import (
    RunArguments,
    mounted,
    named,
    run_arguments,
    shell_words,
)
from jenkins2gha.mapping.container_needs import said_of_arguments
from jenkins2gha.mapping.containers import enter, refusal
from jenkins2gha.mapping.images import as_word, image_word
from jenkins2gha.mapping.interpolation import Script, flat
from jenkins2gha.mapping.lower import certainties, expression_of, remarks
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.retagging import retagged
from jenkins2gha.mapping.rows import construct, manual, merged
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose


def inside(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`docker.image('x').inside('args') { sh 'make' }` → `docker run … x sh -ec 'make'`."""
    image = image_word(step.arguments.get("image"), scope, context)
    arguments = run_arguments(step.arguments.get("args"), scope, context)
    problem = _refused(image, arguments) or refusal(scope, context)
    if problem or isinstance(image, str) or isinstance(arguments, str):
        own = _left(step, problem or "", scope, context)
        return own + translate(step.body or (), scope)
    body = step.body or ()
    entered = enter(image, arguments, body, step.span, scope, context)
    inner = translate(body, entered.scope)
    return _said(step, arguments, scope, context) + entered.before + inner + entered.after


def build_inside(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`docker.build('x').inside { }`: the image is built, then run in."""
    image = replace(step, body=None)
    built = build(image, scope, context, translate)
    return replace(built, outcomes=()) + inside(step, scope, context, translate)


def with_run(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`docker.image('x').withRun('args') { }`: a container that runs as long as the block."""
    image = image_word(step.arguments.get("image"), scope, context)
    arguments = shell_words(step.arguments.get("args"), scope, context)
    command = shell_words(step.arguments.get("command"), scope, context)
    problem = _refused(image, arguments, command)
    if problem or isinstance(image, str) or isinstance(arguments, str) or isinstance(command, str):
        own = _left(step, problem or "", scope, context)
        return own + translate(step.body or (), scope)
    given = named(arguments.text)
    name = given or running_name(step.span)
    option = "" if given else f"--name {name} "
    text = f"docker run -d {option}{arguments.text} {image.text} {command.text}"
    script = merged(" ".join(text.split()), (image, arguments, command))
    start = _action(script, step, scope, context, f"Start {name}")
    stop = _action(
        Script(f"docker rm -f {name}"),
        step,
        scope.changed(condition=both(Function("always"), scope.condition)),
        context,
        f"Stop {name}",
    )
    inner = translate(step.body or (), scope)
    said = _said(step, RunArguments(arguments, host=mounted(arguments.text)), scope, context)
    return said + Translation((start,)) + inner + Translation((stop,))


def build(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`docker.build('app', '-f ci/Dockerfile .')` → `docker build -t app -f ci/Dockerfile .`."""
    image = expression_of(step.arguments["image"]) if "image" in step.arguments else None
    given = step.arguments.get("buildArgs")
    arguments = shell_words(given or Known(".", step.span), scope, context)
    name = "the name of the image is computed by Groovy"
    word = as_word(image, scope, context) if image is not None else name
    problem = _refused(word, arguments)
    if problem or isinstance(word, str) or isinstance(arguments, str):
        return _left(step, problem or "", scope, context)
    text = f"docker build -t {word.text} {arguments.text}"
    run = _run(text, (word, arguments), step, scope, context)
    if not _breaks_off(given):
        return run
    message = (
        "Jenkins ends `docker build` at the line break in its arguments; here they are one line"
    )
    said = diagnose("arguments-joined", step.span, message, construct=construct(step))
    return run + Translation(diagnostics=(said,))


def _breaks_off(given: Value | None) -> bool:
    """Whether a line of the arguments ends without a backslash, so that the command ends there."""
    expression = expression_of(given) if given is not None else None
    parts = flat(expression) if expression is not None else []
    text = "".join(part if isinstance(part, str) else "x" for part in parts)
    return re.search(r"(?<!\\)(?<!\\\r)\n\s*\S", text) is not None


def push(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`docker.image('x').push('tag')` → `docker tag`, where the name changes, and `docker push`."""
    return _tag(step, scope, context, then="docker push")


def tag(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`docker.image('x').tag('tag')` → `docker tag`."""
    return _tag(step, scope, context, then=None)


def build_push(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`docker.build('x').push()`: the image is built, then pushed."""
    built = build(step, scope, context, translate)
    return replace(built, outcomes=()) + push(step, scope, context, translate)


def pull(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`docker.image('x').pull()` → `docker pull x`."""
    image = image_word(step.arguments.get("image"), scope, context)
    if isinstance(image, str):
        return _left(step, image, scope, context)
    return _run(f"docker pull {image.text}", (image,), step, scope, context)


def run(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`docker.image('x').run('args')`: a container that goes on behind the step."""
    image = image_word(step.arguments.get("image"), scope, context)
    arguments = shell_words(step.arguments.get("args"), scope, context)
    command = shell_words(step.arguments.get("command"), scope, context)
    problem = _refused(image, arguments, command)
    if problem or isinstance(image, str) or isinstance(arguments, str) or isinstance(command, str):
        return _left(step, problem or "", scope, context)
    text = f"docker run -d {arguments.text} {image.text} {command.text}"
    return _run(" ".join(text.split()), (image, arguments, command), step, scope, context)


def _tag(step: Step, scope: Scope, context: Context, *, then: str | None) -> Translation:
    given, asked = step.arguments.get("image"), step.arguments.get("tag")
    image = expression_of(given) if given is not None else None
    tag = expression_of(asked) if asked is not None else None
    if image is None or (asked is not None and tag is None):
        message = "the name of the image is computed by Groovy"
        return _left(step, message, scope, context)
    old, new = as_word(image, scope, context), retagged(image, tag, scope, context)
    if tag is None and scope.registry is None:
        new = old
    if isinstance(old, str) or isinstance(new, str):
        return _left(step, f"{_refused(old, new)}", scope, context)
    same = old.text == new.text
    lines = [] if same and then else [f"docker tag {old.text} {new.text}"]
    lines += [f"{then} {new.text}"] if then else []
    return _run("\n".join(lines), (old, new), step, scope, context)


def _run(
    text: str, scripts: Sequence[Script], step: Step, scope: Scope, context: Context
) -> Translation:
    action = _action(merged(text, scripts), step, scope, context, None)
    return Translation((action,)) + _said(step, RunArguments(), scope, context)


def _action(
    script: Script, step: Step, scope: Scope, context: Context, name: str | None
) -> ActionStep:
    action = shell_step(
        script,
        step.span,
        "docker-step",
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=True,
        whole=True,
    )
    return replace(action, name=name, script_kind="sh")


def _left(step: Step, message: str, scope: Scope, context: Context) -> Translation:
    """A step that is left to a person; a method of an image in a variable is no construct."""
    own = manual(step, "container-step", message, scope, context)
    groovy = not step.span.text.startswith(step.name.partition(".")[0])
    return replace(own, outcomes=tuple(replace(one, groovy=groovy) for one in own.outcomes))


def _refused(*parts: Script | RunArguments | str) -> str | None:
    return next((part for part in parts if isinstance(part, str)), None)


def _said(step: Step, arguments: RunArguments, scope: Scope, context: Context) -> Translation:
    """What is said of the values in a step, and of the folders of the machine that it mounts."""
    values = tuple(step.arguments.values())
    about = construct(step)
    said = [one for value in values for one in remarks(value, step.span, about, scope, context)]
    given = step.arguments.get("args")
    said += said_of_arguments(given, arguments, step.span, about, scope, context)
    bins = [Certainty.EQUIVALENT, *(one.certainty for one in said if one.certainty)]
    bins += [one for value in values for one in certainties(value, scope, context)]
    return Translation((), tuple(said), binned(step.span, worst(bins)))
