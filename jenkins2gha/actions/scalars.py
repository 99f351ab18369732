"""How a string is written in YAML so that every reader, of YAML 1.1 or 1.2, gets it back."""

from __future__ import annotations

import json
import re

from jenkins2gha.regex import regex

# What a YAML 1.1 or 1.2 reader takes for a null, a boolean, a number, a date, a merge key.
_RESOLVED = regex(
    r"""(?:~|null|true|false|yes|no|on|off|y|n|=|<<
    |[-+]?(?:[0-9][0-9_,]*)?(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?
    |[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?0x[0-9a-f_]+
    |[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?
    |[-+]?\.inf|\.nan
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?)\Z""",
    re.VERBOSE | re.IGNORECASE,
)
# What YAML does not take as it is.
_UNPRINTABLE = regex(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_MARKED = regex(r"[\s,\[\]{}#&*!|>'\"%@`?:=]|-(?:\s|--|\Z)|\.\.\.|.*(?::(?:\s|\Z)|\s#|\s\Z)")
_FLOW = regex(r"[,\[\]{}?:]")


def inline(text: str, *, flow: bool = False) -> str:
    """The text on one line, in the plainest style that keeps it; `flow` inside of `[…]`.

    >>> inline("mvn -B verify"), inline("on")
    ('mvn -B verify', "'on'")
    """
    if _UNPRINTABLE.search(text):
        return _double(text)
    if text and not (_RESOLVED.match(text) or _MARKED.match(text) or (flow and _FLOW.search(text))):
        return text
    if "'" in text and '"' not in text and "\\" not in text:
        return _double(text)
    return "'" + text.replace("'", "''") + "'"


def fits_block(text: str) -> bool:
    """Whether a block scalar can hold the text: any lines without control characters."""
    return not _UNPRINTABLE.search(text.replace("\n", "").replace("\t", ""))


def block(text: str, pad: str) -> tuple[str, list[str]]:
    r"""The indicator and the lines of a block scalar that stand two spaces deeper than `pad`.

    >>> block("a\nb\n", "")
    ('|', ['  a', '  b'])
    """
    # libyaml and YamlDotNet refuse a tab where they look for the indentation, so it is told.
    indentation = "2" if text[:1] in (" ", "\n", "\t") else ""
    if not text.endswith("\n"):
        chomping = "-"
    else:
        chomping = "+" if text == "\n" or text.endswith("\n\n") else ""
    lines = text.removesuffix("\n").split("\n")
    return f"|{indentation}{chomping}", [f"{pad}  {line}" if line else "" for line in lines]


def _double(text: str) -> str:
    return _UNPRINTABLE.sub(lambda at: f"\\u{ord(at[0]):04x}", json.dumps(text, ensure_ascii=False))
