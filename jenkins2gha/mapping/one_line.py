"""Commands that print one line by their nature, whatever they find.

https://git-scm.com/docs/pretty-formats
"""

from __future__ import annotations

import shlex

from jenkins2gha.regex import regex

_ONE_LINE = regex(
    r"(?:git\s+(?:rev-parse|describe|symbolic-ref|branch\s+--show-current|rev-list\s.*--count)"
    r"|date|whoami|hostname|uname|nproc|pwd|id\s+-[ug]|basename|dirname|node\s+-p|jq\s+-r"
    r"|command\s+-v|go\s+env|(?:\./)?mvnw?\s.*help:evaluate)\b[^\n;|]*"
    r'|echo "[^"`;|]*"'
    r"|[^\n;]*\|\s*(?:(?:head|tail)\s+(?:-n\s*)?-?1|wc\s+-[clw])"
)
_TEXT = regex(r'echo ("(?:[^"`\\$]|\$(?!\())*")')
_MORE = regex(r"[\n;|&<>`]|\$\(")
_ONE_COMMIT = regex(r"-1|-n1|--max-count=1")
_FORMAT = regex(
    r"--(?:pretty|format)=(?:t?format:)?(?:[^%]|%%|%[hHtTpPsdDf]|%[ac][nNeElLdDrtiIsh])*"
)
_OF_CONFIG = ("--get", "--local", "--global")
_KEY = regex(r"[A-Za-z][\w-]*(?:\.[\w-]+)+")
_NO_PATCH = ("-s", "--no-patch")
_PLAIN = regex(r"--(?:abbrev(?:=\d+)?|date=\S+|no-merges|no-color|no-decorate|first-parent)")


def prints_one_line(script: str) -> bool:
    """Whether a script prints one line without backslashes, and no more."""
    return _ONE_LINE.fullmatch(script.strip()) is not None


def prints_line_of_git(script: str) -> bool:
    """Whether a script has git print one line, with any characters in it.

    >>> prints_line_of_git("git log -1 --format='%h %an'")
    True
    >>> prints_line_of_git("git log -1 --format=%B")
    False
    """
    text = script.strip()
    if not text.startswith("git") or _MORE.search(text):
        return False
    try:
        words = [one for one in shlex.split(text) if one != "--no-pager"]
    except ValueError:
        return False
    match words:
        case ["git", "remote", "get-url", _]:
            return True
        case ["git", "config", *options, name] if all(one in _OF_CONFIG for one in options):
            return "--get" in options or _KEY.fullmatch(name) is not None
        case ["git", "log" | "show" as verb, *rest]:
            return _is_of_a_commit(verb, rest)
    return False


def printed_text(script: str) -> str | None:
    """The word that a script does nothing but print, with no command in it.

    >>> printed_text('echo "$HOME/x"'), printed_text('echo "$(date)"')
    ('"$HOME/x"', None)
    """
    found = _TEXT.fullmatch(script.strip())
    return found[1] if found else None


def _is_of_a_commit(verb: str, words: list[str]) -> bool:
    """Whether `git log` or `git show` prints a line of one commit."""
    left = list(words)
    limited = "-n" in left and left[left.index("-n") + 1 :][:1] == ["1"]
    if limited:
        del left[left.index("-n") : left.index("-n") + 2]
    options = [one for one in left if one.startswith("-")]
    formats = [one for one in options if _FORMAT.fullmatch(one)]
    limits = [one for one in options if _ONE_COMMIT.fullmatch(one)]
    silent = [one for one in options if one in _NO_PATCH]
    plain = [one for one in options if _PLAIN.fullmatch(one)]
    known = len(formats) + len(limits) + len(silent) + len(plain) == len(options)
    single = silent if verb == "show" else [*limits, *(["-n"] if limited else [])]
    return known and len(formats) == 1 and bool(single) and len(left) - len(options) <= 1
