"""The workflow model as a tree of plain data: keys in GitHub's order, comments, blank lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.printer import Entry, Flow, Node, Quoted, Remarked, Script
from jenkins2gha.actions.texts import comment_lines, render, render_condition, unevaluated
from jenkins2gha.actions.workflow import (
    Concurrency,
    Container,
    Env,
    Input,
    Job,
    RunsOn,
    Schedule,
    Step,
    Strategy,
    Text,
    Triggers,
    Value,
    Workflow,
)

_FLOW_WIDTH = 80


def tree(workflow: Workflow) -> dict[str, Node]:
    """The whole workflow, below its header."""
    entries = _present(
        ("name", unevaluated(workflow.name)),
        ("run-name", _text(workflow.run_name)),
        ("on", _triggers(workflow.triggers)),
        ("permissions", dict(workflow.permissions)),
        ("env", _texts(workflow.env)),
        ("concurrency", _concurrency(workflow.concurrency)),
        ("jobs", _jobs(workflow.jobs)),
    )
    return {
        key: Entry(value, blank=key not in ("name", "run-name")) for key, value in entries.items()
    }


def _jobs(jobs: tuple[Job, ...]) -> dict[str, Node]:
    return {
        job.id: Entry(_job(job), _comment(job.comment), blank=at > 0) for at, job in enumerate(jobs)
    }


def _job(job: Job) -> dict[str, Node]:
    return _present(
        ("name", _text(job.name)),
        ("needs", _one_or_list(job.needs)),
        ("if", _condition(job.condition)),
        ("runs-on", _runs_on(job.runs_on)),
        ("permissions", None if job.permissions is None else dict(job.permissions)),
        ("environment", _text(job.environment)),
        ("concurrency", _concurrency(job.concurrency)),
        ("timeout-minutes", _value(job.timeout_minutes)),
        ("container", _container(job.container)),
        ("services", {name: _image(one) for name, one in job.services.items()} or None),
        ("strategy", _strategy(job.strategy)),
        ("env", _texts(job.env)),
        ("defaults", _defaults(job.working_directory)),
        ("outputs", _texts(job.outputs)),
        ("steps", _steps(job.steps)),
    )


def _defaults(directory: Text | None) -> Node:
    return None if directory is None else {"run": {"working-directory": render(directory)}}


def _steps(steps: tuple[Step, ...]) -> list[Node]:
    written: list[Node] = []
    for group, members in groupby(steps, key=lambda step: step.parallel):
        own: list[Node] = [
            Entry(_step(step), _comment(step.comment), blank=at > 0)
            for at, step in enumerate(members, start=len(written) if group is None else 0)
        ]
        if group is not None:
            own = [Entry({"parallel": own}, blank=bool(written))]
        written += own
    return written


def _step(step: Step) -> dict[str, Node]:
    return _present(
        ("name", _text(step.name)),
        ("id", step.id),
        ("if", _condition(step.condition)),
        ("continue-on-error", _value(step.continue_on_error)),
        ("timeout-minutes", _value(step.timeout_minutes)),
        ("uses", None if step.uses is None else _uses(step.uses)),
        ("with", {name: _value(value) for name, value in step.inputs.items()} or None),
        ("env", _texts({**step.env, **step.secrets})),
        ("shell", step.shell),
        ("working-directory", _text(step.working_directory)),
        ("run", None if step.run is None else Script(render(step.run))),
    )


def _uses(uses: str) -> Node:
    action, _, version = uses.partition(" # ")
    return Remarked(action, " ".join(comment_lines(version))) if version else action


def _triggers(triggers: Triggers) -> dict[str, Node]:
    mapping: dict[str, Node] = {}
    for event, filters in (("push", triggers.push), ("pull_request", triggers.pull_request)):
        if filters is not None:
            mapping[event] = {key: _list(values) for key, values in filters.items()} or None
    if triggers.schedule:
        mapping["schedule"] = [_schedule(schedule) for schedule in triggers.schedule]
    if triggers.dispatch is not None:
        inputs: dict[str, Node] = {given.name: _input(given) for given in triggers.dispatch}
        mapping["workflow_dispatch"] = {"inputs": inputs} if inputs else None
    for event, data in triggers.others.items():
        mapping[event] = _data(data) or None
    return mapping


def _schedule(schedule: Schedule) -> Entry:
    entry = _present(("cron", Quoted(schedule.cron)), ("timezone", schedule.timezone))
    return Entry(entry, _comment(schedule.comment))


def _input(given: Input) -> dict[str, Node]:
    return _present(
        ("description", given.description and unevaluated(given.description)),
        ("type", given.type),
        ("required", given.required or None),
        ("default", given.default),
        ("options", list(given.options) or None),
    )


def _container(container: Container | None) -> Node:
    if container is None:
        return None
    mapping = _image(container)
    return mapping["image"] if len(mapping) == 1 else mapping


def _image(container: Container) -> dict[str, Node]:
    volumes: list[Node] = [render(volume) for volume in container.volumes]
    return _present(
        ("image", render(container.image)),
        ("credentials", _texts(container.credentials)),
        ("env", _texts(container.env)),
        ("ports", [Quoted(port) for port in container.ports] or None),
        ("volumes", volumes or None),
        ("options", _text(container.options)),
    )


def _concurrency(concurrency: Concurrency | None) -> Node:
    if concurrency is None:
        return None
    return _present(
        ("group", render(concurrency.group)),
        ("cancel-in-progress", _value(concurrency.cancel_in_progress)),
        ("queue", concurrency.queue),
    )


def _runs_on(runs_on: RunsOn) -> Node:
    labels = _one_or_list(runs_on.labels)
    return (
        labels if runs_on.group is None else _present(("group", runs_on.group), ("labels", labels))
    )


def _strategy(strategy: Strategy | None) -> Node:
    if strategy is None:
        return None
    matrix: dict[str, Node] = {axis: _list(values) for axis, values in strategy.matrix.items()}
    if strategy.exclude:
        matrix["exclude"] = [_texts(cell) for cell in strategy.exclude]
    return _present(("fail-fast", strategy.fail_fast), ("matrix", matrix))


def _condition(condition: Expression | None) -> str | bool | None:
    return None if condition is None else render_condition(condition)


def _text(text: Text | None) -> str | None:
    return None if text is None else render(text)


def _value(value: Value | None) -> str | bool | int | None:
    return value if value is None or isinstance(value, (bool, int)) else render(value)


def _texts(texts: Env) -> dict[str, Node] | None:
    return {name: render(text) for name, text in texts.items()} or None


def _data(data: object) -> Node:
    """Plain data of a trigger that the model does not know."""
    if isinstance(data, Mapping):
        return {str(key): _data(value) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str):
        texts = tuple(item for item in data if isinstance(item, str))
        return _list(texts) if len(texts) == len(data) else [_data(item) for item in data]
    return data if data is None or isinstance(data, (bool, int)) else str(data)


def _one_or_list(texts: tuple[Text, ...]) -> Node:
    if not texts:
        return None
    return render(texts[0]) if len(texts) == 1 else _list(texts)


def _list(texts: tuple[Text, ...]) -> Node:
    rendered = tuple(render(text) for text in texts)
    if sum(map(len, rendered)) > _FLOW_WIDTH or any("\n" in text for text in rendered):
        return [*rendered]
    return Flow(rendered)


def _comment(comment: str | None) -> tuple[str, ...]:
    return tuple(comment_lines(comment)) if comment else ()


def _present(*entries: tuple[str, Node]) -> dict[str, Node]:
    return {key: value for key, value in entries if value is not None}
