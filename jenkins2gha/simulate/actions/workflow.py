"""A workflow as it is written, checked as far as a run needs it.

Source: docs.github.com, workflow syntax; actions/runner, `WorkflowTemplateConverter.cs`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jenkins2gha.simulate.actions.nodes import Mapping, Node, Scalar, Sequence, WorkflowError
from jenkins2gha.simulate.expressions import to_text, value_of

CONTROLS = ("wait", "wait-all", "cancel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`kind` is `run`, `uses`, `wait`, `wait-all` or `cancel`; `does` is what stands at that key.

    A step of a `parallel:` group has the group's number, and runs beside its siblings.
    """

    kind: str
    does: Node
    index: int
    line: int
    id: str = ""
    name: Node | None = None
    condition: Node | None = None
    inputs: Mapping | None = None
    env: Node | None = None
    shell: str = ""
    directory: Node | None = None
    continue_on_error: Node | None = None
    timeout: Node | None = None
    background: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`uses` is the workflow that a job without steps calls."""

    id: str
    line: int
    needs: tuple[str, ...] = ()
    name: Node | None = None
    timeout: Node | None = None
    condition: Node | None = None
    strategy: Node | None = None
    runs_on: Node | None = None
    container: Node | None = None
    env: Node | None = None
    shell: Node | None = None
    directory: Node | None = None
    outputs: Mapping | None = None
    continue_on_error: Node | None = None
    environment: Node | None = None
    concurrency: Node | None = None
    steps: tuple[Step, ...] = ()
    uses: Node | None = None
    inputs: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """`triggers` are the events at `on:` and what is said of each."""

    name: str
    run_name: Node | None
    concurrency: Node | None
    triggers: tuple[tuple[str, Node | None], ...]
    env: Node | None
    shell: Node | None
    directory: Node | None
    jobs: tuple[Job, ...]


def workflow_of(root: Node) -> Workflow:
    """The workflow that a YAML tree is; raises where it cannot be run."""
    top = _mapping(root, "a workflow")
    jobs = _mapping(top.get("jobs"), "jobs", top.line)
    shell, directory = _defaults(top)
    return Workflow(
        name=literal(top.get("name")),
        run_name=top.get("run-name"),
        concurrency=top.get("concurrency"),
        triggers=tuple(_triggers(top)),
        env=top.get("env"),
        shell=shell,
        directory=directory,
        jobs=tuple(_job(id_, _mapping(node, f"job {id_}")) for id_, node in jobs.pairs),
    )


def literal(node: Node | None) -> str:
    """The text of a scalar as it stands, '' where there is none."""
    return to_text(value_of(node.value)) if isinstance(node, Scalar) else ""


def items(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; a scalar counts as a list of one."""
    if node is None:
        return ()
    return node.items if isinstance(node, Sequence) else (node,)


def _triggers(top: Mapping) -> Iterator[tuple[str, Node | None]]:
    on = top.get("on")
    if isinstance(on, Mapping):
        yield from ((name, on.get(name)) for name, _ in on.pairs)
    elif on is None:
        raise WorkflowError(top.line, "No event triggers defined in `on`")
    else:
        yield from ((literal(item), None) for item in items(on))


def _job(id_: str, node: Mapping) -> Job:
    uses = node.get("uses")
    if uses is None and node.get("runs-on") is None:
        raise WorkflowError(node.line, "Required property is missing: runs-on")
    shell, directory = _defaults(node)
    outputs = node.get("outputs")
    return Job(
        id=id_,
        line=node.line,
        needs=tuple(literal(item) for item in items(node.get("needs"))),
        name=node.get("name"),
        timeout=node.get("timeout-minutes"),
        condition=node.get("if"),
        strategy=node.get("strategy"),
        runs_on=node.get("runs-on"),
        container=node.get("container"),
        env=node.get("env"),
        shell=shell,
        directory=directory,
        outputs=None if outputs is None else _mapping(outputs, "outputs"),
        continue_on_error=node.get("continue-on-error"),
        environment=node.get("environment"),
        concurrency=node.get("concurrency"),
        steps=() if uses else _steps(node),
        uses=uses,
        inputs=node.get("with"),
    )


def _defaults(node: Mapping) -> tuple[Node | None, Node | None]:
    defaults = node.get("defaults")
    run = defaults.get("run") if isinstance(defaults, Mapping) else None
    if not isinstance(run, Mapping):
        return None, None
    return run.get("shell"), run.get("working-directory")


def _steps(job: Mapping) -> tuple[Step, ...]:
    steps: list[Step] = []
    for node in items(job.get("steps")):
        item = _mapping(node, "a step")
        group = item.get("parallel")
        if group is None:
            steps.append(_step(item, len(steps)))
        elif len(item.pairs) > 1:
            raise WorkflowError(item.line, "a parallel group holds nothing but `parallel`")
        else:
            name = f"{len(steps)}"
            steps += [
                _step(_mapping(child, "a step"), len(steps) + place, name)
                for place, child in enumerate(items(group))
            ]
    _unique(steps)
    return tuple(steps)


def _unique(steps: list[Step]) -> None:
    ids: set[str] = set()
    for step in steps:
        if step.id and step.id.lower() in ids:
            raise WorkflowError(
                step.line, f"The identifier '{step.id}' may not be used more than once"
            )
        ids.add(step.id.lower())


def _step(node: Mapping, index: int, group: str = "") -> Step:
    kinds = [kind for kind in ("run", "uses", *CONTROLS) if kind in dict(node.pairs)]
    if len(kinds) != 1 or (group and kinds[0] in CONTROLS):
        raise WorkflowError(node.line, "Expected one of uses or run to be defined")
    kind = kinds[0]
    inputs = node.get("with")
    return Step(
        kind=kind,
        does=dict(node.pairs)[kind],
        index=index,
        line=node.line,
        id=literal(node.get("id")),
        name=node.get("name"),
        condition=node.get("if"),
        inputs=None if inputs is None else _mapping(inputs, "with"),
        env=node.get("env"),
        shell=literal(node.get("shell")),
        directory=node.get("working-directory"),
        continue_on_error=node.get("continue-on-error"),
        timeout=node.get("timeout-minutes"),
        background=bool(group) or literal(node.get("background")) == "true",
        group=group,
    )


def _mapping(node: Node | None, what: str, line: int = 1) -> Mapping:
    if not isinstance(node, Mapping):
        raise WorkflowError(node.line if node else line, f"{what}: a mapping was expected")
    return node
