"""`publishHTML`: pages that Jenkins shows with the build.

https://www.jenkins.io/doc/pipeline/steps/htmlpublisher/
"""

from __future__ import annotations

from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Described, MapOf, Value, flag_of
from jenkins2gha.mapping.agent_paths import anchored, said_of_paths
from jenkins2gha.mapping.lower import lower, remarks
from jenkins2gha.mapping.masks import edited
from jenkins2gha.mapping.missing_files import if_missing
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.mapping.uses import Inputs, uses
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

_REFUSED = regex(r'[":<>|*?\r\n\\/]+')


def publish_html(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`publishHTML reportDir: 'docs', reportName: 'API'` → the folder as the artifact `API`."""
    directory = lower(_argument(step, "reportDir"), scope, context)
    given = _argument(step, "reportName")
    name = "html-report" if given is None else lower(given, scope, context)
    if directory is None or name is None:
        message = "the folder or the name of the pages is computed by Groovy"
        return manual(step, "html-unknown", message, scope, context)
    allowed = flag_of(_argument(step, "allowMissing"))
    inputs: Inputs = {
        "name": edited(name, _plain) or "html-report",
        "path": _folder(directory, scope),
        "if-no-files-found": "ignore" if allowed else if_missing(scope, context),
        "retention-days": context.retention_days,
    }
    origin = Origin((step.span,), "html-artifact", Certainty.APPROXIMATE)
    action = uses("actions/upload-artifact", inputs, scope, origin)
    message = "the pages are an artifact to download; GitHub does not show them with the run"
    if inputs["if-no-files-found"] not in ("ignore", "warn"):
        message += ", and without their folder the steps behind do not run"
    said = [diagnose("html-artifact", step.span, message, construct=construct(step))]
    for value in (_argument(step, "reportDir"), given):
        said += remarks(value, step.span, construct(step), scope, context)
    if isinstance(directory, str):
        said += said_of_paths(step, [_written(directory)])
    return Translation((action,), tuple(said), binned(step.span, Certainty.APPROXIMATE))


def _argument(step: Step, name: str) -> Value | None:
    """An argument, or its like in the object that older pipelines write around them."""
    target = step.arguments.get("target") or (step.positional[0] if step.positional else None)
    if isinstance(target, MapOf):
        return target.get(name)
    if isinstance(target, Described):
        return target.arguments.get(name)
    return step.arguments.get(name)


def _plain(name: str) -> str:
    """The name without the characters that an artifact's name may not hold."""
    return _REFUSED.sub("-", name).strip("- ")


def _folder(directory: Text, scope: Scope) -> Text:
    return edited(directory, lambda text: anchored(_written(text), scope.directory) or ".")


def _written(directory: str) -> str:
    path = directory.strip().replace("\\", "/")
    return path.rstrip("/") or path
