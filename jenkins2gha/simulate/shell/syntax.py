"""The syntax tree of a shell script; every part knows where it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


class Unreadable(Exception):
    """The text is no shell script of the form that is understood here."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, with its quotes."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Document:
    """A here-document; its body is read where the line ends that opens it."""

    delimiter: str
    dashed: bool
    quoted: bool
    body: str = ""


@dataclass(frozen=True, slots=True)
class Redirection:
    """`operator target`, with the here-document that it opens."""

    operator: str
    target: Word
    descriptor: str = ""
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Simple:
    """Assignments and a command's words."""

    assignments: tuple[Word, ...]
    words: tuple[Word, ...]
    redirections: tuple[Redirection, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Test:
    """`[[ … ]]`, by its words and operators."""

    words: tuple[Word, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """`{ … }`, or `( … )`, which is a subshell."""

    body: List
    subshell: bool
    redirections: tuple[Redirection, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class If:
    """Conditions with their bodies, in order; the last condition is empty for `else`."""

    branches: tuple[tuple[List, List], ...]
    redirections: tuple[Redirection, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class For:
    """`for name in words`; without words it goes over the arguments."""

    name: str
    words: tuple[Word, ...] | None
    body: List
    redirections: tuple[Redirection, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class While:
    """A loop; `until` turns its condition round."""

    until: bool
    condition: List
    body: List
    redirections: tuple[Redirection, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    """`case word in`, with the patterns of each item and its body."""

    word: Word
    items: tuple[tuple[tuple[Word, ...], List], ...]
    redirections: tuple[Redirection, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Function:
    """`name() { … }`."""

    name: str
    body: Command
    start: int
    end: int


Command: TypeAlias = Simple | Test | Group | If | For | While | Case | Function


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Commands whose outputs go into the next."""

    commands: tuple[Command, ...]
    negated: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Pipelines joined by `&&` and `||`; each has the operator before it, the first has none."""

    links: tuple[tuple[str, Pipeline], ...]
    background: bool
    start: int
    end: int


List: TypeAlias = tuple[Chain, ...]
