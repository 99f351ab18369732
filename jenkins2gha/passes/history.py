"""Which commands read the history of a repository, or talk to its remote.

https://git-scm.com/docs
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.regex import regex

_HISTORY = frozenset(
    "annotate bisect blame cherry cherry-pick describe for-each-ref format-patch log merge "
    "merge-base name-rev pull range-diff rebase reflog revert rev-list shortlog show-branch "
    "show-ref switch whatchanged".split()
)
_REMOTE = frozenset({"fetch", "ls-remote", "pull", "push"})
_LISTS_TAGS = regex(r"-l|--list|-n\d*|--(?:contains|merged|no-merged|points-at|sort)(?:=.*)?")
_ONE_COMMIT = regex(r"-1|-n1|--max-count=1|-n=1")
# A revision that is not just the commit that is checked out.
_ANOTHER = regex(r".*(?:\.\.|[~^]|@\{)|origin/|upstream/|refs/|main\Z|master\Z|develop\Z|v\d|$")
_PROGRAMS = frozenset(
    "sonar-scanner sonar lerna semantic-release standard-version conventional-changelog gitversion "
    "dotnet-gitversion GitVersion git-cliff git-chglog goreleaser release-it changeset auto "
    "gitleaks trufflehog commitlint git-semver svu nbgv minver versionize cz".split()
)
_GOALS = regex(
    r"sonar:sonar|(?:org\.sonarsource\.scanner\.maven:)?sonar-maven-plugin:\S*|:?sonar(?:qube)?"
    r"|(?:git-commit-id|buildnumber|jgitver|release):\S+"
)
_SSH = regex(r"ssh://|[\w.-]+@[\w.-]+:")
PUSHING = r"push|release|lerna"
MENTIONED = regex(
    rf"{PUSHING}|\bgit\b|sonar|--filter|affected|--from-ref|jgitver|buildnumber|"
    + "|".join(map(re.escape, sorted(_PROGRAMS)))
)
"""What a script mentions in which a command may answer one of the questions of this module."""
_BUILDERS = frozenset({"mvn", "mvnw", "gradle", "gradlew", "sbt", "ant"})


def reads_history(words: Sequence[str]) -> bool:
    """Whether a command needs more than the commit that is checked out.

    >>> reads_history(("git", "describe", "--tags")), reads_history(("git", "status"))
    (True, False)
    """
    program = words[0]
    if program == "git":
        return _git_reads_history(git_words(words))
    if program in _BUILDERS:
        return any(_GOALS.fullmatch(word) for word in words[1:])
    if program == "nx":
        return "affected" in words or any(word.startswith("affected:") for word in words)
    if program == "turbo":
        return any(word.startswith("--filter") and "[" in word for word in words)
    if program == "pre-commit":
        return "--from-ref" in words
    return program in _PROGRAMS


def asks_branch(words: Sequence[str]) -> bool:
    """Whether a command asks for the branch that is checked out.

    >>> asks_branch(("git", "rev-parse", "--abbrev-ref", "HEAD")), asks_branch(("git", "--version"))
    (True, False)
    """
    git = git_words(words) if words[0] == "git" else ()
    verb, rest = git[:1], git[1:]
    if verb == ("rev-parse",):
        return {"--abbrev-ref", "HEAD"} <= {*rest}
    return (verb == ("branch",) and "--show-current" in rest) or (
        verb == ("symbolic-ref",) and "HEAD" in rest
    )


def talks_to_remote(words: Sequence[str]) -> bool:
    """Whether a command needs the credentials of the checkout: it fetches, or pushes, and not with
    a key."""
    remote = words[0] == "git" and not _REMOTE.isdisjoint(git_words(words)[:1])
    return remote and not _by_ssh(words)


def pushes(words: Sequence[str]) -> bool:
    """Whether a command changes the remote repository, with the credentials of the checkout."""
    if words[0] == "git":
        git = git_words(words)
        return git[:1] == ("push",) and not {"--dry-run", "-n"} & {*git} and not _by_ssh(git)
    if words[0] in _BUILDERS:
        return any(re.fullmatch(r"release:(?:prepare|perform)|:?release", word) for word in words)
    if words[0] == "lerna":
        return words[1:2] in (("publish",), ("version",))
    return words[0] in ("semantic-release", "release-it")


def _by_ssh(words: Sequence[str]) -> bool:
    """Whether a git command names a remote to which it logs in with a key."""
    return any(map(_SSH.match, words))


def git_words(words: Sequence[str]) -> tuple[str, ...]:
    """A git command from its verb on, without git's own options.

    >>> git_words(("git", "-C", "x", "--no-pager", "log"))
    ('log',)
    """
    rest = [*words[1:]]
    while rest and rest[0].startswith("-"):
        rest = rest[2:] if rest[0] in ("-C", "-c", "--git-dir", "--work-tree") else rest[1:]
    return tuple(rest)


def _git_reads_history(git: tuple[str, ...]) -> bool:
    verb, arguments = (git[0], git[1:]) if git else ("", ())
    flags = [word for word in arguments if word.startswith("-")]
    revisions = [word for word in arguments if not word.startswith("-")]
    if verb in ("log", "whatchanged"):
        few = any(map(_ONE_COMMIT.fullmatch, flags)) or arguments[:2] == ("-n", "1")
        return not few or any(map(_ANOTHER.match, filter(None, revisions)))
    if verb == "tag":
        return not revisions or any(map(_LISTS_TAGS.fullmatch, flags))
    if verb == "checkout":
        return bool(revisions) and {"-b", "-B", "--", "--orphan"}.isdisjoint(flags)
    if verb in ("diff", "diff-tree", "show", "rev-parse", "archive", "reset"):
        return any(map(_ANOTHER.match, revisions))
    if verb == "branch":
        return any(word in ("-a", "-r", "--all", "--remotes", "--contains") for word in flags)
    return verb in _HISTORY
