"""`git`: a repository by its URL.

https://www.jenkins.io/doc/pipeline/steps/git/
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.checkout import Manner, Remote, check_out
from jenkins2gha.mapping.git_login import login
from jenkins2gha.mapping.git_scm import Reading
from jenkins2gha.mapping.lower import certainties, lower, remarks
from jenkins2gha.mapping.masks import mask
from jenkins2gha.mapping.remotes import on_github, revision
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.rules import diagnose


def git(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`git url: 'https://github.com/octo/demo', branch: 'main'` → actions/checkout of octo/demo."""
    url = lower(step.arguments.get("url"), scope, context)
    branch = step.arguments.get("branch")
    name = "master" if branch is None else lower(branch, scope, context)
    if url is None or name is None:
        what = "address" if url is None else "branch"
        message = f"the {what} of the repository is computed by Groovy"
        return manual(step, "checkout-refused", message, scope, context)
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


def checked_out(step: Step, reading: Reading, scope: Scope, context: Context) -> Translation:
    """The step of a checkout that was read, with what is said of it."""
    action = check_out(reading.remote, reading.manner, step.span, scope, context)
    rule = action.origin.rule if action.origin else "checkout-own"
    if rule == "checkout-own":
        return Translation((action,), (), binned(step.span, Certainty.EXACT))
    url = reading.remote.url or ""
    if rule == "checkout-other":
        repository = mask(on_github(url) or url).text
        message = f"{_shown(repository)} is checked out; GITHUB_TOKEN reads this repository alone"
        if action.inputs.get("token") or action.inputs.get("ssh-key"):
            message = f"{_shown(repository)} is checked out with a secret"
    else:
        message = "the repository is not on github.com; git itself checks it out"
    said = diagnose(rule, step.span, message, construct=construct(step))
    return Translation(
        (action,), (said,), binned(step.span, Certainty.EQUIVALENT), secrets=reading.secrets
    )


def _shown(repository: str) -> str:
    return "".join(character if character.isprintable() else "…" for character in repository)
