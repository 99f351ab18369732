"""Edits a text as one string while its expressions stand in it as single characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.record import dataclass

_FIRST = 0xF0000


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` with a private-use character of its own in place of each of `expressions`."""

    text: str
    expressions: tuple[Expression, ...]

    def restore(self, text: str) -> Text:
        """A text cut from, or built of, the masked one, with its expressions back in place."""
        parts: list[str | Expression] = []
        literal = ""
        for character in text:
            number = ord(character) - _FIRST
            if 0 <= number < len(self.expressions):
                parts += (
                    [literal, self.expressions[number]] if literal else [self.expressions[number]]
                )
                literal = ""
            else:
                literal += character
        parts += [literal] if literal else []
        if all(isinstance(part, str) for part in parts):
            return "".join(str(part) for part in parts)
        return parts[0] if len(parts) == 1 else Template(tuple(parts))


def mask(text: Text) -> Masked:
    """The text with its expressions as single characters.

    >>> mask("a/b").text
    'a/b'
    """
    parts = text.parts if isinstance(text, Template) else (text,)
    expressions: list[Expression] = []
    literal = ""
    for part in parts:
        if isinstance(part, str):
            literal += part
        else:
            if part not in expressions:
                expressions.append(part)
            literal += chr(_FIRST + expressions.index(part))
    return Masked(literal, tuple(expressions))


def edited(text: Text, edit: Callable[[str], str]) -> Text:
    """The text after an edit that treats each expression as one character.

    >>> edited("a.jar", str.upper)
    'A.JAR'
    """
    masked = mask(text)
    return masked.restore(edit(masked.text))


def is_masked(character: str) -> bool:
    """Whether a character of a masked text stands for an expression."""
    return ord(character) >= _FIRST


def joined(texts: Iterable[Text], separator: str) -> Text:
    """Texts one after the other with a separator between them."""
    parts: list[str | Expression] = []
    for number, text in enumerate(texts):
        if number:
            parts.append(separator)
        parts += text.parts if isinstance(text, Template) else (text,)
    if all(isinstance(part, str) for part in parts):
        return "".join(str(part) for part in parts)
    return parts[0] if len(parts) == 1 else Template(tuple(parts))
