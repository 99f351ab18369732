"""`deleteDir()` and `cleanWs()`: the workspace, or the current directory, goes.

The job decides whether the deletion stays: at the end of a job on a fresh machine it says nothing.
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.plan.emptied import cleans_all
from jenkins2gha.record import replace

DELETION = "delete-directory"
"""The rule in the origin of each step that deletes."""

PARTIAL = "clean-partial"
"""The rule of a placeholder for a deletion that cannot be translated."""

EMPTY_HERE = "find . -mindepth 1 -delete"
"""The script that deletes what the current directory holds."""


def delete_dir(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`deleteDir()` → the files of the workspace deleted, or the folder of the `dir` around it.

    https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#deletedir-recursively-delete-the-current-directory-from-the-workspace
    """
    return _deleted(step, scope, context)


def clean_ws(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`cleanWs()` → the files of the workspace deleted.

    https://www.jenkins.io/doc/pipeline/steps/ws-cleanup/
    """
    if not cleans_all(step):
        message = "what `cleanWs` deletes depends on patterns or on the result"
        return manual(step, PARTIAL, message, scope, context)
    fails = flag_of(step.arguments.get("notFailBuild")) is not True
    return _deleted(step, scope, context, fails=fails)


def _deleted(step: Step, scope: Scope, context: Context, *, fails: bool = True) -> Translation:
    here = False
    if scope.dynamic is not None:
        script = Script('rm -rf "$DIRECTORY"', env={"DIRECTORY": scope.dynamic})
    elif scope.directory:
        script = Script(f"rm -rf {shell_word(scope.directory)}")
    else:
        script, here = Script(EMPTY_HERE), True
    if not fails:
        script = replace(script, text=f"{script.text} || true")
    action = shell_step(
        script,
        step.span,
        DELETION,
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=here,
    )
    if here:
        action = replace(action, name="Empty the workspace")
    return Translation((action,), outcomes=binned(step.span, Certainty.EQUIVALENT))
