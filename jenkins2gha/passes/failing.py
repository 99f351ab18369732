"""The failing step that takes the place of one that cannot run as it is."""

from __future__ import annotations

from jenkins2gha.actions.workflow import Step

_LINES = 20


def failing(step: Step, message: str, shown: str | None = None) -> Step:
    """A step that says `message` and fails where `step` would have run.

    `message` is plain words: it stands between double quotes of bash and of PowerShell. `shown`
    stands beside it as a comment, at most 20 lines.
    """
    lines = (shown or "").splitlines()
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], "…"]
    return Step(
        id=step.id,
        condition=step.condition,
        run=f'echo "::error title=jenkins2gha::{message}"\nexit 1',
        comment="\n".join(lines) or None,
        placeholder=True,
        stage=step.stage,
        origin=step.origin,
    )
