"""Commands, ready to run, that set up what a workflow needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.conversion import SecretSummary


def tasks(
    secrets: Sequence[SecretSummary], variables: Sequence[str], runners: Sequence[str]
) -> Iterator[str]:
    """A command for each secret and variable, and a line for each runner to provide."""
    for secret in secrets:
        file = (
            " < FILE" if secret.kind in {"file", "sshUserPrivateKey"} and _is_file(secret) else ""
        )
        origin = f"Jenkins credential {secret.jenkins_id}" if secret.jenkins_id else "in the source"
        yield f"gh secret set {secret.name}{file}  # {origin} ({secret.kind})"
    for name in variables:
        yield f"gh variable set {name}"
    for label in runners:
        yield f"# provide a self-hosted runner with the label {label}"


def _is_file(secret: SecretSummary) -> bool:
    return not secret.name.endswith(("_USR", "_PSW"))
