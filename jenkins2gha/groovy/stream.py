"""The output of the token pass, and where in the text it stands."""

from __future__ import annotations

from jenkins2gha.groovy.lookahead import Lookahead
from jenkins2gha.groovy.roles import CLASSES, LOOPS
from jenkins2gha.groovy.tokens import Tokens


class Stream:
    """Tokens going in, terminals coming out; brackets remember what they interrupt."""

    __slots__ = (
        "bodies", "case_level", "chain", "class_names", "closing", "commas", "context", "ends",
        "kinds", "look", "loop_end", "messages", "openers", "out", "out_ends", "out_starts",
        "partner", "questions", "saved", "starts", "text",
    )  # fmt: skip

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.text = text
        self.kinds, self.starts, self.ends = tokens.kinds, tokens.starts, tokens.ends
        self.closing = tokens.closing
        self.look = Lookahead(text, tokens)
        self.out: list[str] = []
        self.out_starts: list[int] = []
        self.out_ends: list[int] = []
        self.partner: dict[int, int] = {}  # closing bracket to opening one, in `out`
        self.openers: list[int] = []  # unclosed brackets, in `out`
        self.context = "block"  # what the innermost bracket is
        self.saved: list[tuple[int, int, int, str, str]] = []  # the same of outer brackets
        self.messages: dict[int, str] = {}  # what to say about a token that nothing accepts
        self.questions = 0  # `?` of this bracket level that wait for their `:`
        self.chain = 0  # inside a command: 1 at its arguments, 2 behind a chained name
        self.commas = 0  # arguments left out at this level
        self.case_level = -1  # bracket level of a `case` that waits for its `:`
        self.class_names: list[str] = []
        self.bodies: dict[int, str] = {}  # braces of classes still to come, with their names
        self.loop_end = -1  # closing bracket of the last loop's header, in `out`

    def emit(self, terminal: str, at: int) -> int:
        self.out.append(terminal)
        self.out_starts.append(self.starts[at])
        self.out_ends.append(self.ends[at])
        return at + 1

    def mark(self, terminal: str, at: int) -> None:
        """A token without width before the one at `at`."""
        self.out.append(terminal)
        self.out_starts.append(self.starts[at])
        self.out_ends.append(self.starts[at])

    def previous(self) -> str:
        return self.out[-1] if self.out else "SEP"

    def open(self, at: int, terminal: str, closer: str, context: str) -> int:
        self.saved.append((self.questions, self.chain, self.commas, self.context, closer))
        self.questions = self.chain = self.commas = 0
        self.context = context
        self.openers.append(len(self.out))
        return self.emit(terminal, at)

    def close(self, at: int) -> int:
        if self.context in CLASSES:
            self.class_names.pop()
        elif self.context in LOOPS:
            self.loop_end = len(self.out)
        if self.saved:
            self.questions, self.chain, self.commas, self.context, closer = self.saved.pop()
            self.partner[len(self.out)] = self.openers.pop()
            return self.emit(closer, at)
        return self.emit("ERROR", at)
