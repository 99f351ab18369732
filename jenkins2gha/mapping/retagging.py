"""The name that an image gets when Jenkins' global `docker` tags or pushes it.

https://github.com/jenkinsci/docker-workflow-plugin (Docker.groovy, ImageNameTokens.java)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from jenkins2gha.actions.workflow import Template
from jenkins2gha.jenkins.values import Concat, Constant, EnvironmentRef, Expr, Hole
from jenkins2gha.mapping.images import as_word, qualified
from jenkins2gha.mapping.interpolation import Script, flat
from jenkins2gha.mapping.settled import text_of_variable, with_constants
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_Part = TypeVar("_Part")
_LAST = regex(r"\$\{(\w+)\}\"$")


def retagged(image: Expr, tag: Expr | None, scope: Scope, context: Context) -> Script | str:
    """The name with another tag, and with the registry of the scope in front, as a word of a
    script, or why there is none. Without a tag it keeps its own, else it gets `latest`."""
    known = with_constants(image, scope, context)
    shape = _shape(known, scope, context)
    own = _split(shape)[1]
    bare = not own and isinstance(shape[-1], str)
    if tag is None:
        new = Concat((known, Constant(":latest"))) if bare else known
        return as_word(qualified(new, scope, shape), scope, context)
    name, written = _split(flat(known))
    if written or bare:
        new = Concat((*_expressions(name), Constant(":"), tag))
        return as_word(qualified(new, scope, shape), scope, context)
    return _with_tag(qualified(known, scope, shape), tag, scope, context)


def _with_tag(name: Expr, tag: Expr, scope: Scope, context: Context) -> Script | str:
    """A name whose own tag only a run knows, with another one: the shell takes the old one off."""
    word = as_word(name, scope, context)
    whole = as_word(Concat((name, Constant(":"), tag)), scope, context)
    if isinstance(word, str) or isinstance(whole, str) or not _LAST.search(word.text):
        return whole
    end = word.text[:-1]
    short = _LAST.sub(r"${\1%:*}", word.text)
    return replace(whole, text=short + whole.text.removeprefix(end))


def _shape(image: Expr, scope: Scope, context: Context) -> list[object]:
    """The parts of a name, with those of the variables that the pipeline itself sets."""
    parts: list[object] = []
    for part in flat(image):
        text = text_of_variable(part, scope, context) if isinstance(part, EnvironmentRef) else None
        for piece in text.parts if isinstance(text, Template) else (part,):
            if isinstance(piece, str) and parts and isinstance(parts[-1], str):
                parts[-1] += piece
            else:
                parts.append(piece)
    return parts or [""]


def _split(parts: Sequence[_Part]) -> tuple[list[_Part | str], list[_Part | str]]:
    """A name and its tag: what stands behind the last `:` of its last part.

    >>> _split(["registry:5000/app:1.", 0])
    (['registry:5000/app'], ['1.', 0])
    """
    for at in range(len(parts) - 1, -1, -1):
        part = parts[at]
        if not isinstance(part, str):
            continue
        colon, slash = part.rfind(":"), part.rfind("/")
        if colon > slash:
            before, behind = part[:colon], part[colon + 1 :]
            return [*parts[:at], before], [*([behind] if behind else []), *parts[at + 1 :]]
        if slash >= 0:
            break
    return list(parts), []


def _expressions(parts: Sequence[str | Hole]) -> tuple[Expr, ...]:
    return tuple(Constant(part) if isinstance(part, str) else part for part in parts)
