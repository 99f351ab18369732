"""Whether a name tells of a secret, and whether a value under it can be one."""

from __future__ import annotations

import re

from jenkins2gha.regex import regex

_PARTS = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SECOND = regex(r"passw|passwd|passphrase|pwd|^-*pass$", re.IGNORECASE)
_OTHER = frozenset(
    "id ids variable var name names file files path dir url uri link parameter param params length "
    "policy field prompt type env ref alias description label credential credentials creds store "
    "binding bindings provider manager service server endpoint host port user username pattern "
    "regex format version scope mask masked role config generator helper expiry ttl timeout count "
    "key keys arg args option options message title "
    "stdin required enabled disabled exists valid check validation text hash issuer".split()
)
_BINDING = regex(r"\W*username_?(?:colon_?)?password\Z", re.IGNORECASE)
_KEY_NAMES = frozenset("api access private secret auth encryption signing account license".split())
_PLACEHOLDERS = frozenset(
    "changeme change_me change-me changeit password passwd passphrase pass pwd secret token key "
    "username user admin root guest test testing tests example sample dummy fake mock default none "
    "null nil true false yes no empty unset undefined todo tbd fixme foo bar baz foobar qwerty "
    "redacted hidden masked removed placeholder insert replace string text value postgres mysql "
    "mongo redis rabbitmq sa xxx abc abcd basic bearer oauth apikey api_key auth login anonymous "
    "stdin env file prompt optional required inherit write read none local docker jenkins github "
    "gitlab sonar sonarqube nexus artifactory slack".split()
)
_REFERENCE = regex(
    r"\A(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{2,}|@\w+@|%\w+%|<.*>|\{.*\}|\[.*\]|\*+|x+|X+|\.+|-+"
    r"|[~.]?/.*|[A-Za-z]:\\.*|\w+://.*|\w+\(.*|[+,;:!?=|&].*)\Z",
    re.DOTALL,
)
_ID = regex(
    r"(?:^|[-_.])(?:id|ids|creds?|credentials?|tokens?|secrets?|keys?|passwords?|passwd|pass|user|auth"
    r"|login|name|account|variable|password-stdin)\d*\Z",
    re.IGNORECASE,
)
_PROMPT = regex(
    r"(?:your|my|the|some|enter|insert|put|replace|example|sample|dummy|fake)[-_ ]", re.IGNORECASE
)
_UUID = regex(r"\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


def name_strength(name: str) -> int:
    """2 for the name of a password, 1 for that of a token or key, 0 for another.

    >>> [name_strength(name) for name in ("dbPassword", "SONAR_TOKEN", "passwordVariable")]
    [2, 1, 0]
    """
    if _BINDING.match(name):
        return 0
    parts = [part.lower() for part in _PARTS.findall(name)]
    while parts and parts[-1].isdigit():
        parts.pop()
    if not parts:
        return 0
    last = parts[-1]
    if last in ("key", "keys") and len(parts) > 1 and parts[-2] in _KEY_NAMES:
        return 1
    if last in _OTHER:
        return 0
    return 2 if _SECOND.search(name) else 1


def is_plausible(value: str, name: str, *, strong: bool) -> bool:
    """Whether a value can be a secret: no placeholder, reference, path, identifier or prose.

    What is called a token or a key must look random too; what is called a password need not.
    """
    plain = value.strip()
    if not 4 <= len(plain) <= 4000 or any(character.isspace() for character in plain):
        return False
    lowered = plain.lower()
    if lowered in _PLACEHOLDERS or lowered == name.lower() or _REFERENCE.match(plain):
        return False
    if _PROMPT.match(plain) or plain.endswith(("...", "…")) or "${" in plain or "{{" in plain:
        return False
    if strong:
        return not re.fullmatch(r"(?:[\w-]+[-_.])?(?:credentials?|creds?)(?:[-_.]?id)?", lowered)
    return looks_random(plain)


def looks_random(value: str) -> bool:
    """Whether a value is long enough, and mixed enough, not to be a word or an identifier."""
    if len(value) < 8 or _ID.search(value) or _UUID.match(value):
        return False
    if not any(character.isdigit() for character in value):
        return False
    letters = sum(character.isalpha() for character in value)
    if letters < 2 or re.fullmatch(r"[a-z]+(?:[-_.][a-z0-9]+)*", value):
        return False
    from detect_secrets.filters.heuristic import is_sequential_string

    return not is_sequential_string(value)
