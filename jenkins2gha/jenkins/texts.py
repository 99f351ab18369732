"""Groovy's methods of strings, for strings that are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def text_method(text: str, word: str, arguments: Sequence[str | None]) -> str | None:
    """What a method of a string gives; None where it is not known here.

    >>> text_method(" a ", "trim", [])
    'a'
    """
    if not arguments:
        plain = _METHODS.get(word)
        return plain(text) if plain else None
    if word == "replace" and len(arguments) == _PAIR:
        old, new = arguments
        if old and new is not None:
            return text.replace(old, new)
    return None


_PAIR = 2


def _trim(text: str) -> str:
    """Java's `trim` takes off every character up to the blank."""
    return text.strip("".join(map(chr, range(33))))


def _strip_indent(text: str) -> str:
    """Takes off the indentation that all lines share; lines of blanks do not count."""
    lines = text.split("\n")
    width = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[width:] for line in lines)


def _strip_margin(text: str) -> str:
    """Takes off everything up to a leading `|`."""
    return "\n".join(
        line.lstrip()[1:] if line.lstrip().startswith("|") else line for line in text.split("\n")
    )


_METHODS: dict[str, Callable[[str], str]] = {
    "trim": _trim,
    "toString": str,
    "toLowerCase": str.lower,
    "toUpperCase": str.upper,
    "stripIndent": _strip_indent,
    "stripMargin": _strip_margin,
}
