"""Whether an event starts a workflow.

Source: docs.github.com, workflow syntax, `on` and "Filter pattern cheat sheet".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from jenkins2gha.simulate.actions.events import Event, declared_inputs
from jenkins2gha.simulate.actions.nodes import Mapping, Node
from jenkins2gha.simulate.actions.workflow import Workflow, items, literal

_DEFAULT_TYPES = {
    "pull_request": ("opened", "synchronize", "reopened"),
    "pull_request_target": ("opened", "synchronize", "reopened"),
}


def not_started(workflow: Workflow, event: Event) -> str:
    """Why an event starts no run of a workflow; '' where it starts one."""
    triggers = dict(workflow.triggers)
    if event.name not in triggers:
        return f"`on` does not name {event.name}"
    trigger = triggers[event.name]
    match event.name:
        case "push":
            return _push(trigger, event)
        case "pull_request" | "pull_request_target":
            return _pull_request(trigger, event)
        case "schedule":
            entries = [item for item in items(trigger) if isinstance(item, Mapping)]
            crons = {literal(entry.get("cron")) for entry in entries}
            return "" if event.schedule in crons else f"no schedule {event.schedule}"
        case "workflow_dispatch":
            return _dispatch(workflow, event)
    return ""


def _push(trigger: Node | None, event: Event) -> str:
    """With filters for branches alone no tag starts a run, nor a branch with filters for tags."""
    kind, other = ("tags", "branches") if event.ref_type == "tag" else ("branches", "tags")
    own = [_filter(trigger, kind), _filter(trigger, f"{kind}-ignore")]
    others = [_filter(trigger, other), _filter(trigger, f"{other}-ignore")]
    if not any(own) and any(others):
        return f"{event.ref_name}: the filters are for {other} only"
    if not _selected(event.ref_name, *own):
        return f"{event.ref_name} is not among the {kind}"
    return "" if event.ref_type == "tag" else _paths(trigger, event)


def _pull_request(trigger: Node | None, event: Event) -> str:
    types = _filter(trigger, "types") or _DEFAULT_TYPES[event.name]
    if event.action not in types:
        return f"the activity {event.action} is not among the types"
    own = [_filter(trigger, "branches"), _filter(trigger, "branches-ignore")]
    if not _selected(event.base, *own):
        return f"{event.base} is not among the branches"
    return _paths(trigger, event)


def _paths(trigger: Node | None, event: Event) -> str:
    """One file that a filter selects is enough."""
    own = [_filter(trigger, "paths"), _filter(trigger, "paths-ignore")]
    if event.changed is None or not any(own):
        return ""
    return "" if any(_selected(file, *own) for file in event.changed) else "no file of the paths"


def _dispatch(workflow: Workflow, event: Event) -> str:
    declared = {name.lower(): node for name, node in declared_inputs(workflow)}
    given = {name.lower() for name in event.inputs}
    for name in sorted(given - declared.keys()):
        return f"unexpected input {name}"
    for name, node in declared.items():
        required = literal(node.get("required")) == "true" and node.get("default") is None
        if (
            required
            and name not in given
            and literal(node.get("type")) not in ("boolean", "choice")
        ):
            return f"the input {name} is required"
    return ""


def _filter(trigger: Node | None, key: str) -> tuple[str, ...]:
    node = trigger.get(key) if isinstance(trigger, Mapping) else None
    return tuple(literal(item) for item in items(node))


def _selected(name: str, wanted: Sequence[str], ignored: Sequence[str]) -> bool:
    if wanted:
        return matches(name, wanted)
    return not (ignored and matches(name, ignored))


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Whether a list of patterns selects a name: the last that fits decides, `!` takes away."""
    selected = False
    for pattern in patterns:
        if _pattern(pattern.removeprefix("!")).fullmatch(name):
            selected = not pattern.startswith("!")
    return selected


@lru_cache(maxsize=1024)
def _pattern(pattern: str) -> re.Pattern[str]:
    """`*` stops at a slash, `**` does not; `?` and `+` count the character before them."""
    found, place = "", 0
    while place < len(pattern):
        char = pattern[place]
        end = pattern.find("]", place)
        if pattern.startswith("**/", place):
            found += "(?:.*/)?"
            place += 2
        elif pattern.startswith("**", place):
            found += ".*"
            place += 1
        elif char == "*":
            found += "[^/]*"
        elif char in "?+" and found:
            found += char
        elif char == "[" and end > place:
            found += f"[{re.escape(pattern[place + 1 : end]).replace(chr(92) + '-', '-')}]"
            place = end
        elif char == "\\" and place + 1 < len(pattern):
            found += re.escape(pattern[place + 1])
            place += 1
        else:
            found += re.escape(char)
        place += 1
    return re.compile(found, re.DOTALL)
