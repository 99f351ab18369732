"""The source without its secrets, every character of the rest in its place."""

from __future__ import annotations

from collections.abc import Sequence

from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.rules import diagnose
from jenkins2gha.secrets.find import Finding
from jenkins2gha.secrets.tokens import token
from jenkins2gha.source import Source

_PROPER = {
    "api": "API",
    "aws": "AWS",
    "azure": "Azure",
    "docker": "Docker",
    "github": "GitHub",
    "gitlab": "GitLab",
    "google": "Google",
    "jwt": "JSON web token",
    "oauth": "OAuth",
    "openai": "OpenAI",
    "pypi": "PyPI",
    "sendgrid": "SendGrid",
    "slack": "Slack",
    "stripe": "Stripe",
    "telegram": "Telegram",
    "twilio": "Twilio",
    "url": "URL",
}


def redact(source: Source, findings: Sequence[Finding]) -> Source:
    """A source of the same length and lines, with a mark in place of each secret."""
    if not findings:
        return source
    texts, at = [], 0
    for finding in findings:
        texts.append(source.text[at : finding.start])
        texts.append(token(finding.number, source.text[finding.start : finding.end]))
        at = finding.end
    return Source(source.name, "".join(texts) + source.text[at:])


def report(findings: Sequence[Finding], redacted: Source) -> tuple[Diagnostic, ...]:
    """A diagnostic for each place at which a secret stood."""
    return tuple(_said(finding, redacted) for finding in findings)


def _spoken(kind: str) -> str:
    """A kind of secret with its article: `a GitHub token` for `github-token`."""
    words = [_PROPER.get(word, word) for word in kind.split("-")]
    return " ".join(["an" if words[0][0] in "aeiouAEIO" else "a", *words])


def _said(finding: Finding, redacted: Source) -> Diagnostic:
    kind = _spoken(finding.kind)
    if finding.construct == "comment":
        message = f"{kind} stands in a comment; it is left out of everything shown"
    else:
        message = f"{kind} stands in the source; `secrets.{finding.secret_name}` takes its place"
    return diagnose("secret-in-source", finding.span(redacted), message)
