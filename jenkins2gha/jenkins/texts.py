"""Groovy's methods of strings, for strings that are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from jenkins2gha.jenkins.patterns import compiled, match, replaced
from jenkins2gha.jenkins.values import Known, ListOf, Scalar, Value
from jenkins2gha.source import Span

_Result = str | int | bool | list[str] | None


def text_method(text: str, word: str, arguments: Sequence[Value], span: Span) -> Value | None:
    """What a method of a known string gives; None where it is not known here."""
    if not all(isinstance(argument, Known) for argument in arguments):
        return None
    given = [argument.value for argument in arguments if isinstance(argument, Known)]
    method = _METHODS.get((word, len(given)))
    if method is None:
        return None
    result = method(text, *given)
    if isinstance(result, list):
        return ListOf(tuple(Known(part, span) for part in result), span)
    return None if result is None else Known(result, span)


def _trim(text: str) -> str:
    """Java's `trim` takes off every character up to the blank."""
    return text.strip("".join(map(chr, range(33))))


def strip_indent(text: str) -> str:
    """Takes off the indentation that all lines share; lines of blanks do not count."""
    lines = text.split("\n")
    width = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[width:] for line in lines)


def _strip_margin(text: str, mark: Scalar = "|") -> str | None:
    """Takes off everything up to a leading `|`."""
    if not isinstance(mark, str) or len(mark) != 1:
        return None
    return "\n".join(
        line.lstrip()[1:] if line.lstrip().startswith(mark) else line for line in text.split("\n")
    )


def _replace(text: str, old: Scalar, new: Scalar) -> str | None:
    if not isinstance(old, str) or not isinstance(new, str) or not old:
        return None
    return text.replace(old, new)


def _replace_all(text: str, pattern: Scalar, new: Scalar) -> str | None:
    both = isinstance(pattern, str) and isinstance(new, str)
    return replaced(text, str(pattern), str(new), first=False) if both else None


def _replace_first(text: str, pattern: Scalar, new: Scalar) -> str | None:
    both = isinstance(pattern, str) and isinstance(new, str)
    return replaced(text, str(pattern), str(new), first=True) if both else None


def _split(text: str, pattern: Scalar = r"\s+") -> list[str] | None:
    """Java's `split`: parts by a pattern, without the empty ones at the end."""
    expression = compiled(pattern) if isinstance(pattern, str) and pattern else None
    if expression is None or expression.groups:
        return None
    if not text:
        return [""]
    parts = expression.split(text)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _split_blanks(text: str) -> list[str]:
    """Groovy's `split()` without a pattern: the words, none of them empty."""
    return text.split()


def _tokenize(text: str, marks: Scalar = " \t\n\r\f") -> list[str] | None:
    if not isinstance(marks, str) or not marks:
        return None
    return [part for part in re.split(f"[{re.escape(marks)}]", text) if part]


def _lines(text: str) -> list[str]:
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[:-1] if lines and not lines[-1] else lines


def _substring(text: str, first: Scalar, last: Scalar = None) -> str | None:
    end = len(text) if last is None else last
    if type(first) is not int or type(end) is not int or not 0 <= first <= end <= len(text):
        return None
    return text[first:end]


def _number(text: str) -> int | None:
    return int(_trim(text)) if re.fullmatch(r"[+-]?\d{1,9}", _trim(text)) else None


def _take(text: str, number: Scalar) -> str | None:
    return text[:number] if type(number) is int and number >= 0 else None


def _drop(text: str, number: Scalar) -> str | None:
    return text[number:] if type(number) is int and number >= 0 else None


def _pad(text: str, width: Scalar, fill: Scalar, side: str) -> str | None:
    if type(width) is not int or width > 1000 or not isinstance(fill, str) or len(fill) != 1:
        return None
    return {"<": text.ljust, ">": text.rjust}[side](width, fill)


def _center(text: str, width: Scalar, fill: Scalar = " ") -> str | None:
    """Groovy's `center` puts the odd blank behind the text."""
    if type(width) is not int or width > 1000 or not isinstance(fill, str) or len(fill) != 1:
        return None
    missing = max(width - len(text), 0)
    return fill * (missing // 2) + text + fill * (missing - missing // 2)


def _of_text(method: Callable[[str, str], _Result]) -> Callable[..., _Result]:
    """A method with one argument that must be a text."""

    def checked(text: str, given: Scalar) -> _Result:
        return method(text, given) if isinstance(given, str) else None

    return checked


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _to_boolean(text: str) -> bool:
    return _trim(text).lower() in ("true", "y", "1")


def _same(text: str) -> str:
    return text


_METHODS: dict[tuple[str, int], Callable[..., _Result]] = {
    ("trim", 0): _trim,
    ("strip", 0): str.strip,
    ("toString", 0): _same,
    ("intern", 0): _same,
    ("toLowerCase", 0): str.lower,
    ("toUpperCase", 0): str.upper,
    ("capitalize", 0): _capitalize,
    ("reverse", 0): lambda text: text[::-1],
    ("stripIndent", 0): strip_indent,
    ("stripMargin", 0): _strip_margin,
    ("stripMargin", 1): _strip_margin,
    ("length", 0): len,
    ("size", 0): len,
    ("isEmpty", 0): lambda text: not text,
    ("isBlank", 0): lambda text: not text.strip(),
    ("isNumber", 0): lambda text: bool(re.fullmatch(r"[+-]?\d+(\.\d+)?", _trim(text))),
    ("isInteger", 0): lambda text: bool(re.fullmatch(r"[+-]?\d{1,9}", _trim(text))),
    ("toInteger", 0): _number,
    ("toLong", 0): _number,
    ("toBoolean", 0): _to_boolean,
    ("readLines", 0): _lines,
    ("toList", 0): list,
    ("replace", 2): _replace,
    ("replaceAll", 2): _replace_all,
    ("replaceFirst", 2): _replace_first,
    ("split", 0): _split_blanks,
    ("split", 1): _split,
    ("tokenize", 0): _tokenize,
    ("tokenize", 1): _tokenize,
    ("substring", 1): _substring,
    ("substring", 2): _substring,
    ("take", 1): _take,
    ("drop", 1): _drop,
    ("padLeft", 1): lambda text, width: _pad(text, width, " ", ">"),
    ("padLeft", 2): lambda text, width, fill: _pad(text, width, fill, ">"),
    ("padRight", 1): lambda text, width: _pad(text, width, " ", "<"),
    ("padRight", 2): lambda text, width, fill: _pad(text, width, fill, "<"),
    ("center", 1): _center,
    ("center", 2): _center,
    ("contains", 1): _of_text(lambda text, part: part in text),
    ("startsWith", 1): _of_text(str.startswith),
    ("endsWith", 1): _of_text(str.endswith),
    ("equals", 1): lambda text, other: isinstance(other, str) and text == other,
    ("equalsIgnoreCase", 1): _of_text(lambda text, other: text.lower() == other.lower()),
    ("matches", 1): _of_text(lambda text, pattern: match(text, pattern, whole=True)),
    ("indexOf", 1): _of_text(str.find),
    ("lastIndexOf", 1): _of_text(str.rfind),
    ("concat", 1): _of_text(lambda text, other: text + other),
    ("plus", 1): _of_text(lambda text, other: text + other),
    ("minus", 1): _of_text(lambda text, other: text.replace(other, "", 1)),
    ("count", 1): _of_text(lambda text, part: text.count(part) if part else None),
    ("stripTrailing", 0): str.rstrip,
    ("stripLeading", 0): str.lstrip,
}
