"""Methods of Groovy's texts as filters of a shell: a text comes in, what the method makes goes out.

https://docs.groovy-lang.org/latest/html/groovy-jdk/java/lang/String.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.jenkins.values import Constant, Expr
from jenkins2gha.mapping.decisions.patterns import grep_pattern
from jenkins2gha.mapping.quoting import shell_word

NUMERIC = frozenset({"length", "size"})
_PLAIN = {
    "toLowerCase": "tr '[:upper:]' '[:lower:]'",
    "toUpperCase": "tr '[:lower:]' '[:upper:]'",
    "trim": r"sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//'",
    "strip": r"sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//'",
    "toString": "",
    "toInteger": "",
    "toLong": "",
    "reverse": "rev",
    "length": "wc -m",
    "size": "wc -m",
}


def filter_of(name: str, arguments: Sequence[Expr]) -> str | None:
    """The command for a method with its arguments, '' for one that changes nothing; None where a
    shell has no short one.

    >>> filter_of("replace", (Constant("/"), Constant("-")))
    "sed 's|/|-|g'"
    """
    given = [one.value for one in arguments if isinstance(one, Constant)]
    if len(given) < len(arguments):
        return None
    if not given:
        return _PLAIN.get(name)
    match name, given:
        case "replace", (str(old), str(new)):
            return _sed(re.sub(r"([\\.*^$\[\]])", r"\\\1", old), new, "g")
        case "replaceAll" | "replaceFirst", (str(pattern), str(new)):
            return _replaced(pattern, new, "g" if name == "replaceAll" else "")
        case "take", (int(count),) if count > 0:
            return f"cut -c 1-{count}"
        case "drop", (int(count),) if count >= 0:
            return f"cut -c {count + 1}-"
        case "substring", (int(start),):
            return f"cut -c {start + 1}-"
        case "substring", (int(start), int(end)) if end > start:
            return f"cut -c {start + 1}-{end}"
        case "split" | "tokenize", (str(separator), int(number)):
            return _part(separator, number, regular=name == "split")
    return None


def _sed(pattern: str, new: str, flags: str, options: str = "") -> str | None:
    """A substitution whose texts hold no line end; the first sign that is free stands between."""
    if "\n" in pattern + new:
        return None
    sign = next((one for one in "/|,#:;!@" if one not in pattern + new), None)
    if sign is None:
        return None
    put = re.sub(r"([\\&])", r"\\\1", new)
    return f"sed {options}{shell_word(f's{sign}{pattern}{sign}{put}{sign}{flags}')}"


def _replaced(pattern: str, new: str, flags: str) -> str | None:
    found = grep_pattern(pattern)
    if found is None or found[0] != "E" or re.search(r"[$\\]", new):
        return None
    return _sed(found[1], new, flags, "-E ")


def _part(separator: str, number: int, *, regular: bool) -> str | None:
    r"""One part of a text. `tokenize` takes each character for a separator and leaves out what is
    empty; the pattern of `split` is taken where it is one character."""
    if regular and re.fullmatch(r"\\?[^\w\s]", separator):
        plain = separator[-1]
        if len(separator) == 1 and plain in ".|*+?()[]{}^$\\":
            return None
    elif len(separator) == 1 and (not regular or separator.isalnum() or separator == " "):
        plain = separator
    else:
        return None
    if number >= 0 and regular:
        return f"cut -d {shell_word(plain)} -f {number + 1}"
    squeezed = "" if regular else f"tr -s {shell_word(plain)} '\\n' | grep . | "
    if not regular:
        return squeezed + (
            f"sed -n {number + 1}p" if number >= 0 else f"tail -n {-number} | head -n 1"
        )
    return f"tr {shell_word(plain)} '\\n' | tail -n {-number} | head -n 1"
