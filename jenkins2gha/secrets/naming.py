"""What the GitHub secret is called that takes the place of one in the source."""

from __future__ import annotations

import re

from jenkins2gha.regex import regex

_BY_KIND = {
    "aws-access-key": "AWS_ACCESS_KEY_ID",
    "aws-secret-key": "AWS_SECRET_ACCESS_KEY",
    "private-key": "PRIVATE_KEY",
    "url-password": "URL_PASSWORD",
    "url-token": "URL_TOKEN",
    "jwt": "JWT",
    "webhook": "WEBHOOK",
}
_CREDENTIAL = regex(r"redential\w*\s*(?:\(|:)\s*['\"]([^'\"\n]+)['\"]")
_SUFFIXES = ("", "_USR", "_PSW")


def taken(text: str) -> set[str]:
    """The names that the credentials of a pipeline have already.

    >>> sorted(taken("credentials('db-admin')"))
    ['DB_ADMIN', 'DB_ADMIN_PSW', 'DB_ADMIN_USR']
    """
    ids = _CREDENTIAL.findall(text)
    return {_constant(identifier) + suffix for identifier in ids for suffix in _SUFFIXES}


def secret_name(kind: str, variable: str | None, used: set[str]) -> str:
    """A name that GitHub accepts and nothing else has; it is added to `used`."""
    base = _constant(variable) if variable else _BY_KIND.get(kind, kind.upper().replace("-", "_"))
    if not base or base.startswith("GITHUB_") or base[0].isdigit():
        base = f"JENKINS_{base}".rstrip("_")
    name, number = base, 2
    while name in used:
        name, number = f"{base}_{number}", number + 1
    used.add(name)
    return name


def _constant(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    words = re.sub(r"^(?:env|params|this|self|ENV)\.", "", words)
    return re.sub(r"[^A-Za-z0-9]+", "_", words).strip("_").upper()
