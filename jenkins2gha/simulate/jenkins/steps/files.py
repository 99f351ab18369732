"""Files: read and written, put aside and fetched, deleted.

Source: workflow-basic-steps-plugin; workflow-api-plugin, StashManager;
pipeline-utility-steps-plugin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.errors import Unknown, abort, thrown
from jenkins2gha.simulate.jenkins.groovy.objects import parsed
from jenkins2gha.simulate.jenkins.groovy.values import Value, to_text
from jenkins2gha.simulate.jenkins.invocation import Invocation
from jenkins2gha.simulate.jenkins.steps.shell import needs_node
from jenkins2gha.simulate.situation import Answer

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


def _asked(run: Run, called: Invocation) -> Answer:
    if "text" not in called.named or called.name == "writeFile":
        needs_node(run)
    answer = run.build.command(called.node, called.name, called.pairs)
    if answer.end == "failure":
        raise abort(f"{called.name} failed")
    return answer


def _content(run: Run, path: str) -> str | None:
    build = run.build
    known = build.written.get((build.place.workspace, build.at(path)))
    return run.situation.files.get(build.at(path)) if known is None else known


def _read(run: Run, called: Invocation) -> Value:
    answer = _asked(run, called)
    if answer.value is not None:
        return answer.value
    text = _content(run, called.text("file"))
    if text is None:
        raise Unknown(f"what the file {called.text('file')} holds is not given")
    return text


def _write(run: Run, called: Invocation) -> Value:
    _asked(run, called)
    build = run.build
    build.written[build.place.workspace, build.at(called.text("file"))] = called.text("text")
    return None


def _exists(run: Run, called: Invocation) -> Value:
    answer = _asked(run, called)
    if isinstance(answer.value, bool):
        return answer.value
    return _content(run, called.text("file")) is not None


def _given(run: Run, called: Invocation) -> str:
    """The text that a step reads: its own, or that of a file."""
    if called.get("text") is None and called.get("file") is None:
        raise thrown("IllegalArgumentException", "At least one of file or text is needed")
    text = called.text("text") or _content(run, called.text("file"))
    if text is None:
        raise Unknown(f"what the file {called.text('file')} holds is not given")
    return text


def _read_json(run: Run, called: Invocation) -> Value:
    answer = _asked(run, called)
    return parsed(_given(run, called)) if answer.value is None else answer.value


def _read_properties(run: Run, called: Invocation) -> Value:
    answer = _asked(run, called)
    if answer.value is not None:
        return answer.value
    text = _given(run, called)
    found: dict[Value, Value] = {}
    for line in text.splitlines():
        if line.strip() and line.lstrip()[0] not in "#!":
            key, _, value = line.partition("=")
            found[key.strip()] = value.strip()
    return found


def _known_only(run: Run, called: Invocation) -> Value:
    """A step whose value only the world knows."""
    answer = _asked(run, called)
    if answer.value is None:
        raise Unknown(f"what {called.name} returns is not given")
    return answer.value


def _stash(run: Run, called: Invocation) -> Value:
    answer = _asked(run, called)
    if answer.missing and not called.flag("allowEmpty"):
        run.build.mark("failure")
        raise abort(f"No files included in stash ‘{called.text('name')}’")
    run.build.stashes[called.text("name")] = run.build.seen[run.build.place.workspace]
    return None


def _unstash(run: Run, called: Invocation) -> Value:
    _asked(run, called)
    name = called.text("name")
    if name not in run.build.stashes:
        run.build.mark("failure")
        raise abort(f"No such saved stash ‘{name}’")
    workspace = run.build.place.workspace
    run.build.seen[workspace] |= run.build.stashes[name]
    return None


def _delete(run: Run, called: Invocation) -> Value:
    _asked(run, called)
    run.build.deleted()
    return None


def _find_files(run: Run, called: Invocation) -> Value:
    answer = _asked(run, called)
    return [] if answer.value is None else answer.value


def _load(run: Run, called: Invocation) -> Value:
    path = called.text("path")
    _asked(run, called)
    if _content(run, path) is None:
        raise thrown("NoSuchFileException", path)
    raise Unknown(f"the script {to_text(path)} that is loaded")


def _tool(run: Run, called: Invocation) -> Value:
    run.build.command(called.node, called.name, called.pairs)
    return f"$TOOL({called.text('name')})"


STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {
    "readFile": _read,
    "writeFile": _write,
    "fileExists": _exists,
    "readJSON": _read_json,
    "readProperties": _read_properties,
    "readYaml": _known_only,
    "readMavenPom": _known_only,
    "readCSV": _known_only,
    "libraryResource": _known_only,
    "stash": _stash,
    "unstash": _unstash,
    "deleteDir": _delete,
    "cleanWs": _delete,
    "findFiles": _find_files,
    "load": _load,
    "tool": _tool,
}
