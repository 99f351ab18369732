"""What the shell lexer keeps while it reads, and what it gives back."""

from __future__ import annotations

from typing import NamedTuple

from jenkins2gha.record import dataclass, field
from jenkins2gha.shell.states import QuoteState

Range = tuple[int, int]

COMMAND, CONDITION, FOR, FUNCTION, CASE, CASE_IN, PATTERN, GROUP = range(8)
"""What the next word of a script is: the roles of a frame."""


class RawCommand(NamedTuple):
    """A simple command by offsets. `after` is the operator that ends it, '' at the very end."""

    words: tuple[Range, ...]
    assignments: tuple[Range, ...]
    redirections: tuple[Range, ...]
    depth: int
    after: str


class Heredoc(NamedTuple):
    delimiter: str
    quoted: bool
    tabs: bool


@dataclass(slots=True)
class Frame:
    """A lexical context. At `limit` it ends whatever is open; its parent goes on at `resume`.

    `role` says what the next word of a script is. `state` is that of a hole directly in the frame;
    `quotes` says whether a `'` quotes here. `word` and `operator` are the starts of the word and
    of the redirection that are being read, or -1.
    """

    mode: str
    limit: int
    resume: int = -1
    state: QuoteState = QuoteState.BARE
    closes: bool = False
    role: int = COMMAND
    depth: int = 0
    quotes: bool = True
    word: int = -1
    operator: int = -1
    heredoc: str = ""
    reading: bool = False
    level: int = 0
    words: list[Range] = field(default_factory=list)
    assignments: list[Range] = field(default_factory=list)
    redirections: list[Range] = field(default_factory=list)
    pending: list[Heredoc] = field(default_factory=list)
