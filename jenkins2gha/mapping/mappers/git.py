"""`git`: a repository by its URL.

https://www.jenkins.io/doc/pipeline/steps/git/
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.checkout import Manner, Remote, check_out
from jenkins2gha.mapping.expansion import EXPANDED, expanded
from jenkins2gha.mapping.git_login import login
from jenkins2gha.mapping.git_scm import Reading, written
from jenkins2gha.mapping.lower import certainties, remarks
from jenkins2gha.mapping.masks import mask
from jenkins2gha.mapping.remotes import Refused, has_host, on_github, revision
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose


def git(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`git url: 'https://github.com/octo/demo', branch: 'main'` → actions/checkout of octo/demo."""
    try:
        return _git(_expanded(step, scope, context), scope, context)
    except Refused as refused:
        return refusal(step, refused, scope, context)


def _expanded(step: Step, scope: Scope, context: Context) -> Step:
    arguments = {
        name: expanded(value, scope, context) if name in EXPANDED else value
        for name, value in step.arguments.items()
    }
    return replace(step, arguments=arguments)


def _git(step: Step, scope: Scope, context: Context) -> Translation:
    url = written(step.arguments.get("url"), scope, context)
    branch = step.arguments.get("branch")
    name = "master" if branch is None else written(branch, scope, context)
    if url is None or name is None:
        what = "address" if url is None else "branch"
        raise Refused(f"the {what} of the repository is computed by Groovy")
    signed, secrets = login(step.arguments.get("credentialsId"), url, context)
    remote = Remote(url, revision(name), signed)
    own = checked_out(step, Reading(remote, Manner(), secrets), scope, context)
    said = [
        remark
        for value in step.arguments.values()
        for remark in remarks(value, step.span, construct(step), scope, context)
    ]
    bins = [one for v in step.arguments.values() for one in certainties(v, scope, context)]
    outcomes = binned(step.span, worst(bins)) if bins else ()
    return own + Translation(diagnostics=tuple(said), outcomes=outcomes)


def refusal(step: Step, refused: Refused, scope: Scope, context: Context) -> Translation:
    """The placeholder of a checkout that is left to a person."""
    message = f"this checkout is not translated: {refused}"
    return manual(step, "checkout-refused", message, scope, context)


def checked_out(step: Step, reading: Reading, scope: Scope, context: Context) -> Translation:
    """The step of a checkout that was read, with what is said of it; raises Refused."""
    action = check_out(reading.remote, reading.manner, step.span, scope, context)
    rule = action.origin.rule if action.origin else "checkout-own"
    if rule == "checkout-own":
        return Translation((action,), (), binned(step.span, Certainty.EXACT))
    url = reading.remote.url or ""
    hint = None
    if rule == "checkout-other":
        repository = _shown(mask(on_github(url) or url).text)
        names = ", ".join(secret.name for secret in reading.secrets)
        message = f"{repository} is checked out with the secret {names}"
        if not (action.inputs.get("token") or action.inputs.get("ssh-key")):
            message = f"{repository} is checked out without a login of its own"
            hint = "If it is private, add `token:` or `ssh-key:` with a secret that may read it."
    else:
        hint = None if reading.secrets else "The runner must be able to reach the host."
        where = "is not on github.com" if has_host(url) else "is known to the run alone"
        message = f"the repository {where}; git itself checks it out"
        if on_github(url):
            message = "the folder lies outside the workspace, so git itself checks it out there"
    said = diagnose(rule, step.span, message, construct=construct(step), hint=hint)
    return Translation(
        (action,), (said,), binned(step.span, Certainty.EQUIVALENT), secrets=reading.secrets
    )


def _shown(repository: str) -> str:
    return "".join(character if character.isprintable() else "…" for character in repository)
