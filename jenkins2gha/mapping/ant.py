"""Ant's file patterns, as the patterns of @actions/glob and as regular expressions.

https://ant.apache.org/manual/dirtasks.html#patterns
https://github.com/actions/toolkit/tree/main/packages/glob
"""

from __future__ import annotations

import re

from jenkins2gha.mapping.agent_paths import anchored

DEFAULT_EXCLUDES = (
    r"/(\.git|\.svn|\.hg|\.bzr|CVS)(/|$)"
    r"|/(\.git(attributes|ignore|modules)|\.DS_Store|[^/]*~)$"
)
"""What Ant leaves out of a file set unless told otherwise, on the paths that `find .` prints."""


def patterns(text: str) -> list[str]:
    """The single patterns of a list with commas, `/`-separated, `dir/` written out as `dir/**`.

    >>> patterns("target/*.jar, docs/")
    ['target/*.jar', 'docs/**']
    """
    found = []
    for part in text.split(","):
        pattern = part.strip().replace("\\", "/")
        while pattern.startswith("./"):
            pattern = pattern[2:]
        if pattern.endswith("/"):
            pattern += "**"
        if pattern:
            found.append(pattern)
    return found


def glob(pattern: str, directory: str = "") -> str:
    """An Ant pattern below `directory` in the words of @actions/glob, relative to the workspace.

    `**` beside other characters is one `*` in Ant; `[` is an ordinary character there.

    >>> glob("**/*.xml", "api")
    'api/**/*.xml'
    >>> glob("target/**.jar")
    'target/*.jar'
    """
    segments = [
        segment if segment == "**" else re.sub(r"\*+", "*", segment).replace("[", "[[]")
        for segment in pattern.split("/")
    ]
    return anchored("/".join(segments), directory) or "**"


def regular_expression(pattern: str) -> str:
    r"""An Ant pattern as an extended regular expression over the paths that `find .` prints.

    >>> regular_expression("**/target/*.jar")
    '^\\./(.*/)?target/[^/]*\\.jar$'
    """
    segments = pattern.lstrip("/").split("/")
    if segments == ["**"]:
        return "^\\./.*$"
    written = ""
    for number, segment in enumerate(segments):
        last = number == len(segments) - 1
        if segment == "**":
            written = f"{written.removesuffix('/')}(/.*)?" if last else f"{written}(.*/)?"
        else:
            written += _segment(segment) + ("" if last else "/")
    return f"^\\./{written}$"


def _segment(segment: str) -> str:
    pieces = re.split(r"(\*+|\?)", segment)
    words = {"": "", "?": "[^/]"}
    return "".join(
        "[^/]*" if piece.startswith("*") else words.get(piece, _literal(piece)) for piece in pieces
    )


def _literal(text: str) -> str:
    return re.sub(r"([.\[\](){}+^$|\\])", r"\\\1", text)


_ALL = ("*", "**", "*.*", "**.*")
"""Last segments that match a name which begins with a dot as well as any other."""


def names_hidden(pattern: str) -> bool:
    """Whether a pattern asks for files that start with a dot, or for all there are in a folder."""
    segments = pattern.split("/")
    deep = segments[-2:-1] == ["**"] and segments[-1].startswith("*")
    return any(segment.startswith(".") for segment in segments) or segments[-1] in _ALL or deep


def is_wide(pattern: str) -> bool:
    """Whether a pattern can reach `.git`: its first segment says nothing."""
    return pattern.split("/", maxsplit=1)[0] in ("*", "**") and names_hidden(pattern)
