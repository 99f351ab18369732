"""A POSIX or bash script as simple commands and their words, with offsets."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.record import dataclass, field
from jenkins2gha.shell.frames import Range
from jenkins2gha.shell.lexer import Lexer
from jenkins2gha.shell.patterns import HOLE, UNQUOTED


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, quotes included."""

    script: str = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.script[self.start : self.end]

    @property
    def literal(self) -> str | None:
        r"""What the shell makes of it, or None where that depends on an expansion.

        >>> Word("'a b'\"c\"", 0, 8).literal
        'a bc'
        """
        pieces = []
        for match in UNQUOTED.finditer(self.script, self.start, self.end):
            plain, escaped, single, double, other = match.groups()
            if other or (double and ("$" in double or "`" in double)):
                return None
            pieces.append(plain or escaped or single or _unescaped(double or ""))
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command: words, and apart from them assignments before it and redirections.

    `depth` counts the brackets, substitutions and compound commands around it. `after` is the
    operator behind it: `&&`, `||`, `|`, `;`, `&`, a line end, `)`, or '' at the end of the script
    or substitution.
    """

    words: tuple[Word, ...]
    start: int
    end: int
    assignments: tuple[Word, ...] = ()
    redirections: tuple[Word, ...] = ()
    depth: int = 0
    after: str = ""

    @property
    def name(self) -> str | None:
        """The first word's literal: what is run."""
        return self.words[0].literal if self.words else None

    @property
    def literals(self) -> tuple[str | None, ...]:
        return tuple(word.literal for word in self.words)


def commands(script: str) -> tuple[Command, ...]:
    """The simple commands of a script in the order in which they start, nested ones included.

    >>> [c.literals for c in commands("A=1 git push && (cd x; mvn 'a b')")]
    [('git', 'push'), ('cd', 'x'), ('mvn', 'a b')]
    """
    text = script.replace(HOLE, "x")
    found = []
    for words, assignments, redirections, depth, after in Lexer(text).run().commands:
        parts = (words, assignments, redirections)
        start = min(part[0][0] for part in parts if part)
        end = max(part[-1][1] for part in parts if part)
        read = [tuple(_words(script, part)) for part in parts]
        found.append(Command(read[0], start, end, read[1], read[2], max(0, depth), after))
    found.sort(key=lambda command: (command.start, -command.end))
    return tuple(found)


def _words(script: str, ranges: tuple[Range, ...]) -> Iterator[Word]:
    return (Word(script, start, end) for start, end in ranges)


def _unescaped(double: str) -> str:
    for character in ("\n", '"', "\\"):
        double = double.replace("\\" + character, "" if character == "\n" else character)
    return double
