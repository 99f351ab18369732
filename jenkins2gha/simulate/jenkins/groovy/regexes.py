"""Regular expressions of Java, in Python's writing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from jenkins2gha.simulate.jenkins.errors import Unknown

_CLASSES: Final = {
    "Alpha": "a-zA-Z",
    "Digit": "0-9",
    "Alnum": "a-zA-Z0-9",
    "Upper": "A-Z",
    "Lower": "a-z",
    "Punct": re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    "Space": r"\s",
    "L": r"^\W\d_",
}
_TOKEN: Final = re.compile(
    r"\\[pP]\{(\w+)\}|\\Q(.*?)(?:\\E|$)|\\.|\(\?<(?![=!])|\[\^?\]?|&&|\]|.", re.DOTALL
)


@lru_cache(maxsize=256)
def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of Java; what Python writes in another way is rewritten."""
    out: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(source):
        text = token[0]
        if text[:1] == "[":
            if depth:
                raise Unknown("a character class in a character class")
            depth = 1
        elif text == "]":
            depth = 0
        elif depth and text == "&&":
            raise Unknown("an intersection of character classes")
        out.append(_rewritten(token, inside=depth > 0))
    try:
        return re.compile("".join(out), flags | re.ASCII)
    except re.error as error:
        raise Unknown(f"the regular expression {source!r}: {error}") from None


def _rewritten(token: re.Match[str], *, inside: bool) -> str:
    text = token[0]
    if token[2] is not None:
        return re.escape(token[2])
    if token[1] is not None:
        known = _CLASSES.get(token[1])
        if known is None or text[1] == "P" or (inside and known.startswith("^")):
            raise Unknown(f"the character class {text}")
        return known if inside else f"[{known}]"
    if text in (r"\z", r"\h", r"\R", r"\X", r"\G"):
        if text != r"\z":
            raise Unknown(f"{text} in a regular expression")
        return r"\Z"
    if text == r"\Z":
        return r"(?=\n?\Z)"
    return "(?P<" if text == "(?<" else text


def replacement(text: str) -> str:
    r"""What `replaceAll` puts in: `$1` is a group, a backslash makes the next character plain."""
    out, at = [], 0
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            at += 1
            out.append(text[at].replace("\\", r"\\"))
        elif char == "$":
            group = re.compile(r"\d|\{(\w+)\}").match(text, at + 1)
            if group is None:
                raise Unknown("a replacement with a lone $")
            out.append(f"\\g<{group[1] or group[0]}>")
            at = group.end() - 1
        else:
            out.append(char)
        at += 1
    return "".join(out)
