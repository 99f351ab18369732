"""What is wrong with an expression, in GitHub's words."""

from __future__ import annotations

MAX_LENGTH = 21_000
MAX_DEPTH = 50


class ExpressionError(Exception):
    """An expression has no value."""


class EvaluationError(ExpressionError):
    """An expression that can be read has no value, such as `fromJSON('')`."""


class SyntaxFault(ExpressionError):
    """A text is no expression: GitHub does not accept the workflow.

    Source: actions/runner, `Expressions/ParseException.cs`.
    """

    @classmethod
    def at(cls, what: str, token: str, position: int, text: str) -> SyntaxFault:
        """`position` counts from 0; GitHub's message from 1."""
        where = f"Located at position {position + 1} within expression: {text}"
        return cls(f"{what}: '{token}'. {where}")
