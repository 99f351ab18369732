"""Which contexts and functions GitHub knows at which key.

https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jenkins2gha.actions.walk import calls, contexts
from jenkins2gha.actions.workflow import Text
from jenkins2gha.regex import regex

_EVERYWHERE = frozenset({"github", "inputs", "vars"})
_CELL = frozenset({"needs", "strategy", "matrix"})
_MACHINE = _CELL | {"job", "runner", "env", "steps"}
# `secrets` are left out where GitHub knows them, but the whole workflow or job would see them.
_WORKFLOW = {"run-name": frozenset[str](), "env": frozenset[str](), "concurrency": frozenset[str]()}
_JOB = {
    "if": frozenset({"needs"}),
    "strategy": frozenset({"needs"}),
    "env": _CELL,
    "defaults": _CELL | {"env"},
    "credentials": _CELL | {"env", "secrets"},
    "container.env": _CELL | {"job", "runner", "env"},
    "outputs": _MACHINE,
}
_STEP = {"if": _MACHINE, "env": _MACHINE}
_STATUS = frozenset({"success", "failure", "always", "cancelled"})
_FUNCTIONS = frozenset(
    "case contains endsWith format fromJSON hashFiles join startsWith toJSON".split()
)
# What neither an author of a pull request nor an earlier step decides.
_SAFE_IN_SCRIPTS = regex(
    r"runner\.\w+|job\.\w+(?:\.\w+)*|strategy\.[\w-]+"
    r"|github\.(?:action_path|api_url|job|repository|repository_owner|run_attempt|run_id|run_number"
    r"|server_url|sha|workspace)"
)


def misplaced(level: str, key: str, text: Text) -> Iterator[str]:
    """What a text at a key of a `workflow`, `job` or `step` reads or calls that is not there."""
    if isinstance(text, str):
        return
    known = _known(level, key)
    for path in contexts(text):
        root = re.split(r"[.\[]", path, maxsplit=1)[0]
        if root not in known:
            yield f"`{path}` in `{key}` of a {level}"
        elif key == "run" and not _SAFE_IN_SCRIPTS.fullmatch(path):
            yield f"`{path}` inside of a script"
    for name, arguments in calls(text):
        yield from _misused(level, key, name, arguments)


def _known(level: str, key: str) -> frozenset[str]:
    if level == "workflow":
        return _EVERYWHERE | _WORKFLOW[key]
    if level == "job":
        return _EVERYWHERE | _JOB.get(key, _CELL)
    return _EVERYWHERE | _STEP.get(key, _MACHINE | {"secrets"})


def _misused(level: str, key: str, name: str, arguments: int) -> Iterator[str]:
    if name in _STATUS:
        if key != "if":
            yield f"`{name}()` in `{key}` of a {level}"
    elif name not in _FUNCTIONS:
        yield f"`{name}()`, which is no function"
    elif name == "hashFiles" and level != "step":
        yield f"`hashFiles()` in a {level}"
    elif name == "case" and (arguments < 3 or arguments % 2 == 0):
        yield f"`case()` of {arguments} arguments"
