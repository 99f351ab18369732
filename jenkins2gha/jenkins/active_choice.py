"""The scripts of Active Choices parameters: those that return a list that is written out.

https://plugins.jenkins.io/uno-choice/
"""

from __future__ import annotations

from jenkins2gha.groovy import GroovySyntaxError, ast, parse
from jenkins2gha.jenkins.evaluate import evaluate
from jenkins2gha.jenkins.names import read_names
from jenkins2gha.jenkins.statements import first_scope
from jenkins2gha.jenkins.values import Described, ListOf, MapOf, Value, text_of
from jenkins2gha.record import dataclass
from jenkins2gha.source import Source

_SCRIPTS = ("script", "secureScript", "groovyScript")
_SELECTED = ":selected"
_DISABLED = ":disabled"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, and what is chosen where nobody asks: several joined by commas."""

    values: tuple[str, ...]
    default: str


def choices_of(script: Value | None) -> Choices | None:
    """The choices that the script of a parameter returns; None where only a run knows them.

    >>> from jenkins2gha.jenkins.values import Known
    >>> choices_of(Known("return ['a', 'b:selected']", Source("-", "").span(0, 0)))
    Choices(values=('a', 'b'), default='b')
    """
    text = _text(script)
    if text is None:
        return None
    written = _returned(text)
    if not written:
        return None
    selected = [one.removesuffix(_SELECTED) for one in written if one.endswith(_SELECTED)]
    free = [one for one in written if not one.endswith(_DISABLED)]
    values = tuple(dict.fromkeys(one.removesuffix(_SELECTED) for one in free))
    return Choices(values, ",".join(selected) or written[0]) if values else None


def _text(script: Value | None) -> str | None:
    """The text in `groovyScript { script { script: … } }`, however deep it stands."""
    while isinstance(script, (Described, MapOf)):
        inner = script.arguments if isinstance(script, Described) else dict(script.entries)
        script = next((inner[word] for word in _SCRIPTS if word in inner), None)
    return text_of(script)


def _returned(text: str) -> list[str] | None:
    source = Source("script", text)
    try:
        module = parse(source)
    except GroovySyntaxError:
        return None
    if not module.body:
        return None
    last = module.body[-1]
    if not isinstance(last, (ast.Return, ast.ExpressionStatement)) or last.value is None:
        return None
    scope = first_scope(module, source, read_names(module)).sealed()
    for statement in module.body[:-1]:
        if not isinstance(statement, (ast.Import, ast.Package)):
            return None
    value = evaluate(last.value, scope)
    if isinstance(value, MapOf):
        texts = [key for key, _ in value.entries]
        return texts or None
    if not isinstance(value, ListOf):
        return None
    found = [text_of(item) for item in value.items]
    return None if None in found else [one for one in found if one is not None]
