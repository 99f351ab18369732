"""`archiveArtifacts` and the older `archive`: files of the build that are kept.

https://www.jenkins.io/doc/pipeline/steps/core/#archiveartifacts-archive-the-artifacts
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from jenkins2gha.actions.conditions import ALWAYS, SUCCESS, both
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.mapping import ant
from jenkins2gha.mapping.agent_paths import said_of_paths
from jenkins2gha.mapping.build_result import SO_FAR, WORSE
from jenkins2gha.mapping.lower import certainties, lower, remarks
from jenkins2gha.mapping.masks import Masked, is_masked, joined, mask
from jenkins2gha.mapping.missing_files import if_missing
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.mapping.uses import Inputs, uses
from jenkins2gha.rules import diagnose

ACTION = "actions/upload-artifact"


def archive_artifacts(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`archiveArtifacts 'target/*.jar'` → actions/upload-artifact."""
    wanted = lower(step.arguments.get("artifacts"), scope, context)
    allow_empty = flag_of(step.arguments.get("allowEmptyArchive"))
    return _upload(step, wanted, scope, context, allow_empty=allow_empty)


def archive(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`archive 'target/*.jar'`, which does not mind an empty archive."""
    given = step.arguments.get("includes")
    wanted = "**" if given is None else lower(given, scope, context)
    return _upload(step, wanted, scope, context, allow_empty=True)


def _upload(
    step: Step, wanted: Text | None, scope: Scope, context: Context, *, allow_empty: bool | None
) -> Translation:
    unwanted = step.arguments.get("excludes")
    excludes = "" if unwanted is None else lower(unwanted, scope, context)
    if wanted is None or excludes is None:
        message = "which files are kept is computed by Groovy"
        return manual(step, "artifacts-unknown", message, scope, context)
    only_successful = flag_of(step.arguments.get("onlyIfSuccessful"))
    if only_successful:
        scope = scope.changed(condition=_successful(scope.condition, context.results))
    missing = "error" if only_successful else if_missing(scope, context)
    inputs: Inputs = {
        "name": "artifacts",
        **artifact_paths(wanted, excludes, scope),
        "if-no-files-found": "ignore" if allow_empty else missing,
        "retention-days": context.retention_days,
    }
    action = uses(
        ACTION, inputs, scope, Origin((step.span,), "artifacts-kept", Certainty.EQUIVALENT)
    )
    patterns = ant.patterns(mask(wanted).text)
    message = "the files are kept as the artifact of the run"
    stars = (one for one in patterns if one.rpartition("/")[2] == "*")
    whole = next((one for one in stars if not one.endswith("**/*")), None)
    if whole:
        message += f", also what lies in folders that `{whole}` matches, which Jenkins leaves out"
    folder = _common(patterns)
    if folder:
        shown = "".join("…" if is_masked(one) else one for one in folder)
        message += f", by their paths below `{shown}/`"
    said = [diagnose("artifacts-kept", step.span, message, construct=construct(step))]
    said += said_of_paths(step, patterns)
    bins = [Certainty.EQUIVALENT, *(one.certainty for one in said if one.certainty)]
    for value in step.arguments.values():
        said += remarks(value, step.span, construct(step), scope, context)
        bins += certainties(value, scope, context)
    return Translation((action,), tuple(said), binned(step.span, worst(bins)))


def _common(patterns: Sequence[str]) -> str:
    """The folder that all files are in, which their paths in the artifact do not have."""
    folders = [one.partition("*")[0].rpartition("/")[0].removeprefix("./") for one in patterns]
    alike = len({posixpath.isabs(one) for one in folders}) == 1
    return posixpath.commonpath(folders) if alike and all(folders) else ""


def artifact_paths(wanted: Text, excludes: Text, scope: Scope) -> dict[str, Text | bool]:
    r"""The inputs of the upload that say which files, from Ant's patterns.

    >>> artifact_paths("target/*.jar, docs/", "docs/a", Scope())["path"]
    'target/*.jar\ndocs/**\n!docs/a'
    """
    masked = mask(wanted)
    left_out = mask(excludes)
    patterns = ant.patterns(masked.text)
    lines = [ant.glob(pattern, scope.directory) for pattern in patterns]
    path = masked.restore("\n".join(lines))
    hidden = any(ant.names_hidden(pattern) for pattern in patterns)
    out = [f"!{ant.glob(pattern, scope.directory)}" for pattern in ant.patterns(left_out.text)]
    if hidden and any(ant.is_wide(pattern) for pattern in patterns):
        folder = f"{scope.directory}/" if scope.directory else ""
        out.append(f"!{folder}**/.git/**")
    inputs: dict[str, Text | bool] = {"path": _behind(path, out, left_out)}
    if hidden:
        inputs["include-hidden-files"] = True
    return inputs


def _behind(path: Text, out: list[str], left_out: Masked) -> Text:
    return joined((path, *(left_out.restore(line) for line in out)), "\n")


def _successful(condition: Expression | None, results: frozenset[str]) -> Expression | None:
    """A condition that also asks for a build that is not worse than UNSTABLE so far."""
    if condition == ALWAYS:
        condition = SUCCESS
    elif isinstance(condition, Operation) and _always(condition):
        condition = both(SUCCESS, *condition.operands[1:])
    elif condition is not None:
        condition = Operation("&&", (SUCCESS, condition))
    worse = [Operation("!=", (SO_FAR, Literal(one))) for one in WORSE[1:] if one in results]
    return both(condition, *worse) if worse else condition


def _always(condition: Operation) -> bool:
    return condition.operator == "&&" and condition.operands[0] == ALWAYS
