"""`checkout scm` and `checkout` of a Git repository described in the file.

https://www.jenkins.io/doc/pipeline/steps/workflow-scm-step/#checkout-check-out-from-version-control
"""

from __future__ import annotations

from jenkins2gha.diagnostics import worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Described, MapOf
from jenkins2gha.mapping.checkout import Manner, Remote
from jenkins2gha.mapping.expansion import expanded
from jenkins2gha.mapping.git_scm import CLASSES, Reading, is_own, leaves, read
from jenkins2gha.mapping.lower import remarks
from jenkins2gha.mapping.mappers.git import checked_out, refusal
from jenkins2gha.mapping.remotes import Refused
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.rules import diagnose


def checkout(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`checkout scm` → actions/checkout."""
    scm = step.arguments.get("scm") or (step.positional[0] if step.positional else None)
    if scm is None or is_own(scm):
        try:
            return checked_out(step, Reading(Remote(), Manner()), scope, context)
        except Refused as refused:
            return refusal(step, refused, scope, context)
    if not isinstance(scm, Described | MapOf) or not _is_git(scm):
        message = "this kind of repository, or how it is given, is not translated"
        return manual(step, "checkout-unknown", message, scope, context)
    try:
        value = _expanded(scm, scope, context)
        reading = read(value, scope, context)
        own = checked_out(step, reading, scope, context)
    except Refused as refused:
        return refusal(step, refused, scope, context)
    said = [
        diagnose("checkout-extension", step.span, message, construct=construct(step))
        for message in (f"the extension {reason}" for reason in reading.ignored)
    ]
    for leaf in leaves(value):
        said += remarks(leaf, step.span, construct(step), scope, context)
    bins = [one.certainty for one in said if one.certainty]
    outcomes = binned(step.span, worst(bins)) if bins else ()
    return own + Translation(diagnostics=tuple(said), outcomes=outcomes)


def _expanded(scm: Described | MapOf, scope: Scope, context: Context) -> Described | MapOf:
    value = expanded(scm, scope, context)
    assert isinstance(value, Described | MapOf)
    return value


def _is_git(scm: Described | MapOf) -> bool:
    if isinstance(scm, Described):
        return scm.symbol.split(".")[-1] in CLASSES
    return scm.get("userRemoteConfigs") is not None
