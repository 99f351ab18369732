"""Secrets that their own form gives away: detect-secrets' rules, and the ones it lacks."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from jenkins2gha.regex import regex
from jenkins2gha.secrets.plausibility import is_plausible


class Hit(NamedTuple):
    """A possible secret: its place, its kind, and the name of what it is assigned to, if any."""

    start: int
    end: int
    kind: str
    name: str | None = None


_PLUGINS = {
    "aws-access-key": ("aws", "AWSKeyDetector", 0),
    "github-token": ("github_token", "GitHubTokenDetector", 0),
    "gitlab-token": ("gitlab_token", "GitLabTokenDetector", 0),
    "jwt": ("jwt", "JwtTokenDetector", 0),
    "npm-token": ("npm", "NpmDetector", 1),
    "openai-key": ("openai", "OpenAIDetector", 0),
    "pypi-token": ("pypi_token", "PypiTokenDetector", 0),
    "sendgrid-key": ("sendgrid", "SendGridDetector", 0),
    "slack-token": ("slack", "SlackDetector", 0),
    "square-secret": ("square_oauth", "SquareOAuthDetector", 0),
    "stripe-key": ("stripe", "StripeDetector", 0),
    "telegram-token": ("telegram_token", "TelegramBotTokenDetector", 0),
}
_NEEDLES = (
    *("akia", "asia", "abia", "acca", "a3t", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "glpat-"),
    *("gldt-", "glft-", "glrt-", "glcbt-", "glptt-", "gr1348941", "eyj", "_authtoken", "t3blbkfj"),
    *("pypi-ag", "sg.", "xox", "hooks.slack", "sq0csp", "k_live_", "telegram"),
)
_OWN = {
    "github-token": r"github_pat_\w{22,}",
    "npm-token": r"npm_[A-Za-z0-9]{36}",
    "twilio-key": r"(?:AC|SK)[0-9a-f]{32}",
    "google-api-key": r"AIza[\w-]{35}",
    "google-oauth-token": r"ya29\.[\w-]{20,}",
    "sonar-token": r"sq[pua]_[0-9a-f]{40}",
    "docker-token": r"dckr_pat_[\w-]{20,}",
    "vault-token": r"hvs\.[\w-]{20,}",
    "artifactory-key": r"AKCp[0-9A-Za-z]{10,}",
    "azure-key": r"(?:Account|SharedAccess)Key=(?P<v1>[\w+/]{20,}={0,2})",
    "azure-signature": r"[?&]sig=(?P<v2>[\w%+/=-]{20,})",
    "webhook": r"office\.com/webhook(?:b2)?/(?P<v3>[\w@/-]{30,})"
    r"|discord(?:app)?\.com/api/webhooks/(?P<v4>\d+/[\w-]{20,})",
    "url-password": r"://(?P<user>[^\s/:@'\"<>]*):(?P<v5>[^\s/:@'\"<>{}()$%\\]{2,})@",
    "docker-login": r"\"auth\\?\"\s*:\s*\\?\"(?P<v7>[A-Za-z0-9+/]{8,}={0,2})\\?\"",
    "url-token": r"://(?P<v6>[0-9a-f]{32,}|[\w-]{36,})@",
}
_PATTERNS = [(kind, regex(pattern)) for kind, pattern in _OWN.items()]
_OWN_NEEDLES = (
    *("github_pat_", "npm_", "aiza", "ya29.", "sqp_", "squ_", "sqa_", "dckr_pat_", "hvs.", "akcp"),
    *(
        "accountkey=",
        "sharedaccesskey=",
        "sig=",
        "office.com/webhook",
        "com/api/webhooks/",
        '"auth',
    ),
)
_FIRST = regex(r"://[^\s/'\"<>]*@")
_TWILIO = regex(r"[AS][CK][0-9a-f]{32}")
_KEY = regex(
    r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?P<body>(?:(?!-----)[\s\S]){0,8000})"
    r"(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----)?"
)
_KEY_PIECE = regex(r"[A-Za-z0-9+/=]{30,}")


def formats(text: str, lowered: str) -> Iterator[Hit]:
    """What looks like a secret wherever it stands. detect-secrets is loaded only on suspicion."""
    if "-----begin" in lowered:
        yield from _keys(text)
    if (
        any(needle in lowered for needle in _OWN_NEEDLES)
        or _FIRST.search(text)
        or _TWILIO.search(text)
    ):
        for kind, pattern in _PATTERNS:
            for match in pattern.finditer(text):
                start, end = match.span(match.lastgroup or 0)
                alone = match.lastgroup or _stands_alone(text, start, end)
                if alone and not _is_sample(match, kind):
                    yield Hit(start, end, kind)
    if any(needle in lowered for needle in _NEEDLES):
        for kind, group, pattern in _rules():
            for match in pattern.finditer(text):
                start, end = match.span(group if match.re.groups >= group else 0)
                if kind == "jwt":
                    end = _whole_token(text, end)
                if _stands_alone(text, start, end) and _is_valid(kind, text[start:end]):
                    yield Hit(start, end, kind)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether it is not a piece of a longer word."""
    around = text[start - 1 : start] + text[end : end + 1]
    return not any(character.isalnum() for character in around)


def _whole_token(text: str, end: int) -> int:
    """The end of a JWT: detect-secrets' rule stops before the signature."""
    rest = re.compile(r"[\w.+/=-]*").match(text, end)
    return rest.end() if rest else end


def _is_sample(match: re.Match[str], kind: str) -> bool:
    """A URL with a user of documentation or of a test, `x-oauth-basic` behind a token, or what is
    no login at all where Docker's settings have one."""
    if kind == "docker-login":
        return not _is_login(match.group("v7"))
    if kind != "url-password":
        return False
    value = match.group("v5")
    return value in (match.group("user"), "x-oauth-basic") or not is_plausible(
        value, "", strong=True
    )


def _is_login(encoded: str) -> bool:
    """Whether a text in base 64 is a user and a password that could be one."""
    try:
        user, colon, password = b64decode(encoded + "=" * (-len(encoded) % 4)).partition(b":")
    except ValueError:
        return False
    told = password.decode(errors="replace")
    return bool(user and colon) and is_plausible(told, "", strong=True)


def _keys(text: str) -> Iterator[Hit]:
    """Whole keys; of one that is put together from several strings the pieces."""
    for match in _KEY.finditer(text):
        body = match.group("body")
        if not _KEY_PIECE.search(body):
            continue
        if "'" in body or '"' in body or not match.group().endswith("-----"):
            for piece in _KEY_PIECE.finditer(text, *match.span("body")):
                yield Hit(*piece.span(), "private-key")
        else:
            yield Hit(*match.span(), "private-key")


@cache
def _rules() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """The rules of detect-secrets' plugins, taken from the classes: its settings are global."""
    rules: list[tuple[str, int, re.Pattern[str]]] = []
    for kind, (module, name, group) in _PLUGINS.items():
        plugin = getattr(import_module(f"detect_secrets.plugins.{module}"), name)
        rules += [(kind, group, pattern) for pattern in plugin.denylist]
        if kind == "aws-access-key":
            rules[-1] = ("aws-secret-key", 1, rules[-1][2])
    return tuple(rules)


def _is_valid(kind: str, value: str) -> bool:
    if kind != "jwt":
        return bool(value)
    from detect_secrets.plugins.jwt import JwtTokenDetector

    return bool(JwtTokenDetector.is_formally_valid(value))
