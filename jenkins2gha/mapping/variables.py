"""Variables that a block sets for the steps inside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.jenkins.values import Concat, Constant, Expr
from jenkins2gha.mapping.interpolation import Refusal, is_secret, word
from jenkins2gha.mapping.lower import lower
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_Value = TypeVar("_Value")
_LONGEST = 20_000
"""Characters of one variable, an expression counted as 40; GitHub takes no more than 21,000."""


def with_variable(
    scope: Scope, name: str, value: Expr, seen: Scope, context: Context
) -> Scope | None:
    """The scope with one variable more; its value is read in `seen`. None where nothing can say it.

    A name that ends in `+` puts the value in front of what the variable holds; an empty value
    unsets the variable.
    """
    if _is_path_of_container(name, scope, context):
        return scope
    if name.endswith("+"):
        return _in_front(scope, name.rstrip("+"), value, seen, context)
    text = lower(value, seen, context)
    if text == "":
        return _exported(scope, name, None)
    if text is not None:
        return with_text(scope, name, text) if is_short(text) else None
    if isinstance(word(value, seen, context), Refusal):
        return None
    return _exported(scope, name, value)


def is_short(text: Text) -> bool:
    """Whether a value is no longer than GitHub takes; those made of each other double by line."""
    parts = text.parts if isinstance(text, Template) else (text,)
    return sum(len(part) if isinstance(part, str) else 40 for part in parts) <= _LONGEST


def path_dropped(
    name: str, site: Span, construct: str, scope: Scope, context: Context
) -> Translation:
    """What is said of a `PATH` that Jenkins does not hand on to a container."""
    if not _is_path_of_container(name, scope, context):
        return Translation()
    message = "Jenkins hands no change of `PATH` on to a container"
    return Translation(
        diagnostics=(diagnose("path-in-container", site, message, construct=construct),)
    )


def _is_path_of_container(name: str, scope: Scope, context: Context) -> bool:
    inside = context.container is not None or scope.container is not None
    return inside and name.rstrip("+") == "PATH"


def with_text(scope: Scope, name: str, text: Text) -> Scope:
    """The scope with a variable whose value a workflow can say."""
    secret = is_secret(text)
    return scope.changed(
        env=_without(scope.env, name) if secret else {**_without(scope.env, name), name: text},
        secrets={**_without(scope.secrets, name), name: text}
        if secret
        else _without(scope.secrets, name),
        left=_without(scope.left, name),
        exports=tuple(one for one in scope.exports if one[0].rstrip("+") != name),
    )


def with_left(scope: Scope, name: str, site: Span) -> Scope:
    """The scope with a variable whose value, set at a site, is left to a person."""
    if name.endswith("+"):
        return scope
    return _exported(scope, name, None).changed(
        exports=tuple(one for one in scope.exports if one[0].rstrip("+") != name),
        left={**scope.left, name: place((site,))},
    )


def place(sites: Sequence[Span]) -> str:
    """Where something stands, in words: `line 3`, `lines 3 and 9`."""
    lines = [str(line) for line in dict.fromkeys(site.line for site in sites)]
    if len(lines) == 1:
        return f"line {lines[0]}"
    return f"lines {', '.join(lines[:-1])} and {lines[-1]}"


def _in_front(scope: Scope, name: str, value: Expr, seen: Scope, context: Context) -> Scope | None:
    before = scope.env.get(name)
    separator = ";" if context.runner.os == "windows" else ":"
    if isinstance(before, str):
        whole = Concat((value, Constant(separator + before)))
        text = lower(whole, seen, context)
        if text is not None:
            return with_text(scope, name, text)
    if isinstance(word(value, seen, context), Refusal):
        return None
    return _exported(scope, f"{name}+", value)


def _exported(scope: Scope, name: str, value: Expr | None) -> Scope:
    own = name.rstrip("+")
    if not name.endswith("+"):
        scope = scope.changed(
            env=_without(scope.env, own),
            secrets=_without(scope.secrets, own),
            left=_without(scope.left, own),
            exports=tuple(one for one in scope.exports if one[0].rstrip("+") != own),
        )
    return scope.changed(exports=(*scope.exports, (name, value)))


def _without(texts: Mapping[str, _Value], name: str) -> dict[str, _Value]:
    if name not in texts:
        return dict(texts)
    return {key: text for key, text in texts.items() if key != name}
