"""Makes the directories of a job before a script runs in them.

Jenkins makes the directory of a `dir` before it runs a script there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence

from jenkins2gha.actions.conditions import SUCCESS, tests_status
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.mapping.checkout import ACTION
from jenkins2gha.mapping.interpolation import is_secret
from jenkins2gha.mapping.mappers.delete_dir import DELETION, PARTIAL
from jenkins2gha.mapping.placing import OPEN, WINDOWS_SHELL
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.translation import Context
from jenkins2gha.mapping.visited import removed_by, visited_by
from jenkins2gha.record import replace


def with_directories(steps: Sequence[ActionStep], context: Context) -> list[ActionStep]:
    """The steps, each directory made in front of the first script that runs in it, or of the group
    that script runs in.

    What a step under a condition made is only there for the steps under that condition, whatever
    else they ask for.
    """
    result: list[ActionStep] = []
    known: list[tuple[list[Expression], set[str]]] = []
    group, begin = None, 0
    for step in steps:
        if step.parallel is None or step.parallel != group:
            group, begin = step.parallel, len(result)
        rule = step.origin.rule if step.origin else ""
        if rule in (DELETION, PARTIAL):
            known.clear()
        asked = _asked(step.condition)
        there = {path for made, paths in known if _reaches(made, asked) for path in paths}
        path = step.working_directory
        needed = rule != DELETION and step.run is not None and not step.placeholder
        needed = needed and not str(path).startswith(OPEN)
        made: set[str] = set()
        if path is not None and needed and str(path) not in there:
            result.insert(begin, _made(path, step, context))
            begin += 1
            made = _with_parents(path)
        result.append(step)
        gone = removed_by(step)
        known = [(one, {path for path in paths if not _is_in(path, gone)}) for one, paths in known]
        made |= _found(step)
        if made:
            known.append((asked, made))
    return result


def _found(step: ActionStep) -> set[str]:
    """The directories that are there once a step is through."""
    path = step.inputs.get("path") if step.uses == ACTION else None
    found = _with_parents(path) if isinstance(path, str) else set()
    for visited in visited_by(step):
        found |= _with_parents(visited)
    return found


def _is_in(path: str, gone: Iterable[str]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in gone)


def _asked(condition: Expression | None) -> list[Expression]:
    """What a condition asks for besides the success of the steps before.

    That an earlier step of the block went well is no condition of its own.
    """
    if condition is None or condition == SUCCESS:
        return []
    if isinstance(condition, Operation) and condition.operator == "&&":
        return [one for one in condition.operands if not _is_chain(one)]
    return [condition]


def _reaches(made: list[Expression], here: list[Expression]) -> bool:
    """Whether steps under one condition have gone well wherever steps under another run."""
    stops = not any(map(tests_status, here))
    return made == here or (stops and all(one in here for one in made))


def _is_chain(condition: Expression) -> bool:
    match condition:
        case Operation("==", (Path(path), Literal("success"))):
            return path.startswith("steps.") and path.endswith(".outcome")
    return False


def _with_parents(path: Text) -> set[str]:
    if not isinstance(path, str):
        return {str(path)}
    found = {path}
    while posixpath.dirname(path) not in ("", path):
        path = posixpath.dirname(path)
        found.add(path)
    return found


def _made(path: Text, step: ActionStep, context: Context) -> ActionStep:
    spans = step.origin.spans if step.origin else ()
    own = ActionStep(
        condition=step.condition,
        run=f"mkdir -p {shell_word(path)}" if isinstance(path, str) else 'mkdir -p "$DIRECTORY"',
        env={} if isinstance(path, str) or is_secret(path) else {"DIRECTORY": path},
        shell=WINDOWS_SHELL if context.runner.os == "windows" else None,
        stage=step.stage,
        prepares=True,
        origin=Origin(spans, "make-directory", Certainty.EQUIVALENT),
    )
    return replace(own, secrets={"DIRECTORY": path}) if is_secret(path) else own
