"""Absolute paths in arguments that name files of the workspace: actions get them as they are.

Jenkins resolves such a path against the workspace, so that an absolute one stays what it is.
https://github.com/jenkinsci/jenkins/blob/master/core/src/main/java/hudson/FilePath.java
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.dependencies import PATH
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

_ABSOLUTE = regex(r"/|[A-Za-z]:/")
_OF_AGENT = regex(r"/(?!tmp/)|[A-Za-z]:/")
_WORKSPACE = regex(r"(?:[A-Za-z]:)?/(?:[^/*?]+/)*workspace/[^/*?]+(?:/|$)")
"""What an agent has its workspaces under: `<its folder>/workspace/<job>`."""


def anchored(path: str, directory: str) -> str:
    """A path, `/`-separated, of the current directory as one of the workspace; an absolute one
    stays so unless it leads into a workspace of an agent.

    >>> anchored("target", "api"), anchored("/opt/reports", "api")
    ('api/target', '/opt/reports')
    >>> anchored("/var/lib/jenkins/workspace/shop/target", "api")
    'target'
    """
    if _ABSOLUTE.match(path) is None:
        return "/".join(part for part in (directory, path) if part)
    own = in_workspace(path)
    return path if own is None else own


def in_workspace(path: str) -> str | None:
    """An absolute path into a workspace of an agent as one of the workspace; None for others."""
    match = _WORKSPACE.match(path)
    return path[match.end() :] if match else None


def said_of_paths(step: Step, paths: Iterable[str]) -> Iterator[Diagnostic]:
    """What is said of the paths among the arguments of a step that are absolute."""
    for path in dict.fromkeys(paths):
        if _OF_AGENT.match(path) is None:
            continue
        own = in_workspace(path)
        rule, message = "agent-dependency", f"the step takes from its agent: {PATH} {path}"
        if own is not None:
            rule = "path-of-workspace"
            message = f"`{path}` is taken for `{own or '.'}` of the workspace"
        yield diagnose(rule, step.span, message, construct=f"step {step.name}")
