"""What a build knows of itself, as GitHub knows it: what is built, and why it was started."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.actions.conditions import CANCELLED, FALSE, TRUE, equal
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.jenkins.values import BuildFact, Constant, Expr, operands
from jenkins2gha.mapping.decisions.logic import EVENT, PULL_REQUEST, TAG, any_of
from jenkins2gha.mapping.decisions.values import Unknown, Unsaid
from jenkins2gha.mapping.translation import Context
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_EVENTS: dict[str, tuple[str, ...]] = {
    "TimerTriggerCause": ("schedule",),
    "ParameterizedTimerTriggerCause": ("schedule",),
    "UserIdCause": ("workflow_dispatch",),
    "UserCause": ("workflow_dispatch",),
    "SCMTriggerCause": ("push",),
    "GitHubPushCause": ("push",),
    "GitHubPullRequestCause": ("pull_request",),
    "BranchEventCause": ("push", "pull_request"),
    "BranchIndexingCause": ("push", "pull_request"),
    "GitLabWebHookCause": ("push", "pull_request"),
    "BitBucketPushCause": ("push",),
    "GerritCause": ("push",),
    "GhprbCause": ("pull_request",),
    "UpstreamCause": ("workflow_run",),
    "GenericCause": ("repository_dispatch",),
    "RemoteCause": ("repository_dispatch",),
    "IssueCommentCause": ("issue_comment",),
    "GitHubPullRequestCommentCause": ("issue_comment",),
}
"""The events of GitHub that start what a cause started in Jenkins, by the simple class name."""

_RERUNS = ("RestartDeclarativePipelineCause", "ReplayCause", "RebuildCause")
RERUN = Operation(">", (Path("github.run_attempt"), Literal(1)))

_CLONES = regex(r"\bgit\s*\(?\s*(?:url|branch|credentialsId|['\"])|\bGitSCM\b")
"""How a pipeline checks out a repository that may be another than its own."""


def fact(expr: BuildFact, context: Context) -> Expression:
    """A fact as a condition. Raises Unsaid."""
    arguments = dict(expr.arguments)
    match expr.name:
        case "buildingTag":
            return TAG
        case "changeRequest":
            return PULL_REQUEST
        case "isRestartedRun":
            return RERUN
        case "interrupted":
            return CANCELLED
        case "isUnix":
            return FALSE if context.runner.os == "windows" else TRUE
        case "triggeredBy":
            return _triggered_by(_word(arguments, "cause"), _word(arguments, "detail"))
    raise Unsaid


def differences(expr: Expr, site: Span, construct: str) -> Iterator[Diagnostic]:
    """What is to be said of the facts that a condition asks for, each once."""
    facts = [*facts_in(expr)]
    if any(name == "detail" for one in facts for name, _ in one.arguments):
        message = "the user is compared with the login on GitHub"
        yield diagnose("user-is-login", site, message, construct=construct)
    for name in dict.fromkeys(one.name for one in facts):
        if name == "changeset":
            message = "a push counts from the one before it, a pull request whole when it is opened"
            if _CLONES.search(site.source.text):
                message += ", of the repository that is checked out at that point alone"
            yield diagnose("changes-of-a-push", site, message, construct=construct)
        elif name == "changelog":
            message = "the messages are those of the push, or of the whole pull request"
            yield diagnose("changes-of-a-push", site, message, construct=construct)
        elif name == "isRestartedRun":
            message = "a re-run counts as a restart; it starts its jobs from their first step"
            yield diagnose("restart-is-a-rerun", site, message, construct=construct)


def facts_in(expr: Expr) -> Iterator[BuildFact]:
    """The facts that an expression asks for, outer ones first."""
    if isinstance(expr, BuildFact):
        yield expr
    for part in operands(expr):
        yield from facts_in(part)


def _word(arguments: dict[str, Expr], name: str) -> str | None:
    match arguments.get(name):
        case Constant(str() as value):
            return value
        case None:
            return None
    raise Unsaid


def _triggered_by(cause: str | None, detail: str | None) -> Expression:
    """Jenkins looks for a cause whose simple class name begins with the word, whatever its case."""
    if not cause:
        raise Unsaid
    word = cause.rpartition(".")[2].rpartition("$")[2].lower()
    causes = [name for name in (*_EVENTS, *_RERUNS) if name.lower().startswith(word)]
    if not causes:
        raise Unknown(f"nothing on GitHub is like the cause `{cause}`")
    events = dict.fromkeys(event for name in causes for event in _EVENTS.get(name, ()))
    parts: list[Expression] = [equal(EVENT, event) for event in events]
    if any(name in _RERUNS for name in causes):
        parts.append(RERUN)
    said = any_of(parts)
    if detail:
        return Operation("&&", (said, equal(Path("github.actor"), detail)))
    return said
