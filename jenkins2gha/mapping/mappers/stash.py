"""`stash` and `unstash`: files that are put aside during a job, and come back.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#stash-stash-some-files-to-be-used-later-in-the-build
"""

from __future__ import annotations

import re

from jenkins2gha.actions.workflow import Origin
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import flag_of, text_of
from jenkins2gha.mapping import ant
from jenkins2gha.mapping.crossing import DOWNLOAD, UPLOAD, file, folder, quoted, tar
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.slug import slug


def stash(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`stash name: 'app', includes: 'target/*.jar'` → a tar file beside the workspace.

    tar keeps modes and links, and a stash lives as long as the run, like `$RUNNER_TEMP` here.
    """
    name = text_of(step.arguments.get("name"))
    includes = _text(step, "includes", "**")
    excludes = _text(step, "excludes", "")
    if name is None or includes is None or excludes is None:
        message = "the name or the files of the stash are computed"
        return manual(step, "stash-unknown", message, scope, context)
    default = flag_of(step.arguments.get("useDefaultExcludes"), default=True) is not False
    empty = bool(flag_of(step.arguments.get("allowEmpty")))
    files = _Files(ant.patterns(includes) or ["**"], ant.patterns(excludes), default, empty)
    shared = name in context.stashes.given
    place = quoted(_word(name), context) if shared else _place(name)
    made = _made(step, _packed(files, place, context), f"Stash {name}", scope, context)
    if not shared:
        return made
    upload = ActionStep(
        name=f"Keep the stash {name}",
        condition=scope.condition,
        uses=UPLOAD,
        inputs={
            "name": _word(name),
            "path": file(_word(name), context),
            "if-no-files-found": "error",
            "retention-days": 1,
            "compression-level": 0,
            "overwrite": True,
        },
        origin=Origin((step.span,), "stash-artifact", Certainty.EQUIVALENT),
    )
    return replace(made, steps=(*made.steps, upload))


def unstash(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`unstash 'app'` → the tar file is unpacked where the step stands."""
    name = text_of(step.arguments.get("name"))
    if name is None:
        message = "the name of the stash is computed"
        return manual(step, "stash-unknown", message, scope, context)
    if name not in context.stashes.taken:
        own = quoted(_word(name), context) if name in context.stashes.given else _place(name)
        return _made(step, [f"{tar(context)} -xzf {own}"], f"Unstash {name}", scope, context)
    download = ActionStep(
        name=f"Fetch the stash {name}",
        condition=scope.condition,
        uses=DOWNLOAD,
        inputs={"name": _word(name), "path": folder(context)},
        origin=Origin((step.span,), "stash-artifact", Certainty.EQUIVALENT),
    )
    line = f"{tar(context)} -xzf {quoted(_word(name), context)}"
    made = _made(step, [line], f"Unstash {name}", scope, context)
    return replace(made, steps=(download, *made.steps))


@dataclass(frozen=True, slots=True)
class _Files:
    """Ant's patterns of a stash; `default` leaves out what Ant leaves out, `empty` allows none."""

    wanted: list[str]
    unwanted: list[str]
    default: bool
    empty: bool


def _packed(files: _Files, place: str, context: Context) -> list[str]:
    """The commands that pack the files: tar alone where it can name them, else a list for it."""
    packed = f"{tar(context)} -czf {place}"
    folders = [pattern.removesuffix("/**") if pattern != "**" else "." for pattern in files.wanted]
    if (
        not files.unwanted
        and not files.empty
        and not any(set("*?") & set(path) for path in folders)
    ):
        excluded = " --exclude=.git" if files.default and "." in folders else ""
        return [f"{packed}{excluded} {' '.join(map(shell_word, folders))}"]
    keep = "|".join(ant.regular_expression(pattern) for pattern in files.wanted)
    drop = [ant.regular_expression(pattern) for pattern in files.unwanted]
    if files.default and any(map(ant.names_hidden, files.wanted)):
        drop.append(ant.DEFAULT_EXCLUDES)
    pipe = f"find . ! -type d | grep -E {shell_word(keep)}"
    if drop:
        pipe += f" | grep -Ev {shell_word('|'.join(drop))}"
    tolerant = " || true" if files.empty else ""
    listed = place.replace(".tgz", ".txt")
    return [f"{pipe} > {listed}{tolerant}", f"{packed} -T {listed}"]


def _text(step: Step, name: str, default: str) -> str | None:
    value = step.arguments.get(name)
    return default if value is None else text_of(value)


def _word(name: str) -> str:
    """What the tar file of a stash is called; a name that is no file name is one by its slug."""
    plain = re.fullmatch(r"[\w.-]+", name, re.ASCII)
    return f"stash-{name if plain else slug(name) or 'files'}"


def _place(name: str) -> str:
    """Where a stash lies that no other job takes."""
    return f'"$RUNNER_TEMP/{_word(name)}.tgz"'


def _made(step: Step, lines: list[str], name: str, scope: Scope, context: Context) -> Translation:
    action: ActionStep = shell_step(
        Script("\n".join(lines)),
        step.span,
        "stash-tar",
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=True,
    )
    shared = {text_of(step.arguments.get("name"))} & (context.stashes.given | context.stashes.taken)
    rule = "stash-artifact" if shared else "stash-tar"
    message = "the files are put aside in a tar file of the job"
    if shared:
        message = "the files go from job to job in an artifact"
    said = diagnose(rule, step.span, message, construct=construct(step))
    named = replace(action, name=name, script_kind="sh")
    return Translation((named,), (said,), binned(step.span, Certainty.EQUIVALENT))
