"""What a job as a whole says of its directories: which to make first, which deletions are needless.

Jenkins makes the directory of a `dir` before it runs a script there. A machine of GitHub's is
fresh and thrown away, so a deletion in front of or behind all use of the workspace says nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from itertools import pairwise

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Function, Literal, Operation
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.mapping.checkout import ACTION
from jenkins2gha.mapping.interpolation import is_secret
from jenkins2gha.mapping.mappers.delete_dir import DELETION, EMPTY_HERE, PARTIAL
from jenkins2gha.mapping.placing import OPEN, WINDOWS_SHELL
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.results import ASKED, BEGUN, ENDED, MARKED
from jenkins2gha.mapping.translation import Context, Translation
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose

MADE = "make-directory"
_OUTSIDE = (
    "echo",
    "error",
    "sleep",
    "credential-file",
    "credential-file-removed",
    "environment-step",
    "directory-found",
    MARKED,
    ASKED,
    BEGUN,
    ENDED,
    DELETION,
    PARTIAL,
)


def with_directories(steps: Sequence[ActionStep], context: Context) -> list[ActionStep]:
    """The steps, each directory made in front of the first script that runs in it.

    What a step under a condition made is only there for the steps under the same condition.
    """
    result: list[ActionStep] = []
    known: dict[str, set[str]] = {}
    for step in steps:
        rule = step.origin.rule if step.origin else ""
        here = known.setdefault(_place(step.condition), set())
        if rule in (DELETION, PARTIAL):
            known.clear()
            here = known.setdefault(_place(step.condition), set())
        path = step.working_directory
        needed = rule != DELETION and step.run is not None and not step.placeholder
        needed = needed and not str(path).startswith(OPEN)
        if path is not None and needed and str(path) not in here:
            result.append(_made(path, step, context))
            here |= _with_parents(path)
        result.append(step)
        here |= _checked_out(step)
    return result


def _checked_out(step: ActionStep) -> set[str]:
    """The directories that a checkout makes by itself."""
    path = step.inputs.get("path") if step.uses == ACTION else None
    return _with_parents(path) if isinstance(path, str) else set()


def _place(condition: Expression | None) -> str:
    """The block of `post` that a condition stands for, '' for the stages themselves.

    That an earlier step of the block went well is no condition of its own.
    """
    if condition is None or condition == Function("success"):
        return ""
    if isinstance(condition, Operation) and condition.operator == "&&":
        return str([one for one in condition.operands if not _is_chain(one)])
    return str([condition])


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
        origin=Origin(spans, MADE, Certainty.EQUIVALENT),
    )
    return replace(own, secrets={"DIRECTORY": path}) if is_secret(path) else own


def without_needless_deletions(translation: Translation, context: Context) -> Translation:
    """The translation without the deletions at the start and the end of a job, if it is hosted."""
    if not context.runner.hosted:
        return translation
    translation = _without_first_checkout(translation)
    steps = list(translation.steps)
    uses = [n for n, step in enumerate(steps) if _uses_workspace(step)]
    first, last = (uses[0], uses[-1]) if uses else (len(steps), -1)
    needless = [
        step
        for n, step in enumerate(steps)
        if (n < first or n > last)
        and step.origin
        and step.origin.rule in (DELETION, PARTIAL)
        and step.id is None  # else the `post` of its stage looks at it
    ]
    for step in needless:
        translation = _dropped(translation, step)
    return translation


def _without_first_checkout(translation: Translation) -> Translation:
    """The translation without a checkout whose files the very next step deletes."""
    steps = translation.steps
    for n, (first, second) in enumerate(pairwise(steps)):
        implied = first.origin and first.origin.rule == "checkout-own" and first.stage is None
        if implied and _empties(second):
            return replace(translation, steps=steps[:n] + steps[n + 1 :])
    return translation


def _empties(step: ActionStep) -> bool:
    whole = step.working_directory is None and step.run == EMPTY_HERE
    own = step.origin is not None and step.origin.rule == DELETION
    return own and whole and step.condition is None


def _uses_workspace(step: ActionStep) -> bool:
    rule = step.origin.rule if step.origin else ""
    return rule not in _OUTSIDE and not step.placeholder


def _dropped(translation: Translation, step: ActionStep) -> Translation:
    assert step.origin
    site = step.origin.spans[0]
    message = "the machine is fresh and thrown away, nothing is to be deleted here"
    name = re.match(r"\w*", site.text)
    construct = f"step {name[0] if name else ''}".rstrip()
    said = diagnose("clean-needless", site, message, construct=construct)
    others = [one for one in translation.diagnostics if one.span != site]
    return replace(
        translation,
        steps=tuple(one for one in translation.steps if one is not step),
        diagnostics=(*others, said),
        outcomes=tuple(
            Outcome(site, Certainty.DROPPED) if one.site == site else one
            for one in translation.outcomes
        ),
        holes=tuple(one for one in translation.holes if one.span != site),
    )
