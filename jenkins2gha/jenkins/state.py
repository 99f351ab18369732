"""How far the reading of a file has come: the worth of its variables, and the items so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.pipeline import Groovy, Item, Step
from jenkins2gha.jenkins.values import ClosureOf, Expr, Form, Value
from jenkins2gha.record import dataclass, field

if TYPE_CHECKING:
    from jenkins2gha.jenkins.calls import StepCall
    from jenkins2gha.jenkins.frames import Frame
    from jenkins2gha.jenkins.scope import Scope

Location: TypeAlias = int | str
"""Of a local variable a number; a variable of the script's binding is its own name."""

Asks: TypeAlias = Literal["", "step", "words"]

UNKNOWN = 0
"""The location of a variable of which nothing is ever known but that it is there."""

STATEMENTS = 20_000
"""Statements of one file that are followed, repetitions counted."""

AT_ONCE = 4_000
"""Statements that one statement at the top may lead to."""

DEPTH = 12
"""Methods and closures that are followed into each other."""

DEEPEST = 45
"""Blocks, ways and methods that are followed into each other; Python's own stack has an end."""


class NotEvaluatedError(Exception):
    """A statement cannot be evaluated; `reason` ends "this statement is not translated: "."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooMuchError(NotEvaluatedError):
    """A statement leads to more than is followed."""


@dataclass(frozen=True, slots=True)
class End:
    """How statements ended: behind the last one, by `return`, by an error, or in several ways.

    `value` is what they return, or what the last of them was worth; `condition` says when they have
    returned, where they do so on some ways only: None where nothing behind them asks; `at_once`
    that nothing which can fail stands in front of such a return.
    """

    kind: Literal["done", "returned", "failed", "mixed"]
    value: Value | None = None
    condition: Expr | None = None
    at_once: bool = False


class Interpreter(Protocol):
    """What evaluates: expressions and statements hold each other, so each is handed the whole."""

    def value(self, expression: ast.Expression, scope: Scope) -> Value: ...

    def step(self, found: StepCall, scope: Scope) -> Step: ...

    def call(
        self, code: ClosureOf, arguments: Sequence[Value], scope: Scope, *, wanted: bool
    ) -> End: ...

    def inline(self, call: ast.Call, scope: Scope, *, wanted: bool) -> End | None: ...

    def assign(self, assign: ast.Assign, scope: Scope) -> Value: ...

    def run(self, frame: Frame | None, scope: Scope, *, wanted: bool = False) -> End: ...

    def asked(self, node: ast.Expression, scope: Scope, form: Form) -> Value: ...


@dataclass(slots=True)
class File:
    """What is shared by all that is read of one file.

    `never` is what cannot run; `following` the methods that are followed at
    this moment, outermost first; `opaque` the methods that some call reaches which is not followed;
    `ran` where statements begin that were followed;
    `held` where blocks begin and end that a variable, a list or a map holds, `closures` how often
    one was made; `read` the names of the environment and of parameters that Groovy reads;
    `flags` how many variables tell whether a way has returned.
    """

    interpreter: Interpreter
    methods: Mapping[str, tuple[ast.Method, ...]]
    fields: Mapping[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    locations: int = UNKNOWN
    left: int = STATEMENTS
    limit: int = 0
    nesting: int = 0
    depth: int = 0
    following: list[str] = field(default_factory=list)
    never: list[Step | Groovy] = field(default_factory=list)
    opaque: set[str] = field(default_factory=set)
    ran: set[int] = field(default_factory=set)
    held: dict[int, int] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    closures: int = 0
    flags: int = 0

    def location(self) -> int:
        self.locations += 1
        return self.locations

    def key(self, name: str) -> str:
        """A key for what a step gives back, with the name it goes to."""
        self.keys[name] = self.keys.get(name, 0) + 1
        return name if self.keys[name] == 1 else f"{name}-{self.keys[name]}"

    def flag(self, name: str, taken: Collection[str]) -> str:
        """A variable of the environment that nobody else sets."""
        self.flags += 1
        free = name if self.flags == 1 else f"{name}_{self.flags}"
        return free if free not in taken else self.flag(name, taken)

    def spend(self) -> None:
        """Counts a statement; raises TooMuchError past the limits."""
        self.left -= 1
        if self.left < self.limit or self.left < 0:
            raise TooMuchError("it leads to more statements than are followed")


@dataclass(slots=True)
class State:
    """`store` says what each variable is worth, `items` what runs so far, `noted` the steps with a
    known result that the next item carries. Where nothing can run (`sealed`), as in the arguments
    of an option, a step in an expression stays what it is. `target` is the variable that the value
    goes to; `asks` says what becomes of a part of a text that cannot be evaluated: a person's step
    gives it, or, in words that only people read, it is written as it stands.
    """

    file: File
    store: dict[Location, Value]
    items: list[Item] = field(default_factory=list)
    noted: list[Step] = field(default_factory=list)
    sealed: bool = False
    target: str = ""
    asks: Asks = ""

    @contextmanager
    def asking(self, asks: Asks) -> Iterator[None]:
        """While a text is read that is told or that a person may complete."""
        before, self.asks = self.asks, asks
        try:
            yield
        finally:
            self.asks = before

    def fork(self) -> State:
        """The state of a way that may be taken or not."""
        return State(self.file, dict(self.store), sealed=self.sealed, target=self.target)

    def body(self) -> State:
        """The state of statements of their own, on the same variables."""
        return State(self.file, self.store)

    def become(self, other: Mapping[Location, Value]) -> None:
        """Takes over what another state knows of the variables."""
        known = dict(other)
        self.store.clear()
        self.store.update(known)

    def take_noted(self) -> tuple[Step, ...]:
        noted = tuple(self.noted)
        self.noted.clear()
        return noted
