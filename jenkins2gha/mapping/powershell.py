"""The places in a PowerShell script where a value stands between double quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.shell.patterns import HOLE
from jenkins2gha.shell.states import QuoteState

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*|<\#.*?\#>)
    |(?P<here_single>@'[ \t]*\r?\n.*?\n'@)
    |(?P<here_double>@"[ \t]*\r?\n.*?\n"@)
    |(?P<single>'[^']*(?:''[^']*)*')
    |(?P<double>"(?:`.|""|[^"`])*")
    |(?P<escape>`.)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_STATES = {
    "comment": QuoteState.COMMENT,
    "here_single": QuoteState.QUOTED_HEREDOC,
    "here_double": QuoteState.DOUBLE,
    "single": QuoteState.SINGLE,
    "double": QuoteState.DOUBLE,
    "escape": QuoteState.ESCAPED,
    "other": QuoteState.BARE,
}


def powershell_references(parts: Sequence[str | None]) -> list[QuoteState]:
    """The state of each hole: double where `${env:X}` can stand, comment where it does not matter.

    >>> powershell_references(['Write-Host "', None, '"'])
    [<QuoteState.DOUBLE: 'double'>]
    """
    text = "".join(HOLE if part is None else part.replace(HOLE, "x") for part in parts)
    states: list[QuoteState] = []
    for match in _TOKEN.finditer(text):
        state = _STATES[str(match.lastgroup)]
        if state is QuoteState.BARE and _is_argument(text, match.start()):
            state = QuoteState.DOUBLE
        if state is QuoteState.COMMENT:
            state = QuoteState.DOUBLE
        states += [state] * match[0].count(HOLE)
    return states


def _is_argument(text: str, at: int) -> bool:
    """Whether a bare hole stands in an argument of a command, where it is read as in quotes."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    command = re.split(r"[;|{}(]", line)[-1]
    return re.match(r"\s*[&.]?\s*[\w./\\:-]+\s+(?!=)[^=]*$", command) is not None
