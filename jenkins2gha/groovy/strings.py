"""String literals: what their text may hold, and what it stands for."""

from __future__ import annotations

import re

_ESCAPE = r"\\(?:[nrtbf\"'\\$]|u+[0-9a-fA-F]{4}|[0-7]|\r\n?|\n)"

# A literal without interpolation, from quote to quote.
PLAIN = (
    rf"'(?!'')(?:[^'\\\r\n]|{_ESCAPE})*+'"
    rf"|\"(?!\"\")(?:[^\"\\$\r\n]|{_ESCAPE})*+\""
    rf"|'''(?:[^'\\]|{_ESCAPE}|'(?!''))*+'''"
    rf"|\"\"\"(?:[^\"\\$]|{_ESCAPE}|\"(?!\"\"))*+\"\"\""
)

# The longest run of constant text, by quote.
RUNS = {
    "'": re.compile(rf"(?:[^'\\\r\n]|{_ESCAPE})*+"),
    "'''": re.compile(rf"(?:[^'\\]|{_ESCAPE}|'(?!''))*+"),
    '"': re.compile(rf"(?:[^\"\\$\r\n]|{_ESCAPE})*+"),
    '"""': re.compile(rf"(?:[^\"\\$]|{_ESCAPE}|\"(?!\"\"))*+"),
    "/": re.compile(r"(?:[^/\\$]|\\/|\\(?=[^/])|\$(?![^\W\d]|\{))*+"),
    "$/": re.compile(r"(?:[^/\\$]|\\|/(?!\$)|\$[/$]|\$(?![^\W\d]|[{/$]))*+"),
}
CLOSING = {"$/": "/$"}
ONE_LINE = frozenset(("'", '"', "/"))

_DECODE = re.compile(r"\\(u+([0-9a-fA-F]{4})|[0-3][0-7]{0,2}|[4-7][0-7]?|\r\n?|\n|.)|\r\n?")
_DECODE_SLASHY = re.compile(r"\\(/|u+([0-9a-fA-F]{4})|\r\n?|\n)|\r\n?")
_DECODE_DOLLAR = re.compile(r"\$([/$])|\\(?:u+([0-9a-fA-F]{4})|(\r\n?|\n))|\r\n?")
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def quote_of(text: str, start: int) -> str:
    """The opening quote of the literal at `start`."""
    first = text[start]
    if first == "$":
        return "$/"
    return first * 3 if first != "/" and text.startswith(first * 3, start) else first


def decode(raw: str, quote: str) -> str:
    """The value of constant text as written between `quote`s, escapes resolved."""
    if "\\" not in raw and "\r" not in raw and (quote != "$/" or "$" not in raw):
        return raw
    if quote == "/":
        return _DECODE_SLASHY.sub(_slashy, raw)
    if quote == "$/":
        return _DECODE_DOLLAR.sub(_dollar, raw)
    return _DECODE.sub(_quoted, raw)


def _quoted(match: re.Match[str]) -> str:
    body = match[1]
    if body is None:
        return "\n"
    first = body[0]
    if first in "\r\n":
        return ""
    if match[2] is not None:
        return chr(int(match[2], 16))
    if first in "01234567":
        return chr(int(body, 8))
    return _NAMED.get(body, body)


def _slashy(match: re.Match[str]) -> str:
    body = match[1]
    if body is None:
        return "\n"
    if body == "/":
        return "/"
    return chr(int(match[2], 16)) if match[2] is not None else ""


def _dollar(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1]
    if match[2] is not None:
        return chr(int(match[2], 16))
    return "" if match[3] is not None else "\n"
