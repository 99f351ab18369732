"""The tokens in the texts of `emailext`, which Jenkins fills in as it sends the mail.

https://plugins.jenkins.io/email-ext/
https://plugins.jenkins.io/token-macro/
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Constant, Expr, Known, Symbolic, Value, operands
from jenkins2gha.regex import regex

TOKEN = regex(r"\$\{([A-Z][A-Z0-9_]*)(?:,[^}]*)?\}|\$([A-Z][A-Z0-9_]*)")
DEFAULTS = {
    "DEFAULT_SUBJECT": "$PROJECT_NAME - Build # $BUILD_NUMBER - $BUILD_STATUS!",
    "DEFAULT_CONTENT": (
        "$PROJECT_NAME - Build # $BUILD_NUMBER - $BUILD_STATUS:\n\n"
        "Check console output at $BUILD_URL to view the results."
    ),
    "DEFAULT_RECIPIENTS": "",
    "DEFAULT_REPLYTO": "",
}
"""What these tokens are in a Jenkins whose administrator left them alone."""
_TELLING = ("BUILD_STATUS", "DEFAULT_SUBJECT", "DEFAULT_CONTENT")


def mails_status(step: Step) -> bool:
    """Whether a step mails the result of the build, which the texts do that it has by default."""
    if step.name != "emailext":
        return False
    texts = [step.arguments.get(name) for name in ("subject", "body")]
    return None in texts or any(token in word for word in _words(texts) for token in _TELLING)


def _words(values: list[Value | None]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Known):
            yield str(value.value)
        elif isinstance(value, Symbolic):
            yield from _constants(value.expr)


def _constants(expr: Expr) -> Iterator[str]:
    if isinstance(expr, Constant):
        yield str(expr.value)
    for part in operands(expr):
        yield from _constants(part)
