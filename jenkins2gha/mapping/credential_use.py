"""The kind of a credential in an `environment` block, from what the file does with it.

`V = credentials('id')` says no kind, but `ssh -i $V` works with the path of a file only, and
`echo $V | …` with a text. A name such as `settings.xml` is less: it makes a guess.
https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#handling-credentials
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from jenkins2gha.mapping.translation import Context
from jenkins2gha.regex import regex

Told: TypeAlias = Literal["known", "proven", "named", "assumed"]
"""How the kind is known: said somewhere, by use, by the name of the credential, not at all."""

_SAME = r"[^\n;|&]*\s"
_OF_A_FILE = (
    rf"\b(?:ssh|scp|sftp|rsync|autossh|mosh|ansible(?:-playbook)?)\b{_SAME}-i[ \t]*{{0}}",
    (
        r"--?(?:settings|global-settings|key-?file|kubeconfig|private-key|env-file|from-env-file"
        r"|from-file(?:=[\w.-]+)?|cacert|ca-file|cert-file|keystore|token-file|password-file"
        r"|passphrase-file|vault-password-file|credential-file-override|var-file|netrc-file"
        r"|import)[= \t]{0}"
    ),
    rf"\bmvnw?\b{_SAME}-g?s[ \t]+{{0}}",
    rf"\bkubectl\b{_SAME}-f[ \t]+{{0}}",
    rf"\bopenssl\b{_SAME}-(?:in|inkey|kfile)[ \t]+{{0}}",
    (
        r"-[DP][\w.]*(?:[kK]ey[sS]tore|[tT]rust[sS]tore|[sS]tore[fF]ile|[kK]ey[fF]ile)"
        r"(?:File|Path)?={0}"
    ),
    r"\b(?:KUBECONFIG|GOOGLE_APPLICATION_CREDENTIALS)={0}",
    (
        r"(?:^|[\s;&|('\"])(?:cat|type|cp|copy|mv|source|\.|ssh-add|unzip|base64)[ \t]+"
        r"(?:-\w+[ \t]+)*{0}"
    ),
    r"\bchmod[ \t]+[\w+-]+[ \t]+{0}",
    r"(?:\btest|\[)[ \t]+-[efrs][ \t]+{0}",
    r"\bread(?:File|JSON|Yaml|Properties)\W+(?:file\W+)?{0}",
)
"""Commands that take the path of a file where `{0}` stands."""
_OF_A_TEXT = (
    r"\b(?:echo|printf)\b[^\n;|&]*{0}",
    r"\b(?:[Bb]earer|[Tt]oken|[Pp]assword|login|api[_-]?key)\b[\s:=\"'\\]*{0}",
    r"\s-[pu][ \t]*{0}",
)
_PATHS = frozenset(("KUBECONFIG", "GOOGLE_APPLICATION_CREDENTIALS"))
"""Variables of which the programs that read them expect a path."""
_FILE_NAME = regex(
    r"\.(?:xml|json|ya?ml|pem|key|jks|p12|pfx|keystore|crt|cer|kubeconfig|properties|env|conf)$"
    r"|(?:^|[-_.])kube-?config$|(?:ssh|private|pem)[-_]key$",
    re.IGNORECASE,
)


def kind_of(credential: str, variable: str, text: str, context: Context) -> tuple[str, Told]:
    """The kind of a credential in an `environment` block, and how it is known.

    It is what the configuration or another use of the id says, else `usernamePassword` where the
    file's text uses `<variable>_USR` or `<variable>_PSW`, else what its use proves, else what its
    name says, else a secret text.
    """
    setting = context.configuration.credentials.get(credential)
    known = (setting.kind if setting else None) or context.credential_kinds.get(credential)
    if known:
        return known, "known"
    is_file = _used(_OF_A_FILE, variable, text)
    if re.search(rf"\b{re.escape(variable)}_(?:USR|PSW)\b", text):
        return ("sshUserPrivateKey" if is_file else "usernamePassword"), "proven"
    is_text = _used(_OF_A_TEXT, variable, text)
    if is_file or (variable in _PATHS and not is_text):
        return "file", "proven"
    if _FILE_NAME.search(credential) and not is_text:
        return "file", "named"
    return "string", "assumed"


@lru_cache(maxsize=256)
def _used(patterns: tuple[str, ...], variable: str, text: str) -> bool:
    """Whether the variable stands where one of the patterns wants it."""
    name = re.escape(variable)
    value = rf"""['"\\]*(?:\$\{{?(?:env[.:])?{name}\b|%{name}%|(?:env\.)?{name}\s*[,)\n])"""
    return any(re.search(one.replace("{0}", value), text, re.MULTILINE) for one in patterns)
