"""What starts a run, and the `github` and `inputs` contexts that it brings.

Source: docs.github.com, "Events that trigger workflows" and "Contexts reference".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jenkins2gha.simulate.actions.nodes import Mapping as YamlMapping
from jenkins2gha.simulate.actions.nodes import Node
from jenkins2gha.simulate.actions.workflow import Workflow, items, literal

_SERVER = "https://github.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Where a run takes place."""

    owner: str = "octo"
    name: str = "repo"
    default_branch: str = "main"
    file: str = ".github/workflows/workflow.yml"

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: its name, the ref that runs, and what only some events have.

    `sha` is the commit that runs, of a pull request the merge commit; `base` and `head` are the
    branches of a pull request; `schedule` is the cron entry; `changed` the files of a push or pull
    request, None where no filter asks. `payload` is laid over `github.event`.
    """

    name: str
    ref: str = "refs/heads/main"
    sha: str = "a" * 40
    action: str = ""
    base: str = ""
    head: str = ""
    head_sha: str = ""
    number: int = 0
    schedule: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    changed: tuple[str, ...] | None = None
    actor: str = "mona"
    run_number: int = 1
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ref_name(self) -> str:
        return self.ref.split("/", 2)[-1]

    @property
    def ref_type(self) -> str:
        return "tag" if self.ref.startswith("refs/tags/") else "branch"


def push(branch: str = "main", **more: Any) -> Event:
    return Event(name="push", ref=f"refs/heads/{branch}", **more)


def push_tag(tag: str, **more: Any) -> Event:
    return Event(name="push", ref=f"refs/tags/{tag}", **more)


def pull_request(number: int = 1, *, head: str = "topic", base: str = "main", **more: Any) -> Event:
    given = {"action": "synchronize", "head_sha": "b" * 40, **more}
    ref = f"refs/pull/{number}/merge"
    return Event(name="pull_request", ref=ref, number=number, head=head, base=base, **given)


def schedule(cron: str, branch: str = "main", **more: Any) -> Event:
    return Event(name="schedule", ref=f"refs/heads/{branch}", schedule=cron, **more)


def dispatch(inputs: Mapping[str, Any] | None = None, branch: str = "main", **more: Any) -> Event:
    return Event(name="workflow_dispatch", ref=f"refs/heads/{branch}", inputs=inputs or {}, **more)


def github(event: Event, workflow: Workflow, repository: Repository) -> dict[str, Any]:
    """The `github` context of a run, as plain data; a job adds its own name."""
    path = f"{repository.full_name}/{repository.file}@{event.ref}"
    return {
        "actor": event.actor,
        "triggering_actor": event.actor,
        "api_url": "https://api.github.com",
        "graphql_url": "https://api.github.com/graphql",
        "server_url": _SERVER,
        "base_ref": event.base,
        "head_ref": event.head,
        "event_name": event.name,
        "event": payload(event, workflow, repository),
        "event_path": "/home/runner/work/_temp/_github_workflow/event.json",
        "ref": event.ref,
        "ref_name": event.ref_name,
        "ref_type": event.ref_type,
        "ref_protected": False,
        "repository": repository.full_name,
        "repository_owner": repository.owner,
        "repositoryUrl": f"git://github.com/{repository.full_name}.git",
        "retention_days": "90",
        "run_attempt": "1",
        "run_id": "1000",
        "run_number": str(event.run_number),
        "secret_source": "Actions",
        "sha": event.sha,
        "token": "***",
        "workflow": workflow.name or repository.file,
        "workflow_ref": path,
        "workflow_sha": event.sha,
        "workspace": f"/home/runner/work/{repository.name}/{repository.name}",
    }


def payload(event: Event, workflow: Workflow, repository: Repository) -> dict[str, Any]:
    """`github.event`: the fields that expressions of converted pipelines ask for."""
    found: dict[str, Any] = {
        "repository": {
            "name": repository.name,
            "full_name": repository.full_name,
            "default_branch": repository.default_branch,
            "owner": {"login": repository.owner},
        },
        "sender": {"login": event.actor},
    }
    match event.name:
        case "push":
            found |= {"ref": event.ref, "after": event.sha, "deleted": False, "created": False}
            found["head_commit"] = {"id": event.sha, "message": ""}
        case "pull_request" | "pull_request_target":
            found |= {"action": event.action, "number": event.number}
            found["pull_request"] = _pull_request(event, repository)
        case "schedule":
            found["schedule"] = event.schedule
        case "workflow_dispatch":
            found |= {"ref": event.ref, "workflow": repository.file}
            found["inputs"] = {
                name: ("true" if value else "false") if isinstance(value, bool) else str(value)
                for name, value in inputs(event, workflow).items()
            }
    return {**found, **event.payload}


def _pull_request(event: Event, repository: Repository) -> dict[str, Any]:
    whole = {"full_name": repository.full_name, "fork": False}
    return {
        "number": event.number,
        "title": f"Pull request {event.number}",
        "html_url": f"{_SERVER}/{repository.full_name}/pull/{event.number}",
        "draft": False,
        "merged": False,
        "labels": [],
        "user": {"login": event.actor},
        "head": {"ref": event.head, "sha": event.head_sha, "repo": whole},
        "base": {"ref": event.base, "sha": "c" * 40, "repo": whole},
    }


def inputs(event: Event, workflow: Workflow) -> dict[str, Any]:
    """The `inputs` context: empty but for a dispatch, where a boolean stays one.

    A number is a text, as GitHub hands it over. What is neither given nor has a default is false
    for a boolean, the first option for a choice, else ''.
    """
    if event.name != "workflow_dispatch":
        return {}
    given = {name.lower(): value for name, value in event.inputs.items()}
    found = {}
    for name, node in declared_inputs(workflow):
        kind = literal(node.get("type")) or "string"
        default = literal(node.get("default"))
        if kind == "choice" and node.get("default") is None:
            default = next((literal(option) for option in items(node.get("options"))), "")
        value = given.get(name.lower(), default)
        text = ("true" if value else "false") if isinstance(value, bool) else str(value)
        found[name] = text == "true" if kind == "boolean" else text
    return found


def declared_inputs(workflow: Workflow) -> list[tuple[str, YamlMapping]]:
    """The inputs that `workflow_dispatch` declares."""
    trigger: Node | None = dict(workflow.triggers).get("workflow_dispatch")
    declared = trigger.get("inputs") if isinstance(trigger, YamlMapping) else None
    if not isinstance(declared, YamlMapping):
        return []
    empty = YamlMapping((), declared.line)
    return [
        (name, node if isinstance(node, YamlMapping) else empty) for name, node in declared.pairs
    ]
