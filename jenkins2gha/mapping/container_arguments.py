"""The arguments of `docker run` and `docker build` as Jenkins takes them → words of a script.

Those of `inside` and of agents it splits at blanks, honours quotes, and puts in the variables of
the agent; all others it hands to a shell.
"""

from __future__ import annotations

import re
import shlex

from jenkins2gha.jenkins.values import Concat, Constant, EnvironmentRef, Expr, Hole, Value
from jenkins2gha.mapping.docker_arguments import WITHOUT_EFFECT, on_every_machine
from jenkins2gha.mapping.interpolation import Refusal, Script, flat, interpolate, names_read, word
from jenkins2gha.mapping.lower import expression_of, read
from jenkins2gha.mapping.rows import merged
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex

_CONTINUED = regex(r"\\\r?\n")
_USER = regex(r"(?:^|\s)(?:-u|--user)(?:\b|=)")
_NAMED = regex(r"(?:^|\s)--name[ =]([\w.-]+)")
_VARIABLE = regex(r"\$(?:(\w+)|\{(\w+)\})")
_CODE = regex(r"[;&|<>()`]")
_HOST = regex(r"(?:^|\s)(?:-v|--volume)[ =]?['\"]?(?=[/$~])([^:\s'\"]+):")


@dataclass(frozen=True, slots=True)
class RunArguments:
    """The words; whether they set the user, the name they give to the container, and the folders
    of the machine that they mount."""

    script: Script = Script("")
    user: bool = False
    name: str | None = None
    host: tuple[str, ...] = ()


def run_arguments(value: Value | None, scope: Scope, context: Context) -> RunArguments | str:
    """The words of the arguments, or why there are none."""
    expression = expression_of(value) if value is not None else Constant("")
    if expression is None:
        return "the arguments of the container are computed by Groovy"
    parts = flat(expression)
    text = " ".join(part if isinstance(part, str) else "$X" for part in parts)
    script = _words(expression, parts, scope, context)
    if isinstance(script, str):
        return script
    return RunArguments(script, bool(_USER.search(text)), named(script.text), mounted(script.text))


def named(words: str) -> str | None:
    """The name that arguments give to a container."""
    found = _NAMED.search(words)
    return found[1] if found else None


def mounted(words: str) -> tuple[str, ...]:
    """The folders of the machine that arguments mount, without what every machine has.

    >>> mounted("-v /cache:/cache -v /var/run/docker.sock:/var/run/docker.sock")
    ('/cache',)
    """
    found = (one for one in _HOST.findall(words) if not on_every_machine(one))
    return tuple(dict.fromkeys(found))


def shell_words(value: Value | None, scope: Scope, context: Context) -> Script | str:
    """Arguments that Jenkins puts into a script as they are, or why they cannot stand in one."""
    expression = expression_of(value) if value is not None else Constant("")
    if expression is None:
        return "the arguments are computed by Groovy"
    script = interpolate(expression, "sh", scope, context)
    if isinstance(script, Refusal):
        return script.reason
    env = dict(script.env)
    for name in names_read(script.text, context):
        reading = read(EnvironmentRef(name), scope, context)
        if not reading.present and reading.text is not None and name not in env:
            env[name] = reading.text
    known = (*scope.env, *scope.secrets)
    used = frozenset(name for name in known if re.search(rf"\$\{{?{name}\b", script.text))
    return Script(_in_one_line(script.text), env, script.secrets, script.used | used)


def _words(
    expression: Expr, parts: list[str | Hole], scope: Scope, context: Context
) -> Script | str:
    if len(parts) == 1 and isinstance(parts[0], str):
        return _constant(parts[0], scope, context)
    if any(isinstance(part, str) and _CODE.search(part) for part in parts):
        return "the arguments of the container hold characters that only a shell would read"
    found = interpolate(expression, "sh", scope, context)
    if isinstance(found, Refusal):
        return found.reason
    return Script(_in_one_line(found.text), found.env, found.secrets, found.used)


def _in_one_line(text: str) -> str:
    return " ".join(_CONTINUED.sub(" ", text).split())


def _constant(text: str, scope: Scope, context: Context) -> Script | str:
    try:
        words = shlex.split(text)
    except ValueError:
        return "the quotes in the arguments of the container do not match"
    scripts: list[Script] = []
    for one in words:
        if one in WITHOUT_EFFECT:
            continue
        script = word(with_variables(one), scope, context)
        if isinstance(script, Refusal):
            return script.reason
        scripts.append(script)
    return merged(" ".join(one.text for one in scripts), scripts)


def with_variables(text: str) -> Expr:
    """A word with the variables that its text names."""
    parts: list[Expr] = []
    at = 0
    for found in _VARIABLE.finditer(text):
        parts.append(Constant(text[at : found.start()]))
        parts.append(EnvironmentRef(found[1] or found[2]))
        at = found.end()
    parts.append(Constant(text[at:]))
    return Concat(tuple(parts))
