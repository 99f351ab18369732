"""What steps give back, kept in outputs for the steps that read it."""

from __future__ import annotations

from jenkins2gha.mapping.translation import Context

_TRIMMED = ".trim()"


def is_trimmed(key: str, context: Context) -> bool:
    """Whether the job reads the result of a step without the blanks around it."""
    return key + _TRIMMED in context.captures
