"""Whether the scripts of a job log git in by themselves, so that the checkout's token must not.

The header that actions/checkout persists goes with every request, also one whose URL has a login.
https://github.com/actions/checkout#usage
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jenkins2gha.actions.walk import contexts
from jenkins2gha.actions.workflow import Step
from jenkins2gha.passes.history import git_words
from jenkins2gha.passes.scripts import plain_script, step_commands
from jenkins2gha.regex import regex
from jenkins2gha.shell.words import Command

_MENTIONED = regex(r"\bgit\b")
_LOGIN = regex(r"https?://(?=[^\s/]*[:$%])[^\s/]*@(?:(?:www\.)?github\.com\b|[^\w\s/])")
"""A URL with a user and a password, or a token, at GitHub or at a host that a variable names."""
_HEADER = regex(r"extraheader|credential\.helper\W+(?:store|!)", re.IGNORECASE)
_VERBS = frozenset({"config", "fetch", "ls-remote", "pull", "push", "remote"})
_TOKENS = frozenset({"GH_TOKEN", "GITHUB_TOKEN"})
_SETTERS = frozenset({"export", "set", "declare", "local", "readonly"})


def logs_in(steps: Iterable[Step]) -> bool:
    """Whether a script gives git an own login for GitHub.

    `git push https://$USER:$TOKEN@github.com/octo/demo` does, `git push origin main` does not.
    """
    steps = tuple(steps)
    own = [step for step in steps if _has_own_login(step)]
    others = (step for step in steps if step not in own)
    return (bool(own) and not any(map(_asks_elsewhere, others))) or any(
        _brings_login(command)
        for step in steps
        if _MENTIONED.search(plain_script(step))
        for command in step_commands(step)
    )


def _has_own_login(step: Step) -> bool:
    """Whether git finds a login in the environment of a step, or semantic-release does for it.

    https://semantic-release.gitbook.io/semantic-release/recipes/ci-configurations/github-actions
    """
    if step.env.get("GIT_CONFIG_KEY_0") == "credential.helper":
        return True
    tokens = [text for name, text in step.secrets.items() if name in _TOKENS]
    of_job = any(path == "secrets.GITHUB_TOKEN" for text in tokens for path in contexts(text))
    return bool(tokens) and not of_job and "semantic-release" in plain_script(step)


def _asks_elsewhere(step: Step) -> bool:
    """Whether a script has git ask the repository, which needs the token of the checkout."""
    return _MENTIONED.search(plain_script(step)) is not None and any(
        git_words([word.text for word in command.words])[:1] in (("push",), ("fetch",), ("pull",))
        for command in step_commands(step)
        if command.name == "git"
    )


def _brings_login(command: Command) -> bool:
    if any(_LOGIN.search(word.text) for word in command.assignments):
        return True
    words = [word.text for word in command.words]
    if command.name == "git":
        verb = git_words(words)[:1]
        return _HEADER.search(" ".join(words)) is not None or (
            _VERBS.issuperset(verb) and any(map(_LOGIN.search, words))
        )
    return command.name in _SETTERS and any(map(_LOGIN.search, words))
