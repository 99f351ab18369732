"""Names that only a shell reads and that nothing in sight sets: Jenkins has them from its settings.

`sh 'aws ecs update-service --cluster $CLUSTER'` sees what the settings of Jenkins, of the folder
or of the job give to every script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from jenkins2gha.mapping.quoting import assigns
from jenkins2gha.regex import regex
from jenkins2gha.shell.quotes import QuoteState, quote_states
from jenkins2gha.tables import table

_READ = regex(
    r"(?<![\\$])\$(?:(?P<bare>[A-Z][A-Za-z0-9_]+)(?!\w)"
    r"|\{(?P<braced>[A-Z][A-Za-z0-9_]+)(?:[%#/^,][^{}]*)?\})"
)
_BY_SHELL = frozenset(
    (QuoteState.BARE, QuoteState.DOUBLE, QuoteState.HEREDOC, QuoteState.ARITHMETIC)
)
# A script that reads a file of variables, or code that it makes, may set any name.
_SETS_ANY = regex(
    r"(?:^|[\n;&|({`])\s*(?:(?:then|do|else)\s+)?(?:source|\.|eval|set\s+-\w*a)\s"
    r"|\b(?:export|env|declare)\s+(?:-\w+\s+)*\"?(?:\$\(|`)"
)
# Groovy that gives a script variables whose names do not stand in the pipeline.
_GIVES_ANY = regex(
    r"@Library|\blibrary\s*[('\"]|\bload\s*[('\"]|\bevaluate\s*\(|\bread(?:Properties|JSON|Yaml)\b"
    r"|\binjectEnvVars\b|\bEnvVars\b|\boverrideEnvironment\b|\benv\s*\[|\benv\s*\.\s*(?:[\"']|put|set)"
    r"|\bwithEnv\s*\(?\s*(?![\[(\s])"
)
_SECRET = regex(
    r"(?:.*_)?(?:PASS(?:WORD|WD|PHRASE)?|PWD|TOKEN|SECRET|(?:API|SECRET|PRIVATE)_?KEY)(?:_.*)?"
)


def sounds_secret(name: str) -> bool:
    """Whether a name is one that a password or a token has.

    >>> sounds_secret("NEXUS_PASSWORD"), sounds_secret("NEXUS_URL")
    (True, False)
    """
    return _SECRET.fullmatch(name) is not None


def names_of_settings(script: str, source: str) -> list[str]:
    """The names that the shell itself reads in a script of a pipeline and that neither of them
    sets, each once, in order.

    >>> names_of_settings("deploy $CLUSTER '$QUOTED' $HOME", "sh 'deploy $CLUSTER'")
    ['CLUSTER']
    """
    found = dict.fromkeys(_read_by_shell(script))
    if not found or _SETS_ANY.search(script) or _gives_any(source):
        return []
    return [one for one in found if not (_is_set_elsewhere(one) or _is_set(one, script, source))]


def _read_by_shell(script: str) -> Iterator[str]:
    parts: list[str | None] = []
    names: list[str] = []
    at = 0
    for match in _READ.finditer(script):
        parts += [script[at : match.start()], None]
        names.append(match["bare"] or match["braced"])
        at = match.end()
    if names:
        states = quote_states([*parts, script[at:]])
        yield from (one for one, state in zip(names, states, strict=True) if state in _BY_SHELL)


def _is_set(name: str, script: str, source: str) -> bool:
    """Whether a script gives a name its value, or the pipeline names it for anything but to read
    it."""
    return assigns(_without_same(name, script), name) or _is_named(name, source)


def _without_same(name: str, text: str) -> str:
    return re.sub(rf"\b{name}=([\"']?)\$(?:{name}\b|\{{{name}\}})\1", "", text)


@lru_cache(maxsize=1)
def _gives_any(source: str) -> bool:
    return _GIVES_ANY.search(source) is not None


@lru_cache(maxsize=512)
def _is_named(name: str, source: str) -> bool:
    """Whether a pipeline names a variable otherwise than to read it: an assignment, the variable of
    a credential, a parameter."""
    named = rf"(?<![\w$])(?<!\$\{{){name}\s*(?:\+|:)?=|[\"']{name}[\"'=+]"
    listed = (
        rf"\b(?:export|read|for|local|declare|typeset|def|String)\s[^\n;=]*(?<![\w${{]){name}\b"
    )
    return re.search(f"{named}|{listed}", _without_same(name, source)) is not None


def _is_set_elsewhere(name: str) -> bool:
    return _elsewhere().fullmatch(name) is not None


@cache
def _elsewhere() -> re.Pattern[str]:
    names = (name for row in table("set_elsewhere").values() for name in row["names"])
    return re.compile("|".join(re.escape(name).replace(r"\*", ".*") for name in names))
