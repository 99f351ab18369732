"""Commands, ready to run, that set up what a workflow needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.conversion import SecretSummary

_SET = "gh variable set "


def variables_in(given: Sequence[str]) -> tuple[str, ...]:
    """The variables that commands set up.

    >>> variables_in(("gh secret set KEY", "gh variable set REGION"))
    ('REGION',)
    """
    return tuple(one.removeprefix(_SET) for one in given if one.startswith(_SET))


def tasks(
    secrets: Sequence[SecretSummary], variables: Sequence[str], runners: Sequence[str]
) -> Iterator[str]:
    """A command for each secret and variable, and a line for each runner to provide."""
    for secret in secrets:
        file = " < FILE" if secret.what in {"file", "SSH key"} and _is_file(secret) else ""
        yield f"gh secret set {secret.name}{file}  # {_origin(secret)}"
    for name in variables:
        yield f"{_SET}{name}"
    if runners:
        word = "label" if len(runners) == 1 else "labels"
        yield f"# provide a self-hosted runner with the {word} {', '.join(runners)}"


def _origin(secret: SecretSummary) -> str:
    if secret.jenkins_id:
        return f"Jenkins credential {secret.jenkins_id} ({secret.what})"
    if secret.kind == "service" or secret.what.endswith("parameter"):
        return secret.what
    return f"{secret.what} in the source"


def _is_file(secret: SecretSummary) -> bool:
    return not secret.name.endswith(("_USR", "_PSW"))
